// Follows a store that is asked by time: everything between a cursor and now, page by page, again and again. What arrives
// behind the cursor is found by counting the last stretch of time (the overlap) and reading again the seconds that hold more
// than is known; what arrives later than that is counted once an hour and told. One stream, of several writers: records are
// put together by writer before they are handed on.
//
// | what | how it is not lost or counted twice |
// |---|---|
// | records that appear out of order | nothing younger than `settle` is read; seconds within the overlap are counted again |
// | several at one time, at a page's edge | the last time of a page is read again whole, known ids are dropped |
// | more at one time than a page holds | a larger page, up to the server's; beyond that a told gap |
// | a restart | ids of the overlap stand in the position, written with the counts |
// | an answer of a part of the shards, 429, 5xx | no answer: the same cursor later |
import { defined } from '../../../core/defined.ts';
import { type AiOpsError, asAiOpsError, fail } from '../../../errors.ts';
import type { FollowOptions, Source, SourceSink } from '../../../ports.ts';
import { TooLong } from './connection.ts';
import { keepLooking } from './keep-looking.ts';
import { createWindow, isoOf, type Resumed, readToken, type TimedRecord, type Window } from './window.ts';

/** Times in nanoseconds since 1970; `from` is included, `to` is not. */
export interface Span {
  readonly from: bigint;
  readonly to: bigint;
}

export interface Page {
  /** In the order of their times. */
  readonly records: readonly TimedRecord[];
  /** There may be more than these. */
  readonly isFull: boolean;
  /** What the next page of the same span goes on behind, where the store has an order among equal times; else it is asked by time. */
  readonly after?: string;
}

/** What stands behind an address: a search, or a store of lines. */
export interface TimeStore {
  /**
   * Whether it can be read, before anything is.
   * @returns the server's clock, ms
   * @throws AiOpsError for what will not mend itself, such as a field that is no time: `log-no-time`
   */
  check(signal: AbortSignal): Promise<number>;
  read(span: Span, limit: number, after: string | undefined, signal: AbortSignal): Promise<Page>;
  /** How many records there are by second, each under its beginning. Without those that have none. */
  perSecond(span: Span, signal: AbortSignal): Promise<ReadonlyMap<bigint, number>>;
  count(span: Span, signal: AbortSignal): Promise<number>;
  /** The server's clock by its last answer, ms. */
  now(): number;
  /** Records of a page, and the most that the server gives at once. */
  readonly limit: number;
  readonly maxLimit: number;
  /** How far its times lie apart at the least, ns. */
  readonly tick: bigint;
  /** The longest span that may be asked for. */
  readonly maxSpan?: bigint;
  /** Before this, in ns, nothing is asked for when reading from the start. */
  earliest(now: bigint): bigint;
}

export interface TimeSettings {
  readonly overlapMs: number;
  readonly settleMs: number;
  readonly pollMs: number;
  /** Between two counts of what has come too late. */
  readonly countMs?: number;
  readonly now: () => number;
}

const MS = 1_000_000n;
const SECOND = 1000n * MS;
const HOUR_MS = 3_600_000;
/** Looks behind the cursor within one overlap. */
const LOOKS = 6;
const LEAST_LIMIT = 10;
const RETRY_MS = { first: 1000, most: 60_000 };
/** A chunk is not larger, unless one record is. */
const MAX_CHUNK = 1024 * 1024;

/** @param name the address as the user wrote it: the source, and its stream */
export function createTimeSource(name: string, open: () => TimeStore, settings: TimeSettings): Source {
  return {
    follow: async (sink, options) => {
      const called = { source: name, stream: name };
      const store = open();
      const stored = options.checkpoints.find(({ position }) => position.stream === name)?.position.token;
      const begun = await beginning(store, stored, settings, options);
      if (begun.trouble) sink.trouble(name, begun.trouble.message);
      const overlap = BigInt(settings.overlapMs) * MS;
      const window = createWindow(called, overlap, begun.resumed, settings.now);
      sink.opened({ ...called, why: begun.why, ...window.placeFrom(0) });
      sink.ready([{ source: name, offset: 0 }]);
      const times = { overlap, hour: BigInt(settings.countMs ?? HOUR_MS) * MS };
      const reader = createReader(called, store, window, sink, times, options.signal);
      if (options.once) {
        await reader.late();
        await reader.pass(null);
        await reader.tooLate();
        return sink.ended(name);
      }
      await keepReading(reader, store, settings, sink, name, begun.trouble, options.signal);
    },
  };
}

