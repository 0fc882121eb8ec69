// Walls that the user takes down by name, and who may do so.
import type { LoadedConfig } from '../config/load.ts';
import { isFound } from './token-hosts.ts';

/** Flags that `claude.args` may hold all the same. A file of the repository under repair has no say in it. */
export function unsafeArgs(loaded: LoadedConfig): readonly string[] {
  return isFound(loaded, 'claude.unsafeArgs') ? [] : loaded.config.claude.unsafeArgs;
}

/** Those of them that are really given. */
export function wallsDown(loaded: LoadedConfig): readonly string[] {
  const { args } = loaded.config.claude;
  return unsafeArgs(loaded).filter((flag) => args.some((arg) => arg === flag || arg.startsWith(`${flag}=`)));
}
