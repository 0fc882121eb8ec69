// Finds three-byte strings in blocks of bytes, with vector instructions, masks the digits of lines and counts blocks of
// lines by their shape: `byte-search.wat` has the loops, this file its memory. WebAssembly is a pure computation here: no
// import but memory, and made and called synchronously.
import { MODULE } from './byte-search-module.ts';
import { tablesOf } from './byte-tables.ts';
import { createShapeSlots, type ShapeSlots } from './shape-slots.ts';

export interface ByteSearch {
  /** The bytes that the other functions speak of, at most `MAX_BLOCK`. */
  load(bytes: Buffer): void;
  /** @returns the first place at or behind `from` where one of the strings begins, or -1 */
  next(from: number): number;
  /** @returns how many newlines are in `[from, to)` */
  newlines(from: number, to: number): number;
  /**
   * Passes over the lines from `at` to `end` in which none of the strings is, and those that `slots` knows the shape of.
   * What it came to is in `reached`, `passed` and `counted` until the next call.
   * @param at start of a line
   * @param from where to look for strings; at most one byte before `at`
   * @param counts false: no shape is looked up
   * @returns the place of a string in the line at `reached`, `DONE` at `end`, `FULL` when it is to be called again
   */
  run(at: number, from: number, end: number, counts: boolean): number;
  /** Where the line begins at which `run` stopped. */
  readonly reached: number;
  /** Newlines before it. */
  readonly passed: number;
  /** What was counted on the way: for each block its number in `slots`, its place, and the lines before it. */
  counted(): Int32Array;
  readonly slots: ShapeSlots;
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

/** What can be loaded at once. */
export const MAX_BLOCK = 2 * 1024 * 1024;

// The places that `byte-search.wat` names.
const PAGE = 65536;
const PAGES = 84;
const BITMAP = PAGE;
const TEXT = BITMAP + (1 << 21);
const KINDS = 256;
const ANSWER = 512;
const MASKED = 4096;
const MASKED_SIZE = 8192;
const COUNTED = MASKED + MASKED_SIZE;
/** Words of a record, and how many records there is room for. */
const RECORD = 3;
const MAX_COUNTED = 4096;

interface Functions {
  find(at: number, end: number): number;
  newlines(at: number, end: number): number;
  mask(from: number, end: number, to: number, limit: number): number;
  run(at: number, from: number, end: number, counts: number): number;
  loaded(): void;
  slot(slots: number, hash: number, start: number, end: number): number;
}

/** What is used here of the engine's WebAssembly, which the types of Node leave out. */
interface Engine {
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Buffer) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Functions };
}

const { WebAssembly: engine } = globalThis as unknown as { readonly WebAssembly: Engine };

/** @param triples the strings, each as a number: the first byte lowest */
export function createByteSearch(triples: readonly number[]): ByteSearch {
  const memory = new engine.Memory({ initial: PAGES });
  const wasm = new engine.Instance(new engine.Module(Buffer.from(MODULE, 'base64')), { core: { memory } }).exports;
  const room = Buffer.from(memory.buffer, TEXT, MAX_BLOCK);
  const bitmap = new Uint8Array(memory.buffer, BITMAP, 1 << 21);
  for (const triple of triples) bitmap[triple >> 3]! |= 1 << (triple & 7);
  new Uint8Array(memory.buffer).set(tablesOf(triples));
  new Uint8Array(memory.buffer, KINDS, 128).set(Array.from({ length: 128 }, (_, byte) => kindOf(byte)));
  const answer = new Int32Array(memory.buffer, ANSWER, 5);
  const masked = new Int32Array(memory.buffer, MASKED, MASKED_SIZE / 4);
  const records = new Int32Array(memory.buffer, COUNTED, RECORD * MAX_COUNTED);

  let length = 0;
  const inBlock = (place: number): number => (place < 0 ? place : place - TEXT);
  return {
    load(bytes) {
      if (bytes.length > MAX_BLOCK) throw new RangeError(`${bytes.length} bytes are more than can be searched at once`);
      length = bytes.copy(room);
      wasm.loaded();
    },
    next: (from) => inBlock(wasm.find(TEXT + from, TEXT + length)),
    newlines: (from, to) => wasm.newlines(TEXT + from, TEXT + to),
    run: (at, from, end, counts) => inBlock(wasm.run(TEXT + at, TEXT + from, TEXT + end, counts ? 1 : 0)),
    get reached() {
      return answer[2]! - TEXT;
    },
    get passed() {
      return answer[3]!;
    },
    counted() {
      const found = records.slice(0, RECORD * answer[4]!);
      for (let at = 1; at < found.length; at += RECORD) found[at]! -= TEXT;
      return found;
    },
    slots: createShapeSlots(memory.buffer, wasm.slot, MASKED),
    mask: (from, until, word) => inBlock(wasm.mask(TEXT + from, TEXT + until, MASKED + word * 4, MASKED + MASKED_SIZE - 4)),
    masked,
    get maskedEnd() {
      return (answer[0]! - MASKED) >> 2;
    },
    get maskedHash() {
      return answer[1]!;
    },
  };
}

/** What masking has to know of a byte, as bits: a decimal digit, a part of a name, a hexadecimal digit. */
function kindOf(byte: number): number {
  const isDigit = byte >= 48 && byte <= 57;
  const letter = byte | 32;
  const isName = (letter >= 97 && letter <= 122 && byte >= 65) || byte === 95 || byte === 36;
  return (isDigit ? 1 : 0) + (isName ? 8 : 0) + (isDigit || (byte >= 97 && byte <= 102) ? 32 : 0);
}
