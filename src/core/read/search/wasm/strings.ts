// Finds needles: the vector search stops where three bytes of one may stand, then the whole needle is held against the
// text, and its check. The vector part is the shuffle of Hyperscan's Teddy (Wang et al., NSDI 2019, 5.2): each three bytes
// belong to one of two times eight buckets, and for each of the three places two tables say for a half byte which buckets allow it.
import { byte, isDigit, isLetter } from './bytes.ts';
import { NEEDLES, TABLES, TRIPLE_BITS, TRIPLES } from './memory.ts';

/** What stands around a needle; `prefilter-strings.ts` numbers them. */
const ALWAYS: i32 = 0;
const ENDS_WORD: i32 = 1;
const IS_WORD: i32 = 2;
const BEFORE_DIGIT: i32 = 3;
const BEFORE_LETTER: i32 = 4;
const ENDS_LINE: i32 = 5;
const IS_COLUMN: i32 = 6;
const SEVERE: i32 = 7;
const SEVERE_OR_WARN: i32 = 8;
const NUMBER: i32 = 9;
const NUMBER_OR_WARN: i32 = 10;
const BEFORE_TITLE: i32 = 11;
const DATED: i32 = 12;

/** What a row says of its needle. */
const ANY_CASE: i32 = 1;
const OPENS: i32 = 2;

/** Of the needles only those that may open a trace are looked for. */
let isForOpeners: bool = false;

/** The first place in [at, end) where a needle stands that may open a trace, or be a frame of one; or -1. */
export function findOpener(at: i32, end: i32): i32 {
  isForOpeners = true;
  const found = findNeedle(at + 1, at, end);
  isForOpeners = false;
  return found;
}

/**
 * The first place at or behind `at` and before `end` where the three bytes of a needle stand whole and the needle stands whole
 * around them, or -1. `begin`: no needle may begin more than a byte before it.
 */
export function findNeedle(begin: i32, at: i32, end: i32): i32 {
  const last = end - 3;
  const low = i8x16.splat(15);
  const al0 = v128.load(TABLES, 0),
    ah0 = v128.load(TABLES, 16),
    al1 = v128.load(TABLES, 32),
    ah1 = v128.load(TABLES, 48);
  const al2 = v128.load(TABLES, 64),
    ah2 = v128.load(TABLES, 80),
    bl0 = v128.load(TABLES, 96),
    bh0 = v128.load(TABLES, 112);
  const bl1 = v128.load(TABLES, 128),
    bh1 = v128.load(TABLES, 144),
    bl2 = v128.load(TABLES, 160),
    bh2 = v128.load(TABLES, 176);
  while (at <= last) {
    const v0 = v128.load(at),
      v1 = v128.load(at, 1),
      v2 = v128.load(at, 2);
    const n0 = v128.and(v0, low),
      n1 = v128.and(v1, low),
      n2 = v128.and(v2, low);
    const u0 = i8x16.shr_u(v0, 4),
      u1 = i8x16.shr_u(v1, 4),
      u2 = i8x16.shr_u(v2, 4);
    const a = v128.and(
      v128.and(
        v128.and(i8x16.relaxed_swizzle(al0, n0), i8x16.relaxed_swizzle(ah0, u0)),
        v128.and(i8x16.relaxed_swizzle(al1, n1), i8x16.relaxed_swizzle(ah1, u1)),
      ),
      v128.and(i8x16.relaxed_swizzle(al2, n2), i8x16.relaxed_swizzle(ah2, u2)),
    );
    const b = v128.and(
      v128.and(
        v128.and(i8x16.relaxed_swizzle(bl0, n0), i8x16.relaxed_swizzle(bh0, u0)),
        v128.and(i8x16.relaxed_swizzle(bl1, n1), i8x16.relaxed_swizzle(bh1, u1)),
      ),
      v128.and(i8x16.relaxed_swizzle(bl2, n2), i8x16.relaxed_swizzle(bh2, u2)),
    );
    const v = v128.or(a, b);
    if (v128.any_true(v)) {
      let hits = i8x16.bitmask(i8x16.ne(v, i8x16.splat(0)));
      do {
        const hit = at + ctz(hits);
        if (hit > last) return -1;
        if (isNeedle(begin, hit)) return hit;
        hits &= hits - 1;
      } while (hits !== 0);
    }
    at += 16;
  }
  return -1;
}

/** A needle stands whole so that a part of it is in [from, to), whatever is around it. */
export function holdsNeedle(from: i32, to: i32): bool {
  for (let at = from - 2; at < to; at++) {
    let list = listOf(load<i32>(at) & 0xffffff);
    if (list === 0) continue;
    for (let left = load<u16>(list) as i32; left > 0; left--) {
      list += 2;
      const row = NEEDLES + ((load<u16>(list) as i32) << 2);
      if (isText(row, at - (load<u8>(row, 3) as i32))) return true;
    }
  }
  return false;
}

/** Where the needles with these three bytes are listed, or 0. */
function listOf(triple: i32): i32 {
  let slot = u32(triple * 0x9e3779b1) >> (32 - TRIPLE_BITS);
  while (true) {
    const held = load<i32>(TRIPLES + (slot << 3));
    if (held === 0) return 0;
    if (held === triple + 1) return NEEDLES + load<i32>(TRIPLES + (slot << 3), 4);
    slot = (slot + 1) & ((1 << TRIPLE_BITS) - 1);
  }
}

