// Turns what was run before and after a fix into a proof level. Reads exit codes only, never words.
// What was red before is neither blamed on the fix nor claimed by it.
import type { Proof, ProofLevel, Verification } from './model.ts';

/** Result of parsing every changed file: `unknown` where no parser was there for any of them. */
export interface Parsed {
  readonly kind: 'ok' | 'unknown' | 'broken';
  /** The first file that does not parse, and why. */
  readonly detail?: string;
}

type Run = Verification['runs'][number];

/** Characters of output that a refusal keeps: it stays in the ledger as long as its trace. */
const SHOWN_OUTPUT = 4000;

/** Exit codes with which a shell says that there is no such program. */
const NOT_RUNNABLE = new Set([126, 127]);

/**
 * Levels: L0 the changed files parse, L1 the configured checks pass, L2 the test command passes
 * and nothing that passed before fails. `after` is `null` when nothing was run because of `parsed`.
 * @example prove({ kind: 'ok' }, baseline, verification).level // 'L2'
 */
export function prove(parsed: Parsed, before: Verification | null, after: Verification | null): Proof {
  const commands = pair(before, after);
  if (parsed.kind === 'broken') {
    const detail = `a changed file does not parse: ${parsed.detail ?? 'no detail'}`;
    return { level: null, commands, detail, broken: detail };
  }
  const worse = commands.find((entry) => entry.before?.exitCode === 0 && entry.after.exitCode !== 0);
  if (worse) {
    const detail = `\`${worse.command}\` passed before the fix and fails with it (${ending(worse.after.exitCode)})`;
    const run = after?.runs.find((other) => other.role !== 'setup' && other.command === worse.command && other.exitCode !== 0);
    return { level: null, commands, detail, broken: detail, ...(run ? { output: lastPart(run.output) } : {}) };
  }
  return { ...climb(parsed, after), commands };
}

function climb(parsed: Parsed, after: Verification | null): { level: ProofLevel | null; detail: string } {
  const ground: ProofLevel | null = parsed.kind === 'ok' ? 'L0' : null;
  const runs = after?.runs ?? [];
  const setup = runs.find((run) => run.role === 'setup' && run.exitCode !== 0);
  if (setup) return { level: ground, detail: `\`${setup.command}\` failed (${ending(setup.exitCode)}), so nothing was run` };
  const failing = runs.find((run) => run.exitCode !== 0);
  const checks = runs.filter((run) => run.role === 'check');
  const tests = runs.filter((run) => run.role === 'test');
  if (failing?.role === 'check') return { level: ground, detail: explainRed(failing) };
  const checked: ProofLevel | null = checks.length > 0 ? 'L1' : ground;
  if (failing) return { level: checked, detail: explainRed(failing) };
  if (tests.length > 0) return { level: 'L2', detail: 'the tests pass with the fix and nothing that passed before fails' };
  if (checks.length > 0) return { level: 'L1', detail: 'the configured checks pass; no test command is known' };
  if (ground) return { level: ground, detail: 'the changed files parse; no check and no test command is known' };
  return { level: null, detail: 'nothing could be checked: no parser for these files, no check and no test command' };
}

function explainRed(run: Run): string {
  if (run.exitCode !== null && NOT_RUNNABLE.has(run.exitCode)) return `\`${run.command}\` could not be run here (${ending(run.exitCode)})`;
  return `\`${run.command}\` fails with the fix as it failed before (${ending(run.exitCode)})`;
}

function pair(before: Verification | null, after: Verification | null): Proof['commands'] {
  const measured = (after?.runs ?? []).filter((run) => run.role !== 'setup');
  return measured.map((run) => {
    const earlier = before?.runs.find((other) => other.role === run.role && other.command === run.command);
    return {
      command: run.command,
      before: earlier ? { exitCode: earlier.exitCode, durationMs: earlier.durationMs } : null,
      after: { exitCode: run.exitCode, durationMs: run.durationMs },
    };
  });
}

/** From the beginning of a line. Runners print their summary last. */
function lastPart(text: string): string {
  if (text.length <= SHOWN_OUTPUT) return text;
  const end = text.slice(-SHOWN_OUTPUT);
  return end.includes('\n') ? end.slice(end.indexOf('\n') + 1) : end;
}

function ending(exitCode: number | null): string {
  return exitCode === null ? 'ended by a signal or the timeout' : `exit code ${exitCode}`;
}
