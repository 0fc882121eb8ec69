// Sets of where an incident came from: bounded, and the same in whatever order they are put together.
import { factsOf, mergedFacts } from '../../src/core/facts.ts';
import type { Facts, Origin } from '../../src/core/model.ts';

const at = (minutes: number): string => new Date(Date.parse('2026-03-01T10:00:00Z') + minutes * 60_000).toISOString();
const seen = (origin: Origin, first: number, last = first): Facts => factsOf(origin, at(first), at(last))!;
const all = (...some: readonly Facts[]): Facts | undefined =>
  some.reduce<Facts | undefined>((facts, one) => mergedFacts(facts, one), undefined);

test('each value has its first and its last time, whichever is told first', () => {
  const some = [seen({ host: 'web-2' }, 5), seen({ host: 'web-1', release: '2.4.1' }, 3, 9), seen({ host: 'web-2' }, 1)];
  const expected = {
    release: [{ value: '2.4.1', first: at(3), last: at(9) }],
    host: [
      { value: 'web-2', first: at(1), last: at(5) },
      { value: 'web-1', first: at(3), last: at(9) },
    ],
  };
  expect(all(...some)).toEqual(expected);
  expect(all(...some.toReversed())).toEqual(expected);
});

test('nothing new is nothing to write', () => {
  const known = seen({ host: 'web-1' }, 0, 10);
  expect(mergedFacts(known, seen({ host: 'web-1' }, 2, 9))).toBe(known);
  // Less than a minute later.
  expect(mergedFacts(known, factsOf({ host: 'web-1' }, at(10.5)))).toBe(known);
  expect(mergedFacts(known, undefined)).toBe(known);
});

test('a log that names a new host with each record keeps the first and those seen last, and says that there were more', () => {
  const many = Array.from({ length: 5000 }, (_, index) => seen({ host: `h${index}`, trace: `t${index}` }, index));
  const { host = [], trace = [], more } = all(...many)!;
  expect([host.length, host[0]?.value, host.at(-1)?.value, more]).toEqual([32, 'h0', 'h4999', ['host']]);
  expect(trace.map(({ value }) => value)).toEqual(['t0', 't4999']);
});
