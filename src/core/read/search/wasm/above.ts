// Whether the lines above a block leave it as it is: none of the four nearest shows who carried the lines, or says a time by itself
// (`detect/carrier.ts`, `detect/begin.ts`). When in doubt one does, and the block is read in full.

import { clearHeadEnd, clearlyHeaded } from './begins.ts';
import { byte, isDigit } from './bytes.ts';
import { lineStart } from './lines.ts';
import { TEXT } from './memory.ts';

const MAX_ABOVE: i32 = 4;

/** No line above this place counts for what stands below it: those that were looked at before. */
let neutral: i32 = 0;

export function neutralTo(at: i32): void {
  neutral = at;
}

export function isNeutralAbove(at: i32): bool {
  for (let left = MAX_ABOVE; left > 0 && at !== neutral; left--) {
    // What stands before the text is not known here.
    if (at <= TEXT) return false;
    const start = lineStart(TEXT, at - 1);
    if (mayBearClock(start, at) && !clearlyHeaded(start)) return false;
    at = start;
  }
  return true;
}

/** Where the line above the one at `at` begins; 0 where that is not known here. */
export function lineAbove(at: i32): i32 {
  return at <= TEXT ? 0 : lineStart(TEXT, at - 1);
}

/** Up to where the line at `at`, which is not over before `last`, says what counts for the line below it. */
export function tellingEnd(at: i32, last: i32): i32 {
  return !clearlyHeaded(at) || clearHeadEnd === 0 ? last : clearHeadEnd;
}

/** A time of day, a date, seconds since something, or a field of logfmt may stand in [at, end). */
function mayBearClock(at: i32, end: i32): bool {
  let digits = 0;
  for (; at < end; at++) {
    const c = byte(at);
    if (isDigit(c)) {
      if (++digits >= 6) return true;
      continue;
    }
    if (c === 61) return true;
    if (digits > 0) {
      if (c === 58 && isDigit(byte(at + 1)) && isDigit(byte(at + 2))) return true;
      if (c === 46 && isDigit(byte(at + 1)) && isDigit(byte(at + 2)) && isDigit(byte(at + 3))) return true;
      if (digits >= 4 && (c === 45 || c === 46 || c === 47) && isDigit(byte(at + 1))) return true;
    }
    digits = 0;
  }
  return false;
}
