// What is passed about while lines become events: a line, an event that may still grow, and one that is complete.
// Only types: `join.ts` and `assemble.ts` change them.
import type { Head } from '../formats/heads.ts';
import type { Reading } from '../formats/line-reading.ts';
import type { Place } from '../formats/traces/languages.ts';
import type { Level } from '../model.ts';

/** A physical line: offsets are numbers of bytes in the stream, `endOffset` is behind its newline. */
export interface Line {
  readonly offset: number;
  readonly endOffset: number;
  /** From 1 within the stream. */
  readonly line: number;
  readonly text: string;
  /** The line directly before, its first part at least; absent at the very start. */
  readonly previous?: string | undefined;
  /** The line directly before, where it is very long: its first part and its end, and how many bytes it has. */
  readonly long?: { readonly bytes: number; readonly text: string } | undefined;
  /** Number of its last physical line, where it is put together from several. */
  readonly endLine?: number | undefined;
  /** The lines above it, nearest first, as far as they are known. To be asked while the line is being taken, not later. */
  readonly above?: ((count: number) => readonly Line[]) | undefined;
}

/**
 * What of the lines above an event made it what it is: whether one of the nearest shows who carried it, or when it was (`clocks`),
 * and what the line directly above says. `undefined` where it is more than that.
 */
export type Relies = { readonly onClocks: boolean; readonly onPrevious: boolean } | undefined;

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
  /** Its lines were put together by the head that stands on each of them, and that holds a clock. */
  readonly isClocked: boolean;
  /** The same where the head counts them. */
  readonly isCounted: boolean;
  /** So many lines stand above the one that says what happened: its time and place, what was printed before it. */
  readonly titles?: number | undefined;
  readonly relies: Relies;
  /**
   * Where the line begins that ended it, below it and those that might have been its own, whatever stands behind that line; absent
   * where another event was open as well, or it was ended by something else.
   */
  readonly endedAt?: number | undefined;
}

/** A line and what its dialect says about it. */
export interface Piece {
  readonly line: Line;
  readonly reading: Reading;
}

/** An event that may still grow. */
export interface Open {
  /** Of its stream; it changes once when a second line shows what the head of the stream is. */
  key: string;
  readonly first: Line;
  reading: Reading;
  readonly level: Level;
  /** Its own text says when it happened, so every line of its stream that does not is its continuation. */
  owner: boolean;
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
  /** Heads of the stream that its first line may bear, longest first; `undefined` until a second line asks. */
  heads: readonly Head[] | undefined;
  /** The one that turned out to stand on every line, and the number of the line that it was seen on. */
  head: Head | undefined;
  /** What lines hold that may go on with it (`open-texts.ts`); `undefined` until that is asked. */
  texts?: readonly (readonly string[])[] | undefined;
  readonly headLine: number;
  /** It does not follow from its lines alone: the value of a counter made a line another stream's, or one came in pieces. */
  isOdd?: boolean;
  readonly relies: Relies;
  /** So many of its first lines do not say what happened; `reading` is of the one below them. */
  readonly titles?: number | undefined;
}
