// People ask for something on our open requests: looked for beside the reading, and dealt with in the queue of repairs, one at a
// time. What was cut off goes on first.

import type { Asked, Follows, Incident, Outcome, Request, Trace } from '../../core/model.ts';
import { heldBack, type Policy } from '../../core/policy/decide.ts';
import { askedOf, type FollowMove, type FollowRules, followMove, keysOf, type Remark } from '../../core/policy/follow-up.ts';
import { remarkKey, replyMark } from '../../core/policy/reply-mark.ts';
import { goesOnByItself, MAX_RESUMES } from '../../core/policy/steps.ts';
import { cap } from '../../core/redact/fence.ts';
import { shortFingerprint } from '../../core/texts/branch.ts';
import type { Audience } from '../../core/texts/phrases.ts';
import { replyBody } from '../../core/texts/reply.ts';
import type { Claims, Clock, Journal, Redact, Repository, Talk, TraceStore } from '../../ports.ts';
import { decideOn } from './asked.ts';

export interface RepliesPorts {
  readonly store: Pick<TraceStore, 'traces' | 'spending'>;
  readonly journal: Pick<Journal, 'incidents'>;
  readonly talk: Talk;
  readonly claims: Claims | null;
  readonly onBranch: (branch: string) => Promise<{ readonly repository: Pick<Repository, 'sync' | 'tip'> }>;
  readonly clock: Clock;
  readonly redact: Redact;
  readonly note: (words: string) => void;
  /** Story 3, for one request. */
  readonly reply: (incident: Incident, follows: Follows, earlier?: Trace) => Promise<Outcome>;
}

export interface RepliesSettings extends Audience {
  readonly rules: FollowRules;
  readonly policy: Policy;
  readonly claimSeconds: number;
}

export interface Replies {
  /** Traces whose requests something is asked for on. Costs a call for each open request, and no money. */
  asked(signal: AbortSignal): Promise<readonly string[]>;
  /** Does what is asked for on the request of one trace. @returns `null` where there is nothing to do now */
  attend(trace: string, signal: AbortSignal): Promise<{ readonly outcome: Outcome; readonly incident: Incident } | null>;
}

/** A trace with its request on a host, and what is known of the replies there. */
interface Open {
  readonly trace: Trace;
  readonly request: Request & { readonly number: number };
  readonly branch: string;
  /** Newest first. */
  readonly replies: readonly Trace[];
}

export function createReplies(ports: RepliesPorts, settings: RepliesSettings): Replies {
  const { store, talk, clock } = ports;
  const { rules } = settings;
  return {
    async asked(signal) {
      const found: string[] = [];
      for (const open of await openRequests(store)) {
        if (unfinished(open) !== undefined || (await mayBeAsked(open, talk, rules, clock, signal))) found.push(open.trace.trace);
      }
      return found;
    },
    async attend(id, signal) {
      const open = (await openRequests(store)).find(({ trace }) => trace.trace === id);
      if (open === undefined) return null;
      const [incident] = await ports.journal.incidents({ fingerprint: open.trace.fingerprint });
      if (incident === undefined || incident.ignored) return null;
      const isHeld = heldBack(settings.policy, await store.spending(clock()), clock()) !== undefined;
      const cutOff = unfinished(open);
      if (cutOff?.follows) return isHeld ? null : { incident, outcome: await ports.reply(incident, cutOff.follows, cutOff) };
      const follows = await nextOf(ports, settings, open, isHeld, signal);
      return follows === null ? null : { incident, outcome: await ports.reply(incident, follows) };
    },
  };
}

