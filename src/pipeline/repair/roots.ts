// Which packages of the repository the frames of an event may name, and where they stand in it.
import type { PackageRoot } from '../../core/context/frame-names.ts';
import { manifestsFor, packageRoot } from '../../core/context/package-roots.ts';
import type { ErrorEvent } from '../../core/model.ts';
import type { TreeEntry } from '../../ports.ts';

/** @param read text of a file of the base commit */
export async function rootsOf(
  { language, frames }: Pick<ErrorEvent, 'frames' | 'language'>,
  entries: readonly Pick<TreeEntry, 'path'>[],
  read: (path: string) => Promise<string>,
): Promise<readonly PackageRoot[]> {
  const manifests = manifestsFor(
    language,
    frames,
    entries.map(({ path }) => path),
  );
  const roots = await Promise.all(manifests.map(async (path) => packageRoot(path, await read(path))));
  return roots.filter((root) => root !== undefined);
}
