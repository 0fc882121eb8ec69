// A server on 127.0.0.1 that answers the first request with the first script, and so on; the last one over and over.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Script = (response: ServerResponse, request: IncomingMessage) => void;

export interface Listener extends AsyncDisposable {
  readonly url: string;
  /** `METHOD path` of what was asked. */
  readonly asked: string[];
}

export async function listen(...scripts: readonly Script[]): Promise<Listener> {
  const asked: string[] = [];
  const server = createServer({ maxHeaderSize: 256 * 1024 }, (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume();
    const script = scripts[Math.min(asked.length, scripts.length) - 1];
    request.once('end', () => script?.(response, request));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    [Symbol.asyncDispose]: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export const says =
  (status: number, text = '', headers: Readonly<Record<string, string>> = {}): Script =>
  (response) =>
    void response.writeHead(status, headers).end(text);

export const resets: Script = (response) => void response.destroy();

export const hangs: Script = () => undefined;
