// The search of the hot path, in WebAssembly: passes over the lines that say nothing and the blocks whose shape is known, and
// stops at what is to be read in full. `wasm/` has the loops, this file their memory; `../search-twin.ts` says the same in
// plain TypeScript. WebAssembly is a pure computation here: no import but memory, and made and called synchronously.
import { CONTINUATIONS, HANDED_ON } from '../../formats/plain.ts';
import { MODULE } from './byte-search-module.ts';
import { tablesOf } from './byte-tables.ts';
import { createHeadStates, type HeadStates } from './head-states.ts';
import { CHECKS, type Needle } from './prefilter-strings.ts';
import { createRecordRows, type RecordRows } from './record-rows.ts';
import { createShapeSlots, type ShapeMade, type ShapeSlots } from './shape-slots.ts';

export interface ByteSearch {
  /**
   * The bytes that the other functions speak of, at most `MAX_BLOCK`.
   * @param lineLimit longer lines are cut where they are read in full
   * @param isUtf8 bytes that are not ASCII are UTF-8 or damaged
   */
  load(bytes: Buffer, lineLimit?: number, isUtf8?: boolean): void;
  /** @returns the first place at or behind `from` where three bytes of a needle stand that stands whole, or -1 */
  next(from: number): number;
  /** @returns how many newlines are in `[from, to)` */
  newlines(from: number, to: number): number;
  /**
   * Passes over the lines from `at` to `end` that are known to say nothing, those without a needle, and those that `slots`
   * knows the shape of. What it came to is in `reached`, `passed` and `counted` until the next call.
   * @param at start of a line
   * @param counts false: no shape is looked up
   * @returns 0 when the line at `reached` is to be read in full, `DONE` at `end`, `FULL` when it is to be called again,
   * `SAMPLE` when the line at `reached` may be learnt from before
   */
  run(at: number, end: number, counts: boolean): number;
  /**
   * Which events are open: `run` stops, with -4, at lines that hold all of the texts of one of them.
   * @returns false where that are more than there is room for
   */
  setOpen(texts: readonly (readonly string[])[]): boolean;
  /** @returns the start of the line behind the one at `at` where that is known to say nothing, else 0 */
  quiet(at: number): number;
  /** Where the line begins at which `run` stopped. */
  readonly reached: number;
  /** Newlines before it. */
  readonly passed: number;
  /** Newlines before the end of the last block that was counted. */
  readonly passedCounted: number;
  /** How much is to be searched from here on before there is a sample. */
  sampleBehind(bytes: number): void;
  /** What was counted on the way: for each block its number in `slots`, its place, and the lines before it. */
  counted(): Int32Array;
  readonly slots: ShapeSlots;
  /** The heads of lines that say nothing, whatever stands behind them. */
  readonly heads: HeadStates;
  /** What is known of JSON records. */
  readonly records: RecordRows;
  /** @returns whether something is known of the line at `at` by its beginning, or by its record */
  isKnown(at: number): boolean;
  /**
   * @param isClocked a head with a clock stands on each line of the event above it
   * @returns the number of the stream of which the line at `at` begins a record, as `heads` and `records` were told, or 0
   */
  streamOf(at: number, isClocked: boolean): number;
  /**
   * @param isNamed the stream has a name, so that records of others that say nothing may stand between
   * @returns whether the event of that stream whose lines end at `at` is over there: a record of its stream follows
   */
  isEnded(at: number, end: number, stream: number, isClocked: boolean, isNamed: boolean): boolean;
  /**
   * Makes the shape of the lines from `at` to `to`, which `slots` speaks of.
   * @param kind an event; one whose first line counts by its head alone; a line that came to nothing
   * @returns `undefined` where they have none
   */
  shape(at: number, to: number, kind: ShapeKind): { readonly hash: number } | undefined;
  /**
   * @param at where the event begins that has been open alone since
   * @returns where it ended, if it is a block that `slots` knows and the line at `next` shows that it is over
   */
  overAt(at: number, next: number, end: number): number | undefined;
  /** Adds the line above the one at `at` to the shape made last. @returns `undefined` where that is not known */
  shapeBelow(at: number): { readonly hash: number } | undefined;
  /** No line above this place counts for one below it that is not directly below. */
  neutralTo(at: number): void;
}

export type ShapeKind = 'event' | 'head' | 'nothing';

export const DONE = -1;
export const FULL = -2;
export const SAMPLE = -3;

