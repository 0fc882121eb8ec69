// The index of a pack, version 2: reads it, finds an object in it, and writes one. Source: gitformat-pack(5).
import { createHash } from 'node:crypto';

const MAGIC = 0xff744f63;
const HEAD_BYTES = 8 + 256 * 4;

export interface PackIndex {
  readonly count: number;
  /** SHA-1 over the pack, which stands at the end of both files. */
  readonly pack: Buffer;
  /** Where the object starts in the pack, `undefined` when it is not in it. */
  offsetOf(oid: string): number | undefined;
}

/** One object of a pack that is being indexed. */
export interface PackedObject {
  readonly oid: Buffer;
  readonly offset: number;
  readonly crc: number;
}

/** @throws Error when the bytes are not a whole index of version 2 */
export function parseIndex(bytes: Buffer): PackIndex {
  if (bytes.length < HEAD_BYTES + 40 || bytes.readUInt32BE(0) !== MAGIC || bytes.readUInt32BE(4) !== 2) {
    throw new Error('not an index of a pack');
  }
  const end = bytes.length - 20;
  if (!sha1(bytes.subarray(0, end)).equals(bytes.subarray(end))) throw new Error('the index of a pack is damaged');
  const count = bytes.readUInt32BE(HEAD_BYTES - 4);
  const names = HEAD_BYTES;
  const offsets = names + count * 24;
  const large = offsets + count * 4;
  if (large > end - 20) throw new Error('the index of a pack is too short');
  return {
    count,
    pack: bytes.subarray(end - 20, end),
    offsetOf: (oid) => {
      const name = Buffer.from(oid, 'hex');
      const first = name[0] as number;
      let low = first === 0 ? 0 : bytes.readUInt32BE(8 + (first - 1) * 4);
      let high = bytes.readUInt32BE(8 + first * 4);
      while (low < high) {
        const middle = (low + high) >>> 1;
        const order = bytes.compare(name, 0, 20, names + middle * 20, names + middle * 20 + 20);
        if (order === 0) return offsetAt(bytes, offsets, large, middle);
        if (order < 0) low = middle + 1;
        else high = middle;
      }
      return undefined;
    },
  };
}

/** Offsets of 2 GB and more stand in a table of their own. */
function offsetAt(bytes: Buffer, offsets: number, large: number, at: number): number {
  const offset = bytes.readUInt32BE(offsets + at * 4);
  return offset < 0x80000000 ? offset : Number(bytes.readBigUInt64BE(large + (offset - 0x80000000) * 8));
}

/** @param pack the last 20 bytes of the pack */
export function formatIndex(objects: readonly PackedObject[], pack: Buffer): Buffer {
  const sorted = objects.map((object) => ({ ...object, key: object.oid.readUIntBE(0, 6) }));
  sorted.sort((a, b) => a.key - b.key || Buffer.compare(a.oid, b.oid));
  const large = sorted.filter(({ offset }) => offset >= 0x80000000);
  const count = sorted.length;
  const bytes = Buffer.alloc(HEAD_BYTES + count * 28 + large.length * 8 + 40);
  bytes.writeUInt32BE(MAGIC, 0);
  bytes.writeUInt32BE(2, 4);
  let [last, beyond] = [0, 0];
  for (const [at, { oid, offset, crc }] of sorted.entries()) {
    for (; last < (oid[0] as number); last += 1) bytes.writeUInt32BE(at, 8 + last * 4);
    oid.copy(bytes, HEAD_BYTES + at * 20);
    bytes.writeUInt32BE(crc, HEAD_BYTES + count * 20 + at * 4);
    const place = HEAD_BYTES + count * 24;
    if (offset < 0x80000000) bytes.writeUInt32BE(offset, place + at * 4);
    else {
      bytes.writeUInt32BE(0x80000000 + beyond, place + at * 4);
      bytes.writeBigUInt64BE(BigInt(offset), place + count * 4 + beyond * 8);
      beyond += 1;
    }
  }
  for (; last < 256; last += 1) bytes.writeUInt32BE(count, 8 + last * 4);
  pack.copy(bytes, bytes.length - 40);
  sha1(bytes.subarray(0, bytes.length - 20)).copy(bytes, bytes.length - 20);
  return bytes;
}

function sha1(bytes: Buffer): Buffer {
  return createHash('sha1').update(bytes).digest();
}
