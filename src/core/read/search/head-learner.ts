// Learns heads: beginnings of lines behind which nothing counts, because the level that the head states is below the limit.
// No rule of the readers is repeated here. The real reader is asked: about the line's beginning with all that could change
// its mind behind it, then with other numbers, words and quoted texts in it. When in doubt a head is not learnt.

import { readLine } from '../../formats/dialects.ts';
import { headEnds, headOf } from '../../formats/heads.ts';
import { atLeast } from '../../formats/level.ts';
import { clean, type Reading } from '../../formats/line-reading.ts';
import type { Level } from '../../model.ts';
import type { ByteSearch } from './byte-search.ts';
import { INNER, LINE, type NarrowPart, type Part, type Roots, WORD_SIGN } from './head-states.ts';
import { createHeadTries, headForm } from './head-tries.ts';

/** Longer heads are not learnt. */
const MAX_HEAD = 200;
const MAX_STREAMS = 100;
const MAX_READINGS = 1024;
/** So many heads are kept whose form others may have. */
const MAX_LEARNT = 16;

/**
 * What could make something else of a line, whatever its head says: the ways of all formats to name a level or to open a trace.
 * What always does, `HANDED_ON` and `CONTINUATIONS`, the search looks for.
 */
const TAILS: readonly string[] = [
  ' boom',
  '',
  'x',
  '0',
  '0x boom',
  '.5x boom',
  '_',
  '-7 boom',
  ':07 boom',
  '05x boom',
  '05.678x boom',
  '05,678901x boom',
  '05Zx boom',
  '+0000x boom',
  'Tx boom',
  ' ',
  '7f] ',
  '42] FATAL -- : ',
  '42] FATAL -- : [7f] ',
  "42] FATAL -- : [7f] app/a.rb:12:in `f'",
  '] ERROR -- : ',
  'ERROR -- : ',
  ' ERROR -- : [7f] ',
  '-- : [7f] ',
  "7f] app/a.rb:12:in `f'",
  "app/a.rb:12:in `f'",
  ': ERROR: boom',
  ' ERROR boom',
  '[ERROR] boom',
  ' [error] [pid 1] boom',
  ' | ERROR | boom',
  ' E boom',
  ', [2026-01-02T03:04:05.678901 #1] ERROR -- : boom',
  ' level=error severity=fatal lvl=error msg=boom',
  'level=error',
  ' {"level":"error","severity":"ERROR","log.level":"error","msg":"boom","stack":"Error: boom\\n    at f (a.js:1:2)"}',
  '{"level":50,"msg":"boom"}',
  ' stderr F ERROR boom',
  ' stderr P boom',
  ' | boom',
  ' "GET / HTTP/1.1" 500 7 "-" "-"',
  ' Traceback (most recent call last):',
  ' panic: boom',
  ' java.lang.IllegalStateException: boom',
  '::Error boom',
  ' app[12]: ERROR boom',
  ' 12  13 E tag: boom',
  ' 2026-01-02 03:04:05,678 ERROR boom',
  ' \x1b[31mERROR\x1b[0m boom',
  '\ufffd',
];
/** Of them, those that are held behind a head with something else in it. */
const FEW = [' boom', ': ERROR: boom', '[ERROR] boom', ' level=error severity=fatal lvl=error msg=boom'];

/** Where errors are below the limit, what is worse could change the reader's mind. */
const worse = (tail: string): string =>
  tail.replaceAll('ERROR', 'FATAL').replaceAll('error', 'fatal').replace(/\bE\b/, 'F').replace('"level":50', '"level":60');

const ANY_NUMBERS = ['0', '7', '91', '12345678901234567890'];
const WORDS = [
  'x',
  'Zz',
  'some.other.Name',
  'worker-7',
  '_a$b_',
  'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz',
  '9k2',
  'a-',
  'Xyz.',
];
const QUOTED = ['', 'x', 'GET /x?error=1 HTTP/1.1', 'ERROR', 'a: b] [c', 'level=error', '500 Error'];

