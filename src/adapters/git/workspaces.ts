// The Workspaces port: work trees on disk, filled from our own store by our own code, in which Claude edits and the tests
// run. Filled once; `reset` restores what differs. There is no `.git` in them, and nothing in them leads outside.
import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keepLineEndings } from '../../core/line-endings.ts';
import type { ChangeSet, FileChange } from '../../core/model.ts';
import { fail } from '../../errors.ts';
import type { Workspace, Workspaces } from '../../ports.ts';
import { diskName, linkAt, makeParents, pruneParents, readAt, removeAt, statOf, writeFileAt } from './disk.ts';
import { blobId, type Difference, differences, type IgnoreRules, ignoreRules, type Manifest, seen, type Tracked } from './manifest.ts';
import { isDangerousName, unsafePath } from './paths.ts';
import { fileMode, type StoredRepository } from './repository.ts';
import type { TreeFile } from './snapshot.ts';
import { codeOf, messageOf } from './thrown.ts';
import { toBytes, toText } from './tree.ts';

const MAX_FILE_BYTES = 50 * 2 ** 20;
const AT_ONCE = 16;

/**
 * @param options.dir directory of all work trees, for example `<state>/workspaces`; trees of processes that have ended are removed
 * @throws AiOpsError `state-unwritable` from `open`
 */
export function createWorkspaces(options: { readonly repository: StoredRepository; readonly dir: string }): Workspaces {
  return {
    empty: async () => {
      const { home, dir } = await makeHome(options.dir);
      return { dir, release: () => rm(home, { recursive: true, force: true }) };
    },
    open: async (base) => {
      const { home, dir } = await makeHome(options.dir);
      const files = await options.repository.files(base.commit);
      const tree: WorkTree = {
        repository: options.repository,
        home,
        dir,
        base: base.commit,
        rules: await readRules(options.repository, files),
        manifest: new Map(),
        settledMs: 0,
      };
      await putFiles(tree, files);
      return workspace(tree);
    },
  };
}

/** A directory of our own, named by our process so that `sweep` knows whose it is. */
async function makeHome(parent: string): Promise<{ home: string; dir: string }> {
  await sweep(parent);
  const home = join(parent, `${process.pid}-${randomBytes(4).toString('hex')}`);
  const dir = join(home, 'repo');
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw fail('state-unwritable', { dir, detail: messageOf(error) }, error);
  }
  return { home, dir };
}

interface WorkTree {
  readonly repository: StoredRepository;
  readonly home: string;
  readonly dir: string;
  readonly base: string;
  readonly rules: IgnoreRules;
  readonly manifest: Manifest;
  /** Time of the file system when the manifest was last brought up to date. */
  settledMs: number;
}

function workspace(tree: WorkTree): Workspace {
  return {
    dir: tree.dir,
    reset: (keep = []) => reset(tree, keep),
    apply: (changes) => apply(tree, changes),
    changes: () => changes(tree),
    release: () => rm(tree.home, { recursive: true, force: true }),
  };
}

/** Regular files first, links last: nothing is ever written through a link. */
async function putFiles(tree: WorkTree, files: readonly TreeFile[]): Promise<void> {
  const [links, plain] = [files.filter((file) => file.mode === '120000'), files.filter((file) => file.mode !== '120000')];
  for (const group of [plain, links]) {
    for (let at = 0; at < group.length; at += AT_ONCE) {
      const batch = group.slice(at, at + AT_ONCE);
      for (const file of batch) if (isPlaceable(file)) await makeParents(tree.dir, file.path);
      for (const tracked of await Promise.all(batch.map((file) => putFile(tree, file)))) tree.manifest.set(tracked.path, tracked);
    }
  }
  tree.settledMs = await fileSystemTime(tree.home);
}

function isPlaceable(file: TreeFile): boolean {
  return file.mode !== '160000' && !file.path.split('/').some((name) => isDangerousName(toText(name) ?? name));
}

