// The row `baseline`: setup, checks and tests without the fix.
import type { Verification } from '../../core/model.ts';
import { behind } from '../../core/proof/alone.ts';
import { versionOf } from '../../core/proof/machine/launchers.ts';
import { notInstalled } from '../../core/proof/machine/not-installed.ts';
import { ending, notBegun } from '../../core/proof/prove.ts';
import { isRunnable } from '../../core/proof/seen.ts';
import { fail } from '../../errors.ts';
import { ask, hasCommands, kept, run } from '../repair/commands.ts';
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
    if (setup) tell.learn({ proof: notBegun(setup) });
    if (setup) throw fail('verify-setup-failed', { detail: `\`${setup.command}\` (${notInstalled(setup) ?? ending(setup)})` });
    if (site.setupKey !== null && !site.isSetUp) await site.workspace?.keepSetup(site.setupKey);
    const { runs, said } = await withTests(job, site, (await run(job, site, ['check', 'test'])).runs);
    const missing = await missingRunner(job, site, runs);
    if (missing) tell.learn({ proof: notBegun(missing.run) });
    if (missing) throw fail('verify-runner-missing', { detail: missing.why });
    const verification = { runs: [...setUp, ...runs] };
    tell.say((site.isSetUp ? 'setup kept from an earlier repair, ' : '') + describe(verification.runs) + said);
    await site.workspace?.reset(kept(job));
    return verification;
  };
}

/** Nothing would be shown of a fix, however right: that is known before Claude is paid. One runner that is there is enough to go on. */
async function missingRunner(job: Job, site: Site, runs: Runs): Promise<{ readonly run: Runs[number]; readonly why: string } | undefined> {
  const tests = runs.filter(({ role }) => role === 'test');
  let first: { readonly run: Runs[number]; readonly why: string } | undefined;
  for (const run of tests) {
    const why = await whyNotStarted(job, site, run);
    if (why === undefined) return undefined;
    first ??= { run, why: `\`${run.command}\` (${why})` };
  }
  return first;
}

/** A run without a single test: by what its shell said, else by asking its runner whether it starts at all. */
async function whyNotStarted(job: Job, site: Site, one: Runs[number]): Promise<string | undefined> {
  if (one.exitCode === 0 || one.exitCode === null || one.timedOut || (one.tests?.ran ?? 0) > 0) return undefined;
  const said = notInstalled(one) ?? (isRunnable(one) ? undefined : ending(one));
  const question = versionOf(one.command);
  if (said !== undefined || question === undefined) return said;
  const answer = await ask(job, site, question);
  if (answer === undefined || answer.exitCode === 0) return undefined;
  return `its runner does not start: \`${question}\` ${ending(answer)}`;
}

/** A script that ended before any test was run says nothing of them: those behind it, or another tool that starts, are run in its place. */
async function withTests(job: Job, site: Site, runs: Runs): Promise<{ readonly runs: Runs; readonly said: string }> {
  const instead = runs.flatMap((one) => {
    const { exitCode, timedOut, tests, command, role } = one;
    if (role !== 'test' || exitCode === 0 || timedOut || tests !== undefined) return [];
    const other = behind(command, site.plan);
    return other === undefined ? [] : [{ one, other }];
  });
  if (instead.length === 0) return { runs, said: '' };
  const plan = { ...site.plan, setup: [], check: [], test: instead.map(({ other }) => other) };
  const done = (await run(job, { ...site, plan }, ['setup', 'test'])).runs.filter(({ role }) => role === 'test');
  const stands: Runs[number][] = [];
  for (const each of done) if ((await whyNotStarted(job, site, each)) === undefined) stands.push(each);
  const replaced = instead.filter(({ other }) => stands.some(({ command }) => command === other));
  return {
    runs: [...runs.filter((one) => !replaced.some((row) => row.one === one)), ...stands],
    said: replaced.map(({ one }) => `; \`${one.command}\` ended before any test (${ending(one)})`).join(''),
  };
}

type Runs = Verification['runs'];

function describe(runs: Verification['runs']): string {
  return runs.map((entry) => `\`${entry.command}\` ${ending(entry)}`).join(', ');
}
