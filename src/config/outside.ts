// Whether a path that a file of a repository names leads out of that repository, links followed: a committed link may lead
// anywhere. Looks at names on the disk, reads no content.
import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import path from 'node:path';

/** The repository that a file lies in; its own directory where there is none. */
export function treeOf(file: string): string {
  const own = path.dirname(file);
  for (let dir = own; ; dir = path.dirname(dir)) {
    if (existsSync(path.join(dir, '.git'))) return dir;
    if (path.dirname(dir) === dir) return own;
  }
}

/** @param target absolute; what of it is not there yet is taken as it is written */
export async function leadsOutOf(dir: string, target: string): Promise<boolean> {
  const [home, real] = await Promise.all([realpath(dir).catch(() => dir), realPlace(target)]);
  const way = path.relative(home, real);
  return path.isAbsolute(way) || way.split(path.sep)[0] === '..';
}

/** With the links of as much of it as there is. */
export async function realPlace(target: string): Promise<string> {
  const real = await realpath(target).catch(() => undefined);
  if (real !== undefined) return real;
  const above = path.dirname(target);
  return above === target ? target : path.join(await realPlace(above), path.basename(target));
}
