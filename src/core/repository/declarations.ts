// Principle: what disappears is looked at, not the words that stand in its place. A function, class, method, export, route,
// test, table or rule that the base has and the change has nowhere is lost, unless its body still stands there under
// another name. By the plain marks of languages, no parser; where a language's are not known, by runs of lines that are gone.
import { readCode } from './code-text.ts';
import { MARKS, NOT_NAMES, OF_FILE } from './declaration-marks.ts';
import { lostImports } from './imports.ts';
import { isTestPath } from './test-paths.ts';

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
const withOpenings = (lines: readonly string[]): readonly string[] =>
  lines.map((line, index) => (lines[index + 1]?.trim() === '{' && line.trim() !== '' ? `${line.trimEnd()} {` : line));

/** A file before and after the change; a side that is absent does not exist. */
export interface FileVersions {
  readonly path: string;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** What a file has lost. */
export interface Loss {
  readonly path: string;
  /** Names, or `null` where only a run of lines is known to be gone. */
  readonly names: readonly string[] | null;
  /** From 1. */
  readonly line: number;
  readonly lines: number;
}

/** So many declarations that are gone are named. */
const MOST_GONE = 100;
const MOST_ASKED = 100;
/** A function with more lines, callers, or new lines that may stand for them is not looked for in others. */
const MOST_COMPARED = 500;
/** So many lines in a row may go without a name that tells what they were. */
const MOST_LINES_GONE = 12;

/**
 * Declarations that the base has and the whole change lacks: not in the same file, nor in any other, under this name or
 * with this body. A deleted file loses nothing here: that it is deleted is seen by itself.
 */
export function losses(files: readonly FileVersions[]): readonly Loss[] {
  const kept = new Set<string>();
  const [had, has] = [new Map<string, number>(), new Map<string, number>()];
  const count = (text: string, into: Map<string, number>): void => {
    for (const line of text.split('\n')) {
      // What was made a comment still stands there, for everybody to see.
      const [whole, commented] = [line.trim(), /^\s*(?:\/\/|#|--|;+|%)\s?\s*(.*)$/.exec(line)?.[1]?.trim()];
      for (const each of commented === undefined ? [whole] : [whole, commented])
        if (isTelling(each)) into.set(each, (into.get(each) ?? 0) + 1);
    }
  };
  for (const { path, before, after } of files) {
    for (const { name } of declarationsOf(path, after ?? '')) kept.add(name);
    count(before ?? '', had);
    count(after ?? '', has);
  }
  // What stood twice and stands once is gone once.
  const lines = new Set([...has].flatMap(([line, times]) => (times >= (had.get(line) ?? 0) ? [line] : [])));
  return files.flatMap((file) => {
    const { path, before, after } = file;
    if (before === undefined || after === undefined) return [];
    // Whoever takes a name out where it is used as well means it; what one file alone lacks may be left out.
    const others = files.filter((other) => other !== file);
    const [had, has] = [others.map((other) => other.before ?? ''), [after, ...others.map((other) => other.after ?? '')]];
    const goesElsewhere = (name: string): boolean =>
      name.length >= TELLING_NAME && had.some((text) => speaksOf(text, name)) && !has.some((text) => speaksOf(text, name));
    const isUnspoken = (name: string): boolean => !has.some((text) => speaksOf(text, name));
    return lossOf(path, before, after, { kept, lines, goesElsewhere, isUnspoken });
  });
}

/** What the rest of the change says of names and lines of one file. */
interface Rest {
  readonly kept: ReadonlySet<string>;
  readonly lines: ReadonlySet<string>;
  /** Another file of the change spoke of it, and none does now. */
  readonly goesElsewhere: (name: string) => boolean;
  /** No file of the change speaks of it now. */
  readonly isUnspoken: (name: string) => boolean;
}

/** A shorter name is a word of many things. */
const TELLING_NAME = 5;

/** Whether a text has a name by itself, not as a part of another one. */
function speaksOf(text: string, name: string): boolean {
  const isPart = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}_$]/u.test(char);
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!isPart(text[at - 1]) && !isPart(text[at + name.length])) return true;
  return false;
}

