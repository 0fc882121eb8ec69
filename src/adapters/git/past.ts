// The past of a commit: which commits it was made of, which of them touch some files under whatever name, and the files of
// one of them as a change of the base. Reads what is on this machine, and has more of a remote's history fetched once.
import type { FileChange, FileMode } from '../../core/model.ts';
import type { AsOf, Base, Past } from '../../ports.ts';
import { movedFrom, type ReadBlobs } from './moved.ts';
import type { Objects } from './objects/objects.ts';
import { listFiles, lookup, readCommit, type TreeFile } from './objects/snapshot.ts';
import { fileMode, toBytes, toText } from './objects/tree.ts';

/** Commits that are looked at. */
const MOST_COMMITS = 512;
/** As many that touch the files are enough for every search. */
const MOST_TOUCHING = 64;
/** A commit that differs in more files is not laid out. */
const MOST_FILES = 2000;

/** A commit on the walk. */
interface Met {
  readonly tree: string;
  readonly parents: readonly string[];
  /** The files by their names at the base commit, latin1: what they are called here. */
  readonly names: ReadonlyMap<string, string>;
  touches: boolean;
}

interface Walked {
  readonly met: ReadonlyMap<string, Met>;
  /** A parent is named that could not be read. */
  readonly isCut: boolean;
}

/**
 * @param open reads what is there now
 * @param more has more history fetched; false where there is none to be had
 * @param read contents, fetched where they are not here
 * @param isOver asked between two commits
 */
export async function pastOf(
  open: () => Promise<Objects>,
  { commit }: Base,
  paths: readonly string[],
  more: () => Promise<boolean>,
  read: ReadBlobs,
  isOver: () => boolean,
): Promise<Past> {
  const names = paths.map(toBytes);
  let walked = await walk(await open(), commit, names, read, isOver);
  if (walked.isCut && (await more())) walked = await walk(await open(), commit, names, read, isOver);
  const { met } = walked;
  return order(commit, met).map((id) => {
    const { parents, touches, names: called } = met.get(id) as Met;
    return { commit: id, parents, touches, names: namesOf(called) };
  });
}

