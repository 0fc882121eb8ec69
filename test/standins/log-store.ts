// Where hosts keep the logs of jobs: another server, at addresses that carry their own right to be read.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LogStore {
  /** @returns the address at which it can be read */
  keep(text: string): string;
  /** Headers of every call, in order: no token of the host belongs there. */
  readonly seen: readonly Readonly<Record<string, unknown>>[];
  close(): Promise<void>;
}

export async function startLogStore(): Promise<LogStore> {
  const logs: string[] = [];
  const seen: Readonly<Record<string, unknown>>[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const text = url.searchParams.get('sig') === 'granted' ? logs[Number(url.pathname.slice(1))] : undefined;
    response.writeHead(text === undefined ? 403 : 200, { 'content-type': 'text/plain' }).end(text ?? 'no');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    keep: (text) => `${origin}/${logs.push(text) - 1}?sig=granted`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
