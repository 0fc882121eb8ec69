// The row `baseline`: setup, checks and tests without the fix.
import type { Verification } from '../../core/model.ts';
import { behind } from '../../core/proof/alone.ts';
import { notInstalled } from '../../core/proof/not-installed.ts';
import { ending } from '../../core/proof/prove.ts';
import { isRunnable } from '../../core/proof/seen.ts';
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
    if (setup) throw fail('verify-setup-failed', { detail: `\`${setup.command}\` (${notInstalled(setup) ?? ending(setup)})` });
    if (site.setupKey !== null && !site.isSetUp) await site.workspace?.keepSetup(site.setupKey);
    const { runs, said } = await withTests(job, site, (await run(job, site, ['check', 'test'])).runs);
    const missing = missingRunner(runs);
    if (missing !== undefined) throw fail('verify-runner-missing', { detail: missing });
    const verification = { runs: [...setUp, ...runs] };
    tell.say((site.isSetUp ? 'setup kept from an earlier repair, ' : '') + describe(verification.runs) + said);
    await site.workspace?.reset(kept(job));
    return verification;
  };
}

/** Nothing would be shown of a fix, however right: that is known before Claude is paid. One runner that is there is enough to go on. */
function missingRunner(runs: Runs): string | undefined {
  const tests = runs.filter(({ role }) => role === 'test');
  const missing = tests.map((one) => notInstalled(one) ?? (isRunnable(one) || (one.tests?.ran ?? 0) > 0 ? undefined : ending(one)));
  const [first] = missing;
  return first === undefined || missing.includes(undefined) ? undefined : `\`${tests[0]?.command}\` (${first})`;
}

/** A script that ended before any test was run says nothing of them: those behind it are run in its place. */
async function withTests(job: Job, site: Site, runs: Runs): Promise<{ readonly runs: Runs; readonly said: string }> {
  const instead = runs.flatMap((one) => {
    const { exitCode, timedOut, tests, command, role } = one;
    if (role !== 'test' || exitCode === 0 || timedOut || tests !== undefined) return [];
    const other = behind(command, site.plan);
    return other === undefined ? [] : [{ one, other }];
  });
  if (instead.length === 0) return { runs, said: '' };
  const plan = { ...site.plan, setup: [], check: [], test: instead.map(({ other }) => other) };
  const done = await run(job, { ...site, plan }, ['setup', 'test']);
  return {
    runs: [...runs.filter((one) => !instead.some((row) => row.one === one)), ...done.runs.filter(({ role }) => role === 'test')],
    said: instead.map(({ one }) => `; \`${one.command}\` ended before any test (${ending(one)})`).join(''),
  };
}

type Runs = Verification['runs'];

function describe(runs: Verification['runs']): string {
  return runs.map((entry) => `\`${entry.command}\` ${ending(entry)}`).join(', ');
}
