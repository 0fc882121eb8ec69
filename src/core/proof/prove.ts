// Turns what was run without and with a fix into a proof level. Reads exit codes; words only to claim
// less, where a runner says that it ran no test.
// What was red before is neither blamed on the fix nor claimed by it; what is flaky shows nothing.
import type { Proof, ProofLevel, Verification } from '../model.ts';
import { better, lostTests, skippedWith } from './lost-tests.ts';
import { notInstalled } from './machine/not-installed.ts';
import type { Reproduction } from './reproduction.ts';
import { counterpart, failsIn, isCompared, isRed, isRunnable, passesIn, type Seen, seenAlone } from './seen.ts';
import { saysNoTestRan } from './test-counts.ts';

/** Result of parsing every changed file: `unknown` where one of them could not be judged. */
export interface Parsed {
  readonly kind: 'ok' | 'unknown' | 'broken' | 'lost';
  /** The first file that does not parse, and why; what the base had and the change has lost; why it is no fix. */
  readonly detail?: string;
}

/** What else was run and read of a change that brings tests; absent where it was not. */
export interface WithoutFix {
  /** The new tests on the base commit. */
  readonly testsOnly?: Verification;
  /** The same after a run with the whole change, each followed by one of `withFix`. */
  readonly fixRemoved?: readonly Verification[];
  /** The whole change once more. */
  readonly withFix?: readonly Verification[];
  /** What the red runs show of the error of the log. */
  readonly shown?: Reproduction;
  /** The test files of the change by themselves, where the suite was red without the fix or did not end. */
  readonly alone?: Alone;
}

/** Runs of the test files of a change and nothing else. */
export interface Alone extends Omit<WithoutFix, 'alone'> {
  /** Of those that the base commit has, without the change. */
  readonly base: Verification;
  readonly testsOnly: Verification;
  /** With the whole change. */
  readonly after: Verification;
}

type Run = Verification['runs'][number];
type Climbed = Pick<Proof, 'level' | 'detail' | 'reproduced' | 'isShownAlone'>;

/** Runs each way that the highest level asks for, beside the first. */
export const MORE_RUNS = 2;

/** Characters that are kept of what the first red command has printed: they stay in the ledger as long as its trace. */
const SHOWN_OUTPUT = 4000;

/**
 * Levels: L0 the changed files parse, L1 the configured checks pass, L2 the test command passes
 * and nothing that passed before fails, L3 it fails with the new tests alone and shows the error of the log, L4 it does so
 * in three runs each way, the fix taken away between them.
 * `after` is `null` when nothing was run because of `parsed`.
 * @example prove({ kind: 'ok' }, baseline, verification).level // 'L2'
 */
export function prove(parsed: Parsed, before: Verification | null, after: Verification | null, without: WithoutFix = {}): Proof {
  const { alone } = without;
  const commands = [...pair(before, after), ...evidenceOf(without, after), ...(alone ? evidenceOf(alone, alone.after) : [])];
  const reproduced = without.shown?.kind ?? 'unknown';
  const refuse = (detail: string, output?: string): Proof => {
    return { level: null, reproduced, introduced: null, commands, detail, broken: detail, ...(output === undefined ? {} : { output }) };
  };
  if (parsed.kind === 'broken') return refuse(`a changed file does not parse: ${parsed.detail ?? 'no detail'}`);
  if (parsed.kind === 'lost') return refuse(parsed.detail ?? 'no detail');
  const lost = lostOf(before, after) ?? (alone && lostOf(alone.base, alone.after));
  const worse = [...worsened(before, after), ...(alone ? worsened(alone.base, alone.after) : [])].find((run) => !run.flaky);
  if (worse) return refuse(`\`${worse.command}\` passed before the fix and fails with it (${ending(worse)})`, lastPart(worse.output));
  if (lost) return refuse(lost.what, lastPart(lost.output));
  const isFirst = before === null && testsPass(after);
  const ground: Climbed = { reproduced, ...(isFirst ? firstTests(parsed) : climb(parsed, after)) };
  const red = firstRed(after);
  const rest = { introduced: null, commands, ...(red === undefined ? {} : { output: lastPart(red.output) }) };
  if (alone) return { ...climbAlone(ground, alone, isCompared(before, after)), ...rest };
  const seen = seeing(before, without.testsOnly).map((run) => ({ run, names: [] }));
  return { ...(ground.level === 'L2' || isFirst ? climbOn(ground, seen, without) : ground), ...rest };
}

/** What passed on the base commit and does not with the fix. */
export function worsened(before: Verification | null, after: Verification | null): readonly Run[] {
  return measured(after).filter((run) => run.exitCode !== 0 && counterpart(before, run)?.exitCode === 0);
}

