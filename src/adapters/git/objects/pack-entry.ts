// One entry of a pack: its header, its bytes, and what a delta makes of its base. Bytes in, bytes out; no file.
// Source: gitformat-pack(5).
import { crc32, inflateSync } from 'node:zlib';

/** Types as a pack numbers them; 6 and 7 are deltas by offset and by name. */
const TYPES = new Map([
  [1, 'commit'],
  [2, 'tree'],
  [3, 'blob'],
  [4, 'tag'],
]);

/** Room that is made at once: the size in a header is a claim of the server. */
const CHUNK_BYTES = 2 ** 20;

/** One object, unpacked. A few bytes of a pack can stand for any number of them. */
export const MAX_OBJECT_BYTES = 256 * 2 ** 20;

/** Bytes from which every header can be read. */
export const HEADER_BYTES = 64;

export interface EntryHeader {
  /** `undefined` for a delta. */
  readonly type?: string;
  /** Of the object, or of the delta, once inflated. */
  readonly size: number;
  /** How far back in the pack the base of a delta starts. */
  readonly back?: number;
  /** Name of the base of a delta, 40 hexadecimal digits. */
  readonly base?: string;
  /** Bytes of the header itself. */
  readonly length: number;
}

/** @throws Error when the bytes are not a header */
export function readHeader(bytes: Buffer): EntryHeader {
  let at = 0;
  const next = (): number => {
    const byte = bytes[at];
    if (byte === undefined) throw new Error('the pack ends within a header');
    at += 1;
    return byte;
  };
  let byte = next();
  const kind = (byte >> 4) & 7;
  let size = byte & 15;
  for (let factor = 16; byte & 0x80; factor *= 128) {
    byte = next();
    size += (byte & 0x7f) * factor;
  }
  const type = TYPES.get(kind);
  if (type !== undefined) return { type, size, length: at };
  if (kind === 7) {
    if (bytes.length < at + 20) throw new Error('the pack ends within a header');
    return { base: bytes.toString('hex', at, at + 20), size, length: at + 20 };
  }
  if (kind !== 6) throw new Error(`an entry of kind ${kind}`);
  byte = next();
  let back = byte & 0x7f;
  while (byte & 0x80) {
    byte = next();
    back = (back + 1) * 128 + (byte & 0x7f);
  }
  return { back, size, length: at };
}

/** Most bytes that `size` bytes take when they are deflated. Source: zlib's `compressBound`, rounded up. */
export function deflatedAtMost(size: number): number {
  return size + Math.ceil(size / 1000) + 128;
}

/** @throws Error when `bytes` do not begin with `size` bytes deflated */
export function inflate(bytes: Buffer, size: number): { readonly bytes: Buffer; readonly read: number } {
  refuseHuge(size);
  // The types of Node do not know what `info` makes of the result.
  const options = { info: true, chunkSize: Math.min(Math.max(64, size + 1), CHUNK_BYTES), maxOutputLength: Math.max(64, size + 1) };
  const { buffer, engine } = inflateSync(bytes, options) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
  if (buffer.length !== size) throw new Error(`an entry of ${buffer.length} bytes says it has ${size}`);
  return { bytes: buffer, read: engine.bytesWritten };
}

function refuseHuge(size: number): void {
  if (size > MAX_OBJECT_BYTES) throw new Error(`an object of more than ${MAX_OBJECT_BYTES / 2 ** 20} MB`);
}

export function checksum(bytes: Buffer): number {
  return crc32(bytes);
}

/** @throws Error when the delta does not fit its base */
export function applyDelta(base: Buffer, delta: Buffer): Buffer {
  let at = 0;
  const length = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = delta[at] as number;
      at += 1;
      value += (byte & 0x7f) * factor;
      if (!(byte & 0x80)) return value;
    }
  };
  if (length() !== base.length) throw new Error('a delta for another base');
  const size = length();
  refuseHuge(size);
  const made = Buffer.allocUnsafe(size);
  let to = 0;
  while (at < delta.length) {
    const order = delta[at++] as number;
    if (order === 0) throw new Error('a delta with an unknown order');
    if (order & 0x80) {
      let [from, count] = [0, 0];
      for (let bit = 0; bit < 4; bit += 1) if (order & (1 << bit)) from += (delta[at++] as number) * 256 ** bit;
      for (let bit = 0; bit < 3; bit += 1) if (order & (16 << bit)) count += (delta[at++] as number) * 256 ** bit;
      if (count === 0) count = 0x10000;
      if (from + count > base.length || to + count > made.length) throw new Error('a delta beyond its base');
      to += base.copy(made, to, from, from + count);
    } else {
      if (at + order > delta.length || to + order > made.length) throw new Error('a delta beyond its end');
      to += delta.copy(made, to, at, at + order);
      at += order;
    }
  }
  if (to !== made.length) throw new Error('a delta that makes too little');
  return made;
}
