// Where work trees live between repairs. One per repository stays at one place with its manifest, because what a setup
// installs may know its own path. Whoever has the token beside it has the tree: a file that is taken by renaming it, so that
// of two processes one gets it. Others work in trees of their own, which go with them. Tokens and trees are named by their
// process; those of the dead are removed, tree and all: nobody knows what is half done in it.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../../errors.ts';
import { codeOf, messageOf } from '../../../platform/errno.ts';
import { formatManifest, type Manifest, parseManifest } from './manifest-file.ts';

/** Where one work tree is. */
export interface TreeHome {
  /** Directory of ours around it. */
  readonly home: string;
  /** The work tree itself. */
  readonly dir: string;
  /** The file that says whose it is; absent where it is not kept for the next repair. */
  readonly token?: string;
}

/** A tree as it was given back. */
export interface PooledTree extends TreeHome {
  readonly manifest: Manifest;
  /** Time of the file system when the manifest was last brought up to date. */
  readonly settledMs: number;
}

const UNUSED_MS = 7 * 24 * 3600 * 1000;
/** Where a tree lies while nobody works in it: whoever still has its place by name finds nothing there. */
const ASIDE = 'kept';
const TOKEN = /^(tree-[0-9a-f]{16})\.(free|(\d+)-[0-9a-f]{8})$/;

/**
 * A new directory, named by our process so that `sweep` knows whose it is.
 * @param repository whose tree it is to be, and stay, where it has none
 * @throws AiOpsError `state-unwritable`
 */
export async function newHome(parent: string, repository?: string): Promise<TreeHome> {
  await sweep(parent);
  const own = join(parent, mine());
  try {
    await mkdir(parent, { recursive: true, mode: 0o700 });
    const slot = repository === undefined ? undefined : await newSlot(join(parent, slotName(repository)));
    const home = slot?.home ?? own;
    const dir = join(home, 'repo');
    await mkdir(dir, { recursive: true, mode: 0o700 });
    return { ...slot, home, dir };
  } catch (error) {
    throw fail('state-unwritable', { dir: own, detail: messageOf(error) }, error);
  }
}

/** The token is there before the tree: what is found without one is nobody's. */
async function newSlot(home: string): Promise<{ readonly home: string; readonly token: string } | undefined> {
  const token = `${home}.${mine()}`;
  await writeFile(token, '');
  try {
    await mkdir(home, { mode: 0o700 });
    return { home, token };
  } catch (error) {
    await rm(token, { force: true });
    if (codeOf(error) !== 'EEXIST') throw error;
    return undefined;
  }
}

/** @returns the tree that was kept of this repository, if there is one that can be trusted */
export async function takePooled(parent: string, repository: string): Promise<PooledTree | undefined> {
  await sweep(parent);
  const home = join(parent, slotName(repository));
  const token = `${home}.${mine()}`;
  try {
    await rename(`${home}.free`, token);
  } catch {
    return undefined;
  }
  const dir = join(home, 'repo');
  const found = await readFile(join(home, 'manifest.json'), 'utf8')
    .then(parseManifest)
    .catch(() => undefined);
  // From now on it is not as it was given back.
  await rm(join(home, 'manifest.json'), { force: true });
  const isThere =
    found !== undefined &&
    (await rename(join(home, ASIDE), dir).then(
      () => true,
      () => false,
    ));
  if (found !== undefined && isThere) return { home, dir, token, ...found };
  await removeTree({ home, dir, token });
  return undefined;
}

/** Keeps a tree that holds what its manifest says and nothing else, where it is the one to keep. */
export async function givePooled(tree: PooledTree): Promise<void> {
  if (tree.token === undefined) return removeTree(tree);
  await rename(tree.dir, join(tree.home, ASIDE));
  await writeFile(join(tree.home, 'manifest.json'), formatManifest(tree), { mode: 0o600 });
  await rename(tree.token, `${tree.home}.free`).catch(() => removeTree(tree));
}

export async function removeTree({ home, token }: TreeHome): Promise<void> {
  await rm(home, { recursive: true, force: true });
  if (token !== undefined) await rm(token, { force: true });
}

const mine = (): string => `${process.pid}-${randomBytes(4).toString('hex')}`;

const slotName = (repository: string): string => `tree-${createHash('sha256').update(repository).digest('hex').slice(0, 16)}`;

/** Removes the trees of processes that are no more, and what was kept and not used for a week. */
async function sweep(dir: string): Promise<void> {
  const names = await readdir(dir).catch(() => []);
  for (const name of names) {
    const pid = Number(/^(\d+)-[0-9a-f]{8}$/.exec(name)?.[1]);
    if (pid > 0 && !isAlive(pid)) await rm(join(dir, name), { recursive: true, force: true });
    const [, slot, , owner] = TOKEN.exec(name) ?? [];
    if (slot === undefined || !(owner === undefined ? await isOld(dir, slot) : !isAlive(Number(owner)))) continue;
    // Of several that sweep, one gets it; a token whose tree another one has is only a token.
    const token = join(dir, `${slot}.${mine()}`);
    const isOurs = await rename(join(dir, name), token).then(
      () => true,
      () => false,
    );
    const hasOther = names.some((other) => other !== name && TOKEN.exec(other)?.[1] === slot);
    if (isOurs) await (hasOther ? rm(token, { force: true }) : removeTree({ home: join(dir, slot), dir: '', token }));
  }
}

async function isOld(dir: string, slot: string): Promise<boolean> {
  const kept = await stat(join(dir, slot, 'manifest.json')).catch(() => undefined);
  return kept === undefined || performance.timeOrigin + performance.now() - kept.mtimeMs > UNUSED_MS;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
