// Reports in which runtimes and libraries put places in a form of their own: which lines they have, what was thrown, and where.
import { readTrace } from '../../../src/core/formats/traces/languages.ts';
import { fingerprint } from '../../../src/core/group/fingerprint.ts';
import { detect } from '../read/detector-run.ts';

const told = (lines: readonly string[]) =>
  detect(`${lines.join('\n')}\n`).map(
    ({ line, endLine, level, language, type, message, frames }) =>
      `${line}-${endLine} ${level} ${language} ${type} | ${message} | ${frames
        .filter(({ inApp }) => inApp)
        .map((frame) => `${frame.file}:${frame.line} ${frame.function ?? ''}`.trim())
        .join(', ')}`,
  );

const heroku = (lines: readonly string[]): readonly string[] =>
  lines.map((line, at) => `2026-12-01T09:14:03.1${String(at).padStart(2, '0')}000+00:00 app[web.1]: ${line}`);

const LAYERS = [
  '(1) attached stack trace',
  '  -- stack trace:',
  '  | main.post',
  '  | \t/srv/books/post.go:31',
  '  | [...repeated from below...]',
  'Wraps: (2) cannot post',
  'Wraps: (3) attached stack trace',
  '  -- stack trace:',
  '  | main.open',
  '  | \t/srv/books/open.go:12',
  '  | main.post',
  '  | \t/srv/books/post.go:31',
  '  | runtime.main',
  '  | \t/usr/local/go/src/runtime/proc.go:290',
  'Wraps: (4) no account 9',
  'Error types: (1) *withstack.withStack (2) *errutil.withPrefix (3) *withstack.withStack (4) *errutil.leafError',
];
const PLACES = '/srv/books/open.go:12 main.open, /srv/books/post.go:31 main.post';

