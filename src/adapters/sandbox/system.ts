// What of the machine exists in a sandbox: programs, libraries and settings as every user of it may read them. Everything
// else (homes, data of services, their sockets, the application itself) is not on the list, and so is not there.
import { accessSync, constants, lstatSync, readdirSync, readlinkSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** One place that exists inside. Applied in order: a later one lies over an earlier one. */
export type Mount =
  | { readonly kind: 'read' | 'write'; readonly from: string; readonly at: string }
  /** Empty, in memory, gone with the sandbox. */
  | { readonly kind: 'empty'; readonly at: string }
  | { readonly kind: 'link'; readonly to: string; readonly at: string }
  /** A file that is there and cannot be read. */
  | { readonly kind: 'hidden'; readonly at: string };

/** Of the file system hierarchy standard, and where other package managers keep what they install. */
const SYSTEM = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32', '/nix/store', '/gnu/store', '/var/lib/gems', '/sys'];
const SETTINGS = '/etc';
/** Directories below `SETTINGS` that are looked into for what is not everybody's. */
const DEPTH = 3;

/** The system, read-only. Looks at the disk once; the answer holds as long as the process. */
export function systemMounts(): readonly Mount[] {
  const dirs = SYSTEM.flatMap((at): readonly Mount[] => {
    const found = lstatSync(at, { throwIfNoEntry: false });
    if (found === undefined) return [];
    return [found.isSymbolicLink() ? { kind: 'link', to: readlinkSync(at), at } : { kind: 'read', from: at, at }];
  });
  return [...dirs, { kind: 'read', from: SETTINGS, at: SETTINGS }, ...settings(SETTINGS, DEPTH)];
}

/** Whether the path lies in what `systemMounts` brings. */
export function isOfSystem(path: string): boolean {
  return [...SYSTEM, SETTINGS].some((dir) => path === dir || path.startsWith(`${dir}/`));
}

/** What others may not read is hidden; a link that leads out of the system is followed where its target is everybody's. */
function settings(dir: string, depth: number): readonly Mount[] {
  return namesIn(dir).flatMap((name): readonly Mount[] => {
    const at = join(dir, name);
    const found = lstatSync(at, { throwIfNoEntry: false });
    if (found === undefined) return [];
    if (found.isSymbolicLink()) return linked(at);
    if (!isEverybodys(found)) return mayRead(at) ? [found.isDirectory() ? { kind: 'empty', at } : { kind: 'hidden', at }] : [];
    return found.isDirectory() && depth > 1 ? settings(at, depth - 1) : [];
  });
}

/** A link is a path to the sandbox too: what it leads to has to be there, under that name. */
function linked(at: string): readonly Mount[] {
  try {
    const to = realpathSync.native(at);
    const named = resolve(dirname(at), readlinkSync(at));
    const found = statSync(to);
    const isShown = isEverybodys(found) && (found.isFile() || found.isDirectory()) && !isOfSystem(to) && !/^\/(?:proc|dev)\//.test(to);
    if (!isShown) return [];
    return [...new Set([to, named])].map((each) => ({ kind: 'read', from: to, at: each }));
  } catch {
    return []; // it leads nowhere
  }
}

const isEverybodys = (stats: Stats): boolean => (stats.isDirectory() ? (stats.mode & 0o005) === 0o005 : (stats.mode & 0o004) !== 0);

function mayRead(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

export function namesIn(dir: string): readonly string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}
