// Lines that a whole file no longer has and of which nothing says that they are to go.
// Principle: whoever takes something out on purpose does it for the change: a name of it goes everywhere, or what stands in its
// place speaks of the same. What is gone beside a change that it has nothing to do with was left out, in whatever language. An
// edit names what it takes out, and is not asked.
import { declarationsOf } from '../repository/declarations.ts';
import { isTestPath } from '../repository/test-paths.ts';
import { codeLines, compared, counted, gaps, isTelling, keyOfSetting, NEAR } from './aligned.ts';
import { type Compared, likeness } from './edits.ts';
import type { AnswerProblem } from './problems.ts';

/** A file before and after the change, as text. */
interface Sides {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** The answer wrote the whole of it. */
  readonly isWhole: boolean;
}

/** Of these the declarations and imports are looked at elsewhere. */
const KNOWN =
  /\.(?:[cm]?[jt]sx?|py[ix]?|java|kts?|go|rs|c|h|cc|cpp|cxx|hpp|hh|cs|php|rb|swift|scala|dart|lua|p[lm]|exs?|sh|bash|zsh|bzl|star)$(?<!\.blade\.php)/i;
/** Texts for people are written anew more often than they lose something, and what a tool locks is made by it. */
const PROSE = /\.(?:md|mdx|markdown|txt|lock|sum|csv|svg)$|(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/i;
/** What brings a name from elsewhere may go when nothing speaks of it. */
const IMPORT =
  /^\s*(?:@?import|from|use|using|uses|require(?:_relative)?|include|#\s*include|load|open|with|library|package|\\usepackage|-include)\b/i;
/** What is said of a declaration above it. */
const ANNOTATION = /^\s*(?:@[\w.]+(?:\(.*\))?|#\[.+\]|\[[A-Z][\w.]*(?:\(.*\))?\])\s*$/;
/** One case of several. */
const ARM = /^\s*(?:case\b.*[:>{]|default\s*(?::|->)|when\b|[\w.:'"|, ]+\s(?:->|=>)\s)/;

/** So much a line has of one that stands in its place, and is quite another. */
const ALIKE = 0.3;
/** Words of a chunk that stand in new lines: it was written anew. */
const ANEW = 0.6;
/** So few lines so deep within others may well be a part of the fix. */
const FEW = 2;
const DEEP = 2;
/** A file with more new lines was written anew. */
const MOST_NEW = 1_000;

/** @returns the first file that lacks lines of its base for no reason that can be seen */
export function leftOut(files: readonly Sides[]): AnswerProblem | undefined {
  const texts = new Set(files.flatMap(({ after }) => after.split('\n').map((line) => line.trim())));
  for (const file of files) {
    if (!file.isWhole || PROSE.test(file.path) || (KNOWN.test(file.path) && isTestPath(file.path))) continue;
    const chunk = chunkLost(file, texts);
    if (chunk === undefined) continue;
    const detail = `the block for ${file.path} lacks lines of the file from line ${chunk.line} on, beginning with ${show(chunk.lines[0] as string)}; write the whole file, or take them out by an edit where that is meant`;
    return { kind: 'elided', filename: file.path, detail };
  }
  return undefined;
}

interface Chunk {
  readonly lines: readonly string[];
  /** From 1. */
  readonly line: number;
}

function chunkLost({ path, before, after }: Sides, texts: ReadonlySet<string>): Chunk | undefined {
  const [now, was] = [after.split('\n'), before.split('\n')];
  const [nowCode, code] = [codeLines(path, after), codeLines(path, before)];
  if (code.length !== was.length || nowCode.length !== now.length) return undefined;
  const [had, has] = [counted(was), counted(now)];
  const isGone = (line: string): boolean => (has.get(line.trim()) ?? 0) < (had.get(line.trim()) ?? 0) && !isOnlyMoved(line, texts, has);
  const isNew = (line: string): boolean => isTelling(line) && (had.get(line.trim()) ?? 0) < (has.get(line.trim()) ?? 0);
  const fresh = now.filter(isNew);
  if (fresh.length === 0 || fresh.length > MOST_NEW) return undefined;
  const near = fresh.map(compared);
  const [words, freshWords] = [wordsIn(now), wordsIn(fresh)];
  const alone = gaps({ all: now, code: nowCode }, { all: was, code }).flatMap(({ from, to, fromBefore, toBefore }) => {
    const beside = now
      .slice(from + 1, to)
      .filter(isNew)
      .map(compared);
    const parts = paragraphs(was, fromBefore + 1, toBefore);
    if (beside.length === 0) return parts;
    // What is written there now stands for the paragraph that speaks of the same, or in it for the line that does.
    const others = parts.filter(([start, end]) => parts.length > 1 && !was.slice(start, end).some((line) => isLike(line, beside, ALIKE)));
    return others.length > 0 || KNOWN.test(path) ? others : besideOne(was, parts, beside);
  });
  const standsAlone = new Set(alone.flatMap(([start, end]) => [...Array(end - start).keys()].map((at) => start + at)));
  const others = wordsIn(was.filter((line, at) => isGone(line) && (!standsAlone.has(at) || IMPORT.test(line) || isLike(line, near, NEAR))));
  const levels = [...new Set(was.filter(isTelling).map(indentOf))].sort((a, b) => a - b);
  const declared = KNOWN.test(path) ? declarationsOf(path, before).map(({ line }) => line) : [];
  const nowWords = now.map((line) => [...wordsIn([line])]);
  for (const [start, end] of alone) {
    const lines = was
      .slice(start, end)
      .filter((line, index) => isTelling(code[start + index]) && isGone(line) && !isLike(line, near, NEAR));
    const [first = ''] = lines;
    const isDeep = lines.every((line) => levels.indexOf(indentOf(line)) >= DEEP);
    if (lines.length === 0 || (lines.length <= FEW && isDeep && !ANNOTATION.test(first) && !ARM.test(first))) continue;
    if (lines.every((line) => IMPORT.test(line) && (KNOWN.test(path) || !isMissed(line, nowWords, words)))) continue;
    if (KNOWN.test(path) && (declared.some((at) => at >= start && at < end) || !isOfItsOwn(lines, was, start))) continue;
    const own = [...wordsIn(lines)];
    // What it begins with says of what kind it is.
    const said = own.length > 1 ? own.slice(1) : own;
    const isAnew = said.length > 0 && said.filter((word) => freshWords.has(word)).length >= said.length * ANEW;
    const goesElsewhere = own.some((word) => !words.has(word) && others.has(word));
    if (!isAnew && !goesElsewhere) return { lines, line: was.indexOf(first, start) + 1 };
  }
  return undefined;
}

/** One line that was changed: those at its depth that have nothing of it stood for something else. */
function besideOne(was: readonly string[], parts: readonly Part[], beside: readonly Compared[]): readonly Part[] {
  const [part] = parts;
  if (part === undefined || parts.length > 1 || beside.length > 1) return [];
  const places = [...Array(part[1] - part[0]).keys()].map((at) => part[0] + at);
  const own = places.find((at) => isLike(was[at] as string, beside, ALIKE));
  if (own === undefined) return [];
  const depth = indentOf(was[own] as string);
  return places.flatMap((at): readonly Part[] => (at !== own && indentOf(was[at] as string) === depth ? [[at, at + 1]] : []));
}

/** As near as that, or the same setting. */
const isLike = (line: string, others: readonly Compared[], least: number): boolean =>
  others.some((other) => {
    const key = keyOfSetting(line);
    return likeness(other, compared(line)) >= least || (key !== undefined && keyOfSetting(other.line) === key);
  });

type Part = readonly [start: number, end: number];

/** Of the lines from one place to another, those between blank lines. */
function paragraphs(lines: readonly string[], from: number, to: number): readonly Part[] {
  const found: [number, number][] = [];
  for (let at = from; at < to; at += 1) {
    if ((lines[at] as string).trim() === '') continue;
    const last = found.at(-1);
    if (last !== undefined && last[1] === at) last[1] = at + 1;
    else found.push([at, at + 1]);
  }
  return found;
}

/** In another file of the change, and not among what this one has. */
const isOnlyMoved = (line: string, texts: ReadonlySet<string>, has: ReadonlyMap<string, number>): boolean =>
  texts.has(line.trim()) && !has.has(line.trim());

/** An import of whose every word the rest still speaks, or that brings a name to lines of another kind. */
function isMissed(line: string, now: readonly (readonly string[])[], words: ReadonlySet<string>): boolean {
  const [head = '', ...names] = wordsIn([line]);
  if ([head, ...names].every((word) => words.has(word))) return true;
  return names.some((name) => {
    const uses = now.filter((each) => each.includes(name));
    return uses.length > 0 && uses.every(([first]) => first !== head);
  });
}

/** Whose parts are no statements. */
const CLASS = /\b(?:class|interface|struct|trait|enum|impl|object|module|namespace|protocol|extension|record|mixin|actor|union)\b/;

/** What is no statement of a function: an annotation, a case, what stands at the margin or in a class. */
function isOfItsOwn(lines: readonly string[], was: readonly string[], start: number): boolean {
  const [first = ''] = lines;
  if (ANNOTATION.test(first) || ARM.test(first)) return true;
  const depth = Math.min(...lines.map(indentOf));
  const above = was.slice(0, start).findLast((line) => isTelling(line) && indentOf(line) < depth && !/^\s*\w+:\s*$/.test(line));
  if (above !== undefined && !CLASS.test(above)) return false;
  return lines.length > 1 || keyOfSetting(first) !== undefined;
}

const wordsIn = (lines: readonly string[]): ReadonlySet<string> =>
  new Set(lines.flatMap((line) => line.match(/[\p{L}_$][\p{L}\p{N}_$]{2,}/gu) ?? []));

function show(text: string): string {
  const line = text.trim();
  return JSON.stringify(line.length > 80 ? `${line.slice(0, 77)}...` : line);
}

const indentOf = (line: string): number => /^\s*/.exec(line)?.[0].length ?? 0;
