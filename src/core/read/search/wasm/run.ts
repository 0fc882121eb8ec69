// The loop of the hot path: passes over the lines that begin no event, counts the blocks whose shape is known, and stops
// at the first line that is to be read in full.
import { neutralTo } from './above.ts';
import { isKnownLine, isLoud, quietLine, readAs, streamOf } from './begins.ts';
import { block, isEnded, nothing, number, openerHash, overAt, shape, shapeBelow, shapeHash, slot, taken } from './blocks.ts';
import { forget } from './heads.ts';
import { signatureHash, signatureLength } from './json.ts';
import { lineBehind, lineStart, newlines } from './lines.ts';
import { ANSWER, COUNTED, OPEN } from './memory.ts';
import { isOfOpen } from './open.ts';
import { findNeedle } from './strings.ts';

export { forget, isEnded, neutralTo, newlines, overAt, quietLine, signatureHash, signatureLength, slot, streamOf };

const STOP: i32 = 0;
const DONE: i32 = -1;
const FULL: i32 = -2;
const SAMPLE: i32 = -3;
const OPEN_LINE: i32 = -4;
const MAX_REACH: i32 = 1 << 14;
const MAX_COUNTED: i32 = 4096;

/** Lines passed over, how much is counted. */
let lines: i32 = 0;
let counted: i32 = 0;
/** Bytes that were searched since the last sample; how many there are to be; where the last one was. */
let strange: i32 = 0;
let gap: i32 = 0;
let sampled: i32 = -1;

/** Other bytes are to be searched. `limit`: longer lines are cut where they are read in full. */
export function loaded(limit: i32, utf8: bool): void {
  sampled = -1;
  forget();
  neutralTo(0);
  readAs(limit, utf8);
}

/**
 * Passes over lines from the start of one at `at`. Where it stops stands in the answer: the line, the lines passed, the blocks counted;
 * each of these has three words: its number, its place, the lines before it. Last stands how many lines there are up to the
 * end of the last block.
 * 0 at a line that is to be read in full, -1 at `end`, -2 where no more can be counted, -3 at a line that
 * may be learnt from, -4 at one that may belong to an open event.
 */
export function run(at: i32, end: i32, counts: bool): i32 {
  lines = 0;
  counted = 0;
  /** How far is searched at once: where no head is known there is no sense in looking at each line. */
  let reach = 0;
  let last = 0;
  /** No line before this place is one of an open event. */
  let clear = at;
  const isAnyOpen = load<u8>(OPEN) !== 0;
  let result = DONE;
  while (at < end) {
    if (counted >= MAX_COUNTED) {
      result = FULL;
      break;
    }
    if (isAnyOpen && at >= clear) {
      if (isOfOpen(at)) {
        result = OPEN_LINE;
        break;
      }
      clear = lineBehind(at);
      while (clear < at + reach && clear < end && !isOfOpen(clear)) clear = lineBehind(clear);
    }
    const quiet = quietLine(at);
    if (quiet !== 0) {
      at = quiet;
      lines++;
      reach = 0;
      continue;
    }
    if (!isLoud(at)) {
      if (isSample(at)) {
        result = SAMPLE;
        break;
      }
      let stop = at + reach < end ? lineBehind(at + reach) : end;
      if (isAnyOpen && stop > clear) stop = clear;
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
    }
    const next = counts ? block(at, end) : 0;
    if (next === 0) {
      const behind = nothing(at, end);
      if (behind === 0) {
        result = STOP;
        break;
      }
      at = behind;
      lines++;
      continue;
    }
    const record = COUNTED + counted * 12;
    store<i32>(record, number);
    store<i32>(record, at, 4);
    store<i32>(record, lines, 8);
    counted++;
    lines += taken;
    last = lines;
    at = next;
  }
  store<i32>(ANSWER, at, 8);
  store<i32>(ANSWER, lines, 12);
  store<i32>(ANSWER, counted, 16);
  store<i32>(ANSWER, last, 20);
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

/** Something is known of the line at `at` by its beginning, or its record. */
export function isKnown(at: i32): bool {
  return isKnownLine(at);
}

export function find(at: i32, end: i32): i32 {
  return findNeedle(at, at, end);
}

/** Masks the lines from `at` to `to`. Where they end is the result, or 0; their hash and that of the first are in the answer. */
export function shapeOf(at: i32, to: i32, isNothing: bool, isHead: bool): i32 {
  const end = shape(at, to, isNothing, isHead);
  store<i32>(ANSWER, shapeHash);
  store<i32>(ANSWER, openerHash, 4);
  return end;
}

/** Adds the line above the one at `at` to the shape made last. Where that ends now is the result, or 0; its hash is in the answer. */
export function shapeOfBelow(at: i32): i32 {
  const end = shapeBelow(at);
  store<i32>(ANSWER, shapeHash);
  return end;
}
