// The same files run again and again: what is red by turns shows nothing.
import type { ChangeSet, Verification } from '../../../core/model.ts';
import { MORE_RUNS, type WithoutFix } from '../../../core/proof/prove.ts';
import { failsIn, type Seen } from '../../../core/proof/seen.ts';
import { kept, type Measured, run } from '../commands.ts';
import type { Site } from '../handed-on.ts';
import type { Job } from '../job.ts';
import { followed, type Scene, shownBy } from '../shown.ts';

export type Attempt = (applied: ChangeSet) => Promise<Measured>;

/** What the tests show without the fix, and both sides by turns, as far as it can still tell something. */
export async function byTurns(
  scene: Scene,
  seen: readonly Seen[],
  testsOnly: Measured,
  { attempt, tests, changes }: { readonly attempt: Attempt; readonly tests: ChangeSet; readonly changes: ChangeSet },
): Promise<Pick<WithoutFix, 'fixRemoved' | 'withFix' | 'shown'>> {
  const commands = seen.map(({ run: { command } }) => ({ command }));
  let shown = shownBy(scene, commands, testsOnly);
  let { shifted } = scene;
  const fixRemoved: Verification[] = [];
  const withFix: Verification[] = [];
  while (shown.kind === 'yes' && fixRemoved.length < MORE_RUNS) {
    const red = await attempt(shifted ?? tests);
    const isRed = seen.some((one) => failsIn(one, red));
    const way = isRed && shifted !== undefined ? followed(scene, commands, testsOnly, red) : undefined;
    if (way === 'stays') shown = { kind: 'no', showed: 'a trace that names the same lines when the code stands at others' };
    else if (isRed && shifted === undefined) shown = shownBy(scene, commands, red);
    shifted = undefined;
    // With the code moved nothing was shown: once more as it is.
    if (way === 'unknown') continue;
    fixRemoved.push(red);
    if (shown.kind === 'yes') withFix.push(await attempt(changes));
  }
  return { fixRemoved, withFix, shown };
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
