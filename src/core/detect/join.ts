// Does a line go on with the open event of its stream? The rules, in their order: a record that stands for itself
// does not; a line with a time stamp does not; then the trace's grammar is asked; then what can begin a trace below a
// head; then how the line looks. It changes the state of the open event and nothing else.

import { atLeast, levelOfName } from '../formats/level.ts';
import type { Reading } from '../formats/line-reading.ts';
import { CONTINUATIONS } from '../formats/plain.ts';
import { atMargin, openTrace, type Place, resumeTrace } from '../formats/traces/languages.ts';
import { isDrawn } from './lead-above.ts';
import type { Open } from './open-event.ts';

const MAX_PENDING = 60;
const MAX_PENDING_BARE = 3;
/** PostgreSQL parts its words from what is said by two blanks, also where it writes no time. */
const RESTS = new RegExp(`^(?:${CONTINUATIONS.join('|')}): {2}\\S`);
/** After these a trace can be over: text at the margin that its grammar does not know is somebody else's. */
const COMPLETE = /^(?:frames|bare|report|summary|end)$/;

/** `maybe`: held back until a later line shows whether it belonged to the event. */
export type Answer = 'join' | 'maybe' | 'no';

/** Frames stand below it, and it is nobody's by itself. */
const TITLE_OF_FRAMES = /^\s*(?:-- )?(?:[Ss]tack ?(?:trace(?:back)?|backtrace)|[Cc]all ?stack(?: trace)?|[Bb]ack ?trace):\s*$/;
export const isTitleOfFrames = (text: string): boolean => TITLE_OF_FRAMES.test(text);

/** @returns whether the line read as `reading` joins `open`. */
export function goesOn(open: Open, reading: Reading): Answer {
  const text = reading.text;
  if (reading.whole) return 'no';
  if (reading.continues && (open.owner || reading.isLed)) return 'join';
  if (reading.timed && !reading.wrapped) return isFrameOf(open, reading) || isRestOf(open, reading) ? 'join' : saysWhoFailed(open, text);
  if (RESTS.test(text) && /^[A-Z]+: {2}\S/.test(open.reading.text.slice(open.reading.head ?? 0))) return 'join';
  if (text.startsWith('        ') && isInLevelColumn(open, text)) return 'no';
  open.place = inOtherLanguage(open.place, text, open.reading.level !== undefined) ?? open.place;
  if (saysWhoFailed(open, text) === 'join') return 'join';
  const state = open.place && nextState(open.place, reading);
  if (open.place && state !== undefined) {
    const next = settle({ grammar: open.place.grammar, state });
    const tentative = state.startsWith('?');
    if (tentative && text.trim() === '') return blank(open);
    open.place = next;
    if (!tentative) {
      open.traced = true;
      return 'join';
    }
    return open.owner ? 'join' : maybe(open);
  }
  if (text.trim() === '') return blank(open);
  if (reading.isLed && isTitleOfFrames(text)) return 'join';
  // A title of what stands set in below it: what is above is the error that it is the cause of.
  if (/^Caused by:$/.test(text) && open.pending.every(({ reading: { text: held } }) => held.trim() === '')) return 'join';
  // Indented below a record that says its time, `err: {` is no head.
  const isSetIn = open.owner && /^\s/.test(text);
  const isHead = reading.level !== undefined && !reading.wrapped && !isSetIn;
  if (open.traced && saidAlready(open, text)) return 'join';
  return attach(open, text) ?? (isHead ? 'no' : loose(open, reading));
}

/**
 * Some transports take off the blanks before a text, and whoever copies a log loses them: a line that would be a frame if it were
 * set in is one, unless it may be something else as it stands.
 */
function nextState({ grammar, state }: Place, { text }: Reading): string | undefined {
  const next = grammar.next(state, text);
  if ((next !== undefined && !next.startsWith('?')) || !/^\S/.test(text)) return next;
  const setIn = atMargin(text) ? grammar.next(state, `\t${text}`) : undefined;
  return setIn !== undefined && !setIn.startsWith('?') ? setIn : next;
}

