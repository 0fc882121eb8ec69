// Who last changed a line: our walk over raw objects against `git blame` on the same real repositories.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkoutObjects } from '../../../src/adapters/git/checkout-objects.ts';
import { createHistory, type HistoryOptions } from '../../../src/adapters/git/history.ts';
import { openObjects } from '../../../src/adapters/git/objects/objects.ts';
import { findRepository } from '../../../src/adapters/git/users-checkout.ts';
import type { Base } from '../../../src/ports.ts';
import { commitFiles, git, makeRepository } from '../../support/git-program.ts';

const LIVE = new AbortController().signal;
let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ai-ops-history-'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

const text = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
const base = (commit: string): Base => ({ commit, branch: 'main', remote: dir });
const historyOf = (more: Partial<HistoryOptions> = {}) =>
  createHistory({ layers: async () => [openObjects(join(dir, '.git'), dir)], maxMs: 60_000, ...more });

/** What git says of a line. */
async function blamed(path: string, line: number): Promise<string> {
  return (await git(dir, 'blame', '--porcelain', '-L', `${line},${line}`, 'HEAD', '--', path)).slice(0, 40);
}

test('every line of a file with a past is answered as git blame does', async () => {
  await makeRepository(dir, { 'src/a.js': text(['one', 'two', 'three', 'four', 'five']), 'b.txt': 'b\n' });
  await commitFiles(dir, { 'src/a.js': text(['zero', 'one', 'two', 'three', 'four', 'five']) }, 'a line on top');
  await commitFiles(dir, { 'b.txt': 'something else\n' }, 'not this file');
  await commitFiles(dir, { 'src/a.js': text(['zero', 'one', 'TWO', 'three', 'four', 'five']) }, 'one line changed');
  await git(dir, 'checkout', '-q', '-b', 'side', 'HEAD~1');
  await commitFiles(dir, { 'src/a.js': text(['zero', 'one', 'two', 'three', 'four', 'five', 'six']) }, 'on a branch');
  await git(dir, 'checkout', '-q', 'main');
  await git(dir, 'merge', '-q', '--no-ff', '-m', 'merged', 'side');
  await git(dir, 'mv', 'src/a.js', 'src/moved.js');
  const moved = await commitFiles(dir, {}, 'moved');
  const tip = await commitFiles(dir, { 'src/moved.js': text(['zero', 'one', 'TWO', 'three', 'FOUR', 'five', 'six']) }, 'after the move');
  expect(moved).not.toBe(tip);
  const expected: string[] = [];
  const actual: (string | undefined)[] = [];
  for (let line = 1; line <= 7; line += 1) {
    expected.push(await blamed('src/moved.js', line));
    actual.push((await historyOf().lastChange(base(tip), 'src/moved.js', line, LIVE))?.commit);
  }
  expect(actual).toEqual(expected);
  expect(new Set(actual).size).toBe(5);
});

test('author, date and subject are those of the commit', async () => {
  await makeRepository(dir, { 'größe/ä.txt': 'one\n' });
  await git(
    dir,
    'commit',
    '-q',
    '--allow-empty',
    '--amend',
    '-m',
    'Erste Zeile\n\nmore',
    '--author',
    'Zoë @all <zoe@example.invalid>',
    '--date',
    '2026-02-03T04:05:06+02:00',
  );
  const tip = await git(dir, 'rev-parse', 'HEAD');
  expect(await historyOf().lastChange(base(tip), 'größe/ä.txt', 1, LIVE)).toEqual({
    commit: tip,
    author: 'Zoë @all',
    date: '2026-02-03T02:05:06.000Z',
    subject: 'Erste Zeile',
    path: 'größe/ä.txt',
    line: 1,
  });
});

test.each([
  ['a line that the file does not have', 'a.txt', 9],
  ['a file that is not there', 'b.txt', 1],
])('nothing is said: %s', async (_name, path, line) => {
  const tip = await makeRepository(dir, { 'a.txt': 'one\n' });
  expect(await historyOf().lastChange(base(tip), path, line, LIVE)).toBeNull();
});

describe('where it ends', () => {
  let tip: string;
  beforeEach(async () => {
    await makeRepository(dir, { 'a.txt': 'one\n' });
    for (let at = 0; at < 5; at += 1) tip = await commitFiles(dir, { 'b.txt': `${at}\n` }, `b ${at}`);
  });

  test('within the bound it is found', async () => {
    expect((await historyOf({ maxCommits: 6 }).lastChange(base(tip), 'a.txt', 1, LIVE))?.subject).toBe('first');
  });

  test.each<[string, Partial<HistoryOptions>]>([
    ['more commits than the bound', { maxCommits: 5 }],
    ['no time', { maxMs: -1 }],
    ['a file larger than the bound', { maxBytes: 1 }],
    ['no objects at all', { layers: async () => [] }],
  ])('nothing is said: %s', async (_name, options) => {
    expect(await historyOf(options).lastChange(base(tip), 'a.txt', 1, LIVE)).toBeNull();
  });

  test('nothing is said when it was interrupted', async () => {
    expect(await historyOf().lastChange(base(tip), 'a.txt', 1, AbortSignal.abort())).toBeNull();
  });

  test('a store of one commit says nothing by itself, and goes on in the user’s checkout, which stays as it was', async () => {
    const store = await mkdtemp(join(tmpdir(), 'ai-ops-history-store-'));
    try {
      await git(store, 'clone', '-q', '--bare', '--depth', '1', `file://${dir}`, 'store.git');
      const shallow = openObjects(join(store, 'store.git'), 'store');
      expect(await createHistory({ layers: async () => [shallow] }).lastChange(base(tip), 'a.txt', 1, LIVE)).toBeNull();
      const before = await everything(join(dir, '.git'));
      const checkout = await findRepository(dir);
      const both = createHistory({ layers: async () => [shallow, ...(await checkoutObjects(checkout!))], maxMs: 60_000 });
      expect((await both.lastChange(base(tip), 'a.txt', 1, LIVE))?.subject).toBe('first');
      expect(await everything(join(dir, '.git'))).toEqual(before);
    } finally {
      await rm(store, { recursive: true, force: true });
    }
  });
});

/** Every file below a directory with its bytes. */
async function everything(at: string): Promise<readonly (readonly [string, string])[]> {
  const names = (await readdir(at, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  return Promise.all(
    names.map(
      async (entry) =>
        [join(entry.parentPath, entry.name), (await readFile(join(entry.parentPath, entry.name))).toString('base64')] as const,
    ),
  );
}
