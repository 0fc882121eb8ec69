// Copies what is new in a user's object store into ours: packs, loose objects, and those of its alternates.
// Only ever reads there; never links, because the user's `gc` could delete under us and we could write into theirs.
import { copyFile, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { draftOf, putInPlace } from '../../../platform/atomic.ts';
import { codeOf } from '../../../platform/errno.ts';
import { readPlain } from '../../../platform/read-plain.ts';

/** isomorphic-git reads a pack as one Buffer; Node reads no file beyond this. */
const MAX_PACK_BYTES = 2 ** 31 - 1;

/**
 * Copies packs and loose objects from `from` (an `objects` directory) into `to`.
 * @returns why it cannot be done, or `undefined` when all is there
 */
export async function copyObjects(from: string, to: string): Promise<string | undefined> {
  for (const source of await objectDirs(from)) {
    const problem = await copyPacks(source, to);
    if (problem !== undefined) return problem;
    await copyLoose(source, to);
  }
  return undefined;
}

/** The directory and its alternates, followed as git does, to a depth of five. */
async function objectDirs(dir: string, depth = 5): Promise<string[]> {
  if (depth === 0) return [];
  const listed = await readPlain(join(dir, 'info', 'alternates'), 2 ** 20).then(String, () => '');
  const lines = listed.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const below = await Promise.all(lines.map((line) => objectDirs(resolve(dir, line.trim()), depth - 1)));
  return [...new Set([dir, ...below.flat()])];
}

async function copyPacks(from: string, to: string): Promise<string | undefined> {
  await mkdir(join(to, 'pack'), { recursive: true });
  const known = new Set(await readdir(join(to, 'pack')));
  for (const name of await names(join(from, 'pack'))) {
    if (!/^pack-[0-9a-f]+\.idx$/.test(name) || known.has(name)) continue;
    const pack = name.replace(/idx$/, 'pack');
    const size = await stat(join(from, 'pack', pack)).catch(() => undefined);
    if (!size?.isFile()) continue;
    if (size.size > MAX_PACK_BYTES) return 'one of its packs is larger than 2 GB';
    // The index last: a pack without an index is not read by anybody.
    if (await copyInto(join(from, 'pack', pack), join(to, 'pack', pack), true))
      await copyInto(join(from, 'pack', name), join(to, 'pack', name), true);
  }
  return undefined;
}

async function copyLoose(from: string, to: string): Promise<void> {
  for (const fan of await names(from)) {
    if (!/^[0-9a-f]{2}$/.test(fan)) continue;
    const known = new Set(await names(join(to, fan)));
    const fresh = (await names(join(from, fan))).filter((name) => /^[0-9a-f]{38}$/.test(name) && !known.has(name));
    if (fresh.length > 0) await mkdir(join(to, fan), { recursive: true });
    // By the thousand at first, and all in the user's store too: not worth a wait for the disk each.
    for (const name of fresh) await copyInto(join(from, fan, name), join(to, fan, name), false);
  }
}

/** Whole or not at all. A file that vanished meanwhile (the user's `gc`) is in a pack that the next listing shows. */
async function copyInto(from: string, to: string, sync: boolean): Promise<boolean> {
  const part = draftOf(to);
  try {
    await copyFile(from, part);
    await putInPlace(part, to, { sync });
    return true;
  } catch (error) {
    await rm(part, { force: true });
    if (codeOf(error) !== 'ENOENT') throw error;
    return false;
  }
}

async function names(dir: string): Promise<string[]> {
  const found = await readdir(dir, { withFileTypes: true }).catch(() => []);
  // To copy a pipe is to wait for whoever writes into it.
  return found.filter((entry) => entry.isFile() || entry.isDirectory() || entry.isSymbolicLink()).map(({ name }) => name);
}
