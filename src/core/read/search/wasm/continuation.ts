// A record may go on with what stands above it, though it has a head of its own: by the words that say so, or because what
// stands behind its head is a part of a trace. In doubt it may.
import { byte, isDigit, isLetter } from './bytes.ts';
import { CONTINUATIONS } from './memory.ts';
import { findOpener } from './strings.ts';

/** Where such words stand, a record may be the rest of the one before. */
const MAX_CONTINUATION: i32 = 200;

/** The line whose head ends at `at` and that ends at `end` may be more of the record, or of the trace, above it. */
export function mayContinue(at: i32, end: i32): bool {
  let first = at;
  while (first < end && byte(first) === 32) first++;
  let last = end - 1;
  while (last >= first && (byte(last) === 32 || byte(last) === 13)) last--;
  if (last < first) return true;
  if (!isSign(byte(first - 1)) && isFrame(first, byte(first))) return true;
  // With nothing but a context, such as `[main]`, behind its head, the rest stands below, or above.
  const c = byte(last);
  if (c === 93 || c === 45 || c === 58 || c === 124 || c === 44 || c === 59 || c === 33) return true;
  if (c === 41 && endsWithName(last)) return true;
  return holdsFrame(at, end) || findOpener(at, end) !== -1;
}

/** One of the words that make it more of the record above it stands behind the head that ends at `at`. */
export function saysItGoesOn(at: i32, end: i32): bool {
  const colon = i8x16.splat(58);
  const last = end - at > MAX_CONTINUATION ? at + MAX_CONTINUATION : end;
  for (let from = at; from < last; from += 16) {
    let found = i8x16.bitmask(i8x16.eq(v128.load(from), colon));
    while (found !== 0) {
      const place = from + ctz(found);
      if (place >= last) return false;
      if (isContinuation(place)) return true;
      found &= found - 1;
    }
  }
  return false;
}

/** A part of a trace, or one of the words, stands somewhere in [at, end). It begins where no word stands right before it. */
function holdsFrame(at: i32, end: i32): bool {
  const blank = i8x16.splat(32);
  for (let from = at; from < end; from += 16) {
    const v = v128.load(from);
    const before = v128.load(from - 1);
    const behindWord = v128.or(wordSigns(before), v128.and(i8x16.eq(before, blank), wordSigns(v128.load(from - 2))));
    let found = i8x16.bitmask(v128.or(alwaysSigns(v), v128.andnot(frameSigns(v), behindWord)));
    while (found !== 0) {
      const place = from + ctz(found);
      if (place >= end) return false;
      if (isContinued(at, place)) return true;
      found &= found - 1;
    }
  }
  return false;
}

function isContinued(at: i32, place: i32): bool {
  const c = byte(place);
  // A tab, also as JSON writes it.
  if (c === 9) return true;
  if (c === 92) return byte(place + 1) === 116;
  if (c === 58) return place - at < MAX_CONTINUATION && isContinuation(place);
  return isFrame(place, c);
}

/** Letters and digits. */
function wordSigns(v: v128): v128 {
  const letters = i8x16.lt_u(i8x16.sub(v128.or(v, i8x16.splat(32)), i8x16.splat(97)), i8x16.splat(26));
  return v128.or(letters, i8x16.lt_u(i8x16.sub(v, i8x16.splat(48)), i8x16.splat(10)));
}

/** A tab, a backslash, a colon. */
function alwaysSigns(v: v128): v128 {
  return v128.or(i8x16.eq(v, i8x16.splat(9)), v128.or(i8x16.eq(v, i8x16.splat(92)), i8x16.eq(v, i8x16.splat(58))));
}

/** What frames begin with: `# } - . a f F C S` and digits. */
function frameSigns(v: v128): v128 {
  const lower = v128.or(i8x16.eq(v, i8x16.splat(97)), i8x16.eq(v128.or(v, i8x16.splat(32)), i8x16.splat(102)));
  const upper = v128.or(i8x16.eq(v, i8x16.splat(67)), i8x16.eq(v, i8x16.splat(83)));
  const signs = v128.or(i8x16.eq(v, i8x16.splat(35)), i8x16.eq(v, i8x16.splat(125)));
  const runs = v128.or(i8x16.eq(v, i8x16.splat(45)), i8x16.eq(v, i8x16.splat(46)));
  const digits = i8x16.lt_u(i8x16.sub(v, i8x16.splat(48)), i8x16.splat(10));
  return v128.or(v128.or(v128.or(lower, upper), v128.or(signs, runs)), digits);
}

function isSign(c: i32): bool {
  return isLetter(c) || isDigit(c) || c === 95;
}

/** One of the words that make a record the rest of the one before stands before the colon at `at`; four letters of each are known. */
function isContinuation(at: i32): bool {
  if (byte(at - 1) < 65 || byte(at - 1) > 90) return false;
  const word = load<u32>(at - 4);
  for (let known = CONTINUATIONS; load<u32>(known) !== 0; known += 4) if (load<u32>(known) === word) return true;
  return false;
}

/** `at `, `from `, `... `, `File `, `Caused`, `Suppressed`, `--- `, `#3`, `3: `, `3 |`, and the signs that close an object. */
function isFrame(at: i32, c: i32): bool {
  if (c === 35) return isDigit(byte(at + 1));
  // Behind a quote or a bracket of its own kind it ends a value.
  if (c === 125) return !isValueEnd(byte(at - 1));
  if (isDigit(c)) {
    let end = at;
    while (isDigit(byte(end))) end++;
    return (byte(end) === 58 && byte(end + 1) === 32) || (byte(end) === 32 && byte(end + 1) === 124);
  }
  const four = load<u32>(at);
  return (
    (four & 0xffffff) === 0x207461 ||
    four === 0x6d6f7266 ||
    four === 0x202e2e2e ||
    four === 0x656c6946 ||
    four === 0x73756143 ||
    four === 0x70707553 ||
    four === 0x202d2d2d
  );
}

function isValueEnd(c: i32): bool {
  return c === 34 || c === 39 || c === 123 || c === 125;
}

/** Behind the last `(` stands one name alone, up to the `)` at `last`: `(main)`. */
function endsWithName(last: i32): bool {
  let at = last - 1;
  while (isSign(byte(at))) at--;
  return byte(at) === 40;
}
