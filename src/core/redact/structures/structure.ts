// A structure says what a value is by its place among others, which no expression tells: the head of a column, the order of arguments, the
// question marks of a statement, the name of a section.
import type { Rule } from '../rule.ts';

/** Where a value stands in a text. */
export interface Cell {
  readonly from: number;
  readonly to: number;
}

export interface Structure {
  /** What has to stand in a text before it is read. */
  readonly look: Rule;
  /** @returns where secrets stand, in the order of the text, none within another */
  readonly find: (text: string) => readonly Cell[];
}

/** @param needs cheap, the cheapest first */
export const looksFor = (words: readonly string[], ...needs: readonly RegExp[]): Rule => ({
  kind: 'secret',
  words,
  needs,
  pattern: needs[0]!,
});

/** In the order of the text; of two that overlap the first stays. */
export function inOrder(cells: readonly Cell[]): readonly Cell[] {
  let end = 0;
  return cells
    .toSorted((a, b) => a.from - b.from || b.to - a.to)
    .filter(({ from, to }) => {
      if (from < end || to <= from) return false;
      end = to;
      return true;
    });
}
