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
    'prove -v, with subtests, a sign in a name, one without a name, skipped and still to be done',
    't/a.t .. \nok 1 - adds\nnot ok 2 - is three \\# really\nok 3 # skip no net\nnot ok 4 - later on # TODO later\n# Subtest: inner\n    1..2\n    ok 1 - a\n    ok 2 - b\nok 5 - inner\nok 6\n1..6\nDubious, test returned 1 (wstat 256, 0x100)\nt/b.t .. \n1..1\nok 1 - adds\nok\n\nFiles=2, Tests=7,  1 wallclock secs ( 0.03 usr)\nResult: FAIL\n',
    5,
    't/a.t > adds+, t/a.t > is three # really-, t/a.t > (no name)~, t/a.t > (no name)+, t/a.t > later on~, t/a.t > inner+, t/b.t > adds+',
  ],
  [
    'prove -v, names of files of other lengths: points up to the longest',
    't/empty.t .. \nok 1 - nothing\n1..1\nok\nt/a.t ...... \nok 1 - adds\n1..1\nok\nFiles=2, Tests=2,  0 wallclock secs\n',
    2,
    't/empty.t > nothing+, t/a.t > adds+',
  ],
  ['prove, the number alone', 't/a.t .. ok\nAll tests successful.\nFiles=1, Tests=2,  1 wallclock secs ( 0.03 usr)\n', 2, ''],
  [
    'Bats, as TAP without strokes',
    '1..3\nok 1 adds\nnot ok 2 fails\n# (in test file a.bats, line 3)\nok 3 off # skip no net\n',
    2,
    'adds+, fails-, off~',
  ],
  [
    'Bun',
    'bun test v1.4.5 (a7733435c)\n\na.test.ts:\n(pass) cart > adds [0.05ms]\nerror: expect(received).toBe(expected)\n\n(fail) cart > fails [0.13ms]\n(skip) cart > off\n(todo) cart > later\n\n 1 pass\n 1 skip\n 1 todo\n 1 fail\n 2 expect() calls\nRan 4 tests across 1 file. [161.00ms]\n',
    2,
    'a.test.ts > cart > adds+, a.test.ts > cart > fails-, a.test.ts > cart > off~, a.test.ts > cart > later~',
  ],
  [
    'Deno, with steps',
    'running 3 tests from ./a_test.ts\nadds ... ok (1ms)\nfails ...\n  inner ... ok (0ms)\nfails ... FAILED (due to 1 failed step) (2ms)\noff ... ignored (0ms)\n\nFAILED | 1 passed | 1 failed | 1 ignored (5ms)\n',
    2,
    './a_test.ts > adds+, ./a_test.ts > fails-, ./a_test.ts > off~',
  ],
  ['ExUnit: the number alone', '..F*\n\n1 doctest, 4 tests, 1 failure, 1 skipped\n', 3, ''],
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
  [
    'Mocha in colours',
    '  \u001b[32m✔\u001b[39m none\n\n\u001b[92m \u001b[0m\u001b[32m 1 passing\u001b[0m\u001b[90m (9ms)\u001b[0m\n',
    1,
    'none+',
  ],
  [
    'Deno in colours, where it is no terminal',
    '\u001b[0m\u001b[38;5;245mrunning 1 test from ./a_test.ts\u001b[0m\nadds ... \u001b[0m\u001b[32mok\u001b[0m \u001b[0m\u001b[38;5;245m(1ms)\u001b[0m\n\n\u001b[0m\u001b[32mok\u001b[0m | 1 passed | 0 failed \u001b[0m\u001b[38;5;245m(4ms)\u001b[0m\n',
    1,
    './a_test.ts > adds+',
  ],
  [
    'unittest, words of a result in a docstring',
    'test_a (t.T.test_a)\nSays: two ... ok ... ok\n\nRan 1 test in 0.1s\n\nOK\n',
    1,
    'test_a (t.T.test_a)+',
  ],
  [
    'unittest, parts of tests that failed, one of them with a docstring',
    'test_ok (a.T.test_ok) ... ok\ntest_rows (a.T.test_rows) ... \n  test_rows (a.T.test_rows) (n=1) ... FAIL\n  test_rows (a.T.test_rows) (n=3) ... FAIL\ntest_two (a.T.test_two)\nTwo lines ... \n  test_two (a.T.test_two) (n=3)\nTwo lines ... ERROR\n\nRan 3 tests in 0.1s\n\nFAILED (failures=2, errors=1)\n',
    3,
    'test_ok (a.T.test_ok)+, test_rows (a.T.test_rows)-, test_two (a.T.test_two)-',
  ],
  [
    'Minitest, a name of two lines and a test that prints',
    'A#test_two\nlines = 0.00 s = .\nA#test_b = said\n0.01 s = F\n\n2 runs, 1 assertions, 1 failures, 0 errors, 0 skips\n',
    2,
    'A#test_two lines+, A#test_b-',
  ],
  [
    'Minitest, numbers of specifications',
    'sums#test_0002_adds = 0.00 s = .\n\n1 runs, 1 assertions, 0 failures, 0 errors, 0 skips\n',
    1,
    'sums#test_adds+',
  ],
  [
    'test-unit, groups, rows, and a test that prints',
    'Started\nATest: \n  test_four:\t\t\tE\n=====\nError: test_four(ATest): RuntimeError: x\n=====\n: (0.012452)\n  test_rows[a b]:\t\t.: (0.0002)\n  test_three:\t\tO\n: (0.0006)\n  test_two:\t\thi\n.: (0.00006)\n  inner one: \n    test: says: so:\t\t.: (0.0001)\n\nFinished in 0.01 seconds.\n5 tests, 3 assertions, 0 failures, 1 errors, 0 pendings, 1 omissions, 0 notifications\n',
    4,
    'ATest > test_four-, ATest > test_rows[a b]+, ATest > test_three~, ATest > test_two+, ATest > inner one > test: says: so+',
  ],
  [
    'AVA, a failure that says what it is about',
    '\n  - [skip] b › three\n  ✔ b › one (12ms)\n  ✘ [fail]: b › bad one Error thrown in test\n  ─\n\n  b › bad one\n\n  Error thrown in test:\n\n  ─\n\n  1 test failed\n  1 test skipped\n',
    2,
    'b > three~, b > one+, b > bad one-',
  ],
  ['AVA, nothing failed', '\n  ✔ one\n  ✔ two\n  ─\n\n  2 tests passed\n', 2, 'one+, two+'],
  ['AVA, not all that failed were read: how many ran is not said', '  ✔ one\n  ─\n\n  2 tests failed\n', undefined, ''],
  ['busted: the number alone', '+.*\n1 success / 0 failures / 1 error / 1 pending : 0.0007 seconds\n', 2, ''],
  [
    'tap, tests within a file and what they assert',
    'TAP version 14\n1..1\n# Subtest: t.test.js\n    # Subtest: grp\n        # Subtest: one\n            ok 1 - should be equal\n            1..1\n        ok 1 - one # time=14.65ms\n        1..1\n    ok 1 - grp # time=51.7ms\n    1..1\nok 1 - t.test.js # time=60ms\n',
    1,
    't.test.js > grp > one+, t.test.js > grp+, t.test.js+',
  ],
  [
    'cargo, tests of documentation by their lines',
    'running 2 tests\ntest src/lib.rs - half (line 5) ... ok\ntest src/lib.rs - half (line 9) ... ok\n\ntest result: ok. 2 passed; 0 failed; 0 ignored\n',
    2,
    'src/lib.rs - half+, src/lib.rs - half+',
  ],
  ['nobody who counts', 'all good\n', undefined, ''],
];

