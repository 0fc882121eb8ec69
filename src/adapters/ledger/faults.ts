// What the file system refuses, in words for people: the user can mend it. Everything else is passed on as it is.
import { dirname } from 'node:path';
import { fail } from '../../errors.ts';
import { systemWords } from '../../platform/errno.ts';

/** @throws AiOpsError `ledger-unreadable` where the file system refuses */
export async function reading<T>(file: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

/** @throws AiOpsError `state-unwritable` where the file system refuses */
export async function writing<T>(file: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw unwritable(file, cause);
  }
}

/** @returns `ledger-unreadable` for what the file system refuses */
export const unreadable = (file: string, cause: unknown): unknown =>
  isFileSystemError(cause) ? fail('ledger-unreadable', { file, detail: systemWords(cause) }, cause) : cause;

/** @returns `state-unwritable` for what the file system refuses */
export const unwritable = (file: string, cause: unknown): unknown =>
  isFileSystemError(cause) ? fail('state-unwritable', { dir: dirname(file), detail: systemWords(cause) }, cause) : cause;

function isFileSystemError(cause: unknown): boolean {
  return typeof cause === 'object' && cause !== null && 'syscall' in cause && 'code' in cause;
}
