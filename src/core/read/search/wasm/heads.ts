// Heads of lines that were learnt, as an automaton: a line whose beginning leads to the end of a head is read as the head
// says, whatever stands behind it. `../heads.ts` builds it; nothing here knows what a head is.
import { byte, isDigit, isLetter } from './bytes.ts';
import { LEVEL_WORDS, STATE_KINDS, STATE_STREAMS, STATES, STRIDE_OF, STRIDES } from './memory.ts';

/** From here on states are not ordinary: the head is over, or a word of any kind stands here. */
const SPECIAL: i32 = 0x1000;
const MASK: i32 = 0xfff;
const WORD: i32 = 1;
const QUOTED: i32 = 2;

/** The beginnings that stand one after the other. */
const ROOTS: i32 = 8;
/** Lines with this head say nothing. */
export const QUIET: i32 = 16;
/** Lines with this head are read in full. */
export const LOUD: i32 = 32;
/** No event above goes on with them, unless they say so in words. */
export const CLOSES: i32 = 64;
/** No head of whoever carried them stands before it. */
export const ALONE: i32 = 128;

/** Of the head found last: where it ends, and the number of the stream of which it begins a record, or 0. */
export let headEnd: i32 = 0;
export let headStream: i32 = 0;

/** What is known of the line at `at` by its head, as `../head-states.ts` numbers it; 0 where none of the beginnings from `first` on knows it. */
export function hasHead(first: i32, at: i32): i32 {
  if (at === askedAt && first === askedFirst) return asked;
  askedAt = at;
  askedFirst = first;
  asked = 0;
  // Lines of one log are alike.
  if (lastRoot >= first && lastRoot < first + ROOTS) asked = headKind(lastRoot, at);
  for (let root = first; asked === 0 && root < first + ROOTS; root++) {
    asked = headKind(root, at);
    if (asked !== 0) lastRoot = root;
  }
  return asked;
}

/** What was asked last, and the answer. */
let askedAt: i32 = 0;
let askedFirst: i32 = 0;
let asked: i32 = 0;
/** The beginning that knew a line last. */
let lastRoot: i32 = 0;

/** Other heads are known, or other bytes stand there. */
export function forget(): void {
  askedAt = 0;
}

/** What the state is that the line at `at` leads to, as `../head-states.ts` numbers it; 0 where its head is not known. */
function headKind(root: i32, at: i32): i32 {
  let state = root;
  while (true) {
    const stride = strideOf(state & MASK, at);
    if (stride !== 0) {
      state = load<u16>(stride, 48) as i32;
      at += load<u8>(stride, 50) as i32;
    } else {
      const c = byte(at);
      if (c >= 128) return 0;
      state = load<u16>(STATES + ((state & MASK) << 8) + (c << 1)) as i32;
      at++;
    }
    // An ordinary state: neither none nor a special one.
    if (u32(state - 1) < u32(SPECIAL - 1)) continue;
    if (state === 0) return 0;
    const kind = load<u8>(STATE_KINDS + (state & MASK)) as i32;
    if (kind === WORD) at = wordEnd(at - 1);
    else if (kind === QUOTED) at = quoteEnd(at);
    else {
      headEnd = at;
      headStream = load<u8>(STATE_STREAMS + (state & MASK)) as i32;
      return kind;
    }
    if (at === 0) return 0;
    state &= MASK;
  }
}

/**
 * Up to sixteen bytes at once: a stride of `state` that the bytes at `at` agree with, or 0. It has a mask, what the bytes are
 * behind it, where any digit may stand for a zero, the state it leads to, its length, and the number of the next stride of this state.
 */
function strideOf(state: i32, at: i32): i32 {
  let number = load<u16>(STRIDE_OF + (state << 1)) as i32;
  if (number === 0) return 0;
  const v = v128.load(at);
  const zero = i8x16.splat(48);
  const digits = i8x16.lt_u(i8x16.sub(v, zero), i8x16.splat(10));
  do {
    const stride = STRIDES + (number << 6);
    const line = v128.bitselect(zero, v, v128.and(digits, v128.load(stride, 32)));
    if (!v128.any_true(v128.xor(v128.and(line, v128.load(stride)), v128.load(stride, 16)))) return stride;
    number = load<u16>(stride, 52) as i32;
  } while (number !== 0);
  return 0;
}

/** The place of the quote that ends the text from `at` on, or 0 where something is escaped in it. */
function quoteEnd(at: i32): i32 {
  const quote = i8x16.splat(34),
    backslash = i8x16.splat(92),
    newline = i8x16.splat(10);
  while (true) {
    const v = v128.load(at);
    const stop = i8x16.bitmask(v128.or(v128.or(i8x16.eq(v, quote), i8x16.eq(v, backslash)), i8x16.eq(v, newline)));
    if (stop !== 0) {
      at += ctz(stop);
      return byte(at) === 34 ? at : 0;
    }
    at += 16;
  }
}

/** Behind the word at `at`, or 0 where a part of it names a level, or may. */
function wordEnd(start: i32): i32 {
  let at = start;
  let hash = 0;
  let length = 0;
  while (true) {
    const c = load<u8>(at) as i32;
    if (isLetter(c)) {
      hash = hash * 31 + (c | 32);
      length++;
    } else {
      if (length > 0 && isLevelWord(hash)) return 0;
      hash = 0;
      length = 0;
      // Digits, `_`, `-`, `.`, `$`: no other sign is part of a word. One letter alone may be a level.
      if (!(isDigit(c) || c === 95 || c === 45 || c === 46 || c === 36)) return at - start === 1 ? 0 : at;
    }
    at++;
  }
}

function isLevelWord(hash: i32): bool {
  const bit = hash & 0xffff;
  return ((load<u8>(LEVEL_WORDS + (bit >> 3)) >> ((bit & 7) as u8)) & 1) !== 0;
}