/** What can be loaded at once. */
export const MAX_BLOCK = 2 * 1024 * 1024;

// The places that `wasm/memory.ts` names.
const PAGES = 140;
const ANSWER = 512;
const OUTRANKING = 2560;
const CONTINUATION_WORDS = 2576;
const OPEN = 2640;
const OPEN_END = 4096;
const MASKED = 4096;
const MASKED_SIZE = 8192;
const COUNTED = MASKED + MASKED_SIZE;
const TRIPLES = 0x11_1000;
const TRIPLE_SLOTS = 1 << 13;
const NEEDLES = TRIPLES + 0x1_0000;
const NEEDLES_SIZE = 0x4_0000;
const TEXT = 2_162_688;
/** Newlines before and behind the text: what is looked at there is the start or the end of a line. */
const MARGIN = 64;
const NEWLINE = 10;
/** Words of a record, and how many records there is room for. */
const RECORD = 3;
const MAX_COUNTED = 4096;

interface Functions {
  shapeOf(at: number, to: number, isNothing: number, isHead: number): number;
  isKnown(at: number): number;
  streamOf(at: number, isClocked: number): number;
  isEnded(at: number, end: number, stream: number, isClocked: number, isNamed: number): number;
  find(at: number, end: number): number;
  newlines(at: number, end: number): number;
  run(at: number, end: number, counts: number): number;
  quietLine(at: number): number;
  loaded(limit: number, isUtf8: number): void;
  sampleBehind(bytes: number): void;
  shapeOfBelow(at: number): number;
  neutralTo(at: number): void;
  overAt(at: number, next: number, end: number): number;
  forget(): void;
  slot(slots: number, hash: number, start: number, end: number): number;
  signatureLength(): number;
  signatureHash(): number;
}

/** What is used here of the engine's WebAssembly, which the types of Node leave out. */
interface Engine {
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Buffer) => object;
  readonly Instance: new <T>(module: object, imports: object) => { readonly exports: T };
}

const { WebAssembly: engine } = globalThis as unknown as { readonly WebAssembly: Engine };

function instance<T>(base64: string, imports: object): T {
  return new engine.Instance<T>(new engine.Module(Buffer.from(base64, 'base64')), imports).exports;
}

/** @param entries which needles are looked for where three bytes stand; the first byte is the lowest of the number */
export function createByteSearch(entries: ReadonlyMap<number, readonly Entry[]>): ByteSearch {
  const memory = new engine.Memory({ initial: PAGES });
  const wasm = instance<Functions>(MODULE, { env: { memory } });
  const bytes = Buffer.from(memory.buffer);
  const room = bytes.subarray(TEXT, TEXT + MAX_BLOCK);
  bytes.fill(NEWLINE, TEXT - MARGIN, TEXT);
  bytes.set(tablesOf([...entries.keys()]));
  bytes.write(HANDED_ON, OUTRANKING, 16, 'latin1');
  for (const [index, word] of CONTINUATIONS.entries()) bytes.write(word.slice(-4), CONTINUATION_WORDS + index * 4, 'latin1');
  writeNeedles(bytes, entries);
  const answer = new Int32Array(memory.buffer, ANSWER, 6);
  const counts = new Int32Array(memory.buffer, COUNTED, RECORD * MAX_COUNTED);

  let length = 0;
  let open: readonly (readonly string[])[] = [];
  let made: ShapeMade = { end: MASKED, hash: 0, opener: 0 };
  const inBlock = (place: number): number => (place < 0 ? place : place - TEXT);
  return {
    load(block, lineLimit = 0x7fff_ffff, isUtf8 = true) {
      if (block.length > MAX_BLOCK) throw new RangeError(`${block.length} bytes are more than can be searched at once`);
      length = block.copy(room);
      bytes.fill(NEWLINE, TEXT + length, TEXT + length + MARGIN);
      wasm.loaded(lineLimit, isUtf8 ? 1 : 0);
    },
    next: (from) => inBlock(wasm.find(TEXT + from, TEXT + length)),
    newlines: (from, to) => wasm.newlines(TEXT + from, TEXT + to),
    run: (at, end, isCounting) => wasm.run(TEXT + at, TEXT + end, isCounting ? 1 : 0),
    quiet: (at) => Math.max(0, wasm.quietLine(TEXT + at) - TEXT),
    get reached() {
      return answer[2]! - TEXT;
    },
    get passed() {
      return answer[3]!;
    },
    get passedCounted() {
      return answer[5]!;
    },
    counted() {
      const found = counts.slice(0, RECORD * answer[4]!);
      for (let at = 1; at < found.length; at += RECORD) found[at]! -= TEXT;
      return found;
    },
    setOpen(texts) {
      if (texts.length === open.length && texts.every((list, at) => list === open[at])) return true;
      const rows = texts.map((list) => Buffer.concat([Buffer.from([list.length]), ...list.map(withLength)]));
      const all = Buffer.concat([Buffer.from([texts.length]), ...rows]);
      if (all.length > OPEN_END - OPEN || texts.length > MAX_OPEN) return false;
      bytes.set(all, OPEN);
      open = texts;
      return true;
    },
    sampleBehind: wasm.sampleBehind,
    slots: createShapeSlots(memory.buffer, wasm.slot, () => made),
    isKnown: (at) => wasm.isKnown(TEXT + at) !== 0,
    streamOf: (at, isClocked) => wasm.streamOf(TEXT + at, Number(isClocked)),
    isEnded: (at, end, stream, isClocked, isNamed) => wasm.isEnded(TEXT + at, TEXT + end, stream, Number(isClocked), Number(isNamed)) !== 0,
    shape(at, to, kind) {
      const end = wasm.shapeOf(TEXT + at, TEXT + to, kind === 'nothing' ? 1 : 0, kind === 'head' ? 1 : 0);
      made = { end, hash: answer[0]!, opener: answer[1]! };
      return end === 0 ? undefined : made;
    },
    shapeBelow(at) {
      const end = wasm.shapeOfBelow(TEXT + at);
      made = { end, hash: answer[0]!, opener: made.opener };
      return end === 0 ? undefined : made;
    },
    overAt(at, next, end) {
      const over = wasm.overAt(TEXT + at, TEXT + next, TEXT + end);
      return over === 0 ? undefined : over - TEXT;
    },
    neutralTo: (at) => wasm.neutralTo(TEXT + at),
    heads: createHeadStates(memory.buffer, wasm.forget),
    records: createRecordRows(memory.buffer, wasm),
  };
}

