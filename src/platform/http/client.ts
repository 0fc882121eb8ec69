// The one policy of HTTP, for git and for code hosts. Reads are repeated, writes never are: nobody knows what became of the
// first. Redirects stay on one origin, so that no token goes to another server. Certificates are those that the process
// trusts, the proxy is the environment's. Knows no host, no status that means more than "later", and reads no body itself.
//
// | bound | number | beyond it |
// |---|---|---|
// | connecting, silence, whole, size | `Bounds` of the caller | `unreachable`, `too-long` |
// | headers | 32 KB | `too-long` |
// | tries of a read | 3, after 0.5 s and 2 s, none later than a minute after the first | the last ending |
// | Retry-After that is waited for | 30 s | the answer as it is |
// | redirects | 5 | `circle` |
// | of a look: connecting, silence, less than 1 kB | 4 s, one try | `unreachable` |
// | of a look: an answer that is not `isLong` | 4.5 s | `unreachable` |

import { setTimeout as sleep } from 'node:timers/promises';
import { AiOpsError, fail } from '../../errors.ts';
import { codeOf, messageOf } from '../errno.ts';
import { type Answer, type Bounds, createSend, isTooLong, type Outgoing, type ProxyEnv } from './exchange.ts';
import { LOOK_MS, LOOK_SILENT_MS } from './look-ms.ts';

/** Waits, or rejects when the signal aborts. Passed in so that tests need not wait. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<unknown>;

export const pauseFor: Pause = (ms, signal) => sleep(ms, undefined, { signal });

export interface HttpOptions {
  readonly bounds: Bounds;
  readonly proxyEnv?: ProxyEnv | undefined;
  readonly pause?: Pause | undefined;
  /** The first pause; the second is four times as long. */
  readonly retryDelayMs?: number | undefined;
  /** Somebody waits for nothing but the answer: `LOOK`, and one try. */
  readonly isLook?: boolean | undefined;
}

const LOOK = {
  ...{ connectMs: LOOK_SILENT_MS, headMs: LOOK_SILENT_MS, silenceMs: LOOK_SILENT_MS },
  lowSpeed: { bytes: 1024, ms: LOOK_SILENT_MS },
};

export interface HttpRequest extends Outgoing {
  readonly url: string;
  /** Nothing changes at the other end, whatever becomes of it. */
  readonly isRead: boolean;
  /** Sees where a redirect leads before it is followed, and may throw; without it none is followed. */
  readonly onRedirect?: ((target: URL) => void) | undefined;
  /** Smaller than the client's. */
  readonly maxBytes?: number | undefined;
  /** It is a repository, and waited for as long as it comes, in a look too. */
  readonly isLong?: boolean | undefined;
}

export type Ending<T> =
  | { readonly kind: 'answer'; readonly value: T; readonly url: string }
  | {
      readonly kind: 'failed';
      readonly why: 'unreachable' | 'moved' | 'circle' | 'too-long';
      readonly detail: string;
      readonly cause?: unknown;
    };

/**
 * @param take reads of an answer what belongs to the try: what it throws is repeated like a lost connection
 * @throws AiOpsError `interrupted`, and what `onRedirect` and `take` throw of our own errors
 */
export type Http = <T>(request: HttpRequest, take: (answer: Answer) => Promise<T>) => Promise<Ending<T>>;

const RETRY_DELAY_MS = 500;
const TRIES = 3;
const LATEST_TRY_MS = 60_000;
const LONGEST_RETRY_AFTER_MS = 30_000;
const REDIRECTS = 5;
const SENT_ON = [301, 302, 303, 307, 308];
/** Server errors that another try does not mend. */
const LASTING = [501, 505, 511];

export function createHttp({ bounds, proxyEnv = {}, pause = pauseFor, retryDelayMs = RETRY_DELAY_MS, isLook = false }: HttpOptions): Http {
  const send = createSend(proxyEnv);
  return async (request, take) => {
    const began = performance.now();
    const look = isLook ? { ...LOOK, wholeMs: request.isLong ? bounds.wholeMs : LOOK_MS } : {};
    const within = { ...bounds, ...look, maxBytes: request.maxBytes ?? bounds.maxBytes };
    for (let tries = 1; ; tries += 1) {
      const delay = (): number | null => {
        const isLast = isLook || !request.isRead || tries >= TRIES || performance.now() - began > LATEST_TRY_MS;
        return isLast ? null : retryDelayMs * 4 ** (tries - 1);
      };
      const ending = await interruptible(request.signal, () => once((target) => send(target, request, within), request, delay, take));
      if (ending.kind !== 'later') return ending;
      await rest(pause, ending.waitMs, request.signal);
    }
  };
}

