// A source file read just far enough to tell code from comments and from what stands in quotes. No parser: one pass over the
// characters, by the comment marks of the language. Where it errs (a `'` in a Ruby regex) it errs for one line only.
// Line breaks stay where they are, so that line n of the result is line n of the file.

export interface CodeText {
  /** Without comments. */
  readonly uncommented: string;
  /** Without comments, and with plain strings emptied. A string that may hold code (`{`, `$`) stays. */
  readonly code: string;
}

interface Marks {
  readonly line: readonly string[];
  readonly block: readonly (readonly [open: string, close: string])[];
  /** Quotes of strings on one line. */
  readonly quotes: string;
  /** Strings over several lines. */
  readonly long: readonly string[];
  /** `/…/` may be a regular expression. */
  readonly regex?: true;
  /** `'` begins a character or a lifetime, not a string. */
  readonly char?: true;
  /** `#{…}` is code within a text, a pattern too. */
  readonly filled?: true;
}

const C: Marks = { line: ['//'], block: [['/*', '*/']], quotes: '"', long: ['"""'], char: true };
const JS: Marks = { line: ['//'], block: [['/*', '*/']], quotes: '"\'', long: ['`'], regex: true };
const HASH: Marks = { line: ['#'], block: [], quotes: '"\'', long: ['"""', "'''"] };
const MARKS: readonly (readonly [names: RegExp, marks: Marks])[] = [
  [/\.[cm]?[jt]sx?$/i, JS],
  [/\.(?:vue|svelte|astro)$/i, { ...JS, block: [...JS.block, ['<!--', '-->']] }],
  [/\.(?:java|kts?|scala|groovy|gradle|go|rs|c|h|cc|cpp|cxx|hpp|hh|cs|swift|m|mm)$/i, C],
  [/\.dart$/i, { ...C, quotes: '"\'', long: ['"""', "'''"] }],
  [/\.php$/i, { line: ['//', '#'], block: [['/*', '*/']], quotes: '"\'', long: [] }],
  [/\.json[c5]?$/i, { line: ['//'], block: [['/*', '*/']], quotes: '"', long: [] }],
  [/\.(?:css|scss|less)$/i, { line: [], block: [['/*', '*/']], quotes: '"\'', long: [] }],
  [
    /\.(?:html?|xml|xhtml|svg|csproj|fsproj|vbproj|props|targets)$|(?:^|\/)pom\.xml$/i,
    { line: [], block: [['<!--', '-->']], quotes: '', long: [] },
  ],
  [/\.(?:sql|lua)$/i, { line: ['--'], block: [['/*', '*/']], quotes: '"\'', long: [] }],
  [/\.(?:hs|elm|purs)$/i, { line: ['--'], block: [['{-', '-}']], quotes: '"', long: [], char: true }],
  [/\.(?:proto|thrift|sol|prisma|zig)$/i, C],
  [/\.(?:clj[cs]?|edn|lisp|lsp|el|scm|ss|rkt)$/i, { line: [';'], block: [['#|', '|#']], quotes: '"', long: [] }],
  [/\.[eh]rl$/i, { line: ['%'], block: [], quotes: '"', long: [] }],
  [/\.(?:mli?|fsx?|fsi|sml)$/i, { line: ['//'], block: [['(*', '*)']], quotes: '"', long: ['"""'], char: true }],
  [/\.rb$|\.rake$|\.gemspec$|(?:^|\/)(?:Gemfile|Rakefile)$/i, { ...HASH, block: [['\n=begin', '\n=end']], long: [], filled: true }],
  [/\.exs?$/i, { ...HASH, filled: true }],
  [
    /\.(?:py|pyi|pyx|bzl|star|sh|bash|zsh|pl|pm|r|jl|ya?ml|toml|ini|cfg|conf|properties|env|tf|tfvars|hcl|graphqls?|gql|nims?|cmake|dockerfile|txt)$|(?:^|\/)(?:Dockerfile|Containerfile|(?:GNU)?[Mm]akefile)[^/]*$/i,
    HASH,
  ],
];

/** Whether the marks of the language are known; without them a text is taken as it is. */
export function isSource(path: string): boolean {
  return MARKS.some(([names]) => names.test(path));
}

/** Labels, and lines of a preprocessor: they stand further out than what they belong to. */
export const standsOut = (line: string): boolean =>
  /^\s*(?:#\s*(?:if|ifdef|ifndef|elif|else|endif|define|undef|pragma|region|endregion|error|line|include|import)\b|(?!(?:else|try|finally|except|do|default|begin|ensure|public|private|protected|signals|slots)\b)[A-Za-z_]\w*:\s*$)/.test(
    line,
  );

