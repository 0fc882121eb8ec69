// Lines → events: the first line opens an event, later lines of the same stream join it or close it.
// It never looks at a clock and never at chunks, so the same lines always give the same events.
// What a line says is read in `formats/`; what an event means is put together in `event.ts`.

import { readLine } from '../formats/dialects.ts';
import { hasCounter } from '../formats/heads.ts';
import { clean, plainText, type Reading } from '../formats/line-reading.ts';
import { openTrace, type Place } from '../formats/traces/languages.ts';
import type { Level } from '../model.ts';
import { beginEvent, shown } from './begin.ts';
import { goesOn, repeatedHead, settle } from './join.ts';
import { kept } from './nearest.ts';
import type { Assembled, Line, Open, Piece } from './open-event.ts';
import { type OpenTexts, openTexts } from './open-texts.ts';
import { saysNothing } from './ownership.ts';
import { joinPartial, type PartialLine, wholeLine } from './partial.ts';
import { PASSED_OVER, unsaid } from './passed-over.ts';
import { createRecordLines, looksAsObject, type RecordLines } from './record-lines.ts';
import { belowPriority, headedAbove, isNext, type Led, ledBy, ownsBare, setInBelow, taggedBelow } from './streams.ts';

export interface AssemblerOptions {
  readonly level: Level | 'all';
  /** What keywords suggest for a text without an explicit level. */
  readonly keyword: (text: string) => Level | undefined;
  readonly maxEventLines: number;
  readonly maxEventBytes: number;
  readonly emit: (event: Assembled) => void;
  /** Told of a line that is no event, and belongs to none: for whoever asks why. */
  readonly passedOver?: ((line: Line, why: string) => void) | undefined;
}

/** What became of a line. */
export interface Taken {
  readonly reading: Reading;
  /** It begins no event, and belongs to none. */
  readonly isNothing: boolean;
}

export interface Assembler {
  /** @returns what the line says, `undefined` for a piece of one that was cut */
  line(line: Line): Taken | undefined;
  /** Closes everything that is open. */
  flush(): void;
  /** Another one that goes on from here by itself; this one stays as it is. */
  fork(emit: (event: Assembled) => void): Assembler;
  /** The first line of the oldest open event. */
  oldest(): Line | undefined;
  /** In the middle of a trace: more lines are sure to follow. */
  expectsMore(): boolean;
  /** What each line holds, from number `line` on, that may belong to what is open; `undefined` where any line may. */
  openTexts(line: number): OpenTexts | undefined;
  /** Lines up to number `line` were passed over: none of them belongs to what is open, nor is an event. */
  passed(line: number): void;
  /** The event whose last line is number `line` was counted, and no line of it has come here. */
  counted(line: number): void;
  /**
   * The stream of what is open where that is one event: a line of this stream with a head of its own ends it.
   * `isClocked`: a head with a clock stands on each of its lines; `sameHead`: one that begins with just this may be of it all the same.
   */
  only(): { readonly stream: string; readonly isClocked: boolean; readonly sameHead?: string | undefined } | undefined;
  /** Where the event began that is open and has been the only one since; `undefined` where there is no such one. */
  aloneFrom(): number | undefined;
  /** Closes that event; the lines below it that were held back are forgotten, and come again. */
  closeAlone(): void;
}

const MAX_STREAMS = 256;
const MAX_QUIET_LINES = 1000;
/** What `tail -f` of several files writes between them, and AWS Lambda around a call. */
const FILE_HEADER = /^==> .+ <==$|^(?:\S+ ){0,3}(?:START|END|REPORT) RequestId: |^INIT_(?:START|REPORT) /;

/** One assembler per stream; see `Assembler`. */
export function createAssembler(options: AssemblerOptions): Assembler {
  return assemblerOf(options, new Map(), new Map(), createRecordLines(), 0);
}

