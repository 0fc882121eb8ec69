// Blocks of lines whose shape is known: an event that was read before, or a line that came to nothing. The shapes are
// compared whole, not by their hashes: a stranger who writes lines cannot make two of them meet.
import { isNeutralAbove, lineAbove, neutralTo, tellingEnd } from './above.ts';
import { endOfHead, quietLine, streamOf } from './begins.ts';
import { isEnvelope, signatureLength } from './json.ts';
import { lineBehind, lineStart } from './lines.ts';
import { FIRST, LATER, maskedEnd, maskedHash, maskLine, maskPart, NOTHING } from './mask.ts';
import { BLOCK_SLOTS, FIRST_HEAD, FIRST_PLAIN, FIRST_SIZE, MASKED, MASKED_END, NOTHING_SLOTS, OPENERS, SIGNATURE } from './memory.ts';
import { findNeedle } from './strings.ts';

const MAX_LINES: i32 = 120;
const SLOT_MASK: i32 = 0x3fff;

/** Of the block found last: its lines, its number. */
export let taken: i32 = 0;
export let number: i32 = 0;
/** Of the shape made last: where it ends in `MASKED`, its hash, the hash of its first line. */
export let shapeEnd: i32 = 0;
export let shapeHash: i32 = 0;
export let openerHash: i32 = 0;

const OBJECT: i32 = 123;
/** In what is remembered of a block: a head with a clock stands on each of its lines; its stream has a name. */
const CLOCKED: i32 = 256;
const NAMED: i32 = 512;
/** Lines that follow it are a part of its shape. */
const FOLLOWED: i32 = 1024;
/** The lines above such a block must be neutral; the one directly above is a part of its shape. */
const ON_CLOCKS: i32 = 2048;
const ON_PREVIOUS: i32 = 4096;
/** So many lines at the end of the shape are no part of it, but show that it is over, whatever stands behind them. */
const FOLLOWERS_SHIFT: i32 = 13;
const FOLLOWERS: i32 = 15;
const NUMBER_SHIFT: i32 = 17;
/** So many lines of other streams may stand between a block and the record that ends it. */
const MAX_BETWEEN: i32 = 100;

/** The first line of the block: where it begins and where it is behind, and where its head ends, if that is known. */
let first: i32 = 0;
let second: i32 = 0;
let head: i32 = 0;
/** It is a JSON record, not an envelope. */
let isRecord: bool = false;

/**
 * Begins a shape. What stands behind the first line comes first in it, so that the first line can be put behind it in two
 * ways: as it is, and with its head alone, where the frames of the event say what it is.
 */
function begin(at: i32, end: i32): bool {
  first = at;
  second = lineBehind(at);
  const isObject = load<u8>(at) === OBJECT;
  isRecord = isObject && !isEnvelope();
  head = isObject ? 0 : endOfHead(at);
  shapeEnd = MASKED;
  shapeHash = 1;
  taken = 1;
  return second <= end;
}

function goOn(at: i32, end: i32): i32 {
  const next = maskLine(at, end, shapeEnd, MASKED_END, LATER, false);
  if (next === -1) return -1;
  shapeEnd = maskedEnd;
  shapeHash = ((shapeHash * 31) ^ maskedHash) >>> 1;
  taken++;
  return next;
}

/** The head of the first line is known, and nothing behind it could make something else of the line than its head says. */
function isHeaded(): bool {
  return head !== 0 && findNeedle(head, head, second) === -1;
}

/** Where the first line was masked to last, apart from the others, and its hash: as it is, and with its head alone. */
let plainEnd: i32 = 0;
let plainHash: i32 = 0;
let headEnd: i32 = 0;
let headHash: i32 = 0;

/** Masks the first line by itself; of a record its signature stands before it, because numbers in it may count. */
function maskFirst(mode: i32, isHead: bool): bool {
  const start = isHead ? FIRST_HEAD : FIRST_PLAIN;
  let to = start;
  if (isRecord) {
    const length = signatureLength();
    if (length === 0 || length + 4 > FIRST_SIZE) return false;
    memory.copy(to, SIGNATURE, length);
    store<i32>(to + length, 0);
    to += (length + 3) & -4;
  }
  if (maskPart(first, second, to, start + FIRST_SIZE, mode, isRecord, isHead ? head : second - 1) === -1) return false;
  if (isHead) {
    headEnd = maskedEnd;
    headHash = maskedHash;
  } else {
    plainEnd = maskedEnd;
    plainHash = maskedHash;
  }
  return true;
}

