// What has come of the repairs, and what it has cost: sums over traces, whole and by proof level, class of the incident and language.
// The money of a group is that of all its repairs, also of those that came to nothing, and of the replies on its requests: what a merged
// fix costs is what was paid until one was merged.
import type { Trace } from '../model.ts';
import type { Language, TraceState, TriageClass } from '../tables.ts';

/** A repair with what its incident says. */
export interface Counted extends Pick<Trace, 'state' | 'proof' | 'costUsd' | 'turns' | 'request' | 'follows'> {
  /** `null` where the ledger does not know the incident any more. */
  readonly class: TriageClass | null;
  readonly language: Language | null;
}

/** What the sums are of. `value` is `null` for what has none: no proof, no incident. */
export interface Group {
  readonly by: 'all' | 'level' | 'class' | 'language';
  readonly value: string | null;
}

export interface Stats extends Group {
  /** Repairs that have ended. */
  readonly repairs: number;
  /** Those with a request, whatever has become of it. */
  readonly proposed: number;
  readonly issued: number;
  /** Requests that were merged, also those whose error came back. */
  readonly merged: number;
  /** Merged, and the error was not seen again. */
  readonly confirmed: number;
  /** Merged, and the error came back. */
  readonly regressed: number;
  /** Requests that were closed without a merge. */
  readonly closed: number;
  /** Of all repairs of the group, and of the replies on their requests. */
  readonly costUsd: number;
  /** Repairs that Claude took part in and whose price he did not say: the sums are too low by theirs. */
  readonly unpriced: number;
  /** `null` where none is merged. */
  readonly usdPerMerged: number | null;
  readonly usdPerConfirmed: number | null;
}

const MERGED: ReadonlySet<TraceState> = new Set(['merged', 'confirmed', 'regressed']);
const REQUESTED: ReadonlySet<TraceState> = new Set([...MERGED, 'proposed', 'closed']);

/**
 * @param traces of those that are still running nothing is counted
 * @returns the whole first, then each level, class and language that occurs, in the order of their names, what has none last
 */
export function statsOf(traces: readonly Counted[]): readonly Stats[] {
  const ended = traces.filter(({ state }) => state !== 'running');
  const by = (kind: Group['by'], value: (one: Counted) => string | null): readonly Stats[] =>
    [...Map.groupBy(ended, value)].toSorted(([a], [b]) => compare(a, b)).map(([name, group]) => sum({ by: kind, value: name }, group));
  return [
    sum({ by: 'all', value: null }, ended),
    ...by('level', ({ proof }) => proof?.level ?? null),
    ...by('class', (one) => one.class),
    ...by('language', ({ language }) => language),
  ];
}

function sum(group: Group, traces: readonly Counted[]): Stats {
  // A reply on a request is one more commit of the same repair.
  const repairs = traces.filter(({ follows }) => follows === undefined);
  const count = (is: (one: Counted) => boolean): number => repairs.filter(is).length;
  const costUsd = traces.reduce((total, one) => total + (one.costUsd ?? 0), 0);
  const merged = count(({ state }) => MERGED.has(state));
  const confirmed = count(({ state }) => state === 'confirmed');
  return {
    ...group,
    repairs: repairs.length,
    proposed: count(({ state, request }) => request !== null || REQUESTED.has(state)),
    issued: count(({ state }) => state === 'issued'),
    merged,
    confirmed,
    regressed: count(({ state }) => state === 'regressed'),
    closed: count(({ state }) => state === 'closed'),
    costUsd,
    unpriced: traces.filter((one) => one.costUsd === null && one.turns !== null).length,
    usdPerMerged: merged === 0 ? null : costUsd / merged,
    usdPerConfirmed: confirmed === 0 ? null : costUsd / confirmed,
  };
}

function compare(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -1 : a > b ? 1 : 0;
}
