// A state directory of an older version: nothing of it is lost, and that version refuses it afterwards.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { baseOfBytes, createPages } from '../../../src/adapters/ledger/disk/pages.ts';
import { loadSqlite } from '../../../src/adapters/ledger/disk/sqlite.ts';
import { kinshipOf, MIGRATIONS } from '../../../src/adapters/ledger/schema.ts';
import { fingerprint } from '../../../src/core/group/fingerprint.ts';
import type { Incident, Trace } from '../../../src/core/model.ts';
import type { Checkpoint } from '../../../src/ports.ts';
import { createStage, type RealStage } from './stage.ts';

const RECORDED = new URL('recorded/', import.meta.url);
const SQL = readFileSync(new URL('version-4.sql', RECORDED), 'utf8');

type OldMail = Readonly<Record<string, unknown>> & { readonly messageId: string };
type OldTrace = Omit<Trace, 'deliveries'> & { readonly mails?: readonly OldMail[] };

/** What that version read from it. */
const KNOWN = JSON.parse(readFileSync(new URL('version-4.json', RECORDED), 'utf8')) as {
  /** As that version told them. */
  readonly checkpoints: readonly {
    readonly source: string;
    readonly generation: string;
    readonly offset: number;
    readonly lines: number;
    readonly counted: readonly number[];
    readonly identity: string;
  }[];
  readonly incidents: readonly Incident[];
  readonly traces: readonly OldTrace[];
  readonly mails: readonly OldMail[];
};

/** The name that an incident has now: the older one is kept with it. */
const NAMES = new Map(KNOWN.incidents.map(({ fingerprint: name, sample }) => [name, fingerprint(sample).id]));
/** That of its requests; what no request was made for is taken by whoever opens it first. */
const SHOP = { name: 'git.example.org/shop', mark: null };
const incident = (one: Incident): Incident => ({
  ...one,
  fingerprint: NAMES.get(one.fingerprint)!,
  formerly: [one.fingerprint],
  repository: SHOP.name,
});

const delivery = ({ messageId, ...mail }: OldMail): object => ({ ...mail, deliveryId: messageId });
const trace = ({ mails, ...rest }: OldTrace): object => ({
  ...rest,
  fingerprint: NAMES.get(rest.fingerprint)!,
  repository: SHOP.name,
  ...(mails ? { deliveries: mails.map(delivery) } : {}),
});

let stage: RealStage;
beforeEach(() => {
  stage = createStage();
  mkdirSync(stage.dir);
  execFileSync('sqlite3', [stage.file], { input: SQL });
});
afterEach(() => stage.clear());

/** A snapshot of so many bytes is not held in memory. */
const enlarge = (): string => stage.sqlite3('CREATE TABLE of_a_person (text); INSERT INTO of_a_person VALUES (zeroblob(9 << 20))');

/** A place as it is told today: its token is the offset, and behind it the proof. */
function place({ source, generation, offset, lines, counted, identity }: (typeof KNOWN.checkpoints)[number]): Checkpoint {
  return { position: { source, stream: generation, token: `${offset} ${identity}` }, line: lines, counted: counted.map(String) };
}

describe.each([
  ['small', () => undefined],
  ['too large to be held in memory', enlarge],
])('a ledger of the last version without a change log, %s', (_name, prepare) => {
  beforeEach(() => prepare());

  test.each(['read', 'write', 'write, then read'] as const)(
    '%s: every incident, request, tombstone, place and message is there',
    async (how) => {
      if (how === 'write, then read') await stage.fold();
      const ledger = how === 'write' ? await stage.open({ repository: SHOP }) : stage.read(undefined, SHOP);
      expect(await ledger.incidents()).toEqual(KNOWN.incidents.map(incident));
      expect(await ledger.fingerprints()).toEqual(KNOWN.incidents.map((one) => NAMES.get(one.fingerprint)));
      expect(await ledger.checkpoints()).toEqual(KNOWN.checkpoints.map(place));
      expect(await ledger.traces()).toEqual(KNOWN.traces.map(trace));
      expect(await ledger.deliveries()).toEqual(KNOWN.mails.map(delivery));
      await ledger.close();
    },
  );

  test('counting goes on in what is known; what people decided stays decided; nothing is forgotten at once', async () => {
    const states = KNOWN.incidents.map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set(['new', 'waiting', 'proposed', 'closed', 'merged', 'failed', 'refused']));
    const ledger = await stage.open({ repository: SHOP });
    const sightings = KNOWN.incidents
      .map(incident)
      .map(({ fingerprint: name, title, sample, first, last }) => ({ fingerprint: name, title, sample, count: 2, first, last }));
    await ledger.record({ checkpoint: null, sightings });
    await ledger.close();
    const reader = stage.read();
    const after = await reader.incidents();
    expect(after.map(({ fingerprint: name, state, count }) => [name, state, count])).toEqual(
      KNOWN.incidents.map(({ fingerprint: name, state, count }) => [NAMES.get(name), state, count + 2]),
    );
    await reader.close();
  });

  test('afterwards that version refuses it, and sqlite3 finds nothing wrong in it', async () => {
    await stage.fold();
    expect(readdirSync(stage.dir)).toEqual(['ai-ops.sqlite']);
    expect(stage.sqlite3('PRAGMA integrity_check; PRAGMA user_version')).toBe(`ok\n${MIGRATIONS.length}`);
    const sqlite = await loadSqlite(readFileSync(createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm')), false);
    const database = sqlite.open(createPages(baseOfBytes(readFileSync(stage.file))));
    expect(kinshipOf(database, MIGRATIONS.slice(0, 4))).toEqual({ kind: 'newer', version: MIGRATIONS.length });
    database.close();
  });
});

test('a ledger that kept nothing of where incidents came from is read, and told of it from then on', async () => {
  rmSync(stage.file);
  execFileSync('sqlite3', [stage.file], { input: readFileSync(new URL('version-13.sql', RECORDED), 'utf8') });
  const shop = { name: 'git.example.org/shop', mark: null };
  const before = stage.read(undefined, shop);
  const known = await before.incidents();
  expect(known.map(({ count, facts }) => [count, facts])).toEqual([
    [1, undefined],
    [2, undefined],
  ]);
  expect(await before.facts()).toEqual({});
  await before.close();
  const ledger = await stage.open({ repository: shop });
  const { fingerprint: name, title, sample, first, last } = known[1]!;
  const facts = { host: [{ value: 'web-3', first: last.time, last: last.time }] };
  await ledger.record({ checkpoint: null, sightings: [{ fingerprint: name, title, sample, count: 5, first, last, facts }] });
  await ledger.close();
  const after = stage.read(undefined, shop);
  expect(await after.incidents({ fingerprint: name })).toMatchObject([{ count: 7, facts }]);
  expect(await after.facts()).toEqual(facts);
  await after.close();
});
