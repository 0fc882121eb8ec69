// Where JSON logs keep time, level, message and error, whatever the family: lists of keys, the more exact first.

import type { Level } from '../model.ts';
import { levelOfHundreds, levelOfLetter, levelOfName, levelOfNumber, levelOfSyslog } from './level.ts';
import type { StructuredError } from './line-reading.ts';
import { epochTime, isoTime } from './time.ts';
import { resumeTrace } from './traces/languages.ts';

/** Access to a parsed record by key or dotted path. */
export interface Fields {
  /** The record itself, for what is looked for in all of it. */
  readonly root?: object;
  get(path: string): unknown;
  /** The first of `paths` that is a string. */
  text(...paths: string[]): string | undefined;
  has(path: string): boolean;
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
  'error_severity',
  'LogLevel',
  'logLevel',
  'SeverityText',
  'Severity',
  'SEVERITY',
  'status',
  'level.name',
  'record.level.name',
  's',
  '@level',
  'level_name',
  'levelName',
  'priority',
  'sev',
  'fields.level',
  'data.level',
  'attributes.level',
  'log.severity',
  'jsonPayload.level',
  'jsonPayload.severity',
  '_source.level',
  '_source.log.level',
  '_source.severity',
  'message.level',
  'context.logLevel',
  'context.level',
  'meta.level',
  'metadata.level',
  'extra.level',
  'payload.level',
  'event.severity',
  'properties.level',
  'Properties.Level',
  '_meta.logLevelName',
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
  'Body',
  'text',
  'Message',
  'log',
  'textPayload',
  'jsonPayload.message',
  '@message',
  'formattedMessage',
  'fields.message',
  'record.message',
  'data.message',
  'attributes.message',
  '_source.message',
  'message.message',
  'message.msg',
  'line',
  'errorMessage',
];
const STACK_KEYS = [
  'err.stack',
  'error.stack_trace',
  'error.stack',
  'error.stackTrace',
  // Where an error was made, before where it was logged.
  'errorVerbose',
  'reason.stack',
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
  'full_message',
  'Exception',
  'record.exception.traceback',
  'trace',
  'traceback',
  'backtrace',
  'error.backtrace',
  'exception.stack_trace',
  'exception.stackTrace',
  'exception.backtrace',
  'throwable.stepArray',
  'metadata.stack',
  'meta.stack',
  'meta.error.stack',
  'meta.err.stack',
  'context.error.stack',
  'context.err.stack',
  'extra.stack',
  'data.stack',
  'data.error.stack',
  'fields.stack',
  'message.stackTrace',
  'errorDetails.stack',
  'Attributes.exception.stacktrace',
  'attributes.exception.stacktrace',
  'error_detail',
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
  'throwable.className',
  'Attributes.exception.type',
  'attributes.exception.type',
  'message.errorType',
  'exc_type',
  'error_type',
  'type',
  'exception_class',
  'errorType',
  'name',
];
const ERROR_MESSAGE_KEYS = [
  'err.message',
  'error.message',
  'exception.message',
  'exception.0.exc_value',
  'thrown.message',
  'throwable.message',
  'Attributes.exception.message',
  'attributes.exception.message',
  'errorMessage',
  'error',
  'attr.error',
  'err',
  'exception',
  'record.exception.value',
];

