// Makes a pack of exactly the objects a push needs. What was made from an object that the server has travels as the
// difference: one insertion between what both begin and end with, which is what an edited file or tree is. Cost and bytes
// are those of the change. Source: gitformat-pack(5).
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { RawObject } from './pack-file.ts';

/** One object of a pack; `base` is an object that the receiver has. */
export interface Outgoing {
  readonly object: RawObject;
  readonly base?: { readonly oid: string; readonly bytes: Buffer };
}

const NUMBERS = new Map([
  ['commit', 1],
  ['tree', 2],
  ['blob', 3],
  ['tag', 4],
]);
const DELTA_BY_NAME = 7;
/** A copy order holds three bytes of length; git reads no more than 64 KB in old versions of the format. */
const COPY_BYTES = 0xffff;

export function formatPack(objects: readonly Outgoing[]): Buffer {
  const head = Buffer.from('PACK\0\0\0\x02\0\0\0\0', 'latin1');
  head.writeUInt32BE(objects.length, 8);
  const body = Buffer.concat([head, ...objects.flatMap(entry)]);
  return Buffer.concat([body, createHash('sha1').update(body).digest()]);
}

function entry({ object, base }: Outgoing): Buffer[] {
  const plain = deflateSync(object.bytes);
  const delta = base === undefined ? undefined : difference(base.bytes, object.bytes);
  const packed = delta === undefined ? plain : deflateSync(delta);
  if (base !== undefined && delta !== undefined && packed.length + 20 < plain.length) {
    return [entryHead(DELTA_BY_NAME, delta.length), Buffer.from(base.oid, 'hex'), packed];
  }
  return [entryHead(NUMBERS.get(object.type) ?? 0, object.bytes.length), plain];
}

/** A delta that copies what both begin and end with, and inserts the rest. */
export function difference(base: Buffer, made: Buffer): Buffer {
  const most = Math.min(base.length, made.length);
  let [first, last] = [0, 0];
  while (first < most && base[first] === made[first]) first += 1;
  while (last < most - first && base[base.length - 1 - last] === made[made.length - 1 - last]) last += 1;
  const parts = [size(base.length), size(made.length), ...copies(0, first)];
  for (let at = first; at < made.length - last; at += 127) {
    const some = made.subarray(at, Math.min(at + 127, made.length - last));
    parts.push(Buffer.from([some.length]), some);
  }
  return Buffer.concat([...parts, ...copies(base.length - last, last)]);
}

function copies(from: number, length: number): Buffer[] {
  const orders: Buffer[] = [];
  for (let [at, left] = [from, length]; left > 0; ) {
    const count = Math.min(left, COPY_BYTES);
    const offset = [at & 0xff, (at >>> 8) & 0xff, (at >>> 16) & 0xff, (at >>> 24) & 0xff];
    orders.push(Buffer.from([0x80 | 0x0f | 0x30, ...offset, count & 0xff, count >>> 8]));
    at += count;
    left -= count;
  }
  return orders;
}

function size(value: number): Buffer {
  const bytes = [value & 0x7f];
  for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) {
    bytes[bytes.length - 1] = (bytes.at(-1) as number) | 0x80;
    bytes.push(left & 0x7f);
  }
  return Buffer.from(bytes);
}

function entryHead(kind: number, length: number): Buffer {
  const bytes = [(kind << 4) | (length & 15)];
  for (let left = Math.floor(length / 16); left > 0; left = Math.floor(left / 128)) {
    bytes[bytes.length - 1] = (bytes.at(-1) as number) | 0x80;
    bytes.push(left & 0x7f);
  }
  return Buffer.from(bytes);
}
