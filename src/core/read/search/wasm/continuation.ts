// A record may go on with what stands above it, though it has a head of its own: by the words that say so, or because what
// stands behind its head is a part of a trace. In doubt it may.
import { byte, isDigit, isLetter } from './bytes.ts';
import { CONTINUATIONS } from './memory.ts';
import { findOpener } from './strings.ts';

/** Where such words stand, a record may be the rest of the one before. */
const MAX_CONTINUATION: i32 = 200;

/** The line whose head ends at `at` and that ends at `end` may be more of the record, or of the trace, above it. */
export function mayContinue(at: i32, end: i32): bool {
  /** Behind a word, a frame does not begin. */
  let afterWord = false;
  let last = 0;
  for (let i = at; i < end; i++) {
    const c = byte(i);
    // A tab, also as JSON writes it.
    if (c === 9 || (c === 92 && byte(i + 1) === 116)) return true;
    if (c === 32 || c === 13) continue;
    last = c;
    if (c === 58 && i - at < MAX_CONTINUATION && isContinuation(i)) return true;
    const isWord = isLetter(c) || isDigit(c);
    if (!isSign(byte(i - 1)) && !afterWord && isFrame(i, c)) return true;
    afterWord = isWord;
  }
  // With nothing but a context, such as `[main]`, behind its head, the rest stands below, or above.
  if (last === 0 || last === 93 || last === 45 || last === 58 || last === 124 || last === 44 || last === 59 || last === 33) return true;
  return (last === 41 && endsWithName(end)) || findOpener(at, end) !== -1;
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
  if (c === 125) return true;
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

/** Behind the last `(` stands one name alone, up to `end`: `(main)`. */
function endsWithName(end: i32): bool {
  let at = end - 1;
  while (byte(at) === 32 || byte(at) === 13) at--;
  at--;
  while (isSign(byte(at))) at--;
  return byte(at) === 40;
}
