// A search server on 127.0.0.1 as far as logs are read from it: documents in indices, aliases, pages in order, counts by
// second, and what goes wrong with it. Every call is held against the description.
import { type ApiAnswer, type ApiCall, startApiServer } from '../api-server.ts';
import { createApiCheck } from '../openapi.ts';
import { DESCRIPTION } from './description.ts';

export interface Document {
  readonly index: string;
  readonly id: string;
  /** ms since 1970. */
  readonly time: number;
  readonly source: Readonly<Record<string, unknown>>;
}

export interface SearchServer {
  readonly origin: string;
  readonly port: number;
  readonly violations: readonly string[];
  readonly log: readonly string[];
  readonly calls: readonly ApiCall[];
  add(...documents: readonly Document[]): void;
  remove(keeps: (document: Document) => boolean): void;
  /** What an alias stands for. */
  alias(name: string, indices: readonly string[]): void;
  /** Type of the time field in the mappings; `undefined` where there is none. */
  mapped(type: string | undefined): void;
  /** Answers of so many coming calls, in place of the right ones. */
  next(...answers: readonly (ApiAnswer | 'partial' | 'late')[]): void;
  /** Only who says this is let in; `undefined` lets in everybody. */
  admits(authorization: string | undefined): void;
  /** Whether its answers say what time it is. */
  saysTime(says: boolean): void;
  close(): Promise<void>;
}

const MOST = 10_000;

export async function startSearchServer(timeField = '@timestamp'): Promise<SearchServer> {
  let documents: Document[] = [];
  const aliases = new Map<string, readonly string[]>();
  let type: string | undefined = 'date';
  let admitted: string | undefined;
  let date: Readonly<Record<string, string>> = {};
  const queued: (ApiAnswer | 'partial' | 'late')[] = [];

  const indicesOf = (names: string): ((index: string) => boolean) => {
    const all = names.split(',').flatMap((name) => aliases.get(name) ?? [name]);
    const tests = all.map((name) => new RegExp(`^${name.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`));
    return (index) => tests.some((test) => test.test(index));
  };
  const found = ({ parameters, body }: ApiCall): readonly Document[] => {
    const isOf = indicesOf(parameters.index!);
    const { filter } = (body.query as { bool: { filter: readonly Readonly<Record<string, Record<string, never>>>[] } }).bool;
    return documents.filter(
      (one) =>
        isOf(one.index) &&
        filter.every(({ range, query_string: wanted }) => {
          const between = range?.[timeField] as { gte: number; lt: number } | undefined;
          if (between !== undefined) return one.time >= between.gte && one.time < between.lt;
          const [, field = '', value = ''] = /^([\w.]+):(\S+)$/.exec((wanted as unknown as { query: string }).query) ?? [];
          return String(one.source[field]) === value;
        }),
    );
  };
  const refuse = (status: number, kind: string, reason: string): ApiAnswer => ({ status, body: { error: { type: kind, reason }, status } });
  const shards = (failed: number): object => ({ total: 3, successful: 3 - failed, skipped: 0, failed });

  const search = (call: ApiCall, failed: number, isLate: boolean): ApiAnswer => {
    const {
      size,
      sort = [],
      search_after: after,
      aggs,
    } = call.body as { size: number; sort?: readonly object[]; search_after?: readonly (number | string)[]; aggs?: object };
    if (size > MOST)
      return refuse(400, 'illegal_argument_exception', `Result window is too large, must be less than or equal to: [${MOST}]`);
    const all = found(call);
    const fields = sort.map((one) => Object.keys(one)[0]!);
    const keysOf = (one: Document): readonly (number | string)[] =>
      fields.map((field) => (field === timeField ? one.time : field === '_id' ? one.id : (one.source[field] as number | string)));
    const hits = all
      .map((one) => ({ one, keys: keysOf(one) }))
      // Documents of equal keys come in any order: here the one of the other replica each time.
      .toSorted((a, b) => compare(a.keys, b.keys) || (call.body.size === size && calls() % 2 === 0 ? -1 : 1))
      .filter(({ keys }) => after === undefined || compare(keys, after) > 0)
      .slice(0, size)
      .map(({ one, keys }) => ({ _index: one.index, _id: one.id, _score: null, _source: one.source, sort: keys }));
    const buckets = Map.groupBy(all, ({ time }) => time - (time % 1000));
    const aggregations = aggs && {
      seconds: {
        buckets: [...buckets].map(([key, those]) => ({ key_as_string: new Date(key).toISOString(), key, doc_count: those.length })),
      },
    };
    return {
      status: 200,
      body: { took: 1, timed_out: isLate, _shards: shards(failed), hits: { max_score: null, hits }, ...(aggregations && { aggregations }) },
    };
  };

  const reply = async (call: ApiCall): Promise<ApiAnswer> => ({ headers: date, ...(await answerTo(call)) });
  const answerTo = async (call: ApiCall): Promise<ApiAnswer> => {
    const next = queued.shift();
    if (typeof next === 'object') return next;
    if (admitted !== undefined && call.headers.authorization !== admitted)
      return refuse(401, 'security_exception', 'unable to authenticate user for REST request');
    const [failed, isLate] = [next === 'partial' ? 1 : 0, next === 'late'];
    if (call.template.endsWith('_search')) return search(call, failed, isLate);
    if (call.template.endsWith('_count')) return { status: 200, body: { count: found(call).length, _shards: shards(failed) } };
    const isOf = indicesOf(call.parameters.index!);
    const indices = [...new Set(documents.map(({ index }) => index))].filter(isOf);
    const caps = (kind: string): object => ({ [kind]: { type: kind, searchable: true, aggregatable: true } });
    const names = (call.query.get('fields') ?? '').split(',');
    const known = names.flatMap((name) => {
      const kind = name === timeField ? type : documents.some(({ source }) => Object.hasOwn(source, name)) ? 'keyword' : undefined;
      return kind === undefined ? [] : [[name, caps(kind)]];
    });
    return { status: 200, body: { indices, fields: indices.length === 0 ? {} : Object.fromEntries(known) } };
  };
  const server = await startApiServer(createApiCheck(DESCRIPTION, new Set()), '', 'x-opaque-id', reply);
  const calls = (): number => server.calls.length;
  return {
    ...server,
    port: Number(new URL(server.origin).port),
    add: (...more) => void documents.push(...more),
    remove: (keeps) => {
      documents = documents.filter(keeps);
    },
    alias: (name, indices) => void aliases.set(name, indices),
    mapped: (kind) => {
      type = kind;
    },
    next: (...answers) => void queued.push(...answers),
    saysTime: (says) => {
      date = says ? {} : { date: 'unknown' };
    },
    admits: (authorization) => {
      admitted = authorization;
    },
  };
}

function compare(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (const [index, key] of a.entries()) {
    const other = b[index]!;
    if (key < other) return -1;
    if (key > other) return 1;
  }
  return 0;
}