/** The first test command with which a test was lost that passed on the base commit, and how. */
export function lostOf(
  before: Verification | null,
  after: Verification | null,
): { readonly command: string; readonly what: string; readonly output: string } | undefined {
  for (const run of measured(after)) {
    const what = run.role === 'test' ? lostTests(counterpart(before, run)?.tests, run.tests) : undefined;
    if (what !== undefined) return { command: run.command, what, output: run.output };
  }
  return undefined;
}

/** Two runs of the same commands on the same files: what ended once well and once not is flaky. */
export function settle(first: Verification, second: Verification): Verification {
  const isOther = (run: Run): boolean => {
    const again = counterpart(second, run);
    return again !== undefined && (again.exitCode === 0) !== (run.exitCode === 0);
  };
  const withTests = (run: Run): Run => {
    const tests = better(run.tests, counterpart(second, run)?.tests);
    return tests === undefined ? run : { ...run, tests };
  };
  return { runs: first.runs.map((run) => withTests(isOther(run) ? { ...run, flaky: true as const } : run)) };
}

/**
 * Test commands that pass on the base commit and fail with the new tests alone: these tests see the bug. Where there was no
 * command before, they are the repository's first.
 */
export function seeing(before: Verification | null, without: Verification | undefined): readonly Run[] {
  return measured(without ?? null).filter(
    (run) => run.role === 'test' && isRed(run) && (before === null || counterpart(before, run)?.exitCode === 0),
  );
}

/** Whether every test command passes, and there is one. */
export function testsPass(verification: Verification | null): boolean {
  const tests = measured(verification).filter(({ role }) => role === 'test');
  return tests.length > 0 && tests.every(({ exitCode, flaky }) => exitCode === 0 && !flaky);
}

function climb(parsed: Parsed, after: Verification | null): Pick<Proof, 'level' | 'detail'> {
  const ground: ProofLevel | null = parsed.kind === 'ok' ? 'L0' : null;
  const runs = after?.runs ?? [];
  const failing = firstRed(after);
  if (failing?.role === 'setup') return { level: ground, detail: `\`${failing.command}\` failed (${ending(failing)}), so nothing was run` };
  const checks = runs.filter((run) => run.role === 'check');
  const tests = runs.filter((run) => run.role === 'test');
  if (failing?.role === 'check') return { level: ground, detail: explainRed(failing) };
  const checked: ProofLevel | null = checks.length > 0 ? 'L1' : ground;
  if (failing) return { level: checked, detail: explainRed(failing) };
  const [empty] = tests;
  if (empty && tests.every(({ output }) => saysNoTestRan(output)))
    return { level: checked, detail: `\`${empty.command}\` ended well, but ran no test, so it shows nothing` };
  if (tests.length > 0) return { level: 'L2', detail: 'the tests pass with the fix and nothing that passed before fails' };
  if (checks.length > 0) return { level: 'L1', detail: 'the configured checks pass; no test command is known' };
  if (ground) return { level: ground, detail: 'the changed files parse; no check and no test command is known' };
  return { level: null, detail: 'nothing could be checked: no parser for these files, no check and no test command' };
}

/** What stands in the way of a higher level: setup, checks and tests are run in this order. */
const firstRed = (verification: Verification | null): Run | undefined =>
  verification?.runs.find(({ flaky, exitCode }) => flaky || exitCode !== 0);

/** What is known where the commands could not be run on the base commit: what the one that failed has printed. */
export function notBegun({ output }: Pick<Run, 'output'>): Proof {
  const detail = 'nothing could be run without the fix, so nothing can be shown of one';
  return { level: null, reproduced: 'unknown', introduced: null, commands: [], detail, output: lastPart(output) };
}

/** Nothing was there before that could say whether all else still works. */
function firstTests(parsed: Parsed): Pick<Proof, 'level' | 'detail'> {
  return {
    level: parsed.kind === 'ok' ? 'L0' : null,
    detail: 'the changed files parse, and the first tests of the repository pass with the fix',
  };
}

/**
 * Where the suite was red, the tests of the change cannot lift the level: that is of the whole suite. What they show is said.
 * @param isKept no test that passed before is worse, as far as the suite can tell
 */
function climbAlone(ground: Climbed, alone: Alone, isKept: boolean): Climbed {
  const shown = climbOn(ground, seenAlone(alone.base, alone.testsOnly, alone.after), alone);
  if (ground.level === 'L2' || !isAbove(shown.level, ground.level)) return shown;
  const { level, detail } = ground;
  const said = `${detail}; run alone, ${SHOWS}${shown.level === 'L4' ? AGAIN : ''}`;
  return { level, reproduced: 'yes', detail: said, ...(shown.level === 'L4' && isKept ? { isShownAlone: true } : {}) };
}

const SHOWS = 'a test of this change fails without the fix with the error of the log and passes with it';
const AGAIN = '; with the fix alone taken away it fails again, in three runs each way';

