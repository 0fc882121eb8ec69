// A listener on 127.0.0.1 that can go away and come back at the same port.
import type { AddressInfo, Server, Socket } from 'node:net';

export interface Door {
  readonly port: number;
  /** Nobody listens, and what was open is reset. */
  shut(): Promise<void>;
  open(): Promise<void>;
}

export async function openDoor(server: Server): Promise<Door> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    shut: async () => {
      if (!server.listening) return;
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      });
    },
    open: async () => {
      if (!server.listening) await listen(port);
    },
  };
}
