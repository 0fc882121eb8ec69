// A person's commit on the base branch of a remote, from a clone of their own.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from './git-program.ts';

/** @param file that is changed, from the root of the repository */
export async function commitOnBase(bare: string, file: string, change: (text: string) => string): Promise<void> {
  const clone = mkdtempSync(join(tmpdir(), 'ai-ops-person-'));
  try {
    await git(clone, 'clone', '-q', bare, '.');
    writeFileSync(join(clone, file), change(readFileSync(join(clone, file), 'utf8')));
    await git(clone, 'commit', '-qam', 'mine');
    await git(clone, 'push', '-q', 'origin', 'HEAD:main');
  } finally {
    rmSync(clone, { recursive: true, force: true });
  }
}
