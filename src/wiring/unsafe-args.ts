// Walls that the user takes down by name, and who may do so.
import type { LoadedConfig } from '../config/load.ts';

/** Those of them that are really given. */
export function wallsDown(loaded: LoadedConfig): readonly string[] {
  const { args, unsafeArgs } = loaded.config.claude;
  return unsafeArgs.filter((flag) => args.some((arg) => arg === flag || arg.startsWith(`${flag}=`)));
}
