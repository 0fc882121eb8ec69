// Repeats of a known error without its event: a block of lines whose shape was an event of its own before, followed by
// a line that begins a record, is that event again; it is counted and not decoded, read, grouped or shown.
//
// That is so only while nothing in the block depends on the values of its masked digits. Nobody has to know every rule
// for that: before a shape is trusted, the assembler and the fingerprint are tried on it with other digits
// (`digit-invariance.ts`), and a shape whose events differ is never taken. Bounded: what does not fit is read in full.
import type { Assembled } from '../detect/open-event.ts';
import { readLine } from '../formats/dialects.ts';
import { clean } from '../formats/line-reading.ts';
import { fingerprint } from '../group/fingerprint.ts';
import type { ErrorEvent } from '../model.ts';
import { isSteady, isSteadyHead, type MakeAssembler, recordOf, withoutReturn } from './digit-invariance.ts';
import type { CandidateSearch } from './search/prefilter.ts';
import { createShaper, type Shaper } from './shape.ts';
import { addHead, addOpener, type Block, count, type Group, keep, NO_RECORD, numberOf, type Shapes, UNTRIED } from './shape-memory.ts';

/** Occurrences of a known error within one push, in file order. */
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
  /** @returns the end of the block at `at` when it is a repeat (it is counted then), else `at` */
  take(at: number, line: number): number;
  /** Lines of the block taken last. */
  readonly taken: number;
  /** Takes over what the search has counted by itself in its last run. @param line number of the line where that began */
  note(line: number): void;
  /** The line at `at` has a head of its own, so that nothing of this stream above it goes on. */
  begins(at: number, stream: string): boolean;
  /** Takes note of an event that was read in full. */
  learn(assembled: Assembled, event: ErrorEvent): void;
  /** What was taken since `begin`; the window is over. */
  drain(): readonly Repeats[];
}

const MAX_BYTES = 8192;
const MAX_LINES = 120;
/** Heads of more bytes are read each time. */
const MAX_HEAD = 512;
/** A shape is tried out when it has come this often. */
const TRIED_AT = 3;
const BRACE = 123;

/**
 * @param search the one that is given the bytes which `begin` tells of
 * @param assembler makes one with the settings of the log, to try shapes out
 */
