// Story 4: the base of a request has moved on, in its files. The same change is put on the new base and proven there, and the base is
// merged into its branch, where the host says that it conflicts; where the base mends the error by itself, the request is closed.
// The same rows as a repair has; nobody is asked, and nothing is paid.

import type { Follows, Incident, Outcome, Trace } from '../core/model.ts';
import { asAiOpsError, type ErrorCode } from '../errors.ts';
import type { Job, RepairPorts, RepairSettings, Replying } from './repair/job.ts';
import type { Steps } from './repair/step.ts';
import { traced } from './repair/trace.ts';
import { baseline } from './steps/baseline.ts';
import { checkout } from './steps/checkout.ts';
import { holding } from './steps/claim.ts';
import { claimRound } from './steps/claim-round.ts';
import { closeMended } from './steps/close.ts';
import { commit } from './steps/commit.ts';
import { guard } from './steps/guard.ts';
import { pushOnTop } from './steps/push-on-top.ts';
import { replyWith, replyWithout } from './steps/reply.ts';
import { ownFiles, sameChange } from './steps/same-change.ts';
import { verify } from './steps/verify.ts';

/**
 * Never throws for an expected ending.
 * @param earlier the trace of the same that was cut off
 * @throws AiOpsError only when the ledger itself cannot be written
 */
export async function rebuildOn(
  incident: Incident,
  follows: Follows,
  ports: RepairPorts,
  replying: Replying,
  settings: RepairSettings,
  signal: AbortSignal,
  earlier?: Trace,
): Promise<Outcome> {
  // What was changed is git's to say, whatever Claude worked with then.
  const own = { ...settings, mode: 'code_blocks', testFirst: false, bisectSeconds: 0 } as const;
  return traced(incident, ports, own, signal, (job, steps) => story(job, steps, replying), earlier, follows);
}

async function story(job: Job, { step, facts }: Steps, replying: Replying): Promise<void> {
  const claimed = await step('claim', claimRound(job, replying));
  await holding(job, claimed, facts, async () => {
    let base = '';
    try {
      await using site = await step('checkout', checkout(job));
      base = site.base.commit.slice(0, 12);
      await step('context', ownFiles(job));
      const before = await step('baseline', baseline(job, site));
      const answer = await step('fix', sameChange(job, site, before));
      const changes = await step('guard', guard(job, site, answer));
      const proof = await step('verify', verify(job, site, changes, before, null));
      const fix = await step('commit', commit(job, site, { answer, changes, proof }, { suspect: null, earlier: null }));
      await step('push', pushOnTop(job, site, fix, replying));
      await step('request', replyWith(job, fix, replying));
    } catch (thrown) {
      const error = asAiOpsError(thrown);
      if (error.code === 'base-mended') await step('request', closeMended(job, replying, base));
      else if (SETTLED.has(error.code) && job.follows?.moved?.isConflicting) await step('request', replyWithout(job, error, {}, replying));
      throw thrown;
    }
  });
}

/** What the next look would end with too: people are told, and it is left to them. */
const SETTLED: ReadonlySet<string> = new Set<ErrorCode>([
  'base-conflict',
  'change-unsafe',
  'guard-refused',
  'guard-patch-only',
  'proof-refused',
  'below-open-at',
]);
