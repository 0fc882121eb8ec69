// HTTP for git on node:https, and the shape isomorphic-git wants from an http plugin. Its own plugin gives up after
// 5 s of silence, cannot follow a renamed repository, never retries and ignores proxies (doc/adr/0004-own-object-store.md).
// The token is sent in the Authorization header only, to the configured scheme and host only.
import * as http from 'node:http';
import * as https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { AiOpsError, fail } from '../../../errors.ts';
import { codeOf } from '../../../platform/errno.ts';
import { answerError, networkError } from './http-errors.ts';

export interface GitHttpOptions {
  /** Address of the repository, without credentials. */
  readonly url: string;
  readonly username?: string;
  readonly token?: string;
  /** `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY` and their lower-case twins. */
  readonly proxyEnv?: Readonly<Record<string, string | undefined>>;
  /** Silence before the head of an answer; servers count objects in that time. */
  readonly headersTimeoutMs?: number;
  /** Silence within an answer. */
  readonly idleTimeoutMs?: number;
  /** First pause before a repeated read; grows fourfold. */
  readonly retryDelayMs?: number;
}

export interface GitHttpRequest {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

export interface GitHttpResponse {
  readonly url: string;
  readonly method: string;
  readonly statusCode: number;
  readonly statusMessage: string;
  readonly headers: Record<string, string>;
  readonly body: AsyncIterableIterator<Uint8Array>;
}

/** What one operation may take. */
export interface GitHttpLimits {
  readonly signal: AbortSignal;
  /** Bytes of one answer; more ends it with `repository-unsupported`. */
  readonly maxBytes?: number;
}

export interface GitHttp {
  /** Answers with status 200 only. @throws AiOpsError `git-auth`, `git-not-found`, `git-unreachable`, `interrupted` */
  request(request: GitHttpRequest, limits: GitHttpLimits): Promise<GitHttpResponse>;
}

const ATTEMPTS = 3;
const REDIRECTS = 5;
const MAX_BYTES = 2 ** 31;
const MAX_RETRY_AFTER_S = 30;

/** One per repository: it remembers where the repository has moved to. */
export function createGitHttp(options: GitHttpOptions): GitHttp {
  const secure = options.url.startsWith('https:');
  const agentOptions = { keepAlive: false, ...(options.proxyEnv === undefined ? {} : { proxyEnv: { ...options.proxyEnv } }) };
  const agent = secure ? new https.Agent(agentOptions) : new http.Agent(agentOptions);
  const context = { ...options, agent, send: secure ? https.request : http.request };
  let base = options.url.replace(/\/+$/, '');
  return {
    request: async (request, limits) => {
      const suffix = request.url.slice(options.url.replace(/\/+$/, '').length);
      const method = request.method ?? 'GET';
      const body = method === 'GET' ? undefined : await collect(request.body ?? []);
      // A receive-pack POST is never repeated: nobody knows what became of the first one.
      const attempts = suffix.endsWith('/git-receive-pack') ? 1 : ATTEMPTS;
      const exchange = { method, headers: request.headers ?? {}, body, limits };
      let answer = await withRetries(context, base + suffix, exchange, attempts);
      for (let hop = 0; method === 'GET' && isRedirect(answer.statusCode); hop += 1) {
        base = movedBase(options.url, base, suffix, answer, hop);
        answer.resume();
        answer = await withRetries(context, base + suffix, exchange, attempts);
      }
      if (answer.statusCode !== 200) throw await answerError(options, answer);
      if (method === 'GET') expectAdvertisement(options.url, answer);
      return response(options, base + suffix, method, answer, limits);
    },
  };
}

interface Exchange {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
  readonly limits: GitHttpLimits;
}

type Context = GitHttpOptions & { readonly agent: http.Agent; readonly send: typeof http.request };

async function withRetries(context: Context, url: string, exchange: Exchange, attempts: number): Promise<http.IncomingMessage> {
  const pause = context.retryDelayMs ?? 500;
  for (let attempt = 1; ; attempt += 1) {
    const wait = pause * 4 ** (attempt - 1);
    const last = attempt >= attempts;
    try {
      const answer = await once(context, url, exchange);
      const status = answer.statusCode ?? 0;
      if (last || (status < 500 && status !== 429)) return answer;
      answer.resume();
      const after = Number(answer.headers['retry-after'] ?? 0);
      const asked = Number.isFinite(after) ? Math.min(after, MAX_RETRY_AFTER_S) * 1000 : 0;
      await sleep(Math.max(wait, asked), undefined, { signal: exchange.limits.signal });
    } catch (error) {
      if (exchange.limits.signal.aborted) throw fail('interrupted', {}, error);
      if (last || !isPassing(error)) throw networkError(context.url, error);
      await sleep(wait, undefined, { signal: exchange.limits.signal }).catch((aborted) => {
        throw fail('interrupted', {}, aborted);
      });
    }
  }
}

function once(context: Context, url: string, exchange: Exchange): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { token, username } = context;
    const request = context.send(url, {
      method: exchange.method,
      agent: context.agent,
      signal: exchange.limits.signal,
      headers: {
        ...exchange.headers,
        'user-agent': 'git/ai-ops',
        ...(exchange.body === undefined ? {} : { 'content-length': String(exchange.body.length) }),
        ...(token === undefined ? {} : { authorization: `Basic ${Buffer.from(`${username ?? ''}:${token}`).toString('base64')}` }),
      },
    });
    request.on('error', reject);
    watchSilence(request, context.headersTimeoutMs ?? 120_000);
    request.on('response', (answer) => {
      watchSilence(request, context.idleTimeoutMs ?? 60_000);
      resolve(answer);
    });
    request.end(exchange.body);
  });
}

