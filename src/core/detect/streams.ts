// To which open event a line belongs by what stands before its text. A head that is known, because a record or a trace
// begins behind it, is believed at once; any other becomes the head of the stream when a second line bears it too and
// goes on with the event. Nothing is remembered beyond the open event, so how the bytes are cut does not matter.
import { readLine } from '../formats/dialects.ts';
import { behind, type Head, hasCounter, headEnds, headOf, isSibling, mayBear } from '../formats/heads.ts';
import { plainText, type Reading } from '../formats/line-reading.ts';
import { isEpoch } from '../formats/stamp.ts';
import { isSureOpener, isWholeLine, openTrace, resumeTrace } from '../formats/traces/languages.ts';
import { isTitleOfFrames } from './join.ts';
import type { Line, Open } from './open-event.ts';
import { belowTags } from './record-tags.ts';

/** A line as the open event's stream has it: behind the head. */
export interface Led {
  readonly open: Open;
  readonly head: Head;
  readonly reading: Reading;
}

const MAX_NAME = 48;
/** So far from the first line a strong head is looked for, with lines of other streams between. */
const MAX_DISTANCE = 60;

/** @returns the open event whose head `line` bears, and what it reads as behind it */
export function ledBy(opens: Iterable<Open>, line: Line, reading: Reading): Led | undefined {
  for (const open of opens) {
    if (open.reading.transport !== reading.transport || (reading.continues === true && !open.head)) continue;
    const distance = line.line - open.headLine;
    if (open.head) {
      const at = behind(open.head, reading.text, distance);
      if (at >= 0) return { open, head: open.head, reading: ofRecord(open, readingOf(open, open.head, reading, at)) };
      continue;
    }
    const isBared = hasBareLine(open);
    const isOnlyKnown = isBared || !isNext(open, line.line);
    if ((isOnlyKnown && open.reading.head === undefined) || !mayBear(open.reading.text, reading.text)) continue;
    for (const head of headsOf(open)) {
      if (isOnlyKnown && !isKnown(open, head) && (isBared || !/\|\s*$/.test(head.text))) continue;
      const at = distance > MAX_DISTANCE ? -1 : behind(head, reading.text, distance);
      if (at < 0) {
        open.isOdd ||= wouldLead(open, head, reading);
        continue;
      }
      const found = ofRecord(open, readingOf(open, head, reading, at));
      if (isOwned(open, head, reading, found) || isContinued(open, head, found)) return { open, head, reading: found };
    }
  }
  return undefined;
}

/** Its tags stand before each line of a record. */
const ofRecord = (open: Open, reading: Reading): Reading => belowTags(open, reading) ?? reading;

/** The line would be of the event if a counter in the head had another value. */
function wouldLead(open: Open, head: Head, reading: Reading): boolean {
  const at = hasCounter(head) ? behind(head, reading.text, undefined) : -1;
  if (at < 0) return false;
  const found = readingOf(open, head, reading, at);
  return isOwned(open, head, reading, found) || isContinued(open, head, found);
}

/** A record or a trace begins right behind it on the first line. */
const isKnown = (open: Open, head: Head): boolean => open.reading.head !== undefined && head.text.length === open.reading.head;

/** With as many blanks at least. */
export const SET_IN = '        ';

/** journalctl sets in the further lines of a message as far as its text stands, and puts no head before them. */
export const isSetInBelow = ({ reading, head }: Open): boolean => reading.format === 'syslog' && !reading.whole && !head;

/** @returns the open event whose further line this is, set in below it; `undefined` for any other line */
export function setInBelow(opens: Iterable<Open>, line: Line, reading: Reading): { open: Open; reading: Reading } | undefined {
  if (reading.transport !== undefined || !reading.text.startsWith(SET_IN)) return undefined;
  for (const open of opens) {
    if (!isSetInBelow(open) || !isNext(open, line.line)) continue;
    const { transport } = open.reading;
    const column = open.first.text.length - open.reading.text.length;
    if (transport === undefined || column < SET_IN.length || reading.text.slice(0, column).trim() !== '') continue;
    const text = reading.text.slice(column);
    return { open, reading: { ...plainText(text), stream: open.key, transport, wrapped: true, isLed: true, continues: true } };
  }
  return undefined;
}

/** By RFC 5424 and its elders a record begins with its priority: what its writer put into a file has more lines where none begins so. */
export const ownsBelow = ({ reading, head, first }: Open): boolean =>
  reading.format === 'syslog' && !reading.whole && !head && /^<\d{1,3}>/.test(first.text);

/** @returns the open record of syslog right above, whose further line this is; `undefined` for a line that bears any head */
export function belowPriority(opens: Iterable<Open>, line: Line, reading: Reading): { open: Open; reading: Reading } | undefined {
  const { text, transport, timed, level, whole } = reading;
  if (transport !== undefined || timed || whole || (level !== undefined && !/^\s/.test(text))) return undefined;
  for (const open of opens) {
    if (!ownsBelow(open) || !isNext(open, line.line)) continue;
    const own = { ...plainText(text), stream: open.key, transport: open.reading.transport, wrapped: true, isLed: true };
    return { open, reading: text.trim() === '' ? own : { ...own, continues: true } };
  }
  return undefined;
}

