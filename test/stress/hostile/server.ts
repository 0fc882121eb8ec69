// One server on 127.0.0.1 that answers every request in one bad way, drawn when it starts.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { below, jsonOf, noisy, pick, type Random } from './noise.ts';

export interface HostileServer {
  readonly url: string;
  /** What it does, for the report. */
  readonly way: string;
  close(): Promise<void>;
}

/** As `git upload-pack` begins to answer. */
const REFS = '001e# service=git-upload-pack\n0000000eversion 2\n0015agent=git/2.39.5\n0013ls-refs=unborn\n0012fetch=shallow\n0000';

const WAYS: Readonly<Record<string, (random: Random, answer: ServerResponse) => void>> = {
  'any JSON': (random, answer) => answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(jsonOf(random))),
  'any status': (random, answer) =>
    answer.writeHead(pick(random, [204, 301, 304, 400, 401, 403, 404, 409, 410, 418, 422, 500, 502, 599])).end('no'),
  'a redirect in a circle': (_, answer) => answer.writeHead(302, { location: '/again' }).end(),
  'a redirect elsewhere': (_, answer) => answer.writeHead(307, { location: 'http://127.0.0.2:9/' }).end(),
  'noisy references': (random, answer) =>
    answer.writeHead(200, { 'content-type': 'application/x-git-upload-pack-advertisement' }).end(noisy(random, Buffer.from(REFS))),
  'a length that lies': (_, answer) => answer.writeHead(200, { 'content-length': '100000' }).end('{"a":'),
  'a bomb': (_, answer) =>
    answer.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' }).end(gzipSync(Buffer.alloc(300_000_000, '['))),
  'no end': (_, answer) => {
    answer.writeHead(200, { 'content-type': 'application/json' });
    const more = (): void => {
      while (!answer.destroyed && answer.write('['.repeat(65_536)));
    };
    answer.on('drain', more);
    more();
  },
  drips: (_, answer) => {
    answer.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => answer.write(' '), 500);
    answer.on('close', () => clearInterval(timer));
  },
  silence: () => undefined,
  bytes: (random, answer) => answer.writeHead(200).end(Buffer.from(Array.from({ length: below(random, 5000) }, () => below(random, 256)))),
};

export async function startHostileServer(random: Random): Promise<HostileServer> {
  const way = pick(random, Object.keys(WAYS));
  const sockets = new Set<Socket>();
  const server = createServer((request, answer) => {
    request.resume();
    answer.on('error', () => undefined);
    WAYS[way]!(random, answer);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    way,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
