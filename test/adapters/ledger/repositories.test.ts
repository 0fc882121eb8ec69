// One state directory for several repositories: the same bug of two is two incidents, with all that belongs to them. A
// ledger of the last version that knew no repositories is brought along, and that version refuses it afterwards.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { baseOfBytes, createPages } from '../../../src/adapters/ledger/disk/pages.ts';
import { loadSqlite } from '../../../src/adapters/ledger/disk/sqlite.ts';
import type { Ledger } from '../../../src/adapters/ledger/ledger-port.ts';
import { kinshipOf, MIGRATIONS } from '../../../src/adapters/ledger/schema.ts';
import type { Incident, Trace } from '../../../src/core/model.ts';
import type { MetRepository } from '../../../src/core/repository/identity.ts';
import { checkpoint, ending, FINGERPRINT, NOW, sighting, start } from '../../contracts/ledger.ts';
import { createStage, type RealStage } from './stage.ts';

const SHOP: MetRepository = { name: 'github.com/acme/shop', mark: '7:100' };
const MAILER: MetRepository = { name: 'gitlab.example.org:8443/ops/tools/mailer', mark: '8:200' };
const NOTES: MetRepository = { name: 'path:/home/me/notes', mark: '9:300' };

let stage: RealStage;
beforeEach(() => {
  stage = createStage();
});
afterEach(() => stage.clear());

describe('one bug in two repositories', () => {
  let shop: Ledger;
  let mailer: Ledger;
  beforeEach(async () => {
    shop = await stage.open({ repository: SHOP });
    mailer = await stage.open({ repository: MAILER });
    await shop.record({ checkpoint: checkpoint(10), sightings: [sighting(10)] });
    await shop.flush(true);
    await mailer.record({ checkpoint: checkpoint(20), sightings: [sighting(20, 2)] });
    await mailer.flush(true);
  });
  afterEach(async () => {
    await shop.close();
    await mailer.close();
  });

  test('is two incidents, each counted by itself', async () => {
    expect(await shop.incidents()).toMatchObject([{ fingerprint: FINGERPRINT, repository: SHOP.name, count: 1 }]);
    expect(await mailer.incidents()).toMatchObject([{ fingerprint: FINGERPRINT, repository: MAILER.name, count: 2 }]);
    const all = await shop.incidents({ allRepositories: true });
    expect(all.map(({ repository }) => repository)).toEqual([MAILER.name, SHOP.name]);
    expect(await shop.fingerprints({ allRepositories: true })).toEqual([FINGERPRINT]);
    expect(await shop.incidents({ allRepositories: true, limit: 1 })).toMatchObject([{ repository: MAILER.name }]);
  });

  test('each is read on from its own place', async () => {
    expect((await shop.checkpoints()).map(({ line }) => line)).toEqual([10]);
    expect((await mailer.checkpoints()).map(({ line }) => line)).toEqual([20]);
  });

  test('both are repaired at one time, and what became of one says nothing of the other', async () => {
    expect(await shop.begin(start('a'))).toBe('begun');
    expect(await mailer.begin(start('b'))).toBe('begun');
    await shop.end('a', ending('a'));
    expect(await shop.incidents()).toMatchObject([{ state: 'proposed', attempts: 1 }]);
    expect(await mailer.incidents()).toMatchObject([{ state: 'repairing', attempts: 1 }]);
    await mailer.end('b', ending('b', 'failed', { outcome: 'failed', code: 'claude-timeout', request: null }));
    expect(await mailer.incidents()).toMatchObject([{ state: 'failed', reason: 'claude-timeout' }]);
    expect(await shop.incidents()).toMatchObject([{ state: 'proposed' }]);
    expect((await shop.traces()).map(({ trace }) => trace)).toEqual(['a']);
    expect((await shop.traces({ allRepositories: true })).map(({ repository }) => repository).toSorted()).toEqual([SHOP.name, MAILER.name]);
    // Whoever has the id finds it.
    expect(await shop.traces({ trace: 'b' })).toMatchObject([{ trace: 'b', repository: MAILER.name }]);
  });

  test('each has its own budgets, breaker and open requests', async () => {
    await shop.begin(start('a'));
    await shop.end('a', ending('a', 'failed', { outcome: 'failed' }));
    await mailer.begin(start('b'));
    await mailer.end('b', ending('b'));
    expect(await shop.spending(NOW)).toMatchObject({ repairsLastHour: 1, usdLastDay: 0.25, consecutiveFailures: 1, openRequests: 0 });
    expect(await mailer.spending(NOW)).toMatchObject({ repairsLastHour: 1, usdLastDay: 0.25, consecutiveFailures: 0, openRequests: 1 });
  });

  test('what waits, and what is set by hand, is of one', async () => {
    expect(await shop.waiting(10)).toEqual([FINGERPRINT]);
    await shop.setState(FINGERPRINT, 'skipped', 'denied');
    await shop.flush(true);
    expect(await shop.waiting(10)).toEqual([]);
    expect(await mailer.waiting(10)).toEqual([FINGERPRINT]);
  });

  test('a message of the same id goes out for each', async () => {
    const texts = { subject: 's', line: 'l', text: 't', html: 'h', patch: '' };
    const times = { createdAt: NOW.toISOString(), digestAt: NOW.toISOString(), perHour: 9 };
    const message = { id: 'stopped.breaker.2026-03-01', notifier: 'mail', kind: 'stopped', trace: null, fingerprint: null } as const;
    const stopped = { ...message, ...texts, ...times, deliveryId: '<1@x>', recipients: ['a@example.org'] };
    await shop.put([stopped]);
    await mailer.put([stopped]);
    expect(await shop.take(NOW, 'mail')).toMatchObject({ id: message.id });
    expect(await shop.take(NOW, 'mail')).toBeUndefined();
    expect(await mailer.take(NOW, 'mail')).toMatchObject({ id: message.id });
    await mailer.settle(stopped, { state: 'sent', detail: '', at: NOW.toISOString(), isTry: true });
    expect(await shop.deliveries()).toMatchObject([{ state: 'sending' }]);
    expect(await mailer.deliveries()).toMatchObject([{ state: 'sent' }]);
  });

  test('two watch one log, each for its own', async () => {
    await shop.watchLock('app.log');
    await mailer.watchLock('app.log');
    const again = await stage.open({ repository: SHOP });
    await expect(again.watchLock('app.log')).rejects.toMatchObject({ code: 'already-watched' });
    await again.close();
  });
});

