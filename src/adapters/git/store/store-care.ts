// Keeps stores small: notices when one has grown many packs or loose objects, removes what a new fetch has replaced, and
// removes stores of remotes that nobody has used for a month. Stores of local repositories hold fixes and are left alone.
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** More than that make every read slow. */
const MAX_PACKS = 50;
/** Git's own `gc.auto`; judged by one of 256 directories. */
const MAX_LOOSE = 6700;
const DAY_MS = 24 * 3600 * 1000;
/** A fix that was committed and not pushed in that time is not pushed any more. */
const KEEP_LOOSE_MS = 14 * DAY_MS;
const UNUSED_MS = 30 * DAY_MS;
const STORE = /^[0-9a-f]{64}$/;

export async function packNames(storeDir: string): Promise<string[]> {
  const names = await readdir(join(storeDir, 'objects', 'pack')).catch(() => []);
  return names.filter((name) => /^pack-[0-9a-f]+\.pack$/.test(name));
}

/** Bytes of all packs. */
export async function packSizes(storeDir: string): Promise<number> {
  const sizes = (await packNames(storeDir)).map(async (name) => (await stat(join(storeDir, 'objects', 'pack', name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

export async function isCrowded(storeDir: string): Promise<boolean> {
  if ((await packNames(storeDir)).length > MAX_PACKS) return true;
  const sample = await readdir(join(storeDir, 'objects', '17')).catch(() => []);
  return sample.length > MAX_LOOSE / 256;
}

/** Removes these packs and what is loose and older than two weeks: a new fetch holds what is needed of them. */
export async function removeOld(storeDir: string, packs: readonly string[]): Promise<void> {
  const objects = join(storeDir, 'objects');
  for (const name of packs) {
    // The index first: a pack without one is read by nobody.
    await rm(join(objects, 'pack', name.replace(/pack$/, 'idx')), { recursive: true, force: true });
    await rm(join(objects, 'pack', name), { recursive: true, force: true });
  }
  const now = performance.timeOrigin + performance.now();
  for (const fan of (await readdir(objects)).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
    for (const name of await readdir(join(objects, fan))) {
      const { mtimeMs } = await stat(join(objects, fan, name));
      if (now - mtimeMs > KEEP_LOOSE_MS) await rm(join(objects, fan, name), { recursive: true, force: true });
    }
  }
}

/** Notes that a store was used. @param home directory of one store */
export async function markUsed(home: string): Promise<void> {
  const now = (performance.timeOrigin + performance.now()) / 1000;
  const mark = join(home, 'used');
  await utimes(mark, now, now).catch(() => writeFile(mark, ''));
}

/** All stores there are. @param dir directory of all stores */
export async function storesIn(dir: string): Promise<readonly { readonly path: string; readonly holdsFixes: boolean }[]> {
  const names = (await readdir(dir).catch(() => [])).filter((name) => STORE.test(name));
  return Promise.all(names.map(async (name) => ({ path: join(dir, name), holdsFixes: await holdsFixes(join(dir, name)) })));
}

/** A fix is a branch beside the one that was fetched. Those of a remote were pushed. */
async function holdsFixes(home: string): Promise<boolean> {
  if (await isOfRemote(home)) return false;
  const store = join(home, 'store.git');
  const heads = await readdir(join(store, 'refs', 'heads'), { recursive: true, withFileTypes: true }).catch(() => []);
  const head = await readFile(join(store, 'HEAD'), 'utf8').catch(() => '');
  const isFetched = (path: string): boolean => head.trim() === `ref: refs/heads/${path}`;
  const branches = heads
    .filter((entry) => entry.isFile())
    .map((entry) => relative(join(store, 'refs', 'heads'), join(entry.parentPath, entry.name)));
  return existsSync(join(store, 'packed-refs')) || branches.some((name) => !isFetched(name.split(sep).join('/')));
}

async function isOfRemote(home: string): Promise<boolean> {
  return (await readFile(join(home, 'store.git', 'config'), 'utf8').catch(() => '')).includes('[remote "origin"]');
}

/** Removes the stores of remotes that were not used for 30 days. @param dir directory of all stores */
export async function removeUnused(dir: string): Promise<void> {
  const now = performance.timeOrigin + performance.now();
  for (const name of await readdir(dir).catch(() => [])) {
    const used = STORE.test(name) ? await stat(join(dir, name, 'used')).catch(() => undefined) : undefined;
    if (used === undefined || now - used.mtimeMs < UNUSED_MS) continue;
    if (await isOfRemote(join(dir, name))) await rm(join(dir, name), { recursive: true, force: true });
  }
}
