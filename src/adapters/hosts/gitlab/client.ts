// The only file that knows gitbeaker, loaded at the first call. Its own requests would repeat writes and lose the server's words, so
// ours go underneath.

import type { ForgeOptions, Refusal } from '../forge/refusals.ts';
import type { Transport } from '../forge/requests.ts';
import type { Answer } from './answers.ts';

type Library = typeof import('@gitbeaker/rest');
type ClientOptions = ConstructorParameters<Library['MergeRequests']>[0];
type Requester = ReturnType<NonNullable<ClientOptions['requesterFn']>>;
export type GitLabCall = (send: (library: Library, client: ClientOptions) => Promise<unknown>, signal: AbortSignal) => Promise<Answer>;

/** Answers are those of the host; what it refuses is one, too. */
export function createCall({ baseUrl, token, userAgent }: ForgeOptions, transport: Transport): GitLabCall {
  return async (send, signal) => {
    // Bearer works for personal, project and OAuth tokens alike.
    const requesterFn = ({ url }: { readonly url?: unknown }): Requester =>
      // With the part of the path that all calls of one resource begin with.
      createRequester(
        typeof url === 'string' ? url : `${baseUrl}/api/v4`,
        { authorization: `Bearer ${token}`, 'user-agent': userAgent },
        transport,
        signal,
      );
    try {
      return {
        ok: true,
        data: await send(await import('@gitbeaker/rest'), { host: baseUrl, oauthToken: token, requesterFn, queryTimeout: null }),
      };
    } catch (thrown) {
      if (thrown instanceof Refused) return { ok: false, refusal: thrown.refusal };
      throw thrown;
    }
  };
}

/** Carries a refusal through gitbeaker, which knows nothing of it. */
class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(`status ${refusal.status}`);
    this.refusal = refusal;
  }
}

function createRequester(base: string, headers: Readonly<Record<string, string>>, transport: Transport, signal: AbortSignal): Requester {
  const sender =
    (method: string) =>
    async (endpoint: string, options: { searchParams?: unknown; body?: unknown } = {}) => {
      const url = new URL(`${base.replace(/\/+$/, '')}/${endpoint}`);
      for (const [name, value] of Object.entries(snakeCase(options.searchParams))) url.searchParams.set(name, String(value));
      const isBare = method === 'GET' || Object.keys(snakeCase(options.body)).length === 0;
      const body = isBare ? {} : { body: JSON.stringify(snakeCase(options.body)) };
      const type = isBare ? {} : { 'content-type': 'application/json' };
      const response = await transport(url.href, { method, headers: { ...headers, ...type, accept: 'application/json' }, ...body, signal });
      const text = await response.text();
      const found = Object.fromEntries(response.headers);
      if (!response.ok) throw new Refused({ status: response.status, headers: found, data: parsed(text) });
      return { body: parsed(text), headers: found, status: response.status };
    };
  return { get: sender('GET'), post: sender('POST'), put: sender('PUT'), patch: sender('PATCH'), delete: sender('DELETE') } as Requester;
}

function snakeCase(fields: unknown): Readonly<Record<string, unknown>> {
  const present = Object.entries(fields ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present.map(([name, value]) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]));
}

/** The transport lets only JSON through, except in refusals, which may be plain text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
