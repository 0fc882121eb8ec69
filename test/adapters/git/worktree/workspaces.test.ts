// Work trees against what untrusted tools, tests and repositories do to them.
import {
  chmod,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRepository, type StoredRepository } from '../../../../src/adapters/git/repository.ts';
import { createWorkspaces } from '../../../../src/adapters/git/worktree/workspaces.ts';
import type { ChangeSet } from '../../../../src/core/model.ts';
import { thisProcess } from '../../../../src/platform/lock-owner.ts';
import type { Base, Workspace } from '../../../../src/ports.ts';
import { commitFiles, git, makeRepository, writeFiles } from '../../../support/git-program.ts';

const never = new AbortController().signal;
let root = '';
let work = '';
let repository: StoredRepository;
let base: Base;
let workspace: Workspace;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'ai-ops-trees-'));
  work = join(root, 'work');
  await makeRepository(work, {
    'app.js': 'one\n',
    'src/a.js': 'a\n',
    'src/b.js': 'b\n',
    'crlf.txt': 'a\r\nb\r\n',
    '.gitignore': 'build/\n!keep.log\n*.log\n',
    'src/.gitignore': '!x.log\n',
  });
  await writeFiles(root, { 'outside.txt': 'outside\n' });
});

afterEach(async () => {
  await workspace?.release();
  await rm(root, { recursive: true, force: true });
});

async function open(): Promise<Workspace> {
  const author = { name: 'ai-ops', email: 'ai-ops@localhost' };
  repository = await createRepository({
    source: { kind: 'local', path: work },
    storeDir: join(root, 'repos'),
    author,
    clock: () => new Date(0),
  });
  base = await repository.sync(never);
  workspace = await createWorkspaces({ repository, dir: join(root, 'trees') }).open(base);
  return workspace;
}

const paths = (set: ChangeSet): string[] => set.files.map((file) => file.path);
const at = (path: string): string => join(workspace.dir, path);
const change = (path: string, after?: string): ChangeSet => ({
  base: base.commit,
  files: [{ path, mode: '100644', ...(after === undefined ? {} : { after: Buffer.from(after) }) }],
});

test('the work tree is what git would check out, modes and links included', async () => {
  await symlink('src/a.js', join(work, 'link'));
  await writeFiles(work, { 'bin/run': '#!/bin/sh\n' });
  await chmod(join(work, 'bin/run'), 0o755);
  await writeFile(Buffer.concat([Buffer.from(`${work}/`), Buffer.from([0x66, 0xe9])]), 'latin1 name\n');
  await git(work, 'add', '-A');
  await git(work, 'commit', '-q', '-m', 'more');
  await open();
  await git(root, 'clone', '-q', work, join(root, 'clone'));
  await rm(join(root, 'clone', '.git'), { recursive: true });
  const names = (dir: string): Promise<Buffer[]> => readdir(Buffer.from(dir), { recursive: false, encoding: 'buffer' });
  expect(await names(workspace.dir)).toEqual(await names(join(root, 'clone')));
  expect(await readlink(at('link'))).toBe('src/a.js');
  expect((await stat(at('bin/run'))).mode & 0o111).toBe(0o111 & (await stat(join(root, 'clone/bin/run'))).mode);
  expect((await workspace.changes()).files).toEqual([]);
  const fix = await repository.commit({ base: base.commit, files: [{ path: 'app.js', mode: '100644', after: Buffer.from('x\n') }] }, 'x');
  await git(repository.storePath, 'fsck', '--strict');
  expect(await git(repository.storePath, 'diff', '--name-only', base.commit, fix)).toBe('app.js');
});

test('an edit of the same size with the old time stamp is found', async () => {
  await open();
  const before = await stat(at('app.js'));
  await writeFile(at('app.js'), 'two\n');
  await utimes(at('app.js'), before.atime, before.mtime);
  expect(paths(await workspace.changes())).toEqual(['app.js']);
});

test('a file that was touched but not changed is not a change', async () => {
  await open();
  await writeFile(at('app.js'), 'one\n');
  await utimes(at('src/a.js'), new Date(), new Date());
  expect((await workspace.changes()).files).toEqual([]);
});

test('ignore rules are those of the base: a fix cannot hide a file', async () => {
  await open();
  await writeFiles(workspace.dir, { 'build/x.js': '', 'a.log': '', 'src/x.log': '', 'src/y.log': '', 'new.js': '', '.gitignore': '*\n' });
  expect(paths(await workspace.changes())).toEqual(['.gitignore', 'new.js', 'src/x.log']);
});

