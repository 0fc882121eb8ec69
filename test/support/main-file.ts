// The program that tests start as a process: the bundle, which `build-once.js` has made.
import { join } from 'node:path';

export const MAIN = join(import.meta.dirname, '..', '..', 'dist', 'main.js');
