// What is remembered about the shapes of events, bounded: each with the event that had it first, and how often one has come.
import type { ErrorEvent } from '../model.ts';

const MAX_SEEN = 16_384;

/** What is known about shapes; shared by the detectors of one configuration. */
export interface Shapes {
  /** How often a block of a hash has come. */
  readonly seen: Map<number, number>;
  /** Number of the push: groups of an older one are over. */
  push: number;
}

/** Lines of one shape are this event again. */
export interface Block {
  readonly event: ErrorEvent;
  readonly fingerprint: string;
  /** Of the push with this number. */
  group: Group | undefined;
  push: number;
}

/** Repeats of one error in one push: of all blocks that are this error. */
export interface Group {
  /** The first of them. */
  readonly block: Block;
  readonly offsets: number[];
  readonly lines: number[];
  /** Where the first and the last one stand in the window. */
  readonly first: number;
  last: number;
}

export const createShapes = (): Shapes => ({ seen: new Map(), push: 0 });

/** @returns how often a block with this hash has come by now */
export function count({ seen }: Shapes, hash: number): number {
  if (seen.size >= MAX_SEEN) seen.clear();
  const times = (seen.get(hash) ?? 0) + 1;
  seen.set(hash, times);
  return times;
}