async function putFile(tree: WorkTree, file: TreeFile): Promise<Tracked> {
  const plain: Tracked = { path: file.path, mode: file.mode, oid: file.oid };
  if (!isPlaceable(file)) return plain;
  const bytes = await tree.repository.blob(file.oid);
  if (file.mode !== '120000') await writeFileAt(tree.dir, file.path, bytes, file.mode === '100755');
  else if (!(await linkAt(tree.dir, file.path, bytes))) return plain;
  return { ...plain, seen: seen(await lstat(diskName(tree.dir, file.path))) };
}

async function reset(tree: WorkTree, keep: readonly string[]): Promise<void> {
  const kept = (path: string): boolean => keep.some((name) => toBytes(name) === path || path.endsWith(`/${toBytes(name)}`));
  const found = await differences(tree.dir, tree.manifest, tree.settledMs, kept);
  await removeStrangers(tree, '', kept);
  await putFiles(
    tree,
    found.flatMap((difference) => (difference.tracked?.seen === undefined ? [] : [difference.tracked])),
  );
}

/** Removes all that the base does not have: files, links, pipes, empty directories, a `.git` that a tool has made. */
async function removeStrangers(tree: WorkTree, prefix: string, kept: (path: string) => boolean): Promise<void> {
  const at = prefix === '' ? Buffer.from(tree.dir) : diskName(tree.dir, prefix.slice(0, -1));
  for (const entry of await readdir(at, { withFileTypes: true, encoding: 'buffer' })) {
    const path = prefix + entry.name.toString('latin1');
    if (!entry.isDirectory()) {
      if (tree.manifest.get(path)?.seen === undefined) await removeAt(diskName(tree.dir, path));
    } else if (isDangerousName(toText(entry.name.toString('latin1')) ?? '?')) await removeAt(diskName(tree.dir, path));
    else if (!kept(path)) {
      await removeStrangers(tree, `${path}/`, kept);
      if ((await readdir(diskName(tree.dir, path))).length === 0) await removeAt(diskName(tree.dir, path));
    }
  }
}

async function apply(tree: WorkTree, set: ChangeSet): Promise<void> {
  if (set.base !== tree.base) throw fail('bug', { detail: 'a change set was applied to another base' });
  const reasons = set.files.flatMap((file) => [file.path, file.oldPath ?? file.path]);
  for (const path of reasons) {
    const reason = unsafePath(path);
    if (reason !== undefined) throw fail('change-unsafe', { path, detail: reason });
  }
  for (const file of set.files) {
    if (file.oldPath !== undefined && file.oldPath !== file.path) await removeFile(tree, toBytes(file.oldPath));
    if (file.after === undefined) await removeFile(tree, toBytes(file.path));
    else await applyFile(tree, file, file.after);
  }
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
  if (tracked !== undefined && blobId(after) === tracked.oid && mode === fileMode(tracked.mode)) return undefined;
  return { path: text, mode, ...old, after };
}

function trackedDirectories(manifest: Manifest): Set<string> {
  const found = new Set<string>();
  for (const path of manifest.keys()) {
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) found.add(path.slice(0, at));
  }
  return found;
}

/** Rules of the base commit, not of the disk: a fix must not hide files by ignoring them. */
async function readRules(repository: StoredRepository, files: readonly TreeFile[]): Promise<IgnoreRules> {
  const texts = new Map<string, string>();
  for (const file of files) {
    if (!/(^|\/)\.gitignore$/.test(file.path) || !file.mode.startsWith('100')) continue;
    texts.set(file.path.slice(0, -'.gitignore'.length), (await repository.blob(file.oid)).toString('utf8'));
  }
  return ignoreRules(texts);
}

/** The clock that file times come from; it need not be that of this process. */
async function fileSystemTime(home: string): Promise<number> {
  const stamp = join(home, 'stamp');
  await rm(stamp, { force: true });
  await writeFile(stamp, '');
  return (await lstat(stamp)).ctimeMs;
}

/** Removes the trees of processes that are no more. */
async function sweep(dir: string): Promise<void> {
  for (const name of await readdir(dir).catch(() => [])) {
    const pid = Number(/^(\d+)-[0-9a-f]{8}$/.exec(name)?.[1]);
    if (pid > 0 && !isAlive(pid)) await rm(join(dir, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
