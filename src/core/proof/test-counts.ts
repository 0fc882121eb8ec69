// Whether a test command that ended well has run a test at all. Read from the plain words in which known runners count
// them, and only to claim less: what these words do not say is as the exit code says.

/** Each gives the number of tests in its first group, or has no group where it says that there were none. */
const COUNTS: readonly RegExp[] = [
  /^Ran (\d+) tests? in /gm, // unittest
  /^(?:#|ℹ) tests (\d+)$/gm, // node:test
  /^running (\d+) tests?$/gm, // cargo
  /^(\d+) examples?, \d+ failures?/gm, // RSpec
  /^ {2}(\d+) passing\b/gm, // Mocha
  /^(\d+) runs, \d+ assertions, /gm, // Minitest
  /^\? +\t\S+\t\[no test files\]$/gm, // go
  /^ok +\t.*\[no tests to run\]$/gm,
  /^No tests? (?:files )?found, exiting with code 0$/gm, // Jest, Vitest
  /^No tests executed!$/gm, // PHPUnit
];

/** What says that there were some, without a number. */
const SOME =
  /^ok +\t(?!.*\[no tests to run\]$)|^Tests: +.*\d+ total$|^ *Tests {2}\d+ |^OK \(\d+ tests?|^=+ .*\b\d+ passed\b|^\d+ passed\b/m;

/** What was cut off says nothing of how much there was. */
const CUT = /^\[… \d+ characters left out …\]/;

/** @example saysNoTestRan('Ran 0 tests in 0.000s\n\nOK\n') // true */
export function saysNoTestRan(output: string): boolean {
  if (CUT.test(output) || SOME.test(output)) return false;
  const counts = COUNTS.flatMap((pattern) => [...output.matchAll(pattern)].map(([, count]) => Number(count ?? 0)));
  return counts.length > 0 && counts.every((count) => count === 0);
}
