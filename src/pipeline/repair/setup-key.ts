// What names a setup: the same key is the same packages, so they need not be installed again.
import { createHash } from 'node:crypto';
import { dependsOnInputsOnly, setupInputs } from '../../core/proof/machine/setup-inputs.ts';
import type { Site } from './handed-on.ts';
import type { Job } from './job.ts';

/**
 * @param at the commit that the setup is run at, its files and its plan
 * @param read one of these files
 * @returns `null` where there is no setup
 */
export async function setupKey(
  { ports, settings }: Pick<Job, 'settings'> & { readonly ports: Pick<Job['ports'], 'commands'> },
  { base, entries, plan: { setup } }: { readonly base: Pick<Site['base'], 'commit'> } & Pick<Site, 'entries' | 'plan'>,
  read: (path: string) => Promise<{ readonly bytes: Buffer } | undefined>,
): Promise<string | null> {
  if (setup.length === 0) return null;
  const paths = entries.map(({ path }) => path);
  const texts = new Map<string, string>();
  const hashes: string[] = [];
  for (const path of setupInputs(paths)) {
    const bytes = (await read(path))?.bytes ?? Buffer.alloc(0);
    texts.set(path, bytes.toString('utf8'));
    hashes.push(`${path} ${sha256(bytes)}`);
  }
  const bound = dependsOnInputsOnly(setup, texts, paths) ? '' : base.commit;
  return sha256(JSON.stringify([setup, settings.subdir, bound, hashes, await ports.commands.toolchain()]));
}

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
