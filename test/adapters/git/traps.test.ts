// What repositories hold that breaks tools which rewrite them: each comes through unharmed, or is refused with the reason.
import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRepository, type StoredRepository } from '../../../src/adapters/git/repository.ts';
import { createWorkspaces } from '../../../src/adapters/git/worktree/workspaces.ts';
import type { FileChange } from '../../../src/core/model.ts';
import { commitFiles, GIT_ENV, git, makeRepository, writeFiles } from '../../support/git-program.ts';

const never = new AbortController().signal;
const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 5\n`;
const ODD_MODE = { path: 'odd', mode: '100664' };
let root = '';
let work = '';
let repository: StoredRepository;
let base = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ai-ops-traps-'));
  work = join(root, 'work');
  await makeRepository(work, {
    'plain.txt': 'one\n',
    'run.sh': '#!/bin/sh\n',
    'dos.txt': 'a\r\nb\r\n',
    'attributed.txt': 'a\n',
    'docs/naïve – 日本.txt': 'ü\n',
    'model.bin': POINTER,
    'secret/key.enc': 'x\n',
    'secret/plain.enc': 'x\n',
    'Case/Name.txt': 'n\n',
    [`caf${'e\u0301'}.txt`]: 'decomposed\n',
    '.gitattributes': '*.txt text eol=crlf\n*.psd filter=lfs diff=lfs merge=lfs -text\nutf16.txt working-tree-encoding=UTF-16\n',
    'secret/.gitattributes': '*.enc filter=crypt\nplain.enc -filter\n',
  });
  await chmod(join(work, 'run.sh'), 0o755);
  await symlink('plain.txt', join(work, 'link'));
  await symlink('docs', join(work, 'linked'));
  await git(work, 'add', '-A');
  await git(work, 'update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},module`);
  await git(work, 'commit', '-q', '-m', 'links, modes and a submodule');
  await plantRawEntries();
  repository = await createRepository({
    source: { kind: 'local', path: work },
    storeDir: join(root, 'repos'),
    author: { name: 'ai-ops', email: 'ai-ops@localhost' },
    clock: () => new Date(0),
  });
  base = (await repository.sync(never)).commit;
});

afterAll(() => rm(root, { recursive: true, force: true }), 60_000);

/** A mode of old tools and a name that is not UTF-8, which git's own commands no longer make. */
async function plantRawEntries(): Promise<void> {
  const blob = execFileSync('git', ['hash-object', '-w', '--stdin'], { cwd: work, env: GIT_ENV, input: 'odd\n' }).toString().trim();
  const old = execFileSync('git', ['cat-file', 'tree', 'HEAD^{tree}'], { cwd: work, env: GIT_ENV });
  const entry = (mode: string, name: Buffer): Buffer =>
    Buffer.concat([Buffer.from(`${mode} `), name, Buffer.from([0]), Buffer.from(blob, 'hex')]);
  const added = [entry(ODD_MODE.mode, Buffer.from(ODD_MODE.path)), entry('100644', Buffer.from([0x7a, 0xe9, 0x7a]))];
  const at = old.indexOf('100644 plain.txt');
  const bytes = Buffer.concat([old.subarray(0, at), added[0] as Buffer, old.subarray(at), added[1] as Buffer]);
  const tree = execFileSync('git', ['hash-object', '-w', '-t', 'tree', '--literally', '--stdin'], {
    cwd: work,
    env: GIT_ENV,
    input: bytes,
  });
  const commit = await git(work, 'commit-tree', '-p', 'HEAD', '-m', 'odd entries', tree.toString().trim());
  await git(work, 'update-ref', 'refs/heads/main', commit);
}

const change = (path: string, after?: string, more: Partial<FileChange> = {}): FileChange => ({
  path,
  mode: '100644',
  ...(after === undefined ? {} : { after: Buffer.from(after) }),
  ...more,
});

/** Raw lines of `git diff`: modes and names as they are. */
async function committed(...files: readonly FileChange[]): Promise<string> {
  const fix = await repository.commit({ base, files }, 'mend');
  await git(repository.storePath, 'fsck', '--no-dangling', fix);
  return git(repository.storePath, '-c', 'core.quotePath=false', 'diff', '--raw', '--no-renames', '--abbrev=4', base, fix);
}

const UNHARMED: [name: string, files: readonly FileChange[], seen: RegExp][] = [
  ['the executable bit, when a tool writes the file as a plain one', [change('run.sh', 'x\n')], /^:100755 100755 .* M\trun\.sh$/],
  ['a mode of old tools', [change('odd', 'x\n')], /^:100664 100664 .* M\todd$|^:100644 100644 .* M\todd$/],
  ['a chmod that is meant', [change('plain.txt', 'one\n', { mode: '100755', oldMode: '100644' })], /^:100644 100755 .* M\tplain\.txt$/],
  ['line ends of DOS', [change('dos.txt', 'a\r\nc\r\n')], /^:100644 100644 .* M\tdos\.txt$/],
  ['a file with an eol attribute: bytes as they are', [change('attributed.txt', 'b\n')], /M\tattributed\.txt$/],
  ['a name beyond ASCII', [change('docs/naïve – 日本.txt', 'x\n')], /M\tdocs\/naïve – 日本\.txt$/],
  [
    'a rename that changes the case only',
    [change('Case/Name.txt'), change('Case/name.txt', 'n\n')],
    /D\tCase\/Name\.txt\n.*A\tCase\/name\.txt$/,
  ],
  ['a file that becomes a directory', [change('run.sh'), change('run.sh/main.sh', 'x\n')], /D\trun\.sh\n.*A\trun\.sh\/main\.sh$/],
  [
    'a directory that becomes a file',
    [change('Case', 'x\n'), change('Case/Name.txt')],
    /A\tCase\n.*D\tCase\/Name\.txt$|D\tCase\/Name\.txt\n.*A\tCase$/,
  ],
  ['a file that an inner attribute frees from its filter', [change('secret/plain.enc', 'y\n')], /M\tsecret\/plain\.enc$/],
];

