// Documents of a search as a log: whatever order they come in, each error counts once, and what was not read is told.
import { createTimeSource } from '../../../../src/adapters/sources/http/follow.ts';
import { openTimeStores, timeStoreOf } from '../../../../src/adapters/sources/open-servers.ts';
import { readAddress, type SourceAddress } from '../../../../src/core/source-address.ts';
import { type Document, type SearchServer, startSearchServer } from '../../../standins/elasticsearch/server.ts';
import { createBox, until } from './world.ts';

let server: SearchServer;
beforeEach(async () => {
  server = await startSearchServer();
});
afterEach(async () => {
  await server.close();
  expect(server.violations).toEqual([]);
});

const address = (parameters = ''): string => `elasticsearch://127.0.0.1:${server.port}/app-*?tls=off&settle=0&poll=0${parameters}`;
const box = (parameters = '') => createBox((servers) => openTimeStores([address(parameters)], servers));

const NOW = Date.now() - 600_000;
let ids = 0;
const nextId = (): number => {
  ids += 1;
  return ids;
};

/** A trace as a shipper sends it: a document a line, all of one time, in no order but that of their offsets. */
function trace(who: string, time: number, index = 'app-1'): readonly Document[] {
  const name = `${who[0]!.toUpperCase()}${who.slice(1)}Error`;
  const lines = [
    'Traceback (most recent call last):',
    `  File "/srv/${who}/app.py", line 12, in handle`,
    '    return total(order)',
    `${name}: no price`,
  ];
  const documents = lines.map((message, at) => ({
    ...{ index, id: `d${nextId()}`, time },
    source: {
      message,
      host: { name: who },
      log: { offset: ids * 100 + at, file: { path: '/var/log/app.log' } },
      agent: { type: 'filebeat' },
    },
  }));
  return documents.toReversed();
}
const record = (time: number, type = 'ShopError', index = 'app-1', id = `r${nextId()}`): Document => ({
  ...{ index, id, time },
  source: { '@timestamp': new Date(time).toISOString(), 'log.level': 'error', message: 'failed', error: { type, message: 'no price' } },
});
const times = (count: number, make: (at: number) => readonly Document[]): readonly Document[] =>
  Array.from({ length: count }, (_, at) => make(at)).flat();

test('lines of several writers, mixed and in no order, are put together; a second run counts nothing again', async () => {
  server.add(
    ...times(10, (at) => [...trace('shop', NOW + at * 10), ...trace('pay', NOW + at * 10)].toSorted((a, b) => (a.id < b.id ? -1 : 1))),
  );
  const own = box();
  expect(await own.live()).toEqual({
    incidents: ['10 PayError: no price', '10 ShopError: no price'],
    gaps: [],
    troubles: [],
    error: undefined,
  });
  expect((await own.live()).incidents).toEqual(['10 PayError: no price', '10 ShopError: no price']);
});

test.each(['', '&tie=seq'])('pages end anywhere in what bears one time%s', async (tie) => {
  const documents = times(9, (at) => trace('shop', NOW + Math.floor(at / 3) * 5));
  server.add(...documents.map((one, at) => ({ ...one, source: { ...one.source, seq: `s${String(at).padStart(4, '0')}` } })));
  for (const limit of [1, 2, 5, 7, 13]) expect((await box(`&limit=${limit}${tie}`).live()).incidents).toEqual(['9 ShopError: no price']);
});

test('killed after any chunk, all count once', async () => {
  server.add(
    ...times(6, (at) => [
      ...trace('shop', NOW + at * 1000),
      ...trace('pay', NOW + at * 1000 + 1),
      record(NOW + at * 1000 + 2, 'MailError'),
    ]),
  );
  const own = box('&limit=5');
  for (let dieAfter = 0; dieAfter < 12; dieAfter += 1) await own.live({ dieAfter });
  expect((await own.live()).incidents).toEqual(['6 MailError: no price', '6 PayError: no price', '6 ShopError: no price']);
});

test('what arrives behind the cursor within the overlap is found, once, also by the next process', async () => {
  const own = box();
  const now = Date.now();
  server.add(record(now - 30_000), record(now - 2000));
  await own.live();
  server.add(record(now - 30_500), ...trace('late', now - 29_000));
  expect((await own.live()).incidents).toEqual(
    ['1 LateError: no price', '3 ShopError: failed: no price'].map((one) => one.replace('failed: ', '')),
  );
  server.add(record(now - 1500));
  expect((await own.live()).incidents).toEqual(['1 LateError: no price', '4 ShopError: no price']);
});

test('what arrives later than the overlap is counted once an hour, here after ten seconds, and told', async () => {
  const { address: read } = readAddress(address()) as { address: SourceAddress };
  const own = createBox((servers) =>
    createTimeSource(address(), () => timeStoreOf(address(), read, servers), {
      ...{ overlapMs: 5000, settleMs: 0, pollMs: 100, countMs: 10_000, now: servers.now },
    }),
  );
  const now = Date.now();
  const writeAt = (passed: number) => ({ now: () => now - 60_000 + passed });
  // Its own clock is the server's where that says none.
  server.saysTime(false);
  server.add(record(now - 70_000), record(now - 60_500));
  await own.live({ servers: writeAt(0) });
  server.add(record(now - 57_000));
  await own.live({ servers: writeAt(8000) });
  server.add(record(now - 59_000), record(now - 58_000), record(now - 53_000));
  const { gaps, incidents } = await own.live({ servers: writeAt(20_000) });
  expect(incidents).toEqual(['4 ShopError: no price']);
  expect(gaps).toEqual([expect.stringMatching(/^2 records of between .* came more than 5 s late and were not read; raise overlap/)]);
  expect((await own.live({ servers: writeAt(60_000) })).gaps).toEqual([]);
});