test.each([
  ['renamed on its host', { ...SHOP, name: 'github.com/acme/store' }],
  ['moved to another host', { ...SHOP, name: 'gitlab.com/acme/shop' }],
  ['known by another clone, under the name it had', { name: 'github.com/acme/store', mark: '7:100' }],
])('a repository that was %s keeps its incidents, and its new name is shown', async (_name, met) => {
  const before = await stage.open({ repository: SHOP });
  await before.record({ checkpoint: null, sightings: [sighting(10)] });
  await before.close();
  const after = await stage.open({ repository: met });
  expect(after.registered).toMatchObject({ from: SHOP.name, adopted: 0 });
  expect(await after.incidents()).toMatchObject([{ repository: met.name }]);
  await after.close();
  // Another clone whose remote still has the old address.
  const late = await stage.open({ repository: { name: SHOP.name, mark: '1:1' } });
  expect(await late.incidents()).toMatchObject([{ fingerprint: FINGERPRINT, repository: met.name }]);
  await late.close();
});

describe('a ledger of the last version that knew no repositories', () => {
  const RECORDED = new URL('recorded/', import.meta.url);
  const SQL = readFileSync(new URL('version-9.sql', RECORDED), 'utf8');
  /** What that version read from it. */
  const KNOWN = JSON.parse(readFileSync(new URL('version-9.json', RECORDED), 'utf8')) as {
    readonly checkpoints: readonly object[];
    readonly incidents: readonly Incident[];
    readonly traces: readonly Trace[];
    readonly deliveries: readonly object[];
  };
  const bySource = (source: string): readonly Incident[] => KNOWN.incidents.filter(({ first }) => first.source === source);
  /** Two requests were made on GitHub; a bug of the same log failed, and no request tells of it. */
  const OF_SHOP = bySource('logs/app.log').filter(({ state }) => state !== 'failed');
  const OF_MAILER = bySource('/var/log/mailer.log');
  const OF_NOBODY = KNOWN.incidents.filter((one) => !OF_SHOP.includes(one) && !OF_MAILER.includes(one));

  beforeEach(() => {
    mkdirSync(stage.dir);
    execFileSync('sqlite3', [stage.file], { input: SQL });
  });

  const named = (incidents: readonly Incident[], { name }: MetRepository) => incidents.map((one) => ({ ...one, repository: name }));

  test('each incident with a request on a host is of its repository; the others are of whoever opens it first', async () => {
    expect([OF_SHOP.length, OF_MAILER.length, OF_NOBODY.length]).toEqual([2, 1, 3]);
    const mailer = await stage.open({ repository: MAILER });
    const theirs = await mailer.incidents();
    expect(theirs).toEqual(expect.arrayContaining(named([...OF_MAILER, ...OF_NOBODY], MAILER)));
    expect(theirs.length).toBe(4);
    expect(mailer.registered).toMatchObject({ adopted: 3 });
    expect(await mailer.deliveries()).toEqual(KNOWN.deliveries);
    await mailer.close();
    const shop = await stage.open({ repository: SHOP });
    expect(await shop.incidents()).toEqual(named(OF_SHOP, SHOP));
    expect(shop.registered).toMatchObject({ adopted: 0 });
    expect((await shop.traces()).map(({ state }) => state).toSorted()).toEqual(['closed', 'proposed']);
    await shop.close();
    const notes = await stage.open({ repository: NOTES });
    expect(await notes.incidents()).toEqual([]);
    expect(await notes.incidents({ allRepositories: true })).toHaveLength(KNOWN.incidents.length);
    expect((await notes.traces({ allRepositories: true })).map(({ trace }) => trace).toSorted()).toEqual(
      KNOWN.traces.map(({ trace }) => trace).toSorted(),
    );
    await notes.close();
  });

  test('looked at before anybody writes, it shows what the next writer will find', async () => {
    const reader = stage.read(undefined, NOTES);
    expect((await reader.incidents()).map(({ fingerprint }) => fingerprint)).toEqual(OF_NOBODY.map(({ fingerprint }) => fingerprint));
    await reader.close();
    expect(stage.sqlite3('PRAGMA user_version')).toBe('9');
  });

  test('every place in a log is there for each of them, until it has its own', async () => {
    const shop = await stage.open({ repository: SHOP });
    expect(await shop.checkpoints()).toEqual(KNOWN.checkpoints);
    await shop.record({ checkpoint: checkpoint(5000, 's900', 'logs/app.log'), sightings: [] });
    await shop.flush(true);
    const lines = async (ledger: Ledger) =>
      (await ledger.checkpoints()).flatMap(({ position, line }) => (position.stream === 's900' ? [line] : []));
    expect(await lines(shop)).toEqual([5000]);
    await shop.close();
    const mailer = await stage.open({ repository: MAILER });
    expect(await lines(mailer)).toEqual([900]);
    await mailer.close();
  });

  test('that version refuses it afterwards, in one line that says what to do', async () => {
    await (await stage.open({ repository: SHOP })).close();
    expect(stage.sqlite3('PRAGMA integrity_check; PRAGMA user_version')).toBe(`ok\n${MIGRATIONS.length}`);
    const sqlite = await loadSqlite(readFileSync(createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm')), false);
    const database = sqlite.open(createPages(baseOfBytes(readFileSync(stage.file))));
    expect(kinshipOf(database, MIGRATIONS.slice(0, 9))).toEqual({ kind: 'newer', version: MIGRATIONS.length });
    database.close();
  });
});

test('a ledger of a version that is yet to come is refused, and stays as it is', async () => {
  await (await stage.open({ repository: SHOP })).close();
  stage.sqlite3(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
  const before = readFileSync(stage.file);
  const newer = { code: 'ledger-newer', exitCode: 2, hint: 'update ai-ops, or use another --state-dir' };
  await expect(stage.open({ repository: SHOP })).rejects.toMatchObject(newer);
  await expect(stage.read(undefined, SHOP).incidents()).rejects.toMatchObject(newer);
  expect(readFileSync(stage.file).equals(before)).toBe(true);
});
