// The row `push` of a reply on a request: one more commit on top of its branch, by compare-and-swap on the head that it was
// made on. Never a forced push: where the branch has moved, it is left as it is.

import { STOP_LABEL } from '../../core/policy/follow-up.ts';
import { belowOpenAt, type OpenAt } from '../../core/policy/open-at.ts';
import { AiOpsError, fail } from '../../errors.ts';
import type { Fix, Pushed, Site } from '../repair/handed-on.ts';
import { belowWords } from '../repair/issue.ts';
import type { Job, Replying } from '../repair/job.ts';
import type { Telling } from '../repair/step.ts';

export function pushOnTop(job: Job, { plan }: Pick<Site, 'plan'>, fix: Fix, { talk }: Replying) {
  return async (tell: Telling): Promise<Pushed> => {
    const { ports, signal, settings } = job;
    const { request, branch, head } = job.follows!;
    const { proof, guard } = fix.proposal;
    const below = belowOpenAt(atMostL2(settings.openAt), { level: proof.level, guard, hasTests: plan.test.length > 0 });
    if (below) throw fail('below-open-at', { why: belowWords(below) });
    const now = await talk.read(request.number!, signal, { isFresh: true });
    if (now?.state !== 'open' || now.labels.includes(STOP_LABEL)) throw fail('reply-skipped', { why: 'a person has ended it' });
    const tip = await ports.repository.tip(branch, fix.commit, signal);
    if (tip?.commit !== head && tip?.commit !== fix.commit) throw fail('reply-skipped', { why: 'its branch has moved' });
    await ports.repository.push(branch, fix.commit, signal, head).catch((thrown: unknown) => {
      if (!(thrown instanceof AiOpsError) || thrown.code !== 'branch-taken') throw thrown;
      throw fail('reply-skipped', { why: 'its branch has moved' }, thrown);
    });
    tell.learn({ branch });
    tell.say(`${branch}: ${fix.commit.slice(0, 12)} on top of ${head.slice(0, 12)}`);
    return { kind: 'branch', branch, commit: fix.commit };
  };
}

/** More is of the fix itself, which the request has shown: its test shows the error without it, and passes still. */
function atMostL2(openAt: OpenAt): OpenAt {
  return openAt === 'L3' || openAt === 'L4' ? 'L2' : openAt;
}
