// One life of a file: an open descriptor, an offset, and the proof after every read that the file is still the same.
// Knows nothing of names, rotation or waiting; that is `followed-path.ts`.
import { readSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Chunk, Position } from '../../../ports.ts';
import { type Cutter, createCutter, type Piece } from '../bytes/cut.ts';
import { BYTES, type Encoding, sniff } from '../bytes/encoding.ts';
import { type Bytes, type FileFacts, factsNow, factsOf, type OpenFile, readAt } from './disk.ts';
import { SAMPLE } from './identity.ts';
import { placesFrom } from './places.ts';
import { identityAt, type Trail } from './read-bytes.ts';

/** What is looked at to know an encoding or a binary file. */
export const BLOCK = 256 * 1024;

/** Read at once: large, because every read is followed by the proof that the file is still the same. */
const READ = 1024 * 1024;

/** Up to so much that has come since the last look is read without another thread: to ask one takes longer. */
const NEAR = 64 * 1024;

/** What stays in memory of the bytes read last, to compare copies with. */
const RECENT = 64 * 1024;

/** What stays in memory of a file that is quiet. */
const QUIET_MEMORY = 16 * 1024;

/** The buffers that blocks are read into, in turn: while the sink works on one, the next block is read into the other. */
export interface Ring {
  /** Nothing else waits for us: blocks are read at once, which is faster than to ask another thread for each of them. */
  readonly isBlocking: boolean;
  /** All logs are on disks of this machine: what was written just now is in its memory, and is read at once. */
  isNear: boolean;
  /** Overwrites what was in it before the last call but one. */
  next(): Buffer;
}

/** Two are enough for any number of lives: one block is worked on at a time. */
export function createRing(isBlocking = false): Ring {
  let [one, other] = [Buffer.allocUnsafeSlow(READ + SAMPLE), Buffer.allocUnsafeSlow(READ + SAMPLE)];
  return {
    isBlocking,
    isNear: false,
    next: () => {
      [one, other] = [other, one];
      return one;
    },
  };
}

export interface LifeStart {
  readonly source: string;
  readonly generation: string;
  readonly offset: number;
  /** `detect.encoding`. */
  readonly encoding?: string;
  /** Known to be a text log already: NULs at its start are a hole, not a binary file. */
  readonly trusted: boolean;
  /** Where reading may start again, as far as is known when it is asked. */
  readonly positionAt: (offset: number) => Position | undefined;
}

export type Turn =
  | { readonly kind: 'bytes'; readonly chunk: Chunk | undefined }
  | { readonly kind: 'end' }
  | { readonly kind: 'truncated' }
  | { readonly kind: 'binary' };

/** A block whose first `known` bytes were read before and are the same. */
type Proved = 'truncated' | { readonly window: Buffer; readonly known: number; readonly fresh: FileFacts | undefined };

export interface Life {
  readonly source: string;
  readonly generation: string;
  readonly file: OpenFile;
  readonly facts: FileFacts;
  readonly trail: Trail;
  readonly atEnd: boolean;
  /** Reads and proves one block. The chunk lies in a buffer of the ring, which all lives share. */
  read(ring: Ring): Promise<Turn>;
  /** Begins to read the next block, where there is sure to be one, while the sink works on this one. Call this life's `read` next. */
  readAhead(ring: Ring): void;
  /** Half a line has been read and not delivered. */
  readonly isHolding: boolean;
  /** The half line as far as it has come, of a file that is quiet. */
  half(): Chunk | undefined;
  rest(): Chunk | undefined;
  identify(offset: number): string | undefined;
  /** Goes on at the same offset in another file that holds the same bytes. The file it leaves stays open: it is the caller's now. */
  moveTo(file: OpenFile): void;
  close(): Promise<void>;
}

