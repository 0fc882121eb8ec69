// Loki: lines by their time over `query_range`, and how many there are over `count_over_time`. A line is named by its labels,
// its nanosecond and its text: Loki itself keeps only one of several that are equal in all three.
// Format: the HTTP API page of Loki. The tail websocket is not used: it drops lines when it is slow.
import { originOf } from '../../../core/formats/origin.ts';
import { isObject } from '../../../core/plain-json.ts';
import { numberOf, type SourceAddress } from '../../../core/source-address.ts';
import { fail } from '../../../errors.ts';
import type { Connection } from '../http/connection.ts';
import type { Page, Span, TimeStore } from '../http/follow.ts';
import { shortId, type TimedRecord } from '../http/window.ts';

const SECOND = 1_000_000_000n;
const HOUR = 3600n * SECOND;
/** `max_entries_limit_per_query`, unless the server is set up otherwise. */
const MOST = 5000;
const PAGE = 1000;
/** Hours that are looked back at the most: servers refuse what is longer than they keep. */
const SINCE_HOURS = 720;

/** @param source the address as the user wrote it */
export function createLoki(source: string, address: SourceAddress, connection: Connection, now: () => number): TimeStore {
  const query = address.parameters.get('query') ?? '';
  let ahead = 0;
  const ask = async (path: string, parameters: Readonly<Record<string, string>>, signal: AbortSignal): Promise<readonly unknown[]> => {
    const told = await connection.ask({ path: `/loki/api/v1/${path}?${new URLSearchParams(parameters)}`, signal });
    ahead = told.serverNow - now();
    const data = isObject(told.json) && told.json.status === 'success' ? told.json.data : undefined;
    if (!isObject(data) || !Array.isArray(data.result))
      throw fail('log-unreachable', { source, detail: 'its answer is none of Loki: is this the right server?' });
    return data.result;
  };
  const lines = (span: Span, limit: number, signal: AbortSignal): Promise<readonly unknown[]> =>
    ask('query_range', { query, start: String(span.from), end: String(span.to), limit: String(limit), direction: 'forward' }, signal);

  return {
    async check(signal) {
      const present = BigInt(now()) * 1_000_000n;
      await lines({ from: present - HOUR, to: present }, 1, signal);
      return now() + ahead;
    },
    async read(span, limit, _after, signal): Promise<Page> {
      const records = (await lines(span, limit, signal)).flatMap(recordsIn);
      return { records: records.toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)), isFull: records.length >= limit };
    },
    async perSecond(span, signal) {
      // A range ends at the moment it is asked for: the last nanosecond of each second.
      const [start, end] = [span.from + SECOND - 1n, span.to - 1n];
      const asked = { query: `sum(count_over_time(${query} [1s]))`, start: String(start), end: String(end), step: '1' };
      const counts = (await ask('query_range', asked, signal)).flatMap((series) => valuesIn(series));
      const known = counts.filter(([at]) => Number.isFinite(Number(at)));
      return new Map(known.map(([at, count]) => [BigInt(Math.floor(Number(at))) * SECOND, Number(count)]));
    },
    async count(span, signal) {
      let sum = 0;
      // No longer at once than an hour's count would be: a server limits the length of a query.
      for (let from = span.from; from < span.to; from += 24n * HOUR) {
        const to = from + 24n * HOUR < span.to ? from + 24n * HOUR : span.to;
        const asked = { query: `sum(count_over_time(${query} [${(to - from) / SECOND}s]))`, time: String(to - 1n) };
        for (const series of await ask('query', asked, signal)) {
          const value = isObject(series) && Array.isArray(series.value) ? series.value[1] : 0;
          sum += Number(value);
        }
      }
      return sum;
    },
    now: () => now() + ahead,
    limit: Math.min(numberOf(address, 'limit', PAGE), MOST) || PAGE,
    maxLimit: Math.max(MOST, numberOf(address, 'limit', 0)),
    tick: 1n,
    maxSpan: 24n * HOUR,
    earliest: (present) => floor(present - BigInt(numberOf(address, 'since', SINCE_HOURS)) * HOUR),
  };
}

const floor = (time: bigint): bigint => time - (time % SECOND);

/** Of one stream: its labels, and `[nanoseconds, line, metadata]` each. */
function recordsIn(result: unknown): readonly TimedRecord[] {
  if (!isObject(result) || !isObject(result.stream)) return [];
  const labels = Object.entries(result.stream)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
  const origin = originOf([result.stream]);
  return valuesIn(result).flatMap(([at, line], order) => {
    if (!/^\d+$/.test(at)) return [];
    return [{ time: BigInt(at), id: shortId(labels, at, line), text: line.replace(/\n$/, ''), writer: `w ${labels}`, order, origin }];
  });
}

function valuesIn(series: unknown): readonly (readonly [string, string])[] {
  const values: readonly unknown[] = isObject(series) && Array.isArray(series.values) ? series.values : [];
  return values.flatMap((value) => (Array.isArray(value) ? [[String(value[0]), String(value[1])] as const] : []));
}
