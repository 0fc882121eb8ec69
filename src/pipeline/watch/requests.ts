// What becomes of requests and issues after their repair: asks the host of the open ones, holds the log against the merged
// ones, and stores what has changed. `watch` does it again and again beside the reading (`follower.ts`), `status --refresh` once.

import { defined } from '../../core/defined.ts';
import type { Facts, Incident, Request, Sequel, Trace } from '../../core/model.ts';
import { type Followed, type FollowedState, isFollowed, type LifecycleWindows, lifecycle } from '../../core/policy/lifecycle.ts';
import type { IncidentPlace } from '../../core/texts/incident/incident-name.ts';
import type { Audience } from '../../core/texts/phrases.ts';
import { type AiOpsError, asAiOpsError } from '../../errors.ts';
import type { Clock, CodeHost, Journal, NewMessage, TraceStore } from '../../ports.ts';
import { type IssueLook, type IssuePorts, lookAtIssue } from './issues.ts';

export interface LifecyclePorts {
  readonly store: Pick<TraceStore, 'traces' | 'follow'>;
  readonly journal: Pick<Journal, 'incidents' | 'facts'>;
  readonly host: Pick<CodeHost, 'findRequest' | 'readIssue' | 'changeIssue'>;
  readonly clock: Clock;
  /** Where an incident arose, for whatever is told of it. */
  readonly placeOf: (incident: Incident) => Promise<IncidentPlace | undefined>;
  /** What is told of a trace as it now stands. */
  readonly messages?: (trace: Trace, incident: Incident, place: IncidentPlace | undefined) => readonly NewMessage[];
}

/** The audience is that of what is written into issues. */
export interface LookSettings extends LifecycleWindows, Audience {}

/** What is looked at. */
export interface Look {
  /** Traces in these states. */
  readonly states: readonly FollowedState[];
  /** Only of this incident. */
  readonly fingerprint?: string;
  /** Milliseconds that a trace's log was listened to, and not yet stored; given the source where its error was seen last. */
  readonly heard?: (trace: string, source: string) => number;
  /** Requests that are open for long are left for another look. */
  readonly isBrief?: boolean;
  /** Less new silence than this is not worth a write; ms. */
  readonly leastMs?: number;
}

/** A trace whose state has changed, as it now stands. */
export interface Moved {
  readonly trace: Trace;
  readonly incident: Incident;
  readonly place: IncidentPlace | undefined;
  readonly from: FollowedState;
}

export interface Looked {
  readonly moved: readonly Moved[];
  /** Traces whose heard silence has been stored. */
  readonly stored: readonly string[];
  /** Why the host could not be asked. After the first trouble it is left alone. */
  readonly trouble: AiOpsError | null;
}

/** A request that nobody has merged or closed for so long waits for an hour more. */
const LONG_MS = 7 * 24 * 3_600_000;

