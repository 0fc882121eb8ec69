// Where a source holds tests of its own. Principle: only what the language itself takes out of the program is a test there, by
// the language's own mark on a whole item (`#[cfg(test)]`, `unittest`, `test "…"`, `if (import.meta.vitest)`). A mark on a line
// within a function is code that asks whether it is tested, and no test.
import { type Brackets, bracketsOf, type Lexis } from './brackets.ts';
import { D, JS, RUST, ZIG } from './lexis.ts';

/** One item, from its first mark to its end, in whole lines where it has them for itself. */
export interface TestSpan {
  readonly from: number;
  /** Not included. */
  readonly to: number;
  /** The bracket that opens its body; absent where it has none. */
  readonly body?: number;
  /** Heads of what it stands in; empty at the top of the file. */
  readonly within: string;
}

interface Marked {
  readonly names: RegExp;
  /** A file without it is not read. */
  readonly hint: RegExp;
  readonly lexis: Lexis;
  /** Heads within which an item may stand, told by what is in front of their bracket. */
  readonly holders: RegExp;
  items(brackets: Brackets): readonly Item[];
}

interface Item extends Omit<TestSpan, 'within'> {
  /** By the one around it its place is told. */
  readonly bracket: number;
}

const LANGUAGES: readonly Marked[] = [
  {
    names: /\.rs$/,
    hint: /\btest\b|\brstest\b/,
    lexis: RUST,
    holders: /(?:^|[;{}\]])\s*((?:pub(?:\s*\([^()]*\))?\s+)?(?:unsafe\s+)?(?:mod|impl|trait)\b[^;{}]*)$/,
    items: rustItems,
  },
  {
    names: /\.zig$/,
    hint: /\btest\b/,
    lexis: ZIG,
    holders: /([\w@]+\s*=\s*(?:extern\s+|packed\s+)?(?:struct|enum|union|opaque)\b[^;{}]*)$/,
    items: zigItems,
  },
  {
    names: /\.d$/,
    hint: /\bunittest\b/,
    lexis: D,
    holders: /(?:^|[;{}])\s*((?:[\w@]+\s+)*(?:class|struct|interface|union|template)\b[^;{}]*)$/,
    items: dItems,
  },
  { names: /\.[cm]?[jt]sx?$/, hint: /\bimport\.meta\.(?:vitest|rstest)\b/, lexis: JS, holders: /^(?!)()/, items: jsItems },
];

/** What of a source is told to be a test: none of it where it cannot be read. */
export function testSpans(path: string, source: string): readonly TestSpan[] {
  const language = LANGUAGES.find(({ names }) => names.test(path));
  if (!language?.hint.test(source)) return [];
  const brackets = bracketsOf(source, language.lexis);
  if (brackets === undefined) return [];
  const heads = new Map<number, string | undefined>();
  const found: TestSpan[] = [];
  for (const { from, bracket, to, ...body } of language.items(brackets)) {
    if (from < (found.at(-1)?.to ?? 0)) continue;
    const within = holdersOf(brackets, bracket, (at) => {
      if (!heads.has(at)) heads.set(at, headOf(brackets, at, language.holders));
      return heads.get(at);
    });
    if (within !== undefined) found.push({ ...wholeLines(brackets, from, to), ...body, within });
  }
  return found;
}

/** So much of what stands in front of a bracket is read. */
const HEAD = 400;

function headOf({ text }: Brackets, at: number, holders: RegExp): string | undefined {
  const head = text[at] === '{' ? holders.exec(text.slice(Math.max(0, at - HEAD), at))?.[1] : undefined;
  return head?.replace(/\s+/g, ' ').trim();
}

/** Items stand no deeper than in so many others. */
const DEEPEST = 10;

/** The heads around a bracket; `undefined` where one of them is no holder of items. */
function holdersOf({ around }: Brackets, bracket: number, headAt: (at: number) => string | undefined): string | undefined {
  const heads: string[] = [];
  for (let at = around.get(bracket) ?? -1; at >= 0; at = around.get(at) ?? -1) {
    const head = headAt(at);
    if (head === undefined || heads.length >= DEEPEST) return undefined;
    heads.unshift(head);
  }
  return heads.join(' > ');
}

/** With its indentation and the end of its last line, where nothing else stands there but a comment. */
function wholeLines({ text: source }: Brackets, from: number, to: number): Pick<TestSpan, 'from' | 'to'> {
  let begin = from;
  while (begin > 0 && /[ \t]/.test(source[begin - 1] as string)) begin -= 1;
  const isFirst = begin === 0 || source[begin - 1] === '\n';
  const rest = /[ \t]*(?:\r?\n|$)/y;
  rest.lastIndex = to;
  const isLast = rest.test(source);
  return isFirst && isLast ? { from: begin, to: rest.lastIndex } : { from, to };
}

const skipBlanks = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && /\s/.test(text[at] as string)) at += 1;
  return at;
};

