// Whose a file at the ledger's place is, before anything is done to it.
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fail } from '../../errors.ts';
import { unreadable, unwritable } from './faults.ts';

/** What every SQLite file begins with (https://sqlite.org/fileformat.html, section 1.3). */
const MAGIC = 'SQLite format 3\0';

/**
 * A file of another name than ours that is no database at all is somebody's: it is never moved, as a damaged ledger would be.
 * @param ownName the name that we give: under it a damaged file is ours
 * @throws AiOpsError `ledger-foreign`
 */
export function refuseForeign(file: string, ownName: string): void {
  if (basename(file) === ownName) return;
  const first = firstBytes(file, MAGIC.length);
  if (first !== undefined && first.toString('latin1') !== MAGIC) throw fail('ledger-foreign', { file });
}

/**
 * What others may change is nobody's to rely on: they could put repairs, counts and commands of their own there. A directory
 * with the sticky bit (`/tmp`) lets everybody make files and nobody change those of others.
 * @param looks only: root may look at what is anybody's
 * @throws AiOpsError `state-of-others`; `ledger-foreign` for what has no end that anybody knows; `ledger-unreadable` or
 *   `state-unwritable` where it may not even be looked at
 */
export function refuseOthers(file: string, looks = false): void {
  const factsOf = (path: string) => {
    try {
      return statSync(path, { throwIfNoEntry: false });
    } catch (cause) {
      throw (looks ? unreadable : unwritable)(file, cause);
    }
  };
  for (const path of [file, `${file}.changes`]) {
    const found = factsOf(path);
    if (found?.isFIFO() || found?.isCharacterDevice()) throw fail('ledger-foreign', { file: path });
  }
  const me = process.geteuid?.();
  if (me === undefined) return;
  for (const path of [dirname(file), file, `${file}.changes`]) {
    const found = factsOf(path);
    if (found === undefined || (found.isDirectory() && (found.mode & 0o1000) !== 0)) continue;
    const isOthers = found.uid !== me && found.uid !== 0 && !(looks && me === 0);
    if (isOthers || (found.mode & 0o022) !== 0)
      throw fail('state-of-others', { path, detail: isOthers ? 'belongs to another user' : 'may be written by others' });
  }
}

/** `undefined` where there is no such file, or none that can be read: whoever opens it says so. */
function firstBytes(file: string, length: number): Buffer | undefined {
  try {
    const descriptor = openSync(file, 'r');
    try {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, readSync(descriptor, bytes));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}
