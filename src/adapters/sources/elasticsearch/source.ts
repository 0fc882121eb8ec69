// Elasticsearch and OpenSearch: what both understand of `_search`, `_count` and `_field_caps`, for reading documents by their
// time. Pages go by time alone, or by time and a tie (`?tie=`) where the user names a field that no two documents share.
// Formats: the REST API specifications of both (search with `sort`, `search_after`, `numeric_type`; `date_histogram`).
import { isObject } from '../../../core/plain-json.ts';
import { numberOf, type SourceAddress } from '../../../core/source-address.ts';
import { fail } from '../../../errors.ts';
import type { Connection } from '../http/connection.ts';
import type { Page, Span, TimeStore } from '../http/follow.ts';
import { DEFAULT_FIELDS, type DocumentFields, toRecord } from './document.ts';

const MS = 1_000_000n;
/** What a server gives at once unless it is set up otherwise: `index.max_result_window`. */
const MOST = 10_000;
const PAGE = 1000;

/** @param source the address as the user wrote it */
export function createElasticsearch(source: string, address: SourceAddress, connection: Connection, now: () => number): TimeStore {
  const index = address.path.map((part) => encodeURIComponent(part).replace(/%2C/gi, ',').replace(/%2A/gi, '*')).join('');
  const time = address.parameters.get('time') ?? '@timestamp';
  const tie = address.parameters.get('tie');
  const query = address.parameters.get('query');
  const fields = fieldsOf(address);
  // How far the server's clock is ahead of ours.
  let ahead = 0;

  const ask = async (path: string, signal: AbortSignal, body?: unknown): Promise<Readonly<Record<string, unknown>>> => {
    const told = await connection.ask({ path, signal, ...(body === undefined ? {} : { method: 'POST', body }) });
    ahead = told.serverNow - now();
    if (!isObject(told.json)) throw fail('log-unreachable', { source, detail: 'its answer is no object: is this the right server?' });
    return told.json;
  };
  const search = async (body: object, signal: AbortSignal): Promise<Readonly<Record<string, unknown>>> => {
    const answer = await ask(`/${index}/_search?${LENIENT}&allow_partial_search_results=false`, signal, body);
    wholeAnswer(source, answer);
    return answer;
  };
  const within = (span: Span): object => {
    const range = { range: { [time]: { gte: msOf(span.from), lt: msOf(span.to), format: 'epoch_millis' } } };
    return { bool: { filter: query === undefined ? [range] : [range, { query_string: { query } }] } };
  };

  return {
    async check(signal) {
      const names = [time, ...(tie === undefined ? [] : [tie])].map(encodeURIComponent).join(',');
      const caps = await ask(`/${index}/_field_caps?fields=${names}&${LENIENT}`, signal);
      const { indices, fields: found } = caps;
      // A pattern of which there is no index yet: one that comes is found.
      if (Array.isArray(indices) && indices.length > 0) {
        const types = typesOf(found, time);
        const wrong = types.find((type) => type !== 'date' && type !== 'date_nanos');
        if (types.length === 0) throw fail('log-no-time', { source, detail: `no document there has the field ${time}` });
        if (wrong !== undefined)
          throw fail('log-no-time', { source, detail: `its field ${time} is of the type ${wrong}, which has no order of time` });
        if (tie !== undefined && typesOf(found, tie).length === 0)
          throw fail('log-query', { source, detail: `no document there has the field ${tie}, which tie names` });
      }
      return now() + ahead;
    },
    async read(span, limit, after, signal): Promise<Page> {
      const sort = [
        // Milliseconds also of what is mapped in nanoseconds: indices of both kinds may stand behind one name.
        { [time]: { order: 'asc', numeric_type: 'date', unmapped_type: 'date' } },
        ...(tie === undefined ? [] : [{ [tie]: { order: 'asc', unmapped_type: 'keyword' } }]),
      ];
      const from = after === undefined ? {} : { search_after: JSON.parse(after) as unknown };
      const answer = await search({ size: limit, query: within(span), sort, track_total_hits: false, ...from }, signal);
      const hits = hitsIn(source, answer);
      const last = hits.at(-1);
      const records = hits.map(({ hit }) => toRecord(hit, fields));
      return {
        records,
        isFull: hits.length >= limit,
        ...(tie === undefined || last === undefined ? {} : { after: JSON.stringify(last.sort) }),
      };
    },
    async perSecond(span, signal) {
      const seconds = { date_histogram: { field: time, fixed_interval: '1s', min_doc_count: 1 } };
      const answer = await search({ size: 0, query: within(span), track_total_hits: false, aggs: { seconds } }, signal);
      return new Map(bucketsIn(answer).map(({ key, count }) => [BigInt(key) * MS, count]));
    },
    async count(span, signal) {
      const answer = await ask(`/${index}/_count?${LENIENT}`, signal, { query: within(span) });
      wholeAnswer(source, answer);
      return Number(answer.count ?? 0);
    },
    now: () => now() + ahead,
    limit: Math.min(numberOf(address, 'limit', PAGE), MOST) || PAGE,
    maxLimit: MOST,
    tick: MS,
    earliest: () => 0n,
  };
}

