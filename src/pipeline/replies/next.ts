// What is to be done about one open request, with everything read anew: what people ask for, then a base that has moved, then red
// checks. What costs nothing is done here; the rest is handed back to be begun.

import type { Asked, Follows, Incident, Outcome, Request, Trace } from '../../core/model.ts';
import type { Policy } from '../../core/policy/decide.ts';
import { askedOf, type FollowMove, type FollowRules, keysOf, marksOf, type Remark, roundsOf } from '../../core/policy/follow-up.ts';
import { baseKey, spokenOfBase } from '../../core/policy/moved-base.ts';
import { remarkKey, replyMark } from '../../core/policy/reply-mark.ts';
import { cap } from '../../core/redact/fence.ts';
import type { Audience } from '../../core/texts/phrases.ts';
import { replyBody } from '../../core/texts/reply.ts';
import type { Checks, Claims, Clock, CodeHost, Journal, PatchWriter, Redact, Repository, Talk, TraceStore } from '../../ports.ts';
import { alone } from './alone.ts';
import { decideOn, type Found } from './asked.ts';
import { closing } from './closing.ts';
import { type BaseWatch, decideOnBase } from './moved-base.ts';
import { type CheckVerdict, type CheckWatch, decideOnChecks } from './red-checks.ts';

export interface NextPorts {
  readonly store: Pick<TraceStore, 'traces' | 'spending'>;
  readonly journal: Pick<Journal, 'incidents'>;
  readonly talk: Talk;
  readonly checks: Checks | null;
  readonly host: Pick<CodeHost, 'closeRequest' | 'disownClosing'>;
  /** Of the base branch. */
  readonly repository: Pick<Repository, 'sync' | 'about' | 'changed' | 'read'>;
  readonly patches: Pick<PatchWriter, 'diff'>;
  readonly claims: Claims | null;
  readonly onBranch: (branch: string) => Promise<{ readonly repository: Pick<Repository, 'sync' | 'tip'> }>;
  readonly clock: Clock;
  readonly redact: Redact;
  readonly note: (words: string) => void;
  /** What is said on issues; `null` where nobody can say anything. */
  readonly issueTalk: Talk | null;
  /** Story 2, for an incident that a person wants repaired once more. */
  readonly repairAgain: (incident: Incident) => Promise<Outcome>;
  /** Stories 3 and 4, for one request. */
  readonly reply: (incident: Incident, follows: Follows, earlier?: Trace) => Promise<Outcome>;
}

export interface NextSettings extends Audience {
  readonly rules: FollowRules;
  readonly policy: Policy;
  readonly claimSeconds: number;
}

/** What was seen at earlier looks. */
export interface Watching {
  readonly checks: CheckWatch | null;
  readonly base: BaseWatch;
  /** Commits of other boxes, which our ledger does not know. */
  readonly ours: Set<string>;
}

/** A trace with its request on a host, and what is known of the replies there. */
export interface Open {
  readonly trace: Trace;
  readonly request: Request & { readonly number: number };
  readonly branch: string;
  /** Newest first. */
  readonly replies: readonly Trace[];
}

/** Nobody asks for anything, and nothing has ended it. */
export const isIdle = (move: FollowMove): boolean => move.kind === 'nothing' && move.why === 'no-ask';

/** Of a request that was never closed there is nothing to tell. */
export const wasReopened = ({ sequel }: Trace): boolean => sequel !== undefined;

export const knownOf = ({ trace, replies }: Open): readonly string[] =>
  [trace, ...replies].flatMap(({ commit }) => (commit === null ? [] : [commit]));

export async function nextOf(
  ports: NextPorts,
  settings: NextSettings,
  open: Open,
  { isHeld, watching, incident }: { readonly isHeld: boolean; readonly watching: Watching; readonly incident: Incident },
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
    if (conversation.isClosedByUs) await ports.host.disownClosing(branch, signal);
    return null;
  }
  watching.ours.add(found.conversation.head);
  if (isIdle(move)) {
    const rebuilding = await nextOfBase(ports, settings, open, { found, watching, incident }, signal);
    if (rebuilding !== undefined) return rebuilding;
    return nextOfChecks(ports, settings, open, { found, isHeld }, signal);
  }
  if (move.kind !== 'reply' || isHeld) return null;
  const asks = move.asks.map((ask) => askedIn(ask, settings.rules, ports.redact));
  return begun(ports, settings, open, { cause: 'asks', head: conversation.head!, round: move.round, asks }, signal);
}

