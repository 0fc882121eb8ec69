// docker cuts a line at 16 KiB. Its first piece, where it names no error, is passed over unread; what stands in the second one
// is of the record that began there, all the same.
import { detect } from '../read/detector-run.ts';

const TIME = '2026-01-02T03:04:05.000000001Z';
const record = (log: string, stream = 'stdout'): string => JSON.stringify({ log, stream, time: TIME });
const long = (head: string): string => head + 'x'.repeat(16_384 - head.length);
const eventsOf = (...lines: readonly string[]): readonly string[] =>
  detect(`${lines.join('\n')}\n`).map(({ line, endLine, level }) => `${line}-${endLine} ${level}`);

test.each<readonly [string, readonly string[], readonly string[]]>([
  ['INFO, and words of an error behind the cut', [record(long('2026-01-02 03:04:05 INFO sent ')), record('an Exception\n')], []],
  ['ERROR before the cut', [record(long('2026-01-02 03:04:05 ERROR sent ')), record('an Exception\n')], ['1-2 error']],
  ['no level: the words decide', [record(long('2026-01-02 03:04:05 sent ')), record('an Exception\n')], ['1-2 error']],
  ['of another pipe', [record(long('2026-01-02 03:04:05 INFO sent '), 'stderr'), record('an Exception\n')], ['2-2 error']],
  ['long, and not cut', [record(`${long('2026-01-02 03:04:05 INFO sent ')}\n`), record('an Exception\n')], ['2-2 error']],
])('%s', (_, lines, expected) => {
  expect(eventsOf(...lines)).toEqual(expected);
  // A line above that is read by itself changes nothing.
  expect(eventsOf(record('ok\n'), ...lines).length).toBe(expected.length);
});
