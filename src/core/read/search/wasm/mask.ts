// The shape of a line: its bytes with what varies from one occurrence to the next replaced by one sign: numbers and
// identifiers with digits in them. What every reader and the fingerprint treat alike may be replaced, and nothing else.
import { byte, isDigit, isLetter } from './bytes.ts';
import { isUtf8Text } from './json.ts';
import { lineBehind } from './lines.ts';
import { holdsNeedle } from './strings.ts';

// What stand for a number, one with a unit, one with dashes, and an identifier; no UTF-8 text holds them. The fingerprint takes
// them for different things, by what stands beside them.
const NUMBER: i32 = 0xff;
const AMOUNT: i32 = 0xfd;
const DASHED: i32 = 0xfc;
const NAME: i32 = 0xfb;
/** Stands for the rest of a line. */
const REST: i32 = 0xfa;
/** Stands for a digit of a time, of which there must be as many. */
const DIGIT: i32 = 0xfe;

/** How a line is masked: the first one of an event; one behind it; one that came to nothing. */
export const FIRST: i32 = 0;
export const LATER: i32 = 1;
export const NOTHING: i32 = 2;

/** Where the masked line ends, and its hash. */
export let maskedEnd: i32 = 0;
export let maskedHash: i32 = 0;

/** A time stands near the beginning of a line, if anywhere in its head. */
const MAX_TIME: i32 = 64;

/**
 * Masks the line at `at` into `to`, filled up with zeros to four bytes. The line behind it, or -1 where its newline is not
 * before `end`, it is no UTF-8 or does not fit before `limit`.
 */
export function maskLine(at: i32, end: i32, to: i32, limit: i32, mode: i32, isObject: bool): i32 {
  const behind = lineBehind(at);
  return behind > end ? -1 : maskPart(at, behind, to, limit, mode, isObject, behind - 1);
}

/** The same, with one sign for what stands behind `cut` in the line. */
export function maskPart(at: i32, behind: i32, to: i32, limit: i32, mode: i32, isObject: bool, cut: i32): i32 {
  if (to + (behind - at) + 40 > limit) return -1;
  const last = behind - 1;
  line = at;
  lineLast = last;
  lineMode = mode;
  timeEnd = endOfTime(at, last);
  // An envelope has its time at its end.
  tailTime = byte(at) === 123 ? startOfTailTime(timeEnd, last) : last;
  isFrame = mode === LATER && looksAsFrame(timeEnd > at ? timeEnd : behindBar(at), tailTime);
  isHigh = false;
  out = to;
  if (isObject) maskRecord(at, cut);
  else maskText(at, cut);
  if (isHigh && !isUtf8Text(at, last)) return -1;
  if (cut < last) store<u8>(out++, REST);
  // The newline, and zeros up to four bytes.
  store<i64>(out, 10);
  maskedEnd = (out + 4) & -4;
  maskedHash = hashOf(to, maskedEnd);
  return behind;
}

/** The line that is masked: where it begins and ends, how it is masked, where its times are, and where its mask goes on. */
let line: i32 = 0;
let lineLast: i32 = 0;
let lineMode: i32 = 0;
let timeEnd: i32 = 0;
let tailTime: i32 = 0;
let isFrame: bool = false;
let isHigh: bool = false;
let out: i32 = 0;

/** Text is copied, sixteen bytes at a time, up to the next name or number with a digit in it. */
function maskText(at: i32, cut: i32): void {
  let from = at;
  while (from < cut) {
    const special = copyPlain(from, cut);
    if (special >= cut) {
      out += cut - from;
      return;
    }
    if (byte(special) === 92) {
      store<u8>(out + special + 1 - from, byte(special + 1));
      out += special + 2 - from;
      from = special + 2;
      continue;
    }
    let start = special;
    while (start > from) {
      const before = byte(start - 1);
      const isJoined = before === 45 && start - 2 >= timeEnd && start - 2 >= from && isNameSign(byte(start - 2));
      if (!isNameSign(before) && !isJoined) break;
      start--;
    }
    out += start - from;
    from = maskName(start, false, true);
  }
}

