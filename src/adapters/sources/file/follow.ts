// The loop that follows files for ever: woken by the notifier or by the poll, it looks at the paths concerned,
// gives every file its turn, and tells the sink what is quiet.
import { statSync } from 'node:fs';
import { realpath, statfs } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { type AiOpsError, fail } from '../../../errors.ts';
import type { FollowOptions } from '../../../ports.ts';
import { createNotifier } from './change-events.ts';
import { look } from './disk.ts';
import { createTrack } from './followed-path.ts';
import { expand, globRoot, isGlob } from './glob.ts';
import type { Attempt } from './problems.ts';
import type { Reading, Track } from './reading.ts';
import { createResumption } from './resume.ts';

export interface Pace {
  readonly pollMs: number;
  readonly notify: boolean;
}

/** What changes within so long is read together, so that a busy writer is read in blocks rather than in lines. */
const TOGETHER_MS = 50;
/** What comes after a pause is read after so long. */
const BREATH_MS = 5;
/**
 * Where the system tells of changes, everything is looked at this often all the same, new files of globs are looked for so often,
 * and what a link points to.
 */
const SAFETY_MS = 1000;
const GLOBS_MS = 2000;
const NAMES_MS = 60_000;
/** So often a look may find what nobody told of, before the system is not believed any more. */
const MAX_UNTOLD = 3;

/** A log that a glob finds later may have been rotated already; what lay beside it for longer is not ours to read. */
const YOUNG_MS = 5000;

/** A name whose events concern a track. */
interface Ear {
  readonly stem: string;
  readonly track: Track;
}

export async function followFiles(
  patterns: readonly string[],
  reading: Reading,
  options: FollowOptions,
  attempt: Attempt,
  { pollMs, notify }: Pace,
): Promise<void> {
  const { signal, checkpoints } = options;
  const tracks = new Map<string, Track>();
  const bell = createBell(signal);
  const tell = createTeller(reading);
  const resumption = createResumption(reading, options, attempt);
  const unopened = new Map<Track, AiOpsError>();
  let ears: ReadonlyMap<string, readonly Ear[]> = new Map();
  const safety = createSafety();
  let polledAt = Number.NEGATIVE_INFINITY;
  let discoveredAt = Number.NEGATIVE_INFINITY;
  let namedAt = Number.NEGATIVE_INFINITY;
  let readAt = Number.NEGATIVE_INFINITY;
  let globsRang = false;
  let isBegun = false;
  let hasGlobs = false;
  let isTold = false;
  let named = '';
  const toLook = new Set<Track>();
  const toRead = new Set<Track>();

  const notifier = notify
    ? createNotifier((place, name) => {
        const concerned = (ears.get(place) ?? []).filter(({ stem }) => name === null || name.startsWith(stem));
        for (const { track } of concerned) {
          toLook.add(track);
          safety.told(track);
        }
        if (concerned.length === 0 && ears.get(place)?.length !== 0) return;
        globsRang ||= concerned.length === 0;
        bell.ring();
      })
    : undefined;

  const discover = async (remembered: readonly string[]): Promise<void> => {
    const { paths, unmatched } = await expand(patterns, remembered);
    for (const path of paths)
      if (!tracks.has(path)) tracks.set(path, createTrack(path, reading, ...(isBegun ? [Date.now() - YOUNG_MS] : [])));
    isBegun = true;
    for (const pattern of patterns) {
      if (!(await isGlob(pattern))) continue;
      hasGlobs = true;
      tell(pattern, unmatched.includes(pattern) ? fail('log-not-found', { source: pattern }) : undefined);
    }
    for (const [source, track] of tracks) if (track.isEmpty && !paths.includes(source)) forget(source, track);
    const names = [...tracks.keys()].join('\0');
    if (names === named && reading.now() - namedAt < NAMES_MS && allSettled()) return;
    [named, namedAt] = [names, reading.now()];
    ears = await listenFor(patterns, [...tracks.values()]);
    const directories = await livesOf([...ears.keys()]);
    notifier?.watch(
      directories,
      [...tracks.values()].map(({ source }) => resolve(source)),
    );
    isTold = notifier?.isComplete === true && directories.size === ears.size && !(await someRemote([...directories.keys()]));
  };

  const allSettled = (): boolean => [...tracks.values()].every((track) => track.isSettled);
  /** The system tells of what changes: only a slow look makes sure. */
  const isBelieved = (): boolean => isTold && !safety.isUntold && allSettled();

  /** What is to be looked at because time has gone by. */
  const poll = async (): Promise<void> => {
    const now = reading.now();
    const pace = isBelieved() ? SAFETY_MS : pollMs;
    if (!globsRang && now - polledAt < pace) return;
    const isSlow = pace === SAFETY_MS && now - polledAt >= pace;
    polledAt = now;
    if (globsRang || now - discoveredAt >= (isBelieved() ? (hasGlobs ? GLOBS_MS : NAMES_MS) : pollMs)) {
      globsRang = false;
      discoveredAt = now;
      await attempt('', async () => void (await discover([])));
    }
    for (const track of tracks.values()) if (!isSlow || safety.hasChanged(track)) toLook.add(track);
  };

  /** Also from the sets: what waits there for its turn keeps the loop from resting. */
  const forget = (source: string, track: Track): void => {
    tracks.delete(source);
    unopened.delete(track);
    toLook.delete(track);
    toRead.delete(track);
  };

  const glance = async (track: Track): Promise<AiOpsError | undefined> => {
    if (unopened.delete(track)) for (const [again, problem] of await resumption.begin([track])) unopened.set(again, problem);
    return unopened.get(track) ?? attempt(track.source, () => track.look());
  };

  const serve = async (track: Track): Promise<void> => {
    const looks = toLook.delete(track);
    toRead.delete(track);
    const found = looks ? await glance(track) : undefined;
    // Whatever is wrong with the path, the generations that were there before it are read on.
    const read = await attempt(track.source, async () => {
      if (await track.turn()) toRead.add(track);
      else await track.idle();
      return undefined;
    });
    if (looks || read) tell(track.source, found ?? read);
  };

  try {
    await discover(checkpoints.map(({ position }) => position.source));
    for (const [track, problem] of await resumption.begin([...tracks.values()])) unopened.set(track, problem);
    for (const track of tracks.values()) tell(track.source, await glance(track));
    reading.sink.ready([...tracks.values(), ...(await silentGlobs(patterns, tracks))].map(({ source, offset }) => ({ source, offset })));
    while (!signal.aborted) {
      await poll();
      const begun = reading.now();
      for (const track of tracks.values()) {
        if (signal.aborted) return;
        if (toLook.has(track) || toRead.has(track) || track.wantsIdle) await serve(track);
      }
      if (toRead.size > 0) continue;
      const due = [...tracks.values()].reduce(
        (least, track) => Math.min(least, track.idleDue),
        polledAt + (isBelieved() ? SAFETY_MS : pollMs),
      );
      await bell.wait(Math.max(1, due - reading.now()));
      const isPaused = reading.now() - readAt >= TOGETHER_MS;
      if (!signal.aborted)
        await new Promise((done) => setTimeout(done, isPaused ? BREATH_MS : Math.max(BREATH_MS, TOGETHER_MS - (reading.now() - begun))));
      readAt = reading.now();
    }
  } finally {
    notifier?.close();
  }
}

