// Names what a setup installs: the same key is the same packages, so they need not be installed again.

import { sha256 } from '../../core/hash.ts';
import type { CheckPlan } from '../../core/proof/checks.ts';
import { dependsOnInputsOnly, setupInputs } from '../../core/proof/setup-inputs.ts';
import type { Base, Commands, Repository, TreeEntry } from '../../ports.ts';

/** @returns `null` where there is no setup */
export async function setupKey(
  ports: { readonly repository: Repository; readonly commands: Commands },
  base: Base,
  entries: readonly TreeEntry[],
  { setup }: Pick<CheckPlan, 'setup'>,
  dir: string,
): Promise<string | null> {
  if (setup.length === 0) return null;
  const paths = entries.map(({ path }) => path);
  const texts = new Map<string, string>();
  const hashes: string[] = [];
  for (const path of setupInputs(paths)) {
    const bytes = (await ports.repository.read(base.commit, path))?.bytes ?? Buffer.alloc(0);
    texts.set(path, bytes.toString('utf8'));
    hashes.push(`${path} ${sha256(bytes)}`);
  }
  const bound = dependsOnInputsOnly(setup, texts, paths) ? '' : base.commit;
  return sha256(JSON.stringify([setup, dir, bound, hashes, await ports.commands.toolchain()]));
}