/** Nobody asks for anything: what its base has come to. @returns `undefined` where there is nothing to do about it */
async function nextOfBase(
  ports: NextPorts,
  settings: NextSettings,
  open: Open,
  { found, watching, incident }: { readonly found: Found; readonly watching: Watching; readonly incident: Incident },
  signal: AbortSignal,
): Promise<Follows | null | undefined> {
  const { talk, host, redact } = ports;
  const { request, branch, trace, replies } = open;
  const { conversation } = found;
  const me = await talk.me(signal);
  const marks = marksOf({ conversation, me });
  if (spokenOfBase(marks) === 'closed') {
    await host.closeRequest(branch, signal);
    return null;
  }
  if (!watching.base.hasMoved(request.number, conversation)) return undefined;
  const { move, onto } = await decideOnBase(ports, settings.rules, { conversation, me, trace, incident }, signal);
  const key = baseKey(onto);
  const [round, head] = [roundsOf(marks), conversation.head!];
  if (move.kind === 'close') {
    const days = Math.floor((ports.clock().getTime() - Date.parse(incident.last.time)) / 86_400_000);
    const reason = { why: move.why, detail: move.why === 'stale' ? String(days) : onto.slice(0, 12) };
    const saying = { talk, host, redact, language: settings.language };
    const about = { request, branch, round, keys: [key] };
    await alone({ ...ports, ...settings }, `${request.number}-base`, signal, () => closing(saying, about, reason, signal));
    ports.note(`${request.url}: closed (${move.why})`);
    return null;
  }
  const before = replies.find(({ follows }) => follows?.cause === 'base' && follows.asks.some((ask) => ask.key === key));
  const isDone =
    before !== undefined && (move.kind === 'nothing' || !move.isConflicting || before.state !== 'skipped') && before.state !== 'failed';
  if (move.kind === 'nothing' || isDone) {
    watching.base.done(request.number, conversation);
    return undefined;
  }
  const asks = [{ key, author: '', text: '' }];
  const level = trace.proof?.level;
  const moved = { isConflicting: move.isConflicting, hasShown: level === 'L3' || level === 'L4' };
  return begun(ports, settings, open, { cause: 'base', head, round, asks, moved }, signal);
}

/** Nobody asks for anything: what the checks of its host say. */
async function nextOfChecks(
  ports: NextPorts,
  settings: NextSettings,
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
  ports: NextPorts,
  settings: NextSettings,
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
  ports: NextPorts,
  settings: NextSettings,
  { trace, request, branch, replies }: Open,
  wanted: Pick<Follows, 'cause' | 'head' | 'round' | 'asks' | 'moved'>,
  signal: AbortSignal,
): Promise<Follows | null> {
  const { clock, talk } = ports;
  const { round, asks, cause } = wanted;
  // Another box has this round.
  const isElsewhere = ({ until, follows }: Trace): boolean =>
    follows?.round === round && follows.cause === cause && until !== undefined && Date.parse(until) > clock().getTime();
  if (replies.some(isElsewhere)) return null;
  const { maxAttempts } = settings.policy;
  if (triesOf(replies, wanted) >= maxAttempts) {
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
function triesOf(replies: readonly Trace[], { round, cause, asks }: Pick<Follows, 'round' | 'cause' | 'asks'>): number {
  const ended = replies.filter(({ state }) => state === 'failed' || state === 'interrupted');
  const isIt = ({ follows }: Trace): boolean =>
    follows?.round === round && follows.cause === cause && (cause !== 'base' || follows.asks[0]?.key === asks[0]?.key);
  return ended.filter((trace) => isIt(trace) && trace.ofMachine !== true).length;
}

const MOST_CHARS = 4000;

export function askedIn(ask: Remark, rules: FollowRules, redact: Redact): Asked {
  const { author, path, line } = ask;
  const place = { ...(path === undefined ? {} : { path }), ...(line === undefined ? {} : { line }) };
  return { key: remarkKey(ask), author: redact(author.name), text: cap(redact(askedOf(ask, rules.prefix)), MOST_CHARS), ...place };
}

/** Said once, among all boxes. */
async function sayStop(
  { claims, talk, redact, note }: NextPorts,
  { rules, language, claimSeconds }: NextSettings,
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
