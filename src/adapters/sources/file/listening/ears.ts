// Where the follower listens: the directories in which an event matters, and whose it is there.
import { realpathSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { look } from '../disk.ts';
import { globRoot, isGlob } from '../glob.ts';
import type { Track } from '../reading.ts';

/** A directory in which no more is followed is not listened to as long as it is busy: each write of a service would wake us for nothing. */
const FEW = 4;

/** A name whose events concern a track. */
export interface Ear {
  readonly stem: string;
  readonly track: Track;
}

/** Directories in which no name is waited for but a few that are followed, and these are the files themselves: a look at each says all. */
export function fewIn(ears: ReadonlyMap<string, readonly Ear[]>, births: ReadonlySet<string>): ReadonlySet<string> {
  const places = new Map<Track, number>();
  for (const { track } of [...ears.values()].flat()) places.set(track, (places.get(track) ?? 0) + 1);
  const isFew = (those: readonly Ear[]): boolean =>
    those.length > 0 && those.length <= FEW && those.every(({ track }) => places.get(track) === 1);
  return new Set([...ears].filter(([directory, those]) => !births.has(directory) && isFew(those)).map(([directory]) => directory));
}

/** Where files may be born that a glob finds. */
export async function birthPlaces(patterns: readonly string[]): Promise<readonly string[]> {
  const places: string[] = [];
  for (const pattern of patterns) if (await isGlob(pattern)) places.push(globRoot(pattern));
  return places;
}

/** Directories in which events matter: of each path, of what a link there points to, and where a glob's files are born (no ears). */
export async function listenFor(
  births: Iterable<string>,
  tracks: readonly Track[],
  isNear: boolean,
): Promise<ReadonlyMap<string, readonly Ear[]>> {
  const ears = new Map<string, Ear[]>();
  for (const directory of births) ears.set(directory, []);
  for (const track of tracks) {
    const path = resolve(track.source);
    for (const place of new Set([path, isNear ? lookThrough(path) : await realpath(path).catch(() => path)])) {
      const base = basename(place);
      const ear = { stem: base.slice(0, base.length - extname(base).length), track };
      ears.set(dirname(place), [...(ears.get(dirname(place)) ?? []), ear]);
    }
  }
  return ears;
}

function lookThrough(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

/** A directory that was replaced has another inode and is watched anew. Missing ones are left to the poll. */
export async function livesOf(directories: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const lives = new Map<string, string>();
  for (const directory of directories) {
    const facts = await look(directory).catch(() => undefined);
    if (facts) lives.set(directory, facts.key);
  }
  return lives;
}