interface Later {
  readonly kind: 'later';
  readonly waitMs: number;
}

/** @param delay before another try, by the time it is; `null` when there is none */
async function once<T>(
  send: (target: URL) => Promise<Answer>,
  { url, method, onRedirect }: HttpRequest,
  delay: () => number | null,
  take: (answer: Answer) => Promise<T>,
): Promise<Ending<T> | Later> {
  let target = new URL(url);
  try {
    for (let hop = 0; ; hop += 1) {
      const answer = await send(target);
      const next = onRedirect === undefined ? undefined : targetOf(answer, target);
      if (next === undefined) {
        const waitMs = laterMs(answer, delay());
        if (waitMs === null) return { kind: 'answer', value: await take(answer), url: target.href };
        answer.discard();
        return { kind: 'later', waitMs };
      }
      answer.discard();
      if (next.origin !== target.origin || !keepsMethod(method, answer)) return { kind: 'failed', why: 'moved', detail: placeOf(next) };
      if (hop === REDIRECTS) return { kind: 'failed', why: 'circle', detail: placeOf(next) };
      onRedirect?.(next);
      target = next;
    }
  } catch (error) {
    if (error instanceof AiOpsError) throw error;
    const tooLong = isTooLong(error);
    const waitMs = tooLong || isUntrusted(error) ? null : delay();
    if (waitMs !== null) return { kind: 'later', waitMs };
    return { kind: 'failed', why: tooLong ? 'too-long' : 'unreachable', detail: messageOf(error), cause: error };
  }
}

/** A certificate that is not trusted now is not trusted in a second either. Whatever realm threw it. */
function isUntrusted(error: unknown): boolean {
  for (let at = error; typeof at === 'object' && at !== null; at = 'cause' in at ? at.cause : null) {
    if (/CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|ERR_TLS_/.test(codeOf(at))) return true;
  }
  return false;
}

function targetOf({ status, headers }: Answer, from: URL): URL | undefined {
  const location = SENT_ON.includes(status) ? headers.get('location') : null;
  return location === null ? undefined : new URL(location, from);
}

/** Others turn into a GET: RFC 9110, 15.4. */
function keepsMethod(method: string, { status }: Answer): boolean {
  return method === 'GET' || method === 'HEAD' || status === 307 || status === 308;
}

/** For people: the query may hold what is nobody's business. */
function placeOf({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

/** How long to wait before the read is repeated; `null` to take the answer as it is. */
function laterMs({ status, headers }: Answer, delay: number | null): number | null {
  if (delay === null) return null;
  const asked = retryAfterMs(headers.get('retry-after'), new Date(headers.get('date') ?? Date.now()));
  const isAsked = asked !== null && asked >= 0;
  if (isAsked && (status === 429 || status === 503)) return asked <= LONGEST_RETRY_AFTER_MS ? asked : null;
  return status >= 500 && !LASTING.includes(status) ? delay : null;
}

/** RFC 9110, 10.2.3: seconds, or a date. @returns `null` where there is neither; less than 0 for what has passed */
export function retryAfterMs(value: unknown, now: Date): number | null {
  const seconds = Number(value ?? Number.NaN);
  if (!Number.isNaN(seconds)) return seconds * 1000;
  const date = Date.parse(String(value ?? ''));
  return Number.isNaN(date) ? null : date - now.getTime();
}

/** An answer that has come is told, whatever the signal says: it may be of a write. */
async function interruptible<T>(signal: AbortSignal, work: () => Promise<Ending<T> | Later>): Promise<Ending<T> | Later> {
  if (signal.aborted) throw fail('interrupted');
  const ending = await work();
  if (signal.aborted && ending.kind !== 'answer') throw fail('interrupted', {}, ending.kind === 'failed' ? ending.cause : undefined);
  return ending;
}

/** @throws AiOpsError `interrupted` */
export async function rest(pause: Pause, ms: number, signal: AbortSignal): Promise<void> {
  try {
    await pause(ms, signal);
  } catch (error) {
    throw fail('interrupted', {}, error);
  }
}

/** The whole of an answer, as text. */
export async function textOf({ body }: Answer): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return new TextDecoder().decode(Buffer.concat(parts));
}
