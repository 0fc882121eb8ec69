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
import type { Checks, Claims, Clock, Journal, Redact, Repository, Talk, TraceStore } from '../../ports.ts';
import { alone } from './alone.ts';
import { decideOn, type Found } from './asked.ts';
import { type CheckVerdict, type CheckWatch, createCheckWatch, decideOnChecks } from './red-checks.ts';

export interface RepliesPorts {
  readonly store: Pick<TraceStore, 'traces' | 'spending'>;
  readonly journal: Pick<Journal, 'incidents'>;
  readonly talk: Talk;
  readonly checks: Checks | null;
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
  const { store, checks, clock } = ports;
  const { rules } = settings;
  const watched = checks === null ? null : createCheckWatch(checks, rules);
  // Commits of other boxes, which our ledger does not know.
  const ours = new Set<string>();
  return {
    async asked(signal) {
      const found: string[] = [];
      for (const open of await openRequests(store)) {
        if (unfinished(open) !== undefined || (await mayBeAsked(open, { ...ports, watched, ours }, rules, signal)))
          found.push(open.trace.trace);
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
      const follows = await nextOf(ports, settings, open, { isHeld, ours }, signal);
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

interface Watching {
  readonly watched: CheckWatch | null;
  readonly ours: Set<string>;
}

async function mayBeAsked(
  open: Open,
  { talk, clock, watched, ours }: Pick<RepliesPorts, 'talk' | 'clock'> & Watching,
  rules: FollowRules,
  signal: AbortSignal,
): Promise<boolean> {
  const { trace, request } = open;
  const conversation = await talk.read(request.number, signal);
  if (conversation === null) return false;
  const me = await talk.me(signal);
  const move = followMove({ conversation, me, isOurHead: true, wasReopened: wasReopened(trace) }, rules, () => true, clock());
  if (move.kind === 'reply' || move.kind === 'stop') return true;
  if (!isIdle(move)) return false;
  // Somebody may have pushed.
  const { head } = conversation;
  if (head !== null && !ours.has(head) && !knownOf(open).includes(head)) return true;
  return (await watched?.isRed(request.number, conversation, me, signal)) === true;
}

/** Nobody asks for anything, and nothing has ended it. */
const isIdle = (move: FollowMove): boolean => move.kind === 'nothing' && move.why === 'no-ask';

/** Of a request that was never closed there is nothing to tell. */
const wasReopened = ({ sequel }: Trace): boolean => sequel !== undefined;

async function nextOf(
  ports: RepliesPorts,
  settings: RepliesSettings,
  open: Open,
  { isHeld, ours }: { readonly isHeld: boolean } & Pick<Watching, 'ours'>,
  signal: AbortSignal,
): Promise<Follows | null> {
  const { trace, request, branch } = open;
  const { clock, talk } = ports;
  const { repository } = await ports.onBranch(branch);
  const known = knownOf(open);
  const on = { request, branch, known, wasReopened: wasReopened(trace) };
  const found = await decideOn({ talk, repository, clock }, settings.rules, on, signal);
  if (found === null || found.conversation.head === null) return null;
  const { move, conversation } = found;
  if (move.kind === 'stop') {
    await sayStop(ports, settings, open, move, signal);
    return null;
  }
  ours.add(found.conversation.head);
  if (isIdle(move)) return nextOfChecks(ports, settings, open, { found, isHeld }, signal);
  if (move.kind !== 'reply' || isHeld) return null;
  const asks = move.asks.map((ask) => askedIn(ask, settings.rules, ports.redact));
  return begun(ports, settings, open, { cause: 'asks', head: conversation.head!, round: move.round, asks }, signal);
}

const knownOf = ({ trace, replies }: Open): readonly string[] =>
  [trace, ...replies].flatMap(({ commit }) => (commit === null ? [] : [commit]));

/** Nobody asks for anything: what the checks of its host say. */
async function nextOfChecks(
  ports: RepliesPorts,
  settings: RepliesSettings,
  open: Open,
  { found, isHeld }: { readonly found: Found; readonly isHeld: boolean },
  signal: AbortSignal,
): Promise<Follows | null> {
  const { talk, checks, redact } = ports;
  const { request } = open;
  const { conversation } = found;
  if (checks === null) return null;
  const me = await talk.me(signal);
  const move = await decideOnChecks({ checks, redact }, settings.rules, conversation, me, signal);
  if (move.kind === 'nothing') return null;
  const head = conversation.head!;
  const verdict = move.kind === 'again' ? move.otherwise : move;
  if (move.kind === 'again') {
    const again = await alone({ ...ports, ...settings }, `${request.number}-again`, signal, () => checks.runAgain(head, move.red, signal));
    // What runs is looked at when it has ended.
    if (again === undefined || again === 'begun') {
      if (again === 'begun') ports.note(`${request.url}: its red checks run again`);
      return null;
    }
  }
  if (verdict.kind === 'tell') {
    await tellOfChecks(ports, settings, open, verdict, signal);
    return null;
  }
  return isHeld ? null : begun(ports, settings, open, { cause: 'checks', head, round: verdict.round, asks: verdict.asks }, signal);
}

/** Said once for a commit, among all boxes. */
async function tellOfChecks(
  ports: RepliesPorts,
  settings: RepliesSettings,
  { request }: Open,
  { why, round, asks }: Extract<CheckVerdict, { kind: 'tell' }>,
  signal: AbortSignal,
): Promise<void> {
  await alone({ ...ports, ...settings }, `${request.number}-checks`, signal, async () => {
    const mark = replyMark({ round, ending: 'none', keys: [...new Set(asks.map(({ key }) => key))] });
    const body = ports.redact(replyBody({ kind: 'checks', why, asks, language: settings.language }));
    if ((await ports.talk.ensureSaid(request.number, { mark, body }, signal)) === 'said') ports.note(`${request.url}: red checks (${why})`);
  });
}

/** What is begun with, unless another box has it, or it was tried often enough: then people are told. */
async function begun(
  ports: RepliesPorts,
  settings: RepliesSettings,
  { trace, request, branch, replies }: Open,
  wanted: Pick<Follows, 'cause' | 'head' | 'round' | 'asks'>,
  signal: AbortSignal,
): Promise<Follows | null> {
  const { clock, talk } = ports;
  const { round, asks, cause } = wanted;
  // Another box has this round.
  const isElsewhere = ({ until, follows }: Trace): boolean =>
    follows?.round === round && until !== undefined && Date.parse(until) > clock().getTime();
  if (replies.some(isElsewhere)) return null;
  const { maxAttempts } = settings.policy;
  if (triesOf(replies, { round }) >= maxAttempts) {
    const reason = `it was tried ${maxAttempts} times: ${replies[0]?.reason ?? ''}`;
    const mark = replyMark({ round, ending: 'none', keys: [...new Set(asks.map(({ key }) => key))] });
    const body = replyBody({ kind: 'none', cause, reason, words: '', asks, language: settings.language });
    await talk.ensureSaid(request.number, { mark, body: ports.redact(body) }, signal);
    return null;
  }
  const paths = trace.files.map(({ path }) => path);
  return { request, branch, paths, ...wanted };
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
  await alone({ claims, claimSeconds }, `${request.number}-stop`, signal, async () => {
    const mark = replyMark({ round, ending: 'stop', keys: keysOf(asks) });
    const shown = asks.map((ask) => askedIn(ask, rules, redact));
    const body = replyBody({ kind: 'stop', why, maxRounds: rules.maxRounds, asks: shown, language });
    if ((await talk.ensureSaid(request.number, { mark, body: redact(body) }, signal)) === 'said')
      note(`${request.url}: left to people (${why})`);
  });
}
