// The writers of one stream: one detector each, so that a trace stays whole however their lines are mixed, and one numbering
// of bytes and lines, that of the stream. A stream of one writer, as a file is, passes through as it is.

import type { ErrorEvent } from '../../core/model.ts';
import type { Detector } from '../../core/read/detector.ts';
import type { Repeats } from '../../core/read/repeats.ts';

/** A number of a byte, and of the newlines before it. */
export interface Spot {
  readonly offset: number;
  readonly lines: number;
}

export interface Writers {
  push(chunk: { readonly bytes: Buffer; readonly writer?: string }, now: number): readonly ErrorEvent[];
  /** Closes what is open of writers that have been quiet so long; four times as long in the middle of a trace. */
  quiet(quietMs: number, now: number): { readonly events: readonly ErrorEvent[]; readonly isAny: boolean };
  /** The stream is over. */
  end(): readonly ErrorEvent[];
  /** Of the last `push`. */
  readonly repeats: readonly Repeats[];
  readonly hasOpen: boolean;
  readonly safe: Safe;
}

/** First byte of the stream that is not in a closed event of its writer. */
export interface Safe extends Spot {
  /** Writers whose bytes are decided further than that, each up to where. */
  readonly ahead?: ReadonlyMap<string, number>;
}

/** @param placeOf the byte of the stream, of a byte as the writer's detector numbers it */
export type OpenDetector = (start: Spot, placeOf: (offset: number) => number) => Detector;

/** A trace that is cut in the middle by a slow writer is waited for this many times longer. */
const PATIENCE = 4;
/** Lines of others after which a writer says nothing more to what is open of it: it must not hold back the position for ever. */
const MOST_LINES_BETWEEN = 20_000;
/** Writers that are remembered; one that has nothing open is forgotten before others. */
const MOST_WRITERS = 512;

interface Writer {
  readonly detector: Detector;
  /** Where its pieces lie, in its own numbers and in those of the stream; one that goes on where the last one ended is no new one. */
  pieces: readonly { readonly own: Spot; readonly at: Spot }[];
  next: Spot;
  /** The line of the stream behind its last one. */
  reached: number;
  grownAt: number;
}

