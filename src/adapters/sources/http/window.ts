// What was taken of the last stretch of time, by the ids of its records: a record that is found again is dropped, however it
// was found. It also says where reading can start again: the ids stand in the token of the position, so they are written
// together with the counts. What the ids are made of is the source's affair.
import { createHash } from 'node:crypto';
import { defined } from '../../../core/defined.ts';
import type { Origin } from '../../../core/model.ts';
import type { Place } from '../../../ports.ts';

/** A record as the pipeline gets it. Times are nanoseconds since 1970. */
export interface TimedRecord {
  readonly time: bigint;
  /** Eight characters that no other record of the last minutes has. */
  readonly id: string;
  /** Whole lines, the last newline left out. */
  readonly text: string;
  /** Whose line it is; absent for what is complete in itself. */
  readonly writer?: string;
  /** Order among records of one writer and one time. */
  readonly order?: number;
  /** Where it came from, where its text does not say that. */
  readonly origin?: Origin | undefined;
}

/** Where reading begins again, and what is known from there on. */
export interface Resumed {
  /** Everything before it was looked for. */
  readonly cursor: bigint;
  readonly ids: readonly string[];
  /** Since when records are counted, and how many there were: for the look at what came too late. */
  readonly hour: Tally;
}

export interface Tally {
  readonly from: bigint;
  readonly count: number;
}

export interface Window {
  /** Whether it was taken already, by this run or an earlier one. */
  has(record: Pick<TimedRecord, 'id' | 'time'>): boolean;
  /** Takes in a record whose bytes are the next ones of the stream. */
  add(record: TimedRecord, bytes: number): void;
  /** Everything before it was looked for. */
  moveTo(cursor: bigint): void;
  readonly cursor: bigint;
  /** Of the bytes from number `from` on. */
  placeFrom(from: number): Place;
  readonly next: number;
  /** How many known records bear a time from `from` on, before `to`, by buckets of so many nanoseconds. */
  known(from: bigint, to: bigint, bucket: bigint): ReadonlyMap<bigint, number>;
  /** Records from the beginning of the hour on, before `to`. */
  taken(to: bigint): Tally;
  /** A new hour begins at `from`. */
  beginHour(from: bigint): void;
  /** Whatever was open and known before this run has been found again: what has not is gone. */
  settled(): void;
}

interface Taken {
  readonly id: string;
  /** `null` for what an earlier run has taken, until it is found again. */
  time: bigint | null;
  readonly writer: string;
  readonly origin?: Origin | undefined;
  /** In the stream; below 0 for what an earlier run has taken. */
  readonly start: number;
  readonly end: number;
}

const ID_LENGTH = 8;
/** A position with many ids is made this seldom: until then the one before holds, and what is counted since is known by itself. */
const MAKE_EVERY_MS = 2000;
const FEW_IDS = 2000;
/** So many lines later nothing of a writer is held open any more (`pipeline/watch/writers.ts`: 20,000), and a page has no more lines beside. */
const SURELY_DECIDED = 100_000;
const FORGET_EVERY = 8192;

