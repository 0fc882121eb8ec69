// Opens and closes the trace of one repair: whatever happens in between ends as one stored outcome.
import type { Incident, Outcome, OutcomeKind, TraceState } from '../core/model.ts';
import { fixBranch } from '../core/texts/branch.ts';
import { type AiOpsError, asAiOpsError, EXIT, fail } from '../errors.ts';
import type { Job, RepairPorts, RepairSettings } from './job.ts';
import { createSteps, type Facts, type Steps } from './step.ts';

/** Runs `story` as the repair of `incident` and turns its ending, good or bad, into an outcome. */
export async function traced(
  incident: Incident,
  ports: RepairPorts,
  settings: RepairSettings,
  signal: AbortSignal,
  story: (job: Job, steps: Steps) => Promise<void>,
): Promise<Outcome> {
  const began = ports.clock();
  const trace = ports.newId();
  const { fingerprint, title } = incident;
  const job: Job = { trace, incident, branch: fixBranch(fingerprint), ports, settings, signal };
  const elapsed = (): number => ports.clock().getTime() - began.getTime();

  const taken = await ports.store.begin({ id: trace, fingerprint, title, mode: settings.mode, startedAt: began.toISOString() });
  if (taken === 'taken') return conclude(job, {}, fail('repair-taken', { fingerprint }), elapsed()).outcome;

  const steps = createSteps(trace, ports);
  const error = await story(job, steps).then(() => undefined, asAiOpsError);
  const facts = steps.facts();
  const { outcome, state } = conclude(job, facts, error, elapsed());
  const endedAt = ports.clock().toISOString();
  await ports.store.end(trace, { outcome, state, endedAt, diff: facts.diff ?? '', summary: facts.summary ?? '' });
  return outcome;
}

function conclude(job: Job, facts: Facts, error: AiOpsError | undefined, durationMs: number): { outcome: Outcome; state: TraceState } {
  const kind = outcomeOf(error);
  const outcome: Outcome = {
    trace: job.trace,
    fingerprint: job.incident.fingerprint,
    outcome: kind,
    reason: job.ports.redact(error ? error.message : proposedReason(facts)),
    code: error?.code ?? null,
    ...(error ? { hint: error.hint.replaceAll('{trace}', job.trace) } : {}),
    branch: facts.branch ?? null,
    commit: facts.commit ?? null,
    request: facts.request ?? null,
    proof: facts.proof ?? null,
    files: facts.files ?? [],
    guard: facts.guard ?? [],
    costUsd: facts.costUsd ?? null,
    turns: facts.turns ?? null,
    durationMs,
    modelMs: facts.modelMs ?? null,
  };
  return { outcome, state: stateOf(kind, error, facts) };
}

function outcomeOf(error: AiOpsError | undefined): OutcomeKind {
  if (!error) return 'proposed';
  if (error.exitCode === EXIT.refused) return 'refused';
  return error.exitCode === EXIT.done ? 'skipped' : 'failed';
}

/** A repair that was skipped because of a request takes that request's state. */
function stateOf(kind: OutcomeKind, error: AiOpsError | undefined, facts: Facts): TraceState {
  if (error?.code === 'interrupted') return 'interrupted';
  if (kind !== 'skipped' || !facts.request) return kind;
  return facts.request.state === 'merged' || facts.request.state === 'closed' ? facts.request.state : 'proposed';
}

function proposedReason(facts: Facts): string {
  return facts.proof?.level ? `proposed with proof ${facts.proof.level}` : 'proposed without proof';
}