const isTrace = (text: string): boolean => /\n/.test(text) || /^Traceback /.test(text) || /(?:^|\s)at .+[(:]/.test(text);
const hasFrame = (text: string): boolean =>
  text.split('\n', 40).some((line) => (resumeTrace(line) ?? resumeTrace(`\t${line}`)) !== undefined);
const looksLikeType = (text: string): boolean => /^[A-Za-z_$][\w$.:\\]*$/.test(text);

/** The first readable time stamp. */
export const time = (fields: Fields): string | undefined => {
  for (const key of TIME_KEYS) {
    const value = fields.get(key);
    const read = typeof value === 'number' ? epochTime(value) : typeof value === 'string' ? isoTime(value) : undefined;
    if (read !== undefined) return read;
  }
  return undefined;
};

/** The first key that names or numbers a level. */
export const level = (fields: Fields): Level | undefined => {
  for (const key of LEVEL_KEYS) {
    const value = fields.get(key);
    if (typeof value === 'string') {
      const named = levelOfName(/^[A-Za-z]*/.exec(value.replace(/\x1b\[[\d;]*m/g, '').trim())![0]);
      if (named) return named;
      // MongoDB's one letter.
      if (key === 's' && /^(?:[FEWI]|D[1-5]?)$/.test(value)) return levelOfLetter(value[0]!);
    }
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    const found = typeof number === 'number' && !isWordy(key) ? numeric(fields, key, number) : undefined;
    if (found) return found;
  }
  const python = fields.get('levelno') ?? fields.get('record.level.no');
  return typeof python === 'number' ? levelOfNumber(python, true) : spelledLevel(fields.root);
};

/** A key that is one of these but for case and signs, `_logLevel`, `log-level`, `LEVEL_NAME`, and the word for a level under it. */
const SPELLED = /^[_.@-]*(?:log)?[_.-]?(?:level|severity)(?:[_.-]?(?:name|text))?$/i;

function spelledLevel(root: object | undefined): Level | undefined {
  for (const [key, value] of Object.entries(root ?? {})) {
    const found = typeof value === 'string' && SPELLED.test(key) ? levelOfName(value.trim()) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Keys that hold a name: a number in them is something else. */
const isWordy = (key: string): boolean => /(?:name|text)[^.]*$/i.test(key);

/**
 * A bare number: 0–7 is syslog's, tens are pino's and bunyan's, hundreds Monolog's and Google's. A status is what was answered to a
 * request.
 */
const numeric = (fields: Fields, key: string, value: number): Level | undefined => {
  if (key === 'status') return undefined;
  if (value >= 100) return levelOfHundreds(value, key === 'severity');
  if (value < 8) return levelOfSyslog(value);
  return levelOfNumber(value, fields.has('levelname') || fields.has('levelno'));
};

/** What was logged. */
export const message = (fields: Fields): string | undefined => fields.text(...MESSAGE_KEYS) ?? objectSaid(fields);

/** What was logged is an object: its words, or all of it. */
function objectSaid(fields: Fields): string | undefined {
  const said = fields.get('message') ?? fields.get('msg');
  if (typeof said !== 'object' || said === null) return undefined;
  return fields.text('message.text', 'message.error', 'msg.message', 'msg.text') ?? capped(JSON.stringify(said));
}

/** The error beside the message: its type, its words, its stack. */
export const error = (fields: Fields): StructuredError | undefined => {
  const stacks = STACK_KEYS.map((key) => fields.get(key)).filter((value) => !isPair(value));
  const pair = fields.get('exception');
  const texts = stacks.map((value) => capOf(asStack(value))).filter((text) => text !== undefined);
  const told = texts.filter(isTrace);
  // A list may hold class and message only, and the frames stand beside it.
  const stack = (told.length > 1 || told.length < texts.length ? texts.find(hasFrame) : undefined) ?? told[0] ?? inMessage(fields);
  const type =
    TYPE_KEYS.filter((key) => /\.|^(?:exc|err)/.test(key) || hasError(fields))
      .map((key) => fields.text(key))
      .find((text) => text !== undefined && looksLikeType(text)) ?? (isPair(pair) ? pair[0] : undefined);
  const text = isPair(pair)
    ? pair[1]
    : ERROR_MESSAGE_KEYS.map((key) => fields.text(key)).find((value) => value !== undefined && !isTrace(value));
  if (stack === undefined && type === undefined && text === undefined) return undefined;
  return {
    ...(type === undefined ? {} : { type }),
    ...(text === undefined ? {} : { message: text }),
    ...(stack === undefined ? {} : { stack }),
  };
};

/** `["NoMethodError", "undefined method"]`: class and message, as Rails' `process_action` gives them. */
const isPair = (value: unknown): value is [string, string] =>
  Array.isArray(value) &&
  value.length === 2 &&
  value.every((part) => typeof part === 'string' && !part.includes('\n') && !hasFrame(part)) &&
  looksLikeType(String(value[0]));

const capOf = (text: string | undefined): string | undefined => (text === undefined ? undefined : capped(text));

/** Top-level `type` and `name` mean an error's class only beside a stack (old pino); else `name` is the logger's. */
const hasError = (fields: Fields): boolean =>
  fields.get('stack') !== undefined && (fields.text('type') ?? fields.text('errorType')) !== undefined;

const inMessage = (fields: Fields): string | undefined => {
  const text = message(fields);
  return text !== undefined && isTrace(text) && /Traceback \(most|(?:Error|Exception|Throwable)\b|panic|goroutine \d/.test(text)
    ? text
    : undefined;
};

const MAX_FIELD = 64 * 1024;
const MAX_FIELD_LINES = 5000;

/** A decoded field with the bounds of an event, before any grammar sees it: its beginning and its end. */
export function capped(text: string): string {
  const short = text.length <= MAX_FIELD ? text : `${text.slice(0, MAX_FIELD / 2)}\n${text.slice(-MAX_FIELD / 2)}`;
  if (short.length < MAX_FIELD_LINES) return short;
  const lines = short.split('\n');
  return lines.length <= MAX_FIELD_LINES
    ? short
    : [...lines.slice(0, MAX_FIELD_LINES / 2), ...lines.slice(-MAX_FIELD_LINES / 2)].join('\n');
}

/** A stack as text, as lines, or as structlog's, zerolog's and log4j2's lists of frames. */
export function asStack(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value) || value.length === 0) return undefined;
  // Each with its frames: the error first, its cause next, where Python prints the cause first.
  const lines = withAt(value.map(asFrameLine));
  return (value.every(hasFrames) ? lines.reverse() : lines).join('\n');
}

/** Frames of a list may be written without the word before each. */
const withAt = (lines: readonly string[]): string[] =>
  lines.every((line) => line !== '' && !/^\s|^at /.test(line) && !hasFrame(line) && resumeTrace(`    at ${line}`) !== undefined)
    ? lines.map((line) => `    at ${line}`)
    : [...lines];

const hasFrames = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Array.isArray(Object.getOwnPropertyDescriptor(value, 'frames')?.value);

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
  if (read('className') !== undefined)
    return `\tat ${read('className')}.${read('methodName')}(${read('fileName') ?? 'Unknown Source'}:${read('lineNumber') ?? '1'})`;
  if (read('class') !== undefined)
    return `\tat ${read('class')}.${read('method')}(${read('file') ?? 'Unknown Source'}:${read('line') ?? '1'})`;
  if (read('source') !== undefined && read('line') !== undefined) return `${read('func')}()\n\t${read('source')}:${read('line')}`;
  const place = read('fullFilePath', 'absPath', 'abs_path', 'filePath', 'fileName', 'file', 'path', 'url', 'filename');
  const line = read('fileLine', 'lineNumber', 'lineno', 'line', 'line_number');
  if (place === undefined || (line === undefined && !/:\d+$/.test(place))) return '';
  const name = read('method', 'methodName', 'function', 'functionName', 'function_name', 'func', 'name') ?? '<anonymous>';
  return `    at ${name} (${/:\d+$/.test(place) ? place : `${place}:${line}:${read('column', 'columnNumber', 'fileColumn', 'colno') ?? '1'}`})`;
}
