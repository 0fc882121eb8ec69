// Where a file of a commit had another name in its parent.
import type { Objects } from './objects/objects.ts';
import { readTree, type TreeFile } from './objects/snapshot.ts';
import { isTree } from './objects/tree.ts';

/**
 * The same bytes at a place of the parent that is no more; else the only file of that name that is no more there, since a
 * move often changes a line or two.
 */
export async function movedFrom(
  objects: Objects,
  tree: string,
  parentTree: string,
  { path, oid }: Pick<TreeFile, 'path' | 'oid'>,
): Promise<{ readonly path: string; readonly oid: string } | undefined> {
  const gone: { readonly path: string; readonly oid: string }[] = [];
  await collectGone(objects, tree, parentTree, '', gone);
  const same = gone.find((file) => file.oid === oid);
  if (same) return same;
  const called = gone.filter((file) => nameOf(file.path) === nameOf(path));
  return called.length === 1 ? called[0] : undefined;
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

async function collectGone(
  objects: Objects,
  tree: string,
  parentTree: string,
  prefix: string,
  gone: { readonly path: string; readonly oid: string }[],
): Promise<void> {
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
