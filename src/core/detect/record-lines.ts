// Records that are written over several lines: one object of JSON, and what `journalctl -o export` and `-o verbose` print.
// Their lines are put together and read as one. What turns out to be none of these is given back line by line.
// A line in the middle shows where the record begins: above it, within a bound that does not depend on how bytes are cut.

import { readLine } from '../formats/dialects.ts';
import { fieldsOf, type JournalForm, journalForm } from '../formats/journal-fields.ts';
import { readJson, readRecord } from '../formats/json.ts';
import { clean, type Reading } from '../formats/line-reading.ts';
import { linesAbove, nearestAbove } from './nearest.ts';
import type { Line, Piece } from './open-event.ts';

/** A record may have so many bytes; more of them are lines by themselves. */
const MAX_BYTES = 15 * 1024;
const MAX_LINES = 1000;
const MAX_BARREN = 64;

interface Held {
  readonly kind: 'object' | JournalForm;
  /** Where the object begins in the first line. */
  readonly at: number;
  readonly pieces: Piece[];
  /** Lines that stand above the next one, of whatever transport, oldest first. */
  readonly past: Line[];
  readonly transport: string | undefined;
  nesting: Nesting;
}

/** How far an object is open. */
interface Nesting {
  readonly depth: number;
  readonly isText: boolean;
}

export interface RecordLines {
  /**
   * @param isOpen an event is open
   * @param told number of the last line that is in an event which was given out: no record reaches above it
   * @returns what is to be read instead of the line, nothing while its record goes on; `undefined` where it is no part of one
   */
  take(line: Line, reading: Reading, isOpen: boolean, told: number): readonly Piece[] | undefined;
  /** Gives out what is held. */
  end(): readonly Piece[];
  /** The first line that is held. */
  first(): Line | undefined;
  /** Any line may be of the record that is held, or of one that follows it. */
  isWithin(): boolean;
  fork(): RecordLines;
}

export const createRecordLines = (): RecordLines => recordLinesOf(undefined, 0);

function recordLinesOf(begun: Held | undefined, readBefore: number): RecordLines {
  let held = begun;
  /** The last record was of a journal, and nothing but blank lines came since. */
  let isAmongFields = false;
  /** By kind and transport the last line that no record above reaches: what it was looked for in is not looked at again. */
  const barren = new Map<string, number>();
  /** The last line that was read by itself, as it was given back or is in an event: it is not held again. */
  let readUntil = readBefore;

  function begin(line: Line, reading: Reading, kind: Held['kind']): Held | undefined {
    const key = `${kind === 'object' ? kind : kind.name} ${reading.transport ?? ''}`;
    const until = Math.max(barren.get(key) ?? 0, readUntil);
    const pieces = kind === 'object' ? objectLines(line, reading, until) : fromAbove(line, reading, until, kind.begins, kind.isField);
    if (barren.size >= MAX_BARREN) barren.clear();
    if (!pieces) barren.set(key, line.line);
    const begun = pieces && (kind === 'object' ? objectFrom(line, pieces) : fieldsFrom(pieces, reading, kind));
    begun?.pieces.splice(-1, 1, { line: standing(begun, line), reading });
    return begun;
  }

  function giveBack({ pieces }: Held): readonly Piece[] {
    readUntil = pieces.at(-1)!.line.line;
    return pieces;
  }

  function goOn(line: Line, reading: Reading): readonly Piece[] {
    const current = held!;
    const own: Piece = { line: standing(current, line), reading };
    if (reading.transport !== current.transport) return [{ line, reading }];
    const tooLong = line.offset - current.pieces[0]!.line.offset > MAX_BYTES || current.pieces.length >= MAX_LINES;
    if (current.kind !== 'object') {
      const isPart =
        !tooLong &&
        current.kind.goesOn(
          current.pieces.map((piece) => piece.reading.text),
          reading.text,
        );
      if (isPart) {
        current.pieces.push(own);
        return [];
      }
      held = undefined;
      const done = tooLong ? giveBack(current) : [journalPiece(current)];
      return [...done, ...(take(line, reading, false) ?? [{ line, reading }])];
    }
    if (tooLong || reading.text.startsWith('{') || (reading.timed && reading.level !== undefined)) {
      held = undefined;
      return [...giveBack(current), ...(take(line, reading, false) ?? [{ line, reading }])];
    }
    current.pieces.push(own);
    current.nesting = nested(reading.text, current.nesting);
    if (current.nesting.depth > 0) return [];
    held = undefined;
    return objectPiece(current) ?? giveBack(current);
  }

  function take(line: Line, reading: Reading, isOpen: boolean): readonly Piece[] | undefined {
    if (held) return goOn(line, reading);
    if (reading.whole) return undefined;
    const journal = journalForm(reading.text);
    if (journal) {
      held = begin(line, reading, journal);
      isAmongFields = held !== undefined;
      return held && [];
    }
    if (reading.text.trim() !== '') isAmongFields = false;
    if (isOpen) return undefined;
    held = mayBeOfObject(reading.text) ? begin(line, reading, 'object') : undefined;
    return held && [];
  }

  return {
    take(line, reading, isOpen, told) {
      readUntil = Math.max(readUntil, told);
      return take(line, reading, isOpen);
    },
    end() {
      const rest = held;
      held = undefined;
      if (!rest) return [];
      return rest.kind === 'object' ? giveBack(rest) : [journalPiece(rest)];
    },
    first: () => held?.pieces[0]?.line,
    isWithin: () => held !== undefined || isAmongFields,
    fork: () => recordLinesOf(held && { ...held, pieces: [...held.pieces], past: [...held.past] }, readUntil),
  };
}

