// What the pipeline and `scan` call: bytes of one stream in, complete error events out. Places are numbers of bytes here.
// The caller keeps time: it calls `flush` when a source is quiet or over.

import { type Assembler, createAssembler } from '../detect/assemble.ts';
import type { Guess } from '../detect/charset.ts';
import { toEvent } from '../detect/event.ts';
import type { Assembled, Line } from '../detect/open-event.ts';
import { keywordTest } from '../formats/level.ts';
import { absolute, UTC, type Zone } from '../formats/zones.ts';
import type { ErrorEvent, Level } from '../model.ts';
import { ignoreTest } from './ignore/ignored.ts';
import { createLineScanner } from './lines.ts';
import { createRepeatCounter, type Repeats } from './repeats.ts';
import { MAX_BLOCK } from './search/byte-search.ts';
import { candidateSearch } from './search/prefilter.ts';
import type { Shapes } from './shape-memory.ts';

export interface DetectorOptions {
  readonly source: string;
  readonly stream: string;
  /** Names the event that begins at a byte, within the stream; the byte's number where this is absent. */
  readonly tokenAt?: (offset: number) => string;
  /** Number of the first byte that will be pushed. */
  readonly startOffset: number;
  /** Newlines before `startOffset`: the first line is number `startLines + 1`. */
  readonly startLines: number;
  /** Lowest level that counts; `all` makes every record an event. */
  readonly level: Level | 'all';
  readonly keywords: readonly string[];
  /** Texts (`timeout`) or regular expressions (`/time.?out/i`) of events to leave out. */
  readonly ignore: readonly string[];
  /** `auto` (UTF-8, UTF-16 by its byte order mark, else as `guess` says) or a label of the WHATWG Encoding Standard. */
  readonly encoding: string;
  /** Of times that name no zone; UTC where it is absent. */
  readonly zone?: Zone;
  /** Names the encoding of lines that are not UTF-8, where `encoding` is `auto`; without it they keep U+FFFD. */
  readonly guess?: Guess;
  /** Longer lines are cut with a visible mark; 1 MiB when absent. */
  readonly maxLineBytes?: number;
  /** 5,000 when absent. */
  readonly maxEventLines?: number;
  /** 1 MiB when absent. */
  readonly maxEventBytes?: number;
  /** Told of a line that was looked at closely and is in no event, and why. */
  readonly passedOver?: ((line: Pick<Line, 'line' | 'offset' | 'text'>, why: string) => void) | undefined;
  /** Counts further occurrences of an event without making an event of each; see `Detector.repeats`. */
  readonly shapes?: Shapes;
}

export interface Detector {
  /** @returns the events that this chunk completed, in the order in which they ended. */
  push(chunk: { readonly bytes: Buffer }): readonly ErrorEvent[];
  /**
   * Closes what is open. `ended`: the stream is over. `quiet`: more may come. Where half a line has come, what would
   * be events if nothing more came is given out, and everything stays open: when the line goes on, an event that begins
   * at the same byte is not given out again.
   */
  flush(reason?: 'quiet' | 'ended'): readonly ErrorEvent[];
  /** Occurrences that the last `push` counted and made no event of; without `shapes` there are none. */
  readonly repeats: readonly Repeats[];
  /** An event is open and waits for more lines, or a line for its end; `flush('quiet')` has not been called since. */
  readonly hasOpen: boolean;
  /** The open event is in the middle of a trace: wait longer before `flush('quiet')`. */
  readonly expectsMore: boolean;
  /** First byte that is not in a closed event, and the newlines before it: where to read on after a restart. */
  readonly safe: { readonly offset: number; readonly lines: number };
}

const MIB = 1024 * 1024;
/** The search takes so much at once, and a half line of up to three bytes before it. */
const MAX_PUSH = MAX_BLOCK - 4;

/**
 * One detector per stream. How the bytes are cut into chunks does not matter.
 * @throws RangeError for an unknown encoding
 */
