// The shape of a line: its bytes with what varies masked, digit by digit, so that lengths and places stay. Two lines of
// one shape are read alike, as far as `repeats.ts` has tried it out; no text is made here.

/** Stand for a decimal digit and for a digit of a hexadecimal number: bytes that no UTF-8 text holds. */
export const DIGIT = 0xff;
export const HEX = 0xfe;

const NEWLINE = 10;
const ZERO = 48;
const NINE = 57;

const table = (pattern: RegExp): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, byte) => Number(pattern.test(String.fromCharCode(byte))));

/** Bytes that need a look: digits, the newline, and those that stand for digits. */
const SPECIAL = table(/[0-9\n\u00fe\u00ff]/);
/** Letters, `_` and `$`: a digit behind one is part of a name. */
const NAME = table(/[A-Za-z_$]/);
/** Bytes before a digit that can make it one to keep. */
const TELLING = table(/[A-Za-z_$#" :]/);
/** As programs print addresses: in lower case. */
const HEXES = table(/[0-9a-f]/);

export interface Shaper {
  /** The masked lines since `clear`, one after the other, each with its newline and filled up with zeros to four bytes. */
  readonly bytes: Buffer;
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
  const out = Buffer.alloc(capacity);
  const words = new Int32Array(out.buffer, out.byteOffset, capacity / 4);
  let length = 0;
  let hash = 0;

  function line(bytes: Buffer, from: number, end: number): number {
    const start = length;
    const limit = Math.min(end, from + capacity - start - 4);
    const isObject = bytes[from] === 123;
    let to = start;
    for (let at = from; at < limit; ) {
      const byte = bytes[at]!;
      if (SPECIAL[byte] === 0) {
        out[to++] = byte;
        at++;
      } else if (byte === NEWLINE) {
        out[to] = byte;
        finish(start, to + 1);
        return at + 1;
      } else if (byte > NINE) return -1;
      else {
        const stop = maskRun(bytes, from, at, limit, isObject, to);
        to += stop - at;
        at = stop;
      }
    }
    return -1;
  }

  /** Writes the digits at `at` to `to`, masked or as they are. @returns where they end */
  function maskRun(bytes: Buffer, from: number, first: number, limit: number, isObject: boolean, target: number): number {
    let at = first;
    let to = target;
    let stop = at + 1;
    while (stop < limit && bytes[stop]! >= ZERO && bytes[stop]! <= NINE) stop++;
    const kept = at === from || ((isObject || TELLING[bytes[at - 1]!] === 1) && isKept(bytes, from, at, stop, isObject));
    if (kept) {
      while (at < stop) out[to++] = bytes[at++]!;
      return stop;
    }
    if (bytes[at] !== ZERO || stop !== at + 1 || stop === limit || bytes[stop] !== 120) {
      for (; at < stop; at++) out[to++] = DIGIT;
      return stop;
    }
    // `0x…`: what counts is the number behind the x.
    out[to++] = ZERO;
    out[to++] = 120;
    for (at += 2; at < limit && HEXES[bytes[at]!] === 1; at++) out[to++] = HEX;
    return at;
  }

  /** Fills the line up and hashes it, four bytes at a time. */
  function finish(start: number, end: number): void {
    length = (end + 3) & ~3;
    for (let at = end; at < length; at++) out[at] = 0;
    let sum = 0x811c9dc5;
    for (let word = start >> 2; word < length >> 2; word++) {
      sum = Math.imul(sum ^ words[word]!, 0x9e3779b1);
      sum ^= sum >>> 15;
    }
    hash = sum >>> 1;
  }

  return {
    bytes: out,
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
function isKept(bytes: Buffer, from: number, at: number, stop: number, isObject: boolean): boolean {
  const before = bytes[at - 1]!;
  const earlier = at - 2 < from ? NEWLINE : bytes[at - 2]!;
  const follows = earlier >= ZERO && earlier <= NINE;
  if (NAME[before] === 1) return !(before === 84 && follows);
  if (before === 35) return true;
  if (before === 32 && earlier === 34) return true;
  // JSON knows no number with a leading zero.
  if (isObject && bytes[at] === ZERO && stop - at > 1 && !follows) return true;
  // `"level":50` and `"PRIORITY":"3"`
  return ((before === 58 && earlier === 34) || (before === 34 && earlier === 58)) && stop - at <= 5;
}