test('line endings are kept as the base has them', async () => {
  await open();
  await writeFile(at('crlf.txt'), 'a\nc\n');
  await writeFile(at('app.js'), 'one\r\n');
  const { files } = await workspace.changes();
  expect(files.map((file) => [file.path, file.after?.toString()])).toEqual([['crlf.txt', 'a\r\nc\r\n']]);
});

test('links that lead outside are not made; tools that make them gain nothing', async () => {
  for (const [name, target] of [
    ['out', '../outside.txt'],
    ['abs', join(root, 'outside.txt')],
    ['src/up', '../../x'],
    ['src/via', 'b/../../..'],
    ['fine', 'src/a.js'],
    ['src/fine', '../app.js'],
  ] as const) {
    await symlink(target, join(work, name));
  }
  await git(work, 'add', '-A');
  await git(work, 'commit', '-q', '-m', 'links');
  await open();
  for (const name of ['out', 'abs', 'src/up', 'src/via']) await expect(lstat(at(name))).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await readFile(at('src/fine'), 'utf8')).toBe('one\n');
  expect((await workspace.changes()).files).toEqual([]);
  await rm(at('src'), { recursive: true });
  await symlink(root, at('src'));
  await expect(workspace.apply(change('src/outside.txt', 'overwritten\n'))).rejects.toMatchObject({ code: 'change-unsafe' });
  const found = await workspace.changes();
  expect(found.files.find((file) => file.path === 'src')?.mode).toBe('120000');
  await expect(repository.commit(found, 'x')).rejects.toMatchObject({ code: 'change-unsafe' });
  await workspace.reset();
  expect((await workspace.changes()).files).toEqual([]);
  expect(await readFile(join(root, 'outside.txt'), 'utf8')).toBe('outside\n');
});

test('reset undoes files for directories, directories for files, hard links, repositories and pipes of others', async () => {
  await open();
  await rm(at('app.js'));
  await writeFiles(workspace.dir, { 'app.js/inner/x': '', '.git/config': '', 'src/.git/HEAD': '', 'empty/dir/x': '' });
  await rm(at('empty/dir/x'));
  await rm(at('src/a.js'));
  await link(join(root, 'outside.txt'), at('src/a.js'));
  expect(paths(await workspace.changes())).toEqual(['app.js', 'app.js/inner/x', 'src/a.js']);
  await workspace.reset();
  expect((await readdir(workspace.dir)).sort()).toEqual(['.gitignore', 'app.js', 'crlf.txt', 'src']);
  expect((await readdir(at('src'))).sort()).toEqual(['.gitignore', 'a.js', 'b.js']);
  expect((await workspace.changes()).files).toEqual([]);
  expect(await readFile(join(root, 'outside.txt'), 'utf8')).toBe('outside\n');
});

test.each(['../outside.txt', '/etc/x', 'src/../../outside.txt', '.git/hooks/x', 'a\\b', 'a:b', 'x\u0000y', 'trail.', '.g\u200cit/x'])(
  'the path %j is not applied',
  async (path) => {
    await open();
    await expect(workspace.apply(change(path, 'x'))).rejects.toMatchObject({ code: 'change-unsafe' });
  },
);

test('a change set is applied as a whole or not at all where a path is unsafe', async () => {
  await open();
  const set = { base: base.commit, files: [...change('app.js', 'x').files, ...change('../x', 'x').files] };
  await expect(workspace.apply(set)).rejects.toMatchObject({ code: 'change-unsafe' });
  expect((await workspace.changes()).files).toEqual([]);
});

test('trees of processes that have ended are swept away', async () => {
  await mkdir(join(root, 'trees', '0123456789abcdef', 'repo'), { recursive: true });
  await mkdir(join(root, 'trees', 'kept'), { recursive: true });
  await open();
  expect((await readdir(join(root, 'trees'))).sort()).toEqual([
    expect.stringMatching(/^[0-9a-f]{16}\.lock$/),
    'kept',
    expect.stringMatching(/^tree-[0-9a-f]{16}$/),
    expect.stringMatching(/^tree-[0-9a-f]{16}\.[0-9a-f]{16}$/),
  ]);
});

const me = thisProcess('0123456789abcdef');
const elsewhere = { ...me, place: 'elsewhere pid:[1]' };

