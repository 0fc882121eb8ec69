// The Repository port on a user's checkout: every layout git makes, and not one byte or time stamp of it changed.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstat, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRepository, type StoredRepository } from '../../../src/adapters/git/repository.ts';
import { findRepository } from '../../../src/adapters/git/users-checkout.ts';
import { createWorkspaces } from '../../../src/adapters/git/worktree/workspaces.ts';
import { commitFiles, git, makeRepository } from '../../support/git-program.ts';

const never = new AbortController().signal;
let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'ai-ops-local-'));
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

function open(path: string, baseBranch?: string): Promise<StoredRepository> {
  return createRepository({
    source: { kind: 'local', path },
    ...(baseBranch === undefined ? {} : { baseBranch }),
    storeDir: join(root, 'repos'),
    author: { name: 'ai-ops', email: 'ai-ops@localhost' },
    clock: () => new Date('2024-05-06T07:08:09Z'),
  });
}

/** Every path below `dir` with its type, mode, time stamps and bytes. */
async function portrait(dir: string): Promise<string> {
  const lines: string[] = [];
  for (const name of (await readdir(dir, { recursive: true })).sort()) {
    const path = join(dir, name);
    const stats = await lstat(path);
    const bytes = stats.isFile() ? await readFile(path) : stats.isSymbolicLink() ? Buffer.from(await readlink(path)) : Buffer.alloc(0);
    lines.push(`${name} ${stats.mode} ${stats.mtimeMs} ${stats.ctimeMs} ${createHash('sha1').update(bytes).digest('hex')}`);
  }
  return lines.join('\n');
}

type Layout = (work: string) => Promise<string>;

const layouts: [name: string, make: Layout][] = [
  ['loose objects', async (work) => work],
  ['packed objects and refs', (work) => after(work, git(work, 'gc', '-q', '--prune=now'))],
  ['packed, with new loose objects', async (work) => after(work, git(work, 'gc', '-q'), () => commitFiles(work, { 'app.js': '3\n' }, '3'))],
  ['a linked work tree', (work) => after(join(root, 'linked'), git(work, 'worktree', 'add', '-q', '-b', 'side', join(root, 'linked')))],
  ['alternates', (work) => after(join(root, 'shared'), git(root, 'clone', '-q', '--shared', work, join(root, 'shared')))],
  ['a bare repository', (work) => after(join(root, 'bare.git'), git(root, 'clone', '-q', '--bare', work, join(root, 'bare.git')))],
  ['a shallow clone', (work) => after(join(root, 'thin'), git(root, 'clone', '-q', '--depth', '1', `file://${work}`, join(root, 'thin')))],
  ['a split index', (work) => after(work, git(work, 'update-index', '--split-index'))],
  ['an index of version 4', (work) => after(work, git(work, 'update-index', '--index-version', '4'))],
  ['a subdirectory', async (work) => join(work, 'src')],
  ['a detached HEAD', (work) => after(work, git(work, 'checkout', '-q', '--detach'))],
  ['uncommitted work', (work) => after(work, writeFile(join(work, 'app.js'), 'not yet\n'), () => git(work, 'add', '.'))],
];

/** The path to open, once the preparations are done. */
async function after(path: string, first: Promise<unknown>, second?: () => Promise<unknown>): Promise<string> {
  await first;
  await second?.();
  return path;
}

test.each(layouts)('%s: read, fixed and kept as it was', async (_name, make) => {
  const work = join(root, 'work');
  await makeRepository(work, { 'app.js': 'one\n', 'src/util.js': 'util\n', 'long.txt': 'line\n'.repeat(5000) });
  await commitFiles(work, { 'app.js': 'two\n', 'long.txt': `${'line\n'.repeat(5000)}end\n` }, 'two');
  const path = await make(work);
  const head = await git(path, 'rev-parse', 'HEAD');
  const before = await portrait(root);
  const repository = await open(path);
  const base = await repository.sync(never);
  expect(base.commit).toBe(head);
  const fix = await repository.commit(
    { base: base.commit, files: [{ path: 'app.js', mode: '100644', after: Buffer.from('mended\n') }] },
    'mend',
  );
  expect(await repository.push('ai-ops/fix-1', fix, never)).toBe('created');
  const workspace = await createWorkspaces({ repository, dir: join(root, 'workspaces') }).open(base);
  expect((await workspace.changes()).files).toEqual([]);
  await workspace.release();
  const store = repository.storePath;
  await rm(join(root, 'workspaces'), { recursive: true });
  const shallow = (await git(path, 'rev-parse', '--is-shallow-repository')) === 'true';
  if (!shallow) await git(store, 'fsck', '--strict');
  expect(await git(store, 'show', 'ai-ops/fix-1:app.js')).toBe('mended');
  expect((await portrait(root)).split('\n').filter((line) => !line.startsWith('repos'))).toEqual(before.split('\n'));
});

test('the fix can be fetched from the store, as the printed command says', async () => {
  const work = join(root, 'work');
  await makeRepository(work, { 'app.js': 'one\n' });
  const repository = await open(work);
  const base = await repository.sync(never);
  const fix = await repository.commit(
    { base: base.commit, files: [{ path: 'app.js', mode: '100644', after: Buffer.from('mended\n') }] },
    'mend',
  );
  await repository.push('ai-ops/fix-1', fix, never);
  await git(work, 'fetch', '-q', repository.storePath, 'ai-ops/fix-1:ai-ops/fix-1');
  expect(await git(work, 'diff', '--stat', 'main', 'ai-ops/fix-1')).toContain('1 insertion(+), 1 deletion(-)');
  await git(work, 'fsck', '--strict');
});

