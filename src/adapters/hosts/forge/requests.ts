// How every code host is spoken to: as the platform speaks HTTP, whole answers only, and what is not JSON is refused.
// Knows nothing of GitHub or GitLab.
import { isDeeper, isJson } from '../../../core/plain-json.ts';
import { fail } from '../../../errors.ts';
import { createHttp, type Ending, type Pause, pauseFor, textOf } from '../../../platform/http/client.ts';
import type { Outgoing, ProxyEnv } from '../../../platform/http/exchange.ts';

/** One HTTP exchange. Resolves with the whole answer: JSON, or text with a status of 400 to 499. */
export type Transport = (url: string, outgoing: Outgoing) => Promise<Response>;

/** A page of a hundred requests with the longest of bodies is a quarter of it. */
const MAX_BYTES = 32 * 2 ** 20;
/** Of JSON; answers of hosts have ten. */
const MAX_LEVELS = 100;
const WAIT_MS = 30_000;
const BOUNDS = { connectMs: WAIT_MS, headMs: WAIT_MS, silenceMs: WAIT_MS, wholeMs: WAIT_MS, maxBytes: MAX_BYTES };

/**
 * @param host name for messages
 * @param proxyEnv see `ProxyEnv`
 * @param isLook see `HttpOptions`
 * @throws AiOpsError from the transport: `host-unreachable`, `host-garbage`, `host-moved`, `interrupted`
 */
export function createTransport(host: string, pause: Pause = pauseFor, proxyEnv: ProxyEnv = {}, isLook = false): Transport {
  const http = createHttp({ bounds: BOUNDS, proxyEnv, pause, isLook });
  return async (url, outgoing) => {
    const isRead = outgoing.method === 'GET' || outgoing.method === 'HEAD';
    const headers = { ...outgoing.headers, 'accept-encoding': 'gzip' };
    const ending = await http({ ...outgoing, url, headers, isRead, onRedirect: () => undefined }, async (answer) => {
      return { status: answer.status, headers: answer.headers, text: await textOf(answer) };
    });
    return judged(host, wholeOf(host, ending));
  };
}

interface Whole {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

function wholeOf(host: string, ending: Ending<Whole>): Whole {
  if (ending.kind === 'answer') return ending.value;
  const { why, detail, cause } = ending;
  switch (why) {
    case 'unreachable':
      throw fail('host-unreachable', { host, detail }, cause);
    case 'moved':
      throw fail('host-moved', { host, location: detail });
    case 'circle':
      throw fail('host-garbage', { host, detail: 'it redirects in a circle' });
    case 'too-long':
      throw fail('host-garbage', { host, detail: `its answer is too long: ${detail}` }, cause);
  }
}

function judged(host: string, { status, headers, text }: Whole): Response {
  if (status >= 500) throw fail('host-unreachable', { host, detail: `it answered ${status} ${firstWords(text)}`.trim() });
  const type = (headers.get('content-type') ?? '').split(';')[0]?.trim();
  const isPage = type === 'text/html' || /^\s*<(!doctype|html)/i.test(text);
  if (isPage) throw fail('host-garbage', { host, detail: `${status} with a web page ${firstWords(text)}`.trim() });
  if (isDeeper(text, MAX_LEVELS)) throw fail('host-garbage', { host, detail: `${status} with JSON of more than ${MAX_LEVELS} levels` });
  if (status < 400 && status !== 204 && status !== 304 && !isJson(text))
    throw fail('host-garbage', { host, detail: `${status} without readable JSON` });
  return new Response(status === 204 || status === 304 ? null : text, { status, headers });
}

function firstWords(text: string): string {
  const title = /<title[^>]*>([^<]{1,120})/i.exec(text)?.[1] ?? (text.startsWith('<') ? '' : text.slice(0, 120));
  const words = title.replace(/\s+/g, ' ').trim();
  return words === '' ? '' : `(${words})`;
}
