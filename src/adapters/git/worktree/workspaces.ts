// The Workspaces port: work trees on disk, filled from our own store by our own code, in which Claude edits and the tests
// run. Filled once, kept for the next repair, and brought back by what differs. There is no `.git` in them
// but what `withGit` lends, and nothing in them leads outside.
import { lstat, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keepLineEndings } from '../../../core/answer/line-endings.ts';
import type { ChangeSet, FileChange } from '../../../core/model.ts';
import { fail } from '../../../errors.ts';
import type { Workspace, Workspaces } from '../../../ports.ts';
import { type IgnoreRules, ignoreRules } from '../objects/ignore-rules.ts';
import { isDangerousName, unsafePath } from '../objects/names.ts';
import { objectId } from '../objects/object-id.ts';
import type { TreeFile } from '../objects/snapshot.ts';
import { fileMode, toBytes, toText } from '../objects/tree.ts';
import type { StoredRepository } from '../repository.ts';
import { diskName, makeParents, pruneParents, readAt, removeAt, statOf, writeFileAt } from './disk.ts';
import { fillNew, isPlaceable, putFiles } from './fill.ts';
import { readSetup } from './kept-setup.ts';
import { withGit } from './lent-git.ts';
import { type Difference, differences, type Manifest } from './manifest.ts';
import { givePooled, newHome, removeTree, scratchOf, takePooled } from './tree-pool.ts';
import { dropSetup, isSetupOf, keepSetup, trackedDirectories, type WorkTree } from './work-tree.ts';

const MAX_FILE_BYTES = 50 * 2 ** 20;

/**
 * @param options.dir directory of all work trees, for example `<state>/workspaces`; trees of processes that have ended are removed
 * @throws AiOpsError `state-unwritable` from `open`
 */
export function createWorkspaces(options: { readonly repository: StoredRepository; readonly dir: string }): Workspaces {
  return {
    empty: async () => {
      const home = await newHome(options.dir);
      return { dir: home.dir, release: () => removeTree(home) };
    },
    open: async (base) => {
      const tree = (await reuse(options, base.commit)) ?? (await makeNew(options, base.commit));
      return workspace(tree);
    },
  };
}

async function makeNew(
  { repository, dir: parent }: { readonly repository: StoredRepository; readonly dir: string },
  base: string,
): Promise<WorkTree> {
  const at = await newHome(parent, repository.storePath);
  const { home, dir } = at;
  const files = await repository.files(base);
  const placeable = files.filter(isPlaceable);
  await repository.bring(
    base,
    placeable.map(({ oid }) => oid),
  );
  const tracked = await fillNew(dir, files, repository.blob);
  const manifest: Manifest = new Map(tracked.map((one) => [one.path, one]));
  return { repository, ...at, base, rules: await readRules(repository, files), manifest, settledMs: await fileSystemTime(home) };
}

/** The tree of an earlier repair: what differs between the two commits, and what was changed since, is put anew. */
async function reuse(
  { repository, dir: parent }: { readonly repository: StoredRepository; readonly dir: string },
  base: string,
): Promise<WorkTree | undefined> {
  const pooled = await takePooled(parent, repository.storePath);
  if (pooled === undefined) return undefined;
  const files = await repository.files(base);
  const manifest: Manifest = new Map();
  const fresh: TreeFile[] = [];
  for (const file of files) {
    const old = pooled.manifest.get(file.path);
    if (old?.oid === file.oid && old.mode === file.mode) manifest.set(file.path, old);
    else fresh.push(file);
  }
  const rules = files.filter(isIgnoreFile);
  await repository.bring(
    base,
    [...fresh.filter(isPlaceable), ...rules].map(({ oid }) => oid),
  );
  const setup = await readSetup(pooled.home);
  const tree: WorkTree = { repository, ...pooled, base, rules: await readRules(repository, files), manifest, setup };
  const tracked = trackedDirectories(manifest, fresh);
  if (setup?.roots.some((root) => tracked.has(root) || files.some(({ path }) => path === root))) await dropSetup(tree);
  await reset(tree, [], fresh);
  return tree;
}

