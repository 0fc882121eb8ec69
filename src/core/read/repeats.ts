// Repeats of a known error without its event: a block of lines whose shape was an event of its own before is that event again
// where it is over for the same reason; it is counted and not decoded, read, grouped or shown. It is over
// - where it is a JSON record, or a record with a time and a level of its own, and a line that begins a record follows;
// - where nothing else was open, and such lines follow as ended it before: the same lines always give the same events. What the
//   lines above it had to do with it must be the same, too (`Relies`).
//
// The search makes the shape (`search/wasm/mask.ts`): what it replaces by one sign is what every reader and the fingerprint
// treat alike. Which blocks may have one is decided here; what does not fit is read in full.
import { defined } from '../defined.ts';
import { tellsNothingBelow } from '../detect/begin.ts';
import type { Assembled } from '../detect/open-event.ts';
import { readLine } from '../formats/dialects.ts';
import { clean, type Reading } from '../formats/line-reading.ts';
import { fingerprint } from '../group/fingerprint.ts';
import type { ErrorEvent } from '../model.ts';
import { byOrigin, type OriginGroup } from './repeat-origins.ts';
import type { CandidateSearch } from './search/prefilter.ts';
import { type Block, count, type Group, type Shapes } from './shape-memory.ts';

/** Occurrences of a known error within one push, in file order; all of one fingerprint, level and origin stand together. */
export interface Repeats {
  readonly fingerprint: string;
  /** An earlier occurrence, maybe of another log: a sample, which has their fingerprint and level. */
  readonly event: ErrorEvent;
  /** Where each begins in its stream, and the number of its first line. */
  readonly offsets: readonly number[];
  readonly lines: readonly number[];
  /** Written in the first and in the last of them. */
  readonly firstTime?: string;
  readonly lastTime?: string;
}

export interface RepeatCounter {
  /** Tells which bytes are being read; `end` is behind the last whole line, `offset` that of the first byte. */
  begin(bytes: Buffer, end: number, offset: number): void;
  /**
   * Takes over what the search has counted in its last run.
   * @param line number of the line where that began
   * @returns number of the last line that was counted, 0 where none was
   */
  note(line: number): number;
  /** Takes note of an event that was read in full. */
  learn(assembled: Assembled, event: ErrorEvent): void;
  /**
   * @param offset where the event began, in its stream, that is open and has been alone since
   * @returns where it ended, if it is a known one and the line at `at` shows that it is over
   */
  overAt(offset: number, at: number): number | undefined;
  /** What was taken since `begin`; the window is over. */
  drain(): readonly Repeats[];
}

const MAX_BYTES = 8192;
/** A longer message is cut by the fingerprint, a head with its level later in the line is read by how far that is. */
const MAX_MESSAGE = 1000;
const MAX_HEAD = 180;
/** A shape is remembered when it has come this often: a log of different errors must not fill the memory. */
const KNOWN_AT = 2;
const BRACE = 123;
/** So many lines may stand below it until it shows that it was over. */
const MAX_FOLLOWERS = 15;
/** Lines above an event that may have to do with it. */
const ABOVE = 4;

/** @param search the one that is given the bytes which `begin` tells of */
export function createRepeatCounter(shapes: Shapes, search: CandidateSearch): RepeatCounter {
  let window: Buffer | undefined;
  let end = 0;
  let base = 0;
  /** Of one fingerprint and level, with or without an origin, however many shapes it has: what is counted comes in file order. */
  const groups = new Map<string, Group>();

  /** The first repeat of a block in this push. */
  function open(block: Block, at: number): Group {
    const key = `${block.fingerprint} ${block.event.level}${block.event.origin === undefined ? '' : ' with its origin'}`;
    const group = groups.get(key) ?? { block, offsets: [], lines: [], first: at, last: at };
    groups.set(key, group);
    [block.group, block.push] = [group, shapes.push];
    return group;
  }

  function add(block: Block, at: number, line: number): void {
    const group = block.push === shapes.push && block.group ? block.group : open(block, at);
    group.offsets.push(base + at);
    group.lines.push(line);
    group.last = at;
  }

  /** @returns whether it is over where a record begins */
  function learnRecord(assembled: Assembled, event: ErrorEvent, at: number, last: number): boolean {
    const isWhole = assembled.reading.whole && window![at] === BRACE;
    const to = isWhole ? last : behindBlanks(window!, last, end);
    const stream = search.numberOf(assembled.reading.stream);
    const [isClocked, isNamed] = [assembled.isClocked, assembled.reading.stream !== ''];
    if (stream === undefined || !(isWhole || search.isEnded(to, end, stream, isClocked, isNamed))) return false;
    const made = (isToldByFrames(assembled, event) ? search.shape(at, to, 'head') : undefined) ?? search.shape(at, to, 'event');
    if (made === undefined || !isNew(made.hash) || !holdsNumbers(search.slots.shown, assembled.reading.stream)) return true;
    search.slots.addBlock(blockOf(event), stream, { whole: isWhole, clocked: isClocked, named: isNamed });
    return true;
  }

  /** The lines below it that have shown that it was over are the last ones of its shape. */
  function learnFollowed({ first, reading, relies, endedAt, isCounted }: Assembled, event: ErrorEvent, at: number, last: number): void {
    if (relies === undefined || endedAt === undefined || reading.whole || isCounted) return;
    const behind = lineEnd(window!, endedAt - base) + 1;
    const followers = search.newlines(last, behind);
    if (behind > end || behind - at > MAX_BYTES || followers > MAX_FOLLOWERS) return;
    if (relies.onClocks) {
      const own = window!.toString('utf8', at, last).split(/\r?\n/);
      if (!own.every(tellsNothingBelow)) return;
      // The event stood among such lines, so nothing above the next one counts for it.
      if ((first.above?.(ABOVE) ?? []).every(({ text }) => tellsNothingBelow(text))) search.neutralTo(last);
    }
    let made = search.shape(at, behind, 'event');
    const { shown } = search.slots;
    if (made === undefined || !showsStream(shown, followers, reading.stream)) return;
    if (relies.onPrevious) {
      if (isNew(made.hash)) search.slots.addFollowed(undefined, followers, relies);
      if (!search.slots.hasBlock) return;
      made = search.shapeBelow(at);
    }
    if (made !== undefined && isNew(made.hash)) search.slots.addFollowed(blockOf(event), followers, relies);
  }

  /** The shape made last has come often enough, and is none of a block yet. */
  const isNew = (hash: number): boolean => count(shapes, hash) >= KNOWN_AT && !search.slots.hasBlock;

  return {
    begin(bytes, until, offset) {
      [window, end, base] = [bytes, until, offset];
      shapes.push++;
      search.slots.own(shapes);
    },
    note(line) {
      const found = search.counted();
      for (let at = 0; at < found.length; at += 3) add(search.slots.blocks[found[at]!]!, found[at + 1]!, line + found[at + 2]!);
      return found.length === 0 ? 0 : line + search.passedCounted - 1;
    },
    overAt: (offset, at) => (window === undefined || offset < base ? undefined : search.overAt(offset - base, at, end)),
    learn(assembled, event) {
      const at = event.offset - base;
      const last = event.endOffset - base;
      if (!window || at < 0 || last > end || last - at > MAX_BYTES || !hasShape(assembled, event)) return;
      if (!isRecord(assembled) || !learnRecord(assembled, event, at, last)) learnFollowed(assembled, event, at, last);
    },
    drain() {
      const parts = [...groups.values()].flatMap((group) => byOrigin(group, window!, base));
      const repeats = parts.map((group) => toRepeats(group, window!));
      groups.clear();
      window = undefined;
      return repeats;
    },
  };
}

