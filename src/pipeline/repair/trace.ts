// Opens and closes the trace of one repair, or opens one again that was cut off: whatever happens in between ends as one
// stored outcome.

import { defined } from '../../core/defined.ts';
import type { FixMode, Follows, Incident, Outcome, Trace } from '../../core/model.ts';
import type { CutOff } from '../../core/policy/decide.ts';
import { asksClaude, goesOnByItself, isBefore } from '../../core/policy/steps.ts';
import { asAiOpsError, fail } from '../../errors.ts';
import type { TraceStore } from '../../ports.ts';
import { deliver } from '../notices/deliver.ts';
import { endingMessages } from '../notices/write.ts';
import type { Job, RepairPorts, RepairSettings } from './job.ts';
import { conclude } from './outcome.ts';
import { createSteps, type Earlier, earlierOf, NOTHING_EARLIER, type Steps } from './step.ts';

/**
 * Runs `story` as the repair of `incident` and turns its ending, good or bad, into an outcome.
 * @param asked the trace to go on with; without it, the newest one of the incident where that was cut off
 * @param follows what it answers on a request: then nothing but `asked` is gone on with
 */
export async function traced(
  incident: Incident,
  ports: RepairPorts,
  settings: RepairSettings,
  signal: AbortSignal,
  story: (job: Job, steps: Steps) => Promise<void>,
  asked?: Trace,
  follows?: Follows,
): Promise<Outcome> {
  const { fingerprint, title } = incident;
  const before = asked ?? (follows === undefined ? await continued(ports.store, fingerprint, settings.mode) : undefined);
  const began = ports.clock();
  const trace = before?.trace ?? ports.newId();
  const mode = before?.mode ?? settings.mode;
  const startedAt = before ? new Date(before.startedAt) : began;
  const job: Job = { trace, startedAt, incident, ports, settings: { ...settings, mode }, signal, ...defined({ follows }) };

  const taken = await ports.store.begin({ id: trace, fingerprint, title, mode, startedAt: began.toISOString(), ...defined({ follows }) });
  if (taken === 'taken') return conclude(job, {}, fail('repair-taken', { fingerprint }), 0).outcome;

  const earlier = before ? await earlierOf(ports.store, before, await isLost(ports, before)) : NOTHING_EARLIER;
  if (before) ports.progress.note(`${trace}: goes on ${earlier.point === null ? 'to its end' : `at ${earlier.point}`}`);
  const steps = createSteps(trace, ports, signal, earlier);
  const error = await story(job, steps).then(() => undefined, asAiOpsError);
  const facts = steps.facts();
  const ended = ports.clock();
  const { outcome, state } = conclude(job, facts, error, workedBefore(earlier) + ended.getTime() - began.getTime());
  const words = outcome.outcome === 'declined' ? facts.summary : undefined;
  // Who asked on a request is answered there.
  const messages = follows === undefined ? endingMessages(outcome, incident, ports, settings.notices, words) : [];
  const texts = { diff: facts.diff ?? '', summary: facts.summary ?? '' };
  await ports.store.end(trace, { outcome, state, endedAt: ended.toISOString(), ...texts, messages });
  if (messages.length > 0) await deliver(ports, signal, { trace });
  return outcome;
}

/** Each destination has a store of its own: what was committed for another one is made again. */
async function isLost({ repository }: RepairPorts, { commit }: Trace): Promise<boolean> {
  // What cannot be told now is met by the step that needs it.
  return commit !== null && !(await repository.holds(commit).catch(() => true));
}

/** The newest trace of an incident, where its next repair goes on with it. */
async function continued(store: TraceStore, fingerprint: string, mode: FixMode): Promise<Trace | undefined> {
  const [newest] = await store.traces({ fingerprint, limit: 1 });
  return newest?.mode === mode && newest.follows === undefined && goesOnByItself(newest) ? newest : undefined;
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