/** A frame of addresses and the title above them, and one of the JVM's watchdogs. */
const NUMBERED =
  /^(?:[\w./-]+:\d+: +)?(?:PC: )?@ +(?:0x[0-9a-f]|\.\.\. and at least )|^(?:thr<\d+> )?#\d+:? (?:0x[0-9a-f]|\[0x|\S.* \[0x[0-9a-f]+\]$)|^Backtrace\b|^\s*[\w$.@/<>]+\([\w$]+\.(?:java|kt|scala|groovy):\d+\)$/;

/** Each frame in a record of its own: it says nothing by itself, and goes on with the one above of the same level. */
function isFrameOf({ reading: { timed, level } }: Open, { text, body, level: own }: Reading): boolean {
  if (!timed || level === undefined || own !== level) return false;
  const said = text.slice(body);
  return NUMBERED.test(said) || resumeTrace(said) !== undefined;
}

/**
 * A formatter that splits a message at its line ends and puts the whole head before each line: RabbitMQ's. The head is of the same
 * instant, as far as a fraction of a second tells it, and the text of a further line is set in, or announced by a colon.
 */
function isRestOf({ reading: { text: first, timed, level, body, whole }, lines }: Open, { text, level: own }: Reading): boolean {
  if (!timed || whole || level === undefined || own !== level) return false;
  let end = 0;
  while (end < text.length && text[end] === first[end]) end++;
  const [head, rest] = [text.slice(0, end), text.slice(end)];
  if (end < body || !/\s$/.test(head)) return false;
  return /^\s+\S/.test(rest) ? MILLISECONDS.test(head) : MICROSECONDS.test(head) && /\w:\s*$/.test(lines.at(-1) ?? '') && rest !== '';
}

/** @returns the head that a further line of the record would bear once more */
export function repeatedHead({ head, reading: { text, timed, level, body, whole } }: Open): string | undefined {
  if (head || !timed || whole || level === undefined) return undefined;
  const own = text.slice(0, body);
  return MILLISECONDS.test(own) ? own.trimEnd() : undefined;
}

const MILLISECONDS = /:\d\d[.,]\d{3,9}(?!\d)/;
const MICROSECONDS = /:\d\d[.,]\d{6,9}(?!\d)/;

/** Who ran what has thrown says so below the trace, and names the class once more: `<Greenlet at 0x7fb0: fetch> failed with KeyError`. */
const WHO_FAILED = /^[^<]{0,48}<[A-Z].{1,400}> failed with ([A-Za-z_]\w*)\s*$/;

function saysWhoFailed(open: Open, text: string): Answer {
  const { place, lines, pending } = open;
  if (place?.grammar.name !== 'python' || !/^(?:final|bare)$/.test(place.state) || pending.length > 0) return 'no';
  const type = WHO_FAILED.exec(text)?.[1];
  if (type === undefined || !lines.some((line) => nameOf(line) === type)) return 'no';
  open.place = { grammar: place.grammar, state: 'end' };
  return 'join';
}

/** The class that a line of a traceback begins with, without its module. */
const nameOf = (line: string): string | undefined => /^(?:\w+\.)*(\w+)(?=:|$)/.exec(line)?.[1];

/** A formatter that leaves out a time that has not changed: the level stands where that of the record does. */
function isInLevelColumn({ reading }: Open, text: string): boolean {
  const column = /^( {8,})([A-Z]{4,8})(?= )/.exec(text);
  if (!column || levelOfName(column[2]!) === undefined) return false;
  const above = /^[A-Z]{4,8}(?= )/.exec(reading.text.slice(column[1]!.length));
  return above !== null && levelOfName(above[0]) !== undefined && reading.text[column[1]!.length - 1] === ' ';
}

/** Many languages say `SomeError: …`; the first frame tells which it was. */
function inOtherLanguage(place: Place | undefined, text: string, isRecord: boolean): Place | undefined {
  if (place?.state !== 'head' || place.grammar.name !== 'at') return undefined;
  // A record that names what was thrown, and its traceback with a head of its own.
  const frame = resumeTrace(text) ?? (isRecord && /^Traceback /.test(text) ? openTrace(text) : undefined);
  return frame && frame.grammar !== place.grammar ? frame : undefined;
}

const blank = (open: Open): Answer => (open.pending.length < MAX_PENDING ? 'maybe' : 'no');

