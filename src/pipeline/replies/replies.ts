// What is to be done about our open requests: looked for beside the reading, and dealt with in the queue of repairs, one at a
// time. What was cut off goes on first.

import type { Follows, Incident, Outcome, Trace } from '../../core/model.ts';
import { heldBack } from '../../core/policy/decide.ts';
import { type FollowRules, followMove, marksOf } from '../../core/policy/follow-up.ts';
import { spokenOfBase } from '../../core/policy/moved-base.ts';
import { goesOnByItself, MAX_RESUMES } from '../../core/policy/steps.ts';
import { shortFingerprint } from '../../core/texts/branch.ts';
import { attendIssue, mayBeAskedOn, openIssues } from './issue-asks.ts';
import { createBaseWatch } from './moved-base.ts';
import { isIdle, knownOf, type NextPorts, type NextSettings, nextOf, type Open, type Watching, wasReopened } from './next.ts';
import { createCheckWatch } from './red-checks.ts';

export interface Replies {
  /** Traces whose requests or issues something is asked for on. Costs a call for each open request, and no money. */
  asked(signal: AbortSignal): Promise<readonly string[]>;
  /** Does what is asked for on the request of one trace. @returns `null` where there is nothing to do now */
  attend(trace: string, signal: AbortSignal): Promise<{ readonly outcome: Outcome; readonly incident: Incident } | null>;
}

/** After so long a silence on a request, so long passes between two looks at it; a base that moves is looked at as ever. */
const SILENT_MS = 7 * 24 * 3_600_000;
const REST_MS = 3_600_000;

export function createReplies(ports: NextPorts, settings: NextSettings): Replies {
  const { store, checks, clock } = ports;
  const { rules } = settings;
  const watching: Watching = {
    checks: checks === null ? null : createCheckWatch(checks, rules),
    base: createBaseWatch(ports.repository),
    ours: new Set(),
  };
  const until = new Map<number, number>();
  const rests = (request: number, now: Date): boolean => (until.get(request) ?? 0) > now.getTime();
  /** Nobody has said anything for long: it is looked at less often. */
  const rest = (request: number, lastMs: number, now: Date): void => {
    if (now.getTime() - lastMs > SILENT_MS) until.set(request, now.getTime() + REST_MS);
    else until.delete(request);
  };
  return {
    async asked(signal) {
      const found: string[] = [];
      const all = await openRequests(store);
      const isMoved = all.length > 0 && (await watching.base.begin(signal));
      for (const open of all) {
        if (unfinished(open) === undefined && !isMoved && rests(open.request.number, clock())) continue;
        if (unfinished(open) !== undefined || (await mayBeAsked(open, { ...ports, watching, isMoved, rest }, rules, signal)))
          found.push(open.trace.trace);
      }
      for (const left of await leftBehind(store, all)) found.push(left.trace);
      const { issueTalk } = ports;
      if (issueTalk === null) return found;
      for (const open of await openIssues(ports)) {
        if (await mayBeAskedOn(open, issueTalk, ports, settings, signal)) found.push(open.trace.trace);
      }
      return found;
    },
    async attend(id, signal) {
      const all = await openRequests(store);
      const open = all.find(({ trace }) => trace.trace === id);
      if (open === undefined) {
        const left = (await leftBehind(store, all)).find(({ trace }) => trace === id);
        return left === undefined ? attendIssueOf(id, ports, settings, signal) : endOf(left, ports);
      }
      const [incident] = await ports.journal.incidents({ fingerprint: open.trace.fingerprint });
      if (incident === undefined || incident.ignored) return null;
      const isHeld = heldBack(settings.policy, await store.spending(clock()), clock()) !== undefined;
      const cutOff = unfinished(open);
      if (cutOff?.follows)
        return isHeld && cutOff.follows.cause !== 'base'
          ? null
          : { incident, outcome: await ports.reply(incident, cutOff.follows, cutOff) };
      const follows = await nextOf(ports, settings, open, { isHeld, watching, incident }, signal);
      return follows === null ? null : { incident, outcome: await ports.reply(incident, follows) };
    },
  };
}

