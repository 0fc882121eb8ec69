// Where work trees live between repairs. One per repository stays at one place with its manifest, because what a setup
// installs may know its own path. Whoever has the token beside it has the tree: a file that is taken by renaming it, so that
// of two processes one gets it. Others work in trees of their own, which go with them. Tokens and trees are named by a lock
// that whoever works there holds; those of the dead are removed, tree and all: nobody knows what is half done in it.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../../errors.ts';
import { codeOf, messageOf } from '../../../platform/errno.ts';
import { attemptAt, type Lock, tryLock } from '../../../platform/lock.ts';
import { formatManifest, type Manifest, parseManifest } from './manifest-file.ts';

/** Where one work tree is. */
export interface TreeHome {
  /** Directory of ours around it. */
  readonly home: string;
  /** The work tree itself. */
  readonly dir: string;
  /** The file that says whose it is; absent where it is not kept for the next repair. */
  readonly token?: string;
  /** Says to others that somebody works here. */
  readonly lock: Lock;
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
/** What commands leave outside of the tree; a program of a fix may have written it, so that no other repair gets it. */
export const scratchOf = (home: string): string => join(home, 'scratch');
const TOKEN = /^(tree-[0-9a-f]{16})\.(free|([0-9a-f]{16}))$/;
/** A tree of its own, or its lock. */
const OWN = /^([0-9a-f]{16})(\.lock)?$/;
/** Only space is at stake, and a container may stand still for long: who cannot be asked is believed longer than of other locks. */
const FOREIGN_STALE_MS = 3600 * 1000;

/**
 * A new directory, named by a lock of ours so that `sweep` knows whether we live.
 * @param repository whose tree it is to be, and stay, where it has none
 * @throws AiOpsError `state-unwritable`
 */
export async function newHome(parent: string, repository?: string): Promise<TreeHome> {
  await sweep(parent);
  const { id, lock } = await enter(parent);
  try {
    const slot = repository === undefined ? undefined : await newSlot(join(parent, slotName(repository)), id);
    const home = slot?.home ?? join(parent, id);
    const dir = join(home, 'repo');
    await mkdir(dir, { recursive: true, mode: 0o700 });
    return { ...slot, home, dir, lock };
  } catch (error) {
    lock.release();
    throw unwritable(parent, error);
  }
}

/** The lock is there before anything that bears its name. @throws AiOpsError `state-unwritable` */
async function enter(parent: string): Promise<{ readonly id: string; readonly lock: Lock }> {
  const id = randomBytes(8).toString('hex');
  try {
    await mkdir(parent, { recursive: true, mode: 0o700 });
    const attempt = tryLock(lockOf(parent, id), true);
    if (attempt.kind === 'busy') throw new Error('a new name is taken');
    return { id, lock: attempt.lock };
  } catch (error) {
    throw unwritable(parent, error);
  }
}

function unwritable(dir: string, error: unknown): Error {
  return fail('state-unwritable', { dir, detail: messageOf(error) }, error);
}

/** The token is there before the tree: what is found without one is nobody's. */
async function newSlot(home: string, id: string): Promise<{ readonly home: string; readonly token: string } | undefined> {
  const token = `${home}.${id}`;
  await writeFile(token, '');
  try {
    await mkdir(home, { mode: 0o700 });
    return { home, token };
  } catch (error) {
    await rm(token, { recursive: true, force: true });
    if (codeOf(error) !== 'EEXIST') throw error;
    return undefined;
  }
}

/** @returns the tree that was kept of this repository, if there is one that can be trusted */
export async function takePooled(parent: string, repository: string): Promise<PooledTree | undefined> {
  await sweep(parent);
  const home = join(parent, slotName(repository));
  if ((await stat(`${home}.free`).catch(() => undefined)) === undefined) return undefined;
  const { id, lock } = await enter(parent);
  const token = `${home}.${id}`;
  try {
    await rename(`${home}.free`, token);
  } catch {
    lock.release();
    return undefined;
  }
  const dir = join(home, 'repo');
  const found = await readFile(join(home, 'manifest.json'), 'utf8')
    .then(parseManifest)
    .catch(() => undefined);
  // From now on it is not as it was given back.
  await rm(join(home, 'manifest.json'), { recursive: true, force: true });
  const isThere =
    found !== undefined &&
    (await rename(join(home, ASIDE), dir).then(
      () => true,
      () => false,
    ));
  if (found !== undefined && isThere) return { home, dir, token, lock, ...found };
  await removeTree({ home, token, lock });
  return undefined;
}

/** Keeps a tree that holds what its manifest says and nothing else, where it is the one to keep. */
export async function givePooled(tree: PooledTree): Promise<void> {
  if (tree.token === undefined) return removeTree(tree);
  await rm(scratchOf(tree.home), { recursive: true, force: true });
  await rename(tree.dir, join(tree.home, ASIDE));
  await writeFile(join(tree.home, 'manifest.json'), formatManifest(tree), { mode: 0o600 });
  const isFree = await rename(tree.token, `${tree.home}.free`).then(
    () => true,
    () => false,
  );
  if (!isFree) return removeTree(tree);
  tree.lock.release();
}

export async function removeTree({ home, token, lock }: Pick<TreeHome, 'home' | 'token' | 'lock'>): Promise<void> {
  await rm(home, { recursive: true, force: true });
  if (token !== undefined) await rm(token, { recursive: true, force: true });
  lock.release();
}

const lockOf = (parent: string, id: string): string => join(parent, `${id}.lock`);

const slotName = (repository: string): string => `tree-${createHash('sha256').update(repository).digest('hex').slice(0, 16)}`;

/** Removes the trees of processes that are no more, and what was kept and not used for a week. */
async function sweep(dir: string): Promise<void> {
  for (const { isUnused, remove } of await freeTrees(dir)) if (isUnused) await remove();
}

/** A tree that nobody works in. */
export interface FreeTree {
  readonly path: string;
  /** Of a process that is no more, or not used for a week. */
  readonly isUnused: boolean;
  /** @returns false where somebody has taken it meanwhile */
  remove(): Promise<boolean>;
}

/** @param dir directory of all work trees */
export async function freeTrees(dir: string): Promise<readonly FreeTree[]> {
  const names = await readdir(dir).catch(() => []);
  const found: FreeTree[] = [];
  for (const name of names) {
    const own = OWN.exec(name)?.[1];
    if (own !== undefined && isGone(dir, own)) {
      const path = join(dir, own);
      found.push({ path, isUnused: true, remove: async () => rm(path, { recursive: true, force: true }).then(() => true) });
    }
    const [, slot, , owner] = TOKEN.exec(name) ?? [];
    if (slot === undefined || (owner !== undefined && !isGone(dir, owner))) continue;
    const isUnused = owner !== undefined || (await isOld(dir, slot));
    const hasOther = names.some((other) => other !== name && TOKEN.exec(other)?.[1] === slot);
    found.push({ path: join(dir, slot), isUnused, remove: () => removeSlot(dir, slot, name, hasOther) });
  }
  return found;
}

/** Of several that remove it, one gets it; a token whose tree another one has is only a token. */
async function removeSlot(dir: string, slot: string, name: string, hasOther: boolean): Promise<boolean> {
  const { id, lock } = await enter(dir);
  const token = join(dir, `${slot}.${id}`);
  const isOurs = await rename(join(dir, name), token).then(
    () => true,
    () => false,
  );
  if (isOurs && !hasOther) {
    await removeTree({ home: join(dir, slot), token, lock });
    return true;
  }
  await rm(token, { recursive: true, force: true });
  lock.release();
  return false;
}

/** Nobody holds the lock of that name. */
function isGone(dir: string, id: string): boolean {
  const attempt = attemptAt(lockOf(dir, id), false, ({ ageMs }) => ageMs > FOREIGN_STALE_MS);
  if (attempt.kind === 'held') attempt.lock.release();
  return attempt.kind === 'held';
}

async function isOld(dir: string, slot: string): Promise<boolean> {
  const kept = await stat(join(dir, slot, 'manifest.json')).catch(() => undefined);
  return kept === undefined || performance.timeOrigin + performance.now() - kept.mtimeMs > UNUSED_MS;
}
