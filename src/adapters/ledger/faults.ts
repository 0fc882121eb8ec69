// What the file system refuses, in words for people: the user can mend it. Everything else is passed on as it is.
import { dirname } from 'node:path';
import { fail } from '../../errors.ts';

/** @throws AiOpsError `ledger-unreadable` where the file system refuses */
export async function reading<T>(file: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!isFileSystemError(cause)) throw cause;
    throw fail('ledger-unreadable', { file, detail: withoutPath(cause) }, cause);
  }
}

/** @throws AiOpsError `state-unwritable` where the file system refuses */
export async function writing<T>(file: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!isFileSystemError(cause)) throw cause;
    throw fail('state-unwritable', { dir: dirname(file), detail: withoutPath(cause) }, cause);
  }
}

function isFileSystemError(cause: unknown): cause is NodeJS.ErrnoException {
  return typeof cause === 'object' && cause !== null && 'syscall' in cause && 'code' in cause;
}

/** `EACCES: permission denied, open '/x'` without the part after the comma. */
function withoutPath(error: NodeJS.ErrnoException): string {
  return error.message.split(',')[0] ?? error.message;
}
