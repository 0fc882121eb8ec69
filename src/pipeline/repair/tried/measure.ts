// What the tests do without and with a fix: the commands of the baseline once more with the change, and where the change brings
// tests, these alone.
import { defined } from '../../../core/defined.ts';
import type { ChangeSet, Verification } from '../../../core/model.ts';
import { lostOf, MORE_RUNS, seeing, settle, testsOf, testsPass, type WithoutFix, worsened } from '../../../core/proof/prove.ts';
import { hasCommands, kept, type Measured, run } from '../commands.ts';
import type { Site } from '../handed-on.ts';
import type { Job } from '../job.ts';
import { planFor } from '../plan.ts';
import { followed, sceneOf, shownBy } from '../shown.ts';

export interface Shown extends WithoutFix {
  readonly after: Verification | null;
}

export async function measured(job: Job, site: Site, changes: ChangeSet, before: Verification | null): Promise<Shown> {
  const tests = before ? changes : testsOf(changes);
  const shown = tests && (await withPlan(job, site, tests, before, (planned) => measure(job, planned, changes, before)));
  return shown ?? { after: null };
}

/**
 * Works with the commands that the base commit has; a repository that had no test is given those of its first ones, in a
 * work tree that nobody has opened yet.
 * @returns `undefined` where no command is known
 */
export async function withPlan<T>(
  job: Job,
  site: Site,
  tests: ChangeSet,
  before: Verification | null,
  work: (site: Site) => Promise<T>,
): Promise<T | undefined> {
  if (before) return work(site);
  const { repository, workspaces } = job.ports;
  const plan = await planFor(repository, site.base, site.entries, job.settings, job.incident.sample, tests);
  if (!hasCommands({ plan })) return undefined;
  const workspace = site.workspace ?? (await workspaces.open(site.base));
  try {
    return await work({ ...site, plan, workspace, isSetUp: false, isRemade: true });
  } finally {
    if (workspace !== site.workspace) await workspace.release();
  }
}

/**
 * The new tests alone and the whole change; where those see the bug, both again by turns, as far as it can still tell
 * something.
 */
async function measure(job: Job, site: Site, changes: ChangeSet, before: Verification | null): Promise<Shown> {
  if (!site.workspace) return { after: null };
  const attempt = attempts(job, site);
  const tests = before === null || testsPass(before) ? testsOf(changes) : null;
  const testsOnly = tests ? await attempt(tests) : undefined;
  const first = await attempt(changes);
  const isWorse = worsened(before, first).length > 0 || lostOf(before, first) !== undefined;
  const after = isWorse ? settle(first, await attempt(changes)) : first;
  const seen = seeing(before, testsOnly);
  if (!tests || !testsOnly || seen.length === 0 || !testsPass(after)) return { after, ...defined({ testsOnly }) };
  const at = await sceneOf(job, site, tests, before);
  let shown = shownBy(at, seen, testsOnly);
  let { shifted } = at;
  const fixRemoved: Verification[] = [];
  const withFix: Verification[] = [];
  while (shown.kind === 'yes' && fixRemoved.length < MORE_RUNS) {
    const red = await attempt(shifted ?? tests);
    const isRed = seeing(before, red).length > 0;
    const way = isRed && shifted !== undefined ? followed(at, seen, testsOnly, red) : undefined;
    if (way === 'stays') shown = { kind: 'no', showed: 'a trace that names the same lines when the code stands at others' };
    else if (isRed && shifted === undefined) shown = shownBy(at, seen, red);
    shifted = undefined;
    // With the code moved nothing was shown: once more as it is.
    if (way === 'unknown') continue;
    fixRemoved.push(red);
    if (shown.kind === 'yes') withFix.push(await attempt(changes));
  }
  return { after, testsOnly, fixRemoved, withFix, shown };
}

/** Runs the commands on the base commit with a change applied. */
export function attempts(job: Job, site: Site): (applied: ChangeSet) => Promise<Measured> {
  let isSetUp = job.settings.mode !== 'agentic' && (site.isSetUp || !site.isRemade);
  return async (applied) => {
    await site.workspace?.reset(kept(job));
    await site.workspace?.apply(applied);
    const verification = await run(job, site, isSetUp ? ['check', 'test'] : ['setup', 'check', 'test']);
    isSetUp ||= job.settings.mode !== 'agentic';
    return verification;
  };
}
