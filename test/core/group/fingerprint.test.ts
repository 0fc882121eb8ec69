import { fingerprint, title } from '../../../src/core/group/fingerprint.ts';
import { detect } from '../read/detector-run.ts';

const print = (lines: readonly string[]): string => {
  const events = detect(lines.join('\n'));
  expect(events).toHaveLength(1);
  return fingerprint(events[0]!).id;
};

const js = (type: string, ...frames: string[]): readonly string[] => [type, ...frames.map((frame) => `    at ${frame}`)];
const java = (head: string, ...frames: string[]): readonly string[] => [head, ...frames.map((frame) => `\tat ${frame}`)];
const py = (type: string, ...frames: string[]): readonly string[] => [
  'Traceback (most recent call last):',
  ...frames.flatMap((frame) => [`  File ${frame}`, '    x']),
  type,
];

type Pair = readonly [name: string, a: readonly string[], b: readonly string[]];

const together: readonly Pair[] = [
  ['other line numbers', js('TypeError: x', 'f (/app/a.js:1:2)'), js('TypeError: x', 'f (/app/a.js:9:9)')],
  ['other directory', js('TypeError: x', 'f (/app/a.js:1:2)'), js('TypeError: x', 'f (/srv/v2/a.js:1:2)')],
  ['other message, same frames', js('TypeError: x of 1', 'f (/app/a.js:1:2)'), js('TypeError: y of 2', 'f (/app/a.js:1:2)')],
  [
    'other library frames',
    js('TypeError: x', 'f (/app/a.js:1:2)', 'g (/app/node_modules/e/i.js:1:1)'),
    js('TypeError: x', 'f (/app/a.js:1:2)', 'h (node:net:1:1)'),
  ],
  [
    'content hash in a bundle',
    js('TypeError: x', 'f (https://h.example/main-7f3a9c1e.js:1:2)'),
    js('TypeError: x', 'f (https://h.example/main-00bb11cc.js:1:2)'),
  ],
  [
    'deeper recursion',
    js('RangeError: x', 'f (/app/a.js:1:2)', 'f (/app/a.js:1:2)', 'g (/app/b.js:1:2)'),
    js('RangeError: x', 'f (/app/a.js:1:2)', 'f (/app/a.js:1:2)', 'f (/app/a.js:1:2)', 'g (/app/b.js:1:2)'),
  ],
  [
    'frames far from the crash',
    js('E1Error: x', ...'abcde'.split('').map((f) => `${f} (/app/${f}.js:1:2)`), 'y (/app/y.js:1:2)'),
    js('E1Error: x', ...'abcde'.split('').map((f) => `${f} (/app/${f}.js:1:2)`), 'z (/app/z.js:1:2)'),
  ],
  [
    'CGLIB proxies',
    java('a.BException: x', 'a.B$$EnhancerByCGLIB$$ab12cd.f(<generated>)', 'a.C.g(C.java:1)'),
    java('a.BException: x', 'a.B$$EnhancerByCGLIB$$99ffee.f(<generated>)', 'a.C.g(C.java:1)'),
  ],
  [
    'generated accessors',
    java('a.BException: x', 'a.C.g(C.java:1)', 'a.GeneratedMethodAccessor12.invoke(G.java:1)'),
    java('a.BException: x', 'a.C.g(C.java:1)', 'a.GeneratedMethodAccessor7.invoke(G.java:1)'),
  ],
  ['lambdas', java('a.BException: x', 'a.C.lambda$g$1(C.java:1)'), java('a.BException: x', 'a.C.lambda$g$12(C.java:5)')],
  [
    'a head line above the trace',
    py('ValueError: x', '"a.py", line 1, in f'),
    ['2026-01-02 03:04:05 ERROR job 7', ...py('ValueError: y', '"a.py", line 2, in f')],
  ],
  ['pointers in a message', ['ERROR: object at 0x7ffe01 lost'], ['ERROR: object at 0x55aa02 lost']],
  ['ids in a message', ['2026-01-02 03:04:05 ERROR order 17 failed'], ['2026-01-03 01:02:03 ERROR order 18 failed']],
  [
    'the same object logged twice',
    ['{"level":50,"time":1767323045678,"msg":"order 7 failed"}'],
    ['{"level":50,"time":1767323099999,"msg":"order 8 failed"}'],
  ],
];

const apart: readonly Pair[] = [
  ['other type', js('TypeError: x', 'f (/app/a.js:1:2)'), js('RangeError: x', 'f (/app/a.js:1:2)')],
  ['other function', js('TypeError: x', 'f (/app/a.js:1:2)'), js('TypeError: x', 'g (/app/a.js:1:2)')],
  ['other file', js('TypeError: x', 'f (/app/a.js:1:2)'), js('TypeError: x', 'f (/app/b.js:1:2)')],
  [
    'other caller',
    js('TypeError: x', 'f (/app/a.js:1:2)', 'g (/app/b.js:1:2)'),
    js('TypeError: x', 'f (/app/a.js:1:2)', 'h (/app/b.js:1:2)'),
  ],
  [
    'other root cause',
    [...java('a.BException: x', 'a.C.g(C.java:1)'), 'Caused by: a.DException'],
    [...java('a.BException: x', 'a.C.g(C.java:1)'), 'Caused by: a.EException'],
  ],
  ['other words, no frames', ['ERROR: disk full'], ['ERROR: disk gone']],
  ['other message, library frames only', js('TypeError: x', 'f (node:net:1:2)'), js('TypeError: y', 'f (node:net:1:2)')],
];