/** A head that was learnt, and what is asked less of a head of the same form: `freedom` of its parts, whether it closes and stands alone. */
interface Learnt {
  readonly roots: Roots;
  readonly hasStream: boolean;
  readonly level: Level | undefined;
  readonly parts: readonly Part[];
  readonly closes: boolean;
  readonly isAlone: boolean;
}

/** The line that holds a text: itself, or an envelope. */
type Wrap = (text: string) => string;
const bare: Wrap = (text) => text;

/** The same envelope with another line in it. */
const innerOf =
  (envelope: string): Wrap =>
  (text) =>
    JSON.stringify({ ...(JSON.parse(envelope) as object), log: `${text}\n` });

export interface HeadLearner {
  /**
   * Takes note of how a line is read. Of a record the search must have looked at last.
   * @returns false where nothing can be learnt from it
   */
  learn(text: string, reading: Reading): boolean;
  /** The number of a stream; `undefined` where there are too many to give it one. */
  numberOf(stream: string): number | undefined;
}

/** @param limit a level below it says nothing */
export function createHeadLearner(search: Pick<ByteSearch, 'heads' | 'records'>, limit: Level): HeadLearner {
  const tries = createHeadTries();
  const learnt: Learnt[] = [];
  const streams = new Map<string, number>();
  /** What stands behind parts of heads: much of it is alike. */
  const readings = new Map<string, Reading>();
  const [tails, few] = [TAILS, FEW].map((list) => (limit === 'fatal' ? [...list, ...list.map(worse)] : list)) as [
    readonly string[],
    readonly string[],
  ];

  function numberOf(stream: string): number | undefined {
    const known = streams.get(stream);
    if (known !== undefined || streams.size >= MAX_STREAMS) return known;
    streams.set(stream, streams.size + 1);
    return streams.size;
  }

  const isBelow = (reading: Reading): boolean => reading.level !== undefined && !atLeast(reading.level, limit) && reading.partial !== true;

  function learnHead(text: string, reading: Reading, roots: Roots, wrap: Wrap): boolean {
    const form = `${reading.level} ${roots[0]} ${headForm(text, text.length - reading.text.length + reading.body)}`;
    if (!tries.mayTry(form)) return false;
    const isLearnt = tryToLearn(text, reading, roots, wrap);
    tries.tried(form, isLearnt);
    return isLearnt;
  }

  function tryToLearn(text: string, reading: Reading, roots: Roots, wrap: Wrap): boolean {
    const isQuiet = isBelow(reading);
    // The stream of a line in an envelope is the envelope's, unless the line names one of its own.
    const isOwn = roots === LINE || reading.stream === reading.transport;
    const stream = isOwn && begins(reading) ? numberOf(reading.stream) : undefined;
    // As much as may be known, then that it says nothing.
    return (stream !== undefined && tryHead(stream)) || (isQuiet && tryHead(0));

    function tryHead(number: number): boolean {
      let isAlone = true;
      let isTold = false;
      const isSame: IsSame = (head, isMany) =>
        (isMany ? tails : few).every((tail) => {
          const other = readLine(clean(wrap(`${head}${tail}`)));
          if (other.level === reading.level && other.head !== undefined) {
            if (isTold && isAlone) return false;
            isAlone = false;
          }
          if (number !== 0 && !(begins(other) && other.stream === reading.stream)) return false;
          return isQuiet ? isBelow(other) : other.level === reading.level;
        });
      const said = (parts: readonly Part[], closes: boolean): boolean => {
        isTold = true;
        return search.heads.add(roots, parts, { isQuiet, stream: number, closes, isAlone });
      };
      const hasStream = number !== 0;
      for (const one of learnt) {
        const parts = one.roots === roots && one.hasStream === hasStream ? partsLike(one.parts, text, isSame) : undefined;
        // What may stand behind a head does not depend on the names and numbers in it: many were held behind that one.
        if (parts === undefined || !isSame(joined(parts), one.level !== reading.level) || !isSameInTurns(parts, isSame)) continue;
        isAlone &&= one.isAlone;
        return said(parts, one.closes && isQuiet && showsAll(joined(parts), few, wrap));
      }
      const length = headLength(text, isSame);
      if (length === 0) return false;
      const parts = partsOf(text.slice(0, length), isSame);
      const closes = hasStream && isQuiet && closing(parts, wrap);
      const isAdded = said(parts, closes);
      if (isAdded) note({ roots, hasStream, level: reading.level, parts, closes, isAlone });
      return isAdded;
    }
  }

  /** The last ones come first. */
  function note(one: Learnt): void {
    learnt.unshift(one);
    if (learnt.length > MAX_LEARNT) learnt.pop();
  }

  /** Is such a head seen to begin a record from any place in it, with all that may stand behind it, and in it? */
  function closing(parts: readonly Part[], wrap: Wrap): boolean {
    const others = parts.flatMap((part, at) =>
      part.kind === 'word' && part.mayBeAny() ? WORDS.map((word) => joined(parts.with(at, { kind: 'as-is', text: word }))) : [],
    );
    return (
      showsAll(joined(parts), tails, wrap) &&
      TURNS.every((turn) => showsAll(parts.map((part) => another(part, turn)).join(''), few, wrap)) &&
      others.every((head) => showsAll(head, few.slice(0, 1), wrap))
    );
  }

  const showsAll = (head: string, behind: readonly string[], wrap: Wrap): boolean =>
    behind.every((tail) => showsItself(readLine(clean(wrap(`${head}${tail}`))), clean(tail).length));

  /**
   * Wherever a head ends that stands on the lines of an event above, what is behind it begins a record, too; where that
   * head has no clock, one with a time. Such a head ends before this one: behind this one nobody's level is another.
   */
  function showsItself({ text }: Reading, tail: number): boolean {
    return headEnds(text.slice(0, text.length - tail)).every(({ at }) => {
      const { level, timed, whole } = read(text.slice(at));
      return timed || whole || (level !== undefined && headOf(text.slice(0, at)).hasClock);
    });
  }

  function read(rest: string): Reading {
    const known = readings.get(rest);
    if (known) return known;
    if (readings.size >= MAX_READINGS) readings.clear();
    const reading = readLine(rest);
    readings.set(rest, reading);
    return reading;
  }

  return {
    numberOf,
    learn(text, reading) {
      if (reading.level === undefined || reading.partial === true) return false;
      if (!text.startsWith('{')) return learnHead(text, reading, LINE, bare);
      const { records } = search;
      if (!records.isSigned) return false;
      const said = { isQuiet: isBelow(reading), stream: numberOf(reading.stream) ?? 0, closes: true, isAlone: true };
      // What a record in an envelope says, the signature of the envelope does not.
      if (reading.whole === records.isEnvelope) return false;
      records.approve(said, records.isEnvelope);
      return reading.whole || learnHead(lineIn(text), reading, INNER, innerOf(text));
    },
  };
}

