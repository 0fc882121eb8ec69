import { localTime, type OffsetAt } from '../../src/core/local-time.ts';

const TIME = '2026-03-01T10:00:20.123Z';

test.each<readonly [name: string, time: string, offsetAt: OffsetAt | undefined, expected: string]>([
  ['no zone: UTC', TIME, undefined, '2026-03-01 10:00:20 UTC'],
  ['east', TIME, () => 120, '2026-03-01 12:00:20 +02:00'],
  ['half an hour', TIME, () => 330, '2026-03-01 15:30:20 +05:30'],
  ['west, the day before', TIME, () => -660, '2026-02-28 23:00:20 -11:00'],
  ['west of UTC by half an hour', TIME, () => -30, '2026-03-01 09:30:20 -00:30'],
  ['an offset of its own time', TIME, (instant) => (instant === Date.parse(TIME) ? 60 : 0), '2026-03-01 11:00:20 +01:00'],
  ['written with an offset', '2026-03-01T23:30:00+02:00', () => -60, '2026-03-01 20:30:00 -01:00'],
  ['no time', 'yesterday', () => 60, 'yesterday'],
])('%s', (_name, time, offsetAt, expected) => {
  expect(localTime(time, offsetAt)).toBe(expected);
  expect(localTime(time, offsetAt, 'minutes')).toBe(expected.replace(/:\d\d (?=[U+-])/, ' '));
});
