// The detector against logs of real programs: test/golden/logs/README.md tells how they were made.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorEvent } from '../../../src/core/model.ts';
import { fewer } from '../../support/lane.ts';
import { detect, ranges } from './detector-run.ts';

const root = join(import.meta.dirname, '../../golden/logs');
/** Wrong answers we know of, as ranges of lines (`ranges` of detector-run.ts); the `.json` says what is right. */
const knownWrong: Readonly<Record<string, { readonly actual: string; readonly why: string }>> = {
  'javascript/child.log': { actual: '1-19', why: 'the message quotes a whole crash of another Node' },
  'perl/confess-served.log': {
    actual: '2-3 4-6 8-9',
    why: 'a message of several lines shows that it is Perl by its last one; a warning looks as an error does',
  },
  'python/ignored-served.log': {
    actual: '2-7',
    why: 'what is printed at the margin below a traceback looks as a message of several lines does',
  },
  'python/process-served.log': { actual: '2-13', why: 'the same' },
  'python/multiline.log': { actual: '1-9', why: 'without time stamps around it, a line at the margin is nobody’s' },
};
const logs = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.log'))
  .sort();

const summary = (event: ErrorEvent, shift: number): unknown => {
  const nearest = event.frames.find((frame) => frame.inApp);
  return {
    line: event.line - shift,
    endLine: event.endLine - shift,
    level: event.level,
    language: event.language,
    type: event.type,
    message: event.message,
    rootCause: event.rootCause?.type ?? null,
    frame: nearest ? `${nearest.file}:${nearest.line} ${nearest.function ?? ''}`.trim() : null,
  };
};

test('there are golden logs', () => {
  expect(logs.length).toBeGreaterThan(150);
});

describe('known wrong', () => {
  test.each(Object.entries(knownWrong))('%s', (name, { actual }) => {
    const desired = JSON.parse(readFileSync(join(root, name.replace(/\.log$/, '.json')), 'utf8')) as readonly ErrorEvent[];
    expect(ranges(detect(readFileSync(join(root, name))))).toBe(actual);
    expect(ranges(desired)).not.toBe(actual);
  });
});

describe.each(logs.filter((name) => !(name in knownWrong)))('%s', (name) => {
  const bytes = readFileSync(join(root, name));
  const expected: unknown = JSON.parse(readFileSync(join(root, name.replace(/\.log$/, '.json')), 'utf8'));

  test('alone', () => {
    expect(detect(bytes).map((event) => summary(event, 0))).toEqual(expected);
  });

  test('between two records of a log', () => {
    const text = `2026-01-02 03:04:05,678 INFO before\n${bytes.toString()}2026-01-02 03:04:09,678 INFO after\n`;
    const found = detect(text).map((event) => summary(event, 1));
    expect(found).toHaveLength((expected as readonly unknown[]).length);
    expect(found).toEqual(expect.arrayContaining(expected as unknown[]));
  });

  test('cut anywhere', () => {
    const whole = detect(bytes);
    for (let cut = 0; cut <= bytes.length; cut += Math.ceil(bytes.length / fewer(30))) expect(detect(bytes, {}, [cut])).toEqual(whole);
    const everywhere = Array.from({ length: bytes.length - 1 }, (_, index) => index + 1);
    expect(detect(bytes, {}, everywhere)).toEqual(whole);
  });

  test('the text is the bytes between the offsets, where no wrapper is taken off', () => {
    for (const event of detect(bytes)) {
      const raw = bytes.subarray(event.offset, event.endOffset).toString().replace(/\r\n/g, '\n').replace(/\n$/, '');
      if (!/^(?:docker|formats\/(?:gcp|phpfpm|laravel))/.test(name)) expect(event.text).toBe(raw);
      expect(event.id).toBe(`g1:${event.offset}`);
    }
  });
});
