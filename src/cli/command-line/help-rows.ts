// How a help text puts a name and what it is beside each other: on a narrow terminal below each other, whole words to a line.
// Knows no command.
import { width, wrapped } from '../output/width.ts';

/** What is said of a name needs that much room beside it. */
const LEAST = 24;
const BEHIND = '      ';

/** Whether there is no room for words beside names of that width. */
export const isNarrow = (names: number, columns: number): boolean => columns - names - 4 < LEAST;

/** @example below('--json', 'print one object a line', 40) // '  --json\n      print one object a line' */
export const below = (name: string, words: string, columns: number): string =>
  [
    `  ${name}`,
    ...words.split('\n').flatMap((line) => wrapped(line, Math.max(columns - BEHIND.length, LEAST)).map((part) => BEHIND + part)),
  ].join('\n');

/** Rows of examples and codes; `names` is the width of the first column. */
export function helpRows(rows: readonly (readonly [name: string, words: string])[], names: number, columns: number): string {
  const room = columns - names - 4;
  const isBelow = isNarrow(names, columns) && rows.some(([, words]) => width(words) > room);
  const beside = (name: string, words: string): string =>
    `  ${name.padEnd(names)}  ${wrapped(words, Math.max(room, LEAST)).join(`\n${' '.repeat(names + 4)}`)}`;
  return rows.map(([name, words]) => (isBelow ? below(name, words, columns) : beside(name, words))).join('\n');
}