/** It begins a record, whatever stands above. Words that make it the rest of one the search looks for. */
const begins = (reading: Reading): boolean =>
  reading.whole || (reading.timed && !reading.wrapped && reading.continues !== true && reading.level !== undefined);

/** The line that an envelope holds. */
function lineIn(text: string): string {
  const line: unknown = (JSON.parse(text) as { readonly log?: unknown }).log;
  return typeof line === 'string' ? line : '';
}

/** Is a line with this head read as it should be, with each of many or of a few tails? */
type IsSame = (head: string, isMany: boolean) => boolean;

/** How much of a line makes that it is read so whatever comes behind; 0 where nothing does. */
function headLength(text: string, isSame: IsSame): number {
  const plain = /^[\x20-\x7e]*/.exec(text)![0].length;
  for (let end = 1; end <= Math.min(plain, MAX_HEAD); end++) {
    if (WORD_SIGN.test(text[end - 1]!) && end < text.length && WORD_SIGN.test(text[end]!)) continue;
    if (isSame(text.slice(0, end), true)) return end;
  }
  return 0;
}

const PIECE = /"[^"\\]*(?=")|[\w.$-]*[A-Za-z_][\w.$-]*|\d+|[^\w"]|./y;

/** The same for the head of a line and for the line: the quote that ends a text begins none. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let isOpen = false;
  for (let at = 0; at < text.length; ) {
    PIECE.lastIndex = at;
    const piece: string = isOpen ? '"' : (PIECE.exec(text)?.[0] ?? text.charAt(at));
    pieces.push(piece);
    at += piece.length;
    isOpen = !isOpen && piece.startsWith('"') && text.charAt(at) === '"';
  }
  return pieces;
}

/** The pieces of a head, each as general as the reader allows. */
function partsOf(head: string, isSame: IsSame): readonly Part[] {
  const pieces = piecesOf(head);
  const starts = pieces.map((_, index) => pieces.slice(0, index).join('').length);
  const othersAt = (start: number, length: number) => (texts: readonly string[]) =>
    texts.every((other) => isSame(head.slice(0, start) + other + head.slice(start + length), false));
  const free = freeDigits(head, isSame);
  const draft = pieces.map((piece, index): Part => {
    const others = othersAt(starts[index]!, piece.length);
    if (index === pieces.length - 1) return { kind: 'as-is', text: piece };
    if (piece.length > 1 && piece.startsWith('"'))
      return { kind: others(QUOTED.map((text) => `"${text}`)) ? 'quoted' : 'as-is', text: piece };
    if (!/\w/.test(piece)) return { kind: 'as-is', text: piece };
    if (!/[A-Za-z]/.test(piece)) return { kind: numberKind(others, free.has(starts[index]!)), text: piece };
    const inside = insideOf(piece, starts[index]!, othersAt, free);
    const isOfClock = isInClock(head, starts[index]!, starts[index]! + piece.length);
    return { kind: 'word', text: piece, inside, mayBeAny: () => !isOfClock && others(WORDS) };
  });
  if (isSameInTurns(draft, isSame)) return draft;
  const narrow = draft.map((part, index) => narrowed(part, starts[index]!, free));
  return isSameInTurns(narrow, isSame) ? narrow : pieces.map((text) => ({ kind: 'as-is', text }));
}

