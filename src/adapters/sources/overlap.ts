// What has been read of the last stretch of time, by the ids of its records: for sources whose cursor is a time. Several records
// bear one time, and some arrive behind the cursor, so the last stretch is read again and again and each record is taken once.
// The ids stand in the position's token, and so in the same write as the counts; a busy log has thousands of them, so long ones are
// kept as short hashes.
import { hash } from 'node:crypto';

/** How far reading has come. */
export interface Reached {
  /** Of the newest record, as the other side writes it; `undefined` before the first. */
  readonly cursor: string | undefined;
  /** Time of it, in ms. */
  readonly at: number;
  /** Keys of the records within the overlap before it, itself among them. */
  readonly ids: readonly string[];
}

/** Longer ids, and such with a space, are hashed: 48 bits, so that of a thousand records of an overlap two share one hardly ever. */
const SHORT = /^\S{1,8}$/;

/** What an id is known by. The same for a key. */
export const keyOf = (id: string): string => (SHORT.test(id) ? id : hash('sha1', id, 'base64url').slice(0, 8));

export const NOTHING_REACHED: Reached = { cursor: undefined, at: Number.NEGATIVE_INFINITY, ids: [] };

export interface Overlap {
  /** Everything is asked for again from the overlap before the newest record on: what is older is known. */
  again(): void;
  /** @returns whether it is new; false for what was taken before */
  take(record: { readonly id: string; readonly cursor: string; readonly at: number }): boolean;
  /** Number of records taken so far: names the moment for `asOf`. */
  readonly taken: number;
  /** How far reading had come when so many were taken; not for a moment before one that was asked for already. */
  asOf(taken: number): Reached;
}

interface Taken {
  readonly key: string;
  readonly at: number;
  /** The newest one up to here. */
  readonly newest: { readonly cursor: string | undefined; readonly at: number };
}

/** @param spanMs length of the overlap; 0 keeps only what bears the time of the newest */
export function createOverlap(spanMs: number, stored: Reached = NOTHING_REACHED): Overlap {
  let newest: Taken['newest'] = stored;
  // Their own times are before that of the newest: they are known for a little longer than they have to be.
  let all: Taken[] = stored.ids.map((key) => ({ key, at: stored.at, newest: stored }));
  const known = new Set(all.map(({ key }) => key));
  /** Number of the first of `all`: what an earlier run has taken is below 0. */
  let first = -all.length;
  let floor = stored.at - spanMs;

  const forget = (before: number, upTo: number): void => {
    let count = 0;
    while (count < all.length && first + count < upTo && all[count]!.at < before) {
      known.delete(all[count]!.key);
      count += 1;
    }
    if (count === 0) return;
    all = all.slice(count);
    first += count;
  };

  return {
    again: () => {
      floor = newest.at - spanMs;
    },
    take: ({ id, cursor, at }) => {
      const key = keyOf(id);
      if (at < floor || known.has(key)) return false;
      if (at >= newest.at) newest = { cursor, at };
      known.add(key);
      all.push({ key, at, newest });
      return true;
    },
    get taken() {
      return first + all.length;
    },
    asOf: (taken) => {
      const reached = taken > first ? (all[taken - first - 1]?.newest ?? newest) : stored;
      const from = reached.at - spanMs;
      forget(from, taken);
      const ids = all.slice(0, Math.max(0, taken - first)).flatMap(({ key, at }) => (at >= from ? [key] : []));
      return { cursor: reached.cursor, at: reached.at, ids };
    },
  };
}