function lossOf(path: string, before: string, after: string, { kept, lines, goesElsewhere, isUnspoken }: Rest): readonly Loss[] {
  const source = before.split('\n');
  const all = declarationsOf(path, before);
  const now = declarationsOf(path, after);
  const here = new Set(now.map(({ name }) => name));
  const known = new Set(all.map(({ name }) => name));
  const words = wordsIn(after);
  const given = new Set([...after.matchAll(/([\p{L}_$][\p{L}\p{N}_$]*)\s*:?=(?![=>])/gu)].map(([, name = '']) => name));
  // What takes as long as the file is asked of so many; whatever lies beyond has gone.
  let asked = 0;
  const may = (ask: () => boolean): boolean => {
    asked += 1;
    return asked <= MOST_ASKED && ask();
  };
  const gone: Declaration[] = [];
  const taken: number[] = [];
  for (const [index, one] of all.entries()) {
    // So many are enough to say that the rest is missing.
    if (gone.length >= MOST_GONE) break;
    const of = { path, source, all, index };
    if (here.has(one.name) || kept.has(one.name)) continue;
    if (mayHaveOtherNames(of) && may(() => isNamedOtherwise(of, now, known))) continue;
    const body = bodyOf(source, all, index).filter((line) => isTelling(line) && !/^\s*end\W*$/.test(line));
    const isTaken = (): boolean => may(() => isTakenIn(of, after, here, lines));
    const isGone =
      body.length === 0
        ? !stands([source[one.line] ?? ''], lines) &&
          isMissed(path, one, source, words, given) &&
          !isInlined(one, source, after, words) &&
          !(hasNoMark(path) && isTaken())
        : !stands(body, lines) && !isTaken();
    const isMeant = (): boolean => may(() => goesElsewhere(one.name) || (isUnspoken(one.name) && isRenamed(of, after, now, known)));
    if (isGone && !isMeant()) gone.push(one);
    else if (isGone || !here.has(one.name)) taken.push(index);
  }
  // What only those spoke of that were taken out goes with them.
  const spans = taken.map((index) => spanOf(source, all, index));
  const isWithin = (at: number): boolean => spans.some(([from, to]) => at >= from && at < to);
  const goesToo = (one: Declaration): boolean => {
    const named = source.flatMap((text, at) => (at !== one.line && speaksOf(text, one.name) ? [at] : []));
    return (
      isOwn(path, source, one.line) &&
      isUnspoken(one.name) &&
      named.length > 0 &&
      named.some((at) => isWithin(at)) &&
      named.every((at) => isWithin(at) || isAway(at, one.line, source, lines))
    );
  };
  const left = gone.filter((one) => !may(() => goesToo(one)));
  // A test that says something else is called otherwise: as many new ones as are gone.
  if (isTestPath(path) && left.length < MOST_GONE && now.filter(({ name }) => !known.has(name)).length >= left.length) return [];
  const lost = [...left, ...emptied(path, before, after, all, now)];
  const [first] = lost;
  const missed = lostImports(path, before, after).map((name) => `the import of ${name}`);
  if (first !== undefined || missed.length > 0) {
    const names = [...missed, ...lost.map(({ name }) => name)];
    return [{ path, names, line: (first?.line ?? 0) + 1, lines: names.length }];
  }
  return all.length > 0 || /\.jsonc?$/i.test(path) ? [] : goneRun(path, source, lines);
}

/** Two names of so many words in common, or bodies of so many lines, are of one thing. */
const ALIKE = 0.5;
const ALIKE_IN_PLACE = 0.4;

/** One that is new says most of it: under a name of nearly the same words, or in its very place. */
function isRenamed({ source, all, index }: Of, after: string, now: readonly Declaration[], known: ReadonlySet<string>): boolean {
  const { name } = all[index] as Declaration;
  const has = new Set(now.map((other) => other.name));
  const [above, below] = [
    all.slice(0, index).findLast((other) => has.has(other.name)),
    all.slice(index + 1).find((other) => has.has(other.name)),
  ];
  const [from, to] = [now.findLastIndex((other) => other.name === above?.name), now.findIndex((other) => other.name === below?.name)];
  const text = after.split('\n');
  const linesOf = (lines: readonly string[]): readonly ReadonlySet<string>[] =>
    lines.filter((line) => isTelling(line) && !/^\s*end\W*$/.test(line)).map(wordsIn);
  const old = linesOf(bodyOf(source, all, index));
  const alone = all.filter(
    (other, at) =>
      !has.has(other.name) && (above === undefined || at > all.indexOf(above)) && (below === undefined || at < all.indexOf(below)),
  );
  const fresh = now.filter((other, at) => !known.has(other.name) && at > from && (to < 0 || at < to));
  return now.some((other, at) => {
    if (known.has(other.name)) return false;
    const body = linesOf(bodyOf(text, now, at));
    if (old.length === 0 || body.length === 0 || old.length * body.length > MOST_COMPARED * MOST_COMPARED) return false;
    const said = old.filter((line) => body.some((one) => shared(line, one) >= ALIKE)).length / Math.min(old.length, body.length);
    const isInPlace = alone.length === 1 && fresh.length === 1 && fresh[0] === other;
    return (shared(partsOf(name), partsOf(other.name)) >= ALIKE && said >= ALIKE) || (isInPlace && said >= ALIKE_IN_PLACE);
  });
}

