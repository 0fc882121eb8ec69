// HTTP for git, and the shape isomorphic-git wants from an http plugin. Its own plugin gives up after 5 s of silence,
// cannot follow a renamed repository, never retries and ignores proxies (doc/adr/0004-own-object-store.md). How often and
// how long is tried is the platform's; here is what is git's: where a repository has moved to, and what a refusal means.
// The token is sent in the Authorization header only, to the configured scheme and host only.
import { AiOpsError, fail } from '../../../errors.ts';
import { messageOf } from '../../../platform/errno.ts';
import { createHttp, type Ending } from '../../../platform/http/client.ts';
import { type Answer, isTooLong } from '../../../platform/http/exchange.ts';
import { answerError, networkError } from './http-errors.ts';

export interface GitHttpOptions {
  /** Address of the repository, without credentials. */
  readonly url: string;
  readonly username?: string;
  readonly token?: string;
  /** As of `ProxyEnv`. */
  readonly proxyEnv?: Readonly<Record<string, string | undefined>>;
  /** Silence before the head of an answer; servers count objects in that time. */
  readonly headersTimeoutMs?: number;
  /** Silence within an answer. */
  readonly idleTimeoutMs?: number;
  /** First pause before a repeated read; grows fourfold. */
  readonly retryDelayMs?: number;
  /** Somebody only looks: a server that does not answer is not waited for. */
  readonly isLook?: boolean;
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
  /** As of `HttpRequest`. */
  readonly isLong?: boolean;
}

export interface GitHttp {
  /** Answers with status 200 only. @throws AiOpsError `git-auth`, `git-not-found`, `git-unreachable`, `interrupted` */
  request(request: GitHttpRequest, limits: GitHttpLimits): Promise<GitHttpResponse>;
}

const CONNECT_MS = 30_000;
const HEAD_MS = 120_000;
const SILENCE_MS = 60_000;
const WHOLE_MS = 3_600_000;
const MAX_BYTES = 2 ** 31;

/** One per repository: it remembers where the repository has moved to. */
export function createGitHttp(options: GitHttpOptions): GitHttp {
  const { url, proxyEnv, headersTimeoutMs: headMs = HEAD_MS, idleTimeoutMs: silenceMs = SILENCE_MS, retryDelayMs, isLook } = options;
  const bounds = { connectMs: CONNECT_MS, headMs, silenceMs, wholeMs: WHOLE_MS, maxBytes: MAX_BYTES };
  const http = createHttp({ bounds, proxyEnv, retryDelayMs, isLook });
  const given = url.replace(/\/+$/, '');
  let base = given;
  return {
    request: async (request, limits) => {
      const suffix = request.url.slice(given.length);
      const { method = 'GET' } = request;
      const isGet = method === 'GET';
      const ending = await http(
        {
          url: base + suffix,
          method,
          headers: { ...request.headers, ...headersOf(options) },
          body: isGet ? undefined : await collect(request.body ?? []),
          ...limits,
          // A push is never repeated: nobody knows what became of the first one.
          isRead: !suffix.endsWith('/git-receive-pack'),
          onRedirect: isGet ? (target) => void movedBase(url, target) : undefined,
        },
        async (answer) => answer,
      );
      const answer = answered(url, ending);
      if (isGet && ending.kind === 'answer' && ending.url !== base + suffix) base = movedBase(url, new URL(ending.url));
      if (answer.status !== 200) throw await answerError(options, answer);
      if (isGet) expectAdvertisement(url, answer);
      return response(url, base + suffix, method, answer, limits);
    },
  };
}

function headersOf({ token, username = '' }: GitHttpOptions): Readonly<Record<string, string>> {
  const agent = { 'user-agent': 'git/ai-ops' };
  return token === undefined ? agent : { ...agent, authorization: `Basic ${Buffer.from(`${username}:${token}`).toString('base64')}` };
}

async function collect(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts);
}

/** Another scheme or host is not followed: the token was given for this one. */
function answered(remote: string, ending: Ending<Answer>): Answer {
  if (ending.kind === 'answer') return ending.value;
  const { why, detail, cause } = ending;
  if (why === 'unreachable') throw networkError(remote, cause ?? detail);
  if (why === 'too-long') throw fail('git-unreachable', { remote, detail }, cause);
  throw fail('git-not-found', { remote, detail: `it redirects to ${detail}; set repo.url to the repository's own address` });
}

/** The repository's new address. */
function movedBase(remote: string, { origin, pathname }: URL): string {
  const path = pathname.replace(/\/info\/refs$/, '');
  if (path !== pathname) return origin + path;
  throw fail('git-not-found', { remote, detail: `it redirects to ${origin}${pathname}, which is not a git repository` });
}

function expectAdvertisement(remote: string, answer: Answer): void {
  if (/^application\/x-git-(upload|receive)-pack-advertisement/.test(answer.headers.get('content-type') ?? '')) return;
  answer.discard();
  throw fail('git-not-found', { remote, detail: 'the answer is not from a git server' });
}

function response(remote: string, url: string, method: string, answer: Answer, limits: GitHttpLimits): GitHttpResponse {
  const { status: statusCode, statusText: statusMessage } = answer;
  const body = guarded(remote, answer, limits.signal);
  return { url, method, statusCode, statusMessage, headers: Object.fromEntries(answer.headers), body };
}

async function* guarded(remote: string, { body }: Answer, signal: AbortSignal): AsyncGenerator<Uint8Array, undefined> {
  try {
    yield* body;
  } catch (error) {
    if (error instanceof AiOpsError) throw error;
    if (signal.aborted) throw fail('interrupted', {}, error);
    throw isTooLong(error)
      ? fail('repository-unsupported', { remote, detail: `it would send ${messageOf(error)}` }, error)
      : networkError(remote, error);
  }
  return undefined;
}
