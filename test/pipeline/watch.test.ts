import type { Ledger } from '../../src/adapters/ledger/ledger-port.ts';
import type { Incident, Outcome } from '../../src/core/model.ts';
import type { Policy } from '../../src/core/policy/decide.ts';
import { fail } from '../../src/errors.ts';
import type { RepairPorts } from '../../src/pipeline/repair/job.ts';
import { repair } from '../../src/pipeline/repair.ts';
import { createJudge } from '../../src/pipeline/triage.ts';
import type { DetectSettings } from '../../src/pipeline/watch/intake.ts';
import { type WatchListener, type WatchPorts, type WatchSettings, watch as watchWith } from '../../src/pipeline/watch.ts';
import { createFakeClaims } from '../fakes/claims.ts';
import { createMemoryLedger, createMemoryState } from '../fakes/ledger.ts';
import { createFakeSource } from '../fakes/source.ts';
import { BROKEN, block, createShop, FIXED, SETTINGS } from '../support/pipeline.ts';

const DETECT: DetectSettings = { level: 'error', keywords: ['ERROR'], ignore: [], encoding: 'auto', quietMs: 500, everyEvent: false };
/** Judged by the event alone: there is no checkout here. */
const judge = createJudge(null, '', (text) => text);
const watch = (ports: Omit<WatchPorts, 'judge'>, ...rest: Rest<typeof watchWith>) => watchWith({ judge, ...ports }, ...rest);
type Rest<F> = F extends (first: never, ...rest: infer R) => unknown ? R : never;

const POLICY: Policy = {
  mode: 'code_blocks',
  minCount: 1,
  minAgeSeconds: 0,
  maxAttempts: 2,
  maxRepairsPerHour: 9,
  maxRepairsPerDay: 9,
  maxUsdPerDay: 9,
  maxConsecutiveFailures: 3,
  dedupeWindowSeconds: 3600,
  repair: ['code-fault', 'unknown'],
  maxOpenRequests: 5,
  dryRun: false,
};
const WATCH: WatchSettings = { detect: DETECT, policy: POLICY, from: 'resume', once: true, queueCapacity: 10 };

/** One error of the shop per minute; the same bug each time, with another order number. */
const crash = (minute: number): string =>
  [
    `2026-03-01 10:${String(minute).padStart(2, '0')}:00,000 INFO order ${minute} came`,
    `2026-03-01 10:${String(minute).padStart(2, '0')}:01,000 ERROR order ${minute} failed`,
    `TypeError: Cannot read properties of undefined (reading 'price')`,
    '    at orderTotal (/srv/app/src/pricing.js:2:21)',
    '    at placeOrder (/srv/app/src/orders.js:30:5)',
    '',
  ].join('\n');
const LOG = Array.from({ length: 40 }, (_, minute) => crash(minute)).join('');

interface Heard {
  readonly events: string[];
  readonly incidents: Incident[];
  readonly results: Outcome[];
  readonly decided: string[];
}

function listen(): { heard: Heard; listener: WatchListener } {
  const heard: Heard = { events: [], incidents: [], results: [], decided: [] };
  return {
    heard,
    listener: {
      ready: () => undefined,
      gap: () => undefined,
      trouble: () => undefined,
      event: ({ event }) => heard.events.push(event.id),
      incident: (incident) => heard.incidents.push(incident),
      decided: (_incident, reason) => heard.decided.push(reason),
      result: (outcome) => heard.results.push(outcome),
    },
  };
}

const LIVE = new AbortController().signal;

/** With every event as an event, and with repeats that are counted only. */
const BOTH = [true, false].map((everyEvent) => [everyEvent, { ...WATCH, detect: { ...DETECT, everyEvent } }] as const);

