// Which brokers get the password: those that the user has named, and none that only a file of the repository names.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readKafkaAddress } from '../../src/adapters/sources/kafka/address.ts';
import { loadConfig } from '../../src/config/load.ts';
import { kafkaLogins } from '../../src/wiring/logs/kafka-logins.ts';
import { git } from '../support/git-program.ts';

const NAME = 'kafka://b1.acme.com:9093,b2.acme.com/app-logs?tls=on&sasl=scram-sha-512&user=me';
let root: string;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'ai-ops-kafka-logins-'));
  mkdirSync(join(root, 'home', '.config', 'ai-ops'), { recursive: true });
  await git(root, 'init', '-q', '-b', 'main', join(root, 'app'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

interface Told {
  readonly rc?: object;
  readonly own?: object;
  readonly env?: Readonly<Record<string, string>>;
  readonly isGiven?: boolean;
  readonly name?: string;
}

async function login({ rc, own, env = {}, isGiven = false, name = NAME }: Told) {
  if (rc) writeFileSync(join(root, 'app', '.aiopsrc.json'), JSON.stringify(rc));
  if (own) writeFileSync(join(root, 'home', '.config', 'ai-ops', 'config.json'), JSON.stringify(own));
  const all = { HOME: join(root, 'home'), KAFKA_PASSWORD: 'pw', ...env };
  const loaded = await loadConfig({ cwd: join(root, 'app'), env: all, flags: {} });
  const reading = readKafkaAddress(name);
  if ('problem' in reading) throw new Error(reading.problem);
  return kafkaLogins(loaded, all, isGiven)(reading.address);
}

const OURS = { user: 'me', password: 'pw' };

test.each<[string, Told]>([
  ['on the command line', { isGiven: true }],
  ['in LOG_FILE_PATH, as one broker', { env: { LOG_FILE_PATH: 'kafka://b1.acme.com/app-logs' } }],
  ['in the user’s own file', { own: { logs: [NAME] } }],
  ['in the repository, with brokers that the user trusts', { rc: { logs: [NAME] }, own: { trust: ['b1.acme.com:9093', 'b2.acme.com'] } }],
  ['in the repository, on this machine', { rc: { logs: [NAME] }, name: 'kafka://127.0.0.1/t?sasl=plain&user=me' }],
])('%s', async (_name, told) => expect(await login(told)).toEqual(OURS));

test('one that only the repository names gets none, also where another is trusted', async () => {
  await expect(login({ rc: { logs: [NAME] } })).rejects.toMatchObject({ code: 'log-unbound' });
  await expect(login({ rc: { logs: [NAME] }, own: { trust: ['b1.acme.com'] } })).rejects.toMatchObject({
    code: 'log-unbound',
    message: expect.stringContaining('b2.acme.com'),
  });
});

test('the user may stand in KAFKA_USERNAME; without one, or without a password, there is no login', async () => {
  const name = 'kafka://b/t?sasl=scram-sha-512';
  expect(await login({ isGiven: true, name, env: { KAFKA_USERNAME: 'you' } })).toEqual({ user: 'you', password: 'pw' });
  expect(await login({ isGiven: true, name })).toBeUndefined();
  expect(await login({ isGiven: true, env: { KAFKA_PASSWORD: '' } })).toBeUndefined();
});