export async function look(ports: LifecyclePorts, wanted: Look, windows: LookSettings, signal: AbortSignal): Promise<Looked> {
  const { store, journal, clock } = ports;
  const narrowed = wanted.fingerprint === undefined ? {} : { fingerprint: wanted.fingerprint };
  const found = await Promise.all(wanted.states.map((state) => store.traces({ ...narrowed, state, brief: true })));
  const ask = createAsking({ ...ports, language: windows.language, zone: windows.zone }, signal);
  const [moved, stored]: [Moved[], string[]] = [[], []];
  let known: Promise<Facts> | undefined;
  const heard = (): Promise<Facts> => (known ??= journal.facts());
  for (const trace of found.flat()) {
    if (!isFollowed(trace.state)) continue;
    if (wanted.isBrief && trace.state === 'proposed' && clock().getTime() - Date.parse(trace.startedAt) > LONG_MS) continue;
    if (trace.follows !== undefined) {
      await standAlike(store, trace, trace.state);
      continue;
    }
    const hasIssue = trace.request === null && trace.issue != null;
    const request = !hasIssue && (trace.state === 'proposed' || trace.state === 'closed') ? await ask.of(trace) : null;
    const [incident] = await journal.incidents({ fingerprint: trace.fingerprint });
    if (incident === undefined) continue;
    const heardMs = wanted.heard?.(trace.trace, incident.last.source) ?? 0;
    const before = { ...trace, state: trace.state } satisfies Followed;
    const own = incident.facts?.release;
    const releases = own === undefined || trace.state === 'proposed' ? undefined : { own, all: (await heard()).release };
    const facts = { request, count: incident.count, lastTime: incident.last.time, heardMs, ...defined({ releases }) };
    const found = hasIssue
      ? await ask.issue(before, { incident, heardMs, confirmSeconds: windows.confirmSeconds })
      : { ...lifecycle(before, facts, windows, clock()), issue: null };
    if (found === null) continue;
    const { state, sequel, issue } = found;
    if (state === before.state && !isWorthStoring(trace.sequel, sequel, wanted.leastMs ?? 0)) continue;
    // Somebody else was faster: then it is told there.
    const now: Trace = { ...trace, state, request: request ?? trace.request, issue: issue ?? trace.issue ?? null, sequel };
    const place = state === before.state ? undefined : await ports.placeOf(incident);
    const messages = state === before.state ? [] : (ports.messages?.(now, incident, place) ?? []);
    if (!(await store.follow(trace.trace, { from: before.state, state, request, issue, sequel, messages }))) continue;
    stored.push(trace.trace);
    if (state !== before.state) moved.push({ trace: now, incident, place, from: before.state });
  }
  return { moved, stored, trouble: ask.trouble() };
}

/** What answered people on a request stands as the trace that made the request, and tells nobody of it. */
async function standAlike(store: LifecyclePorts['store'], trace: Trace, from: FollowedState): Promise<void> {
  const others = await store.traces({ fingerprint: trace.fingerprint, brief: true });
  const first = others.find(({ branch, follows }) => follows === undefined && branch === trace.branch);
  if (first === undefined || !isFollowed(first.state) || first.state === from) return;
  const sequel = first.sequel ?? { since: first.endedAt ?? trace.startedAt };
  await store.follow(trace.trace, { from, state: first.state, request: first.request, sequel });
}

function isWorthStoring(before: Sequel | undefined, after: Sequel, leastMs: number): boolean {
  // An open request has nothing to tell; of a merged one the first look says from where its occurrences count.
  if (before === undefined) return after.mergedAt !== undefined || after.told !== undefined;
  if (before.isOwnClosing !== after.isOwnClosing) return true;
  if (before.told !== after.told || before.isKept !== after.isKept) return true;
  if (before.counted !== after.counted || before.mergedAt !== after.mergedAt) return true;
  const gained = (after.quietMs ?? 0) - (before.quietMs ?? 0);
  return gained < 0 || gained > leastMs;
}

/** Traces of one request ask once; a host that fails is asked no more in this look. */
function createAsking(ports: IssuePorts & Pick<LifecyclePorts, 'host'>, signal: AbortSignal) {
  const { host } = ports;
  const known = new Map<string, Request | null>();
  let trouble: AiOpsError | null = null;
  return {
    trouble: () => trouble,
    async issue(
      { issue, ...trace }: Trace & { readonly state: FollowedState },
      log: Parameters<typeof lookAtIssue>[2],
    ): Promise<IssueLook | null> {
      if (trouble !== null || !issue) return null;
      try {
        return await lookAtIssue(ports, { ...trace, issue }, log, signal);
      } catch (thrown) {
        trouble = asAiOpsError(thrown);
        return null;
      }
    },
    async of({ branch, request }: Trace): Promise<Request | null> {
      if (branch === null || trouble !== null) return null;
      const before = known.get(branch);
      if (before !== undefined) return before;
      try {
        const found = await host.findRequest(branch, signal, request);
        known.set(branch, found);
        return found;
      } catch (thrown) {
        trouble = asAiOpsError(thrown);
        return null;
      }
    },
  };
}
