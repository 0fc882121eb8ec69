// The http transport against a server that is slow, moved, broken, or not a git server at all.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGitHttp, type GitHttp, type GitHttpOptions } from '../../../../src/adapters/git/wire/http.ts';
import { makeRepository } from '../../../support/git-program.ts';
import { type Fault, type GitServer, startGitServer } from '../../../support/git-server.ts';

const never = new AbortController().signal;
const TOKEN = 'secret-token';
let root = '';
let server: GitServer;
let url = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ai-ops-http-'));
  server = await startGitServer({ root: join(root, 'served'), users: [{ token: TOKEN, access: 'write' }] });
  await makeRepository(join(root, 'work'), { 'app.js': 'one\n' });
  url = await server.create('acme/app', join(root, 'work'));
});

afterAll(async () => {
  await server.close();
  await rm(root, { recursive: true, force: true });
});

beforeEach(() => {
  server.requests.length = 0;
});

function client(options: Partial<GitHttpOptions> = {}): GitHttp {
  return createGitHttp({ url, token: TOKEN, username: 'x', retryDelayMs: 5, headersTimeoutMs: 60_000, idleTimeoutMs: 60_000, ...options });
}

async function advertisement(http: GitHttp, at = url, limits: { signal?: AbortSignal; maxBytes?: number } = {}): Promise<string> {
  const answer = await http.request({ url: `${at}/info/refs?service=git-upload-pack` }, { signal: never, ...limits });
  const parts: Uint8Array[] = [];
  for await (const part of answer.body) parts.push(part);
  return Buffer.concat(parts).toString();
}

const mended: [name: string, fault: Fault][] = [
  ['500 once', { on: 'GET', kind: 'status', status: 500 }],
  ['503 twice', { on: 'GET', kind: 'status', status: 503, times: 2 }],
  ['429 with Retry-After', { on: 'GET', kind: 'status', status: 429, headers: { 'retry-after': '0' } }],
  ['a reset connection', { on: 'GET', kind: 'reset' }],
];

test.each(mended)('%s, then well', async (_name, fault) => {
  server.fail(fault);
  expect(await advertisement(client())).toContain('refs/heads/main');
});

const fatal: [name: string, fault: Fault, code: string, detail: string][] = [
  ['500 for ever', { on: 'GET', kind: 'status', status: 500, times: 3 }, 'git-unreachable', 'HTTP 500'],
  ['reset for ever', { on: 'GET', kind: 'reset', times: 3 }, 'git-unreachable', 'socket hang up'],
  ['no answer, ever', { on: 'GET', kind: 'hang', times: 3 }, 'git-unreachable', 'no answer for 0.2 s'],
  ['a sign-in page', { on: 'GET', kind: 'html' }, 'git-not-found', 'not from a git server'],
  [
    'another host',
    { on: 'GET', kind: 'redirect', status: 302, location: 'https://login.example/x' },
    'git-not-found',
    'redirects to https://login.example/x',
  ],
  [
    'a redirect elsewhere',
    { on: 'GET', kind: 'redirect', status: 302, location: '/users/sign_in' },
    'git-not-found',
    'not a git repository',
  ],
  ['410', { on: 'GET', kind: 'status', status: 410 }, 'git-not-found', 'HTTP 410, planned fault'],
];

test.each(fatal)('%s', async (_name, fault, code, detail) => {
  server.fail(fault);
  const limits = fault.kind === 'hang' ? { headersTimeoutMs: 200 } : {};
  await expect(advertisement(client(limits))).rejects.toMatchObject({ code, message: expect.stringContaining(detail) });
});

test('a repository that has moved is followed, for the POST as well', async () => {
  const http = client({ url: `${server.url}/old/name.git` });
  server.fail({ on: 'GET /old/name.git', kind: 'redirect', status: 301, location: `${url}/info/refs?service=git-upload-pack` });
  expect(await advertisement(http, `${server.url}/old/name.git`)).toContain('refs/heads/main');
  const headers = { 'content-type': 'application/x-git-upload-pack-request' };
  await http.request(
    { url: `${server.url}/old/name.git/git-upload-pack`, method: 'POST', headers, body: [Buffer.from('0000')] },
    { signal: never },
  );
  expect(server.requests.at(-1)).toMatchObject({ method: 'POST', path: '/acme/app.git/git-upload-pack', user: TOKEN });
});

