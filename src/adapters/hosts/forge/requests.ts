// How every code host is spoken to: reads may be repeated, writes never are; redirects stay on one origin, so that
// no token goes to another server; what is not JSON is refused. Knows nothing of GitHub or GitLab.
import { setTimeout as sleep } from 'node:timers/promises';
import { fail } from '../../../errors.ts';
import { type Answer, createSend, type Outgoing, type ProxyEnv, type Send } from '../../../platform/http/exchange.ts';

/** Waits, or rejects when the signal aborts. Passed in so that tests need not wait. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<unknown>;

export const pauseFor: Pause = (ms, signal) => sleep(ms, undefined, { signal });

/** One HTTP exchange. Resolves with the whole answer: JSON, or text with a status of 400 to 499. */
export type Transport = (url: string, outgoing: Outgoing) => Promise<Response>;

const TIMEOUT_MS = 30_000;
const READ_DELAYS_MS = [500, 2_000];
/** A longer `Retry-After` is not waited for: the caller learns until when. */
const LONGEST_WAIT_MS = 20_000;
const REDIRECTS = 5;

/**
 * @param host name for messages
 * @param proxyEnv see `ProxyEnv`
 * @throws AiOpsError from the transport: `host-unreachable`, `host-garbage`, `host-moved`, `interrupted`
 */
export function createTransport(host: string, pause: Pause = pauseFor, proxyEnv: ProxyEnv = {}): Transport {
  const send = createSend(proxyEnv);
  return async (url, outgoing) => {
    for (const delay of isRead(outgoing.method) ? [...READ_DELAYS_MS, null] : [null]) {
      const answer = await attempt(send, host, url, outgoing);
      const wait = delay === null ? null : waitFor(answer, delay);
      if (wait !== null) {
        await rest(pause, wait, outgoing.signal);
        continue;
      }
      if (answer instanceof Unreachable) throw fail('host-unreachable', { host, detail: answer.message }, answer.cause);
      return judged(host, answer);
    }
    throw fail('bug', { detail: 'the last attempt never waits' });
  };
}

/** The answer never came, or not all of it. */
class Unreachable extends Error {}

async function attempt(send: Send, host: string, url: string, outgoing: Outgoing): Promise<Answer | Unreachable> {
  try {
    return await exchange(send, host, url, outgoing);
  } catch (error) {
    if (outgoing.signal.aborted) throw fail('interrupted', {}, error);
    if (error instanceof Unreachable) return error;
    throw error;
  }
}

async function exchange(send: Send, host: string, url: string, outgoing: Outgoing): Promise<Answer> {
  let target = new URL(url);
  for (let hop = 0; hop <= REDIRECTS; hop++) {
    const { answer, location } = await once(send, target, outgoing);
    if (location === null) return answer;
    const next = new URL(location, target);
    const keepsMethod = isRead(outgoing.method) || answer.status === 307 || answer.status === 308;
    if (next.origin !== target.origin || !keepsMethod) throw fail('host-moved', { host, location: `${next.origin}${next.pathname}` });
    target = next;
  }
  throw fail('host-garbage', { host, detail: 'it redirects in a circle' });
}

async function once(send: Send, target: URL, outgoing: Outgoing): Promise<{ answer: Answer; location: string | null }> {
  const late = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const answer = await send(target, { ...outgoing, signal: AbortSignal.any([outgoing.signal, late]) });
    const redirects = answer.status >= 300 && answer.status < 400 && answer.status !== 304;
    return { answer, location: redirects ? answer.headers.get('location') : null };
  } catch (error) {
    throw new Unreachable(late.aborted ? `no answer within ${TIMEOUT_MS / 1000} s` : reasonOf(error), { cause: error });
  }
}

/** Several addresses that all failed have a code and no message. */
function reasonOf(error: unknown): string {
  const { message, code } = (error ?? {}) as Readonly<Record<string, unknown>>;
  return String(message || code || error);
}

/** How long to wait before the read is repeated; `null` to take the answer as it is. */
function waitFor(answer: Answer | Unreachable, delay: number): number | null {
  if (answer instanceof Unreachable) return delay;
  if (answer.status === 502 || answer.status === 504) return delay;
  if (answer.status !== 429 && answer.status !== 503) return null;
  const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
  if (Number.isNaN(seconds)) return answer.status === 503 ? delay : null;
  return seconds * 1000 <= LONGEST_WAIT_MS ? seconds * 1000 : null;
}

function judged(host: string, { status, headers, text }: Answer): Response {
  if (status >= 500) throw fail('host-unreachable', { host, detail: `it answered ${status} ${firstWords(text)}`.trim() });
  const type = (headers.get('content-type') ?? '').split(';')[0]?.trim();
  const isPage = type === 'text/html' || /^\s*<(!doctype|html)/i.test(text);
  if (isPage) throw fail('host-garbage', { host, detail: `${status} with a web page ${firstWords(text)}`.trim() });
  if (status < 400 && status !== 204 && status !== 304 && !isJson(text))
    throw fail('host-garbage', { host, detail: `${status} without readable JSON` });
  return new Response(status === 204 || status === 304 ? null : text, { status, headers });
}

function firstWords(text: string): string {
  const title = /<title[^>]*>([^<]{1,120})/i.exec(text)?.[1] ?? (text.startsWith('<') ? '' : text.slice(0, 120));
  const words = title.replace(/\s+/g, ' ').trim();
  return words === '' ? '' : `(${words})`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** @throws AiOpsError `interrupted` */
export async function rest(pause: Pause, ms: number, signal: AbortSignal): Promise<void> {
  try {
    await pause(ms, signal);
  } catch (error) {
    throw fail('interrupted', {}, error);
  }
}