/** Numbers of that length alone, and only those whose digits do not count: any number may do, but not at several places at once. */
function narrowed(part: Part, start: number, free: ReadonlySet<number>): Part {
  if (part.kind === 'any') return { kind: free.has(start) ? 'fixed' : 'as-is', text: part.text };
  if (part.kind !== 'word') return part;
  let at = start;
  const inside = part.inside.map(({ kind, text }): NarrowPart => {
    const isFree = free.has(at);
    at += text.length;
    return { kind: kind === 'any' ? (isFree ? 'fixed' : 'as-is') : kind, text };
  });
  return { ...part, inside };
}

/** Whatever may stand in its parts, in several at once. */
const isSameInTurns = (parts: readonly Part[], isSame: IsSame): boolean =>
  TURNS.every((turn) => isSame(parts.map((part) => another(part, turn)).join(''), false));

/**
 * The head of `text` where it has the form of one that was learnt: other words and numbers at the same places, the same signs
 * between them. Its parts are as free as those; only what is not at the same place in a word is asked for.
 */
function partsLike(known: readonly Part[], text: string, isSame: IsSame): readonly Part[] | undefined {
  const pieces = piecesOf(text.slice(0, MAX_HEAD));
  if (pieces.length < known.length || /\w/.test(known.at(-1)!.text)) return undefined;
  const own = pieces.slice(0, known.length);
  if (!own.every((piece, index) => hasForm(piece, known[index]!))) return undefined;
  const head = own.join('');
  if (!/^[\x20-\x7e]*$/.test(head)) return undefined;
  let start = 0;
  return own.map((piece, index): Part => {
    const part = known[index]!;
    const at = start;
    start += piece.length;
    if (part.kind !== 'word') return { kind: part.kind, text: piece };
    const others = (from: number, length: number) => (texts: readonly string[]) =>
      texts.every((other) => isSame(head.slice(0, from) + other + head.slice(from + length), false));
    const isOfClock = isInClock(head, at, start);
    const mayBeAny = (): boolean => !isOfClock && others(at, piece.length)(WORDS);
    return { kind: 'word', text: piece, inside: insideLike(part.inside, piece, at, others), mayBeAny };
  });
}

