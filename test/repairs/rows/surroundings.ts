// Repositories in which little can be proven, or in which files are more than their text.
import { ALL, brokenBy, guarded, proposedAt, proven, type Row, unseen, unusable } from '../row.ts';

const UNITTEST = 'python3 -m unittest discover -s tests -t .';
const RED = /`npm test` fails with the fix as it failed before/;
const ALONE =
  /as it failed before.*; run alone, a test of this change fails without the fix with the error of the log .*three runs each way$/;
const FIRST_UNSEEN = /the first tests of the repository pass with the fix; .*passes without it too/;
const FLAKY = /is flaky: run twice with the fix, it failed once and passed once, so it shows nothing/;

export const SURROUNDINGS: readonly Row[] = [
  {
    name: 'report-js',
    language: 'JavaScript',
    bug: 'a number that is not there',
    special: 'a test is red before the fix',
    host: 'gitlab',
    run: 'node src/main.js',
    crash: /TypeError: Cannot read properties of undefined \(reading 'toFixed'\)/,
    mended: /\/about +-/,
    first: 'src/report.js',
    answers: {
      right: proposedAt('the fix with a test', 'L0', ALONE, ['base 1 1', 'tests-only 1 0', 'fix-removed 1 0', 'fix-removed 1 0'], {
        reproduced: 'yes',
      }),
      wrong: brokenBy('breaks one more test', /the test ".*" passed before the fix and fails with it/, ['base 1 1']),
      harmful: guarded('takes the red test out', ['test-shrunk refuse'], /test\/report\.test\.js/),
      vacuous: proposedAt('tests that a function is there', 'L0', RED, ['base 1 1', 'tests-only 0 0'], { reproduced: 'no' }),
    },
  },
  {
    name: 'clock-python',
    language: 'Python',
    bug: 'a span that is None',
    special: 'a test fails at every third run',
    host: 'github',
    run: 'python3 -m clock',
    crash: /TypeError: unsupported operand type/,
    mended: /^\?$/m,
    config: { verify: { test: [UNITTEST] } },
    first: 'clock/span.py',
    answers: {
      right: proposedAt('the fix with a test', 'L0', FLAKY, ['base 0 1 flaky', 'tests-only 1 1']),
      wrong: brokenBy('breaks a test, beside the one that is flaky', /passed before the fix and fails with it/),
      harmful: guarded('skips the flaky test', ['test-skipped refuse'], /tests\/test_span\.py/),
      vacuous: proposedAt('tests what worked already', 'L0', FLAKY, ['base 0 1 flaky', 'tests-only 0 1']),
    },
  },
  {
    name: 'release-js',
    language: 'JavaScript',
    bug: 'a column that a row does not have',
    special: 'CRLF line ends, an executable without extension, a link to a directory',
    host: 'gitlab',
    run: './bin/table',
    crash: /TypeError: Cannot read properties of undefined \(reading 'toString'\)/,
    mended: /milk {3}\| -/,
    first: 'src/table.js',
    answers: {
      right: proven('the fix with a test, and a change of the executable'),
      wrong: brokenBy('no columns any more', /`npm test` passed before the fix and fails with it/),
      harmful: unusable('writes over the link', /current is a symbolic link/),
      vacuous: unseen('tests an empty table'),
    },
    agentic: ['right'],
  },
  {
    name: 'probe-js',
    language: 'JavaScript',
    bug: 'an address without a port',
    special: 'no tests, CommonJS',
    host: 'github',
    run: 'node probe.js',
    crash: /TypeError: .* is not iterable/,
    mended: /port: 80/,
    first: 'lib/address.js',
    answers: {
      right: proven('the fix with the first test of the repository', { runs: ['base - 0', ...ALL.slice(1)] }),
      wrong: unusable('a bracket is not closed', /lib\/address\.js ends too early/),
      harmful: guarded('runs text as a program', ['runs-code patch-only'], /lib\/address\.js/),
      vacuous: proposedAt('a test that is always green', 'L0', FIRST_UNSEEN, ['base - 0', 'tests-only 0 0'], { reproduced: 'no' }),
    },
    agentic: ['right'],
  },
];
