// What runners print of their single tests, and what is read of it: names where they are as many as the runner counts.
import { lostTests, skippedWith } from '../../../src/core/proof/lost-tests.ts';
import { testsIn } from '../../../src/core/proof/test-results.ts';

/** `a+ b- c~`: passed, failed, skipped. */
const brief = (names: Readonly<Record<string, readonly string[]>> = {}): string =>
  Object.entries(names)
    .flatMap(([name, all]) => all.map((outcome) => `${name}${outcome === 'passed' ? '+' : outcome === 'failed' ? '-' : '~'}`))
    .join(', ');

const ROWS: readonly (readonly [name: string, output: string, ran: number | undefined, names: string])[] = [
  [
    'node:test, a tree with a todo and a skipped one',
    '▶ cart\n  ✔ totals (0.8ms)\n  ✖ none (0.2ms)\n  ✖ later (0.2ms) # TODO\n  ﹣ never (0.1ms) # SKIP\n✖ cart (8.4ms)\n✔ alone (1ms)\nℹ tests 5\nℹ pass 2\nℹ fail 1\nℹ skipped 1\nℹ todo 1\n\n✖ failing tests:\n\n✖ none (0.2ms)\n',
    3,
    'cart > totals+, cart > none-, cart > later~, cart > never~, alone+',
  ],
  [
    'node:test as TAP, a suite that is no test',
    "    # Subtest: a\n    ok 1 - a\n      ---\n      type: 'test'\n      ...\n    1..1\nok 1 - suite\n  ---\n  duration_ms: 5\n  type: 'suite'\n  ...\n# pass 1\n# fail 0\n",
    1,
    'a+',
  ],
  [
    'unittest, a docstring and a name outside ASCII',
    "test_a (tests.t.T.test_a) ... ok\ntest_ß (tests.t.T.test_ß)\nWhat it does ... FAIL\ntest_c (tests.t.T.test_c) ... skipped 'later'\n\nRan 3 tests in 0.1s\n\nFAILED (failures=1, skipped=1)\n",
    2,
    'test_a (tests.t.T.test_a)+, test_ß (tests.t.T.test_ß)-, test_c (tests.t.T.test_c)~',
  ],
  [
    'unittest, a test that prints in its own line: the number alone',
    'test_a (tests.t.T.test_a) ... hello\nok\ntest_b (tests.t.T.test_b) ... ok\n\nRan 2 tests in 0.1s\n\nOK\n',
    2,
    '',
  ],
  [
    'unittest, a failure that is expected is no pass',
    'test_a (t.T.test_a) ... expected failure\n\nRan 1 test in 0.1s\n\nOK (expected failures=1)\n',
    1,
    'test_a (t.T.test_a)-',
  ],
  [
    'cargo',
    'running 2 tests\ntest a ... ok\ntest b ... ignored\n\ntest result: ok. 1 passed; 0 failed; 1 ignored; 0 measured\n',
    1,
    'a+, b~',
  ],
  ['cargo, quiet: the number alone', 'running 1 test\n.\ntest result: ok. 1 passed; 0 failed; 0 ignored\n', 1, ''],
  [
    'Minitest',
    'A#test_a = 0.00 s = .\nA#test_b = 0.00 s = S\n\n2 runs, 1 assertions, 0 failures, 0 errors, 1 skips\n',
    1,
    'A#test_a+, A#test_b~',
  ],
  [
    'Mocha',
    '  cart\n    ✔ totals\n    1) none\n    - later\n\n  1 passing (1ms)\n  1 pending\n  1 failing\n\n  1) cart\n       none:\n',
    2,
    'totals+, none-, later~',
  ],
  ['Jest, many files: the number alone', 'PASS a.test.js\nPASS b.test.js\n\nTests:       1 skipped, 4 passed, 5 total\n', 4, ''],
  ['Vitest', '      Tests  5 failed | 1 passed | 1 skipped (7)\n', 6, ''],
  ['pytest', '== 1 failed, 2 passed, 1 skipped in 0.1s ==\n', 3, ''],
  ['pytest -q', '3 passed in 0.05s\n', 3, ''],
  ['RSpec', '4 examples, 2 failures, 1 pending\n', 3, ''],
  ['PHPUnit', 'Tests: 5, Assertions: 9, Failures: 1, Skipped: 2.\n', 3, ''],
  ['Maven', '[INFO] Tests run: 4, Failures: 0, Errors: 0, Skipped: 1\n', 3, ''],
  ['prove', 'Files=2, Tests=7,  0 wallclock secs\n', 7, ''],
  ['.NET', 'Passed!  - Failed:     0, Passed:     3, Skipped:     1, Total:     4, Duration: 5 ms\n', 3, ''],
  ['nobody who counts', 'all good\n', undefined, ''],
];

test.each(ROWS)('%s', (_name, output, ran, names) => {
  const tests = testsIn(output);
  expect({ ran: tests?.ran, names: brief(tests?.names) }).toEqual({ ran, names });
});

test('a report is believed, and what is another at each run is not of a name', () => {
  expect(testsIn('', [['t[<A at 0x7f00aa11>]', 'passed']])).toEqual({ ran: 1, names: { 't[<A at 0x…>]': ['passed'] } });
});

const LOST: readonly (readonly [name: string, before: string, after: string, what: string | undefined])[] = [
  ['the same', 'a+ b-', 'a+ b-', undefined],
  ['one more', 'a+', 'a+ b+', undefined],
  ['a red one that is green', 'a-', 'a+', undefined],
  ['a red one that is gone', 'a- b+', 'b+', undefined],
  ['one that fails', 'a+ b-', 'a- b-', 'the test "a" passed before the fix and fails with it'],
  ['one that is gone', 'a+ b+', 'b+', 'the test "a" passed before the fix and is gone with it'],
  ['one that is skipped', 'a+', 'a~', 'the test "a" passed before the fix and is skipped with it'],
  ['one of two of a name', 'a+ a+', 'a+', 'the test "a" passed before the fix and is gone with it'],
  ['numbers alone: fewer', '3', '2', '2 tests ran with the fix, 3 before'],
  ['numbers alone: more', '2', '3', undefined],
  ['names on one side only: numbers', 'a+ b+', '1', '1 tests ran with the fix, 2 before'],
];

/** `a+ b- c~`, or a number. */
function results(text: string) {
  if (/^\d+$/.test(text)) return { ran: Number(text) };
  const named = text
    .split(' ')
    .map((word) => [word.slice(0, -1), word.endsWith('+') ? 'passed' : word.endsWith('-') ? 'failed' : 'skipped'] as const);
  return testsIn('', named);
}

test.each(LOST)('tests lost: %s', (_name, before, after, what) => {
  expect(lostTests(results(before), results(after))).toBe(what);
});

const SKIPPED: readonly (readonly [name: string, red: string, green: string, what: string | undefined])[] = [
  ['it passes', 'a+ b-', 'a+ b+', undefined],
  ['it is skipped', 'a+ b-', 'a+ b~', 'the test "b" fails without the fix and is skipped with it'],
  ['it is gone', 'a+ b-', 'a+', '1 tests ran with the fix, 2 without it'],
  ['a file that could not be loaded, and its tests', 'load-', 'a+ b+', undefined],
  ['numbers alone', '3', '2', '2 tests ran with the fix, 3 without it'],
];

test.each(SKIPPED)('a test that is red without the fix, and with it: %s', (_name, red, green, what) => {
  expect(skippedWith(results(red), results(green))).toBe(what);
});
