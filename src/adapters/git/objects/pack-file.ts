// Reads single objects of a pack by offset: a few KB of the file at a time, never the whole of it. A pack may have any
// size. Inflated objects that others are deltas of stay in a small cache.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { applyDelta, deflatedAtMost, HEADER_BYTES, inflate, readHeader } from './pack-entry.ts';

/** An object without its name. */
export interface RawObject {
  readonly type: string;
  readonly bytes: Buffer;
}

export interface PackFile {
  readonly size: number;
  /** Objects that the head of the pack says it has. */
  readonly count: number;
  /** The last 20 bytes. */
  readonly trailer: Buffer;
  /**
   * @param named finds the base of a delta by name; for the deltas of this format whose base stands in the same pack
   * @throws Error when the pack is damaged there
   */
  read(offset: number, named: (oid: string) => number | undefined): RawObject;
  /** `length` bytes from `offset`, fewer at the end. Valid until the next call. */
  window(offset: number, length: number): Buffer;
  /** Bytes that were made of deltas so far, those of one object again each time it is made. */
  made(): number;
  /** Keeps an object that has just been read for the deltas that may follow. */
  remember(offset: number, object: RawObject): void;
  close(): void;
}

const WINDOW_BYTES = 256 * 1024;
const FIRST_BYTES = 4096;
const IDLE_MS = 5_000;
const CACHE_BYTES = 24 * 2 ** 20;
/** Deltas of deltas of … git itself makes 50 at most, and allows 4095. */
const MAX_DEPTH = 5000;

/** @throws Error when it is not a pack of version 2 */
export function openPackFile(path: string): PackFile {
  const file = createDescriptor(path);
  const size = fstatSync(file.get()).size;
  const window = windowOn(file.get, size);
  const head = window(0, 12);
  if (size < 32 || head.toString('latin1', 0, 4) !== 'PACK' || head.readUInt32BE(4) !== 2) {
    file.close();
    throw new Error('not a pack');
  }
  const count = head.readUInt32BE(8);
  const trailer = Buffer.from(window(size - 20, 20));
  const cache = createCache();
  let made = 0;
  const making = (bytes: number): void => {
    made += bytes;
  };
  const read: PackFile['read'] = (offset, named) => readAt({ window, size, cache, named, making }, offset);
  return { size, count, trailer, window, remember: cache.put, read, made: () => made, close: file.close };
}

/** Given back when nothing was read for a while: stores stay open as long as the process lives, their packs need not. */
function createDescriptor(path: string): { get(): number; close(): void } {
  let file: number | undefined;
  let idle: NodeJS.Timeout | undefined;
  const close = (): void => {
    if (idle !== undefined) clearTimeout(idle);
    if (file !== undefined) closeSync(file);
    [file, idle] = [undefined, undefined];
  };
  return {
    get: () => {
      file ??= openSync(path, 'r');
      idle = idle?.refresh() ?? setTimeout(close, IDLE_MS).unref();
      return file;
    },
    close,
  };
}

interface Reading {
  readonly window: (offset: number, length: number) => Buffer;
  readonly size: number;
  readonly cache: Cache;
  readonly named: (oid: string) => number | undefined;
  readonly making: (bytes: number) => void;
}

/** Follows deltas down to an object that is none, then builds up again. No recursion: chains may be long. */
function readAt(reading: Reading, offset: number): RawObject {
  const deltas: { readonly offset: number; readonly bytes: Buffer }[] = [];
  let at = offset;
  let object = reading.cache.get(at);
  while (object === undefined) {
    if (deltas.length > MAX_DEPTH || at < 12 || at >= reading.size - 20) throw new Error('a delta without a base');
    const header = readHeader(reading.window(at, HEADER_BYTES));
    const start = at + header.length;
    const { bytes } = inflate(reading.window(start, deflatedAtMost(header.size)), header.size);
    if (header.type !== undefined) {
      object = { type: header.type, bytes };
      if (deltas.length > 0) reading.cache.put(at, object);
      break;
    }
    deltas.push({ offset: at, bytes });
    const base = header.back === undefined ? reading.named(header.base as string) : at - header.back;
    if (base === undefined) throw new Error(`the base ${header.base} of a delta is not in its pack`);
    at = base;
    object = reading.cache.get(at);
  }
  for (const delta of deltas.reverse()) {
    object = { type: object.type, bytes: applyDelta(object.bytes, delta.bytes) };
    reading.making(object.bytes.length);
    reading.cache.put(delta.offset, object);
  }
  return object;
}

/** What goes on where the last read ended is read ahead; what jumps is not. */
function windowOn(file: () => number, size: number): (offset: number, length: number) => Buffer {
  let held = Buffer.alloc(0);
  let from = 0;
  return (offset, length) => {
    const wanted = Math.min(length, size - offset);
    if (offset < from || offset + wanted > from + held.length) {
      const goesOn = offset >= from && offset <= from + held.length;
      const room = Math.max(wanted, goesOn ? WINDOW_BYTES : FIRST_BYTES);
      const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(room, size - offset)));
      let filled = 0;
      while (filled < bytes.length) {
        const read = readSync(file(), bytes, filled, bytes.length - filled, offset + filled);
        if (read === 0) break;
        filled += read;
      }
      held = bytes.subarray(0, filled);
      from = offset;
    }
    return held.subarray(offset - from, offset - from + Math.max(0, wanted));
  };
}

interface Cache {
  get(offset: number): RawObject | undefined;
  put(offset: number, object: RawObject): void;
}

/** Bounded by bytes; what was not asked for longest goes first, the newest never: what follows is often its delta, however large it is. */
function createCache(): Cache {
  const held = new Map<number, RawObject>();
  let bytes = 0;
  return {
    get: (offset) => {
      const found = held.get(offset);
      if (found === undefined) return undefined;
      held.delete(offset);
      held.set(offset, found);
      return found;
    },
    put: (offset, object) => {
      if (held.has(offset)) return;
      held.set(offset, object);
      bytes += object.bytes.length;
      for (const [oldest, { bytes: content }] of held) {
        if (bytes <= CACHE_BYTES || oldest === offset) return;
        held.delete(oldest);
        bytes -= content.length;
      }
    },
  };
}
