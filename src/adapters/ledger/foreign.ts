// Whose a file at the ledger's place is, before anything is done to it.
import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { fail } from '../../errors.ts';

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