const namesOf = (called: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map(
    [...called].flatMap(([now, then]) => {
      const [a, b] = [toText(now), toText(then)];
      return a === undefined || b === undefined ? [] : [[a, b] as const];
    }),
  );

async function walk(objects: Objects, base: string, paths: readonly string[], read: ReadBlobs, isOver: () => boolean): Promise<Walked> {
  const met = new Map<string, Met>();
  let isCut = false;
  let touching = 0;
  const waiting: { readonly commit: string; readonly names: ReadonlyMap<string, string> }[] = [
    { commit: base, names: new Map(paths.map((path) => [path, path])) },
  ];
  for (const { commit, names: asked } of waiting) {
    if (met.has(commit)) continue;
    if (met.size >= MOST_COMMITS || touching >= MOST_TOUCHING || isOver()) break;
    const head = await readCommit(objects, commit).catch(() => undefined);
    const here = head && (await placed(objects, head.tree, asked).catch(() => undefined));
    if (head === undefined || here === undefined) {
      isCut = true;
      continue;
    }
    const one: Met = { ...head, names: new Map([...here].map(([now, { path }]) => [now, path])), touches: false };
    met.set(commit, one);
    const sides: boolean[] = [];
    for (const parent of head.parents) {
      const then = await readCommit(objects, parent)
        .then(({ tree }) => inParent(objects, head.tree, tree, here, read))
        .catch(() => undefined);
      if (then === undefined) {
        isCut = true;
        continue;
      }
      waiting.push({ commit: parent, names: then.names });
      sides.push(then.differs);
    }
    // A merge that took a file as one of its sides has it changes nothing in it.
    one.touches = head.parents.length === 0 ? here.size > 0 : sides.length > 0 && sides.every((differs) => differs);
    if (one.touches) touching += 1;
  }
  return { met, isCut };
}

async function placed(objects: Objects, tree: string, names: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, TreeFile>> {
  const found = await Promise.all([...names].map(async ([now, then]) => [now, await lookup(objects, tree, then)] as const));
  return new Map(found.flatMap(([now, file]) => (file === undefined ? [] : [[now, file] as const])));
}

async function inParent(
  objects: Objects,
  tree: string,
  parentTree: string,
  here: ReadonlyMap<string, TreeFile>,
  read: ReadBlobs,
): Promise<{ readonly names: ReadonlyMap<string, string>; readonly differs: boolean }> {
  const names = new Map<string, string>();
  let differs = false;
  for (const [now, file] of here) {
    const same = await lookup(objects, parentTree, file.path);
    const there = same ?? (tree === parentTree ? undefined : await movedFrom(objects, tree, parentTree, file, read));
    differs ||= there?.oid !== file.oid || there.path !== file.path;
    if (there) names.set(now, there.path);
  }
  return { names, differs };
}

/** Each commit before its parents. */
function order(base: string, met: ReadonlyMap<string, Met>): readonly string[] {
  const children = new Map<string, number>();
  for (const { parents } of met.values()) for (const parent of parents) children.set(parent, (children.get(parent) ?? 0) + 1);
  const ready = met.has(base) ? [base] : [];
  const found: string[] = [];
  for (let commit = ready.pop(); commit !== undefined; commit = ready.pop()) {
    found.push(commit);
    for (const parent of (met.get(commit)?.parents ?? []).toReversed()) {
      const left = (children.get(parent) ?? 0) - 1;
      children.set(parent, left);
      if (left === 0 && met.has(parent)) ready.push(parent);
    }
  }
  return found;
}

/**
 * The files of an older commit, as a change of the base commit. Files that are called otherwise there have their present name
 * too, so that who asks for them by it finds them.
 * @param names what some files of the base commit are called there
 * @param read contents, fetched where they are not here
 * @returns `null` where it cannot be laid out: too much of it is another, or a link is
 */
export async function asOf(
  objects: Objects,
  { commit }: Base,
  older: string,
  names: ReadonlyMap<string, string>,
  read: ReadBlobs,
): Promise<AsOf | null> {
  const [now, then] = await Promise.all([commit, older].map((id) => filesOf(objects, id)));
  if (now === undefined || then === undefined) return null;
  const moved = movedFiles(now, then, names);
  const called = new Map([...moved].filter(([path]) => !BY_NAME.test(path)));
  const changed = [...then.values()].filter(({ path, oid, mode }) => now.get(path)?.oid !== oid || now.get(path)?.mode !== mode);
  const gone = [...now.values()].filter(({ path }) => !then.has(path) && !called.has(path));
  const again = [...called].flatMap(([path, at]) => {
    const file = then.get(at);
    return file === undefined ? [] : [{ ...file, path }];
  });
  const put = [...changed, ...again];
  const isPlain = ({ mode }: TreeFile): boolean => mode.startsWith('100');
  if (put.length + gone.length > MOST_FILES || ![...put, ...gone].every(isPlain)) return null;
  const texts = await read(put.map(({ oid }) => oid));
  const files: FileChange[] = [];
  for (const [at, file] of put.entries()) {
    const path = toText(file.path);
    if (path === undefined) return null;
    files.push({ path, mode: fileMode(file.mode), ...oldModeOf(now.get(file.path)), after: texts[at] as Buffer });
  }
  for (const file of gone) {
    const path = toText(file.path);
    if (path === undefined) return null;
    files.push({ path, mode: fileMode(file.mode), ...oldModeOf(file) });
  }
  return { files, names: namesOf(moved) };
}

const oldModeOf = (file: TreeFile | undefined): { readonly oldMode?: FileMode } =>
  file === undefined ? {} : { oldMode: fileMode(file.mode) };

async function filesOf(objects: Objects, commit: string): Promise<ReadonlyMap<string, TreeFile> | undefined> {
  const files = await listFiles(objects, (await readCommit(objects, commit)).tree);
  return new Map(files.map((file) => [file.path, file]));
}

/** Languages in which files find each other by what they declare, not by their paths: a second file would declare it twice. */
const BY_NAME = /\.(go|java|kts?|scala|groovy|cs|fs|vb|swift)$/;

/** Files of the base commit that have another name in the older one: those that were followed, and those with the same bytes. */
function movedFiles(
  now: ReadonlyMap<string, TreeFile>,
  then: ReadonlyMap<string, TreeFile>,
  names: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const moved = new Map([...names].map(([a, b]) => [toBytes(a), toBytes(b)] as const).filter(([a, b]) => a !== b && !then.has(a)));
  const left = new Map([...then.values()].filter(({ path }) => !now.has(path)).map(({ path, oid }) => [oid, path]));
  for (const { path, oid } of now.values()) {
    const at = then.has(path) || moved.has(path) ? undefined : left.get(oid);
    if (at !== undefined) moved.set(path, at);
  }
  // Where a directory was moved, what has changed in it since was moved too.
  const directories = new Map([...moved].map(([a, b]) => [directory(a), directory(b)] as const).filter(([a, b]) => a !== b));
  for (const path of now.keys()) {
    const from = directories.get(directory(path));
    const at = from === undefined || then.has(path) || moved.has(path) ? undefined : `${from}${path.slice(directory(path).length)}`;
    if (at !== undefined && then.has(at) && !now.has(at)) moved.set(path, at);
  }
  return moved;
}

const directory = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
