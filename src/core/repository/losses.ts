// Principle: what disappears is looked at, not the words that stand in its place. A function, class, method, export, route,
// test, table or rule that the base has and the change has nowhere is lost, unless its body still stands there under
// another name. By the plain marks of languages, no parser; where a language's are not known, by runs of lines that are gone.
import { bodyOf, type Declaration, declarationsOf, isTelling, spanOf, wordsIn } from './declarations.ts';
import { emptied } from './emptied-functions.ts';
import { lostImports } from './imports.ts';
import { isNamedOtherwise, isRenamed, mayHaveOtherNames } from './other-names.ts';
import { hasNoMark, isAway, isOwn, isTakenIn } from './taken-in.ts';
import { isTestPath } from './test-paths.ts';

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

/** A function that its language lets other files call, by its own line. */
const EXPORTED = /^\s*(?:export\s+(?:async\s+)?function\b|pub\s+(?:async\s+)?fn\b|func\s+(?:\([^()]*\)\s*)?[A-Z])/;

/** Nobody else may call it, and nothing above it says that something does. */
const isIdle = (source: readonly string[], line: number): boolean =>
  /\bprivate\b[^=;]*\(/.test(source[line] ?? '') && !/^\s*(?:@|#?\[)/.test(source[line - 1] ?? '');

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
    if (onlyCallsParent(one.name, body, source[one.line] ?? '')) continue;
    const isTaken = (): boolean => may(() => isTakenIn(of, after, here, lines));
    const isGone =
      body.length === 0
        ? !stands([source[one.line] ?? ''], lines) &&
          isMissed(path, one, source, words, given) &&
          !isInlined(one, source, after, words) &&
          !(hasNoMark(path) && isTaken())
        : !stands(body, lines) && !isTaken();
    // What is for others and called by none of these files is called by others.
    const isForOthers = (): boolean =>
      EXPORTED.test(source[one.line] ?? '') && !source.some((text, at) => at !== one.line && speaksOf(text, one.name));
    const isMeant = (): boolean =>
      may(() => goesElsewhere(one.name) || (isUnspoken(one.name) && isRenamed(of, after, now, known) && !isForOthers()));
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
      (named.length === 0 ? isIdle(source, one.line) : named.some((at) => isWithin(at))) &&
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

/** A body of which most still stands: it was renamed, moved or taken apart. */
export function stands(body: readonly string[], lines: ReadonlySet<string>): boolean {
  return body.filter((line) => lines.has(line.trim())).length >= body.length * 0.6;
}

/** Without it the same is inherited. */
function onlyCallsParent(name: string, body: readonly string[], head: string): boolean {
  if (body.length > 1 || !/^[\w$?!]+$/.test(name)) return false;
  const called = /(?:\bsuper\s*(?:\([^()]*\))?\s*\.|\bsuper::|\bparent::|\bbase\.)\s*([\w$?!]+)\s*\(.*\)\s*[;})]*\s*$/.exec(
    body[0] ?? head,
  )?.[1];
  return called === name || /^\s*super(?:\s*\(.*\))?\s*$/.test(body[0] ?? '');
}

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