test.each(BOTH)('a storm of one bug is one incident, one count and one repair; every event shown: %s', async (everyEvent, settings) => {
  const { ports, ledger, host, fixer } = await createShop(block('src/pricing.js', FIXED), () => 0, false);
  const { heard, listener } = listen();
  const source = createFakeSource({ 'app.log': LOG }, { cut: 1000 });
  const watched = { source, journal: ledger, store: ledger, clock: ports.clock, redact: ports.redact };
  await watch({ ...watched, repair: (incident) => repair(incident, ports, SETTINGS, LIVE) }, settings, listener, LIVE);

  expect((await ledger.incidents()).map(({ count, state }) => ({ count, state }))).toEqual([{ count: 40, state: 'proposed' }]);
  expect(heard.incidents).toHaveLength(1);
  if (everyEvent) expect(new Set(heard.events).size).toBe(40);
  else expect(heard.events.length).toBeLessThan(30);
  expect(heard.results.map(({ outcome }) => outcome)).toEqual(['proposed']);
  expect([fixer.requests.length, host.requests.length]).toEqual([1, 1]);
});

/** Of a file, that starts again at any byte; of brokers whose records hold so many lines: one each, or whole errors of five. */
const KINDS = BOTH.flatMap(([everyEvent, settings]) => [undefined, 1, 5, 10, 40].map((record) => [everyEvent, record, settings] as const));

test.each(KINDS)(
  'however often it dies, and wherever chunks are cut, all count once; every event shown: %s, lines of a record: %s',
  async (everyEvent, record, settings) => {
    for (let seed = 1; seed <= 25; seed += 1) {
      const state = createMemoryState();
      const seen: string[] = [];
      for (let life = 0; life < 200; life += 1) {
        const ledger = createMemoryLedger(state);
        const { heard, listener } = listen();
        const kind = record === undefined ? {} : { record };
        // A broker gives a record again from its start: to get on at all, more must be read of it than before.
        const dieAfter = 1 + ((seed * 7 + life * 3) % 5) + (record === undefined ? 0 : life * 3);
        const source = createFakeSource({ 'app.log': LOG }, { cut: 97 * seed, dieAfter, ...kind });
        const ports = { source, journal: ledger, store: ledger, clock: () => new Date(), redact: (text: string) => text };
        const never = (): Promise<Outcome> => Promise.reject(new Error('a dry run repairs nothing'));
        const dry = { ...settings, policy: { ...POLICY, dryRun: true } };
        const died = await watch({ ...ports, repair: never }, dry, listener, LIVE).then(
          () => false,
          () => true,
        );
        seen.push(...heard.events);
        if (!died) break;
      }
      const [incident] = [...state.incidents.values()];
      expect({ seed, count: incident?.count }).toEqual({ seed, count: 40 });
      if (everyEvent) expect(new Set(seen).size).toBe(40);
      // Only what is counted is told where a record is read again: its events are shown again, under the same names.
      if (record !== undefined) continue;
      expect(incident?.last.line).toBe(197);
      expect(new Set(seen).size).toBe(seen.length);
    }
  },
);

test('a dry run names its reason and repairs nothing', async () => {
  const ledger = createMemoryLedger();
  const { heard, listener } = listen();
  const ports = {
    source: createFakeSource({ 'app.log': LOG }, { cut: 999 }),
    journal: ledger,
    store: ledger,
    clock: () => new Date(),
    redact: (text: string) => text,
  };
  await watch(
    { ...ports, repair: () => Promise.reject(new Error('no')) },
    { ...WATCH, policy: { ...POLICY, dryRun: true } },
    listener,
    LIVE,
  );
  expect(heard.results).toEqual([]);
  expect((await ledger.incidents()).map(({ state, reason }) => [state, reason])).toEqual([['skipped', 'dry-run']]);
});

