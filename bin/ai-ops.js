#!/usr/bin/env node
// The name of `ai-ops.cjs` in units and scripts that were written when it was a module.
import './ai-ops.cjs';
