// Says that something changed, never what: npm `tail` chooses between `fs.watch` and polling with `fs.watchFile`.
// Its reading is cut off at the root, so it opens no file and reads no byte (doc/adr/0002-reading-by-descriptor.md).
import type { FSWatcher } from 'node:fs';
import { Tail } from 'tail';

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

  const forget = (directory: string): void => {
    watched.get(directory)?.tail.unwatch();
    watched.delete(directory);
  };

  return {
    watch: (directories, files) => {
      for (const [directory, { life }] of watched) if (directories.get(directory) !== life) forget(directory);
      for (const [directory, life] of directories) {
        if (watched.has(directory)) continue;
        const tail = listen(directory, false, (name, isName) => ring(directory, name, isName));
        if (!tail) continue;
        tail.watcher?.on('error', () => forget(directory));
        watched.set(directory, { tail, life });
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