test.each([
  ['lives here', me, 0, true],
  ['has died here', { ...me, start: '1' }, 0, false],
  ['lives in another container', elsewhere, 50 * 60, true],
  ['was not heard of for an hour, in another container', elsewhere, 61 * 60, false],
])('the trees of a process that %s', async (_name, owner, silentSeconds, stays) => {
  const trees = join(root, 'trees');
  const [own, slot] = ['0123456789abcdef', 'tree-fedcba9876543210'];
  for (const name of [own, slot]) await mkdir(join(trees, name, 'repo'), { recursive: true });
  await writeFile(join(trees, `${slot}.${own}`), '');
  await writeFile(join(trees, `${own}.lock`), JSON.stringify(owner));
  const then = Date.now() / 1000 - silentSeconds;
  await utimes(join(trees, `${own}.lock`), then, then);
  await open();
  const all = [own, `${own}.lock`, slot, `${slot}.${own}`];
  expect((await readdir(trees)).filter((name) => all.includes(name))).toEqual(stays ? all : []);
});

test('a repository that holds names of git itself, or a submodule, does no harm', async () => {
  const blob = Buffer.from(await git(work, 'rev-parse', 'HEAD:app.js'), 'hex');
  const entries = ['100644 ..', '100644 .GIT', '100644 app.js'].map((head) => Buffer.concat([Buffer.from(`${head}\0`), blob]));
  const module = Buffer.concat([Buffer.from('160000 module\0'), blob]);
  await writeFile(join(root, 'tree'), Buffer.concat([...entries, module]));
  const tree = await git(work, 'hash-object', '-t', 'tree', '-w', '--literally', join(root, 'tree'));
  await git(work, 'update-ref', 'HEAD', await git(work, 'commit-tree', '-m', 'evil', tree));
  await open();
  expect(await readdir(workspace.dir)).toEqual(['app.js']);
  expect((await workspace.changes()).files).toEqual([]);
  await workspace.reset();
  expect(await readdir(workspace.dir)).toEqual(['app.js']);
  for (const path of ['module/x', 'module']) {
    await expect(repository.commit(change(path, 'x'), 'x')).rejects.toMatchObject({ code: 'change-unsafe' });
  }
});

