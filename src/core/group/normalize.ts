// What neighbouring tokens of a message mean together, and the message with one sign for each hole: the template that
// identity is made of where no frame names a function. Line numbers of frames never come here (`fingerprint.ts`).
import { type HoleKind, KIND_KEY, STOP } from './hole-forms.ts';
import { cut, HOLE, type Token } from './tokens.ts';

export type { Token } from './tokens.ts';

const MAX_MESSAGE = 2000;

/** A message as its template. */
export interface Normalized {
  /** The words as they were written, `<*>` for each hole, one blank where there were some. */
  readonly text: string;
  /** The kinds of its holes, in order, once each. */
  readonly replaced: readonly HoleKind[];
}

/**
 * The identity's own view of a message: two messages of one bug have one `text`.
 * @returns the first two lines that say something, with a hole for each value
 * @example normalize('order 17 of "acme" lost').text // 'order <*> of <*> lost'
 */
export function normalize(message: string): Normalized {
  const text = firstLines(message);
  const tokens = tokenize(text);
  const replaced: HoleKind[] = [];
  let normal = '';
  for (const token of tokens) {
    if (normal !== '' && isBlank(text, token.start - 1)) normal += ' ';
    normal += token.kind === 'hole' ? HOLE : text.slice(token.start, token.end);
    if (token.kind === 'hole' && token.hole !== null && !replaced.includes(token.hole)) replaced.push(token.hole);
  }
  return { text: normal, replaced };
}

/** The first two lines that say something; the rest is detail. */
function firstLines(message: string): string {
  if (!message.includes('\n')) return message.slice(0, MAX_MESSAGE);
  const lines = message
    .slice(0, MAX_MESSAGE * 2)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  return lines.slice(0, 2).join(' ').slice(0, MAX_MESSAGE);
}

const isBlank = (text: string, at: number): boolean => at >= 0 && /\s/.test(text[at]!);

/**
 * Cuts a text into tokens as identity sees them: a number with its unit, a date with its names, a list of any length and
 * values behind each other are one hole each. Pure, and linear in the length of the text: what differs in its holes only
 * has the same words and marks, so whoever keeps them may keep the fingerprint beside them.
 * @param text one line, or two that `normalize` has joined
 * @example tokenize('waited 30 seconds for [a, b]').map(({ kind }) => kind) // ['word', 'hole', 'word', 'hole']
 */
export function tokenize(text: string): readonly Token[] {
  return runs(text, lists(text, owners(text, keyed(text, amounts(text, cut(text))))));
}

const wordOf = (text: string, { start, end }: Token): string => text.slice(start, end);
const isNumeric = (token: Token | undefined): boolean => token?.kind === 'hole' && (token.hole === 'number' || token.hole === 'date');

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));
/** Written with a capital: `may` is no month. */
const CALENDAR =
  /^(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?$|^(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)$/;
/** What belongs to the number before it; of a clock, too. */
const UNITS = set(
  'am pm utc gmt z est edt cet cest pst pdt b kb mb gb tb kib mib gib tib byte bytes kbytes ns us µs ms msec msecs millis millisecond milliseconds microseconds ' +
    'nanoseconds s sec secs second seconds m min mins minute minutes h hour hours day days week weeks',
);

/** Dates written with names, units behind numbers, and plurals behind any value: `1 item`, `3 items`, `2 item(s)`. */
function amounts(text: string, tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some(({ kind }) => kind === 'hole')) return tokens;
  const kept: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    const before = kept.at(-1);
    if (isNumeric(token) && isBound(text, before, token)) kept.splice(-1, 1, { ...token, start: before!.start });
    else if (token.kind === 'mark') {
      if (before?.kind === 'word' && text.startsWith('(s)', token.start)) at += 2;
      else if (isPadding(text, before, token)) kept.splice(-1, 1, { ...before!, end: token.end });
      else kept.push(token);
    } else if (isNumeric(before) && isUnit(text, token)) continue;
    else if (token.kind === 'word' && isInDate(text, tokens, at, before)) kept.push({ ...token, kind: 'hole', hole: 'date' });
    else kept.push(before?.kind === 'hole' ? singular(text, token) : token);
  }
  return kept;
}

/** `<1 sec`, `>500`: a bound is a number. */
const isBound = (text: string, before: Token | undefined, { start, end }: Token): boolean =>
  before?.kind === 'mark' &&
  before.end === start &&
  /[<>]/.test(text[before.start]!) &&
  isBlank(text, before.start - 1) &&
  text[end] !== '>';

