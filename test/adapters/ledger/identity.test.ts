// A ledger of a version that named bugs otherwise, opened by this one on the log that it was made from: whatever was done
// about a bug is known still, and nothing is new but what the older version held for another bug.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { MIGRATIONS } from '../../../src/adapters/ledger/schema.ts';
import { fingerprintV1 } from '../../../src/core/group/fingerprint-v1.ts';
import type { IncidentState } from '../../../src/core/model.ts';
import { createRedactor } from '../../../src/core/redact/redact.ts';
import { identify, type Seen, toSightings } from '../../../src/pipeline/watch/sightings.ts';
import { detect } from '../../core/read/detector-run.ts';
import { createStage, type RealStage } from './stage.ts';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

let stage: RealStage;
beforeEach(() => {
  stage = createStage();
  mkdirSync(stage.dir);
  execFileSync('sqlite3', [stage.file], { input: read('version-4-identity.sql') });
});
afterEach(() => stage.clear());

/** The events of the log with their names now. */
const SEEN: readonly Seen[] = identify(detect(read('version-4-identity.log')));
const [price, orders, refunds, views, firstBuild, secondBuild, login, lost] = SEEN as unknown as readonly [
  Seen,
  Seen,
  Seen,
  Seen,
  Seen,
  Seen,
  Seen,
  Seen,
];
/** By the addresses of its requests. */
const SHOP = { name: 'git.example/acme/shop', mark: null };
const older = ({ event }: Seen): string => fingerprintV1(event);

test.each(['read', 'write'] as const)('in mode %s every incident has its name of now, its history, and its older names', async (mode) => {
  const ledger = mode === 'read' ? stage.read(undefined, SHOP) : await stage.open({ repository: SHOP });
  const rows: readonly (readonly [Seen, IncidentState, count: number, formerly: readonly string[]])[] = [
    [price, 'proposed', 1, [older(price)]],
    [orders, 'closed', 2, [older(orders)]],
    [views, 'confirmed', 1, [older(views)]],
    [firstBuild, 'proposed', 2, [older(firstBuild), older(secondBuild)].toSorted()],
    [lost, 'new', 1, [older(lost)]],
  ];
  for (const [{ fingerprint }, state, count, formerly] of rows) {
    const [incident] = await ledger.incidents({ fingerprint });
    expect(incident).toMatchObject({ fingerprint, state, count, formerly });
    for (const name of formerly) expect(await ledger.incidents({ fingerprint: name })).toEqual([incident]);
  }
  expect((await ledger.fingerprints()).filter((name) => !name.startsWith('v2:'))).toEqual([]);
  expect((await ledger.fingerprints()).length).toBe(6);
  expect(secondBuild.fingerprint).toBe(firstBuild.fingerprint);
  await ledger.close();
});

test('repairs are found by either name', async () => {
  const ledger = await stage.open({ repository: SHOP });
  const [trace] = await ledger.traces({ fingerprint: older(views) });
  expect(trace).toMatchObject({ trace: 'confirmviews', fingerprint: views.fingerprint, state: 'confirmed' });
  expect(await ledger.traces({ fingerprint: views.fingerprint })).toEqual([trace]);
  expect(await ledger.traces({ brief: true, state: 'closed' })).toMatchObject([{ fingerprint: orders.fingerprint }]);
  await ledger.close();
});

test('what people typed for an incident names it still', async () => {
  const ledger = await stage.open({ repository: SHOP });
  const names = await ledger.names();
  expect(names).toEqual(expect.arrayContaining([views.fingerprint, older(views)]));
  // The same digits, so one of them is enough.
  expect(price.fingerprint.slice(3)).toBe(older(price).slice(3));
  expect(names).not.toContain(older(price));
  await ledger.close();
});

test('the log seen again makes nothing new but the bug that was held for another', async () => {
  const ledger = await stage.open({ repository: SHOP });
  const redact = createRedactor([]);
  const sightings = toSightings(SEEN, [], '2026-05-05T00:00:00.000Z', redact);
  const touched = await ledger.record({ checkpoint: null, sightings });
  expect(touched.filter(({ isNew }) => isNew).map(({ incident }) => incident.fingerprint)).toEqual([refunds.fingerprint]);
  expect(touched.find(({ incident }) => incident.fingerprint === refunds.fingerprint)?.incident.formerly).toBeUndefined();
  // Its sample has no password in it, so its name could not be told before the error came again.
  const [known] = await ledger.incidents({ fingerprint: login.fingerprint });
  expect(known).toMatchObject({ state: 'failed', attempts: 1, count: 2, formerly: expect.arrayContaining([older(login)]) });
  expect(await ledger.traces({ fingerprint: login.fingerprint })).toMatchObject([{ trace: 'failedlogin1' }]);
  await ledger.close();
  const again = await stage.open({ repository: SHOP });
  const later = await again.record({ checkpoint: null, sightings });
  expect(later.filter(({ isNew }) => isNew)).toEqual([]);
  await again.close();
});