test('an incident below the count waits, and is repaired when it comes again', async () => {
  const { ports, ledger } = await createShop(block('src/pricing.js', FIXED), () => 0, false);
  const run = async (log: string): Promise<Heard> => {
    const { heard, listener } = listen();
    const source = createFakeSource({ 'app.log': log }, { cut: 10_000 });
    const watched = { source, journal: ledger, store: ledger, clock: ports.clock, redact: ports.redact };
    const settings = { ...WATCH, policy: { ...POLICY, minCount: 3 } };
    await watch({ ...watched, repair: (incident) => repair(incident, ports, SETTINGS, LIVE) }, settings, listener, LIVE);
    return heard;
  };
  expect((await run(crash(1) + crash(2))).decided).toContain('below-min-count');
  expect((await run(crash(1) + crash(2) + crash(3))).results.map(({ outcome }) => outcome)).toContain('proposed');
});

test.each(BOTH)('a log that is read again from its start counts nothing again; every event shown: %s', async (everyEvent, once) => {
  const ledger = createMemoryLedger();
  const rounds: number[] = [];
  for (const log of [LOG, LOG, LOG + crash(41)]) {
    const { heard, listener } = listen();
    const ports = { source: createFakeSource({ 'app.log': log }, { cut: 777 }), journal: ledger, store: ledger, clock: () => new Date() };
    const settings = { ...once, from: 'start', policy: { ...POLICY, dryRun: true } } as const;
    await watch({ ...ports, redact: (text) => text, repair: () => Promise.reject(new Error('no')) }, settings, listener, LIVE);
    rounds.push(heard.events.length);
  }
  if (everyEvent) expect(rounds).toEqual([40, 40, 41]);
  expect((await ledger.incidents()).map(({ count }) => count)).toEqual([41]);
});

test('the place in a log is kept from the moment it is opened, before anything is read', async () => {
  const ledger = createMemoryLedger();
  const { listener } = listen();
  const ports = {
    source: createFakeSource({ 'app.log': LOG }, { cut: 999, dieAfter: 0 }),
    journal: ledger,
    store: ledger,
    clock: () => new Date(),
  };
  const dry = { ...WATCH, policy: { ...POLICY, dryRun: true } };
  await watch({ ...ports, redact: (text) => text, repair: () => Promise.reject(new Error('no')) }, dry, listener, LIVE).catch(
    () => undefined,
  );
  expect(await ledger.checkpoints()).toMatchObject([{ position: { stream: 'app.log', token: '0' }, counted: [] }]);
});

describe('repairs that were cut off', () => {
  const site = async (answer = block('src/pricing.js', FIXED)) => {
    const shop = await createShop(answer, () => 0, false);
    const state = createMemoryState();
    const life = async (ports: Partial<typeof shop.ports>, policy: Partial<Policy> = {}, log = LOG): Promise<Heard> => {
      const ledger = createMemoryLedger(state);
      const { heard, listener } = listen();
      const source = createFakeSource({ 'app.log': log }, { cut: 10_000 });
      const watched = { source, journal: ledger, store: ledger, clock: shop.ports.clock, redact: shop.ports.redact };
      const all = { ...shop.ports, store: ledger, ...ports };
      const settings = { ...WATCH, policy: { ...POLICY, ...policy } };
      await watch({ ...watched, repair: (incident) => repair(incident, all, SETTINGS, LIVE) }, settings, listener, LIVE);
      await ledger.close();
      return heard;
    };
    return { ...shop, state, life };
  };
  const cutOff = { ensureRequest: () => Promise.reject(fail('interrupted')) };

  test('go on at the next start, whatever the counts of the policy say: no attempt, no other answer', async () => {
    const { life, state, host, fixer } = await site();
    const first = await life({ host: { ...host, ...cutOff } });
    expect(first.results.map(({ code }) => code)).toEqual(['interrupted']);
    const second = await life({}, { maxAttempts: 1, maxRepairsPerHour: 0, minCount: 1000, maxUsdPerDay: 0 });
    expect(second.decided).toEqual(['cut-off']);
    expect(second.results).toMatchObject([{ outcome: 'proposed', trace: first.results[0]!.trace }]);
    expect([fixer.requests.length, host.requests.length]).toEqual([1, 1]);
    expect([...state.incidents.values()]).toMatchObject([{ state: 'proposed', attempts: 1 }]);
  });

  test('wait for the money where Claude is still to be asked', async () => {
    const { life, fixer, state } = await site();
    await life({ fixer: { ...fixer, fix: () => Promise.reject(fail('interrupted')) } });
    for (const expected of [['daily-usd-limit'], []]) expect((await life({}, { maxUsdPerDay: 0 })).decided).toEqual(expected);
    expect(fixer.requests).toHaveLength(0);
    expect([...state.traces.values()].map(({ state: standing }) => standing)).toEqual(['interrupted']);
    expect((await life({}, { maxAttempts: 1 })).results).toMatchObject([{ outcome: 'proposed' }]);
    expect([fixer.requests.length, state.traces.size]).toEqual([1, 1]);
  });
});