/** Copies up to the first digit or backslash at or behind `from`; `out` stays. */
function copyPlain(from: i32, cut: i32): i32 {
  const zero = i8x16.splat(48),
    ten = i8x16.splat(10),
    backslash = i8x16.splat(92);
  for (let at = from; at < cut; at += 16) {
    const v = v128.load(at);
    v128.store(out + (at - from), v);
    let found = i8x16.bitmask(v128.or(i8x16.lt_u(i8x16.sub(v, zero), ten), i8x16.eq(v, backslash)));
    let high = i8x16.bitmask(v);
    if (at + 16 > cut) {
      const room = (1 << (cut - at)) - 1;
      found &= room;
      high &= room;
    }
    if (found !== 0) {
      if ((high & ((found & -found) - 1)) !== 0) isHigh = true;
      return at + ctz(found);
    }
    if (high !== 0) isHigh = true;
  }
  return cut;
}

/** A JSON record: what stands in its strings is text, and behind a newline in one stand frames. */
function maskRecord(at: i32, cut: i32): void {
  let isText = false;
  let from = at;
  while (from < cut) {
    const c = byte(from);
    if (isNameSign(c)) {
      from = maskName(from, true, isText);
      continue;
    }
    if (c >= 0x80) isHigh = true;
    store<u8>(out++, c);
    from++;
    if (c === 92) {
      if (byte(from) === 110) isFrame = true;
      store<u8>(out++, byte(from++));
    } else if (c === 34) {
      isFrame = false;
      isText = !isText;
    }
  }
}

/** Masks the name or number at `from`, and answers where it ends. */
function maskName(start: i32, isObject: bool, isText: bool): i32 {
  let from = start;
  let stop = from;
  let digits = 0;
  let letters = 0;
  let zeros = 0;
  let hasDash = false;
  while (stop < lineLast) {
    const d = byte(stop);
    if (isDigit(d)) {
      digits++;
      if (d === 48) zeros++;
    } else if (isNameSign(d)) letters++;
    else if (d === 45 && stop > from && stop + 1 < lineLast && isNameSign(byte(stop + 1)) && from >= timeEnd) hasDash = true;
    else break;
    stop++;
  }
  if ((from < timeEnd && isInTime(from)) || from >= tailTime) {
    for (; from < stop; from++) store<u8>(out++, isDigit(byte(from)) ? DIGIT : byte(from));
  } else if (
    digits > 0 &&
    !(isObject && !isText && isListed(from)) &&
    isHole(line, from, stop, lineLast, letters, digits === zeros, lineMode, isFrame, isObject)
  ) {
    store<u8>(out++, letters > 0 ? (isAmount(from, stop) ? AMOUNT : NAME) : hasDash ? DASHED : NUMBER);
  } else for (; from < stop; from++) store<u8>(out++, byte(from));
  return stop;
}

function isNameSign(c: i32): bool {
  return isLetter(c) || isDigit(c) || c === 95;
}

/** Where the last two times begin and end that stand near the beginning of the line. */
let earlierStart: i32 = 0;
let earlierEnd: i32 = 0;
let timeStart: i32 = 0;

/** Behind the last time of day that stands near the beginning of the line, or `at`. */
function endOfTime(at: i32, last: i32): i32 {
  const end = last - at > MAX_TIME ? at + MAX_TIME : last;
  let found = at;
  timeStart = at;
  earlierEnd = at;
  const colon = i8x16.splat(58);
  for (let i = at + 2; i + 2 < end; i++) {
    const colons = i8x16.bitmask(i8x16.eq(v128.load(i), colon));
    if (colons === 0) {
      i += 15;
      continue;
    }
    i += ctz(colons);
    if (i + 2 >= end) break;
    if (!isDigit(byte(i - 1)) || !isDigit(byte(i + 1)) || !isDigit(byte(i + 2)) || !isHour(i)) continue;
    const start = startOfTime(found, i);
    i += 3;
    while (i < last && (isDigit(byte(i)) || byte(i) === 46 || byte(i) === 44 || byte(i) === 58)) i++;
    while (i < last && isNameSign(byte(i))) i++;
    if (found > at) {
      earlierStart = timeStart;
      earlierEnd = found;
    }
    timeStart = start;
    found = i;
  }
  return found;
}

