// The file itself: who may read it, when it is written, what `sqlite3` finds in it, what is forgotten, old schemas.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { baseOfBytes, createPages } from '../../../src/adapters/ledger/disk/pages.ts';
import { loadSqlite } from '../../../src/adapters/ledger/disk/sqlite.ts';
import { INCIDENT_QUERIES } from '../../../src/adapters/ledger/journal.ts';
import { kinshipOf, MIGRATIONS, migrate } from '../../../src/adapters/ledger/schema.ts';
import { BODY_LIMIT } from '../../../src/adapters/ledger/traces.ts';
import { checkpoint, ending, FINGERPRINT, NOW, offsetOf, sighting, start, step } from '../../contracts/ledger.ts';
import { createStage, type RealStage } from './stage.ts';

let stage: RealStage;
beforeEach(() => {
  stage = createStage();
});
afterEach(() => stage.clear());

const daysAgo = (days: number): string => new Date(NOW.getTime() - days * 86_400_000).toISOString();

test('is for its owner only, and alone in its directory', async () => {
  const ledger = await stage.open();
  await ledger.begin(start('t1'));
  await ledger.close();
  expect((statSync(stage.dir).mode & 0o777).toString(8)).toBe('700');
  expect((statSync(stage.file).mode & 0o777).toString(8)).toBe('600');
  expect(readdirSync(stage.dir)).toEqual(['ai-ops.sqlite']);
});

describe('in a checkout', () => {
  const shown = (): string => execFileSync('git', ['status', '--porcelain', '-uall'], { cwd: dirname(stage.dir), encoding: 'utf8' });
  beforeEach(() => execFileSync('git', ['init', '--quiet', dirname(stage.dir)]));

  test('git passes over a directory that was made for it', async () => {
    await (await stage.open()).close();
    expect(existsSync(stage.file)).toBe(true);
    expect(shown()).toBe('');
  });

  test('a directory that was there is as its user left it', async () => {
    mkdirSync(stage.dir);
    await (await stage.open()).close();
    expect(readdirSync(stage.dir)).toEqual(['ai-ops.sqlite']);
  });
});

test('drafts of killed processes are swept up; other files are not', async () => {
  mkdirSync(stage.dir);
  for (const name of ['ai-ops.sqlite.new', 'notes.tmp', 'notes.new']) writeFileSync(join(stage.dir, name), '');
  await (await stage.open()).close();
  expect(readdirSync(stage.dir)).toEqual(['ai-ops.sqlite', 'notes.new', 'notes.tmp']);
});

test('a reader makes nothing where there is nothing, and sees what comes', async () => {
  const reader = stage.read();
  expect(await reader.traces()).toEqual([]);
  expect(await reader.spending(NOW)).toMatchObject({ repairsLastHour: 0, usdLastDay: 0, consecutiveFailures: 0 });
  expect(existsSync(stage.dir)).toBe(false);
  const writer = await stage.open();
  await writer.begin(start('t1'));
  expect(await reader.traces({ brief: true })).toMatchObject([{ trace: 't1', state: 'running' }]);
  await writer.step('t1', step('claim'));
  expect((await reader.traces())[0]?.steps).toEqual([step('claim')]);
  await Promise.all([writer.close(), reader.close()]);
});

test('several queries of one reader may run side by side', async () => {
  const writer = await stage.open();
  await writer.begin(start('t1'));
  const reader = stage.read();
  const answers = await Promise.all([reader.traces(), reader.incidents(), reader.traces({ brief: true }), reader.checkpoints()]);
  expect(answers.map((rows) => rows.length)).toEqual([1, 0, 1, 0]);
  await Promise.all([writer.close(), reader.close()]);
});

