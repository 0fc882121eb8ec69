// What becomes of requests after their repair: asks the host of the open ones, holds the log against the merged ones, and
// stores what has changed. `watch` does it again and again beside the reading (`follower.ts`), `status --refresh` once.

import type { Incident, Request, Sequel, Trace } from '../../core/model.ts';
import { type Followed, type FollowedState, isFollowed, type LifecycleWindows, lifecycle } from '../../core/policy/lifecycle.ts';
import { type AiOpsError, asAiOpsError } from '../../errors.ts';
import type { Clock, CodeHost, Journal, NewMessage, TraceStore } from '../../ports.ts';

export interface LifecyclePorts {
  readonly store: Pick<TraceStore, 'traces' | 'follow'>;
  readonly journal: Pick<Journal, 'incidents'>;
  readonly host: Pick<CodeHost, 'findRequest'>;
  readonly clock: Clock;
  /** What is told of a trace as it now stands. */
  readonly messages?: (trace: Trace, incident: Incident) => readonly NewMessage[];
}

/** What is looked at. */
export interface Look {
  /** Traces in these states. */
  readonly states: readonly FollowedState[];
  /** Only of this incident. */
  readonly fingerprint?: string;
  /** Milliseconds that a trace's log was listened to, and not yet stored; given the source where its error was seen last. */
  readonly heard?: (trace: string, source: string) => number;
  /** Less new silence than this is not worth a write; ms. */
  readonly leastMs?: number;
}

/** A trace whose state has changed, as it now stands. */
export interface Moved {
  readonly trace: Trace;
  readonly from: FollowedState;
}

export interface Looked {
  readonly moved: readonly Moved[];
  /** Traces whose heard silence has been stored. */
  readonly stored: readonly string[];
  /** Why the host could not be asked. After the first trouble it is left alone. */
  readonly trouble: AiOpsError | null;
}

export async function look(ports: LifecyclePorts, wanted: Look, windows: LifecycleWindows, signal: AbortSignal): Promise<Looked> {
  const { store, journal, clock } = ports;
  const narrowed = wanted.fingerprint === undefined ? {} : { fingerprint: wanted.fingerprint };
  const found = await Promise.all(wanted.states.map((state) => store.traces({ ...narrowed, state, brief: true })));
  const ask = createAsking(ports.host, signal);
  const [moved, stored]: [Moved[], string[]] = [[], []];
  for (const trace of found.flat()) {
    if (!isFollowed(trace.state)) continue;
    const request = trace.state === 'proposed' || trace.state === 'closed' ? await ask.of(trace) : null;
    const [incident] = await journal.incidents({ fingerprint: trace.fingerprint });
    if (incident === undefined) continue;
    const heardMs = wanted.heard?.(trace.trace, incident.last.source) ?? 0;
    const before = { ...trace, state: trace.state } satisfies Followed;
    const { state, sequel } = lifecycle(
      before,
      { request, count: incident.count, lastTime: incident.last.time, heardMs },
      windows,
      clock(),
    );
    if (state === before.state && !isWorthStoring(trace.sequel, sequel, wanted.leastMs ?? 0)) continue;
    // Somebody else was faster: then it is told there.
    const now: Trace = { ...trace, state, request: request ?? trace.request, sequel };
    const messages = state === before.state ? [] : (ports.messages?.(now, incident) ?? []);
    if (!(await store.follow(trace.trace, { from: before.state, state, request, sequel, messages }))) continue;
    stored.push(trace.trace);
    if (state !== before.state) moved.push({ trace: now, from: before.state });
  }
  return { moved, stored, trouble: ask.trouble() };
}

function isWorthStoring(before: Sequel | undefined, after: Sequel, leastMs: number): boolean {
  // An open request has nothing to tell; of a merged one the first look says from where its occurrences count.
  if (before === undefined) return after.mergedAt !== undefined;
  if (before.counted !== after.counted || before.mergedAt !== after.mergedAt) return true;
  const gained = (after.quietMs ?? 0) - (before.quietMs ?? 0);
  return gained < 0 || gained > leastMs;
}

/** Traces of one request ask once; a host that fails is asked no more in this look. */
function createAsking(host: LifecyclePorts['host'], signal: AbortSignal) {
  const known = new Map<string, Request | null>();
  let trouble: AiOpsError | null = null;
  return {
    trouble: () => trouble,
    async of({ branch }: Trace): Promise<Request | null> {
      if (branch === null || trouble !== null) return null;
      const before = known.get(branch);
      if (before !== undefined) return before;
      try {
        const found = await host.findRequest(branch, signal);
        known.set(branch, found);
        return found;
      } catch (thrown) {
        trouble = asAiOpsError(thrown);
        return null;
      }
    },
  };
}
