// Is a line a whole JSON record, and what of it can decide about its level? Walks through the record once and checks its form as
// strictly as `JSON.parse` does; what stands at the names that the level may depend on goes into a signature. A record
// whose signature is approved reads as that one did. `../records.ts` says which names these are, and approves.
import { byte, isDigit } from './bytes.ts';
import { hasHead, headStream, QUIET } from './heads.ts';
import { quietLineBehind } from './lines.ts';
import { APPROVED, APPROVED_BITS, APPROVED_ROWS, KEY_BITS, KEY_ROWS, KEYS, MAX_DEPTH, MAX_SIGNATURE, SIGNATURE, STACK } from './memory.ts';

// What a row of `KEYS` says of a name: only that it is there and what kind of value it has, or the value itself.
const EXACT: i32 = 1;
/** The text of a wrapped line. */
const LINE: i32 = 2;
/** A field of an envelope. */
const ENVELOPE: i32 = 4;
/** Nothing is said about what has it. */
const NEVER: i32 = 8;

/** What an approved signature says: the record says nothing, or what its wrapped line says decides. */
const QUIETS: i32 = 1;
const WRAPS: i32 = 2;

/** No parent: nothing below it matters. */
const NOBODY: i32 = 0;
const ROOT: i32 = 1;

let signed: i32 = 0;
let isStrange: bool = false;
/** A field at the top is none that an envelope of a line of text has; how many fields there are. */
let isForeign: bool = false;
let fields: i32 = 0;
/** Of the record read last: it is an envelope; where the line in it begins, and where it ends, without its newline. */
export let innerAt: i32 = 0;
export let isWrapping: bool = false;
export let innerEnd: i32 = 0;
/** The name whose value comes, and what its row says. */
let named: i32 = 0;
let use: i32 = 0;
let hasHigh: bool = false;

function isBlank(c: i32): bool {
  return c === 32 || c === 9 || c === 13;
}

/** How long the signature of the record looked at last is; 0 where it has none. */
export function signatureLength(): i32 {
  return isStrange ? 0 : signed;
}

/** The record looked at last may be an envelope of a line of text. */
export function isEnvelope(): bool {
  return !isStrange && !isForeign;
}

function sign(c: i32): void {
  if (signed >= MAX_SIGNATURE) isStrange = true;
  else store<u8>(SIGNATURE + signed++, c);
}

function blanks(at: i32): i32 {
  while (isBlank(byte(at))) at++;
  return at;
}

/** Of the record read last: it is known; it is, and says nothing; where its newline is; the number of the stream of which it is one, or 0. */
export let isKnownRecord: bool = false;
export let isQuietRecord: bool = false;
export let recordEnd: i32 = 0;
export let recordStream: i32 = 0;

/** `limit`: more bytes are cut where they are read in full; `root`: the first of the heads of wrapped lines. */
export function readRecord(at: i32, limit: i32, root: i32, isUtf8: bool): void {
  signed = 0;
  isStrange = false;
  isForeign = false;
  fields = 0;
  innerAt = 0;
  hasHigh = false;
  isKnownRecord = false;
  isQuietRecord = false;
  isWrapping = false;
  recordStream = 0;
  recordEnd = record(at);
  if (recordEnd === 0 || recordEnd - at > limit || (hasHigh && !(isUtf8 && isUtf8Text(at, recordEnd)))) isStrange = true;
  sign(isForeign ? 0 : fields);
  if (isStrange || !isApproved()) return;
  if (approvedAs === WRAPS) {
    if (innerAt === 0) return;
    const kind = hasHead(root, innerAt);
    isKnownRecord = kind !== 0;
    isQuietRecord = (kind & QUIET) !== 0 && quietLineBehind(innerAt) !== 0;
    // Which stream it is the envelope says: a wrapped line that begins a record begins one of that.
    recordStream = kind === 0 || headStream === 0 ? 0 : approvedStream;
    isWrapping = true;
  } else {
    isKnownRecord = true;
    isQuietRecord = approvedAs === QUIETS;
    recordStream = approvedStream;
  }
}

