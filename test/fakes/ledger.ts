// The ledger's ports in plain memory: small, complete, deterministic. For tests of the pipeline.
// Several ledgers over one state stand for several processes; nothing here is ever written to disk.
import type { Ledger } from '../../src/adapters/ledger/ledger-port.ts';
import { defined } from '../../src/core/defined.ts';
import { mergedFacts } from '../../src/core/facts.ts';
import type { Facts, Incident, StepName, StepRecord, Trace } from '../../src/core/model.ts';
import { type Budget, wasCutOff } from '../../src/core/policy/decide.ts';
import { isSwept } from '../../src/core/policy/incident-states.ts';
import { incidentAfter, isFollowed, reasonAfter } from '../../src/core/policy/lifecycle.ts';
import { fail } from '../../src/errors.ts';
import type { Checkpoint, Sighting, TraceFilter } from '../../src/ports.ts';
import { createMemoryOutbox, type KeptMail } from './outbox.ts';

export interface MemoryState {
  readonly checkpoints: Map<string, Checkpoint>;
  readonly incidents: Map<string, Incident>;
  /** Oldest first. */
  readonly traces: Map<string, Trace>;
  /** Trace id → the ledger that runs it. */
  readonly leases: Map<string, object>;
  /** Source → the ledger that watches it. */
  readonly watches: Map<string, object>;
  /** Trace id → what its steps left for a resume. */
  readonly kept: Map<string, Map<StepName, string>>;
  readonly mails: Map<string, KeptMail>;
}

export function createMemoryState(): MemoryState {
  const reading = { checkpoints: new Map(), incidents: new Map(), watches: new Map() };
  return { ...reading, traces: new Map(), leases: new Map(), kept: new Map(), mails: new Map() };
}

