// The test files of a change by themselves, where the suite was red without the fix or did not end. Where the runner takes no
// file, the whole of it once more: then the names of its tests have to tell.
import type { ChangeSet, Verification } from '../../../core/model.ts';
import { aloneRuns } from '../../../core/proof/alone.ts';
import { type Alone, lostOf, settle, worsened } from '../../../core/proof/prove.ts';
import { isRunnable, seenAlone } from '../../../core/proof/seen.ts';
import { testsOf } from '../../../core/proof/tests-of.ts';
import type { Site } from '../handed-on.ts';
import type { Job } from '../job.ts';
import { sceneOf } from '../shown.ts';
import { attempts, byTurns } from './turns.ts';

/** @returns `undefined` where nothing can be told of them */
export async function triedAlone(job: Job, site: Site, changes: ChangeSet, before: Verification): Promise<Alone | undefined> {
  const tests = testsOf(changes);
  const runs = tests === null ? [] : runsOf(job, site, tests, before);
  if (tests === null || runs.length === 0) return undefined;
  const only = (commands: typeof runs): Site => ({
    ...site,
    plan: { ...site.plan, check: [], test: commands.map(({ command }) => command) },
  });
  const attempt = attempts(job, only(runs));
  const old = runs.filter(({ isNew }) => !isNew);
  const base = runs.some(({ isWhole }) => isWhole) ? before : await attempts(job, only(old))({ base: tests.base, files: [] });
  const testsOnly = await attempt(tests);
  const first = await attempt(changes);
  const isWorse = worsened(base, first).length > 0 || lostOf(base, first) !== undefined;
  const after = isWorse ? settle(first, await attempt(changes)) : first;
  const seen = seenAlone(base, testsOnly, after);
  if (seen.length === 0) return { base, testsOnly, after };
  const scene = await sceneOf(job, site, tests, base);
  return { base, testsOnly, after, ...(await byTurns(scene, seen, testsOnly, { attempt, tests, changes })) };
}

interface Run {
  readonly command: string;
  readonly isNew: boolean;
  /** The command of the plan as it is. */
  readonly isWhole?: true;
}

function runsOf({ settings }: Job, { plan }: Site, tests: ChangeSet, before: Verification): readonly Run[] {
  const below = settings.subdir === '' ? '' : `${settings.subdir}/`;
  const files = tests.files.flatMap(({ path, before: was, after }) => {
    if (!path.startsWith(below) || after === undefined) return [];
    return [
      { path: path.slice(below.length), after: after.toString('utf8'), ...(was === undefined ? {} : { before: was.toString('utf8') }) },
    ];
  });
  const ran = plan.test.filter((command) => before.runs.some((run) => run.command === command && isRunnable(run)));
  return ran.flatMap((command): readonly Run[] => {
    const alone = aloneRuns(command, files, plan.node);
    if (alone.length > 0) return alone;
    const isTold = before.runs.some((run) => run.command === command && run.tests?.names !== undefined);
    return isTold ? [{ command, isNew: false, isWhole: true }] : [];
  });
}
