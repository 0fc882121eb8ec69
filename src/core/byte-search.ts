// Finds three-byte strings in blocks of bytes, with vector instructions, and masks the digits of lines:
// `byte-search.wat` has the loops, this file its tables. WebAssembly is a pure computation here: no import but memory, and made and called synchronously.
import { MODULE } from './byte-search-module.ts';

export interface ByteSearch {
  /** The bytes that the other functions speak of; they must stay as they are meanwhile. */
  load(bytes: Buffer): void;
  /** @returns the first place at or behind `from` where one of the strings begins, or -1 */
  next(from: number): number;
  /** @returns how many newlines are in `[from, to)` */
  newlines(from: number, to: number): number;
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

const PAGE = 65536;
const BITMAP = PAGE;
const TEXT = BITMAP + (1 << 21);
/** Longer blocks are searched piece by piece; a reader's are shorter. */
const PIECE = 2 * 1024 * 1024;
const KINDS = 256;
const ANSWER = 512;
const MASKED = 4096;
const MASKED_SIZE = 8192;
const WINDOW = 3;

interface Functions {
  find(at: number, end: number): number;
  newlines(at: number, end: number): number;
  mask(from: number, end: number, to: number, limit: number): number;
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
  const memory = new engine.Memory({ initial: (TEXT + PIECE) / PAGE + 1 });
  const { find, newlines, mask } = new engine.Instance(new engine.Module(Buffer.from(MODULE, 'base64')), { core: { memory } }).exports;
  const room = Buffer.from(memory.buffer, TEXT, PIECE);
  const bitmap = new Uint8Array(memory.buffer, BITMAP, 1 << 21);
  for (const triple of triples) bitmap[triple >> 3]! |= 1 << (triple & 7);
  new Uint8Array(memory.buffer, 0, TABLES).set(halfByteTables(triples));
  new Uint8Array(memory.buffer, KINDS, 256).set(Array.from({ length: 256 }, (_, byte) => kindOf(byte)));
  const answer = new Int32Array(memory.buffer, ANSWER, 2);