/** Levels compare by their names. */
const isAbove = (level: ProofLevel | null, other: ProofLevel | null): boolean => level !== null && (other === null || level > other);

/** From L2 on, where the change brings tests. */
function climbOn(ground: Climbed, seen: readonly Seen[], without: WithoutFix): Climbed {
  const { testsOnly, fixRemoved = [], withFix = [], shown = { kind: 'unknown', showed: 'its output was not read' } } = without;
  if (testsOnly === undefined) return ground;
  const stays = (why: string, reproduced: Proof['reproduced'] = shown.kind): Climbed => {
    return { level: ground.level, reproduced, detail: `${ground.detail}; ${why}` };
  };
  const tests = measured(testsOnly).filter(({ role }) => role === 'test');
  if (seen.length === 0) {
    const isTold = tests.length > 0 && tests.every(({ exitCode }) => exitCode === 0);
    return isTold
      ? stays('the test of this change passes without it too, so it does not see the bug', 'no')
      : stays('what the test of this change does without it could not be told', 'unknown');
  }
  if (shown.kind !== 'yes')
    return stays(`the test of this change fails without it, but not with the error of the log as far as can be seen: ${shown.showed}`);
  const skipped = seen
    .map(({ run }) => skippedWith(run.tests, counterpart(withFix[0] ?? null, run)?.tests))
    .find((why) => why !== undefined);
  if (skipped !== undefined) return stays(skipped);
  const reds = fixRemoved.flatMap((red) => seen.map((one) => ({ was: counterpart(red, one.run)?.exitCode, isRed: failsIn(one, red) })));
  const greens = withFix.flatMap((green) => seen.map((one) => passesIn(one, green)));
  if (reds.some(({ was }) => was === 0) || greens.includes(false))
    return stays('the test of this change is flaky: run again on the same files, it ended the other way');
  const detail = `${SHOWS}, and nothing that passed before fails`;
  const isWhole = fixRemoved.length >= MORE_RUNS && withFix.length >= MORE_RUNS;
  if (!isWhole || !reds.every(({ isRed }) => isRed) || greens.includes(undefined)) return { level: 'L3', reproduced: 'yes', detail };
  return { level: 'L4', reproduced: 'yes', detail: detail + AGAIN };
}

function explainRed(run: Run): string {
  if (run.flaky) return `\`${run.command}\` is flaky: run twice with the fix, it failed once and passed once, so it shows nothing`;
  const missing = notInstalled(run);
  if (!isRunnable(run) || missing !== undefined) return `\`${run.command}\` could not be run here (${missing ?? ending(run)})`;
  return `\`${run.command}\` fails with the fix as it failed before (${ending(run)})`;
}

function pair(before: Verification | null, after: Verification | null): Proof['commands'] {
  return measured(after).map((run) => ({ ...sides(run, counterpart(before, run), run), ...(run.flaky ? { flaky: run.flaky } : {}) }));
}

function evidenceOf({ testsOnly, fixRemoved = [], withFix = [] }: WithoutFix, after: Verification | null): Proof['commands'] {
  return [
    ...evidence('tests-only', testsOnly, after),
    ...fixRemoved.flatMap((red, at) => evidence('fix-removed', red, withFix[at] ?? after)),
  ];
}

/** Only of tests: what checks say of half a change means nothing. */
function evidence(variant: 'tests-only' | 'fix-removed', without: Verification | undefined, after: Verification | null): Proof['commands'] {
  return measured(without ?? null).flatMap((run) => {
    const fixed = counterpart(after, run);
    return run.role === 'test' && fixed ? [{ ...sides(run, run, fixed), variant }] : [];
  });
}

function sides({ command }: Run, before: Run | undefined, after: Run): Proof['commands'][number] {
  return { command, before: before ? brief(before) : null, after: brief(after) };
}

const brief = ({ exitCode, durationMs }: Run) => ({ exitCode, durationMs });

const measured = (verification: Verification | null): readonly Run[] => (verification?.runs ?? []).filter(({ role }) => role !== 'setup');

/** From the beginning of a line. Runners print their summary last. */
function lastPart(text: string): string {
  if (text.length <= SHOWN_OUTPUT) return text;
  const end = text.slice(-SHOWN_OUTPUT);
  return end.includes('\n') ? end.slice(end.indexOf('\n') + 1) : end;
}

/** How a run ended, in words. @example ending(run) // 'exit code 1' */
export function ending({ exitCode, timedOut, overMemory }: Pick<Run, 'exitCode' | 'timedOut' | 'overMemory'>): string {
  if (overMemory) return 'killed: it held more memory than verify.maxMemoryMb';
  if (timedOut) return 'ended by the timeout';
  return exitCode === null ? 'ended by a signal' : `exit code ${exitCode}`;
}