/** Where to begin. A store that is not there yet is waited for by our own clock. */
async function beginning(
  store: TimeStore,
  stored: string | undefined,
  { settleMs, overlapMs, now }: TimeSettings,
  { from, once, signal }: FollowOptions,
): Promise<{ readonly resumed: Resumed; readonly why: string; readonly trouble?: AiOpsError }> {
  let server = now();
  let trouble: AiOpsError | undefined;
  try {
    server = await store.check(signal);
  } catch (thrown) {
    trouble = asAiOpsError(thrown);
    if (once || !PASSING.has(trouble.code)) throw trouble;
  }
  const so = defined({ trouble });
  const resumed = from === 'end' || stored === undefined ? undefined : readToken(stored);
  if (resumed !== undefined) return { ...so, resumed, why: `the stored position, ${isoOf(resumed.cursor)}` };
  const present = BigInt(server) * MS;
  const cursor = from === 'start' ? store.earliest(present) : present - BigInt(settleMs) * MS;
  const why = from === 'start' ? 'all that is there was asked for' : 'new here: what comes from now on';
  const before = floor(present - BigInt(overlapMs) * MS);
  return { ...so, resumed: { cursor, ids: [], hour: { from: cursor > before ? cursor : before, count: 0 } }, why };
}

const PASSING: ReadonlySet<string> = new Set(['log-unreachable', 'log-refused']);
/** What passes once it has worked: an index that is made anew, a server that is being changed. */
const AGAIN: ReadonlySet<string> = new Set([...PASSING, 'log-query']);

interface Reader {
  /** Reads all from the cursor on. @param to up to there, in ns; `null` for all that is there */
  pass(to: bigint | null): Promise<void>;
  /** Reads again the seconds of the overlap that hold more than is known. */
  late(): Promise<void>;
  /** Once an hour: counts what lies behind the overlap, and tells what was never read. */
  tooLate(): Promise<void>;
}

function createReader(
  called: { readonly source: string; readonly stream: string },
  store: TimeStore,
  window: Window,
  sink: SourceSink,
  { overlap, hour }: { readonly overlap: bigint; readonly hour: bigint },
  signal: AbortSignal,
): Reader {
  const { stream } = called;

  const hand = async (records: readonly TimedRecord[]): Promise<void> => {
    const fresh = new Map(records.flatMap((record) => (window.has(record) ? [] : [[record.id, record]])));
    for (const { writer, some } of runsOf([...fresh.values()])) {
      const from = window.next;
      const parts = some.map(({ text }) => Buffer.from(text.endsWith('\n') ? text : `${text}\n`));
      for (const [index, record] of some.entries()) window.add(record, parts[index]!.length);
      const chunk = { ...called, bytes: Buffer.concat(parts), ...window.placeFrom(from) };
      await sink.chunk(writer === undefined ? chunk : { ...chunk, writer });
    }
  };

  /** @param done told up to where all is read */
  const readSpan = async (span: Span, done: (to: bigint) => void): Promise<void> => {
    let { from } = span;
    let limit = store.limit;
    let after: string | undefined;
    let held: readonly TimedRecord[] = [];
    while (from < span.to && !signal.aborted) {
      const to = store.maxSpan !== undefined && span.to - from > store.maxSpan ? from + store.maxSpan : span.to;
      let page: Page;
      try {
        page = await store.read({ from, to }, limit, after, signal);
      } catch (thrown) {
        if (!(thrown instanceof TooLong)) throw thrown;
        if (limit <= LEAST_LIMIT)
          throw fail('log-unreachable', { source: called.source, detail: `an answer of ${limit} records is too long` });
        limit = Math.max(LEAST_LIMIT, Math.floor(limit / 4));
        continue;
      }
      const records = [...held, ...page.records];
      const last = records.at(-1)?.time;
      if (!page.isFull || last === undefined) {
        await hand(records);
        [from, after, held, limit] = [to, undefined, [], store.limit];
        done(to);
        continue;
      }
      // Lines of one time belong together, and the rest of them is on the next page.
      held = page.after === undefined ? [] : records.filter(({ time }) => time === last);
      const whole = records.filter(({ time }) => time !== last);
      if (whole.length > 0) {
        await hand(whole);
        [from, after] = [page.after === undefined ? last : from, page.after];
        done(last);
        continue;
      }
      if (page.after !== undefined && held.length < MOST_HELD) after = page.after;
      else if (page.after !== undefined) {
        await hand(held);
        [held, after] = [[], page.after];
      } else if (limit < store.maxLimit) limit = Math.min(limit * 4, store.maxLimit);
      else {
        await hand(records);
        const reason = `more than ${limit} records bear the time ${isoOf(last)}: only so many could be read; raise the limit there, or name a tie`;
        sink.gap({ ...called, reason });
        from = last + store.tick;
        done(from);
      }
    }
  };

  return {
    async pass(to) {
      const present = BigInt(store.now()) * MS;
      await readSpan({ from: window.cursor, to: to ?? present + AHEAD }, (reached) => window.moveTo(reached > present ? present : reached));
      if (!signal.aborted) window.settled();
    },
    async late() {
      // Servers know no time before 1970.
      const span = { from: window.cursor > overlap ? ceil(window.cursor - overlap) : 0n, to: floor(window.cursor) };
      if (span.from >= span.to) return;
      const there = await store.perSecond(span, signal);
      const known = window.known(span.from, span.to, SECOND);
      for (const from of [...there.keys()].toSorted(ascending)) {
        if (there.get(from)! <= (known.get(from) ?? 0) || signal.aborted) continue;
        await readSpan({ from, to: from + SECOND }, () => undefined);
      }
    },
    async tooLate() {
      const to = floor(window.cursor - overlap);
      const { from, count } = window.taken(to);
      if (to - from < hour) return;
      const missed = (await store.count({ from, to }, signal)) - count;
      if (missed > 0) {
        const between = `${isoOf(from)} and ${isoOf(to)}`;
        const reason = `${missed} ${missed === 1 ? 'record' : 'records'} of between ${between} came more than ${overlap / SECOND} s late and ${missed === 1 ? 'was' : 'were'} not read; raise overlap in the address`;
        sink.gap({ source: called.source, stream, reason });
      }
      window.beginHour(to);
    },
  };
}

