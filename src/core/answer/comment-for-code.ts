// A comment where code was. Principle: what stands in place of several lines of code is code; a comment alone says that they
// are left out, in whatever language of people. Lines that both texts have once hold them side by side.
import { isTestPath } from '../repository/test-paths.ts';
import { codeLines, compared, counted, gaps, isTelling, keyOfSetting, NEAR } from './aligned.ts';
import { likeness, wordsOf } from './edits.ts';
import { entriesIn } from './entries.ts';
import { KNOWN } from './may-go.ts';

/** One line may well give way to the reason why it has gone: where that is the change, or speaks of it. */
const LEAST = 2;
/** Of lines that stand in another file now so many were moved there, with what goes with them. */
const MOVED = 0.5;

/**
 * @param moved lines that other files of the change have and did not have
 * @returns the line of `content`, from 0, or `undefined`
 */
export function commentForCode(path: string, content: string, base: string, moved: ReadonlySet<string> = new Set()): number | undefined {
  const [now, was] = [content.split('\n'), base.split('\n')];
  const [nowCode, wasCode] = [codeLines(path, content), codeLines(path, base)];
  if (nowCode.length !== now.length || wasCode.length !== was.length) return undefined;
  const [has, had] = [counted(now), counted(was)];
  const known = new Set(had.keys());
  const newCode = nowCode.filter((line, index) => isTelling(line) && !known.has((now[index] as string).trim()));
  // What stood twice and stands once is gone once.
  const isGone = (line: string): boolean => (has.get(line.trim()) ?? 0) < (had.get(line.trim()) ?? 0);
  const isElsewhere = newCode.length > 0;
  const between = gaps({ all: now, code: nowCode }, { all: was, code: wasCode });
  const entries = entriesIn(wasCode);
  const changed = new Set(between.map(({ to }) => (now[to] ?? '').trim()));
  // A line that was changed is that of one entry, not of another one.
  const others = newCode.filter((line) => !changed.has(line.trim()));
  const mayStandFor = (at: number): readonly string[] => (entries[at] === undefined ? newCode : others);
  const isTest = KNOWN.test(path) && isTestPath(path);
  const keys = CONFIG.test(path) ? new Set(now.map(keyOfSetting)) : undefined;
  const isMissing = (line: string): boolean => keys !== undefined && keyOfSetting(line) !== undefined && !keys.has(keyOfSetting(line));
  for (const { from, to, fromBefore, toBefore } of between) {
    // What the base has elsewhere was moved here.
    const fresh = now.slice(from + 1, to).flatMap((line, index) => (isTelling(line) && !known.has(line.trim()) ? [from + 1 + index] : []));
    const isCommentAlone = fresh.length > 0 && fresh.every((index) => !isTelling(nowCode[index]));
    const places = [...Array(toBefore - fromBefore - 1).keys()]
      .map((index) => fromBefore + 1 + index)
      .filter((at) => isTelling(wasCode[at]) && isGone(was[at] as string));
    const lost = places.map((at) => was[at] as string);
    if (lost.filter((line) => moved.has(line.trim())).length > lost.length * MOVED) continue;
    const comments = fresh.filter((index) => !isTelling(nowCode[index]));
    const own = places.length === 1 ? entries[places[0] as number] : undefined;
    // What was made a comment as it is says by itself what is gone.
    const made = new Set(comments.map((index) => compressed(now[index] as string)));
    if (lost.length > 0 && lost.every((line) => made.has(compressed(line)))) continue;
    const isTold = comments.some((index) => sharesWord(now[index] as string, own === undefined ? lost.join(' ') : [...own].join(' ')));
    const isOneGone = lost.length === 1 && isElsewhere && !isTold && !isTest;
    // Tests are written anew, with words of their own above each step.
    if (isTest && isTelling(nowCode[to]) && !known.has((now[to] as string).trim())) continue;
    if (isCommentAlone && (lost.length >= LEAST || (isOneGone && !hasSuccessor(lost[0] as string, mayStandFor(places[0] as number)))))
      return fresh[0];
    if (comments.length > 0 && !isTold && isElsewhere && lost.some(isMissing)) return comments[0];
  }
  return undefined;
}

/** Files of settings: each line of one says something of its own. */
const CONFIG = /\.(?:tf|tfvars|hcl|ya?ml|toml|ini|cfg|conf|properties|env)$/i;

/** Letters and numbers of a line, whatever marks stand around it. */
const compressed = (line: string): string => line.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

/** A line that was changed and stands elsewhere now. */
const hasSuccessor = (line: string, newCode: readonly string[]): boolean =>
  newCode.some((other) => likeness(compared(line), compared(other)) >= NEAR);

function sharesWord(one: string, other: string): boolean {
  const words = wordsOf(other);
  return [...wordsOf(one)].some((word) => words.has(word));
}
