// The ledger's file: read whole, replaced whole. Whoever opens it, at any moment, finds one complete state.
// Knows SQLite's file header and nothing of our tables.
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
} from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/** What `lock.ts` links from. */
const LOCK_DRAFT = /\.lock\.[0-9a-f.]+\.tmp$/;

/** Tells one content of the file from the next without reading it: inode, size and time of change. */
export type Stamp = string;

export interface Snapshot {
  readonly stamp: Stamp;
  readonly bytes: Uint8Array;
}

/** The stamp of what is there now; `undefined` where there is nothing. */
export function stampOf(file: string): Stamp | undefined {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat && `${stat.ino} ${stat.size} ${stat.mtimeNs}`;
}

/** Reads the file. `undefined` where there is none, or not even its directory. */
export function readSnapshot(file: string): Snapshot | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
  try {
    const stat = fstatSync(descriptor, { bigint: true });
    return { stamp: `${stat.ino} ${stat.size} ${stat.mtimeNs}`, bytes: readFileSync(descriptor) };
  } finally {
    closeSync(descriptor);
  }
}

/**
 * What is wrong with the bytes as a file of SQLite, as far as its header tells; `undefined` when nothing is.
 * Format: https://sqlite.org/fileformat2.html#the_database_header
 */
export function headerFault(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return 'it is empty';
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.toString('latin1', 0, 16) !== 'SQLite format 3\0' || view.length < 100) return 'it is not an SQLite database';
  const pageSize = view.readUInt16BE(16) === 1 ? 65_536 : view.readUInt16BE(16);
  // The page count is valid only where the change counter (24) equals the "version valid for" number (92).
  const pages = view.readUInt32BE(24) === view.readUInt32BE(92) ? view.readUInt32BE(28) : 1;
  if (view.length < pages * pageSize) return `it is truncated: ${view.length} of ${pages * pageSize} bytes`;
  return undefined;
}

/**
 * A person's `PRAGMA journal_mode = WAL` marks the header (18, 19), and the WASM build cannot open such a file.
 * The sqlite3 program empties its WAL on closing, so the mark is all that is left of it.
 */
export function withoutWalMark(bytes: Uint8Array): Uint8Array {
  if (bytes[18] === 2) bytes.fill(1, 18, 20);
  return bytes;
}

/**
 * Makes the directory of `file`, for its owner only. One level at a time: Node's `recursive` turns for ever where a parent
 * that is there refuses children with ENOENT, as /proc does.
 */
export function ensureDirectory(file: string): void {
  const missing: string[] = [];
  let at = resolve(dirname(file));
  while (!existsSync(at)) {
    missing.unshift(at);
    at = dirname(at);
  }
  for (const dir of missing) mkdirUnlessThere(dir);
}

function mkdirUnlessThere(dir: string): void {
  try {
    mkdirSync(dir, { mode: 0o700 });
  } catch (cause) {
    // Another process was quicker, or the parent cannot be looked into.
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  }
}

/**
 * Replaces the file: draft, fsync, rename, fsync of the directory. Only under the lock.
 * @param replaced called when the new content has taken the place of the old one, before it is sure to outlive a power cut
 */
export async function replaceSnapshot(file: string, bytes: Uint8Array, replaced: (stamp: Stamp) => void): Promise<void> {
  const draft = `${file}.new`;
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  const stamp = stampOf(draft);
  await rename(draft, file);
  replaced(stamp ?? '');
  await syncDirectory(dirname(file));
}

/**
 * Moves a damaged file away, never over another one. Only under the lock.
 * @param at named in the new name, in UTC
 * @returns the new path
 */
export function setAside(file: string, at: Date): string {
  const name = `${file}.damaged-${at.toISOString().replace(/[-:]|\.\d+/g, '')}`;
  for (let copy = 1; ; copy++) {
    const aside = copy === 1 ? name : `${name}-${copy}`;
    try {
      linkOrCopy(file, aside);
      unlinkSync(file);
      return aside;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    }
  }
}

/** Removes the drafts that killed processes left. Only under the lock, which covers `FILE.new`; lock drafts are judged by age. */
export function sweep(file: string): void {
  const dir = dirname(file);
  const old = Date.now() - 60_000;
  for (const name of readdirSync(dir)) {
    const path = join(dir, name);
    const leftover = LOCK_DRAFT.test(name) && (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? old) < old;
    if (leftover || name === `${basename(file)}.new`) rmSync(path, { force: true });
  }
}

/** Both refuse to replace what is there; file systems without links get a copy. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw cause;
    copyFileSync(from, to, constants.COPYFILE_EXCL);
  }
}

async function syncDirectory(dir: string): Promise<void> {
  if (process.platform === 'win32') return; // a directory cannot be opened there; NTFS journals the rename itself
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
