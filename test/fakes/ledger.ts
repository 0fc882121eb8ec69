// The ledger's ports in plain memory: small, complete, deterministic. For tests of the pipeline.
// Several ledgers over one state stand for several processes; nothing here is ever written to disk.
import type { Ledger } from '../../src/adapters/ledger/ledger.ts';
import type { Incident, IncidentState, StepRecord, Trace, TraceState } from '../../src/core/model.ts';
import { fail } from '../../src/errors.ts';
import type { Checkpoint, Sighting, TraceFilter } from '../../src/ports.ts';

export interface MemoryState {
  readonly checkpoints: Map<string, Checkpoint>;
  readonly incidents: Map<string, Incident>;
  /** Oldest first. */
  readonly traces: Map<string, Trace>;
  /** Trace id → the ledger that runs it. */
  readonly leases: Map<string, object>;
  /** Source → the ledger that watches it. */
  readonly watches: Map<string, object>;
}

export function createMemoryState(): MemoryState {
  return { checkpoints: new Map(), incidents: new Map(), traces: new Map(), leases: new Map(), watches: new Map() };
}

const AFTER: Readonly<{ [state in TraceState]: IncidentState }> = {
  running: 'repairing',
  proposed: 'proposed',
  merged: 'merged',
  closed: 'closed',
  confirmed: 'merged',
  regressed: 'failed',
  refused: 'refused',
  failed: 'failed',
  skipped: 'skipped',
  interrupted: 'waiting',
};

/** A ledger over `state`; a state of its own when none is given. */
export function createMemoryLedger(state: MemoryState = createMemoryState()): Ledger {
  const { checkpoints, incidents, traces, leases, watches } = state;
  const me = {};
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
    const incident = known ? { ...known, count: known.count + sighting.count, last: sighting.last } : newIncident(sighting);
    incidents.set(sighting.fingerprint, incident);
    return { incident, isNew: known === undefined };
  };

  return {
    checkpoints: async () => [...checkpoints.values()],
    async record({ checkpoint, sightings }) {
      if (checkpoint) checkpoints.set(`${checkpoint.source}\n${checkpoint.generation}`, checkpoint);
      return sightings.map(sight);
    },
    async incidents({ fingerprint, limit = Number.POSITIVE_INFINITY } = {}) {
      const found = [...incidents.values()].filter((incident) => fingerprint === undefined || incident.fingerprint === fingerprint);
      return found.sort((a, b) => descending(a.last.time, b.last.time) || b.count - a.count).slice(0, limit);
    },
    setState: async (fingerprint, to, reason) => change(fingerprint, { state: to, reason }),
    flush: async () => undefined,
    async begin({ id, fingerprint, title, mode, startedAt }) {
      const running = [...traces.values()].find((trace) => trace.fingerprint === fingerprint && trace.state === 'running');
      if (running && (running.trace !== id || leases.get(id) !== me)) return 'taken';
      const isNew = !traces.has(id);
      const fresh = newTrace({ id, fingerprint, title, mode, startedAt });
      const { steps, diff, summary, ...old } = traces.get(id) ?? fresh;
      traces.set(id, { ...fresh, steps, diff, summary, title: old.title, startedAt: old.startedAt });
      leases.set(id, me);
      const attempts = incidents.get(fingerprint)?.attempts ?? 0;
      change(fingerprint, { state: 'repairing', ...(isNew ? { attempts: attempts + 1, lastAttemptAt: startedAt } : {}) });
      return 'begun';
    },
    async step(trace, step) {
      const { steps } = find(trace);
      const isKnown = steps.some(({ name }) => name === step.name);
      traces.set(trace, { ...find(trace), steps: isKnown ? steps.map((old) => (old.name === step.name ? step : old)) : [...steps, step] });
    },
    async end(id, { outcome, ...ending }) {
      const trace = find(id);
      leases.delete(id);
      traces.set(id, { ...trace, ...outcome, ...ending });
      change(trace.fingerprint, { state: AFTER[ending.state], ...(outcome.code === null ? {} : { reason: outcome.code }) });
    },
    traces: async (filter = {}) => select([...traces.values()], filter),
    async spending(now) {
      const since = (hours: number): Trace[] =>
        [...traces.values()].filter(({ startedAt }) => Date.parse(startedAt) > now.getTime() - hours * 3_600_000);
      const usdLastDay = since(24).reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0);
      return { repairsLastHour: since(1).length, repairsLastDay: since(24).length, usdLastDay };
    },
    async watchLock(source) {
      if (source === '-') return;
      const holder = watches.get(source) ?? me;
      if (holder !== me) throw fail('already-watched', { pid: 0, source });
      watches.set(source, me);
    },
    async close() {
      for (const [id] of [...leases].filter(([, holder]) => holder === me)) {
        leases.delete(id);
        traces.set(id, interrupted(find(id)));
        change(find(id).fingerprint, { state: 'waiting', reason: 'interrupted' });
      }
      for (const [source] of [...watches].filter(([, holder]) => holder === me)) watches.delete(source);
    },
  };
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

function descending(a: string, b: string): number {
  return a < b ? 1 : a > b ? -1 : 0;
}
