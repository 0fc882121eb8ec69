// The shape of a line: its bytes with what varies masked, digit by digit, so that lengths and places stay. Two lines of
// one shape are read alike, as far as `repeats.ts` has tried it out; no text is made here.

/** Stand for a decimal digit and for a digit of a hexadecimal number: bytes that no UTF-8 text holds. */
export const DIGIT = 0xff;
export const HEX = 0xfe;

const NEWLINE = 10;
const ZERO = 48;

const PLAIN = 0;
const DECIMAL = 1;
const table = (pattern: RegExp): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, byte) => Number(pattern.test(String.fromCharCode(byte))));

/** `PLAIN`, `DECIMAL`, or anything else: the newline, and the bytes that stand for digits. */
const KIND = table(/[0-9]/);
for (const byte of [NEWLINE, DIGIT, HEX]) KIND[byte] = 2;
/** Letters, `_` and `$`: a digit behind one is part of a name. */
const NAME = table(/[A-Za-z_$]/);
/** Bytes before a digit that can make it one to keep. */
const TELLING = table(/[A-Za-z_$#" :]/);
/** As programs print addresses: in lower case. */
const HEXES = table(/[0-9a-f]/);

export interface Shaper {
  /**
   * The masked lines since `clear`, one after the other, each with its newline and filled up with zeros to four bytes:
   * a line begins at a multiple of four.
   */
  readonly words: Int32Array;
  /** How many of them. */
  readonly length: number;
  /** A hash of the line masked last; never negative. */
  readonly hash: number;
  clear(): void;
  /**
   * Masks the line at `from`.
   * @returns the start of the line behind it, or -1 where its newline is not before `end`, it does not fit, or it is no UTF-8
   */
  line(bytes: Buffer, from: number, end: number): number;
}

/** @param capacity most bytes between two calls of `clear`, a multiple of four */
export function createShaper(capacity: number): Shaper {
  const words = new Int32Array(capacity / 4);
  const out = new Uint8Array(words.buffer);
  let length = 0;
  let hash = 0;

  function line(bytes: Buffer, from: number, end: number): number {
    const start = length << 2;
    const limit = Math.min(end, from + capacity - start - 4);
    const isObject = bytes[from] === 123;
    let to = start;
    let before = NEWLINE;
    let mask = 0;
    for (let at = from; at < limit; at++) {
      const byte = bytes[at]!;
      const kind = KIND[byte]!;
      if (kind === PLAIN) {
        out[to++] = byte;
        // `0x…`: what counts is the number behind the x.
        if (byte === 120 && before === ZERO && out[to - 2] === DIGIT && (to - 3 < start || out[to - 3] !== DIGIT)) {
          out[to - 2] = ZERO;
          for (; at + 1 < limit && HEXES[bytes[at + 1]!] === 1; at++) out[to++] = HEX;
        }
        before = bytes[at]!;
      } else if (kind === DECIMAL) {
        if (KIND[before] !== DECIMAL) {
          const telling = isObject || TELLING[before] === 1 || at === from;
          mask = telling && isKept(bytes, from, at, limit, isObject) ? 0 : DIGIT;
        }
        out[to++] = byte | mask;
        before = byte;
      } else if (byte === NEWLINE) {
        out[to++] = byte;
        finish(start >> 2, to);
        return at + 1;
      } else return -1;
    }
    return -1;
  }

  /** Fills the line up and hashes it, four bytes at a time. */
  function finish(start: number, end: number): void {
    length = (end + 3) >> 2;
    for (let at = end; at < length << 2; at++) out[at] = 0;
    let sum = 0x811c9dc5;
    for (let word = start; word < length; word++) {
      sum = Math.imul(sum ^ words[word]!, 0x9e3779b1);
      sum ^= sum >>> 15;
    }
    hash = sum >>> 1;
  }

  return {
    words,
    get length() {
      return length;
    },
    get hash() {
      return hash;
    },
    clear() {
      length = 0;
    },
    line,
  };
}

/** Digits that say something by their value: parts of names, levels, states of HTTP, numbers of frames. */
function isKept(bytes: Buffer, from: number, at: number, limit: number, isObject: boolean): boolean {
  if (at === from) return true;
  const before = bytes[at - 1]!;
  const earlier = at - 2 < from ? NEWLINE : bytes[at - 2]!;
  const follows = KIND[earlier] === DECIMAL;
  if (NAME[before] === 1) return !(before === 84 && follows);
  if (before === 35) return true;
  if (before === 32 && earlier === 34) return true;
  let stop = at + 1;
  while (stop < limit && KIND[bytes[stop]!] === DECIMAL) stop++;
  // JSON knows no number with a leading zero.
  if (isObject && bytes[at] === ZERO && stop - at > 1 && !follows) return true;
  // `"level":50` and `"PRIORITY":"3"`
  return ((before === 58 && earlier === 34) || (before === 34 && earlier === 58)) && stop - at <= 5;
}
