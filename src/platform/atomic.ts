// Replaces a file whole or not at all: written beside it, brought to the disk, renamed over it. Whoever opens it, at any
// moment and after a power cut too, finds the old content or the new one. Does not lock: of two who replace, the later stands.
import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from './errno.ts';

export interface Replacement {
  /** Of a new file. Default 0600. */
  readonly mode?: number;
  /** Where there is a file already, the new one takes over its mode and, as far as we may, its owner. */
  readonly keep?: boolean;
  /** Default true. Without it a power cut may leave an empty file: only for what can be had again and is proved when read. */
  readonly sync?: boolean;
}

/** @throws the errors of the file system; then the old file is as it was, and nothing is left beside it */
export async function replaceFile(
  file: string,
  content: string | Uint8Array,
  { mode = 0o600, keep = false, sync = true }: Replacement = {},
): Promise<void> {
  const draft = draftOf(file);
  const kept = keep ? await stat(file).catch(() => undefined) : undefined;
  try {
    await withFile(draft, 'wx', kept === undefined ? mode : 0o600, async (handle) => {
      await handle.writeFile(content);
      if (kept !== undefined) await takeOver(handle, kept);
      if (sync) await handle.sync();
    });
    await moveTo(draft, file, sync);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** A name for a file that is written on the way to `file`. */
export function draftOf(file: string): string {
  return `${file}.${randomBytes(6).toString('hex')}.tmp`;
}

/** Gives a finished file its name, over whatever has it. @throws the errors of the file system; `draft` is its maker's to remove */
export async function putInPlace(draft: string, file: string, { sync = true }: Pick<Replacement, 'sync'> = {}): Promise<void> {
  // Read-only files too; Windows wants them opened for writing and refuses.
  if (sync) await withFile(draft, 'r', undefined, (handle) => unless(['EPERM'], handle.sync()));
  await moveTo(draft, file, sync);
}

async function moveTo(draft: string, file: string, sync: boolean): Promise<void> {
  await rename(draft, file);
  if (sync) await syncDirectory(dirname(file));
}

/** The owner first: a change of it takes bits of the mode away. */
async function takeOver(handle: FileHandle, { uid, gid, mode }: { uid: number; gid: number; mode: number }): Promise<void> {
  // Only root may give a file away.
  await unless(['EPERM'], handle.chown(uid, gid));
  await handle.chmod(mode & 0o7777);
}

/** A name is on the disk when its directory is. */
async function syncDirectory(dir: string): Promise<void> {
  if (process.platform === 'win32') return; // a directory cannot be opened there; NTFS journals the rename itself
  // Network file systems that cannot do it answer in their own ways; they keep names on their server.
  await withFile(dir, 'r', undefined, (handle) => unless(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'], handle.sync()));
}

async function withFile(
  file: string,
  flags: string,
  mode: number | undefined,
  work: (handle: FileHandle) => Promise<unknown>,
): Promise<void> {
  const handle = await open(file, flags, mode);
  try {
    await work(handle);
  } finally {
    await handle.close();
  }
}

async function unless(expected: readonly string[], work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!expected.includes(codeOf(error))) throw error;
  });
}
