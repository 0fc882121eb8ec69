// The commands that prove a fix: of the project within the repository that the incident leads to.

import { chooseFiles } from '../../core/context/rank.ts';
import type { ChangeSet, ErrorEvent } from '../../core/model.ts';
import { type CheckPlan, manifestsToRead, planChecks } from '../../core/proof/checks.ts';
import type { Base, Repository, TreeEntry } from '../../ports.ts';
import type { RepairSettings } from './job.ts';
import { rootsOf } from './roots.ts';

/**
 * @param added looked at beside the base commit: a repository's first tests are run as its others would be
 */
export async function planFor(
  repository: Repository,
  base: Base,
  entries: readonly TreeEntry[],
  { subdir, checks }: Pick<RepairSettings, 'subdir' | 'checks'>,
  event: Pick<ErrorEvent, 'frames' | 'language' | 'text'>,
  added?: ChangeSet,
): Promise<CheckPlan> {
  const texts = new Map((added?.files ?? []).map(({ path, after }) => [path, after?.toString('utf8')]));
  const within = subdir === '' ? '' : `${subdir}/`;
  const inside = (path: string | undefined): string | undefined => (path?.startsWith(within) ? path.slice(within.length) : undefined);
  const all = new Set([...entries.map(({ path }) => path), ...texts.keys()]);
  const paths = [...all].flatMap((path) => inside(path) ?? []);
  const roots = await rootsOf(event, entries, async (path) => (await repository.read(base.commit, path))?.bytes.toString('utf8') ?? '');
  const near = inside(chooseFiles(event, entries, { subdir, roots }).files[0]?.path);
  const names = manifestsToRead(paths, near);
  const textOf = async (path: string) => texts.get(path) ?? (await repository.read(base.commit, path))?.bytes.toString('utf8') ?? '';
  const read = async (name: string) => [name, await textOf(within + name)] as const;
  return planChecks(checks, { paths, texts: new Map(await Promise.all(names.map(read))) }, near);
}
