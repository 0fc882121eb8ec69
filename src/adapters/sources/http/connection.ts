// Speaks HTTP to a server of logs: says who we are, waits as long as it is told, and makes every ending that is no answer an
// error of the catalogue. Judges no content beyond that it is JSON. No request changes anything there, so
// that each may be sent again.
import { isObject, parsedJson } from '../../../core/plain-json.ts';
import type { SourceAddress } from '../../../core/source-address.ts';
import { type AiOpsError, fail } from '../../../errors.ts';
import { createHttp, type Pause, retryAfterMs, textOf } from '../../../platform/http/client.ts';
import type { ProxyEnv } from '../../../platform/http/exchange.ts';

/** What a server may be shown, where it may be shown any. */
export interface Credentials {
  /** `Authorization: ApiKey …`, of Elasticsearch. */
  readonly apiKey?: string | undefined;
  readonly bearer?: string | undefined;
  /** For the user that stands in the address. */
  readonly password?: string | undefined;
}

export interface ConnectionOptions {
  /** As the user wrote it. */
  readonly source: string;
  readonly address: SourceAddress;
  readonly credentials: Credentials;
  readonly headers?: Readonly<Record<string, string>>;
  readonly userAgent: string;
  readonly proxyEnv?: ProxyEnv | undefined;
  readonly pause?: Pause | undefined;
  readonly now: () => number;
}

export interface Ask {
  readonly method?: 'GET' | 'POST';
  /** Below the base of the address, with its query. */
  readonly path: string;
  readonly body?: unknown;
  readonly signal: AbortSignal;
}

export interface Told {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed; `undefined` where the answer has no body. */
  readonly json: unknown;
  /** The server's clock when it answered, ms: ours where it does not say. */
  readonly serverNow: number;
}

export interface Connection {
  /**
   * @throws AiOpsError `log-refused` (401, 403), `log-unreachable` (no answer, 429, 5xx, no JSON), `log-query` (any other 4xx), `interrupted`
   */
  ask(ask: Ask): Promise<Told>;
  /** The same, and answers of these statuses too. */
  ask(ask: Ask & { readonly takes: readonly number[] }): Promise<Told>;
}

const BOUNDS = { connectMs: 10_000, headMs: 60_000, silenceMs: 30_000, wholeMs: 120_000, maxBytes: 32 * 1024 * 1024 };
/** A server that asks for more patience than this is tried again all the same. */
const LONGEST_WAIT_MS = 5 * 60_000;
/** Of what a server says about a failure. */
const SAID = 200;

/** The answer was longer than the bound: less is to be asked for. */
export class TooLong extends Error {}

export function createConnection(options: ConnectionOptions): Connection {
  const { source, address, proxyEnv, pause, now } = options;
  const http = createHttp({ bounds: BOUNDS, proxyEnv, pause });
  const fixed = {
    accept: 'application/json',
    'accept-encoding': 'gzip',
    'user-agent': options.userAgent,
    ...options.headers,
    ...authorization(options),
  };
  return {
    async ask({ method = 'GET', path, body, signal, takes = [] }: Ask & { readonly takes?: readonly number[] }) {
      const headers = body === undefined ? fixed : { ...fixed, 'content-type': 'application/json' };
      const request = { url: `${address.base}${path}`, method, headers, body: body === undefined ? undefined : JSON.stringify(body) };
      const ending = await http({ ...request, signal, isRead: true }, async (answer) => ({
        ...{ status: answer.status, headers: answer.headers, text: await textOf(answer) },
      }));
      if (ending.kind === 'failed') {
        if (ending.why === 'too-long') throw new TooLong(ending.detail);
        throw fail('log-unreachable', { source, detail: ending.detail }, ending.cause);
      }
      const { status, text, headers: told } = ending.value;
      if (status >= 300 && !takes.includes(status)) throw refusal(source, status, text, told, now());
      const date = Date.parse(told.get('date') ?? '');
      return { status, headers: told, json: jsonOf(source, status, text), serverNow: Number.isNaN(date) ? now() : date };
    },
  };
}

function authorization({ credentials, address }: ConnectionOptions): Readonly<Record<string, string>> {
  const { apiKey, bearer, password } = credentials;
  if (apiKey !== undefined) return { authorization: `ApiKey ${apiKey}` };
  if (bearer !== undefined) return { authorization: `Bearer ${bearer}` };
  if (password === undefined || address.user === null) return {};
  return { authorization: `Basic ${Buffer.from(`${address.user}:${password}`).toString('base64')}` };
}

/** The cause of an error that says when it is worth another try. */
export interface Waiting {
  readonly waitMs: number;
}

function refusal(source: string, status: number, text: string, headers: Headers, now: number): AiOpsError {
  const detail = `it says ${status}${saidIn(text)}`;
  if (status === 401 || status === 403) return fail('log-refused', { source, detail });
  if (status !== 429 && status < 500) return fail('log-query', { source, detail });
  const asked = retryAfterMs(headers.get('retry-after'), new Date(now));
  const waiting: Waiting | undefined = asked === null || asked <= 0 ? undefined : { waitMs: Math.min(asked, LONGEST_WAIT_MS) };
  return fail('log-unreachable', { source, detail }, waiting);
}

function saidIn(text: string): string {
  const said = messageIn(parsedJson(text)) ?? (/^\s*</.test(text) ? '' : text);
  const line = said.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line === '' ? '' : `: ${line.length > SAID ? `${line.slice(0, SAID)}…` : line}`;
}

/** Where Elasticsearch, Loki and Sentry say what was wrong. */
function messageIn(json: unknown): string | undefined {
  if (!isObject(json)) return undefined;
  const { error, message, detail } = json;
  if (isObject(error)) {
    const root: unknown = Array.isArray(error.root_cause) ? error.root_cause[0] : undefined;
    const words = [error, root].flatMap((one) => (isObject(one) ? [one.type, one.reason] : [])).filter((word) => typeof word === 'string');
    return [...new Set(words)].join(': ');
  }
  return [error, message, detail].find((word) => typeof word === 'string');
}

function jsonOf(source: string, status: number, text: string): unknown {
  if (text.trim() === '') return undefined;
  const json = parsedJson(text);
  if (json === undefined && status < 300)
    throw fail('log-unreachable', { source, detail: 'its answer is no JSON: is this the right server?' });
  return json;
}
