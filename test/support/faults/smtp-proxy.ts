// A proxy in front of a real SMTP server that does to the mail what the stage says: the write is what follows DATA.
// The words of HTTP are translated: 503 is 421, 502 is 451, 429 is 450, 500 is 554, a page is a server that is not one.
import { connect, createServer, type Socket } from 'node:net';
import { type Door, openDoor } from './door.ts';
import type { Director, FaultKind } from './kinds.ts';

const REPLIES: { readonly [kind in FaultKind]?: string } = {
  '500': '554 5.7.1 rejected by policy',
  '502': '451 4.3.0 temporary failure',
  '503': '421 4.3.2 service not available',
  '429': '450 4.2.1 too many mails, try again later',
  '429-after': '451 4.7.1 greylisted, try again in 1 second',
  page: '<!DOCTYPE html><html><head><title>Sign in</title></head></html>',
};
const END = '\r\n.\r\n';

export function startSmtpProxy(port: number, director: Director): Promise<Door> {
  return openDoor(createServer((client) => converse(client, port, director)));
}

function converse(client: Socket, port: number, director: Director): void {
  const server = connect(port, '127.0.0.1');
  for (const [one, other] of [
    [client, server],
    [server, client],
  ] as const) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
  }
  const reset = (): void => {
    server.destroy();
    client.resetAndDestroy();
  };
  /** What is to be done with the answer to the mail. */
  let answered: ((reply: Buffer) => void) | undefined;
  server.on('data', (reply: Buffer) => (answered === undefined ? client.write(reply) : answered(reply)));

  const isInData = { now: false };
  let fault: FaultKind | undefined;
  let mail = '';
  const mailEnds = (): void => {
    isInData.now = false;
    if (fault === undefined) {
      answered = (reply) => {
        answered = undefined;
        void director.ends().then(() => client.write(reply));
      };
    } else if (fault === 'killed-after') answered = () => void director.kill().then(reset);
    else if (fault === 'lost') answered = reset;
    else if (fault === 'hangs-after') answered = () => undefined;
    else if (fault === 'half') answered = (reply) => client.end(reply.subarray(0, 2));
  };
  client.on('data', async (bytes: Buffer) => {
    const text = bytes.toString('latin1');
    if (!isInData.now && /^DATA\r\n/i.test(text)) {
      fault = director.begins('mail');
      if (fault === 'reset') return reset();
      if (fault === 'killed-before') return director.kill().then(reset);
      if (fault === 'hangs') return;
      const reply = fault && REPLIES[fault];
      if (reply) {
        if (fault === '503' || fault === 'page') client.end(`${reply}\r\n`);
        else client.write(`${reply}\r\n`);
        fault = undefined;
        return;
      }
      isInData.now = true;
      mail = '';
    } else if (isInData.now) {
      mail += text;
      const isCut = fault === 'cut' || fault === 'killed-during';
      if (isCut) {
        server.write(bytes.subarray(0, bytes.length / 2));
        if (fault === 'killed-during') await director.kill();
        return reset();
      }
      if (mail.endsWith(END)) mailEnds();
    }
    server.write(bytes);
  });
}
