// One life of a file: an open descriptor, an offset, and the proof after every read that the file is still the same.
// Knows nothing of names, rotation or waiting; that is `track.ts`.
import type { FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Chunk } from '../../core/model.ts';
import { type Cutter, createCutter } from './cut.ts';
import { type FileFacts, factsOf, type OpenFile, readAt } from './disk.ts';
import { BYTES, type Encoding, sniff } from './encoding.ts';
import { SAMPLE } from './identity.ts';
import { identityAt, type Trail } from './trail.ts';

/** What is looked at to know an encoding or a binary file. */
export const BLOCK = 256 * 1024;

/** Read at once: large, because every read is followed by the proof that the file is still the same. */
export const READ = 1024 * 1024;

/** What stays in memory of the bytes read last, to compare copies with. */
const RECENT = 64 * 1024;

/** What stays in memory of a file that is quiet. */
const QUIET_MEMORY = 16 * 1024;

export interface LifeStart {
  readonly source: string;
  readonly generation: string;
  readonly offset: number;
  /** `detect.encoding`. */
  readonly encoding?: string;
  /** Known to be a text log already: NULs at its start are a hole, not a binary file. */
  readonly trusted: boolean;
}

export type Turn =
  | { readonly kind: 'bytes'; readonly chunk: Chunk | undefined }
  | { readonly kind: 'end' }
  | { readonly kind: 'truncated' }
  | { readonly kind: 'binary' };

export interface Life {
  readonly source: string;
  readonly generation: string;
  readonly file: OpenFile;
  readonly facts: FileFacts;
  readonly trail: Trail;
  readonly atEnd: boolean;
  /** Reads and proves one block. The chunk lies in `scratch`, at least `READ + SAMPLE` bytes, which all lives share. */
  read(scratch: Buffer): Promise<Turn>;
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
  let cutter: Cutter | undefined;
  let head = await readAt(file.handle, 0, Math.min(SAMPLE, offset));
  // The file may be truncated and written again before its first turn comes.
  const opening = offset === 0 ? await readAt(file.handle, 0, SAMPLE) : undefined;
  let recent = await readAt(file.handle, Math.max(0, offset - SAMPLE), Math.min(SAMPLE, offset));

  const cut = (encoding: Encoding): Cutter => createCutter({ source: start.source, generation: start.generation, offset }, encoding);
  if (offset > 0) cutter = cut(await encodingOf(file.handle, start.encoding));

  const trail = (): Trail => ({ path, facts, offset, head, recent });

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
    atEnd = false;
    return { kind: 'bytes', chunk: cutter.push(window, known) };
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
    read: async (scratch) => {
      // Facts are taken before the proof: a later rewrite must not lend its time to this generation.
      const fresh = drained ? await factsOf(file.handle) : undefined;
      if (fresh && fresh.size < offset) return { kind: 'truncated' };
      const newest = recent.subarray(-SAMPLE);
      const known = newest.length;
      const { bytesRead } = await file.handle.read(scratch, 0, known + READ, offset - known);
      // The proof comes after the read: what is rewritten later cannot have been in these bytes.
      if (bytesRead < known || !scratch.subarray(0, known).equals(newest)) return { kind: 'truncated' };
      if (opening && offset === 0 && !scratch.subarray(0, Math.min(bytesRead, opening.length)).equals(opening))
        return { kind: 'truncated' };
      if (offset > SAMPLE && !(await readAt(file.handle, 0, head.length)).equals(head)) return { kind: 'truncated' };
      facts = fresh ?? facts;
      drained = bytesRead < known + READ;
      if (bytesRead > known) return accept(scratch.subarray(0, bytesRead), known);
      atEnd = fresh?.size === offset;
      if (recent.length > QUIET_MEMORY) recent = Buffer.from(recent.subarray(-QUIET_MEMORY));
      return { kind: 'end' };
    },
    rest: () => cutter?.rest(),
    identify: (at) => identityAt(trail(), at, false, file.handle.fd),
    moveTo: (copy) => {
      file = copy;
      facts = copy.facts;
      atEnd = false;
    },
    close: () => file.handle.close(),
  };
}

/** By the head of the file, where reading starts further on. */
async function encodingOf(handle: FileHandle, name: string | undefined): Promise<Encoding> {
  const encoding = sniff(await readAt(handle, 0, 4 * SAMPLE), name);
  return encoding === 'binary' ? BYTES : encoding;
}