export function createRepeatCounter(shapes: Shapes, search: CandidateSearch, assembler: MakeAssembler): RepeatCounter {
  const shaper = createShaper(search);
  let window: Buffer | undefined;
  let end = 0;
  let base = 0;
  let taken = 0;
  /** The start of the line behind the one that `isHead` looked at; -1 where it could not. */
  let behind = -1;
  /** The end of the block found last. */
  let stop = 0;
  let groups: Group[] = [];

  /** Masks the line at `at` behind what is masked already. @returns the stream of which it begins a record, or `NO_RECORD` */
  function headAt(at: number): number {
    const from = shaper.length;
    const next = shaper.line(at, end);
    behind = next;
    if (next === -1) return NO_RECORD;
    const known = shapes.heads.get(shaper.hash);
    if (known && isEqual(known.shape, shaper, from, shaper.length)) {
      search.slots.addLine(shaper.hash, from, shaper.length, known.stream);
      return known.stream;
    }
    const text = window!.toString('utf8', at, next - 1);
    // Another encoding, which is guessed where lines are read in full.
    if (text.includes('\ufffd')) return NO_RECORD;
    const stream = recordOf(text);
    const number = stream === undefined ? NO_RECORD : (numberOf(shapes, stream) ?? NO_RECORD);
    const shape = shaper.words.slice(from, shaper.length);
    if (next - at > MAX_HEAD || !isSteadyHead(shape, text, stream)) return number;
    addHead(shapes, shaper.hash, { shape, stream: number });
    search.slots.addLine(shaper.hash, from, shaper.length, number);
    return number;
  }

  /** The block that begins at `at`, if its shape is known and steady, and sets `taken` and `stop`. */
  function find(at: number): Block | undefined {
    shaper.clear();
    const isObject = window![at] === BRACE;
    let next = shaper.line(at, end);
    if (next === -1 || !shapes.openers.has(shaper.hash)) return undefined;
    const opener = shaper.hash;
    let key = opener;
    let length = shaper.length;
    taken = 1;
    const whole = isObject ? shapes.blocks.get(key) : undefined;
    if (whole?.whole === true) {
      stop = next;
      return known(whole, opener, length);
    }
    let stream = NO_RECORD;
    for (; ; taken++) {
      length = shaper.length;
      stream = headAt(next);
      if (stream !== NO_RECORD) break;
      if (behind === -1 || taken >= MAX_LINES) return undefined;
      next = behind;
      key = fold(key, shaper.hash);
    }
    stop = next;
    const block = shapes.blocks.get(key);
    return block?.whole === false && block.stream === stream ? known(block, opener, length) : undefined;
  }

  /** This block, if it is what is masked, and steady. */
  function known(block: Block, opener: number, length: number): Block | undefined {
    if (block.isSteady !== true || !isEqual(block.shape, shaper, 0, length)) return undefined;
    search.slots.addBlock(block, opener, length);
    return block;
  }

  /** Enters the block between two places, or finds it. */
  function enter(at: number, to: number, whole: boolean, stream: number): Block | undefined {
    shaper.clear();
    let next = shaper.line(at, end);
    const opener = shaper.hash;
    let key = opener;
    while (next !== -1 && next < to) {
      next = shaper.line(next, end);
      key = fold(key, shaper.hash);
    }
    const { length } = shaper;
    if (next !== to || !(whole || headAt(to) === stream)) return undefined;
    const old = shapes.blocks.get(key);
    const isKnown = old?.whole === whole && old.stream === stream && isEqual(old.shape, shaper, 0, length);
    // A log of different errors must not fill the memory with shapes that never come back.
    if (!isKnown && count(shapes, key) < TRIED_AT) return undefined;
    const block = isKnown ? old : { key, shape: shaper.words.slice(0, length), whole, stream, ...UNTRIED };
    keep(shapes, block);
    addOpener(shapes, opener);
    return block;
  }

  /** The first repeat of a block in this push. */
  function open(block: Block, at: number): Group {
    const group = { block, offsets: [], lines: [], first: at, last: at };
    groups.push(group);
    [block.group, block.push] = [group, shapes.push];
    keep(shapes, block);
    return group;
  }

  function add(block: Block, at: number, line: number): void {
    const group = block.push === shapes.push && block.group ? block.group : open(block, at);
    group.offsets.push(base + at);
    group.lines.push(line);
    group.last = at;
  }

  return {
    begin(bytes, until, offset) {
      [window, end, base] = [bytes, until, offset];
      shapes.push++;
      search.slots.own(shapes);
    },
    get taken() {
      return taken;
    },
    begins(at, stream) {
      shaper.clear();
      return headAt(at) === shapes.streams.get(stream);
    },
    take(at, line) {
      const block = find(at);
      if (!block) return at;
      add(block, at, line);
      return stop;
    },
    note(line) {
      const found = search.counted();
      for (let at = 0; at < found.length; at += 3) add(search.slots.blocks[found[at]!]!, found[at + 1]!, line + found[at + 2]!);
    },
    learn({ first, last, lines, reading, omitted, isLed }, event) {
      const at = event.offset - base;
      const bare = reading.level === undefined && !reading.timed;
      // Lines of other streams between its own, or pieces of one line.
      const isScattered = last.line - first.line + 1 !== lines.length;
      const stream = numberOf(shapes, reading.stream);
      if (!window || at < 0 || omitted > 0 || isLed || bare || reading.wrapped || isScattered || stream === undefined) return;
      const to = event.endOffset - base;
      if (to > end || to - at > MAX_BYTES) return;
      const block = enter(at, to, reading.whole && window[at] === BRACE, stream);
      if (!block) return;
      const after = window.toString('utf8', to, lineEnd(window, to));
      block.isSteady ??= isSteady(block, { event, stream: reading.stream, after }, assembler);
      if (block.isSteady !== true) return;
      block.event = event;
      block.fingerprint = fingerprint(event).id;
    },
    drain() {
      const repeats = groups.map((group) => toRepeats(group, window!));
      groups = [];
      window = undefined;
      return repeats;
    },
  };
}

const fold = (key: number, hash: number): number => (Math.imul(key, 31) ^ hash) >>> 1;

function isEqual(shape: Int32Array, { words }: Shaper, from: number, to: number): boolean {
  if (shape.length !== to - from) return false;
  for (let at = 0; at < shape.length; at++) if (shape[at] !== words[from + at]) return false;
  return true;
}

function lineEnd(bytes: Buffer, from: number): number {
  const newline = bytes.indexOf(10, from);
  return newline === -1 ? bytes.length : newline;
}

function toRepeats({ block, offsets, lines, first, last }: Group, window: Buffer): Repeats {
  const [firstTime, lastTime] = [first, last].map(
    (at) => readLine(clean(withoutReturn(window.toString('utf8', at, lineEnd(window, at))))).time,
  );
  const times = { ...(firstTime === undefined ? {} : { firstTime }), ...(lastTime === undefined ? {} : { lastTime }) };
  return { fingerprint: block.fingerprint, event: block.event!, offsets, lines, ...times };
}
