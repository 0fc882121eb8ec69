// The row `push`: the fix becomes a branch, or meets the request of another bug whose fix touches the same lines.
// A branch that is there already is adopted or replaced where only ai-ops has written it, and never where a person has.

import { type Meeting, meeting, readChangeMark } from '../../core/answer/touched-lines.ts';
import { REASONS } from '../../core/policy/decide.ts';
import { belowOpenAt } from '../../core/policy/open-at.ts';
import { AiOpsError, fail } from '../../errors.ts';
import type { Proposed } from '../../ports.ts';
import type { Claimed, Fix, Pushed, Site } from '../repair/handed-on.ts';
import { belowWords } from '../repair/issue.ts';
import type { Job } from '../repair/job.ts';
import type { Telling } from '../repair/step.ts';

export function push(job: Job, { plan }: Pick<Site, 'plan'>, { branch }: Pick<Claimed, 'branch'>, fix: Fix) {
  return async (tell: Telling): Promise<Pushed> => {
    const { proof, guard } = fix.proposal;
    const { level, isShownAlone = false } = proof;
    const below = belowOpenAt(job.settings.openAt, { level, guard, hasTests: plan.test.length > 0, isShownAlone });
    if (below) {
      tell.say(`nothing was pushed: ${belowWords(below)}`);
      return { kind: 'issue', below };
    }
    const met = await meet(job, fix, branch);
    if (met) {
      const { request, branch: theirs } = met.proposed;
      // By its branch it is found again.
      tell.learn({ request, branch: theirs, joins: true });
      tell.say(`joins ${request.url}: ${met.how === 'same' ? 'the same change' : 'a change of the same lines'}; nothing was pushed`);
      return { kind: 'joins', ...met };
    }
    const { commit, words } = await ensureBranch(job, branch, fix.commit, tell);
    tell.learn({ branch });
    tell.say([branch, words].filter(Boolean).join(' '));
    return { kind: 'branch', branch, commit };
  };
}

/** The first open request, oldest first, that touches what our fix touches. */
async function meet({ ports, signal }: Job, { proposal }: Fix, branch: string): Promise<{ proposed: Proposed; how: Meeting } | undefined> {
  const { touched = [] } = proposal;
  if (touched.length === 0) return undefined;
  const open = (await ports.host.proposals(signal)).filter((one) => one.branch !== branch && isOpen(one));
  const meetings = open.reverse().flatMap((proposed) => {
    const how = meeting(touched, readChangeMark(proposed.body));
    return how ? [{ proposed, how }] : [];
  });
  return meetings.find(({ how }) => how === 'same') ?? meetings[0];
}

function isOpen({ request: { state } }: Proposed): boolean {
  return state === 'open' || state === 'local';
}

/** @returns the commit at its tip, which may be another box's with the same files */
async function ensureBranch(
  { ports, signal }: Job,
  branch: string,
  commit: string,
  tell: Telling,
): Promise<{ commit: string; words: string }> {
  const { repository, host } = ports;
  try {
    const done = await repository.push(branch, commit, signal);
    return { commit, words: done === 'created' ? '' : 'was there already with this commit' };
  } catch (thrown) {
    if (!(thrown instanceof AiOpsError) || thrown.code !== 'branch-taken') throw thrown;
    const tip = await repository.tip(branch, commit, signal);
    if (tip?.isSame) return { commit: tip.commit, words: 'was there already with the same files' };
    if (!tip?.isOurs) throw thrown;
    // Of another box. Proposed, it is the fix of this bug; left behind without a request, it is nobody's.
    const request = await host.findRequest(branch, signal);
    if (request) {
      tell.learn({ request, branch });
      throw fail('policy-skip', { reason: `${REASONS['already-proposed']}: ${request.url}` });
    }
    await repository.push(branch, commit, signal, tip.commit);
    return { commit, words: 'was left behind by another box without a request, and was replaced' };
  }
}