  let bytes: Buffer = Buffer.alloc(0);
  let start = 0;
  let end = 0;
  /** Of a longer block, brings the piece into memory that `from` lies in. */
  const slide = (from: number): void => {
    start = from;
    end = Math.min(bytes.length, from + PIECE);
    bytes.copy(room, 0, start, end);
  };
  return {
    load(block) {
      bytes = block;
      slide(0);
    },
    next(from) {
      for (let at = from; ; at = end - WINDOW + 1) {
        if (at < start || (at + WINDOW > end && end < bytes.length)) slide(at);
        const found = find(TEXT + at - start, TEXT + end - start);
        if (found !== -1) return found - TEXT + start;
        if (end === bytes.length) return -1;
      }
    },
    newlines(from, to) {
      let count = 0;
      for (let at = from; at < to; at = Math.min(to, end)) {
        if (at < start || at >= end) slide(at);
        count += newlines(TEXT + at - start, TEXT + Math.min(to, end) - start);
      }
      return count;
    },
    mask(from, until, word) {
      if (from < start || from >= end) slide(from);
      // A line that a piece cuts is left to those who read lines whole.
      const stop = Math.min(until, end);
      const next = mask(TEXT + from - start, TEXT + stop - start, MASKED + word * 4, MASKED + MASKED_SIZE - 4);
      return next === -1 ? -1 : next - TEXT + start;
    },
    masked: new Int32Array(memory.buffer, MASKED, MASKED_SIZE / 4),
    get maskedEnd() {
      return (answer[0]! - MASKED) >> 2;
    },
    get maskedHash() {
      return answer[1]!;
    },
  };
}

/** What `mask` has to know of a byte, as bits. */
function kindOf(byte: number): number {
  const char = String.fromCharCode(byte);
  if (byte === 10) return 2;
  if (byte >= HEX) return 4;
  return (
    Number(/\d/.test(char)) + 8 * Number(/[A-Za-z_$]/.test(char)) + 16 * Number(/[#" :]/.test(char)) + 32 * Number(/[0-9a-f]/.test(char))
  );
}

// ---------------------------------------------------------------- buckets

/** Two vectors of eight. */
const BUCKETS = 16;
const TABLE = 16;
const TABLES = (BUCKETS / 8) * WINDOW * 2 * TABLE;

/** For each of three places, which half bytes (as bits) occur in a bucket. */
interface Bucket {
  readonly low: number[];
  readonly high: number[];
  cost: number;
}

/**
 * Divides the strings among the buckets so that few others get through: each goes where it adds least.
 * @returns for each place and half byte the buckets that allow it, as `byte-search.wat` wants them
 */
function halfByteTables(triples: readonly number[]): Uint8Array {
  const buckets = Array.from({ length: BUCKETS }, (): Bucket => ({ low: [0, 0, 0], high: [0, 0, 0], cost: 0 }));
  const likely = triples.map((triple) => [triple, bytesOf(triple).reduce((product, byte) => product * FREQUENCY[byte]!, 1)] as const);
  for (const [triple] of likely.sort((a, b) => b[1] - a[1])) {
    const bytes = bytesOf(triple);
    if (buckets.some((bucket) => admits(bucket, bytes))) continue;
    const added = buckets.map((bucket) => costWith(bucket, bytes) - bucket.cost);
    const best = added.indexOf(Math.min(...added));
    const bucket = buckets[best]!;
    bucket.cost += added[best]!;
    for (const [place, byte] of bytes.entries()) {
      bucket.low[place]! |= 1 << (byte & 15);
      bucket.high[place]! |= 1 << (byte >> 4);
    }
  }
  return tablesOf(buckets);
}

const bytesOf = (triple: number): number[] => [triple & 255, (triple >> 8) & 255, triple >> 16];

const admits = ({ low, high }: Bucket, bytes: readonly number[]): boolean =>
  bytes.every((byte, place) => (low[place]! >> (byte & 15)) & (high[place]! >> (byte >> 4)) & 1);

function tablesOf(buckets: readonly Bucket[]): Uint8Array {
  const tables = new Uint8Array(TABLES);
  for (const [number, { low, high }] of buckets.entries()) {
    for (let place = 0; place < WINDOW; place++) {
      const at = ((number >> 3) * WINDOW + place) * 2 * TABLE;
      for (let half = 0; half < 16; half++) {
        tables[at + half]! |= ((low[place]! >> half) & 1) << (number & 7);
        tables[at + TABLE + half]! |= ((high[place]! >> half) & 1) << (number & 7);
      }
    }
  }
  return tables;
}

/** How often a random place of a log would get through a bucket that also has this string. */
function costWith({ low, high }: Bucket, bytes: readonly number[]): number {
  return bytes.reduce((product, byte, place) => product * share(low[place]! | (1 << (byte & 15)), high[place]! | (1 << (byte >> 4))), 1);
}

/** Of the bytes of a log, those with such a low and such a high half. */
function share(low: number, high: number): number {
  let sum = 0;
  for (let half = 0; half < 16; half++) {
    if ((high >> half) & 1) sum += SHARES[(half << 8) | (low & 255)]! + SHARES[((16 + half) << 8) | (low >> 8)]!;
  }
  return sum;
}

/** How often a byte stands in a log, roughly: logs are made of words, blanks and numbers. */
export function frequency(byte: number): number {
  if (byte === 32) return 0.1;
  if (byte >= 48 && byte <= 57) return 0.02;
  if (byte >= 97 && byte <= 122) return 'etaoinsrlcdm'.includes(String.fromCharCode(byte)) ? 0.04 : 0.012;
  if (byte >= 65 && byte <= 90) return 0.005;
  return byte >= 33 && byte < 127 ? 0.006 : byte === 10 ? 0.01 : 0.0005;
}

const FREQUENCY = Array.from({ length: 256 }, (_, byte) => frequency(byte));

/** For a high half byte, and the lower or the upper eight of the low half bytes as bits: the sum of their frequencies. */
const SHARES = Float64Array.from({ length: 32 * 256 }, (_, index) => {
  const [half, upper] = [(index >> 8) & 15, index >> 12];
  let sum = 0;
  for (let bit = 0; bit < 8; bit++) if ((index >> bit) & 1) sum += FREQUENCY[(half << 4) | (upper << 3) | bit]!;
  return sum;
});
