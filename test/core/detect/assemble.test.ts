import { detect, ranges } from '../read/detector-run.ts';

const AT = '    at f (/app/a.js:1:2)';

describe('which lines are one event', () => {
  const rows: readonly (readonly [name: string, lines: readonly string[], expected: string])[] = [
    ['plain text has none', ['hello', 'world', ''], ''],
    ['a record below the level', ['2026-01-02 03:04:05 INFO no exception here', '2026-01-02 03:04:05 DEBUG error'], ''],
    ['an error record', ['2026-01-02 03:04:05 ERROR boom', '2026-01-02 03:04:06 INFO ok'], '1-1'],
    ['text below a head with a time stamp', ['2026-01-02 03:04:05 ERROR boom', 'because', 'of this', '2026-01-02 03:04:06 INFO ok'], '1-3'],
    ['a head without time owns indented lines only', ['ERROR: boom', '  detail', 'listening on 8080'], '1-2'],
    ['two copies of one trace', ['TypeError: x', AT, 'TypeError: x', AT], '1-2 3-4'],
    ['text after a trace', ['TypeError: x', AT, 'listening on 8080'], '1-2'],
    ['a message of several lines before the frames', ['Error: first', 'second', '', 'third', AT, 'next'], '1-5'],
    ['the same lines without frames', ['Error: first', 'second', '', 'third', 'next'], '1-1'],
    [
      'a trace below an error head',
      ['2026-01-02 03:04:05 ERROR failed', 'java.lang.IllegalStateException: x', '\tat a.B.c(B.java:1)', '2026-01-02 03:04:06 INFO ok'],
      '1-3',
    ],
    ['a trace below a head that has the error in it', ['ERROR failed: a.B$CException: x', '\tat a.B.c(B.java:1)', 'ok'], '1-2'],
    [
      'a trace below information is a crash',
      ['2026-01-02 03:04:05 INFO ok', 'Traceback (most recent call last):', '  File "a.py", line 1, in f', '    x', 'ValueError: y'],
      '2-5',
    ],
    [
      'a trace below a warning is the warning’s',
      ['2026-01-02 03:04:05 WARN late', 'java.lang.IllegalStateException: x', '\tat a.B.c(B.java:1)', '2026-01-02 03:04:06 INFO ok'],
      '',
    ],
    [
      'but not a crash below a warning',
      ['2026-01-02 03:04:05 WARN late', 'Exception in thread "main" java.lang.IllegalStateException: x', '\tat a.B.c(B.java:1)'],
      '2-3',
    ],
    [
      'records of one head, of which the second names an error and has frames',
      [
        '2026-01-02 03:04:05 ERROR order 17 failed',
        '2026-01-02 03:04:06 ERROR TypeError: x',
        AT,
        '2026-01-02 03:04:07 ERROR order 18 failed',
        '2026-01-02 03:04:08 INFO ok',
      ],
      '1-1 2-3 4-4',
    ],
    ['an object is one event', ['{"level":"error","message":"m"}', '  indented', '{"level":"error","message":"n"}'], '1-1 3-3'],
    ['a place alone is no crash', ['/app/a.js:3', 'hello'], ''],
    ['a warning of perl is none', ['Use of uninitialized value $x in addition (+) at a.pl line 3.'], ''],
    [
      'PostgreSQL’s statement',
      [
        '2026-01-02 03:04:05.678 UTC [42] ERROR:  x',
        '2026-01-02 03:04:05.678 UTC [42] STATEMENT:  SELECT',
        '2026-01-02 03:04:06.678 UTC [42] LOG:  ok',
      ],
      '1-2',
    ],
    [
      'logcat',
      [
        'E/AndroidRuntime( 12): FATAL EXCEPTION: main',
        'E/AndroidRuntime( 12): Process: com.x, PID: 12',
        'E/AndroidRuntime( 12): java.lang.RuntimeException: x',
        'E/AndroidRuntime( 12): \tat a.B.c(B.java:1)',
        'I/Zygote( 1): ok',
      ],
      '1-4',
    ],
    [
      'Monolog',
      [
        '[2026-01-02 03:04:05] production.ERROR: boom {"exception":"[object] (E(code: 0): boom at /app/a.php:3)',
        '[stacktrace]',
        '#0 /app/b.php(7): f()',
        '#1 {main}',
        '"}',
        '[2026-01-02 03:04:06] production.INFO: ok',
      ],
      '1-5',
    ],
    [
      'PHP',
      ['PHP Fatal error:  Uncaught Exception: x in /app/a.php:3', 'Stack trace:', '#0 {main}', '  thrown in /app/a.php on line 3', 'ok'],
      '1-4',
    ],
    ['Ruby', ["a.rb:2:in 'Cart#add': boom (RuntimeError)", "\tfrom a.rb:5:in '<main>'", 'ok'], '1-2'],
    ['Elixir', ['** (RuntimeError) boom', '    (shop 0.1.0) lib/cart.ex:7: Shop.Cart.add/1', 'ok'], '1-2'],
    ['C#', ['Unhandled exception. System.Exception: x', '   at Shop.Main() in /src/Shop.cs:line 3', 'ok'], '1-2'],
    ['Dart', ['Unhandled exception:', 'Bad state: x', '#0      main (file:///a.dart:1:2)', 'ok'], '1-3'],
    ['Swift', ['a/main.swift:3: Fatal error: Index out of range', 'ok'], '1-1'],
    [
      'Rust without a backtrace',
      [
        "thread 'main' panicked at src/main.rs:2:5:",
        'boom',
        'note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace',
        'ok',
      ],
      '1-3',
    ],
    [
      'a thread’s exception with a message of two lines',
      [
        'Exception in thread "main" a.BException: one',
        'two',
        '\tat a.B.c(B.java:1)',
        '\tSuppressed: a.DException',
        '\t\t... 1 more',
        'Caused by: a.EException: root',
        '\t... 1 more',
        'ok',
      ],
      '1-7',
    ],
    [
      'asyncio’s lost task',
      [
        'Task exception was never retrieved',
        "future: <Task exception=ValueError('x')>",
        'Traceback (most recent call last):',
        '  File "a.py", line 1, in f',
        'ValueError: x',
        'ok',
      ],
      '1-5',
    ],
    [
      'an error that Node prints with its properties',
      ['request failed: Error: boom', `${AT} {`, "  code: 'E',", '  list: [ 1,', '    2 ]', '}', 'ok'],
      '1-6',
    ],
    ['colours', ['\x1b[31mERROR\x1b[0m boom', '\x1b[32mINFO\x1b[0m ok'], '1-1'],
  ];
  test.each(rows)('%s', (_, lines, expected) => {
    expect(ranges(detect(`${lines.join('\n')}\n`))).toBe(expected);
  });

  test('interleaved streams are kept apart', () => {
    const line = (stream: string, text: string): string => JSON.stringify({ log: `${text}\n`, stream });
    const log = [
      line('a', 'TypeError: x'),
      line('b', 'RangeError: y'),
      line('a', AT),
      line('b', AT),
      line('a', 'ok'),
      line('b', 'ok'),
    ].join('\n');
    const events = detect(log);
    expect(ranges(events)).toBe('1-3 2-4');
    expect(events.map((event) => event.text)).toEqual([`TypeError: x\n${AT}`, `RangeError: y\n${AT}`]);
  });

  test('a quiet stream is closed after many lines of others', () => {
    const lines = [
      JSON.stringify({ log: 'TypeError: x\n', stream: 'a' }),
      ...Array.from({ length: 1200 }, () => JSON.stringify({ log: 'ok\n', stream: 'b' })),
    ];
    expect(ranges(detect(lines.join('\n')))).toBe('1-1');
  });

  test('level all makes every record an event, and joins what belongs to it', () => {
    const log = '2026-01-02 03:04:05 INFO a\n  more\n2026-01-02 03:04:05 DEBUG b\nplain\n\nplain\n';
    expect(ranges(detect(log, { level: 'all' }))).toBe('1-2 3-6');
    expect(ranges(detect('one\ntwo\n\nthree\n', { level: 'all' }))).toBe('1-1 2-2 4-4');
  });

  test('an event has a cap, and says so', () => {
    const event = detect(`Error: x\n${`${AT}\n`.repeat(100)}`, { maxEventLines: 10 })[0]!;
    expect(event.text.split('\n')).toHaveLength(11);
    expect(event.text).toContain('… [91 more lines]');
    expect(event.endLine).toBe(101);
  });
});

/** Wrong answers we know of: whoever mends one moves its row up. */
describe('known wrong', () => {
  const rows: readonly (readonly [name: string, lines: readonly string[], desired: string, actual: string])[] = [
    [
      'a line printed between a record and its message’s second line',
      ['2026-01-02 03:04:05 ERROR boom', 'listening on 8080', '2026-01-02 03:04:06 INFO ok'],
      '1-1',
      '1-2',
    ],
    ['a traced crash right after a warning that only says so', ['2026-01-02 03:04:05 WARN low memory', 'TypeError: x', AT], '2-3', ''],
    [
      'a second message line below a bare trace',
      ['Traceback (most recent call last):', '  File "a.py", line 1, in f', '    x', 'ValueError: y', 'z'],
      '1-5',
      '1-4',
    ],
  ];
  test.each(rows)('%s', (_, lines, desired, actual) => {
    expect(ranges(detect(`${lines.join('\n')}\n`))).toBe(actual);
    expect(actual).not.toBe(desired);
  });
});
