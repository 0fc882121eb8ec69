// A real HTTP server on 127.0.0.1 that speaks a described JSON API: every request and every answer is checked, and
// what does not fit is kept in `violations`. What it answers is for the stand-in that starts it.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { ApiCheck } from './openapi.ts';

export interface ApiCall {
  readonly method: string;
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent as it is, everything else as JSON. */
  readonly body: unknown;
  /** Changes when what is described by it does, also where the body is the same. */
  readonly stamp?: string;
  /** Not the API speaking, but something before it: not checked. */
  readonly foreign?: true;
  /** The work is done, and the answer never arrives. */
  readonly lost?: true;
  /** The head arrives, and half of the body. */
  readonly torn?: true;
}

export interface ApiServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly violations: readonly string[];
  /** `POST /repos/{owner}/{repo}/pulls 201`, in order; `lost` for the status of an answer that never arrived. */
  readonly log: readonly string[];
  /** Those of them whose answer the reader had already: only "not modified" was sent. */
  readonly unmodified: readonly string[];
  /** What was sent to us with each call that the description has, in order. */
  readonly calls: readonly ApiCall[];
  close(): Promise<void>;
}

/**
 * @param prefix path before every template, e.g. `/api/v3`
 * @param mark header that such a host sends with every answer
 */
export async function startApiServer(
  check: ApiCheck,
  prefix: string,
  mark: string,
  reply: (call: ApiCall) => Promise<ApiAnswer>,
): Promise<ApiServer> {
  const violations: string[] = [];
  const log: string[] = [];
  const unmodified: string[] = [];
  const calls: ApiCall[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader(mark, 'a stand-in');
    const text = await textOf(request);
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const method = request.method ?? 'GET';
    const operation = url.pathname.startsWith(`${prefix}/`) ? check.find(method, url.pathname.slice(prefix.length)) : undefined;
    if (operation === undefined) {
      log.push(`${method} ${url.pathname} 404`);
      send(response, { status: 404, body: '<!DOCTYPE html><title>Page not found</title>', foreign: true });
      return;
    }
    const name = `${method} ${operation.template}`;
    const body = text === '' ? undefined : JSON.parse(text);
    violations.push(...check.request(operation, url.searchParams, body).map((problem) => `${name}: ${problem}`));
    const headers = request.headers as ApiCall['headers'];
    const { template, parameters } = operation;
    const call = { method, template, parameters, query: url.searchParams, headers, body: body ?? {} };
    calls.push(call);
    const full = await reply(call);
    if (full.foreign === undefined) {
      violations.push(...check.answer(operation, full.status, full.body).map((problem) => `${name}: ${problem}`));
    }
    const answer = method === 'GET' ? conditional(full, headers['if-none-match']) : full;
    log.push(`${name} ${answer.lost === undefined ? full.status : 'lost'}`);
    if (answer.status === 304) unmodified.push(name);
    if (answer.lost === true) request.socket.destroy();
    else if (answer.torn === true) tear(response, answer);
    else send(response, answer, /\bgzip\b/.test(headers['accept-encoding'] ?? ''));
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      violations.push(`the stand-in broke: ${error instanceof Error ? error.stack : String(error)}`);
      request.socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    violations,
    log,
    unmodified,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Both hosts give entity tags, and answer 304 where the reader has it already. */
function conditional(answer: ApiAnswer, known: string | undefined): ApiAnswer {
  if (answer.status !== 200 || typeof answer.body === 'string') return answer;
  // The stand-ins write the present time into fields that nobody has changed.
  const content = JSON.stringify(answer.body).replace(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '');
  const etag = `W/"${createHash('sha256')
    .update(`${answer.stamp ?? ''}${content}`)
    .digest('hex')}"`;
  const headers = { ...answer.headers, etag };
  return known === etag ? { ...answer, status: 304, headers, body: '' } : { ...answer, headers };
}

function send(response: ServerResponse, { status, headers, body }: ApiAnswer, packed = false): void {
  const isText = typeof body === 'string';
  const type = !isText
    ? 'application/json; charset=utf-8'
    : body.startsWith('<')
      ? 'text/html; charset=utf-8'
      : 'text/plain; charset=utf-8';
  if (status === 304) {
    response.writeHead(status, headers).end();
    return;
  }
  response.writeHead(status, { 'content-type': type, ...(packed ? { 'content-encoding': 'gzip' } : {}), ...headers });
  const text = isText ? body : JSON.stringify(body);
  response.end(packed ? gzipSync(text) : text);
}

function tear(response: ServerResponse, { status, body }: ApiAnswer): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': String(text.length) });
  response.write(text.slice(0, text.length / 2), () => response.destroy());
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
