// One JSON object per line. The families differ in the names of their keys; `json-families.ts` holds the table.
// A record that carries a whole error is an event by itself; an object that only wraps one raw line of text
// (docker's json-file, fluentd) is unwrapped and joined per stream.
import { type Family, families, pipeOf } from './json-families.ts';
import { capped, type Fields } from './json-fields.ts';
import { deepError } from './json-search.ts';
import { atLeast, levelOfSyslog } from './level.ts';
import { type Dialect, type Reading, type StructuredError, UNREAD } from './line-reading.ts';
import { carriedLine, isShipped, writerOf } from './shipped.ts';
import { openTrace, resumeTrace } from './traces/languages.ts';

/** Reads `{…}`; a prefix before the object is not ours. */
export const json: Dialect = {
  name: 'json',
  read(text) {
    const start = text.charCodeAt(0) === 123 ? 0 : text.search(/\S/);
    if (start < 0 || text.charCodeAt(start) !== 123) return undefined;
    return readJson(text);
  },
};

/** @returns what an object says that is all of `text` */
export function readJson(text: string): Reading | undefined {
  const value = parse(text);
  return value === undefined ? undefined : readRecord(value, text);
}

/** @param text as the record was written */
export function readRecord(value: object, text: string): Reading {
  const root = mostSevere(value) ?? value;
  const fields = lookup(root);
  const reading = unwrapped(value, fields, text) ?? piped(fields) ?? shipped(fields) ?? lineOfTrace(fields, structured(text, fields));
  return { ...reading, records: [value] };
}

/**
 * A line that came by a pipe, with a level that only says by which: what journald keeps of a unit's output, and GKE's
 * agent of a container's. What it says is in the text.
 */
function piped(fields: Fields): Reading | undefined {
  const pipe = pipeOf(fields);
  const message = pipe === undefined ? undefined : (fields.text('MESSAGE', 'textPayload', 'short_message') ?? '').replace(/\r?\n$/, '');
  if (message === undefined || message.includes('\n')) return undefined;
  const family = families.find((candidate) => candidate.is(fields))!;
  // A program may write the level before the line, as for syslog.
  const level = /^<([0-7])>/.exec(message)?.[1];
  return {
    ...UNREAD,
    format: family.name,
    time: () => family.time(fields),
    level: level === undefined ? undefined : levelOfSyslog(Number(level)),
    stream: `json:${pipe}`,
    text: level === undefined ? message : message.slice(3),
    wrapped: true,
  };
}

/** Which of the fields of a record tell who wrote it; times, numbers and texts do not. */
const WRITER = /^(?!.*(?:time|date|sequence|message|msg|text|event|body)$)[\w.@-]+$/i;
const MAX_WRITER = 64;

/**
 * A record without a level that holds nothing but one line of what a program printed, or a line of a trace: who carried the line
 * made a record of it.
 */
function lineOfTrace({ root = {} }: Fields, reading: Reading): Reading {
  const { message, time, format } = reading;
  if (reading.level !== undefined || message === undefined || message.includes('\n') || reading.error?.stack?.includes('\n'))
    return reading;
  const isLine = /^\s+\S|^$/.test(message) || openTrace(message) !== undefined || resumeTrace(message) !== undefined;
  if (!isLine && reading.error !== undefined) return reading;
  const writer = Object.entries(root).flatMap(([key, value]) =>
    typeof value === 'string' && value.length <= MAX_WRITER && WRITER.test(key) && value !== message ? [value] : [],
  );
  return {
    ...UNREAD,
    format,
    time,
    stream: `json:${writer.join('/')}`,
    text: message.replace(/\r?\n$/, ''),
    wrapped: true,
  };
}