/** Every open request once, by the trace of the bug that its branch is named after. */
async function openRequests(store: RepliesPorts['store']): Promise<readonly Open[]> {
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

async function mayBeAsked({ trace, request }: Open, talk: Talk, rules: FollowRules, clock: Clock, signal: AbortSignal): Promise<boolean> {
  const conversation = await talk.read(request.number, signal);
  if (conversation === null) return false;
  const facts = { conversation, me: await talk.me(signal), isOurHead: true, wasReopened: wasReopened(trace) };
  const { kind } = followMove(facts, rules, () => true, clock());
  return kind === 'reply' || kind === 'stop';
}

/** Of a request that was never closed there is nothing to tell. */
const wasReopened = ({ sequel }: Trace): boolean => sequel !== undefined;

async function nextOf(
  ports: RepliesPorts,
  settings: RepliesSettings,
  open: Open,
  isHeld: boolean,
  signal: AbortSignal,
): Promise<Follows | null> {
  const { trace, request, branch, replies } = open;
  const { clock, talk } = ports;
  const { repository } = await ports.onBranch(branch);
  const known = [trace, ...replies].flatMap(({ commit }) => (commit === null ? [] : [commit]));
  const on = { request, branch, known, wasReopened: wasReopened(trace) };
  const found = await decideOn({ talk, repository, clock }, settings.rules, on, signal);
  if (found === null || found.conversation.head === null) return null;
  const { move, conversation } = found;
  if (move.kind === 'stop') {
    await sayStop(ports, settings, open, move, signal);
    return null;
  }
  if (move.kind !== 'reply' || isHeld) return null;
  // Another box has this round.
  const isElsewhere = ({ until, follows }: Trace): boolean =>
    follows?.round === move.round && until !== undefined && Date.parse(until) > clock().getTime();
  if (replies.some(isElsewhere)) return null;
  const asks = move.asks.map((ask) => askedIn(ask, settings.rules, ports.redact));
  const { maxAttempts } = settings.policy;
  if (triesOf(replies, move) >= maxAttempts) {
    const reason = `it was tried ${maxAttempts} times: ${replies[0]?.reason ?? ''}`;
    const mark = replyMark({ round: move.round, ending: 'none', keys: keysOf(move.asks) });
    const body = replyBody({ kind: 'none', reason, words: '', asks, language: settings.language });
    await talk.ensureSaid(request.number, { mark, body: ports.redact(body) }, signal);
    return null;
  }
  const paths = trace.files.map(({ path }) => path);
  return { request, branch, head: conversation.head!, round: move.round, asks, paths };
}

/** Replies of this round that were begun and came to no end that was said. What is wrong with the machine is no try: it passes. */
function triesOf(replies: readonly Trace[], { round }: { readonly round: number }): number {
  const ended = replies.filter(({ state }) => state === 'failed' || state === 'interrupted');
  return ended.filter(({ follows, ofMachine }) => follows?.round === round && ofMachine !== true).length;
}

const MOST_CHARS = 4000;

function askedIn(ask: Remark, rules: FollowRules, redact: Redact): Asked {
  const { author, path, line } = ask;
  const place = { ...(path === undefined ? {} : { path }), ...(line === undefined ? {} : { line }) };
  return { key: remarkKey(ask), author: redact(author.name), text: cap(redact(askedOf(ask, rules.prefix)), MOST_CHARS), ...place };
}

/** Said once, among all boxes. */
async function sayStop(
  { claims, talk, redact, note }: RepliesPorts,
  { rules, language, claimSeconds }: RepliesSettings,
  { request }: Open,
  { why, round, asks }: Extract<FollowMove, { kind: 'stop' }>,
  signal: AbortSignal,
): Promise<void> {
  const taken = await claims?.take({ fingerprint: `reply:${request.number}-stop`, asked: false, seconds: claimSeconds }, signal);
  if (taken?.kind === 'respected') return;
  const claim = taken?.kind === 'held' ? taken.claim : undefined;
  try {
    const mark = replyMark({ round, ending: 'stop', keys: keysOf(asks) });
    const shown = asks.map((ask) => askedIn(ask, rules, redact));
    const body = replyBody({ kind: 'stop', why, maxRounds: rules.maxRounds, asks: shown, language });
    if ((await talk.ensureSaid(request.number, { mark, body: redact(body) }, signal)) === 'said')
      note(`${request.url}: left to people (${why})`);
  } finally {
    await claim?.end({ kind: 'release' }, signal);
  }
}