export function createWriters(open: OpenDetector, start: Spot, now: number): Writers {
  const writers = new Map<string, Writer>();
  let next = start;
  let repeats: readonly Repeats[] = [];

  const begin = (): Writer => {
    const writer: Writer = {
      detector: open(next, (offset) => placed(writer, offset).offset),
      pieces: [{ own: next, at: next }],
      ...{ next, reached: next.lines, grownAt: now },
    };
    return writer;
  };
  // A stream has one before anything has come, and most have no other.
  writers.set('', begin());

  const close = (writer: Writer, reason: 'quiet' | 'ended'): readonly ErrorEvent[] => {
    const events = writer.detector.flush(reason).map((event) => eventOf(writer, event));
    writer.pieces = writer.pieces.slice(-1);
    return events;
  };
  const closeLate = (): readonly ErrorEvent[] =>
    [...writers.values()].flatMap((writer) =>
      writer.detector.hasOpen && next.lines - writer.reached > MOST_LINES_BETWEEN ? close(writer, 'quiet') : [],
    );
  const makeRoom = (): readonly ErrorEvent[] => {
    if (writers.size < MOST_WRITERS) return [];
    const [name, writer] = [...writers].find(([, { detector }]) => !detector.hasOpen) ?? [...writers][0]!;
    writers.delete(name);
    return close(writer, 'ended');
  };

  return {
    push({ bytes, writer: name = '' }, at) {
      const isOnly = name === '' && writers.size === 1;
      const others = isOnly || writers.has(name) ? [] : makeRoom();
      const writer = writers.get(name) ?? begin();
      // The one that has said something last is the last to be forgotten.
      writers.delete(name);
      writers.set(name, writer);
      writer.grownAt = at;
      const lines = isOnly ? 0 : newlinesIn(bytes);
      if (placed(writer, writer.next.offset).offset !== next.offset) writer.pieces = [...writer.pieces, { own: writer.next, at: next }];
      const events = writer.detector.push({ bytes }).map((event) => eventOf(writer, event));
      repeats = writer.detector.repeats.map((one) => repeatsOf(writer, one));
      writer.next = moved(writer.next, bytes.length, lines);
      next = moved(next, bytes.length, lines);
      writer.reached = next.lines;
      const { safe } = writer.detector;
      const kept = writer.pieces.findLastIndex(({ own }) => own.offset <= safe.offset);
      if (kept > 0) writer.pieces = writer.pieces.slice(kept);
      return isOnly ? events : [...others, ...events, ...closeLate()];
    },
    quiet(quietMs, at) {
      repeats = [];
      const quiet = [...writers.values()].filter(
        ({ detector, grownAt }) => detector.hasOpen && at - grownAt >= quietMs * (detector.expectsMore ? PATIENCE : 1),
      );
      return { events: quiet.flatMap((writer) => close(writer, 'quiet')), isAny: quiet.length > 0 };
    },
    end() {
      repeats = [];
      return [...writers.values()].flatMap((writer) => close(writer, 'ended'));
    },
    get repeats() {
      return repeats;
    },
    get hasOpen() {
      return [...writers.values()].some(({ detector }) => detector.hasOpen);
    },
    get safe() {
      const [only] = writers.values();
      if (writers.size === 1 && only) return placed(only, only.detector.safe.offset, only.detector.safe.lines);
      const own = [...writers].map(([name, writer]) => [name, ownSafe(writer)] as const);
      const first = own.reduce((before, [, { spot, isOpen }]) => (isOpen && spot.offset < before.offset ? spot : before), next);
      const ahead = new Map(own.flatMap(([name, { spot }]) => (spot.offset > first.offset ? [[name, spot.offset] as const] : [])));
      return ahead.size === 0 ? first : { ...first, ahead };
    },
  };
}

/** Up to where it is decided: all of it, where nothing of it is open. */
function ownSafe(writer: Writer): { readonly spot: Spot; readonly isOpen: boolean } {
  const { safe } = writer.detector;
  if (safe.offset < writer.next.offset) return { spot: placed(writer, safe.offset, safe.lines), isOpen: true };
  // The byte behind its last one.
  const last = placed(writer, safe.offset - 1);
  return { spot: { ...last, offset: last.offset + 1 }, isOpen: false };
}

function placed({ pieces }: Writer, offset: number, lines = 0): Spot {
  const { own, at } = pieces.findLast((piece) => piece.own.offset <= offset) ?? pieces[0]!;
  return { offset: offset - own.offset + at.offset, lines: lines - own.lines + at.lines };
}

const moved = ({ offset, lines }: Spot, bytes: number, more: number): Spot => ({ offset: offset + bytes, lines: lines + more });

function eventOf(writer: Writer, event: ErrorEvent): ErrorEvent {
  if (isPlain(writer)) return event;
  const first = placed(writer, event.offset, event.line);
  // The byte behind its last one may be where another piece begins.
  const last = placed(writer, event.endOffset - 1, event.endLine);
  return { ...event, offset: first.offset, line: first.lines, endOffset: last.offset + 1, endLine: last.lines };
}

function repeatsOf(writer: Writer, repeats: Repeats): Repeats {
  if (isPlain(writer)) return repeats;
  const places = repeats.offsets.map((offset, index) => placed(writer, offset, repeats.lines[index]));
  return { ...repeats, offsets: places.map(({ offset }) => offset), lines: places.map(({ lines }) => lines) };
}

/** Its own numbers are those of the stream. */
const isPlain = ({ pieces }: Writer): boolean => pieces.length === 1 && pieces[0]!.own.offset === pieces[0]!.at.offset;

function newlinesIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count += 1;
  return count;
}
