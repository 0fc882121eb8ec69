// Where a file of a commit had another name in its parent.
import type { Objects } from './objects/objects.ts';
import { readTree, type TreeFile } from './objects/snapshot.ts';
import { isTree } from './objects/tree.ts';

export type ReadBlobs = (oids: readonly string[]) => Promise<readonly Buffer[]>;

type Gone = Pick<TreeFile, 'path' | 'oid'>;

/** More candidates are not compared. */
const MOST_COMPARED = 50;
/** Part of the lines that both have: git's own measure of a rename is a half too. */
const ALIKE = 0.5;

/**
 * Among the files of the parent that are no more: the same bytes, else the most alike of those with the same extension.
 * @param read without it, bytes are not looked at: a file of the same name is taken where there is but one
 */
export async function movedFrom(
  objects: Objects,
  tree: string,
  parentTree: string,
  file: Gone,
  read?: ReadBlobs,
): Promise<Gone | undefined> {
  const gone: Gone[] = [];
  await collectGone(objects, tree, parentTree, '', gone);
  const same = gone.find(({ oid }) => oid === file.oid);
  if (same || gone.length === 0) return same;
  const called = gone.filter(({ path }) => nameOf(path) === nameOf(file.path));
  const [only] = called;
  if (only && called.length === 1) return only;
  const kin = gone.filter(({ path }) => extensionOf(path) === extensionOf(file.path)).slice(0, MOST_COMPARED);
  if (read === undefined || kin.length === 0) return undefined;
  const [now, ...then] = await read([file.oid, ...kin.map(({ oid }) => oid)]).catch(() => []);
  if (now === undefined) return undefined;
  const rated = kin.map((one, at) => ({ one, alike: likeness(now, then[at] ?? Buffer.alloc(0)) }));
  const best = rated.toSorted((a, b) => b.alike - a.alike)[0];
  return best && best.alike >= ALIKE ? best.one : undefined;
}

/** Lines that both have, of those of the longer one. */
function likeness(a: Buffer, b: Buffer): number {
  const [left, right] = [a, b].map((bytes) =>
    bytes
      .toString('latin1')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ) as [string[], string[]];
  const has = new Set(left);
  return right.filter((line) => has.has(line)).length / Math.max(1, left.length, right.length);
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const extensionOf = (path: string): string => /\.[^./]*$/.exec(path)?.[0] ?? '';

async function collectGone(objects: Objects, tree: string, parentTree: string, prefix: string, gone: Gone[]): Promise<void> {
  if (tree === parentTree) return;
  const now = new Map((tree === '' ? [] : await readTree(objects, tree)).map((entry) => [entry.name, entry]));
  for (const entry of await readTree(objects, parentTree)) {
    const same = now.get(entry.name);
    if (same?.oid === entry.oid) continue;
    const path = prefix + entry.name;
    if (isTree(entry)) await collectGone(objects, same && isTree(same) ? same.oid : '', entry.oid, `${path}/`, gone);
    else if (same === undefined) gone.push({ path, oid: entry.oid });
  }
}