export async function createLife(opened: OpenFile, start: LifeStart): Promise<Life> {
  const path = resolve(start.source);
  let file = opened;
  let { facts } = opened;
  let { offset } = start;
  let atEnd = false;
  /** The last read came to the end of the file. */
  let drained = true;
  let ahead: Promise<Proved> | undefined;
  let cutter: Cutter | undefined;
  let head = await readAt(file.handle, 0, Math.min(SAMPLE, offset));
  // The file may be truncated and written again before its first turn comes.
  const opening = offset === 0 ? await readAt(file.handle, 0, SAMPLE) : undefined;
  let recent = await readAt(file.handle, Math.max(0, offset - SAMPLE), Math.min(SAMPLE, offset));

  const cut = (encoding: Encoding): Cutter => createCutter({ offset }, encoding);
  if (offset > 0) cutter = cut(await encodingOf(file.handle, start.encoding));

  const chunk = (piece: Piece | undefined): Chunk | undefined => piece && chunkOf(piece, start);
  const trail = (): Trail => ({ path, facts, offset, head, recent });

  /** Changes nothing: what is read ahead is not known of before its turn. */
  const prove = async (ring: Ring, buffer: Buffer): Promise<Proved> => {
    const { fd } = file.handle;
    // Facts are taken before the proof: a later rewrite must not lend its time to this generation.
    const fresh = drained ? (ring.isNear && fd !== undefined ? factsNow(fd) : await factsOf(file.handle)) : undefined;
    if (fresh && fresh.size < offset) return 'truncated';
    const isBlocking = ring.isBlocking || (ring.isNear && fresh !== undefined && fresh.size - offset <= NEAR);
    const newest = recent.subarray(-SAMPLE);
    const known = newest.length;
    const bytesRead = await readInto(isBlocking, file.handle, buffer.subarray(0, known + READ), offset - known);
    // The proof comes after the read: what is rewritten later cannot have been in these bytes.
    if (bytesRead < known || !buffer.subarray(0, known).equals(newest)) return 'truncated';
    if (opening && offset === 0 && !buffer.subarray(0, Math.min(bytesRead, opening.length)).equals(opening)) return 'truncated';
    if (offset > SAMPLE && !(await headOf(isBlocking, file.handle, head.length)).equals(head)) return 'truncated';
    return { window: buffer.subarray(0, bytesRead), known, fresh };
  };

  const accept = (window: Buffer, known: number): Turn => {
    const bytes = window.subarray(known);
    if (!cutter) {
      const encoding = sniff(bytes, start.encoding);
      if (encoding === 'binary' && !start.trusted) return { kind: 'binary' };
      cutter = cut(encoding === 'binary' ? BYTES : encoding);
    }
    if (head.length < SAMPLE) head = Buffer.concat([head, bytes.subarray(0, SAMPLE - head.length)]);
    offset += bytes.length;
    recent = Buffer.from(window.subarray(-RECENT));
    return { kind: 'bytes', chunk: chunk(cutter.push(window, known)) };
  };

  return {
    source: start.source,
    generation: start.generation,
    get file() {
      return file;
    },
    get facts() {
      return facts;
    },
    get trail() {
      return trail();
    },
    get atEnd() {
      return atEnd;
    },
    read: async (ring) => {
      const proving = ahead ?? prove(ring, ring.next());
      ahead = undefined;
      const proved = await proving;
      if (proved === 'truncated') return { kind: 'truncated' };
      const { window, known, fresh } = proved;
      facts = fresh ?? facts;
      drained = window.length < known + READ;
      const turn = window.length > known ? accept(window, known) : undefined;
      atEnd = fresh?.size === offset;
      if (turn) return turn;
      if (recent.length > QUIET_MEMORY) recent = Buffer.from(recent.subarray(-QUIET_MEMORY));
      return { kind: 'end' };
    },
    readAhead: (ring) => {
      if (drained || ring.isBlocking) return;
      ahead = prove(ring, ring.next());
      // `read` meets the error; where no `read` follows, nobody cares.
      ahead.catch(() => undefined);
    },
    get isHolding() {
      return cutter?.isHolding === true;
    },
    half: () => chunk(cutter?.half()),
    rest: () => chunk(cutter?.rest()),
    // Before a byte is read, what was there at the opening is all there is to know the file by, should it be compressed meanwhile.
    identify: (at) => identityAt(opening && offset === 0 ? { ...trail(), head: opening } : trail(), at, false, file.handle.fd),
    moveTo: (copy) => {
      ahead = undefined;
      file = copy;
      facts = copy.facts;
      atEnd = false;
    },
    close: async () => {
      await ahead?.catch(() => undefined);
      await file.handle.close();
    },
  };
}

function chunkOf({ offset, bytes }: Piece, { source, generation, positionAt }: LifeStart): Chunk {
  return { source, stream: generation, bytes, ...placesFrom(offset, positionAt) };
}

/** @returns how many bytes were read; fewer than asked for at the end of the file */
async function readInto(isBlocking: boolean, handle: Bytes, buffer: Buffer, position: number): Promise<number> {
  const { fd } = handle;
  if (isBlocking && fd !== undefined) return readSync(fd, buffer, 0, buffer.length, position);
  return (await handle.read(buffer, 0, buffer.length, position)).bytesRead;
}

async function headOf(isBlocking: boolean, handle: Bytes, length: number): Promise<Buffer> {
  if (!isBlocking || handle.fd === undefined) return readAt(handle, 0, length);
  const head = Buffer.allocUnsafe(length);
  return head.subarray(0, readSync(handle.fd, head, 0, length, 0));
}

/** By the head of the file, where reading starts further on. */
async function encodingOf(handle: Bytes, name: string | undefined): Promise<Encoding> {
  const encoding = sniff(await readAt(handle, 0, 4 * SAMPLE), name);
  return encoding === 'binary' ? BYTES : encoding;
}