/** Where the newline stands behind the record at `at`, or 0 where it is none. */
function record(at: i32): i32 {
  let depth = 0;
  let node = ROOT;
  named = ROOT;
  use = 0;
  // A value comes.
  while (true) {
    at = blanks(at);
    const c = byte(at);
    let isOpened = false;
    if (c === 34) {
      const end = stringEnd(at + 1);
      if (end === 0) return 0;
      if (named !== NOBODY) signString(at + 1, end - 1);
      at = end;
    } else if (c === 123 || c === 91) {
      if (depth >= MAX_DEPTH) return 0;
      // Below a list nothing is known by name.
      if (depth > 0 && named !== NOBODY) sign(c);
      node = c === 123 ? named : NOBODY;
      store<i32>(STACK + (depth << 2), (node << 1) | (c === 123 ? 1 : 0));
      depth++;
      at = blanks(at + 1);
      if (byte(at) === c + 2) isOpened = false;
      else isOpened = true;
    } else {
      const end = isDigit(c) || c === 45 ? numberEnd(at) : wordEnd(at);
      if (end === 0) return 0;
      if (named !== NOBODY) signScalar(at, end);
      at = end;
    }
    if (!isOpened) {
      // Behind a value, or at the end of something empty.
      while (true) {
        at = blanks(at);
        if (depth === 0) return byte(at) === 10 ? at : 0;
        const held = load<i32>(STACK + ((depth - 1) << 2));
        const close = (held & 1) !== 0 ? 125 : 93;
        const d = byte(at);
        if (d === close) {
          if (depth > 1 && held >> 1 !== NOBODY) sign(125);
          depth--;
          at++;
          continue;
        }
        if (d !== 44) return 0;
        at = blanks(at + 1);
        break;
      }
    }
    const held = load<i32>(STACK + ((depth - 1) << 2));
    named = NOBODY;
    use = 0;
    if ((held & 1) !== 0) {
      if (byte(at) !== 34) return 0;
      const end = stringEnd(at + 1);
      if (end === 0) return 0;
      nameOf(held >> 1, at + 1, end - 1);
      if (depth === 1) {
        fields++;
        if ((use & ENVELOPE) === 0) isForeign = true;
        if ((use & NEVER) !== 0) isStrange = true;
      }
      at = blanks(end);
      if (byte(at) !== 58) return 0;
      at++;
    }
  }
}

/** Behind the quote that ends the string whose first byte is at `at`, or 0. */
function stringEnd(at: i32): i32 {
  isEscaped = false;
  const quote = i8x16.splat(34),
    backslash = i8x16.splat(92),
    control = i8x16.splat(32);
  while (true) {
    const v = v128.load(at);
    const stop = i8x16.bitmask(v128.or(v128.or(i8x16.eq(v, quote), i8x16.eq(v, backslash)), i8x16.lt_u(v, control)));
    const high = i8x16.bitmask(v);
    if (stop === 0) {
      if (high !== 0) hasHigh = true;
      at += 16;
      continue;
    }
    const lane = ctz(stop);
    if ((high & ((1 << lane) - 1)) !== 0) hasHigh = true;
    at += lane;
    const c = byte(at);
    if (c === 34) return at + 1;
    if (c !== 92) return 0;
    isEscaped = true;
    const next = byte(at + 1);
    if (next === 117) {
      for (let i = 2; i < 6; i++) {
        const h = byte(at + i);
        if (!(isDigit(h) || u32((h | 32) - 97) < 6)) return 0;
      }
      at += 6;
    } else if (next === 34 || next === 92 || next === 47 || next === 98 || next === 102 || next === 110 || next === 114 || next === 116)
      at += 2;
    else return 0;
  }
}

let isEscaped: bool = false;

/** Behind `-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?`, or 0. */
function numberEnd(at: i32): i32 {
  if (byte(at) === 45) at++;
  if (byte(at) === 48) at++;
  else {
    if (!isDigit(byte(at))) return 0;
    while (isDigit(byte(at))) at++;
  }
  if (byte(at) === 46) {
    at++;
    if (!isDigit(byte(at))) return 0;
    while (isDigit(byte(at))) at++;
  }
  if ((byte(at) | 32) === 101) {
    at++;
    if (byte(at) === 43 || byte(at) === 45) at++;
    if (!isDigit(byte(at))) return 0;
    while (isDigit(byte(at))) at++;
  }
  return at;
}

/** Behind `true`, `false` or `null`, or 0. */
function wordEnd(at: i32): i32 {
  const four = load<u32>(at);
  if (four === 0x65757274 || four === 0x6c6c756e) return at + 4;
  return four === 0x736c6166 && byte(at + 4) === 101 ? at + 5 : 0;
}

