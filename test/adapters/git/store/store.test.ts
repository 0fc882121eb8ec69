// The store against what happens to it: cut writes, damaged files, a history that was replaced, age, and servers that fail
// in the middle. The server counts what each costs.
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRepository, type StoredRepository } from '../../../../src/adapters/git/repository.ts';
import { createWorkspaces } from '../../../../src/adapters/git/worktree/workspaces.ts';
import type { ChangeSet } from '../../../../src/core/model.ts';
import { commitFiles, git, makeRepository } from '../../../support/git-program.ts';
import { type Fault, type GitServer, startGitServer } from '../../../support/git-server.ts';
import { inLane } from '../../../support/lane.ts';

const never = new AbortController().signal;
let root = '';
let server: GitServer;
let work = '';
let address = '';
let count = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ai-ops-store-'));
  server = await startGitServer({ root: join(root, 'served'), users: [{ token: 'token', access: 'write' }] });
  await makeRepository(join(root, 'first'), manyFiles(200, 'first'));
});

afterAll(async () => {
  await server.close();
  await rm(root, { recursive: true, force: true });
});

beforeEach(async () => {
  count += 1;
  work = join(root, `work${count}`);
  await cp(join(root, 'first'), work, { recursive: true });
  address = await server.create(`app${count}`, work);
  server.requests.length = 0;
});

function open(more: { readonly headersTimeoutMs?: number } = {}): Promise<StoredRepository> {
  return createRepository({
    source: { kind: 'remote', url: address, token: 'token', username: 'oauth2', retryDelayMs: 5, headersTimeoutMs: 60_000, ...more },
    storeDir: join(root, `state${count}`),
    author: { name: 'ai-ops', email: 'ai-ops@localhost' },
    clock: () => new Date(0),
  });
}

/** Twenty-five directories of files in each of which something else stands: more objects than are unpacked. */
function manyFiles(files: number, word: string): Record<string, string> {
  const names = Array.from({ length: files }, (_, n) => `src/d${n % 25}/e${n % 100}/f${n}.txt`);
  return Object.fromEntries(names.map((name, n) => [name, `${word} ${n}\n${'x'.repeat(n * 10)}\n`]));
}

async function publish(files: Readonly<Record<string, string>>): Promise<string> {
  const commit = await commitFiles(work, files, 'more');
  await git(server.dir(`app${count}`), 'fetch', '-q', work, '+main:main');
  return commit;
}

const edit = (base: string, after: string): ChangeSet => ({
  base,
  files: [{ path: 'src/d1/e1/f1.txt', mode: '100644', after: Buffer.from(after) }],
});
const sent = (): number => server.requests.reduce((sum, request) => sum + request.sent, 0);
const posts = (): number => server.requests.filter(({ method }) => method === 'POST').length;

test('contents come when they are read, those that are read together in one request, and only once', async () => {
  const repository = await open();
  const { commit } = await repository.sync(never);
  expect((await repository.list(commit)).length).toBe(200);
  server.requests.length = 0;
  const names = ['src/d1/e1/f1.txt', 'src/d2/e2/f2.txt', 'src/d24/e99/f199.txt'];
  const texts = await Promise.all(names.map((name) => repository.read(commit, name)));
  expect(texts.map((file) => file?.bytes.toString().split('\n')[0])).toEqual(['first 1', 'first 2', 'first 199']);
  // On a busy machine one of them may come too late to be among the others.
  const asked = posts();
  expect(asked).toBeLessThan(names.length);
  await Promise.all(names.map((name) => repository.read(commit, name)));
  expect((await (await open()).read(commit, 'src/d1/e1/f1.txt'))?.bytes.length).toBeGreaterThan(0);
  expect(posts()).toBe(asked);
});

test('a work tree brings all that is missing in one request', async () => {
  const repository = await open();
  const base = await repository.sync(never);
  server.requests.length = 0;
  const workspace = await createWorkspaces({ repository, dir: join(root, `trees${count}`) }).open(base);
  expect(await readFile(join(workspace.dir, 'src/d24/e99/f199.txt'), 'utf8')).toMatch(/^first 199\n/);
  expect(posts()).toBe(1);
  await workspace.release();
});

const packDir = (repository: StoredRepository): string => join(repository.storePath, 'objects', 'pack');
const packFile = async (repository: StoredRepository, end: string): Promise<string> =>
  join(packDir(repository), (await readdir(packDir(repository))).find((name) => name.endsWith(end)) as string);

