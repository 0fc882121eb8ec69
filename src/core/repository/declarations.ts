// What a file declares: a function, class, method, export, route, test, table or rule. By the plain marks of languages, no parser.
import { readCode } from './code-text.ts';
import { MARKS, NOT_NAMES, OF_FILE } from './declaration-marks.ts';

/** One named thing of a file. */
export interface Declaration {
  readonly name: string;
  /** From 0. */
  readonly line: number;
}

/** @example declarationsOf('a.py', 'def f():\n  pass\n') // [{ name: 'f', line: 0 }] */
export function declarationsOf(path: string, text: string): readonly Declaration[] {
  const own = OF_FILE.filter(([names]) => names.test(path)).map(([, mark]) => mark);
  const marks = own.length > 0 && !/\.(?:vue|svelte|astro|html?)$/i.test(path) ? own : [...MARKS, ...own];
  return withOpenings(readCode(path, text).uncommented.split('\n')).flatMap((line, index) => {
    if (line.length > 400) return [];
    const name = marks.map((mark) => mark.exec(line)?.slice(1).find(Boolean)).find((found) => found !== undefined && !NOT_NAMES.has(found));
    return name === undefined ? [] : [{ name: name.replace(/\s+/g, ' ').replace(/:+$/, '').trim(), line: index }];
  });
}

/** A bracket on a line of its own stands at the end of the line that it opens the body of. */
export const withOpenings = (lines: readonly string[]): readonly string[] =>
  lines.map((line, index) => (lines[index + 1]?.trim() === '{' && line.trim() !== '' ? `${line.trimEnd()} {` : line));

/** A function with more lines, callers, or new lines that may stand for them is not looked for in others. */
export const MOST_COMPARED = 500;

/** From the declaration to the next one at the same depth or further out. */
export function bodyOf(source: readonly string[], all: readonly Declaration[], index: number): readonly string[] {
  const { line } = all[index] as Declaration;
  const depth = indentOf(source[line] ?? '');
  // A section of settings holds what has names of its own.
  const isSection = all[index]?.name.startsWith('[');
  // A route in one line has none.
  if (all[index]?.name.includes('(') && /\)\s*;?\s*$/.test(source[line] ?? '')) return [];
  const isNext = (other: Declaration): boolean => indentOf(source[other.line] ?? '') <= depth && (!isSection || other.name.startsWith('['));
  let next = index + 1;
  while (next < all.length && !isNext(all[next] as Declaration)) next += 1;
  const body = source.slice(line + 1, all[next]?.line ?? source.length);
  // What stands no deeper behind it is none of it, where it has something that does.
  const end = body.findIndex((text) => text.trim() !== '' && indentOf(text) <= depth && !/^\s*[{([]|^\s*[)\]}].*[{:]\s*$/.test(text));
  return end > 0 && body.slice(0, end).some(isTelling) ? body.slice(0, end) : body;
}

export interface Of {
  readonly path: string;
  readonly source: readonly string[];
  readonly all: readonly Declaration[];
  readonly index: number;
}

/** Its lines, the last one left out. */
export function spanOf(source: readonly string[], all: readonly Declaration[], index: number): readonly [from: number, to: number] {
  const { line } = all[index] as Declaration;
  return [line, line + 1 + bodyOf(source, all, index).length];
}

export const wordsIn = (line: string): ReadonlySet<string> => new Set(line.match(/[\p{L}\p{N}_$]+/gu) ?? []);

/** Of the words of both, those that both have. */
export const shared = (one: ReadonlySet<string>, other: ReadonlySet<string>): number =>
  [...one].filter((word) => other.has(word)).length / Math.max(1, new Set([...one, ...other]).size);

/** Brackets and blanks are everywhere. */
export const isTelling = (line: string): boolean => /[\p{L}\p{N}]{2}/u.test(line);

export const indentOf = (line: string): number => /^\s*/.exec(line)?.[0].length ?? 0;
