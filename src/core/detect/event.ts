// A complete group of lines → one ErrorEvent: reads its trace and names its type, message and frames.
// It does not decide which lines belong together.

import { ANSI } from '../formats/line-reading.ts';
import { originOf } from '../formats/origin.ts';
import type { Trace } from '../formats/traces/grammar.ts';
import { mayOpen, openTrace, readTrace, resumeTrace } from '../formats/traces/languages.ts';
import { absolute, UTC, type Zone } from '../formats/zones.ts';
import type { ErrorEvent } from '../model.ts';
import type { Assembled } from './open-event.ts';

const TYPED =
  /^(?:Uncaught |Unhandled |error: )?((?:[A-Za-z_$][\w$]*(?:\.|::|\\))*[A-Z]\w*(?:Exception|Error|Fault|Failure)|Exception|Error)(?: \[[\w-]+\])?: (.+)$/;
/** So far into a message its type is looked for. */
const MAX_TYPED = 2000;
const NAMED_INSIDE = /(?:^|[\s:([])((?:[a-z_][\w$]*\.)+[A-Z][\w$]*(?:Exception|Error))(?::\s+(.*))?/;
/** As Ruby's `inspect` writes an error. */
const INSPECTED = /#<([A-Z]\w*(?:::\w+)*(?:Error|Exception)): /;

/** @returns the event of these lines; the same lines always give the same event. */
export function toEvent(assembled: Assembled, source: string, id: string, zone: Zone = UTC): ErrorEvent {
  const { first, last, reading, lines, omitted } = assembled;
  const text = omitted > 0 ? `${lines.join('\n')}\n… [${omitted} more lines]` : lines.join('\n');
  const written = reading.error?.stack === undefined ? readable(assembled) : reading.error.stack.split(/\r?\n/);
  const trace =
    reading.error?.stack !== undefined || written.length > 1 || (written[0] !== undefined && mayOpen(written[0]))
      ? readTrace(written)
      : undefined;
  const said = describe(assembled);
  const type = reading.error?.type ?? trace?.type ?? said.type;
  const origin = reading.records === undefined ? undefined : originOf(reading.records);
  return {
    id,
    source,
    format: reading.format,
    language: trace?.language ?? 'none',
    level: assembled.level,
    type,
    message: trace ? (trace.message ?? said.head ?? (isUnnamed(trace, written) ? said.message : null)) : said.message,
    frames: trace?.frames ?? [],
    ...(trace?.rootCause ? { rootCause: trace.rootCause } : {}),
    ...(origin === undefined ? {} : { origin }),
    line: first.line,
    endLine: last.endLine ?? last.line,
    offset: first.offset,
    endOffset: last.endOffset,
    ...(reading.time === undefined ? {} : { time: absolute(reading.time, zone) }),
    text,
  };
}

/** No line names what the frames belong to: what stands above them is the message. */
const isUnnamed = ({ type }: Trace, lines: readonly string[]): boolean =>
  type === null || (type === 'Error' && !lines.some((line) => line.includes(type)));

/** The lines without colours, the head of the first taken off. */
function readable(assembled: Assembled): readonly string[] {
  const lines = assembled.lines.map((line) => (line.includes('\x1b') ? line.replace(ANSI, '') : line));
  if (assembled.reading.whole) return [];
  const first = assembled.reading.text.slice(assembled.reading.body);
  const below = lines.slice(assembled.isTitled ? 2 : 1);
  return [...onLines(first), ...(openTrace(first) ? below : setOut(below))];
}

const MAX_ONE_LINE = 65_536;

/** A stack that was put on one line: what stands between two of its frames parts its lines. */
function onLines(text: string): readonly string[] {
  if (text.length > MAX_ONE_LINE) return [text];
  const between = /\)([^\sA-Za-z()][^\s()]{0,8}|[^\s()]{2,8})[ \t]*at [\w$./<]/.exec(text)?.[1];
  if (between !== undefined && text.split(between).length > 2) return text.split(between);
  return /[|\u2028]\s+at \S/.test(text) ? text.split(/[|\u2028]/) : [text];
}

/** Some formatters set in all of a trace below its record: what opens it stands at the margin again then. */
function setOut(lines: readonly string[]): readonly string[] {
  const at = lines.findIndex((line) => line.trim() !== '');
  const indent = /^[ \t]*/.exec(lines[at] ?? '')![0];
  const isAll = indent !== '' && lines.every((line) => line.startsWith(indent) || line.trim() === '');
  if (!isAll || resumeTrace(lines[at]!) || !openTrace(lines[at]!.slice(indent.length))) return lines;
  return lines.map((line) => line.slice(indent.length));
}

/** Type and message of an event without a trace. */
function describe(assembled: Assembled): { type: string | null; message: string | null; head: string | null } {
  const { reading } = assembled;
  const first = (reading.message ?? reading.text.slice(reading.body)).trim();
  // .NET's console: category and event number, the message on the line below.
  const body = /^[\w.`]+\[\d+\]$/.test(first) ? (assembled.lines[1] ?? first).trim() : first;
  const whole = body.split('\n')[0]!;
  const line = whole.slice(0, MAX_TYPED);
  // What the logging call said beside the exception; the trace's own first line is not that.
  const head = reading.level === undefined || body === '' || TYPED.test(line) ? null : body;
  const error = reading.error;
  if (error?.type !== undefined) return { type: error.type, message: error.message ?? (body === '' ? null : body), head };
  const typed = TYPED.exec(line) ?? (reading.level === undefined ? null : TYPED.exec(assembled.lines[1]?.slice(0, MAX_TYPED) ?? ''));
  if (typed) return { type: typed[1]!, message: typed[2]! + whole.slice(MAX_TYPED), head };
  const inside = NAMED_INSIDE.exec(line) ?? INSPECTED.exec(line);
  if (inside) return { type: inside[1]!, message: body, head };
  const caused = error?.message === undefined ? null : TYPED.exec(error.message.slice(0, MAX_TYPED));
  return { type: caused?.[1] ?? null, message: body === '' ? (error?.message ?? null) : body, head };
}
