// What a person is told of a code host that does not answer as its API does. How it is asked is the platform's.
import { gzipSync } from 'node:zlib';
import { createTransport } from '../../../../src/adapters/hosts/forge/requests.ts';
import { listen, resets, type Script, says } from '../../../platform/http/listener.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

async function ask(script: Script, method: string): Promise<string> {
  await using server = await listen(script);
  const transport = createTransport('git.example', async () => undefined);
  const asked = transport(`${server.url}/api`, { method, headers: {}, signal: new AbortController().signal });
  return await asked.then(
    async (answer) => `${answer.status} ${await answer.text()}`,
    ({ code, message }) => `${code}: ${message.replaceAll(server.url, '')}`,
  );
}

const bomb: Script = (response) =>
  void response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(33 * 2 ** 20, ' ')));

const rows: readonly [name: string, script: Script, expected: RegExp, method?: string][] = [
  ['JSON', says(200, '{"a":1}', JSON_TYPE), /^200 {"a":1}$/],
  ['a refusal', says(404, '{"message":"Not Found"}', JSON_TYPE), /^404 {"message":"Not Found"}$/],
  ['nothing to say', says(204), /^204 $/],
  [
    'a sign-in page',
    says(200, '<!doctype html><title>Sign in</title>', { 'content-type': 'text/html' }),
    /^host-garbage: .*web page \(Sign in\)/,
  ],
  ['millions of lists within each other', says(200, '['.repeat(2_000_000), JSON_TYPE), /^host-garbage: .*more than 100 levels/],
  ['half of an answer', says(200, '{"a":', JSON_TYPE), /^host-garbage: .*200 without readable JSON/],
  ['more than could be meant', bomb, /^host-garbage: .*its answer is too long: more than 32 MB/],
  ['longer headers than could be meant', says(200, '{}', { 'x-long': 'x'.repeat(40_000) }), /^host-garbage: .*longer than 32 KB/],
  ['no answer', resets, /^host-unreachable: .*socket hang up/],
  ['its own trouble', says(500, 'on fire'), /^host-unreachable: .*it answered 500 \(on fire\)/],
  ['another host', says(301, '', { location: 'https://new.example/api?token=1' }), /^host-moved: .*on to https:\/\/new\.example\/api$/],
  ['itself', says(302, '', { location: '/api' }), /^host-garbage: .*it redirects in a circle/],
  ['a new address, for a write', says(301, '', { location: '/new' }), /^host-moved: .*on to \/new$/, 'POST'],
];

test.each(rows.map(([name, script, expected, method = 'GET']) => [name, script, expected, method] as const))(
  'it answers with %s',
  async (_name, script, expected, method) => {
    expect(await ask(script, method)).toMatch(expected);
  },
);
