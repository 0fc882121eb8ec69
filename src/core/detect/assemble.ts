// Lines → events: the first line opens an event, later lines of the same stream join it or close it.
// It never looks at a clock and never at chunks, so the same lines always give the same events.
// What a line says is read in `formats/`; what an event means is put together in `event.ts`.

import { readLine } from '../formats/dialects.ts';
import { atLeast } from '../formats/level.ts';
import { clean, type Reading } from '../formats/line-reading.ts';
import { hasStamp } from '../formats/plain.ts';
import { openTrace, type Place } from '../formats/traces/languages.ts';
import type { Level } from '../model.ts';
import { goesOn, settle } from './join.ts';
import type { Assembled, Line, Open, Piece } from './open-event.ts';
import { ownedByQuiet, ownedByWarning, saysNothing } from './ownership.ts';
import { PASSED_OVER, unsaid } from './passed-over.ts';

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

export interface Assembler {
  /** @returns what the line says, `undefined` for a piece of one that was cut */
  line(line: Line): Reading | undefined;
  /** Closes everything that is open. */
  flush(): void;
  /** Another one that goes on from here by itself; this one stays as it is. */
  fork(emit: (event: Assembled) => void): Assembler;
  /** The first line of the oldest open event. */
  oldest(): Line | undefined;
  /** In the middle of a trace: more lines are sure to follow. */
  expectsMore(): boolean;
  /** The stream of what is open where that is one event: a line of this stream with a head of its own ends it. */
  onlyStream(): string | undefined;
}