/**
 * Splits comments off, and the insides of strings.
 * @example readCode('a.js', 'f("x"); // eval()').code // 'f(""); '
 */
export function readCode(path: string, text: string): CodeText {
  const marks = MARKS.find(([names]) => names.test(path))?.[1];
  if (marks === undefined) return { uncommented: text, code: text };
  const uncommented: string[] = [];
  const code: string[] = [];
  const both = (piece: string): void => {
    uncommented.push(piece);
    code.push(piece);
  };
  let plainFrom = 0;
  let at = 0;
  const flush = (): void => both(text.slice(plainFrom, at));
  while (at < text.length) {
    const token = tokenAt(text, at, marks);
    if (token === undefined) {
      at += 1;
      continue;
    }
    flush();
    const piece = text.slice(at, token.end);
    if (token.kind === 'comment') both(piece.replace(/[^\n]+/g, ''));
    else {
      uncommented.push(piece);
      code.push(token.kind === 'string' ? emptied(piece, token.mark) : piece);
    }
    at = token.end;
    plainFrom = at;
  }
  flush();
  return { uncommented: uncommented.join(''), code: code.join('') };
}

interface Token {
  readonly kind: 'comment' | 'string' | 'kept';
  readonly end: number;
  readonly mark: string;
}

function tokenAt(text: string, at: number, marks: Marks): Token | undefined {
  const char = text[at] as string;
  if (char !== '\n' && /[\w\s]/.test(char)) return undefined;
  for (const [open, close] of marks.block) {
    if (!text.startsWith(open, at)) continue;
    const end = text.indexOf(close, at + open.length);
    return { kind: 'comment', end: end < 0 ? text.length : end + close.length, mark: open };
  }
  for (const mark of marks.line) {
    // `http://` stands in quotes, or is none of ours.
    if (text.startsWith(mark, at) && (mark !== '#' || mayBeHash(text, at, marks))) return { kind: 'comment', end: lineEnd(text, at), mark };
  }
  for (const mark of marks.long) {
    if (text.startsWith(mark, at)) return { kind: mark === '`' ? 'kept' : 'string', end: longEnd(text, at + mark.length, mark), mark };
  }
  if (marks.quotes.includes(char)) return { kind: 'string', end: stringEnd(text, at, char), mark: char };
  if (char === "'" && marks.char) {
    const literal = /'(?:\\[^\n]{1,8}|[^\\'\n])'/y;
    literal.lastIndex = at;
    return literal.test(text) ? { kind: 'string', end: literal.lastIndex, mark: char } : undefined;
  }
  if (char === '`' && text.length > at) return { kind: 'kept', end: longEnd(text, at + 1, '`'), mark: char };
  if (char === '/' && marks.regex && mayBeRegex(text, at)) return { kind: 'string', end: regexEnd(text, at), mark: char };
  return undefined;
}

/**
 * `#` begins a comment after a blank or what ends something. Within a word, a pattern or an expansion it is none: `a#b`, `$#`,
 * `/[^#]/`, `${#list}`, `/#{name}/`.
 */
function mayBeHash(text: string, at: number, { filled }: Marks): boolean {
  if (filled && text[at + 1] === '{') return false;
  const before = text[at - 1] ?? '\n';
  return /[\s;,)\]}"'`:]/.test(before) || (/[([{]/.test(before) && /[\s!]/.test(text[at + 1] ?? '\n'));
}

function emptied(piece: string, mark: string): string {
  const inside = piece.slice(mark.length, -mark.length);
  if (mark !== '/' && /[{$`]/.test(inside)) return piece;
  return `${mark}${inside.replace(/[^\n]+/g, '')}${mark}`;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function longEnd(text: string, from: number, mark: string): number {
  for (let at = text.indexOf(mark, from); at >= 0; at = text.indexOf(mark, at + 1)) {
    if (text[at - 1] !== '\\' || text[at - 2] === '\\') return at + mark.length;
  }
  return text.length;
}

/** After the closing quote, or at the end of the line where there is none. */
function stringEnd(text: string, from: number, quote: string): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (char === quote) return at + 1;
    else if (char === '\n') return at;
  }
  return text.length;
}

/** A slash divides after a value and opens a pattern elsewhere. */
function mayBeRegex(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 40), at).trimEnd();
  return before === '' || /[=(,:[!&|?{};+\-*%~^<>]$|\b(?:return|typeof|case|in|of|delete|void|throw|new|do|else)$/.test(before);
}

function regexEnd(text: string, from: number): number {
  let inClass = false;
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\n') return from + 1;
    if (char === '\\') at += 1;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '/' && !inClass) return at + 1;
  }
  return from + 1;
}
