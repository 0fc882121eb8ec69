// A complete Repository and Workspaces in memory, for tests of the pipeline: commits are maps of files, branches a map of
// commits, work trees real temporary directories. Held to the same contract as the real adapter (test/contracts/repository.ts).
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ChangeSet, FileChange, FileMode } from '../../src/core/model.ts';
import { fail } from '../../src/errors.ts';
import type { Base, Repository, Workspace, Workspaces } from '../../src/ports.ts';

interface FakeFile {
  readonly bytes: Buffer;
  readonly mode: FileMode;
}

type Files = ReadonlyMap<string, FakeFile>;

export interface FakeRepository {
  readonly repository: Repository;
  readonly workspaces: Workspaces;
  /** Branches by name, as the remote would have them. */
  readonly branches: Map<string, string>;
  /** Message of a commit made through the port. */
  message(commit: string): string | undefined;
  /** A person's commit with these files at the tip of a branch. @returns the commit */
  plant(branch: string, files: Readonly<Record<string, string>>): string;
  /** Takes a commit out of the store, as one is that another destination has. */
  forget(commit: string): void;
  /** Replaces the files of the base branch, as if somebody had pushed. @returns the commit */
  advance(files: Readonly<Record<string, string>>): string;
}

/** @param files text of each file of the first commit on `main` */
export function createFakeRepository(files: Readonly<Record<string, string>>): FakeRepository {
  const commits = new Map<string, { files: Files; message: string }>();
  const branches = new Map<string, string>();
  const parents = new Map<string, readonly string[]>();
  const remote = 'fake://repository';
  const add = (tree: Files, message: string, salt: string): string => {
    const id = createHash('sha1');
    for (const [path, file] of [...tree].sort()) id.update(`${file.mode} ${path}\0`).update(file.bytes).update('\0');
    const commit = id.update(`${message}${salt}`).digest('hex');
    commits.set(commit, { files: tree, message });
    return commit;
  };
  const strangers = new Set<string>();
  const plant = (branch: string, texts: Readonly<Record<string, string>>): string => {
    const tree = new Map(Object.entries(texts).map(([path, text]) => [path, { bytes: Buffer.from(text), mode: '100644' as const }]));
    const commit = add(tree, 'base', String(commits.size));
    strangers.add(commit);
    branches.set(branch, commit);
    return commit;
  };
  const advance = (texts: Readonly<Record<string, string>>): string => plant('main', texts);
  const filesOf = (commit: string): Files => {
    const found = commits.get(commit);
    if (found === undefined) throw fail('store-damaged', { remote, detail: `no commit ${commit}` });
    return found.files;
  };
  advance(files);
  return {
    branches,
    advance,
    plant,
    message: (commit) => commits.get(commit)?.message,
    forget: (commit) => void commits.delete(commit),
    repository: {
      sync: async () => ({ commit: branches.get('main') as string, branch: 'main', remote }),
      list: async (commit) => [...filesOf(commit)].map(([path, { mode }]) => ({ path, mode })),
      author: async () => ({ name: 'ai-ops', email: 'ai-ops@localhost' }),
      committer: async () => ({ name: 'ai-ops', email: 'ai-ops@localhost' }),
      read: async (commit, path) => filesOf(commit).get(path),
      holds: async (commit) => commits.has(commit),
      about: async (commit) => ({ parents: parents.get(commit) ?? [], message: commits.get(commit)?.message ?? '' }),
      changed: async (from, to) => {
        const [before, after] = [filesOf(from), filesOf(to)];
        const paths = [...new Set([...before.keys(), ...after.keys()])];
        return paths.filter((path) => {
          const [one, other] = [before.get(path), after.get(path)];
          return one === undefined || other === undefined || one.mode !== other.mode || !one.bytes.equals(other.bytes);
        });
      },
      commit: async (changes, message, date = new Date(), merges) => {
        const tree = applied(filesOf(changes.base), changes);
        if (sameFiles(tree, filesOf(changes.base))) throw fail('answer-empty');
        const made = add(tree, message, date.toISOString() + (merges ?? ''));
        parents.set(made, [...(merges === undefined ? [] : [merges]), changes.base]);
        return made;
      },
      push: async (branch, commit, _signal, replaces) => {
        if (!branch.includes('fix-')) throw fail('push-rejected', { branch, detail: 'ai-ops writes branches named ai-ops/* only' });
        const present = branches.get(branch);
        if (present !== undefined && present !== commit && present !== replaces) throw fail('branch-taken', { branch });
        branches.set(branch, commit);
        return present === commit ? 'exists' : 'created';
      },
      tryBranch: async (branch) => {
        const other = [...branches.keys()].find((name) => branch.startsWith(`${name}/`) || name.startsWith(`${branch}/`));
        if (other !== undefined) throw fail('branch-blocked', { branch, other });
        const present = branches.get(branch);
        if (present !== undefined && strangers.has(present)) throw fail('branch-taken', { branch });
        return present === undefined ? 'free' : 'ours';
      },
      tip: async (branch, commit) => {
        const present = branches.get(branch);
        if (present === undefined) return undefined;
        return { commit: present, isSame: sameFiles(filesOf(present), filesOf(commit)), isOurs: !strangers.has(present) };
      },
    },
    workspaces: {
      open: (base) => openWorkspace(base, filesOf(base.commit)),
      empty: async () => {
        const dir = await mkdtemp(join(tmpdir(), 'ai-ops-fake-'));
        return { dir, release: () => rm(dir, { recursive: true, force: true }) };
      },
    },
  };
}

