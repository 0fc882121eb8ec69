// Two texts held side by side by the lines that both have, and by those that were changed a little.
// Says which place is which; what has gone, and whether it may, is for its callers.
import { isSource, readCode } from '../repository/code-text.ts';
import { type Compared, likeness, wordsOf } from './edits.ts';
import { entriesIn, formOf } from './entries.ts';

export type Pair = readonly [at: number, before: number];

/** What stands between two lines that are held together; both ends are left out. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  readonly fromBefore: number;
  readonly toBefore: number;
}

/** In markup a tag of two letters says something too. */
export const isTelling = (line: string | undefined): boolean => /[\p{L}\p{N}]\p{M}*[\p{L}\p{N}]/u.test(line ?? '');

/** Marks that begin a comment in one language or another, in files of which we do not know the language. */
const COMMENT =
  /^\s*(?:\/\/|#(?:\s|$|-|!)|--(?:\s|$)|;|%(?:\s|$|%)|\/\*|\*(?:\s|$)|\(\*|\{-|<!--|!(?:\s|$)|'\s|REM\b|dnl\b|\.\.(?:\s|$)|\\(?:\s|$)|\.\\"|⍝|\{[^{}:=;]+\}\s*$)/i;

/** Comments of templates, which may stand in a file of any language. */
const OF_TEMPLATE = /^\s*(?:\{%-?\s*comment\b|\{\{(?:-\s*)?\/\*|\{#|\{\{!|\{\{--|<%#|<%--|@\*)/;

/** Formats that have more marks than the one that is sure within a line. */
const OTHER_MARKS = /\.(?:ini|cfg|conf|properties|scss|less)$/i;

/** Lines without comments: by the marks of the language, else without those that begin as one does somewhere. */
export function codeLines(path: string, text: string): readonly string[] {
  const lines = (isSource(path) ? readCode(path, text).uncommented : text).split('\n');
  return lines.map((line) => (OF_TEMPLATE.test(line) || ((!isSource(path) || OTHER_MARKS.test(path)) && COMMENT.test(line)) ? '' : line));
}

/** As near as a line is to what it was changed from. */
export const NEAR = 0.6;
const MOST_COMPARED = 60;

export const compared = (line: string): Compared => ({ line: line.trim(), words: wordsOf(line) });

/** How often each line stands in a text, without the blanks around it. */
export function counted(lines: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line.trim(), (counts.get(line.trim()) ?? 0) + 1);
  return counts;
}

/** What a line of settings sets. */
export const keyOfSetting = (line: string): string | undefined => /^\s*(?:-\s+)?["']?([\w.-]+)["']?\s*(?::(?:\s|$)|=(?!=))/.exec(line)?.[1];

/** A text by its lines, and these without comments. */
export interface Lines {
  readonly all: readonly string[];
  readonly code: readonly string[];
}

/** Gaps between lines that both have, or that were changed a little, in the order of both; a comment is no code changed a little. */
export function gaps(now: Lines, was: Lines): readonly Gap[] {
  const whole = { from: -1, to: now.all.length, fromBefore: -1, toBefore: was.all.length };
  const pairs = withChanged(held(now.all, was.all, whole), now, was);
  let [from, fromBefore] = [-1, -1];
  return pairs.map(([to, toBefore]) => {
    const gap = { from, to, fromBefore, toBefore };
    [from, fromBefore] = [to, toBefore];
    return gap;
  });
}

/** Places of lines that stand once in each between two that are held; between these, again. */
function held(now: readonly string[], was: readonly string[], { from, to, fromBefore, toBefore }: Gap): readonly Pair[] {
  const places = (lines: readonly string[], start: number, end: number): ReadonlyMap<string, number> => {
    const found = new Map<string, number>();
    for (let at = start + 1; at < end; at += 1) {
      const line = (lines[at] as string).trim();
      found.set(line, found.has(line) ? -1 : at);
    }
    return found;
  };
  const other = places(was, fromBefore, toBefore);
  const pairs = [...places(now, from, to)].flatMap(([line, at]) => {
    const before = other.get(line) ?? -1;
    return at < 0 || before < 0 || line === '' ? [] : [[at, before] as Pair];
  });
  const rise = longestRise(pairs);
  if (rise.length === 0) return [];
  let [left, top] = [from, fromBefore];
  return [...rise, [to, toBefore] as Pair].flatMap(([at, before], index) => {
    const within = held(now, was, { from: left, to: at, fromBefore: top, toBefore: before });
    [left, top] = [at, before];
    return index < rise.length ? [...within, [at, before] as Pair] : within;
  });
}

/** With the lines that were changed, and the ends of both. */
function withChanged(pairs: readonly Pair[], now: Lines, was: Lines): readonly Pair[] {
  const entries = entriesIn(was.code);
  const all: Pair[] = [];
  let [left, top] = [-1, -1];
  for (const [at, before] of [...pairs, [now.all.length, was.all.length] as Pair]) {
    const old = between(was, top, before).map((line, index) => ({ ...line, isEntry: entries[top + 1 + index] !== undefined }));
    for (const [index, match] of changedIn(between(now, left, at), old)) all.push([left + 1 + index, top + 1 + match]);
    all.push([at, before]);
    [left, top] = [at, before];
  }
  return all;
}

interface Between extends Compared {
  readonly isCode: boolean;
}

/** Pairs of lines that were changed, in the order of both: those that are most alike together. */
function changedIn(now: readonly Between[], was: readonly (Between & { readonly isEntry: boolean })[]): readonly Pair[] {
  // Of each place: the best sum from there on, and whether it is with this pair.
  const sums = [...Array(now.length + 1)].map(() => Array<number>(was.length + 1).fill(0));
  const isInPlace = (at: number, before: number): boolean =>
    (at === 0 && before === 0) || (at === now.length - 1 && before === was.length - 1);
  const alike = now.map((line, at) =>
    was.map((other, before) => (line.isCode === other.isCode ? changedBy(line, other, other.isEntry, isInPlace(at, before)) : 0)),
  );
  for (let at = now.length - 1; at >= 0; at -= 1)
    for (let before = was.length - 1; before >= 0; before -= 1) {
      const own = alike[at]?.[before] ?? 0;
      const withIt = own > 0 ? own + (sums[at + 1]?.[before + 1] ?? 0) : 0;
      (sums[at] as number[])[before] = Math.max(withIt, sums[at + 1]?.[before] ?? 0, sums[at]?.[before + 1] ?? 0);
    }
  const pairs: Pair[] = [];
  let [at, before] = [0, 0];
  while (at < now.length && before < was.length) {
    const best = sums[at]?.[before] ?? 0;
    const own = alike[at]?.[before] ?? 0;
    if (own > 0 && own + (sums[at + 1]?.[before + 1] ?? 0) >= best) {
      pairs.push([at, before]);
      [at, before] = [at + 1, before + 1];
    } else if ((sums[at + 1]?.[before] ?? 0) >= best) at += 1;
    else before += 1;
  }
  return pairs;
}

/** How much alike two lines are that are one line changed: the same setting, entries of one form, lines in one place; else nothing. */
function changedBy(one: Compared, other: Compared, isEntry: boolean, isInPlace: boolean): number {
  const like = likeness(one, other);
  if (like >= NEAR || (isInPlace && like >= NEAR_IN_PLACE)) return like;
  const key = keyOfSetting(one.line);
  if (key !== undefined && key === keyOfSetting(other.line)) return NEAR;
  return (isEntry || isInPlace) && formOf(one.line) === formOf(other.line) ? Math.max(like, LEAST) : 0;
}

const NEAR_IN_PLACE = 0.5;
const LEAST = 0.1;

const between = ({ all, code }: Lines, from: number, to: number): readonly Between[] =>
  all
    .slice(from + 1, to)
    .slice(0, MOST_COMPARED)
    .map((line, index) => ({ ...compared(line), isCode: /[\p{L}\p{N}]/u.test(code[from + 1 + index] ?? '') }));

/** Of lines that were moved the fewest are left out. */
function longestRise(pairs: readonly Pair[]): readonly Pair[] {
  const ends: { readonly pair: Pair; readonly back: number }[] = [];
  // For each length, the end of the rise that ends lowest.
  const lowest: number[] = [];
  for (const pair of pairs) {
    let [from, to] = [0, lowest.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((ends[lowest[middle] as number]?.pair[1] ?? 0) < pair[1]) from = middle + 1;
      else to = middle;
    }
    lowest[from] = ends.push({ pair, back: lowest[from - 1] ?? -1 }) - 1;
  }
  const rise: Pair[] = [];
  for (let at = lowest.at(-1) ?? -1; at >= 0; at = ends[at]?.back ?? -1) rise.push((ends[at] as (typeof ends)[number]).pair);
  return rise.reverse();
}
