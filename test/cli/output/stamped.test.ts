import { fstatSync } from 'node:fs';
import { isJournal, severityPrefix, stamped, timePrefix } from '../../../src/cli/output/stamped.ts';

function printed(prefixOf: (line: string) => string, ...texts: readonly string[]): string {
  let all = '';
  const sink = stamped({ write: (text) => (all += text) }, prefixOf);
  for (const text of texts) sink.write(text);
  return all;
}

const NOON = timePrefix(
  () => new Date('2026-03-01T12:00:00.000Z'),
  () => 480,
);

test.each([
  ['one line', ['watching app.log\n'], '2026-03-01 20:00:00 +08:00  watching app.log\n'],
  ['several at once', ['a\nb\n'], '2026-03-01 20:00:00 +08:00  a\n2026-03-01 20:00:00 +08:00  b\n'],
  ['an empty line stays empty', ['a\n\n'], '2026-03-01 20:00:00 +08:00  a\n\n'],
])('a time before each line: %s', (_, texts, all) => {
  expect(printed(NOON, ...texts)).toBe(all);
});

test('the journal is told how grave a line is', () => {
  expect(printed(severityPrefix, 'watching app.log\n', 'warning: no such log\nai-ops: error: interrupted\n', 'ai-ops: hint: again\n')).toBe(
    '<6>watching app.log\n<4>warning: no such log\n<3>ai-ops: error: interrupted\n<6>ai-ops: hint: again\n',
  );
});

test('a stream is the journal where device and inode are those of the variable', () => {
  const { dev, ino } = fstatSync(1);
  expect(isJournal(1, `${dev}:${ino}`)).toBe(true);
  expect(isJournal(1, undefined)).toBe(false);
  expect(isJournal(1, '1:2')).toBe(false);
  expect(isJournal(999_999, '1:2')).toBe(false);
});