/** Records of one time that are kept until all of them are there. */
const MOST_HELD = 50_000;
/** Clocks of writers may be as much ahead of the server's, where all that is there is read. */
const AHEAD = 86_400n * SECOND;

const floor = (time: bigint): bigint => time - (time % SECOND);
const ceil = (time: bigint): bigint => floor(time + SECOND - 1n);
const ascending = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** Until the signal aborts. */
async function keepReading(
  reader: Reader,
  store: TimeStore,
  { settleMs, overlapMs, pollMs, now }: TimeSettings,
  sink: SourceSink,
  name: string,
  trouble: AiOpsError | undefined,
  signal: AbortSignal,
): Promise<void> {
  let isChecked = trouble === undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  const look = async (): Promise<void> => {
    if (!isChecked) await store.check(signal);
    isChecked = true;
    // First behind the cursor: what has come there while nobody looked is still within the overlap.
    if (now() - lookedAt >= overlapMs / LOOKS) {
      await reader.late();
      lookedAt = now();
    }
    await reader.pass(BigInt(store.now() - settleMs) * MS);
    await reader.tooLate();
    // Where the server is away, what is open may go on when it is back.
    if (!signal.aborted) await sink.idle(name);
  };
  const passes = ({ code }: AiOpsError): boolean => (isChecked ? AGAIN : PASSING).has(code);
  await keepLooking({ name, sink, pollMs, retryMs: RETRY_MS, told: trouble?.message ?? '', passes, look }, signal);
}

interface Run {
  readonly writer: string | undefined;
  readonly some: readonly TimedRecord[];
}

/** Writer by writer, each in its own order; what has no writer stays together too. */
function* runsOf(records: readonly TimedRecord[]): Generator<Run, undefined> {
  for (const [writer, own] of Map.groupBy(records, (record) => record.writer)) {
    const sorted = own.toSorted((a, b) => ascending(a.time, b.time) || (a.order ?? 0) - (b.order ?? 0));
    let [begin, size] = [0, 0];
    for (const [index, { text }] of sorted.entries()) {
      if (index > begin && size + text.length > MAX_CHUNK) {
        yield { writer, some: sorted.slice(begin, index) };
        [begin, size] = [index, 0];
      }
      size += text.length;
    }
    yield { writer, some: sorted.slice(begin) };
  }
  return undefined;
}
