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
/** One case of several, one call of a chain. */
const ARM = /^\s*(?:case\b.*[:>{]|default\s*(?::|->)|when\b|[\w.:'"|, ]+\s(?:->|=>)\s|[\w*|"' -]+\)\s.*;;\s*$|\.\w+\s*[({])/;

/** So much a line has of one that stands in its place, and is quite another. */
const ALIKE = 0.3;
/** Words of a chunk that stand in new lines: it was written anew. */
const ANEW = 0.6;
/** So few lines so deep within others may well be a part of the fix. */
const FEW = 2;
const DEEP = 2;
/** So many lines, and such a part of them, no fix takes out and writes nothing. */
const MANY = 4;
const MOST_GONE = 0.4;
/** More pairs of what is gone and what is new are not compared: that is no change beside which something was left out. */
const MOST_COMPARED = 200_000;
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
  if (fresh.length > MOST_NEW) return undefined;
  if (fresh.length === 0)
    return mostGone(
      was.map((line, at) => (isTelling(code[at]) ? line : '')),
      isGone,
    );
  const near = fresh.map(compared);
  if (was.filter(isGone).length * fresh.length > MOST_COMPARED) return undefined;
  const [words, freshWords] = [wordsIn(now), wordsIn(fresh)];
  const beside = gaps({ all: now, code: nowCode }, { all: was, code }).map((gap) => ({
    ...gap,
    fresh: now
      .slice(gap.from + 1, gap.to)
      .filter(isNew)
      .map(compared),
  }));
  const alone = beside.flatMap(({ fromBefore, toBefore, fresh: here }) => {
    const parts = paragraphs(was, fromBefore + 1, toBefore);
    if (here.length === 0) return parts;
    // What is written there now stands for the paragraph that speaks of the same, or in it for the line that does.
    const others = parts.filter(([start, end]) => parts.length > 1 && !was.slice(start, end).some((line) => isLike(line, here, ALIKE)));
    return others.length > 0 || KNOWN.test(path) ? others : besideOne(was, parts, here);
  });
  // A call of what is gone goes with it.
  const calls = alone.filter(([start, end]) => was.slice(start, end).filter((line) => isTelling(line) && isGone(line)).length <= FEW);
  const standsAlone = new Set(alone.flatMap(placesOf));
  const others = reaches(was, (line, at) => isGone(line) && (!standsAlone.has(at) || IMPORT.test(line) || isLike(line, near, NEAR)));
  const inCalls = new Set(calls.flatMap(placesOf));
  const called = reaches(was, (line, at) => inCalls.has(at) && isGone(line));
  const isOutside = (reach: Reach | undefined, [start, end]: Part): boolean =>
    reach !== undefined && (reach.first < start || reach.last >= end);
  const touched = new Set([
    ...was.flatMap((line, at) => (isTelling(line) && isGone(line) ? [at] : [])),
    ...beside.flatMap(({ fromBefore, fresh: here }) => (here.length > 0 ? [fromBefore] : [])),
  ]);
  const file = {
    path,
    was,
    words,
    nowWords: now.map((line) => [...wordsIn([line])]),
    touched,
    ...depthsOf(was),
    ...declaredIn(path, before),
  };
  for (const part of alone) {
    const [start, end] = part;
    const lines = was
      .slice(start, end)
      .filter((line, index) => isTelling(code[start + index]) && isGone(line) && !isLike(line, near, NEAR));
    if (lines.length === 0 || mayGo(file, lines, part)) continue;
    const own = [...wordsIn(lines)];
    const goesElsewhere = own.some(
      (word) => !words.has(word) && (isOutside(others.get(word), part) || isOutside(called.get(word), [start - 1, end + 1])),
    );
    if (!isAnew(lines, own, fresh, freshWords) && !goesElsewhere) return { lines, line: was.indexOf(lines[0] as string, start) + 1 };
  }
  return undefined;
}

/** Of a word: the first and the last line that has it. */
interface Reach {
  readonly first: number;
  readonly last: number;
}

function reaches(lines: readonly string[], isOne: (line: string, at: number) => boolean): ReadonlyMap<string, Reach> {
  const found = new Map<string, Reach>();
  for (const [at, line] of lines.entries()) {
    if (!isOne(line, at)) continue;
    for (const word of wordsIn([line])) found.set(word, { first: found.get(word)?.first ?? at, last: at });
  }
  return found;
}

const placesOf = ([start, end]: Part): readonly number[] => [...Array(end - start).keys()].map((at) => start + at);

const depthsOf = (was: readonly string[]): { readonly depths: readonly number[] } => ({
  depths: [...new Set(was.filter(isTelling).map(indentOf))].sort((a, b) => a - b),
});

const declaredIn = (path: string, text: string): { readonly declared: ReadonlySet<number> } => ({
  declared: new Set(KNOWN.test(path) ? declarationsOf(path, text).map(({ line }) => line) : []),
});

/** Most of what it says beside its first word, which tells of what kind it is, stands in new lines; a word alone, as it was written. */
function isAnew(lines: readonly string[], own: readonly string[], fresh: readonly string[], words: ReadonlySet<string>): boolean {
  const said = own.slice(1);
  if (said.length < 2) return lines.every((line) => fresh.some((other) => other.includes(line.trim())));
  return said.filter((word) => words.has(word)).length >= said.length * ANEW;
}

interface Base {
  readonly path: string;
  readonly was: readonly string[];
  /** Of the file as it is written now, and line by line. */
  readonly words: ReadonlySet<string>;
  readonly nowWords: readonly (readonly string[])[];
  /** Lines that are gone or were changed, or behind which something is new. */
  readonly touched: ReadonlySet<number>;
  readonly depths: readonly number[];
  readonly declared: ReadonlySet<number>;
}

/** Whether such lines are taken out by many a fix that says nothing of them. */
function mayGo(base: Base, lines: readonly string[], part: Part): boolean {
  const { path, was, depths } = base;
  const [first = ''] = lines;
  const isCode = KNOWN.test(path);
  const isImport = (line: string): boolean =>
    IMPORT.test(line) && (isCode ? indentOf(line) === 0 : !isMissed(line, base.nowWords, base.words));
  // A word alone is one of the language.
  if (lines.every(isImport) || (lines.length === 1 && /^\s*[a-z]+\s*[({]?\s*$/.test(first))) return true;
  // Declarations with a body are looked at elsewhere.
  const isDeclared = placesOf(part).some((at) => base.declared.has(at) && (lines.length > 1 || /[{:(]\s*$/.test(was[at] as string)));
  if (isCode) return isDeclared || !isOfItsOwn(base, lines, part);
  const few = /\.jsonc?$/i.test(path) ? 0 : keyOfSetting(first) === undefined ? FEW : 1;
  return lines.length <= few && lines.every((line) => depths.indexOf(indentOf(line)) >= DEEP) && !ARM.test(first);
}

/** One line that was changed: those at its depth that have nothing of it stood for something else. */
function besideOne(was: readonly string[], parts: readonly Part[], beside: readonly Compared[]): readonly Part[] {
  const [part] = parts;
  if (part === undefined || parts.length > 1 || beside.length > 1) return [];
  const places = [...Array(part[1] - part[0]).keys()].map((at) => part[0] + at);
  const own = places.find((at) => isLike(was[at] as string, beside, ALIKE));
  if (own === undefined) return [];
  const depth = indentOf(was[own] as string);
  const isOther = (line: string): boolean => indentOf(line) === depth && wordsIn([line]).size > 1 && !isLike(line, beside, ALIKE);
  return places.flatMap((at): readonly Part[] => (at !== own && isOther(was[at] as string) ? [[at, at + 1]] : []));
}

/** Nothing but lines that are gone may be the fix; not where these are much of the file. */
function mostGone(code: readonly string[], isGone: (line: string) => boolean): Chunk | undefined {
  const lines = code.filter((line) => isTelling(line));
  const gone = lines.filter(isGone);
  const isMuch = gone.length > MANY && gone.length > lines.length * MOST_GONE;
  return isMuch ? { lines: gone, line: code.indexOf(gone[0] as string) + 1 } : undefined;
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
const CLASS =
  /\b(?:class|interface|struct|trait|enum|impl|object|module|namespace|protocol|extension|record|mixin|actor|union)\b|^(?:const|var|type)\s*\(\s*$/;

/** A call as a statement of its own. */
const CALL = /^\s*(?!(?:if|for|while|switch|catch|return|throw|raise|with|try|else|elif|do|and|or)\b)[\w$@:.>\\-]+[^=]*\)\s*;?\s*$/;

/** What no change of a function takes out: an annotation, a case, what stands at the margin or in a class, a call in another one. */
function isOfItsOwn({ was, touched }: Base, lines: readonly string[], [start, end]: Part): boolean {
  const [first = ''] = lines;
  if (ANNOTATION.test(first) || ARM.test(first)) return true;
  const depth = Math.min(...lines.map(indentOf));
  const isAbove = (line: string): boolean => isTelling(line) && indentOf(line) < depth && !/^\s*\w+:\s*$/.test(line);
  const above = was.slice(0, start).findLastIndex(isAbove);
  if (above < 0) return true;
  if (CLASS.test(was[above] as string)) return true;
  if (lines.length > 1 || !CALL.test(first)) return false;
  const head = indentOf(was[above] as string);
  const behind = was.findIndex((line, at) => at >= end && line.trim() !== '' && indentOf(line) <= head);
  return ![...touched].some((at) => at >= above && at < (behind < 0 ? was.length : behind) && (at < start || at >= end));
}

const wordsIn = (lines: readonly string[]): ReadonlySet<string> =>
  new Set(lines.flatMap((line) => line.match(/[\p{L}_$][\p{L}\p{N}_$]{2,}/gu) ?? []));

function show(text: string): string {
  const line = text.trim();
  return JSON.stringify(line.length > 80 ? `${line.slice(0, 77)}...` : line);
}

const indentOf = (line: string): number => /^\s*/.exec(line)?.[0].length ?? 0;
