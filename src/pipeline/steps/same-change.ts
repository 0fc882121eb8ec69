// The row `fix` where a base has moved: whether the base needs the fix still, then the change that the request has, on the base as
// it is now. Nobody is asked, and nothing is paid.

import type { ChangeSet, FileChange, Verification } from '../../core/model.ts';
import { testsPass } from '../../core/proof/prove.ts';
import { saysNoTestRan } from '../../core/proof/test-counts.ts';
import { testsIn } from '../../core/proof/tests-of.ts';
import { fail } from '../../errors.ts';
import type { Answered, Context, Site } from '../repair/handed-on.ts';
import type { Job } from '../repair/job.ts';
import type { PartWork, Telling } from '../repair/step.ts';
import { attempts } from '../repair/tried/turns.ts';
import { carriedOnto, forkOf } from '../replies/own-change.ts';

const NOTHING: Context = { files: [], left: [], notes: [], usedTokens: 0, suspect: null };

/** The row `context`: nobody is shown anything, so only the files are named. */
export function ownFiles(job: Job): PartWork<'context'> {
  return {
    run: async (tell) => {
      tell.say(job.follows!.paths.join(', '));
      return NOTHING;
    },
    keep: () => null,
    recall: async () => NOTHING,
  };
}

/** Runs with the test alone that have to be green: one may be luck. */
const GREEN_RUNS = 2;

/**
 * @throws AiOpsError `base-mended` where the test of the fix is green without it, `base-conflict` where the change has no place any
 * more, `reply-skipped` where nothing is to be done
 */
export function sameChange(job: Job, site: Site, before: Verification | null) {
  return async (tell: Telling): Promise<Answered> => {
    const { repository, patches } = job.ports;
    const { head, moved } = job.follows!;
    const onto = site.base.commit;
    const carried = await carriedOnto(repository, patches, { head, fork: await forkOf(repository, head), onto });
    const files = carried.flatMap(({ outcome }): readonly FileChange[] => (outcome.kind === 'rebuilt' ? [outcome.change] : []));
    const tests = { base: onto, files: files.flatMap((file) => testsIn(file) ?? []) };
    if (moved!.hasShown && (await isGreenAlone(job, site, tests, before))) {
      tell.say('the test of the fix is green without it');
      throw fail('base-mended', { commit: onto.slice(0, 12) });
    }
    if (!moved!.isConflicting) throw fail('reply-skipped', { why: 'the base has not mended it, and takes it as it is' });
    const lost = carried.filter(({ outcome }) => outcome.kind === 'conflict').map(({ path }) => path);
    if (lost.length > 0) throw fail('base-conflict', { paths: lost.join(', ') });
    tell.say(`the same change on ${onto.slice(0, 12)}: ${files.map(({ path }) => path).join(', ')}`);
    const answer = { summary: '', text: '', engine: 'no model: the change is the one that was proposed' };
    return { answer, changes: { base: onto, files } };
  };
}

async function isGreenAlone(job: Job, site: Site, tests: ChangeSet, before: Verification | null): Promise<boolean> {
  if (tests.files.length === 0 || site.workspace === null || before === null || !testsPass(before)) return false;
  const attempt = attempts(job, site);
  for (let run = 0; run < GREEN_RUNS; run += 1) {
    const alone = await attempt(tests);
    if (!testsPass(alone) || alone.runs.some(({ role, output }) => role === 'test' && saysNoTestRan(output))) return false;
  }
  return true;
}