/** What the name [from, to) below `parent` says: sets `named` and `use`. */
function nameOf(parent: i32, from: i32, to: i32): void {
  if (parent === NOBODY) return;
  if (isEscaped) {
    isStrange = true;
    return;
  }
  let hash = parent;
  for (let at = from; at < to; at++) hash = (hash * 31 + byte(at)) & 0x7fffffff;
  let slot = u32(hash * 0x9e3779b1) >> (32 - KEY_BITS);
  const length = to - from;
  while (true) {
    const row = load<i32>(KEYS + (slot << 3), 4);
    if (row === 0) return;
    if (load<i32>(KEYS + (slot << 3)) === hash && isName(KEY_ROWS + row, parent, from, length)) {
      named = load<u8>(KEY_ROWS + row, 2) as i32;
      use = load<u8>(KEY_ROWS + row, 3) as i32;
      sign(named);
      return;
    }
    slot = (slot + 1) & ((1 << KEY_BITS) - 1);
  }
}

/** A row has the parent, the length of the name, its own number, its use, and its bytes. */
function isName(row: i32, parent: i32, from: i32, length: i32): bool {
  if (load<u8>(row) !== parent || load<u8>(row, 1) !== length) return false;
  for (let i = 0; i < length; i++) if (byte(row + 4 + i) !== byte(from + i)) return false;
  return true;
}

function signString(from: i32, to: i32): void {
  if ((use & LINE) !== 0) {
    innerAt = from;
    // Its line is whole: a newline ends it.
    const isWhole = to - from >= 2 && byte(to - 1) === 110 && byte(to - 2) === 92 && byte(to - 3) !== 92;
    innerEnd = isWhole ? to - 2 : to;
    sign(isWhole ? 76 : 108);
  } else if ((use & EXACT) === 0) sign(115);
  else if (to - from > 24 || isEscaped) isStrange = true;
  else {
    sign(83);
    sign(to - from);
    for (let at = from; at < to; at++) sign(byte(at));
  }
}

/** Short numbers are told as they are: levels and versions are such. */
function signScalar(from: i32, to: i32): void {
  if ((use & EXACT) !== 0 || to - from <= 2) {
    if (to - from > 24) isStrange = true;
    sign(78);
    sign(to - from);
    for (let at = from; at < to; at++) sign(byte(at));
  } else sign(isDigit(byte(from)) || byte(from) === 45 ? 35 : byte(from));
}

function hashOf(from: i32, length: i32): i32 {
  let hash: u32 = length;
  for (let i = 0; i < length; i++) hash = (hash ^ load<u8>(from + i)) * 0x01000193;
  return (hash & 0x7fffffff) as i32;
}

let approvedAs: i32 = 0;
let approvedStream: i32 = 0;

/** Sets what the signature is approved as. A row has its length, what it says, the number of its stream, its bytes. */
function isApproved(): bool {
  const hash = hashOf(SIGNATURE, signed);
  let slot = u32(hash * 0x9e3779b1) >> (32 - APPROVED_BITS);
  while (true) {
    const row = load<i32>(APPROVED + (slot << 3), 4);
    if (row === 0) return false;
    if (load<i32>(APPROVED + (slot << 3)) === hash && (load<u16>(APPROVED_ROWS + row) as i32) === signed) {
      let i = 0;
      while (i < signed && load<u8>(APPROVED_ROWS + row + 4 + i) === load<u8>(SIGNATURE + i)) i++;
      if (i === signed) {
        approvedAs = load<u8>(APPROVED_ROWS + row, 2) as i32;
        approvedStream = load<u8>(APPROVED_ROWS + row, 3) as i32;
        return true;
      }
    }
    slot = (slot + 1) & ((1 << APPROVED_BITS) - 1);
  }
}

/** The hash under which the signature of the record looked at last is kept. */
export function signatureHash(): i32 {
  return hashOf(SIGNATURE, signed);
}

/** No byte of [at, end) is damaged. */
export function isUtf8Text(at: i32, end: i32): bool {
  while (at < end) {
    const c = byte(at);
    if (c < 0x80) {
      at++;
      continue;
    }
    const length = c >= 0xc2 && c <= 0xdf ? 2 : c >= 0xe0 && c <= 0xef ? 3 : c >= 0xf0 && c <= 0xf4 ? 4 : 0;
    if (length === 0 || at + length > end) return false;
    const next = byte(at + 1);
    if ((c === 0xe0 && next < 0xa0) || (c === 0xed && next > 0x9f) || (c === 0xf0 && next < 0x90) || (c === 0xf4 && next > 0x8f))
      return false;
    for (let i = 1; i < length; i++) if ((byte(at + i) & 0xc0) !== 0x80) return false;
    at += length;
  }
  return true;
}