async function attendIssueOf(id: string, ports: NextPorts, settings: NextSettings, signal: AbortSignal): ReturnType<Replies['attend']> {
  const { issueTalk } = ports;
  const open = (await openIssues(ports)).find(({ trace }) => trace.trace === id);
  if (open === undefined || issueTalk === null) return null;
  const [incident] = await ports.journal.incidents({ fingerprint: open.trace.fingerprint });
  if (incident === undefined || incident.ignored) return null;
  const outcome = await attendIssue(open, incident, issueTalk, ports, settings, signal);
  return outcome === null ? null : { outcome, incident };
}

/** Every open request once, by the trace of the bug that its branch is named after. */
async function openRequests(store: NextPorts['store']): Promise<readonly Open[]> {
  const open = new Map<string, Open>();
  for (const trace of await store.traces({ state: 'proposed', brief: true })) {
    const { request, branch, follows, fingerprint } = trace;
    if (follows !== undefined || request === null || branch === null || request.number === null) continue;
    if (open.has(branch) || !branch.includes(shortFingerprint(fingerprint))) continue;
    const those = await store.traces({ fingerprint });
    const replies = those.filter((one) => one.follows?.branch === branch);
    open.set(branch, { trace, request: { ...request, number: request.number }, branch, replies });
  }
  return [...open.values()];
}

/** The newest reply, where it was cut off or stopped by what passes. */
function unfinished({ replies: [newest] }: Open): Trace | undefined {
  return newest !== undefined && goesOnByItself(newest) && (newest.resumes ?? 0) < MAX_RESUMES ? newest : undefined;
}

type LeftBehind = Trace & { readonly follows: Follows };

/**
 * What was cut off on a request that is open no more: merged, or closed by whom ever, by ourselves a moment before. Each is gone on
 * with, which comes to an end at its next step, so that its claim does not stay on the remote.
 */
async function leftBehind(store: NextPorts['store'], open: readonly Open[]): Promise<readonly LeftBehind[]> {
  const branches = new Set(open.map(({ branch }) => branch));
  return (await store.traces({ state: 'interrupted' })).filter(
    (trace): trace is LeftBehind => trace.follows !== undefined && !branches.has(trace.follows.branch) && goesOnByItself(trace),
  );
}

async function endOf(left: LeftBehind, ports: NextPorts): ReturnType<Replies['attend']> {
  const [incident] = await ports.journal.incidents({ fingerprint: left.fingerprint });
  return incident === undefined ? null : { incident, outcome: await ports.reply(incident, left.follows, left) };
}

interface Looking {
  readonly watching: Watching;
  readonly isMoved: boolean;
  readonly rest: (request: number, lastMs: number, now: Date) => void;
}

async function mayBeAsked(
  open: Open,
  { talk, clock, watching, isMoved, rest }: Pick<NextPorts, 'talk' | 'clock'> & Looking,
  rules: FollowRules,
  signal: AbortSignal,
): Promise<boolean> {
  const { trace, request } = open;
  const conversation = await talk.read(request.number, signal, { isMoved });
  if (conversation === null) return false;
  const times = [trace.startedAt, ...open.replies.map(({ startedAt }) => startedAt), ...conversation.remarks.map(({ at }) => at)];
  rest(request.number, Math.max(...times.map((at) => Date.parse(at))), clock());
  const me = await talk.me(signal);
  const move = followMove({ conversation, me, isOurHead: true, wasReopened: wasReopened(trace) }, rules, () => true, clock());
  if (move.kind === 'reply' || move.kind === 'stop') return true;
  if (!isIdle(move)) return false;
  // Somebody may have pushed.
  const { head } = conversation;
  if (head !== null && !watching.ours.has(head) && !knownOf(open).includes(head)) return true;
  if (watching.base.hasMoved(request.number, conversation)) return true;
  // It was said why it is closed, and it is not yet.
  if (spokenOfBase(marksOf({ conversation, me })) === 'closed') return true;
  return (await watching.checks?.isRed(request.number, conversation, me, signal)) === true;
}
