// All generations that one source reads or has read: opening and ending them, telling the sink, naming and identifying them.
// One file is read once, whatever number of names lead to it.
import type { Position, SourceSink } from '../../../ports.ts';
import { type OpenFile, readAt } from './disk.ts';
import { createLife, type Life } from './generation.ts';
import { nameGeneration, SAMPLE } from './identity.ts';
import { placesFrom, positionOf, type StoredPlace } from './places.ts';
import { identityAt, type Trail } from './read-bytes.ts';
import type { Start } from './start-offset.ts';

/** Generations that are over and still remembered. */
const REMEMBERED = 64;
const OVER_MEMORY = 16 * 1024;

/** A generation that has ended, as far as it still matters. */
export interface PastLife {
  readonly generation: string;
  readonly trail: Trail;
  /** Reading will never come back to it; false where only the reading has ended (`once`). */
  readonly over: boolean;
  /** Its bytes are no longer in its file. */
  readonly truncated: boolean;
}

export interface Memory {
  /** The file holds a generation of the ledger. */
  isInLedger: (file: OpenFile) => Promise<boolean>;
  /** Rotated files that were there when the program started, by key and birth. */
  readonly atStart: Set<string>;
}

export interface Lives {
  readonly past: readonly PastLife[];
  /** What earlier runs have read or have passed over; set by `resume.ts`. */
  readonly memory: Memory;
  all(): readonly Life[];
  /** The generation that is read from the file with this key. */
  reading(key: string): Life | undefined;
  /**
   * @param generation of the checkpoint, where it is one that was read before
   * @throws the file system's error; the file is closed then
   */
  begin(file: OpenFile, source: string, at: Start, how: { generation?: string; trusted: boolean }): Promise<Life>;
  /** Delivers the half line, tells the sink, and closes the file but where it is `truncated`: then it begins another life. */
  end(life: Life, how: { over: boolean; truncated: boolean }): Promise<void>;
  /** A generation of an earlier run that no file holds any more: told as begun and over, so that it is not looked for again. */
  bury(place: StoredPlace): Promise<void>;
  /** Closes every file without a word to the sink. */
  close(): Promise<void>;
}

/** Of the options of the source. */
interface Reads {
  readonly encoding?: string | undefined;
  readonly mayRead?: ((path: string) => Promise<void>) | undefined;
}

/** @param stored places of generations that are in the ledger already */
export function createLives(sink: SourceSink, stored: readonly StoredPlace[], { encoding, mayRead }: Reads = {}): Lives {
  const names = new Set(stored.map(({ generation }) => generation));
  const lives = new Map<string, Life>();
  const past: PastLife[] = [];
  const buried = new Map<string, string>();

  const name = async ({ handle, facts }: OpenFile): Promise<string> => {
    const plain = nameGeneration(facts, await readAt(handle, 0, SAMPLE));
    return names.has(plain) ? `${plain.slice(0, 8)}${(await import('node:crypto')).randomBytes(4).toString('hex')}` : plain;
  };

  const identify = (generation: string, offset: number): string | undefined => {
    const life = lives.get(generation);
    if (life) return life.identify(offset);
    const ended = past.findLast((one) => one.generation === generation);
    return ended ? identityAt(ended.trail, offset, ended.over, undefined) : buried.get(`${generation}:${offset}`);
  };
  const positionsOf =
    (source: string, generation: string) =>
    (offset: number): Position | undefined =>
      positionOf(source, generation, offset, identify(generation, offset));
  const tell = (source: string, generation: string, { offset, lines, why }: Start): void =>
    sink.opened({ source, stream: generation, offset, line: lines, why, ...placesFrom(offset, positionsOf(source, generation)) });

  return {
    past,
    memory: { isInLedger: async () => false, atStart: new Set() },
    all: () => [...lives.values()],
    reading: (key) => [...lives.values()].find((life) => life.facts.key === key),
    begin: async (file, source, at, { generation = undefined, trusted }) => {
      let life: Life | undefined;
      try {
        // Here, because rotated files and what links lead to come this way too.
        await mayRead?.(file.path);
        const named = generation ?? (await name(file));
        life = await createLife(file, {
          ...{ source, generation: named, offset: at.offset, trusted },
          positionAt: positionsOf(source, named),
          ...(encoding === undefined ? {} : { encoding }),
        });
      } finally {
        if (!life) await file.handle.close();
      }
      names.add(life.generation);
      lives.set(life.generation, life);
      tell(source, life.generation, at);
      return life;
    },
    end: async (life, how) => {
      const rest = life.rest();
      if (rest) await sink.chunk(rest);
      const trail = life.trail;
      const recent = Buffer.from(trail.recent.subarray(-OVER_MEMORY));
      lives.delete(life.generation);
      past.push({ generation: life.generation, trail: { ...trail, recent }, ...how });
      if (past.length > REMEMBERED) past.shift();
      // A file that was truncated is read on by the next life, where it comes to that.
      let goesOn = false;
      try {
        await sink.ended(life.generation);
        goesOn = how.truncated;
      } finally {
        if (!goesOn) await life.close();
      }
    },
    bury: async ({ source, generation, offset, lines, identity }) => {
      buried.set(`${generation}:${offset}`, JSON.stringify({ ...identity, over: true }));
      tell(source, generation, { offset, lines, why: 'no file holds it any more' });
      await sink.ended(generation);
    },
    close: async () => {
      const open = [...lives.values()];
      lives.clear();
      await Promise.all(open.map((life) => life.close()));
    },
  };
}