describe('together', () => {
  test.each(together)('%s', (_, a, b) => {
    expect(print(a)).toBe(print(b));
  });
});

describe('apart', () => {
  test.each(apart)('%s', (_, a, b) => {
    expect(print(a)).not.toBe(print(b));
  });
});

describe('what of a frame is left out', () => {
  const hints = (lines: readonly string[]): readonly (string | undefined)[] =>
    fingerprint(detect(lines.join('\n'))[0]!)
      .parts.filter(({ kind }) => kind === 'frame')
      .map(({ hint }) => hint);
  test.each([
    ['a bare file', js('TypeError: x', 'f (a.js:1:2)'), 'left out: line number'],
    ['a path', js('TypeError: x', 'f (/app/a.js:1:2)'), 'left out: line number, directory'],
    [
      'a hash in the name of a bundle',
      js('TypeError: x', 'f (https://h.example/main-7f3a9c1e.js:1:2)'),
      'left out: line number, directory, hash or version in the file name',
    ],
    ['a class that names its file', java('a.BException: x', 'a.C.g(C.java:1)'), 'left out: line number, file'],
    ['a lambda', java('a.BException: x', 'a.C.lambda$g$12(C.java:1)'), 'left out: line number, file, generated part of the name'],
  ])('%s', (_, lines, expected) => expect(hints(lines)).toEqual([expected]));

  test('frames beyond the nearest', () => {
    const frames = 'abcdef'.split('').map((name) => `${name} (${name}.js:1:2)`);
    expect(hints(js('E1Error: x', ...frames)).at(-1)).toBe('beyond the 5 frames nearest the crash');
  });
});

/** Wrong answers we know of: whoever mends one moves its row up. */
describe('known wrong', () => {
  const rows: readonly (readonly [...Pair, desired: 'together' | 'apart'])[] = [
    ['two names of one table', ['ERROR: no such table orders'], ['ERROR: no such table carts'], 'together'],
    ['two throws in one function', js('TypeError: a', 'f (/app/a.js:1:2)'), js('TypeError: b', 'f (/app/a.js:50:2)'), 'apart'],
  ];
  test.each(rows)('%s', (_, a, b, desired) => {
    expect(print(a) === print(b) ? 'together' : 'apart').not.toBe(desired);
  });
});

describe('the fingerprint explains itself', () => {
  const event = detect(
    ['TypeError: order 7', '    at f (/app/a.js:1:2)', '    at f (/app/a.js:3:2)', '    at g (node:net:1:1)'].join('\n'),
  )[0]!;
  const { id, parts } = fingerprint(event);

  test('its form is versioned and stable', () => {
    expect(id).toMatch(/^v1:[0-9a-f]{32}$/);
    expect(fingerprint({ ...event, id: 'other', line: 99, offset: 99, source: 'b.log' }).id).toBe(id);
  });

  test('every part says whether and why it counts', () => {
    expect(parts).toEqual([
      { kind: 'language', value: 'javascript', contributes: false, hint: expect.any(String) },
      { kind: 'type', value: 'TypeError', contributes: true },
      { kind: 'frame', value: 'a.js f', contributes: true, hint: 'left out: line number, directory' },
      { kind: 'frame', value: 'a.js f', contributes: false, hint: 'recursion' },
      { kind: 'frame', value: 'node:net g', contributes: false, hint: 'library frame' },
      { kind: 'message', value: 'order <*>', contributes: false, hint: 'in-app frames identify the error' },
    ]);
  });

  test('without in-app frames the message counts, and says what was taken out', () => {
    const [plain] = detect('ERROR: order 7 for bob@example.org failed\n');
    expect(fingerprint(plain!).parts.at(-1)).toEqual({
      kind: 'message',
      value: 'order <*> for <*> failed',
      contributes: true,
      hint: 'replaced by <*>: email, number',
    });
  });

  test.each([
    ['a\nb', undefined],
    ['a\n\n b\n', undefined],
    ['a\nb\nc', 'left out: lines after the second'],
    ['a 7\n\nb\n\nc', 'replaced by <*>: number; left out: lines after the second'],
  ])('a message of several lines: %j', (message, expected) => {
    expect(fingerprint({ ...event, frames: [], message }).parts.at(-1)!.hint).toBe(expected);
  });
});

describe('title', () => {
  test.each([
    [['java.lang.IllegalStateException: x y', '\tat a.B.c(B.java:1)'], 'IllegalStateException: x y'],
    [['ERROR: disk full'], 'disk full'],
    [[`ERROR: ${'long '.repeat(60)}`], `${'long '.repeat(24).slice(0, 119)}…`],
    [py('ValueError', '"a.py", line 1, in f'), 'ValueError'],
  ])('%j', (lines, expected) => {
    expect(title(detect(lines.join('\n'))[0]!)).toBe(expected);
  });
});

test('many fingerprints take little time', () => {
  const event = detect('ERROR: order 7 for 10.1.2.3 failed after 30 ms\n')[0]!;
  const begin = performance.now();
  for (let i = 0; i < 20_000; i++) fingerprint(event);
  expect(performance.now() - begin).toBeLessThan(4000);
});
