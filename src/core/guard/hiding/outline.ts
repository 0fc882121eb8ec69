// What stands within what, by how far lines are indented: no parser, and the same for every language.
import { standsOut } from '../../repository/code-text.ts';

/** What stands where, by how far lines are indented. */
export interface Outline {
  /** Of each line the last one above it that is indented less; -1 where there is none. */
  readonly heads: readonly number[];
  /** Of each line the first one below it that is not indented more. */
  readonly ends: readonly number[];
}

/** A brace on a line of its own stands behind what it belongs to; the number of lines stays. */
export const bracesUp = (text: string): string => text.replace(/(?<=[^\s;{}])[^\S\n]*\n[^\S\n]*\{[^\S\n]*(?=\n)/g, ' {\n');

export function outlineOf(lines: readonly string[]): Outline {
  const heads = lines.map(() => -1);
  const ends = lines.map(() => lines.length);
  /** Lines above that nothing has ended yet, each indented more than the one before. */
  const open: { readonly at: number; readonly depth: number }[] = [];
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '' || standsOut(line)) continue;
    const depth = indentOf(line);
    for (let last = open.at(-1); last !== undefined && last.depth >= depth; last = open.at(-1)) {
      ends[last.at] = at;
      open.pop();
    }
    heads[at] = open.at(-1)?.at ?? -1;
    open.push({ at, depth });
  }
  return { heads, ends };
}

export const indentOf = (line: string): number => /^\s*/.exec(line)?.[0].length ?? 0;

/** The place of the nearest line of a kind, above (`-1`) or below (`1`); outside of the lines where there is none. */
export function nearest(lines: readonly string[], from: number, step: -1 | 1, isIt: (line: string) => boolean): number {
  let at = from + step;
  while (at >= 0 && at < lines.length && !isIt(lines[at] as string)) at += step;
  return at;
}
