// The directory for what nobody keeps: the system's, or what TMPDIR names.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AiOpsError, fail } from '../errors.ts';
import { codeOf, messageOf } from './errno.ts';

/**
 * Makes a new one in it, for its owner only.
 * @param prefix of its name
 * @throws AiOpsError `temporary-unwritable`
 */
export async function makeTemporary(prefix: string): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), prefix));
  } catch (cause) {
    throw unwritable(codeOf(cause) || messageOf(cause), cause);
  }
}

/** The error of one that cannot be used. */
export const unwritable = (detail: string, cause?: unknown): AiOpsError => fail('temporary-unwritable', { dir: tmpdir(), detail }, cause);
