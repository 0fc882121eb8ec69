// What the report's charts and its first lines are made of: sums and medians over traces and incidents.

import type { Incident, ProofLevel, StepName, Trace, TraceState } from '../../../core/model.ts';
import { when } from '../units.ts';

export interface Summary {
  readonly incidents: number;
  readonly occurrences: number;
  readonly repairs: number;
  /** Traces that ended in a request, whatever became of it since. */
  readonly proposed: number;
  readonly usd: number;
  /** ms, of repairs that have ended; `null` without any. */
  readonly medianMs: number | null;
}

/** Traces of one day, by the clocks of this machine. */
export interface Day {
  /** `2026-03-01`. */
  readonly day: string;
  readonly traces: readonly Trace[];
}

/** Columns that fit beside each other; older days are left out. */
const MOST_DAYS = 60;
const DAY_MS = 86_400_000;

export function summaryOf(incidents: readonly Incident[], traces: readonly Trace[]): Summary {
  return {
    incidents: incidents.length,
    occurrences: incidents.reduce((sum, { count }) => sum + count, 0),
    repairs: traces.length,
    proposed: traces.filter(({ request, follows }) => request !== null && follows === undefined).length,
    usd: traces.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0),
    medianMs: median(traces.filter(({ endedAt }) => endedAt !== null).map(({ durationMs }) => durationMs)),
  };
}

/** Every day from the first trace to the last one, also those without any. Oldest first, the newest {@link MOST_DAYS}. */
export function daysOf(traces: readonly Trace[]): readonly Day[] {
  const byDay = Map.groupBy(traces, ({ startedAt }) => when(startedAt).slice(0, 10));
  const known = [...byDay.keys()].filter((day) => !Number.isNaN(Date.parse(day))).sort();
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  const from = Math.max(Date.parse(first), Date.parse(last) - (MOST_DAYS - 1) * DAY_MS);
  const count = Math.round((Date.parse(last) - from) / DAY_MS) + 1;
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(from + index * DAY_MS).toISOString().slice(0, 10);
    return { day, traces: byDay.get(day) ?? [] };
  });
}

/** How many traces stand in each state; states without any are left out. */
export function statesOf(traces: readonly Trace[]): ReadonlyMap<TraceState, number> {
  return counted(traces.map(({ state }) => state));
}

/** How many proposals reached each level; `none` is a proposal without proof. */
export function levelsOf(traces: readonly Trace[]): ReadonlyMap<ProofLevel | 'none', number> {
  const proposed = traces.filter(({ request, follows }) => request !== null && follows === undefined);
  return counted(proposed.map(({ proof }) => proof?.level ?? ('none' as const)).sort());
}

/** Median ms of each step that has ended well, in the order of the steps. */
export function stepTimesOf(traces: readonly Trace[]): ReadonlyMap<StepName, number> {
  const times = new Map<StepName, number[]>();
  for (const { name, outcome, durationMs } of traces.flatMap(({ steps }) => steps)) {
    if (outcome !== 'ok' || durationMs === null) continue;
    times.set(name, [...(times.get(name) ?? []), durationMs]);
  }
  return new Map([...times].map(([name, list]) => [name, median(list) ?? 0]));
}

function counted<K>(keys: readonly K[]): ReadonlyMap<K, number> {
  const counts = new Map<K, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return null;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