/** Puts the first line behind the others: where the whole shape ends, or 0. Sets its hash. */
function putFirst(isHead: bool): i32 {
  const start = isHead ? FIRST_HEAD : FIRST_PLAIN;
  const length = (isHead ? headEnd : plainEnd) - start;
  if (shapeEnd + length > MASKED_END) return 0;
  memory.copy(shapeEnd, start, length);
  wholeHash = ((shapeHash * 31) ^ (isHead ? headHash : plainHash)) >>> 1;
  return shapeEnd + length;
}

let wholeHash: i32 = 0;
/** A shape was made with the head of its first line alone: there may be such ones. */
let isAnyHead: bool = false;

/** The shape of the lines from `at` to `to`: where it ends, or 0 where they have none. */
export function shape(at: i32, to: i32, isNothing: bool, isHead: bool): i32 {
  // Makes the signature of a record.
  if (load<u8>(at) === OBJECT) quietLine(at);
  if (!begin(at, to) || (isHead && !isHeaded())) return 0;
  if (isHead) isAnyHead = true;
  // Looking at what comes later makes other signatures.
  if (!maskFirst(isNothing ? NOTHING : FIRST, isHead)) return 0;
  openerHash = isHead ? headHash : plainHash;
  let next = second;
  while (next !== -1 && next < to && taken < MAX_LINES) next = goOn(next, to);
  if (next !== to) return 0;
  shapeEnd = putFirst(isHead);
  shapeHash = wholeHash;
  return shapeEnd;
}

function isOpener(hash: i32): bool {
  return ((load<u8>(OPENERS + ((hash >> 3) & 0x1fff)) >> ((hash & 7) as u8)) & 1) !== 0;
}

/** The line behind the block that begins at `at`, or 0 where its shape is not known. */
export function block(at: i32, end: i32): i32 {
  if (!begin(at, end)) return 0;
  const asHead = head !== 0 && isAnyHead && maskFirst(FIRST, true) && isOpener(headHash) && isHeaded();
  const asIs = maskFirst(FIRST, false) && isOpener(plainHash);
  if (!asIs && !asHead) return 0;
  if (isRecord) {
    const whole = asIs ? known(false) : 0;
    if ((whole & 1) !== 0) {
      number = (whole >>> NUMBER_SHIFT) - 1;
      return second;
    }
    // The signature is that of another record behind the next line.
    return 0;
  }
  let next = second;
  while (next < end) {
    let isOver = false;
    if (streamOf(next, false) !== 0) {
      let value = asIs ? known(false) : 0;
      if (value === 0 && asHead) value = known(true);
      if (
        value !== 0 &&
        (value & FOLLOWED) === 0 &&
        isEnded(next, end, (value & 255) >>> 1, (value & CLOCKED) !== 0, (value & NAMED) !== 0)
      ) {
        number = (value >>> NUMBER_SHIFT) - 1;
        return next;
      }
      isOver = streamOf(next, true) !== 0;
    }
    if (taken >= MAX_LINES) return 0;
    const behind = goOn(next, end);
    if (behind === -1) return 0;
    if (asIs && isFollowed(at, next)) return blockEnd;
    if (isOver) return 0;
    next = behind;
  }
  return 0;
}

/** Where the event ended that has been open alone since the line at `at`, if the one at `next` shows that it is over; or 0. */
export function overAt(at: i32, next: i32, end: i32): i32 {
  if (load<u8>(at) === OBJECT) quietLine(at);
  if (!begin(at, end) || isRecord || !maskFirst(FIRST, false) || !isOpener(plainHash)) return 0;
  let from = second;
  while (from < next && from !== -1 && taken < MAX_LINES) from = goOn(from, end);
  return from === next && goOn(next, end) !== -1 && isFollowed(at, next) ? blockEnd : 0;
}

