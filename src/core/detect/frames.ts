// Frames that no line has announced: the line above them is their head. A thrown class may have any name, and a logging
// call may print a stack below any message. A dump of threads, a profile, and a stack below a quiet record are no error.
import { readLine } from '../formats/dialects.ts';
import { behind, type Head, headEnds, headOf } from '../formats/heads.ts';
import { atLeast } from '../formats/level.ts';
import { clean, type Reading } from '../formats/line-reading.ts';
import { type Place, resumeTrace } from '../formats/traces/languages.ts';
import type { Level } from '../model.ts';
import type { Line, Open, Piece } from './open-event.ts';
import { isPlaceAbove } from './place-above.ts';

/** A frame, and where it begins behind the head of a stream (0 without one). */
export interface FoundFrame {
  readonly at: number;
  /** A word before it may be one of a sentence: the line above has to bear it, too. */
  readonly isWord: boolean;
  readonly place: Place;
}

/** A frame says where it is; a line that only looks like one does not. `read/prefilter-strings.ts` has the same endings. */
const PLACED =
  /\.(?:java|kt|scala|groovy|clj|[cm]?[jt]s|[jt]sx|cs|vb|fs|go|dart|exs?|erl|swift|rb):(?:\d|\D{1,8}\d)|\.(?:lua|hs|zig|jl|cr|scm|nim|ps[dm]?1)[:(]\d|\.php\(\d| line \d| {4}(?:while executing|invoked from)|:in [`']|#0 0x/;
/** Threads, profiles and warnings have frames as well. */
const NO_ERROR =
  /java\.lang\.Thread\.State:|^"[^"]*" (?:#\d+|prio=|daemon|Id=)|^Thread[ -]|goroutine profile|^\d+ @ 0x|^Trace(?::|$)|Warning: |^(?:Current thread|Thread) 0x|\bmost recent call first\b|^Stack trace of thread/;
const LABEL = /^(?:\w+ )?(?:stack ?trace(?:back)?|stack|back ?trace|traceback|call ?stack)\b[^:]*:\s*$/i;
const GO_CALL = /^[\w./*()$@[\]{}…·,-]+\.[\w./*()$@[\]{}…·,-]+$/;

/** @returns the frame that the line is */
export function frameIn({ text }: Reading): FoundFrame | undefined {
  if (!PLACED.test(text)) return undefined;
  const alone = resumeTrace(text);
  if (alone) return { at: 0, isWord: false, place: alone };
  for (const { at, isWord } of headEnds(text)) {
    const bare = text.slice(0, at).trimEnd().length;
    // One blank may part the head from the text.
    const place = resumeTrace(text.slice(bare)) ?? resumeTrace(text.slice(bare + 1));
    if (place) return { at: bare, isWord, place };
  }
  return undefined;
}

/** @returns the event whose head is the line above; a muted one where that line is nobody's error */
export function beginAtFrame(line: Line, reading: Reading, { at, isWord, place }: FoundFrame, limit: Level | 'all'): Open | undefined {
  const [head, above] = headAbove(line, reading, at);
  if (isWord && above[0] === undefined) return undefined;
  const nearest = headAt(
    above,
    above.findIndex((piece) => piece === undefined || !isBetween(piece.reading.text, place)),
    place,
  );
  const skipped = place.grammar.name === 'go' ? wrapped(above, nearest) : nearest;
  const top = above[skipped];
  const level = top?.reading.level;
  // An error of its own was seen already; what is cut off from it is not seen again.
  if (level !== undefined && atLeast(level, limit)) return undefined;
  const below = place.grammar.isSaidBelow === true || place.grammar.isHead?.(reading.text.slice(head?.text.length ?? 0)) === true;
  const isHead = !below && top !== undefined && level === undefined && isAnnouncement(top.reading.text);
  // What a warning was given, under whatever name: the record stands above what was thrown.
  const record = isHead ? above[skipped + 1]?.reading : undefined;
  const ofWarning = record?.level === 'warn' && !atLeast('warn', limit) && !record.whole;
  const own: Piece = { line, reading: head ? { ...reading, text: reading.text.slice(head.text.length), isLed: true } : reading };
  const over = isHead ? above[skipped + 1] : undefined;
  const placeLine = isHead && over && isPlaceAbove(over.reading.text, top.reading.text) ? [over] : [];
  const pieces = isHead ? [...placeLine, ...(above.slice(0, skipped + 1) as Piece[]).reverse(), own] : [own];
  const first = pieces[0]!;
  return {
    key: head ? [reading.transport ?? '', head.key].join('|') : reading.stream,
    first: { ...first.line, above: undefined },
    last: line,
    reading: { ...(isHead ? top : first).reading, body: isHead ? top.reading.body : 0 },
    level: 'error',
    // Go's `%+v` prints each error around the first one with frames of its own; a record ends where the next one says its time.
    owner: isHead && place.grammar.name === 'go' && top.reading.timed,
    amongStamps: false,
    muted: (!isHead && !below) || ofWarning,
    lines: pieces.map((piece) => (head || reading.transport !== undefined ? piece.reading.text : piece.line.text)),
    bytes: line.text.length,
    omitted: 0,
    place,
    traced: true,
    confirmed: true,
    pending: [],
    heads: [],
    head,
    headLine: line.line,
    relies: undefined,
    titles: placeLine.length > 0 ? 1 : undefined,
  };
}

/** A class with its message, of which further lines are set in. */
const NAMED = /^[A-Z][\w$.]*: /;

/** @returns where the head is: the line at `found`, or above lines of a message that are set in below it */
function headAt(above: readonly (Piece | undefined)[], found: number, { grammar }: Place): number {
  const isSetIn = (piece: Piece | undefined): boolean => piece !== undefined && /^\s+\S/.test(piece.reading.text);
  if (grammar.name !== 'at' || !isSetIn(above[found])) return found;
  const named = above.findIndex((piece, at) => at > found && !isSetIn(piece));
  return named > found && NAMED.test(above[named]?.reading.text ?? '') ? named : found;
}

/** Go's `%+v` prints the innermost error first, and what was said around it below: the record that was logged stands above both. */
function wrapped(above: readonly (Piece | undefined)[], nearest: number): number {
  const rest = above.slice(Math.max(0, nearest));
  const record = rest.findIndex((piece) => piece === undefined || piece.reading.timed || !isAnnouncement(piece.reading.text));
  const isRecord = nearest >= 0 && rest[record]?.reading.timed === true && rest[record].reading.level === undefined;
  return isRecord ? nearest + record : nearest;
}

/** One blank may part the head from the text; the other ones are the frame's. */
function headAbove(line: Line, reading: Reading, at: number): readonly [Head | undefined, readonly (Piece | undefined)[]] {
  const lines = line.above?.(4) ?? [];
  const behindIt = (head?: Head) => lines.map((one) => behindHead(one, reading, head, one.line - line.line));
  if (at === 0) return [undefined, behindIt()];
  const [tight, parted] = [at, at + 1].map((end) => headOf(reading.text.slice(0, end))) as [Head, Head];
  const above = /[ \t]/.test(reading.text.charAt(at)) ? behindIt(parted) : [];
  const close = above[0] ? [] : behindIt(tight);
  return above[0] || !close[0] ? [parted, above] : [tight, close];
}

/** @returns a line above, as one of the same stream; `undefined` where it is of another, or a whole record */
export function behindHead(line: Line, { transport }: Reading, head: Head | undefined, distance: number): Piece | undefined {
  const reading = readLine(clean(line.text));
  if (reading.transport !== transport || reading.whole) return undefined;
  if (!head) return { line, reading };
  const at = behind(head, reading.text, distance);
  return at < 0 ? undefined : { line, reading: { ...readLine(reading.text.slice(at)), isLed: true } };
}

/** The same of an error that says a number of each one around it. */
const GO_LAYER = /^\(1\) attached stack trace$|^\s+-- stack trace:$|^\s+\| \S/;

/** Between the head and the first frame with a place: a title, the blank line of Rails, and the function that Go writes on a line of its own. */
const isBetween = (text: string, { grammar }: Place): boolean =>
  LABEL.test(text) ||
  (grammar.name === 'ruby' && text.trim() === '') ||
  (grammar.name === 'go' && (GO_CALL.test(text) || GO_LAYER.test(text)));

const isAnnouncement = (text: string): boolean => /^ ?\S/.test(text) && /\w{3}/.test(text) && !NO_ERROR.test(text) && !resumeTrace(text);