describe('a work tree that is kept for the next repair', () => {
  const inode = async (path: string): Promise<number> => (await stat(at(path))).ino;
  const again = async (): Promise<void> => {
    base = await repository.sync(never);
    workspace = await createWorkspaces({ repository, dir: join(root, 'trees') }).open(base);
  };
  /** Every path below with its mode and what it holds, as the user's git would check it out. */
  const asCheckedOut = async (): Promise<void> => {
    const clone = join(root, 'clone');
    await rm(clone, { recursive: true, force: true });
    await git(root, 'clone', '-q', work, clone);
    await rm(join(clone, '.git'), { recursive: true });
    expect(await everything(workspace.dir)).toEqual(await everything(clone));
    expect((await workspace.changes()).files).toEqual([]);
  };

  test('is what the base commit holds, whatever was done in it', async () => {
    await open();
    const [untouched, dir] = [await inode('src/b.js'), workspace.dir];
    await writeFiles(workspace.dir, {
      'app.js': 'changed\n',
      'new.js': 'new\n',
      'build/out.js': 'x',
      'node_modules/a/b.js': 'x',
      '.git/config': 'x',
    });
    await rm(at('src/a.js'));
    await symlink('/etc', at('src/a.js'));
    await chmod(at('crlf.txt'), 0o755);
    await mkdir(at('empty/dir'), { recursive: true });
    await workspace.release();
    await expect(stat(dir)).rejects.toMatchObject({ code: 'ENOENT' });
    await again();
    await asCheckedOut();
    expect(await inode('src/b.js')).toBe(untouched);
  });

  test('takes over another commit as the difference', async () => {
    await writeFiles(work, { 'turns/into/dir.txt': 'x\n', 'turns-into-file/a.txt': 'a\n', 'Name.txt': 'n\n', 'run.sh': '#!/bin/sh\n' });
    await commitFiles(work, {}, 'before');
    await open();
    const untouched = await inode('src/b.js');
    await workspace.release();
    await rm(join(work, 'turns'), { recursive: true });
    await rm(join(work, 'turns-into-file'), { recursive: true });
    await rm(join(work, 'src/a.js'));
    await git(work, 'mv', 'Name.txt', 'name.txt');
    await chmod(join(work, 'run.sh'), 0o755);
    await symlink('app.js', join(work, 'src/a.js'));
    await commitFiles(work, { turns: 'a file\n', 'turns-into-file': 'file\n', 'app.js': 'two\n', '.gitignore': 'other/\n' }, 'after');
    await again();
    await asCheckedOut();
    expect(await inode('src/b.js')).toBe(untouched);
    await writeFiles(workspace.dir, { 'other/x.js': 'x', 'build/y.js': 'y' });
    expect(paths(await workspace.changes())).toEqual(['build/y.js']);
  });

  test('is not believed blindly', async () => {
    await open();
    const before = await stat(at('app.js'));
    await workspace.release();
    const kept = join(root, 'trees', (await readdir(join(root, 'trees'))).sort()[0] as string);
    await writeFile(join(kept, 'kept/app.js'), 'two\n');
    await utimes(join(kept, 'kept/app.js'), before.atime, before.mtime);
    await writeFiles(join(kept, 'kept'), { 'planted.js': 'x' });
    await again();
    await asCheckedOut();
  });

  test.each([
    ['is damaged', '{"version":1,"settledMs":0,"files":[["app.js"'],
    ['is of another version', '{"version":0,"settledMs":0,"files":[]}'],
    ['holds something else', '{"version":1,"settledMs":0,"files":[["app.js","100644"]]}'],
    ['is a directory', null],
  ])('is made anew when its manifest %s', async (_name, text) => {
    await open();
    await workspace.release();
    const kept = join(root, 'trees', (await readdir(join(root, 'trees'))).sort()[0] as string);
    if (text !== null) await writeFile(join(kept, 'manifest.json'), text);
    else {
      await rm(join(kept, 'manifest.json'));
      await mkdir(join(kept, 'manifest.json'));
    }
    await again();
    await asCheckedOut();
    expect(await readdir(join(root, 'trees'))).toHaveLength(3);
  });

  test('is given to one repair only; one is kept', async () => {
    await open();
    await workspace.release();
    const trees = createWorkspaces({ repository, dir: join(root, 'trees') });
    const both = await Promise.all([trees.open(base), trees.open(base)]);
    expect(new Set(both.map(({ dir }) => dir)).size).toBe(2);
    for (const one of both) await one.release();
    // The tree, and the token that says it is free.
    expect((await readdir(join(root, 'trees'))).sort()).toEqual([
      expect.stringMatching(/^tree-[0-9a-f]{16}$/),
      expect.stringMatching(/^tree-[0-9a-f]{16}\.free$/),
    ]);
  });

  test('stays at its place', async () => {
    const { dir } = await open();
    await workspace.release();
    expect((await open()).dir).toBe(dir);
  });

  test('of a process that is dead is removed, by one of many', async () => {
    const { dir } = await open();
    await workspace.release();
    const trees = join(root, 'trees');
    const token = (await readdir(trees)).find((name) => name.endsWith('.free')) ?? '';
    await rename(join(trees, token), join(trees, token.replace('free', '0123456789abcdef')));
    await writeFiles(dir, { 'half.txt': 'done\n' });
    const all = createWorkspaces({ repository, dir: trees });
    const three = await Promise.all([all.open(base), all.open(base), all.open(base)]);
    for (const one of three) expect((await readdir(one.dir)).includes('half.txt')).toBe(false);
    for (const one of three) await one.release();
    expect(await readdir(trees)).toHaveLength(2);
  });

  test('goes after a week without use, and so does the tree of a process that is dead', async () => {
    await open();
    await workspace.release();
    const trees = join(root, 'trees');
    const kept = join(trees, (await readdir(trees)).sort()[0] as string, 'manifest.json');
    await utimes(kept, 1, 1);
    await mkdir(join(trees, '0123456789abcdef', 'repo'), { recursive: true });
    const empty = await createWorkspaces({ repository, dir: trees }).empty();
    await empty.release();
    expect(await readdir(trees)).toEqual([]);
  });
});

/** Path, kind, whether it is executable, and content or target of everything below. */
async function everything(dir: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of (await readdir(dir, { recursive: true })).sort()) {
    const stats = await lstat(join(dir, path));
    const what = stats.isSymbolicLink() ? await readlink(join(dir, path)) : stats.isFile() ? await readFile(join(dir, path), 'utf8') : '';
    found.push(`${path} ${stats.isFile() ? (stats.mode & 0o100 ? 'x' : '-') : stats.isDirectory() ? 'd' : 'l'} ${what}`);
  }
  return found;
}
