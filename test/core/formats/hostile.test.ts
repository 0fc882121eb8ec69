// No line is worse than linear, whatever a stranger writes into it: each is read at one size and at eight times that size.
import { readLine } from '../../../src/core/formats/dialects.ts';
import { readTrace } from '../../../src/core/formats/traces/languages.ts';
import { isDoneWithin, isLinear } from '../../support/processor-time.ts';
import { detect } from '../read/detector-run.ts';

const TRACES: readonly (readonly [string, (n: number) => readonly string[]])[] = [
  ['blank lines', (n) => ['ValueError: x', ...Array<string>(n).fill('')]],
  ['blanks', (n) => ['ValueError: x', ' '.repeat(n)]],
  ['frames of Python', (n) => ['Traceback (most recent call last):', ...Array<string>(n).fill('  File "a.py", line 1, in f'), 'E: x']],
  ['frames of Java', (n) => ['a.BException: x', ...Array<string>(n).fill('\tat a.B.c(B.java:1)')]],
  ['causes', (n) => ['a.BException: x', ...Array<string>(n).fill('Caused by: a.C: x')]],
  ['heads of PHP', (n) => Array<string>(n).fill('Next A: x')],
  ['what() of C++', (n) => Array<string>(n).fill("  what():  terminate called after throwing an instance of 'X'")],
  ['brackets', (n) => ['['.repeat(n), ']'.repeat(n), '('.repeat(n)]],
];

test.each(TRACES)('a trace of %s', async (_, lines) => {
  expect(await isLinear((size) => readTrace(lines(size)))).toBe(true);
});

const LINES: readonly (readonly [string, (n: number) => string])[] = [
  ['digits', (n) => '1'.repeat(n)],
  ['blanks', (n) => `${' '.repeat(n)}ERROR`],
  ['open brackets', (n) => '['.repeat(n)],
  ['pairs of brackets', (n) => `2026-01-02 03:04:05 ${'[]'.repeat(n)} x`],
  ['bars', (n) => 'a | '.repeat(n)],
  ['colons', (n) => ': [] '.repeat(n)],
  ['clocks', (n) => '03:04:05 '.repeat(n)],
  ['quotes', (n) => `Exception ${'"a" '.repeat(n)}`],
  ['pairs of logfmt', (n) => `level=error ${'a=b '.repeat(n)}`],
  // Long enough that four times sixty-four is beyond every machine.
  ['names of packages', (n) => `2026-01-02 03:04:05 ERROR ${'a.'.repeat(5 * n)}`],
  ['names of packages without a level', (n) => `${'a.'.repeat(5 * n)} Exception`],
  ['words before a place', (n) => `Error: ${'in '.repeat(8 * n)}`],
  ['errors in errors', (n) => 'Error: '.repeat(8 * n)],
  ['fields of a record over lines', (n) => `{\n${'"a": {\n'.repeat(n)}"level": "error"\n`],
  ['fields of a journal', (n) => `__CURSOR=a\n${'PRIORITY=3\n'.repeat(n)}`],
  ['objects in objects', (n) => `{"level":"error","a":${'{"a":'.repeat(n)}1${'}'.repeat(n)}}`],
  [
    'newlines in a stack',
    (n) => JSON.stringify({ level: 'error', err: { type: 'E', stack: `Traceback (most recent call last):${'\n'.repeat(n)}E: x` } }),
  ],
  ['blanks in a stack', (n) => JSON.stringify({ level: 'error', err: { stack: `x${' '.repeat(n)}y` } })],
];

test.each(LINES)('a line of %s', async (_, line) => {
  expect(await isLinear((size) => readLine(line(size)))).toBe(true);
  expect(await isLinear((size) => detect(`ok\n${line(size)}\nok\n`))).toBe(true);
});

test('a record with 80,000 newlines in its stack', async () => {
  const stack = `Traceback (most recent call last):\n  File "/srv/a.py", line 6, in f\n    x\nValueError: x${'\n'.repeat(80_000)}y`;
  const line = JSON.stringify({ level: 'error', msg: 'a', err: { type: 'ValueError', message: 'b', stack } });
  const read = () => detect(`${line}\n`).map((event) => [event.type, event.frames[0]?.file]);
  expect(await isDoneWithin(20_000, () => expect(read()).toEqual([['ValueError', '/srv/a.py']]))).toBe(true);
});
