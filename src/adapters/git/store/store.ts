// One store and its care: filled under a lock, asked for what is missing, and fetched anew, once, when it is damaged.
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AiOpsError, fail } from '../../../errors.ts';
import { messageOf } from '../../../platform/errno.ts';
import type { Busy, Lock } from '../../../platform/lock.ts';
import { acquire } from '../../../platform/lock-wait.ts';
import type { Base } from '../../../ports.ts';
import { type Objects, openObjects } from '../objects/objects.ts';
import { sweepIntake } from '../objects/pack-intake.ts';
import { readCommit, readTree } from '../objects/snapshot.ts';
import type { Filling, Origin } from './origin.ts';
import { markUsed, removeUnused } from './store-care.ts';

/** What is done with one store. */
export interface Store extends Filling {
  /** Brings contents that are not in the store; with many of them all of the commit. */
  bring(commit: string, oids: readonly string[]): Promise<void>;
  fill(signal: AbortSignal): Promise<Base>;
  /** Brings more of the past of a commit. @returns false where there is none to be had */
  deepen(commit: string, signal: AbortSignal): Promise<boolean>;
  /** Runs `work`; when the store turns out to be damaged it is fetched anew and `work` runs once more. */
  healing<T>(work: (objects: Objects) => Promise<T>): Promise<T>;
  /** The same for work on one commit. A commit that is nowhere is no damage: it must not cost the branches of other fixes. */
  at<T>(commit: string, work: (objects: Objects) => Promise<T>): Promise<T>;
}

/** A fill takes minutes at most, and most take less than a second. */
const LOCK_WAIT_MS = 120_000;

/**
 * @param home directory of this store and its lock
 * @param notice told, in words for people, what is waited for
 */
export function createStore(home: string, origin: Origin, notice: (text: string) => void): Store {
  const dir = join(home, 'store.git');
  // Reads have no signal of their own: what they fetch ends with the work that the store was last filled for.
  let current = new AbortController().signal;
  let isSwept = false;
  const open = (): Objects => {
    const { bringBlobs } = origin;
    return openObjects(dir, origin.shown, bringBlobs && ((oids) => bringBlobs(filling, oids, current)));
  };
  const reopen = (): void => {
    objects.close();
    objects = open();
  };
  const recreate = async (): Promise<void> => {
    await rm(dir, { recursive: true, force: true });
    reopen();
    await objects.init(origin.fetchUrl);
  };
  const filling: Filling = { objects: () => objects, recreate, reopen };
  let objects = open();
  const once = async (signal: AbortSignal): Promise<Base> => {
    if ((await stat(join(dir, 'HEAD')).catch(() => undefined)) === undefined) await recreate();
    await sweepIntake(join(dir, 'objects'));
    const base = await origin.fill(filling, signal);
    await checkReadable(objects, origin.shown, base.commit);
    return base;
  };
  const fill = async (signal: AbortSignal, fresh: boolean): Promise<Base> => {
    current = signal;
    await makeHome(home);
    await markUsed(home);
    if (!isSwept) await removeUnused(join(home, '..'));
    isSwept = true;
    const lock = await takeLock(home, origin.shown, signal, notice);
    try {
      if (fresh) await recreate();
      return await twice(() => once(signal), recreate);
    } finally {
      lock.release();
    }
  };
  const healing = <T>(work: (objects: Objects) => Promise<T>): Promise<T> =>
    twice(
      () => readable(origin.shown, () => work(objects)),
      async () => {
        await fill(new AbortController().signal, true);
      },
    );
  return {
    ...filling,
    fill: (signal) => fill(signal, false),
    deepen: async (commit, signal) => {
      if (origin.deepen === undefined) return false;
      const lock = await takeLock(home, origin.shown, signal, notice);
      try {
        await origin.deepen(filling, commit, signal);
        return true;
      } finally {
        lock.release();
      }
    },
    healing,
    bring: async (commit, oids) => {
      const lacking = await objects.lacking(oids);
      if (lacking.length > 0) await origin.bringBlobs?.(filling, lacking, current, commit);
    },
    at: async (commit, work) => {
      const holds = (): Promise<boolean> => healing((now) => now.has(commit));
      if (!(await holds())) {
        await fill(new AbortController().signal, false);
        // The base of a repair that goes on may be older than what a fresh store holds.
        if (!(await holds())) await bringCommit(filling, origin, commit);
        if (!(await holds())) throw fail('store-damaged', { remote: origin.shown, detail: `commit ${commit} is not in it` });
      }
      return healing(work);
    },
  };
}

/** A server that does not know the commit says so in many ways; that it is still not there is what counts. */
async function bringCommit(store: Filling, origin: Origin, commit: string): Promise<void> {
  try {
    await origin.bringCommit?.(store, commit, new AbortController().signal);
  } catch (error) {
    if (!(error instanceof AiOpsError) || error.code !== 'git-not-found') throw error;
  }
}

async function twice<T>(work: () => Promise<T>, mend: () => Promise<void>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AiOpsError) || error.code !== 'store-damaged') throw error;
    await mend();
    return work();
  }
}

/** A malformed object that our own parsers refuse is damage of the store too. */
async function readable<T>(remote: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AiOpsError) throw error;
    throw fail('store-damaged', { remote, detail: messageOf(error) }, error);
  }
}

async function checkReadable(objects: Objects, remote: string, commit: string): Promise<void> {
  await readable(remote, async () => readTree(objects, (await readCommit(objects, commit)).tree));
}

async function makeHome(home: string): Promise<void> {
  try {
    await mkdir(home, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw fail('state-unwritable', { dir: home, detail: messageOf(error) }, error);
  }
}

/** @throws AiOpsError `store-locked` when a living process has the store for two minutes; `interrupted`, `state-unwritable` */
async function takeLock(home: string, remote: string, signal: AbortSignal, notice: (text: string) => void): Promise<Lock> {
  const path = join(home, 'lock');
  const onWait = ({ pid, elsewhere }: Busy): void => {
    const what = `waiting for process ${pid}${elsewhere === undefined ? '' : ` on ${elsewhere}`}, which has our copy of ${remote}`;
    notice(elsewhere === undefined ? what : `${what}; without a sign of life it is taken over after 30 s`);
  };
  try {
    const attempt = await acquire(path, { waitMs: LOCK_WAIT_MS, lasting: true, signal, onWait });
    if (attempt.kind === 'held') return attempt.lock;
    const { pid, elsewhere } = attempt;
    throw fail('store-locked', { remote, pid: elsewhere === undefined ? pid : `${pid} on ${elsewhere}`, lock: path });
  } catch (error) {
    if (error instanceof AiOpsError) throw error;
    throw fail('state-unwritable', { dir: home, detail: messageOf(error) }, error);
  }
}