const MAX_OPEN = 16;

const withLength = (text: string): Buffer => Buffer.from([Buffer.byteLength(text), ...Buffer.from(text)]);

/** A needle and where the three bytes begin in it that are searched: always at the same place. */
export interface Entry {
  readonly start: number;
  readonly needle: Needle;
}

/** Rows of needles, lists of them by their three bytes, and slots that find a list. */
function writeNeedles(bytes: Buffer, entries: ReadonlyMap<number, readonly Entry[]>): void {
  const rows = new Map<string, number>();
  let used = 4;
  const claim = (size: number): number => {
    const place = used;
    used = (used + size + 3) & ~3;
    if (used > NEEDLES_SIZE) throw new RangeError('more needles than there is room for');
    return place;
  };
  // A needle is listed for each case its letters may have.
  const known = new Map<Needle, number>();
  const rowOf = (entry: Entry): number => {
    const place = known.get(entry.needle) ?? newRowOf(entry);
    known.set(entry.needle, place);
    return place;
  };
  const newRowOf = ({ start, needle }: Entry): number => {
    const text = Buffer.from(needle.text, 'latin1');
    const row = Buffer.from([text.length, (needle.anyCase ? 1 : 0) + (needle.opens ? 2 : 0), CHECKS.indexOf(needle.check), start, ...text]);
    const key = row.toString('latin1');
    const same = rows.get(key);
    if (same !== undefined) return same;
    const place = claim(row.length);
    row.copy(bytes, NEEDLES + place);
    rows.set(key, place);
    return place;
  };
  const slots = new Int32Array(bytes.buffer, TRIPLES, TRIPLE_SLOTS * 2);
  for (const [triple, list] of entries) {
    const places = [...new Set(list.map(rowOf))];
    const at = claim(2 + places.length * 2);
    bytes.writeUInt16LE(places.length, NEEDLES + at);
    for (const [index, place] of places.entries()) bytes.writeUInt16LE(place >> 2, NEEDLES + at + 2 + index * 2);
    let slot = Math.imul(triple, 0x9e37_79b1) >>> 19;
    while (slots[slot * 2] !== 0) slot = (slot + 1) % TRIPLE_SLOTS;
    slots.set([triple + 1, at], slot * 2);
  }
}
