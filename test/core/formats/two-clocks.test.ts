// A line with two times: of whoever carried it and of the program, or of the program and in what it says.
import { readLine } from '../../../src/core/formats/dialects.ts';

test.each([
  ['a message that begins with a time', 'db-1  | 2026-03-01 08:00:00,011 INFO 2026-01-02 03:04:05,678 ERROR boom', 'info', 'db-1  |'],
  ['the same without a carrier', '2026-03-01 08:00:00,011 INFO 2026-01-02 03:04:05,678 ERROR boom', 'info', ''],
  ['a carrier with a clock', '2026-03-01T08:00:00.011Z 2026-03-01 08:00:00,010 ERROR boom', 'error', ''],
  ['a carrier with a clock and a name', '08:00:00 web.1   | INFO 2026-03-01 08:00:00,010 boom', 'info', 'web.1   |'],
])('%s', (_name, text, level, stream) => {
  const reading = readLine(text);
  expect([reading.level, reading.stream.replaceAll('\u0001', '').trim()]).toEqual([level, stream]);
});
