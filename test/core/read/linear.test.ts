// What a stranger can write into a log costs no more than in proportion to its length (`growth.ts`).
import { isReadLinearly } from './growth.ts';

const HEAD = '2026-01-02 03:04:05,678 ERROR [main] shop: ';
const record = (text: string): string => `${HEAD}x\n${text}\n${HEAD}y\n`;
const stack = (text: string): string =>
  `${JSON.stringify({ level: 'error', msg: 'a', err: { type: 'ValueError', message: 'b', stack: `Traceback (most recent call last):\n  File "/a.py", line 6, in f\n    x\nValueError: x${text}` } })}\n`;

/** Grows with a line. */
const LINES: readonly (readonly [string, (n: number) => string])[] = [
  ['characters', (n) => `${HEAD}${'x'.repeat(n)}\n`],
  ['digits', (n) => `${HEAD}${'1'.repeat(n)}\n`],
  ['numbers', (n) => `${HEAD}${'12 '.repeat(n / 3)}\n`],
  ['identifiers', (n) => `${HEAD}${'a1-'.repeat(n / 3)}x\n`],
  ['blanks', (n) => `${HEAD}${' '.repeat(n)}x\n`],
  ['tabs', (n) => `${'\t'.repeat(n)}ERROR\n`],
  ['open brackets', (n) => `${HEAD}${'['.repeat(n)}\n`],
  ['nested brackets', (n) => `${HEAD}${'['.repeat(n / 2)}${']'.repeat(n / 2)}\n`],
  ['empty pairs', (n) => `${HEAD}${': [] '.repeat(n / 5)}\n`],
  ['bars', (n) => `${'a | '.repeat(n / 4)}ERROR x\n`],
  ['clocks', (n) => `${'03:04:05 '.repeat(n / 9)}ERROR x\n`],
  ['quotes', (n) => `Exception ${'"a" '.repeat(n / 4)}\n`],
  ['pairs of logfmt', (n) => `level=error ${'a=b '.repeat(n / 4)}\n`],
  ['paths', (n) => `${HEAD}${'/a'.repeat(n / 2)}: x\n`],
  ['dots', (n) => `${HEAD}${'a.'.repeat(n / 2)}BException: x\n`],
  ['colour codes', (n) => `${HEAD}${'\x1b[31m'.repeat(n / 5)}x\n`],
  ['bytes that are no text', (n) => `${HEAD}${'\ufffd\0'.repeat(n / 4)}\n`],
  ['objects in objects', (n) => `{"level":"error","a":${'{"a":'.repeat(n / 6)}1${'}'.repeat(n / 6)}}\n`],
  ['fields of a record', (n) => `{"level":"error",${Array.from({ length: n / 10 }, (_, at) => `"k${at}":1`).join(',')}}\n`],
  ['escapes', (n) => `{"level":"error","msg":"${'\\n'.repeat(n / 2)}"}\n`],
  ['newlines in a stack', (n) => stack('\n'.repeat(n))],
  ['newlines and blanks in a stack', (n) => stack('\n '.repeat(n / 2))],
  ['openers in a stack', (n) => stack('\nTraceback (most recent call last):'.repeat(n / 36))],
  ['rulers in a stack', (n) => stack(`\n${'='.repeat(18)}`.repeat(n / 20))],
  ['a line in an envelope', (n) => `${JSON.stringify({ log: `${HEAD}${'1 '.repeat(n / 2)}\n`, stream: 'stderr', time: 'x' })}\n`],
];

test.each(LINES)('a line of %s', async (_, form) => {
  expect(await isReadLinearly(form, 120_000)).toBe(true);
});

/** Another one each time: what is read again at once is remembered, and costs next to nothing. */
let made = 0;
function nextRecord(): string {
  made += 1;
  return `{"level":${made % 70},"name":"${made.toString(36)}","msg":"error"}\n`;
}

/** Grows by lines. */
const BLOCKS: readonly (readonly [string, (n: number) => string])[] = [
  ['empty lines below a record', (n) => record('\n'.repeat(n))],
  ['frames of Java', (n) => record(`a.BException: x\n${'\tat a.B.c(B.java:1)\n'.repeat(n)}`)],
  ['frames of Python', (n) => record(`Traceback (most recent call last):\n${'  File "a.py", line 1, in f\n    x\n'.repeat(n / 2)}E: x`)],
  ['causes', (n) => record(`a.BException: x\n${'Caused by: a.CException: x\n'.repeat(n)}`)],
  ['openers', (n) => 'Traceback (most recent call last):\n'.repeat(n)],
  ['openers of C++', (n) => "terminate called after throwing an instance of 'X'\n  what():  y\n".repeat(n / 2)],
  ['heads of PHP', (n) => record(`PHP Fatal error:  Uncaught A: x\n${'Next A: x\n'.repeat(n)}`)],
  ['members of no object', (n) => Array.from({ length: n }, (_, at) => `"error": "${at.toString(36)}x",\n`).join('')],
  ['fields of no journal', (n) => Array.from({ length: n / 2 }, (_, at) => `PRIORITY=3\nMESSAGE=error ${at}\n`).join('')],
  ['pieces of one line', (n) => '2026-01-02T03:04:05.678901234Z stderr P x\n'.repeat(n)],
  ['streams', (n) => Array.from({ length: n }, (_, at) => `Jan  2 03:04:05 h${at} app[${at}]: ERROR x\n`).join('')],
  ['heads', (n) => Array.from({ length: n }, (_, at) => `${at.toString(36)}| 03:04:05 ${'EWI'[at % 3]} [x${at}] y: error\n`).join('')],
  ['different errors', (n) => Array.from({ length: n }, (_, at) => `${HEAD}cannot ${at.toString(26).replace(/\d/g, 'q')} it\n`).join('')],
  ['different words of one error', (n) => Array.from({ length: n }, (_, at) => `${HEAD}for user u${at.toString(36)}\n`).join('')],
  ['different records', (n) => Array.from({ length: n }, nextRecord).join('')],
];

test.each(BLOCKS)('%s', async (_, form) => {
  expect(await isReadLinearly(form, 2400)).toBe(true);
});
