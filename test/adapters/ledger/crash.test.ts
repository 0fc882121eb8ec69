// Processes that are killed, and processes that write at the same time: nothing acknowledged is lost, nothing counted twice.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { FINGERPRINT, NOW, offsetOf, sighting, start, step } from '../../contracts/ledger.ts';
import { fewer, IS_SLOW_LANE } from '../../support/lane.ts';
import { createStage, type RealStage } from './stage.ts';

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));
const KILLS = fewer(25);

let stage: RealStage;
const children: ChildProcess[] = [];

beforeEach(() => {
  stage = createStage();
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await stage.clear();
});

interface Running {
  readonly child: ChildProcess;
  readonly acknowledged: () => readonly string[];
  /** The process has ended and all it printed is here. */
  readonly closed: Promise<unknown>;
}

function run(...argv: readonly string[]): Running {
  const child = spawn(process.execPath, [CHILD, ...argv], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  return { child, acknowledged: () => text.split('\n').slice(0, -1), closed: once(child, 'close') };
}

const firstLine = ({ child }: Running): Promise<unknown> => once(child.stdout!, 'data');

async function stored(source: string): Promise<{ offset: number; count: number; shared: number }> {
  const ledger = stage.read();
  const incidents = await ledger.incidents();
  const countOf = (fingerprint: string): number => incidents.find((incident) => incident.fingerprint === fingerprint)?.count ?? 0;
  const before = (await ledger.checkpoints()).find(({ position }) => position.source === source);
  const offset = before ? offsetOf(before) : 0;
  await ledger.close();
  return { offset, count: countOf(`v1:${source}`), shared: countOf(FINGERPRINT) };
}

test(`kill -9, ${KILLS} times at random moments: offsets and counts always agree, nothing acknowledged is missing`, async () => {
  let before = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const running = run('count', stage.dir, 'a.log', '1000000');
    await firstLine(running);
    await pause(Math.random() * 60);
    running.child.kill('SIGKILL');
    await running.closed;
    const last = Number(running.acknowledged().at(-1));
    const { offset, count, shared } = await stored('a.log');
    expect({ count, shared }).toEqual({ count: offset, shared: offset });
    expect(last).toBeGreaterThan(before);
    expect(offset).toBeGreaterThanOrEqual(last);
    before = last;
  }
});

const RUNS = process.env.AIOPS_RUNS !== undefined;
/** In the fast lane every third write; all of them in the slow one. */
const EACH = RUNS || IS_SLOW_LANE ? '1' : '3';

test.each([
  ['the process dies there, with half of it written', 'tears'],
  ...(RUNS || IS_SLOW_LANE ? [['the disk is full from there on, until there is room again', 'full']] : []),
  ...(RUNS
    ? [
        ['the process dies there', 'dies'],
        ['only that write fails', 'fails'],
      ]
    : []),
])(
  'every write to the files of the ledger, one after the other: %s: nothing is lost, nothing counted twice',
  async (_name, way) => {
    const playing = spawn(process.execPath, [fileURLToPath(new URL('faulty-disk.ts', import.meta.url)), way!, EACH], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(playing);
    let text = '';
    playing.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    await once(playing, 'close');
    const { points, found } = JSON.parse(text) as { points: number; found: readonly string[] };
    expect(found).toEqual([]);
    expect(points).toBeGreaterThan(50);
  },
  300_000,
);

test('two processes that write at the same time both keep everything', async () => {
  const total = 700;
  const both = [run('count', stage.dir, 'a.log', String(total)), run('count', stage.dir, 'b.log', String(total))];
  await Promise.all(both.map((running) => running.closed));
  expect(both.map((running) => running.acknowledged().at(-1))).toEqual([String(total), String(total)]);
  expect(await stored('a.log')).toEqual({ offset: total, count: total, shared: 2 * total });
  expect(await stored('b.log')).toEqual({ offset: total, count: total, shared: 2 * total });
});

test('one killed in the middle does not hold up the other', async () => {
  const victim = run('count', stage.dir, 'a.log', '1000000');
  const other = run('count', stage.dir, 'b.log', '300');
  await firstLine(victim);
  victim.child.kill('SIGKILL');
  await Promise.all([victim.closed, other.closed]);
  const [a, b] = [await stored('a.log'), await stored('b.log')];
  expect(b).toMatchObject({ offset: 300, count: 300 });
  expect(a.count).toBe(a.offset);
  expect(a.shared).toBe(a.offset + b.offset);
});

test('the repair and the log of a killed process are free at once, and its trace says interrupted', async () => {
  const running = run('repair', stage.dir, 't1');
  await firstLine(running);
  const early = await stage.open();
  expect(await early.begin(start('t2'))).toBe('taken');
  await expect(early.watchLock('app.log')).rejects.toMatchObject({ code: 'already-watched' });

  running.child.kill('SIGKILL');
  await running.closed;
  await early.watchLock('app.log');
  expect(await early.begin(start('t2'))).toBe('begun');
  await early.close();

  const later = await stage.open();
  const traces = await later.traces();
  expect(traces.map(({ trace, state }) => [trace, state])).toEqual([
    ['t2', 'interrupted'],
    ['t1', 'interrupted'],
  ]);
  expect(traces[1]?.steps).toMatchObject([{ name: 'claim', outcome: 'interrupted', endedAt: null }]);
  expect(await later.incidents()).toMatchObject([{ state: 'waiting', reason: 'interrupted', attempts: 2 }]);
  await later.close();
  expect(readdirSync(stage.dir)).toEqual(['ai-ops.sqlite']);
});

test('a repair whose log line was never flushed survives with it', async () => {
  const running = run('repair', stage.dir, 't1');
  await firstLine(running);
  running.child.kill('SIGKILL');
  await running.closed;
  // `record` was not followed by a flush; `begin` made both durable.
  expect((await stored('app.log')).shared).toBe(1);
});

test.each([
  ['one hour after its last step is left alone', 61, 'taken'],
  ['three hours after its last step is given up', 181, 'begun'],
] as const)('a repair on another host %s', async (_name, minutes, expected) => {
  const other = await stage.open();
  await other.record({ checkpoint: null, sightings: [sighting(1)] });
  await other.begin(start('t1'));
  await other.step('t1', step('fix', 'running'));
  await stage.fold();
  stage.sqlite3(`UPDATE traces SET owner = json_set(owner, '$.place', 'another host')`);
  const later = await stage.open({ clock: () => new Date(NOW.getTime() + minutes * 60_000) });
  expect(await later.begin(start('t2'))).toBe(expected);
  await later.close();
  await other.close();
});
