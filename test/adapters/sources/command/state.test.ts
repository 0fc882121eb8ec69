// How far a command was read, as its position's token has it: small where many records are within the overlap, and read as it was
// written by versions before.
import { readState, tokenOf } from '../../../../src/adapters/sources/command/state.ts';
import { createOverlap } from '../../../../src/adapters/sources/overlap.ts';

const checkpoint = (token: string) => ({ position: { source: 'docker:shop', stream: 'docker:shop', token }, counted: 0 }) as never;
const stamp = (number: number): string => `2026-03-01T10:00:00.${String(number).padStart(8, '0')}7Z`;
const record = (number: number) => ({ id: `${stamp(number)}~hashOfText${number % 10}`, cursor: stamp(number), at: number / 1e6 });

test('ten thousand records within the overlap: known again after a restart, in 90 kB', () => {
  const overlap = createOverlap(2000);
  for (let number = 0; number < 10_000; number += 1) overlap.take(record(number));
  const token = tokenOf({ reached: overlap.asOf(10_000), startedMs: undefined });
  expect(token.length).toBeLessThan(92_000);
  const again = createOverlap(2000, readState(checkpoint(token))!.reached);
  const taken = Array.from({ length: 10_001 }, (_, number) => again.take(record(number)));
  expect([taken.indexOf(true), taken.filter(Boolean).length]).toEqual([10_000, 1]);
});

test('what an older version has written, each id with its time', () => {
  const { cursor, at } = record(1);
  const token = JSON.stringify({ cursor, at, ids: [[record(0).id, record(0).at] as const, [record(1).id, at] as const] });
  const again = createOverlap(2000, readState(checkpoint(token))!.reached);
  expect([0, 1, 2].map((number) => again.take(record(number)))).toEqual([false, false, true]);
});
