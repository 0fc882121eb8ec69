// What a work tree held when we wrote it, and what differs now. Unchanged files are recognised by `lstat` alone
// (mode, size, times, inode); only suspects are read and hashed. Source of the idea: git's index, racy-git.txt.
import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { defined } from '../../../core/defined.ts';
import { createPace, type Pace } from '../../../platform/yield.ts';
import { isDotGit } from '../objects/names.ts';
import { objectId } from '../objects/object-id.ts';
import type { TreeFile } from '../objects/snapshot.ts';
import { toText } from '../objects/tree.ts';
import { diskName, readAt } from './disk.ts';

/** One file as it was written. */
export interface Tracked extends TreeFile {
  /** `undefined` for what was not put on disk: submodules, links that lead outside, names of git itself. */
  readonly seen?: Seen;
}

interface Seen {
  readonly executable: boolean;
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly ino: number;
}

/** Tracked files by path (latin1 bytes). */
export type Manifest = Map<string, Tracked>;

/** One difference between a manifest and the disk. */
export interface Difference {
  readonly path: string;
  /** As written; `undefined` for an untracked path. */
  readonly tracked?: Tracked;
  /** `undefined` when nothing is there now. */
  readonly now?: { readonly mode: '100644' | '100755' | '120000'; readonly stats: Stats };
}

/** A change made in the same clock tick as the writing leaves no trace in the times: such files are always hashed. */
const RACY_MS = 20;
const MAX_FILE_BYTES = 50 * 2 ** 20;

export function seen(stats: Stats): Seen {
  return { executable: isExecutable(stats), size: stats.size, mtimeMs: stats.mtimeMs, ctimeMs: stats.ctimeMs, ino: stats.ino };
}

/**
 * All differences, untracked files included, directories never.
 * @param settledMs time of the file system just after the manifest was written
 * @param skip directories that are not entered
 */
export async function differences(
  dir: string,
  manifest: Manifest,
  settledMs: number,
  skip: (path: string) => boolean,
): Promise<readonly Difference[]> {
  const found: Difference[] = [];
  const present = new Set<string>();
  const visit = (path: string, stats: Stats): Promise<void> | undefined => {
    present.add(path);
    const mode = stats.isSymbolicLink() ? '120000' : isExecutable(stats) ? '100755' : '100644';
    const tracked = manifest.get(path);
    if (tracked?.seen === undefined) {
      found.push({ path, ...defined({ tracked }), now: { mode, stats } });
      return undefined;
    }
    if (isAsSeen(tracked, tracked.seen, mode, stats, settledMs)) return undefined;
    return isChanged(dir, tracked, tracked.seen, mode, stats).then((changed) => {
      if (changed) found.push({ path, tracked, now: { mode, stats } });
    });
  };
  await walk(dir, '', skip, visit, createPace());
  for (const tracked of manifest.values()) {
    if (tracked.seen !== undefined && !present.has(tracked.path)) found.push({ path: tracked.path, tracked });
  }
  return found;
}

/** Nothing of what `lstat` tells has changed, and no change can have gone unseen. */
function isAsSeen(tracked: Tracked, old: Seen, mode: string, stats: Stats, settledMs: number): boolean {
  if ((tracked.mode === '120000') !== (mode === '120000')) return false;
  const now = seen(stats);
  const same = now.size === old.size && now.mtimeMs === old.mtimeMs && now.ctimeMs === old.ctimeMs && now.ino === old.ino;
  return same && now.executable === old.executable && old.ctimeMs < settledMs - RACY_MS;
}

async function isChanged(dir: string, tracked: Tracked, old: Seen, mode: string, stats: Stats): Promise<boolean> {
  if ((tracked.mode === '120000') !== (mode === '120000')) return true;
  if (mode !== '120000' && process.platform !== 'win32' && old.executable !== isExecutable(stats)) return true;
  if (stats.size !== old.size) return true;
  return objectId('blob', await readAt(dir, tracked.path, MAX_FILE_BYTES)) !== tracked.oid;
}

/** The disk is asked synchronously, in pieces: a promise for each of 30,000 files would cost ten times the answer. */
async function walk(
  dir: string,
  prefix: string,
  skip: (path: string) => boolean,
  visit: (path: string, stats: Stats) => Promise<void> | undefined,
  pace: Pace,
): Promise<void> {
  const at = prefix === '' ? Buffer.from(dir) : diskName(dir, prefix.slice(0, -1));
  for (const entry of readdirSync(at, { withFileTypes: true, encoding: 'buffer' })) {
    const name = entry.name.toString('latin1');
    const path = prefix + name;
    // A repository that a tool made within the work tree is not part of the change.
    if (isDotGit(toText(name) ?? name)) continue;
    if (entry.isDirectory()) {
      if (!skip(path)) await walk(dir, `${path}/`, skip, visit, pace);
    } else if (entry.isFile() || entry.isSymbolicLink()) {
      const stats = lstatSync(diskName(dir, path), { throwIfNoEntry: false });
      const visited = stats === undefined ? undefined : visit(path, stats);
      if (visited !== undefined) await visited;
    }
  }
  await pace();
}

function isExecutable(stats: Stats): boolean {
  return (stats.mode & 0o100) !== 0;
}
