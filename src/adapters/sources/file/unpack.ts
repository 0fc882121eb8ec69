// A `.gz` read as if it were not compressed: unpacked from its start, as far as it is asked for, a few blocks in memory.
// Other compressed forms are recognised elsewhere (`siblings.ts`) and not read.
import { once } from 'node:events';
import { createGunzip } from 'node:zlib';
import { codeOf } from '../../../platform/errno.ts';
import { type Bytes, type OpenFile, open, readAt } from './disk.ts';
import { SAMPLE } from './identity.ts';

const BLOCK = 64 * 1024;

/** Kept for good: the head is compared again and again, and unpacking cannot go back. */
const HEAD = 4 * SAMPLE;

/** What zlib says of bytes that are not of its format, or not yet all of them. */
const UNREADABLE = /^(Z_|ERR_ZLIB)/;

/** Compressed in a way that can be read. */
export function isPacked(path: string): boolean {
  return path.endsWith('.gz');
}

/**
 * Opens a compressed file as what is in it. The facts are those of the file, but the size that of the text.
 * @param begins tells from its first `SAMPLE` bytes whether it is worth unpacking to the end, which shows that it is whole
 * @returns `undefined` where there is no such file, it does not begin so, or is empty, damaged or not written to its end yet
 * @throws the file system's error
 */
export async function openPacked(path: string, begins: (head: Buffer) => boolean): Promise<OpenFile | undefined> {
  const file = await open(path);
  if (!file) return undefined;
  const unpacker = createUnpacker(file.handle);
  let opened: OpenFile | undefined;
  try {
    const head = await readAt(unpacker, 0, HEAD);
    if (file.facts.kind !== 'file' || head.length === 0 || !begins(head.subarray(0, SAMPLE))) return undefined;
    const facts = { ...file.facts, size: await unpacker.size() };
    opened = { path, handle: asBytes(unpacker, file.handle, facts, head), facts, packed: true };
    return opened;
  } catch (error) {
    if (UNREADABLE.test(codeOf(error))) return undefined;
    throw error;
  } finally {
    if (!opened) {
      await unpacker.stop();
      await file.handle.close();
    }
  }
}

function asBytes(unpacker: Unpacker, packed: Bytes, facts: OpenFile['facts'], head: Buffer): Bytes {
  return {
    fd: undefined,
    facts: async () => facts,
    read: async (buffer, offset, length, position) => {
      const isHead = position + length <= head.length || head.length < HEAD;
      if (!isHead) return unpacker.read(buffer, offset, length, position);
      return { bytesRead: position >= head.length ? 0 : head.copy(buffer, offset, position, position + length) };
    },
    close: async () => {
      await unpacker.stop();
      await packed.close();
    },
  };
}

interface Unpacker extends Pick<Bytes, 'read'> {
  /** Unpacks to the end. */
  size(): Promise<number>;
  stop(): Promise<void>;
}

/**
 * Goes forward only: reading before what was read last begins anew.
 * @param breaks told what ends the text early; without it that is thrown
 */
