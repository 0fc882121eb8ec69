// What a code host knows of a repository, asked of a real bare repository with the git program. Reads only.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface BareRepo {
  /** Commit at the tip of a branch, `null` where there is none. */
  tip(branch: string): Promise<string | null>;
  /** Commits on `head` that are not on `base`, newest first; `null` when the two have no common history. */
  ahead(base: string, head: string): Promise<readonly string[] | null>;
  /** The common ancestor of a branch and its base. */
  fork(base: string, head: string): Promise<string | null>;
  /** The two cannot be merged without a person. */
  conflicts(base: string, head: string): Promise<boolean>;
  /** Paths that differ between the common ancestor and `head`. */
  changed(base: string, head: string): Promise<readonly string[]>;
}

export function readBareRepo(dir: string): BareRepo {
  const git = async (...args: readonly string[]): Promise<string | null> => {
    try {
      const { stdout } = await run('git', ['--git-dir', dir, ...args]);
      return stdout.trim();
    } catch (error) {
      // Git ran and said no. Not `instanceof Error`: the test runner has its own `Error`.
      if (typeof (error as { code?: unknown }).code === 'number') return null;
      throw error;
    }
  };
  const lines = (text: string | null): readonly string[] => (text ? text.split('\n') : []);
  return {
    tip: (branch) => git('rev-parse', '--verify', '--quiet', `refs/heads/${branch}^{commit}`),
    async ahead(base, head) {
      if ((await git('merge-base', `refs/heads/${base}`, `refs/heads/${head}`)) === null) return null;
      return lines(await git('rev-list', `refs/heads/${base}..refs/heads/${head}`));
    },
    fork: (base, head) => git('merge-base', `refs/heads/${base}`, `refs/heads/${head}`),
    conflicts: async (base, head) => (await git('merge-tree', '--write-tree', `refs/heads/${base}`, `refs/heads/${head}`)) === null,
    changed: async (base, head) => lines(await git('diff', '--name-only', `refs/heads/${base}...refs/heads/${head}`)),
  };
}
