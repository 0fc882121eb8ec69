// One exchange and its bounds: what goes beyond one ends it, in time, and says which.
import { type AddressInfo, createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { textOf } from '../../../src/platform/http/client.ts';
import { type Bounds, createSend, isTooLong } from '../../../src/platform/http/exchange.ts';
import { startSilence } from '../../support/silence.ts';
import { hangs, listen, resets, type Script, says } from './listener.ts';

const never = new AbortController().signal;
const BOUNDS: Bounds = { connectMs: 60_000, headMs: 60_000, silenceMs: 60_000, wholeMs: 60_000, maxBytes: 100_000 };

async function get(url: string, bounds: Partial<Bounds> = {}, proxyEnv = {}, method = 'GET'): Promise<string> {
  const answer = await createSend(proxyEnv)(new URL(url), { method, headers: { 'x-a': 'b' }, signal: never }, { ...BOUNDS, ...bounds });
  return `${answer.status} ${await textOf(answer)}`;
}

const drips =
  (everyMs: number): Script =>
  (response) => {
    const timer = setInterval(() => response.write('x'), everyMs);
    response.on('close', () => clearInterval(timer));
  };
const packed = { 'content-encoding': 'gzip' };
const sends =
  (bytes: Uint8Array, headers = {}): Script =>
  (response) =>
    void response.writeHead(200, headers).end(bytes);

const read: readonly [name: string, script: Script, expected: string][] = [
  ['an answer', says(200, 'text'), '200 text'],
  ['a refusal', says(404, 'no'), '404 no'],
  ['packed', sends(gzipSync('text'), packed), '200 text'],
  ['packed, and nothing', says(200, '', packed), '200 '],
  ['not modified, of what is packed', says(304, '', packed), '304 '],
  ['as long as allowed', says(200, 'x'.repeat(100_000)), `200 ${'x'.repeat(100_000)}`],
  ['long headers, but not too long', says(200, '', { 'x-long': 'x'.repeat(25_000) }), '200 '],
  ['a byte after a while', (response) => void setTimeout(() => response.end('x'), 150), '200 x'],
];

test.each(read)('read: %s', async (_name, script, expected) => {
  await using server = await listen(script);
  expect(await get(server.url)).toBe(expected);
});

const ended: readonly [name: string, script: Script, bounds: Partial<Bounds>, says: RegExp, tooLong: boolean][] = [
  ['no head', hangs, { headMs: 100 }, /^no answer for 0.1 s$/, false],
  ['silence in the middle', (response) => void response.write('x'), { silenceMs: 100 }, /^no answer for 0.1 s$/, false],
  ['never silent, never done', drips(20), { wholeMs: 400 }, /^no answer within 0.4 s$/, false],
  ['a lost connection', resets, {}, /hang up/, false],
  [
    'a torn answer',
    (response) => void response.writeHead(200, { 'content-length': '9' }).write('x', () => response.destroy()),
    {},
    /aborted/,
    false,
  ],
  ['packed and torn', sends(gzipSync('text').subarray(0, -9), packed), {}, /unexpected end of file/, false],
  ['what is not packed as it says', says(200, 'text', packed), {}, /incorrect header check/, false],
  ['one byte too many', says(200, 'x'.repeat(1_000_001)), { maxBytes: 1_000_000 }, /^more than 1 MB$/, true],
  ['too long, and says so before', says(200, '', { 'content-length': '3000000000' }), { maxBytes: 2 ** 31 }, /^more than 2048 MB$/, true],
  ['a bomb', sends(gzipSync(Buffer.alloc(50_000_000)), packed), { maxBytes: 2 ** 20 }, /^more than 1 MB$/, true],
  ['long headers', says(200, '', { 'x-long': 'x'.repeat(40_000) }), {}, /^its headers are longer than 32 KB$/, true],
];

test.each(ended)('ended: %s', async (_name, script, bounds, message, tooLong) => {
  await using server = await listen(script);
  const thrown: unknown = await get(server.url, bounds).catch((error: unknown) => error);
  expect(thrown).toMatchObject({ message: expect.stringMatching(message) });
  expect(isTooLong(thrown)).toBe(tooLong);
});

test('a proxy that never makes the connection is not waited for, and not at all after an abort', async () => {
  const proxy = await startSilence();
  const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
  await expect(get('https://example.invalid/', { connectMs: 150 }, env)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 100);
  const outgoing = { method: 'GET', headers: {}, signal: stop.signal };
  await expect(createSend(env)(new URL('https://example.invalid/'), outgoing, BOUNDS)).rejects.toMatchObject({ name: 'AbortError' });
  await proxy.close();
});

test('the head of a HEAD is all of it', async () => {
  await using server = await listen(says(200, '', { ...packed, 'content-length': '20' }));
  expect(await get(server.url, {}, {}, 'HEAD')).toBe('200 ');
});

test('what is sent arrives whole, with its length', async () => {
  await using server = await listen(
    (response, request) => void response.end(`${request.headers['content-length']} ${request.headers['x-a']}`),
  );
  const outgoing = { method: 'POST', headers: { 'x-a': 'b' }, body: 'größe', signal: never };
  expect(await textOf(await createSend({})(new URL(server.url), outgoing, BOUNDS))).toBe('7 b');
});

test('a head may take longer than a connection', async () => {
  await using server = await listen((response) => void setTimeout(() => response.end('x'), 2500));
  expect(await get(server.url, { connectMs: 2000, silenceMs: 2000 })).toBe('200 x');
});

test('what is not wanted is closed', async () => {
  const server = createServer((socket) => {
    socket.resume().on('error', () => undefined);
    socket.write('HTTP/1.1 200 OK\r\n\r\nx');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const answer = await createSend({})(new URL(`http://127.0.0.1:${port}`), { method: 'GET', headers: {}, signal: never }, BOUNDS);
  const closed = new Promise((resolve) => server.close(() => resolve('closed')));
  answer.discard();
  expect(await closed).toBe('closed');
});
