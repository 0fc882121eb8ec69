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
  if (to + (behind - at) + 8 > limit) return -1;
  const start = to;
  const last = behind - 1;
  const timeEnd = endOfTime(at, last);
  // An envelope has its time at its end.
  const tailTime = byte(at) === 123 ? startOfTailTime(timeEnd, last) : last;
  let isFrame = mode === LATER && looksAsFrame(timeEnd > at ? timeEnd : behindBar(at), tailTime);
  let isHigh = false;
  /** Inside of a string of a record. */
  let isText = false;
  let from = at;
  while (from < cut) {
    const c = byte(from);
    if (!isNameSign(c)) {
      if (c >= 0x80) isHigh = true;
      store<u8>(to++, c);
      from++;
      if (c === 92) {
        // Behind a newline in a string stand frames.
        if (isObject && byte(from) === 110) isFrame = true;
        store<u8>(to++, byte(from++));
      } else if (c === 34 && isObject) {
        isFrame = false;
        isText = !isText;
      }
      continue;
    }
    let stop = from;
    let digits = 0;
    let letters = 0;
    let zeros = 0;
    let hasDash = false;
    while (stop < last) {
      const d = byte(stop);
      if (isDigit(d)) {
        digits++;
        if (d === 48) zeros++;
      } else if (isNameSign(d)) letters++;
      else if (d === 45 && stop > from && stop + 1 < last && isNameSign(byte(stop + 1)) && from >= timeEnd) hasDash = true;
      else break;
      stop++;
    }
    if (from < timeEnd || from >= tailTime) {
      for (; from < stop; from++) store<u8>(to++, isDigit(byte(from)) ? DIGIT : byte(from));
    } else if (
      digits > 0 &&
      !(isObject && !isText && isListed(from)) &&
      isHole(at, from, stop, last, letters, digits === zeros, mode, isFrame, isObject)
    ) {
      store<u8>(to++, letters > 0 ? (isAmount(from, stop) ? AMOUNT : NAME) : hasDash ? DASHED : NUMBER);
      from = stop;
    } else for (; from < stop; from++) store<u8>(to++, byte(from));
  }
  if (isHigh && !isUtf8Text(at, last)) return -1;
  if (cut < last) store<u8>(to++, REST);
  // The newline, and zeros up to four bytes.
  store<i64>(to, 10);
  to = (to + 4) & -4;
  maskedEnd = to;
  maskedHash = hashOf(start, to);
  return behind;
}

function isNameSign(c: i32): bool {
  return isLetter(c) || isDigit(c) || c === 95;
}

/** Behind the last time of day that stands near the beginning of the line, or `at`. */
function endOfTime(at: i32, last: i32): i32 {
  const end = last - at > MAX_TIME ? at + MAX_TIME : last;
  let found = at;
  for (let i = at + 2; i + 2 < end; i++) {
    if (byte(i) !== 58 || !isDigit(byte(i - 1)) || !isDigit(byte(i + 1)) || !isDigit(byte(i + 2))) continue;
    i += 3;
    while (i < last && (isDigit(byte(i)) || byte(i) === 46 || byte(i) === 44 || byte(i) === 58)) i++;
    while (i < last && isNameSign(byte(i))) i++;
    found = i;
  }
  return found;
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
  if (isCode(from, stop, letters)) return false;
  if (letters === 0) {
    // `" 503 `, `#3`, `<11>` at the start, and in JSON inside of text what may be a level.
    if (before === 35 || (before === 32 && earlier === 34) || (before === 60 && from === line + 1)) return false;
    if (!isObject && ((before === 58 && earlier === 34) || (before === 34 && earlier === 58)) && stop - from <= 5) return false;
    if (mode === NOTHING) return !isZero;
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
  if (from - line < MAX_TIME && isBeforeBar(stop)) return false;
  // A part of a longer name, a file, a function, a key.
  if (after === 40 || after === 61 || (after === 46 && isLetter(byte(stop + 1))) || after === 36) return false;
  if (before === 36 || before === 46 || (before === 58 && earlier === 58) || (after === 58 && byte(stop + 1) === 58)) return false;
  if (before === 92 || after === 92) return false;
  if (before === 47 || after === 47) return false;
  if (isObject && after === 34 && (byte(stop + 1) === 58 || (before === 34 && earlier === 58 && isTelling(from - 7)))) return false;
  // What the search looks for may be a part of it.
  return !holdsNeedle(from, stop);
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

/** A number behind a word that makes a code of it, `errno 2`, `status: 503`, `HTTP/1.1 502`; or a code before a colon, `ORA-00942: `. */
function isCode(from: i32, stop: i32, letters: i32): bool {
  const length = stop - from;
  if (letters > 0 && byte(stop) === 58 && byte(stop + 1) === 32) return true;
  if (length > 5) return false;
  let at = from - 1;
  // `SQLSTATE[HY000] [2002]`, `ERROR 1045 (28000)`
  if (
    letters === 0 &&
    ((byte(at) === 91 && byte(at - 1) === 32 && byte(at - 2) === 93) || (byte(at) === 40 && byte(stop) === 41 && length === 5))
  )
    return true;
  while (at > from - 5 && !isNameSign(byte(at)) && byte(at) !== 10) at--;
  if (at === from - 1) return false;
  while (isDigit(byte(at)) || byte(at) === 46) at--;
  if (byte(at) === 47) at--;
  const word = load<u32>(at - 3) | 0x20202020;
  // With letters in it: SQLSTATE[42S02], `code = X509`.
  if (letters > 0) return word === 0x65746174 || (word === 0x65646f63 && byte(from) >= 65 && byte(from) <= 90);
  // errno, error, state, status, code, http
  return (
    word === 0x6f6e7272 || word === 0x726f7272 || word === 0x65746174 || word === 0x73757461 || word === 0x65646f63 || word === 0x70747468
  );
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
