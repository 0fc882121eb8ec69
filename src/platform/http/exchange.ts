// One HTTP exchange over node:https, bounded in time and size. `fetch` would leave the proxy of the environment aside,
// unless the whole process was started for it. Follows nothing, repeats nothing, judges nothing: see `client.ts`.
import type * as http from 'node:http';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { codeOf } from '../errno.ts';

/** `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY` and their lower-case twins; everything else in it is not looked at. */
export type ProxyEnv = Readonly<Record<string, string | undefined>>;

/** What one exchange may take. What goes beyond it ends the exchange with an error that says so. */
export interface Bounds {
  /** Until there is a connection, through the proxy too. */
  readonly connectMs: number;
  /** Of silence before the head of an answer. */
  readonly headMs: number;
  /** Of silence within an answer. */
  readonly silenceMs: number;
  /** Of all of it. */
  readonly wholeMs: number;
  /** Of an answer, as it comes and as it is unpacked. */
  readonly maxBytes: number;
  /** The least that comes while an answer is waited for or comes: what drips is not waited for. As `http.lowSpeedLimit` of git. */
  readonly lowSpeed?: { readonly bytes: number; readonly ms: number } | undefined;
}

export interface Outgoing {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  /** Unpacked. Throws what node:http throws when the rest does not come. To be read to its end, or discarded. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Not wanted: closes the connection. */
  discard(): void;
}

/** @throws what node:http throws when there is no answer; `isTooLong` and `ETIMEDOUT` where a bound was reached */
export type Send = (target: URL, outgoing: Outgoing, bounds: Bounds) => Promise<Answer>;

/** Node takes 16 KB; GitHub alone sends five. */
const MAX_HEADER_BYTES = 32 * 1024;

export function createSend(proxyEnv: ProxyEnv): Send {
  const options = { keepAlive: false, proxyEnv: withAllProxy(proxyEnv) };
  // Asked for here: an import makes all that node:http offers, a WebSocket too, before anything is sent.
  const [http, https] = [process.getBuiltinModule('node:http'), process.getBuiltinModule('node:https')];
  const doors = {
    'https:': { request: https.request, agent: new https.Agent(options) },
    'http:': { request: http.request, agent: new http.Agent(options) },
  } as const;
  return async (target, { method, headers, body, signal }, bounds) => {
    const { request, agent } = target.protocol === 'https:' ? doors['https:'] : doors['http:'];
    const late = AbortSignal.timeout(bounds.wholeMs);
    let why: unknown;
    const named = (error: unknown): unknown => why ?? nameOf(error);
    const incoming = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const outgoing = request(target, {
        ...{ method, agent, signal: AbortSignal.any([signal, late]), headers: { ...headers, ...length } },
        ...{ maxHeaderSize: MAX_HEADER_BYTES, timeout: bounds.connectMs },
      });
      // While a proxy makes the connection, a request that is destroyed says nothing. Later, all that is lost says "aborted".
      const end = (reason: unknown): void => {
        why ??= reason;
        reject(reason);
        outgoing.destroy();
      };
      late.addEventListener('abort', () => end(timedOut(`no answer within ${bounds.wholeMs / 1000} s`)));
      signal.addEventListener('abort', () => end(signal.reason), { signal: late });
      outgoing.on('error', (error) => reject(named(error)));
      watchConnecting(outgoing, bounds.connectMs, end);
      watchSilence(outgoing, bounds.headMs, end);
      if (bounds.lowSpeed) watchSpeed(outgoing, bounds.lowSpeed, end);
      outgoing.on('response', (answer) => {
        watchSilence(outgoing, bounds.silenceMs, end);
        resolve(answer);
      });
      outgoing.end(body);
    });
    return {
      status: incoming.statusCode ?? 0,
      statusText: incoming.statusMessage ?? '',
      headers: headersOf(incoming),
      body: bodyOf(method, incoming, bounds.maxBytes, named),
      discard: () => void incoming.destroy(),
    };
  };
}

/** As curl and git do: for what has no proxy of its own. Node knows no other than http proxies. */
function withAllProxy(env: ProxyEnv): Record<string, string | undefined> {
  const all = env.all_proxy || env.ALL_PROXY;
  if (!all || !/^https?:/i.test(all)) return { ...env };
  const { http_proxy = env.HTTP_PROXY ?? all, https_proxy = env.HTTPS_PROXY ?? all } = env;
  return { ...env, http_proxy, https_proxy };
}

