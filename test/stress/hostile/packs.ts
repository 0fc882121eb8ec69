// Packs that no git makes: built entry by entry, with a checksum that is right, so that what reads them gets beyond it.
import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { below, noisy, pick, type Random } from './noise.ts';

/** Kind and size as an entry begins, seven bits a byte after the first four. Source: gitformat-pack(5). */
function entryHead(kind: number, size: number): Buffer {
  return Buffer.from(sevenBits([(kind << 4) | (size & 15)], Math.floor(size / 16)));
}

function varint(size: number): Buffer {
  return Buffer.from(sevenBits([size & 0x7f], Math.floor(size / 128)));
}

function sevenBits(bytes: number[], rest: number): readonly number[] {
  for (let left = rest; left > 0; left = Math.floor(left / 128)) {
    bytes[bytes.length - 1]! |= 0x80;
    bytes.push(left & 0x7f);
  }
  return bytes;
}

const blob = (bytes: Buffer): Buffer => Buffer.concat([entryHead(3, bytes.length), deflateSync(bytes)]);

function deltaBack(back: number, delta: Buffer): Buffer {
  const bytes = [back & 0x7f];
  for (let left = Math.floor(back / 128) - 1; left >= 0; left = Math.floor(left / 128) - 1) bytes.unshift(0x80 | (left & 0x7f));
  return Buffer.concat([entryHead(6, delta.length), Buffer.from(bytes), deflateSync(delta)]);
}

/** Copies the first 16 MB of its base, or less, as often as it takes. */
function copying(base: number, made: number): Buffer {
  const orders: Buffer[] = [];
  for (let left = made; left > 0; ) {
    const count = Math.min(left, base, 0xff_ff_ff);
    orders.push(Buffer.from([0x80 | 0x70, count & 0xff, (count >> 8) & 0xff, (count >> 16) & 0xff]));
    left -= count;
  }
  return Buffer.concat([varint(base), varint(made), ...orders]);
}

function packOf(count: number, ...entries: readonly Buffer[]): Buffer {
  const head = Buffer.from('PACK\0\0\0\x02\0\0\0\0', 'latin1');
  head.writeUInt32BE(count % 2 ** 32, 8);
  return sealed(Buffer.concat([head, ...entries]));
}

/** With the checksum that is right for it. */
export function sealed(body: Buffer): Buffer {
  return Buffer.concat([body, createHash('sha1').update(body).digest()]);
}

/** Each link of the chain is a delta of the one before it. */
function chain(links: number, size: number): Buffer {
  const entries = [blob(Buffer.alloc(size, 'x'))];
  for (let at = 0; at < links; at += 1) entries.push(deltaBack(entries.at(-1)!.length, copying(size, size)));
  return packOf(entries.length, ...entries);
}

const BOMBS: readonly (() => Buffer)[] = [
  () => packOf(1, blob(Buffer.alloc(300_000_000))),
  () => packOf(40, ...new Array<Buffer>(40).fill(blob(Buffer.alloc(50_000_000)))),
  () => {
    const base = blob(Buffer.alloc(65_536, 'a'));
    return packOf(2, base, deltaBack(base.length, copying(65_536, 2 ** 31)));
  },
  () => packOf(1, entryHead(3, 2 ** 45), deflateSync(Buffer.alloc(100))),
  () => packOf(2 ** 32 - 1, blob(Buffer.from('a'))),
  () => chain(4000, 1000),
  () => chain(300, 7_000_000),
  () => chain(20_000, 50),
  () => packOf(3, blob(Buffer.from('a')), deltaBack(0, copying(1, 1)), deltaBack(5, copying(1, 1))),
  () => packOf(1, Buffer.from([0xf0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])),
  () => packOf(50_000, Buffer.concat(Array.from({ length: 50_000 }, (_, at) => blob(Buffer.from(String(at)))))),
  () => Buffer.alloc(0),
];

export const bomb = (random: Random): Buffer => pick(random, BOMBS)();

/** A real pack with other bytes in it: with a checksum that is right, or with one that no longer is. */
export function bentPack(random: Random, pack: Buffer): Buffer {
  const body = pack.subarray(0, Math.max(0, pack.length - 20));
  if (random() < 0.3) return noisy(random, pack, 20_000_000);
  if (random() < 0.3) {
    const more = Buffer.from(body);
    if (more.length > 12) more.writeUInt32BE((more.readUInt32BE(8) + 1 + below(random, 3)) % 2 ** 32, 8);
    return sealed(Buffer.concat([more, blob(noisy(random, Buffer.from('a text\n'), 10_000))]));
  }
  const bent = Buffer.from(body);
  for (let flips = 1 + below(random, 6); flips > 0 && bent.length > 12; flips -= 1)
    bent[12 + below(random, bent.length - 12)] = below(random, 256);
  return sealed(bent);
}
