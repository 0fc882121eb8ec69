// The shape of a line: its bytes with what varies masked, digit by digit, so that lengths and places stay. Two lines of
// one shape are read alike, as far as `repeats.ts` has tried it out; no text is made here.

/** Stand for a decimal digit and for a digit of a hexadecimal number: bytes that no UTF-8 text holds. */
export const DIGIT = 0xff;
export const HEX = 0xfe;

const NEWLINE = 10;
const ZERO = 48;

/** Letters, `_` and `$`: a digit behind one is part of a name. */
const NAME = Uint8Array.from({ length: 256 }, (_, byte) => (/[A-Za-z_$]/.test(String.fromCharCode(byte)) && byte < 128 ? 1 : 0));
/** As programs print addresses: in lower case. */
const HEXES = Uint8Array.from({ length: 256 }, (_, byte) => (/[0-9a-f]/.test(String.fromCharCode(byte)) ? 1 : 0));

export interface Shaper {
  /** The masked lines since `clear`, one after the other, each with its newline. */
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

/** @param capacity most bytes between two calls of `clear` */
export function createShaper(capacity: number): Shaper {
  const out = Buffer.alloc(capacity);
  let length = 0;
  let hash = 0;

  function line(bytes: Buffer, from: number, end: number): number {
    const limit = Math.min(end, from + capacity - length);
    const shift = length - from;
    const isObject = bytes[from] === 123;
    let sum = 0x811c9dc5;
    let at = from;
    while (at < limit) {
      const byte = bytes[at]!;
      if (byte >= ZERO && byte < ZERO + 10) {
        let stop = at + 1;
        while (stop < limit && (bytes[stop]! - ZERO) >>> 0 < 10) stop++;
        let mask = isKept(bytes, from, at, stop, isObject) ? 0 : DIGIT;
        if (byte === ZERO && stop === at + 1 && (bytes[stop]! | 32) === 120 && mask !== 0) {
          // `0x…`: the number behind the x.
          out[at + shift] = ZERO;
          out[stop + shift] = 120;
          sum = Math.imul(sum ^ 0x3078, 0x01000193);
          at += 2;
          for (stop = at; stop < limit && HEXES[bytes[stop]!] === 1; ) stop++;
          mask = HEX;
        }
        for (; at < stop; at++) {
          const kept = mask === 0 ? bytes[at]! : mask;
          out[at + shift] = kept;
          sum = Math.imul(sum ^ kept, 0x01000193);
        }
        continue;
      }
      if (byte >= HEX) return -1;
      out[at + shift] = byte;
      sum = Math.imul(sum ^ byte, 0x01000193);
      at++;
      if (byte === NEWLINE) {
        length = at + shift;
        hash = sum >>> 1;
        return at;
      }
    }
    return -1;
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
  if (at === from) return false;
  const before = bytes[at - 1]!;
  const earlier = at - 2 < from ? NEWLINE : bytes[at - 2]!;
  const follows = (earlier - ZERO) >>> 0 < 10;
  if (NAME[before] === 1) return !(before === 84 && follows);
  if (before === 35) return true;
  if (before === 32) return earlier === 34;
  // JSON knows no number with a leading zero.
  if (isObject && bytes[at] === ZERO && stop - at > 1 && !follows) return true;
  // `"level":50` and `"PRIORITY":"3"`
  return ((before === 58 && earlier === 34) || (before === 34 && earlier === 58)) && stop - at <= 5;
}
