// Takes a pack from a server: onto the disk as it comes, checked, indexed, and only then visible under its name. A few
// objects are unpacked instead, so that small fetches do not pile up packs. Its memory does not grow with the pack.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { putInPlace } from '../../../platform/atomic.ts';
import { createPace } from '../../../platform/yield.ts';
import { writeLoose } from './loose.ts';
import { objectId } from './object-id.ts';
import { applyDelta, checksum, deflatedAtMost, HEADER_BYTES, inflate, readHeader } from './pack-entry.ts';
import { openPackFile, type PackFile, type RawObject } from './pack-file.ts';
import { formatIndex, type PackedObject } from './pack-index.ts';

/** Git's own `fetch.unpackLimit`. */
const UNPACK_OBJECTS = 100;
const UNPACK_BYTES = 8 * 2 ** 20;
const STALE_MS = 3600 * 1000;
/** All objects of a pack, unpacked: this much, or this many times its own size, whichever is more. */
const MAX_UNPACKED_BYTES = 2 ** 30;
const MAX_RATIO = 50;
/** An object that others are deltas of may be made more than once, all of them this many times at most. */
const MAX_MADE = 16;

/**
 * @param objectsDir the `objects` directory of a bare repository
 * @throws Error when the pack is damaged, incomplete or holds deltas of objects that are not in it, or unpacks to far more than it is
 */
export async function takePack(objectsDir: string, body: AsyncIterable<Uint8Array>): Promise<void> {
  const packDir = join(objectsDir, 'pack');
  await mkdir(packDir, { recursive: true });
  const part = join(packDir, `tmp_${process.pid}_${randomBytes(4).toString('hex')}`);
  try {
    await receive(part, body);
    const pack = openPackFile(part);
    try {
      if (pack.count === 0) return;
      const isSmall = pack.count <= UNPACK_OBJECTS && pack.size <= UNPACK_BYTES;
      const objects = await readThrough(pack, isSmall ? (oid, object) => writeLoose(objectsDir, oid, object, false) : undefined);
      if (!isSmall) await settle(part, packDir, pack, objects);
    } finally {
      pack.close();
    }
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

/** Removes what a process has left that was killed while it took a pack. One that is still coming in is written to all the time. */
export async function sweepIntake(objectsDir: string): Promise<void> {
  const packDir = join(objectsDir, 'pack');
  for (const name of await readdir(packDir).catch(() => [])) {
    if (!name.startsWith('tmp_') && !name.endsWith('.tmp')) continue;
    const { mtimeMs } = await stat(join(packDir, name)).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    if (performance.timeOrigin + performance.now() - mtimeMs > STALE_MS) await rm(join(packDir, name), { recursive: true, force: true });
  }
}

/** The index last: a pack without one is read by nobody. */
async function settle(part: string, packDir: string, pack: PackFile, objects: readonly PackedObject[]): Promise<void> {
  const name = join(packDir, `pack-${pack.trailer.toString('hex')}`);
  await writeFile(`${part}.idx`, formatIndex(objects, pack.trailer));
  await putInPlace(part, `${name}.pack`);
  await putInPlace(`${part}.idx`, `${name}.idx`);
}

/** The last 20 bytes of a pack are the SHA-1 of all before. */
async function receive(part: string, body: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(part, 'wx', 0o600);
  const hash = createHash('sha1');
  let tail = Buffer.alloc(0);
  try {
    for await (const chunk of body) {
      await file.write(chunk);
      const bytes = Buffer.concat([tail, chunk]);
      const end = Math.max(0, bytes.length - 20);
      hash.update(bytes.subarray(0, end));
      tail = Buffer.from(bytes.subarray(end));
    }
  } finally {
    await file.close();
  }
  if (!hash.digest().equals(tail)) throw new Error('the pack that came is not whole');
}

type Visit = (oid: string, object: RawObject) => Promise<unknown>;

/** Every object of a pack, in its order; deltas by name, whose base may come later, at the end. */
async function readThrough(pack: PackFile, visit: Visit | undefined): Promise<PackedObject[]> {
  const found: PackedObject[] = [];
  const places = new Map<string, number>();
  const waiting: { readonly offset: number; readonly crc: number; readonly base: string; readonly delta: Buffer }[] = [];
  const pace = createPace();
  const bound = Math.max(MAX_UNPACKED_BYTES, MAX_RATIO * pack.size);
  let unpacked = 0;
  const named = (oid: string): number | undefined => places.get(oid);
  const take = async (offset: number, crc: number, object: RawObject): Promise<void> => {
    unpacked += object.bytes.length;
    if (pack.made() > MAX_MADE * bound) throw new Error(`a pack of ${pack.size} bytes whose deltas take too much to put together`);
    if (unpacked > bound) throw new Error(`a pack of ${pack.size} bytes whose objects have more than ${bound}`);
    const oid = objectId(object.type, object.bytes);
    found.push({ oid: Buffer.from(oid, 'hex'), offset, crc });
    places.set(oid, offset);
    await visit?.(oid, object);
  };
  let at = 12;
  for (let number = 0; number < pack.count; number += 1) {
    const header = readHeader(pack.window(at, HEADER_BYTES));
    const room = pack.window(at, header.length + deflatedAtMost(header.size));
    const { bytes, read } = inflate(room.subarray(header.length), header.size);
    const crc = checksum(room.subarray(0, header.length + read));
    if (header.base !== undefined) waiting.push({ offset: at, crc, base: header.base, delta: bytes });
    else await take(at, crc, inflated(pack, at, header.type, header.back, bytes, named));
    at += header.length + read;
    await pace();
  }
  if (at !== pack.size - 20) throw new Error('the pack holds more than it says');
  for (let left = waiting; left.length > 0; ) {
    const ready = left.filter(({ base }) => places.has(base));
    if (ready.length === 0) throw new Error('the pack holds deltas of objects that are not in it');
    for (const { offset, crc, base, delta } of ready) {
      const under = pack.read(places.get(base) as number, named);
      await take(offset, crc, { type: under.type, bytes: applyDelta(under.bytes, delta) });
      await pace();
    }
    left = left.filter((entry) => !ready.includes(entry));
  }
  return found;
}

function inflated(
  pack: PackFile,
  at: number,
  type: string | undefined,
  back: number | undefined,
  bytes: Buffer,
  named: (oid: string) => number | undefined,
): RawObject {
  if (type === undefined) {
    const base = pack.read(at - (back ?? 0), named);
    const object = { type: base.type, bytes: applyDelta(base.bytes, bytes) };
    pack.remember(at, object);
    return object;
  }
  // Bases of deltas are mostly trees and sources, hardly ever great files.
  const object = { type, bytes };
  pack.remember(at, object);
  return object;
}