/** Before the colon stands an hour, and no line of a file: `bug1.js:2:21`, `main.go:118:02`. Behind a colon only after a year, `2026:10:00`. */
function isHour(colon: i32): bool {
  const from = isDigit(byte(colon - 2)) ? colon - 2 : colon - 1;
  if (isDigit(byte(from - 1))) return false;
  if (byte(from - 1) !== 58) return true;
  return isDigit(byte(from - 2)) && isDigit(byte(from - 3)) && isDigit(byte(from - 4)) && isDigit(byte(from - 5));
}

/** Where the time begins whose first colon is at `colon`, with the date before it: `2026-03-01 10`, `Mar  1 10`, `01/Mar/2026:10`. */
function startOfTime(from: i32, colon: i32): i32 {
  let at = colon;
  while (at > from && isDateSign(byte(at - 1))) at--;
  let before = at;
  while (before > from && byte(before - 1) === 32) before--;
  if (before === at || !isDigit(byte(before - 1))) return at;
  let start = before;
  while (start > from && isDateSign(byte(start - 1))) start--;
  // `web-1 10:00:20`: a name stands there.
  if (!isDigit(byte(start))) return at;
  return start;
}

function isDateSign(c: i32): bool {
  return isLetter(c) || (c >= 45 && c <= 58);
}

function isInTime(at: i32): bool {
  return at >= timeStart || (at < earlierEnd && at >= earlierStart);
}

/** Where a date and a time of day begin near the end of a line, or its end. */
function startOfTailTime(at: i32, last: i32): i32 {
  for (let i = last - 48 > at ? last - 48 : at; i + 3 < last; i++) {
    const isClock = byte(i) === 58 && isDigit(byte(i - 1)) && isDigit(byte(i + 1)) && byte(i + 3) === 58;
    if (isClock && i - 13 > at) return i - 13;
  }
  return last;
}

/** A line behind the first one may be a frame: its names count, and its numbers. `at`: behind the time that stands before it, if any. */
function looksAsFrame(at: i32, last: i32): bool {
  const c = byte(at);
  // Behind a time stands a blank.
  if (c === 35 || (c === 32 && !isNameSign(byte(at - 1)))) return true;
  for (let i = at; i < last; i++) {
    const c = byte(i);
    const next = byte(i + 1);
    if (c === 9 || (c === 92 && next !== 110) || c === 64) return true;
    if (c === 32 && next === 32) return true;
    if (c === 58 && isDigit(next)) return true;
  }
  return false;
}

