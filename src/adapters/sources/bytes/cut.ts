// Cuts the bytes of one stream into pieces that end just after a newline and holds the half line back.
// A line longer than the bound is passed on in pieces, so that memory stays bounded whatever the log does.
import { type Encoding, endOfLastLine } from './encoding.ts';

/** Most bytes of one unfinished line that are held back. */
export const MAX_HELD = 1024 * 1024;

/** What a chunk is made of. */
export interface Piece {
  /** Of the first byte, in the file. */
  readonly offset: number;
  readonly bytes: Buffer;
}

export interface Cutter {
  /**
   * Takes the next bytes of the stream; gives back what is whole by now, a part of `window` where that is possible.
   * @param known the first bytes of `window` that were pushed before: a half line among them is not put together again
   */
  push(window: Buffer, known?: number): Piece | undefined;
  /** Half a line is held back. */
  readonly isHolding: boolean;
  /** Gives back the half line as far as it has whole units: what is pushed next goes on in that line. */
  half(): Piece | undefined;
  /** Gives back the half line: nothing more is to come. */
  rest(): Piece | undefined;
}

/** @param at where the first byte pushed stands in the stream */
export function createCutter(at: Pick<Piece, 'offset'>, encoding: Encoding, maxHeld = MAX_HELD): Cutter {
  let held: Buffer[] = [];
  let heldSize = 0;
  let offset = at.offset;

  const take = (bytes: Buffer): Piece => {
    const piece = { offset, bytes };
    offset += bytes.length;
    return piece;
  };
  const hold = (bytes: Buffer): void => {
    if (bytes.length === 0) return;
    held.push(Buffer.from(bytes));
    heldSize += bytes.length;
  };
  const dropHeld = (all: Buffer): Buffer => {
    held = [];
    heldSize = 0;
    return all;
  };
  const release = (last: Buffer): Buffer => dropHeld(held.length === 0 ? last : Buffer.concat([...held, last]));

  return {
    push: (window, known = 0) => {
      const block = window.subarray(known);
      // A unit of two or four bytes may lie across two blocks: only the joined bytes show its newline.
      const bytes = encoding.width === 1 ? block : release(block);
      const start = encoding.width === 1 ? offset + heldSize : offset;
      let end = endOfLastLine(bytes, start, encoding);
      if (end === 0 && heldSize + bytes.length >= maxHeld) end = bytes.length - ((start + bytes.length) % encoding.width);
      if (end === 0) {
        hold(bytes);
        return undefined;
      }
      const inWindow = encoding.width === 1 && heldSize > 0 && heldSize <= known;
      const whole = inWindow ? dropHeld(window.subarray(known - heldSize, known + end)) : release(bytes.subarray(0, end));
      hold(bytes.subarray(end));
      return take(whole);
    },
    get isHolding() {
      return heldSize > 0;
    },
    half: () => {
      const all = release(Buffer.alloc(0));
      const end = all.length - ((offset + all.length) % encoding.width);
      hold(all.subarray(Math.max(0, end)));
      return end > 0 ? take(all.subarray(0, end)) : undefined;
    },
    rest: () => (heldSize === 0 ? undefined : take(release(Buffer.alloc(0)))),
  };
}
