// The bytes of a snapshot with what was changed on top of it, page by page: the snapshot is only read where somebody
// looks, and only what was changed is in memory. Writes nothing to a disk.
import { readSync } from 'node:fs';
import type { Pages } from './sqlite.ts';

/** What the pages are made from: a snapshot, which never changes. */
export interface Base {
  readonly size: number;
  /** Also behind its end: zeroes. What it gives is valid until the next call: copy what is kept. */
  read(from: number, to: number): Uint8Array;
  close(): void;
}

export interface ChangedPages extends Pages {
  /** Bytes that the changed pages hold. */
  changedBytes(): number;
  /** Everything as it stands now, in pieces and in order; later changes are not in it. A piece is valid until the next one is asked for. */
  pieces(): Iterable<Uint8Array>;
  /** From now on made from `base`, which holds all that was changed. */
  settle(base: Base): void;
  close(): void;
}

/** https://sqlite.org/fileformat2.html#the_database_header */
const HEADER = 100;
const PIECE = 1024 * 1024;

export function baseOfBytes(bytes: Uint8Array, close: () => void = () => undefined): Base {
  return {
    size: bytes.length,
    read: (from, to) => (to <= bytes.length ? bytes.subarray(from, to) : padded(bytes.subarray(from), to - from)),
    close,
  };
}

/** @param close gives the descriptor back */
export function baseOfFile(descriptor: number, size: number, close: () => void): Base {
  // SQLite copies each page at once: a new array for each would be most of what there is to collect.
  let room = new Uint8Array(0);
  return {
    size,
    read(from, to) {
      if (room.length < to - from) room = new Uint8Array(to - from);
      const bytes = room.subarray(0, to - from);
      bytes.fill(0);
      for (let at = 0; at < bytes.length; ) {
        const count = readSync(descriptor, bytes, at, bytes.length - at, from + at);
        if (count === 0) break;
        at += count;
      }
      return bytes;
    },
    close,
  };
}

export function createPages(first: Base): ChangedPages {
  let base = first;
  const changed = new Map<number, Uint8Array>();
  const pageSize = pageSizeOf(base.read(0, HEADER));
  const pageAt = (at: number): number => Math.floor(at / pageSize);
  return {
    size: base.size,
    read(from, to) {
      const page = pageAt(from);
      if (to > (page + 1) * pageSize) throw new Error('the ledger was to be read as a whole');
      return changed.get(page)?.subarray(from - page * pageSize, to - page * pageSize) ?? base.read(from, to);
    },
    write(at, bytes) {
      if (at % pageSize !== 0 || bytes.length !== pageSize) throw new Error('the ledger was to be written by other than whole pages');
      changed.set(at / pageSize, bytes.slice());
    },
    changedBytes: () => changed.size * pageSize,
    pieces() {
      const [now, from] = [new Map(changed), base];
      return pieces(from, now, pageSize);
    },
    settle(next) {
      base.close();
      base = next;
      changed.clear();
    },
    close: () => base.close(),
  };
}

function* pieces(base: Base, changed: ReadonlyMap<number, Uint8Array>, pageSize: number): Generator<Uint8Array> {
  const header = changed.get(0)?.subarray(0, HEADER) ?? base.read(0, HEADER);
  const size = pageCountOf(header) * pageSize;
  const perPiece = Math.max(1, PIECE / pageSize);
  const room = new Uint8Array(perPiece * pageSize);
  for (let first = 0; first * pageSize < size; first += perPiece) {
    const from = first * pageSize;
    const piece = room.subarray(0, Math.min(size - from, room.length));
    piece.set(base.read(from, from + piece.length));
    for (let page = first; page < first + perPiece; page++) {
      const now = changed.get(page);
      if (now && page * pageSize < size) piece.set(now, page * pageSize - from);
    }
    yield piece;
  }
}

export function pageSizeOf(header: Uint8Array): number {
  const size = new DataView(header.buffer, header.byteOffset).getUint16(16);
  return size === 1 ? 65_536 : size;
}

export function pageCountOf(header: Uint8Array): number {
  return new DataView(header.buffer, header.byteOffset).getUint32(28);
}

function padded(bytes: Uint8Array, size: number): Uint8Array {
  const whole = new Uint8Array(size);
  whole.set(bytes);
  return whole;
}
