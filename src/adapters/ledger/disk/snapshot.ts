// The ledger's file: never changed, only replaced. Whoever opens it, at any moment, finds one complete state.
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
  writeFileSync,
} from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { codeOf } from '../../../platform/errno.ts';
import { type Base, baseOfBytes, baseOfFile, pageCountOf, pageSizeOf } from './pages.ts';

/** What `lock.ts` links from. */
const LOCK_DRAFT = /\.lock\.[0-9a-f.]+\.tmp$/;

/** Tells one content of the file from the next without reading it: inode, size and time of change. */
export type Stamp = string;

export interface Snapshot {
  readonly stamp: Stamp;
  readonly base: Base;
  /** All of it is in memory: it outlives whatever happens to the file. */
  readonly isHeld: boolean;
}

/** Up to this size a snapshot is read as a whole, and every page of it checked by who is going to write. */
const HELD_BYTES = 8 * 1024 * 1024;

/** The stamp of what is there now; `undefined` where there is nothing. */
export function stampOf(file: string): Stamp | undefined {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat && `${stat.ino} ${stat.size} ${stat.mtimeNs}`;
}

/** Opens the file. `undefined` where there is none, or not even its directory. */
export function openSnapshot(file: string): Snapshot | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw cause;
  }
  const close = (): void => closeSync(descriptor);
  try {
    const stat = fstatSync(descriptor, { bigint: true });
    const stamp = `${stat.ino} ${stat.size} ${stat.mtimeNs}`;
    const size = Number(stat.size);
    if (size > HELD_BYTES) return { stamp, base: baseOfFile(descriptor, size, close), isHeld: false };
    const snapshot = { stamp, base: baseOfBytes(readFileSync(descriptor)), isHeld: true };
    close();
    return snapshot;
  } catch (cause) {
    close();
    throw cause;
  }
}

/**
 * What is wrong with a file of SQLite, as far as its header tells; `undefined` when nothing is.
 * Format: https://sqlite.org/fileformat2.html#the_database_header
 */
export function headerFault({ size, read }: Base): string | undefined {
  if (size === 0) return 'it is empty';
  const header = Buffer.from(read(0, 100));
  if (header.toString('latin1', 0, 16) !== 'SQLite format 3\0' || size < 100) return 'it is not an SQLite database';
  // The page count is valid only where the change counter (24) equals the "version valid for" number (92).
  const pages = header.readUInt32BE(24) === header.readUInt32BE(92) ? pageCountOf(header) : 1;
  const whole = pages * pageSizeOf(header);
  return size < whole ? `it is truncated: ${size} of ${whole} bytes` : undefined;
}

const WAL_MARK = [18, 20] as const;

export function isMarkedWal(base: Base): boolean {
  return base.read(...WAL_MARK)[0] === 2;
}

/**
 * A person's `PRAGMA journal_mode = WAL` marks the header (18, 19), and the WASM build cannot open such a file.
 * The sqlite3 program empties its WAL on closing, so the mark is all that is left of it.
 */
export function withoutWalMark(base: Base): Base {
  const [from, to] = WAL_MARK;
  if (!isMarkedWal(base)) return base;
  return {
    ...base,
    read(begin, end) {
      const bytes = new Uint8Array(base.read(begin, end));
      for (let at = from; at < to; at++) if (at >= begin && at < end) bytes[at - begin] = 1;
      return bytes;
    },
  };
}

/**
 * Makes the directory of `file`, for its owner only. One level at a time: Node's `recursive` turns for ever where a parent
 * that is there refuses children with ENOENT, as /proc does. One that is made in a checkout tells git to pass over it, as the
 * caches of test runners do; one that was there is the user's, and so is what git makes of it.
 */
export function ensureDirectory(file: string): void {
  const missing: string[] = [];
  const own = resolve(dirname(file));
  let at = own;
  while (!existsSync(at)) {
    missing.unshift(at);
    at = dirname(at);
  }
  for (const dir of missing) mkdirUnlessThere(dir);
  if (missing.length > 0 && isInCheckout(at)) writeFileSync(join(own, '.gitignore'), '*\n', { mode: 0o600 });
}

function isInCheckout(dir: string): boolean {
  const above = dirname(dir);
  return existsSync(join(dir, '.git')) || (above !== dir && isInCheckout(above));
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
 * @param fill writes the draft
 * @param replaced called when the new content has taken the place of the old one, before it is sure to outlive a power cut
 */
export async function replaceSnapshot(
  file: string,
  fill: (draft: FileHandle) => Promise<void>,
  replaced: () => void = () => undefined,
): Promise<void> {
  const draft = `${file}.new`;
  const handle = await open(draft, 'w+', 0o600);
  try {
    await fill(handle);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
  replaced();
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

export async function syncDirectory(dir: string): Promise<void> {
  if (process.platform === 'win32') return; // a directory cannot be opened there; NTFS journals the rename itself
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
