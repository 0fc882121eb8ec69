// Where the caches of a sandbox lie outside of it. What compilers keep is shared by repairs as links: a work tree has a
// directory of its own, in which each file of the shared one is a link to it, read-only inside. So a test can replace what it
// finds for itself, and not for the next repair. Only a command that runs nothing of a project works in the shared one.
import { existsSync, mkdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Inside } from '../../ports.ts';
import { type Mount, namesIn } from './system.ts';
import type { Cache } from './tools.ts';

/** Go removes what was not used for five days, and a link that leads nowhere is none that it can write through. */
const FRESH_MS = 4 * 24 * 60 * 60 * 1000;

/** The user's own where there is one; else one of ours, which is made when something is to be put into it. */
export function cacheMount(dir: string, isWritten: boolean): (cache: Cache) => readonly Mount[] {
  return ({ at, name, isThere }) => {
    const from = isThere ? at : join(dir, name);
    if (!isThere && isWritten) mkdirSync(from, { recursive: true, mode: 0o700 });
    return isThere || existsSync(from) ? [{ kind: isWritten ? 'write' : 'read', from, at }] : [];
  };
}

/** None of the user's own: what tests leave in there would be run by the user. */
export function buildMounts({ dir, shared, fills }: NonNullable<Inside['builds']>): (cache: Cache) => readonly Mount[] {
  return (found) => {
    const cache = { ...found, isThere: false };
    const own = join(dir, cache.name);
    if (cache.isShareable && fills) {
      // What is there now is linked anew when the next command needs it.
      rmSync(own, { recursive: true, force: true });
      return cacheMount(shared, true)(cache);
    }
    const all = join(shared, cache.name);
    const isShared = cache.isShareable && existsSync(all);
    if (isShared && !existsSync(own)) linkAll(all, own);
    return [...(isShared ? [{ kind: 'read', from: all, at: all } as const] : []), ...cacheMount(dir, true)(cache)];
  };
}

/** Two levels, as Go keeps it; what lies beside them is its book-keeping. */
function linkAll(from: string, to: string): void {
  const oldest = Date.now() - FRESH_MS;
  for (const name of namesIn(from).filter((each) => /^[0-9a-f]{2}$/.test(each))) {
    mkdirSync(join(to, name), { recursive: true, mode: 0o700 });
    for (const file of namesIn(join(from, name))) {
      const found = statSync(join(from, name, file), { throwIfNoEntry: false });
      if (found?.isFile() && found.mtimeMs >= oldest) symlinkSync(join(from, name, file), join(to, name, file));
    }
  }
}
