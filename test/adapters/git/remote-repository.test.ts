// The Repository port against a real git server: what is fetched, what is pushed, and how each refusal is named;
// the words of GitHub and GitLab are in `host-rows.test.ts`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRepository, type StoredRepository } from '../../../src/adapters/git/repository.ts';
import type { ChangeSet } from '../../../src/core/model.ts';
import { commitFiles, git, makeRepository } from '../../support/git-program.ts';
import { type GitServer, startGitServer } from '../../support/git-server.ts';

const TOKEN = 'secret-write-token';
const never = new AbortController().signal;
let root = '';
let server: GitServer;
let work = '';
let address = '';
let count = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ai-ops-git-'));
  const users = [
    { token: TOKEN, access: 'write' },
    { token: 'secret-read-token', access: 'read' },
    { token: 'secret-blind-token', access: 'none' },
  ] as const;
  server = await startGitServer({ root: join(root, 'served'), users });
  work = join(root, 'work');
  await makeRepository(work, { ...manyFiles(40), 'app.js': 'one\n', 'run.sh': '#!/bin/sh\n' });
  await git(work, 'update-index', '--chmod=+x', 'run.sh');
  await git(work, 'commit', '-q', '-m', 'executable');
});

afterAll(async () => {
  await server.close();
  await rm(root, { recursive: true, force: true });
});

beforeEach(async () => {
  count += 1;
  address = await server.create(`acme/app${count}`, work);
  server.requests.length = 0;
});

function open(options: { url?: string; token?: string; baseBranch?: string; store?: string } = {}): Promise<StoredRepository> {
  const { url = address, token = TOKEN, baseBranch, store = `store${count}` } = options;
  return createRepository({
    source: { kind: 'remote', url, token, username: 'x-access-token', retryDelayMs: 5, headersTimeoutMs: 60_000 },
    ...(baseBranch === undefined ? {} : { baseBranch }),
    storeDir: join(root, store),
    author: { name: 'ai-ops', email: 'ai-ops@localhost' },
    clock: () => new Date('2024-05-06T07:08:09Z'),
  });
}

function manyFiles(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`src/d${n % 20}/f${n}.txt`, `file ${n}\n${'x'.repeat(n)}\n`]));
}

function edit(base: string, path: string, after: string): ChangeSet {
  return { base, files: [{ path, mode: '100644', after: Buffer.from(after) }] };
}

const bare = (): string => server.dir(`acme/app${count}`);

test('a fix is fetched, read, committed and pushed; git finds nothing wrong with it', async () => {
  const repository = await open();
  const base = await repository.sync(never);
  expect(base).toEqual({ commit: await git(work, 'rev-parse', 'HEAD'), branch: 'main', remote: address });
  expect((await repository.list(base.commit)).length).toBe(42);
  expect(await repository.read(base.commit, 'run.sh')).toEqual({ bytes: Buffer.from('#!/bin/sh\n'), mode: '100755' });
  expect(await repository.read(base.commit, 'src')).toBeUndefined();
  expect(await repository.read(base.commit, 'src/none')).toBeUndefined();
  const commit = await repository.commit(edit(base.commit, 'src/d1/f1.txt', 'mended\n'), 'Mend it\n\nBecause.\n');
  expect(await repository.push('ai-ops/fix-1', commit, never)).toBe('created');
  expect(await repository.push('ai-ops/fix-1', commit, never)).toBe('exists');
  await git(bare(), 'fsck', '--strict');
  expect(await git(bare(), 'diff', '--name-status', 'main', 'ai-ops/fix-1')).toBe('M\tsrc/d1/f1.txt');
  expect(await git(bare(), 'log', '-1', '--format=%an <%ae> %ad %B', '--date=iso', 'ai-ops/fix-1')).toContain(
    'ai-ops <ai-ops@localhost> 2024-05-06 07:08:09 +0000 Mend it\n\nBecause.',
  );
});

