// The hot path: bytes → lines. Only lines that may begin or continue an event are decoded.
// It cuts at newline bytes, so no character is ever split; half a line waits for its rest, bounded in size.
import type { Taken } from '../detect/assemble.ts';
import { charsetOf, type Guess, sniff } from '../detect/charset.ts';
import { frameIn } from '../detect/frames.ts';
import type { Line } from '../detect/open-event.ts';
import type { OpenTexts } from '../detect/open-texts.ts';
import type { Reading } from '../formats/line-reading.ts';
import { createTail } from './lines-above.ts';
import type { RepeatCounter } from './repeats.ts';
import { FULL, SAMPLE } from './search/byte-search.ts';
import type { CandidateSearch } from './search/prefilter.ts';

export interface LineScannerOptions {
  readonly offset: number;
  readonly lines: number;
  readonly encoding: string;
  /** Names the encoding of lines that are not UTF-8, where `encoding` is `auto`. */
  readonly guess?: Guess | undefined;
  readonly maxLineBytes: number;
  /** Finds what may lie in the first line of an event; absent where every line counts. */
  readonly search?: CandidateSearch | undefined;
  /** Events that are open: lines of their streams count, whatever they hold. */
  readonly open: OpenEvents;
  /** @returns what the line says and what became of it, where it is whole */
  readonly line: (line: Line) => Taken | undefined;
  /** Counts blocks of lines that need no decoding; used together with `search`. */
  readonly repeats?: ScannerRepeats | undefined;
}

export type ScannerRepeats = Pick<RepeatCounter, 'begin' | 'note' | 'overAt'>;

export interface OnlyOpen {
  readonly stream: string;
  readonly isClocked: boolean;
  /** A further line of it may begin with this head of a record, to the sign (`detect/join.ts`). */
  readonly sameHead?: string | undefined;
}

export interface OpenEvents {
  readonly isAny: boolean;
  /** The stream of what is open, where that is one event, and whether a head with a clock stands on each of its lines. */
  only(): OnlyOpen | undefined;
  /** Where the event began that is open and has been the only one since; `undefined` where there is no such one. */
  aloneFrom(): number | undefined;
  /** Closes that event; the lines below it that were held back are forgotten, and come again. */
  closeAlone(): void;
  /** Closes everything that is open. */
  close(): void;
  /** What each line holds, from number `line` on, that may go on with one of them; `undefined` where any line may. */
  texts(line: number): OpenTexts | undefined;
  /** Lines up to number `line` were passed over. */
  passed(line: number): void;
  /** Line number `line` is the last one of an event that was counted. */
  counted(line: number): void;
}

export interface LineScanner {
  push(bytes: Buffer): void;
  /** The bytes are over: what waits for a newline is a line. */
  end(): void;
  /** Bytes of a line have come, and its newline has not. */
  readonly hasHalf: boolean;
  /** The half line as far as it has come; it goes on as if nobody had asked. */
  half(): Line | undefined;
  /** Start of the first line that is not complete. */
  position(): { offset: number; lines: number };
}

const NEWLINE = 10;
const PREVIOUS_BYTES = 512;
/** No wrapper cuts a line that is shorter. */
const LONG_BYTES = 8000;
const END_BYTES = 160;
const NOTHING: Buffer = Buffer.alloc(0);
const END: Buffer = Buffer.from([NEWLINE]);

/**
 * One scanner per stream.
 * @throws RangeError for an unknown encoding
 */
