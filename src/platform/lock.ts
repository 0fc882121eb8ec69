// A lock file: made by link(), which succeeds for one only, and free at once when its owner was killed.
// Says who holds it; does not wait and does not queue.
import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { codeOf } from './errno.ts';
import { lifeOf, type Owner, parseOwner, thisProcess } from './lock-owner.ts';

export interface Lock {
  release(): void;
}

export type Attempt = { readonly kind: 'held'; readonly lock: Lock } | { readonly kind: 'busy'; readonly pid: number };

/** An owner on another host cannot be asked; it is taken for dead when it has not touched its lock for so long. */
const FOREIGN_STALE_MS = 30_000;
const TOUCH_MS = 5_000;

/**
 * Tries to take the lock at `path`, once.
 * @param lasting held for more than a moment: the file is touched now and then, so that other hosts see life
 * @throws the errors of the file system (`EACCES`, `ENOTDIR`, …)
 */
export function tryLock(path: string, lasting = false): Attempt {
  const mine = thisProcess(randomBytes(8).toString('hex'));
  const draft = `${path}.${mine.token}.tmp`;
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o600, flag: 'wx' });
  try {
    if (linked(draft, path)) return { kind: 'held', lock: held(path, lasting) };
    const holder = readHolder(path);
    // Gone in this very moment: the next attempt gets it.
    if (holder === undefined) return { kind: 'busy', pid: 0 };
    if (!isStale(path, holder)) return { kind: 'busy', pid: holder.pid };
    return takeOver(path, holder, draft, lasting);
  } finally {
    unlinkIfThere(draft);
  }
}

/**
 * Replaces the lock of a dead owner. Two who see the same corpse must not both do so, and neither may remove the fresh
 * lock of the other: so the right to replace this very owner is itself a lock, named after its token. Only its holder
 * renames over `path`, after looking once more.
 */
function takeOver(path: string, dead: Owner, draft: string, lasting: boolean): Attempt {
  const right = tryLock(`${path}.${dead.token}`);
  if (right.kind === 'busy') return right;
  try {
    if (readHolder(path)?.token !== dead.token) return { kind: 'busy', pid: dead.pid };
    renameSync(draft, path);
    return { kind: 'held', lock: held(path, lasting) };
  } finally {
    right.lock.release();
  }
}

function held(path: string, lasting: boolean): Lock {
  const touching = lasting ? setInterval(() => touch(path), TOUCH_MS).unref() : undefined;
  return {
    release() {
      clearInterval(touching);
      unlinkIfThere(path);
    },
  };
}

function isStale(path: string, holder: Owner): boolean {
  const life = lifeOf(holder);
  if (life !== 'unknown') return life === 'dead';
  const touched = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return touched !== undefined && Date.now() - touched > FOREIGN_STALE_MS;
}

/** An unreadable lock (a full disk left it empty) counts as one of a dead process. */
function readHolder(path: string): Owner | undefined {
  const text = attempt('ENOENT', () => readFileSync(path, 'utf8'));
  if (text === undefined) return undefined;
  return parseOwner(text) ?? { ...thisProcess('unreadable'), pid: 0, start: 'never' };
}

function linked(from: string, to: string): boolean {
  const made = attempt('EEXIST', () => {
    linkSync(from, to);
    return true;
  });
  return made === true;
}

function touch(path: string): void {
  const now = new Date();
  attempt('ENOENT', () => utimesSync(path, now, now));
}

function unlinkIfThere(path: string): void {
  attempt('ENOENT', () => unlinkSync(path));
}

/** The result, or `undefined` where the file system says `expected`. */
function attempt<T>(expected: string, work: () => T): T | undefined {
  try {
    return work();
  } catch (cause) {
    if (codeOf(cause) === expected) return undefined;
    throw cause;
  }
}
