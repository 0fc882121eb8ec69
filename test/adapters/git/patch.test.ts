// Patches and diffs, judged by the real git: `git am` and `git apply` must make the same tree.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileStats, formatPatch, unifiedDiff } from '../../../src/adapters/git/patch.ts';
import { createRepository } from '../../../src/adapters/git/repository.ts';
import type { ChangeSet, FileChange } from '../../../src/core/model.ts';
import { git, makeRepository } from '../../support/git-program.ts';

const FILES = {
  'app.js': Array.from({ length: 60 }, (_, n) => `line ${n}\n`).join(''),
  'no-end.txt': 'a\nb',
  'crlf.txt': 'a\r\nb\r\n',
  'a name.txt': 'x\n',
  'ä"q.txt': 'x\n',
  'empty.txt': '',
  'same.txt': 'a\na\na\nb\na\na\n',
} as const;

type Edit = { readonly path: keyof typeof FILES | 'new/file.js' | 'new/empty.js'; readonly after?: string; readonly mode?: '100755' };

const rows: [name: string, edits: readonly Edit[]][] = [
  ['one line', [{ path: 'app.js', after: FILES['app.js'].replace('line 30', 'LINE 30') }]],
  ['two hunks', [{ path: 'app.js', after: FILES['app.js'].replace('line 3\n', '').replace('line 50\n', 'line 50\nmore\n') }]],
  ['first and last line', [{ path: 'app.js', after: `first\n${FILES['app.js']}last\n` }]],
  ['a last line without end is given one', [{ path: 'no-end.txt', after: 'a\nb\n' }]],
  ['a last line loses its end', [{ path: 'app.js', after: FILES['app.js'].trimEnd() }]],
  ['a last line without end changes', [{ path: 'no-end.txt', after: 'a\nc' }]],
  ['CRLF', [{ path: 'crlf.txt', after: 'a\r\nc\r\n' }]],
  ['a name with a space', [{ path: 'a name.txt', after: 'y\n' }]],
  ['a name to be quoted', [{ path: 'ä"q.txt', after: 'y\n' }]],
  ['an empty file is filled', [{ path: 'empty.txt', after: 'x\n' }]],
  ['a file is emptied', [{ path: 'a name.txt', after: '' }]],
  ['a new file', [{ path: 'new/file.js', after: 'x\ny\n' }]],
  ['a new empty file', [{ path: 'new/empty.js', after: '' }]],
  ['a deleted file', [{ path: 'app.js' }]],
  ['a deleted empty file', [{ path: 'empty.txt' }]],
  ['a mode', [{ path: 'app.js', after: FILES['app.js'], mode: '100755' }]],
  ['a mode and a line', [{ path: 'same.txt', after: 'a\na\na\na\na\n', mode: '100755' }]],
  [
    'lines that look like the patch itself',
    [{ path: 'app.js', after: `--- a/x\n+++ b/x\n@@ -1 +1 @@\n-- \nFrom x\ndiff --git\n${FILES['app.js']}` }],
  ],
  ['Unicode line separators', [{ path: 'app.js', after: `a\u2028b\u0085c\rd\n${FILES['app.js']}` }]],
  ['every line of a long file', [{ path: 'app.js', after: Array.from({ length: 6000 }, (_, n) => `other ${n}\n`).join('') }]],
  [
    'many files',
    [{ path: 'app.js', after: 'x\n' }, { path: 'crlf.txt' }, { path: 'new/file.js', after: 'x' }, { path: 'same.txt', after: 'a\n' }],
  ],
];

let root = '';
let base = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ai-ops-patch-'));
  base = await makeRepository(join(root, 'work'), FILES);
});

afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

function changeSet(edits: readonly Edit[]): ChangeSet {
  const before = new Map(Object.entries(FILES));
  const files = edits.map(({ path, after, mode }): FileChange => {
    const old = before.get(path);
    const had = old === undefined ? {} : { before: Buffer.from(old), oldMode: '100644' as const };
    return { path, mode: mode ?? '100644', ...had, ...(after === undefined ? {} : { after: Buffer.from(after) }) };
  });
  return { base, files };
}

const author = { name: 'Åsa Q. Ops', email: 'asa@localhost' };
const message =
  'Mend the größte bug of all, which needs a subject that is longer than one encoded word\n\nFrom here on:\n--- it works\ndiff -u\nEnd';

test.each(rows)('git am makes the tree of the commit: %s', async (_name, edits) => {
  const set = changeSet(edits);
  const source = { kind: 'local', path: join(root, 'work') } as const;
  const repository = await createRepository({
    source,
    storeDir: join(root, 'repos'),
    author,
    clock: () => new Date('2024-05-06T07:08:09Z'),
  });
  await repository.sync(new AbortController().signal);
  const commit = await repository.commit(set, message);
  const clone = await mkdtemp(join(root, 'clone-'));
  await git(root, 'clone', '-q', join(root, 'work'), clone);
  const mail = formatPatch(set, { commit, message, author, date: new Date('2024-05-06T07:08:09Z') });
  await writeFile(join(root, 'mail.patch'), mail);
  await git(clone, 'am', '-q', '--keep-cr', join(root, 'mail.patch'));
  expect(await git(clone, 'rev-parse', 'HEAD^{tree}')).toBe(await git(repository.storePath, 'rev-parse', `${commit}^{tree}`));
  expect(await git(clone, 'log', '-1', '--format=%s|%an|%ae|%aI')).toBe(
    `${message.split('\n')[0]}|${author.name}|asa@localhost|2024-05-06T07:08:09+00:00`,
  );
  expect(await git(clone, 'log', '-1', '--format=%b')).toContain('works\n diff -u\nEnd');
});

test.each(rows)('counts agree with git: %s', async (_name, edits) => {
  const set = changeSet(edits);
  await writeFile(join(root, 'plain.diff'), unifiedDiff(set));
  const counted = (await git(join(root, 'work'), 'apply', '--numstat', '-z', join(root, 'plain.diff')))
    .split('\0')
    .filter((line) => line !== '');
  expect(fileStats(set).map((stat) => `${stat.added}\t${stat.removed}\t${stat.path}`)).toEqual(counted);
});

test('a binary file is named, and git refuses the patch as a whole', async () => {
  const binary: FileChange = { path: 'logo.png', mode: '100644', after: Buffer.from([0x89, 0x50, 0, 1]) };
  const set: ChangeSet = { base, files: [binary, ...changeSet([{ path: 'app.js', after: 'x\n' }]).files] };
  expect(unifiedDiff(set)).toContain('Binary files /dev/null and b/logo.png differ\n');
  expect(fileStats(set)[0]).toEqual({ path: 'logo.png', status: 'added', added: 0, removed: 0 });
  await writeFile(join(root, 'binary.patch'), formatPatch(set, { commit: base, message, author, date: new Date(0) }));
  const clone = await mkdtemp(join(root, 'clone-'));
  await git(root, 'clone', '-q', join(root, 'work'), clone);
  await expect(git(clone, 'am', '-q', join(root, 'binary.patch'))).rejects.toThrow(/binary patch does not apply to 'logo.png'/);
  expect(await git(clone, 'status', '--porcelain', '--untracked-files=no')).toBe('');
});

test('text that is not UTF-8 counts as binary', () => {
  const latin: FileChange = { path: 'l.txt', mode: '100644', before: Buffer.from([0xe9, 0x0a]), after: Buffer.from('e\n') };
  expect(unifiedDiff({ base, files: [latin] })).toContain('Binary files');
});