function applied(base: Files, changes: ChangeSet): Files {
  const tree = new Map(base);
  for (const file of changes.files) {
    if (file.path.split('/').some((name) => name === '..' || name === '' || name.toLowerCase() === '.git')) {
      throw fail('change-unsafe', { path: file.path, detail: 'the path leaves the repository' });
    }
    if (file.after === undefined) tree.delete(file.path);
    else tree.set(file.path, { bytes: file.after, mode: modeOf(file, base.get(file.path)) });
  }
  return tree;
}

function modeOf(file: FileChange, base: FakeFile | undefined): FileMode {
  return base === undefined || (file.oldMode !== undefined && file.oldMode !== file.mode) ? file.mode : base.mode;
}

function sameFiles(a: Files, b: Files): boolean {
  return a.size === b.size && [...a].every(([path, file]) => b.get(path)?.bytes.equals(file.bytes) && b.get(path)?.mode === file.mode);
}

async function openWorkspace(base: Base, files: Files): Promise<Workspace> {
  const home = await mkdtemp(join(tmpdir(), 'ai-ops-fake-'));
  const dir = join(home, 'repo');
  const write = async (tree: Files): Promise<void> => {
    await mkdir(dir, { recursive: true });
    for (const [path, file] of tree) {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      await writeFile(join(dir, path), file.bytes);
      await chmod(join(dir, path), file.mode === '100755' ? 0o755 : 0o644);
    }
  };
  await write(files);
  return {
    dir,
    scratch: join(home, 'scratch'),
    reset: async (keep = []) => {
      for (const path of await filesIn(dir, keep)) if (!keep.includes(path)) await rm(join(dir, path));
      await write(files);
    },
    apply: async (changes) => {
      for (const path of files.keys()) if (!applied(files, changes).has(path)) await rm(join(dir, path), { force: true });
      await write(applied(files, changes));
    },
    changes: async () => ({ base: base.commit, files: await changed(dir, files) }),
    hasSetup: async () => false,
    keepSetup: async () => false,
    withGit: async (work) => {
      await mkdir(join(dir, '.git'));
      await writeFile(join(dir, '.git', 'HEAD'), `${base.commit}\n`);
      return work().finally(() => rm(join(dir, '.git'), { recursive: true, force: true }));
    },
    release: () => rm(home, { recursive: true, force: true }),
  };
}

async function changed(dir: string, files: Files): Promise<readonly FileChange[]> {
  const ignored = (files.get('.gitignore')?.bytes.toString() ?? '').split('\n').map((line) => line.replace(/\/$/, ''));
  const found: FileChange[] = [];
  const present = new Set(await filesIn(dir, ignored));
  for (const path of [...new Set([...files.keys(), ...present])].sort()) {
    const base = files.get(path);
    const old = base === undefined ? {} : { before: base.bytes, oldMode: base.mode };
    if (!present.has(path)) {
      found.push({ path, mode: base?.mode ?? '100644', ...old });
      continue;
    }
    const after = await readFile(join(dir, path));
    const mode = ((await stat(join(dir, path))).mode & 0o100) === 0 ? '100644' : '100755';
    if (base === undefined || !base.bytes.equals(after) || base.mode !== mode) found.push({ path, mode, ...old, after });
  }
  return found;
}

async function filesIn(dir: string, except: readonly string[], prefix = ''): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(join(dir, prefix), { withFileTypes: true })) {
    const path = prefix + entry.name;
    if (except.includes(path) || entry.name === '.git') continue;
    if (entry.isDirectory()) found.push(...(await filesIn(dir, except, `${path}/`)));
    else found.push(path);
  }
  return found;
}
