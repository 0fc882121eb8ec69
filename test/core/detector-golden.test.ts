// The detector against logs of real programs: test/golden/logs/README.md tells how they were made.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorEvent } from '../../src/core/model.ts';
import { detect } from './detector-run.ts';

const root = join(import.meta.dirname, '../golden/logs');
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
  expect(logs.length).toBeGreaterThan(20);
});

describe.each(logs)('%s', (name) => {
  const bytes = readFileSync(join(root, name));
  const expected: unknown = JSON.parse(readFileSync(join(root, name.replace(/\.log$/, '.json')), 'utf8'));

  test('alone', () => {
    expect(detect(bytes).map((event) => summary(event, 0))).toEqual(expected);
  });

  test('between two records of a log', () => {
    const text = `2026-01-02 03:04:05,678 INFO before\n${bytes.toString()}2026-01-02 03:04:09,678 INFO after\n`;
    expect(detect(text).map((event) => summary(event, 1))).toEqual(expected);
  });

  test('cut anywhere', () => {
    const whole = detect(bytes);
    for (let cut = 0; cut <= bytes.length; cut += Math.ceil(bytes.length / 30)) expect(detect(bytes, {}, [cut])).toEqual(whole);
    const everywhere = Array.from({ length: bytes.length - 1 }, (_, index) => index + 1);
    expect(detect(bytes, {}, everywhere)).toEqual(whole);
  });

  test('the text is the bytes between the offsets, where no wrapper is taken off', () => {
    for (const event of detect(bytes)) {
      const raw = bytes.subarray(event.offset, event.endOffset).toString().replace(/\n$/, '');
      if (!name.startsWith('docker')) expect(event.text).toBe(raw);
      expect(event.id).toBe(`g1:${event.offset}`);
    }
  });
});
