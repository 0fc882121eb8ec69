// Writing into a work tree that untrusted tools have touched: never through a symbolic link, never outside it,
// never into a hard link of another file. Paths are bytes (latin1 text), relative to the work tree.
import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, readlink, rm, rmdir, symlink } from 'node:fs/promises';
import { fail } from '../../../errors.ts';
import { codeOf, messageOf } from '../../../platform/errno.ts';
import { toText } from '../objects/tree.ts';

/** Absolute name of a path below `dir`, in the bytes that the repository uses. */
export function diskName(dir: string, path: string): Buffer {
  return Buffer.concat([Buffer.from(dir), Buffer.from('/'), Buffer.from(path, 'latin1')]);
}

/** Makes the directories above `path`. What stands in their way (a file, a link) is removed, never followed. */
export async function makeParents(dir: string, path: string): Promise<void> {
  const names = path.split('/').slice(0, -1);
  for (let depth = 1; depth <= names.length; depth += 1) {
    const at = diskName(dir, names.slice(0, depth).join('/'));
    const found = await statOf(at);
    if (found !== undefined && !found.isDirectory()) await rm(at, { force: true });
    if (found === undefined || !found.isDirectory()) await mkdir(at);
  }
}

/** Replaces what is at `path` by a file. Parents must be there. */
export async function writeFileAt(dir: string, path: string, bytes: Buffer, executable: boolean): Promise<void> {
  const at = diskName(dir, path);
  await removeAt(at);
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
  const file = await open(at, flags, executable ? 0o777 : 0o666);
  try {
    await file.writeFile(bytes);
  } finally {
    await file.close();
  }
}

/**
 * Makes a symbolic link if its target stays within the work tree whatever other links there are: relative, and `..` only
 * at its beginning, so that no link in between can change what `..` means.
 * @returns whether it was made
 */
export async function linkAt(dir: string, path: string, target: Buffer): Promise<boolean> {
  if (!staysInside(path, target.toString('latin1'))) return false;
  const at = diskName(dir, path);
  await removeAt(at);
  await symlink(target, at);
  return true;
}

function staysInside(path: string, target: string): boolean {
  if (target === '' || target.startsWith('/') || /[\u0000\\]|^[a-zA-Z]:/.test(target)) return false;
  const parts = target.split('/');
  const up = parts.findIndex((part) => part !== '..');
  const climbs = up < 0 ? parts.length : up;
  return climbs <= path.split('/').length - 1 && !parts.slice(climbs).includes('..');
}

/** Removes a file, a link, or a whole directory. */
export async function removeAt(at: Buffer): Promise<void> {
  const found = await statOf(at);
  if (found === undefined) return;
  if (found.isDirectory()) await removeTree(at);
  else await rm(at, { force: true });
}

/** `rm -r` that gets rid of directories that a test has made unreadable as well, and takes names as bytes. */
async function removeTree(at: Buffer): Promise<void> {
  try {
    await rm(at, { recursive: true, force: true });
  } catch (error) {
    throw fail('state-unwritable', { dir: at.toString(), detail: messageOf(error) }, error);
  }
}

/** Removes directories above `path` that have become empty. */
export async function pruneParents(dir: string, path: string): Promise<void> {
  const names = path.split('/').slice(0, -1);
  for (let depth = names.length; depth > 0; depth -= 1) {
    const at = diskName(dir, names.slice(0, depth).join('/'));
    if ((await readdir(at).catch(() => ['?'])).length > 0) return;
    await rmdir(at);
  }
}

/** What is at a path, links not followed. */
export async function statOf(at: Buffer): Promise<Awaited<ReturnType<typeof lstat>> | undefined> {
  try {
    return await lstat(at);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Bytes of the file at `path`, or the target of a link. Never follows the last link. */
export async function readAt(dir: string, path: string, maxBytes: number): Promise<Buffer> {
  const at = diskName(dir, path);
  const found = await lstat(at);
  if (found.isSymbolicLink()) return readlink(at, { encoding: 'buffer' });
  if (found.size > maxBytes) {
    throw fail('change-unsafe', { path: toText(path) ?? '?', detail: `it is larger than ${Math.round(maxBytes / 2 ** 20)} MB` });
  }
  // Node reads into 64 KiB what says of itself that it is empty.
  if (found.isFile() && found.size === 0) return Buffer.alloc(0);
  const file = await open(at, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}
