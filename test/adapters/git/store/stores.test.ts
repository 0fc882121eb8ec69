// Which stores `ai-ops clean` may remove: one that holds a fix nobody has pushed stays. The real git makes them.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storesIn } from '../../../../src/adapters/git/store/store-care.ts';
import { git } from '../../../support/git-program.ts';

let dir = '';
let store = '';
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'ai-ops-stores-'));
  store = join(dir, 'a'.repeat(64), 'store.git');
  mkdirSync(store, { recursive: true });
  await git(store, 'init', '--quiet', '--bare', '--initial-branch=main');
  const tree = await git(store, 'hash-object', '-t', 'tree', '-w', '/dev/null');
  await git(store, 'update-ref', 'refs/heads/main', await git(store, 'commit-tree', '-m', 'first', tree));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const holds = async (): Promise<readonly boolean[]> => (await storesIn(dir)).map(({ holdsFixes }) => holdsFixes);

test('the branch that was fetched is no fix', async () => expect(await holds()).toEqual([false]));

test('a branch beside it is one, also packed', async () => {
  await git(store, 'update-ref', 'refs/heads/ai-ops/fix-0123456789ab', 'main');
  expect(await holds()).toEqual([true]);
  await git(store, 'pack-refs', '--all');
  expect(await holds()).toEqual([true]);
});

test('what is of a remote was pushed', async () => {
  await git(store, 'update-ref', 'refs/heads/ai-ops/fix-0123456789ab', 'main');
  await git(store, 'remote', 'add', 'origin', 'https://example.org/a.git');
  expect(await holds()).toEqual([false]);
});

test('a directory of another name is none', async () => {
  mkdirSync(join(dir, 'notes'));
  expect(await storesIn(dir)).toHaveLength(1);
});
