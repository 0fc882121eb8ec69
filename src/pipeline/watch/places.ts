// The places of one stream, by number of bytes: what the source knows of each block of bytes, put behind one another, from
// the one in which everything is not yet decided. The core counts bytes; only this file and the source speak of tokens.
import { defined } from '../../core/defined.ts';
import type { Place } from '../../ports.ts';

/** As `Place`, with the numbers that the intake gives to the bytes of the whole stream. */
export interface Places extends Place {
  /** @param from number of its first byte */
  add(from: number, place: Place): void;
  /** Nothing before this byte is asked for any more. */
  forget(offset: number): void;
}

export function createPlaces(): Places {
  let blocks: readonly { readonly from: number; readonly place: Place }[] = [];
  const at = (offset: number): (typeof blocks)[number] => blocks.findLast(({ from }) => from <= offset) ?? blocks[0]!;
  return {
    // Not the chunk itself: its bytes are used again.
    add: (from, { tokenAt, byteAt, positionAt, recordAt, givesAgain }) => {
      blocks = [...blocks, { from, place: { tokenAt, byteAt, positionAt, ...defined({ recordAt, givesAgain }) } }];
    },
    forget: (offset) => {
      const first = blocks.findLastIndex(({ from }) => from <= offset);
      if (first > 0) blocks = blocks.slice(first);
    },
    tokenAt: (offset) => at(offset).place.tokenAt(offset - at(offset).from),
    recordAt: (offset) => at(offset).place.recordAt?.(offset - at(offset).from),
    positionAt: (offset, ahead) => {
      const { from, place } = at(offset);
      return place.positionAt(offset - from, ahead && new Map([...ahead].map(([writer, to]) => [writer, to - from])));
    },
    get givesAgain() {
      return blocks.at(-1)?.place.givesAgain;
    },
    byteAt: (token) => {
      for (const { from, place } of blocks.toReversed()) {
        const n = place.byteAt(token);
        if (n !== undefined) return from + n;
      }
      return undefined;
    },
  };
}
