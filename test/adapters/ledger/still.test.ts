// What nobody has written to since is read where it lies, by the SQLite of Node: with the same answers, and never stale.
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import type { LedgerReader } from '../../../src/adapters/ledger/ledger-port.ts';
import { openReader } from '../../../src/adapters/ledger/reader.ts';
import type { MetRepository } from '../../../src/core/repository/identity.ts';
import { ending, FINGERPRINT, NOW, sighting, start, step } from '../../contracts/ledger.ts';
import { createStage, openAt, type RealStage, WASM } from './stage.ts';

let stage: RealStage;
beforeEach(() => {
  stage = createStage();
});
afterEach(() => stage.clear());

const SHOP: MetRepository = { name: 'github.com/acme/shop', mark: null };
const MAILER: MetRepository = { name: 'github.com/acme/mailer', mark: null };

const compiled = (): Uint8Array => readFileSync(WASM);
const never = (): Uint8Array => {
  throw new Error('SQLite was compiled');
};

/** A few incidents and traces of two repositories, some of them at the same moment. */
async function fill(): Promise<void> {
  for (const [at, repository] of [SHOP, MAILER].entries()) {
    const ledger = await openAt(stage.dir, { repository });
    await ledger.record({ checkpoint: null, sightings: [sighting(at), sighting(at + 2)] });
    for (const id of [`a${at}`, `b${at}`, `c${at}`]) {
      await ledger.begin(start(id));
      await ledger.step(id, step('claim'));
      await ledger.end(id, ending(id));
    }
    await ledger.close();
  }
}

const asked = async (reader: LedgerReader): Promise<unknown> => [
  await reader.traces(),
  await reader.traces({ brief: true, limit: 2 }),
  await reader.traces({ allRepositories: true, state: 'proposed' }),
  await reader.traces({ fingerprint: FINGERPRINT, since: '2020-01-01T00:00:00.000Z' }),
  await reader.traces({ trace: 'b1' }),
  await reader.incidents(),
  await reader.incidents({ allRepositories: true, limit: 3 }),
  await reader.incidents({ fingerprint: FINGERPRINT }),
  await reader.incidents({ fingerprints: [FINGERPRINT], state: 'new' }),
  ...[await reader.fingerprints({}), await reader.names({}), await reader.facts({}), await reader.waiting(5), await reader.checkpoints()],
  ...[await reader.spending(NOW), await reader.deliveries({})],
];

test('the same answers, in the same order, with and without SQLite compiled', async () => {
  await fill();
  for (const repository of [undefined, SHOP, MAILER, { name: 'github.com/acme/new', mark: null }]) {
    const still = openReader(stage.file, never, repository);
    const told = await asked(still);
    await still.close();
    // A log of some older snapshot: nothing in it counts, and whoever knows that has compiled SQLite.
    writeFileSync(stage.log, '', { mode: 0o600 });
    const moving = openReader(stage.file, compiled, repository);
    expect(told).toEqual(await asked(moving));
    await moving.close();
    await (await openAt(stage.dir, { repository: SHOP })).close();
    expect(readdirSync(stage.dir)).toEqual(['ai-ops.sqlite']);
  }
});

test('what comes is seen by who looks already, in the change log and in a new snapshot; nothing is made', async () => {
  await fill();
  const before = statSync(stage.file, { bigint: true });
  const [reader, second] = [openReader(stage.file, compiled, SHOP), openReader(stage.file, never, SHOP)];
  expect((await reader.traces()).map(({ trace }) => trace)).toEqual(['c0', 'b0', 'a0']);
  expect(await second.traces()).toHaveLength(3);
  expect(readdirSync(stage.dir)).toEqual(['ai-ops.sqlite']);
  expect(statSync(stage.file, { bigint: true }).mtimeNs).toBe(before.mtimeNs);
  const writer = await openAt(stage.dir, { repository: SHOP });
  await writer.begin(start('d0'));
  expect(readdirSync(stage.dir)).toContain('ai-ops.sqlite.changes');
  expect((await reader.traces()).map(({ trace }) => trace)).toContain('d0');
  await expect(second.traces()).rejects.toThrow('SQLite was compiled');
  await writer.end('d0', ending('d0'));
  await writer.close();
  const third = openReader(stage.file, never, SHOP);
  expect((await third.traces()).map(({ trace, state }) => [trace, state])).toContainEqual(['d0', 'proposed']);
  expect((await reader.traces()).map(({ trace, state }) => [trace, state])).toContainEqual(['d0', 'proposed']);
  await openAt(stage.dir, { repository: SHOP }).then(async (again) => {
    await again.begin(start('e0'));
    await again.end('e0', ending('e0'));
    await again.close();
  });
  expect((await third.traces()).map(({ trace }) => trace)).toContain('e0');
  await Promise.all([reader.close(), second.close(), third.close()]);
});

test('rows of no repository are told as their next writer will have them', async () => {
  const ledger = await openAt(stage.dir);
  await ledger.begin(start('t1'));
  await ledger.end('t1', ending('t1'));
  await ledger.close();
  const reader = openReader(stage.file, compiled, SHOP);
  expect((await reader.traces()).map(({ trace }) => trace)).toEqual(['t1']);
  await reader.close();
});

test('a file that is cut off is told as what it is', async () => {
  await fill();
  truncateSync(stage.file, 8192);
  await expect(openReader(stage.file, compiled, SHOP).traces()).rejects.toMatchObject({ code: 'ledger-unreadable' });
  writeFileSync(stage.file, 'no database at all, but long enough to have a header of its own '.repeat(4));
  await expect(openReader(stage.file, compiled, SHOP).traces()).rejects.toMatchObject({ code: 'ledger-unreadable' });
});

test('a page of the traces is read by its index, however many there are of others', async () => {
  await fill();
  const plan = stage.sqlite3(
    `EXPLAIN QUERY PLAN SELECT * FROM traces WHERE repository = 'x' ORDER BY started_at DESC, rowid DESC LIMIT 20`,
  );
  expect(plan).toMatch(/SEARCH traces USING INDEX traces_by_repository \(repository=\?\)\s*$/);
  expect(stage.sqlite3(`EXPLAIN QUERY PLAN SELECT 1 FROM traces WHERE repository = '' LIMIT 1`)).toContain('COVERING INDEX');
});
