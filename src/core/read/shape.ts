// The shape of a line: its bytes with what varies masked, digit by digit, so that lengths and places stay. Two lines of
// one shape are read alike, as far as `repeats.ts` has tried it out; no text is made here. The loop is in `byte-search.wat`.
import type { ByteSearch } from './search/byte-search.ts';

export { DIGIT, HEX } from './search/byte-search.ts';

export interface Shaper {
  /** The masked lines since `clear`, one after the other, each with its newline; a line begins at a multiple of four bytes. */
  readonly words: Int32Array;
  /** How many of them. */
  readonly length: number;
  /** A hash of the line masked last; never negative. */
  readonly hash: number;
  clear(): void;
  /**
   * Masks the line at `from` of the bytes that were loaded into the search.
   * @returns the start of the line behind it, or -1 where its newline is not before `end`, it does not fit, or it is no UTF-8
   */
  line(from: number, end: number): number;
}

export function createShaper(search: Pick<ByteSearch, 'mask' | 'masked' | 'maskedEnd' | 'maskedHash'>): Shaper {
  let length = 0;
  let hash = 0;
  return {
    words: search.masked,
    get length() {
      return length;
    },
    get hash() {
      return hash;
    },
    clear() {
      length = 0;
    },
    line(from, end) {
      const next = search.mask(from, end, length);
      if (next === -1) return -1;
      length = search.maskedEnd;
      hash = search.maskedHash;
      return next;
    },
  };
}
