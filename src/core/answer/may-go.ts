// Whether lines that are gone from a whole file may well have been taken out by a fix that says nothing of them.
// Principle: a fix takes out statements of the block that it changes, what nothing speaks of any more, and what still stands
// elsewhere. It does not take out what is of its own: an annotation, a case, an entry of a list, a part of a class, a block in
// another place.
import { declarationsOf } from '../repository/declarations.ts';
import { isTelling, keyOfSetting } from './aligned.ts';
import type { entriesIn } from './entries.ts';

/** Of these the declarations and imports are looked at elsewhere. */
export const KNOWN =
  /\.(?:[cm]?[jt]sx?|py[ix]?|java|kts?|go|rs|c|h|cc|cpp|cxx|hpp|hh|cs|php|rb|swift|scala|dart|lua|p[lm]|exs?|sh|bash|zsh|bzl|star)$(?<!\.blade\.php)/i;
/** What brings a name from elsewhere may go when nothing speaks of it. */
export const IMPORT =
  /^\s*(?:@?import|from|use|using|uses|require(?:_relative)?|include|#\s*include|load|open|with|library|package|\\usepackage|-include)\b/i;
/** What is said of a declaration above it. */
export const ANNOTATION = /^\s*(?:@[\w.]+(?:\(.*\))?|#\[.+\]|\[[A-Z][\w.]*(?:\(.*\))?\])\s*$/;
/** One case of several, one call of a chain. */
const ARM = /^\s*(?:case\b.*[:>{]|default\s*(?::|->)|when\b|[\w.:'"|, ]+\s(?:->|=>)\s|[\w*|"' -]+\)\s.*;;\s*$|\.\w+\s*[({])/;

/** What a merge that did not end leaves in a file. */
const CONFLICT = /^(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)/;
/** So few lines so deep within others may well be a part of the fix. */
export const FEW = 2;
const DEEP = 2;
/** So far from what was touched lines are in another place. */
const APART = 2;
/** A class may be changed by what stands so far above it. */
const HEAD = 3;

export type Part = readonly [start: number, end: number];

/** The base of a file that was written as a whole, and what the new text has done to it. */
export interface Base {
  readonly path: string;
  readonly was: readonly string[];
  /** Of the file as it is written now, and line by line. */
  readonly words: ReadonlySet<string>;
  readonly nowWords: readonly (readonly string[])[];
  /** Lines that are gone or were changed, or behind which something is new. */
  readonly touched: ReadonlySet<number>;
  /** Words that changed and new lines have brought. */
  readonly news: ReadonlySet<string>;
  readonly has: ReadonlyMap<string, number>;
  readonly depths: readonly number[];
  readonly declared: ReadonlySet<number>;
  readonly namesakes: ReadonlySet<number>;
}

export const placesOf = ([start, end]: Part): readonly number[] => [...Array(end - start).keys()].map((at) => start + at);

export const depthsOf = (was: readonly string[]): { readonly depths: readonly number[] } => ({
  depths: [...new Set(was.filter(isTelling).map(indentOf))].sort((a, b) => a - b),
});

/** Those of a name that another one has too, as a constructor has that of its class, are not missed by their names. */
export function declaredIn(
  path: string,
  text: string,
): { readonly declared: ReadonlySet<number>; readonly namesakes: ReadonlySet<number> } {
  const all = KNOWN.test(path) ? declarationsOf(path, text) : [];
  const byName = Map.groupBy(all, ({ name }) => name);
  const isNamesake = (name: string): boolean => (byName.get(name)?.length ?? 0) > 1;
  return {
    declared: new Set(all.map(({ line }) => line)),
    namesakes: new Set(all.filter(({ name }) => isNamesake(name)).map(({ line }) => line)),
  };
}

/** Whether such lines are taken out by many a fix that says nothing of them. */
export function mayGo(base: Base, lines: readonly string[], part: Part): boolean {
  const { path, was, depths } = base;
  const [first = ''] = lines;
  const isCode = KNOWN.test(path);
  const isImport = (line: string): boolean =>
    IMPORT.test(line) && (isCode ? indentOf(line) === 0 : !isMissed(line, base.nowWords, base.words));
  const isAlone =
    lines.length <= (isCode ? FEW : 1) && placesOf(part).filter((at) => /[^\s{}()[\];,]/.test(was[at] as string)).length === lines.length;
  // A word alone is one of the language, and what still stands elsewhere has not disappeared.
  const saysNothing = lines.every((line) => /^\s*[a-z]+\s*[({:]?\s*$/.test(line) || (base.has.has(line.trim()) && !ANNOTATION.test(line)));
  if (
    lines.every((line) => CONFLICT.test(line)) ||
    lines.every(isImport) ||
    (isAlone && saysNothing) ||
    (isCode && IMPORT.test(was[aboveOf(base, lines, part)] ?? ''))
  )
    return true;
  // Declarations with a body are looked at elsewhere.
  const declarations = placesOf(part).filter((at) => base.declared.has(at) && (lines.length > 1 || /[{:(]\s*$/.test(was[at] as string)));
  const isDeclared = declarations.some((at) => !base.namesakes.has(at)) || (declarations.length > 0 && isSaidAbove(base, lines, part));
  if (isCode) return isDeclared || isDead(base, lines, part) || !isOfItsOwn(base, lines, part);
  const few = /\.jsonc?$/i.test(path) ? 0 : keyOfSetting(first) === undefined ? FEW : 1;
  const isDeep = lines.length <= few && lines.every((line) => depths.indexOf(indentOf(line)) >= DEEP) && !ARM.test(first);
  return isDeep && !standsApart(base, part, aboveOf(base, lines, part));
}

/** An entry of a list among these lines; a few of what a call is given, or an import brings, may go as statements may. */
export function listedIn(base: Base, entries: ReturnType<typeof entriesIn>, places: readonly number[], part: Part): number | undefined {
  const lines = places.map((at) => base.was[at] as string);
  const depth = Math.min(...lines.map(indentOf));
  const head = base.was[aboveOf(base, lines, part)] ?? '';
  const mayGoAsOthers = IMPORT.test(lines[0] ?? '') || IMPORT.test(head) || (/\(\s*$/.test(head) && places.length <= FEW);
  const stillStands = lines.length === 1 && base.has.has((lines[0] as string).trim());
  if (stillStands || (KNOWN.test(base.path) && mayGoAsOthers)) return undefined;
  return places.find((at) => entries[at] !== undefined && indentOf(base.was[at] as string) === depth);
}

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

/** What no change of a function takes out: an annotation, a case, what stands at the margin or in a class, what is of another block. */
function isOfItsOwn(base: Base, lines: readonly string[], part: Part): boolean {
  const [first = ''] = lines;
  if (ANNOTATION.test(first) || ARM.test(first)) return true;
  const above = aboveOf(base, lines, part);
  const head = base.was[above] ?? '';
  if (above < 0 || CLASS.test(head)) return true;
  // What a call is given, and the end of something else, is no statement.
  if (/\(\s*$/.test(head) || /^\s*[)}\]]/.test(first)) return false;
  // In the block of the change, and not beside it: where nothing that is new speaks of any of it.
  return standsApart(base, part, above) || (!isBeside(base, part) && [...wordsIn(lines)].every((word) => !base.news.has(word)));
}

/** Behind what leaves the block in any case. */
function isDead({ was }: Base, lines: readonly string[], [start]: Part): boolean {
  const depth = Math.min(...lines.map(indentOf));
  const above = lastBefore(start, (at) => isTelling(was[at]));
  const last = was[above] ?? '';
  const leaves = /^\s*(?:return|throw|raise|break|continue)\b/.test(last) && !/\b(?:if|unless)\b/.test(last);
  if (!leaves || indentOf(last) < depth) return false;
  const head = was[lastBefore(above, (at) => isTelling(was[at]) && indentOf(was[at] as string) === depth)] ?? '';
  return indentOf(last) === depth || /^\s*\}?\s*else\b(?!\s*if)/.test(head);
}

/** The line that begins the block which these lines are in; in code a name and a colon alone is a label. */
function aboveOf({ path, was }: Base, lines: readonly string[], [start]: Part): number {
  const depth = Math.min(...lines.map(indentOf));
  const isLabel = (line: string): boolean => KNOWN.test(path) && /^\s*\w+:\s*$/.test(line);
  // Nothing is further out than the margin.
  if (depth === 0) return -1;
  return lastBefore(start, (at) => isTelling(was[at]) && indentOf(was[at] as string) < depth && !isLabel(was[at] as string));
}

/** The head of its class was changed, or what stands just above that: a constructor may be said there. */
function isSaidAbove(base: Base, lines: readonly string[], part: Part): boolean {
  const above = aboveOf(base, lines, part);
  return [...Array(HEAD).keys()].some((back) => base.touched.has(above - back));
}

/** With fewer lines between it and what was touched than tell that it is another place. */
function isBeside({ was, touched }: Base, [start, end]: Part): boolean {
  // A loop or a condition is seldom a part of what stands behind another line.
  const least = was.slice(start, end).filter(isTelling).length > 1 ? 1 : APART;
  const isNear = (from: number, step: 1 | -1): boolean => {
    let between = 0;
    for (let at = from; at >= 0 && at < was.length && between < least; at += step) {
      if (touched.has(at)) return true;
      if (isTelling(was[at])) between += 1;
    }
    return false;
  };
  return isNear(start - 1, -1) || isNear(end, 1);
}

/** Nothing else was touched in its block. */
function standsApart({ was, touched }: Base, [start, end]: Part, above: number): boolean {
  const head = indentOf(was[above] ?? '');
  const isBehind = (line: string): boolean => line.trim() !== '' && indentOf(line) <= head;
  for (let at = start - 1; at >= Math.max(0, above); at -= 1) if (touched.has(at)) return false;
  for (let at = end; at < was.length && !isBehind(was[at] as string); at += 1) if (touched.has(at)) return false;
  return true;
}

/** The last place before `end` that is so, or -1. */
function lastBefore(end: number, isSo: (at: number) => boolean): number {
  let at = end - 1;
  while (at >= 0 && !isSo(at)) at -= 1;
  return at;
}

export const wordsIn = (lines: readonly string[]): ReadonlySet<string> =>
  new Set(lines.flatMap((line) => line.match(/[\p{L}_$][\p{L}\p{N}_$]{2,}/gu) ?? []));

const indentOf = (line: string): number => /^\s*/.exec(line)?.[0].length ?? 0;