const MAX_STREAMS = 256;
const MAX_QUIET_LINES = 1000;
/** Crashes nobody logged on purpose: a warning just above does not own them. */
const CRASH = /^(?:Exception in thread|panic: |fatal error: |Unhandled |Uncaught |thread '|terminate called|=|PHP Fatal|Fatal )/;

/** One assembler per generation; see `Assembler`. */
export function createAssembler(options: AssemblerOptions): Assembler {
  return assemblerOf(options, new Map(), new Map());
}

function assemblerOf(options: AssemblerOptions, opens: Map<string, Open>, partials: Map<string, PartialLine>): Assembler {
  function take(line: Line): Reading | undefined {
    const reading = readLine(clean(line.text));
    const whole = reading.wrapped || partials.size > 0 ? joinPartial(partials, line, reading, options.maxEventBytes) : { line, reading };
    if (!whole) return undefined;
    process(whole.line, whole.reading);
    return whole.reading === reading ? reading : undefined;
  }

  function process(line: Line, reading: Reading): void {
    const open = opens.get(reading.stream);
    if (open) {
      const answer = goesOn(open, reading);
      if (answer === 'join') {
        commit(open, { line, reading }, options);
        return;
      }
      if (answer === 'maybe') {
        open.pending.push({ line, reading });
        return;
      }
      close(open);
      process(line, reading);
      return;
    }
    const next = start(line, reading, options);
    if (typeof next === 'string') {
      options.passedOver?.(line, next);
      return;
    }
    if (reading.whole) {
      emit(next);
      return;
    }
    opens.set(next.key, next);
    if (opens.size > MAX_STREAMS) close(opens.values().next().value!);
  }

  /** Ends an event; its tentative lines begin anew as if it had not been there. */
  function close(open: Open): void {
    opens.delete(open.key);
    emit(open);
    const again = open.pending;
    open.pending = [];
    for (const piece of again) process(piece.line, piece.reading);
  }

  function emit(open: Open): void {
    if (!open.confirmed || open.muted || saysNothing(open)) {
      options.passedOver?.(open.first, unsaid(open));
      return;
    }
    options.emit({
      first: open.first,
      last: open.last,
      reading: open.reading,
      level: open.level,
      lines: open.lines,
      omitted: open.omitted,
    });
  }

  function closeQuiet(now: number): void {
    for (const open of opens.values()) {
      const last = open.pending.at(-1)?.line ?? open.last;
      if (now - last.line > MAX_QUIET_LINES) close(open);
    }
  }

  return {
    line(line) {
      if (opens.size > 1) closeQuiet(line.line);
      else if (opens.size === 1 && !opens.has('')) closeQuiet(line.line);
      return take(line);
    },
    flush() {
      const rest = [...partials.values()];
      partials.clear();
      for (const part of rest) process(part.line, inside(part.text, part.reading));
      while (opens.size > 0) close(opens.values().next().value!);
    },
    fork: (emitted) => {
      const copies = new Map<string, Open>();
      for (const [key, open] of opens) copies.set(key, { ...open, lines: [...open.lines], pending: [...open.pending] });
      return assemblerOf({ ...options, emit: emitted, passedOver: undefined }, copies, new Map(partials));
    },
    oldest() {
      let oldest: Line | undefined;
      for (const open of opens.values()) if (!oldest || open.first.offset < oldest.offset) oldest = open.first;
      for (const part of partials.values()) if (!oldest || part.line.offset < oldest.offset) oldest = part.line;
      return oldest;
    },
    onlyStream: () => (partials.size === 0 && opens.size === 1 ? opens.keys().next().value : undefined),
    expectsMore: () =>
      [...opens.values()].some(
        (open) => open.place !== undefined && /^(?:trace|chain|lead|first|pre|group|nested)$/.test(open.place.state),
      ),
  };
}

/** The beginning of a line that its wrapper cut. */
interface PartialLine {
  readonly line: Line;
  readonly reading: Reading;
  readonly text: string;
}

/** Docker and CRI cut long lines; the pieces of one stream are put together. @returns `undefined` while more is to come. */
function joinPartial(partials: Map<string, PartialLine>, line: Line, reading: Reading, limit: number): Piece | undefined {
  const held = partials.get(reading.stream);
  if (!held && !reading.partial) return { line, reading };
  const text = (held?.text ?? '') + (held && held.text.length > limit ? '' : reading.text);
  const first = held?.line ?? line;
  if (reading.partial) {
    partials.set(reading.stream, { line: first, reading, text });
    return undefined;
  }
  partials.delete(reading.stream);
  return { line: { ...line, offset: first.offset, line: first.line }, reading: inside(text, reading) };
}

/** The reading of a whole inner line that came in pieces. */
function inside(text: string, outer: Reading): Reading {
  const { partial: _, ...inner } = readLine(text);
  return { ...inner, format: outer.format, stream: outer.stream, wrapped: inner.level === undefined && !inner.timed };
}

/** @returns the event that begins with this line, or why none does */
function start(line: Line, reading: Reading, options: AssemblerOptions): Open | string {
  const body = reading.text.slice(reading.body);
  if (body.trim() === '' && reading.level === undefined) return PASSED_OVER.empty;
  // A record with time and level owns whatever follows; its trace shows itself by its frames.
  const complete = reading.whole || (reading.timed && reading.level !== undefined);
  const trace = complete ? undefined : (openTrace(body) ?? (reading.body > 0 ? openTrace(reading.text) : undefined));
  const explicit = reading.level;
  const level = explicit ?? implied(reading, trace, options);
  if (level === undefined) return PASSED_OVER.plain;
  if (!atLeast(level, options.level)) return PASSED_OVER[level];
  const bare = explicit === undefined && !reading.timed;
  if (bare && trace === undefined && /^\s/.test(reading.text) && ownedByQuiet(line, reading, options.level)) return PASSED_OVER.quiet;
  const tentative = trace?.state.startsWith('?') === true;
  const unsure = tentative && bare && options.keyword(body) === undefined && options.level !== 'all';
  return {
    key: reading.stream,
    first: line,
    last: line,
    reading,
    level,
    owner: reading.timed && !reading.whole,
    amongStamps: bare && reading.stream === '' && line.previous !== undefined && hasStamp(clean(line.previous)),
    muted: bare && trace !== undefined && !tentative && !CRASH.test(body) && ownedByWarning(line, reading, options.level),
    lines: [shown(line, reading)],
    bytes: line.text.length,
    omitted: 0,
    place: trace && (bare || !tentative) ? settle(trace) : undefined,
    traced: trace !== undefined && bare,
    confirmed: !unsure,
    pending: [],
  };
}

/** The level of a line that names none: from its structured error, the trace it opens, or its words. */
function implied(reading: Reading, trace: Place | undefined, options: AssemblerOptions): Level | undefined {
  if (reading.error?.stack !== undefined) return 'error';
  const text = reading.message ?? (reading.whole ? '' : reading.text.slice(reading.body));
  const word = options.keyword(text);
  if (word) return word;
  if (trace) return /^(?:panic: |fatal error: |runtime: goroutine stack exceeds )/.test(text) ? 'fatal' : 'error';
  return options.level === 'all' ? 'info' : undefined;
}

const shown = (line: Line, reading: Reading): string => (reading.wrapped || reading.stream !== '' ? reading.text : line.text);

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