test('declined answers are no failures: each is asked once, and nothing is held back', async () => {
  const { ports, fixer, ledger } = await createShop('The data is wrong; nothing in the code is.', () => 0, false);
  const { heard, listener } = listen();
  const bug = (name: string): string => crash(1).replaceAll('orderTotal', name).replace('TypeError', `${name}Error`);
  const log = ['Aa', 'Bb', 'Cc', 'Dd', 'Ee', 'Aa', 'Bb'].map(bug).join('');
  const watched = { source: createFakeSource({ 'app.log': log }, { cut: 10_000 }), journal: ports.store as Ledger, store: ports.store };
  const all = { ...watched, clock: ports.clock, redact: ports.redact };
  const policy = { ...WATCH.policy, maxRepairsPerHour: 100 };
  await watch({ ...all, repair: (incident) => repair(incident, ports, SETTINGS, LIVE) }, { ...WATCH, policy }, listener, LIVE);
  expect(heard.results.map(({ outcome }) => outcome)).toEqual(Array(5).fill('declined'));
  expect(fixer.requests).toHaveLength(5);
  expect((await ledger.incidents()).map(({ state, attempts }) => `${state} ${attempts}`)).toEqual(Array(5).fill('declined 1'));
  expect(await ledger.spending(new Date())).toMatchObject({ consecutiveFailures: 0 });
});

test('failures in a row, of whatever incident, pause the rest', async () => {
  const { ports, fixer } = await createShop(block('src/pricing.js', BROKEN), () => 0, false);
  const { heard, listener } = listen();
  const bug = (name: string): string => crash(1).replaceAll('orderTotal', name).replace('TypeError', `${name}Error`);
  const log = ['Aa', 'Bb', 'Cc', 'Dd', 'Ee'].map(bug).join('');
  const watched = { source: createFakeSource({ 'app.log': log }, { cut: 10_000 }), journal: ports.store as Ledger, store: ports.store };
  const all = { ...watched, clock: ports.clock, redact: ports.redact };
  await watch({ ...all, repair: (incident) => repair(incident, ports, SETTINGS, LIVE) }, WATCH, listener, LIVE);
  expect(heard.results.map(({ code }) => code)).toEqual(['answer-empty', 'answer-empty', 'answer-empty']);
  expect(heard.decided.slice(-2)).toEqual(['breaker', 'breaker']);
  expect(fixer.requests).toHaveLength(3);
});

