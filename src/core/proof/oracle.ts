// What one run of a test at an older commit says of the error. Principle: only what the test itself was seen to do counts.
// It fails where it failed and the error of the log was shown; it passes where it was seen to run and to pass; all else says
// nothing. Where a runner names no tests, an exit code is all there is, and says it only until a control has been run.
import type { CommandRun, TestResults, Verification } from '../model.ts';
import type { Look } from './bisection.ts';
import type { Reproduction } from './reproduction.ts';
import { saysNoTestRan } from './test-counts.ts';
import { outcomesOf } from './test-results.ts';

/** Names of the tests that fail without the fix and pass with it; none where a runner does not say. */
export function tellingTests(red: Verification, green: Verification): readonly string[] {
  return red.runs.flatMap(({ command, tests }) => {
    const passed = green.runs.find((run) => run.command === command)?.tests;
    return Object.keys(tests?.names ?? {}).filter((name) => outcomesOf(tests, name).includes('failed') && isPassed(passed, name));
  });
}

/**
 * @param runs of the test commands
 * @param names of `tellingTests`
 * @param shown what the runs show of the error of the log
 */
export function said(runs: readonly CommandRun[], names: readonly string[], shown: Reproduction): Pick<Look, 'said' | 'isBare'> {
  const told = runs.filter(({ tests }) => tests?.names !== undefined);
  if (names.length > 0 && told.length > 0) {
    if (names.every((name) => told.some(({ tests }) => isPassed(tests, name)))) return { said: 'passes' };
    const failed = told.some(({ tests }) => names.some((name) => outcomesOf(tests, name).includes('failed')));
    return { said: failed && shown.kind === 'yes' ? 'fails' : 'cannot' };
  }
  if (runs.some(({ exitCode }) => exitCode !== 0)) return { said: shown.kind === 'yes' ? 'fails' : 'cannot' };
  return runs.length === 0 || runs.every(({ output }) => saysNoTestRan(output)) ? { said: 'cannot' } : { said: 'passes', isBare: true };
}

/** What a control says: with its tests broken on purpose, a command that runs them fails. */
export function noticed(runs: readonly CommandRun[]): Look['said'] {
  return runs.some(({ exitCode }) => exitCode !== null && exitCode !== 0) ? 'passes' : 'cannot';
}

/** No language reads on behind this. */
export const BROKEN = ")]}'\n";

const isPassed = (tests: TestResults | undefined, name: string): boolean => {
  const found = outcomesOf(tests, name);
  return found.length > 0 && found.every((one) => one === 'passed');
};
