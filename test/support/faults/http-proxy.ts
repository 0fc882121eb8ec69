// A proxy in front of a real HTTP server that does to a write what the stage says. Everything else goes through unchanged,
// and so do the heads of both sides: the clients and the server do not know of it.
import { Agent, createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { type Door, openDoor } from './door.ts';
import type { Director, FaultKind } from './kinds.ts';

const PAGE = '<!DOCTYPE html><html><head><title>Sign in to your account</title></head></html>';

/** Names an exchange. A write that nobody has named comes out as `METHOD path`, and is seen in the traffic. */
export type NameOf = (method: string, path: string, body: Buffer) => string;

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export function startHttpProxy(origin: string, director: Director, nameOf: NameOf): Promise<Door> {
  const server = createServer((request, response) => {
    exchange(origin, director, nameOf, request, response).catch(() => request.socket.destroy());
  });
  server.keepAliveTimeout = 60_000;
  return openDoor(server);
}

async function exchange(
  origin: string,
  director: Director,
  nameOf: NameOf,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await bytesOf(request);
  const fault = director.begins(nameOf(request.method ?? '', request.url ?? '', body));
  const reset = (): void => void request.socket.resetAndDestroy();
  const through = (): Promise<Answer> => forward(origin, request, body);
  const answerWith = async (answer: Answer): Promise<void> => {
    await director.ends();
    const { 'transfer-encoding': _, connection: __, ...headers } = answer.headers;
    response.writeHead(answer.status, { ...headers, 'content-length': String(answer.body.length) });
    response.end(answer.body);
  };
  const acts: Readonly<Record<Exclude<FaultKind, 'refused'>, () => Promise<void> | void>> = {
    reset,
    cut: async () => {
      await forward(origin, request, body.subarray(0, body.length / 2), body.length).catch(() => undefined);
      reset();
    },
    lost: () => through().then(reset),
    'hangs-after': () => through().then(() => undefined),
    hangs: () => undefined,
    '500': () => answerWith(plain(500)),
    '502': () => answerWith(plain(502)),
    '503': () => answerWith(plain(503)),
    '429': () => answerWith(plain(429)),
    '429-after': () => answerWith({ ...plain(429), headers: { ...plain(429).headers, 'retry-after': '1' } }),
    page: () => answerWith({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: Buffer.from(PAGE) }),
    half: async () => {
      const answer = await through();
      await answerWith({ ...answer, body: answer.body.subarray(0, answer.body.length / 2) });
    },
    'killed-before': () => director.kill().then(reset),
    'killed-during': async () => {
      await director.kill();
      await forward(origin, request, body.subarray(0, body.length / 2), body.length).catch(() => undefined);
      reset();
    },
    'killed-after': async () => {
      await through();
      await director.kill();
      reset();
    },
  };
  if (fault !== undefined && fault !== 'refused') return acts[fault]();
  await answerWith(await through());
}

const plain = (status: number): Answer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: Buffer.from('Try again later\n'),
});

/** @param length announced; where fewer bytes are sent, the connection is reset after them */
function forward(origin: string, { method, url, headers }: IncomingMessage, body: Buffer, length = body.length): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const agent = new Agent({ keepAlive: false });
    const { 'transfer-encoding': _, ...kept } = headers;
    const length_ = method === 'GET' ? {} : { 'content-length': String(length) };
    const outgoing = send(new URL(url ?? '/', origin), { method, agent, headers: { ...kept, ...length_, connection: 'close' } });
    outgoing.on('error', reject);
    outgoing.on('response', (answer) => {
      bytesOf(answer).then((bytes) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: bytes }), reject);
    });
    if (body.length === length) outgoing.end(body);
    else outgoing.write(body, () => outgoing.destroy(new Error('cut')));
  });
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}