test('flushes are paced; what is dirty is written by itself a second later; force writes at once', async () => {
  const ledger = await stage.open();
  const onDisk = (): Promise<string> => stage.query('SELECT coalesce(sum(count), 0) FROM incidents');
  let count = 0;
  const record = (): Promise<unknown> => {
    count += 1;
    return ledger.record({ checkpoint: checkpoint(count), sightings: [sighting(count - 1)] });
  };
  await record();
  await ledger.flush();
  expect(await onDisk()).toBe('1');
  // Where a second goes by in between it is written: in one of some attempts none does.
  let isPaced = false;
  for (let attempt = 0; attempt < 5 && !isPaced; attempt += 1) {
    await record();
    await ledger.flush();
    isPaced = (await onDisk()) === String(count - 1);
    while ((await onDisk()) !== String(count)) await pause(100);
  }
  expect(isPaced).toBe(true);
  await record();
  await ledger.flush(true);
  expect(await onDisk()).toBe(String(count));
  await ledger.close();
});

test('a clean ledger is not written again', async () => {
  await (await stage.open()).close();
  const before = statSync(stage.file).mtimeMs;
  const ledger = await stage.open();
  await ledger.flush(true);
  await ledger.traces();
  await ledger.close();
  expect(statSync(stage.file).mtimeMs).toBe(before);
});

test('an entry that cannot be applied leaves no half of it', async () => {
  const ledger = await stage.open();
  const broken = { ...sighting(1), title: null as unknown as string };
  await expect(ledger.record({ checkpoint: checkpoint(9), sightings: [sighting(0), broken] })).resolves.toHaveLength(1);
  await expect(
    ledger.record({ checkpoint: checkpoint(20), sightings: [sighting(3), { ...broken, fingerprint: 'v1:other' }] }),
  ).rejects.toThrow('NOT NULL');
  await ledger.flush(true);
  expect(await stage.query('SELECT count, CAST(token AS INTEGER) FROM incidents, checkpoints')).toBe('2|9');
  await ledger.close();
});

test('text comes back as it went in, but for NUL', async () => {
  const ledger = await stage.open();
  const nasty = 'a"b\'c\\ 𝒳 \u2028 \ud800 \u0007 \r\n\t ?1 %s';
  const sample = { ...sighting(0).sample, message: `${nasty}\0end`, text: `${nasty}\0end` };
  await ledger.record({ checkpoint: null, sightings: [{ ...sighting(0), title: 'cut\0here', sample }] });
  const big = 2 ** 52 + 1;
  await ledger.record({ checkpoint: checkpoint(big), sightings: [] });
  await ledger.flush(true);
  const reader = stage.read();
  expect(await reader.incidents()).toMatchObject([{ title: 'cut\uFFFDhere', message: `${nasty}\0end`, sample: { text: `${nasty}\0end` } }]);
  expect(await reader.checkpoints()).toEqual([checkpoint(big)]);
  await Promise.all([ledger.close(), reader.close()]);
});

test('a huge diff is cut with a mark', async () => {
  const ledger = await stage.open();
  await ledger.begin(start('t1'));
  await ledger.end('t1', { ...ending('t1'), diff: 'x'.repeat(BODY_LIMIT + 5) });
  expect((await ledger.traces())[0]?.diff.slice(-32)).toBe('xxxx\n[5 characters left out]\n'.padStart(32, 'x'));
  await ledger.close();
});

test('sqlite3 finds a whole database at every moment while one writes records and others new snapshots', async () => {
  const ledger = await stage.open();
  await ledger.record({ checkpoint: checkpoint(0), sightings: [sighting(0)] });
  await ledger.flush(true);
  await stage.fold();
  const sql = 'PRAGMA quick_check; SELECT token + 1 - count FROM checkpoints, incidents';
  const stop = `${stage.file}.stop`;
  const looking = spawn('sh', ['-c', `until [ -e "$2" ]; do sqlite3 "$1" '${sql}' || echo bad; done`, 'sh', stage.file, stop]);
  let seen = '';
  looking.stdout.on('data', (part) => {
    seen += part;
  });
  looking.stderr.on('data', (part) => {
    seen += part;
  });
  const closed = once(looking, 'close');
  // Whoever is quicker waits for the other: enough of both.
  for (let writes = 1; writes <= 12 || seen.length < 'ok\n0\n'.length * 60; writes++) {
    await ledger.record({ checkpoint: checkpoint(writes), sightings: [sighting(writes)] });
    await ledger.flush(true);
    if (writes % 3 === 0) await stage.fold();
  }
  writeFileSync(stop, '');
  await closed;
  expect(seen).toMatch(/^(?:ok\n0\n)+$/);
  await ledger.close();
});

