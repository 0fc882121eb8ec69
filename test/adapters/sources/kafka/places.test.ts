// Who reads what, where it is read on, and what two boxes make of that: without a broker.
import { assign } from '../../../../src/adapters/sources/kafka/assign.ts';
import { createPartition } from '../../../../src/adapters/sources/kafka/partition.ts';
import {
  type Committed,
  commitMetadata,
  further,
  positionToken,
  readCommitted,
  readPosition,
} from '../../../../src/adapters/sources/kafka/positions.ts';
import { type Known, startOf } from '../../../../src/adapters/sources/kafka/start.ts';
import { slowTest } from '../../../support/lane.ts';

const place = (offset: bigint, rest: Partial<Committed> = {}): Committed => ({ offset, within: 0, ahead: new Map(), counted: [], ...rest });
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('partitions are shared out', () => {
  test.each([
    [1, 4],
    [3, 40],
    [8, 40],
    [5, 3],
    [7, 0],
  ])('evenly among %i members: %i partitions', (members, partitions) => {
    const shares = assign(
      numbers(members).map((n) => ({ id: `m${n}`, had: [] })),
      numbers(partitions),
    );
    const sizes = [...shares.values()].map(({ length }) => length);
    expect([...shares.values()].flat().toSorted((a, b) => a - b)).toEqual(numbers(partitions));
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  });

  test('and everybody keeps what they had', () => {
    const first = assign(
      [
        { id: 'a', had: [] },
        { id: 'b', had: [] },
        { id: 'c', had: [] },
      ],
      numbers(40),
    );
    const two = [...first].filter(([id]) => id !== 'b').map(([id, had]) => ({ id, had }));
    const second = assign(two, numbers(40));
    for (const { id, had } of two) expect(second.get(id)).toEqual(expect.arrayContaining([...had]));
    const third = assign([...[...second].map(([id, had]) => ({ id, had })), { id: 'd', had: [] }], numbers(40));
    const moved = [...second].flatMap(([id, had]) => had.filter((one) => !third.get(id)!.includes(one)));
    expect(moved).toHaveLength(13);
  });

  test('what two say that they had is one’s', () => {
    const shares = assign(
      [
        { id: 'a', had: [0, 1, 2] },
        { id: 'b', had: [0, 1, 2] },
      ],
      numbers(4),
    );
    expect([...shares.values()].flat().toSorted()).toEqual([0, 1, 2, 3]);
  });
});

describe('a place', () => {
  test.each(['12', '12+7', '12+7 {"pod-1":"14","pod 2":"15+3"}'])('%s is read as it was written', (token) => {
    expect(positionToken(readPosition(token)!)).toBe(token);
  });

  test.each(['', 'x', '-1', '12+', '12+x', '99999999999999999999'])('%p is none', (token) => {
    expect(readPosition(token)).toBeUndefined();
  });

  test('is told to a group with what is counted behind it, unless that is too much', () => {
    const at = place(5n, { within: 3, ahead: new Map([['a', { offset: 7n, within: 0 }]]), counted: ['6', '6+10'] });
    expect(readCommitted(5n, commitMetadata(at, 'id'), 'id')).toEqual(at);
    const much = place(5n, { within: 3, counted: numbers(2000).map(String) });
    expect(readCommitted(5n, commitMetadata(much, 'id'), 'id')).toEqual(place(5n, { within: 3 }));
  });

  test('of another life of the topic, and of no place, is none', () => {
    expect(readCommitted(5n, commitMetadata(place(5n), 'id'), 'other')).toBeUndefined();
    expect(readCommitted(-1n, null, 'id')).toBeUndefined();
  });

  test.each([null, '', 'text', '{"within":-3,"ahead":7,"counted":[1,"x","5"]}'])(
    'with metadata of somebody else (%p) is a plain offset',
    (metadata) => {
      expect(readCommitted(5n, metadata, 'id')).toEqual(place(5n, { counted: metadata?.includes('"5"') ? ['5'] : [] }));
    },
  );

  test('where two have read on is the further one, and both at the same place', () => {
    const [a, b] = [place(5n, { within: 9, counted: ['5+9'] }), place(6n, { counted: ['8'] })];
    expect([further(a, b), further(b, a)]).toEqual([b, b]);
    const [c, d] = [
      place(6n, { counted: ['7'], ahead: new Map([['x', { offset: 9n, within: 0 }]]) }),
      place(6n, {
        counted: ['8'],
        ahead: new Map([
          ['x', { offset: 8n, within: 0 }],
          ['y', { offset: 7n, within: 2 }],
        ]),
      }),
    ];
    expect(further(c, d)).toEqual(
      place(6n, {
        counted: ['7', '8'],
        ahead: new Map([
          ['x', { offset: 9n, within: 0 }],
          ['y', { offset: 7n, within: 2 }],
        ]),
      }),
    );
  });
});

