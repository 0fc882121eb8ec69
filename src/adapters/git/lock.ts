// One writer per store, across processes: a lock file that names its owner. A dead owner is detected and replaced.
// Not a general lock: it protects a cache that can be fetched again, on a local disk.
import { randomUUID } from 'node:crypto';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fail } from '../../errors.ts';
import { codeOf } from '../../platform/errno.ts';

interface Owner {
  readonly pid: number;
  readonly host: string;
  /** Kernel start time of the process, so that a reused process id is not taken for the owner. */
  readonly start: string;
  readonly nonce: string;
}

const PAUSE_MS = 50;
const WAIT_MS = 120_000;
/** A lock file that stays empty so long was left by a process that died between creating and writing it. */
const EMPTY_MS = 5_000;

/**
 * Runs `work` while holding `file`.
 * @throws AiOpsError `store-locked` when a live process holds it for two minutes; `interrupted`
 */
export async function withLock<T>(file: string, remote: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  const own: Owner = { pid: process.pid, host: hostname(), start: (await startOf(process.pid)) ?? '', nonce: randomUUID() };
  for (let waited = 0; !(await take(file, own)); waited += PAUSE_MS) {
    if (signal?.aborted) throw fail('interrupted');
    const holder = await readOwner(file);
    if (holder !== undefined && (await isDead(holder))) await removeIf(file, holder);
    else if (waited >= WAIT_MS) throw fail('store-locked', { remote, pid: holder?.pid ?? '?', lock: file });
    else await sleep(PAUSE_MS);
  }
  try {
    return await work();
  } finally {
    await removeIf(file, own);
  }
}

async function take(file: string, own: Owner): Promise<boolean> {
  try {
    await writeFile(file, JSON.stringify(own), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function readOwner(file: string): Promise<Owner | undefined> {
  try {
    const owner: unknown = JSON.parse(await readFile(file, 'utf8'));
    return isOwner(owner) ? owner : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    const age = performance.timeOrigin + performance.now() - mtimeMs;
    return age > EMPTY_MS ? { pid: -1, host: hostname(), start: '', nonce: '' } : undefined;
  }
}

async function isDead(owner: Owner): Promise<boolean> {
  // Another machine's processes cannot be asked; its lock is waited for.
  if (owner.host !== hostname()) return false;
  if (owner.pid < 0) return true;
  const start = await startOf(owner.pid);
  if (start !== undefined) return owner.start !== '' && start !== owner.start;
  try {
    process.kill(owner.pid, 0);
    return false;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}

/** Field 22 of `/proc/<pid>/stat`; `undefined` without such a process, or without `/proc`. */
async function startOf(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => undefined);
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')[19];
}

/** Asks again just before removing, so that a lock taken over by another is not removed. */
async function removeIf(file: string, owner: Owner): Promise<void> {
  const now = await readOwner(file);
  if (now?.nonce === owner.nonce && now.pid === owner.pid) await rm(file, { force: true });
}

function isOwner(value: unknown): value is Owner {
  return typeof value === 'object' && value !== null && 'pid' in value && 'nonce' in value && typeof value.pid === 'number';
}