describe('a snapshot of more than 8 MB', () => {
  const many = (from: number, count: number) =>
    Array.from({ length: count }, (_, n) => sighting(from + n, 1, `v1:${String(from + n).padStart(32, '0')}`));
  const sizes = (): readonly number[] => [stage.file, stage.log].map((path) => (existsSync(path) ? statSync(path).size : 0));
  const write = async (ledger: Awaited<ReturnType<RealStage['open']>>, from: number, count: number) => {
    await ledger.record({ checkpoint: null, sightings: many(from, count) });
    await ledger.flush(true);
  };
  beforeEach(async () => {
    await stage.fold();
    stage.sqlite3('CREATE TABLE of_a_person (text); INSERT INTO of_a_person VALUES (zeroblob(9 << 20))');
  });

  test('what changes many rows at once is written as a snapshot: nobody carries it out again', async () => {
    const ledger = await stage.open();
    await write(ledger, 0, 600);
    expect(stage.sqlite3('SELECT count(*) FROM incidents')).toBe('0');
    await ledger.close();
    const shop = await stage.open({ repository: { name: 'git.example.org/shop', mark: null } });
    expect(shop.registered).toMatchObject({ adopted: 600 });
    expect(sizes()[1]).toBe(0);
    expect(stage.sqlite3(`SELECT count(*) FROM incidents WHERE repository <> ''`)).toBe('600');
    expect(await shop.incidents()).toHaveLength(600);
    await shop.close();
  });

  test('a short change log stays at the end, a long one does not', async () => {
    const ledger = await stage.open();
    await write(ledger, 0, 100);
    await ledger.close();
    expect(sizes()[1]).toBeGreaterThan(0);
    const again = await stage.open();
    await write(again, 100, 2500);
    expect(sizes()[1]).toBeGreaterThan(1024 * 1024);
    await again.close();
    expect(sizes()[1]).toBe(0);
    expect(stage.sqlite3('SELECT count(*) FROM incidents')).toBe('2600');
  });
});

