// The past of a commit and the files of an older one, against the real git program and a real git server.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHistory } from '../../../src/adapters/git/history.ts';
import { openObjects } from '../../../src/adapters/git/objects/objects.ts';
import { createRepository } from '../../../src/adapters/git/repository.ts';
import type { Base, History } from '../../../src/ports.ts';
import { commitFiles, git, makeRepository } from '../../support/git-program.ts';
import { startGitServer } from '../../support/git-server.ts';

const LIVE = new AbortController().signal;
let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ai-ops-past-'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

const base = (commit: string): Base => ({ commit, branch: 'main', remote: dir });
const local = (): History => createHistory({ layers: async () => [openObjects(join(dir, '.git'), dir)] });
const LINES = Array.from({ length: 20 }, (_, at) => `line ${at}`);
const text = (change: Readonly<Record<number, string>> = {}): string => `${LINES.map((line, at) => change[at] ?? line).join('\n')}\n`;

/** A past with a side that is merged, a move, a move with a change, and commits beside the file. */
async function bush(): Promise<string> {
  await makeRepository(dir, { 'src/a.js': text(), 'src/other.js': 'other\n', 'README.md': 'read\n' });
  await commitFiles(dir, { 'README.md': 'read more\n' }, 'beside it');
  await commitFiles(dir, { 'src/a.js': text({ 3: 'three' }) }, 'in it');
  await git(dir, 'checkout', '-q', '-b', 'side');
  await commitFiles(dir, { 'src/a.js': text({ 3: 'three', 9: 'nine' }) }, 'on the side');
  await git(dir, 'checkout', '-q', 'main');
  await commitFiles(dir, { 'src/other.js': 'another\n' }, 'beside it again');
  await git(dir, 'merge', '-q', '--no-ff', '-m', 'merged', 'side');
  await git(dir, 'mv', 'src/a.js', 'src/moved.js');
  await commitFiles(dir, {}, 'moved');
  await commitFiles(dir, { 'README.md': 'read on\n' }, 'beside it once more');
  await git(dir, 'rm', '-q', 'src/moved.js');
  return commitFiles(dir, { 'lib/moved.js': text({ 3: 'three', 9: 'nine', 15: 'fifteen' }) }, 'moved and changed');
}

const subjects = async (commits: readonly string[]): Promise<readonly string[]> =>
  Promise.all(commits.map((commit) => git(dir, 'log', '-1', '--format=%s', commit)));

test('every commit, each before its parents, with those that touch the file under whatever name', async () => {
  const tip = await bush();
  const past = await local().past(base(tip), ['lib/moved.js'], LIVE);
  const order = past.map(({ commit }) => commit);
  expect([...order].sort()).toEqual((await git(dir, 'rev-list', 'HEAD')).split('\n').sort());
  for (const { commit, parents } of past) {
    expect(parents).toEqual((await git(dir, 'log', '-1', '--format=%P', commit)).split(' ').filter(Boolean));
    for (const parent of parents) expect(order.indexOf(parent)).toBeGreaterThan(order.indexOf(commit));
  }
  const touching = past.filter(({ touches }) => touches).map(({ commit }) => commit);
  expect(await subjects(touching)).toEqual(['moved and changed', 'moved', 'on the side', 'in it', 'first']);
  expect(past.map(({ names }) => names.get('lib/moved.js'))).toEqual([
    'lib/moved.js',
    'src/moved.js',
    'src/moved.js',
    ...Array.from({ length: 6 }, () => 'src/a.js'),
  ]);
});

test('a file that is not there yet has no name, and one that nobody knows touches nothing', async () => {
  await makeRepository(dir, { 'a.js': 'a\n' });
  const tip = await commitFiles(dir, { 'b.js': text() }, 'b begins');
  const past = await local().past(base(tip), ['b.js', 'c.js'], LIVE);
  expect(past.map(({ touches, names }) => [touches, [...names.keys()]])).toEqual([
    [true, ['b.js']],
    [false, []],
  ]);
});

test('the files of an older commit as a change of the base: what had another name is there under both', async () => {
  const tip = await bush();
  const history = local();
  const past = await history.past(base(tip), ['lib/moved.js'], LIVE);
  const first = past.at(-1);
  const older = await history.asOf(base(tip), first?.commit ?? '', first?.names ?? new Map());
  const files = Object.fromEntries((older?.files ?? []).map(({ path, after }) => [path, after?.toString()]));
  expect(files).toEqual({ 'README.md': 'read\n', 'src/a.js': text(), 'src/other.js': 'other\n', 'lib/moved.js': text() });
  expect([...(older?.names ?? [])]).toEqual([['lib/moved.js', 'src/a.js']]);
});

