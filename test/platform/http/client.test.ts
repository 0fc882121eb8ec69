// The policy: what is repeated, how long is waited, where a redirect may lead, and what comes of the rest.
import { createHttp, type HttpRequest, retryAfterMs, textOf } from '../../../src/platform/http/client.ts';
import { hangs, type Listener, listen, resets, type Script, says } from './listener.ts';

const never = new AbortController().signal;
const BOUNDS = { connectMs: 60_000, headMs: 60_000, silenceMs: 60_000, wholeMs: 60_000, maxBytes: 1_000 };
const NOW = 'Fri, 02 Jan 2026 03:00:00 GMT';

interface Seen {
  readonly ends: string;
  readonly asked: number;
  readonly waits: readonly number[];
}

async function ask(server: Listener, more: Partial<HttpRequest> = {}, bounds = BOUNDS): Promise<Seen> {
  const waits: number[] = [];
  const pause = async (ms: number): Promise<void> => void waits.push(ms);
  const http = createHttp({ bounds, pause });
  const request = { url: `${server.url}/a`, method: 'GET', headers: {}, signal: never, isRead: true, onRedirect: () => undefined, ...more };
  const ending = await http(request, async (answer) => `${answer.status} ${await textOf(answer)}`.trim());
  const where = (text: string): string => text.replaceAll(server.url, '');
  return { ends: ending.kind === 'answer' ? ending.value : `${ending.why}: ${where(ending.detail)}`, asked: server.asked.length, waits };
}

const later = (after: string, status = 429): Script => says(status, '', { 'retry-after': after, date: NOW });
const write = { method: 'POST', isRead: false, body: '{}' };

const repeated: readonly [name: string, scripts: readonly Script[], ends: string, waits: readonly number[], more?: Partial<HttpRequest>][] =
  [
    ['an answer', [says(200, 'x')], '200 x', []],
    ['a refusal', [says(404), says(200)], '404', []],
    ['a server error', [says(500), says(503), says(200)], '200', [500, 2_000]],
    ['a server error for ever', [says(502, 'why')], '502 why', [500, 2_000]],
    ['what the server cannot do', [says(501), says(200)], '501', []],
    ['an error of the cloud before it', [says(522), says(200)], '200', [500]],
    ['a lost connection', [resets, says(200)], '200', [500]],
    ['a lost connection for ever', [resets], 'unreachable: socket hang up', [500, 2_000]],
    ['a silence', [hangs, says(200)], '200', [500]],
    ['an answer torn in its middle', [(response) => void response.write('x', () => response.destroy()), says(200)], '200', [500]],
    ['an answer that is too long', [says(200, 'x'.repeat(2_000)), says(200)], 'too-long: more than 0 MB', []],
    ['too many, and a time', [later('3'), says(200)], '200', [3_000]],
    ['too many, and at once', [later('0'), says(200)], '200', [0]],
    ['too many, and a date', [later('Fri, 02 Jan 2026 03:00:10 GMT'), says(200)], '200', [10_000]],
    ['too many, and a date that has passed', [later('Fri, 02 Jan 2026 02:00:00 GMT'), says(200)], '429', []],
    ['too many, and too long a time', [later('31'), says(200)], '429', []],
    ['too many, and no time', [says(429), says(200)], '429', []],
    ['not now, and a time', [later('4', 503), says(200)], '200', [4_000]],
    ['not now, and too long a time', [later('600', 503), says(200)], '503', []],
    ['a write: a server error', [says(503), says(200)], '503', [], write],
    ['a write: a lost connection', [resets, says(200)], 'unreachable: socket hang up', [], write],
    ['a write: too many', [later('1'), says(200)], '429', [], write],
    ['a POST that only reads', [says(503), says(200)], '200', [500], { ...write, isRead: true }],
  ];

const whole = repeated.map(([name, scripts, ends, waits, more = {}]) => [name, scripts, ends, waits, more] as const);

test.each(whole)('%s', async (_name, scripts, ends, waits, more) => {
  await using server = await listen(...scripts);
  const bounds = scripts.includes(hangs) ? { ...BOUNDS, headMs: 500 } : BOUNDS;
  expect(await ask(server, more, bounds)).toEqual({ ends, asked: waits.length + 1, waits });
});

