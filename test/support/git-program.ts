// The real git program for tests: makes repositories, asks them questions. Isolated from the machine's configuration.
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const WHO = { name: 'Test', email: 'test@example.invalid', date: '2024-01-02T03:04:05Z' };

/** Environment in which git sees no configuration but the repository's own. */
export const GIT_ENV: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_AUTHOR_NAME: WHO.name,
  GIT_AUTHOR_EMAIL: WHO.email,
  GIT_AUTHOR_DATE: WHO.date,
  GIT_COMMITTER_NAME: WHO.name,
  GIT_COMMITTER_EMAIL: WHO.email,
  GIT_COMMITTER_DATE: WHO.date,
};

/** Runs git in `dir`. @returns what it printed, without the last newline. Rejects when it fails. */
export async function git(dir: string, ...argv: readonly string[]): Promise<string> {
  const { stdout } = await run('git', [...argv], { cwd: dir, env: GIT_ENV, maxBuffer: 64 * 2 ** 20 });
  return stdout.replace(/\n$/, '');
}

/** Writes files below `dir`; directories are made. */
export async function writeFiles(dir: string, files: Readonly<Record<string, string | Buffer>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), content);
  }
}

/** A work tree with one commit of these files on `main`. @returns the commit */
export async function makeRepository(dir: string, files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  await mkdir(dir, { recursive: true });
  await git(dir, 'init', '-q', '-b', 'main');
  return commitFiles(dir, files, 'first');
}

/** Writes, adds and commits. @returns the commit */
export async function commitFiles(dir: string, files: Readonly<Record<string, string | Buffer>>, message: string): Promise<string> {
  await writeFiles(dir, files);
  await git(dir, 'add', '-A');
  await git(dir, 'commit', '-q', '--allow-empty', '-m', message);
  return git(dir, 'rev-parse', 'HEAD');
}