test('new commits of the user are seen by the next sync; another branch may be the base', async () => {
  const work = join(root, 'work');
  const first = await makeRepository(work, { 'app.js': 'one\n' });
  await git(work, 'branch', 'release');
  const repository = await open(work);
  await repository.sync(never);
  const second = await commitFiles(work, { 'app.js': 'two\n' }, 'two');
  expect(await repository.sync(never)).toMatchObject({ commit: second, branch: 'main' });
  expect(await (await open(work, 'release')).sync(never)).toMatchObject({ commit: first, branch: 'release' });
});

test('a damaged store heals, whatever was damaged', async () => {
  const work = join(root, 'work');
  await makeRepository(work, { 'app.js': 'one\n', 'b.js': 'b\n' });
  await git(work, 'gc', '-q');
  const store = (await open(work)).storePath;
  await (await open(work)).sync(never);
  const packs = join(store, 'objects', 'pack');
  const [idx] = (await readdir(packs)).filter((name) => name.endsWith('.idx'));
  for (const bytes of [Buffer.alloc(0), (await readFile(join(packs, idx as string))).subarray(0, 500)]) {
    await rm(join(packs, idx as string));
    await writeFile(join(packs, idx as string), bytes);
    const repository = await open(work);
    const base = await repository.sync(never);
    expect((await repository.read(base.commit, 'app.js'))?.bytes.toString()).toBe('one\n');
  }
});

test('asking for a commit that is nowhere does not cost the branches of other fixes', async () => {
  const work = join(root, 'work');
  await makeRepository(work, { 'app.js': 'one\n' });
  const repository = await open(work);
  const base = await repository.sync(never);
  const fix = await repository.commit({ base: base.commit, files: [{ path: 'app.js', mode: '100644', after: Buffer.from('x\n') }] }, 'x');
  await repository.push('ai-ops/fix-1', fix, never);
  await expect(repository.read('1'.repeat(40), 'app.js')).rejects.toMatchObject({ code: 'store-damaged' });
  await expect(repository.push('ai-ops/fix-2', '1'.repeat(40), never)).rejects.toMatchObject({ code: 'store-damaged' });
  expect(await git(repository.storePath, 'rev-parse', 'ai-ops/fix-1')).toBe(fix);
});

const refused: [name: string, make: (dir: string) => Promise<unknown>, code: string][] = [
  ['no repository', async () => {}, 'no-repository'],
  ['no commit', (dir) => git(dir, 'init', '-q'), 'repository-empty'],
  ['SHA-256 objects', (dir) => git(dir, 'init', '-q', '--object-format=sha256'), 'repository-unsupported'],
  [
    'reftable',
    (dir) => after('', makeRepository(dir, { a: 'a' }), () => git(dir, 'config', 'extensions.refStorage', 'reftable')),
    'repository-unsupported',
  ],
];

test.each(refused)('%s is named', async (_name, make, code) => {
  const work = await mkdtemp(join(root, 'work-'));
  await make(work);
  const sync = async (): Promise<unknown> => (await open(work)).sync(never);
  await expect(sync()).rejects.toMatchObject({ code });
});

test('findRepository reads the remote, the branch and the commit', async () => {
  const work = join(root, 'work');
  const head = await makeRepository(work, { 'src/app.js': 'one\n' });
  await git(work, 'remote', 'add', 'origin', 'git@example.org:acme/app.git');
  const found = await findRepository(join(work, 'src'));
  expect(found).toEqual({
    root: work,
    gitDir: join(work, '.git'),
    commonDir: join(work, '.git'),
    remoteUrl: 'git@example.org:acme/app.git',
    branch: 'main',
    head,
  });
  expect(await findRepository(join(root, 'nowhere'))).toBeUndefined();
});

test('a directory that looks like a bare repository counts only where it was named', async () => {
  const work = join(root, 'work');
  await makeRepository(work, { 'svc/objects/x': '', 'svc/refs/heads/x': '', 'svc/HEAD': 'ref: refs/heads/main\n' });
  await writeFile(join(work, 'svc', 'config'), '[remote "origin"]\n\turl = https://evil.example/g/app.git\n');
  await git(work, 'remote', 'add', 'origin', 'https://git.example.org/acme/app.git');
  const of = async (...args: Parameters<typeof findRepository>) => (await findRepository(...args))?.remoteUrl;
  expect(await of(join(work, 'svc'))).toBe('https://git.example.org/acme/app.git');
  expect(await of(join(work, 'svc', 'objects'), { bare: true })).toBe('https://git.example.org/acme/app.git');
  expect(await of(join(work, 'svc'), { bare: true })).toBe('https://evil.example/g/app.git');
});

test.each(['config', 'HEAD', 'packed-refs', 'shallow', 'refs/heads/main', 'objects/info/alternates', 'an object'])(
  'a pipe in the place of %s in .git is waited for by nobody',
  async (name) => {
    const repo = join(root, 'repo');
    const oid = await makeRepository(repo, { 'a.js': 'x\n' });
    const file = join(repo, '.git', name === 'an object' ? `objects/${oid.slice(0, 2)}/${oid.slice(2)}` : name);
    await rm(file, { force: true });
    execFileSync('mkfifo', [file]);
    const ended = await open(repo, 'main')
      .then((opened) => opened.sync(never))
      .then(
        ({ branch }) => branch,
        (error: { readonly code?: string }) => error.code,
      );
    expect(ended).toMatch(
      /^(?:main|repository-unsupported|no-repository|branch-not-found|repository-empty|store-damaged|local-\S+|git-\S+)$/,
    );
    expect((await findRepository(repo))?.root).toBe(name === 'HEAD' ? undefined : repo);
  },
);