describe('retention', () => {
  async function addTraces(ids: readonly (readonly [id: string, days: number, fingerprint?: string])[], diff = ''): Promise<void> {
    const ledger = await stage.open({ retention: { days: 10_000, maxTraces: 10_000 } });
    for (const [id, days, fingerprint = `v1:${id}`] of ids) {
      await ledger.begin(start(id, fingerprint, daysAgo(days)));
      await ledger.end(id, { ...ending(id, 'failed', {}, fingerprint), diff });
    }
    await ledger.close();
  }
  const kept = (): string => stage.sqlite3('SELECT group_concat(id) FROM (SELECT id FROM traces ORDER BY started_at)');

  test.each([
    ['traces older than the days', { days: 30, maxTraces: 100 }, 'b,c,d'],
    ['the oldest beyond the number', { days: 100, maxTraces: 2 }, 'c,d'],
    ['never those of the last day', { days: 0, maxTraces: 0 }, 'd'],
  ])('forgets %s', async (_name, retention, expected) => {
    await addTraces([
      ['a', 40],
      ['b', 20],
      ['c', 2],
      ['d', 0.5],
    ]);
    await (await stage.open({ retention })).close();
    expect(kept()).toBe(expected);
    const rows = expected.split(',').length;
    expect(stage.sqlite3('SELECT count(*) FROM bodies')).toBe(String(rows));
  });

  test('keeps the newest 20 of one incident', async () => {
    await addTraces(Array.from({ length: 23 }, (_, index) => [`t${String(index).padStart(2, '0')}`, 30 - index, FINGERPRINT] as const));
    await (await stage.open()).close();
    expect(kept().split(',')).toEqual(Array.from({ length: 20 }, (_, index) => `t${String(index + 3).padStart(2, '0')}`));
  });

  test('gives the room back', async () => {
    await addTraces(
      Array.from({ length: 12 }, (_, index) => [`t${index}`, 50 + index] as const),
      '+ a line of a diff\n'.repeat(5_000),
    );
    const before = statSync(stage.file).size;
    await (await stage.open({ retention: { days: 10, maxTraces: 10 } })).close();
    expect(before).toBeGreaterThan(1_000_000);
    expect(statSync(stage.file).size).toBeLessThan(150_000);
  });

  test('forgets incidents that were seen once and never again, by when they were counted; what something was done about stays', async () => {
    const old = '2025-01-01T00:00:00.000Z';
    const ledger = await stage.open();
    const names = ['once', 'twice', 'lately', 'proposed', 'closed', 'tried', 'traced'];
    const seen = (name: string) => ({ ...sighting(1, name === 'twice' ? 2 : 1, `v1:${name}`), last: { ...sighting(1).last, time: old } });
    await ledger.record({ checkpoint: null, sightings: names.map(seen) });
    await ledger.setState('v1:closed', 'closed', 'closed-by-person');
    for (const name of ['proposed', 'tried', 'traced']) await ledger.begin(start(name, `v1:${name}`));
    for (const name of ['tried', 'traced']) await ledger.end(name, ending(name, 'failed', {}, `v1:${name}`));
    await ledger.end('proposed', ending('proposed', 'proposed', {}, 'v1:proposed'));
    await ledger.close();
    stage.sqlite3(`UPDATE incidents SET counted_at = '2025-11-30T00:00:00.000Z' WHERE fingerprint <> 'v1:lately';
      UPDATE incidents SET state = 'waiting', attempts = 0 WHERE fingerprint = 'v1:traced'`);
    await (await stage.open({ retention: { incidentDays: 90 } })).close();
    const left = stage.sqlite3('SELECT fingerprint FROM incidents ORDER BY 1').split('\n');
    expect(left).toEqual(
      names
        .filter((name) => name !== 'once')
        .map((name) => `v1:${name}`)
        .sort(),
    );
  });

  test('keeps a bounded number of incidents: those seen once go first, then those seen last the longest ago', async () => {
    const ledger = await stage.open();
    const sightings = Array.from({ length: 9 }, (_, at) => sighting(at, at < 5 ? 2 : 1, `v1:${at}`));
    await ledger.record({ checkpoint: null, sightings });
    await ledger.setState('v1:0', 'closed', 'closed-by-person');
    await ledger.close();
    for (const [maxIncidents, expected] of [
      [9, '0,1,2,3,4,5,6,7,8'],
      [5, '0,1,2,3,4'],
      [3, '0,3,4'],
      [0, '0'],
    ] as const) {
      await (await stage.open({ retention: { maxIncidents } })).close();
      const left = stage.sqlite3(
        'SELECT group_concat(substr(fingerprint, 4)) FROM (SELECT fingerprint FROM incidents ORDER BY fingerprint)',
      );
      expect(left).toBe(expected);
    }
  });

  test('keeps a bounded number of streams of a source: the newest', async () => {
    let second = 0;
    const ledger = await stage.open({ clock: () => new Date(NOW.getTime() + 1000 * second++) });
    for (let life = 0; life < 40; life++) await ledger.record({ checkpoint: checkpoint(life, `g${life}`), sightings: [] });
    const newest = Array.from({ length: 16 }, (_, index) => index + 24);
    expect((await ledger.checkpoints()).map(offsetOf)).toEqual(newest);
    await ledger.close();
    expect((await stage.read().checkpoints()).map(offsetOf)).toEqual(newest);
  });

  test.each([
    ['a day back', -86_400_000],
    ['a day on, and back again', 86_400_000],
  ])('the newest are those written last, whatever the clock says: %s', async (_name, jumpMs) => {
    let written = 0;
    const ledger = await stage.open({
      clock: () => new Date(NOW.getTime() + 1000 * written + (written >= 20 === jumpMs < 0 ? jumpMs : 0)),
    });
    for (let life = 0; life < 40; life++) {
      written = life;
      await ledger.record({ checkpoint: checkpoint(life, `g${life}`), sightings: [] });
      await ledger.flush(true);
    }
    expect((await ledger.checkpoints()).map(offsetOf)).toEqual(Array.from({ length: 16 }, (_, index) => index + 24));
    await ledger.close();
  });
});