function assemblerOf(
  options: AssemblerOptions,
  opens: Map<string, Open>,
  partials: Map<string, PartialLine>,
  records: RecordLines,
  toldBefore: number,
): Assembler {
  /** Number of the last line that is in an event which was given out. */
  let told = toldBefore;
  /** The event that is open and has been the only one since it began; the line that is being taken, as it stands in the file. */
  let alone: Open | undefined;
  let taken: Piece | undefined;
  /** Lines that were held back begin anew. */
  let isAgain = false;

  function take(line: Line): Taken | undefined {
    const reading = readLine(clean(line.text));
    if (opens.size > 0 && FILE_HEADER.test(reading.text)) {
      for (const open of opens.values()) if (open.reading.transport === reading.transport) close(open);
      return { reading, isNothing: false };
    }
    const whole =
      reading.partial || partials.size > 0 || line.long ? joinPartial(partials, line, reading, options.maxEventBytes) : { line, reading };
    if (!whole) return undefined;
    const pieces = records.take(whole.line, whole.reading, opens.size > 0, told);
    if (pieces !== undefined || whole.reading !== reading) {
      for (const piece of pieces ?? [whole]) process(piece.line, piece.reading);
      return undefined;
    }
    taken = whole;
    const isNothing = !process(line, reading);
    taken = undefined;
    return { reading, isNothing };
  }

  /** @returns whether any event has come of it, has taken it in or has ended with it */
  function process(line: Line, reading: Reading): boolean {
    const openBefore = opens.size;
    if (openBefore > 0) {
      const led = ledBy(opens.values(), line, reading);
      if (led) {
        if (!goOn(settleHead(led), line, led.reading)) process(line, reading);
        return true;
      }
      const tagged = taggedBelow(opens.values(), line, reading);
      if (tagged && goOn(tagged.open, line, tagged.reading)) return true;
      const base =
        reading.head === undefined
          ? undefined
          : (opens.get(reading.transport ?? '') ?? headedAbove(opens.values(), line, unheaded(reading)));
      if (base && (isClaimed(base, reading.text) || isSetInBelowRecord(base, line, reading)) && goOn(base, line, unheaded(reading)))
        return true;
      const nearer = headedAbove(opens.values(), line, reading);
      if (nearer && isClaimed(nearer, reading.text) && goOn(nearer, line, reading)) return true;
      const open = opens.get(reading.stream);
      if (open && !open.head) {
        if (!goOn(open, line, reading)) process(line, reading);
        return true;
      }
      const below = setInBelow(opens.values(), line, reading);
      if (below && goOn(below.open, line, below.reading)) return true;
      const bare = belowPriority(opens.values(), line, reading);
      if (bare && goOn(bare.open, line, bare.reading)) return true;
      const above = headedAbove(opens.values(), line, reading);
      if (above && goOn(above, line, reading)) return true;
    }
    const begun = beginEvent(line, reading, options);
    // What stands above may be of an event that was given out.
    const isTaken = typeof begun !== 'string' && begun.titles !== undefined && begun.first.line <= told;
    const next = isTaken ? beginEvent({ ...line, above: undefined }, reading, options) : begun;
    if (typeof next === 'string') {
      options.passedOver?.(line, next);
      return opens.size !== openBefore;
    }
    if (next.first.line !== line.line && next.first.line <= told) {
      options.passedOver?.(line, PASSED_OVER.told);
      return true;
    }
    if (reading.whole) {
      emit(next);
      return true;
    }
    const known = opens.get(next.key);
    if (known) close(known);
    alone = opens.size === 0 && (isAgain || taken?.line === line) ? next : undefined;
    opens.set(next.key, next);
    if (opens.size > MAX_STREAMS) close(opens.values().next().value!);
    return true;
  }

  /** Takes the line into the event, or ends the event. @returns false where it has ended */
  function goOn(open: Open, line: Line, reading: Reading): boolean {
    const answer = goesOn(open, reading);
    if (taken === undefined && !isAgain) open.isOdd = true;
    if (answer === 'join') commit(open, { line, reading }, options);
    else if (answer === 'maybe') open.pending.push({ line: kept(line), reading });
    else close(open, line);
    return answer !== 'no';
  }

  /** A second line has shown what the head is: from now on the lines of the stream are known by it. */
  function settleHead({ open, head }: Led): Open {
    if (open.head) return open;
    opens.delete(open.key);
    const key = [open.reading.transport ?? '', head.key].join('|');
    const other = opens.get(key);
    if (other) close(other);
    [open.head, open.key, open.texts] = [head, key, undefined];
    open.owner &&= !head.hasClock || ownsBare(open, head);
    const { reading } = open;
    const end = head.text.length;
    // What stood before the first line as well is no part of its trace; the head of a record stays with it.
    if (reading.head === undefined && (reading.level === undefined || end < reading.body)) {
      open.reading = { ...reading, head: end, body: Math.max(reading.body, end) };
    }
    const trace = open.place ? undefined : thrownBehind(reading, end, open.reading.body);
    if (trace) [open.place, open.traced] = [settle(trace), true];
    opens.set(key, open);
    return open;
  }

  /** Ends an event; its tentative lines begin anew as if it had not been there. */
  function close(open: Open, by?: Line): void {
    opens.delete(open.key);
    emit(open, taken !== undefined && by === taken.line && open === alone && endsDirectly(open, taken) ? by.offset : undefined);
    if (open === alone) alone = undefined;
    const again = open.pending;
    open.pending = [];
    const before = isAgain;
    isAgain = open.isOdd !== true;
    for (const piece of again) process(piece.line, open.head ? readLine(clean(piece.line.text)) : piece.reading);
    isAgain = before;
  }

  function emit(open: Open, endedAt?: number): void {
    if (!open.confirmed || open.muted || saysNothing(open)) {
      options.passedOver?.(open.first, unsaid(open));
      return;
    }
    const { first, last, reading, level, omitted, head, relies } = open;
    const lines = head && reading.head ? [clean(open.lines[0]!).slice(reading.head), ...open.lines.slice(1)] : open.lines;
    const isCounted = head !== undefined && hasCounter(head);
    told = Math.max(told, last.line);
    options.emit({
      first,
      last,
      reading,
      level,
      lines,
      omitted,
      isClocked: head?.hasClock === true,
      isCounted,
      relies,
      endedAt,
      titles: open.titles,
    });
  }

  function closeAll(): void {
    while (opens.size > 0) close(opens.values().next().value!);
  }

  function closeQuiet(now: number): void {
    for (const open of opens.values()) {
      const last = open.pending.at(-1)?.line ?? open.last;
      if (now - last.line > MAX_QUIET_LINES) close(open);
    }
  }

  function passed(line: number): void {
    if (opens.size > 1 || (opens.size === 1 && !opens.has(''))) closeQuiet(line);
  }

  return {
    line(line) {
      passed(line.line);
      return take(line);
    },
    passed,
    counted(line) {
      told = Math.max(told, line);
    },
    openTexts: (line) => (records.isWithin() ? undefined : openTexts(opens, partials, line)),
    flush() {
      const rest = [...partials.values()];
      partials.clear();
      for (const part of rest) {
        const whole = wholeLine(part);
        process(whole.line, whole.reading);
      }
      for (const piece of records.end()) process(piece.line, piece.reading);
      closeAll();
    },
    fork: (emitted) => {
      const copies = new Map<string, Open>();
      for (const [key, open] of opens) copies.set(key, { ...open, lines: [...open.lines], pending: [...open.pending] });
      return assemblerOf({ ...options, emit: emitted, passedOver: undefined }, copies, new Map(partials), records.fork(), told);
    },
    oldest() {
      let oldest = records.first();
      for (const open of opens.values()) if (!oldest || open.first.offset < oldest.offset) oldest = open.first;
      for (const part of partials.values()) if (!oldest || part.line.offset < oldest.offset) oldest = part.line;
      return oldest;
    },
    only() {
      if (partials.size > 0 || records.first() || opens.size !== 1) return undefined;
      const [open] = opens.values();
      const stream = open!.head ? recordStream(open!) : open!.place && open!.reading.timed ? undefined : open!.key;
      return stream === undefined ? undefined : { stream, isClocked: open!.head?.hasClock === true, sameHead: repeatedHead(open!) };
    },
    aloneFrom: () => alone?.first.offset,
    closeAlone() {
      if (!alone) return;
      alone.pending = [];
      close(alone);
    },
    expectsMore: () =>
      [...opens.values()].some(
        (open) => open.place !== undefined && /^(?:trace|chain|lead|first|pre|group|nested)$/.test(open.place.state),
      ),
  };
}