/** An index that is closed or gone, or is to come, is no error: names may be patterns. */
const LENIENT = 'ignore_unavailable=true&allow_no_indices=true';

const msOf = (time: bigint): number => Number(time / MS);

function fieldsOf({ parameters }: SourceAddress): DocumentFields {
  const list = (name: string): readonly string[] | undefined =>
    parameters
      .get(name)
      ?.split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
  return { message: list('message') ?? DEFAULT_FIELDS.message, writer: list('writer') ?? DEFAULT_FIELDS.writer };
}

/** @throws AiOpsError `log-unreachable` where a part of the shards has not answered: what they hold would be missing for ever */
function wholeAnswer(source: string, { timed_out: isLate, _shards: shards }: Readonly<Record<string, unknown>>): void {
  if (isLate === true) throw fail('log-unreachable', { source, detail: 'the search was not finished in time' });
  const failed = isObject(shards) ? Number(shards.failed ?? 0) : 0;
  if (failed > 0) throw fail('log-unreachable', { source, detail: `${failed} of its shards did not answer` });
}

function typesOf(fields: unknown, name: string): readonly string[] {
  const types = isObject(fields) ? fields[name] : undefined;
  return isObject(types) ? Object.keys(types).filter((type) => type !== 'unmapped') : [];
}

/** @throws AiOpsError `log-unreachable` for a hit without a time: it cannot be told where it stands */
function hitsIn(
  server: string,
  answer: Readonly<Record<string, unknown>>,
): readonly { readonly hit: Parameters<typeof toRecord>[0]; readonly sort: unknown }[] {
  const { hits } = isObject(answer.hits) ? answer.hits : {};
  return (Array.isArray(hits) ? hits : []).flatMap((hit: unknown) => {
    if (!isObject(hit)) return [];
    const { _index: index, _id: id, _source: source, sort } = hit;
    const ms = Array.isArray(sort) ? Math.trunc(Number(sort[0])) : Number.NaN;
    if (!Number.isSafeInteger(ms)) throw fail('log-unreachable', { source: server, detail: 'it gave a document without its time' });
    return [
      {
        hit: {
          index: String(index),
          id: String(id),
          time: BigInt(ms) * MS,
          source: isObject(source) ? source : {},
        },
        sort,
      },
    ];
  });
}

function bucketsIn({ aggregations }: Readonly<Record<string, unknown>>): readonly { readonly key: number; readonly count: number }[] {
  const seconds = isObject(aggregations) ? aggregations.seconds : undefined;
  const buckets: readonly unknown[] = isObject(seconds) && Array.isArray(seconds.buckets) ? seconds.buckets : [];
  const counts = buckets.flatMap((bucket) =>
    isObject(bucket) ? [{ key: Math.trunc(Number(bucket.key)), count: Number(bucket.doc_count) }] : [],
  );
  return counts.filter(({ key }) => Number.isSafeInteger(key));
}
