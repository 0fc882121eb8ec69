// What is remembered about shapes, bounded: the blocks that were events, the lines that begin records.
import type { ErrorEvent } from '../model.ts';

const MAX_BLOCKS = 1024;
const MAX_HEADS = 2048;
const MAX_SEEN = 16_384;
/** A slot of `byte-search.wat` has seven bits for them. */
const MAX_STREAMS = 100;

/** What is known about shapes; shared by the detectors of one configuration. */
export interface Shapes {
  readonly blocks: Map<number, Block>;
  readonly heads: Map<number, Head>;
  /** Hashes of the first lines of blocks: most lines that are no repeat are not in it. */
  readonly openers: Set<number>;
  /** How often a block of a hash has come. */
  readonly seen: Map<number, number>;
  /** Names of streams → their numbers; '' is 0. */
  readonly streams: Map<string, number>;
  /** Number of the push: groups of an older one are over. */
  push: number;
}

export interface Block {
  readonly key: number;
  readonly shape: Int32Array;
  /** An object that is complete in itself: whatever follows. */
  readonly whole: boolean;
  /** The number of its stream. */
  readonly stream: number;
  /** `undefined` until it has been tried out. */
  isSteady: boolean | undefined;
  event: ErrorEvent | undefined;
  fingerprint: string;
  /** Of the push with this number. */
  group: Group | undefined;
  push: number;
}

/** Of a line that begins no record, instead of its stream. */
export const NO_RECORD = -1;

/** A line, and the stream of which it begins a record. */
export interface Head {
  readonly shape: Int32Array;
  readonly stream: number;
}

export interface Group {
  readonly block: Block;
  readonly offsets: number[];
  readonly lines: number[];
  /** Where the first and the last one stand in the window. */
  readonly first: number;
  last: number;
}

export const createShapes = (): Shapes => ({
  blocks: new Map(),
  heads: new Map(),
  openers: new Set(),
  seen: new Map(),
  streams: new Map([['', 0]]),
  push: 0,
});

/** @returns the number of a stream, `undefined` where there are too many to give it one */
export function numberOf({ streams }: Shapes, name: string): number | undefined {
  const known = streams.get(name);
  if (known !== undefined || streams.size >= MAX_STREAMS) return known;
  streams.set(name, streams.size);
  return streams.size - 1;
}

/** A block that has not been tried out. */
export const UNTRIED = { isSteady: undefined, event: undefined, fingerprint: '', group: undefined, push: 0 };

/** The newest stand last, so the first is the one to forget. */
export function keep({ blocks }: Shapes, block: Block): void {
  blocks.delete(block.key);
  blocks.set(block.key, block);
  if (blocks.size > MAX_BLOCKS) blocks.delete(blocks.keys().next().value!);
}

/** A block whose opener is forgotten is read in full once more. */
export function addOpener({ openers }: Shapes, hash: number): void {
  if (openers.size > 4 * MAX_BLOCKS) openers.clear();
  openers.add(hash);
}

export function addHead({ heads }: Shapes, hash: number, head: Head): void {
  if (heads.size >= MAX_HEADS) heads.clear();
  heads.set(hash, head);
}

/** @returns how often a block with this hash has come by now */
export function count({ seen }: Shapes, key: number): number {
  if (seen.size >= MAX_SEEN) seen.clear();
  const times = (seen.get(key) ?? 0) + 1;
  seen.set(key, times);
  return times;
}
