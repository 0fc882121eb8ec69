// Principle: what disappears is looked at, not the words that stand in its place. A function, class, method, export, route,
// test, table or rule that the base has and the change has nowhere is lost, unless its body still stands there under
// another name. By the plain marks of languages, no parser; where a language's are not known, by runs of lines that are gone.
import { readCode } from './code-text.ts';
import { isTestPath } from './test-paths.ts';

/** One named thing of a file. */
export interface Declaration {
  readonly name: string;
  /** From 0. */
  readonly line: number;
}

const NOT_NAMES = new Set(
  '_ if for foreach while switch catch return else do try with using lock synchronized function when match unless until elif elsif and or not in of new throw yield super this self print assert case default sizeof typeof await'.split(
    ' ',
  ),
);

/** Marks of a declaration in one line; the first group that took part is its name. */
const MARKS: readonly RegExp[] = [
  // A word for the kind, then the name: nearly every language.
  /^\s*(?:@\w[\w.]*(?:\([^)]*\))?\s+)*(?:(?:export|default|public|private|protected|internal|static|final|abstract|async|override|virtual|sealed|open|data|inline|pub(?:\([^)]*\))?|unsafe|extern|const|partial|readonly|suspend|operator|tailrec|fileprivate|mutating|convenience|required|local|implicit|case|lazy|external|factory)\s+)*(?:function\*?|func|fn|fun|def|defp|defmacro|defmodule|class|interface|trait|struct|enum|record|object|module|protocol|extension|mixin|impl|namespace|sub|procedure|macro_rules!|typedef|actor|union)\s+(?:\([^)]*\)\s*)?((?:self\.)?[\p{L}_$][\p{L}\p{N}_$.:?!]*)/u,
  // Names with a value of their own, at the margin.
  /^(?:export\s+)?(?:const|let|var|val|type|static|global)\s+(?:mut\s+)?([\p{L}_$][\p{L}\p{N}_$]*)/u,
  /^([A-Za-z_$][\w$]*)\s*(?::[^=\n]{1,80})?=(?!=)/,
  /^(?:module\.)?exports\.([\w$]+)\s*=/,
  /^[\w$.]+\.prototype\.([\w$]+)\s*=/,
  // A method: name, arguments, body on the same line.
  /^\s+(?:(?:public|private|protected|internal|static|final|abstract|async|override|virtual|get|set|readonly|synchronized|native|constexpr|inline|explicit|unsafe|extern|partial)\s+)*\*?(#?[\p{L}_$][\p{L}\p{N}_$]*)\s*(?:<[^<>()]{0,60}>)?\([^;{}]*\)\s*(?::\s*[^{};=]{1,80})?\{/u,
  /^\s*(?:[\w<>[\],.?*&:~]+\s+){1,6}[*&]*(~?[\p{L}_][\p{L}\p{N}_]*(?:::~?\w+)*)\s*\([^;{}]*\)\s*(?:const|noexcept|override|throws\s[\w., ]+|where\s[^{]+|->\s*[^{]+)*\s*\{/u,
  /^\s*([\p{L}_$][\p{L}\p{N}_$]*)\s*[:=]\s*(?:async\s+)?(?:function\b|\([^()]*\)\s*(?::[^=]{1,60})?=>|\w+\s*=>)/u,
  // Routes, tests, tables, rules.
  /\b(?:app|router|server|api|route|Route|r|mux)\s*(?:\.|::)\s*((?:get|post|put|patch|delete|del|all|use|head|options|HandleFunc|Handle|GET|POST|PUT|PATCH|DELETE)\s*\(\s*["'`][^"'`]*["'`])/,
  /^\s*(?:test|it|describe|context|specify|scenario|feature|Deno\.test|t\.Run|test_that|@test)(?:\.\w+)*\s*\(?\s*(["'`][^"'`\n]{1,200}["'`])/,
  /^\s*create\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+|unique\s+|materialized\s+)*((?:table|view|index|function|procedure|trigger|type|sequence|schema)\s+(?:if\s+not\s+exists\s+)?["`[\w.]+)/i,
];

/** By the ending of the file: what is a declaration in these only. */
const OF_FILE: readonly (readonly [names: RegExp, mark: RegExp])[] = [
  [/\.(?:ya?ml)$/i, /^( {0,2}[\w."'-]+):(?:\s|$)/],
  [/\.(?:css|scss|less)$/i, /^((?:[.#@]?[\w-][^{};]*?)|\*)\s*\{/],
  [/\.(?:toml|ini|cfg|conf|properties)$/i, /^\s*(\[[^\]]+\]|[\w.-]+(?=\s*=))/],
  [/(?:^|\/)(?:GNU)?[Mm]akefile$|\.mk$/, /^([\w./%-]+)\s*:(?!=)/],
  [
    /\.(?:html?|vue|svelte|xml)$/i,
    /<(?:section|header|footer|nav|main|article|aside|form|table|template|script|style|div|ul)\b[^>]*\b(?:id|class|name)=["']([^"']+)["']/i,
  ],
  [/\.(?:sh|bash|zsh|ksh|bats)$/i, /^\s*(?:(?:function\s+)?([\w.:-]+)\s*\(\)|function\s+([\w.:-]+))\s*\{?\s*$/],
  [/\.tf$/i, /^((?:resource|data|module|variable|output|provider|locals)\b[^{]*)\{/],
];

/** @example declarationsOf('a.py', 'def f():\n  pass\n') // [{ name: 'f', line: 0 }] */
export function declarationsOf(path: string, text: string): readonly Declaration[] {
  const own = OF_FILE.filter(([names]) => names.test(path)).map(([, mark]) => mark);
  const marks = own.length > 0 && !/\.(?:vue|svelte|html?)$/i.test(path) ? own : [...MARKS, ...own];
  return withOpenings(readCode(path, text).uncommented.split('\n')).flatMap((line, index) => {
    if (line.length > 400) return [];
    const name = marks.map((mark) => mark.exec(line)?.slice(1).find(Boolean)).find((found) => found !== undefined && !NOT_NAMES.has(found));
    return name === undefined ? [] : [{ name: name.replace(/\s+/g, ' ').trim(), line: index }];
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

/** So many lines in a row may go without a name that tells what they were. */
const MOST_LINES_GONE = 12;

/**
 * Declarations that the base has and the whole change lacks: not in the same file, nor in any other, under this name or
 * with this body. A deleted file loses nothing here: that it is deleted is seen by itself.
 */
export function losses(files: readonly FileVersions[]): readonly Loss[] {
  const kept = new Set<string>();
  const lines = new Set<string>();
  for (const { path, after } of files) {
    for (const { name } of declarationsOf(path, after ?? '')) kept.add(name);
    for (const line of (after ?? '').split('\n')) if (isTelling(line)) lines.add(line.trim());
  }
  return files.flatMap(({ path, before, after }) =>
    before === undefined || after === undefined ? [] : lossOf(path, before, after, kept, lines),
  );
}

function lossOf(path: string, before: string, after: string, kept: ReadonlySet<string>, lines: ReadonlySet<string>): readonly Loss[] {
  const source = before.split('\n');
  const all = declarationsOf(path, before);
  const now = declarationsOf(path, after);
  const here = new Set(now.map(({ name }) => name));
  const gone = all.filter((one, index) => {
    if (here.has(one.name) || kept.has(one.name)) return false;
    const body = bodyOf(source, all, index).filter(isTelling);
    return body.length === 0 ? isMissed(one, source, after) : !stands(body, lines);
  });
  // A test that says something else is called otherwise: as many new ones as are gone.
  const names = new Set(all.map(({ name }) => name));
  if (isTestPath(path) && now.filter(({ name }) => !names.has(name)).length >= gone.length) return [];
  const lost = [...gone, ...emptied(path, before, after, all, now)];
  const [first] = lost;
  if (first !== undefined) return [{ path, names: lost.map(({ name }) => name), line: first.line + 1, lines: lost.length }];
  return all.length > 0 || path.endsWith('.json') ? [] : goneRun(path, source, lines);
}

/** From the declaration to the next one at the same depth or further out. */
function bodyOf(source: readonly string[], all: readonly Declaration[], index: number): readonly string[] {
  const { line } = all[index] as Declaration;
  const depth = indentOf(source[line] ?? '');
  const next = all.slice(index + 1).find((other) => indentOf(source[other.line] ?? '') <= depth);
  return source.slice(line + 1, next?.line ?? source.length);
}

/** How a body ends that does nothing: left out, or a value that was always the same. */
const NOTHING =
  /^(?:pass|\.{3}|…|end|todo!\(.*\);?|unimplemented!\(.*\);?|(?:throw|raise|panic!?|fatalError|TODO|abort|die)\b.*(?:not.?implemented|unsupported.?operation|todo|unchanged|omitted).*|TODO\(.*\))$/i;
const SAME_VALUE = /^return(?:\s+(?:0|-1|null|nil|None|undefined|false|true|False|True|""|''|\[\]|\{\}|self|this))?;?$/;
const OPENS = /\)[^()]*[{:]\s*$|^\s*(?:def|sub)\s+[\w.?!]+(?:\s*\(.*\))?\s*$/;
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
  return all.filter((one) => {
    const same = now.filter(({ name }) => name === one.name);
    const [other] = same;
    if (other === undefined || same.length > 1 || all.filter(({ name }) => name === one.name).length > 1) return false;
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
  const rest = source.slice(source[at + 1]?.trim() === '{' ? at + 2 : at + 1);
  const end = rest.findIndex((each) => each.trim() !== '' && indentOf(each) <= indentOf(line));
  const inside = (end < 0 ? rest : rest.slice(0, end)).map((each) => each.trim());
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

/** One line alone may well be taken out; not while others still name it, or may. */
function isMissed({ name, line }: Declaration, source: readonly string[], after: string): boolean {
  if (/\b(?:export|exports|pub|public)\b|^[A-Z]\w*\s*=/.test(source[line] ?? '') || !/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name)) return true;
  return new RegExp(`(?<![\\p{L}\\p{N}_$])${name.replace(/\$/g, '\\$')}(?![\\p{L}\\p{N}_$])`, 'u').test(after);
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
