// People ask for a repair on an issue of ours: it is begun as `ai-ops fix --again` begins one, within the budgets, and the issue is
// told what came of it, once, under a mark that all boxes read. Their words are not shown to Claude: they ask, and say no more.

import type { Asked, Incident, Issue, Outcome, Trace } from '../../core/model.ts';
import { decide } from '../../core/policy/decide.ts';
import { askers, type FollowMove, followMove, keysOf, type Remark } from '../../core/policy/follow-up.ts';
import { replyMark } from '../../core/policy/reply-mark.ts';
import { replyBody } from '../../core/texts/reply.ts';
import { asAiOpsError } from '../../errors.ts';
import type { Talk } from '../../ports.ts';
import { alone } from './alone.ts';
import { askedIn, type NextPorts, type NextSettings } from './next.ts';

/** An open issue of ours, with the trace that opened it. */
export interface OpenIssue {
  readonly trace: Trace;
  readonly issue: Issue & { readonly number: number };
}

/** Every open issue once, by its newest trace. */
export async function openIssues({ store }: Pick<NextPorts, 'store'>): Promise<readonly OpenIssue[]> {
  const open = new Map<number, OpenIssue>();
  const found = await Promise.all((['issued', 'declined'] as const).map((state) => store.traces({ state, brief: true })));
  for (const trace of found.flat()) {
    const { issue, follows } = trace;
    if (follows !== undefined || !issue || issue.number === null || open.has(issue.number)) continue;
    open.set(issue.number, { trace, issue: { ...issue, number: issue.number } });
  }
  return [...open.values()];
}

/** Whether anything is said there that may ask for a repair; reads it whole only where it has changed. */
export async function mayBeAskedOn({ issue }: OpenIssue, talk: Talk, ports: NextPorts, settings: NextSettings, signal: AbortSignal) {
  const move = await moveOn(issue.number, talk, ports, settings, { isFresh: false, mayAsk: () => true }, signal);
  return move?.kind === 'reply' || move?.kind === 'stop';
}

export async function attendIssue(
  { issue }: OpenIssue,
  incident: Incident,
  talk: Talk,
  ports: NextPorts,
  settings: NextSettings,
  signal: AbortSignal,
): Promise<Outcome | null> {
  const conversation = await talk.read(issue.number, signal, { isFresh: true });
  if (conversation === null) return null;
  const facts = { conversation, me: await talk.me(signal), isOurHead: true, wasReopened: false, mayRepeat: true };
  const rules = rulesOf(settings);
  const may = new Set<string>();
  for (const author of askers(facts, rules, ports.clock())) if (await talk.mayAsk(author, signal)) may.add(author.id);
  const begun = await alone({ ...ports, ...settings }, `issue-${issue.number}`, signal, async () => {
    // Another box may have been faster.
    const move = await moveOn(issue.number, talk, ports, settings, { isFresh: true, mayAsk: ({ id }) => may.has(id) }, signal);
    if (move?.kind === 'stop' && (move.why === 'label' || move.why === 'rounds')) {
      const mark = replyMark({ round: move.round, ending: 'stop', keys: keysOf(move.asks) });
      const stop = { kind: 'issue-stop', why: move.why, maxRounds: rules.maxRounds, asks: [], language: settings.language } as const;
      await talk.ensureSaid(issue.number, { mark, body: replyBody(stop) }, signal);
    }
    if (move?.kind !== 'reply') return null;
    return repairAsked({ issue, incident, move }, talk, ports, settings, signal);
  });
  return begun ?? null;
}

async function repairAsked(
  {
    issue,
    incident,
    move,
  }: { readonly issue: OpenIssue['issue']; readonly incident: Incident; readonly move: Extract<FollowMove, { kind: 'reply' }> },
  talk: Talk,
  ports: NextPorts,
  settings: NextSettings,
  signal: AbortSignal,
): Promise<Outcome | null> {
  for (const remark of move.asks) {
    // A receipt is a courtesy: nothing hangs on it.
    await talk.acknowledge(issue.number, remark, signal).catch((thrown: unknown) => {
      if (asAiOpsError(thrown).code === 'interrupted') throw thrown;
    });
  }
  const done = await doneSince(incident, move.asks, ports);
  if (done === undefined && (await mustWait(incident, ports, settings))) return null;
  const outcome = done ?? (await ports.repairAgain(incident));
  // It goes on by itself, and is told of then; another box tells of its own.
  if (!isTold(outcome)) return outcome;
  const asks: readonly Asked[] = move.asks.map((ask) => askedIn(ask, settings.rules, ports.redact));
  const mark = replyMark({ round: move.round, ending: 'none', keys: keysOf(move.asks) });
  const url = outcome.outcome === 'proposed' ? (outcome.request?.url ?? null) : null;
  const body = replyBody({ kind: 'tried', url, reason: outcome.reason, asks, language: settings.language });
  await talk.ensureSaid(issue.number, { mark, body: ports.redact(body) }, signal);
  return done === undefined ? outcome : null;
}

/** Budgets hold for what people ask for too; it is done when there is one. */
async function mustWait(incident: Incident, { store, clock }: NextPorts, { policy }: NextSettings): Promise<boolean> {
  const now = clock();
  return decide(incident, policy, await store.spending(now), now, { asked: 'again', isNamed: true }).kind === 'wait';
}

const isTold = ({ code, ofMachine }: Outcome): boolean => code !== 'interrupted' && code !== 'claimed-elsewhere' && ofMachine !== true;

/** A repair that was begun after the words, and has come to its end: it was cut off before that was said. */
async function doneSince({ fingerprint }: Incident, asks: readonly Remark[], { store }: NextPorts): Promise<Trace | undefined> {
  const said = Math.max(...asks.map(({ at }) => Date.parse(at)));
  const repairs = (await store.traces({ fingerprint, brief: true })).filter(({ follows }) => follows === undefined);
  const [newest] = repairs;
  if (newest === undefined || Date.parse(newest.startedAt) <= said || newest.state === 'running' || newest.state === 'interrupted')
    return undefined;
  return isTold(newest) ? newest : undefined;
}

const rulesOf = ({ rules }: NextSettings) => ({ ...rules, reviews: false });

async function moveOn(
  number: number,
  talk: Talk,
  { clock }: Pick<NextPorts, 'clock'>,
  settings: NextSettings,
  { isFresh, mayAsk }: { readonly isFresh: boolean; readonly mayAsk: Parameters<typeof followMove>[2] },
  signal: AbortSignal,
): Promise<FollowMove | undefined> {
  const conversation = await talk.read(number, signal, { isFresh });
  if (conversation === null) return undefined;
  const facts = { conversation, me: await talk.me(signal), isOurHead: true, wasReopened: false, mayRepeat: true };
  return followMove(facts, rulesOf(settings), mayAsk, clock());
}
