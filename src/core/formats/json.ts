// One JSON object per line. The families differ in the names of their keys; `json-families.ts` holds the table.
// A record that carries a whole error is an event by itself; an object that only wraps one raw line of text
// (docker's json-file, fluentd) is unwrapped and joined per stream.
import { type Family, families } from './json-families.ts';
import { capped, type Fields } from './json-fields.ts';
import type { Dialect, Reading, StructuredError } from './line-reading.ts';

/** Reads `{…}`; a prefix before the object is not ours. */
export const json: Dialect = {
  name: 'json',
  read(text) {
    const start = text.charCodeAt(0) === 123 ? 0 : text.search(/\S/);
    if (start < 0 || text.charCodeAt(start) !== 123) return undefined;
    const value = parse(text);
    if (value === undefined) return undefined;
    const fields = lookup(mostSevere(value) ?? value);
    return unwrapped(value, fields, text) ?? structured(text, fields);
  },
};

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
  const time = families[0]!.time(fields);
  return {
    format: docker ? 'docker' : 'json',
    ...(time === undefined ? {} : { time }),
    timed: false,
    stream: `json:${stream}`,
    text: inner.replace(/\r?\n$/, ''),
    body: 0,
    whole: false,
    wrapped: true,
    ...(docker && !inner.endsWith('\n') && text.length > 8000 ? { partial: true } : {}),
  };
}

function structured(text: string, fields: Fields): Reading {
  const family: Family = families.find((candidate) => candidate.is(fields)) ?? families.at(-1)!;
  const time = family.time(fields);
  const level = family.level(fields);
  const message = family.message(fields);
  const error: StructuredError | undefined = family.error(fields);
  return {
    format: family.name,
    ...(time === undefined ? {} : { time }),
    ...(level === undefined ? {} : { level }),
    timed: true,
    stream: '',
    text,
    body: 0,
    whole: true,
    wrapped: false,
    ...(message === undefined ? {} : { message }),
    ...(error === undefined ? {} : { error }),
  };
}
