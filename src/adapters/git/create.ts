// Makes an ordinary git repository, with a work tree, from files: for the demo, on a machine that may have no git.
// Never for a directory of a user: everything here writes into the work tree and its `.git`.
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Identity } from '../../ports.ts';
import { commitWorkTree } from './wire/isomorphic.ts';

/** One file to put in. `path` is relative, with `/`. */
export interface NewFile {
  readonly path: string;
  readonly mode: '100644' | '100755';
  readonly text: string;
}

/**
 * Writes the files below `dir` and commits them on the branch `main`. `git status` finds the work tree clean.
 * @param dir absolute; made when it is not there
 * @returns the id of the commit
 */
export async function createWorkTree(
  dir: string,
  files: readonly NewFile[],
  commit: { readonly message: string; readonly author: Identity; readonly date: Date },
): Promise<string> {
  await mkdir(dir, { recursive: true });
  for (const { path, mode, text } of files) {
    const file = join(dir, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    await chmod(file, mode === '100755' ? 0o755 : 0o644);
  }
  return commitWorkTree(
    dir,
    files.map(({ path }) => path),
    commit,
  );
}
