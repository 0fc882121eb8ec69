// The prefilter must never hide a line that begins an event: with it and without it the events are the same.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTrace } from '../../../../src/core/formats/traces/languages.ts';
import type { Level } from '../../../../src/core/model.ts';
import { candidateSearch } from '../../../../src/core/read/search/prefilter.ts';
import { inLane } from '../../../support/lane.ts';
import { detect, KEYWORDS } from '../detector-run.ts';

const root = join(import.meta.dirname, '../../../golden/logs');
const golden = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.log'));

/** A keyword of one letter switches the prefilter off; this one occurs nowhere. */
const UNFILTERED = [...KEYWORDS, '\u0001'];

const both = (text: string, level: Level): void => {
  expect(detect(text, { level })).toEqual(detect(text, { level, keywords: UNFILTERED }));
};

test('the search is off where every line counts', () => {
  expect(candidateSearch('all', KEYWORDS)).toBeUndefined();
  expect(candidateSearch('info', KEYWORDS)).toBeUndefined();
  expect(candidateSearch('error', ['é'])).toBeUndefined();
  expect(candidateSearch('error', UNFILTERED)).toBeUndefined();
  expect(candidateSearch('error', KEYWORDS)).toBeDefined();
});

test.each(inLane(golden, 0.1))('golden %s', (name) => {
  const text = readFileSync(join(root, name), 'utf8');
  for (const level of ['fatal', 'error', 'warn'] as const) {
    both(text, level);
    both(`ok\n\n${text.replace(/\n/g, '\nok\n')}`, level);
  }
});

test('whatever opens a trace in the logs of all kinds, by itself', () => {
  const kinds = join(root, '../kinds');
  const lines = readdirSync(kinds).flatMap((name) =>
    readFileSync(join(kinds, name), 'utf8')
      .split('\n')
      .filter(Boolean)
      .flatMap((row) => (JSON.parse(row) as { readonly log: readonly string[] }).log),
  );
  const openers = [...new Set(lines)].filter((line) => openTrace(line) !== undefined);
  expect(openers.length).toBeGreaterThan(300);
  for (const line of openers) both(`ok\n\n${line}\nok\n`, 'error');
});

describe('lines made of what logs are made of', () => {
  const times = [
    '',
    '2026-01-02 03:04:05,678 ',
    '[2026-01-02T03:04:05Z] ',
    'Jan  2 03:04:05 h app[1]: ',
    '03:04:05.678 ',
    '01-02 03:04:05.678  12  13 ',
    '2026-01-02T03:04:05.6Z stderr F ',
    'web-1  | ',
    '\x1b[31m',
    '\x1b[1;31m',
  ];
  const levels = [
    'ERROR',
    'error',
    'Err',
    'E',
    'F',
    'A',
    'C',
    'W',
    'I',
    'INFO',
    'WARN',
    'SEVERE',
    'CRITICAL',
    'crit',
    'FATAL',
    'FTL',
    'PNC',
    'EMERG',
    'alert',
    'fail',
    'failure',
    'ERRO[0001]',
    'DPANIC',
    'notice',
    '',
  ];
  const wraps: readonly ((text: string) => string)[] = [
    (text) => text,
    (text) => `[${text}]`,
    (text) => `${text}:`,
    (text) => `${text} |`,
    (text) => `<${text}>`,
    (text) => `${text}, [`,
    (text) => `${text}/x:`,
    (text) => `${text}0102 03:04:05.678901 1 f.go:1]`,
    (text) => `level=${text}`,
    (text) => `[main/${text}]`,
    (text) => `x.${text}:`,
    (text) => `${text}\x1b[0m`,
  ];
  const bodies = ['boom', 'a 0 b', '{"a":1}'];
  const all = times.flatMap((time) =>
    levels.flatMap((level) => wraps.flatMap((wrap) => bodies.map((body) => `${time}${wrap(level)} ${body}`))),
  );

  const heads = inLane(all, 0.12);

  test(`${heads.length} heads`, () => {
    for (const level of ['error', 'warn'] as const) both(`ok\n${heads.join('\nok\n')}\n`, level);
  });

  test('the same inside docker’s json-file', () => {
    both(`ok\n${heads.map((text) => JSON.stringify({ log: `${text}\n`, stream: 'stderr' })).join('\nok\n')}\n`, 'error');
  });

  test('objects with every name and number of a level', () => {
    const keys = ['level', 'severity', 'lvl', 'levelno', 'PRIORITY', 'severityNumber', 'loglevel', '@l', 'Level', 'levelname'];
    const values = [...Array.from({ length: 70 }, (_, index) => index), ...levels, '3', '17', '50', '\x1b[31merror\x1b[39m'];
    const lines = keys.flatMap((key) =>
      values.flatMap((value) => {
        const text = JSON.stringify({ [key]: value, MESSAGE: 'm', msg: 'm', time: 1, event: 'x' });
        return [text, text.replace('":', '": '), JSON.stringify({ log: `${text}\n` })];
      }),
    );
    for (const level of ['error', 'warn'] as const) both(`ok\n${lines.join('\nok\n')}\n`, level);
  });

  test('openers of traces', () => {
    const openers = [
      'Traceback (most recent call last):',
      '  File "a.py", line 3',
      'panic: x',
      'goroutine 1 [running]:',
      'fatal error: x',
      '[signal SIGSEGV: x]',
      "thread 'main' panicked at a.rs:1:2:",
      "a.rb:1:in `f': x (Y)",
      'a.rb:1: x (Y)',
      'A::B (x):',
      'Unhandled exception:',
      'x at a.pl line 3.',
      '** (Foo) x',
      "terminate called after throwing an instance of 'X'",
      "a.c:3: f: Assertion `x' failed.",
      'a.c:1:2: runtime error: x',
      '==1==ERROR: AddressSanitizer: x',
      '='.repeat(40),
      '/app/a.js:3',
      'file:///app/a.mts:3',
      'node:internal/x:3',
      '[eval]:1',
      'foo.BarThrowable: x',
      'V8 errors stack trace',
      "exception 'X' with message 'y' in z:1",
      'a.swift:1: Fatal error: x',
      '*** Program crashed: x',
      '{"msg":"m","stack":"a\\n    at f (b.js:1:2)"}',
      '{"msg":"m","exc_info":"a\\nb"}',
    ];
    const follow = [
      'ok',
      '    at f (/app/a.js:1:2)',
      '  File "a.py", line 3, in f',
      'SyntaxError: x',
      '==1==ERROR: AddressSanitizer: x',
      '#0      main (file:///a.dart:1:2)',
    ];
    for (const opener of openers) for (const next of follow) both(`ok\n${opener}\n${next}\nok\n`, 'error');
  });
});
