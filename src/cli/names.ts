// The commands that exist, in the order of `--help`.
import { COMMANDS } from './commands.ts';
import type { CommandName } from './options.ts';
import { REGISTRY } from './registry.ts';

export const COMMAND_NAMES: readonly CommandName[] = (Object.keys(COMMANDS) as CommandName[]).filter(
  (name) => REGISTRY[name] !== undefined,
);
