// What runners print when they end well. Those of unittest, Node (TAP), Go, Cargo and Jest are the tools' own words; the others follow their documentation.
import { prove } from '../../../src/core/proof/prove.ts';
import { saysNoTestRan } from '../../../src/core/proof/test-counts.ts';

const CARGO_NONE =
  '\nrunning 0 tests\n\ntest result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\n\nrunning 0 tests\n\n';
const NODE = (tests: number): string => `ℹ tests ${tests}\nℹ suites 0\nℹ pass ${tests}\nℹ fail 0\n`;

test.each([
  ['unittest of Python 3.11', '\n----------\nRan 0 tests in 0.000s\n\nOK\n', true],
  ['unittest', '..\n----------\nRan 2 tests in 0.001s\n\nOK\n', false],
  ['unittest, run twice', 'Ran 0 tests in 0.000s\n\nOK\nRan 1 test in 0.000s\n\nOK\n', false],
  ['node:test', NODE(0), true],
  ['node:test', NODE(3), false],
  ['node:test as TAP', 'TAP version 13\n1..0\n# tests 0\n# suites 0\n', true],
  ['cargo', CARGO_NONE, true],
  ['cargo, one crate of two', `${CARGO_NONE}running 1 test\ntest a ... ok\n`, false],
  ['go without test files', '?   \tm/a\t[no test files]\n?   \tm/b\t[no test files]\n', true],
  ['go with nothing to run', 'ok  \tm/a\t0.003s [no tests to run]\n', true],
  ['go, one package of two', '?   \tm/a\t[no test files]\nok  \tm/b\t0.003s\n', false],
  ['go, cached', '?   \tm/a\t[no test files]\nok  \tm/b\t(cached)\n', false],
  ['Jest', 'No tests found, exiting with code 0\n', true],
  ['Jest in one workspace of two', 'No tests found, exiting with code 0\nTests:       1 passed, 1 total\n', false],
  ['Vitest', 'No test files found, exiting with code 0\n', true],
  ['PHPUnit', 'PHPUnit 9.6.7 by Sebastian Bergmann and contributors.\n\nNo tests executed!\n', true],
  ['RSpec', 'Finished in 0.00025 seconds\n0 examples, 0 failures\n', true],
  ['a runner that is not known', 'all is well\n', false],
  ['nothing', '', false],
  ['the end of a long output', '[… 5000 characters left out …]\nrunning 0 tests\n', false],
])('%s: %j', (_name, output, expected) => {
  expect(saysNoTestRan(output)).toBe(expected);
});

const verification = (...outputs: readonly string[]) => ({
  runs: outputs.map((output, at) => ({
    command: `run-${at}`,
    role: 'test' as const,
    exitCode: 0,
    durationMs: 5,
    timedOut: false,
    output,
  })),
});

test('a command that ran no test shows no more than the syntax', () => {
  const none = verification(NODE(0));
  expect(prove({ kind: 'ok' }, none, none)).toMatchObject({
    level: 'L0',
    detail: '`run-0` ended well, but ran no test, so it shows nothing',
  });
  expect(prove({ kind: 'ok' }, none, verification(NODE(1)))).toMatchObject({ level: 'L2' });
  const one = verification(NODE(0), NODE(1));
  expect(prove({ kind: 'ok' }, one, one)).toMatchObject({ level: 'L2' });
});