describe('reading begins', () => {
  const there = { first: 10n, end: 100n, isNew: false, own: undefined, group: undefined };
  test.each<[string, Partial<Known>, 'start' | 'end' | 'resume', bigint, boolean]>([
    ['at the first record, from start', {}, 'start', 10n, false],
    ['at the end, where nobody has read it', {}, 'resume', 100n, false],
    ['at the first record of what has come meanwhile', { isNew: true }, 'resume', 10n, false],
    ['where this box stopped', { own: place(50n), group: place(40n) }, 'resume', 50n, false],
    ['where another box stopped', { own: place(40n), group: place(50n) }, 'start', 50n, false],
    ['behind a told gap, where records are gone', { own: place(5n) }, 'resume', 10n, true],
    ['at the end, where records were taken back', { group: place(500n) }, 'resume', 100n, true],
  ])('%s', (_name, known, from, offset, isGap) => {
    const start = startOf({ ...there, ...known }, from);
    expect([start.at.offset, start.gap !== undefined]).toEqual([offset, isGap]);
  });
});

describe('records of a partition', () => {
  const record = (offset: number, key: string | null, value: string | null, headers: [Buffer, Buffer][] = []) => ({
    offset: BigInt(offset),
    timestamp: 1_772_000_000_000n + BigInt(offset),
    ...{ key: key === null ? null : Buffer.from(key), value: value === null ? null : Buffer.from(value), headers },
  });
  const name = { source: 'kafka:t/0', stream: 'kafka:id/0' };

  test('are lines of their writers, and each byte has a place that leads back', () => {
    const partition = createPartition(name, place(3n), null);
    const [chunk] = partition.chunks(
      [record(3, 'a', 'one\ntwo'), record(4, 'b', 'three\n'), record(6, 'b', null), record(7, 'b', 'four')],
      8n,
    );
    expect(chunk!.bytes.toString()).toBe('one\ntwo\nthree\nfour\n');
    expect(chunk!.runs).toEqual([
      { writer: 'a', end: 8 },
      { writer: 'b', end: 19 },
    ]);
    expect([0, 4, 8, 14, 19].map((n) => chunk!.tokenAt(n))).toEqual(['3', '3+4', '4', '7', '8']);
    for (let n = 0; n <= 19; n += 1) expect(chunk!.byteAt(chunk!.tokenAt(n))).toBe(n);
    expect(chunk!.byteAt('2')).toBeLessThan(0);
    expect(chunk!.recordAt!(9)).toEqual({ number: 4, time: new Date(1_772_000_000_004).toISOString() });
    expect(chunk!.positionAt(4, new Map([['b', 14]]))!.token).toBe('3+4 {"b":"7"}');
  });

  test('are left out as far as they are decided, and that is kept until it is over', () => {
    const begin = readPosition('3+4 {"b":"7","c":"9+2"}')!;
    const partition = createPartition(name, begin, null);
    const [chunk] = partition.chunks([record(3, 'a', 'one\ntwo'), record(4, 'b', 'three\n'), record(7, 'b', 'four')], 8n);
    expect(chunk!.bytes.toString()).toBe('two\nfour\n');
    expect(chunk!.tokenAt(0)).toBe('3+4');
    expect(chunk!.positionAt(4)!.token).toBe('7 {"c":"9+2"}');
    const [next] = partition.chunks([record(9, 'c', 'xyz')], 10n);
    expect([next!.bytes.toString(), next!.tokenAt(0), next!.positionAt(2)!.token]).toEqual(['z\n', '9+2', '10']);
  });

  test.each([
    ['a key', record(0, 'pod-1', '{"pod":"x"}'), 'pod-1'],
    ['a header', record(0, null, '{"pod":"x"}', [[Buffer.from('pod'), Buffer.from('h')]]), 'h'],
    ['a field', record(0, null, '{"pod":"x"}'), 'x'],
    ['nothing', record(0, null, 'plain text'), ''],
    ['half JSON', record(0, null, '{"pod":'), ''],
  ])('are told apart by %s', (_name, one, writer) => {
    const [chunk] = createPartition(name, place(0n), 'pod').chunks([one], 1n);
    expect(chunk!.runs!.map((run) => run.writer)).toEqual([writer]);
  });

  test('a field may lie in others', () => {
    const [chunk] = createPartition(name, place(0n), 'kubernetes.pod.name').chunks(
      [record(0, '', '{"kubernetes":{"pod":{"name":"p"}}}')],
      1n,
    );
    expect(chunk!.runs![0]!.writer).toBe('p');
  });
});

slowTest('where no position is asked for, records are known as long as anything of them may be open, and then forgotten', () => {
  const partition = createPartition({ source: 's', stream: 's' }, place(0n), null);
  const records = (first: number, count: number) =>
    numbers(count).map((n) => {
      return { offset: BigInt(first + n), timestamp: 0n, key: null, value: Buffer.from('a'), headers: [] };
    });
  const PUSHED = 20_000;
  const last = numbers(40).flatMap((push) => partition.chunks(records(push * PUSHED, PUSHED), BigInt((push + 1) * PUSHED)));
  const known = (offset: number): boolean => last.at(-1)!.byteAt(String(offset)) !== undefined;
  expect([known(0), known(100_000), known(40 * PUSHED - 500_000), known(40 * PUSHED - 1)]).toEqual([false, false, true, true]);
});
