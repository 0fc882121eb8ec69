// One HTTP exchange with a code host, over node:https. `fetch` would leave the proxy of the environment aside, unless
// the whole process was started for it. Follows nothing, repeats nothing, judges nothing: see `http.ts`.
import * as http from 'node:http';
import * as https from 'node:https';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY` and their lower-case twins; everything else in it is not looked at. */
export type ProxyEnv = Readonly<Record<string, string | undefined>>;

export interface Outgoing {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** @throws what node:http throws when the answer does not come, or not all of it */
export type Send = (target: URL, outgoing: Outgoing) => Promise<Answer>;

export function createSend(proxyEnv: ProxyEnv): Send {
  const options = { keepAlive: false, proxyEnv: { ...proxyEnv } };
  const doors = {
    'https:': { request: https.request, agent: new https.Agent(options) },
    'http:': { request: http.request, agent: new http.Agent(options) },
  } as const;
  return async (target, { method, headers, body, signal }) => {
    const { request, agent } = target.protocol === 'https:' ? doors['https:'] : doors['http:'];
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const outgoing = request(target, { method, agent, signal, headers: { ...headers, 'accept-encoding': 'gzip', ...length } }, resolve);
      outgoing.on('error', reject);
      outgoing.end(body);
    });
    return { status: answer.statusCode ?? 0, headers: headersOf(answer), text: await textOf(answer) };
  };
}

async function textOf(answer: http.IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of answer as AsyncIterable<Buffer>) parts.push(part);
  const bytes = Buffer.concat(parts);
  const isPacked = answer.headers['content-encoding'] === 'gzip' && bytes.length > 0;
  return new TextDecoder().decode(isPacked ? await promisify(gunzip)(bytes) : bytes);
}

function headersOf({ headersDistinct }: http.IncomingMessage): Headers {
  const pairs = Object.entries(headersDistinct).flatMap(([name, values]) => (values ?? []).map((value): [string, string] => [name, value]));
  return new Headers(pairs);
}
