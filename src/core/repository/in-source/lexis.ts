// How the languages whose sources hold tests of their own write texts and comments.
import { type Lexis, type Reader, wordEnd } from './brackets.ts';

/** From a quote to the next one that is not escaped. */
const quoted =
  (quote: string, { isLine = false, escaped = '\\' } = {}): Reader =>
  (source, at) => {
    if (source[at] !== quote) return undefined;
    for (let end = at + 1; end < source.length; end += 1) {
      if (source[end] === escaped) end += 1;
      else if (source[end] === quote) return end + 1;
      // An apostrophe between words of people.
      else if (isLine && source[end] === '\n') return undefined;
    }
    return isLine ? undefined : null;
  };

const sticky =
  (pattern: RegExp): Reader =>
  (source, at) => {
    pattern.lastIndex = at;
    return pattern.test(source) ? pattern.lastIndex : undefined;
  };

/** `'a` without a quote behind it is a lifetime, or a label. */
const CHARACTER = sticky(/b?'(?:\\(?:u\{[0-9a-fA-F_]{1,8}\}|x[0-9a-fA-F]{2}|[uU][0-9a-fA-F]{4,8}|[^\n])|[^\\'\n])'/uy);

const RAW = /(?:br|cr|r)(#{0,255})"/y;

/** `r#"…"#`: as many marks behind it as in front. */
const raw: Reader = (source, at) => {
  RAW.lastIndex = at;
  const marks = RAW.exec(source)?.[1];
  if (marks === undefined) return undefined;
  const end = source.indexOf(`"${marks}`, RAW.lastIndex);
  return end < 0 ? null : end + 1 + marks.length;
};

const C_BLOCK = { open: '/*', close: '*/' } as const;

export const RUST: Lexis = { blocks: [{ ...C_BLOCK, isNested: true }], texts: [raw, CHARACTER, quoted('"')] };

export const ZIG: Lexis = { blocks: [], texts: [sticky(/\\\\[^\n]*/y), CHARACTER, quoted('"', { isLine: true })] };

/** A text with an end of its own choice (`q"EOS`) is not read. */
const heredoc: Reader = (source, at) => (source.startsWith('q"', at) ? null : undefined);
const wysiwyg: Reader = (source, at) => {
  const end = source.startsWith('r"', at) ? source.indexOf('"', at + 2) : undefined;
  return end === undefined ? undefined : end < 0 ? null : end + 1;
};

export const D: Lexis = {
  blocks: [C_BLOCK, { open: '/+', close: '+/', isNested: true }],
  texts: [heredoc, wysiwyg, CHARACTER, quoted('`', { escaped: '' }), quoted('"')],
};

/** Behind these a slash begins a pattern; behind a value it divides. */
const BEFORE_PATTERN = /^(?:[=(,:[!&|?{;+\-*%~^>]|return|typeof|case|in|of|delete|void|throw|new|do|else|)$/;
/** A pattern has its end soon; so a line of slashes is read once. */
const LONGEST_PATTERN = 300;

const pattern: Reader = (source, at, last) => {
  if (source[at] !== '/' || !BEFORE_PATTERN.test(last)) return undefined;
  let isClass = false;
  for (let end = at + 1; end < Math.min(source.length, at + LONGEST_PATTERN); end += 1) {
    const char = source[end];
    if (char === '\n') return undefined;
    if (char === '\\') end += 1;
    else if (char === '[') isClass = true;
    else if (char === ']') isClass = false;
    else if (char === '/' && !isClass) return end + 1;
  }
  return undefined;
};

/** Templates within templates that are followed. */
const DEEPEST = 30;

const template: Reader = (source, at) => (source[at] === '`' ? templateEnd(source, at + 1, 0) : undefined);

function templateEnd(source: string, from: number, depth: number): number | null {
  if (depth > DEEPEST) return null;
  let at: number | null = from;
  while (at !== null && at < source.length) {
    if (source[at] === '`') return at + 1;
    if (source.startsWith('${', at)) at = holeEnd(source, at + 2, depth);
    else at += source[at] === '\\' ? 2 : 1;
  }
  return null;
}

const LINE_TEXTS: readonly Reader[] = ['"', "'"].map((quote) => quoted(quote, { isLine: true }));

/** The code within a template, to its last brace. */
function holeEnd(source: string, from: number, depth: number): number | null {
  let [open, last] = [1, '{'];
  let at: number | null = from;
  while (at !== null && at < source.length) {
    const here: number = at;
    const char = source[here] as string;
    if (char === '}' && open === 1) return here + 1;
    const text = [...LINE_TEXTS, pattern].map((reader) => reader(source, here, last)).find((end) => end != null);
    at = char === '`' ? templateEnd(source, here + 1, depth + 1) : (text ?? wordEnd(source, here));
    open += char === '{' ? 1 : char === '}' ? -1 : 0;
    if (at !== null && /\S/.test(char)) last = text === undefined && char !== '`' ? source.slice(here, at) : '"';
  }
  return null;
}

export const JS: Lexis = { blocks: [C_BLOCK], texts: [...LINE_TEXTS, template, pattern] };
