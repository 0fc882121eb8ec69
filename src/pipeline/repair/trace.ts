// Opens and closes the trace of one repair, or opens one again that was cut off: whatever happens in between ends as one
// stored outcome.

import type { FixMode, Incident, Outcome, OutcomeKind, Trace, TraceState } from '../../core/model.ts';
import type { CutOff } from '../../core/policy/decide.ts';
import { asksClaude, goesOnByItself, isBefore, resumability } from '../../core/policy/steps.ts';
import { type AiOpsError, asAiOpsError, EXIT, fail } from '../../errors.ts';
import type { TraceStore } from '../../ports.ts';
import { deliver } from '../notices/deliver.ts';
import { endingMails } from '../notices/write.ts';
import type { Job, RepairPorts, RepairSettings } from './job.ts';
import { createSteps, type Earlier, earlierOf, type Facts, NOTHING_EARLIER, type Steps } from './step.ts';

/**
 * Runs `story` as the repair of `incident` and turns its ending, good or bad, into an outcome.
 * @param asked the trace to go on with; without it, the newest one of the incident where that was cut off
 */
export async function traced(
  incident: Incident,
  ports: RepairPorts,
  settings: RepairSettings,
  signal: AbortSignal,
  story: (job: Job, steps: Steps) => Promise<void>,
  asked?: Trace,
): Promise<Outcome> {
  const { fingerprint, title } = incident;
  const before = asked ?? (await continued(ports.store, fingerprint, settings.mode));
  const began = ports.clock();
  const trace = before?.trace ?? ports.newId();
  const mode = before?.mode ?? settings.mode;
  const startedAt = before ? new Date(before.startedAt) : began;
  const job: Job = { trace, startedAt, incident, ports, settings: { ...settings, mode }, signal };

  const taken = await ports.store.begin({ id: trace, fingerprint, title, mode, startedAt: began.toISOString() });
  if (taken === 'taken') return conclude(job, {}, fail('repair-taken', { fingerprint }), 0).outcome;

  const earlier = before ? await earlierOf(ports.store, before) : NOTHING_EARLIER;
  if (before) ports.progress.note(`${trace}: goes on ${earlier.point === null ? 'to its end' : `at ${earlier.point}`}`);
  const steps = createSteps(trace, ports, signal, earlier);
  const error = await story(job, steps).then(() => undefined, asAiOpsError);
  const facts = steps.facts();
  const ended = ports.clock();
  const { outcome, state } = conclude(job, facts, error, workedBefore(earlier) + ended.getTime() - began.getTime());
  const mails = endingMails(job, outcome);
  const texts = { diff: facts.diff ?? '', summary: facts.summary ?? '' };
  await ports.store.end(trace, { outcome, state, endedAt: ended.toISOString(), ...texts, mails });
  if (mails.length > 0) await deliver(ports, signal, { trace });
  return outcome;
}

/** The newest trace of an incident, where its next repair goes on with it. */
async function continued(store: TraceStore, fingerprint: string, mode: FixMode): Promise<Trace | undefined> {
  const [newest] = await store.traces({ fingerprint, limit: 1 });
  return newest?.mode === mode && goesOnByItself(newest) ? newest : undefined;
}

/** For `decide`: what an incident's repair that was cut off would still spend; `undefined` where the next one begins anew. */
export async function cutOffOf(store: TraceStore, incident: Incident, mode: FixMode): Promise<CutOff | undefined> {
  if (incident.state !== 'waiting' || incident.attempts === 0) return undefined;
  const before = await continued(store, incident.fingerprint, mode);
  return before?.state === 'interrupted' ? stillToSpend(store, before) : undefined;
}

/** The same for a trace that a person has named. */
export async function stillToSpend(store: TraceStore, trace: Trace): Promise<CutOff> {
  return { asksClaude: asksClaude((await earlierOf(store, trace)).point) };
}

/** The time between two runs is not the repair's: only the steps that are not made again count. */
function workedBefore({ rows, point }: Earlier): number {
  return [...rows.values()].reduce((sum, { name, durationMs }) => sum + (isBefore(name, point) ? (durationMs ?? 0) : 0), 0);
}

function conclude(job: Job, facts: Facts, error: AiOpsError | undefined, durationMs: number): { outcome: Outcome; state: TraceState } {
  const kind = outcomeOf(error);
  const outcome: Outcome = {
    trace: job.trace,
    fingerprint: job.incident.fingerprint,
    outcome: kind,
    reason: job.ports.redact(error ? error.message : proposedReason(facts)),
    code: error?.code ?? null,
    ...(error ? { hint: hintOf(job.trace, kind, error) } : {}),
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
    ...(facts.withheld === undefined ? {} : { withheld: facts.withheld }),
    ...(facts.until === undefined ? {} : { until: facts.until }),
  };
  return { outcome, state: stateOf(kind, error, facts) };
}

/** What failed on the way goes on where it stopped: whoever reads the hint need not know that. */
function hintOf(trace: string, kind: OutcomeKind, { code, hint }: AiOpsError): string {
  const goesOn = kind === 'failed' && !NO_RETRY.has(code) && resumability({ state: 'failed', code }) === 'can-go-on';
  return `${hint.replaceAll('{trace}', trace)}${goesOn ? `; \`ai-ops retry ${trace}\` goes on where it stopped` : ''}`;
}

/** It says itself how to go on, or what was made is gone. */
const NO_RETRY: ReadonlySet<string> = new Set(['interrupted', 'store-damaged', 'bug']);

/** What an ending is called. */
export function outcomeOf(error: AiOpsError | undefined): OutcomeKind {
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
  if (facts.joins)
    return `joined the request of another bug, whose fix changes the same lines${facts.proof?.level ? `; proof ${facts.proof.level}` : ''}`;
  return facts.proof?.level ? `proposed with proof ${facts.proof.level}` : 'proposed without proof';
}
