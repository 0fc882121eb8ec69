// Times without a zone: whose clock they are of.
import { absolute, UTC, zoneOf } from '../../../src/core/formats/zones.ts';
import { detect } from '../read/detector-run.ts';

const rows: readonly (readonly [zone: string, local: string, instant: string])[] = [
  ['UTC', '2026-01-02T03:04:05.678', '2026-01-02T03:04:05.678Z'],
  ['Asia/Shanghai', '2026-01-02T03:04:05.678', '2026-01-01T19:04:05.678Z'],
  ['+08:00', '2026-01-02T03:04:05.678', '2026-01-01T19:04:05.678Z'],
  ['-0330', '2026-01-02T03:04:05.678', '2026-01-02T06:34:05.678Z'],
  ['UTC+2', '2026-01-02T03:04:05.678', '2026-01-02T01:04:05.678Z'],
  ['Europe/Berlin', '2026-07-02T03:04:05.678', '2026-07-02T01:04:05.678Z'],
  ['Asia/Kolkata', '2026-01-02T03:04:05.678', '2026-01-01T21:34:05.678Z'],
  ['America/St_Johns', '2026-01-02T03:04:05.678', '2026-01-02T06:34:05.678Z'],
  // The hour that exists twice, and the one that does not exist.
  ['Europe/Berlin', '2026-10-25T02:30:00.000', '2026-10-25T00:30:00.000Z'],
  ['Europe/Berlin', '2026-03-29T02:30:00.000', '2026-03-29T01:30:00.000Z'],
  ['America/New_York', '2026-11-01T01:30:00.000', '2026-11-01T05:30:00.000Z'],
  ['America/New_York', '2026-03-08T02:30:00.000', '2026-03-08T07:30:00.000Z'],
  ['Europe/Berlin', '2026-01-02T03:04:05.678Z', '2026-01-02T03:04:05.678Z'],
];

test.each(rows)('%s %s', (zone, local, instant) => {
  expect(absolute(local, zoneOf(zone))).toBe(instant);
});

test.each(['', 'Mars/Base', '+25:00', ':/etc/localtime'])('no zone: %j', (name) => {
  expect(() => zoneOf(name)).toThrow(RangeError);
});

const zone = zoneOf('Asia/Shanghai');
const times = (line: string): readonly (string | undefined)[] => [
  detect(`${line}\n`)[0]?.time,
  detect(`${line}\n`, { zone })[0]?.time,
  detect(`${line}\n`, { zone: UTC })[0]?.time,
];

test.each([
  ['plain', '2026-01-02 03:04:05,678 ERROR no price', true],
  ['nginx', '2026/01/02 03:04:05 [error] 29#29: *1 no price', true],
  ['JSON', '{"level":"error","time":"2026-01-02T03:04:05","msg":"no price"}', true],
  ['with an offset', '2026-01-02T03:04:05.678+00:00 ERROR no price', false],
  ['CRI', '2026-01-02T03:04:05.678901234Z stderr F ERROR no price', false],
  ['seconds since 1970', '{"level":"error","time":1767323045.678,"msg":"no price"}', false],
])('%s', (_, line, isLocal) => {
  const [absent, shanghai, utc] = times(line);
  expect(absent).toBe(utc);
  expect(utc).toMatch(/^2026-01-02T03:04:05\.\d{3}Z$/);
  expect(shanghai).toMatch(isLocal ? /^2026-01-01T19:04:05\.\d{3}Z$/ : /^2026-01-02T03:04:05\.\d{3}Z$/);
});
