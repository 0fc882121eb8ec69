// Lines of Loki as a log: by nanoseconds, with as many of one as may be, and what comes late.
import { openTimeStores } from '../../../../src/adapters/sources/open-servers.ts';
import { type Entry, type LokiServer, startLoki } from '../../../standins/loki/server.ts';
import { createBox, scanned, until } from './world.ts';

let server: LokiServer;
beforeEach(async () => {
  server = await startLoki();
});
afterEach(async () => {
  await server.close();
  expect(server.violations).toEqual([]);
});

const address = (parameters = ''): string =>
  `loki://127.0.0.1:${server.port}/?tls=off&settle=0&poll=0&query={app="shop", env="live"}${parameters}`;
const box = (parameters = '') => createBox((servers) => openTimeStores([address(parameters)], servers));

const MS = 1_000_000n;
const nowNs = (): bigint => BigInt(Date.now()) * MS;

function trace(pod: string, time: bigint, step = 1n): readonly Entry[] {
  const labels = { app: 'shop', env: 'live', pod };
  const name = `${pod[0]!.toUpperCase()}${pod.slice(1)}Error`;
  const lines = [
    'Traceback (most recent call last):',
    `  File "/srv/${pod}/app.py", line 12, in handle`,
    '    return total(order)',
    `${name}: no price of ${time}`,
  ];
  return lines.map((line, at) => ({ labels, time: time + BigInt(at) * step, line }));
}
const times = (count: number, make: (at: number) => readonly Entry[]): readonly Entry[] =>
  Array.from({ length: count }, (_, at) => make(at)).flat();

test('lines of several streams are put together; a second run counts nothing again; times are those of the records', async () => {
  const start = nowNs() - 600_000n * MS;
  server.add(...times(8, (at) => [...trace('web', start + BigInt(at) * 7n), ...trace('job', start + BigInt(at) * 7n)]));
  const own = box('&limit=3');
  for (let run = 0; run < 2; run += 1)
    expect(await own.live()).toEqual({
      incidents: ['8 JobError: no price of <num>', '8 WebError: no price of <num>'].map((one) =>
        expect.stringMatching(one.replace('<num>', '.*')),
      ),
      gaps: [],
      troubles: [],
      error: undefined,
    });
  const { times: found } = await scanned(address());
  expect(new Set(found)).toEqual(new Set([new Date(Number(start / MS)).toISOString()]));
});

test('as many lines of one nanosecond as the server gives are read, beyond that it is told', async () => {
  const time = nowNs() - 60_000n * MS;
  const same = (count: number): readonly Entry[] =>
    times(count, (at) => [{ labels: { app: 'shop', env: 'live', pod: `p${at}` }, time, line: `ERROR AError: no price ${at % 7}` }]);
  server.add(...same(300), ...trace('web', time + 5n));
  expect(await box('&limit=50').live()).toMatchObject({
    incidents: [expect.stringMatching(/^1 WebError/), expect.stringMatching(/^300 /)],
    gaps: [],
  });
});

test('killed after any chunk, all count once', async () => {
  const start = nowNs() - 100_000n * MS;
  server.add(...times(6, (at) => [...trace('web', start + BigInt(at) * 900n * MS), ...trace('job', start + BigInt(at) * 900n * MS + 2n)]));
  const own = box('&limit=5');
  for (let dieAfter = 0; dieAfter < 12; dieAfter += 1) await own.live({ dieAfter });
  expect((await own.live()).incidents).toEqual([expect.stringMatching(/^6 JobError/), expect.stringMatching(/^6 WebError/)]);
});

test('what arrives behind the cursor within the overlap is found once, while it follows and by the next process', async () => {
  const own = box('&overlap=30');
  const now = nowNs();
  server.add(...trace('web', now - 20_000n * MS));
  await own.live();
  server.add(...trace('late', now - 25_000n * MS));
  expect((await own.live()).incidents).toEqual([expect.stringMatching(/^1 LateError/), expect.stringMatching(/^1 WebError/)]);
  const heard = await own.live({
    follows: async (so) => {
      server.add(...trace('late', nowNs() - 10_000n * MS), ...trace('web', nowNs()));
      await until(async () => (await so()).incidents.every((one) => one.startsWith('2 ')));
    },
  });
  expect(heard.incidents).toEqual([expect.stringMatching(/^2 LateError/), expect.stringMatching(/^2 WebError/)]);
});

test('a tenant and a token', async () => {
  server.add(...trace('web', nowNs() - 1000n * MS));
  server.admits('Bearer t0ken', 'team-a');
  const servers = { credentialsFor: () => ({ bearer: 't0ken' }) };
  expect((await box('&tenant=team-a').live({ servers })).incidents).toHaveLength(1);
  expect((await box('&tenant=team-b').live({ servers })).error).toContain('may not be read: it says 401: no org id');
  expect((await box().live()).error).toContain('it says 401: unauthorized');
});

test('a query that Loki does not understand is an error, whose words are Loki’s', async () => {
  const own = createBox((servers) => openTimeStores([address().replace(/query=.*/, 'query=shop')], servers));
  expect((await own.live()).error).toContain('cannot be asked so: it says 400: parse error at line 1, col 1');
});

test.each([429, 500])('%i is waited out with the same cursor', async (status) => {
  server.add(...trace('web', nowNs() - 1000n * MS));
  const held = { status: 200, body: { status: 'success', data: { resultType: 'streams', result: [] } } };
  server.next(held, ...Array.from({ length: status === 429 ? 2 : 4 }, () => ({ status, body: 'too many outstanding requests' })));
  const heard = await box().live({ follows: (now) => until(async () => (await now()).incidents.length === 1) });
  expect(heard).toMatchObject({
    incidents: [expect.stringMatching(/^1 WebError/)],
    troubles: [expect.stringContaining('too many outstanding requests')],
  });
});
