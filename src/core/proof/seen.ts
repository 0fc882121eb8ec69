// Which test commands see the bug: they fail without the fix and pass with it. By their exit codes, and where a command is red
// for other reasons too, by the names of its tests.
import type { Verification } from '../model.ts';
import { tellingTests } from './oracle.ts';
import { outcomesOf } from './test-results.ts';

type Run = Verification['runs'][number];

/** A test command that fails without the fix. */
export interface Seen {
  readonly run: Run;
  /** The tests that count, where its exit code does not tell. */
  readonly names: readonly string[];
}

/** Exit codes with which a shell says that there is no such program. */
const NOT_RUNNABLE = new Set([126, 127]);

export const isRunnable = ({ exitCode }: Pick<Run, 'exitCode'>): boolean => exitCode === null || !NOT_RUNNABLE.has(exitCode);

/** A test that failed, and not its runner: killed, out of time or not there at all are no evidence. */
export const isRed = (run: Run): boolean => run.exitCode !== null && run.exitCode !== 0 && isRunnable(run);

export const counterpart = (other: Verification | null, { role, command }: Pick<Run, 'role' | 'command'>): Run | undefined =>
  other?.runs.find((run) => run.role === role && run.command === command);

/** Whether it fails there too. */
export const failsIn = ({ run, names }: Seen, other: Verification): boolean => {
  const there = counterpart(other, run);
  return there !== undefined && isRed(there) && (names.length === 0 || names.some((name) => outcomes(there, name).includes('failed')));
};

/** `undefined` where it was not run. */
export const passesIn = ({ run, names }: Seen, other: Verification): boolean | undefined => {
  const there = counterpart(other, run);
  return there && (there.exitCode === 0 || (names.length > 0 && names.every((name) => isPassed(there, name))));
};

/**
 * What test files show that are run alone.
 * @param base without the change, where the files are there
 * @param red with the tests of the change alone
 * @param green with the whole change
 */
export function seenAlone(base: Verification, red: Verification, green: Verification): readonly Seen[] {
  return red.runs.flatMap((run): readonly Seen[] => {
    const [was, fixed] = [counterpart(base, run), counterpart(green, run)];
    if (run.role !== 'test' || !isRed(run) || fixed === undefined) return [];
    if (fixed.exitCode === 0 && (was === undefined || was.exitCode === 0)) return [{ run, names: [] }];
    const names = tellingTests({ runs: [run] }, { runs: [fixed] }).filter(
      (name) => was === undefined || !outcomes(was, name).includes('failed'),
    );
    return names.length > 0 ? [{ run, names }] : [];
  });
}

/**
 * Whether it could be told that no test got worse: by exit codes where they were green, else by the names of the tests. A
 * command that never ends says nothing of any test, with the fix or without.
 */
export function isCompared(before: Verification | null, after: Verification | null): boolean {
  const runs = (after?.runs ?? []).filter(({ role }) => role === 'test');
  return runs.every((run) => {
    const was = counterpart(before, run);
    if (was === undefined) return false;
    if (was.exitCode === 0 || (was.timedOut && run.timedOut)) return true;
    return was.tests?.names !== undefined && run.tests?.names !== undefined;
  });
}

const outcomes = ({ tests }: Run, name: string): readonly string[] => outcomesOf(tests, name);

function isPassed(run: Run, name: string): boolean {
  const found = outcomes(run, name);
  return found.length > 0 && found.every((one) => one === 'passed');
}
