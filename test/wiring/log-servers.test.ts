// Which server of logs is shown a secret: one that the user has named.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load.ts';
import { readAddress, type SourceAddress } from '../../src/core/source-address.ts';
import { credentialsFor } from '../../src/wiring/logs/log-servers.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ai-ops-servers-'));
});
afterEach(() => rm(dir, { recursive: true }));

const NAME = 'elasticsearch://logs.example.com:9200/app-*';
const address = (name: string): SourceAddress => (readAddress(name) as { address: SourceAddress }).address;
const KEY = { ELASTICSEARCH_API_KEY: 'k3y' };

async function shown(env: Readonly<Record<string, string>>, file: object = {}, name = NAME, isGiven = false) {
  await writeFile(join(dir, '.aiopsrc.json'), JSON.stringify(file));
  const loaded = await loadConfig({ cwd: dir, env: { HOME: dir, ...env }, flags: {} });
  return credentialsFor(loaded, address(name), isGiven);
}

test('one that a variable or the command line names', async () => {
  expect(await shown({ ...KEY, LOG_FILE_PATH: NAME })).toEqual({ apiKey: 'k3y' });
  expect(await shown(KEY, { logs: [NAME] }, NAME, true)).toEqual({ apiKey: 'k3y' });
});

test('not one that only a file of the repository names, unless the user trusts it or it is this machine', async () => {
  const repository = { logs: [NAME] };
  await expect(shown(KEY, repository)).rejects.toMatchObject({
    code: 'log-unbound',
    message: expect.stringContaining('logs.example.com:9200'),
  });
  await expect(shown(KEY, { ...repository, trust: ['logs.example.com'] })).rejects.toMatchObject({ code: 'log-unbound' });
  const local = 'elasticsearch://127.0.0.1:9200/app?tls=off';
  expect(await shown(KEY, { logs: [local] }, local)).toEqual({ apiKey: 'k3y' });
  await writeFile(join(dir, '.env'), 'ELASTICSEARCH_API_KEY=of-the-file\n');
  await expect(shown({}, repository)).rejects.toMatchObject({ code: 'log-unbound' });
});

test('without a secret nothing is shown; a user needs a password', async () => {
  expect(await shown({}, { logs: [NAME] })).toEqual({});
  const withUser = NAME.replace('//', '//reader@');
  await expect(shown({ LOG_FILE_PATH: withUser }, {}, withUser)).rejects.toThrow(
    'no password for the user reader: set ELASTICSEARCH_PASSWORD',
  );
  expect(await shown({ LOG_FILE_PATH: withUser, ELASTICSEARCH_PASSWORD: 'geheim' }, {}, withUser)).toEqual({ password: 'geheim' });
  expect(await shown({ LOG_FILE_PATH: NAME, ELASTICSEARCH_TOKEN: 't' })).toEqual({ bearer: 't' });
  expect(await shown({ LOG_FILE_PATH: 'loki://h/', LOKI_TOKEN: 't' }, {}, 'loki://h/?query={a="b"}')).toEqual({ bearer: 't' });
  expect(await shown({ LOG_FILE_PATH: 'x', SENTRY_AUTH_TOKEN: 't' }, {}, 'sentry://sentry.io/acme')).toEqual({ bearer: 't' });
});
