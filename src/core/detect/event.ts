// A complete group of lines → one ErrorEvent: reads its trace and names its type, message and frames.
// It does not decide which lines belong together.

import { readLine } from '../formats/dialects.ts';
import { ANSI, clean, type Reading } from '../formats/line-reading.ts';
import { originOf } from '../formats/origin.ts';
import type { Trace } from '../formats/traces/grammar.ts';
import { mayOpen, openTrace, readTrace, resumeTrace, withBlanks } from '../formats/traces/languages.ts';
import { absolute, UTC, type Zone } from '../formats/zones.ts';
import type { ErrorEvent } from '../model.ts';
import type { Assembled } from './open-event.ts';

const TYPED =
  /^(?:Uncaught |Unhandled |error: )?((?:[A-Za-z_$][\w$]*(?:\.|::|\\))*[A-Z]\w*(?:Exception|Error|Fault|Failure)|Exception|Error)(?: \[[\w-]+\])?: (.+)$/;
/** So far into a message its type is looked for. */
const MAX_TYPED = 2000;
const NAMED_INSIDE = /(?:^|[\s:([])((?:[a-z_][\w$]*\.)+[A-Z][\w$]*(?:Exception|Error))(?![\w$])(?::\s+(.*))?/;
/** Behind words and a colon, with a colon behind it: `cannot load page: TypeError: x is undefined`. */
const NAMED_BEHIND = /: (?:Uncaught |Unhandled )?([A-Z][\w$]*(?:Exception|Error))(?: \[[\w-]+\])?: \S/;
/** As Ruby's `inspect` writes an error. */
const INSPECTED = /#<([A-Z]\w*(?:::\w+)*(?:Error|Exception)): /;

/** @returns the event of these lines; the same lines always give the same event. */
export function toEvent(assembled: Assembled, source: string, id: string, zone: Zone = UTC): ErrorEvent {
  const { first, last, reading, lines, omitted } = assembled;
  const text = omitted > 0 ? `${lines.join('\n')}\n… [${omitted} more lines]` : lines.join('\n');
  const written = writtenIn(assembled).map(withoutBlanksBehind);
  const trace =
    reading.error?.stack !== undefined || written.length > 1 || (written[0] !== undefined && mayOpen(written[0]))
      ? readTrace(written)
      : undefined;
  const said = describe(assembled, trace === undefined);
  const type = reading.error?.type ?? trace?.type ?? said.type;
  const time = reading.time?.();
  const origin = reading.records === undefined ? undefined : originOf(reading.records);
  return {
    id,
    source,
    format: reading.format,
    language: trace?.language ?? 'none',
    level: assembled.level,
    type,
    message: trace ? (trace.message ?? said.head ?? (isUnnamed(trace, written) ? said.message : null)) : said.message,
    ...(said.cause === undefined || trace?.frames.length ? {} : { cause: said.cause }),
    frames: trace?.frames ?? [],
    ...(trace?.rootCause ? { rootCause: trace.rootCause } : {}),
    ...(origin === undefined ? {} : { origin }),
    line: first.line,
    endLine: last.endLine ?? last.line,
    offset: first.offset,
    endOffset: last.endOffset,
    ...(time === undefined ? {} : { time: absolute(time, zone) }),
    text,
  };
}

function writtenIn(assembled: Assembled): readonly string[] {
  const stack = assembled.reading.error?.stack;
  if (stack === undefined) return readable(assembled);
  return stack.includes('\n') ? stack.split(/\r?\n/) : onLines(stack);
}

/** Terminals and journals fill lines up with blanks, which say nothing. */
const withoutBlanksBehind = (line: string): string => (/[ \t]$/.test(line.slice(-1)) ? line.trimEnd() : line);

/** No line names what the frames belong to: what stands above them is the message. */
const isUnnamed = ({ type }: Trace, lines: readonly string[]): boolean =>
  type === null || (type === 'Error' && !lines.some((line) => line.includes(type)));

/** The lines without colours, the head of the first taken off. */
function readable(assembled: Assembled): readonly string[] {
  const lines = assembled.lines.map((line) => (line.includes('\x1b') ? line.replace(ANSI, '') : line));
  if (assembled.reading.whole) return [];
  const first = withName(assembled);
  const below = unquoted(klogValue(first, lines.slice((assembled.titles ?? 0) + 1)));
  if (/^\s/.test(first)) return withBlanks(setOut([first, ...below]));
  return withBlanks([...onLines(first), ...(openTrace(first) ? below : setOut(below))]);
}

/** klog sets in each line of a value that has several, between `<` and ` >`. */
const klogValue = (first: string, lines: readonly string[]): readonly string[] =>
  first.endsWith('=<') ? lines.map((line) => (line.startsWith('\t') ? line.slice(1) : line)) : lines;

/** A stack as a list in an object that was printed over several lines. */
const unquoted = (lines: readonly string[]): readonly string[] =>
  lines.some((line) => /^\s+"\s*at .+",?$/.test(line)) ? lines.map((line) => /^\s+"(.*)",?$/.exec(line)?.[1] ?? line) : lines;

/** Behind a clock, `Error: no price` is a level and what was said; above frames it is what was thrown. */
function withName({ reading: { text, body, head }, lines }: Assembled): string {
  const name = /(?:^|[\s|])((?:Uncaught )?Error: )$/.exec(text.slice(head ?? 0, body))?.[1];
  const isThrown = name !== undefined && lines.slice(1, 3).some((line) => resumeTrace(line) !== undefined);
  return isThrown ? name + text.slice(body) : text.slice(body);
}

/** A frame of .NET or Java with its place, behind others. */
const CALLED_AT = /\sat [\w$.<>`+[\]]+\.[\w$<>`+[\]]+\([^()]*\)(?= in \S|\s+at |\s*$)/g;

const MAX_ONE_LINE = 65_536;

/** A stack that was put on one line: what stands between two of its frames parts its lines. */
function onLines(text: string): readonly string[] {
  if (text.length > MAX_ONE_LINE) return [text];
  const between = /\)([ \t]?[^\sA-Za-z()][^\s()]{0,8}|[^\s()]{2,8})[ \t]*at [\w$./<]/.exec(text)?.[1];
  if (between !== undefined && text.split(between).length > 2) return text.split(between);
  // Who may not write line ends writes them out.
  if (/\\n(?:Stack trace:|#0 |\\t|\s+at | {2}File ")/.test(text))
    return text.split(/\\n|\s(?=goroutine \d+ \[)/).map((line) => line.replace(/^\\t/, '\t'));
  // Amazon's runtimes end the lines of one record with a carriage return, and set in with blanks that do not break.
  const returned = /\r[^\r\n]/.test(text) ? text.split('\r').map((line) => line.replaceAll('\u00a0', ' ')) : [];
  if (returned.some((line) => resumeTrace(line) !== undefined)) return returned;
  // rsyslog writes every sign that is none as # and its number in eights.
  const escaped = text.includes('#012') ? text.split('#012').map((line) => line.replaceAll('#011', '\t')) : [];
  if (escaped.some((line) => resumeTrace(line) !== undefined)) return escaped;
  // Or leaves them out: then frames stand behind each other.
  if ((text.match(CALLED_AT) ?? []).length > 1)
    return text.split(/\s+(?=at [\w$.<>`+[\]]+\.[\w$<>`+[\]]+\()/).map((line, at) => (at === 0 ? line : `   ${line}`));
  return /[|\u2028]\s+at \S/.test(text) ? text.split(/[|\u2028]/) : [text];
}

function common(indent: string, line: string): string {
  let end = 0;
  while (end < indent.length && line[end] === indent[end]) end++;
  return indent.slice(0, end);
}

/** Some formatters set in all of a trace below its record, or put a sign before each line: what opens it stands at the margin again then. */
function setOut(lines: readonly string[]): readonly string[] {
  const at = lines.findIndex((line) => line.trim() !== '');
  const first = /^[ \t]*(?:[!>»] )?/.exec(lines[at] ?? '')![0];
  // A list above it may be set in further.
  const indent = lines.reduce((least, line) => (line.trim() === '' ? least : common(least, line)), first);
  const isAll = indent !== '' && lines.every((line) => line.startsWith(indent) || line.trim() === '');
  if (
    !isAll ||
    resumeTrace(lines[at]!) ||
    !lines
      .slice(at, at + 8)
      .some((line) => openTrace(line.slice(indent.length)) || /^(?:Caused by|Location|Stack backtrace):$/.test(line.slice(indent.length)))
  )
    return lines;
  return lines.map((line) => line.slice(indent.length));
}

/** Type and message of an event; without a trace, a record that says nothing itself says what stands below it. */
function describe(
  assembled: Assembled,
  isUntraced: boolean,
): {
  readonly type: string | null;
  readonly message: string | null;
  readonly head: string | null;
  readonly cause?: string | undefined;
} {
  const { reading } = assembled;
  const first = (reading.message ?? ofObject(reading, isUntraced) ?? reading.text.slice(reading.body)).replace(/^[│┃║]\s*/, '').trim();
  // .NET's console: category and event number, the message on the line below.
  const own = /^[\w.`]+\[\d+\]$/.test(first)
    ? (assembled.lines[1] ?? first).trim()
    : assembled.lines.length > 1 && NAME_ALONE.test(first)
      ? ''
      : first;
  const body = own === '' && isUntraced ? (saidBelow(assembled.lines) ?? own) : own;
  const whole = body.split(/[\r\n]/, 1)[0]!;
  const line = whole.slice(0, MAX_TYPED);
  // What the logging call said beside the exception; the trace's own first line is not that.
  const isTrace = !isUntraced && whole !== body && openTrace(whole) !== undefined;
  const head = reading.level === undefined || body === '' || isTrace || TYPED.test(line) ? null : body;
  const error = reading.error;
  if (error?.type !== undefined) return { type: error.type, message: error.message ?? (body === '' ? null : body), head };
  const typed = TYPED.exec(line) ?? (reading.level === undefined ? null : TYPED.exec(assembled.lines[1]?.slice(0, MAX_TYPED) ?? ''));
  if (typed) {
    const message = typed[2]! + whole.slice(MAX_TYPED);
    return { type: typed[1]!, message, head, cause: isUntraced ? causeBeside(message, rootBelow(assembled.lines)) : undefined };
  }
  const thrown = thrownIn(whole);
  if (thrown !== undefined) return { ...thrown, head };
  const inside = classInside(line);
  if (inside !== null) return { type: inside, message: body, head };
  const caused = error?.message === undefined ? null : TYPED.exec(error.message.slice(0, MAX_TYPED));
  return {
    type: caused?.[1] ?? null,
    message: body === '' ? (error?.message ?? null) : body,
    head,
    cause: causeBeside(
      body,
      error?.message ??
        (isUntraced
          ? ((own === '' ? labelled(assembled.lines) : announced(body, assembled.lines)) ?? rootBelow(assembled.lines))
          : undefined),
    ),
  };
}

/** What an object says that has no message: what its error says. */
const ofObject = ({ whole, error }: Reading, isUntraced: boolean): string | undefined =>
  whole ? (error?.message ?? (isUntraced ? error?.stack?.split('\n', 1)[0] : undefined)) : undefined;

/** The same of an event that was kept by a version which took all of the object for its message. */
export function saidByObject({ text, message }: Pick<ErrorEvent, 'text' | 'message'>): string | null {
  if (message === null || !message.startsWith('{') || message !== text.trim()) return message;
  const reading = readLine(text);
  return reading.message ?? ofObject(reading, true) ?? message;
}

/** The cause of an event that was kept by a version which did not look for it: as far as its own text tells. */
export function causeOf({ text, message }: Pick<ErrorEvent, 'text' | 'message'>): string | undefined {
  const line = clean(text.split('\n', 1)[0]!);
  const said = readLine(line).error ?? readLine(line.slice(Math.max(0, line.indexOf('{')))).error;
  const lines = text.split('\n', MAX_REPORT);
  return causeBeside(message ?? '', said?.message ?? labelled(lines) ?? announced(message ?? '', lines) ?? rootBelow(lines));
}

/** A time, a level and a blank are not shorter. */
const MIN_HEAD = 20;

/** A message that ends with a colon announces the sentence that is set in below it, or stands there behind the same head. */
function announced(message: string, [first = '', below]: readonly string[]): string | undefined {
  if (below === undefined || !/\w:\s*$/.test(message) || !/\w:\s*$/.test(first)) return undefined;
  let end = 0;
  while (end < below.length && below[end] === first[end]) end++;
  const rest = below.slice(end);
  const said = /^\s/.test(rest) || (end >= MIN_HEAD && below[end - 1] === ' ') ? rest.trimStart() : '';
  return /^[A-Za-z][\w.'-]*(?: \S+){3}/.test(said) ? said : undefined;
}

/** A longer one is an answer or a document that was handed on. */
const MAX_CAUSE = 400;

/** Where the message says only what was tried, the field for the error says what went wrong. */
function causeBeside(body: string, said: string | undefined): string | undefined {
  const [line = ''] = (said ?? '').trim().split('\n', 1);
  const cause = line.slice(0, MAX_CAUSE).trim();
  return body === '' || cause === '' || body.includes(cause) ? undefined : cause;
}

/** @returns the first line below a record's own that says something: no ruler does */
export const saidBelow = (lines: readonly string[]): string | undefined =>
  lines
    .slice(1, 5)
    .find((line) => /[\p{L}\d]/u.test(line))
    ?.trim()
    .replace(/^!MESSAGE /, '');

/** The name of a logger, a colon, and nothing behind it: Spring Boot tells below why it did not start. */
const NAME_ALONE = /^[\w$]{1,40}(?:\.[\w$]{1,60}){1,8} *:$/;
const LABEL = /^[A-Z][a-z]+(?: [a-z]+)?:$/;

/** What stands below the first label of a report, `Description:`: where the record says nothing, its title says only that something failed. */
function labelled(lines: readonly string[]): string | undefined {
  const label = lines.slice(0, MAX_REPORT).findIndex((line) => LABEL.test(line));
  return label < 1
    ? undefined
    : lines
        .slice(label + 1, label + 4)
        .find((line) => line.trim() !== '')
        ?.trim();
}
const MAX_REPORT = 16;

const CAUSED = /^Caused by:$/;

/** What stands last in a list of causes below what was tried, as Rust's programs report it: with a number each, or one alone. */
function rootBelow(lines: readonly string[]): string | undefined {
  const at = lines.slice(0, MAX_REPORT).findIndex((line) => CAUSED.test(line));
  if (at < 1) return undefined;
  const below = lines.slice(at + 1, at + MAX_REPORT);
  const end = below.findIndex((line) => !/^\s+\S/.test(line));
  const causes = end < 0 ? below : below.slice(0, end);
  return (causes.findLast((line) => /^\s+\d+: /.test(line)) ?? causes[0])?.trim().replace(/^\d+: /, '');
}

/** As Rails writes what it caught, above its frames or without any: `Shop::Lost (order 17 is lost):`. */
const CAUGHT = /^((?:[A-Z]\w*::)+[A-Z]\w*|[A-Z]\w*(?:Error|Exception)) \((.{1,2000})\):$/;

/** @returns class and message of a line that is nothing but these two */
export function thrownIn(line: string): { readonly type: string; readonly message: string } | undefined {
  const match = CAUGHT.exec(line.slice(0, MAX_TYPED + 300));
  return match === null ? undefined : { type: match[1]!, message: match[2]! };
}

/** @returns the class of what was thrown that a message names: with its package, as Ruby shows it, or between two colons */
export function classInside(message: string): string | null {
  const line = message.split('\n', 1)[0]!.slice(0, MAX_TYPED);
  return (NAMED_INSIDE.exec(line) ?? INSPECTED.exec(line) ?? NAMED_BEHIND.exec(line))?.[1] ?? null;
}