export function createDetector(options: DetectorOptions): Detector {
  const ignored = ignoreTest(options.ignore);
  const keyword = keywordTest(options.keywords);
  const tokenAt = options.tokenAt ?? String;
  const idOf = (offset: number): string => `${options.stream}:${tokenAt(offset)}`;
  const { passedOver } = options;
  const assemblerFor = (emit: (assembled: Assembled) => void, told?: typeof passedOver): Assembler =>
    createAssembler({
      passedOver: told,
      level: options.level,
      keyword,
      maxEventLines: options.maxEventLines ?? 5000,
      maxEventBytes: options.maxEventBytes ?? MIB,
      emit,
    });
  // A pattern of `ignore` may ask for digits, which a shape does not hold.
  const search = candidateSearch(options.level, options.keywords, passedOver === undefined);
  const counter = options.shapes && search && options.ignore.length === 0 ? createRepeatCounter(options.shapes, search) : undefined;
  let events: ErrorEvent[] = [];
  let repeats: readonly Repeats[] = [];
  /** Where events begin that were given out before their last line had come whole. */
  const ahead = new Set<number>();
  let isGivenOut = false;
  const assembler = assemblerFor((assembled) => {
    if (ahead.has(assembled.first.offset)) return;
    const event = toEvent(assembled, options.source, idOf(assembled.first.offset), options.zone);
    if (ignored(event.text)) {
      passedOver?.(assembled.first, 'detect.ignore names it');
      return;
    }
    events.push(event);
    counter?.learn(assembled, event);
  }, passedOver);
  const giveOut = (half: Line): void => {
    const fork = assembler.fork((assembled) => {
      const event = toEvent(assembled, options.source, idOf(assembled.first.offset), options.zone);
      if (ahead.has(event.offset) || ignored(event.text)) return;
      ahead.add(event.offset);
      events.push(event);
    });
    if (!isTorn(half.text)) fork.line(half);
    fork.flush();
  };
  const scanner = createLineScanner({
    offset: options.startOffset,
    lines: options.startLines,
    encoding: options.encoding,
    guess: options.guess,
    maxLineBytes: options.maxLineBytes ?? MIB,
    search,
    open: {
      get isAny() {
        return assembler.oldest() !== undefined;
      },
      only: assembler.only,
      aloneFrom: assembler.aloneFrom,
      closeAlone: assembler.closeAlone,
      close: assembler.flush,
      texts: assembler.openTexts,
      passed: assembler.passed,
      counted: assembler.counted,
    },
    line: assembler.line,
    repeats: counter,
  });
  const drain = (): readonly ErrorEvent[] => {
    const done = events;
    events = [];
    return done;
  };
  const safe = (): { offset: number; lines: number } => {
    const oldest = assembler.oldest();
    return oldest ? { offset: oldest.offset, lines: oldest.line - 1 } : scanner.position();
  };
  return {
    push(chunk) {
      repeats = [];
      for (let at = 0; at < chunk.bytes.length; at += MAX_PUSH) {
        scanner.push(chunk.bytes.subarray(at, at + MAX_PUSH));
        if (counter) repeats = [...repeats, ...counter.drain().map((group) => inZone(group, options.zone))];
      }
      isGivenOut = false;
      for (const offset of ahead) if (offset < safe().offset) ahead.delete(offset);
      return drain();
    },
    flush(reason = 'ended') {
      const half = reason === 'quiet' ? scanner.half() : undefined;
      isGivenOut = half !== undefined;
      if (reason === 'ended') scanner.end();
      if (half) giveOut(half);
      else assembler.flush();
      repeats = [];
      return drain();
    },
    get repeats() {
      return repeats;
    },
    get hasOpen() {
      return !isGivenOut && (scanner.hasHalf || assembler.oldest() !== undefined);
    },
    get expectsMore() {
      return assembler.expectsMore();
    },
    get safe() {
      return safe();
    },
  };
}

function inZone(repeats: Repeats, zone: Zone = UTC): Repeats {
  const { firstTime, lastTime } = repeats;
  if (firstTime === undefined && lastTime === undefined) return repeats;
  const [first, last] = [firstTime, lastTime].map((time) => time && absolute(time, zone));
  return { ...repeats, ...(first === undefined ? {} : { firstTime: first }), ...(last === undefined ? {} : { lastTime: last }) };
}

/** The beginning of a JSON record: it says nothing before its end has come. */
const isTorn = (half: string): boolean => /^\s*\{/.test(half) && !/\}\s*$/.test(half);
