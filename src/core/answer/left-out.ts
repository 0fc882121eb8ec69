// Lines that a whole file no longer has and of which nothing says that they are to go.
// Principle: whoever takes something out on purpose does it for the change: a name of it goes everywhere, or what stands in its
// place speaks of the same. What is gone beside a change that it has nothing to do with was left out, in whatever language. An
// edit names what it takes out, and is not asked.
import { readCode } from '../repository/code-text.ts';
import { isTestPath } from '../repository/test-paths.ts';
import { codeLines, compared, counted, type Gap, gaps, isTelling, keyOfSetting, NEAR } from './aligned.ts';
import { type Compared, likeness } from './edits.ts';
import { entriesIn, tokensOf } from './entries.ts';
import {
  ANNOTATION,
  type Base,
  declaredIn,
  depthsOf,
  FEW,
  IMPORT,
  KNOWN,
  listedIn,
  mayGo,
  type Part,
  placesOf,
  wordsIn,
} from './may-go.ts';
import type { AnswerProblem } from './problems.ts';

/** A file before and after the change, as text. */
interface Sides {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** The answer wrote the whole of it. */
  readonly isWhole: boolean;
}

/** Texts for people are written anew more often than they lose something, and what a tool locks is made by it. */
const PROSE = /\.(?:md|mdx|markdown|txt|lock|sum|csv|svg)$|(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/i;
/** So much a line has of one that stands in its place, and is quite another. */
const ALIKE = 0.3;
/** Words of a chunk that stand in new lines: it was written anew. */
const ANEW = 0.6;
/** So many lines, and such a part of them, no fix takes out and writes nothing. */
const MANY = 4;
const MOST_GONE = 0.4;
/** More pairs of what is gone and what is new are not compared: that is no change beside which something was left out. */
const MOST_COMPARED = 200_000;
/** A file with more new lines was written anew. */
const MOST_NEW = 1_000;

/** @returns the first file that lacks lines of its base for no reason that can be seen */
export function leftOut(files: readonly Sides[]): AnswerProblem | undefined {
  const texts = new Set(files.flatMap(({ after }) => after.split('\n').map(withoutReach)));
  for (const file of files) {
    if (!file.isWhole || PROSE.test(file.path) || (KNOWN.test(file.path) && isTestPath(file.path))) continue;
    const chunk = scenarioLost(file) ?? chunkLost(file, texts);
    if (chunk === undefined) continue;
    const detail = `the block for ${file.path} lacks lines of the file from line ${chunk.line} on, beginning with ${show(chunk.lines[0] as string)}; write the whole file, or take them out by an edit where that is meant`;
    return { kind: 'elided', filename: file.path, detail };
  }
  return undefined;
}

/** A scenario of a specification in words is told from the others by its name; one that is called otherwise keeps its steps. */
function scenarioLost({ path, before, after }: Sides): Chunk | undefined {
  if (!/\.feature$/i.test(path)) return undefined;
  const now = scenariosOf(after);
  const names = new Set(now.map(({ lines: [name] }) => name));
  const fresh = now.filter(({ lines: [name] }) => !scenariosOf(before).some(({ lines }) => lines[0] === name));
  const isCalledOtherwise = ({ lines: [, ...steps] }: Chunk): boolean =>
    fresh.some(({ lines }) => steps.filter((step) => lines.includes(step)).length >= Math.max(1, steps.length * ANEW));
  return scenariosOf(before).find((one) => !names.has(one.lines[0] as string) && !isCalledOtherwise(one));
}

/** By the words of Gherkin in a few languages; each begins with its name. */
const SCENARIO =
  /^\s*(?:Scenario(?: Outline| Template)?|Example|Rule|Background|Szenario(?:grundriss)?|Beispiel|Sc[ée]nario|Plan du sc[ée]nario|Escenario|Esquema del escenario|Cen[áa]rio|Сценарий|场景|シナリオ)\s*(?:大纲)?[:：]/i;

function scenariosOf(text: string): readonly Chunk[] {
  const found: { lines: string[]; line: number }[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    const said = line.trim();
    if (SCENARIO.test(line)) found.push({ lines: [said], line: at + 1 });
    else if (said !== '' && !/^[#@]/.test(said)) found.at(-1)?.lines.push(said);
  }
  return found;
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
  // What a text says is no name.
  const named = KNOWN.test(path) ? readCode(path, before).code.split('\n') : was;
  const [words, freshWords] = [wordsIn(KNOWN.test(path) ? [readCode(path, after).code] : nowCode), wordsIn(fresh)];
  const entries = entriesIn(code);
  const between = gaps({ all: now, code: nowCode }, { all: was, code });
  const changed = new Set(between.map(({ to }) => to));
  const unpaired = now.filter((line, at) => isNew(line) && !changed.has(at));
  // What a place has and had before is no news.
  const news = new Set(
    between.flatMap(({ from, to, fromBefore, toBefore }) => {
      const old = wordsIn(was.slice(fromBefore + 1, toBefore + 1));
      return [...wordsIn(now.slice(from + 1, to + 1).filter(isNew))].filter((word) => !old.has(word));
    }),
  );
  const [nearUnpaired, freshTokens] = [unpaired.map(compared), tokensOf(unpaired.join('\n'))];
  // A line that was changed stands for one entry, not for those that are like it.
  const isAnother = (line: string, at: number): boolean => isLike(line, entries[at] === undefined ? near : nearUnpaired, NEAR);
  const beside = between.map((gap) => ({
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
  const usedElsewhere = reaches(
    was,
    (line, at) => isGone(line) && !IMPORT.test(line) && (!standsAlone.has(at) || isLike(line, near, NEAR)),
  );
  const inCalls = new Set(calls.flatMap(placesOf));
  const called = reaches(was, (line, at) => inCalls.has(at) && isGone(line));
  const isOutside = (reach: Reach | undefined, [start, end]: Part): boolean =>
    reach !== undefined && (reach.first < start || reach.last >= end);
  const touched = new Set([
    ...was.flatMap((line, at) => (isTelling(line) && isGone(line) ? [at] : [])),
    ...beside.flatMap(({ fromBefore, fresh: here }) => (here.length > 0 ? [fromBefore] : [])),
  ]);
  const file: Base = {
    path,
    was,
    words,
    nowWords: now.map((line) => [...wordsIn([line])]),
    touched,
    news,
    has,
    ...depthsOf(was),
    ...declaredIn(path, before),
  };
  for (const part of alone) {
    const [start, end] = part;
    const places = placesOf(part).filter((at) => isTelling(code[at]) && isGone(was[at] as string) && !isAnother(was[at] as string, at));
    const lines = places.map((at) => was[at] as string);
    const listed = placesOf(part).some((at) => file.declared.has(at)) ? undefined : listedIn(file, entries, places, part);
    const said = listed === undefined ? undefined : entries[listed];
    if (lines.length === 0 || (said === undefined && mayGo(file, lines, part))) continue;
    if (
      isTakenUp(
        was.slice(start, end),
        between.find(({ toBefore }) => toBefore >= end),
        now,
        was,
      )
    )
      continue;
    const own = [...wordsIn(lines)];
    const names = [...wordsIn(places.map((at) => named[at] ?? ''))];
    // What brings an annotation goes with it: that says nothing of why.
    const isApart = isAnnotation(lines) && !isSaidOfChange(file, end);
    const goesElsewhere = names.some(
      (word) =>
        !words.has(word) &&
        (isOutside((isApart ? usedElsewhere : others).get(word), part) || (!isApart && isOutside(called.get(word), [start - 1, end + 1]))),
    );
    const isWritten =
      said === undefined || said.size === 0
        ? isAnew(lines, own, fresh, freshWords)
        : [...said].filter((word) => freshTokens.has(word)).length >= said.size * ANEW;
    if (!isWritten && !goesElsewhere) return { lines, line: was.indexOf(lines[0] as string, start) + 1 };
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

/** The line behind it has got a piece that it had. */
function isTakenUp(lines: readonly string[], gap: Gap | undefined, now: readonly string[], was: readonly string[]): boolean {
  const piecesOf = (text: string): readonly string[] =>
    text.split(/\s+/).filter((piece) => piece.length > 2 && !/^[=!<>&|+*/.,;:(){}[\]-]+$/.test(piece));
  const had = new Set(piecesOf(was[gap?.toBefore ?? -1] ?? ''));
  const pieces = new Set(lines.flatMap(piecesOf));
  return piecesOf(now[gap?.to ?? -1] ?? '').some((piece) => !had.has(piece) && pieces.has(piece));
}

/** Most of what it says beside its first word, which tells of what kind it is, stands in new lines; a word alone, as it was written. */
function isAnew(lines: readonly string[], own: readonly string[], fresh: readonly string[], words: ReadonlySet<string>): boolean {
  const said = own.slice(1);
  if (said.length < 2) return lines.every((line) => fresh.some((other) => other.includes(line.trim())));
  return said.filter((word) => words.has(word)).length >= said.length * ANEW;
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

/** By most of them something is called, kept out or checked; what only remembers results may go, and nothing else is done. */
const isAnnotation = (lines: readonly string[]): boolean => lines.every((line) => ANNOTATION.test(line) && !/cache|memo/i.test(line));

/** What stands below it was changed. */
function isSaidOfChange({ was, touched }: Base, from: number): boolean {
  const depth = indentOf(was[from] ?? '');
  const isWithin = (at: number): boolean => (was[at] as string).trim() === '' || indentOf(was[at] as string) > depth;
  if (touched.has(from)) return true;
  for (let at = from + 1; at < was.length && isWithin(at); at += 1) if (touched.has(at)) return true;
  return false;
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
  texts.has(withoutReach(line)) && !has.has(line.trim());

/** Whoever moves something to a file of its own says that others may use it. */
const withoutReach = (line: string): string =>
  line.trim().replace(/^(?:(?:export|default|public|private|protected|internal|open|pub(?:\([^()]*\))?)\s+)+/, '');

function show(text: string): string {
  const line = text.trim();
  return JSON.stringify(line.length > 80 ? `${line.slice(0, 77)}...` : line);
}

const indentOf = (line: string): number => /^\s*/.exec(line)?.[0].length ?? 0;
