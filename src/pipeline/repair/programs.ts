// Which files of the base commit the commands of the proof run: the guard holds a fix off them.

import { directoriesOf, programsOf } from '../../core/guard/steering.ts';
import type { CheckPlan } from '../../core/proof/checks.ts';
import type { Base, Repository, TreeEntry } from '../../ports.ts';

/** @param dir where the commands run, below the root of the repository */
export async function programsFor(
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