test('ready is said when the places are on disk, and a ledger that cannot be written ends the watch', async () => {
  const order: string[] = [];
  const ledger = createMemoryLedger();
  const journal = { ...ledger, flush: async () => order.push('flush') > 0 };
  const { listener } = listen();
  const ports = {
    source: createFakeSource({ 'app.log': LOG }, { cut: 999 }),
    store: ledger,
    clock: () => new Date(),
    redact: (text: string) => text,
  };
  const dry = { ...WATCH, policy: { ...POLICY, dryRun: true } };
  const repairs = (): Promise<Outcome> => Promise.reject(new Error('no'));
  const told = { ...listener, ready: () => void order.push('ready'), incident: () => void order.push('incident') };
  await watch({ ...ports, journal, repair: repairs }, dry, told, LIVE);
  expect(order.slice(0, 3)).toEqual(['flush', 'ready', 'incident']);

  const broken = { ...ledger, flush: () => Promise.reject(new Error('the disk is full')) };
  await expect(watch({ ...ports, journal: broken, repair: repairs }, dry, told, LIVE)).rejects.toThrow('the disk is full');
});

test('a log that is not there yet is remembered as such', async () => {
  const ledger = createMemoryLedger();
  const { listener } = listen();
  const source = createFakeSource({}, { cut: 9 });
  const waiting = { source: 'later.log', stream: 'nothing yet', token: 'since ten o’clock' };
  const waitingSource = {
    ...source,
    follow: async (...[sink, options]: Parameters<typeof source.follow>) => {
      sink.ready([{ source: 'later.log', offset: 0, waiting }]);
      await source.follow({ ...sink, ready: () => undefined }, options);
    },
  };
  const ports = { source: waitingSource, journal: ledger, store: ledger, clock: () => new Date(), redact: (text: string) => text };
  const dry = { ...WATCH, policy: { ...POLICY, dryRun: true } };
  await watch({ ...ports, repair: () => Promise.reject(new Error('no')) }, dry, listener, LIVE);
  expect(await ledger.checkpoints()).toEqual([{ position: waiting, counted: [] }]);
});

/** What the shop's bug is called, from a run that repairs nothing. */
async function nameOfTheBug(): Promise<string> {
  const { ports, ledger } = await createShop('', () => 0, false);
  const source = createFakeSource({ 'app.log': LOG }, { cut: 1000 });
  const watched = { source, journal: ledger, store: ledger, clock: ports.clock, redact: ports.redact };
  const dry = { ...WATCH, policy: { ...POLICY, dryRun: true } };
  await watch({ ...watched, repair: () => Promise.reject(new Error('a dry run repairs nothing')) }, dry, listen().listener, LIVE);
  return (await ledger.incidents())[0]?.fingerprint ?? '';
}

test('what another box has claimed is looked at once, then left alone until its time, and then again', async () => {
  const { ports: shop, ledger, host, fixer } = await createShop(block('src/pricing.js', FIXED), () => 0, false);
  const claims = createFakeClaims();
  const ports: RepairPorts = { ...shop, claims: claims.box('mine') };
  const run = async (minutes: number): Promise<string> => {
    const { heard, listener } = listen();
    claims.now = Date.now() + minutes * 60_000;
    const clock = (): Date => new Date(claims.now);
    const source = createFakeSource({ 'app.log': LOG }, { cut: 1000 });
    const watched = { source, journal: ledger, store: ledger, clock, redact: ports.redact };
    await watch({ ...watched, repair: (incident) => repair(incident, { ...ports, clock }, SETTINGS, LIVE) }, WATCH, listener, LIVE);
    const [incident] = await ledger.incidents();
    return [...heard.results.map(({ code, outcome }) => code ?? outcome), incident?.state].join(', ');
  };
  await claims.box('other').take({ fingerprint: await nameOfTheBug(), asked: false, seconds: 600 }, LIVE);
  expect(await run(0)).toBe('claimed-elsewhere, waiting');
  expect(await run(5)).toBe('waiting');
  expect((await ledger.incidents())[0]?.reason).toBe('other-box-repairs');
  expect(await run(11)).toBe('proposed, proposed');
  expect([host.requests.length, fixer.requests.length]).toEqual([1, 1]);
});