/** A needle stands whole where three of its bytes are at `hit`. */
function isNeedle(begin: i32, hit: i32): bool {
  let list = listOf(load<i32>(hit) & 0xffffff);
  if (list === 0) return false;
  for (let left = load<u16>(list) as i32; left > 0; left--) {
    list += 2;
    if (stands(begin, hit, NEEDLES + ((load<u16>(list) as i32) << 2))) return true;
  }
  return false;
}

/** A row has the length of the needle, whether its case counts and whether it opens a trace, its check, where its three bytes stand in it, and its bytes. */
function stands(begin: i32, hit: i32, row: i32): bool {
  const at = hit - (load<u8>(row, 3) as i32);
  if (isForOpeners && (load<u8>(row, 1) & OPENS) === 0) return false;
  return at >= begin - 1 && isText(row, at) && counts(load<u8>(row, 2) as i32, at, at + (load<u8>(row) as i32));
}

function isText(row: i32, at: i32): bool {
  const length = load<u8>(row) as i32;
  const anyCase = (load<u8>(row, 1) as i32) & ANY_CASE;
  for (let i = 0; i < length; i++) {
    const want = byte(row + 4 + i);
    const is = byte(at + i);
    if (is !== want && !(anyCase !== 0 && isLetter(want) && (is | 32) === (want | 32))) return false;
  }
  return true;
}

function counts(check: i32, at: i32, end: i32): bool {
  switch (check) {
    case ALWAYS:
      return true;
    case ENDS_WORD:
      return endsWord(end);
    case IS_WORD:
      return isWord(at, end);
    case BEFORE_DIGIT:
      return isDigit(byte(end));
    case BEFORE_LETTER:
      return isLetter(byte(end));
    case ENDS_LINE:
      return endsLine(end);
    case IS_COLUMN:
      return isColumn(at, end);
    case SEVERE:
      return isSevere(at, 3);
    case SEVERE_OR_WARN:
      return isSevere(at, 4);
    case NUMBER:
      return isNumber(end, 3, 17);
    case NUMBER_OR_WARN:
      return isNumber(end, 4, 13);
    case BEFORE_TITLE:
      return isTitle(end);
    case DATED:
      return isDated(end);
  }
  return true;
}

function endsWord(end: i32): bool {
  const c = byte(end);
  return !isLetter(c) && !isDigit(c) && c !== 95;
}

/** Stands alone; the `m` that ends a colour code may stand before it. */
function isWord(at: i32, end: i32): bool {
  if (isLetter(byte(end))) return false;
  const before = byte(at - 1);
  return !isLetter(before) || (before === 109 && (isDigit(byte(at - 2)) || byte(at - 2) === 91));
}

/** `file.js:12` at the end of a line, or of a line inside a JSON string. */
function endsLine(end: i32): bool {
  let at = end;
  while (isDigit(byte(at))) at++;
  const next = byte(at);
  return at > end && (next === 10 || next === 13 || next === 92 || next === 34 || next === 27);
}

/** A letter after a lower-case word or a full stop is an article or a name, not a column. */
function isColumn(at: i32, end: i32): bool {
  const first = byte(at);
  if (first === 109) return isDigit(byte(at - 1)) || byte(at - 1) === 91;
  if (first !== 32 || byte(end - 1) === 47) return true;
  if (byte(at - 1) === 32 && byte(at - 2) === 32) return true;
  let before = at - 1;
  while (byte(before) === 32) before--;
  const c = byte(before);
  return !((c >= 97 && c <= 122) || c === 46);
}

/** The first digit of a month and a day, or of a year (two digits of it, too), was the last sign, and an hour stands behind: `E0102 03:04:05.6`. */
function isDated(end: i32): bool {
  let at = end;
  while (at < end + 8 && isDigit(byte(at))) at++;
  if (at !== end + 3 && at !== end + 5 && at !== end + 7) return false;
  return byte(at) === 32 && isDigit(byte(at + 1)) && isDigit(byte(at + 2)) && byte(at + 3) === 58;
}

/** A name and a colon at its end: `Process Worker-1:`. */
function isTitle(end: i32): bool {
  let at = end;
  while (at < end + 250 && byte(at) > 32 && byte(at) !== 92 && byte(at) !== 34) at++;
  return at - 1 > end && byte(at - 1) === 58;
}

/** The severity of `<PRI>` behind a newline. */
function isSevere(at: i32, limit: i32): bool {
  let value = 0;
  let index = at + 2;
  for (; isDigit(byte(index)); index++) value = value * 10 + byte(index) - 48;
  return byte(index) === 62 && (value & 7) <= limit;
}

/** A number behind the name of a level that is severe as syslog's or as OpenTelemetry's and pino's. */
function isNumber(end: i32, low: i32, high: i32): bool {
  let at = end;
  while (byte(at) === 92 || byte(at) === 34 || byte(at) === 58 || byte(at) === 32) at++;
  if (!isDigit(byte(at))) return false;
  let value = 0;
  for (; isDigit(byte(at)) && value < 1000000; at++) value = value * 10 + byte(at) - 48;
  return value <= low || value >= high;
}
