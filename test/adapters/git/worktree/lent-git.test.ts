// The repository that a setup is lent, as the git program sees it.
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRepository } from '../../../../src/adapters/git/repository.ts';
import { createWorkspaces } from '../../../../src/adapters/git/worktree/workspaces.ts';
import type { Base, Workspace } from '../../../../src/ports.ts';
import { commitFiles, git, makeRepository, writeFiles } from '../../../support/git-program.ts';

const never = new AbortController().signal;
let root = '';
let work = '';
let base: Base;
let workspace: Workspace;

/** A checkout with what a person has in one: a past, a remote, a hook, a setting, a link, a submodule, a name that is not UTF-8. */
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'ai-ops-lent-'));
  work = join(root, 'work');
  await makeRepository(work, { 'app.js': 'one\n', 'src/a.js': 'a\n', 'src/b/c.js': 'a\n', 'empty.txt': '', '.gitignore': '*.log\n' });
  await git(work, 'remote', 'add', 'origin', 'https://someone:secret@example.invalid/shop.git');
  await git(work, 'tag', 'v1');
  await writeFiles(work, { 'bin/run': '#!/bin/sh\n' });
  await chmod(join(work, 'bin/run'), 0o755);
  await symlink('src/a.js', join(work, 'link'));
  await writeFile(Buffer.concat([Buffer.from(`${work}/`), Buffer.from([0x66, 0xe9])]), 'latin1 name\n');
  await git(work, 'update-index', '--add', '--cacheinfo', '160000,1234567890123456789012345678901234567890,lib');
  await commitFiles(work, {}, 'second');
  await git(work, 'update-index', '--add', '--cacheinfo', '160000,1234567890123456789012345678901234567890,lib');
  await git(work, 'commit', '-q', '-m', 'third');
  const repository = await createRepository({
    source: { kind: 'local', path: work },
    storeDir: join(root, 'repos'),
    author: { name: 'ai-ops', email: 'ai-ops@localhost' },
    clock: () => new Date(0),
  });
  base = await repository.sync(never);
  workspace = await createWorkspaces({ repository, dir: join(root, 'trees') }).open(base);
});

afterEach(async () => {
  await workspace.release();
  await rm(root, { recursive: true, force: true });
});

const ask = (...argv: readonly string[]): Promise<string> => git(workspace.dir, ...argv);

test('it knows the base commit and its files, whole, and nothing has changed', async () => {
  await workspace.withGit(async () => {
    expect(await ask('rev-parse', 'HEAD')).toBe(base.commit);
    expect(await ask('log', '--format=%H %s')).toBe(`${base.commit} third`);
    expect(await ask('describe', '--always', '--dirty', '--tags')).toBe(base.commit.slice(0, 7));
    expect(await ask('status', '--porcelain')).toBe('');
    expect(await ask('ls-files', '--stage')).toBe(await git(work, 'ls-files', '--stage'));
    expect(await ask('fsck', '--strict')).toBe('');
    await writeFiles(workspace.dir, { 'app.js': 'two\n', 'new.js': 'new\n', 'x.log': 'ignored\n' });
    expect((await ask('status', '--porcelain')).split('\n')).toEqual([' M app.js', '?? new.js']);
    expect(await ask('diff')).toContain('-one\n+two');
  });
  expect((await workspace.changes()).files.map(({ path }) => path)).toEqual(['app.js', 'new.js']);
});

test('nothing of the user is in it: no address, no hook, no other commit, no setting but those of the format', async () => {
  await writeFiles(work, { '.git/hooks/post-checkout': '#!/bin/sh\n' });
  await workspace.withGit(async () => {
    expect((await ask('config', '--local', '--list', '--name-only')).split('\n')).toEqual([
      'core.repositoryformatversion',
      'core.filemode',
      'core.bare',
      'gc.auto',
    ]);
    expect([await ask('remote'), await ask('tag'), await ask('branch', '--list', '--all', '--format=%(objectname)')]).toEqual([
      '',
      '',
      base.commit,
    ]);
    await expect(ask('cat-file', '-e', 'HEAD^')).rejects.toThrow();
    expect((await readdir(join(workspace.dir, '.git'))).sort()).toEqual(['HEAD', 'config', 'index', 'objects', 'refs', 'shallow']);
  });
});

test('what is done to it stays nowhere', async () => {
  const outside = join(root, 'outside');
  await mkdir(outside);
  await writeFile(join(outside, 'kept'), 'kept\n');
  // Where it is to be stands something else already, and when it is taken back something else again.
  await symlink(outside, join(workspace.dir, '.git'));
  await workspace.withGit(async () => {
    await ask('config', 'core.hooksPath', '.evil');
    await rm(join(workspace.dir, '.git'), { recursive: true });
    await symlink(outside, join(workspace.dir, '.git'));
  });
  expect(existsSync(join(workspace.dir, '.git'))).toBe(false);
  expect(await readFile(join(outside, 'kept'), 'utf8')).toBe('kept\n');
  expect(await readdir(outside)).toEqual(['kept']);
  expect((await workspace.changes()).files).toEqual([]);
});