const DAMAGE: [name: string, harm: (repository: StoredRepository, commit: string) => Promise<unknown>][] = [
  ['an index cut short', async (repository) => truncate(await packFile(repository, '.idx'), 1500)],
  ['an empty index', async (repository) => truncate(await packFile(repository, '.idx'), 0)],
  ['a pack cut short', async (repository) => truncate(await packFile(repository, '.pack'), 900)],
  ['a pack of zeroes', async (repository) => writeFile(await packFile(repository, '.pack'), Buffer.alloc(20_000))],
  ['a pack that is gone', async (repository) => rm(await packFile(repository, '.pack'))],
  [
    'bytes of a pack that were changed',
    async (repository) => {
      const file = await packFile(repository, '.pack');
      const bytes = await readFile(file);
      bytes.fill(0x55, 12, bytes.length - 20);
      await writeFile(file, bytes);
    },
  ],
  [
    'an empty loose object',
    async (repository, commit) => {
      const oid = await git(work, 'rev-parse', `${commit}:src/d1/e1/f1.txt`);
      const file = join(repository.storePath, 'objects', oid.slice(0, 2), oid.slice(2));
      await rm(file);
      await writeFile(file, '');
    },
  ],
  ['a ref that is no ref', async (repository) => writeFile(join(repository.storePath, 'refs/remotes/origin/main'), 'x')],
  ['a HEAD that is gone', async (repository) => rm(join(repository.storePath, 'HEAD'))],
];

test.each(inLane(DAMAGE, 0.5, ([name]) => name))('%s costs one new fetch and nothing else', async (_name, harm) => {
  const before = await open();
  const { commit } = await before.sync(never);
  await before.read(commit, 'src/d1/e1/f1.txt');
  await harm(before, commit);
  const after = await open();
  expect((await after.sync(never)).commit).toBe(commit);
  expect((await after.list(commit)).length).toBe(200);
  expect((await after.read(commit, 'src/d1/e1/f1.txt'))?.bytes.toString()).toMatch(/^first 1\n/);
  const again = await open();
  server.requests.length = 0;
  expect((await again.list(commit)).length).toBe(200);
  expect(posts()).toBe(0);
});

test('after a forced push the new tip is fetched alone, not its history', async () => {
  const repository = await open();
  await repository.sync(never);
  const other = join(root, `other${count}`);
  await makeRepository(other, manyFiles(200, 'other'));
  for (let n = 0; n < 30; n += 1) await commitFiles(other, { [`src/h${n}.txt`]: `${n}\n`.repeat(2000) }, `commit ${n}`);
  await git(server.dir(`app${count}`), 'fetch', '-q', other, '+main:main');
  server.requests.length = 0;
  const { commit } = await repository.sync(never);
  expect(commit).toBe(await git(other, 'rev-parse', 'HEAD'));
  expect((await repository.list(commit)).length).toBe(230);
  expect((await repository.read(commit, 'src/h29.txt'))?.bytes.length).toBeGreaterThan(1000);
  await expect(git(repository.storePath, 'cat-file', '-e', `${commit}~1`)).rejects.toThrow();
  expect(sent()).toBeLessThan(40_000);
});

test('a base commit of another time comes by its id when the store was made anew', async () => {
  const first = await (await open()).sync(never);
  await publish({ 'new.txt': 'new\n' });
  await rm(join(root, `state${count}`), { recursive: true });
  const repository = await open();
  expect((await repository.sync(never)).commit).not.toBe(first.commit);
  expect((await repository.list(first.commit)).length).toBe(200);
  const fix = await repository.commit(edit(first.commit, 'mended\n'), 'mend');
  expect(await repository.push('ai-ops/fix-old', fix, never)).toBe('created');
  await git(server.dir(`app${count}`), 'fsck', '--strict');
});

test('a crowded store is fetched anew; a fix that is not pushed yet stays', async () => {
  const repository = await open();
  const { commit } = await repository.sync(never);
  const fix = await repository.commit(edit(commit, 'mended\n'), 'mend');
  const [pack, index] = [await packFile(repository, '.pack'), await packFile(repository, '.idx')];
  for (let n = 10; n < 61; n += 1) {
    await cp(pack, join(packDir(repository), `pack-${String(n).repeat(20)}.pack`));
    await cp(index, join(packDir(repository), `pack-${String(n).repeat(20)}.idx`));
  }
  const moved = await publish(manyFiles(150, 'moved'));
  expect((await repository.sync(never)).commit).toBe(moved);
  expect((await readdir(packDir(repository))).filter((name) => name.endsWith('.pack')).length).toBe(1);
  expect((await repository.read(moved, 'src/d1/e1/f1.txt'))?.bytes.toString()).toMatch(/^moved 1\n/);
  expect(await repository.push('ai-ops/fix-kept', fix, never)).toBe('created');
});