/** The words that a name is made of. @example partsOf('openFile_count') // Set { 'open', 'file', 'count' } */
const partsOf = (name: string): ReadonlySet<string> =>
  new Set(name.match(/\p{Lu}?[\p{Ll}\p{N}]+|\p{Lu}+(?![\p{Ll}])/gu)?.map((part) => part.toLowerCase()));

/** From the declaration to the next one at the same depth or further out. */
function bodyOf(source: readonly string[], all: readonly Declaration[], index: number): readonly string[] {
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

/** How a body ends that does nothing: left out, or a value that was always the same. */
const NOTHING =
  /^(?:pass|\.{3}|…|end|todo!\(.*\);?|\?\?\?|undefined|error\s+"[^"]*"|unimplemented!\(.*\);?|(?:throw|raise|error|panic!?|fatalError|TODO|abort|die)\b.*(?:not.?(?:yet.?)?implemented|unimplemented|unsupported.?operation|todo|unchanged|omitted).*|TODO\(.*\))$/i;
const SAME_VALUE = /^return(?:\s+(?:0|-1|null|nil|None|undefined|false|true|False|True|""|''|\[\]|\{\}|self|this))?;?$/;
const OPENS =
  /\)[^()]*[{:]\s*$|^\s*(?:def|sub)\s+[\w.?!]+(?:\s*\(.*\))?\s*$|^(?!type\b|data\b)[a-z_][\w']*[^=]*=\s*$|^\s*(?:override\s+)?def\b[^=]*=\s*\{?\s*$|^<(?:template|script|style)\b[^>]*>\s*$|^\s*(?:local\s+)?function\b[^=]*\)\s*$/;
const NO_FUNCTION = /^\s*(?:[a-z]+\s+)*(?:class|interface|struct|trait|enum|module|namespace|impl|object|record|data)\b/;

/** Functions that keep their name and of whose body nothing is left, in whatever words that is said. */
function emptied(
  path: string,
  before: string,
  after: string,
  all: readonly Declaration[],
  now: readonly Declaration[],
): readonly Declaration[] {
  const linesOf = (text: string): readonly string[] => readCode(path, text).uncommented.split('\n');
  const [was, is] = [linesOf(before), linesOf(after)];
  const byName = (those: readonly Declaration[]): ReadonlyMap<string, readonly Declaration[]> => Map.groupBy(those, ({ name }) => name);
  const [had, has] = [byName(all), byName(now)];
  return all.filter((one) => {
    // Of several with one name as many are there still: each is the one in its place.
    const [were, are] = [had.get(one.name) ?? [], has.get(one.name) ?? []];
    const other = are[were.indexOf(one)];
    if (other === undefined || were.length !== are.length) return false;
    const [old, left] = [insideOf(was, one.line), insideOf(is, other.line)];
    if (old === undefined || left === undefined || old.length === 0) return false;
    return (
      (left.every((line) => NOTHING.test(line)) && !old.every((line) => NOTHING.test(line))) ||
      (old.length > 2 && left.length === 1 && SAME_VALUE.test(left[0] as string))
    );
  });
}

/** The lines of a function that say something, by their indentation; `undefined` where it has no body of its own lines. */
function insideOf(source: readonly string[], at: number): readonly string[] | undefined {
  const line = withOpenings(source.slice(at, at + 2))[0] ?? '';
  if (!OPENS.test(line) || NO_FUNCTION.test(line)) return undefined;
  const from = source[at + 1]?.trim() === '{' ? at + 2 : at + 1;
  const depth = indentOf(line);
  let end = from;
  while (end < source.length && (source[end]?.trim() === '' || indentOf(source[end] as string) > depth)) end += 1;
  const inside = source.slice(from, end).map((each) => each.trim());
  // A text at the beginning is a comment of Python.
  const text = /^[rbu]?(?:'''|""")/i.test(inside[0] ?? '')
    ? inside.findIndex((each, index) => /(?:'''|""")$/.test(each) && (index > 0 || each.length > 5))
    : -1;
  return inside.slice(text + 1).filter((each) => isTelling(each) || /^(?:\.{3}|…)$/.test(each));
}

/** A body of which most still stands: it was renamed, moved or taken apart. */
function stands(body: readonly string[], lines: ReadonlySet<string>): boolean {
  return body.filter((line) => lines.has(line.trim())).length >= body.length * 0.6;
}

/** How a language says that nobody outside of the file calls it; in modules of JavaScript what is not exported is of the file. */
const OWN: readonly (readonly [names: RegExp, mark: RegExp])[] = [
  [/\.(?:java|cs|kts?|php|swift|scala|groovy|tsx?)$/i, /\bprivate\b/],
  [/\.(?:[cm]?[jt]sx?|vue|svelte)$/i, /^(?!.*\bexports?\b)(?:\S|\s+(?:static\s+)?#)/],
  [/\.rs$/i, /^(?!.*\bpub\b)/],
  [/\.(?:c|h|cc|cpp|cxx)$/i, /^\s*static\b/],
  [/\.(?:py|pm|pl|dart)$/i, /\b_\w+\s*[({]|\bsub\s+_\w/],
  [/\.exs?$/i, /^\s*defp\b/],
  [/\.lua$/i, /^\s*local\b/],
  [/\.m$/i, /^\s*(?:function|static)\b/],
];
const SIMILAR = 0.4;

/** Where nothing tells who may call a function, those that do are of its file. */
const hasNoMark = (path: string): boolean => !OWN.some(([names]) => names.test(path)) && !VISIBLE.test(path);
/** What has no mark is for all here. */
const VISIBLE = /\.(?:go|rb|c|h|cc|cpp|cxx|hpp|hh|ya?ml|json|toml|html?|xml|vue|svelte|s?css|sql|md|tf|proto|graphqls?|gql)$/i;

/** A path of names, or a setting within others. */
function mayHaveOtherNames({ path, source, all, index }: Of): boolean {
  const { name, line } = all[index] as Declaration;
  return name.includes('::') || (/\.ya?ml$/i.test(path) && indentOf(source[line] ?? '') > 0);
}

/** By its whole path, or another setting in its place. */
function isNamedOtherwise({ all, index }: Of, now: readonly Declaration[], known: ReadonlySet<string>): boolean {
  const one = all[index] as Declaration;
  if (one.name.includes('::')) return now.some(({ name }) => name.endsWith(`::${one.name}`) || one.name.endsWith(`::${name}`));
  const [before, behind] = [all[index - 1]?.name, all[index + 1]?.name];
  return now.some((other, at) => !known.has(other.name) && now[at - 1]?.name === before && now[at + 1]?.name === behind);
}

interface Of {
  readonly path: string;
  readonly source: readonly string[];
  readonly all: readonly Declaration[];
  readonly index: number;
}

const isBelowPrivate = (path: string, source: readonly string[], line: number): boolean =>
  /\.rb$/i.test(path) && source.slice(0, line).some((text) => /^\s*private\s*$/.test(text));

/** Its language says that nobody outside of the file calls it. */
const isOwn = (path: string, source: readonly string[], line: number): boolean =>
  isBelowPrivate(path, source, line) || OWN.some(([names, mark]) => names.test(path) && mark.test(source[line] ?? ''));

/** Its lines, the last one left out. */
function spanOf(source: readonly string[], all: readonly Declaration[], index: number): readonly [from: number, to: number] {
  const { line } = all[index] as Declaration;
  return [line, line + 1 + bodyOf(source, all, index).length];
}

/** A function of the file's own that nothing calls any more: each line that called it has given way to one much like it. */
function isTakenIn({ path, source, all, index }: Of, after: string, here: ReadonlySet<string>, lines: ReadonlySet<string>): boolean {
  const { name, line } = all[index] as Declaration;
  const isPrivate = isBelowPrivate(path, source, line) || /\b(?:private|defp)\b/.test(source[line] ?? '');
  const named = new RegExp(`(?<![\\p{L}\\p{N}_$])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}_$])`, 'u');
  if (!(hasNoMark(path) || isOwn(path, source, line)) || named.test(after)) return false;
  const [, end] = spanOf(source, all, index);
  const calls = source.flatMap((text, at) => ((at < line || at >= end) && named.test(text) ? [at] : []));
  const inside = source.slice(line + 1, end).filter((text) => isTelling(text) && !/^\s*end\W*$/.test(text));
  const known = new Set(source);
  const added = after.split('\n').filter((text) => !known.has(text) && isTelling(text));
  if (Math.max(calls.length, inside.length, added.length) > MOST_COMPARED) return false;
  const callers = calls.map((at) => all.findLast((other) => other.line <= at)?.name);
  const fresh = added.map(wordsIn);
  // Either the calls were written anew, or the body in their place.
  const isWritten = (text: string): boolean => fresh.some((words) => shared(wordsIn(text), words) >= SIMILAR);
  return (
    calls.length > 0 &&
    !calls.some((at) => /\bexports?\b/.test(source[at] as string)) &&
    callers.every((caller) => caller === undefined || here.has(caller)) &&
    (calls.every((at) => isWritten(source[at] as string)) ||
      (inside.length > 0 && inside.every(isWritten)) ||
      isPutThere(inside, lines) ||
      ((isPrivate || !hasNoMark(path)) && calls.every((at) => isAway(at, line, source, lines))))
  );
}

/** A call that was taken out by itself: what lies between it and the function still stands. */
function isAway(call: number, line: number, source: readonly string[], lines: ReadonlySet<string>): boolean {
  return source.slice(Math.min(call, line), Math.max(call, line)).some((text) => isTelling(text) && lines.has(text.trim()));
}

/** Half of a body at least stands elsewhere, word for word. */
function isPutThere(inside: readonly string[], lines: ReadonlySet<string>): boolean {
  const put = inside.filter((text) => lines.has(text.trim()));
  return put.length > 0 && put.length * 2 >= inside.length;
}

const wordsIn = (line: string): ReadonlySet<string> => new Set(line.match(/[\p{L}\p{N}_$]+/gu) ?? []);

/** Of the words of both, those that both have. */
const shared = (one: ReadonlySet<string>, other: ReadonlySet<string>): number =>
  [...one].filter((word) => other.has(word)).length / Math.max(1, new Set([...one, ...other]).size);

/** A function or a type in one line, of which nothing says that it is for its file alone. */
const PUBLIC =
  /^(?!.*\bprivate\b)\s*(?:(?:override|open|async|static|internal|pub)\s+)*(?:def|fun|func|function|fn|proc|enum|struct|class|interface|record|trait|union)\s+(?!_)/;

/** One line alone may well be taken out; not while others still name it, or may. */
function isMissed(
  path: string,
  { name, line }: Declaration,
  source: readonly string[],
  words: ReadonlySet<string>,
  given: ReadonlySet<string>,
): boolean {
  if (/\.(?:html?|vue|svelte|xml)$/i.test(path) || PUBLIC.test(source[line] ?? '')) return true;
  if (/\b(?:export|exports|pub|public|rpc)\b|^[A-Z]\w*\s*=/.test(source[line] ?? '') || !/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name))
    return true;
  // Where it is given its value elsewhere it was moved.
  return words.has(name) && !given.has(name);
}

/** A constant whose value stands where its name stood. */
function isInlined({ name, line }: Declaration, source: readonly string[], after: string, words: ReadonlySet<string>): boolean {
  const value = /^[^=]*[^=!<>]=(?![=>])\s*(\S.*?)[;,]?\s*$/.exec(source[line] ?? '')?.[1];
  if (value === undefined || words.has(name)) return false;
  const users = source.filter((text, at) => at !== line && wordsIn(text).has(name));
  return users.length > 0 && users.every((text) => after.includes(text.replaceAll(name, () => value).trim()));
}

function goneRun(path: string, source: readonly string[], lines: ReadonlySet<string>): readonly Loss[] {
  let run = 0;
  for (const [index, line] of source.entries()) {
    if (!isTelling(line)) continue;
    run = lines.has(line.trim()) ? 0 : run + 1;
    if (run > MOST_LINES_GONE) return [{ path, names: null, line: index - run + 2, lines: run }];
  }
  return [];
}

/** Brackets and blanks are everywhere. */
const isTelling = (line: string): boolean => /[\p{L}\p{N}]{2}/u.test(line);

const indentOf = (line: string): number => /^\s*/.exec(line)?.[0].length ?? 0;
