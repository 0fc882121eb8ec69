// The families of JSON logs: how each is recognised and which keys hold time, level, message and error.
// Order matters: the first family that recognises a record reads it; the last one takes what is left.
import { levelOfName, levelOfNumber, levelOfOtel, levelOfSyslog } from '../level.ts';
import type { Level } from '../model.ts';
import type { StructuredError } from './reading.ts';
import { epochTime, isoTime } from './time.ts';

/** Access to a parsed record by key or dotted path. */
export interface Fields {
  get(path: string): unknown;
  /** The first of `paths` that is a string. */
  text(...paths: string[]): string | undefined;
  has(path: string): boolean;
}

export interface Family {
  readonly name: string;
  is(fields: Fields): boolean;
  time(fields: Fields): string | undefined;
  level(fields: Fields): Level | undefined;
  message(fields: Fields): string | undefined;
  error(fields: Fields): StructuredError | undefined;
}

const TIME_KEYS = [
  '@timestamp',
  'timestamp',
  'time',
  'ts',
  '@t',
  'asctime',
  'date',
  'datetime',
  'eventTime',
  'timeMillis',
  't',
  'record.time.repr',
];
const LEVEL_KEYS = [
  'level',
  'severity',
  'levelname',
  'log.level',
  'lvl',
  '@l',
  'loglevel',
  'log_level',
  'severity_text',
  'severityText',
  'Level',
  'LEVEL',
  'level.name',
  'record.level.name',
  's',
];
const MESSAGE_KEYS = [
  'message',
  'msg',
  'event',
  'short_message',
  '@m',
  '@mt',
  'body.stringValue',
  'body',
  'MESSAGE',
  'text',
  'Message',
  'log',
  'textPayload',
  'jsonPayload.message',
];
const STACK_KEYS = [
  'err.stack',
  'error.stack_trace',
  'error.stack',
  'error.stackTrace',
  'stack',
  'stack_trace',
  'stacktrace',
  'stackTrace',
  'exc_info',
  'exception',
  'exc_text',
  '@x',
  'exception.stacktrace',
  'exception.stack',
  'thrown.extendedStackTrace',
  'errorVerbose',
  'full_message',
  'Exception',
  'record.exception.traceback',
  'trace',
  'traceback',
  'backtrace',
  'error',
];
const TYPE_KEYS = [
  'err.type',
  'err.name',
  'error.type',
  'error.name',
  'error.kind',
  'error.class',
  'exception.type',
  'exception.class',
  'exception.0.exc_type',
  'thrown.name',
  'exc_type',
  'error_type',
  'type',
  'exception_class',
  'name',
];
const ERROR_MESSAGE_KEYS = [
  'err.message',
  'error.message',
  'exception.message',
  'exception.0.exc_value',
  'thrown.message',
  'error',
  'err',
  'exception',
  'record.exception.value',
];