function workspace(tree: WorkTree): Workspace {
  return {
    dir: tree.dir,
    scratch: scratchOf(tree.home),
    reset: (keep = []) => reset(tree, keep),
    apply: (changes) => apply(tree, changes),
    changes: () => changes(tree),
    hasSetup: async (key) => {
      if (tree.setup === undefined || (await isSetupOf(tree, key))) return tree.setup !== undefined;
      await reset(tree, []);
      return false;
    },
    keepSetup: (key) => keepSetup(tree, key),
    withGit: (work) => withGit(tree, work),
    release: async () => {
      // Given back, it may be somebody else's already.
      if (tree.isReleased) return;
      tree.isReleased = true;
      await release(tree);
    },
  };
}

/** Kept for the next repair as its base commit has it; a tree that cannot be brought there is removed. */
async function release(tree: WorkTree): Promise<void> {
  try {
    await reset(tree, []);
    await givePooled(tree);
  } catch {
    await removeTree(tree);
  }
}

/** @param fresh files that the manifest does not know yet */
async function reset(tree: WorkTree, keep: readonly string[], fresh: readonly TreeFile[] = []): Promise<void> {
  const roots = new Set(tree.setup?.roots);
  const kept = (path: string): boolean =>
    roots.has(path) || keep.some((name) => toBytes(name) === path || path.endsWith(`/${toBytes(name)}`));
  const found = await differences(tree.dir, tree.manifest, tree.settledMs, kept);
  await removeStrangers(tree, '', kept);
  const changed = found.flatMap((difference) => (difference.tracked?.seen === undefined ? [] : [difference.tracked]));
  if (changed.length + fresh.length === 0) return;
  for (const tracked of await putFiles(tree.dir, [...changed, ...fresh], tree.repository.blob)) tree.manifest.set(tracked.path, tracked);
  tree.settledMs = await fileSystemTime(tree.home);
}

/** Removes all that the base does not have: files, links, pipes, empty directories, a `.git` that a tool has made. */
async function removeStrangers(tree: WorkTree, prefix: string, kept: (path: string) => boolean): Promise<void> {
  const at = prefix === '' ? Buffer.from(tree.dir) : diskName(tree.dir, prefix.slice(0, -1));
  for (const entry of await readdir(at, { withFileTypes: true, encoding: 'buffer' })) {
    const path = prefix + entry.name.toString('latin1');
    if (!entry.isDirectory()) {
      if (tree.manifest.get(path)?.seen === undefined && !kept(path)) await removeAt(diskName(tree.dir, path));
    } else if (isDangerousName(toText(entry.name.toString('latin1')) ?? '?')) await removeAt(diskName(tree.dir, path));
    else if (!kept(path)) {
      await removeStrangers(tree, `${path}/`, kept);
      if ((await readdir(diskName(tree.dir, path))).length === 0) await removeAt(diskName(tree.dir, path));
    }
  }
}

async function apply(tree: WorkTree, set: ChangeSet): Promise<void> {
  if (set.base !== tree.base) throw fail('bug', { detail: 'a change set was applied to another base' });
  for (const { path } of set.files) {
    const reason = unsafePath(path);
    if (reason !== undefined) throw fail('change-unsafe', { path, detail: reason });
  }
  // First what goes: a file and a directory may change places.
  for (const { path, after } of set.files) if (after === undefined) await removeFile(tree, toBytes(path));
  for (const file of set.files) if (file.after !== undefined) await applyFile(tree, file, file.after);
}

async function removeFile(tree: WorkTree, path: string): Promise<void> {
  await refuseLinkedParents(tree, path);
  await removeAt(diskName(tree.dir, path));
  await pruneParents(tree.dir, path);
}