/** Of the block found last that others follow: where it ends. */
let blockEnd: i32 = 0;

/** An event that was read before begins at `at`, and the lines up to that at `next` have shown that it was over. */
function isFollowed(at: i32, next: i32): bool {
  let value = known(false);
  if ((value & FOLLOWED) === 0) return false;
  const onClocks = (value & ON_CLOCKS) !== 0;
  if (onClocks && !isNeutralAbove(at)) return false;
  if ((value & ON_PREVIOUS) !== 0) {
    const end = putAbove(at, shapeEnd + plainEnd - FIRST_PLAIN);
    value = end === 0 ? 0 : slot(BLOCK_SLOTS, wholeHash, MASKED, end);
    if (value === 0) return false;
  }
  number = (value >>> NUMBER_SHIFT) - 1;
  const followers = (value >>> FOLLOWERS_SHIFT) & FOLLOWERS;
  taken -= followers;
  blockEnd = next;
  for (let left = followers; left > 1; left--) blockEnd = lineStart(at, blockEnd - 1);
  if (onClocks) neutralTo(blockEnd);
  return true;
}

/** Puts the line above the one at `at` behind the whole shape, which ends at `to`: where that ends now, or 0. Sets its hash. */
function putAbove(at: i32, to: i32): i32 {
  const above = lineAbove(at);
  if (above === 0 || maskPart(above, at, to, MASKED_END, LATER, false, tellingEnd(above, at - 1)) === -1) return 0;
  wholeHash = ((wholeHash * 31) ^ maskedHash) >>> 1;
  return maskedEnd;
}

/** Adds the line above the one at `at` to the shape made last: where it ends now, or 0. */
export function shapeBelow(at: i32): i32 {
  shapeEnd = putAbove(at, shapeEnd);
  shapeHash = wholeHash;
  return shapeEnd;
}

/**
 * The event of `stream` whose lines end at `at` is over there: a record of the same stream follows. Between them may stand
 * records of other streams that say nothing, where that stream has a name: in one without, any line may go on.
 */
export function isEnded(at: i32, end: i32, stream: i32, isClocked: bool, isNamed: bool): bool {
  for (let left = isNamed ? MAX_BETWEEN : 1; left > 0 && at < end; left--) {
    const found = streamOf(at, isClocked);
    if (found === stream) return true;
    if (found === 0) return false;
    at = quietLine(at);
    if (at === 0) return false;
  }
  return false;
}

/** What is remembered of the lines masked so far with the first one behind them. */
function known(isHead: bool): i32 {
  // Most often there is none with its hash: then nothing need be put together.
  const hash = ((shapeHash * 31) ^ (isHead ? headHash : plainHash)) >>> 1;
  if (!isHashed(BLOCK_SLOTS, hash)) return 0;
  const end = putFirst(isHead);
  return end === 0 ? 0 : slot(BLOCK_SLOTS, wholeHash, MASKED, end);
}

/** Something may be remembered of a shape with this hash. */
function isHashed(slots: i32, hash: i32): bool {
  let index = hash;
  while (true) {
    const at = slots + ((index & SLOT_MASK) << 4);
    if (load<i32>(at, 12) === 0) return false;
    if (load<i32>(at) === hash) return true;
    index++;
  }
}

/** The line behind the one at `at` where one like it came to nothing, else 0. */
export function nothing(at: i32, end: i32): i32 {
  if (load<u8>(at) === OBJECT) return 0;
  if (!begin(at, end) || !maskFirst(NOTHING, false)) return 0;
  const to = putFirst(false);
  return to !== 0 && slot(NOTHING_SLOTS, wholeHash, MASKED, to) !== 0 ? second : 0;
}

/** What is remembered of the shape in [start, end), 0 where it is not. A slot has its hash, its place, its length, its value. */
export function slot(slots: i32, hash: i32, start: i32, end: i32): i32 {
  let index = hash;
  const length = end - start;
  while (true) {
    const at = slots + ((index & SLOT_MASK) << 4);
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
