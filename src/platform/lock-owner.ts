// Who holds a lock or a repair: one life of one process, not just a number that is soon used again.
// Linux tells it exactly through /proc; elsewhere the process id alone must do.
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { codeOf } from './errno.ts';

/** One life of one process. JSON in lock files and in the column `traces.owner`. */
export interface Owner {
  readonly pid: number;
  /** Clock ticks between boot and the start of the process; `null` without /proc. */
  readonly start: string | null;
  /** Tells one boot from the next; `null` without /proc. */
  readonly boot: string | null;
  /** Host and pid namespace: elsewhere the same pid means another process, or none. */
  readonly place: string;
  /** Tells holders in one process apart. */
  readonly token: string;
}

export type Life = 'alive' | 'dead' | 'unknown';

/** This process as an owner. */
export function thisProcess(token: string): Owner {
  return {
    pid: process.pid,
    start: statOf(process.pid)?.start ?? null,
    boot: bootId(),
    place: place(),
    token,
  };
}

/** @returns `unknown` where the owner lives on another host or in another pid namespace */
export function lifeOf(owner: Owner): Life {
  if (owner.place !== place()) return 'unknown';
  if (owner.boot !== bootId()) return 'dead';
  if (owner.start === null) return answersSignal(owner.pid) ? 'alive' : 'dead';
  const stat = statOf(owner.pid);
  // A process that was killed but not yet waited for by its parent is a zombie: it holds nothing any more.
  return stat === undefined || stat.start !== owner.start || stat.state === 'Z' || stat.state === 'X' ? 'dead' : 'alive';
}

/** @returns `undefined` when the text is not an owner (a half-written or foreign file) */
export function parseOwner(text: string): Owner | undefined {
  try {
    const owner = JSON.parse(text) as Partial<Owner> | null;
    return typeof owner?.pid === 'number' && typeof owner.token === 'string' ? (owner as Owner) : undefined;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

/** `/proc/PID/stat`, proc(5): fields 3 (state) and 22 (start), counted after the name, which may hold anything but ends with the last `)`. */
function statOf(pid: number): { readonly state: string; readonly start: string } | undefined {
  const text = readProc(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', start: fields[19] ?? '' };
}

function bootId(): string | null {
  return readProc('/proc/sys/kernel/random/boot_id')?.trim() ?? null;
}

function place(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname(); // no /proc: macOS, Windows
  }
}

function readProc(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined; // no such process, or no /proc at all
  }
}

function answersSignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return codeOf(cause) === 'EPERM';
  }
}