/** The slow look at everything: whether a path has changed since the look before, and whether anybody had told. */
function createSafety() {
  const seen = new Map<Track, string>();
  const told = new Set<Track>();
  let untold = 0;
  return {
    told: (track: Track): void => void told.add(track),
    /** Of a file on this machine, so that no other thread is asked. */
    hasChanged: (track: Track): boolean => {
      const facts = factsNow(track.source);
      const before = seen.get(track);
      seen.set(track, facts);
      const hasChanged = before !== facts;
      if (hasChanged && before !== undefined && !told.has(track)) untold++;
      told.delete(track);
      return hasChanged;
    },
    get isUntold() {
      return untold >= MAX_UNTOLD;
    },
  };
}

function factsNow(path: string): string {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats ? `${stats.dev}:${stats.ino}:${stats.size}:${stats.mtimeNs}` : '';
}

/** Numbers of file systems whose changes may be made elsewhere, and are not told of: NFS, SMB, 9P, FUSE, Ceph, AFS, shared folders. */
const REMOTE = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x01021997, 0x65735546, 0x00c36400, 0x5346414f, 0x786f4256]);

async function someRemote(directories: readonly string[]): Promise<boolean> {
  const types = await Promise.all(
    directories.map((directory) =>
      statfs(directory).then(
        ({ type }) => type,
        () => 0x6969,
      ),
    ),
  );
  return types.some((type) => REMOTE.has(type));
}

/** Once per change of state. */
function createTeller({ sink }: Reading): (source: string, problem: AiOpsError | undefined) => void {
  const told = new Map<string, string>();
  return (source, problem) => {
    if (problem && told.get(source) !== problem.message) sink.trouble(source, problem.message);
    if (problem) told.set(source, problem.message);
    else told.delete(source);
  };
}

/** Directories in which events matter: of each path, of what a link there points to, and where a glob's files are born (no ears). */
async function listenFor(patterns: readonly string[], tracks: readonly Track[]): Promise<ReadonlyMap<string, readonly Ear[]>> {
  const ears = new Map<string, Ear[]>();
  for (const pattern of patterns) if (await isGlob(pattern)) ears.set(globRoot(pattern), []);
  for (const track of tracks) {
    const path = resolve(track.source);
    for (const place of new Set([path, await realpath(path).catch(() => path)])) {
      const base = basename(place);
      const ear = { stem: base.slice(0, base.length - extname(base).length), track };
      ears.set(dirname(place), [...(ears.get(dirname(place)) ?? []), ear]);
    }
  }
  return ears;
}

/** A directory that was replaced has another inode and is watched anew. Missing ones are left to the poll. */
async function livesOf(directories: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const lives = new Map<string, string>();
  for (const directory of directories) {
    const facts = await look(directory).catch(() => undefined);
    if (facts) lives.set(directory, facts.key);
  }
  return lives;
}

async function silentGlobs(
  patterns: readonly string[],
  tracks: ReadonlyMap<string, Track>,
): Promise<readonly { source: string; offset: number }[]> {
  const silent: { source: string; offset: number }[] = [];
  for (const source of patterns) {
    if (!tracks.has(source) && (await expand([source])).unmatched.length > 0) silent.push({ source, offset: 0 });
  }
  return silent;
}

/** A pause that something else can cut short: the notifier's events, the end of the program. */
interface Bell {
  ring(): void;
  /** Resolves after `ms`, at once where it has rung since the last wait, or when the signal aborts. */
  wait(ms: number): Promise<void>;
}

function createBell(signal: AbortSignal): Bell {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring: () => {
      rung = true;
      wake?.();
    },
    wait: async (ms) => {
      if (!rung && !signal.aborted) {
        await new Promise<void>((done) => {
          const timer = setTimeout(done, ms);
          wake = () => {
            clearTimeout(timer);
            done();
          };
          signal.addEventListener('abort', wake, { once: true });
        });
        if (wake) signal.removeEventListener('abort', wake);
        wake = undefined;
      }
      rung = false;
    },
  };
}