/** `Error: no price` names no level where a head stands before each line: it is what was thrown. */
function thrownBehind({ text, level }: Reading, end: number, body: number): Place | undefined {
  if (level === undefined) return openTrace(text.slice(body));
  return end < body && /^\s*(?:Uncaught )?Error: /.test(text.slice(end)) ? openTrace(text.slice(end).trimStart()) : undefined;
}

/** The stream of records that bear the head of the event and say their time behind it; `undefined` where none is sure to. */
function recordStream({ head, reading }: Open): string | undefined {
  if (!head || head.hasClock || hasCounter(head) || head.text.length !== reading.head) return undefined;
  return reading.transport === undefined ? head.key : `${reading.transport}|${head.key}`;
}

/** The trace of the event goes on with such a line: what looks like a head in it (`  | ValueError: x`) is none. */
const isClaimed = ({ place }: Open, text: string): boolean => /^[^?]/.test(place?.grammar.next(place.state, text) ?? '');

/** Which version of a program it was, and a class: `[v4.0.2] System.NullReferenceException: …`. */
const VERSIONED = /^\[[\w-]*\d\.[\w.+-]*\] [\w.$]+(?:Exception|Error)\b/;

/** Words and a bracket before a level make no head of what is set in below a record; nor does a version before what was thrown. */
const isSetInBelowRecord = (open: Open, { line }: Line, { text, timed }: Reading): boolean =>
  !open.head &&
  !timed &&
  isNext(open, line) &&
  ((open.owner && /^(?: {2}|\t)/.test(text)) || (open.reading.level !== undefined && !open.traced && VERSIONED.test(text)));

function unheaded({ text, transport, wrapped }: Reading): Reading {
  return { ...plainText(text), stream: transport ?? '', wrapped, transport };
}

/** The line stands right below the event and those held back, and none of them would be read in another way without it. */
function endsDirectly({ last, pending, isOdd }: Open, { line: by, reading }: Piece): boolean {
  if (isOdd) return false;
  const isNext = by.line === (last.endLine ?? last.line) + pending.length + 1;
  return isNext && !looksAsObject(reading.text) && !pending.some((piece) => looksAsObject(piece.reading.text));
}

/** Takes a line, and the tentative lines before it, into the event. */
function commit(open: Open, piece: Piece, options: AssemblerOptions): void {
  open.confirmed = true;
  for (const { line, reading } of [...open.pending, piece]) {
    open.last = line;
    open.bytes += line.text.length;
    if (open.lines.length >= options.maxEventLines || open.bytes > options.maxEventBytes) open.omitted++;
    else open.lines.push(shown(line, reading));
  }
  open.pending = [];
}