/** @returns the open record right above whose tags the line begins with */
export function taggedBelow(opens: Iterable<Open>, line: Line, reading: Reading): { open: Open; reading: Reading } | undefined {
  if (!reading.text.startsWith('[')) return undefined;
  for (const open of opens) {
    if (open.head || open.reading.transport !== reading.transport || !isNext(open, line.line)) continue;
    const below = belowTags(open, reading);
    if (below) return { open, reading: below };
  }
  return undefined;
}

/** A line below the first has gone on with the event without a head: then what stands before the first is on no other. */
const hasBareLine = ({ lines, pending, titles = 0 }: Open): boolean => lines.length + pending.length > titles + 1;

/** Is line number `line` the one right below the event? */
export const isNext = (open: Open, line: number): boolean => lastLine(open) === line - 1;

function lastLine(open: Open): number {
  const last = open.pending.at(-1)?.line ?? open.last;
  return last.endLine ?? last.line;
}

/** The heads of which one may stand on the other lines of its stream, longest first. */
export function headsOf(open: Open): readonly Head[] {
  open.heads ??= candidates(open);
  return open.heads;
}

/** Up to the message, up to what the reader took for the head of the stream, and every place before. */
function candidates({ reading }: Open): readonly Head[] {
  const { text, body, head } = reading;
  if (reading.whole || text === '') return [];
  const places = new Set([body, head ?? 0]);
  // The name of a logger may stand behind the level on every line.
  for (const end of headEnds(text)) if (end.at < body + MAX_NAME || reading.level === undefined) places.add(end.at);
  return [...places]
    .filter((at) => at > 0 && at < text.length)
    .sort((a, b) => b - a)
    .map((at) => headOf(text.slice(0, at)));
}

/** What stands behind a head that has a clock or a level does not own what stands below it: each line has its own. */
function readingOf(open: Open, head: Head, reading: Reading, at: number): Reading {
  const rest = reading.text.slice(at);
  const inner = readLine(rest);
  // A level that the head does not hold stands behind it, wherever its column is.
  const isRecord = reading.level !== undefined && reading.transport === undefined && !hasLevel(open, head);
  const isClaimed = open.place?.grammar.next(open.place.state, rest) !== undefined;
  if (isRecord && !isClaimed && inner.level === undefined) return { ...reading, stream: open.key, timed: reading.timed || inner.timed };
  const isBare = !inner.timed && inner.level === undefined && !inner.whole;
  const { transport } = open.reading;
  const wrapped = isBare && (head.hasClock || head.text.length > (open.reading.head ?? 0));
  return {
    ...inner,
    text: isBare ? rest : inner.text,
    stream: open.key,
    wrapped,
    isLed: true,
    transport: transport ?? inner.transport,
  };
}

const hasLevel = ({ reading }: Open, head: Head): boolean => reading.level !== undefined && head.text.length >= reading.body;

/** What stands behind the head says its own time: lines behind it that say none are of the record above. */
export function ownsBare(open: Open, head: Head): boolean {
  if (hasLevel(open, head)) return false;
  const rest = open.reading.text.slice(head.text.length);
  if (head.hasClock && isEpoch(rest)) return false;
  const record = readLine(rest);
  return record.timed && (record.level !== undefined || open.reading.level === undefined) && !record.whole;
}

/** Behind the record's own head, or a shorter one: not where the line bears another of the same form, and is another stream's. */
function isOwned(open: Open, head: Head, { text }: Reading, { level, timed, whole }: Reading): boolean {
  if (level !== undefined || timed || whole || !ownsBare(open, head)) return false;
  const known = open.reading.head ?? 0;
  return head.text.length >= known || !isSibling(headOf(open.reading.text.slice(0, known)), text);
}

/** Does it show that the head stands on every line: is what follows it sure to go on with the event? */
function isContinued(open: Open, head: Head, { text, level, timed, whole }: Reading): boolean {
  if (level !== undefined || timed || whole) return false;
  if (text.trim() === '' || isTitleOfFrames(text)) return true;
  if (resumeTrace(text)) return true;
  const opened = openTrace(text);
  // A record whose level stands in its head is whole: one that only names another error goes on with nothing.
  if (opened)
    return (
      isSureOpener(opened, text) ||
      (isWholeLine(opened) && !hasLevel(open, head) && (open.reading.level !== undefined || /[^\u0001\s]/.test(head.key)))
    );
  const state = open.place?.grammar.next(open.place.state, text);
  if (state !== undefined && (!state.startsWith('?') || !open.confirmed)) return true;
  // Columns behind a level may be filled up with blanks.
  const isBeforeLevel = open.reading.level === undefined || readLine(`${head.text}x`).level === undefined;
  return isBeforeLevel && /^(?:\t| {2,})\S/.test(text);
}

/**
 * A line without a head, right below the first line of an event that bears one: the head may stand on records only.
 * @returns that event; `undefined` where the line is one of another stream
 */
export function headedAbove(opens: Iterable<Open>, line: Line, reading: Reading): Open | undefined {
  if (reading.stream !== (reading.transport ?? '')) return undefined;
  for (const open of opens) {
    if (open.head || open.key === reading.stream || open.reading.transport !== reading.transport) continue;
    const known = open.reading.head;
    if (known === undefined || !isNext(open, line.line)) continue;
    return isSibling(headOf(open.reading.text.slice(0, known)), reading.text) ? undefined : open;
  }
  return undefined;
}