describe('a ledger of this version before its rules of messages became wider', () => {
  // As they were named: the word behind `for` was one of the message.
  const named = (template: string): string => `v2:${createHash('sha256').update(`message\0${template}`).digest('hex').slice(0, 32)}`;
  const LOG = [
    '2026-01-02 03:04:05 ERROR order 17 for ada refused',
    '2026-01-02 03:04:06 ERROR order 18 for ben refused',
    '2026-01-02 03:04:07 ERROR order 19 lost',
    '2026-01-02 03:04:08 ERROR login 20 for carol failed with password=correct-horse-battery',
    '',
  ].join('\n');
  const [ada, ben, lost, carol] = identify(detect(LOG)) as unknown as readonly [Seen, Seen, Seen, Seen];
  const BEFORE: readonly (readonly [Seen, string, IncidentState])[] = [
    [ada, named('order <*> for ada refused'), 'closed'],
    [ben, named('order <*> for ben refused'), 'new'],
    [lost, named('order <*> lost'), 'proposed'],
    [carol, named('login <*> for carol failed with password=correct-horse-battery'), 'closed'],
  ];
  let old: RealStage;

  beforeEach(async () => {
    old = createStage();
    const ledger = await old.open({ repository: SHOP });
    const redact = createRedactor([]);
    for (const [seen, fingerprint, state] of BEFORE) {
      await ledger.record({ checkpoint: null, sightings: toSightings([{ ...seen, fingerprint }], [], '2026-05-05T00:00:00.000Z', redact) });
      if (state !== 'new') await ledger.setState(fingerprint, state, null);
    }
    await ledger.close();
    // The version before its rules became wider for the last time, and what has come since.
    old.sqlite3(`DROP INDEX traces_by_repository; ALTER TABLE incidents DROP COLUMN facts; PRAGMA user_version = 13`);
  });
  afterEach(() => old.clear());

  test.each(['read', 'write'] as const)('in mode %s: renamed, joined, with what was done; the old names lead to them', async (mode) => {
    const ledger = mode === 'read' ? old.read(undefined, SHOP) : await old.open({ repository: SHOP });
    const [one, ...others] = await ledger.incidents({ fingerprint: ada.fingerprint });
    expect([one, others]).toMatchObject([{ state: 'closed', count: 2, formerly: [BEFORE[0]![1], BEFORE[1]![1]].toSorted() }, []]);
    for (const [, name] of BEFORE.slice(0, 2)) expect(await ledger.incidents({ fingerprint: name })).toEqual([one]);
    const [same] = await ledger.incidents({ fingerprint: lost.fingerprint });
    expect(same).toMatchObject({ fingerprint: BEFORE[2]![1], state: 'proposed' });
    expect(same?.formerly).toBeUndefined();
    await ledger.close();
  });

  test('the log seen again makes nothing new, not of what a secret was taken out of either', async () => {
    const ledger = await old.open({ repository: SHOP });
    const sightings = toSightings([ada, ben, lost, carol], [], '2026-05-05T00:00:00.000Z', createRedactor([]));
    const touched = await ledger.record({ checkpoint: null, sightings });
    expect(touched.filter(({ isNew }) => isNew)).toEqual([]);
    const [known] = await ledger.incidents({ fingerprint: carol.fingerprint });
    expect(known).toMatchObject({ fingerprint: carol.fingerprint, state: 'closed', count: 2 });
    expect(known?.formerly).toContain(BEFORE[3]![1]);
    await ledger.close();
  });
});

