// The loop of the hot path: passes over the lines that begin no event, counts the blocks whose shape is known, and stops
// at the first line that is to be read in full.
import { hasHead } from './heads.ts';
import { quietRecord, signatureHash, signatureLength } from './json.ts';
import { lineBehind, lineStart, newlines, quietLineBehind } from './lines.ts';
import { ANSWER, BLOCK_SLOTS, COUNTED, LINE_SLOTS, MASKED, MASKED_END, OPENERS } from './memory.ts';
import { findNeedle } from './strings.ts';

export { newlines, signatureHash, signatureLength };

/** Masks a line, see `../shape.wat`. */
declare function mask(from: i32, end: i32, to: i32, limit: i32): i32;

/** The automaton's first beginnings: of lines, and of lines in an envelope of JSON. */
const LINE_ROOT: i32 = 1;
const INNER_ROOT: i32 = 5;

const STOP: i32 = 0;
const DONE: i32 = -1;
const FULL: i32 = -2;
const SAMPLE: i32 = -3;
const MAX_REACH: i32 = 1 << 14;
const MAX_COUNTED: i32 = 4096;

/** Lines passed over, how much is counted, the line tried last. */
let lines: i32 = 0;
let counted: i32 = 0;
let tried: i32 = -1;
/** Of the block found last: its lines, its number. */
let taken: i32 = 0;
let number: i32 = 0;
/** Bytes that were searched since the last sample; how many there are to be; where the last one was. */
let strange: i32 = 0;
let gap: i32 = 0;
let sampled: i32 = -1;
let lineLimit: i32 = 0;
let isUtf8: bool = false;

/** Other bytes are to be searched. `limit`: longer lines are cut where they are read in full. */
export function loaded(limit: i32, utf8: bool): void {
  tried = -1;
  sampled = -1;
  lineLimit = limit;
  isUtf8 = utf8;
}

/**
 * Passes over lines from the start of one at `at`. Where it stops stands in the answer: the line, the lines passed, the blocks counted;
 * each of these has three words: its number, its place, the lines before it.
 * 0 at a line that is to be read in full, -1 at `end`, -2 where no more can be counted, -3 at a line that
 * may be learnt from.
 */
export function run(at: i32, end: i32, counts: bool): i32 {
  lines = 0;
  counted = 0;
  /** How far is searched at once: where no head is known there is no sense in looking at each line. */
  let reach = 0;
  let result = DONE;
  while (at < end) {
    if (counted >= MAX_COUNTED) {
      result = FULL;
      break;
    }
    const quiet = quietLine(at);
    if (quiet !== 0) {
      at = quiet;
      lines++;
      reach = 0;
      continue;
    }
    if (isSample(at)) {
      result = SAMPLE;
      break;
    }
    const stop = at + reach < end ? lineBehind(at + reach) : end;
    const hit = findNeedle(at, at - 1, stop);
    if (hit === -1) {
      strange += stop - at;
      lines += newlines(at, stop);
      at = stop;
      reach = reach === 0 ? 1 : reach < MAX_REACH ? reach << 1 : reach;
      continue;
    }
    // What begins with the newline before a line belongs to that line.
    const start = lineStart(at, hit + 2);
    if (start > at) {
      strange += start - at;
      lines += newlines(at, start);
      at = start;
      continue;
    }
    const next = counts && at !== tried ? block(at, end) : 0;
    tried = at;
    if (next === 0) {
      result = STOP;
      break;
    }
    const record = COUNTED + counted * 12;
    store<i32>(record, number);
    store<i32>(record, at, 4);
    store<i32>(record, lines, 8);
    counted++;
    lines += taken;
    at = next;
  }
  store<i32>(ANSWER, at, 8);
  store<i32>(ANSWER, lines, 12);
  store<i32>(ANSWER, counted, 16);
  return result;
}

/** So much of the text had to be searched since a line was learnt from that it is time for another one. */
function isSample(at: i32): bool {
  if (strange < gap || at === sampled) return false;
  sampled = at;
  strange = 0;
  return true;
}

/** How much is to be searched before there is a sample again. */
export function sampleBehind(bytes: i32): void {
  gap = bytes;
}

/** The start of the line behind the one at `at` where it is known to say nothing, else 0. */
export function quietLine(at: i32): i32 {
  if (load<u8>(at) === 123) return quietRecord(at, lineLimit, INNER_ROOT, isUtf8);
  return !hasHead(LINE_ROOT, at) ? 0 : quietLineBehind(at);
}

export function find(at: i32, end: i32): i32 {
  return findNeedle(at, at, end);
}

/** The line behind the block that begins at `at`, or 0 where its shape is not known. `repeats.ts` says what a block is. */
function block(at: i32, end: i32): i32 {
  const isObject = load<u8>(at) === 123;
  let next = mask(at, end, MASKED, MASKED_END);
  if (next === -1) return 0;
  let key = load<i32>(ANSWER, 4);
  if (((load<u8>(OPENERS + ((key >> 3) & 0x1fff)) >> ((key & 7) as u8)) & 1) === 0) return 0;
  let to = load<i32>(ANSWER);
  taken = 1;
  if (isObject) {
    const whole = slot(BLOCK_SLOTS, key, MASKED, to);
    if ((whole & 1) !== 0) {
      number = (whole >>> 8) - 1;
      return next;
    }
  }
  let stream = 0;
  while (true) {
    const behind = mask(next, end, to, MASKED_END);
    if (behind === -1) return 0;
    const head = slot(LINE_SLOTS, load<i32>(ANSWER, 4), to, load<i32>(ANSWER));
    if (head === 0) return 0;
    stream = head - 2;
    if (stream >= 0) break;
    key = ((key * 31) ^ load<i32>(ANSWER, 4)) >>> 1;
    to = load<i32>(ANSWER);
    next = behind;
    taken++;
  }
  const value = slot(BLOCK_SLOTS, key, MASKED, to);
  // A block that ends by itself was looked for above; one of another stream is not ended by this line.
  if (value === 0 || (value & 255) !== stream << 1) return 0;
  number = (value >>> 8) - 1;
  return next;
}

/** What is remembered of the shape in [start, end), 0 where it is not. A slot has its hash, its place, its length, its value. */
export function slot(slots: i32, hash: i32, start: i32, end: i32): i32 {
  let index = hash;
  const length = end - start;
  while (true) {
    const at = slots + ((index & 4095) << 4);
    const value = load<i32>(at, 12);
    if (value === 0) return 0;
    if (load<i32>(at) === hash && load<i32>(at, 8) === length && isEqual(load<i32>(at, 4), start, length)) return value;
    index++;
  }
}

/** Lengths are multiples of four. */
function isEqual(one: i32, other: i32, length: i32): bool {
  let at = 0;
  while (at + 16 <= length) {
    if (v128.any_true(v128.xor(v128.load(one + at), v128.load(other + at)))) return false;
    at += 16;
  }
  while (at < length) {
    if (load<i32>(one + at) !== load<i32>(other + at)) return false;
    at += 4;
  }
  return true;
}