/** What turns out to be no record is read line by line, when the bytes above are gone: the line knows those that it stands below. */
function standing({ past }: Held, line: Line): Line {
  if (past.length === 0) past.push(...nearestAbove(line).toReversed());
  const count = past.length;
  past.push(line);
  return { ...line, above: (most) => past.slice(Math.max(0, count - most), count).reverse() };
}

/**
 * The lines from the first of the record to this one, oldest first; `undefined` where no first line is found.
 * @param until number of a line that no record reaches
 */
function fromAbove(
  line: Line,
  reading: Reading,
  until: number,
  isFirst: (text: string) => boolean,
  isPart: (text: string) => boolean,
): Piece[] | undefined {
  const own: Piece = { line, reading };
  if (isFirst(reading.text)) return [own];
  const found: Piece[] = [own];
  for (const above of linesAbove(line, MAX_LINES)) {
    if (above.line <= until || line.offset - above.offset > MAX_BYTES) return undefined;
    const read = readLine(clean(above.text));
    if (read.transport !== reading.transport) continue;
    found.push({ line: { ...above, above: undefined }, reading: read });
    if (isFirst(read.text)) return found.reverse();
    if (!isPart(read.text)) return undefined;
  }
  return undefined;
}

const fieldsFrom = (pieces: Piece[], { transport }: Reading, form: JournalForm): Held => ({
  kind: form,
  at: 0,
  pieces,
  past: [],
  transport,
  nesting: CLOSED,
});

function journalPiece({ pieces }: Held): Piece {
  const line = joined(pieces);
  return { line, reading: readRecord(fieldsOf(line.text), line.text) };
}

const CLOSED: Nesting = { depth: 0, isText: false };
/** An object that is not over on its line, alone or behind the head of a stream. */
const BEGINS = /^(?:[^{}"]{0,160}[\s|:\]])?(?=\{(?:\s*$|\s*"))/;
const MEMBER = /^\s*(?:"(?:[^"\\]|\\.){0,200}"\s*(?::|,?\s*$|[,\]])|[{}[\]]|-?\d|(?:true|false|null)\b|"at )/;

/** Only where no event is open is a line taken for one of an object; most are none by their look. */
export const looksAsObject = (text: string): boolean => /^\s*"|\{\s*(?:"|$)/.test(text);

const mayBeOfObject = (text: string): boolean => looksAsObject(text) && (objectAt(text) >= 0 || MEMBER.test(text));

const objectLines = (line: Line, reading: Reading, until: number): Piece[] | undefined =>
  fromAbove(
    line,
    reading,
    until,
    (one) => objectAt(one) >= 0,
    (one) => MEMBER.test(one),
  );

function objectFrom(line: Line, pieces: Piece[]): Held | undefined {
  // Below a record that stands for itself, an object is its second line.
  const before = pieces[0]!.line === line ? line.previous : line.above?.(pieces.length)[pieces.length - 1]?.text;
  const owner = before === undefined ? undefined : readLine(clean(before));
  const at = objectAt(pieces[0]!.reading.text);
  if (at === 0 && owner && !owner.whole && owner.timed && owner.level !== undefined) return undefined;
  let nesting = nested(pieces[0]!.reading.text.slice(at), CLOSED);
  for (const piece of pieces.slice(1)) {
    if (nesting.depth === 0) return undefined;
    nesting = nested(piece.reading.text, nesting);
  }
  return nesting.depth > 0 ? { kind: 'object', at, pieces, past: [], transport: pieces[0]!.reading.transport, nesting } : undefined;
}

/** Where an object begins that the line does not end; -1 where none does. */
function objectAt(text: string): number {
  const at = BEGINS.exec(text)?.[0].length ?? -1;
  return at >= 0 && nested(text.slice(at), CLOSED).depth > 0 ? at : -1;
}

function objectPiece({ pieces, at }: Held): readonly Piece[] | undefined {
  const line = joined(pieces);
  const reading = readJson(line.text.slice(at));
  if (!reading) return undefined;
  const { time, transport } = pieces[0]!.reading;
  const own = { ...reading, time: () => reading.time?.() ?? time?.(), transport: transport ?? reading.transport };
  return [{ line, reading: own }];
}

/** As the lines are read: without what a wrapper put before each. */
function joined(pieces: readonly Piece[]): Line {
  const [first, last] = [pieces[0]!.line, pieces.at(-1)!.line];
  const text = pieces.map((piece) => (piece.reading.transport === undefined ? piece.line.text : piece.reading.text)).join('\n');
  return { ...first, endOffset: last.endOffset, endLine: last.endLine ?? last.line, text };
}

/** Brackets that are not in a string. */
function nested(text: string, before: Nesting): Nesting {
  let { depth, isText } = before;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (isText && sign === 92) at++;
    else if (sign === 34) isText = !isText;
    else if (!isText && (sign === 123 || sign === 91)) depth++;
    else if (!isText && (sign === 125 || sign === 93) && --depth === 0) return { depth, isText };
  }
  return { depth, isText };
}
