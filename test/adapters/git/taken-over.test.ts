// Whether the user's branch holds a fix, told from real repositories made by real git, in every way a fix gets there.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRepository, type StoredRepository } from '../../../src/adapters/git/repository.ts';
import { git, makeRepository } from '../../support/git-program.ts';

let root: string;
let checkout: string;
let repository: StoredRepository;
let fix: string;
const live = new AbortController().signal;
const BRANCH = 'ai-ops/fix-0123456789ab';

const write = (name: string, text: string): void => writeFileSync(join(checkout, name), text);
const commit = async (name: string, text: string): Promise<void> => {
  write(name, text);
  await git(checkout, 'add', '-A');
  await git(checkout, 'commit', '-q', '-m', name);
};

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'ai-ops-taken-'));
  checkout = join(root, 'app');
  await makeRepository(checkout, { 'a.js': 'broken\n', 'sub/gone.js': 'old\n', 'other.js': '1\n' });
  const author = { name: 'ai-ops', email: 'ai-ops@localhost' };
  const source = { kind: 'local', path: checkout } as const;
  repository = await createRepository({ source, storeDir: join(root, 'store'), author, clock: () => new Date() });
  const base = await repository.sync(live);
  const [before, old] = [Buffer.from('broken\n'), Buffer.from('old\n')];
  const files = [
    { path: 'a.js', mode: '100644', before, after: Buffer.from('mended\n') },
    { path: 'sub/gone.js', mode: '100644', before: old },
    { path: 'sub/new/test.js', mode: '100644', after: Buffer.from('test\n') },
  ] as const;
  fix = await repository.commit({ base: base.commit, files }, 'the fix');
  await repository.push(BRANCH, fix, live);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const fetched = () => git(checkout, 'fetch', '-q', repository.storePath, BRANCH);
const WAYS: readonly (readonly [string, boolean, () => Promise<unknown>])[] = [
  ['nothing was done', false, async () => undefined],
  ['other work went on', false, () => commit('other.js', '2\n')],
  ['the same file was changed otherwise', false, () => commit('a.js', 'mended by hand\n')],
  ['only a part of it was taken', false, () => commit('a.js', 'mended\n')],
  ['it was fetched and is only looked at', false, () => fetched().then(() => git(checkout, 'switch', '-q', '-c', BRANCH, 'FETCH_HEAD'))],
  ['fast-forward', true, () => fetched().then(() => git(checkout, 'merge', '-q', '--ff-only', 'FETCH_HEAD'))],
  [
    'a merge commit, and work after it in the same file',
    true,
    async () => {
      await fetched();
      await commit('other.js', '2\n');
      await git(checkout, 'merge', '-q', '-m', 'merge', 'FETCH_HEAD');
      await commit('a.js', 'mended, and more\n');
    },
  ],
  [
    'a patch applied on newer work',
    true,
    async () => {
      await commit('other.js', '2\n');
      await fetched();
      await git(checkout, 'cherry-pick', 'FETCH_HEAD');
    },
  ],
  [
    'squashed, together with other work',
    true,
    async () => {
      await fetched();
      await git(checkout, 'merge', '-q', '--squash', 'FETCH_HEAD');
      await commit('other.js', '2\n');
    },
  ],
];

test.each(WAYS)('%s: %s', async (_way, isTaken, take) => {
  await take();
  expect(await repository.isTakenOver(fix, live)).toBe(isTaken);
});

test("a commit that is not in the store is nobody's fix", async () => {
  expect(await repository.isTakenOver('f'.repeat(40), live)).toBe(false);
});
