// What is known of a line by its beginning alone: that it says nothing, and that it begins a record of a stream, so that
// nothing above it in this stream goes on.
import { byte } from './bytes.ts';
import { mayContinue, saysItGoesOn } from './continuation.ts';
import { ALONE, CLOSES, hasHead, headEnd, headStream, LOUD, QUIET } from './heads.ts';
import { innerAt, innerEnd, isKnownRecord, isQuietRecord, isWrapping, readRecord, recordEnd, recordStream } from './json.ts';
import { lineBehind, quietLineBehind } from './lines.ts';

/** The automaton's first beginnings: of lines, and of lines in an envelope of JSON. */
const LINE_ROOT: i32 = 1;
const INNER_ROOT: i32 = 9;

let lineLimit: i32 = 0;
let isUtf8: bool = false;

/** Longer lines are cut where they are read in full. */
export function readAs(limit: i32, utf8: bool): void {
  lineLimit = limit;
  isUtf8 = utf8;
  continuedAt = 0;
}

/** The start of the line behind the one at `at` where it is known to say nothing, else 0. */
export function quietLine(at: i32): i32 {
  if (byte(at) === 123) {
    readRecord(at, lineLimit, INNER_ROOT, isUtf8);
    return isQuietRecord ? recordEnd + 1 : 0;
  }
  return (hasHead(LINE_ROOT, at) & QUIET) !== 0 ? quietLineBehind(at) : 0;
}

/** The line at `at` says something: that is known by its head, and no needle need be looked for. */
export function isLoud(at: i32): bool {
  return byte(at) !== 123 && (hasHead(LINE_ROOT, at) & LOUD) !== 0;
}

/** Something is known of the line at `at` by its beginning; of a record, by its signature. */
export function isKnownLine(at: i32): bool {
  if (byte(at) !== 123) return hasHead(LINE_ROOT, at) !== 0;
  readRecord(at, lineLimit, INNER_ROOT, isUtf8);
  return isKnownRecord;
}

/** Where the head ends that `clearlyHeaded` has found, 0 where it was a record. */
export let clearHeadEnd: i32 = 0;

/** The line at `at` is a record that nobody carried: known JSON, or one whose head no other head stands before. */
export function clearlyHeaded(at: i32): bool {
  clearHeadEnd = 0;
  if (byte(at) === 123) {
    readRecord(at, lineLimit, INNER_ROOT, isUtf8);
    return isKnownRecord && !isWrapping;
  }
  if ((hasHead(LINE_ROOT, at) & ALONE) === 0 || headStream === 0) return false;
  clearHeadEnd = headEnd;
  return true;
}

/** Where the head of the line at `at` ends, behind which nothing says anything about its level; 0 where it is not known. */
export function endOfHead(at: i32): i32 {
  return hasHead(LINE_ROOT, at) === 0 ? 0 : headEnd;
}

/**
 * The number of the stream of which the line at `at` begins a record, 0 where that is not known.
 * @param isClocked a head with a clock stands on each line of the event above it, so that a part of it may bear this one
 */
export function streamOf(at: i32, isClocked: bool): i32 {
  if (byte(at) === 123) {
    readRecord(at, lineLimit, INNER_ROOT, isUtf8);
    if (recordStream === 0 || !isWrapping) return recordStream;
    return goesOn(hasHead(INNER_ROOT, innerAt), innerEnd, isClocked) ? 0 : recordStream;
  }
  const kind = hasHead(LINE_ROOT, at);
  if (kind === 0 || headStream === 0) return 0;
  if (isClocked || (kind & CLOSES) === 0) return continues() ? 0 : headStream;
  return goesOn(kind, lineBehind(headEnd) - 1, isClocked) ? 0 : headStream;
}

/** Where the head ends of which it was asked last whether what stands behind it may go on, and the answer. */
let continuedAt: i32 = 0;
let continued: bool = false;

/** What stands behind the head found last, up to the end of its line, may go on with what stands above it. */
function continues(): bool {
  // A line is looked at as the end of the block above it, then as the beginning of another one.
  if (continuedAt !== headEnd) {
    const at = headEnd;
    continued = mayContinue(at, lineBehind(at) - 1);
    continuedAt = at;
  }
  return continued;
}

/** What stands behind the head found last, up to `end`, may go on with what stands above it. */
function goesOn(kind: i32, end: i32, isClocked: bool): bool {
  return !isClocked && (kind & CLOSES) !== 0 ? saysItGoesOn(headEnd, end) : mayContinue(headEnd, end);
}
