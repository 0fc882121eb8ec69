// The ordered registry of log dialects. Adding one is a file beside this and a line here.
// A wrapper's inner text is read again by the dialects that may stand inside it.
import { readInner, readTwiceTimed } from './inner.ts';
import { json } from './json.ts';
import { isTrace } from './json-search.ts';
import { atLeast } from './level.ts';
import { clean, type Dialect, plainText, type Reading } from './line-reading.ts';
import { logfmt } from './logfmt.ts';
import { plain } from './plain.ts';
import { remembering } from './remember.ts';
import { isSureOpener, openTrace } from './traces/languages.ts';
import { access, cri, eclipse, erlang, fluentd, fpm, klog, logcat, syslog } from './wrappers.ts';

/** Outermost first: the first dialect that reads a line has it. */
export const dialects: readonly Dialect[] = [json, cri, syslog, fluentd, fpm, logcat, klog, erlang, eclipse, access, logfmt, plain];

const inner: readonly Dialect[] = [json, fpm, logcat, klog, erlang, eclipse, access, logfmt, plain];

/** Reads one line (without its newline and without colour codes). Text without any head gives a bare reading. */
export const readLine = remembering(readWhole);

function readWhole(text: string): Reading {
  for (const dialect of dialects) {
    const reading = dialect.read(text);
    if (!reading) continue;
    if (reading.wrapped) return unwrap(reading);
    return behindHead(text, reading) ?? reading;
  }
  return readInner(text, undefined) ?? plainText(text);
}

/** What the inner text says outranks its wrapper, except that the wrapper's stream stays. */
function unwrap(outer: Reading): Reading {
  const text = clean(outer.text);
  const record = text.includes('\n') && outer.stream.startsWith('json:') ? carriedRecord(outer, text) : undefined;
  if (record) return record;
  const reading = inside(text);
  if (!reading) return { ...(isPiped(outer, text) ? withoutLevel(outer) : outer), text, transport: outer.stream };
  const level = isProgramsOwn(outer) ? outer.level : (reading.level ?? outer.level);
  return {
    ...reading,
    format: outer.format === 'json' ? reading.format : outer.format,
    stream: [outer.stream, reading.stream].filter((part) => part !== '').join('|'),
    transport: outer.stream,
    records: outer.records ? [...(reading.records ?? []), ...outer.records] : reading.records,
    level,
    time: () => reading.time?.() ?? outer.time?.(),
    partial: outer.partial ?? reading.partial,
  };
}

/** A whole record in one field, trace and all: collectors join the lines before they send them. */
function carriedRecord(outer: Reading, text: string): Reading | undefined {
  const [first] = text.split('\n', 1) as [string];
  const head = inside(first);
  const isTold = isTrace(text);
  if (head?.level === undefined && !isTold) return undefined;
  const isQuiet = head?.level !== undefined && !atLeast(head.level, 'warn');
  return {
    ...outer,
    level: head?.level ?? outer.level,
    timed: true,
    stream: '',
    text,
    whole: true,
    wrapped: false,
    message: head ? (head.message ?? head.text.slice(head.body)) : first,
    error: isTold && !isQuiet ? { stack: text } : outer.error,
  };
}

/** Android's programs give each line its level themselves, but for what they only print: what they call no error is none. */
const isProgramsOwn = ({ format, level, stream }: Reading): boolean =>
  format === 'logcat' &&
  level !== undefined &&
  !atLeast(level, 'error') &&
  !/\/(?:System\.(?:out|err)|std(?:out|err)|flutter|ReactNative\w*|Unity|chromium|python)$/i.test(stream);

/** Who hands on the output of a program as syslog gives all of it one level: a trace in it says more. */
function isPiped({ format, level }: Reading, text: string): boolean {
  if (format !== 'syslog' || level === undefined || atLeast(level, 'warn')) return false;
  const trace = openTrace(text);
  return trace !== undefined && isSureOpener(trace, text);
}

const withoutLevel = (reading: Reading): Reading => ({ ...reading, level: undefined });

/** What every line of a trace bears differs, what stands behind it does not. */
const inside = remembering(readInside);

function readInside(text: string): Reading | undefined {
  for (const dialect of inner) {
    const reading = dialect.read(text);
    if (reading) return behindHead(text, reading) ?? reading;
  }
  return readInner(text, undefined);
}

/** A record behind the head of a stream, where `reading` has its level or none, but not its time. */
function behindHead(text: string, reading: Reading): Reading | undefined {
  if (reading.whole) return undefined;
  if (reading.timed && reading.level !== undefined) return readTwiceTimed(text, reading);
  const inner = readInner(text, reading);
  if (reading.level === undefined) return inner;
  // An object that is all the rest says more than the words before it; of which level they are, they say themselves.
  if (inner?.whole && atLeast(reading.level, 'error')) return { ...inner, level: reading.level };
  return inner?.timed && inner.head !== undefined && inner.head < reading.body ? inner : undefined;
}
