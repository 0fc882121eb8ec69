// Streams that many write to in turn (a partition of a broker): the lines of each writer are put together by themselves, and
// all count once, whenever the watcher dies or the stream is given away.
import { fail } from '../../../src/errors.ts';
import { createJudge } from '../../../src/pipeline/triage.ts';
import { type WatchSettings, watch } from '../../../src/pipeline/watch.ts';
import { createMemoryLedger, createMemoryState } from '../../fakes/ledger.ts';
import { createFakeSharedSource, type FakeRecord, type FakeSharedOptions } from '../../fakes/shared-source.ts';
import { fewer } from '../../support/lane.ts';

const LIVE = new AbortController().signal;
const WATCH: WatchSettings = {
  detect: { level: 'error', keywords: ['ERROR'], ignore: [], encoding: 'auto', quietMs: 500, everyEvent: false },
  policy: {
    mode: 'code_blocks',
    ...{ minCount: 1, minAgeSeconds: 0, maxAttempts: 2, maxRepairsPerHour: 9, maxRepairsPerDay: 9, maxUsdPerDay: 9, maxOpenRequests: 5 },
    ...{ maxConsecutiveFailures: 3, dedupeWindowSeconds: 3600, repair: ['code-fault', 'unknown'], dryRun: true },
  },
  from: 'resume',
  once: true,
  queueCapacity: 10,
};

const BUGS = ['price', 'stock', 'discount', 'address', 'colour'];

/** Five lines; a record of no error between two of them belongs to another writer. */
const trace = (writer: string, n: number): readonly string[] => {
  const bug = BUGS[n % BUGS.length]!;
  return [
    `2026-03-01 10:00:${String(n % 60).padStart(2, '0')},000 ERROR [${writer}] order ${n} failed\n`,
    `TypeError: Cannot read properties of undefined (reading '${bug}')\n`,
    `    at ${bug}Of (/srv/app/src/${bug}.js:2:21)\n`,
    '    at placeOrder (/srv/app/src/orders.js:30:5)\n',
    `2026-03-01 10:00:${String(n % 60).padStart(2, '0')},500 INFO [${writer}] ready for the next\n`,
  ];
};

/** The writers' lines shuffled into one stream, each in its own order, one to three of a writer in a record; so many write at a time. */
function records(seed: number, writers: number, traces: number, atOnce = writers): readonly FakeRecord[] {
  let state = seed * 2654435761;
  const random = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const queues = Array.from({ length: writers }, (_, index) => ({
    key: `pod-${index}`,
    lines: Array.from({ length: traces }, (_, n) => trace(`pod-${index}`, n)).flat(),
  }));
  const result: FakeRecord[] = [];
  for (let left = queues; left.length > 0; left = left.filter(({ lines }) => lines.length > 0)) {
    const { key, lines } = left[random(Math.min(atOnce, left.length))]!;
    result.push({ key, text: lines.splice(0, 1 + random(3)).join('') });
  }
  return result;
}

async function counts(log: readonly FakeRecord[], lifeOf: (life: number) => FakeSharedOptions, settings = WATCH) {
  const state = createMemoryState();
  const listener = {
    ...{ ready: () => undefined, gap: () => undefined, trouble: () => undefined, event: () => undefined },
    ...{ incident: () => undefined, decided: () => undefined, result: () => undefined },
  };
  for (let life = 0; life < 500; life += 1) {
    const ledger = createMemoryLedger(state);
    const source = createFakeSharedSource(log, lifeOf(life));
    const ports = {
      ...{ source, journal: ledger, store: ledger, clock: () => new Date(), redact: (text: string) => text },
      ...{ judge: createJudge(null, '', (text) => text), repair: () => Promise.reject(new Error('a dry run repairs nothing')) },
    };
    const died = await watch(ports, settings, listener, LIVE).then(
      () => false,
      (thrown: unknown) => {
        // A death that was asked for; anything else is a fault.
        if (!(thrown instanceof Error) || thrown.message !== fail('interrupted').message) throw thrown;
        return true;
      },
    );
    if (!died) break;
  }
  const sums: Record<string, number> = {};
  for (const { message, count } of state.incidents.values()) {
    const bug = /'(\w+)'/.exec(message ?? '')?.[1] ?? 'none';
    sums[bug] = (sums[bug] ?? 0) + count;
  }
  return sums;
}

const each = (count: number) => Object.fromEntries(BUGS.map((bug) => [bug, count]));

test.each([2, 1000])('traces of twelve writers in turns are whole, in chunks of %s records', async (batch) => {
  const log = records(batch, 12, 10);
  expect(await counts(log, () => ({ batch }))).toEqual(each(24));
  expect(await counts(log, () => ({ batch }), { ...WATCH, detect: { ...WATCH.detect, everyEvent: true } })).toEqual(each(24));
});

test('whenever it dies, all count once', async () => {
  for (let seed = 1; seed <= fewer(6); seed += 1) {
    const log = records(seed, 8, 10);
    const lives = (life: number) => ({ batch: 1 + (seed % 5) * 3, dieAfter: 1 + ((seed * 7 + life * 3) % 9) + Math.floor(life / 3) });
    expect([seed, await counts(log, lives)]).toEqual([seed, each(16)]);
  }
});

test('given away in the middle of traces and taken again, all count once', async () => {
  for (let seed = 1; seed <= fewer(6); seed += 1) {
    const log = records(seed, 8, 10);
    expect([seed, await counts(log, () => ({ batch: 1 + (seed % 4), leaveAfter: 3 + seed }))]).toEqual([seed, each(16)]);
  }
});

test('more writers than are known at a time, and one that says no more', async () => {
  const silent = { key: 'silent', text: trace('silent', 0).slice(0, 3).join('') };
  const log = [silent, ...records(4, 700, 1, 40)];
  expect(await counts(log, () => ({ batch: 50 }))).toEqual({ price: 701 });
  expect(await counts(log, (life) => ({ batch: 50, dieAfter: 9 + life * 9 }))).toEqual({ price: 701 });
});