test.each([true, false])('a commit of a person on our branch is not ours; the server can leave files out: %s', async (canFilter) => {
  const bare = server.dir(`acme/app${count}`);
  await git(bare, 'config', 'uploadpack.allowFilter', String(canFilter));
  const repository = await open();
  const { commit: base } = await repository.sync(never);
  const fix = await repository.commit(edit(base, 'app.js', 'mended\n'), 'fix');
  await repository.push('ai-ops/fix-9', fix, never);
  const tree = await git(bare, 'rev-parse', `${fix}^{tree}`);
  const person = await git(bare, 'commit-tree', '-p', fix, '-m', 'and more', await git(bare, 'rev-parse', `${base}^{tree}`));
  await git(bare, 'update-ref', 'refs/heads/ai-ops/fix-9', person);
  expect(await repository.tip('ai-ops/fix-9', fix, never)).toEqual({ commit: person, isSame: false, isOurs: false });
  const same = await git(bare, 'commit-tree', '-p', base, '-m', 'the same files', tree);
  await git(bare, 'update-ref', 'refs/heads/ai-ops/fix-9', same);
  expect(await repository.tip('ai-ops/fix-9', fix, never)).toEqual({ commit: same, isSame: true, isOurs: false });
});

test('a push from 1,000 files sends a few KB, even after the remote has moved on', async () => {
  const big = join(root, 'big');
  await makeRepository(big, manyFiles(1000));
  const repository = await open({ url: await server.create('acme/big', big), store: 'big' });
  const base = await repository.sync(never);
  const commit = await repository.commit(edit(base.commit, 'src/d1/f1.txt', 'mended\n'), 'mend');
  await commitFiles(big, { 'moved.txt': 'moved\n' }, 'moved on');
  await git(server.dir('acme/big'), 'fetch', '-q', big, 'main:main');
  await repository.push('ai-ops/fix-2', commit, never);
  const pushed = server.requests.find((request) => request.path.endsWith('/git-receive-pack') && request.method === 'POST');
  expect(pushed?.received).toBeGreaterThan(100);
  expect(pushed?.received).toBeLessThan(6 * 1024);
  await git(server.dir('acme/big'), 'fsck', '--strict');
});

test('a second sync fetches only the new commits, and nothing when there are none', async () => {
  const repository = await open();
  await repository.sync(never);
  const first = server.requests.reduce((sum, request) => sum + request.sent, 0);
  server.requests.length = 0;
  await repository.sync(never);
  expect(server.requests.map((request) => request.path.replace(/.*\.git/, ''))).toEqual(['/git-upload-pack']);
  const commit = await commitFiles(work, { 'app.js': `two ${count}\n` }, 'two');
  await git(bare(), 'fetch', '-q', work, 'main:main');
  server.requests.length = 0;
  expect((await repository.sync(never)).commit).toBe(commit);
  expect(server.requests.reduce((sum, request) => sum + request.sent, 0)).toBeLessThan(first / 2);
  expect((await repository.read(commit, 'app.js'))?.bytes.toString()).toBe(`two ${count}\n`);
});

test('the real default branch is found, and another may be named', async () => {
  await git(bare(), 'branch', '-m', 'main', 'trunk');
  await git(bare(), 'branch', 'release', 'trunk');
  expect((await (await open()).sync(never)).branch).toBe('trunk');
  expect((await (await open({ baseBranch: 'release', store: `other${count}` })).sync(never)).branch).toBe('release');
});

test('a remote whose history was replaced is followed', async () => {
  const repository = await open();
  await repository.sync(never);
  const other = join(root, `other-work${count}`);
  const commit = await makeRepository(other, { 'new.txt': 'new\n' });
  await git(bare(), 'fetch', '-q', other, '+main:main');
  expect((await repository.sync(never)).commit).toBe(commit);
  expect((await repository.list(commit)).map((entry) => entry.path)).toEqual(['new.txt']);
});

const refusals: [name: string, options: { token?: string; baseBranch?: string; path?: string }, code: string, detail: RegExp][] = [
  ['wrong token', { token: 'secret-wrong-token' }, 'git-auth', /Invalid username or token/],
  ['token that may not see it', { token: 'secret-blind-token' }, 'git-not-found', /Repository not found/],
  ['no such repository', { path: 'acme/none' }, 'git-not-found', /HTTP 404/],
  ['no such branch', { baseBranch: 'nonesuch' }, 'branch-not-found', /nonesuch/],
];

