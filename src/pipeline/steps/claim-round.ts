// The row `claim` of what follows a request up: this round of this request is ours alone among all boxes, and what was asked for
// still stands as it was read, by people who may ask, now; whoever asked sees that it was read. Or its checks are red still.

import { assertNever } from '../../core/never.ts';
import { type Conversation, keysOf } from '../../core/policy/follow-up.ts';
import type { FollowCause } from '../../core/tables.ts';
import { asAiOpsError, fail } from '../../errors.ts';
import type { Claim } from '../../ports.ts';
import type { Claimed } from '../repair/handed-on.ts';
import type { Job, Replying } from '../repair/job.ts';
import type { PartWork } from '../repair/step.ts';
import { decideOn } from '../replies/asked.ts';
import { isStillRed } from '../replies/red-checks.ts';

const SAYS: Readonly<Record<FollowCause, (count: number) => string>> = {
  asks: (count) => `${count} asked for`,
  checks: (count) => `${count} red`,
  base: () => 'its base has moved',
};

export function claimRound(job: Job, replying: Replying): PartWork<'claim'> {
  const { request, branch } = job.follows!;
  return {
    run: async (tell) => {
      tell.learn({ request, branch });
      const held = await taken(job, (until) => tell.learn({ until }));
      try {
        await stillAsked(job, replying);
      } catch (thrown) {
        await held?.end({ kind: 'release' }, job.signal);
        throw thrown;
      }
      const { asks, cause } = job.follows!;
      tell.say(`${SAYS[cause](asks.length)} on ${request.url}`);
      return { branch, earlier: null, held };
    },
    keep: () => ({ branch, earlier: null }),
    recall: async (_kept, isToDo) => {
      const held = await taken(job);
      try {
        // Money is still to be spent: for nothing that nobody wants any more.
        if (isToDo('fix')) await stillAsked(job, replying);
        else if (isToDo('push')) await stillOpen(job, replying);
      } catch (thrown) {
        await held?.end({ kind: 'release' }, job.signal);
        throw thrown;
      }
      return { branch, earlier: null, held } satisfies Claimed;
    },
  };
}

/** @throws AiOpsError `claimed-elsewhere`, `tried-elsewhere` */
async function taken({ ports, follows, settings, signal }: Job, learn: (until: string) => void = () => undefined): Promise<Claim | null> {
  const { request, round, cause } = follows!;
  const wish = {
    fingerprint: `reply:${request.number}-${cause === 'base' ? 'base' : round}`,
    asked: false,
    seconds: settings.claim.seconds,
  };
  const answer = await ports.claims?.take(wish, signal);
  if (answer === undefined || answer.kind === 'unavailable') return null;
  if (answer.kind === 'held') return answer.claim;
  const until = answer.until.toISOString();
  learn(until);
  throw answer.state === 'working' ? fail('claimed-elsewhere', { until }) : fail('tried-elsewhere', { ending: answer.state, until });
}

/** Asked again, at the time of acting. @throws AiOpsError `reply-skipped` */
async function stillAsked(job: Job, replying: Replying): Promise<void> {
  switch (job.follows!.cause) {
    case 'asks':
      return stillAskedFor(job, replying);
    case 'checks':
      return stillRed(job, replying);
    case 'base':
      await stillIdle(job, replying);
      return undefined;
    default:
      return assertNever(job.follows!.cause);
  }
}

/** It may have been merged or closed since: then nothing is to be made for it. */
async function stillOpen({ follows, signal }: Job, { talk }: Replying): Promise<void> {
  const now = await talk.read(follows!.request.number!, signal, { isFresh: true });
  if (now?.state !== 'open') throw fail('reply-skipped', { why: 'it is open no more' });
}

/** Nobody asks for anything there, and its head is where it was. */
async function stillIdle({ follows, ports, signal }: Job, { talk, rules }: Replying): Promise<Conversation> {
  const { request, branch, head } = follows!;
  const on = { request, branch, known: [head] };
  const found = await decideOn({ talk, repository: ports.repository, clock: ports.clock }, rules, on, signal);
  if (found === null || found.move.kind !== 'nothing' || found.move.why !== 'no-ask')
    throw fail('reply-skipped', { why: 'it stands differently now' });
  if (found.conversation.head !== head) throw fail('reply-skipped', { why: 'its branch has moved' });
  return found.conversation;
}

async function stillRed(job: Job, replying: Replying): Promise<void> {
  const { talk, checks, rules } = replying;
  const conversation = await stillIdle(job, replying);
  const { signal } = job;
  const isRed = checks !== null && (await isStillRed(checks, rules, conversation, await talk.me(signal), job.follows!.asks, signal));
  if (!isRed) throw fail('reply-skipped', { why: 'its checks stand differently now' });
}

async function stillAskedFor(job: Job, { talk, rules }: Replying): Promise<void> {
  const { request, branch, round, asks } = job.follows!;
  const { ports, signal } = job;
  const found = await decideOn(
    { talk, repository: ports.repository, clock: ports.clock },
    rules,
    { request, branch, known: [job.follows!.head] },
    signal,
  );
  if (found === null || found.move.kind !== 'reply' || found.move.round !== round)
    throw fail('reply-skipped', { why: 'it stands differently now' });
  const keys = new Set(keysOf(found.move.asks));
  if (found.conversation.head !== job.follows!.head) throw fail('reply-skipped', { why: 'its branch has moved' });
  if (keys.size !== asks.length || asks.some(({ key }) => !keys.has(key)))
    throw fail('reply-skipped', { why: 'other words stand there now' });
  for (const remark of found.move.asks) {
    // A receipt is a courtesy: nothing hangs on it.
    await talk.acknowledge(request.number!, remark, signal).catch((thrown: unknown) => {
      const { code, message } = asAiOpsError(thrown);
      if (code === 'interrupted') throw thrown;
      ports.progress.note(`${job.trace}: no receipt: ${message}`);
    });
  }
}
