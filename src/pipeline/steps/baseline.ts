// The row `baseline`: setup, checks and tests without the fix.
import type { Verification } from '../../core/model.ts';
import { ending } from '../../core/proof/prove.ts';
import { fail } from '../../errors.ts';
import { hasCommands, kept, run } from '../repair/commands.ts';
import type { Site } from '../repair/handed-on.ts';
import type { Job } from '../repair/job.ts';
import type { Telling } from '../repair/step.ts';

/** Runs the checks on the base commit, so that what was red before is not blamed on the fix. */
export function baseline(job: Job, site: Site) {
  return async (tell: Telling): Promise<Verification | null> => {
    if (!hasCommands(site)) {
      tell.say('no check and no test command is known');
      return null;
    }
    const setUp = site.isSetUp ? [] : (await run(job, site, ['setup'])).runs;
    const setup = setUp.find(({ exitCode }) => exitCode !== 0);
    tell.say(describe(setUp));
    if (setup) throw fail('verify-setup-failed', { detail: `\`${setup.command}\` (${ending(setup)})` });
    if (site.setupKey !== null && !site.isSetUp) await site.workspace?.keepSetup(site.setupKey);
    const { runs } = await run(job, site, ['check', 'test']);
    const verification = { runs: [...setUp, ...runs] };
    tell.say((site.isSetUp ? 'setup kept from an earlier repair, ' : '') + describe(verification.runs));
    await site.workspace?.reset(kept(job));
    return verification;
  };
}

function describe(runs: Verification['runs']): string {
  return runs.map((entry) => `\`${entry.command}\` ${ending(entry)}`).join(', ');
}
