// What assembling works on: a line, an event that may still grow, and one that is complete.

import type { Reading } from '../formats/line-reading.ts';
import type { Place } from '../formats/traces/languages.ts';
import type { Level } from '../model.ts';

/** A physical line: offsets are bytes within the generation, `endOffset` is behind its newline. */
export interface Line {
  readonly offset: number;
  readonly endOffset: number;
  /** From 1 within the generation. */
  readonly line: number;
  readonly text: string;
  /** The line directly before, its first part at least; absent at the very start. */
  readonly previous?: string;
}

/** A line and what its dialect says about it. */
export interface Piece {
  readonly line: Line;
  readonly reading: Reading;
}

/** An event that may still grow. */
export interface Open {
  readonly key: string;
  readonly first: Line;
  readonly reading: Reading;
  readonly level: Level;
  /** Its head says when it happened, so every line without such a head is its continuation. */
  readonly owner: boolean;
  /** A bare trace in a file whose records have time stamps. */
  readonly amongStamps: boolean;
  /** Belongs to a record below the limit: its lines are taken and dropped. */
  readonly muted: boolean;
  readonly lines: string[];
  bytes: number;
  omitted: number;
  last: Line;
  place: Place | undefined;
  /** A trace has begun; another one is another event. */
  traced: boolean;
  confirmed: boolean;
  pending: Piece[];
}

/** An event whose lines are complete, before its trace is read. */
export interface Assembled {
  readonly first: Line;
  readonly last: Line;
  readonly reading: Reading;
  readonly level: Level;
  /** The lines as they are shown: exact, except that a wrapper's head is taken off. */
  readonly lines: readonly string[];
  /** Lines that were left out by the cap. */
  readonly omitted: number;
}
