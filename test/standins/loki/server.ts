// A Loki on 127.0.0.1 as far as logs are read from it. Every call is held against the description.
import { type ApiAnswer, type ApiCall, startApiServer } from '../api-server.ts';
import { createApiCheck } from '../openapi.ts';
import { DESCRIPTION } from './description.ts';

export interface Entry {
  readonly labels: Readonly<Record<string, string>>;
  /** Nanoseconds since 1970. */
  readonly time: bigint;
  readonly line: string;
}

export interface LokiServer {
  readonly origin: string;
  readonly port: number;
  readonly violations: readonly string[];
  readonly log: readonly string[];
  readonly calls: readonly ApiCall[];
  /** As a push does: what is equal in labels, time and line is there once. */
  add(...entries: readonly Entry[]): void;
  clear(): void;
  next(...answers: readonly ApiAnswer[]): void;
  /** Only who says this, for this tenant, is let in. */
  admits(authorization: string | undefined, tenant?: string): void;
  close(): Promise<void>;
}

const SECOND = 1_000_000_000n;
const MOST = 5000;

export async function startLoki(): Promise<LokiServer> {
  let entries: Entry[] = [];
  const known = new Set<string>();
  const queued: ApiAnswer[] = [];
  let [authorization, tenant]: (string | undefined)[] = [];

  const matching = (query: string): readonly Entry[] => {
    const [, inner = ''] = /^\{(.*)\}$/.exec(query) ?? [];
    const pairs = [...inner.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value] as const);
    return entries.filter(({ labels }) => pairs.every(([name, value]) => labels[name] === value));
  };
  /** `(at - range, at]` */
  const counted = (query: string, at: bigint): number => {
    const [, selector = '', seconds = ''] = /^sum\(count_over_time\((.*) \[(\d+)s\]\)\)$/.exec(query) ?? [];
    return matching(selector).filter(({ time }) => time > at - BigInt(seconds) * SECOND && time <= at).length;
  };
  /** With milliseconds, as samples have them. */
  const secondsOf = (time: bigint): number => Number(time / 1_000_000n) / 1000;
  const success = (resultType: string, result: readonly unknown[]): ApiAnswer => ({
    status: 200,
    body: { status: 'success', data: { resultType, result } },
  });

  const lines = (query: string, from: bigint, to: bigint, limit: number): ApiAnswer => {
    if (limit > MOST)
      return { status: 400, body: `max entries limit per query exceeded, limit > max_entries_limit_per_query (${limit} > ${MOST})` };
    const some = matching(query)
      .filter(({ time }) => time >= from && time < to)
      .toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
      .slice(0, limit);
    const streams = Map.groupBy(some, ({ labels }) => JSON.stringify(labels));
    return success(
      'streams',
      [...streams.values()].map((those) => ({ stream: those[0]!.labels, values: those.map(({ time, line }) => [String(time), line]) })),
    );
  };

  const reply = async ({ query, headers, template }: ApiCall): Promise<ApiAnswer> => {
    const next = queued.shift();
    if (next !== undefined) return next;
    if (authorization !== undefined && headers.authorization !== authorization) return { status: 401, body: 'unauthorized' };
    if (tenant !== undefined && headers['x-scope-orgid'] !== tenant) return { status: 401, body: 'no org id' };
    const asked = query.get('query') ?? '';
    if (!/^(?:\{.+\}|sum\(.*)$/.test(asked))
      return { status: 400, body: 'parse error at line 1, col 1: syntax error: unexpected end of input' };
    if (template.endsWith('/query')) {
      const time = BigInt(query.get('time')!);
      const count = counted(asked, time);
      return success('vector', count === 0 ? [] : [{ metric: {}, value: [secondsOf(time), String(count)] }]);
    }
    const [from, to] = [BigInt(query.get('start')!), BigInt(query.get('end')!)];
    if (to - from > 721n * 3600n * SECOND) return { status: 400, body: 'the query time range exceeds the limit' };
    if (!asked.startsWith('sum(')) return lines(asked, from, to, Number(query.get('limit') ?? 100));
    const samples: [number, string][] = [];
    for (let at = from; at <= to; at += BigInt(query.get('step')!) * SECOND) {
      const count = counted(asked, at);
      if (count > 0) samples.push([secondsOf(at), String(count)]);
    }
    return success('matrix', samples.length === 0 ? [] : [{ metric: {}, values: samples }]);
  };
  const server = await startApiServer(createApiCheck(DESCRIPTION, new Set()), '', 'x-loki', reply);
  return {
    ...server,
    port: Number(new URL(server.origin).port),
    add: (...more) => {
      for (const one of more) {
        const key = JSON.stringify([one.labels, String(one.time), one.line]);
        if (!known.has(key)) entries.push(one);
        known.add(key);
      }
    },
    clear: () => {
      entries = [];
    },
    next: (...answers) => void queued.push(...answers),
    admits: (said, of) => {
      [authorization, tenant] = [said, of];
    },
  };
}
