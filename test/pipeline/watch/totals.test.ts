import type { ErrorEvent } from '../../../src/core/model.ts';
import { createTotals, toIncident } from '../../../src/pipeline/watch/totals.ts';
import type { Sighting } from '../../../src/ports.ts';

const PLAIN: ErrorEvent = {
  id: 'g:1:40',
  source: 'logs/äpp.log',
  format: 'plain',
  language: 'none',
  level: 'error',
  type: null,
  message: 'order 7 failed',
  frames: [],
  line: 3,
  endLine: 3,
  offset: 40,
  endOffset: 80,
  time: '2026-03-01T10:00:20.020Z',
  text: '2026-03-01 10:00:20,020 ERROR order 7 failed',
};
const TRACE: ErrorEvent = {
  ...PLAIN,
  language: 'java',
  level: 'fatal',
  type: 'a.B',
  message: 'x',
  frames: [
    { file: 'A.java', line: 3, function: 'a.A.f', inApp: true },
    { file: 'N', line: null, column: 4, inApp: false },
  ],
  rootCause: { type: 'c.D', message: null },
  text: 'a.B: x\n\tat …',
};
const { time: _, ...TIMELESS } = PLAIN;

const NOW = '2027-01-01T00:00:00.001Z';
const sighting = (fingerprint: string, sample: ErrorEvent, more: Partial<Sighting> = {}): Sighting => {
  const place = { source: sample.source, line: sample.line, offset: sample.offset, time: sample.time ?? NOW };
  return { fingerprint, title: 'order 7 failed', sample, count: 1, first: place, last: place, ...more };
};

const rows: readonly (readonly [string, Sighting])[] = [
  ['a plain event', sighting('v1:a', PLAIN)],
  ['a trace', sighting('v1:b', TRACE)],
  ['no time in the log', sighting('v1:c', TIMELESS)],
  ['no message', sighting('v1:d', { ...PLAIN, message: null })],
  ['a message that is not in the text', sighting('v1:e', { ...PLAIN, message: 'something else 😀' })],
  ['a title of its own', sighting('v1:f', PLAIN, { title: 'another' })],
  ['a first place of its own', sighting('v1:g', PLAIN, { first: { source: 'b', line: 1, offset: 2, time: NOW } })],
  ['a text longer than a page', sighting('v1:h', { ...PLAIN, text: `${'ü'.repeat(1_500_000)} order 7 failed` })],
];

test.each(rows)('%s comes out as it went in', (_name, one) => {
  const totals = createTotals();
  totals.add(one);
  expect([...totals.incidents()]).toEqual([toIncident(one)]);
});

test('what fills many packed pages comes out as it went in, in any order, and again', () => {
  const totals = createTotals();
  const all = Array.from({ length: 3000 }, (_, n) =>
    sighting(`v1:${n}`, { ...PLAIN, text: `${n} ${'é'.repeat((n * 7919) % 2000)} order 7 failed` }, { count: 1 + ((n * 31) % 97) }),
  );
  for (const one of all) totals.add(one);
  const expected = all.map(toIncident).sort((a, b) => b.count - a.count);
  expect([...totals.incidents()]).toEqual(expected);
  expect([...totals.incidents()]).toEqual(expected);
});

test('counts are added, the last place counts, the most frequent stand first, also the second time', () => {
  const totals = createTotals();
  for (const [, one] of rows) totals.add(one);
  const last = { source: 'z.log', line: 90, offset: 900, time: NOW };
  totals.add(sighting('v1:b', PLAIN, { count: 5, last }));
  const incidents = totals.incidents();
  expect(incidents.length).toBe(rows.length);
  for (let round = 0; round < 2; round += 1) {
    const [first, second] = [...incidents];
    expect(first).toEqual({ ...toIncident(rows[1]![1]), count: 6, last });
    expect(second!.fingerprint).toBe('v1:a');
  }
});

test('the newest first: by their place in one log, by the order of reading in several', () => {
  const totals = createTotals();
  const seen = (fingerprint: string, source: string, offset: number): void =>
    totals.add(sighting(fingerprint, { ...PLAIN, source, offset }));
  seen('a', 'one.log', 900);
  // Of one batch, in the order in which they were first seen.
  seen('b', 'two.log', 500);
  seen('c', 'two.log', 100);
  seen('d', 'two.log', 300);
  const newest = totals.incidents().newestFirst();
  expect(Array.from(newest, ({ fingerprint }) => fingerprint)).toEqual(['b', 'd', 'c', 'a']);
  seen('a', 'two.log', 600);
  expect(Array.from(totals.incidents().newestFirst(), ({ fingerprint }) => fingerprint)).toEqual(['a', 'b', 'd', 'c']);
});