test('files that are not there yet go, modes are those of then, and a link cannot be laid out', async () => {
  const first = await makeRepository(dir, { 'run.sh': '#!/bin/sh\n' });
  await commitFiles(dir, { 'new.js': 'new\n' }, 'new');
  await git(dir, 'update-index', '--chmod=+x', 'run.sh');
  await git(dir, 'commit', '-q', '-m', 'executable');
  const tip = await git(dir, 'rev-parse', 'HEAD');
  expect((await local().asOf(base(tip), first, new Map()))?.files).toEqual([
    { path: 'run.sh', mode: '100644', oldMode: '100755', after: Buffer.from('#!/bin/sh\n') },
    { path: 'new.js', mode: '100644', oldMode: '100644' },
  ]);
  const { symlink } = await import('node:fs/promises');
  await symlink('run.sh', join(dir, 'link'));
  const linked = await commitFiles(dir, {}, 'a link');
  expect(await local().asOf(base(linked), first, new Map())).toBeNull();
  expect(await local().asOf(base(tip), '1'.repeat(40), new Map())).toBeNull();
});

test('files that find each other by what they declare get no second name', async () => {
  const first = await makeRepository(dir, { 'old.go': text(), 'go.mod': 'module a\n' });
  await git(dir, 'mv', 'old.go', 'new.go');
  const tip = await commitFiles(dir, {}, 'moved');
  const past = await local().past(base(tip), ['new.go'], LIVE);
  expect(past.at(-1)?.names.get('new.go')).toBe('old.go');
  const older = await local().asOf(base(tip), first, past.at(-1)?.names ?? new Map());
  expect(older?.files.map(({ path, after }) => [path, after !== undefined])).toEqual([
    ['old.go', true],
    ['new.go', false],
  ]);
});

test.each(['filters', 'protocol 2', 'protocol 1'] as const)('a remote that speaks %s', async (speaks) => {
  const tip = await bush();
  const server = await startGitServer({ root: join(dir, 'served'), users: [{ token: 'secret-token', access: 'write' }], speaks });
  try {
    const url = await server.create('acme/app', dir);
    const repository = await createRepository({
      source: { kind: 'remote', url, token: 'secret-token', username: 'x-access-token', retryDelayMs: 5 },
      storeDir: join(dir, 'stores'),
      author: { name: 'ai-ops', email: 'ai-ops@localhost' },
      clock: () => new Date('2024-05-06T07:08:09Z'),
    });
    const at = await repository.sync(LIVE);
    const history = createHistory({
      layers: async () => [repository.objects()],
      remote: { deepen: repository.deepen, bring: repository.bring },
    });
    const past = await history.past(at, ['lib/moved.js'], LIVE);
    // Over the old protocol only what is here is known; nothing fails.
    expect(past).toHaveLength(speaks === 'protocol 1' ? 1 : 9);
    if (speaks === 'protocol 1') return;
    const first = past.at(-1);
    const older = await history.asOf(at, first?.commit ?? '', first?.names ?? new Map());
    expect(older?.files.find(({ path }) => path === 'lib/moved.js')?.after?.toString()).toBe(text());
    expect((await history.about(first?.commit ?? ''))?.subject).toBe('first');
    // The store goes on as before: what is new is fetched, a fix is pushed, and git finds nothing wrong.
    await commitFiles(dir, { 'README.md': 'newer\n' }, 'newer');
    await git(server.dir('acme/app'), 'fetch', '-q', dir, 'main:main');
    const next = await repository.sync(LIVE);
    expect(next.commit).not.toBe(tip);
    const fix = await repository.commit(
      { base: next.commit, files: [{ path: 'a.txt', mode: '100644', after: Buffer.from('a\n') }] },
      'fix\n',
    );
    expect(await repository.push('ai-ops/fix-1', fix, LIVE)).toBe('created');
    expect(await history.past(next, ['lib/moved.js'], LIVE)).toHaveLength(10);
    await git(server.dir('acme/app'), 'fsck', '--strict');
  } finally {
    await server.close();
  }
});

test('a past that is cut off, and a signal that has aborted, give what is known', async () => {
  const tip = await bush();
  await git(dir, 'clone', '-q', '--bare', '--depth', '2', `file://${dir}`, 'cut.git');
  const cut = createHistory({ layers: async () => [openObjects(join(dir, 'cut.git'), 'cut')] });
  expect(await cut.past(base(tip), ['lib/moved.js'], LIVE)).toHaveLength(2);
  expect(await cut.past(base(tip), ['lib/moved.js'], AbortSignal.abort())).toEqual([]);
  expect(await cut.past(base('1'.repeat(40)), ['lib/moved.js'], LIVE)).toEqual([]);
});