describe('schema', () => {
  /** Version 1 as it was released; never to be changed with the code. */
  const VERSION_1_BY_HAND = readFileSync(new URL('version-1.sql', import.meta.url), 'utf8');

  test.each(['read', 'write'] as const)('a version-1 file made by hand is opened in mode %s', async (mode) => {
    mkdirSync(stage.dir);
    execFileSync('sqlite3', [stage.file], { input: VERSION_1_BY_HAND });
    const ledger = mode === 'read' ? stage.read() : await stage.open();
    expect(await ledger.checkpoints()).toEqual([{ ...checkpoint(120), counted: ['130', '150'] }]);
    expect(await ledger.incidents()).toMatchObject([
      {
        fingerprint: expect.stringMatching(/^v2:/),
        formerly: [FINGERPRINT],
        count: 7,
        state: 'failed',
        attempts: 2,
        sample: { id: 'g1:3' },
      },
    ]);
    expect(await ledger.traces()).toMatchObject([
      { trace: 'second', state: 'interrupted', code: 'interrupted', steps: [] },
      {
        trace: 'first',
        state: 'failed',
        costUsd: 0.25,
        diff: '--- a\n',
        summary: 'tried',
        steps: [{ name: 'fix', error: { code: 'claude-timeout' } }],
      },
    ]);
    await ledger.close();
  });

  test('what names incidents by the rules of today does so once for all changes of the rules, and last', async () => {
    const wasm = readFileSync(createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm'));
    const sqlite = await loadSqlite(wasm, false);
    const database = sqlite.open(createPages(baseOfBytes(sqlite.emptyFile())));
    const done: string[] = [];
    const rename = (): void => void done.push('rename');
    migrate(database, [[rename], ['CREATE TABLE one (x)', () => void done.push('other')], [rename], [rename]]);
    expect(done).toEqual(['other', 'rename']);
    expect(database.rows('PRAGMA user_version')).toEqual([{ user_version: 4 }]);
    database.close();
  });

  test('migrations run once, in order, all or none', async () => {
    const wasm = readFileSync(createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm'));
    const sqlite = await loadSqlite(wasm, false);
    const database = sqlite.open(createPages(baseOfBytes(sqlite.emptyFile())));
    const next = [...MIGRATIONS, ['ALTER TABLE traces ADD COLUMN note TEXT', `UPDATE traces SET note = 'from version ' || 1`]];
    expect(migrate(database)).toBe(true);
    expect(migrate(database)).toBe(false);
    database.run(`INSERT INTO traces (id, fingerprint, title, mode, state, started_at) VALUES ('t', 'f', 't', 'agentic', 'failed', '')`);
    expect(() => migrate(database, [...next, ['CREATE TABLE half (x)', 'not SQL']])).toThrow('syntax error');
    expect(kinshipOf(database)).toEqual({ kind: 'ours', version: MIGRATIONS.length });
    expect(migrate(database, next)).toBe(true);
    expect(database.rows('SELECT note FROM traces')).toEqual([{ note: 'from version 1' }]);
    expect(kinshipOf(database)).toEqual({ kind: 'newer', version: MIGRATIONS.length + 1 });
    database.close();
  });
});

test.each([
  ['one', 'SEARCH incidents USING INDEX sqlite_autoindex_incidents_1 (repository=? AND fingerprint=?)'],
  ['these', 'SEARCH incidents USING INDEX sqlite_autoindex_incidents_1 (repository=? AND fingerprint=?)'],
  ['page', 'SEARCH incidents USING INDEX incidents_by_last (repository=? AND last_time>?)'],
  ['pageOfState', 'SEARCH incidents USING INDEX incidents_by_state (repository=? AND state=? AND last_time>?)'],
  ['fingerprints', 'SEARCH incidents USING COVERING INDEX incidents_by_last (repository=? AND last_time>?)'],
  ['fingerprintsOfState', 'SEARCH incidents USING INDEX incidents_by_state (repository=? AND state=? AND last_time>?)'],
  ['waiting', 'SEARCH incidents USING INDEX incidents_by_state (repository=? AND state=?)'],
] as const)('incidents, %s: read by an index and in its order, never all of them', async (name, expected) => {
  await (await stage.open()).close();
  const plan = stage.sqlite3(`EXPLAIN QUERY PLAN ${INCIDENT_QUERIES[name].replaceAll(/\?\d?/g, '1')}`);
  expect(plan).toContain(expected);
  expect(plan).not.toMatch(/SCAN incidents$/m);
  // Of these two so many rows as are asked for are sorted.
  if (name !== 'waiting' && name !== 'these') expect(plan).not.toContain('TEMP B-TREE');
});

test('a thousand traces are listed without touching a long text', async () => {
  const ledger = await stage.open({ retention: { days: 10_000, maxTraces: 10_000 } });
  await ledger.begin(start('t0'));
  await ledger.end('t0', { ...ending('t0'), diff: '+ line\n'.repeat(100) });
  await ledger.close();
  stage.sqlite3(`
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999)
    INSERT INTO traces SELECT 't' || i, fingerprint, title, mode, state, strftime('%Y-%m-%dT%H:%M:%fZ', '2026-02-01', i || ' minutes'),
      ended_at, cost_usd, NULL, outcome, resumes, sequel, repository, NULL FROM traces, n WHERE id = 't0';
    INSERT INTO bodies SELECT traces.id, summary, diff FROM traces, bodies WHERE traces.id <> 't0';
    PRAGMA foreign_keys = OFF; DROP TABLE steps; ALTER TABLE bodies RENAME TO gone`);
  const reader = stage.read();
  const traces = await reader.traces({ brief: true });
  expect(traces).toHaveLength(1_000);
  expect(traces[0]).toMatchObject({ trace: 't0', request: { number: 7 }, costUsd: 0.25 });
  expect((await reader.traces({ brief: true, limit: 20 })).map((trace) => trace.trace).slice(0, 2)).toEqual(['t0', 't999']);
});

test('what was kept for a resume is in the file while it is needed, and not a byte of it afterwards', async () => {
  const ledger = await stage.open();
  const exact = 'exact-words-of-the-answer';
  await ledger.begin(start('t1'));
  await ledger.step('t1', step('fix'), { value: exact.repeat(1000), costUsd: null });
  await ledger.step('t1', step('guard'), { value: `${exact} once`, costUsd: null });
  expect(await stage.query('SELECT count(*) FROM kept')).toBe('2');
  expect(readFileSync(stage.log).includes(exact)).toBe(true);
  expect(statSync(stage.log).mode & 0o777).toBe(0o600);
  await stage.fold();
  expect(readFileSync(stage.file).includes(exact)).toBe(true);
  expect(statSync(stage.file).mode & 0o777).toBe(0o600);
  await ledger.step('t1', step('verify'), { value: exact, costUsd: null });
  await ledger.end('t1', ending('t1'));
  expect(readdirSync(stage.dir).filter((name) => readFileSync(join(stage.dir, name)).includes(exact))).toEqual([]);
  await ledger.close();
});