export function createLineScanner(options: LineScannerOptions): LineScanner {
  let charset = charsetOf(options.encoding, options.guess);
  let { offset, lines } = options;
  let fresh = offset === 0;
  let half: Buffer[] = [];
  let halfLength = 0;
  /** The line before; `undefined` also where lines of `block` were passed over and it was not looked for. */
  let previous: Buffer | undefined;
  let block: Buffer = NOTHING;
  const tail = createTail();
  /** What was passed over last in `block`; empty when `previous` holds. */
  let passedFrom = 0;
  let passedTo = 0;
  /** Of a long line before: how long it is, and its end. */
  let long: { readonly length: number; readonly end: Buffer } | undefined;

  function lineBefore(): Buffer | undefined {
    if (passedTo === 0) return previous;
    const start = Math.max(passedFrom, lineStart(block, passedTo - 1));
    note(block.subarray(start, passedTo - 1));
    passedTo = 0;
    return previous;
  }

  function note(bytes: Buffer): void {
    previous = bytes.subarray(0, PREVIOUS_BYTES);
    long = bytes.length > LONG_BYTES ? { length: bytes.length + 1, end: Buffer.from(bytes.subarray(-END_BYTES)) } : undefined;
  }
  let odd: Buffer | undefined;

  /** `bytes` is the line without its newline, at most the kept part of it; `length` is what it took in the file. */
  /** @returns what the line says, where it is whole */
  function emit(bytes: Buffer, length: number, newline: number, at: number): { line: Line; taken: Taken | undefined } {
    const kept = keptOf(bytes);
    const line = lineOf(kept, length, newline, charset.text, at);
    offset += length;
    lines++;
    note(kept);
    const taken = options.line(line);
    if (charset.unit === 2) tail.note(line);
    return { line, taken };
  }

  function keptOf(bytes: Buffer): Buffer {
    return bytes.length > options.maxLineBytes ? bytes.subarray(0, charset.border(bytes, options.maxLineBytes)) : bytes;
  }

  function lineOf(kept: Buffer, length: number, newline: number, decode: (bytes: Buffer) => string, at: number): Line {
    const content = length - newline;
    const mark = content > kept.length ? `… [truncated ${content - kept.length} bytes]` : '';
    const body = decode(kept);
    const text = mark === '' ? (body.endsWith('\r') ? body.slice(0, -1) : body) : body + mark;
    const before = lineBefore();
    const position = { offset, endOffset: offset + length, line: lines + 1 };
    const { offset: from, endOffset, line } = position;
    return {
      offset: from,
      endOffset,
      line,
      text,
      above: once((count) => tail.above(count, block.subarray(0, at), position, charset)),
      previous: before && charset.text(before),
      long: before && long && { bytes: long.length, text: charset.text(Buffer.concat([before, long.end])) },
    };
  }

  /**
   * Passes over the lines that cannot begin an event, and over blocks that are counted without being looked at here.
   * @returns the start of the next line that can begin one, or of the half line
   */
  function skip(search: CandidateSearch, repeats: ScannerRepeats | undefined, begin: number, end: number): number {
    let at = begin;
    while (true) {
      const stop = search.run(at, end, repeats !== undefined && !options.open.isAny);
      const counted = repeats?.note(lines + 1) ?? 0;
      if (counted > 0) options.open.counted(counted);
      pass(begin, at, search.reached, search.passed);
      at = search.reached;
      if (stop === SAMPLE) search.learnFrom(at, withoutReturn(block.toString('utf8', at, block.indexOf(NEWLINE, at))));
      else if (stop !== FULL) return at;
    }
  }

  /** Closes what the line at `at` ends. @returns whether lines may be passed over from there on */
  function mayPass(search: CandidateSearch, at: number): boolean {
    const { open } = options;
    const only = open.isAny ? open.only() : undefined;
    const isSame = only?.sameHead !== undefined && block.toString('utf8', at, at + only.sameHead.length) === only.sameHead;
    if (only !== undefined && !isSame && search.streamOf(at, only.isClocked) === search.numberOf(only.stream)) open.close();
    const texts = open.isAny ? open.texts(lines + 1) : [];
    return texts !== undefined && search.setOpen(texts);
  }

  /** Closes the event that is open where the line at `at` shows that it was over. @returns where to go on: behind the event's last line */
  function closeKnown(repeats: ScannerRepeats | undefined, at: number): number {
    const { open } = options;
    const from = open.isAny ? open.aloneFrom() : undefined;
    const over = from === undefined ? undefined : repeats?.overAt(from, at);
    if (over === undefined) return at;
    open.closeAlone();
    for (let place = over; place < at; place++) if (block[place] === NEWLINE) lines--;
    offset -= at - over;
    [passedFrom, passedTo] = [0, over];
    return over;
  }

  /** Leaves lines of `block` behind that are no event, or are counted already; `begin` is where the first of them was. */
  function pass(begin: number, at: number, limit: number, count: number): void {
    if (limit === at) return;
    lines += count;
    offset += limit - at;
    passedFrom = begin;
    passedTo = limit;
  }

  function whole(bytes: Buffer): number {
    let at = 0;
    block = bytes;
    const end = charset.unit === 1 ? bytes.lastIndexOf(NEWLINE) + 1 : 0;
    const repeats = charset.isUtf8 ? options.repeats : undefined;
    const search = charset.unit === 1 ? options.search : undefined;
    repeats?.begin(bytes, end, offset);
    search?.load(bytes, options.maxLineBytes, charset.isUtf8 === true);
    while (true) {
      if (search && at < end) at = closeKnown(repeats, at);
      if (search && at < end && mayPass(search, at)) {
        at = skip(search, repeats, at, end);
        if (options.open.isAny) options.open.passed(lines);
      }
      const newline = charset.find(bytes, at, offset);
      if (newline === -1) return at;
      const { line, taken } = emit(bytes.subarray(at, newline), newline + charset.unit - at, charset.unit, at);
      const to = newline + charset.unit;
      if (search && taken) {
        search.learn(at, line.text, taken.reading);
        if (taken.isNothing && saysNothing(line.text, taken.reading)) search.learnNothing(at, to, bytes.subarray(at, newline));
      }
      at = to;
    }
  }

  function keepHalf(bytes: Buffer): void {
    const room = options.maxLineBytes + PREVIOUS_BYTES - half.reduce((sum, part) => sum + part.length, 0);
    if (room > 0 && bytes.length > 0) half.push(Buffer.from(bytes.subarray(0, room)));
    halfLength += bytes.length;
  }

  /** @returns where the line that was begun before ends in `bytes`, or -1 while it goes on. */
  function finishHalf(bytes: Buffer): number {
    const newline = charset.find(bytes, 0, offset + halfLength);
    if (newline === -1) {
      keepHalf(bytes);
      return -1;
    }
    keepHalf(bytes.subarray(0, newline));
    const [parts, length] = [half, halfLength];
    half = [];
    halfLength = 0;
    const line = Buffer.concat(parts);
    block = NOTHING;
    emit(line, length + charset.unit, charset.unit, 0);
    if (charset.unit === 1) tail.add(line.length === length ? Buffer.concat([line, END]) : undefined);
    return newline + charset.unit;
  }

  /** Holds back the first byte of a two-byte unit whose second has not come yet. */
  function wholeUnits(bytes: Buffer): Buffer {
    const all = odd === undefined ? bytes : Buffer.concat([odd, bytes]);
    const end = all.length - ((offset + halfLength + all.length) % 2);
    odd = end < all.length ? Buffer.from(all.subarray(end)) : undefined;
    return all.subarray(0, end);
  }

  return {
    push(chunk) {
      let bytes = chunk;
      if (fresh) {
        // A byte order mark may come in pieces: wait for three bytes.
        keepHalf(bytes);
        if (halfLength < 3) return;
        bytes = Buffer.concat(half.length === 1 && halfLength === chunk.length ? [chunk] : [...half.slice(0, -1), chunk]);
        half = [];
        halfLength = 0;
        fresh = false;
        charset = sniff(bytes, charset);
      }
      if (charset.unit === 2) bytes = wholeUnits(bytes);
      let at = 0;
      if (halfLength > 0) {
        at = finishHalf(bytes);
        if (at === -1) return;
      }
      const rest = at === 0 ? bytes : bytes.subarray(at);
      const read = whole(rest);
      keepHalf(rest.subarray(read));
      const last = lineBefore();
      if (last) previous = Buffer.from(last);
      block = NOTHING;
      if (charset.unit === 1) tail.add(rest.subarray(0, read));
    },
    end() {
      fresh = false;
      if (odd) keepHalf(odd);
      odd = undefined;
      if (halfLength === 0) return;
      const [parts, length] = [half, halfLength];
      half = [];
      halfLength = 0;
      emit(Buffer.concat(parts), length, 0, 0);
    },
    get hasHalf() {
      return halfLength > 0;
    },
    // Too short to tell its encoding, it waits.
    half: () => (halfLength > 0 && !fresh ? lineOf(keptOf(Buffer.concat(half)), halfLength, 0, charset.partOf, 0) : undefined),
    position: () => ({ offset, lines }),
  };
}

/** Without a level that would tell it, and not because of what stands above it, as of a frame, or of a number in an object. */
const saysNothing = (text: string, reading: Reading): boolean =>
  reading.level === undefined && /^[^\s{]/.test(text) && !text.includes('{"') && frameIn(reading) === undefined;

/** Several rules ask for the lines above one line, each for some of them: they are decoded for the first. */
function once(above: (count: number) => readonly Line[]): (count: number) => readonly Line[] {
  let known: readonly Line[] = [];
  let asked = 0;
  return (count) => {
    // Where fewer came than were asked for, there are no more.
    if (count > asked && known.length === asked) [known, asked] = [above(count), count];
    return known.slice(0, count);
  };
}

const withoutReturn = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text);

/** @returns where the line begins that `at` lies in; a newline belongs to the line it ends */
function lineStart(bytes: Buffer, at: number): number {
  let start = at;
  while (start > 0 && bytes[start - 1] !== NEWLINE) start--;
  return start;
}
