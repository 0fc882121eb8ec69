// An issue of Sentry as the log record that its program would have written: one line of JSON with the fields of the Elastic
// Common Schema, and the trace as the runtime of its platform prints it, so that every reader of traces works on it.
import type { SentryEvent, SentryException, SentryFrame, SentryIssue } from './answers.ts';

/** @returns one line, without its newline */
export function recordOf(issue: SentryIssue, event: SentryEvent | undefined): string {
  const thrown = event?.exceptions.at(-1);
  const stack = event === undefined || thrown === undefined ? undefined : traceOf(event);
  return JSON.stringify({
    '@timestamp': event?.time ?? issue.lastSeen,
    'log.level': issue.level === 'sample' ? 'info' : issue.level,
    message: thrown?.value ?? event?.message ?? issue.title,
    ...(thrown === undefined
      ? {}
      : {
          error: {
            type: nameOf(thrown, event?.platform ?? ''),
            message: thrown.value,
            ...(stack === undefined ? {} : { stack_trace: stack }),
          },
        }),
    service: { name: issue.project, version: event?.release, environment: event?.environment },
    ...(event?.server === undefined ? {} : { host: { name: event.server } }),
    ...(event?.trace === undefined ? {} : { trace: { id: event.trace } }),
    sentry: { issue: issue.id, url: issue.url },
  });
}

type Printer = (exceptions: readonly SentryException[]) => string;

/** Of platforms that print a trace of their own form; all others as JavaScript does. */
const PRINTERS: Readonly<Record<string, Printer>> = {
  python: (all) => all.map(pythonTrace).join('\n\nThe above exception was the direct cause of the following exception:\n\n'),
  java: (all) =>
    all
      .toReversed()
      .map((one, at) => `${at === 0 ? '' : 'Caused by: '}${javaTrace(one)}`)
      .join('\n'),
  csharp: (all) => dotnetTrace(all.at(-1)!),
  ruby: (all) => rubyTrace(all.at(-1)!),
  php: (all) => phpTrace(all.at(-1)!),
  go: (all) => goTrace(all.at(-1)!),
  javascript: (all) => scriptTrace(all.at(-1)!),
};
const SAME: Readonly<Record<string, string>> = {
  node: 'javascript',
  android: 'java',
  kotlin: 'java',
  groovy: 'java',
  scala: 'java',
  dotnet: 'csharp',
};

function traceOf({ platform, exceptions }: SentryEvent): string | undefined {
  const all = exceptions.filter((one, at) => one.frames.length > 0 || at === exceptions.length - 1);
  if (all.every(({ frames }) => frames.length === 0)) return undefined;
  return (PRINTERS[SAME[platform] ?? platform] ?? PRINTERS.javascript!)(all);
}

function nameOf({ type, module }: SentryException, platform: string): string {
  const isQualified = ['java', 'csharp'].includes(SAME[platform] ?? platform);
  return isQualified && module !== undefined && !type.includes('.') ? `${module}.${type}` : type;
}

const headOf = (type: string, value: string): string => (value === '' ? type : `${type}: ${value}`);
const at = ({ line = 0 }: SentryFrame): number => line;
const called = (frame: SentryFrame, otherwise = '<anonymous>'): string => frame.function ?? otherwise;

function pythonTrace({ type, value, frames }: SentryException): string {
  const lines = frames.flatMap((frame) => [
    `  File "${frame.file}", line ${at(frame)}, in ${called(frame, '<module>')}`,
    ...(frame.code === undefined ? [] : [`    ${frame.code}`]),
  ]);
  return ['Traceback (most recent call last):', ...lines, headOf(type, value)].join('\n');
}

function javaTrace(one: SentryException): string {
  const lines = one.frames.toReversed().map((frame) => {
    const place = frame.line === undefined ? frame.file || 'Unknown Source' : `${frame.file.split('/').at(-1) ?? ''}:${frame.line}`;
    return `\tat ${frame.module === undefined ? '' : `${frame.module}.`}${called(frame)}(${place})`;
  });
  return [headOf(nameOf(one, 'java'), one.value), ...lines].join('\n');
}

function dotnetTrace(one: SentryException): string {
  const lines = one.frames.toReversed().map((frame) => {
    const name = `${frame.module === undefined ? '' : `${frame.module}.`}${called(frame)}`;
    return `   at ${name.endsWith(')') ? name : `${name}()`}${frame.file === '' || frame.line === undefined ? '' : ` in ${frame.file}:line ${frame.line}`}`;
  });
  return [headOf(nameOf(one, 'csharp'), one.value), ...lines].join('\n');
}

function rubyTrace({ type, value, frames }: SentryException): string {
  const [first, ...rest] = frames.toReversed().map((frame) => `${frame.file}:${at(frame)}:in '${called(frame, '<main>')}'`);
  return [`${first ?? ''}: ${value} (${type})`, ...rest.map((line) => `\tfrom ${line}`)].join('\n');
}

function phpTrace({ type, value, frames }: SentryException): string {
  const [thrown, ...calls] = frames.toReversed();
  const place = thrown === undefined ? '' : ` in ${thrown.file}:${at(thrown)}`;
  const lines = calls.map((frame, index) => `#${index} ${frame.file}(${at(frame)}): ${called(frame, '{closure}')}()`);
  return [`PHP Fatal error:  Uncaught ${headOf(type, value)}${place}`, 'Stack trace:', ...lines, `#${calls.length} {main}`].join('\n');
}

function goTrace({ type, value, frames }: SentryException): string {
  const lines = frames
    .toReversed()
    .flatMap((frame) => [
      `${frame.module === undefined ? '' : `${frame.module}.`}${called(frame)}(...)`,
      `\t${frame.file}:${at(frame)} +0x0`,
    ]);
  return [`panic: ${headOf(type, value)}`, '', 'goroutine 1 [running]:', ...lines].join('\n');
}

function scriptTrace({ type, value, frames }: SentryException): string {
  const lines = frames.toReversed().map((frame) => {
    const place = [frame.file, at(frame), ...(frame.column === undefined ? [] : [frame.column])].join(':');
    return frame.function === undefined ? `    at ${place}` : `    at ${frame.function} (${place})`;
  });
  return [headOf(type, value), ...lines].join('\n');
}