test.each(ROWS)('%s', (_name, output, ran, names) => {
  const tests = testsIn(output);
  expect({ ran: tests?.ran, names: brief(tests?.names) }).toEqual({ ran, names });
});

const SAME: readonly (readonly [name: string, now: string, called: string])[] = [
  [
    'an example of RSpec that nobody named',
    'spec/a_spec.rb > cart > example at ./spec/a_spec.rb:12',
    'spec/a_spec.rb > cart > example at ./spec/a_spec.rb',
  ],
  ['a row of JUnit by its number and its values', 'a.CartTest > [2] 8, x', 'a.CartTest > 8, x'],
  ['a row of JUnit by its number alone', 'a.CartTest > rows(int)[2]', 'a.CartTest > rows(int)[2]'],
  ['an identity', 'takes 3f2504e0-4f89-11d3-9a0c-0305e82c3301', 'takes …'],
  ['a row of the time at which it was run', 'tests.T > test_bad[09:45:36 2026-12-01]', 'tests.T > test_bad[… …]'],
  ['a point of time', 'at 2026-12-01T09:01:02.5Z it ends', 'at … it ends'],
];

test.each(SAME)('a name as long as the test is the same: %s', (_name, now, called) => {
  expect(testsIn('', [[now, 'passed']])?.names).toEqual({ [called]: ['passed'] });
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
  ['all that were put into a group', 'a.ts>sums>one+ a.ts>sums>two+', 'a.ts>cart>sums>one+ a.ts>cart>sums>two+', undefined],
  ['one that was taken out of its group', 'a.ts>cart>sums>one+', 'a.ts>sums>one+', undefined],
  ['a group in front of everything', 'one+', 'cart>one+', undefined],
  ['one in a group that fails there', 'a.ts>one+', 'a.ts>cart>one-', 'the test "a.ts>one" passed before the fix and fails with it'],
  [
    'two in a group, of which one is left',
    'x>a>one+ x>b>one+',
    'x>y>a>one+',
    'the test "x>b>one" passed before the fix and is gone with it',
  ],
  ['one new name for two old ones', 'x>one+ y>one+', 'x>y>one+', 'the test "y>one" passed before the fix and is gone with it'],
  ['a part of a word more', 'a>one+', 'a>everyone+', 'the test "a>one" passed before the fix and is gone with it'],
  ['a row beside which one of the same values was put', 't[True-Iterable]+', 't[True-Iterable0]+ t[True-Iterable1]+', undefined],
  ['the same, and both fail', 't[a]+', 't[a0]- t[a1]-', 'the test "t[a]" passed before the fix and fails with it'],
  ['a row whose value is another', 't[a]+', 't[b]+', 'the test "t[a]" passed before the fix and is gone with it'],
  ['two rows, of which one is left with a number', 't[a0]+ t[a1]+', 't[a]+', 'the test "t[a0]" passed before the fix and is gone with it'],
  [
    'a group that is called otherwise',
    'a.ts::sums::one+ a.ts::sums::two+',
    'a.ts::totals::one+ a.ts::totals::two+ a.ts::totals::three+',
    undefined,
  ],
  ['a class that is called otherwise', 'SumTest#test_one+ SumTest#test_two+', 'TotalTest#test_one+ TotalTest#test_two+', undefined],
  ['a group that is counted as a test too', 'p::TestSums+ p::TestSums/one+', 'p::TestTotals+ p::TestTotals/one+', undefined],
  [
    'a group that is called otherwise, and one of its tests is gone',
    'a::sums::one+ a::sums::two+',
    'a::totals::one+',
    'the test "a::sums::two" passed before the fix and is gone with it',
  ],
  [
    'a group of which something is left',
    'a::sums::one+ a::sums::two+',
    'a::sums::two+ a::totals::one+',
    'the test "a::sums::one" passed before the fix and is gone with it',
  ],
  [
    'a group that was there',
    'a::sums::one+ a::totals::two+',
    'a::totals::one+ a::totals::two+',
    'the test "a::sums::one" passed before the fix and is gone with it',
  ],
  [
    'a group called otherwise whose tests fail',
    'a::sums::one+',
    'a::totals::one-',
    'the test "a::sums::one" passed before the fix and fails with it',
  ],
  [
    'a test that is called otherwise',
    'a::sums::one+',
    'a::sums::two+',
    'the test "a::sums::one" passed before the fix and is gone with it',
  ],
  ['a test that is called as what every object has', 'toString+ a+', 'a+', 'the test "toString" passed before the fix and is gone with it'],
  ['another end', 'a>one+', 'a>one>two+', 'the test "a>one" passed before the fix and is gone with it'],
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