/** The name or number in [from, stop) varies from one occurrence to the next, and nothing that is read depends on it. */
function isHole(line: i32, from: i32, stop: i32, last: i32, letters: i32, isZero: bool, mode: i32, isFrame: bool, isObject: bool): bool {
  const before = from > line ? byte(from - 1) : 10;
  const earlier = from > line + 1 ? byte(from - 2) : 10;
  const after = stop < last ? byte(stop) : 10;
  if (letters === 0) {
    // `" 503 `, `#3`, `<11>` at the start, and in JSON inside of text what may be a level.
    if (before === 35 || (before === 32 && earlier === 34) || (before === 60 && from === line + 1)) return false;
    if (!isObject && ((before === 58 && earlier === 34) || (before === 34 && earlier === 58)) && stop - from <= 5) return false;
    // The reader is asked about other numbers, codes too, before such a line is remembered.
    if (mode === NOTHING) return !isZero;
    if (isZero && isCount(before, after)) return false;
  }
  if (isCode(from, stop, letters)) return false;
  if (letters === 0) {
    // `web-1  | ` and `app.1`: a part of a name.
    if (from - line < MAX_TIME && isBeforeBar(stop)) return false;
    if (before === 46 && isLetter(earlier) && from - line < MAX_TIME) return false;
    // The number of a process, `app[12]:`, tells streams apart.
    if (before === 91 && after === 93 && byte(stop + 1) === 58 && isNameSign(earlier)) return false;
    // Two frames with one place are one frame: their numbers count.
    if (isFrame) return isAddress(from, stop);
    return true;
  }
  // `0x7f12`
  if (stop - from > 2 && byte(from) === 48 && byte(from + 1) === 120) return true;
  if (isFrame) return false;
  // The name of a container, `web-1  | `.
  if (from - line < MAX_TIME && (isBeforeBar(stop) || isHost(from, stop))) return false;
  // A part of a longer name, a file, a function, a key.
  if (
    after === 40 ||
    after === 61 ||
    (after === 91 && from - line < MAX_TIME) ||
    (after === 46 && isLetter(byte(stop + 1))) ||
    after === 36
  )
    return false;
  if (before === 36 || before === 46 || (before === 58 && earlier === 58) || (after === 58 && byte(stop + 1) === 58)) return false;
  if (before === 92 || after === 92) return false;
  if (before === 47 || after === 47) return false;
  if (
    isObject &&
    after === 34 &&
    (byte(stop + 1) === 58 || (before === 34 && earlier === 58 && isTelling(from - 7) && !isThread(from - 7)))
  )
    return false;
  // What the search looks for may be a part of it.
  return !holdsNeedle(from, stop);
}

/** None of something, `error=0`, `0 errors`, and no part of a longer number or of a path. */
function isCount(before: i32, after: i32): bool {
  return before !== 46 && before !== 45 && before !== 47 && after !== 46 && after !== 58;
}

/** A number and its unit, as the fingerprint knows them: `12ms`, `5MB`. */
function isAmount(from: i32, stop: i32): bool {
  let at = from;
  while (isDigit(byte(at))) at++;
  const letters = stop - at;
  if (at === from || letters === 0 || letters > 5) return false;
  let small = 0;
  for (let i = at; i < stop; i++) if (byte(i) >= 97 && byte(i) <= 122) small++;
  return small === letters || byte(at) === 84 || byte(at) === 90 || byte(stop - 1) === 66 || letters === 1;
}

/**
 * A number behind a word that makes a code of it, `errno 2`, `status: 503`, `HTTP/1.1 502`, `signal 11`; or a code before a colon,
 * `ORA-00942: `, or before its name, `503 Internal Server Error`.
 */
function isCode(from: i32, stop: i32, letters: i32): bool {
  const length = stop - from;
  if (letters > 0 && byte(stop) === 58 && byte(stop + 1) === 32) return true;
  if (length > 5) return false;
  if (letters === 0 && length === 3 && byte(stop) === 32 && isCapital(byte(stop + 1)) && isSmall(byte(stop + 2))) return true;
  let at = from - 1;
  // `SQLSTATE[HY000] [2002]`, `ERROR 1045 (28000)`
  if (
    letters === 0 &&
    ((byte(at) === 91 && byte(at - 1) === 32 && byte(at - 2) === 93 && isIndex(at - 2)) ||
      (byte(at) === 40 && byte(stop) === 41 && length === 5))
  )
    return true;
  while (at > from - 5 && !isNameSign(byte(at)) && byte(at) !== 10) at--;
  if (at === from - 1) return false;
  while (isDigit(byte(at)) || byte(at) === 46) at--;
  if (byte(at) === 47) at--;
  const word = load<u32>(at - 3) | 0x20202020;
  // With letters in it: SQLSTATE[42S02], `code = X509`.
  if (letters > 0) return word === 0x65746174 || (word === 0x65646f63 && byte(from) >= 65 && byte(from) <= 90);
  // errno, error, state, status, code, http, signal
  return (
    word === 0x6f6e7272 ||
    word === 0x726f7272 ||
    word === 0x65746174 ||
    word === 0x73757461 ||
    word === 0x65646f63 ||
    word === 0x70747468 ||
    word === 0x6c616e67
  );
}

function isCapital(c: i32): bool {
  return c >= 65 && c <= 90;
}