/** What fills up a value in base64: how much of it differs. */
const isPadding = (text: string, before: Token | undefined, { start, end }: Token): boolean =>
  before?.kind === 'hole' && before.end === start && text[start] === '=' && /^=?(?![^\s,;.)\]}])/.test(text.slice(end, end + 2));

/** `MB` is a word, `kB` looks like a name. */
const isUnit = (text: string, token: Token): boolean =>
  (token.kind === 'word' || (token.kind === 'hole' && token.hole === 'name')) && UNITS.has(wordOf(text, token).toLowerCase());

/** `items` as `item`. */
function singular(text: string, token: Token): Token {
  const isPlural = token.kind === 'word' && text[token.end - 1] === 's' && /^[A-Za-z]{2,}[a-rt-z]s$/.test(wordOf(text, token));
  return isPlural ? { ...token, end: token.end - 1 } : token;
}

function isInDate(text: string, tokens: readonly Token[], at: number, before: Token | undefined): boolean {
  if (!isCalendar(text, tokens[at]!)) return false;
  const next = tokens[at + 1];
  if (isNumeric(before) || isNumeric(next)) return true;
  if (next?.kind === 'mark') return isNumeric(tokens[at + 2]);
  return next?.kind === 'word' && isCalendar(text, next);
}

function isCalendar(text: string, token: Token): boolean {
  const size = token.end - token.start;
  return size >= 3 && size <= 9 && text.charCodeAt(token.start) < 97 && CALENDAR.test(wordOf(text, token));
}

/** A word right behind `key=` is a value, unless the key says that it is the kind of something: `table=orders`, `state=open`. */
function keyed(text: string, tokens: readonly Token[]): readonly Token[] {
  if (!text.includes('=')) return tokens;
  return tokens.map((token, at) => {
    if (token.kind !== 'word' || text[token.start - 1] !== '=') return token;
    const key = tokens[at - 2];
    if (key === undefined || key.kind === 'mark' || key.end !== token.start - 1 || KIND_KEY.test(wordOf(text, key))) return token;
    return { ...token, kind: 'hole', hole: 'name' };
  });
}

/** Whom a value is for, or by whom: `order 17 for ada refused`, `request x7 by ben failed`. No other word is a name so surely. */
const OWNED = /^(?:for|by)$/;

/** A plain word right behind a value and `for` or `by` is one, too, unless it says what kind of value follows: `17 for block 4`. */
function owners(text: string, tokens: readonly Token[]): readonly Token[] {
  if (!/ (?:for|by|of) [a-z]/.test(text)) return tokens;
  return tokens.map((token, at) => {
    const [value, link, next] = [tokens[at - 2], tokens[at - 1], tokens[at + 1]];
    if (token.kind !== 'word' || link?.kind !== 'word') return token;
    if (isFrom(text, tokens, at)) return { ...token, kind: 'hole', hole: 'user' };
    if (value?.kind !== 'hole' || !OWNED.test(wordOf(text, link))) return token;
    const isName = /^[a-z]{2,}$/.test(wordOf(text, token)) && !STOP.has(wordOf(text, token));
    // An amount is for a thing, `30 s for lock`; what stands before a value, or a mark that binds one, names its kind.
    const isAmount = (value.hole === 'number' && !/\d$/.test(wordOf(text, value))) || /\S/.test(text.slice(value.end, link.start));
    const isKind = next?.kind === 'hole' || (next?.kind === 'mark' && /[=:(#]/.test(text[next.start]!));
    return isName && !isAmount && !isKind ? { ...token, kind: 'hole', hole: 'user' } : token;
  });
}

/** `password for ada from 10.0.0.1`: who came from an address. */
function isFrom(text: string, tokens: readonly Token[], at: number): boolean {
  const [link, token, next, address] = tokens.slice(at - 1, at + 3);
  if (next?.kind !== 'word' || address?.kind !== 'hole' || wordOf(text, next) !== 'from') return false;
  return /^(?:for|by|of)$/.test(wordOf(text, link!)) && /^[a-z]{2,}$/.test(wordOf(text, token!)) && !STOP.has(wordOf(text, token!));
}

/** Tokens of a pair of brackets that is looked at: nested ones must not be looked at over and over. */
const MAX_LIST = 500;

/** A pair of brackets that is one value: `[]`, `[a, b]`, `{"id": 7}`, `(17)`, and an empty pair behind a value. */
function lists(text: string, tokens: readonly Token[]): readonly Token[] {
  if (!/[\])}]/.test(text)) return tokens;
  const kept: Token[] = [];
  const open: number[] = [];
  for (const token of tokens) {
    kept.push(token);
    if (token.kind !== 'mark') continue;
    const sign = text[token.start]!;
    if ('[{('.includes(sign)) open.push(kept.length - 1);
    if (!']})'.includes(sign) || open.length === 0) continue;
    const from = open.pop()!;
    if (kept.length - from > MAX_LIST) continue;
    const isValue = sign === ')' ? isAside(text, kept, from) : isList(text, kept, from);
    if (isValue) kept.splice(from, kept.length - from, { kind: 'hole', start: kept[from]!.start, end: token.end, hole: 'list' });
    if (isValue && isTouched(text, kept)) kept.splice(-2, 2, { ...kept.at(-1)!, start: kept.at(-2)!.start });
  }
  return kept;
}

