// Which line begins an event, and at what level: an explicit level decides, else the trace that it opens, else its words.

import { headOf } from '../formats/heads.ts';
import { atLeast } from '../formats/level.ts';
import { clean, type Reading } from '../formats/line-reading.ts';
import { hasStamp, readStamp } from '../formats/stamp.ts';
import { openTrace, type Place } from '../formats/traces/languages.ts';
import type { Level } from '../model.ts';
import { carried, carrierOf } from './carrier.ts';
import { beginAtFrame, behindHead, frameIn } from './frames.ts';
import { settle } from './join.ts';
import { leadAbove, startOf } from './lead-above.ts';
import type { Line, Open } from './open-event.ts';
import { entryAbove, inQuietBox, isFieldOfQuiet, ownedByQuiet, ownedByWarning } from './ownership.ts';
import { PASSED_OVER } from './passed-over.ts';
import { willBeTriedAgain } from './tried-again.ts';

export interface BeginOptions {
  readonly level: Level | 'all';
  /** What keywords suggest for a text without an explicit level. */
  readonly keyword: (text: string) => Level | undefined;
}

/** Crashes nobody logged on purpose: a warning just above does not own them. */
const CRASH = /^(?:Exception in thread|panic: |fatal error: |Unhandled |Uncaught |thread '|terminate called|=|PHP Fatal|Fatal )/;

/** @returns the event that the line begins, or why it begins none */
export function beginEvent(line: Line, reading: Reading, options: BeginOptions): Open | string {
  const behind = carried(line, reading);
  if (!behind) return begin(line, reading, options);
  const open = begin(behind.line, behind.reading, options);
  return typeof open === 'string' ? open : { ...open, key: behind.reading.stream, heads: [], head: behind.head, relies: undefined };
}

function begin(line: Line, reading: Reading, options: BeginOptions): Open | string {
  const body = reading.text.slice(reading.body);
  if (body.trim() === '' && (reading.level === undefined || (reading.wrapped && !reading.whole))) return PASSED_OVER.empty;
  // A record with time and level owns whatever follows; its trace shows itself by its frames.
  const titled = titleAbove(line, reading);
  if (titled) return atLeast(reading.level!, options.level) ? titled : PASSED_OVER[reading.level!];
  const complete = reading.whole || (reading.timed && reading.level !== undefined);
  const isHeaded = reading.body > 0 && reading.head === undefined;
  const trace = complete
    ? reading.opens
      ? openTrace(body)
      : undefined
    : (openTrace(body) ?? (isHeaded ? openTrace(reading.text) : undefined));
  const explicit = reading.level;
  if (explicit === undefined && !trace) {
    const frame = frameIn(reading);
    if (frame) return beginAtFrame(line, reading, frame, options.level) ?? PASSED_OVER.plain;
  }
  const level = explicit ?? implied(reading, trace, options);
  if (level === undefined) return PASSED_OVER.plain;
  if (!atLeast(level, options.level)) return PASSED_OVER[level];
  const bare = explicit === undefined && !reading.timed;
  const entry = bare ? entryAbove(line, reading) : undefined;
  const isQuietEntry = entry?.level !== undefined && !atLeast(entry.level, options.level);
  if (isQuietEntry && reading.text.startsWith('!')) return PASSED_OVER.quiet;
  if (bare && trace === undefined && /^\s/.test(reading.text) && ownedByQuiet(line, reading, options.level)) return PASSED_OVER.quiet;
  if (bare && isFieldOfQuiet(line, reading, options.level)) return PASSED_OVER.quiet;
  if (bare && inQuietBox(line, reading, options.level)) return PASSED_OVER.quiet;
  const tentative = trace?.state.startsWith('?') === true;
  const isRetried = explicit === undefined && trace !== undefined && !CRASH.test(body) && willBeTriedAgain(body);
  const unsure = explicit === undefined && ((tentative && options.keyword(body) === undefined) || isRetried) && options.level !== 'all';
  const lead = complete ? [] : leadAbove(line, reading);
  // The lines above show what of this one is the head of the stream.
  const start = lead.length > 0 ? startOf(reading) : 0;
  const head = start === 0 ? undefined : headOf(reading.text.slice(0, start));
  const own = head ? withoutHead({ ...reading, head: start, body: Math.max(reading.body, start) }) : reading;
  return {
    key: head ? [reading.transport ?? '', head.key].join('|') : reading.stream,
    first: lead[0]?.line ?? line,
    last: line,
    reading: own.time === undefined && lead[0]?.reading.time ? { ...own, time: lead[0].reading.time } : own,
    level,
    owner: reading.timed && !reading.whole,
    amongStamps: bare && reading.stream === '' && line.previous !== undefined && hasStamp(clean(line.previous)),
    muted: isQuietEntry || (bare && trace !== undefined && !tentative && !CRASH.test(body) && ownedByWarning(line, reading, options.level)),
    lines: [...lead.map((piece) => shown(piece.line, piece.reading)), shown(line, own)],
    bytes: line.text.length,
    omitted: 0,
    place: trace && (explicit === undefined || !tentative) ? settle(trace) : undefined,
    traced: trace !== undefined && (bare || reading.opens === true),
    confirmed: !unsure,
    pending: [],
    heads: head ? [] : undefined,
    head,
    headLine: line.line,
    relies: lead.length > 0 || (bare && /^\s/.test(reading.text)) ? undefined : { onClocks: asksForClocks(reading), onPrevious: bare },
    titles: lead.length > 0 ? lead.length : undefined,
  };
}

/** `Jan 2, 2026 3:04:05 AM com.acme.Shop place`: a time, a class and a method, and nothing that was logged. */
const TITLE = /\s[a-z_]\w*(?:\.[\w$<>]+)+(?: [\w$<>]+|\(\))?$|\d [AP]M [A-Z][\w$]* [\w$<>]+$/;

/**
 * Source that was printed with its numbers, the sign of what went well, an option with what it does, a legend of signs; and a sentence
 * that is set in and has no sign at all: so what a test is for is told below the name of what it tests.
 */
const SAYS_NOTHING =
  /^ {2,12}[a-z]{2,20}(?: [\w'-]{1,30}){2,20}\s*$|(?:[([][^\s()[\]]{1,2}[)\]] [a-z]+(?: [a-z]+){0,3}[,.;]?\s*){3}|^\s*(?:>\s*)?\d+ \| |^\s*(?:-\w,? )?--[a-z][\w-]*(?:[ =][\w<[\]>=-]+)?\s{2,}\S|^\s*(?:[✓✔√]|\[(?:PASS(?:ED)?|OK|ok)\s*\]) /u;

/** A test and what became of it, as its runner says: its name may speak of any error. What failed is said in other words. */
const PASSED =
  /(?:\s|^)(?:(?:PASS(?:ED)?|XFAIL|SKIP(?:PED)?)(?:\s*[[(][^\])]*[\])])*|[Pp]assed +(?:\([^()]*\)|[\d.]+ ?m?s(?:ec)?)\.?|Passed)\s*$|\.{3} ?(?:ok|OK|ignored|skipped)\b|^(?:\s*--- (?:PASS|SKIP): |=== (?:RUN|CONT|PAUSE|NAME) |ok\s+\d+ |ok\s+\S+\s+[\d.]+s|\[ +(?:OK|RUN) +\] |\s*Passed \S)/;

/** As Python and Node print a warning, which may speak of errors. */
const IS_WARNING = /^(?:\S+:\d+: |\(node:\d+\) (?:\[\w+\] )?)?[A-Z]\w*Warning: /;

const LEVEL_ALONE = /^[\p{Lu}]\S*: |^\p{Lo}\S*: /u;

/** Does it count for the line whether those above it show who carried them (`carried`), or a time and a place (`titleAbove`)? */
function asksForClocks(reading: Reading): boolean {
  if (reading.whole) return false;
  return (
    reading.transport === undefined ||
    (!reading.timed && reading.level !== undefined && LEVEL_ALONE.test(reading.text.slice(reading.head ?? 0)))
  );
}

/** What stands below the line, but for the line directly below, is read as if the line were another one. */
export const tellsNothingBelow = (text: string): boolean => carrierOf(clean(text)) === undefined && !isTitle(clean(text));

/** Looked at from its end: most lines of a trace end with another sign. */
const isTitle = (text: string): boolean => /[\w$>]$|\(\)$|<$/.test(text.slice(-2)) && TITLE.test(text);

/** java.util.logging and tinylog write time and place on a line of their own, and the level below. */
function titleAbove(line: Line, reading: Reading): Open | undefined {
  if (reading.whole || reading.level === undefined) return undefined;
  // Whoever carries the lines may put a clock before each.
  const clock = reading.timed ? readStamp(reading.text)?.end : undefined;
  if (reading.timed && (clock === undefined || reading.text[clock] !== ' ')) return undefined;
  const start = clock === undefined ? reading.head : clock + 1;
  if (!LEVEL_ALONE.test(reading.text.slice(start ?? 0))) return undefined;
  const own = withoutHead(start === undefined ? reading : { ...reading, head: start });
  const above = line.above?.(1)[0];
  const head = start === undefined ? undefined : headOf(reading.text.slice(0, start));
  const title = above && behindHead(above, reading, head, -1)?.reading;
  if (!title?.timed || title.level !== undefined || !isTitle(title.text)) return undefined;
  const first = { ...above!, above: undefined };
  return {
    key: head ? [reading.transport ?? '', head.key].join('|') : reading.stream,
    first,
    last: line,
    reading: { ...own, time: title.time, timed: true },
    level: reading.level,
    owner: true,
    amongStamps: false,
    muted: false,
    lines: [shown(first, title), shown(line, own)],
    bytes: above!.text.length + line.text.length,
    omitted: 0,
    place: undefined,
    traced: false,
    confirmed: true,
    pending: [],
    heads: [],
    head,
    headLine: line.line,
    relies: undefined,
    titles: 1,
  };
}

/** A record without the head that its line bears. */
function withoutHead(reading: Reading): Reading {
  const { head = 0, text, body } = reading;
  return head === 0
    ? { ...reading, head: undefined }
    : { ...reading, head: undefined, text: text.slice(head), body: body - head, isLed: true };
}

/** Last words of a program. */
const DIED = /^(?:panic: |fatal error: |runtime: goroutine stack exceeds |(?:\*\*\*|💣) Program crashed: )/u;

/** The level of a line that names none: from its structured error, the trace it opens, or its words. */
function implied(reading: Reading, trace: Place | undefined, options: BeginOptions): Level | undefined {
  if (reading.error?.stack !== undefined) return 'error';
  const text = reading.message ?? (reading.whole ? '' : reading.text.slice(reading.body));
  const word = options.keyword(text);
  if ((word ?? trace) !== undefined && PASSED.test(reading.text.slice(-400))) return options.level === 'all' ? 'info' : undefined;
  if (word === 'error' && trace === undefined && willBeTriedAgain(text)) return options.level === 'all' ? 'info' : undefined;
  if (word && !(trace === undefined && (IS_WARNING.test(text.slice(0, 300)) || SAYS_NOTHING.test(reading.text)))) return word;
  // AWS Lambda's own word for a function that it has killed.
  if (/\bTask timed out after [\d.]+ seconds/.test(text)) return 'error';
  if (trace) return DIED.test(text) || (trace.grammar.name === 'swift' && !text.startsWith('***')) ? 'fatal' : 'error';
  return options.level === 'all' ? 'info' : undefined;
}

/** A line as it stands in an event: without what a wrapper put before it. */
export const shown = (line: Line, { text, wrapped, transport, isLed }: Reading): string =>
  wrapped || isLed || transport !== undefined ? text : line.text;