function hasForm(piece: string, { kind, text }: Part): boolean {
  if (kind === 'fixed') return piece.length === text.length && /^\d/.test(piece);
  if (kind === 'any') return /^\d+$/.test(piece);
  if (kind === 'word') return /^[^"]*[A-Za-z_]/.test(piece);
  if (kind === 'quoted') return piece.length > 1 && piece.startsWith('"');
  return piece === text || (isNumber(piece) && isNumber(text) && piece.length === text.length);
}

/** The numbers in a word that has them where another one does, else as the reader allows. */
function insideLike(
  known: readonly NarrowPart[],
  word: string,
  start: number,
  othersAt: (start: number, length: number) => Others,
): readonly NarrowPart[] {
  const pieces = word.match(/\d+|\D+/g)!;
  const isAlike = pieces.length === known.length && pieces.every((piece, index) => isNumber(piece) === isNumber(known[index]!.text));
  let at = start;
  return pieces.map((text, index): NarrowPart => {
    const from = at;
    at += text.length;
    const like = isAlike ? known[index]! : undefined;
    if (!isNumber(text)) return { kind: 'as-is', text };
    if (like === undefined) return { kind: othersAt(from, text.length)(ANY_NUMBERS) ? 'any' : 'as-is', text };
    return { kind: like.kind === 'fixed' && like.text.length !== text.length ? 'as-is' : like.kind, text };
  });
}

const isNumber = (text: string): boolean => /^\d/.test(text);

/** Is the piece a part of a clock: `2026-01-02T03` or `05.678Z` of `2026-01-02T03:04:05.678Z`? No word ever stands there. */
const isInClock = (head: string, start: number, end: number): boolean =>
  /\d:$/.test(head.slice(0, start)) || /^\d.*:\d\d$/s.test(head.slice(start, end + 3));

type Others = (texts: readonly string[]) => boolean;

/** The numbers in a word, `exec-12`, and what is between them. */
function insideOf(
  word: string,
  start: number,
  othersAt: (start: number, length: number) => Others,
  free: ReadonlySet<number>,
): readonly NarrowPart[] {
  let at = start;
  return word.match(/\d+|\D+/g)!.map((text) => {
    const kind = /^\d/.test(text) ? numberKind(othersAt(at, text.length), free.has(at)) : 'as-is';
    at += text.length;
    return { kind, text };
  });
}

function numberKind(others: Others, isFree: boolean): NarrowPart['kind'] {
  if (others(ANY_NUMBERS)) return 'any';
  return isFree ? 'fixed' : 'as-is';
}

/** Where numbers begin whose digits do not count. Most often none does: one question for all of them, then for halves. */
function freeDigits(head: string, isSame: IsSame): ReadonlySet<number> {
  const runs = [...head.matchAll(/\d+/g)];
  const free = new Set<number>();
  const ask = (from: number, to: number): void => {
    if (from >= to) return;
    const [first, last] = [runs[from]!, runs[to - 1]!];
    const [start, end] = [first.index, last.index + last[0].length];
    const withDigit = (digit: string): string => head.slice(0, start) + head.slice(start, end).replace(/\d/g, digit) + head.slice(end);
    if (DIGITS.every((digit) => isSame(withDigit(digit), false))) for (const run of runs.slice(from, to)) free.add(run.index);
    else if (to - from > 1) {
      const middle = (from + to) >> 1;
      ask(from, middle);
      ask(middle, to);
    }
  };
  ask(0, runs.length);
  return free;
}

/** Each digit by itself: a state of HTTP counts by its first one. */
const DIGITS = [...'5012346789'];

const TURNS = [0, 1, 2];

const joined = (parts: readonly Part[]): string => parts.map(({ text }) => text).join('');

function another(part: Part, turn: number): string {
  if (part.kind === 'fixed') return part.text.replace(/\d/g, (_, at: number) => String((at * 7 + turn * 3) % 10));
  if (part.kind === 'any') return ANY_NUMBERS[turn]!;
  if (part.kind === 'word') return part.inside.map((piece) => another(piece, turn)).join('');
  return part.kind === 'quoted' ? `"${QUOTED[turn + 1]!}` : part.text;
}
