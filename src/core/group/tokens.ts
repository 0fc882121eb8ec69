// A message cut into words, marks and holes, in one pass from left to right. The principle: a fingerprint keeps what the
// programmer wrote and drops what the user or the machine put in. Programmers write plain words; so a token with a digit
// is a hole, and so is what has the form of a path, an address, a quoted value or a name (`hole-forms.ts`). No word of
// any one program is known here. What neighbouring tokens mean together is left to `normalize.ts`.
import { type HoleKind, holeOf, isName, mayBeHole } from './hole-forms.ts';

export type Token =
  /** Written by the programmer. */
  | { readonly kind: 'word'; readonly start: number; readonly end: number }
  /** Punctuation: one sign, or a run of `.:!?` behind a word. */
  | { readonly kind: 'mark'; readonly start: number; readonly end: number }
  /** Put in by the user or the machine; `null` for the sign of a hole in a text that was normalised before. */
  | { readonly kind: 'hole'; readonly start: number; readonly end: number; readonly hole: HoleKind | null };

const BLANK = 1;
const MARK = 2;
const QUOTE = 3;
const LETTER = 4;
const DIGIT = 5;
/** Any other sign: a part of the token that it stands in. */
const SIGN = 6;
/** Of scripts that put no blanks between words: such a word ends where other letters or digits begin. */
const UNSPACED = 7;

const ASCII = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  if (code <= 32) return BLANK;
  if (',;|()[]{}<>='.includes(char)) return MARK;
  if (`"'\``.includes(char)) return QUOTE;
  if (/[A-Za-z]/.test(char)) return LETTER;
  return /\d/.test(char) ? DIGIT : SIGN;
});

/** What closes a quotation, by what opens it. */
const CLOSING: ReadonlyMap<number, number> = new Map(
  ['""', "''", '``', '“”', '‘’', '«»', '「」', '『』'].map((pair) => [pair.charCodeAt(0), pair.charCodeAt(1)]),
);

function classOf(code: number): number {
  if (code < 128) return ASCII[code]!;
  if (CLOSING.has(code)) return QUOTE;
  if (code === 0xa0 || code === 0x3000 || code === 0xfeff) return BLANK;
  if (code >= 0x3001 && code <= 0x303f) return MARK;
  if (code >= 0x2e80 && code <= 0xd7ff) return UNSPACED;
  if (code >= 0xff10 && code <= 0xff19) return DIGIT;
  return (code >= 0xff01 && code <= 0xff20) || '”’»…'.includes(String.fromCharCode(code)) ? MARK : LETTER;
}

/** As Ruby shows a value, with its class behind it: `"any text":String`. */
const INSPECTED = /^"(?:[^"\\]|\\.)*"(?=:[A-Z]\w+(?:\W|$))/;
const MAX_INSPECTED = 400;
/** A quotation of more is a sentence that somebody wrote. */
const MAX_QUOTED = 60;
const MAX_QUOTED_WORDS = 3;

/** The sign that stands for a hole. One for all kinds: a place may hold an address now, a name then. */
export const HOLE = '<*>';

/**
 * Cuts a text. Blanks between tokens are not listed: `end` of one and `start` of the next tell of them.
 * @returns tokens in their order, which do not overlap; time and memory are linear in the length of the text
 * @example cut('order 17 lost').map(({ kind }) => kind) // ['word', 'hole', 'word']
 */
export function cut(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let speaks = true;
  let seen = 0;
  while (at < text.length) {
    const kind = classOf(text.charCodeAt(at));
    if (kind === BLANK) at++;
    else if (kind === QUOTE) at = quotation(text, at, tokens, speaks);
    else if (isPrefix(text, at)) at = quotation(text, at + 1, tokens, speaks, at);
    else if (kind === MARK) at = mark(text, at, tokens);
    else if (kind === UNSPACED) at = unspaced(text, at, tokens);
    else at = piece(text, at, tokens, speaks);
    for (; speaks && seen < tokens.length; seen++)
      speaks = tokens[seen]!.kind !== 'word' || isName(text.slice(tokens[seen]!.start, tokens[seen]!.end));
  }
  return tokens;
}

function mark(text: string, at: number, tokens: Token[]): number {
  const isHole = text.startsWith(HOLE, at);
  const end = at + (isHole ? HOLE.length : 1);
  tokens.push(isHole ? { kind: 'hole', start: at, end, hole: null } : { kind: 'mark', start: at, end });
  return end;
}

function unspaced(text: string, at: number, tokens: Token[]): number {
  let end = at + 1;
  while (end < text.length && classOf(text.charCodeAt(end)) === UNSPACED) end++;
  tokens.push({ kind: 'word', start: at, end });
  return end;
}

