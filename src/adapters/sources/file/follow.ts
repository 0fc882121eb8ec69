// The loop that follows files for ever: woken by the notifier or by the poll, it looks at the paths concerned,
// gives every file its turn, and tells the sink what is quiet.
import { resolve } from 'node:path';
import { type AiOpsError, fail } from '../../../errors.ts';
import type { FollowOptions } from '../../../ports.ts';
import { createTrack } from './followed-path.ts';
import { expand, hasDirectories, isGlob } from './glob.ts';
import { createBelieving, createNotifier, whichAreFar } from './listening/change-events.ts';
import { birthPlaces, type Ear, fewIn, listenFor, livesOf } from './listening/ears.ts';
import type { Attempt } from './problems.ts';
import type { Reading, Track } from './reading.ts';
import { createResumption } from './resume.ts';

export interface Pace {
  readonly pollMs: number;
  readonly notify: boolean;
}

/** What changes within so long is read together, so that a busy writer is read in blocks rather than in lines. */
const TOGETHER_MS = 65;
/** What comes after a pause is read after so long. */
const BREATH_MS = 5;
/** Where the system tells of changes, what is quiet is looked at this often all the same. */
const SAFETY_MS = 1000;
/** The same for names that a glob matches (in directories that are not listened to, more often), and for what links point to. */
const GLOBS_MS = 10_000;
const UNHEARD_MS = 2000;
const LINKS_MS = 60_000;

const NEVER = Number.NEGATIVE_INFINITY;

/** A log that a glob finds later may have been rotated already; what lay beside it for longer is not ours to read. */
const YOUNG_MS = 5000;

const asleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Signals and timers. */
const othersTurn = (): Promise<void> => new Promise((done) => setImmediate(done));

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
  const believing = createBelieving();
  const at = { poll: NEVER, safety: NEVER, discovery: NEVER, listening: NEVER, read: NEVER };
  /** Names have come or gone: among those that globs may match, and of what is followed. */
  let rang = { globs: false, names: false };
  let isBegun = false;
  let isDeep = false;
  /** Nobody tells of their changes: their directories are missing, elsewhere, or too many to be watched. */
  let isDeaf = true;
  let unheard: ReadonlySet<Track> = new Set();
  /** Directories from which something was heard since they were last not listened to, and those that need not be listened to meanwhile. */
  const heardFrom = new Set<string>();
  let few: ReadonlySet<string> = new Set();
  /** Directories that are not listened to, each with how far what is followed there had been read before the last look. */
  const unlistened = new Map<string, string>();
  let named = '';
  const toLook = new Set<Track>();
  const toRead = new Set<Track>();

  const notifier = notify
    ? createNotifier((place, name, isName) => {
        const concerned = (ears.get(place) ?? []).filter(({ stem }) => name === null || name.startsWith(stem));
        for (const { track } of concerned) {
          toLook.add(track);
          believing.told(track);
        }
        const isGlobs = concerned.length === 0 && isName && ears.get(place)?.length === 0;
        rang = { globs: rang.globs || isGlobs, names: rang.names || (isName && concerned.length > 0) };
        heardFrom.add(place);
        if (isGlobs || concerned.length > 0) bell.ring();
      })
    : undefined;

  const discover = async (remembered: readonly string[]): Promise<void> => {
    const { paths, unmatched } = await expand(patterns, { remembered, isKnown: (path) => tracks.has(path) });
    for (const path of paths)
      if (!tracks.has(path)) tracks.set(path, createTrack(path, reading, ...(isBegun ? [Date.now() - YOUNG_MS] : [])));
    isBegun = true;
    for (const pattern of patterns) {
      if (!(await isGlob(pattern))) continue;
      isDeep ||= hasDirectories(pattern);
      tell(pattern, unmatched.includes(pattern) ? fail('log-not-found', { source: pattern }) : undefined);
    }
    for (const [source, track] of tracks) if (track.isEmpty && !paths.includes(source)) forget(source, track);
  };

  /** Where events are heard from: that changes with the names, and with where links point to. */
  const listen = async (): Promise<void> => {
    const names = [...tracks.keys()].join('\0');
    const isSame = names === named && !rang.names && !isDeaf;
    if (isSame && reading.now() - at.listening < LINKS_MS) return;
    named = names;
    rang = { ...rang, names: false };
    at.listening = reading.now();
    const births = new Set(await birthPlaces(patterns));
    ears = await listenFor(births, [...tracks.values()], reading.ring.isNear);
    few = fewIn(ears, births);
    const lives = await livesOf([...ears.keys()]);
    const files = [...tracks.values()].map(({ source }) => resolve(source));
    notifier?.watch(lives, files);
    const far = await whichAreFar([...lives.keys()]);
    const isHeard = (directory: string): boolean => notifier?.hears(directory) === true && !far.has(directory);
    const deaf = [...ears].filter(([directory]) => !isHeard(directory));
    isDeaf = deaf.length > 0;
    unheard = new Set(deaf.flatMap(([, those]) => those.map(({ track }) => track)));
    reading.ring.isNear = far.size === 0;
  };

  /** Looked at again and again; of the others the system tells, and a slow look makes sure. */
  const isPolled = (track: Track): boolean => unheard.has(track) || !believing.isBelieved(track) || !track.isSettled;
  const discoveryMs = (): number => {
    if (!notify) return pollMs;
    return Math.max(pollMs, isDeep || isDeaf ? UNHEARD_MS : GLOBS_MS);
  };

  /** What changes without a word may stand in another directory by now: the names are looked through again. */
  const hasChanged = (track: Track): boolean => {
    const found = believing.look(track);
    rang = { ...rang, names: rang.names || found === 'untold' };
    return found !== 'same';
  };

  /** What is to be looked at because time has gone by. */
  const poll = async (): Promise<void> => {
    const now = reading.now();
    const isDue = now - at.poll >= pollMs;
    const isSafety = now - at.safety >= SAFETY_MS;
    if (rang.globs || rang.names || now - at.discovery >= discoveryMs()) {
      rang = { ...rang, globs: false };
      at.discovery = now;
      await attempt('', async () => {
        await discover([]);
        await listen();
        return undefined;
      });
    }
    for (const track of tracks.values()) if (isPolled(track) ? isDue : isSafety && hasChanged(track)) toLook.add(track);
    if (isDue) at.poll = now;
    if (isSafety) at.safety = now;
  };

  /** When there is something to do without anybody telling. */
  const due = (): number => {
    let least = Math.min(at.safety + SAFETY_MS, at.discovery + discoveryMs());
    for (const track of tracks.values()) {
      least = Math.min(least, track.idleDue);
      if (isPolled(track)) least = Math.min(least, at.poll + pollMs);
    }
    return least;
  };

  /** Until something is due or told, and a little longer where something was: what comes with it is read with it. */
  const rest = async (since: number): Promise<void> => {
    // What a quiet directory said before it is listened to again is looked for first.
    if (listenToQuiet()) return;
    const isBusy = unlistened.size > 0;
    const hasRung = isBusy || (await bell.wait(Math.max(1, Math.ceil(due() - reading.now()))));
    const isPause = !isBusy && reading.now() - at.read >= TOGETHER_MS;
    const ms = isPause ? BREATH_MS : Math.max(BREATH_MS, TOGETHER_MS - (reading.now() - since));
    if (hasRung && !signal.aborted) await (isBusy || ms > TOGETHER_MS / 2 ? deafRest(ms) : asleep(ms));
    // What was only due by time does not make the next line one that follows another.
    if (hasRung) at.read = reading.now();
  };

  /** All that a look at the followed files would find is looked for afterwards, so nothing is missed. */
  const deafRest = async (ms: number): Promise<void> => {
    for (const directory of heardFrom) {
      if (!few.has(directory)) continue;
      notifier?.pause(directory);
      unlistened.set(directory, '');
    }
    heardFrom.clear();
    await asleep(ms);
    for (const directory of unlistened.keys()) {
      unlistened.set(directory, readUpTo(directory));
      lookAround(directory);
    }
  };

  /** Where the last look found nothing more. @returns whether there is any */
  const listenToQuiet = (): boolean => {
    const quiet = [...unlistened].filter(([directory, before]) => !few.has(directory) || readUpTo(directory) === before);
    for (const [directory] of quiet) {
      unlistened.delete(directory);
      notifier?.resume(directory);
      lookAround(directory);
    }
    return quiet.length > 0;
  };

  const readUpTo = (directory: string): string => (ears.get(directory) ?? []).map(({ track }) => track.offset).join();

  /** What is found there is as good as told. */
  const lookAround = (directory: string): void => {
    for (const { track } of ears.get(directory) ?? []) {
      toLook.add(track);
      believing.told(track);
    }
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
    await listen();
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
      if (toRead.size === 0) await rest(begun);
      // What is near is read without waiting: signals and timers have their turn here.
      else await othersTurn();
    }
  } finally {
    notifier?.close();
  }
}

/** Once per change of state. */
function createTeller({ sink }: Reading): (source: string, problem: AiOpsError | undefined) => void {
  const told = new Map<string, string>();
  return (source, problem) => {
    if (problem && told.get(source) !== problem.message) sink.trouble(source, wordsOf(problem));
    if (problem) told.set(source, problem.message);
    else told.delete(source);
  };
}

/** A directory becomes no log by waiting: its hint says what to name. */
const wordsOf = ({ code, message, hint }: AiOpsError): string => (code === 'log-is-directory' ? `${message}; ${hint}` : message);

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
  /** Resolves after `ms`, at once where it has rung since the last wait, or when the signal aborts. @returns whether it has rung */
  wait(ms: number): Promise<boolean>;
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
      const hasRung = rung;
      rung = false;
      return hasRung;
    },
  };
}
