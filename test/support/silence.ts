// Servers on 127.0.0.1 that take what they are sent and say nothing, or nothing to one kind of request.
import { createServer as createHttpServer, request as forward } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

export interface SilentServer {
  readonly port: number;
  /** Whether somebody waits, or has waited, for an answer that does not come. */
  readonly isAsked: () => boolean;
  close(): Promise<void>;
}

/** Accepts connections, and that is all. */
export function startSilence(): Promise<SilentServer> {
  let isAsked = false;
  const server = createServer(() => {
    isAsked = true;
  });
  return listening(server, () => isAsked);
}

/** Hands everything on to `target` and back, but for what `isSilent` picks by `METHOD /path`. */
export function startSilentProxy(target: URL, isSilent: (what: string) => boolean): Promise<SilentServer> {
  let isAsked = false;
  const server = createHttpServer((request, response) => {
    if (isSilent(`${request.method} ${request.url}`)) {
      isAsked = true;
      return;
    }
    const { method, headers, url: path } = request;
    const passed = forward({ host: target.hostname, port: target.port, method, headers, path }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  });
  return listening(server, () => isAsked);
}

async function listening(server: Server, isAsked: () => boolean): Promise<SilentServer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    // The other side is killed in these tests.
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    isAsked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