function createUnpacker(packed: Bytes, breaks?: (error: unknown) => void): Unpacker {
  let stream: AsyncIterator<Buffer> | undefined;
  /** The newest blocks; the first begins at `from`, the last ends at `end`. */
  let blocks: Buffer[] = [];
  let from = 0;
  let end = 0;
  let isOver = false;

  const stop = async (): Promise<void> => {
    await stream?.return?.();
    stream = undefined;
    blocks = [];
    from = 0;
    end = 0;
    isOver = false;
  };
  const next = async (blocksLeft: AsyncIterator<Buffer>): Promise<IteratorResult<Buffer>> => {
    try {
      return await blocksLeft.next();
    } catch (error) {
      if (!breaks || !UNREADABLE.test(codeOf(error))) throw error;
      breaks(error);
      return { done: true, value: undefined };
    }
  };
  /** Unpacks on to `until` and forgets what is before `position`. */
  const advance = async (position: number, until: number): Promise<void> => {
    stream ??= unpack(packed);
    while (!isOver && end < until) {
      const { done, value } = await next(stream);
      if (done) isOver = true;
      else {
        blocks.push(value);
        end += value.length;
      }
      while (blocks[0] && from + blocks[0].length <= position) from += blocks.shift()!.length;
    }
  };
  return {
    read: async (buffer, offset, length, position) => {
      if (position < from) await stop();
      await advance(position, position + length);
      let at = from;
      let bytesRead = 0;
      for (const block of blocks) {
        if (at + block.length > position && at < position + length) {
          const start = Math.max(0, position - at);
          bytesRead += block.copy(buffer, offset + at + start - position, start, position + length - at);
        }
        at += block.length;
      }
      return { bytesRead };
    },
    size: async () => {
      await advance(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
      const size = end;
      await stop();
      return size;
    },
    stop,
  };
}

/** Given to zlib at once: it makes at most 1,032 times as much of it, which is in memory for a moment. */
const INPUT = 8 * 1024;
/** What zlib makes of a piece with an error in it is lost: the piece is unpacked again in smaller ones. */
const PIECES = [INPUT, 128, 1];

/** What a file is made of, as far as it can be unpacked; then zlib's error, where it is damaged or not whole. */
async function* unpack(packed: Bytes): AsyncGenerator<Buffer> {
  const progress = { from: 0, isEnd: false };
  let [given, whole] = [0, 0];
  let failed: unknown;
  for (const size of PIECES) {
    let known = given;
    try {
      for await (const block of inflate(packed, (at) => (at < whole ? Math.min(INPUT, whole - at) : size), progress)) {
        const fresh = block.subarray(Math.min(known, block.length));
        known -= block.length - fresh.length;
        given += fresh.length;
        if (fresh.length > 0) yield fresh;
      }
      return;
    } catch (error) {
      if (!UNREADABLE.test(codeOf(error)) || progress.isEnd) throw error;
      [failed, whole] = [error, progress.from];
    }
  }
  throw failed;
}

/**
 * @param sizeAt of the next piece of the file
 * @param progress the piece that zlib is at, also where it fails
 * @throws zlib's error
 */
async function* inflate(
  packed: Bytes,
  sizeAt: (from: number) => number,
  progress: { from: number; isEnd: boolean },
): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: BLOCK });
  let made: Buffer[] = [];
  gunzip.on('data', (block: Buffer) => made.push(block));
  const failed = once(gunzip, 'error').then(([error]) => Promise.reject(error));
  failed.catch(() => undefined);
  const take = (): readonly Buffer[] => {
    const all = made;
    made = [];
    return all;
  };
  try {
    for (let from = 0; ; ) {
      const piece = await readAt(packed, from, sizeAt(from));
      progress.from = from;
      progress.isEnd = piece.length === 0;
      const taken = piece.length > 0 ? new Promise<void>((done) => gunzip.write(piece, () => done())) : once(gunzip.end(), 'end');
      await Promise.race([taken, failed]);
      yield* take();
      if (piece.length === 0) return;
      from += piece.length;
    }
  } finally {
    gunzip.destroy();
  }
}

/** The first bytes of a file that gzip has written. */
const MAGIC = Buffer.from([0x1f, 0x8b, 8]);

/** Whether a file is compressed in a way that can be read, whatever it is called. */
export async function isGzip(handle: Pick<Bytes, 'read'>): Promise<boolean> {
  return (await readAt(handle, 0, MAGIC.length)).equals(MAGIC);
}

/** A compressed file as the text in it, to be read once: as much as can be unpacked, how much that is nobody knows before. */
export async function asText(file: OpenFile): Promise<OpenFile> {
  const facts = { ...file.facts, size: Number.POSITIVE_INFINITY };
  let broken: unknown;
  const unpacker = createUnpacker(file.handle, (error) => {
    broken = error;
  });
  const bytes = asBytes(unpacker, file.handle, facts, await readAt(unpacker, 0, HEAD));
  const handle = Object.defineProperty(bytes, 'broken', { get: () => broken });
  return { path: file.path, facts, packed: true, handle };
}