async function applyFile(tree: WorkTree, file: FileChange, after: Buffer): Promise<void> {
  const path = toBytes(file.path);
  if (file.mode === '120000' || file.mode === '160000' || tree.manifest.get(path)?.mode === '120000') {
    throw fail('change-unsafe', { path: file.path, detail: 'it is a symbolic link or a submodule' });
  }
  await refuseLinkedParents(tree, path);
  await makeParents(tree.dir, path);
  const base = tree.manifest.get(path);
  const asked = file.oldMode !== undefined && file.oldMode !== file.mode;
  await writeFileAt(tree.dir, path, after, (base === undefined || asked ? file.mode : base.mode) === '100755');
}

async function refuseLinkedParents(tree: WorkTree, path: string): Promise<void> {
  const names = path.split('/').slice(0, -1);
  for (let depth = 1; depth <= names.length; depth += 1) {
    const found = await statOf(diskName(tree.dir, names.slice(0, depth).join('/')));
    if (found === undefined) return;
    if (!found.isDirectory())
      throw fail('change-unsafe', { path: toText(path) ?? '?', detail: 'one of its directories is a file or a symbolic link' });
  }
}

async function changes(tree: WorkTree): Promise<ChangeSet> {
  const tracked = trackedDirectories(tree.manifest);
  // An ignored directory is not entered, unless the base has files in it.
  const skip = (path: string): boolean => !tracked.has(path) && tree.rules.ignores(path, true);
  const files: FileChange[] = [];
  for (const difference of await differences(tree.dir, tree.manifest, tree.settledMs, skip)) {
    const change = await fileChange(tree, difference);
    if (change !== undefined) files.push(change);
  }
  return { base: tree.base, files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

async function fileChange(tree: WorkTree, { path, tracked, now }: Difference): Promise<FileChange | undefined> {
  const text = toText(path);
  if (tracked === undefined && tree.rules.ignores(path, false)) return undefined;
  if (text === undefined) throw fail('change-unsafe', { path: JSON.stringify(path), detail: 'its name is not UTF-8' });
  const before = tracked === undefined || tracked.mode === '160000' ? undefined : await tree.repository.blob(tracked.oid);
  const old = before === undefined || tracked === undefined ? {} : { before, oldMode: fileMode(tracked.mode) };
  if (now === undefined) return { path: text, mode: fileMode(tracked?.mode ?? '100644'), ...old };
  const raw = await readAt(tree.dir, path, MAX_FILE_BYTES);
  const after = now.mode === '120000' || tracked?.mode === '120000' ? raw : keepLineEndings(before, raw);
  const mode = process.platform === 'win32' && tracked !== undefined && now.mode !== '120000' ? fileMode(tracked.mode) : now.mode;
  if (tracked !== undefined && objectId('blob', after) === tracked.oid && mode === fileMode(tracked.mode)) return undefined;
  return { path: text, mode, ...old, after };
}

function isIgnoreFile({ path, mode }: TreeFile): boolean {
  return /(^|\/)\.gitignore$/.test(path) && mode.startsWith('100');
}

/** Rules of the base commit, not of the disk: a fix must not hide files by ignoring them. */
async function readRules(repository: StoredRepository, files: readonly TreeFile[]): Promise<IgnoreRules> {
  const texts = new Map<string, string>();
  for (const file of files) {
    if (!isIgnoreFile(file)) continue;
    texts.set(file.path.slice(0, -'.gitignore'.length), (await repository.blob(file.oid)).toString('latin1'));
  }
  return ignoreRules(texts);
}

/** The clock that file times come from; it need not be that of this process. */
async function fileSystemTime(home: string): Promise<number> {
  const stamp = join(home, 'stamp');
  await rm(stamp, { recursive: true, force: true });
  await writeFile(stamp, '');
  return (await lstat(stamp)).ctimeMs;
}
