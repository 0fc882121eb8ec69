// The generations of one path that are still being read, oldest first: which are retired, which are over, which are quiet.
// Bookkeeping only: reads nothing and tells nobody.
import type { Life } from './generation.ts';

/** A generation that belongs to a path. */
export interface Followed {
  readonly life: Life;
  /** Since when another file, or none, stands at the path. */
  retiredAt: number | undefined;
  grewAt: number;
  /** Nothing of it waits for silence, as far as the sink has said: it is not reported again before it has grown. */
  isCalm: boolean;
  /** Since when the half line that is held back has been growing. */
  halfAt: number | undefined;
  idleAt: number;
  /** Reads the copy that was made before a truncation, or a compressed file: nothing will be added to it. */
  copied: boolean;
}

export interface LineUp {
  all(): readonly Followed[];
  /** @param before the generation it is older than; without one it is the newest */
  add(life: Life, retiredAt: number | undefined, before?: Life): void;
  remove(one: Followed): void;
  after(one: Followed): Life | undefined;
  retire(): void;
  /** @param line a line has come to its end */
  grew(one: Followed, line: boolean): void;
  /** Notes that a generation which is not read any more came after this one. */
  succeeded(life: Life): void;
  /**
   * Nothing more will come: it was rotated away and has been quiet for long, and a later generation has data or no name is left.
   * Until then a writer may still hold it open.
   * @param isReplaced what stands at the path is known to have data
   */
  isOver(one: Followed, isReplaced: boolean): boolean;
  /** Quiet generations that have not been reported for a while. */
  idle(): readonly Followed[];
  /** When there will be one, on the clock; never where nothing waits for it. */
  idleDue(): number;
}

/** Generations whose last growth is kept in mind. */
const REMEMBERED = 16;
const IDLE_MS = 150;
const QUIET_IDLE_MS = 1000;
/** After so long without a byte a generation is reported less often. */
const QUIET_MS = 5000;

/**
 * @param waitMs how long a retired generation must have been quiet
 * @param halfLineMs half a line is waited for so long before its file counts as quiet: it may be the end of an event
 * @param now a clock in ms
 */
export function createLineUp(waitMs: number, halfLineMs: number, now: () => number): LineUp {
  let followed: readonly Followed[] = [];
  /** When each generation of this path last had data; those that are over stay for a while. */
  const grown = new Map<string, number>();

  const note = (name: string): void => {
    grown.delete(name);
    grown.set(name, now());
    for (const oldest of [...grown.keys()].slice(0, -REMEMBERED)) grown.delete(oldest);
  };

  const halfDue = ({ life, halfAt }: Followed): number => (life.isHolding && halfAt !== undefined ? halfAt + halfLineMs : 0);

  const due = (one: Followed): number => Math.max(idleDue(one), halfDue(one));

  return {
    all: () => followed,
    add: (life, retiredAt, before) => {
      const newer = followed.findIndex((other) => other.life === before);
      const place = newer < 0 ? followed.length : newer;
      const [grewAt, copied] = [now(), life.file.packed === true];
      followed = followed.toSpliced(place, 0, { life, retiredAt, grewAt, isCalm: true, halfAt: undefined, idleAt: grewAt, copied });
    },
    remove: (one) => {
      followed = followed.filter((other) => other !== one);
    },
    after: (one) => followed[followed.indexOf(one) + 1]?.life,
    retire: () => {
      for (const one of followed) one.retiredAt ??= now();
    },
    grew: (one, line) => {
      one.grewAt = now();
      one.isCalm = false;
      if (line || !one.life.isHolding) one.halfAt = undefined;
      if (one.life.isHolding) one.halfAt ??= one.grewAt;
      note(one.life.generation);
    },
    succeeded: (life) => note(`after ${life.generation}`),
    isOver: (one, isReplaced) => {
      const { life, retiredAt, grewAt, copied } = one;
      if (retiredAt === undefined || !life.atEnd) return false;
      if (copied) return true;
      if (now() - Math.max(retiredAt, grewAt) < waitMs) return false;
      if (isReplaced || life.facts.links === 0) return true;
      if ([...grown].some(([name, at]) => name !== life.generation && at >= retiredAt)) return true;
      return followed.slice(followed.indexOf(one) + 1).some((later) => later.life.trail.offset > 0);
    },
    idle: () => followed.filter((one) => one.life.atEnd && now() >= due(one)),
    idleDue: () => followed.filter(({ life }) => life.atEnd).reduce((least, one) => Math.min(least, due(one)), Number.POSITIVE_INFINITY),
  };
}

function idleDue({ idleAt, grewAt, isCalm }: Followed): number {
  if (isCalm) return Number.POSITIVE_INFINITY;
  const pace = idleAt - grewAt < QUIET_MS ? IDLE_MS : QUIET_IDLE_MS;
  return Math.max(idleAt, grewAt) + pace;
}