function isSmall(c: i32): bool {
  return c >= 97 && c <= 122;
}

/** The bracket that closes at `at` stands right behind a name, as that of `SQLSTATE[HY000]`. */
function isIndex(at: i32): bool {
  const last = at - 16;
  while (at > last && byte(at) !== 91) at--;
  return isNameSign(byte(at - 1));
}

/** The name between a time and the name of a program: `10:00:20 web-1 app[12]: `. */
function isHost(from: i32, stop: i32): bool {
  if (byte(stop) !== 32 || byte(from - 1) !== 32 || !isTimeEnd(from - 2)) return false;
  for (let at = stop + 1; at < stop + 50; at++) {
    const c = byte(at);
    if (c === 91 || c === 58) return at > stop + 1;
    if (!(isNameSign(c) || c === 45 || c === 46 || c === 47)) return false;
  }
  return false;
}

/** The sign at `at` is the last one of a time: a digit, or the `Z` behind one. */
function isTimeEnd(at: i32): bool {
  return isDigit(byte(at)) || (byte(at) === 90 && isDigit(byte(at - 1)));
}

/** A number in a list, not behind a name: a list of bytes is a text. */
function isListed(at: i32): bool {
  const before = byte(at - 1);
  if (before === 45 || before === 46 || before === 43 || (before | 32) === 101) return false;
  return before !== 58 && !(before === 32 && byte(at - 2) === 58);
}

/** The number in [from, stop) is one of the four of an address, and of no longer list of numbers. */
function isAddress(from: i32, stop: i32): bool {
  while (isDigit(byte(from - 1)) || byte(from - 1) === 46) from--;
  while (isDigit(byte(stop)) || byte(stop) === 46) stop++;
  let points = 0;
  for (let at = from; at < stop; at++) if (byte(at) === 46) points++;
  return points === 3 && stop - from <= 15 && !isNameSign(byte(from - 1)) && !isNameSign(byte(stop));
}

/** Behind `web-1  | `, or `at`. */
function behindBar(at: i32): i32 {
  let stop = at;
  while (isNameSign(byte(stop)) || byte(stop) === 45 || byte(stop) === 46) stop++;
  if (stop === at || !isBeforeBar(stop)) return at;
  while (byte(stop) === 32) stop++;
  return stop + 2;
}

function isBeforeBar(at: i32): bool {
  if (byte(at) !== 32) return false;
  while (byte(at) === 32) at++;
  return byte(at) === 124;
}

/** The last four letters of a field's name say that its value is a name in the program. */
function isTelling(at: i32): bool {
  const end = load<u32>(at) | 0x20202020;
  // type, name, lass, kind, code, file, tion, thod, dule, func, path
  return (
    end === 0x65707974 ||
    end === 0x656d616e ||
    end === 0x7373616c ||
    end === 0x646e696b ||
    end === 0x65646f63 ||
    end === 0x656c6966 ||
    end === 0x6e6f6974 ||
    end === 0x646f6874 ||
    end === 0x656c7564 ||
    end === 0x636e7566 ||
    end === 0x68746170
  );
}

/** `thread.name`, `threadName`: whatever it is called, it does not tell one error from another. */
function isThread(at: i32): bool {
  const before = byte(at - 1) === 46 || byte(at - 1) === 95 ? at - 2 : at - 1;
  return byte(before) === 100 && byte(before - 1) === 97 && byte(before - 2) === 101 && byte(before - 3) === 114;
}

function hashOf(at: i32, end: i32): i32 {
  let sum: i64 = 0x2f90404f;
  for (; at + 8 <= end; at += 8) sum = mix(sum, load<i64>(at));
  if (at < end) sum = mix(sum, load<u32>(at) as i64);
  return (sum as i32) & 0x7fffffff;
}

/** Odd, with its bits well mixed. */
const FACTOR: i64 = (0x9e3779b9 << 32) | 0x7f4a7c15;

function mix(sum: i64, word: i64): i64 {
  const product = (sum ^ word) * FACTOR;
  return product ^ (product >>> 32);
}
