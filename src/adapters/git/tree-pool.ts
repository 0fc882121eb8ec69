// Where work trees live between repairs: one per repository is kept with its manifest, taken by renaming it, so that of
// two processes one gets it. Trees in use are named by their process; those of the dead are removed.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../errors.ts';
import { formatManifest, type Manifest, parseManifest } from './manifest-file.ts';
import { codeOf, messageOf } from './thrown.ts';

/** Where one work tree is. */
export interface TreeHome {
  /** Directory of ours around it. */
  readonly home: string;
  /** The work tree itself. */
  readonly dir: string;
}

/** A tree as it was given back. */
export interface PooledTree extends TreeHome {
  readonly manifest: Manifest;
  /** Time of the file system when the manifest was last brought up to date. */
  readonly settledMs: number;
}

const UNUSED_MS = 7 * 24 * 3600 * 1000;

/** A new directory, named by our process so that `sweep` knows whose it is. @throws AiOpsError `state-unwritable` */
export async function newHome(parent: string): Promise<TreeHome> {
  await sweep(parent);
  const home = join(parent, `${process.pid}-${randomBytes(4).toString('hex')}`);
  const dir = join(home, 'repo');
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw fail('state-unwritable', { dir, detail: messageOf(error) }, error);
  }
  return { home, dir };
}

/** @returns the tree that was kept of this repository, if there is one that can be trusted */
export async function takePooled(parent: string, repository: string): Promise<PooledTree | undefined> {
  await sweep(parent);
  const home = join(parent, `${process.pid}-${randomBytes(4).toString('hex')}`);
  try {
    await rename(poolName(parent, repository), home);
  } catch {
    return undefined;
  }
  const dir = join(home, 'repo');
  const found = await readFile(join(home, 'manifest.json'), 'utf8')
    .then(parseManifest)
    .catch(() => undefined);
  if (found !== undefined && (await stat(dir).catch(() => undefined))?.isDirectory()) return { home, dir, ...found };
  await rm(home, { recursive: true, force: true });
  return undefined;
}

/** Keeps a tree that holds what its manifest says and nothing else. Where one is kept already, this one goes. */
export async function givePooled(parent: string, repository: string, tree: PooledTree): Promise<void> {
  await writeFile(join(tree.home, 'manifest.json'), formatManifest(tree), { mode: 0o600 });
  await rename(tree.home, poolName(parent, repository)).catch(() => rm(tree.home, { recursive: true, force: true }));
}

function poolName(parent: string, repository: string): string {
  return join(parent, `pool-${createHash('sha256').update(repository).digest('hex').slice(0, 16)}`);
}

/** Removes the trees of processes that are no more, and what was kept and not used for a week. */
async function sweep(dir: string): Promise<void> {
  const now = performance.timeOrigin + performance.now();
  for (const name of await readdir(dir).catch(() => [])) {
    const pid = Number(/^(\d+)-[0-9a-f]{8}$/.exec(name)?.[1]);
    const isDead = pid > 0 && !isAlive(pid);
    const kept = name.startsWith('pool-') ? await stat(join(dir, name, 'manifest.json')).catch(() => undefined) : undefined;
    const isOld = kept !== undefined && now - kept.mtimeMs > UNUSED_MS;
    if (isDead || isOld) await rm(join(dir, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