test('a push is never sent twice', async () => {
  server.fail({ on: 'POST', kind: 'status', status: 503, times: 3 });
  const push = client().request({ url: `${url}/git-receive-pack`, method: 'POST', body: [] }, { signal: never });
  await expect(push).rejects.toMatchObject({ code: 'git-unreachable' });
  expect(server.requests.length).toBe(1);
  for (let left = 0; left < 2; left += 1) {
    const rest = client().request({ url: `${url}/git-receive-pack`, method: 'POST', body: [] }, { signal: never });
    await expect(rest).rejects.toMatchObject({ code: 'git-unreachable' });
  }
});

test('an answer longer than allowed is cut off', async () => {
  await expect(advertisement(client(), url, { maxBytes: 20 })).rejects.toMatchObject({ code: 'repository-unsupported' });
});

test('an abort ends a request that hangs', async () => {
  server.fail({ on: 'GET', kind: 'hang' });
  const abort = new AbortController();
  const request = advertisement(client(), url, { signal: abort.signal });
  setTimeout(() => abort.abort(), 50);
  await expect(request).rejects.toMatchObject({ code: 'interrupted' });
});

test('nobody listens', async () => {
  const port = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = probe.address() as AddressInfo;
      probe.close(() => resolve(free));
    });
  });
  const at = `http://127.0.0.1:${port}/a/b.git`;
  await expect(advertisement(client({ url: at }), at)).rejects.toMatchObject({
    code: 'git-unreachable',
    message: expect.stringContaining('ECONNREFUSED'),
  });
});

test('the token is in no error, even when the server repeats it', async () => {
  const echo = createServer((request, response) => response.writeHead(401).end(`bad ${TOKEN} ${request.headers.authorization}`));
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  const at = `http://127.0.0.1:${(echo.address() as AddressInfo).port}/a/b.git`;
  const error: unknown = await advertisement(client({ url: at }), at).catch((thrown: unknown) => thrown);
  await close(echo);
  expect(error).toMatchObject({ code: 'git-auth' });
  expect(String(error)).not.toContain(TOKEN);
  expect(String(error)).not.toContain(Buffer.from(`x:${TOKEN}`).toString('base64'));
});

test('of what a server says one line of 300 characters is shown, without what a terminal obeys', async () => {
  const chatty = createServer((_, response) => response.writeHead(401).end(`\u001b[31mno\n\u202e${'way '.repeat(2000)}`));
  await new Promise<void>((resolve) => chatty.listen(0, '127.0.0.1', resolve));
  const at = `http://127.0.0.1:${(chatty.address() as AddressInfo).port}/a/b.git`;
  const said = String(await advertisement(client({ url: at }), at).catch((thrown: unknown) => thrown));
  await close(chatty);
  expect(said).toMatch(/ \[31mno way way (?:way )*/);
  expect(said).not.toMatch(/[\u0000-\u001f\u202e]/);
  expect(said.length).toBeLessThan(500);
});

test('a proxy is used when the environment names one, and not for NO_PROXY', async () => {
  let seen = 0;
  const proxy = createServer((request, response) => {
    seen += 1;
    const target = new URL(request.url ?? '');
    const through = connect(Number(target.port), target.hostname, () => {
      through.write(`GET ${target.pathname}${target.search} HTTP/1.0\r\nauthorization: ${request.headers.authorization}\r\n\r\n`);
    });
    through.pipe(response.socket as NodeJS.WritableStream);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  expect(await advertisement(client({ proxyEnv: { HTTP_PROXY: address } }))).toContain('refs/heads/main');
  expect(seen).toBe(1);
  await advertisement(client({ proxyEnv: { HTTP_PROXY: address, NO_PROXY: '127.0.0.1' } }));
  expect(seen).toBe(1);
  await close(proxy);
});

function close(listener: Server): Promise<void> {
  listener.closeAllConnections();
  return new Promise((resolve) => {
    listener.close(() => resolve());
  });
}
