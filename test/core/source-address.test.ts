import { readAddress } from '../../src/core/source-address.ts';

test.each([
  ['elasticsearch://logs.example.com:9200/app-*', 'https://logs.example.com:9200', ['app-*'], null],
  ['opensearch://reader@logs.example.com/search/app-1,app-2?tie=event.id', 'https://logs.example.com/search', ['app-1,app-2'], 'reader'],
  ['elasticsearch://localhost:9200/app?tls=off', 'http://localhost:9200', ['app'], null],
  ['elasticsearch://[::1]:9200/app?tls=off', 'http://[::1]:9200', ['app'], null],
  ['loki://logs.example.com', 'https://logs.example.com', [], null],
  ['loki://logs.example.com/base/?query={app="shop"} |~ "a.+b"', 'https://logs.example.com/base', [], null],
  ['sentry://sentry.io/acme', 'https://sentry.io', ['acme'], null],
  ['sentry://sentry.io/acme/shop', 'https://sentry.io', ['acme', 'shop'], null],
])('%s is read', (name, base, path, user) => {
  expect(readAddress(name)).toMatchObject({ address: { base, path, user } });
});

test('a plus stays one, and what is encoded is decoded', () => {
  const reading = readAddress('loki://h/?query={app="a%26b"} |~ "x.+y"');
  expect('address' in reading && reading.address.parameters.get('query')).toBe('{app="a&b"} |~ "x.+y"');
});

test.each([
  [
    'elasticsearch://reader:geheim@h/app',
    'holds a password: leave it out, and set ELASTICSEARCH_API_KEY, ELASTICSEARCH_TOKEN or ELASTICSEARCH_PASSWORD in the environment',
  ],
  ['loki://h/?token=geheim', 'holds a secret (token): leave it out, and set LOKI_TOKEN or LOKI_PASSWORD in the environment'],
  ['sentry://h/acme?auth_token=geheim', 'holds a secret (auth_token): leave it out, and set SENTRY_AUTH_TOKEN in the environment'],
  ['elasticsearch://h/app?tls=off', 'asks for tls=off: that is for this machine only'],
  ['elasticsearch://h', 'needs /INDEX behind the host, as in elasticsearch://logs.example.com:9200/app-*'],
  ['sentry://h/a/b/c', 'needs /ORGANIZATION[/PROJECT] behind the host, as in sentry://sentry.io/acme/shop'],
  ['elasticsearch://h/app?sort=x', 'has no parameter sort; there are tls, poll, overlap, settle, limit, query, time, tie, message, writer'],
  ['elasticsearch://h/app?overlap=ten', 'needs a whole number up to 86400 for overlap'],
  ['elasticsearch://h/app?limit=20000', 'needs a whole number up to 10000 for limit'],
  ['loki://', 'is no address of a log; write it as loki://logs.example.com/?query={app="shop"}'],
])('%s is refused: it %s', (name, problem) => {
  expect(readAddress(name)).toEqual({ problem });
});
