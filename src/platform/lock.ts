// A lock file between processes, also of other hosts and containers that share its disk: made by link(), which succeeds
// for one only, and free at once when its owner was killed here, 30 s after its last sign of life when it was elsewhere.
// Looks once; `lock-wait.ts` waits. Needs a disk with link() and atomic rename().
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { codeOf } from './errno.ts';
import { hostOf, isOfThisBoot, lifeOf, type Owner, parseOwner, thisProcess } from './lock-owner.ts';

export interface Lock {
  /** Gives the lock back. Safe to call twice. */
  release(): void;
}

export interface Busy {
  readonly kind: 'busy';
  /** 0 when the holder went away in this very moment. */
  readonly pid: number;
  /** Where the process is, when it cannot be asked from here: another host, container or boot. */
  readonly elsewhere?: string;
}

export type Attempt = { readonly kind: 'held'; readonly lock: Lock } | Busy;

/** An owner that cannot be asked is taken for dead when it has not touched its lock for so long. */
export const FOREIGN_STALE_MS = 30_000;
export const TOUCH_MS = 5_000;
/** Nobody tries for so long. */
const LEFT_MS = 60_000;

/**
 * Tries to take the lock at `path`, once.
 * @param lasting held for more than a moment: the file is touched now and then, so that others see life
 * @throws the errors of the file system (`EACCES`, `ENOTDIR`, …)
 */
export function tryLock(path: string, lasting = false): Attempt {
  return attemptAt(path, lasting, ({ ageMs }) => ageMs > FOREIGN_STALE_MS);
}

/** A lock whose owner cannot be asked. */
export interface Foreign {
  readonly owner: Owner;
  /** Time of its last touch. */
  readonly touchedMs: number;
  /** By the clock of the file system, which all who share it have in common. */
  readonly ageMs: number;
}

export type Judge = (foreign: Foreign) => boolean;

/** As `tryLock`, with the caller's word on whether a lock that cannot be asked about is left by a dead owner. */
export function attemptAt(path: string, lasting: boolean, isStale: Judge): Attempt {
  const seen = look(path);
  if (seen !== undefined && lifeIn(seen.owner) === 'alive') return busy(seen.owner);
  const draft = createDraft(path);
  try {
    if (isLinked(draft.path, path)) return { kind: 'held', lock: held(path, draft, lasting) };
    const found = look(path);
    // Gone in this very moment: the next attempt gets it.
    if (found === undefined) return { kind: 'busy', pid: 0 };
    const { owner, touchedMs } = found;
    const life = lifeIn(owner);
    const isDead = life === 'dead' || (life === 'unknown' && isStale({ owner, touchedMs, ageMs: draft.madeMs - touchedMs }));
    return isDead ? takeOver(path, owner, draft, lasting) : busy(owner);
  } finally {
    draft.close();
    unlinkIfThere(draft.path);
  }
}

/**
 * Replaces the lock of a dead owner. Two who see the same corpse must not both do so, and neither may remove the fresh
 * lock of the other: so the right to replace this very owner is itself a lock, named after its token. Only its holder
 * renames over `path`, after looking once more.
 */
function takeOver(path: string, dead: Owner, draft: Draft, lasting: boolean): Attempt {
  const right = tryLock(`${path}.${dead.token}`);
  if (right.kind === 'busy') return { ...busy(dead), pid: right.pid };
  try {
    if (look(path)?.owner.token !== dead.token) return { kind: 'busy', pid: 0 };
    renameSync(draft.path, path);
    sweep(path, draft.madeMs);
    return { kind: 'held', lock: held(path, draft, lasting) };
  } finally {
    right.lock.release();
  }
}

function held(path: string, draft: Draft, lasting: boolean): Lock {
  const stop = lasting ? draft.keepTouching() : () => undefined;
  let isHeld = true;
  return {
    release() {
      if (!isHeld) return;
      isHeld = false;
      stop();
      // Who slept for half a minute may have been taken for dead, and another be at work.
      if (look(path)?.owner.token === draft.token) unlinkIfThere(path);
    },
  };
}

/** What `path` is linked to: whole before anybody sees it. */
interface Draft {
  readonly path: string;
  readonly token: string;
  /** Time of the file system. */
  readonly madeMs: number;
  /** @returns what ends it */
  keepTouching(): () => void;
  close(): void;
}

function createDraft(path: string): Draft {
  const mine = thisProcess(randomBytes(8).toString('hex'));
  const draft = `${path}.${mine.token}.tmp`;
  const text = JSON.stringify(mine);
  const descriptor = openSync(draft, 'wx', 0o600);
  // By the descriptor, so that it is never another's lock that is touched; by writing, so that it is the file system's clock.
  const touch = (): void => void writeSync(descriptor, text, 0);
  let isKept = false;
  try {
    touch();
    const madeMs = fstatSync(descriptor).mtimeMs;
    return {
      path: draft,
      token: mine.token,
      madeMs,
      keepTouching: () => {
        isKept = true;
        // A touch that fails is missed; the next one may not.
        const touching = setInterval(() => unlessRefused(touch), TOUCH_MS).unref();
        return () => {
          clearInterval(touching);
          closeSync(descriptor);
        };
      },
      close: () => {
        if (!isKept) closeSync(descriptor);
      },
    };
  } catch (cause) {
    closeSync(descriptor);
    unlinkIfThere(draft);
    throw cause;
  }
}

function lifeIn(owner: Owner): ReturnType<typeof lifeOf> {
  const life = lifeOf(owner);
  return life === 'dead' && !isOfThisBoot(owner) ? 'unknown' : life;
}

function busy(owner: Owner): Busy {
  return { kind: 'busy', pid: owner.pid, ...(lifeIn(owner) === 'unknown' ? { elsewhere: hostOf(owner) } : {}) };
}

/** A pipe in its place is nobody's. */
const UNWAITED = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Who has the lock, and the time of its last touch. By one descriptor: some network file systems look anew when a file is opened. */
function look(path: string): { readonly owner: Owner; readonly touchedMs: number } | undefined {
  const descriptor = attempt('ENOENT', () => openSync(path, UNWAITED));
  if (descriptor === undefined) return undefined;
  try {
    return { owner: ownerIn(readFileSync(descriptor, 'utf8')), touchedMs: fstatSync(descriptor).mtimeMs };
  } finally {
    closeSync(descriptor);
  }
}

/** What is not an owner (a power cut left it empty) counts as a dead one. */
function ownerIn(text: string): Owner {
  return parseOwner(text) ?? { ...thisProcess('unreadable'), pid: 0, start: 'never' };
}

/** Removes what those have left beside the lock who were killed while they tried. */
function sweep(path: string, nowMs: number): void {
  for (const name of readdirSync(dirname(path))) {
    if (!name.startsWith(`${basename(path)}.`) || !/\.[0-9a-f]{16}(\.tmp)?$/.test(name)) continue;
    const left = join(dirname(path), name);
    const { mtimeMs } = statSync(left, { throwIfNoEntry: false }) ?? { mtimeMs: nowMs };
    if (nowMs - mtimeMs > LEFT_MS) unlinkIfThere(left);
  }
}

function isLinked(from: string, to: string): boolean {
  const made = attempt('EEXIST', () => {
    linkSync(from, to);
    return true;
  });
  return made === true;
}

function unlinkIfThere(path: string): void {
  attempt('ENOENT', () => unlinkSync(path));
}

function unlessRefused(work: () => void): void {
  try {
    work();
  } catch (cause) {
    if (codeOf(cause) === '') throw cause;
  }
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
