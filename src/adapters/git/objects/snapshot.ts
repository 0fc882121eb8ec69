// Reads a commit: its tree, one file by path, all files. Paths are bytes (latin1 text) within this folder,
// because a repository may hold names that are not UTF-8.

import { type AiOpsError, fail } from '../../../errors.ts';
import { createPace, type Pace } from '../../../platform/yield.ts';
import type { Objects } from './objects.ts';
import { type Entry, isTree, parseTree } from './tree.ts';

/** The parts of a commit that ai-ops uses. */
export interface CommitHead {
  readonly tree: string;
  readonly parents: readonly string[];
}

/** One file of a commit: anything but a directory. */
export interface TreeFile {
  /** Bytes as latin1 text, parts joined by `/`. */
  readonly path: string;
  readonly mode: string;
  readonly oid: string;
}

export async function readCommit(objects: Objects, commit: string): Promise<CommitHead> {
  const { type, bytes } = await objects.read(commit);
  if (type !== 'commit') throw new Error(`${commit} is a ${type}, not a commit`);
  const text = bytes.toString('latin1');
  const head = text.slice(0, text.indexOf('\n\n') < 0 ? text.length : text.indexOf('\n\n'));
  const tree = /^tree ([0-9a-f]{40})$/m.exec(head)?.[1];
  if (tree === undefined) throw new Error(`commit ${commit} names no tree`);
  return { tree, parents: [...head.matchAll(/^parent ([0-9a-f]{40})$/gm)].map((match) => match[1] as string) };
}

/** Files of one commit. The largest repositories have half of it. */
const MAX_FILES = 1_000_000;
/** Places at which one and the same directory stands. */
const MAX_SAME_TREE = 20_000;
/** As the system bounds them (PATH_MAX). */
const MAX_PATH_BYTES = 4096;

/** Trees that were read, by store. What they say never changes; how many are kept is bounded by their entries. */
const TREES = new WeakMap<Objects, { readonly known: Map<string, readonly Entry[]>; entries: number }>();
const KEPT_ENTRIES = 150_000;

/** Entries of one tree. */
export async function readTree(objects: Objects, oid: string): Promise<readonly Entry[]> {
  const kept = TREES.get(objects) ?? { known: new Map<string, readonly Entry[]>(), entries: 0 };
  TREES.set(objects, kept);
  const found = kept.known.get(oid);
  if (found !== undefined) return found;
  const { type, bytes } = await objects.read(oid);
  if (type !== 'tree') throw new Error(`${oid} is a ${type}, not a tree`);
  const entries = parseTree(bytes);
  kept.known.set(oid, entries);
  kept.entries += entries.length;
  for (const [oldest, tree] of kept.known) {
    if (kept.entries <= KEPT_ENTRIES) break;
    kept.known.delete(oldest);
    kept.entries -= tree.length;
  }
  return entries;
}

/** The file at `path`, or `undefined` where it is absent, a directory, or below something that is not a directory. */
export async function lookup(objects: Objects, tree: string, path: string): Promise<TreeFile | undefined> {
  let current = tree;
  const names = path.split('/');
  for (const [index, name] of names.entries()) {
    const entry = (await readTree(objects, current)).find((candidate) => candidate.name === name);
    if (entry === undefined) return undefined;
    if (index === names.length - 1) return isTree(entry) ? undefined : { path, mode: entry.mode, oid: entry.oid };
    if (!isTree(entry)) return undefined;
    current = entry.oid;
  }
  return undefined;
}

/**
 * All files below a tree, in tree order, without their contents.
 * @throws AiOpsError `repository-unsupported` for a tree that no person has made: a few directories that hold each other can stand for any number of files
 */
export async function listFiles(objects: Objects, tree: string): Promise<TreeFile[]> {
  const listing: Listing = { files: [], visits: new Map(), pace: createPace() };
  await collectFiles(objects, tree, '', listing);
  return listing.files;
}

interface Listing {
  readonly files: TreeFile[];
  /** How often each directory was met. */
  readonly visits: Map<string, number>;
  readonly pace: Pace;
}

function tooLarge({ shown }: Objects, detail: string): AiOpsError {
  return fail('repository-unsupported', { remote: shown, detail });
}

async function collectFiles(objects: Objects, tree: string, prefix: string, listing: Listing): Promise<void> {
  const { files, visits, pace } = listing;
  const visit = (visits.get(tree) ?? 0) + 1;
  visits.set(tree, visit);
  if (visit > MAX_SAME_TREE) throw tooLarge(objects, `one directory of it stands at more than ${MAX_SAME_TREE} places`);
  if (prefix.length > MAX_PATH_BYTES) throw tooLarge(objects, `a path of it has more than ${MAX_PATH_BYTES} bytes`);
  for (const entry of await readTree(objects, tree)) {
    const path = prefix + entry.name;
    if (isTree(entry)) await collectFiles(objects, entry.oid, `${path}/`, listing);
    else files.push({ path, mode: entry.mode, oid: entry.oid });
  }
  if (files.length > MAX_FILES) throw tooLarge(objects, `it has more than ${MAX_FILES} files`);
  await pace();
}

/** An object that a server lacks, and the one at the same place in the parent's tree, which it has. */
export interface NewObject {
  readonly oid: string;
  readonly base?: string;
}

/**
 * What a server needs that has the commit's parent: the commit, and the trees and blobs that its parent's tree
 * does not hold at the same place. Found from the trees alone, so that a push can be resumed by another process.
 */
export async function newObjects(objects: Objects, commit: string): Promise<NewObject[]> {
  const head = await readCommit(objects, commit);
  // Of a merge, the base that was merged: the tree was made on it.
  const parent = head.parents.at(-1);
  const parentTree = parent === undefined ? undefined : (await readCommit(objects, parent)).tree;
  const found = new Map<string, NewObject>([[commit, { oid: commit }]]);
  await collectNew(objects, head.tree, parentTree, found);
  return [...found.values()];
}

async function collectNew(objects: Objects, tree: string, known: string | undefined, found: Map<string, NewObject>): Promise<void> {
  if (tree === known) return;
  found.set(tree, newObject(tree, known));
  const before = new Map((known === undefined ? [] : await readTree(objects, known)).map((entry) => [entry.name, entry]));
  for (const entry of await readTree(objects, tree)) {
    const old = before.get(entry.name);
    if (old?.oid === entry.oid || entry.mode === '160000') continue;
    if (isTree(entry)) await collectNew(objects, entry.oid, old !== undefined && isTree(old) ? old.oid : undefined, found);
    else found.set(entry.oid, newObject(entry.oid, old !== undefined && !isTree(old) && old.mode !== '160000' ? old.oid : undefined));
  }
}

function newObject(oid: string, base: string | undefined): NewObject {
  return base === undefined ? { oid } : { oid, base };
}