/** A trace begins below a head that has none yet; below one that has, it is another event. */
function attach(open: Open, text: string): Answer | undefined {
  const opened = openTrace(text);
  const found = opened ?? (open.place ? undefined : (resumeTrace(text) ?? (atMargin(text) ? resumeTrace(`\t${text}`) : undefined)));
  if (!found) return undefined;
  // What Go says when it dies is nobody's trace, but for a record that has caught it.
  if (opened && !open.owner && open.reading.level === undefined && !open.traced && /^(?:panic|fatal error): /.test(text)) return 'no';
  const owns = atLeast(open.level, 'warn');
  if (open.traced && opened) return open.owner && /^(?:cpp|perl)$/.test(opened.grammar.name) ? undefined : 'no';
  if (!owns) return 'no';
  open.place = settle(found);
  if (found.state.startsWith('?')) return open.owner ? 'join' : maybe(open);
  open.traced = true;
  return 'join';
}

/** A record that ends with what was thrown, some frames, and the same once more with all of them: slf4j's `=> …` and Solr. */
function saidAlready({ owner, lines, titles = 0 }: Open, text: string): boolean {
  const first = lines[titles] ?? '';
  return owner && text.length > 8 && first.length > text.length && first.endsWith(text);
}

/** As Python prints a warning, with the place that it is about; it goes on with no error. */
const OWN_WARNING = /^\S+:\d+: (?:[A-Z]\w*)?Warning: /;

/** Lines that no grammar claims: indented ones, and text below a head with a time stamp. */
function loose(open: Open, reading: Reading): Answer {
  const ended = open.place?.state === 'end';
  if (!open.place && isDrawn(open.reading.text) && isDrawn(reading.text)) return 'join';
  if (open.traced && open.place && COMPLETE.test(open.place.state) && /^ ?\S/.test(reading.text)) return mayWrap(open) ? 'maybe' : 'no';
  // A report of Erlang ends with a blank line.
  if (
    /^(?:\d{4}-\d\d-\d\d [\d:.]+ )?=[A-Z]+ REPORT====/.test(open.reading.text.slice(open.reading.head ?? 0)) &&
    open.pending.length > 0 &&
    /^\S/.test(reading.text)
  )
    return 'no';
  // Behind a blank line what was raised says no more.
  if (open.traced && open.place?.state === 'final' && open.pending.at(-1)?.reading.text.trim() === '' && /^\S/.test(reading.text))
    return 'no';
  if (open.traced && OWN_WARNING.test(reading.text)) return 'no';
  if (open.owner) return 'join';
  if (reading.wrapped && !open.place && !/^(?:\t| {2})/.test(reading.text)) return 'no';
  if (/^\s/.test(reading.text) && isBeside(open, reading.text)) return 'no';
  if (/^\s/.test(reading.text) && !ended) return open.pending.length === 0 ? 'join' : maybe(open);
  if (reading.wrapped || ended) return 'no';
  if (open.amongStamps && open.pending.length === 0 && open.confirmed) return 'join';
  return maybe(open);
}

/** Set in, and a sign before it: so some programs begin each record, and the one that is open, too. */
const SIGNED = /^\s+[^\w\s'"`([{<|\\/@$#*+~^=-]{1,2}\s/;
const isBeside = ({ place, reading }: Open, text: string): boolean =>
  place === undefined && SIGNED.test(text) && SIGNED.exec(reading.text)?.[0].length === SIGNED.exec(text)![0].length;

/** Go's `%+v` prints what was said around an error below its frames, and frames again. */
const mayWrap = ({ owner, place, pending }: Open): boolean => owner && place?.grammar.name === 'go' && pending.length < MAX_PENDING_BARE;

function maybe(open: Open): Answer {
  if (!atLeast(open.level, 'warn')) return 'no';
  const limit = open.place ? MAX_PENDING : MAX_PENDING_BARE;
  return open.pending.length < limit ? 'maybe' : 'no';
}

/** A place whose state has lost the mark of being tentative. */
export const settle = (place: Place): Place =>
  place.state.startsWith('?') ? { grammar: place.grammar, state: place.state.slice(1) } : place;
