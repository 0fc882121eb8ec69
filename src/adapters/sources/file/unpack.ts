// A `.gz` read as if it were not compressed: unpacked from its start, as far as it is asked for, a few blocks in memory.
// Other compressed forms are recognised elsewhere (`siblings.ts`) and not read.
import { pipeline } from 'node:stream';
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

/** Goes forward only: reading before what was read last begins anew. */
function createUnpacker(packed: Bytes): Unpacker {
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
  /** Unpacks on to `until` and forgets what is before `position`. */
  const advance = async (position: number, until: number): Promise<void> => {
    stream ??= unpack(packed);
    while (!isOver && end < until) {
      const { done, value } = await stream.next();
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

function unpack(packed: Bytes): AsyncIterator<Buffer> {
  const gunzip = createGunzip({ chunkSize: BLOCK });
  // What goes wrong reaches whoever reads from it.
  pipeline(blocksOf(packed), gunzip, () => undefined);
  return gunzip[Symbol.asyncIterator]();
}

async function* blocksOf(packed: Bytes): AsyncGenerator<Buffer> {
  for (let at = 0; ; ) {
    const block = await readAt(packed, at, BLOCK);
    if (block.length === 0) return;
    at += block.length;
    yield block;
  }
}
