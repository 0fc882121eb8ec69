// How one repair ended, as `fix` and `retry` tell it: the result for scripts, lines for people, and the exit code.

import { defined } from '../../core/defined.ts';
import type { Decision, Incident, Outcome } from '../../core/model.ts';
import { REASONS } from '../../core/policy/decide.ts';
import { CATALOGUE, type ErrorCode, EXIT, fail } from '../../errors.ts';
import type { MachineFault } from '../../pipeline/watch/machine.ts';
import type { TraceStore } from '../../ports.ts';
import type { CommandContext } from '../command-line/context.ts';
import { resultJson } from '../output/json.ts';
import { outcomeLines } from '../output/trace.ts';

/** The outcome of a repair that the policy does not begin: no trace, no cost. */
export async function leftAlone(ledger: Pick<TraceStore, 'traces'>, incident: Incident, decision: Decision): Promise<Outcome> {
  const reason = REASONS[decision.reason as keyof typeof REASONS];
  const error = fail(decision.kind === 'wait' ? 'policy-limit' : 'policy-skip', { reason });
  const [earlier] = await ledger.traces({ fingerprint: incident.fingerprint, limit: 1 });
  return {
    trace: earlier?.trace ?? '',
    fingerprint: incident.fingerprint,
    ...defined({ repository: incident.repository }),
    outcome: 'skipped',
    reason: error.message,
    code: error.code,
    hint: error.hint,
    branch: earlier?.branch ?? null,
    commit: earlier?.commit ?? null,
    request: earlier?.request ?? null,
    issue: earlier?.issue ?? null,
    proof: earlier?.proof ?? null,
    files: earlier?.files ?? [],
    guard: earlier?.guard ?? [],
    costUsd: null,
    turns: null,
    durationMs: 0,
    modelMs: null,
  };
}

/** Something that repairs need is missing on this machine: said before anything is fetched, tested or counted. @returns the exit code */
export function notBegun(
  { output }: CommandContext,
  { fingerprint, repository }: Incident,
  { code, message, hint, exitCode }: MachineFault,
): number {
  const nothing = { branch: null, commit: null, request: null, proof: null, files: [], guard: [] };
  const free = { costUsd: null, turns: null, durationMs: 0, modelMs: null };
  output.json(
    resultJson({ trace: '', fingerprint, ...defined({ repository }), outcome: 'failed', reason: message, code, ...nothing, ...free }),
  );
  output.problem(message, hint, code);
  return exitCode;
}

/**
 * Prints it for people and scripts.
 * @param called what its incident is called
 * @param fileAt see `Look`
 * @returns the exit code
 */
export function tell({ output }: CommandContext, outcome: Outcome, called: string, fileAt?: (file: string) => string | undefined): number {
  output.json(resultJson(outcome));
  const isProblem = outcome.code !== null && CATALOGUE[outcome.code as ErrorCode].exitCode !== EXIT.done;
  const { hint = '', ...told } = outcome;
  for (const line of outcomeLines(isProblem ? told : outcome, { paint: output.paint, say: output.say, fileAt }, called)) output.line(line);
  if (outcome.code === null) return EXIT.done;
  if (isProblem) output.problem(outcome.reason, hint, outcome.code);
  return CATALOGUE[outcome.code as ErrorCode].exitCode;
}
