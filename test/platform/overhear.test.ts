// What is told of an HTTP exchange: enough to know what was asked and what came of it, and nothing that opens a door.
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { overhearHttp } from '../../src/platform/http/overhear.ts';

let server: Server;
let port: number;
beforeAll(async () => {
  server = createServer((incoming, answer) => {
    incoming.resume().on('end', () => answer.writeHead(incoming.url?.includes('missing') ? 404 : 200).end());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

async function ask(address: string, method = 'GET'): Promise<void> {
  const headers = { authorization: 'Bearer hidden-word' };
  await new Promise<void>((done) => {
    const outgoing = request(address, { method, headers }, (answer) => answer.resume().on('end', done));
    outgoing.on('error', () => done());
    outgoing.end(method === 'GET' ? undefined : 'hidden-body');
  });
}

async function told(address: string, method?: string): Promise<string> {
  const lines: string[] = [];
  const end = overhearHttp((words) => lines.push(words));
  try {
    await ask(address, method);
  } finally {
    end();
  }
  expect(lines.join('\n')).not.toContain('hidden');
  return lines.map((line) => line.replace(/ in \d+ ms/, ' in N ms').replaceAll(`:${port}`, '')).join('\n');
}

test.each([
  ['/repos/acme/shop/pulls?state=open&per_page=100', 'GET', 'GET 127.0.0.1/repos/acme/shop/pulls?state=…&per_page=…: 200 in N ms'],
  ['/repos/acme/missing', 'POST', 'POST 127.0.0.1/repos/acme/missing: 404 in N ms'],
  ['/services/T0/aB3dE5gH7jK9mN1pQ3sT', 'POST', 'POST 127.0.0.1/services/T0/…: 200 in N ms'],
  ['/x?private_token=hidden-word', 'GET', 'GET 127.0.0.1/x?private_token=…: 200 in N ms'],
  [
    '/commits/da39a3ee5e6b4b0d3255bfef95601890afd80709',
    'GET',
    'GET 127.0.0.1/commits/da39a3ee5e6b4b0d3255bfef95601890afd80709: 200 in N ms',
  ],
])('%s', async (path, method, expected) => {
  expect(await told(`http://127.0.0.1:${port}${path}`, method)).toBe(expected);
});

test('no answer', async () => {
  const closed = createServer();
  await new Promise<void>((done) => closed.listen(0, '127.0.0.1', done));
  const free = (closed.address() as AddressInfo).port;
  await new Promise((done) => closed.close(done));
  expect(await told(`http://127.0.0.1:${free}/x`)).toMatch(/^GET 127\.0\.0\.1:\d+\/x: no answer in N ms: ECONNREFUSED$/);
});

test('after the end nobody is told', async () => {
  const lines: string[] = [];
  overhearHttp((words) => lines.push(words))();
  await ask(`http://127.0.0.1:${port}/x`);
  expect(lines).toEqual([]);
});