const to =
  (location: string, status = 302): Script =>
  (response) =>
    void response.writeHead(status, { location }).end();

const sentOn: readonly [name: string, scripts: readonly Script[], ends: string, asked: readonly string[], more?: Partial<HttpRequest>][] = [
  ['within the origin', [to('/b', 301), says(200)], '200', ['GET /a', 'GET /b']],
  ['twice, and beside itself', [to('/b/c'), to('d'), says(200)], '200', ['GET /a', 'GET /b/c', 'GET /b/d']],
  ['to another origin', [to('https://other.example/x?token=1')], 'moved: https://other.example/x', ['GET /a']],
  ['to another port', [to('http://127.0.0.1:1/x')], 'moved: http://127.0.0.1:1/x', ['GET /a']],
  ['to what is no web', [to('file:///etc/passwd')], 'moved: null/etc/passwd', ['GET /a']],
  ['in a circle', [to('/a')], 'circle: /a', Array.from({ length: 6 }, () => 'GET /a')],
  ['nowhere', [says(302, 'x')], '302 x', ['GET /a']],
  ['a write that would become a read', [to('/b', 301)], 'moved: /b', ['POST /a'], write],
  ['a write that stays one', [to('/b', 307), says(201)], '201', ['POST /a', 'POST /b'], write],
  ['who does not follow', [to('/b')], '302', ['GET /a'], { onRedirect: undefined }],
];

const wholeSentOn = sentOn.map(([name, scripts, ends, asked, more = {}]) => [name, scripts, ends, asked, more] as const);

test.each(wholeSentOn)('sent on %s', async (_name, scripts, ends, asked, more) => {
  await using server = await listen(...scripts);
  expect((await ask(server, more)).ends).toBe(ends);
  expect(server.asked).toEqual(asked);
});

test('who looks where it leads may say no', async () => {
  await using server = await listen(to('/sign-in'), says(200));
  const no = new Error('no');
  const onRedirect = (target: URL): never => {
    throw Object.assign(no, { at: target.pathname });
  };
  expect((await ask(server, { onRedirect, isRead: false })).ends).toBe('unreachable: no');
  expect(server.asked).toEqual(['GET /a']);
});

test('an abort ends what hangs, what waits, and what has not begun', async () => {
  await using server = await listen(hangs);
  const http = createHttp({ bounds: BOUNDS });
  const begin = (signal: AbortSignal): Promise<unknown> =>
    http({ url: server.url, method: 'GET', headers: {}, isRead: true, signal }, async () => 'x');
  await expect(begin(AbortSignal.timeout(100))).rejects.toMatchObject({ code: 'interrupted' });
  await expect(begin(AbortSignal.abort())).rejects.toMatchObject({ code: 'interrupted' });
  await using busy = await listen(later('20'));
  const stop = new AbortController();
  const waiting = http({ url: busy.url, method: 'GET', headers: {}, isRead: true, signal: stop.signal }, async () => 'x');
  while (busy.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  setTimeout(() => stop.abort(), 300);
  await expect(waiting).rejects.toMatchObject({ code: 'interrupted' });
  expect([server.asked.length, busy.asked.length]).toEqual([1, 1]);
});

test('an answer to a write is told although the signal came with it', async () => {
  await using server = await listen(says(201, 'made'));
  const stop = new AbortController();
  const request = { url: server.url, method: 'POST', headers: {}, isRead: false, signal: stop.signal };
  const ending = await createHttp({ bounds: BOUNDS })(request, async (answer) => {
    const text = await textOf(answer);
    stop.abort();
    return text;
  });
  expect(ending).toMatchObject({ kind: 'answer', value: 'made' });
});

test.each([
  ['120', 120_000],
  ['1.5', 1_500],
  ['-5', -5_000],
  ['Fri, 02 Jan 2026 04:00:00 GMT', 3_600_000],
  ['soon', null],
  [undefined, null],
])('Retry-After: %s', (value, expected) => {
  expect(retryAfterMs(value, new Date(NOW))).toBe(expected);
});