test.each(refusals)('sync with %s', async (_name, options, code, detail) => {
  const { path, ...rest } = options;
  const repository = await open({
    ...rest,
    ...(path === undefined ? {} : { url: `${server.url}/${path}.git` }),
    store: `refused-${code}-${count}`,
  });
  const error = await thrown(repository.sync(never));
  expect(error).toMatchObject({ code, message: expect.stringMatching(detail) });
  expect(JSON.stringify(error) + error.message + String(error.cause)).not.toContain('secret-');
});

test('an empty repository', async () => {
  const repository = await open({ url: await server.create(`acme/empty${count}`) });
  expect(await thrown(repository.sync(never))).toMatchObject({ code: 'repository-empty' });
});

test('a repository of SHA-256 objects', async () => {
  const dir = server.dir(`acme/long${count}`);
  await git(root, 'init', '-q', '--bare', '--object-format=sha256', dir);
  const other = join(root, `long-work${count}`);
  await git(root, 'init', '-q', '--object-format=sha256', '-b', 'main', other);
  await commitFiles(other, { a: 'a\n' }, 'a');
  await git(other, 'push', '-q', dir, 'main');
  const repository = await open({ url: `${server.url}/acme/long${count}.git` });
  expect(await thrown(repository.sync(never))).toMatchObject({ code: 'repository-unsupported' });
});

test('a branch that holds something else is left alone', async () => {
  await git(bare(), 'branch', 'ai-ops/fix-5', 'main');
  const repository = await open();
  const base = await repository.sync(never);
  const commit = await repository.commit(edit(base.commit, 'app.js', 'x\n'), 'x');
  expect(await thrown(repository.push('ai-ops/fix-5', commit, never))).toMatchObject({ code: 'branch-taken' });
  expect(await git(bare(), 'rev-parse', 'ai-ops/fix-5')).toBe(base.commit);
});

test('of several pushes of different commits at once exactly one wins', async () => {
  const repository = await open();
  const base = await repository.sync(never);
  const commits = await Promise.all(['a', 'b', 'c', 'd'].map((text) => repository.commit(edit(base.commit, 'app.js', text), text)));
  const results = await Promise.allSettled(commits.map((commit) => repository.push('ai-ops/fix-6', commit, never)));
  expect(results.filter((result) => result.status === 'fulfilled').length).toBe(1);
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'branch-taken' });
});

test.each(['main', 'fix', 'ai-ops/', 'ai-ops/../main', 'ai-ops/a..b', 'ai-ops/x.lock', 'refs/heads/main', 'ai-ops/a b'])(
  'no branch named %s is written',
  async (branch) => {
    const repository = await open({ store: 'names' });
    expect(await thrown(repository.push(branch, '0'.repeat(40), never))).toMatchObject({ code: 'push-rejected' });
  },
);

test('a push whose answer is lost is recognised as done', async () => {
  const repository = await open();
  const base = await repository.sync(never);
  const commit = await repository.commit(edit(base.commit, 'app.js', 'x\n'), 'x');
  server.fail({ on: 'POST', kind: 'lose-answer' });
  expect(await repository.push('ai-ops/fix-7', commit, never)).toBe('created');
  expect(await git(bare(), 'rev-parse', 'ai-ops/fix-7')).toBe(commit);
});

test('a damaged store is fetched again once', async () => {
  const repository = await open();
  const base = await repository.sync(never);
  await rm(join(repository.storePath, 'objects'), { recursive: true });
  expect((await repository.read(base.commit, 'app.js'))?.bytes.length).toBeGreaterThan(0);
  await rm(join(repository.storePath, 'objects'), { recursive: true });
  const again = await open();
  server.fail({ on: 'git-upload-pack', kind: 'status', status: 503, times: 100 });
  expect(await thrown(again.read(base.commit, 'app.js'))).toMatchObject({ code: 'git-unreachable' });
});

async function thrown(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('nothing was thrown');
}
