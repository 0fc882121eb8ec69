// The row `checkout`: the base commit, the commands that will prove a fix of it, and a work tree where one is needed.

import { directoriesOf, programsOf } from '../../core/guard/steering.ts';
import type { CheckPlan } from '../../core/proof/checks.ts';
import type { Base, Repository, TreeEntry } from '../../ports.ts';
import { hasCommands } from '../repair/commands.ts';
import type { Site } from '../repair/handed-on.ts';
import type { Job } from '../repair/job.ts';
import { planFor } from '../repair/plan.ts';
import { setupKey } from '../repair/setup-key.ts';
import type { PartWork } from '../repair/step.ts';

export function checkout(job: Job): PartWork<'checkout'> {
  return {
    run: async (tell) => {
      const site = await siteAt(job, await job.ports.repository.sync(job.signal), false, true);
      const { base, entries } = site;
      tell.say(`${base.branch} at ${base.commit.slice(0, 12)}, ${entries.length} files`);
      return site;
    },
    keep: ({ base }) => base,
    // The same base commit, wherever the branch is by now; a work tree only where one is still worked in.
    recall: async (base, isToDo) => base && siteAt(job, base, true, isToDo('verify')),
  };
}

async function siteAt(job: Job, base: Base, isRemade: boolean, isWorkedIn: boolean): Promise<Site> {
  const { repository, workspaces } = job.ports;
  const { mode, subdir } = job.settings;
  const entries = await repository.list(base.commit);
  const plan = await planFor(repository, base, entries, job.settings, job.incident.sample);
  const programs = await programsFor(repository, base, entries, plan, subdir);
  const workspace = isWorkedIn && (mode === 'agentic' || hasCommands({ plan })) ? await workspaces.open(base) : null;
  // Claude edits the work tree itself: what it changed in there would be in the proof, and not in the change set.
  const key =
    mode === 'agentic' || workspace === null
      ? null
      : await setupKey(job, { base, entries, plan }, (path) => repository.read(base.commit, path));
  const isSetUp = (await workspace?.hasSetup(key)) ?? false;
  const dispose = async () => workspace?.release();
  return { base, entries, plan, programs, workspace, isRemade, setupKey: key, isSetUp, [Symbol.asyncDispose]: dispose };
}

/**
 * Files of the base commit that the commands of the proof run: the guard holds a fix off them.
 * @param dir where the commands run, below the root of the repository
 */
async function programsFor(
  repository: Repository,
  base: Base,
  entries: readonly TreeEntry[],
  { setup, check, test }: Pick<CheckPlan, 'setup' | 'check' | 'test'>,
  dir: string,
): Promise<readonly string[]> {
  const lines = { dir, commands: [...setup, ...check, ...test] };
  const paths = entries.map(({ path }) => path);
  const names = directoriesOf(lines).map((each) => (each === '' ? 'package.json' : `${each}/package.json`));
  const texts = await Promise.all(
    names
      .filter((name) => paths.includes(name))
      .map(async (name) => [name, (await repository.read(base.commit, name))?.bytes.toString('utf8') ?? ''] as const),
  );
  return programsOf(lines, paths, new Map(texts));
}
