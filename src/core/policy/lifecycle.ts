// What becomes of a request after its repair: merged or closed by people, then confirmed by silence or regressed by the
// error itself. Pure: what the host and the log say comes in, how the trace stands goes out.

import type { FactValue, Request, Sequel } from '../model.ts';
import type { FollowedState, IncidentState, TraceState } from '../tables.ts';
import type { Reason } from './decide.ts';
import { releasesSince } from './releases.ts';

export type { FollowedState };

export interface LifecycleWindows {
  /** Silence that confirms a merged fix. */
  readonly confirmSeconds: number;
  /** Between the merge and the moment when the fixed program can be running. */
  readonly deploySeconds: number;
}

/** How a trace stood when it was looked at last. */
export interface Followed {
  readonly state: FollowedState;
  readonly request: Request | null;
  readonly endedAt: string | null;
  readonly sequel?: Sequel;
}

export interface LifecycleFacts {
  /** As the host now shows it; `null` where it was not asked, or does not show it. */
  readonly request: Request | null;
  /** Occurrences of the incident, ever. */
  readonly count: number;
  /** When it was seen last, as the log says; ISO 8601 UTC. */
  readonly lastTime: string;
  /** How long its log was followed since this was last asked; ms. */
  readonly heardMs: number;
  /** Releases that the incident was seen in, and those of the repository, where records name them. */
  readonly releases?: { readonly own: readonly FactValue[] | undefined; readonly all: readonly FactValue[] | undefined };
}

const AFTER: Readonly<Record<TraceState, IncidentState>> = {
  running: 'repairing',
  proposed: 'proposed',
  issued: 'issued',
  declined: 'declined',
  merged: 'merged',
  closed: 'closed',
  confirmed: 'confirmed',
  regressed: 'regressed',
  refused: 'refused',
  failed: 'failed',
  skipped: 'skipped',
  // It may be tried again.
  interrupted: 'waiting',
};

const REASON: Readonly<Record<FollowedState, Reason>> = {
  proposed: 'already-proposed',
  issued: 'issued',
  declined: 'declined',
  merged: 'already-merged',
  closed: 'closed-by-person',
  confirmed: 'confirmed',
  regressed: 'came-back',
};

/** How an incident stands after its trace. */
export function incidentAfter(state: TraceState): IncidentState {
  return AFTER[state];
}

export function isFollowed(state: TraceState | IncidentState): state is FollowedState {
  return Object.hasOwn(REASON, state);
}

/** Why an incident in this state is, or is not, repaired; `null` where the state alone does not say. */
export function reasonAfter(state: TraceState, sequel?: Sequel): Reason | null {
  if (state === 'closed' && sequel?.isOwnClosing) return 'closed-by-itself';
  return isFollowed(state) ? REASON[state] : null;
}

/**
 * A time in the log that lies ahead of `now` counts as now: a log whose times carry no zone may be hours off.
 * @example lifecycle({ state: 'proposed', request, endedAt: null }, { request: merged, count, lastTime, heardMs: 0 }, windows, now)
 */
export function lifecycle(
  before: Followed,
  facts: LifecycleFacts,
  windows: LifecycleWindows,
  now: Date,
): { readonly state: FollowedState; readonly sequel: Sequel } {
  return heard(told(before, facts, now), facts, windows, now);
}

type Standing = { readonly state: FollowedState; readonly sequel: Sequel };

/** What people have done with the request. */
function told(before: Followed, { request, count }: LifecycleFacts, now: Date): Standing {
  const { state, sequel } = before;
  const since = now.toISOString();
  const next = (state === 'proposed' || state === 'closed') && request ? STATE_OF[request.state] : state;
  if (next === state && sequel && (state !== 'merged' || sequel.mergedAt !== undefined)) return { state, sequel };
  // Nobody has turned it down: where the error comes back, it is mended again.
  if (next === 'closed' && request?.isOwnClosing)
    return { state: next, sequel: { since, isOwnClosing: true, mergedAt: since, counted: count } };
  if (next !== 'merged') return { state: next, sequel: { since } };
  // A trace that only met a merged request knows no better time than that of the host, or its own.
  const mergedAt = (request ?? before.request)?.mergedAt ?? (state === 'merged' ? before.endedAt : null) ?? since;
  return { state: 'merged', sequel: { since, mergedAt: mergedAt < since ? mergedAt : since, counted: count, quietMs: 0 } };
}

const STATE_OF: Readonly<Record<Request['state'], FollowedState>> = {
  open: 'proposed',
  local: 'proposed',
  merged: 'merged',
  closed: 'closed',
};

/** What the log says of a merged fix, and of one that is not needed any more. */
function heard({ state, sequel }: Standing, facts: LifecycleFacts, windows: LifecycleWindows, now: Date): Standing {
  const isHeard = state === 'merged' || state === 'confirmed' || (state === 'closed' && sequel.isOwnClosing === true);
  if (!isHeard || sequel.mergedAt === undefined) return { state, sequel };
  const { count, lastTime, heardMs } = facts;
  const since = now.toISOString();
  const merged = Date.parse(sequel.mergedAt);
  const releases = releasesSince(facts.releases?.own, facts.releases?.all, sequel.mergedAt, lastTime);
  const deployed = Math.max(merged + windows.deploySeconds * 1000, Math.min(releases?.deployedAt ?? 0, now.getTime()));
  const seen = Math.min(Date.parse(lastTime) || now.getTime(), now.getTime());
  const counted = sequel.counted ?? count;
  // A release from before the merge cannot hold the fix: its errors say nothing against it, however late they come.
  if (releases === undefined ? seen > deployed : (releases.seenWithFix ?? 0) > merged + windows.deploySeconds * 1000) {
    const again = { count: Math.max(1, count - counted), first: lastTime, last: lastTime };
    return { state: 'regressed', sequel: { ...sequel, since, again } };
  }
  if (state !== 'merged') return { state, sequel };
  const isLoud = count > counted && seen >= merged;
  const sinceThen = Math.max(0, now.getTime() - deployed);
  const quietMs = isLoud
    ? 0
    : Math.min((sequel.quietMs ?? 0) + Math.min(heardMs, sinceThen), releases ? sinceThen : Number.POSITIVE_INFINITY);
  if (quietMs >= windows.confirmSeconds * 1000) return { state: 'confirmed', sequel: { ...sequel, since, counted: count, quietMs } };
  return { state, sequel: { ...sequel, counted: count, quietMs } };
}
