// Newlines, sixteen bytes at a time.

import { OUTRANKING } from './memory.ts';

const NEWLINE: i32 = 10;

/** How many newlines are in [at, end). */
export function newlines(at: i32, end: i32): i32 {
  let count = 0;
  const newline = i8x16.splat(NEWLINE as i8);
  while (at + 16 <= end) {
    count += popcnt(i8x16.bitmask(i8x16.eq(v128.load(at), newline)));
    at += 16;
  }
  while (at < end) {
    if (load<u8>(at) === NEWLINE) count++;
    at++;
  }
  return count;
}

/** The start of the line behind the one that `at` lies in. There is a newline: one stands behind the text. */
export function lineBehind(at: i32): i32 {
  const newline = i8x16.splat(NEWLINE as i8);
  while (true) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), newline));
    if (found !== 0) return at + ctz(found) + 1;
    at += 16;
  }
}

/** The start of the line behind the one that `at` lies in, or 0 where something comes before that outranks its head. */
export function quietLineBehind(at: i32): i32 {
  const newline = i8x16.splat(NEWLINE as i8);
  const words = v128.load(OUTRANKING);
  const first = i8x16.splat(load<i8>(OUTRANKING)),
    second = i8x16.splat(load<i8>(OUTRANKING, 1));
  while (true) {
    const v = v128.load(at);
    const ends = i8x16.eq(v, newline);
    const pairs = v128.and(i8x16.eq(v, first), i8x16.eq(v128.load(at, 1), second));
    if (v128.any_true(v128.or(ends, pairs))) {
      const end = i8x16.bitmask(ends);
      // Those before the newline.
      let found = i8x16.bitmask(pairs) & (end - 1) & ~end;
      while (found !== 0) {
        if (!v128.any_true(v128.xor(v128.load(at + ctz(found)), words))) return 0;
        found &= found - 1;
      }
      if (end !== 0) return at + ctz(end) + 1;
    }
    at += 16;
  }
}

/** Where the line begins that `at` lies in, not before `from`. */
export function lineStart(from: i32, at: i32): i32 {
  while (at > from && load<u8>(at - 1) !== NEWLINE) at--;
  return at;
}