/** Ends a request after `ms` without a byte. A busy event loop fires the timer late, so the socket is asked once more. */
function watchSilence(request: http.ClientRequest, ms: number): void {
  request.removeAllListeners('timeout');
  request.setTimeout(ms, () => {
    const seen = request.socket?.bytesRead;
    setImmediate(() => {
      if (request.socket?.bytesRead !== seen) return;
      request.destroy(Object.assign(new Error(`no answer for ${ms / 1000} s`), { code: 'ETIMEDOUT' }));
    });
  });
}

async function collect(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts);
}

function isRedirect(status: number | undefined): boolean {
  return status !== undefined && [301, 302, 303, 307, 308].includes(status);
}

/** The repository's new address. Another scheme or host is not followed: the token was given for this one. */
function movedBase(url: string, base: string, suffix: string, answer: http.IncomingMessage, hop: number): string {
  const target = new URL(answer.headers.location ?? '', base + suffix);
  const shown = `${target.origin}${target.pathname}`;
  if (target.origin !== new URL(url).origin || hop >= REDIRECTS) {
    answer.resume();
    throw fail('git-not-found', { remote: url, detail: `it redirects to ${shown}; set repo.url to the repository's own address` });
  }
  const path = target.pathname.replace(/\/info\/refs$/, '');
  if (path === target.pathname)
    throw fail('git-not-found', { remote: url, detail: `it redirects to ${shown}, which is not a git repository` });
  return target.origin + path;
}

function expectAdvertisement(url: string, answer: http.IncomingMessage): void {
  if (/^application\/x-git-(upload|receive)-pack-advertisement/.test(answer.headers['content-type'] ?? '')) return;
  answer.destroy();
  throw fail('git-not-found', { remote: url, detail: 'the answer is not from a git server' });
}

function response(
  options: GitHttpOptions,
  url: string,
  method: string,
  answer: http.IncomingMessage,
  limits: GitHttpLimits,
): GitHttpResponse {
  const headers = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)]));
  const body = guarded(options.url, answer, limits);
  return { url, method, statusCode: 200, statusMessage: answer.statusMessage ?? '', headers, body };
}

async function* guarded(url: string, answer: http.IncomingMessage, limits: GitHttpLimits): AsyncGenerator<Uint8Array, undefined> {
  const maxBytes = limits.maxBytes ?? MAX_BYTES;
  let total = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      total += chunk.length;
      if (total > maxBytes) throw tooLarge(url, maxBytes);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof AiOpsError) throw error;
    throw limits.signal.aborted ? fail('interrupted', {}, error) : networkError(url, error);
  }
  return undefined;
}

function tooLarge(url: string, maxBytes: number): AiOpsError {
  return fail('repository-unsupported', { remote: url, detail: `it would send more than ${Math.round(maxBytes / 2 ** 20)} MB` });
}

function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ECONNRESET' || code === 'EPIPE' || code === 'EAI_AGAIN';
}
