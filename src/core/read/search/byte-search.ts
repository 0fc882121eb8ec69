// The search of the hot path, in WebAssembly: passes over the lines that say nothing and the blocks whose shape is known, and
// stops at what is to be read in full. `wasm/` has the loops, this file their memory; `../search-twin.ts` says the same in
// plain TypeScript. WebAssembly is a pure computation here: no import but memory, and made and called synchronously.
import { HANDED_ON } from '../../formats/plain.ts';
import { RUN, SHAPE } from './byte-search-module.ts';
import { tablesOf } from './byte-tables.ts';
import { createHeadStates, type HeadStates } from './head-states.ts';
import { CHECKS, type Needle } from './prefilter-strings.ts';
import { createRecordRows, type RecordRows } from './record-rows.ts';
import { createShapeSlots, type ShapeSlots } from './shape-slots.ts';

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
  /** @returns the start of the line behind the one at `at` where that is known to say nothing, else 0 */
  quiet(at: number): number;
  /** Where the line begins at which `run` stopped. */
  readonly reached: number;
  /** Newlines before it. */
  readonly passed: number;
  /** How much is to be searched from here on before there is a sample. */
  sampleBehind(bytes: number): void;
  /** What was counted on the way: for each block its number in `slots`, its place, and the lines before it. */
  counted(): Int32Array;
  readonly slots: ShapeSlots;
  /** The heads of lines that say nothing, whatever stands behind them. */
  readonly heads: HeadStates;
  /** What is known of JSON records. */
  readonly records: RecordRows;
  /**
   * Masks the line at `from` and writes it to `masked`, filled up with zeros to a word.
   * @param word where it begins there
   * @returns the start of the line behind it, or -1 where its newline is not before `until`, it is no UTF-8 or does not fit
   */
  mask(from: number, until: number, word: number): number;
  readonly masked: Int32Array;
  /** The word behind the line masked last, and a hash of that line; never negative. */
  readonly maskedEnd: number;
  readonly maskedHash: number;
}

/** Stand for a decimal digit and for a digit of a hexadecimal number: bytes that no UTF-8 text holds. */
export const DIGIT = 0xff;
export const HEX = 0xfe;

export const DONE = -1;
export const FULL = -2;
export const SAMPLE = -3;

/** What can be loaded at once. */
export const MAX_BLOCK = 2 * 1024 * 1024;

// The places that `wasm/memory.ts` names.
const PAGES = 84;
const KINDS = 256;
const ANSWER = 512;
const OUTRANKING = 2560;
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
  find(at: number, end: number): number;
  newlines(at: number, end: number): number;
  run(at: number, end: number, counts: number): number;
  quietLine(at: number): number;
  loaded(limit: number, isUtf8: number): void;
  sampleBehind(bytes: number): void;
  slot(slots: number, hash: number, start: number, end: number): number;
  signatureLength(): number;
  signatureHash(): number;
}

interface ShapeFunctions {
  mask(from: number, end: number, to: number, limit: number): number;
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
  const shape = instance<ShapeFunctions>(SHAPE, { core: { memory } });
  const wasm = instance<Functions>(RUN, { env: { memory }, run: shape });
  const bytes = Buffer.from(memory.buffer);
  const room = bytes.subarray(TEXT, TEXT + MAX_BLOCK);
  bytes.fill(NEWLINE, TEXT - MARGIN, TEXT);
  bytes.set(tablesOf([...entries.keys()]));
  bytes.set(
    Array.from({ length: 128 }, (_, byte) => kindOf(byte)),
    KINDS,
  );
  bytes.write(HANDED_ON, OUTRANKING, 16, 'latin1');
  writeNeedles(bytes, entries);
  const answer = new Int32Array(memory.buffer, ANSWER, 5);
  const masked = new Int32Array(memory.buffer, MASKED, MASKED_SIZE / 4);
  const counts = new Int32Array(memory.buffer, COUNTED, RECORD * MAX_COUNTED);

  let length = 0;
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
    counted() {
      const found = counts.slice(0, RECORD * answer[4]!);
      for (let at = 1; at < found.length; at += RECORD) found[at]! -= TEXT;
      return found;
    },
    sampleBehind: wasm.sampleBehind,
    slots: createShapeSlots(memory.buffer, wasm.slot, MASKED),
    heads: createHeadStates(memory.buffer),
    records: createRecordRows(memory.buffer, wasm),
    mask: (from, until, word) => inBlock(shape.mask(TEXT + from, TEXT + until, MASKED + word * 4, MASKED + MASKED_SIZE - 4)),
    masked,
    get maskedEnd() {
      return (answer[0]! - MASKED) >> 2;
    },
    get maskedHash() {
      return answer[1]!;
    },
  };
}

/** A needle and where the three bytes begin in it that are searched. */
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
  const rowOf = ({ start, needle }: Entry): number => {
    const text = Buffer.from(needle.text, 'latin1');
    const row = Buffer.from([text.length, needle.anyCase ? 1 : 0, CHECKS.indexOf(needle.check), start, ...text]);
    const key = row.toString('latin1');
    const known = rows.get(key);
    if (known !== undefined) return known;
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

/** What masking has to know of a byte, as bits: a decimal digit, a part of a name, a hexadecimal digit. */
function kindOf(byte: number): number {
  const isDigit = byte >= 48 && byte <= 57;
  const letter = byte | 32;
  const isName = (letter >= 97 && letter <= 122 && byte >= 65) || byte === 95 || byte === 36;
  return (isDigit ? 1 : 0) + (isName ? 8 : 0) + (isDigit || (byte >= 97 && byte <= 102) ? 32 : 0);
}
