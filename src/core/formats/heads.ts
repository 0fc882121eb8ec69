// The principle: what a transport or a formatter wrote before the text of a line is the head of its stream, whatever it
// is. A head is told by its form (clocks, labels, brackets, bars; not prose), its stream by what is neither clock nor
// counter in it. Which lines share one is decided where they are joined (`detect/`); what begins behind one, in `inner.ts`.
import { stampEnd } from './stamp.ts';

/** A place where the text of a line may begin. */
export interface HeadEnd {
  readonly at: number;
  /** Clocks, bars and brackets are no prose: such a head needs no second line to be believed. */
  readonly isStrong: boolean;
  /** A bare word or two: only a record that is sure makes a head of it. */
  readonly isWord: boolean;
}

type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'clock' }
  | { readonly kind: 'count'; readonly value: number };

/** What stands before the text on every line of a stream. */
export interface Head {
  /** As it was written where it was seen first. */
  readonly text: string;
  /** Without its clocks and counters: equal for all lines of the stream. */
  readonly key: string;
  readonly pieces: readonly Piece[];
  readonly hasClock: boolean;
  /** The first of its clocks, as written. */
  readonly clock: string | undefined;
}

const MAX_COLUMNS = 200;
const MAX_WORDS = 14;
/** Words in a row that make a sentence of it. */
const MAX_PROSE = 2;
const MAX_PROSE_BEFORE_BAR = 5;

const BLANKS = /[ \t]*/y;
/** Brackets; and what supervisor writes before the output of its children. */
const BRACKET =
  /DEBG '[^']{1,60}' std(?:out|err) output:|\[[^\][{}"]{0,100}\]|\{[^\][{}"]{0,40}\}|\{\w+="[^{}]{0,160}"\}|\([^(){}"]{0,100}\)|<[^<>{}"]{0,60}>/y;
const WORD = /[^\s|:\])>{}"]*[|:\])>]+(?=\S|\s|$)|[^\s|:\])>{}"]+/y;
const BEHIND_CLOCK = /[\])}>:,;|]*/y;
const BEHIND_BRACKET = /[:|,]*/y;
const WEEKDAY = /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?=\d)/y;
/** Seconds since the machine or the program was started. */
const UPTIME = /\d+\.\d{3,9}(?=[\])\s])/y;
const PROSE = /^(?=[A-Za-z']*[a-z])[A-Za-z'’]{2,}[,.;!?]*:?$/;

/** @returns where the text of `line` may begin behind a head, in their order; 0 is not among them */
export function headEnds(line: string): readonly HeadEnd[] {
  const ends: HeadEnd[] = [];
  const bar = line.slice(0, 80).lastIndexOf('|');
  let at = behindBlanks(line, 0);
  let hasSign = false;
  let prose = 0;
  let labels = 0;
  let isStrong = false;
  for (let words = 0; words < MAX_WORDS && at < MAX_COLUMNS && at < line.length; words++) {
    const clock = clockEnd(line, at);
    if (clock > 0) {
      at = skip(BEHIND_CLOCK, line, clock);
      isStrong = true;
    } else {
      const bracket = skip(BRACKET, line, at);
      const end = bracket > at ? skip(BEHIND_BRACKET, line, bracket) : skip(WORD, line, at);
      if (end === at) break;
      const word = line.slice(at, end);
      const isGlued = at > 0 && line[at - 1] === ':';
      if (namesPipe(line, end)) ends.pop();
      if (bracket > at || /\|$|\]:?$|^\w*\(\d+\):?$/.test(word)) isStrong = true;
      // `web:dev: ` is a label, `web: ` may be a word.
      if (PROSE.test(word) && !(word.endsWith(':') && /\S/.test(line.charAt(end))) && !isGlued) prose++;
      else labels++;
      at = end;
    }
    if (prose > (at <= bar ? MAX_PROSE_BEFORE_BAR : MAX_PROSE)) break;
    at = behindBlanks(line, at);
    if (at >= line.length) break;
    hasSign ||= /\w/.test(line.slice(0, at));
    if (hasSign && (labels > 0 || isStrong || prose < 2)) ends.push({ at, isStrong, isWord: labels === 0 && !isStrong });
  }
  return ends;
}

/**
 * Does what ends there say by which pipe the line came? Cloud Foundry names the instance and the pipe,
 * `[APP/PROC/WEB/0] ERR`; Fly writes `app[4d89] ams [info]` before all that comes. Neither is a level of the text.
 */
export function namesPipe(line: string, end: number): boolean {
  const sign = line.charCodeAt(end - 1);
  if (sign !== 84 && sign !== 82 && sign !== 93) return false;
  const last = line.slice(Math.max(0, end - 8), end);
  if (!/(?:OUT|ERR|\[info\])$/.test(last)) return false;
  return /(?:\/\d+\]\s+(?:OUT|ERR)|\w\[[\w.-]+\]\s+\w+\s+\[info\])$/.test(line.slice(Math.max(0, end - 80), end));
}

function behindBlanks(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++;
  return at;
}

