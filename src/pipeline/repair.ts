// Story 2: one incident becomes a proven fix on a branch, with a request and a notice.
// Read this first: every line is one row of the trace. The work of the row `push` is in `steps/push.ts`, and so on.
import type { Incident, Outcome, Trace } from '../core/model.ts';
import { fail } from '../errors.ts';
import type { Job, RepairPorts, RepairSettings } from './repair/job.ts';
import type { Steps } from './repair/step.ts';
import { traced } from './repair/trace.ts';
import { baseline } from './steps/baseline.ts';
import { checkout } from './steps/checkout.ts';
import { claim, holding } from './steps/claim.ts';
import { commit } from './steps/commit.ts';
import { gather } from './steps/context.ts';
import { declined } from './steps/declined.ts';
import { ask } from './steps/fix.ts';
import { guard } from './steps/guard.ts';
import { notify } from './steps/notify.ts';
import { push } from './steps/push.ts';
import { request } from './steps/request.ts';
import { answered } from './steps/retry-answer.ts';
import { verify } from './steps/verify.ts';

/**
 * Repairs one incident. Never throws for an expected ending: refused, failed and skipped are outcomes too.
 * A repair of it that was cut off goes on where it was: a step that has ended gives what it found, and is not made again.
 * @param earlier the trace to go on with, where somebody has named it
 * @throws AiOpsError only when the ledger itself cannot be written
 */
export async function repair(
  incident: Incident,
  ports: RepairPorts,
  settings: RepairSettings,
  signal: AbortSignal,
  earlier?: Trace,
): Promise<Outcome> {
  return traced(incident, ports, settings, signal, story, earlier);
}

async function story(job: Job, { step, optional, facts }: Steps): Promise<void> {
  const claimed = await step('claim', claim(job));
  const { fix, proposed } = await holding(job, claimed, facts, async () => {
    await using site = await step('checkout', checkout(job));
    const context = await step('context', gather(job, site));
    const before = await step('baseline', baseline(job, site));
    const around = { ...context, ...claimed };
    const proven = await answered(job, facts, async (refused) => {
      const answer = await step('fix', ask(job, site, context.files, refused));
      const judged = step('guard', guard(job, site, answer, context.files));
      const changes = await judged.catch(declined(job, site, answer, around, step));
      const proof = await step('verify', verify(job, site, changes, before, context.suspect));
      return { answer, changes, proof };
    });
    const fix = await step('commit', commit(job, site, proven, around));
    const pushed = await step('push', push(job, site, claimed, fix));
    const made = await step('request', request(job, site, fix, pushed));
    if ('issue' in made) throw fail('issue-opened', { why: made.why });
    return { fix, proposed: made };
  });
  await optional('notify', notify(job, fix, proposed));
}
