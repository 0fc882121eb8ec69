// What `ai-ops clean` may remove, found on the disk: each with how much it is, why it has to stay, and how it goes.
// Nothing is removed here.
import { chmod, lstat, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoadedConfig } from '../config/load.ts';
import type { Trace } from '../core/model.ts';
import { isFollowed } from '../core/policy/lifecycle.ts';
import { openLedgerFor, openReaderFor } from '../wiring.ts';
import { clock, type Surrounded } from './surroundings.ts';

export interface Leftover {
  readonly what: 'work tree' | 'store' | 'caches' | 'demo' | 'traces';
  /** Of traces: the ledger. */
  readonly path: string;
  readonly bytes: number;
  /** Why it stays, in words; absent where it may go. */
  readonly kept?: string;
  /** @returns false where somebody has taken it meanwhile */
  remove(): Promise<boolean>;
}

type Around = Surrounded;

export async function leftovers(loaded: LoadedConfig, around: Around): Promise<readonly Leftover[]> {
  const { dir } = loaded.config.state;
  const { freeTrees } = await import('../adapters/git/worktree/tree-pool.ts');
  const trees = (await freeTrees(join(dir, 'workspaces'))).map((tree) => ({ ...tree, what: 'work tree' as const }));
  const found = [
    ...trees,
    ...(await stores(loaded, around)),
    ...(await caches(loaded, around)),
    ...(await demos()),
    ...(await oldTraces(loaded, around)),
  ];
  return Promise.all(found.map(async (one) => ({ bytes: await bytesBelow(one.path), ...one })));
}

type Found = Omit<Leftover, 'bytes'> & { readonly bytes?: number };

/** A store is read between two repairs too: while anybody works with this state directory they all stay. */
async function stores(loaded: LoadedConfig, around: Around): Promise<readonly Found[]> {
  const { dir } = loaded.config.state;
  const { storesIn } = await import('../adapters/git/store/store-care.ts');
  const isBusy = await isAtWork(loaded, around);
  return (await storesIn(join(dir, 'repos'))).map(({ path, holdsFixes }) => ({
    what: 'store' as const,
    path,
    ...(holdsFixes ? { kept: 'it holds the branches of local requests' } : isBusy ? { kept: 'an ai-ops is running' } : {}),
    remove: async () => {
      if (await isAtWork(loaded, around)) return false;
      await rm(path, { recursive: true, force: true });
      return true;
    },
  }));
}

/** What package managers have fetched and compilers have made in sandboxes. */
async function caches(loaded: LoadedConfig, around: Around): Promise<readonly Found[]> {
  const path = join(loaded.config.state.dir, 'caches');
  if (!(await lstat(path).catch(() => undefined))?.isDirectory()) return [];
  const remove = async (): Promise<boolean> => {
    if (await isAtWork(loaded, around)) return false;
    await letGo(path);
    await rm(path, { recursive: true, force: true });
    return true;
  };
  return [{ what: 'caches', path, ...((await isAtWork(loaded, around)) ? { kept: 'an ai-ops is running' } : {}), remove }];
}

/** Go keeps modules in directories that may not be written, so that nothing in them could be removed. */
async function letGo(dir: string): Promise<void> {
  await chmod(dir, 0o700);
  for (const entry of await readdir(dir, { withFileTypes: true })) if (entry.isDirectory()) await letGo(join(dir, entry.name));
}

/** Somebody watches a log, or repairs. */
async function isAtWork(loaded: LoadedConfig, around: Around): Promise<boolean> {
  const { isWatched } = await import('../adapters/ledger/watches.ts');
  if (await isWatched(loaded.config.state.dir)) return true;
  return (await traces(loaded, around)).some(({ state }) => state === 'running');
}

async function traces(loaded: LoadedConfig, around: Around, brief = true): Promise<readonly Trace[]> {
  const ledger = await openReaderFor(loaded, around);
  try {
    return await ledger.traces({ brief, allRepositories: true });
  } finally {
    await ledger.close();
  }
}

/** Of the demo and of `doctor --canary`; the youngest may be at work. */
const TEMPORARY = /^ai-ops-(?:demo|canary)-[A-Za-z0-9]{6}$/;
const LASTS_MS = 3_600_000;

async function demos(): Promise<readonly Found[]> {
  const dir = tmpdir();
  const names = (await readdir(dir).catch(() => [])).filter((name) => TEMPORARY.test(name));
  const looked = names.map(async (name): Promise<readonly Found[]> => {
    const path = join(dir, name);
    const stat = await lstat(path).catch(() => undefined);
    // Not a link, and not of somebody else who shares this machine.
    if (!stat?.isDirectory() || stat.uid !== process.getuid?.()) return [];
    const isYoung = clock().getTime() - stat.mtimeMs < LASTS_MS;
    const remove = async (): Promise<boolean> => rm(path, { recursive: true, force: true }).then(() => true);
    return [{ what: 'demo', path, ...(isYoung ? { kept: 'it is younger than an hour' } : {}), remove }];
  });
  return (await Promise.all(looked)).flat();
}

/** Older than `state.retentionDays`, of a ledger that nobody has written since; an open request keeps its trace. */
async function oldTraces(loaded: LoadedConfig, around: Around): Promise<readonly Found[]> {
  const { dir, file, retentionDays } = loaded.config.state;
  const before = new Date(clock().getTime() - retentionDays * 86_400_000).toISOString();
  const old = (await traces(loaded, around, false)).filter(
    ({ state, startedAt }) => startedAt < before && state !== 'running' && !isFollowed(state),
  );
  if (old.length === 0) return [];
  const remove = async (): Promise<boolean> => {
    const ledger = await openLedgerFor(loaded, around);
    try {
      await ledger.forgetTraces(old.map(({ trace }) => trace));
    } finally {
      await ledger.close();
    }
    return true;
  };
  const bytes = old.reduce((sum, { diff, summary, steps }) => sum + diff.length + summary.length + JSON.stringify(steps).length, 0);
  return [{ what: 'traces', path: join(dir, file), bytes, remove }];
}

/** Of all files below it; what goes away meanwhile counts nothing. */
async function bytesBelow(path: string): Promise<number> {
  const stat = await lstat(path).catch(() => undefined);
  if (!stat?.isDirectory()) return stat?.size ?? 0;
  const names = await readdir(path).catch(() => []);
  let bytes = 0;
  for (const name of names) bytes += await bytesBelow(join(path, name));
  return bytes;
}