/** A quotation of one value is a hole; else the mark stands alone. */
function quotation(text: string, at: number, tokens: Token[], speaks: boolean, start = at): number {
  const end = closing(text, at);
  if (end === undefined) tokens.push({ kind: 'mark', start, end: at + 1 });
  else {
    // A request that all the line is about has its method, of a closed list: `10.0.0.1 "GET /orders HTTP/1.1" 200`.
    const method = speaks && METHOD.test(text.slice(at + 1, at + 9)) ? text.indexOf(' ', at) : at;
    if (method > at) tokens.push({ kind: 'mark', start: at, end: at + 1 }, { kind: 'word', start: at + 1, end: method });
    tokens.push({ kind: 'hole', start: method > at ? method + 1 : start, end, hole: 'quoted' });
  }
  return end ?? at + 1;
}

/** Python's `u'…'` and `b'…'` say how a text is held, and only some versions do. */
const isPrefix = (text: string, at: number): boolean =>
  PREFIX.has(text.charCodeAt(at)) && /["']/.test(text.charAt(at + 1)) && !isWordy(text, at - 1) && closing(text, at + 1) !== undefined;
const PREFIX: ReadonlySet<number> = new Set([...'ub'].map((letter) => letter.charCodeAt(0)));

const METHOD = /^(?:GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS|CONNECT|TRACE) /;

function closing(text: string, at: number): number | undefined {
  const wanted = CLOSING.get(text.charCodeAt(at));
  const last = Math.min(text.length, at + MAX_QUOTED + 2);
  let words = 1;
  const inspected = INSPECTED.exec(text.slice(at, at + MAX_INSPECTED));
  if (inspected) return at + inspected[0].length;
  for (let end = at + 1; end < last && words <= MAX_QUOTED_WORDS; end++) {
    const code = text.charCodeAt(end);
    if (code === wanted && !isWordy(text, end + 1)) return end === at + 1 ? undefined : end + 1;
    if (classOf(code) === BLANK) words++;
  }
  return undefined;
}

function isWordy(text: string, at: number): boolean {
  if (at < 0 || at >= text.length) return false;
  const kind = classOf(text.charCodeAt(at));
  return kind === LETTER || kind === DIGIT || text[at] === '_';
}

/**
 * What stands between blanks, marks and quotations.
 * @param speaks no word of a sentence stands before it
 */
function piece(text: string, at: number, tokens: Token[], speaks: boolean): number {
  let end = at;
  let isUrl = false;
  // Letters only, of one case or with a capital in front, but for signs at its end: most pieces are, and need no second look.
  let isPlain = true;
  let before = 0;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    const kind = code < 128 ? ASCII[code] : classOf(code);
    if (kind === LETTER) isPlain &&= code > 96 ? code < 128 && before !== SIGN : before < 97 && before !== SIGN;
    else if (kind === BLANK || kind === UNSPACED) break;
    else if (kind === SIGN || kind === DIGIT) {
      isPlain &&= isEnding(code);
      isUrl ||= code === COLON && end > at + 1 && text.startsWith('://', end);
    } else if (isUrl ? kind === QUOTE || '()[]<>{}|'.includes(text[end]!) : !isInside(text, end)) break;
    before = kind === LETTER ? code : SIGN;
  }
  let stop = end;
  while (stop > at && isEnding(text.charCodeAt(stop - 1))) stop--;
  if (stop > at)
    tokens.push(isUrl ? { kind: 'hole', start: at, end: stop, hole: 'url' } : judged(text, at, stop, isPlain, tokens.at(-1), speaks));
  if (stop < end) tokens.push({ kind: 'mark', start: stop, end });
  return end;
}

const COLON = 58;
/** `.`, `:`, `!` and `?` end a word; inside of it they are of it. */
const isEnding = (code: number): boolean => code === 46 || code === COLON || code === 33 || code === 63;

/** Who speaks stands first, or behind values and right before a colon: `[17] pool_worker: lost`. */
function judged(text: string, start: number, end: number, isPlain: boolean, last: Token | undefined, speaks: boolean): Token {
  const size = last?.kind === 'word' ? last.end - last.start : 0;
  if (isPlain && !mayBeHole(end - start, size)) return { kind: 'word', start, end };
  const isSpeaker = speaks && (last === undefined || text.startsWith(': ', end));
  const hole = holeOf(text.slice(start, end), isSpeaker ? '' : size > 0 ? text.slice(last!.start, last!.end) : undefined);
  return hole === undefined ? { kind: 'word', start, end } : { kind: 'hole', start, end, hole };
}

/** `1,234` and `can't`. */
function isInside(text: string, at: number): boolean {
  if (text[at] === ',') return isDigit(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at + 1));
  return (text[at] === "'" || text[at] === '’') && isWordy(text, at - 1) && isWordy(text, at + 1);
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