describe('a ledger from before a class, or a kind of fault, was known', () => {
  const LOG = [
    '[2026-01-02 03:04:05] local.ERROR: SQLSTATE[42S22]: Column not found {"exception":"[object] (Shop\\\\QueryError(code: 42S22): Column not found at /srv/shop/app/Orders.php:42)',
    '[stacktrace]',
    '#0 /srv/shop/app/Cart.php(9): Shop\\\\Orders->all()',
    '#1 {main}',
    '"} ',
    'panic: assignment to entry in nil map',
    '',
    'goroutine 1 [running]:',
    'main.put()',
    '\t/srv/shop/cart.go:42 +0x1d',
    '',
    '2026-01-02 03:04:05 ERROR cannot load page: TypeError: x is undefined',
    '2026-01-02 03:04:06 INFO next',
    "thread 'main' panicked at 'no price:",
    "    tea', src/cart.rs:42:5",
    '{"level":"error","ts":1767323045.6,"msg":"pull failed","error":"pool timeout"}',
    "2026-01-02 03:04:07 ERROR no function u'na' in the player",
    '[2026-01-02 03:04:08,549 E 149 189] logging.cc:317: *** SIGSEGV received at time=1644724000 on cpu 5 ***',
    '[2026-01-02 03:04:08,549 E 149 189] logging.cc:317:     @     0x5581e29943e1        256  shop::Prices::Load()',
    '',
  ].join('\n');
  const all = identify(detect(LOG)) as unknown as readonly [Seen, Seen, Seen, Seen, Seen, Seen, Seen];
  const [query, map, named, placed, caused, marked, signalled] = all;

  test('is what is seen now', () => {
    expect([query, map, named, placed].map(({ event }) => event.type)).toEqual(['Shop\\QueryError', 'panic', 'TypeError', 'panic']);
    expect(caused.event.cause).toBe('pool timeout');
    expect(marked.fingerprint).toBe(identify(detect("2026-01-02 03:04:07 ERROR no function 'ly' in the player\n"))[0]!.fingerprint);
    expect(placed.event.frames.map(({ file }) => file)).toEqual(['src/cart.rs']);
    expect(signalled.event.frames.map((frame) => frame.function)).toEqual(['shop::Prices::Load']);
  });

  test('all are found, and nothing is new', async () => {
    const old = createStage();
    const before = await old.open({ repository: SHOP });
    const redact = createRedactor([]);
    const untyped: Seen = {
      ...query,
      event: { ...query.event, type: null, frames: [], language: 'none' },
      fingerprint: 'v2:0123456789abcdef0123456789abcdef',
    };
    const faultless: Seen = { ...map, fingerprint: 'v2:fedcba9876543210fedcba9876543210' };
    const unnamed: Seen = { ...named, event: { ...named.event, type: null }, fingerprint: 'v2:00112233445566778899aabbccddeeff' };
    const placeless: Seen = { ...placed, event: { ...placed.event, frames: [] }, fingerprint: 'v2:ffeeddccbbaa99887766554433221100' };
    const { cause: _, ...event } = caused.event;
    const causeless: Seen = { ...caused, event, fingerprint: 'v2:0f0e0d0c0b0a09080706050403020100' };
    const asInJson: Seen = {
      ...query,
      event: {
        ...query.event,
        type: String.raw`Shop\\QueryError`,
        frames: query.event.frames.map((each) => (each.function ? { ...each, function: each.function.replaceAll('\\', '\\\\') } : each)),
      },
      fingerprint: 'v2:0f1e2d3c4b5a69788796a5b4c3d2e1f0',
    };
    const unmarked: Seen = { ...marked, fingerprint: 'v2:00f0e0d0c0b0a0908070605040302010' };
    const frameless: Seen = { event: { ...signalled.event, frames: [] }, fingerprint: 'v2:10203040506070809000a0b0c0d0e0f0' };
    const olds = [frameless, unmarked, untyped, faultless, unnamed, placeless, causeless, asInJson];
    for (const seen of olds) {
      await before.record({ checkpoint: null, sightings: toSightings([seen], [], '2026-05-05T00:00:00.000Z', redact) });
      await before.setState(seen.fingerprint, 'closed', null);
    }
    await before.close();
    old.sqlite3(`PRAGMA user_version = ${MIGRATIONS.length - 1}`);
    const ledger = await old.open({ repository: SHOP });
    const touched = await ledger.record({
      checkpoint: null,
      sightings: toSightings(all, [], '2026-05-06T00:00:00.000Z', redact),
    });
    expect(touched.map(({ isNew, incident }) => [isNew, incident.state, incident.formerly])).toEqual([
      [false, 'closed', [untyped.fingerprint, asInJson.fingerprint]],
      [false, 'closed', [faultless.fingerprint]],
      [false, 'closed', [unnamed.fingerprint]],
      [false, 'closed', [placeless.fingerprint]],
      [false, 'closed', [causeless.fingerprint]],
      [false, 'closed', [unmarked.fingerprint]],
      [false, 'closed', [frameless.fingerprint]],
    ]);
    await ledger.close();
    old.clear();
  });
});
