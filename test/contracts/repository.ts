// What every Repository with its Workspaces must do. Run on the fake and on the real adapter, remote and local.
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChangeSet } from '../../src/core/model.ts';
import type { Repository, Workspaces } from '../../src/ports.ts';

/** The files of the base commit that the suite is run on. */
export const CONTRACT_FILES = {
  'app.js': 'one\ntwo\n',
  'src/deep/util.js': 'export const a = 1;\n',
  'docs/readme.md': '# Hello\n',
  '.gitignore': 'node_modules/\nout.log\n',
} as const;

export interface Subject {
  readonly repository: Repository;
  readonly workspaces: Workspaces;
}

/** @param make a fresh repository holding `CONTRACT_FILES` on `main`, all files plain */
export function repositoryContract(name: string, make: () => Promise<Subject>): void {
  const signal = new AbortController().signal;
  const change = (base: string, path: string, after?: string): ChangeSet => ({
    base,
    files: [{ path, mode: '100644', ...(after === undefined ? {} : { after: Buffer.from(after) }) }],
  });

  describe(`repository contract: ${name}`, () => {
    test('sync names the base; list and read give its files', async () => {
      const { repository } = await make();
      const base = await repository.sync(signal);
      expect(base.branch).toBe('main');
      expect(base.commit).toMatch(/^[0-9a-f]{40}$/);
      const listed = await repository.list(base.commit);
      expect([...listed].map((entry) => entry.path).sort()).toEqual(Object.keys(CONTRACT_FILES).sort());
      expect((await repository.read(base.commit, 'src/deep/util.js'))?.bytes.toString()).toBe('export const a = 1;\n');
      expect(await repository.read(base.commit, 'src/deep')).toBeUndefined();
      expect(await repository.read(base.commit, 'none.js')).toBeUndefined();
    });

    test('a commit holds the change and everything else', async () => {
      const { repository } = await make();
      const { commit } = await repository.sync(signal);
      const changes: ChangeSet = {
        base: commit,
        files: [
          { path: 'app.js', mode: '100644', after: Buffer.from('mended\n') },
          { path: 'docs/readme.md', mode: '100644' },
          { path: 'test/new/app.test.js', mode: '100644', after: Buffer.from('new\n') },
        ],
      };
      const fix = await repository.commit(changes, 'mend');
      const paths = (await repository.list(fix)).map((entry) => entry.path).sort();
      expect(paths).toEqual(['.gitignore', 'app.js', 'src/deep/util.js', 'test/new/app.test.js']);
      expect((await repository.read(fix, 'app.js'))?.bytes.toString()).toBe('mended\n');
      expect((await repository.read(commit, 'app.js'))?.bytes.toString()).toBe('one\ntwo\n');
    });

    test('the same change, words and date are the same commit', async () => {
      const { repository } = await make();
      const { commit } = await repository.sync(signal);
      const day = new Date('2026-03-01T12:00:00.000Z');
      const commitOf = (after: string, words: string, date: Date) => repository.commit(change(commit, 'app.js', after), words, date);
      const first = await commitOf('mended\n', 'mend', day);
      expect(await commitOf('mended\n', 'mend', day)).toBe(first);
      const others = [
        await commitOf('other\n', 'mend', day),
        await commitOf('mended\n', 'words', day),
        await commitOf('mended\n', 'mend', new Date(0)),
      ];
      expect(new Set([first, ...others]).size).toBe(4);
    });

    test('a change that changes nothing is refused', async () => {
      const { repository } = await make();
      const { commit } = await repository.sync(signal);
      await expect(repository.commit(change(commit, 'app.js', 'one\ntwo\n'), 'x')).rejects.toMatchObject({ code: 'answer-empty' });
    });

    test.each(['../out.js', 'src/../../out.js', '.git/config', 'src/.GIT/hooks/x'])('the path %s is refused', async (path) => {
      const { repository } = await make();
      const { commit } = await repository.sync(signal);
      await expect(repository.commit(change(commit, path, 'x'), 'x')).rejects.toMatchObject({ code: 'change-unsafe' });
    });

    test('a branch is created once; again is fine; another commit is refused', async () => {
      const { repository } = await make();
      const { commit } = await repository.sync(signal);
      const fix = await repository.commit(change(commit, 'app.js', 'a\n'), 'a');
      const other = await repository.commit(change(commit, 'app.js', 'b\n'), 'b');
      expect(await repository.push('ai-ops/fix-1', fix, signal)).toBe('created');
      expect(await repository.push('ai-ops/fix-1', fix, signal)).toBe('exists');
      await expect(repository.push('ai-ops/fix-1', other, signal)).rejects.toMatchObject({ code: 'branch-taken' });
      await expect(repository.push('main', fix, signal)).rejects.toMatchObject({ code: 'push-rejected' });
    });

    test('whether a branch may be made is known before there is anything for it, and nothing is made', async () => {
      const { repository } = await make();
      const { commit } = await repository.sync(signal);
      expect(await repository.tryBranch('ai-ops/fix-3', signal)).toBe('free');
      expect(await repository.tryBranch('ai-ops/fix-3', signal)).toBe('free');
      expect(await repository.tip('ai-ops/fix-3', commit, signal)).toBeUndefined();
      const fix = await repository.commit(change(commit, 'app.js', 'a\n'), 'a', new Date(0));
      expect(await repository.push('ai-ops/fix-3', fix, signal)).toBe('created');
      expect(await repository.tryBranch('ai-ops/fix-3', signal)).toBe('ours');
    });

    test('the tip of a branch is looked at, and replaced by compare-and-swap only', async () => {
      const { repository } = await make();
      const { commit: base } = await repository.sync(signal);
      const fixes = ['one', 'two', 'three'].map((text) => repository.commit(change(base, 'app.js', `${text}\n`), 'fix', new Date(0)));
      const [one = '', two = '', three = ''] = await Promise.all(fixes);
      const again = await repository.commit(change(base, 'app.js', 'one\n'), 'the same files, other words', new Date(0));
      expect(await repository.tip('ai-ops/fix-2', one, signal)).toBeUndefined();
      await repository.push('ai-ops/fix-2', one, signal);
      const tips = [one, again, two].map((commit) => repository.tip('ai-ops/fix-2', commit, signal));
      expect(await Promise.all(tips)).toEqual([true, true, false].map((isSame) => ({ commit: one, isSame, isOurs: true })));
      expect(await repository.push('ai-ops/fix-2', two, signal, one)).toBe('created');
      expect(await repository.push('ai-ops/fix-2', two, signal, one)).toBe('exists');
      await expect(repository.push('ai-ops/fix-2', three, signal, one)).rejects.toMatchObject({ code: 'branch-taken' });
      expect(await repository.tip('ai-ops/fix-2', two, signal)).toMatchObject({ commit: two, isSame: true });
    });

    test('a base that is merged into a branch: two parents, the change on the base, pushed over its first parent alone', async () => {
      const { repository } = await make();
      const { commit: base } = await repository.sync(signal);
      const head = await repository.commit(change(base, 'app.js', 'ours\n'), 'fix\n\nAi-Ops-Fingerprint: v2:0', new Date(0));
      const both = change(base, 'docs/readme.md', '# Hello again\n');
      const merged = await repository.commit(both, 'fix: merge the base\n\nAi-Ops-Fingerprint: v2:0', new Date(0), head);
      expect(await repository.about(merged)).toMatchObject({
        parents: [head, base],
        message: expect.stringMatching(/^fix: merge the base\n/),
      });
      expect((await repository.about(head)).parents).toEqual([base]);
      expect([await repository.holds(merged), await repository.holds('0'.repeat(40))]).toEqual([true, false]);
      expect((await repository.changed(base, merged)).toSorted()).toEqual(['docs/readme.md']);
      expect((await repository.changed(head, merged)).toSorted()).toEqual(['app.js', 'docs/readme.md']);
      await repository.push('ai-ops/fix-4', head, signal);
      expect(await repository.push('ai-ops/fix-4', merged, signal, head)).toBe('created');
      expect(await repository.tip('ai-ops/fix-4', merged, signal)).toEqual({ commit: merged, isSame: true, isOurs: true });
    });

    test('a workspace holds the base, tells what changed, and goes back', async () => {
      const { repository, workspaces } = await make();
      const base = await repository.sync(signal);
      const workspace = await workspaces.open(base);
      const at = (path: string): string => join(workspace.dir, path);
      expect(await workspace.changes()).toEqual({ base: base.commit, files: [] });
      await writeFile(at('app.js'), 'one\n2\n');
      await rm(at('docs/readme.md'));
      await chmod(at('src/deep/util.js'), 0o755);
      await mkdir(at('node_modules/x'), { recursive: true });
      await writeFile(at('node_modules/x/index.js'), 'kept\n');
      await writeFile(at('out.log'), 'ignored\n');
      await writeFile(at('new.js'), 'new\n');
      const { files } = await workspace.changes();
      expect(files.map(({ path, mode, oldMode, after }) => [path, oldMode, mode, after?.toString()])).toEqual([
        ['app.js', '100644', '100644', 'one\n2\n'],
        ['docs/readme.md', '100644', '100644', undefined],
        ['new.js', undefined, '100644', 'new\n'],
        ['src/deep/util.js', '100644', '100755', 'export const a = 1;\n'],
      ]);
      expect(files[0]?.before?.toString()).toBe('one\ntwo\n');
      await workspace.reset(['node_modules']);
      expect((await workspace.changes()).files).toEqual([]);
      expect(await readFile(at('node_modules/x/index.js'), 'utf8')).toBe('kept\n');
      await expect(readFile(at('out.log'))).rejects.toMatchObject({ code: 'ENOENT' });
      // A file may be kept too; what the base commit has is put anew.
      await writeFile(at('out.log'), 'kept\n');
      await writeFile(at('app.js'), 'changed\n');
      await workspace.reset(['out.log', 'app.js']);
      expect(await readFile(at('out.log'), 'utf8')).toBe('kept\n');
      expect(await readFile(at('app.js'), 'utf8')).toBe('one\ntwo\n');
      await workspace.release();
      await expect(readFile(at('app.js'))).rejects.toMatchObject({ code: 'ENOENT' });
    });

    test('a workspace is a repository of the base commit for as long as it is asked to be', async () => {
      const { repository, workspaces } = await make();
      const base = await repository.sync(signal);
      const workspace = await workspaces.open(base);
      const head = join(workspace.dir, '.git', 'HEAD');
      const seen = await workspace.withGit(async () => {
        await writeFile(join(workspace.dir, 'app.js'), 'changed\n');
        return readFile(head, 'utf8');
      });
      expect(seen).toBe(`${base.commit}\n`);
      await expect(readFile(head)).rejects.toMatchObject({ code: 'ENOENT' });
      expect((await workspace.changes()).files.map(({ path }) => path)).toEqual(['app.js']);
      await expect(workspace.withGit(() => Promise.reject(new Error('ended')))).rejects.toThrow('ended');
      await expect(readFile(head)).rejects.toMatchObject({ code: 'ENOENT' });
      await workspace.release();
    });

    test('what is applied is what is found and committed', async () => {
      const { repository, workspaces } = await make();
      const base = await repository.sync(signal);
      const workspace = await workspaces.open(base);
      const changes: ChangeSet = {
        base: base.commit,
        files: [
          { path: 'app.js', mode: '100644', after: Buffer.from('mended\n') },
          { path: 'docs/readme.md', mode: '100644' },
          { path: 'lib/new.js', mode: '100644', after: Buffer.from('new\n') },
        ],
      };
      await workspace.apply(changes);
      const found = await workspace.changes();
      expect(found.files.map((file) => [file.path, file.after?.toString()])).toEqual([
        ['app.js', 'mended\n'],
        ['docs/readme.md', undefined],
        ['lib/new.js', 'new\n'],
      ]);
      const fix = await repository.commit(found, 'mend');
      expect((await repository.read(fix, 'lib/new.js'))?.bytes.toString()).toBe('new\n');
      await workspace.release();
    });
  });
}
