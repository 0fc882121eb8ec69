// Opening and looking at files: the few facts about a file that reading depends on, without its contents.
import { type BigIntStats, constants, promises } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

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

export interface OpenFile {
  readonly path: string;
  readonly handle: FileHandle;
  readonly facts: FileFacts;
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

/** Opens without waiting for a writer (a named pipe would block). @returns `undefined` where there is no such file */
export async function open(path: string): Promise<OpenFile | undefined> {
  let handle: FileHandle;
  try {
    handle = await promises.open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
  try {
    return { path, handle, facts: await factsOf(handle) };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

export async function factsOf(handle: FileHandle): Promise<FileFacts> {
  return toFacts(await handle.stat({ bigint: true }));
}

/** Reads `length` bytes at `position`, fewer at the end of the file. */
export async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** The system's code of an error, e.g. `EACCES`. */
export function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(errorCode(error));
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
