// Story 3: people ask for something on a request of ours, or its checks are red, and it gets one more commit on top, made and proven
// as the fix was, and a reply. The same rows as a repair has, with the branch of the request in the place of the base branch.

import type { Follows, Incident, Outcome, Trace } from '../core/model.ts';
import { asAiOpsError, type ErrorCode } from '../errors.ts';
import { rebuildOn } from './rebuild.ts';
import type { Job, RepairPorts, RepairSettings, Replying } from './repair/job.ts';
import type { Steps } from './repair/step.ts';
import { traced } from './repair/trace.ts';
import { baseline } from './steps/baseline.ts';
import { checkout } from './steps/checkout.ts';
import { holding } from './steps/claim.ts';
import { claimRound } from './steps/claim-round.ts';
import { commit } from './steps/commit.ts';
import { gather } from './steps/context.ts';
import { ask } from './steps/fix.ts';
import { guard } from './steps/guard.ts';
import { pushOnTop } from './steps/push-on-top.ts';
import { replyWith, replyWithout } from './steps/reply.ts';
import { answered } from './steps/retry-answer.ts';
import { verify } from './steps/verify.ts';

/**
 * Does what is to be done about one request, and replies there. Never throws for an expected ending.
 * @param earlier the trace of the same reply that was cut off
 * @throws AiOpsError only when the ledger itself cannot be written
 */
export async function replyOn(
  incident: Incident,
  follows: Follows,
  ports: RepairPorts,
  replying: Replying,
  settings: RepairSettings,
  signal: AbortSignal,
  earlier?: Trace,
): Promise<Outcome> {
  if (follows.cause === 'base') return rebuildOn(incident, follows, ports, replying, settings, signal, earlier);
  // The error was shown, and its commit looked for, when the fix was made.
  const onBranch = { ...ports, ...(await ports.onBranch(follows.branch)) };
  const own = { ...settings, testFirst: false, bisectSeconds: 0 };
  return traced(incident, onBranch, own, signal, (job, steps) => story(job, steps, replying), earlier, follows);
}

async function story(job: Job, { step, facts }: Steps, replying: Replying): Promise<void> {
  const claimed = await step('claim', claimRound(job, replying));
  await holding(job, claimed, facts, async () => {
    try {
      await using site = await step('checkout', checkout(job));
      const context = await step('context', gather(job, site));
      const before = await step('baseline', baseline(job, site));
      const proven = await answered(job, facts, async (refused) => {
        const answer = await step('fix', ask(job, site, context.files, refused));
        const changes = await step('guard', guard(job, site, answer, context.files));
        const proof = await step('verify', verify(job, site, changes, before, null));
        return { answer, changes, proof };
      });
      const fix = await step('commit', commit(job, site, proven, { suspect: null, earlier: null }));
      await step('push', pushOnTop(job, site, fix, replying));
      await step('request', replyWith(job, fix, replying));
    } catch (thrown) {
      const error = asAiOpsError(thrown);
      if (SETTLED.has(error.code)) await step('request', replyWithout(job, error, facts(), replying));
      throw thrown;
    }
  });
}

/** What another try would end with too, or pay for again: people are told, and it is not tried again. */
const SETTLED: ReadonlySet<string> = new Set<ErrorCode>([
  'answer-declined',
  'answer-empty',
  'answer-unusable',
  'answer-outside',
  'change-unsafe',
  'guard-refused',
  'guard-patch-only',
  'proof-refused',
  'below-open-at',
  'claude-budget',
  'claude-turns',
  'claude-timeout',
]);