const blockOf = (event: ErrorEvent): Block => ({ event, fingerprint: fingerprint(event).id, group: undefined, push: 0 });

/** With a level of its own, or JSON, so that only another one ends it. */
const isRecord = ({ reading }: Assembled): boolean => reading.whole || (reading.level !== undefined && reading.timed && !reading.wrapped);

/** Its lines stand together, and its message stands behind its head. */
function hasShape({ first, last, lines, reading, omitted, isCounted }: Assembled, { message, cause = '', frames }: ErrorEvent): boolean {
  // Lines of other streams between its own, pieces of one line, or a counter on each.
  if (omitted > 0 || isCounted || last.line - first.line + 1 !== lines.length) return false;
  // Without a message the whole text is grouped by, with its head.
  if (message === null ? !frames.some((frame) => frame.inApp) : message.length + cause.length > MAX_MESSAGE) return false;
  return headLength(first.text, reading) <= MAX_HEAD;
}

/** Whatever its first line says behind its head: type and frames stand below it. */
const isToldByFrames = ({ lines: [, ...below], reading }: Assembled, { type, frames }: ErrorEvent): boolean =>
  type !== null && !reading.whole && frames.some((frame) => frame.inApp) && below.some((line) => line.includes(type));

const headLength = (line: string, reading: Reading): number => line.length - reading.text.length + reading.body;

/** A shape must tell its stream: the parts of the name that have a number in them are not replaced. */
const holdsNumbers = (shown: string, stream: string): boolean => numbersOf(stream).every((part) => holdsWord(shown, part));

/**
 * Of an event with the lines that show that it was over: each of them must. They are of the same stream, and where its numbers are
 * replaced, those of another one would look the same.
 */
function showsStream(shown: string, followers: number, stream: string): boolean {
  const parts = numbersOf(stream);
  if (parts.length === 0) return true;
  const lines = shown.split('\n').filter((line) => !/^[\0\r]*$/.test(line));
  return lines.length > 0 && lines.slice(-1 - followers).every((line) => parts.every((part) => holdsWord(line, part)));
}

const numbersOf = (stream: string): readonly string[] => stream.match(/\w*\d\w*/g) ?? [];

/** Does the word stand alone somewhere? Where it is a part of a longer one, none that overlaps it stands alone. */
function holdsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length))
    if (!/\w/.test(text.charAt(at - 1)) && !/\w/.test(text.charAt(at + word.length))) return true;
  return false;
}

/** Empty lines behind an event are a part of its shape. */
function behindBlanks(bytes: Buffer, at: number, end: number): number {
  let to = at;
  while (to < end && (bytes[to] === 10 || (bytes[to] === 13 && bytes[to + 1] === 10))) to += bytes[to] === 10 ? 1 : 2;
  return to;
}

function lineEnd(bytes: Buffer, from: number): number {
  const newline = bytes.indexOf(10, from);
  return newline === -1 ? bytes.length : newline;
}

const withoutReturn = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text);

function toRepeats({ block, origin, offsets, lines, first, last }: OriginGroup, window: Buffer): Repeats {
  const [firstTime, lastTime] = [first, last].map((at) =>
    readLine(clean(withoutReturn(window.toString('utf8', at, lineEnd(window, at))))).time?.(),
  );
  const event = origin === undefined ? block.event : { ...block.event, origin };
  return { fingerprint: block.fingerprint, event, offsets, lines, ...defined({ firstTime, lastTime }) };
}
