// The real git reads a repository that was made without git.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWorkTree } from '../../../src/adapters/git/create.ts';
import { git } from '../../support/git-program.ts';

const FILES = [
  { path: 'README.md', mode: '100644', text: 'words\n' },
  { path: 'bin/run', mode: '100755', text: '#!/bin/sh\n' },
  { path: 'src/ä/deep.js', mode: '100644', text: 'export {};\n' },
] as const;

let dir = '';
beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), 'ai-ops-create-')), 'made');
});
afterEach(() => rmSync(join(dir, '..'), { recursive: true, force: true }));

test('one clean commit on main, with modes, author and date', async () => {
  const date = new Date('2026-03-01T02:11:10Z');
  const commit = await createWorkTree(dir, FILES, { message: 'first', author: { name: 'A', email: 'a@example.org' }, date });

  expect(await git(dir, 'status', '--porcelain', '--branch', '--untracked-files=all')).toBe('## main');
  expect(await git(dir, 'log', '--all', '--format=%H %P|%an|%ae|%at|%ct|%s')).toBe(
    `${commit} |A|a@example.org|1772331070|1772331070|first`,
  );
  expect((await git(dir, '-c', 'core.quotePath=false', 'ls-files', '--stage')).split('\n').map((line) => line.split(/\s/))).toEqual([
    ['100644', expect.any(String), '0', 'README.md'],
    ['100755', expect.any(String), '0', 'bin/run'],
    ['100644', expect.any(String), '0', 'src/ä/deep.js'],
  ]);
  expect(await git(dir, 'fsck', '--strict')).toBe('');
});

test('git sees a changed mode there as anywhere', async () => {
  await createWorkTree(dir, FILES, { message: 'first', author: { name: 'A', email: 'a@example.org' }, date: new Date() });
  await git(dir, 'update-index', '--chmod=+x', 'README.md');
  expect(await git(dir, 'status', '--porcelain')).toBe('MM README.md');
});
