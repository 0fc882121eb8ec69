// Whether a branch holds a fix of ours, however a person brought it there: merged, fetched, applied or squashed. Told by
// contents, not by names: commit ids change when a patch is applied. Only reads what is in the store.
import type { Objects } from './objects/objects.ts';
import { lookup, readCommit, readTree } from './objects/snapshot.ts';
import { type Entry, isTree } from './objects/tree.ts';

/** Commits that are looked at, newest first. */
const MOST_COMMITS = 1000;

/**
 * Some commit from `tip` back to the fix's base has the files that the fix touches exactly as the fix has them.
 * @param fix a commit with one parent; false where it is not in the store
 */
export async function isTakenOver(objects: Objects, fix: string, tip: string): Promise<boolean> {
  if (!(await objects.has(fix))) return false;
  const { tree, parents } = await readCommit(objects, fix);
  const base = parents[0];
  if (base === undefined || !(await objects.has(base))) return false;
  const touched = await differing(objects, (await readCommit(objects, base)).tree, tree);
  const seen = new Set([base]);
  const todo = [tip];
  for (const commit of todo) {
    if (commit === fix) return true;
    if (seen.has(commit) || seen.size > MOST_COMMITS || !(await objects.has(commit))) continue;
    seen.add(commit);
    const head = await readCommit(objects, commit);
    if (await holds(objects, head.tree, touched)) return true;
    todo.push(...head.parents);
  }
  return false;
}

/** Path → object and mode in the second tree; `undefined` where it is not there. */
type Touched = ReadonlyMap<string, string | undefined>;

async function holds(objects: Objects, tree: string, touched: Touched): Promise<boolean> {
  for (const [path, wanted] of touched) {
    if (nameOf(await lookup(objects, tree, path)) !== wanted) return false;
  }
  return touched.size > 0;
}

/** Path, as bytes, → object and mode in the second tree; `undefined` where it is not there. */
export async function differing(
  objects: Objects,
  before: string | undefined,
  after: string | undefined,
  prefix = '',
): Promise<Map<string, string | undefined>> {
  const found = new Map<string, string | undefined>();
  if (before === after) return found;
  const entries = async (tree: string | undefined): Promise<Map<string, Entry>> =>
    new Map((tree === undefined ? [] : await readTree(objects, tree)).map((entry) => [entry.name, entry]));
  const [old, now] = [await entries(before), await entries(after)];
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const [was, is] = [old.get(name), now.get(name)];
    if (was?.oid === is?.oid && was?.mode === is?.mode) continue;
    const [wasTree, isTreeNow] = [was && isTree(was) ? was.oid : undefined, is && isTree(is) ? is.oid : undefined];
    const below = await differing(objects, wasTree, isTreeNow, `${prefix}${name}/`);
    for (const [path, value] of below) found.set(path, value);
    if ((was && wasTree === undefined) || (is && isTreeNow === undefined))
      found.set(prefix + name, nameOf(isTreeNow === undefined ? is : undefined));
  }
  return found;
}

function nameOf(entry: { readonly mode: string; readonly oid: string } | undefined): string | undefined {
  return entry && `${entry.mode} ${entry.oid}`;
}
