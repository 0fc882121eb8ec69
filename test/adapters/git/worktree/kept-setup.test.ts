// What a setup has installed in a work tree: it stays for the next repair as long as nothing has touched it.
import { mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRepository, type StoredRepository } from '../../../../src/adapters/git/repository.ts';
import { createWorkspaces } from '../../../../src/adapters/git/worktree/workspaces.ts';
import type { Workspace } from '../../../../src/ports.ts';
import { commitFiles, makeRepository, writeFiles } from '../../../support/git-program.ts';

const never = new AbortController().signal;
const PACKAGE = 'node_modules/a/index.js';
let root = '';
let repository: StoredRepository;
let workspace: Workspace;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'ai-ops-setup-'));
  await makeRepository(join(root, 'work'), { 'app.js': 'one\n', 'lib/b.js': 'b\n', '.gitignore': 'build/\n*.cache\n' });
  repository = await createRepository({
    source: { kind: 'local', path: join(root, 'work') },
    storeDir: join(root, 'repos'),
    author: { name: 'ai-ops', email: 'ai-ops@localhost' },
    clock: () => new Date(0),
  });
  await open();
});
afterEach(async () => {
  await workspace.release();
  await rm(root, { recursive: true, force: true });
});

async function open(): Promise<void> {
  workspace = await createWorkspaces({ repository, dir: join(root, 'trees') }).open(await repository.sync(never));
}

/** The next repair. */
async function again(): Promise<void> {
  await workspace.release();
  await open();
}

const at = (path: string): string => join(workspace.dir, path);
const isThere = (path: string): Promise<boolean> =>
  stat(at(path)).then(
    () => true,
    () => false,
  );

async function install(): Promise<boolean> {
  await writeFiles(workspace.dir, { [PACKAGE]: 'module\n', 'lib/build/made.js': 'made\n', 'lib/state.cache': 'state\n' });
  return workspace.keepSetup('key');
}

test('stays over resets and for the next repair, also at another commit', async () => {
  expect(await workspace.hasSetup('key')).toBe(false);
  expect(await install()).toBe(true);
  await workspace.reset();
  await commitFiles(join(root, 'work'), { 'app.js': 'two\n' }, 'two');
  await again();
  expect(await workspace.hasSetup('key')).toBe(true);
  expect(await readFile(at('app.js'), 'utf8')).toBe('two\n');
  for (const path of [PACKAGE, 'lib/build/made.js', 'lib/state.cache']) expect(await isThere(path)).toBe(true);
  expect((await workspace.changes()).files.map(({ path }) => path)).toEqual([PACKAGE]);
});

test.each([
  ['another key', async () => 'other'],
  ['none', async () => null],
  ['a file of it was written', () => touched(() => writeFile(at(PACKAGE), 'modula\n'))],
  ['a file of it was written and its time set back', () => touched(forge)],
  ['a file of it is gone', () => touched(() => rm(at(PACKAGE)))],
])('%s: nothing of it stays', async (_name, keyNow) => {
  await install();
  const key = await keyNow();
  await again();
  expect(await workspace.hasSetup(key)).toBe(false);
  for (const path of [PACKAGE, 'lib/build/made.js', 'lib/state.cache']) expect(await isThere(path)).toBe(false);
  expect(await workspace.hasSetup('key')).toBe(false);
});

async function touched(how: () => Promise<void>): Promise<string> {
  await how();
  return 'key';
}

async function forge(): Promise<void> {
  const { atime, mtime } = await stat(at(PACKAGE));
  await writeFile(at(PACKAGE), 'modula\n');
  await utimes(at(PACKAGE), atime, mtime);
}

test('what has come to it since is removed, and the rest stays', async () => {
  await install();
  await writeFiles(workspace.dir, { 'node_modules/a/more.js': 'more\n', 'node_modules/evil/index.js': 'evil\n' });
  await again();
  expect(await workspace.hasSetup('key')).toBe(true);
  for (const path of ['node_modules/a/more.js', 'node_modules/evil/index.js']) expect(await isThere(path)).toBe(false);
  expect(await isThere(PACKAGE)).toBe(true);
});

test.each([
  ['changes a file of the commit', { 'app.js': 'changed\n' }],
  ['leaves a file that git would show', { 'generated.js': 'code\n' }],
])('a setup that %s is not kept', async (_name, files) => {
  await writeFiles(workspace.dir, files);
  expect(await install()).toBe(false);
  await again();
  expect(await workspace.hasSetup('key')).toBe(false);
  expect(await isThere(PACKAGE)).toBe(false);
});

test('a setup that did not come to its end is not there the next time', async () => {
  await writeFiles(workspace.dir, { [PACKAGE]: 'half\n' });
  await again();
  expect(await workspace.hasSetup('key')).toBe(false);
  expect(await isThere(PACKAGE)).toBe(false);
});

test("what the next commit has itself is the commit's", async () => {
  await install();
  await commitFiles(join(root, 'work'), { [PACKAGE]: 'committed\n' }, 'two');
  await again();
  expect(await workspace.hasSetup('key')).toBe(false);
  expect(await readFile(at(PACKAGE), 'utf8')).toBe('committed\n');
});
