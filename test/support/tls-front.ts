// TLS in front of a server of a test, with a certificate of an authority that nobody else knows; and a proxy that
// opens tunnels. Both on 127.0.0.1.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Server } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';

export interface Authority {
  /** Its certificate, PEM. */
  readonly file: string;
  readonly cert: string;
  readonly key: string;
}

export interface Front {
  readonly port: number;
  close(): Promise<void>;
}

export interface TunnelProxy extends Front {
  /** The heads of the tunnels that were asked for, as they came. */
  readonly heads: readonly string[];
}

/** For `127.0.0.1`, good for two days. */
export function createAuthority(dir: string): Authority {
  const file = join(dir, 'authority.pem');
  const keyFile = join(dir, 'authority.key');
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const names = ['-subj', '/CN=authority of a test', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', ['req', '-x509', '-days', '2', ...curve, '-keyout', keyFile, '-out', file, ...names], { stdio: 'ignore' });
  return { file, cert: readFileSync(file, 'utf8'), key: readFileSync(keyFile, 'utf8') };
}

export function startTlsFront({ cert, key }: Authority, port: number): Promise<Front> {
  const server = createTlsServer({ cert, key }, (socket) => {
    const inner = connect(port, '127.0.0.1');
    endTogether(socket, inner);
    socket.pipe(inner).pipe(socket);
  });
  server.on('tlsClientError', () => undefined); // who does not trust us leaves
  return listening(server);
}

/** @param login `user:password` that it asks for */
export async function startProxy(login?: string): Promise<TunnelProxy> {
  const heads: string[] = [];
  const server = createServer();
  server.on('connect', (request, socket, head) => {
    heads.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
    if (login !== undefined && request.headers['proxy-authorization'] !== `Basic ${Buffer.from(login).toString('base64')}`) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="proxy"\r\n\r\n');
      return;
    }
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const inner = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      inner.write(head);
      inner.pipe(socket).pipe(inner);
    });
    endTogether(socket, inner);
  });
  return { ...(await listening(server)), heads };
}

function endTogether(one: Duplex, other: Duplex): void {
  for (const [ends, follows] of [
    [one, other],
    [other, one],
  ] as const) {
    ends.on('error', () => follows.destroy());
    ends.on('close', () => follows.destroy());
  }
}

async function listening(server: Server): Promise<Front> {
  const open = new Set<{ destroy(): unknown }>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