test('what no change of the code mends is counted and told, and never repaired', async () => {
  const log = [
    '2026-03-01 10:00:00,000 ERROR Error: connect ECONNREFUSED 10.0.0.5:5432',
    '    at load (/srv/shop/src/orders.js:3:5)',
    '2026-03-01 10:00:05,000 ERROR UnauthorizedError: invalid token',
    '    at check (/srv/shop/src/login.js:3:5)',
    '',
  ].join('\n');
  const ledger = createMemoryLedger();
  const ports = { source: createFakeSource({ 'app.log': log }, { cut: 999 }), journal: ledger, store: ledger };
  const { heard, listener } = listen();
  const repairs = { clock: () => new Date(), redact: (text: string) => text, repair: () => Promise.reject(new Error('no')) };
  await watch({ ...ports, ...repairs }, WATCH, listener, LIVE);
  expect((await ledger.incidents()).map(({ state, reason }) => [state, reason]).sort()).toEqual([
    ['skipped', 'denied'],
    ['skipped', 'environment'],
  ]);
  expect(heard.decided.toSorted()).toEqual(['denied', 'environment']);
});

describe('what is wrong with the machine is not the bug’s', () => {
  const missing = { code: 'claude-not-found', message: 'claude not found', hint: 'install it', exitCode: 7 } as const;
  const settings = { ...WATCH, policy: { ...POLICY, maxAttempts: 1, maxRepairsPerHour: 1 } };

  test('missing at the start of two runs: nothing is tried, the third proposes', async () => {
    const { ports, ledger, fixer } = await createShop(block('src/pricing.js', FIXED), () => 0, false);
    const run = async (fault: typeof missing | undefined): Promise<readonly string[]> => {
      const { listener } = listen();
      const said: string[] = [];
      const watched = { source: createFakeSource({ 'app.log': LOG }, { cut: 9999 }), journal: ledger, store: ledger };
      const world = { clock: ports.clock, redact: ports.redact, preflight: async () => fault };
      const told = { ...listener, paused: ({ message }: { message: string }) => void said.push(message) };
      await watch({ ...watched, ...world, repair: (incident) => repair(incident, ports, SETTINGS, LIVE) }, settings, told, LIVE);
      return said;
    };
    expect([await run(missing), await run(missing), fixer.requests.length]).toEqual([['claude not found'], ['claude not found'], 0]);
    expect((await ledger.incidents()).map(({ state, reason, attempts }) => [state, reason, attempts])).toEqual([['waiting', 'paused', 0]]);
    expect(await run(undefined)).toEqual([]);
    expect((await ledger.incidents()).map(({ state, attempts }) => [state, attempts])).toEqual([['proposed', 1]]);
  });

  test('found out in the middle of a repair: no attempt, and repairs are paused', async () => {
    const { ports, ledger } = await createShop(block('src/pricing.js', FIXED), () => 0, false);
    const { heard, listener } = listen();
    const said: string[] = [];
    const fixer = { ...ports.fixer, fix: () => Promise.reject(fail('claude-auth', { detail: 'expired' })) };
    const watched = { source: createFakeSource({ 'app.log': LOG }, { cut: 9999 }), journal: ledger, store: ledger };
    const told = { ...listener, paused: ({ message }: { message: string }) => void said.push(message) };
    const world = { clock: ports.clock, redact: ports.redact, preflight: async () => undefined };
    await watch(
      { ...watched, ...world, repair: (incident) => repair(incident, { ...ports, fixer }, SETTINGS, LIVE) },
      settings,
      told,
      LIVE,
    );
    expect(heard.results.map(({ outcome, code }) => [outcome, code])).toEqual([['failed', 'claude-auth']]);
    expect(said).toEqual([expect.stringContaining('expired')]);
    expect((await ledger.incidents()).map(({ state, attempts }) => [state, attempts])).toEqual([['waiting', 0]]);
    expect(await ledger.spending(ports.clock())).toMatchObject({ repairsLastHour: 0, consecutiveFailures: 0 });
  });
});
