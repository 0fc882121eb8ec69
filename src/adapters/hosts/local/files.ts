// Reading and writing the files of the local host: what is not there is no error, what cannot be written is told as one.
import { readFile } from 'node:fs/promises';
import { fail } from '../../../errors.ts';
import { codeOf, messageOf } from '../../../platform/errno.ts';

/** @throws AiOpsError `state-unwritable` for a file that is there and cannot be read */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw fail('state-unwritable', { dir: file, detail: codeOf(error) || messageOf(error) }, error);
  }
}

/** @throws AiOpsError `state-unwritable` */
export async function unlessUnwritable(dir: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw fail('state-unwritable', { dir, detail: codeOf(error) || messageOf(error) }, error);
  }
}
