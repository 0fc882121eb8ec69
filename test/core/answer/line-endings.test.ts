// Line endings of a changed file, by what its base has.
import { keepLineEndings, likeEnds } from '../../../src/core/answer/line-endings.ts';

const rows: [name: string, before: string | undefined, after: string, expected: string][] = [
  ['LF stays LF', 'a\n', 'b\n', 'b\n'],
  ['CRLF for an LF base', 'a\n', 'b\r\nc\r\n', 'b\nc\n'],
  ['LF for a CRLF base', 'a\r\nb\r\n', 'a\nc\n', 'a\r\nc\r\n'],
  ['CRLF stays CRLF', 'a\r\n', 'b\r\n', 'b\r\n'],
  ['a mixed answer for a CRLF base', 'a\r\n', 'b\nc\r\nd', 'b\r\nc\r\nd'],
  ['a mixed base is left to the answer', 'a\r\nb\n', 'c\nd\r\n', 'c\nd\r\n'],
  ['each line of a mixed base keeps its own', 'a\r\nb\nc\r\nd\n', 'a\nb\nnew\nc\nd\n', 'a\r\nb\nnew\nc\r\nd\n'],
  [
    'a line of a mixed base that was changed',
    'int a;\r\nint b = f(a);\r\nint c;\n',
    'int a;\nint b = g(a);\nint c;\n',
    'int a;\r\nint b = g(a);\r\nint c;\n',
  ],
  ['a new file', undefined, 'a\r\nb\r\n', 'a\nb\n'],
  ['an empty base', '', 'a\r\n', 'a\n'],
  ['a base of one line without end', 'a', 'b\r\nc', 'b\nc'],
  ['a lone CR in the answer', 'a\n', 'b\rc\r\n', 'b\rc\r\n'],
  ['a lone CR in the base', 'a\rb\r\n', 'c\n', 'c\n'],
  ['binary answer', 'a\n', 'b\u0000\r\n', 'b\u0000\r\n'],
  ['binary base', 'a\u0000\n', 'b\r\n', 'b\r\n'],
  ['nothing', 'a\r\n', '', ''],
];

test.each(rows)('%s', (_name, before, after, expected) => {
  const base = before === undefined ? undefined : Buffer.from(before);
  expect(keepLineEndings(base, Buffer.from(after)).toString()).toBe(expected);
});

test('twice is as once', () => {
  for (const [, before, after] of rows) {
    const base = before === undefined ? undefined : Buffer.from(before);
    const once = keepLineEndings(base, Buffer.from(after));
    expect(keepLineEndings(base, once).equals(once)).toBe(true);
  }
});

test.each<[string, string, string, string]>([
  ['CRLF comes back', ' a\n-b\n+c\n', ' a\r\n-b\r\n+c\r\n', ' a\r\n-b\r\n+c\r\n'],
  ['only where it was', ' a\n-b\n+c\n', ' a\r\n-b\n+c\r\n', ' a\r\n-b\n+c\r\n'],
  ['what was taken out of a line stays out', '+key = [redacted secret 1]\n', '+key = abc\r\n', '+key = [redacted secret 1]\r\n'],
  ['lines were taken out', ' a\n', ' a\r\n b\r\n', ' a\n'],
  ['LF', ' a\n', ' a\n', ' a\n'],
])('a text like another in its ends: %s', (_name, text, exact, expected) => expect(likeEnds(text, exact)).toBe(expected));