test('an index is rolled over and the alias moves on; equal ids of two indices are two documents', async () => {
  server.alias('app-*', ['app-1']);
  const now = Date.now() - 20_000;
  server.add(record(now, 'ShopError', 'app-1', 'same'));
  const own = box();
  await own.live();
  server.alias('app-*', ['app-1', 'app-2']);
  server.add(record(now + 1, 'ShopError', 'app-2', 'same'));
  await own.live();
  server.alias('app-*', ['app-2']);
  server.add(record(Date.now() - 100, 'ShopError', 'app-2'));
  expect((await own.live()).incidents).toEqual(['3 ShopError: no price']);
});

test('more of one time than a page holds: the page grows', async () => {
  server.add(...times(300, () => [record(NOW)]));
  const heard = await box('&limit=10').live();
  expect(heard).toMatchObject({ incidents: ['300 ShopError: no price'], gaps: [] });
});

test('more of one time than the server gives at once is told, and the rest is read', async () => {
  const { address: read } = readAddress(address()) as { address: SourceAddress };
  const own = createBox((servers) =>
    createTimeSource(address(), () => ({ ...timeStoreOf(address(), read, servers), limit: 10, maxLimit: 40 }), {
      ...{ overlapMs: 5000, settleMs: 0, pollMs: 100, now: servers.now },
    }),
  );
  server.add(...times(50, () => [record(NOW)]), record(NOW + 1, 'NextError'));
  expect(await own.live()).toMatchObject({
    incidents: ['1 NextError: no price', '40 ShopError: no price'],
    gaps: [expect.stringContaining('more than 40 records bear the time')],
  });
});

// A proxy that lies, not the API.
const untimed = (hit: object) => ({
  status: 200,
  foreign: true as const,
  body: { hits: { hits: [{ _index: 'app-1', _id: 'x', _source: { message: 'm' }, ...hit }] } },
});
const AWAY = {
  status: 429,
  headers: { 'retry-after': '1' },
  body: { error: { type: 'circuit_breaking_exception', reason: 'Data too large' }, status: 429 },
};
test.each([
  ['a part of the shards', ['partial'], '1 of its shards did not answer'],
  ['a search that was cut off', ['late'], 'the search was not finished in time'],
  ['a document without a time', [untimed({})], 'it gave a document without its time'],
  ['a document whose time is none', [untimed({ sort: ['soon'] })], 'it gave a document without its time'],
  ['too many requests', [AWAY, AWAY, AWAY], 'it says 429: circuit_breaking_exception: Data too large'],
] as const)('%s is no answer: with --once an error, while it follows a later try', async (_name, answers, words) => {
  server.add(record(NOW));
  const held = { status: 200, body: { indices: ['app-1'], fields: { '@timestamp': { date: { type: 'date' } } } } };
  server.next(held, ...answers);
  expect((await box().live()).error).toContain(words);

  server.next(held, ...answers);
  const heard = await box().live({ follows: (now) => until(async () => (await now()).incidents.length === 1) });
  expect(heard.troubles).toEqual([expect.stringContaining(words)]);
  expect(heard.incidents).toEqual(['1 ShopError: no price']);
});

test.each([
  ['an API key', { apiKey: 'abc==' }, 'ApiKey abc=='],
  ['a bearer token', { bearer: 't0ken' }, 'Bearer t0ken'],
])('it shows %s, and says when it is refused', async (_name, credentials, header) => {
  server.add(record(NOW));
  server.admits(header);
  expect((await box().live({ servers: { credentialsFor: () => credentials } })).incidents).toEqual(['1 ShopError: no price']);
  expect((await box().live()).error).toContain('may not be read: it says 401: security_exception: unable to authenticate');
});

test('the user of the address and a password', async () => {
  server.add(record(NOW));
  server.admits(`Basic ${Buffer.from('reader:pass word').toString('base64')}`);
  const own = createBox((servers) => openTimeStores([address().replace('//', '//reader@')], servers));
  expect((await own.live({ servers: { credentialsFor: () => ({ password: 'pass word' }) } })).incidents).toHaveLength(1);
});

test.each([
  [undefined, 'no document there has the field @timestamp'],
  ['text', 'its field @timestamp is of the type text, which has no order of time'],
])('a time field of the type %s is an error before anything is read', async (type, words) => {
  server.add(record(NOW));
  server.mapped(type);
  expect((await box().live()).error).toContain(words);
  expect((await box().live({ follows: () => new Promise(() => undefined) })).error).toContain(words);
});

test('an index that is not there yet is waited for; what was there before is not new', async () => {
  const heard = await box().live({
    from: 'resume',
    follows: async (now) => {
      server.add(record(NOW), record(Date.now() + 1500, 'NewError'));
      await until(async () => (await now()).incidents.length > 0);
    },
  });
  expect(heard).toMatchObject({ incidents: ['1 NewError: no price'], troubles: [] });
});

test('a server that is away at the start is waited for', async () => {
  server.add(record(NOW));
  const gone = { status: 503, body: { error: { type: 'cluster_block_exception', reason: 'no master' }, status: 503 } };
  server.next(gone, gone, gone);
  const heard = await box().live({ follows: (now) => until(async () => (await now()).incidents.length === 1) });
  expect(heard.troubles).toEqual([expect.stringContaining('no master')]);
});

test('only what the query asks for', async () => {
  server.add({ ...record(NOW), source: { ...record(NOW).source, app: 'shop' } }, record(NOW + 1, 'PayError'));
  expect((await box('&query=app:shop').live()).incidents).toEqual(['1 ShopError: no price']);
});