function rustItems(brackets: Brackets): readonly Item[] {
  const { text, closes, around } = brackets;
  const own = [...text.matchAll(/#!\[/g)].find(({ index }) => around.get(index + 2) === -1 && isOfTests(insideOf(brackets, index + 2)));
  if (own !== undefined) return [{ from: 0, bracket: own.index + 2, to: text.length }];
  const found: Item[] = [];
  let seen = 0;
  for (const { index } of text.matchAll(/#\[/g)) {
    if (index < seen) continue;
    let at = index;
    let isTest = false;
    while (text.startsWith('#[', at)) {
      isTest ||= isOfTests(insideOf(brackets, at + 1));
      at = skipBlanks(text, (closes.get(at + 1) ?? at + 1) + 1);
    }
    seen = at;
    const end = isTest ? rustEnd(brackets, at) : undefined;
    if (end === undefined) continue;
    found.push({ from: index, bracket: index + 1, ...end });
    seen = end.to;
  }
  return found;
}

const insideOf = ({ text, closes }: Brackets, open: number): string => text.slice(open + 1, closes.get(open)).trim();

/** `test`, `tokio::test(…)`, `rstest`, or a condition that only tests meet. */
function isOfTests(attribute: string): boolean {
  const condition = /^cfg\s*\(([\s\S]*)\)$/.exec(attribute)?.[1];
  return condition === undefined ? /^(?:\w+\s*::\s*)*(?:test|bench|rstest|test_case)(?![\w:])/.test(attribute) : isOnlyTests(condition, 0);
}

function isOnlyTests(condition: string, depth: number): boolean {
  const said = condition.trim();
  if (said === 'test') return true;
  const [, how, inside = ''] = /^(all|any)\s*\(([\s\S]*)\)$/.exec(said) ?? [];
  if (how === undefined || depth > DEEPEST) return false;
  const parts = partsOf(inside).filter((part) => part.trim() !== '');
  const is = (part: string): boolean => isOnlyTests(part, depth + 1);
  return how === 'all' ? parts.some(is) : parts.length > 0 && parts.every(is);
}

/** By the commas between them, not within brackets. */
function partsOf(list: string): readonly string[] {
  const parts: string[] = [];
  let [depth, from] = [0, 0];
  for (const { 0: char, index } of list.matchAll(/[(),]/g)) {
    if (char === ',' && depth === 0) {
      parts.push(list.slice(from, index));
      from = index + 1;
    } else if (char !== ',') depth += char === '(' ? 1 : -1;
  }
  return [...parts, list.slice(from)];
}

const RUST_ITEM =
  /(?:pub(?:\s*\([^()]*\))?\s+)?(?:(?:default|async|unsafe|const|extern(?:\s*"\s*")?)\s+)*(?:(mod|fn|impl|struct|enum|union|trait|[a-z_]\w*\s*!)|(use|type|static|const|extern\s+crate))(?![\w])/y;

/** Behind the last bracket or the `;` of an item; `undefined` where none begins here. */
function rustEnd({ text, closes }: Brackets, from: number): Pick<Item, 'to' | 'body'> | undefined {
  RUST_ITEM.lastIndex = from;
  const isStatement = RUST_ITEM.exec(text)?.[2] !== undefined;
  let at = RUST_ITEM.lastIndex;
  // No item: the expression begins anew.
  if (at === 0) return undefined;
  while (at < text.length) {
    const close = closes.get(at);
    if (text[at] === ';') return { to: at + 1 };
    if (text[at] === '{' && close !== undefined && !isStatement) return { to: close + 1, body: at };
    if (/[)\]}]/.test(text[at] as string)) return undefined;
    at = (close ?? at) + 1;
  }
  return undefined;
}

/** Blocks behind a mark. @param mark its last character is the opening bracket */
const blocks = ({ text, closes }: Brackets, mark: RegExp): readonly Item[] =>
  Array.from(text.matchAll(mark), ({ 0: { length }, index }) => {
    const bracket = index + length - 1;
    return { from: index, bracket, body: bracket, to: (closes.get(bracket) ?? bracket) + 1 };
  });

/** The last character in front of an offset that is no blank. */
function lastBefore(text: string, at: number): string {
  let before = at - 1;
  while (before >= 0 && /\s/.test(text[before] as string)) before -= 1;
  return text[before] ?? '';
}

function zigItems(brackets: Brackets): readonly Item[] {
  const all = blocks(brackets, /\btest\b(?:\s*@?"[^"]{0,400}"|\s+[A-Za-z_]\w*)?\s*\{/g);
  return all.filter(({ from }) => /^[;{},]?$/.test(lastBefore(brackets.text, from)));
}

/** Attributes in front of a block of D. */
const D_ATTRIBUTES = /(?:(?:@\w*(?:\s*\([^()]{0,100}\))?|pure|nothrow|private|public|static|shared)\s+){1,10}$/;

function dItems(brackets: Brackets): readonly Item[] {
  const { text } = brackets;
  const all = blocks(brackets, /\bunittest\s*\{|\bversion\s*\(\s*unittest\s*\)\s*\{/g);
  return all.flatMap(({ from, to, ...rest }) => {
    if (isElse(text, to)) return [];
    const above = D_ATTRIBUTES.exec(text.slice(Math.max(0, from - HEAD), from))?.[0].length ?? 0;
    return [{ from: from - above, to, ...rest }];
  });
}

const isElse = (text: string, at: number): boolean => /^else\b/.test(text.slice(skipBlanks(text, at)).slice(0, 5));

function jsItems(brackets: Brackets): readonly Item[] {
  const all = blocks(brackets, /\bif\s*\(\s*import\.meta\.(?:vitest|rstest)\s*(?:!==?\s*(?:undefined|null)\s*)?\)\s*\{/g);
  return all.filter(({ to }) => !isElse(brackets.text, to));
}
