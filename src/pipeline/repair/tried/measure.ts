// What the tests do without and with a fix: the commands of the baseline once more with the change, and where the change brings
// tests, these alone.
import { defined } from '../../../core/defined.ts';
import type { ChangeSet, Verification } from '../../../core/model.ts';
import { lostOf, seeing, settle, testsPass, type WithoutFix, worsened } from '../../../core/proof/prove.ts';
import { testsOf } from '../../../core/proof/tests-of.ts';
import { hasCommands } from '../commands.ts';
import type { Site } from '../handed-on.ts';
import type { Job } from '../job.ts';
import { planFor } from '../plan.ts';
import { sceneOf } from '../shown.ts';
import { triedAlone } from './alone.ts';
import { attempts, byTurns } from './turns.ts';

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
 * something. Where the suite was red before, the files of those tests by themselves.
 */
async function measure(job: Job, site: Site, changes: ChangeSet, before: Verification | null): Promise<Shown> {
  if (!site.workspace) return { after: null };
  const attempt = attempts(job, site);
  const isGreen = before === null || testsPass(before);
  const tests = isGreen ? testsOf(changes) : null;
  const testsOnly = tests ? await attempt(tests) : undefined;
  const first = await attempt(changes);
  const isWorse = worsened(before, first).length > 0 || lostOf(before, first) !== undefined;
  const after = isWorse ? settle(first, await attempt(changes)) : first;
  if (!isGreen) {
    const isRefused = lostOf(before, after) !== undefined || worsened(before, after).some(({ flaky }) => !flaky);
    const alone = isRefused ? undefined : await triedAlone(job, site, changes, before);
    return { after, ...defined({ alone }) };
  }
  const seen = seeing(before, testsOnly).map((run) => ({ run, names: [] }));
  if (!tests || !testsOnly || seen.length === 0 || !testsPass(after)) return { after, ...defined({ testsOnly }) };
  const scene = await sceneOf(job, site, tests, before);
  return { after, testsOnly, ...(await byTurns(scene, seen, testsOnly, { attempt, tests, changes })) };
}
