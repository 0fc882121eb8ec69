// A comment where code was. Principle: what stands in place of several lines of code is code; a comment alone says that they
// are left out, in whatever language of people. Lines that both texts have once hold them side by side.
import { readCode } from '../repository/code-text.ts';
import { likeness, wordsOf } from './edits.ts';

/** One line may well give way to the reason why it has gone: where that is the change, or speaks of it. */
const LEAST = 2;

/** @returns the line of `content`, from 0, or `undefined` */
export function commentForCode(path: string, content: string, base: string): number | undefined {
  const [now, was] = [content.split('\n'), base.split('\n')];
  const [nowCode, wasCode] = [codeLines(path, content), codeLines(path, base)];
  if (nowCode.length !== now.length || wasCode.length !== was.length) return undefined;
  const kept = new Set(now.map((line) => line.trim()));
  const known = new Set(was.map((line) => line.trim()));
  const newCode = nowCode.filter((line, index) => isTelling(line) && !known.has((now[index] as string).trim()));
  const isElsewhere = newCode.length > 0;
  let [left, top] = [-1, -1];
  for (const [at, before] of withChanged(heldTogether(now, was), now, was)) {
    const fresh = now.slice(left + 1, at).flatMap((line, index) => (isTelling(line) ? [left + 1 + index] : []));
    const isCommentAlone = fresh.length > 0 && fresh.every((index) => !isTelling(nowCode[index]));
    const isNew = fresh.some((index) => !known.has((now[index] as string).trim()));
    const lost = was.slice(top + 1, before).filter((line, index) => isTelling(wasCode[top + 1 + index]) && !kept.has(line.trim()));
    const comments = fresh.filter((index) => !isTelling(nowCode[index]) && !known.has((now[index] as string).trim()));
    const isTold = comments.some((index) => sharesWord(now[index] as string, lost.join(' ')));
    const isOneGone = lost.length === 1 && isElsewhere && !isTold && now[left] === was[top] && now[at] === was[before];
    if (isCommentAlone && isNew && (lost.length >= LEAST || (isOneGone && !hasSuccessor(lost[0] as string, newCode)))) return fresh[0];
    const keys = CONFIG.test(path) ? new Set(now.map(keyOfSetting)) : undefined;
    const isMissing = (line: string): boolean => keys !== undefined && keyOfSetting(line) !== undefined && !keys.has(keyOfSetting(line));
    if (comments.length > 0 && !isTold && isElsewhere && lost.some(isMissing)) return comments[0];
    [left, top] = [at, before];
  }
  return undefined;
}

/** Files of settings: each line of one says something of its own. */
const CONFIG = /\.(?:tf|tfvars|hcl|ya?ml|toml|ini|cfg|conf|properties|env)$/i;

const keyOfSetting = (line: string): string | undefined => /^\s*(?:-\s+)?["']?([\w.-]+)["']?\s*[:=]/.exec(line)?.[1];

/** A line that was changed and stands elsewhere now. */
const hasSuccessor = (line: string, newCode: readonly string[]): boolean =>
  newCode.some((other) => likeness(compared(line), compared(other)) >= NEAR);

function sharesWord(one: string, other: string): boolean {
  const words = wordsOf(other);
  return [...wordsOf(one)].some((word) => words.has(word));
}

const codeLines = (path: string, text: string): readonly string[] => readCode(path, text).uncommented.split('\n');

/** In markup a tag of two letters says something too. */
const isTelling = (line: string | undefined): boolean => /[\p{L}\p{N}]{2}/u.test(line ?? '');

/** Places of lines that stand once in each, in the order of both. */
function heldTogether(now: readonly string[], was: readonly string[]): readonly Pair[] {
  const places = (lines: readonly string[]): ReadonlyMap<string, number> => {
    const found = new Map<string, number>();
    for (const [at, line] of lines.entries()) found.set(line.trim(), found.has(line.trim()) ? -1 : at);
    return found;
  };
  const other = places(was);
  const pairs = [...places(now)].flatMap(([line, at]) => {
    const before = other.get(line) ?? -1;
    return at < 0 || before < 0 || line === '' ? [] : [[at, before] as Pair];
  });
  return longestRise(pairs);
}

/** As near as a line is to what it was changed from. */
const NEAR = 0.6;
const MOST_COMPARED = 60;

/** With the lines that were changed, and the ends of both. */
function withChanged(held: readonly Pair[], now: readonly string[], was: readonly string[]): readonly Pair[] {
  const all: Pair[] = [];
  let [left, top] = [-1, -1];
  for (const [at, before] of [...held, [now.length, was.length] as Pair]) {
    const old = was
      .slice(top + 1, before)
      .slice(0, MOST_COMPARED)
      .map(compared);
    let next = 0;
    for (const [index, line] of now
      .slice(left + 1, at)
      .slice(0, MOST_COMPARED)
      .map(compared)
      .entries()) {
      const match = old.findIndex((each, place) => place >= next && likeness(line, each) >= NEAR);
      if (match < 0) continue;
      all.push([left + 1 + index, top + 1 + match]);
      next = match + 1;
    }
    all.push([at, before]);
    [left, top] = [at, before];
  }
  return all;
}

const compared = (line: string): Parameters<typeof likeness>[0] => ({ line: line.trim(), words: wordsOf(line) });

type Pair = readonly [at: number, before: number];

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
