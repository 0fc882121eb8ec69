// logfmt: `time=… level=error msg="…" error="…"` as logrus, slog, go-kit and Grafana's programs write it.
import { deepError } from './json-search.ts';
import { levelOfName } from './level.ts';
import { type Dialect, UNREAD } from './line-reading.ts';
import { epochTime, isoTime } from './time.ts';

const PAIR = /([\w.@-]+)=(?:"((?:[^"\\]|\\.)*)"|(\S*))(?:\s+|$)/y;

/** It says its time first: a record, whatever its level. */
const TIMED = /^(?:ts|time|t|timestamp)="?\d{4}-\d\d-\d\d[T ]/;

/** A line is logfmt when it begins with pairs and one of them is a level, or the first its time. Prefixes such as a bare word are not. */
export const logfmt: Dialect = {
  name: 'logfmt',
  read(text) {
    if (!/^[\w.@-]+=\S/.test(text) || !(TIMED.test(text) || /(?:^|\s)(?:level|lvl|severity|at)=/i.test(text))) return undefined;
    const pairs = readPairs(text);
    const name = pairs.get('level') ?? pairs.get('lvl') ?? pairs.get('severity') ?? pairs.get('at');
    const level = name === undefined ? undefined : levelOfName(/^[A-Za-z]*/.exec(name)![0]);
    if (!level && !TIMED.test(text)) return undefined;
    const stamp = pairs.get('time') ?? pairs.get('ts') ?? pairs.get('t') ?? pairs.get('timestamp');
    const message = pairs.get('msg') ?? pairs.get('message') ?? pairs.get('event');
    const record: object = Object.fromEntries(pairs);
    const stack = pairs.get('stacktrace') ?? pairs.get('stack') ?? pairs.get('exception') ?? deepError(record, undefined).stack;
    const cause = pairs.get('error') ?? pairs.get('err');
    const error = { ...(cause === undefined ? {} : { message: cause }), ...(stack === undefined ? {} : { stack }) };
    return {
      ...UNREAD,
      format: 'logfmt',
      time: stamp === undefined ? undefined : () => timeOf(stamp),
      level,
      timed: true,
      text,
      records: [record],
      message,
      error: Object.keys(error).length === 0 ? undefined : error,
    };
  },
};

const timeOf = (stamp: string): string | undefined => (/^\d+(\.\d+)?$/.test(stamp) ? epochTime(Number(stamp)) : isoTime(stamp));

function readPairs(text: string): Map<string, string> {
  const pairs = new Map<string, string>();
  let at = 0;
  while (at < text.length && pairs.size < 100) {
    PAIR.lastIndex = at;
    const m = PAIR.exec(text);
    if (m) {
      if (!pairs.has(m[1]!)) pairs.set(m[1]!, m[2] === undefined ? m[3]! : unescaped(m[2]));
      at = PAIR.lastIndex;
    } else {
      const space = text.indexOf(' ', at);
      at = space === -1 ? text.length : space + 1;
    }
  }
  return pairs;
}

const unescaped = (text: string): string => text.replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c === 't' ? '\t' : c));