/** The answer was longer than its bound. */
export function isTooLong(error: unknown): boolean {
  return codeOf(error) === 'EMSGSIZE';
}

async function* bodyOf(
  method: string,
  incoming: http.IncomingMessage,
  maxBytes: number,
  named: (error: unknown) => unknown,
): AsyncGenerator<Uint8Array, undefined> {
  const isPacked = incoming.headers['content-encoding'] === 'gzip' && method !== 'HEAD' && incoming.statusCode !== 304;
  try {
    if (Number(incoming.headers['content-length'] ?? 0) > maxBytes) throw tooLong(maxBytes);
    const received = upTo(maxBytes, incoming);
    yield* isPacked ? upTo(maxBytes, unpacked(received)) : received;
  } catch (error) {
    throw named(error);
  } finally {
    incoming.destroy();
  }
  return undefined;
}

async function* upTo(maxBytes: number, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > maxBytes) throw tooLong(maxBytes);
    yield chunk;
  }
  return undefined;
}

/** Nothing at all is nothing unpacked, whatever its header says. */
async function* unpacked(chunks: AsyncGenerator<Uint8Array, undefined>): AsyncGenerator<Uint8Array, undefined> {
  const first = await chunks.next();
  if (first.done) return undefined;
  const all = async function* (): AsyncGenerator<Uint8Array, undefined> {
    yield first.value;
    return yield* chunks;
  };
  // An error of the one side comes out of the other.
  yield* pipeline(all(), createGunzip(), () => undefined) as AsyncIterable<Uint8Array>;
  return undefined;
}

function headersOf({ headersDistinct }: http.IncomingMessage): Headers {
  const pairs = Object.entries(headersDistinct).flatMap(([name, values]) => (values ?? []).map((value): [string, string] => [name, value]));
  return new Headers(pairs);
}

/** The time of a socket begins when it is connected; names and hand-shakes take theirs before. */
function watchConnecting(request: http.ClientRequest, ms: number, end: (reason: unknown) => void): void {
  const late = setTimeout(() => end(Object.assign(timedOut(`no connection within ${ms / 1000} s`), { syscall: 'connect' })), ms);
  const connected = (): void => clearTimeout(late);
  request.once('socket', (socket) => (socket.connecting ? socket.once('connect', connected) : connected()));
  request.once('close', connected);
}

/** Ends a request after `ms` without a byte. A busy event loop fires the timer late, so the socket is asked once more. */
function watchSilence(request: http.ClientRequest, ms: number, end: (reason: unknown) => void): void {
  request.removeAllListeners('timeout');
  request.setTimeout(ms, () => {
    const seen = request.socket?.bytesRead;
    setImmediate(() => {
      if (request.socket?.bytesRead === seen) end(timedOut(`no answer for ${ms / 1000} s`));
    });
  });
}

/** What has come and is not asked for yet is no silence. */
function watchSpeed(request: http.ClientRequest, { bytes, ms }: { bytes: number; ms: number }, end: (reason: unknown) => void): void {
  let answer: http.IncomingMessage | undefined;
  let seen = 0;
  const timer = setInterval(() => {
    const now = request.socket?.bytesRead ?? 0;
    const isSlow = now - seen < bytes && (answer?.readableLength ?? 0) === 0;
    seen = now;
    if (isSlow) end(timedOut(`less than ${bytes / 1024} kB in ${ms / 1000} s`));
  }, ms);
  timer.unref();
  request.once('response', (incoming) => {
    answer = incoming;
  });
  request.once('close', () => clearInterval(timer));
}

function nameOf(error: unknown): unknown {
  if (codeOf(error) !== 'HPE_HEADER_OVERFLOW') return error;
  return Object.assign(new Error(`its headers are longer than ${MAX_HEADER_BYTES / 1024} KB`, { cause: error }), { code: 'EMSGSIZE' });
}

function timedOut(message: string): Error {
  return Object.assign(new Error(message), { code: 'ETIMEDOUT' });
}

function tooLong(maxBytes: number): Error {
  return Object.assign(new Error(`more than ${Math.round(maxBytes / 2 ** 20)} MB`), { code: 'EMSGSIZE' });
}
