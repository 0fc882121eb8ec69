// The writers of one stream: one detector each, so that a trace stays whole however their lines are mixed, and one numbering
// of bytes and lines, that of the stream. A stream of one writer, as a file is, passes through as it is.

import type { ErrorEvent } from '../../core/model.ts';
import type { Detector } from '../../core/read/detector.ts';
import type { Repeats } from '../../core/read/repeats.ts';
import type { Chunk } from '../../ports.ts';

/** A number of a byte, and of the newlines before it. */
export interface Spot {
  readonly offset: number;
  readonly lines: number;
}

export interface Writers {
  push(chunk: Pick<Chunk, 'bytes' | 'writer' | 'runs'>, now: number): readonly ErrorEvent[];
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

interface Piece {
  readonly own: Spot;
  readonly at: Spot;
}

interface Writer {
  readonly detector: Detector;
  /** Where its pieces lie, in its own numbers and in those of the stream; one that goes on where the last one ended is no new one. */
  pieces: Piece[];
  next: Spot;
  /** The byte of the stream behind its last one. */
  end: number;
  /** The line of the stream behind its last one. */
  reached: number;
  grownAt: number;
}

export function createWriters(open: OpenDetector, start: Spot, now: number): Writers {
  const writers = new Map<string, Writer>();
  let next = start;
  let repeats: Repeats[] = [];

  const begin = (): Writer => {
    const writer: Writer = {
      detector: open(next, (offset) => placed(writer, offset).offset),
      pieces: [{ own: next, at: next }],
      ...{ next, end: next.offset, reached: next.lines, grownAt: now },
    };
    return writer;
  };
  /** The one that has said something last is the last to be forgotten. */
  const take = (name: string): Writer => {
    const writer = writers.get(name) ?? begin();
    writers.delete(name);
    writers.set(name, writer);
    return writer;
  };
  const read = (writer: Writer, bytes: Buffer): readonly ErrorEvent[] => {
    const events = writer.detector.push({ bytes }).map((event) => eventOf(writer, event));
    repeats.push(...writer.detector.repeats.map((one) => repeatsOf(writer, one)));
    const { safe } = writer.detector;
    const kept = lastBefore(writer.pieces, safe.offset);
    if (kept > 0) writer.pieces = writer.pieces.slice(kept);
    return events;
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
  /** @param shares of whom there are bytes that are not read yet */
  const makeRoom = (shares: Map<Writer, Buffer[]>): readonly ErrorEvent[] => {
    if (writers.size < MOST_WRITERS) return [];
    const [name, writer] = [...writers].find(([, { detector }]) => !detector.hasOpen) ?? [...writers][0]!;
    writers.delete(name);
    const events = read(writer, Buffer.concat(shares.get(writer) ?? []));
    shares.delete(writer);
    return [...events, ...close(writer, 'ended')];
  };

  return {
    push({ bytes, writer: name = '', runs = [{ writer: name, end: bytes.length }] }, now) {
      repeats = [];
      const isOnly = runs.length === 1 && runs[0]?.writer === '' && writers.size === 1;
      const events: ErrorEvent[] = [];
      const shares = new Map<Writer, Buffer[]>();
      let from = 0;
      for (const run of runs) {
        if (!writers.has(run.writer) && !isOnly) events.push(...makeRoom(shares));
        const writer = take(run.writer);
        const piece = bytes.subarray(from, run.end);
        const parts = shares.get(writer);
        if (parts) parts.push(piece);
        else shares.set(writer, [piece]);
        const lines = isOnly ? 0 : newlinesIn(piece);
        if (writer.end !== next.offset) writer.pieces.push({ own: writer.next, at: next });
        writer.next = moved(writer.next, piece.length, lines);
        next = moved(next, piece.length, lines);
        [writer.end, writer.reached, writer.grownAt] = [next.offset, next.lines, now];
        from = run.end;
      }
      for (const [writer, parts] of shares) events.push(...read(writer, parts.length === 1 ? parts[0]! : Buffer.concat(parts)));
      return isOnly ? events : [...events, ...closeLate()];
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
  const { own, at } = pieces[lastBefore(pieces, offset)]!;
  return { offset: offset - own.offset + at.offset, lines: lines - own.lines + at.lines };
}

/** Index of the piece in which the writer's own byte lies: a writer may have thousands. */
function lastBefore(pieces: readonly Piece[], offset: number): number {
  let [low, high] = [0, pieces.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pieces[middle]!.own.offset <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
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