test('a store of a remote goes after a month without use, that of a checkout stays', async () => {
  const repository = await open();
  await repository.sync(never);
  const stores = join(root, `state${count}`);
  const [remote, local] = ['a'.repeat(64), 'b'.repeat(64)];
  for (const name of [remote, local]) {
    await mkdir(join(stores, name, 'store.git'), { recursive: true });
    await writeFile(join(stores, name, 'store.git', 'config'), name === remote ? '[remote "origin"]\n\turl = x\n' : '[core]\n');
    await writeFile(join(stores, name, 'used'), '');
    await utimes(join(stores, name, 'used'), 1, 1);
  }
  await (await open()).sync(never);
  const left = await readdir(stores);
  expect(left).toContain(local);
  expect(left).not.toContain(remote);
  expect((await stat(repository.storePath)).isDirectory()).toBe(true);
});

test('what was left by a process that was killed while a pack came in goes in time', async () => {
  const repository = await open();
  await repository.sync(never);
  const [old, young] = ['tmp_1_old', 'tmp_2_young'].map((name) => join(packDir(repository), name)) as [string, string];
  for (const file of [old, young]) await writeFile(file, 'half a pack');
  await utimes(old, 1, 1);
  await (await open()).sync(never);
  expect(await readdir(packDir(repository))).toContain('tmp_2_young');
  expect(await readdir(packDir(repository))).not.toContain('tmp_1_old');
});

const FAULTS: [name: string, fault: Fault][] = [
  ['the connection is cut before the greeting', { on: 'GET', kind: 'reset' }],
  ['the server is busy', { on: 'POST', kind: 'status', status: 503, times: 2 }],
  ['the server asks for patience', { on: 'POST', kind: 'status', status: 429, headers: { 'retry-after': '0' } }],
  ['the connection is cut after the listing was asked for', { on: 'POST', kind: 'reset' }],
  ['the answer to a fetch is lost', { on: 'POST', kind: 'lose-answer' }],
];

test.each(inLane(FAULTS, 0.5, ([name]) => name))('a fetch goes through although %s', async (_name, fault) => {
  const repository = await open();
  server.fail(fault);
  const { commit } = await repository.sync(never);
  expect((await repository.list(commit)).length).toBe(200);
});

const PUSH_FAULTS: [name: string, fault: Fault][] = [
  ['the connection is cut before anything is done', { on: 'POST', kind: 'reset' }],
  ['the connection is cut twice', { on: 'POST', kind: 'reset', times: 2 }],
  ['the server is busy', { on: 'POST', kind: 'status', status: 503 }],
  ['the answer is lost', { on: 'POST', kind: 'lose-answer' }],
];

test.each(inLane(PUSH_FAULTS, 0.5, ([name]) => name))('a push goes through, once, although %s', async (_name, fault) => {
  const repository = await open();
  const { commit } = await repository.sync(never);
  const fix = await repository.commit(edit(commit, 'mended\n'), 'mend');
  server.fail({ ...fault, on: '/git-receive-pack' });
  expect(await repository.push('ai-ops/fix-1', fix, never)).toBe('created');
  expect(await git(server.dir(`app${count}`), 'rev-parse', 'ai-ops/fix-1')).toBe(fix);
  expect(await repository.push('ai-ops/fix-1', fix, never)).toBe('exists');
});

test('a push to a server that never answers ends in time, and when it is told to', async () => {
  const patient = await open();
  const { commit } = await patient.sync(never);
  const fix = await patient.commit(edit(commit, 'mended\n'), 'mend');
  const repository = await open({ headersTimeoutMs: 300 });
  server.fail({ on: '/git-receive-pack', kind: 'hang', times: 3 });
  await expect(repository.push('ai-ops/fix-1', fix, never)).rejects.toMatchObject({ code: 'git-unreachable' });
  server.fail({ on: '/git-receive-pack', kind: 'hang' });
  await expect(patient.push('ai-ops/fix-1', fix, AbortSignal.timeout(300))).rejects.toMatchObject({ code: 'interrupted' });
});

test('a repository that has moved is pushed to at its new address', async () => {
  const repository = await open();
  const { commit } = await repository.sync(never);
  const fix = await repository.commit(edit(commit, 'mended\n'), 'mend');
  const moved = await server.create(`moved${count}`, work);
  server.fail({ on: `POST /app${count}.git/git-receive-pack`, kind: 'redirect', status: 301, location: `${moved}/git-receive-pack` });
  server.fail({ on: `GET /app${count}.git`, kind: 'redirect', status: 301, location: `${moved}/info/refs?service=git-receive-pack` });
  expect(await repository.push('ai-ops/fix-1', fix, never)).toBe('created');
  expect(await git(server.dir(`moved${count}`), 'rev-parse', 'ai-ops/fix-1')).toBe(fix);
});
