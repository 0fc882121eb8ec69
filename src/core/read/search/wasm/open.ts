// Which lines may belong to an open event: those that hold all that every line of its stream holds. All others belong
// to none, whatever they are.
import { byte } from './bytes.ts';
import { OPEN } from './memory.ts';

/** The first four bytes of lines that end what is open, whatever stream it is of: `==> file <==`, `START RequestId: `. */
function endsAll(at: i32): bool {
  const start = load<u32>(at);
  return start === 0x203e3d3d || start === 0x52415453 || start === 0x20444e45 || start === 0x4f504552;
}

/** The line at `at` holds all the texts of an open event, or ends it. */
export function isOfOpen(at: i32): bool {
  if (endsAll(at)) return true;
  let place = OPEN + 1;
  for (let left = byte(OPEN); left > 0; left--) {
    let isIt = true;
    let texts = byte(place++);
    for (; texts > 0; texts--) {
      if (isIt && !holds(at, place + 1, byte(place))) isIt = false;
      place += 1 + byte(place);
    }
    if (isIt) return true;
  }
  return false;
}

/** The text of `length` bytes at `text` stands in the line at `at`. */
function holds(at: i32, text: i32, length: i32): bool {
  const newline = i8x16.splat(10);
  const first = i8x16.splat(load<i8>(text));
  const last = i8x16.splat(load<i8>(text + length - 1));
  while (true) {
    const v = v128.load(at);
    const ends = i8x16.bitmask(i8x16.eq(v, newline));
    let found = i8x16.bitmask(v128.and(i8x16.eq(v, first), i8x16.eq(v128.load(at + length - 1), last)));
    if (ends !== 0) found &= (ends - 1) & ~ends;
    while (found !== 0) {
      const place = at + ctz(found);
      let i = 1;
      while (i < length && byte(place + i) === byte(text + i)) i++;
      if (i >= length) return true;
      found &= found - 1;
    }
    if (ends !== 0) return false;
    at += 16;
  }
}
