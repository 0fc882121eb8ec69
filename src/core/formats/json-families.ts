// The families of JSON logs: how each is recognised and which keys hold time, level, message and error.
// Order matters: the first family that recognises a record reads it; the last one takes what is left.

import type { Level } from '../model.ts';
import { asStack, error, type Fields, level, message, time } from './json-fields.ts';
import { levelOfName, levelOfOtel, levelOfSyslog } from './level.ts';
import type { StructuredError } from './line-reading.ts';
import { epochTime, isoTime } from './time.ts';

export interface Family {
  readonly name: string;
  is(fields: Fields): boolean;
  time(fields: Fields): string | undefined;
  level(fields: Fields): Level | undefined;
  message(fields: Fields): string | undefined;
  error(fields: Fields): StructuredError | undefined;
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

/**
 * Which pipe a line came by where its level is only the pipe's: journald gives every line of a unit's output the same one,
 * docker's driver for it one for each pipe, and so does GKE's agent.
 */
export function pipeOf(fields: Fields): string | undefined {
  const container = fields.get('CONTAINER_NAME') ?? fields.get('CONTAINER_ID');
  const isJournal = fields.get('_TRANSPORT') === 'stdout' || container !== undefined;
  if (isJournal && fields.has('PRIORITY'))
    return [fields.get('_SYSTEMD_UNIT') ?? container ?? fields.get('SYSLOG_IDENTIFIER'), fields.get('_PID') ?? fields.get('PRIORITY')].join(
      '/',
    );
  const ofDocker = fields.get('_container_id') ?? fields.get('_container_name');
  if (ofDocker !== undefined && fields.has('short_message') && !fields.has('full_message')) return String(ofDocker);
  const log = fields.get('logName');
  return fields.has('textPayload') && typeof log === 'string' && /(?:\/|%2F)std(?:out|err)$/.test(log) ? log : undefined;
}

/** 1–24; anything else is no severity. */
function otelLevel(fields: Fields): Level | undefined {
  const value = String(fields.get('severityNumber') ?? fields.get('severity_number'));
  return /^(?:[1-9]|1\d|2[0-4])$/.test(value) ? levelOfOtel(Number(value)) : undefined;
}

/** Every family, in the order of recognition. */
export const families: readonly Family[] = [
  family('ecs', (f) => f.has('@timestamp') && f.has('log.level'), { level: byName('log.level') }),
  family('otlp', (f) => f.has('severityNumber') || f.has('severity_number'), {
    time: (f) => epochTime(Number(f.get('timeUnixNano') ?? f.get('observedTimeUnixNano') ?? 0)) ?? time(f),
    level: otelLevel,
    error: (f) => attributes(f) ?? error(f),
  }),
  family('bunyan', (f) => f.get('v') === 0 && isNumber(f.get('level')) && f.has('msg')),
  // Nextcloud counts from 0, debug, to 4.
  family('nextcloud', (f) => isNumber(f.get('level')) && f.has('reqId') && f.has('app') && f.has('remoteAddr'), {
    level: (f) => (['debug', 'info', 'warn', 'error', 'fatal'] as const)[Number(f.get('level'))],
    error: (f) => nextcloud(f) ?? error(f),
  }),
  family('pino', (f) => isNumber(f.get('level')) && f.has('time') && !f.has('short_message')),
  family('gelf', (f) => f.has('short_message') && f.has('version'), {
    level: (f) => (pipeOf(f) !== undefined ? undefined : isNumber(f.get('level')) ? levelOfSyslog(Number(f.get('level'))) : level(f)),
  }),
  family('journald', (f) => f.has('PRIORITY') && f.has('MESSAGE'), {
    time: (f) => epochTime(Number(f.get('__REALTIME_TIMESTAMP') ?? 0)),
    level: (f) =>
      pipeOf(f) === undefined && /^[0-7]$/.test(String(f.get('PRIORITY'))) ? levelOfSyslog(Number(f.get('PRIORITY'))) : undefined,
    message: (f) => f.text('MESSAGE') ?? bytes(f.get('MESSAGE')),
  }),
  family('clef', (f) => f.has('@t') && (f.has('@m') || f.has('@mt')), { level: (f) => byName('@l')(f) ?? 'info' }),
  family('log4j2', (f) => f.has('instant.epochSecond') || f.has('thrown.name'), {
    time: (f) => epochTime(Number(f.get('instant.epochSecond') ?? 0) + Number(f.get('instant.nanoOfSecond') ?? 0) / 1e9) ?? time(f),
    error: (f) => thrown(f, 'thrown', 'name', 'extendedStackTrace', 'cause') ?? error(f),
  }),
  family('logback', (f) => f.has('throwable.className'), {
    error: (f) => thrown(f, 'throwable', 'className', 'stepArray', 'cause') ?? error(f),
  }),
  family('jboss', (f) => f.has('loggerName') && f.has('exception.exceptionType'), {
    error: (f) => thrown(f, 'exception', 'exceptionType', 'frames', 'causedBy.exception'),
  }),
  family('logstash-logback', (f) => f.has('level_value') || (f.has('logger_name') && f.has('@timestamp'))),
  family('python-json-logger', (f) => f.has('levelname') || f.has('asctime') || f.has('exc_info')),
  family('loguru', (f) => f.has('record.level.no'), { message: (f) => f.text('record.message') ?? message(f) }),
  family('log4js', (f) => f.has('categoryName') && Array.isArray(f.get('data')), {
    time: (f) => isoTime(f.text('startTime') ?? '') ?? time(f),
    level: (f) => byName('level.levelStr')(f) ?? level(f),
    message: (f) => f.text('data.0') ?? message(f),
  }),
  family('structlog', (f) => f.has('event') && f.has('level')),
  family('zap', (f) => f.has('ts') && f.has('msg')),
  family('slog', (f) => f.has('time') && f.has('msg') && /^[A-Z]+(?:[+-]\d+)?$/.test(f.text('level') ?? '')),
  family('logrus', (f) => f.has('time') && f.has('msg') && f.has('level')),
  family('zerolog', (f) => f.has('level') && f.has('time') && f.has('message')),
  family('gcp', (f) => f.has('severity'), { level: (f) => (pipeOf(f) === undefined ? level(f) : undefined) }),
  // Its numbers are neither pino's nor syslog's: the name decides.
  family('monolog', (f) => f.has('level_name') && f.has('channel'), {
    level: byName('level_name'),
    error: (f) => monolog(f) ?? error(f),
  }),
  family('winston', (f) => f.has('level') && f.has('message')),
  family('json', () => true),
];

function bytes(value: unknown): string | undefined {
  return Array.isArray(value) && value.every((byte) => typeof byte === 'number')
    ? Buffer.from(value).toString('utf8').replace(/\0+$/, '')
    : undefined;
}

/** An exception as an object with its causes inside (log4j2, JBoss), written as Java prints them. */
function thrown(fields: Fields, root: string, name: string, frames: string, cause: string): StructuredError | undefined {
  const lines: string[] = [];
  let path = root;
  for (let depth = 0; depth < 20 && fields.text(`${path}.${name}`) !== undefined; depth++) {
    const text = fields.text(`${path}.message`);
    lines.push(`${depth > 0 ? 'Caused by: ' : ''}${fields.text(`${path}.${name}`)}${text === undefined ? '' : `: ${text}`}`);
    const stack = asStack(fields.get(`${path}.${frames}`));
    if (stack !== undefined) lines.push(stack);
    path += `.${cause}`;
  }
  const [type, text] = [fields.text(`${root}.${name}`), fields.text(`${root}.message`)];
  return type === undefined
    ? undefined
    : { type, ...(text === undefined ? {} : { message: text }), ...(lines.length > 1 ? { stack: lines.join('\n') } : {}) };
}

/** `context.exception`: class, message, `file:line`, and `file:line` of the calls. */
function monolog(fields: Fields): StructuredError | undefined {
  const type = fields.text('context.exception.class');
  if (type === undefined) return undefined;
  const text = fields.text('context.exception.message') ?? '';
  const trace = fields.get('context.exception.trace');
  const calls = Array.isArray(trace) ? trace.filter((call: unknown) => typeof call === 'string') : [];
  const frames = calls.map((call: string, index: number) => `#${index} ${call.replace(/:(\d+)$/, '($1)')}: `);
  const previous = fields.text('context.exception.previous.class');
  const cause =
    previous === undefined
      ? []
      : [
          `[previous exception] [object] (${previous}(code: 0): ${fields.text('context.exception.previous.message') ?? ''} at ${fields.text('context.exception.previous.file') ?? ''})`,
        ];
  const stack = [
    `PHP Fatal error:  Uncaught ${type}: ${text} in ${fields.text('context.exception.file') ?? ''}`,
    'Stack trace:',
    ...frames,
    ...cause,
  ];
  return { type, message: text, stack: stack.join('\n') };
}

/** `exception`: class, message and place, and the calls as objects. */
function nextcloud(fields: Fields): StructuredError | undefined {
  const [type, text, file] = ['Exception', 'Message', 'File'].map((key) => fields.text(`exception.${key}`));
  if (type === undefined) return undefined;
  const calls: readonly unknown[] = Array.isArray(fields.get('exception.Trace')) ? (fields.get('exception.Trace') as unknown[]) : [];
  const frames = calls.slice(0, 100).flatMap((call, index) => {
    const place = typeof call === 'object' && call !== null ? (call as Readonly<Record<string, unknown>>) : {};
    return typeof place.file === 'string' ? [`#${index} ${place.file}(${String(place.line)}): ${String(place.function ?? '')}()`] : [];
  });
  const stack = [
    `PHP Fatal error:  Uncaught ${type}: ${text ?? ''} in ${file ?? ''}:${String(fields.get('exception.Line'))}`,
    'Stack trace:',
    ...frames,
  ];
  return { type, ...(text === undefined ? {} : { message: text }), stack: stack.join('\n') };
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
