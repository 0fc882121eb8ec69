// Who holds a lock or a repair: one life of one process, not just a number that is soon used again.
// Linux tells it exactly through /proc; elsewhere the process id alone must do. Says nothing about time: what to make of
// an owner that cannot be asked is for whoever asks.
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { codeOf } from './errno.ts';

/** One life of one process. JSON in lock files and in the column `traces.owner`. */
export interface Owner {
  readonly pid: number;
  /** Clock ticks between boot and the start of the process; `null` without a /proc of our own process namespace. */
  readonly start: string | null;
  /** Tells one boot of one kernel from every other; `null` without /proc. */
  readonly boot: string | null;
  /** Host and pid namespace: elsewhere the same pid means another process, or none. */
  readonly place: string;
  /** Tells holders in one process apart. */
  readonly token: string;
}

export type Life = 'alive' | 'dead' | 'unknown';

/** What does not change while this process lives: a ledger takes its lock every second. */
const start = once(() => statOf(process.pid)?.start ?? null);
const bootId = once(() => readProc('/proc/sys/kernel/random/boot_id')?.trim() ?? null);
const place = once(() => {
  const namespace = readLink('/proc/self/ns/pid');
  return namespace === undefined ? hostname() : `${hostname()} ${namespace}`;
});

/** This process as an owner. */
export const thisProcess = (token: string): Owner => ({ pid: process.pid, start: start(), boot: bootId(), place: place(), token });

/**
 * @returns `unknown` where the owner lives in another pid namespace or under another kernel. An owner of this place
 *   before its last boot is `dead`; see `isOfThisBoot` for who must not be wrong about two machines of one name
 */
export function lifeOf(owner: Owner): Life {
  const boot = bootId();
  const isSameKernel = boot !== null && owner.boot === boot;
  if (isSameKernel ? namespaceOf(owner.place) !== namespaceOf(place()) : owner.place !== place()) return 'unknown';
  if (owner.boot !== boot) return 'dead';
  const stat = owner.start === null ? undefined : statOf(owner.pid);
  // Without /proc, or where it hides the processes of others.
  if (stat === undefined) return answersSignal(owner.pid) ? 'alive' : 'dead';
  // A process that was killed but not yet waited for by its parent is a zombie: it holds nothing any more.
  return stat.start !== owner.start || stat.state === 'Z' || stat.state === 'X' ? 'dead' : 'alive';
}

/** An owner of another boot may be of this machine before it was started anew, or of another machine of the same name. */
export function isOfThisBoot(owner: Owner): boolean {
  return owner.boot === bootId();
}

/** For people. */
export function hostOf(owner: Owner): string {
  return owner.place.split(' ', 1)[0] ?? '';
}

/** Becomes part of a file's name. */
const TOKEN = /^[\w-]{1,64}$/;

/** @returns `undefined` when the text is not an owner (a half-written or foreign file) */
export function parseOwner(text: string): Owner | undefined {
  try {
    const owner = JSON.parse(text) as Partial<Owner> | null;
    return typeof owner?.pid === 'number' && TOKEN.test(String(owner.token)) ? (owner as Owner) : undefined;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

/** `/proc/PID/stat`, proc(5): fields 3 (state) and 22 (start), counted after the name, which may hold anything but ends with the last `)`. */
function statOf(pid: number): { readonly state: string; readonly start: string } | undefined {
  const text = isProcOurs() ? readProc(`/proc/${pid}/stat`) : undefined;
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', start: fields[19] ?? '' };
}

/** In a new pid namespace that kept the old /proc, its numbers are of other processes. */
function isProcOurs(): boolean {
  return readLink('/proc/self') === String(process.pid);
}

/** Containers of one machine may share a pid namespace under several host names. */
function namespaceOf(where: string): string | undefined {
  return where.split(' ')[1];
}

function once<T>(find: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: find() };
    return known.value;
  };
}

function readProc(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined; // no such process, or no /proc at all
  }
}

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined; // no /proc: macOS, Windows
  }
}

/** Numbers up to 0 would ask a whole group. */
function answersSignal(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return codeOf(cause) === 'EPERM';
  }
}
