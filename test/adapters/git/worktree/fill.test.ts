// What a commit may hold and no disk takes, or must not: it is left out of the work tree, and the rest is put there.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillNew, putFiles } from '../../../../src/adapters/git/worktree/fill.ts';

const OID = 'a'.repeat(40);
const ODD = [
  'x'.repeat(300),
  `d/${'y'.repeat(256)}.js`,
  `${'deep/'.repeat(900)}f.js`,
  '../escape',
  'a/../../escape',
  '.git/hooks/post-commit',
  'b/.GIT/config',
];

test.each([
  ['new', fillNew],
  ['that tools have worked in', putFiles],
] as const)('a work tree %s is filled with what it can hold', async (_name, fill) => {
  const root = await mkdtemp(join(tmpdir(), 'ai-ops-fill-'));
  try {
    const files = ['src/a.js', ...ODD].map((path) => ({ path, mode: '100644', oid: OID }));
    const tracked = await fill(root, files, async () => Buffer.from('x\n'));
    expect(tracked.flatMap(({ path, seen }) => (seen === undefined ? [] : [path]))).toEqual(['src/a.js']);
    expect((await readdir(root, { recursive: true })).sort()).toEqual(['src', 'src/a.js']);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});

test('what stands in many places is read once where it is small', async () => {
  const root = await mkdtemp(join(tmpdir(), 'ai-ops-fill-'));
  try {
    const many = Array.from({ length: 20 }, (_, at) => ({ path: `w${at}.js`, mode: '100644', oid: OID }));
    const large = ['l1.js', 'l2.js'].map((path) => ({ path, mode: '100644', oid: 'b'.repeat(40) }));
    const read: string[] = [];
    await fillNew(root, [...many, ...large], async (oid) => {
      read.push(oid[0]!);
      return Buffer.alloc(oid === OID ? 2 : 100_000, oid[0]);
    });
    expect(read).toEqual(['a', 'b', 'b']);
    expect(await Promise.all(['w0.js', 'w19.js'].map((name) => readFile(join(root, name), 'utf8')))).toEqual(['aa', 'aa']);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