test.each(UNHARMED)('comes through: %s', async (_name, files, seen) => {
  expect(await committed(...files)).toMatch(seen);
});

const REFUSED: [name: string, file: FileChange, reason: RegExp][] = [
  ['a symbolic link', change('link', 'x\n'), /symbolic link/],
  ['a path through a link', change('linked/new.txt', 'x\n'), /symbolic link/],
  ['a new symbolic link', change('new-link', 'plain.txt', { mode: '120000' }), /symbolic link/],
  ['a submodule', change('module', 'x\n'), /submodule/],
  ['a path inside a submodule', change('module/a.txt', 'x\n'), /submodule/],
  ['a pointer of Git LFS', change('model.bin', 'x\n'), /Git LFS/],
  ['a new file that LFS would keep', change('art/new.psd', 'x\n'), /filter of \.gitattributes/],
  ['a file that a filter makes', change('secret/key.enc', 'x\n'), /filter of \.gitattributes/],
  ['a file with an encoding of its own', change('utf16.txt', 'x\n'), /filter of \.gitattributes/],
  ['a twin by case', change('PLAIN.txt', 'x\n'), /only by case or Unicode form/],
  ['a twin of a directory', change('DOCS/new.txt', 'x\n'), /only by case or Unicode form/],
  ['a twin by Unicode form', change('caf\u00e9.txt', 'x\n'), /only by case or Unicode form/],
  ['a file where a directory is', change('docs', 'x\n'), /directory/],
  ['a directory where a file is', change('plain.txt/new.txt', 'x\n'), /file/],
];

test.each(REFUSED)('is refused: %s', async (_name, file, reason) => {
  await expect(repository.commit({ base, files: [file] }, 'x')).rejects.toMatchObject({
    code: 'change-unsafe',
    message: expect.stringMatching(reason),
  });
});

test('what nobody touched is carried over byte for byte, names that are not UTF-8 too', async () => {
  const fix = await repository.commit({ base, files: [change('docs/other.txt', 'x\n')] }, 'x');
  const raw = (commit: string): Buffer =>
    execFileSync('git', ['cat-file', 'tree', `${commit}^{tree}`], { cwd: repository.storePath, env: GIT_ENV });
  const docs = await git(repository.storePath, 'rev-parse', `${base}:docs`, `${fix}:docs`);
  const [before, after] = docs.split('\n').map((oid) => Buffer.from(oid, 'hex')) as [Buffer, Buffer];
  const [old, made] = [raw(base), raw(fix)];
  const at = old.indexOf(before);
  expect(Buffer.concat([old.subarray(0, at), after, old.subarray(at + 20)]).equals(made)).toBe(true);
});

test('in a work tree: a tool that rewrites a script keeps its bit, a write through a link is found where it went', async () => {
  const workspace = await createWorkspaces({ repository, dir: join(root, 'trees') }).open({ commit: base, branch: 'main', remote: work });
  await writeFiles(workspace.dir, { 'run.sh': '#!/bin/sh\nexit 0\n', link: 'written through\n' });
  const { files } = await workspace.changes();
  expect(files.map(({ path, mode }) => [path, mode])).toEqual([
    ['plain.txt', '100644'],
    ['run.sh', '100755'],
  ]);
  await workspace.release();
});

test('in a work tree a file and a directory change places, both ways', async () => {
  const workspace = await createWorkspaces({ repository, dir: join(root, 'trees') }).open({ commit: base, branch: 'main', remote: work });
  const files = [change('Case', 'x\n'), change('Case/Name.txt'), change('run.sh'), change('run.sh/main.sh', 'y\n')];
  await workspace.apply({ base, files });
  const seen = await workspace.changes();
  expect(seen.files.map(({ path, after }) => `${path} ${after === undefined ? 'gone' : 'there'}`).toSorted()).toEqual([
    'Case there',
    'Case/Name.txt gone',
    'run.sh gone',
    'run.sh/main.sh there',
  ]);
  const fix = await repository.commit(seen, 'change places');
  expect(await git(repository.storePath, 'show', `${fix}:run.sh/main.sh`)).toBe('y');
  await workspace.release();
});

test('a commit of the user meanwhile is no matter', async () => {
  await git(work, 'reset', '-q', '--hard');
  await commitFiles(work, { 'later.txt': 'x\n' }, 'later');
  expect(await committed(change('plain.txt', 'two\n'))).toMatch(/M\tplain\.txt$/);
});
