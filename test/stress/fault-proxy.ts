// A TCP proxy in front of a server that fails in one way; most ways are a mail server's. What the server behind it did is seen there.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type Fault =
  | 'none'
  /** The client's connection is reset at the first byte. */
  | 'refuse'
  /** Nothing is ever answered. */
  | 'black hole'
  /** Reset when the client says RCPT. */
  | 'cut at RCPT'
  /** Reset in the middle of the body; the server sees the connection end too. */
  | 'cut mid-DATA'
  /** Closed after the whole body, before the server could answer: the server has the mail. */
  | 'lost final 250'
  /** After the body nothing is answered any more, the connection stays. */
  | 'silent after DATA'
  /** A few bytes at a time. */
  | 'slow';

export interface FaultProxy {
  readonly port: number;
  fault: Fault;
  /** Ends the connections that are open: a fault is of those that come. */
  cut(): void;
  close(): Promise<void>;
}

const END_OF_BODY = Buffer.from('\r\n.\r\n');

export async function startFaultProxy(target: number): Promise<FaultProxy> {
  const sockets = new Set<Socket>();
  const state = { fault: 'none' as Fault };
  const server = createServer((client) => {
    keep(client);
    const { fault } = state;
    if (fault === 'refuse') return client.resetAndDestroy();
    if (fault === 'black hole') return client.resume();
    const upstream = keep(connect(target, '127.0.0.1'));
    client.on('close', () => upstream.end()).on('end', () => upstream.end());
    upstream.on('close', () => client.destroy());
    if (fault === 'none') return client.pipe(upstream).pipe(client);
    relay(client, upstream, fault);
  });
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get fault() {
      return state.fault;
    },
    set fault(fault) {
      state.fault = fault;
    },
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function relay(client: Socket, upstream: Socket, fault: Exclude<Fault, 'none' | 'refuse' | 'black hole'>): void {
  let isBody = false;
  let tail = Buffer.alloc(0);
  let isOver = false;
  upstream.on('data', (bytes: Buffer) => {
    isBody ||= /^354/m.test(bytes.toString('latin1'));
    if (isOver && fault === 'lost final 250') return client.resetAndDestroy();
    if (isOver && fault === 'silent after DATA') return;
    client.write(bytes);
  });
  client.on('data', async (bytes: Buffer) => {
    if (fault === 'cut at RCPT' && bytes.toString('latin1').includes('RCPT')) return cut();
    if (fault === 'cut mid-DATA' && isBody) {
      upstream.write(bytes.subarray(0, Math.min(bytes.length - 8, 400)));
      return cut();
    }
    tail = Buffer.concat([tail, bytes]).subarray(-END_OF_BODY.length);
    isOver ||= isBody && tail.equals(END_OF_BODY);
    if (fault !== 'slow') return upstream.write(bytes);
    client.pause();
    for (let at = 0; at < bytes.length; at += 200) {
      upstream.write(bytes.subarray(at, at + 200));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    client.resume();
  });
  const cut = (): void => {
    client.resetAndDestroy();
    setTimeout(() => upstream.destroy(), 20);
  };
}
