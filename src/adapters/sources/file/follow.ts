// The loop that follows files for ever: woken by the notifier or by the poll, it looks at the paths concerned,
// gives every file its turn, and tells the sink what is quiet.
import { realpath } from 'node:fs/promises';
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

/** Pause after everything was read, so that a busy writer is read in blocks rather than in lines. */
const BREATH_MS = 10;
/** Longest sleep: quiet generations are reported at this pace. */
const TICK_MS = 150;

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
  let polledAt = Number.NEGATIVE_INFINITY;
  let globsRang = false;
  let isBegun = false;
  const toLook = new Set<Track>();
  const toRead = new Set<Track>();

  const notifier = notify
    ? createNotifier((place, name) => {
        const concerned = (ears.get(place) ?? []).filter(({ stem }) => name === null || name.startsWith(stem));
        for (const { track } of concerned) toLook.add(track);
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
      if (await isGlob(pattern)) tell(pattern, unmatched.includes(pattern) ? fail('log-not-found', { source: pattern }) : undefined);
    }
    for (const [source, track] of tracks) if (track.isEmpty && !paths.includes(source)) forget(source, track);
    ears = await listenFor(patterns, [...tracks.values()]);
    notifier?.watch(
      await livesOf([...ears.keys()]),
      [...tracks.values()].map(({ source }) => resolve(source)),
    );
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
      const now = reading.now();
      if (globsRang || now - polledAt >= pollMs) {
        globsRang = false;
        polledAt = now;
        await attempt('', async () => void (await discover([])));
        for (const track of tracks.values()) toLook.add(track);
      }
      for (const track of tracks.values()) {
        if (signal.aborted) return;
        if (toLook.has(track) || toRead.has(track) || track.wantsIdle) await serve(track);
      }
      if (toRead.size === 0) await rest(bell, signal, Math.min(pollMs, TICK_MS));
    }
  } finally {
    notifier?.close();
  }
}

async function rest(bell: ReturnType<typeof createBell>, signal: AbortSignal, ms: number): Promise<void> {
  await bell.wait(ms);
  if (!signal.aborted) await new Promise((done) => setTimeout(done, BREATH_MS));
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
