// Says that something changed, never what, and how far that is believed: on disks of this machine, and as long as a slow look does not
// find again and again what nobody had told of. Npm `tail` chooses between `fs.watch` and polling with `fs.watchFile`.
// Its reading is cut off at the root, so it opens no file and reads no byte (doc/adr/0002-reading-by-descriptor.md).
import type { FSWatcher } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { Tail } from 'tail';
import { lookNow } from '../disk.ts';
import type { Track } from '../reading.ts';

/**
 * `name` is the file within `directory`, `null` where the system does not say.
 * @param isName a name has come, gone or moved, as far as is known
 */
export type Bell = (directory: string, name: string | null, isName: boolean) => void;

export interface Notifier {
  /** Watches exactly these directories. Called again when the set may have changed. @param files polled where a directory cannot be watched */
  watch(directories: ReadonlyMap<string, string>, files: readonly string[]): void;
  /** The system tells of changes in it. */
  hears(directory: string): boolean;
  /** Not listened to until `resume`: what happens meanwhile is not told, and wakes nobody. */
  pause(directory: string): void;
  resume(directory: string): void;
  close(): void;
}

/** The methods of `tail` 2.2.6 that take the system's events; in its types they are missing. Ours replace them. */
interface TailEvents {
  watcher?: FSWatcher;
  watchEvent(kind: string, name: string | null): void;
  watchFileEvent(): void;
}

const POLL_MS = 250;

/** @param ring called on every event, in any number */
export function createNotifier(ring: Bell): Notifier {
  const watched = new Map<string, { readonly tail: Tail; readonly life: string }>();
  const polled = new Map<string, Tail>();
  const paused = new Set<string>();

  const forget = (directory: string): void => {
    watched.get(directory)?.tail.unwatch();
    watched.delete(directory);
    paused.delete(directory);
  };

  const hear = (directory: string, life: string): void => {
    const tail = listen(directory, false, (name, isName) => ring(directory, name, isName));
    if (!tail) return;
    tail.watcher?.on('error', () => forget(directory));
    watched.set(directory, { tail, life });
  };

  return {
    watch: (directories, files) => {
      for (const [directory, { life }] of watched) if (directories.get(directory) !== life) forget(directory);
      for (const [directory, life] of directories) {
        if (!watched.has(directory)) hear(directory, life);
      }
      const unwatchable = new Set(watched.size === directories.size ? [] : files);
      for (const [file, tail] of polled) {
        if (unwatchable.delete(file)) continue;
        tail.unwatch();
        polled.delete(file);
      }
      for (const file of unwatchable) {
        const tail = listen(file, true, () => ring(file, null, true));
        if (tail) polled.set(file, tail);
      }
    },
    hears: (directory) => watched.has(directory),
    pause: (directory) => {
      if (!watched.has(directory)) return;
      watched.get(directory)?.tail.unwatch();
      paused.add(directory);
    },
    resume: (directory) => {
      const life = watched.get(directory)?.life;
      if (!paused.delete(directory) || life === undefined) return;
      watched.delete(directory);
      hear(directory, life);
      // It has gone meanwhile.
      if (!watched.has(directory)) ring(directory, null, true);
    },
    close: () => {
      for (const directory of [...watched.keys()]) forget(directory);
      for (const tail of polled.values()) tail.unwatch();
      polled.clear();
    },
  };
}

/** @returns `undefined` where it is missing or the system has no watch left: the source's own poll stands in */
function listen(
  path: string,
  useWatchFile: boolean,
  changed: (name: string | null, isName: boolean) => void,
): (Tail & TailEvents) | undefined {
  try {
    const fsWatchOptions = useWatchFile ? { interval: POLL_MS } : {};
    const tail = new Tail(path, { follow: false, useWatchFile, fsWatchOptions }) as Tail & TailEvents;
    tail.on('error', () => undefined);
    tail.watchEvent = (kind, name) => changed(name, kind !== 'change');
    tail.watchFileEvent = () => changed(null, true);
    return tail;
  } catch {
    return undefined;
  }
}

/** So many changes in a row that nobody told of, and a path is not believed to be told of any more. */
const MAX_UNTOLD = 3;

export interface Believing {
  /** Somebody has told of a change. */
  told(track: Track): void;
  isBelieved(track: Track): boolean;
  /** The slow look, of a path on this machine: whether it has changed since the look before, and whether anybody has told of that. */
  look(track: Track): 'same' | 'told' | 'untold';
}

export function createBelieving(): Believing {
  const seen = new Map<Track, string>();
  const told = new Set<Track>();
  /** Found changed by the last look, with nobody having told: the news may be on its way. */
  const suspects = new Set<Track>();
  const untold = new Map<Track, number>();
  return {
    told: (track) => {
      told.add(track);
      untold.delete(track);
    },
    isBelieved: (track) => (untold.get(track) ?? 0) < MAX_UNTOLD,
    look: (track) => {
      const facts = factsOf(track.source);
      const before = seen.get(track);
      seen.set(track, facts);
      const wasTold = told.delete(track);
      if (suspects.delete(track) && !wasTold) untold.set(track, (untold.get(track) ?? 0) + 1);
      if (before === facts) return 'same';
      if (wasTold || before === undefined) return 'told';
      suspects.add(track);
      return 'untold';
    },
  };
}

function factsOf(path: string): string {
  try {
    const facts = lookNow(path);
    return facts ? `${facts.key}:${facts.size}:${facts.mtimeMs}` : '';
  } catch {
    return '';
  }
}

/**
 * File systems of Linux whose files nobody but this machine writes: tmpfs, ramfs, overlayfs, ext2 to ext4, XFS, Btrfs, ZFS, F2FS,
 * bcachefs, JFS, ReiserFS, UBIFS. All others (NFS, SMB, 9P, FUSE, shared folders of virtual machines, cluster file systems) may change without
 * a word, and may take long to answer.
 */
const NEAR = new Set([
  0x01021994, 0x858458f6, 0x794c7630, 0xef53, 0x58465342, 0x9123683e, 0x2fc12fc1, 0xf2f52010, 0xca451a4e, 0x3153464a, 0x52654973,
  0x24051905,
]);

/** Those of these directories whose files may be changed from elsewhere. */
export async function whichAreFar(directories: readonly string[]): Promise<ReadonlySet<string>> {
  const types = await Promise.all(
    directories.map((directory) =>
      statfs(directory).then(
        ({ type }) => type,
        () => undefined,
      ),
    ),
  );
  const isNear = (type: number | undefined): boolean => process.platform === 'linux' && type !== undefined && NEAR.has(type);
  return new Set(directories.filter((_, index) => !isNear(types[index])));
}