test.each<readonly [string, readonly string[], readonly string[]]>([
  [
    'gin: a stack whose places stand above their calls ends where they do',
    [
      '2026/12/01 12:31:10 [Recovery] 2026/12/01 - 12:31:10 panic recovered:',
      'runtime error: integer divide by zero',
      '/usr/local/go/src/runtime/panic.go:236 (0x44c3b6)',
      '\tpanicdivide: panic(divideError)',
      '/srv/books/share.go:13 (0xabc149)',
      '\tshare: return sum / parts',
      '/usr/local/go/src/runtime/asm_amd64.s:1771 (0x48d680)',
      '\tgoexit: BYTE\t$0x90\t// NOP',
      'books closed',
    ],
    ['1-8 fatal go panic | runtime error: integer divide by zero | /srv/books/share.go:13 share'],
  ],
  [
    'a record of Amazon whose lines end with a carriage return',
    [
      '[ERROR] ValueError: no rate\rTraceback (most recent call last):\r\u00a0\u00a0File "/var/task/rates.py", line 4, in rate\r\u00a0\u00a0\u00a0\u00a0raise ValueError(\'no rate\')',
      'END RequestId: 8d2c1c52-5f1c-4f39-9c1e-2f1b8a2f9a7b',
    ],
    ['1-1 error python ValueError | no rate | /var/task/rates.py:4 rate'],
  ],
  [
    'a line that was written over with carriage returns is no trace',
    ['ERROR loading 10%\rloading 20%\rlost'],
    ['1-1 error none null | loading 10%\rloading 20%\rlost | '],
  ],
  [
    'Lua within nginx: a function without lines, and the request behind the last frame',
    [
      "2026/12/01 09:14:07 [error] 9#9: *41 lua entry thread aborted: runtime error: /srv/gate/plan.lua:22: attempt to call field 'of' (a nil value)",
      'stack traceback:',
      'coroutine 0:',
      "\t/srv/gate/plan.lua: in function 'plan_of'",
      '\t/srv/gate/access.lua:9: in main chunk, client: 10.0.3.7, server: api.example.org, request: "GET /v1 HTTP/1.1", host: "api.example.org"',
      '2026/12/01 09:14:09 [info] 9#9: *42 client closed connection',
    ],
    [
      "1-5 error none null | 9#9: *41 lua entry thread aborted: runtime error: /srv/gate/plan.lua:22: attempt to call field 'of' (a nil value) | /srv/gate/plan.lua:22 plan_of, /srv/gate/access.lua:9",
    ],
  ],
  [
    'Symfony Console with its trace',
    [
      'posting',
      '',
      'In books.php line 6:',
      '                     ',
      '  [DomainException (4)]  ',
      '  no amount          ',
      '                     ',
      '',
      'Exception trace:',
      '  at /srv/books/books.php:6',
      ' Books\\Post->amount() at /srv/books/books.php:5',
      ' ReflectionMethod->invoke() at n/a:n/a',
      ' Symfony\\Component\\Console\\Application->run() at /srv/books/vendor/symfony/console/Application.php:171',
      '',
      'books:post [--dry-run] [--] <file>',
    ],
    ['3-13 error php DomainException | no amount | /srv/books/books.php:6, /srv/books/books.php:5 Books\\Post->amount'],
  ],
  [
    'the same without it, and its cause',
    [
      'In post.php line 9:',
      '            ',
      '  not posted  ',
      '            ',
      '',
      'In books.php line 6:',
      '           ',
      '  no amount  ',
      '           ',
      '',
      'books:post <file>',
    ],
    ['1-8 error php null | not posted | books.php:6, post.php:9'],
  ],
  ['a sentence about a line is none', ['In books.php line 6: nothing to do', 'In line 6:', 'done'], []],
  [
    'layers of an error of Go behind a clock',
    ['2026/12/01 12:31:10 error: cannot post: no account 9', ...LAYERS, '2026/12/01 12:31:10 idle'],
    [`1-17 error go null | cannot post: no account 9 | ${PLACES}`],
  ],
  [
    'the same behind a head on each line',
    heroku(['2026/12/01 12:31:10 ready', '2026/12/01 12:31:10 error: cannot post: no account 9', ...LAYERS, '2026/12/01 12:31:10 idle']),
    [`2-18 error go null | cannot post: no account 9 | ${PLACES}`],
  ],
  [
    'the same printed bare',
    ['ready', 'cannot post: no account 9', ...LAYERS, 'idle'],
    [`2-18 error go null | cannot post: no account 9 | ${PLACES}`],
  ],
])('%s', (_name, lines, expected) => {
  expect(told(lines)).toEqual(expected);
});

const nameOf = (...lines: readonly string[]): string => fingerprint(detect(`${lines.join('\n')}\n`)[0]!).id;
const report = (...causes: readonly string[]): string => nameOf('Error: no settings', '', 'Caused by:', ...causes);

test('a report without frames is told apart by its last cause', () => {
  const missing = report('    No such file or directory (os error 2)');
  expect(report('    expected `=`, found newline at line 3 column 7')).not.toBe(missing);
  expect(report('    0: cannot read', '    1: expected `=` at line 3 column 7')).toBe(
    report('    0: cannot read', '    1: expected `=` at line 9 column 2'),
  );
});

test('R names the call where it names no file', () => {
  const inTotal = nameOf('Error in total(c("a", "b")) : no prices', 'Execution halted');
  expect(nameOf('Error in discount(18) : no prices', 'Execution halted')).not.toBe(inTotal);
  expect(nameOf('Error in total(7) : no prices', 'Execution halted')).toBe(inTotal);
  expect(nameOf('Error in `total()`:', '! no prices')).not.toBe(nameOf('Error in `discount()`:', '! no prices'));
});

test('grammars of these reports take time in proportion', () => {
  const time = (count: number): number => {
    const lines = [` ${'a at '.repeat(count)}`, `\t/a.lua: in ${', client: '.repeat(count)}\r`, `  [${'A\\'.repeat(count)}`];
    const from = performance.now();
    for (const line of lines) readTrace(['In a.php line 1:', 'Exception trace:', line]);
    return performance.now() - from;
  };
  time(100);
  expect(time(40_000)).toBeLessThan(2000);
});
