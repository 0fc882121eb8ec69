// The commands that prove a fix: of the project within the repository that the incident leads to.

import { chooseFiles } from '../../core/context/rank.ts';
import type { ErrorEvent } from '../../core/model.ts';
import { type CheckPlan, manifestsToRead, planChecks } from '../../core/proof/checks.ts';
import type { Base, Repository, TreeEntry } from '../../ports.ts';
import type { RepairSettings } from './job.ts';

/** Looks at the base commit only. */
export async function planFor(
  repository: Repository,
  base: Base,
  entries: readonly TreeEntry[],
  { subdir, checks }: Pick<RepairSettings, 'subdir' | 'checks'>,
  event: Pick<ErrorEvent, 'frames' | 'language' | 'text'>,
): Promise<CheckPlan> {
  const within = subdir === '' ? '' : `${subdir}/`;
  const inside = (path: string | undefined): string | undefined => (path?.startsWith(within) ? path.slice(within.length) : undefined);
  const paths = entries.flatMap(({ path }) => inside(path) ?? []);
  const near = inside(chooseFiles(event, entries, { subdir }).files[0]?.path);
  const names = manifestsToRead(paths, near);
  const read = async (name: string) => [name, (await repository.read(base.commit, within + name))?.bytes.toString('utf8') ?? ''] as const;
  return planChecks(checks, { paths, texts: new Map(await Promise.all(names.map(read))) }, near);
}