/** A ledger over `state`; a state of its own when none is given. */
export function createMemoryLedger(state: MemoryState = createMemoryState()): Ledger {
  const { checkpoints, incidents, traces, leases, watches, kept } = state;
  const me = {};
  const { loseMine, ...outbox } = createMemoryOutbox(state.mails, me);
  const find = (trace: string): Trace => {
    const found = traces.get(trace);
    if (found === undefined) throw fail('trace-not-found', { trace });
    return found;
  };
  const change = (fingerprint: string, fields: Partial<Incident>): void => {
    const incident = incidents.get(fingerprint);
    if (incident) incidents.set(fingerprint, { ...incident, ...fields });
  };
  const sight = (sighting: Sighting): { incident: Incident; isNew: boolean } => {
    const known = incidents.get(sighting.fingerprint);
    const facts = defined({ facts: mergedFacts(known?.facts, sighting.facts) });
    const seen = known ? { ...known, count: known.count + sighting.count, last: sighting.last } : newIncident(sighting);
    const incident = { ...seen, ...facts };
    incidents.set(sighting.fingerprint, incident);
    return { incident, isNew: known === undefined };
  };

  return {
    // It knows no repositories.
    of: () => undefined,
    ...outbox,
    checkpoints: async () => [...checkpoints.values()],
    async record({ checkpoint, sightings }) {
      if (checkpoint) checkpoints.set(`${checkpoint.position.source}\n${checkpoint.position.stream}`, checkpoint);
      return sightings.map(sight);
    },
    async incidents({ fingerprint, fingerprints, limit = Number.POSITIVE_INFINITY } = {}) {
      const wanted = fingerprint === undefined ? fingerprints : [fingerprint];
      return newestFirst([...incidents.values()].filter((one) => wanted?.includes(one.fingerprint) ?? true)).slice(0, limit);
    },
    facts: async () => [...incidents.values()].reduce<Facts>((all, { facts }) => mergedFacts(all, facts) ?? all, {}),
    names: async () => [...incidents.keys()],
    fingerprints: async () => newestFirst([...incidents.values()]).map(({ fingerprint }) => fingerprint),
    async waiting(limit) {
      const found = newestFirst([...incidents.values()].filter(isSwept)).sort((a, b) => Number(wasCutOff(b)) - Number(wasCutOff(a)));
      return found.slice(0, limit).map(({ fingerprint }) => fingerprint);
    },
    setState: async (fingerprint, to, reason) => change(fingerprint, { state: to, reason }),
    flush: async () => true,
    async begin({ id, fingerprint, title, mode, startedAt, follows }) {
      const running = [...traces.values()].find((trace) => trace.fingerprint === fingerprint && trace.state === 'running');
      if (running && (running.trace !== id || leases.get(id) !== me)) return 'taken';
      const known = traces.get(id);
      const isAttempt = known === undefined || known.state === 'failed';
      const fresh = { ...newTrace({ id, fingerprint, title, mode, startedAt }), ...(follows === undefined ? {} : { follows }) };
      const { steps, diff, summary, ...old } = known ?? fresh;
      const { title: oldTitle, startedAt: began, costUsd } = old;
      const again = known ? { resumes: (known.resumes ?? 0) + 1 } : {};
      traces.set(id, { ...fresh, steps, diff, summary, title: oldTitle, startedAt: began, costUsd, ...again });
      leases.set(id, me);
      if (follows !== undefined) return 'begun';
      const attempts = incidents.get(fingerprint)?.attempts ?? 0;
      change(fingerprint, { state: 'repairing', reason: null, ...(isAttempt ? { attempts: attempts + 1, lastAttemptAt: startedAt } : {}) });
      return 'begun';
    },
    async step(trace, step, left) {
      const { steps } = find(trace);
      const at = steps.findIndex(({ name }) => name === step.name);
      if (at < 0) traces.set(trace, { ...find(trace), steps: [...steps, step] });
      else {
        const after = step.outcome === 'running' ? [] : steps.slice(at + 1);
        for (const { name } of step.outcome === 'running' ? steps.slice(at) : []) kept.get(trace)?.delete(name);
        traces.set(trace, { ...find(trace), steps: [...steps.slice(0, at), step, ...after] });
      }
      if (left === undefined) return;
      kept.set(trace, (kept.get(trace) ?? new Map<StepName, string>()).set(step.name, left.value));
      traces.set(trace, { ...find(trace), costUsd: left.costUsd ?? find(trace).costUsd });
    },
    kept: async (trace) => new Map(kept.get(trace)),
    async end(id, { outcome, messages, ...ending }) {
      const trace = find(id);
      leases.delete(id);
      await outbox.put(messages ?? []);
      traces.set(id, { ...trace, ...outcome, ...ending });
      if (ending.state !== 'failed' && ending.state !== 'interrupted') {
        for (const other of traces.values()) if (other.fingerprint === trace.fingerprint) kept.delete(other.trace);
      }
      if (trace.follows !== undefined) return;
      const isAttempt = outcome.until === undefined && outcome.ofMachine !== true;
      const state = isAttempt ? incidentAfter(ending.state) : 'waiting';
      change(trace.fingerprint, { state, reason: outcome.code });
      if (isAttempt) return;
      const others = [...traces.values()].filter(
        (one) =>
          one.fingerprint === trace.fingerprint &&
          one.trace !== id &&
          one.follows === undefined &&
          one.state !== 'skipped' &&
          one.state !== 'interrupted' &&
          one.ofMachine !== true,
      );
      const lastAttemptAt =
        others
          .map(({ startedAt }) => startedAt)
          .sort()
          .at(-1) ?? null;
      change(trace.fingerprint, { attempts: Math.max(0, (incidents.get(trace.fingerprint)?.attempts ?? 0) - 1), lastAttemptAt });
    },
    async follow(id, { from, state, request, issue, sequel, messages }) {
      const trace = traces.get(id);
      if (trace?.state !== from) return false;
      traces.set(id, { ...trace, state, request: request ?? trace.request, ...(issue ? { issue } : {}), sequel });
      await outbox.put(messages ?? []);
      const { fingerprint } = trace;
      const newest = select([...traces.values()], { fingerprint }).find((one) => isFollowed(one.state) && one.follows === undefined);
      if (from === state || newest?.trace !== id || !isFollowed(incidents.get(fingerprint)?.state ?? 'new')) return true;
      change(fingerprint, { state: incidentAfter(state), reason: reasonAfter(state, sequel) });
      return true;
    },
    traces: async (filter = {}) => select([...traces.values()], filter),
    async spending(now) {
      const since = (hours: number): Trace[] =>
        [...traces.values()].filter(({ startedAt }) => {
          const age = now.getTime() - Date.parse(startedAt);
          return age < hours * 3_600_000 && age > -60_000;
        });
      const usdLastDay = since(24).reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0);
      const repairs = (hours: number): number =>
        since(hours).filter(({ outcome, costUsd, ofMachine }) => ofMachine !== true && (outcome !== 'skipped' || costUsd !== null)).length;
      return {
        repairsLastHour: repairs(1),
        repairsLastDay: repairs(24),
        usdLastDay,
        openRequests: select([...traces.values()], { state: 'proposed' }).filter(({ follows }) => follows === undefined).length,
        ...failures([...traces.values()]),
      };
    },
    async ignore(fingerprint, ignored) {
      const { ignored: _, ...incident } = incidents.get(fingerprint) ?? { ignored };
      if (!('fingerprint' in incident)) return false;
      incidents.set(fingerprint, { ...incident, ...(ignored === null ? {} : { ignored }) });
      const isUndecided = ['new', 'waiting', 'skipped'].includes(incident.state);
      if (ignored !== null && isUndecided) change(fingerprint, { state: 'skipped', reason: 'ignored' });
      if (ignored === null && incident.reason === 'ignored') change(fingerprint, { state: 'new', reason: null });
      return true;
    },
    async reset(fingerprint) {
      const incident = incidents.get(fingerprint);
      if (incident?.state === 'repairing') return 'running';
      const isUndone = ['waiting', 'skipped', 'failed', 'refused', 'declined'].includes(incident?.state ?? '');
      change(fingerprint, { attempts: 0, lastAttemptAt: null, ...(isUndone ? { state: 'new', reason: null } : {}) });
      return 'done';
    },
    async forgetTraces(ids) {
      for (const id of ids) if (traces.get(id)?.state !== 'running') traces.delete(id);
    },
    async watchLock(source) {
      if (source === '-') return;
      const holder = watches.get(source) ?? me;
      if (holder !== me) throw fail('already-watched', { pid: 0, source });
      watches.set(source, me);
    },
    async close() {
      loseMine();
      for (const [id] of [...leases].filter(([, holder]) => holder === me)) {
        leases.delete(id);
        traces.set(id, interrupted(find(id)));
        if (find(id).follows === undefined) change(find(id).fingerprint, { state: 'waiting', reason: 'interrupted' });
      }
      for (const [source] of [...watches].filter(([, holder]) => holder === me)) watches.delete(source);
    },
  };
}

