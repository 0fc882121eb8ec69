// How far the system is believed to tell of every change: of files on disks of this machine, and as long as a slow look at them
// does not find again and again what nobody had told of. What it is not believed of is looked at at the pace of the poll.
import { statfs } from 'node:fs/promises';
import { lookNow } from './disk.ts';
import type { Track } from './reading.ts';

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
