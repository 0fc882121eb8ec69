// What becomes of a mail after each kind of try.
import { afterTry, type TryResult, tooLate } from '../../../src/core/policy/retries.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const BORN = '2026-03-01T11:59:00.000Z';

interface Row {
  readonly name: string;
  readonly tries?: number;
  readonly createdAt?: string;
  readonly result: TryResult;
  readonly expected: object;
}

const LATER: TryResult = { kind: 'not-delivered', said: '451' };

const ROWS: readonly Row[] = [
  {
    name: 'taken for all',
    result: { kind: 'taken', said: 'sent', later: [] },
    expected: { state: 'sent', detail: 'sent', isTry: true },
  },
  {
    name: 'taken for some: the rest is tried again, and only the rest',
    result: { kind: 'taken', said: 'sent', later: ['b@x'] },
    expected: { state: 'queued', detail: 'sent', dueAt: '2026-03-01T12:01:00.000Z', recipients: ['b@x'], isTry: true },
  },
  { name: 'refused for good', result: { kind: 'refused', said: '550' }, expected: { state: 'refused', detail: '550', isTry: true } },
  {
    name: 'uncertain: never again',
    result: { kind: 'uncertain', said: 'lost' },
    expected: { state: 'uncertain', detail: 'lost', isTry: true },
  },
  {
    name: 'interrupted before anything went out is no try',
    result: { kind: 'interrupted', said: 'stop' },
    expected: { state: 'queued', detail: 'stop', dueAt: NOW.toISOString(), isTry: false },
  },
  { name: 'the first pause', result: LATER, expected: { state: 'queued', dueAt: '2026-03-01T12:01:00.000Z' } },
  { name: 'the second', tries: 1, result: LATER, expected: { state: 'queued', dueAt: '2026-03-01T12:05:00.000Z' } },
  { name: 'the third', tries: 2, result: LATER, expected: { state: 'queued', dueAt: '2026-03-01T12:15:00.000Z' } },
  { name: 'the fourth', tries: 3, result: LATER, expected: { state: 'queued', dueAt: '2026-03-01T13:00:00.000Z' } },
  { name: 'all that follow', tries: 9, result: LATER, expected: { state: 'queued', dueAt: '2026-03-01T16:00:00.000Z' } },
  {
    name: 'too many tries',
    tries: 24,
    result: LATER,
    expected: { state: 'expired', detail: 'given up after 25 tries: 451', isTry: true },
  },
  {
    name: 'too old for one more',
    createdAt: '2026-02-26T12:00:30.000Z',
    result: LATER,
    expected: { state: 'expired', detail: 'given up after 1 try: 451', isTry: true },
  },
];

test.each(ROWS)('$name', ({ tries = 0, createdAt = BORN, result, expected }) => {
  expect(afterTry({ createdAt, tries }, result, NOW)).toMatchObject(expected);
});

test.each([
  ['2026-02-26T12:00:00.000Z', undefined],
  ['2026-02-26T11:59:59.999Z', { state: 'expired', detail: 'not sent within three days', isTry: false }],
])('a mail of %s', (createdAt, expected) => {
  expect(tooLate({ createdAt }, NOW)).toEqual(expected);
});