const isTrace = (text: string): boolean => /\n/.test(text) || /^Traceback /.test(text) || /\s+at .+[(:]/.test(text);
const looksLikeType = (text: string): boolean => /^[A-Za-z_$][\w$.:\\]*$/.test(text);

const time = (fields: Fields): string | undefined => {
  for (const key of TIME_KEYS) {
    const value = fields.get(key);
    const read = typeof value === 'number' ? epochTime(value) : typeof value === 'string' ? isoTime(value) : undefined;
    if (read !== undefined) return read;
  }
  return undefined;
};

const level = (fields: Fields): Level | undefined => {
  for (const key of LEVEL_KEYS) {
    const value = fields.get(key);
    if (typeof value === 'string') {
      const named = levelOfName(/^[A-Za-z]*/.exec(value.replace(/\x1b\[[\d;]*m/g, '').trim())![0]);
      if (named) return named;
      if (/^\d+$/.test(value)) return numeric(fields, Number(value));
    }
    if (typeof value === 'number') return numeric(fields, value);
  }
  const python = fields.get('levelno') ?? fields.get('record.level.no');
  return typeof python === 'number' ? levelOfNumber(python, true) : undefined;
};

/** A bare number: 0–7 is syslog's, tens are pino's and bunyan's. */
const numeric = (fields: Fields, value: number): Level => {
  if (value < 8) return levelOfSyslog(value);
  return levelOfNumber(value, fields.has('levelname') || fields.has('levelno'));
};

const message = (fields: Fields): string | undefined => fields.text(...MESSAGE_KEYS);

const error = (fields: Fields): StructuredError | undefined => {
  const stacks = STACK_KEYS.map((key) => fields.get(key));
  const stack = stacks.map(asStack).find((text) => text !== undefined && isTrace(text)) ?? inMessage(fields);
  const type = TYPE_KEYS.filter((key) => key.includes('.') || hasError(fields))
    .map((key) => fields.text(key))
    .find((text) => text !== undefined && looksLikeType(text));
  const text = ERROR_MESSAGE_KEYS.map((key) => fields.text(key)).find((value) => value !== undefined && !isTrace(value));
  if (stack === undefined && type === undefined && text === undefined) return undefined;
  return {
    ...(type === undefined ? {} : { type }),
    ...(text === undefined ? {} : { message: text }),
    ...(stack === undefined ? {} : { stack }),
  };
};

/** Top-level `type` and `name` mean an error's class only beside a stack (old pino); else `name` is the logger's. */
const hasError = (fields: Fields): boolean => typeof fields.get('stack') === 'string' && fields.text('type') !== undefined;

const inMessage = (fields: Fields): string | undefined => {
  const text = message(fields);
  return text !== undefined && isTrace(text) && /Traceback \(most|(?:Error|Exception|Throwable)\b|panic|goroutine \d/.test(text)
    ? text
    : undefined;
};

/** A stack as text, as lines, or as structlog's, zerolog's and log4j2's lists of frames. */
function asStack(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return value.map(asFrameLine).join('\n');
}

function asFrameLine(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  const read = (...keys: string[]): string | undefined => {
    for (const key of keys) {
      const found: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
      if (typeof found === 'string' || typeof found === 'number') return String(found);
    }
    return undefined;
  };
  const frames: unknown = Object.getOwnPropertyDescriptor(value, 'frames')?.value;
  if (Array.isArray(frames)) {
    return [
      'Traceback (most recent call last):',
      ...frames.map(asFrameLine),
      `${read('exc_type') ?? 'Exception'}: ${read('exc_value') ?? ''}`,
    ].join('\n');
  }
  if (read('filename') !== undefined && read('lineno') !== undefined)
    return `  File "${read('filename')}", line ${read('lineno')}, in ${read('name')}`;
  if (read('class') !== undefined)
    return `\tat ${read('class')}.${read('method')}(${read('file') ?? 'Unknown Source'}:${read('line') ?? '1'})`;
  if (read('source') !== undefined && read('line') !== undefined) return `${read('func')}()\n\t${read('source')}:${read('line')}`;
  return '';
}

const family = (name: string, is: (fields: Fields) => boolean, own: Partial<Family> = {}): Family => ({
  name,
  is,
  time,
  level,
  message,
  error,
  ...own,
});
const isNumber = (value: unknown): boolean => typeof value === 'number';
const byName =
  (key: string) =>
  (fields: Fields): Level | undefined => {
    const value = fields.text(key);
    return value === undefined ? undefined : levelOfName(/^[A-Za-z]*/.exec(value.trim())![0]);
  };

/** Every family, in the order of recognition. */
export const families: readonly Family[] = [
  family('ecs', (f) => f.has('@timestamp') && f.has('log.level'), { level: byName('log.level') }),
  family('otlp', (f) => f.has('severityNumber') || f.has('severity_number'), {
    time: (f) => epochTime(Number(f.get('timeUnixNano') ?? f.get('observedTimeUnixNano') ?? 0)) ?? time(f),
    level: (f) => levelOfOtel(Number(f.get('severityNumber') ?? f.get('severity_number'))),
    error: (f) => attributes(f) ?? error(f),
  }),
  family('bunyan', (f) => f.get('v') === 0 && isNumber(f.get('level')) && f.has('msg')),
  family('pino', (f) => isNumber(f.get('level')) && f.has('time') && !f.has('short_message')),
  family('gelf', (f) => f.has('short_message') && f.has('version'), {
    level: (f) => (isNumber(f.get('level')) ? levelOfSyslog(Number(f.get('level'))) : level(f)),
  }),
  family('journald', (f) => f.has('PRIORITY') && f.has('MESSAGE'), {
    time: (f) => epochTime(Number(f.get('__REALTIME_TIMESTAMP') ?? 0)),
    level: (f) => levelOfSyslog(Number(f.get('PRIORITY'))),
    message: (f) => f.text('MESSAGE') ?? bytes(f.get('MESSAGE')),
  }),
  family('clef', (f) => f.has('@t') && (f.has('@m') || f.has('@mt')), { level: (f) => byName('@l')(f) ?? 'info' }),
  family('log4j2', (f) => f.has('instant.epochSecond') || f.has('thrown.name'), {
    time: (f) => epochTime(Number(f.get('instant.epochSecond') ?? 0)) ?? time(f),
  }),
  family('logstash-logback', (f) => f.has('level_value') || (f.has('logger_name') && f.has('@timestamp'))),
  family('python-json-logger', (f) => f.has('levelname') || f.has('asctime') || f.has('exc_info')),
  family('loguru', (f) => f.has('record.level.no')),
  family('structlog', (f) => f.has('event') && f.has('level')),
  family('zap', (f) => f.has('ts') && f.has('msg')),
  family('slog', (f) => f.has('time') && f.has('msg') && /^[A-Z]+(?:[+-]\d+)?$/.test(f.text('level') ?? '')),
  family('logrus', (f) => f.has('time') && f.has('msg') && f.has('level')),
  family('zerolog', (f) => f.has('level') && f.has('time') && f.has('message')),
  family('gcp', (f) => f.has('severity')),
  family('winston', (f) => f.has('level') && f.has('message')),
  family('json', () => true),
];

function bytes(value: unknown): string | undefined {
  return Array.isArray(value) && value.every((byte) => typeof byte === 'number') ? Buffer.from(value).toString('utf8') : undefined;
}

function attributes(fields: Fields): StructuredError | undefined {
  const list = fields.get('attributes');
  if (!Array.isArray(list)) return undefined;
  const read = (name: string): string | undefined => {
    const found = list.find(
      (item: unknown) => typeof item === 'object' && item !== null && Object.getOwnPropertyDescriptor(item, 'key')?.value === name,
    );
    const value: unknown = typeof found === 'object' && found !== null ? Object.getOwnPropertyDescriptor(found, 'value')?.value : undefined;
    const text: unknown =
      typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, 'stringValue')?.value : undefined;
    return typeof text === 'string' ? text : undefined;
  };
  const [type, text, stack] = [read('exception.type'), read('exception.message'), read('exception.stacktrace')];
  if (type === undefined && text === undefined && stack === undefined) return undefined;
  return {
    ...(type === undefined ? {} : { type }),
    ...(text === undefined ? {} : { message: text }),
    ...(stack === undefined ? {} : { stack }),
  };
}