/** @param overlap how far behind the cursor records may still arrive, in ns */
export function createWindow(
  called: { readonly source: string; readonly stream: string },
  overlap: bigint,
  resumed: Resumed,
  now: () => number,
): Window {
  const same = sharing();
  let all: Taken[] = resumed.ids.map((id) => ({ id, time: null, writer: '', start: -1, end: -1 }));
  const byId = new Map(all.map((one) => [one.id, one]));
  let { cursor, hour } = resumed;
  let next = 0;
  let isSettled = false;
  let made: { readonly token: string; readonly at: number; readonly madeAt: number; readonly isLarge: boolean } | undefined;

  /** What is older than anything that is read again is forgotten; what is not decided yet is kept. */
  const forget = (decided: number): void => {
    const oldest = cursor - 2n * overlap;
    // What an earlier run has taken and this one has not found again lies before its cursor.
    const isOld = ({ time, end }: Taken): boolean => (time ?? (isSettled ? resumed.cursor : oldest)) < oldest && end <= decided;
    if (all[0] === undefined || !isOld(all[0])) return;
    for (const one of all) if (isOld(one)) byId.delete(one.id);
    all = all.filter((one) => !isOld(one));
  };

  const tokenAt = (byte: number, ahead: ReadonlyMap<string, number>): string => {
    const isDone = ({ end, writer }: Taken): boolean => end <= byte || end <= (ahead.get(writer) ?? 0);
    const undone = all.filter((one) => !isDone(one));
    const from = undone.reduce((first, { time }) => (time !== null && time < first ? time : first), cursor);
    const ids = all.flatMap((one) => (isDone(one) && (one.time === null || isFrom(one, from - overlap)) ? [one.id] : []));
    const count = hour.count - undone.filter((one) => isFrom(one, hour.from)).length;
    return writeToken({ cursor: from, ids, hour: { from: hour.from, count } });
  };

  return {
    has({ id, time }) {
      const known = byId.get(id);
      if (known?.time === null) known.time = time;
      return known !== undefined;
    },
    add({ id, time, writer = '', origin }, bytes) {
      const taken: Taken = { id, time, writer, origin: origin && same(origin), start: next, end: next + bytes };
      all.push(taken);
      byId.set(id, taken);
      // Where nobody asks for a position (`scan`), nothing else would forget.
      if (all.length % FORGET_EVERY === 0 && all.length > SURELY_DECIDED) forget(all[all.length - SURELY_DECIDED]!.start);
      next += bytes;
      if (time >= hour.from) hour = { ...hour, count: hour.count + 1 };
    },
    moveTo(to) {
      cursor = to;
    },
    get cursor() {
      return cursor;
    },
    get next() {
      return next;
    },
    placeFrom: (from) => ({
      tokenAt: (n) => {
        const record = recordAt(all, from + n);
        return record === undefined ? `@${from + n}` : nameOf(record, from + n);
      },
      byteAt: (token) => {
        if (token === made?.token) return made.at - from;
        const start = byId.get(token.slice(0, ID_LENGTH))?.start;
        if (start === undefined) return isSettled ? -1 - from : undefined;
        return start < 0 ? start - from : start + Number(token.slice(ID_LENGTH + 1) || 0) - from;
      },
      positionAt: (n, ahead = new Map()) => {
        const at = from + n;
        if (made?.isLarge && now() - made.madeAt < MAKE_EVERY_MS) return { ...called, token: made.token };
        forget(at);
        const own = new Map([...ahead].map(([writer, to]) => [writer, to + from]));
        made = { token: tokenAt(at, own), at, madeAt: now(), isLarge: all.length > FEW_IDS };
        return { ...called, token: made.token };
      },
      recordAt: (n) => {
        const record = recordAt(all, from + n);
        return record?.time == null ? undefined : { time: isoOf(record.time), ...defined({ origin: record.origin }) };
      },
    }),
    known(from, to, bucket) {
      const counts = new Map<bigint, number>();
      for (const { time } of all) {
        if (time === null || time < from || time >= to) continue;
        const key = time - (time % bucket);
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      return counts;
    },
    taken: (to) => ({ from: hour.from, count: hour.count - all.filter((one) => isFrom(one, to) && isFrom(one, hour.from)).length }),
    beginHour(from) {
      hour = { from, count: all.filter((one) => isFrom(one, from)).length };
    },
    settled() {
      isSettled = true;
    },
  };
}

/** Many records come from few places: one object for each of these. */
function sharing(): (origin: Origin) => Origin {
  const MOST = 1000;
  const known = new Map<string, Origin>();
  return (origin) => {
    const { trace: _, ...place } = origin;
    const key = JSON.stringify(place);
    const found = known.get(key) ?? place;
    if (known.size >= MOST) known.clear();
    known.set(key, found);
    return found;
  };
}

const isFrom = ({ time }: Taken, from: bigint): boolean => time !== null && time >= from;

const nameOf = ({ id, start }: Taken, byte: number): string => (byte === start ? id : `${id}+${byte - start}`);

/** They stand in the order of their bytes. */
function recordAt(all: readonly Taken[], byte: number): Taken | undefined {
  let [low, high] = [0, all.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (all[middle]!.start <= byte) low = middle;
    else high = middle - 1;
  }
  const found = all[low];
  return found !== undefined && found.start <= byte && byte < found.end ? found : undefined;
}

const NS = 1_000_000n;

/** ISO 8601 UTC with milliseconds. */
export const isoOf = (time: bigint): string => new Date(Number(time / NS)).toISOString();

/** `1 CURSOR HOUR COUNT IDS`, times in nanoseconds, ids without anything between them. */
function writeToken({ cursor, ids, hour }: Resumed): string {
  return `1 ${cursor} ${hour.from} ${hour.count} ${ids.join('')}`;
}

/** @returns `undefined` for what is no token of ours */
export function readToken(token: string): Resumed | undefined {
  const [, cursor = '', from = '', count = '', ids = ''] = /^1 (\d+) (\d+) (\d+) (\S*)$/.exec(token) ?? [];
  if (cursor === '' || ids.length % ID_LENGTH !== 0) return undefined;
  const each = Array.from({ length: ids.length / ID_LENGTH }, (_, index) => ids.slice(index * ID_LENGTH, (index + 1) * ID_LENGTH));
  return { cursor: BigInt(cursor), ids: each, hour: { from: BigInt(from), count: Number(count) } };
}

/** 48 bits: of a million records of two minutes, two share one with a chance of one in five hundred. */
export function shortId(...parts: readonly string[]): string {
  return createHash('sha256')
    .update(parts.join('\0'))
    .digest()
    .toString('base64url', 0, (ID_LENGTH * 6) / 8);
}