function failures(traces: readonly Trace[]): Pick<Budget, 'consecutiveFailures' | 'lastFailureAt'> {
  const telling = traces.filter(
    ({ state, endedAt, ofMachine }) => endedAt !== null && ofMachine !== true && !['running', 'interrupted', 'skipped'].includes(state),
  );
  const latestFirst = telling.sort((a, b) => descending(a.endedAt ?? '', b.endedAt ?? ''));
  const other = latestFirst.findIndex(({ state }) => state !== 'failed');
  const failed = other < 0 ? latestFirst : latestFirst.slice(0, other);
  return { consecutiveFailures: failed.length, lastFailureAt: failed[0]?.endedAt ?? null };
}

function newIncident({ fingerprint, title, sample, count, first, last }: Sighting): Incident {
  const { level, type, message, language, frames } = sample;
  const standing = { state: 'new', reason: null, attempts: 0, lastAttemptAt: null } as const;
  return { fingerprint, title, level, type, message, language, frames, sample, count, first, last, ...standing };
}

function newTrace(start: Pick<Trace, 'fingerprint' | 'title' | 'mode' | 'startedAt'> & { id: string }): Trace {
  const { id, ...known } = start;
  return {
    ...known,
    ...{ trace: id, state: 'running', endedAt: null, diff: '', summary: '', steps: [] },
    ...{ outcome: 'failed', reason: 'not ended yet', code: null, branch: null, commit: null, request: null, proof: null },
    ...{ files: [], guard: [], costUsd: null, turns: null, durationMs: 0, modelMs: null },
  };
}

function interrupted(trace: Trace): Trace {
  const steps = trace.steps.map((step): StepRecord => (step.outcome === 'running' ? { ...step, outcome: 'interrupted' } : step));
  return { ...trace, steps, state: 'interrupted', reason: 'interrupted before its end', code: 'interrupted' };
}

function select(traces: readonly Trace[], filter: TraceFilter): readonly Trace[] {
  const found = traces.filter(
    (trace) =>
      (filter.trace ?? trace.trace) === trace.trace &&
      (filter.fingerprint ?? trace.fingerprint) === trace.fingerprint &&
      (filter.state ?? trace.state) === trace.state &&
      (filter.since ?? '') <= trace.startedAt,
  );
  const newestFirst = found.reverse().sort((a, b) => descending(a.startedAt, b.startedAt));
  const wanted = newestFirst.slice(0, filter.limit ?? newestFirst.length);
  return filter.brief ? wanted.map((trace) => ({ ...trace, steps: [], diff: '', summary: '' })) : wanted;
}

function newestFirst(incidents: readonly Incident[]): Incident[] {
  return incidents.toSorted((a, b) => descending(a.last.time, b.last.time) || b.count - a.count);
}

function descending(a: string, b: string): number {
  return a < b ? 1 : a > b ? -1 : 0;
}
