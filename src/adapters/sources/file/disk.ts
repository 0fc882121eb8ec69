// Opening and looking at files: the few facts about a file that reading depends on, without its contents.
import { type BigIntStats, constants, fstatSync, promises, statSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { codeOf } from '../../../platform/errno.ts';

/** What a file system says about a file. `key` names the inode; a number that is used again has another `born`. */
export interface FileFacts {
  readonly key: string;
  /** Nanoseconds since 1970, `0` where the file system keeps no birth time. */
  readonly born: string;
  readonly size: number;
  readonly mtimeMs: number;
  /** Names that are left; 0 once the file is deleted. */
  readonly links: number;
  readonly kind: 'file' | 'directory' | 'other';
}

/** What reading needs of an open file: the file itself, or a compressed one as if it were not (`unpack.ts`). */
export interface Bytes {
  /** Absent where a byte cannot be read again at once. */
  readonly fd: number | undefined;
  read(buffer: Buffer, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
  facts(): Promise<FileFacts>;
  /** Why it ended before its end: a compressed file that is damaged or not whole. */
  readonly broken?: unknown;
  close(): Promise<void>;
}

export interface OpenFile {
  readonly path: string;
  readonly handle: Bytes;
  readonly facts: FileFacts;
  /** A compressed generation: nothing will be added to it. */
  readonly packed?: true;
}

/** @returns `undefined` where there is no such file. @throws the system's error otherwise */
export async function look(path: string): Promise<FileFacts | undefined> {
  try {
    return toFacts(await promises.stat(path, { bigint: true }));
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** As `look`, without another thread: for file systems of this machine, which answer from memory. */
export function lookNow(path: string): FileFacts | undefined {
  try {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stats && toFacts(stats);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** Of an open file, as `lookNow`. */
export function factsNow(fd: number): FileFacts {
  return toFacts(fstatSync(fd, { bigint: true }));
}

/** Opens without waiting for a writer (a named pipe would block). @returns `undefined` where there is no such file */
export async function open(path: string): Promise<OpenFile | undefined> {
  let handle: FileHandle;
  try {
    handle = await promises.open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
  const bytes = plain(handle);
  try {
    return { path, handle: bytes, facts: await bytes.facts() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

export function factsOf(handle: Bytes): Promise<FileFacts> {
  return handle.facts();
}

/** Reads `length` bytes at `position`, fewer at the end of the file. */
export async function readAt(handle: Pick<Bytes, 'read'>, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

function plain(handle: FileHandle): Bytes {
  return {
    // A closed handle has none: the number may belong to another file by then.
    get fd() {
      return handle.fd < 0 ? undefined : handle.fd;
    },
    read: (buffer, offset, length, position) => handle.read(buffer, offset, length, position),
    facts: async () => toFacts(await handle.stat({ bigint: true })),
    close: () => handle.close(),
  };
}

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error));
}

function toFacts(stats: BigIntStats): FileFacts {
  return {
    key: `${stats.dev}:${stats.ino}`,
    born: String(stats.birthtimeNs),
    size: Number(stats.size),
    mtimeMs: Number(stats.mtimeNs) / 1e6,
    links: Number(stats.nlink),
    kind: stats.isFile() ? 'file' : stats.isDirectory() ? 'directory' : 'other',
  };
}
