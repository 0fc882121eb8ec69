// Where a program is that is called by its name alone.
import { accessSync, constants } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/** The first that may be executed; directories that are not absolute mean something else elsewhere, and are passed over. */
export function programIn(dirs: readonly string[], name: string): string | undefined {
  return dirs
    .filter((dir) => isAbsolute(dir))
    .map((dir) => join(dir, name))
    .find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