/** A value and its brackets, `Order[id=7]`, `ArrayBuffer(2)`, and a process with its number at the beginning: `shop[17]: `. */
function isTouched(text: string, tokens: readonly Token[]): boolean {
  const [name, list] = tokens.slice(-2);
  if (tokens.length < 2 || name!.end !== list!.start) return false;
  if (name!.kind === 'hole') return true;
  if (name!.kind !== 'word') return false;
  const isProcess =
    text[list!.start] === '[' && text.startsWith(': ', list!.end) && tokens.slice(0, -2).every(({ kind }) => kind !== 'word');
  return isProcess || (/^[A-Z]/.test(wordOf(text, name!)) && /=/.test(text.slice(list!.start, Math.min(list!.end, list!.start + 40))));
}

/**
 * What holds a value, a comma, a key with its value or nothing is a list, and so is one word behind others; two words in a
 * row are a sentence.
 */
function isList(text: string, tokens: readonly Token[], from: number): boolean {
  let isOne = tokens.length === from + 2 || isNamed(text, tokens, from);
  let isWord = false;
  let isSentence = false;
  let none = 0;
  for (let at = from + 1; at < tokens.length - 1; at++) {
    const token = tokens[at]!;
    const isNone = token.kind === 'word' && isDash(text, token);
    isOne ||= isNone || token.kind === 'hole' || text[token.start] === ',' || text[token.start] === '=';
    if (isNone) none++;
    isSentence ||= isWord && token.kind === 'word' && !isNone;
    isWord = token.kind === 'word' && !isNone;
  }
  // Where values may be missing, `[req-17 ada shop - -]`, words are values.
  if (isSentence) return none > 1;
  return isOne;
}

/** What logs write where a value is not there. */
const isDash = (text: string, { start, end }: Token): boolean => end === start + 1 && text[start] === '-';

/** `module [cache]`, `{main}`: behind what is not the first, as that may be who speaks. */
function isNamed(text: string, tokens: readonly Token[], from: number): boolean {
  if (tokens.length !== from + 3 || from === 0) return false;
  const before = tokens[from - 1]!;
  return text[tokens[from]!.start] === '{' || (from > 1 && (before.kind !== 'mark' || text[before.start] === ':'));
}

/** In round brackets: values only; or nothing, behind a value: `from 10.0.0.1 ()`. */
function isAside(text: string, tokens: readonly Token[], from: number): boolean {
  const isBehind = tokens[from - 1]?.kind === 'hole' && isBlank(text, tokens[from]!.start - 1);
  if (tokens.length === from + 2) return isBehind;
  // `process 17 (java)`: who bears the number.
  if (tokens.length === from + 3 && isBehind) return true;
  let holes = 0;
  for (let at = from + 1; at < tokens.length - 1; at++) {
    if (tokens[at]!.kind === 'word' && !isDash(text, tokens[at]!)) return false;
    if (tokens[at]!.kind === 'hole') holes++;
  }
  return holes > 0;
}

/** Values behind each other with commas between, and numbers without, are one hole: nobody knows how many there will be. */
function runs(text: string, tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some(({ kind }) => kind === 'hole')) return tokens;
  const kept: Token[] = [];
  let commas = false;
  for (const token of tokens) {
    const last = kept.at(-1);
    if (token.kind === 'mark' && (text[token.start] === ',' || text[token.start] === ';')) commas = true;
    else {
      const before = commas ? kept.at(-2) : last;
      if (token.kind === 'hole' && before?.kind === 'hole' && (commas || (isNumeric(before) && isNumeric(token)))) {
        kept.splice(commas ? -2 : -1, 2, { ...before, end: token.end });
        commas = false;
        continue;
      }
      commas = false;
    }
    kept.push(token);
  }
  return kept;
}
