// What begins behind a head: a record (an object, time and level, a level in a column, logfmt) or a trace. The head is
// what stands before it, whoever wrote it; nothing is known here of any transport.
import { type HeadEnd, headEnds, headOf } from './heads.ts';
import { json } from './json.ts';
import { type Dialect, plainText, type Reading } from './line-reading.ts';
import { logfmt } from './logfmt.ts';
import { plain } from './plain.ts';
import { hasStamp, isEpoch, levelBefore, readStamp, stampInRow } from './stamp.ts';
import { isoTime } from './time.ts';
import { isSureOpener, isWholeLine, mayOpen, openTrace } from './traces/languages.ts';
import { access, erlang, klog } from './wrappers.ts';

/** Without one of these nothing begins behind a head, and the line is spared the search. */
const HINT = /\{"|\{ "|\d[-:/.]\d|[A-Z]{4,}|\b(?:level|lvl|severity)=|\w[:|] ?\[?(?:[a-z]{4,}|[A-Z]+)\b|[|\]>] +[a-z]{3,9}:/;

/** A time, and a level before it, is not longer. */
const MAX_STAMP = 48;
/** What says its time and level in a line of text. */
const RECORDS: readonly Dialect[] = [klog, erlang, access, logfmt, plain];

/**
 * @param outer what the line is without a search: text, or a time without a level
 * @returns the line as the record or trace behind its head, `undefined` where none begins there
 */
export function readInner(text: string, outer: Reading | undefined): Reading | undefined {
  const opens = mayOpen(text);
  if (!opens && !HINT.test(text)) return undefined;
  const trace = opens ? openTrace(text) : undefined;
  if (trace && isWholeLine(trace)) return undefined;
  const own = opens && outer && outer.level === undefined ? openTrace(text.slice(outer.body)) : undefined;
  if (own && isWholeLine(own)) return undefined;
  for (const end of headEnds(text)) {
    const reading = recordAt(text, end) ?? (opens ? traceAt(text, end, outer) : undefined);
    if (reading) return reading;
  }
  return undefined;
}

/** A record behind the head that ends there: it says its own time and level. */
function recordAt(text: string, { at, isStrong }: HeadEnd): Reading | undefined {
  const rest = text.slice(at);
  // Behind a word it is the title of what stands below: `stack trace:`.
  if (/^trace:\s*$/.test(rest)) return undefined;
  if (isEpoch(rest) && hasStamp(text)) return undefined;
  // A letter behind a word is an article, a name, or says as in `stdout F ` whether the line is whole.
  if (/^[A-Z] /.test(rest) && /[a-z.] $/.test(text.slice(0, at))) return undefined;
  // Set in so far, it is a field of an object.
  if (/^[a-z]\w*: /.test(rest) && /\s{3}$/.test(text.slice(0, at))) return undefined;
  const inner = rest.startsWith('{') ? objectIn(rest) : isStrong || mayBeTimed(rest) ? readRecord(rest) : undefined;
  if (inner?.level === undefined || !(inner.timed || isStrong)) return undefined;
  return placed(text, at, (inner.timed && !inner.whole ? readTwiceTimed(rest, inner) : undefined) ?? inner);
}

/**
 * A record that says its own time behind the clock of whoever carried it.
 * @param outer the same line, as if the first clock were its own
 */
export function readTwiceTimed(text: string, outer: Reading): Reading | undefined {
  const first = readStamp(text)?.end;
  if (first === undefined || !/\d:\d\d/.test(text.slice(first, outer.body + MAX_STAMP))) return undefined;
  for (const { at } of headEnds(text)) {
    if (at < first || !hasStamp(text.slice(at, at + MAX_STAMP))) continue;
    // Behind a level stands what was said.
    if (at >= outer.body || plain.read(`${text.slice(0, at)}x`)?.level !== undefined) return undefined;
    // A level right behind a clock is of that clock: so most loggers write it, and a message may begin with a time.
    if (text.slice(first, at).trim() === '' && levelBefore(text.slice(at)) !== undefined) return undefined;
    const inner = readRecord(text.slice(at));
    if (inner?.timed && inner.level !== undefined) return placed(text, at, inner);
  }
  return undefined;
}

/** False where none of the records says a time: most places behind words are none of a record, and are spared the readers. */
const mayBeTimed = (rest: string): boolean =>
  /^(?:=|[IWEF]\d|[\w.@-]+=\S)/.test(rest) || rest.includes('] "') || hasStamp(rest) || stampInRow(rest) !== undefined;

function readRecord(rest: string): Reading | undefined {
  for (const dialect of RECORDS) {
    const reading = dialect.read(rest);
    if (reading) return reading;
  }
  return undefined;
}

function objectIn(rest: string): Reading | undefined {
  if (!/\}\s*$/.test(rest)) return undefined;
  const inner = json.read(rest);
  return inner?.whole ? inner : undefined;
}

/** An opener that people also write in prose needs a head that cannot be prose. */
function traceAt(text: string, { at, isStrong, isWord }: HeadEnd, outer: Reading | undefined): Reading | undefined {
  const rest = text.slice(at);
  if (outer && at <= outer.body) return undefined;
  if (!/^[\w"#*=+({<[/\\.@$╭]/.test(rest) || !mayOpen(rest)) return undefined;
  // `Unhandled Error` is all words: the last of them is not what was thrown.
  if (/^[\w$.]+$/.test(rest) && /[A-Za-z]\s+$/.test(text.slice(0, at))) return undefined;
  const trace = openTrace(rest);
  if (!trace || !(isStrong || ((isSureOpener(trace, rest) || isPlace(rest)) && !isWord))) return undefined;
  return placed(text, at, { ...(outer ?? plainText(text)), body: 0 });
}

/** What Node prints above an uncaught error: a file and a line, and nothing else; and other lines that are nothing but a lead. */
const isPlace = (rest: string): boolean => /^(?:={18,}|Backtrace:)$|^(?:file:\/\/|node:|[\\/]|[A-Za-z]:[\\/])\S+:\d+$/.test(rest);

/** `inner` was read of what begins at `at`; it becomes the reading of the line, of the stream that its head names. */
function placed(text: string, at: number, inner: Reading): Reading {
  const head = at + (inner.head ?? 0);
  const { key, clock } = headOf(text.slice(0, head));
  return {
    ...inner,
    text,
    head,
    body: at + inner.body,
    stream: /[^\u0001\s]/.test(key) ? key : '',
    timed: inner.timed || clock !== undefined,
    time: clock === undefined ? inner.time : () => inner.time?.() ?? isoTime(clock),
    isLed: undefined,
    records: undefined,
  };
}