function skip(form: RegExp, text: string, at: number): number {
  form.lastIndex = at;
  return form.test(text) ? form.lastIndex : at;
}

/** @returns the end of the clock at `at`, -1 where there is none */
function clockEnd(text: string, at: number): number {
  if (!mayBeClock(text.charCodeAt(at))) return -1;
  const date = skip(WEEKDAY, text, at);
  const stamp = stampEnd(text, date);
  if (stamp >= 0) return stamp;
  const uptime = skip(UPTIME, text, at);
  return uptime > at ? uptime : -1;
}

/** @param text a head, as far as the text behind it */
export function headOf(text: string): Head {
  const pieces: Piece[] = [];
  let first: string | undefined;
  let literal = 0;
  const end = (at: number): void => {
    if (at > literal) pieces.push({ kind: 'text', text: text.slice(literal, at) });
  };
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    const isDigit = code >= 48 && code <= 57;
    const before = text.charAt(at - 1);
    // Clocks begin with a digit or a capital.
    const clock = mayBeClock(code) && !/[\w.]/.test(before) ? clockEnd(text, at) : -1;
    // pm2 numbers its processes before a bar.
    const number =
      clock < 0 && isDigit && /^$|[^\w.=/-]/.test(before) ? /^\d{1,15}(?![\w.]|\|[A-Za-z])/.exec(text.slice(at, at + 16)) : null;
    if (clock > 0 || number) {
      end(at);
      if (clock > 0) first ??= text.slice(at, clock);
      pieces.push(number ? { kind: 'count', value: Number(number[0]) } : { kind: 'clock' });
      at = number ? at + number[0].length : clock;
      literal = at;
    } else at++;
  }
  end(text.length);
  const key = pieces.map((piece) => (piece.kind === 'text' ? piece.text : piece.kind === 'clock' ? '\u0001' : '\u0002')).join('');
  return { text, key: key.trimEnd(), pieces, hasClock: first !== undefined, clock: first };
}

/**
 * A look at how both begin: a clock and a counter begin with a digit or a capital, all else as it is written.
 * @returns false where `line` bears no head that `text` begins with
 */
export function mayBear(text: string, line: string): boolean {
  const [code, other] = [text.charCodeAt(0), line.charCodeAt(0)];
  return code === other || (mayBeClock(code) && mayBeClock(other)) || line.trim() === '';
}

const mayBeClock = (code: number): boolean => (code >= 48 && code <= 57) || (code >= 65 && code <= 90);

/** Does the head hold a number that may grow from line to line? */
export const hasCounter = (head: Head): boolean => head.pieces.some(({ kind }) => kind === 'count');

/**
 * @param distance how many lines below the one that `head` was seen on: a counter may have grown as much; `undefined` lets it be any
 * @returns where the text of `line` begins if it bears this head, else -1. Blanks at its end may have been cut.
 */
export function behind(head: Head, line: string, distance: number | undefined): number {
  let at = 0;
  for (const [index, piece] of head.pieces.entries()) {
    if (piece.kind === 'clock') at = clockEnd(line, at);
    else if (piece.kind === 'count') at = countEnd(line, at, piece.value, distance);
    else if (line.startsWith(piece.text, at)) at += piece.text.length;
    else return index === head.pieces.length - 1 && line.slice(at).trimEnd() === piece.text.trimEnd() ? line.length : -1;
    if (at < 0) return -1;
  }
  return at;
}

/** A counter has grown with the lines, or is a line number of a file, of which some are left out. */
function countEnd(line: string, at: number, value: number, distance: number | undefined): number {
  const digits = /^\d{1,15}/.exec(line.slice(at, at + 16))?.[0];
  if (digits === undefined) return -1;
  const grown = Number(digits) - value;
  const isNumbered = /[:-]/.test(line.charAt(at + digits.length));
  return distance === undefined || grown === 0 || grown === distance || (grown > 0 && isNumbered) ? at + digits.length : -1;
}

/**
 * A head of the same form with other names in it: another stream of the same transport.
 * @returns false where the form says nothing, as that of two words does
 */
export function isSibling(head: Head, line: string): boolean {
  if (!/[|[\]]/.test(head.text) && !head.hasClock) return false;
  let at = 0;
  for (const piece of head.pieces) {
    at = piece.kind === 'clock' ? clockEnd(line, at) : alike(piece.kind === 'count' ? '0' : piece.text, line, at);
    if (at < 0) return false;
  }
  return true;
}

const NAME = /[\w.@/=+-]+/y;

/** Walks names over names, blanks over blanks, and every other sign over itself. @returns the end in `line`, or -1 */
function alike(form: string, line: string, from: number): number {
  let at = from;
  for (let i = 0; i < form.length; ) {
    const name = skip(NAME, form, i);
    const blanks = name > i ? name : skip(BLANKS, form, i);
    const end = name > i ? skip(NAME, line, at) : blanks > i ? skip(BLANKS, line, at) : line[at] === form[i] ? at + 1 : at;
    if (end === at) return -1;
    at = end;
    i = blanks > i ? blanks : i + 1;
  }
  return at;
}