/** An OTLP export holds many records in one line: the most severe of them stands for the line. */
function mostSevere(value: object): object | undefined {
  const list = (of: unknown, key: string): readonly unknown[] => {
    const found = own(of, key);
    return Array.isArray(found) ? found : [];
  };
  const records = list(value, 'resourceLogs').flatMap((resource) =>
    [...list(resource, 'scopeLogs'), ...list(resource, 'instrumentationLibraryLogs')].flatMap((scope) => list(scope, 'logRecords')),
  );
  const severity = (record: unknown): number => Number(own(record, 'severityNumber') ?? 0);
  const worst = records.reduce((best, record) => (severity(record) > severity(best) ? record : best), records[0]);
  return typeof worst === 'object' && worst !== null ? worst : undefined;
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    // Not JSON after all: another dialect, or a line that was cut.
    return undefined;
  }
}

/** Finds `a.b` as a dotted key or as nested objects. */
function lookup(root: object): Fields {
  const get = (path: string): unknown => {
    const flat = own(root, path);
    if (flat !== undefined) return flat;
    // Attributes have names with dots in them.
    const attribute = /^([Aa]ttributes)\.(.+)$/.exec(path);
    if (attribute) return own(own(root, attribute[1]!), attribute[2]!);
    let at: unknown = root;
    for (const key of path.split('.')) at = own(at, key);
    return at;
  };
  return {
    root,
    get,
    text: (...paths) => {
      for (const path of paths) {
        const value = get(path);
        if (typeof value === 'string') return capped(value);
      }
      return undefined;
    },
    has: (path) => get(path) !== undefined,
  };
}

function own(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined;
}

/** docker's `{"log","stream","time"}` and objects that hold nothing but a line of text and where it came from. */
function unwrapped(value: object, fields: Fields, text: string): Reading | undefined {
  const keys = Object.keys(value);
  const docker = typeof own(value, 'log') === 'string';
  if (!docker && keys.includes('log')) return undefined;
  const known =
    /^(?:log|message|msg|stream|time|timestamp|@timestamp|date|source|container(?:_?[a-z]+)*|tag|attrs|kubernetes|filename|file|host(?:name)?)$/i;
  if (keys.length > 8 || !keys.every((key) => known.test(key))) return undefined;
  const inner = fields.text('log', 'message', 'msg');
  if (inner === undefined || (!docker && keys.length > 4)) return undefined;
  const stream = [fields.text('stream'), fields.text('container_id', 'container_name', 'tag', 'source')]
    .filter((part) => part !== undefined)
    .join('/');
  return {
    ...UNREAD,
    format: docker ? 'docker' : 'json',
    time: () => families[0]!.time(fields),
    stream: `json:${stream}`,
    text: inner.replace(/\r?\n$/, ''),
    wrapped: true,
    partial: docker && !inner.endsWith('\n') && text.length > 8000 ? true : undefined,
  };
}

/** A line in the document of a collector. */
function shipped(fields: Fields): Reading | undefined {
  if (!isShipped(fields.get)) return undefined;
  const line = carriedLine(fields.get);
  if (line === undefined) return undefined;
  const labels = fields.get('labels');
  return {
    ...UNREAD,
    format: 'json',
    time: () => families[0]!.time(fields),
    stream: `json:${writerOf(fields.get)}${typeof labels === 'object' ? ` ${JSON.stringify(labels)}` : ''}`,
    text: capped(line.replace(/\r?\n$/, '')),
    wrapped: true,
  };
}

function structured(text: string, fields: Fields): Reading {
  const family: Family = families.find((candidate) => candidate.is(fields)) ?? families.at(-1)!;
  const level = family.level(fields);
  const message = family.message(fields);
  const known: StructuredError | undefined = family.error(fields);
  const isQuiet = level !== undefined && !atLeast(level, 'warn');
  const error = known?.stack === undefined && !isQuiet ? { ...known, ...deepError(fields.root, known) } : known;
  return {
    ...UNREAD,
    format: family.name,
    time: () => family.time(fields),
    level,
    timed: true,
    text,
    whole: true,
    message,
    error: error === undefined || Object.keys(error).length === 0 ? undefined : error,
  };
}
