// From a request to its end, on complete fakes: the clock and the log are the test's, the ledger outlives its processes.
import type { Ledger } from '../../../src/adapters/ledger/ledger-port.ts';
import type { IncidentState, Trace, TraceState } from '../../../src/core/model.ts';
import { sequelMessages } from '../../../src/pipeline/notices/write.ts';
import { repair } from '../../../src/pipeline/repair.ts';
import { type FollowerSettings, startFollower } from '../../../src/pipeline/watch/follower.ts';
import { type LifecyclePorts, type Look, look, type Moved } from '../../../src/pipeline/watch/requests.ts';
import { INCIDENT } from '../../support/incidents.ts';
import { block, createShop, FIXED, SETTINGS } from '../../support/pipeline.ts';

const HOUR = 3_600_000;
const MERGE = Date.parse('2026-03-01T12:00:00.000Z');
const SETTLED: FollowerSettings = { refreshSeconds: 300, confirmSeconds: 10 * 3600, deploySeconds: 3600, language: 'en', jitter: 0 };
const ALL: Look = { states: ['proposed', 'closed', 'merged', 'confirmed'] };
const MAILED = { ...SETTINGS.notices, on: ['merged', 'closed', 'confirmed', 'regressed'] as const };
const LIVE = new AbortController().signal;

/** A shop whose bug was proposed an hour before `MERGE`; hours are told from that moment. */
async function proposed() {
  const shop = await createShop(block('src/pricing.js', FIXED));
  const { ledger, host } = shop;
  let hour = -1;
  const clock = (): Date => new Date(MERGE + hour * HOUR);
  const placeOf: LifecyclePorts['placeOf'] = async () => ({ path: 'pricing.js', line: 2, function: 'total' });
  const messages: LifecyclePorts['messages'] = (trace, incident, place) =>
    sequelMessages(trace, { incident, place }, { ...shop.ports, clock }, MAILED);
  const ports: LifecyclePorts = { store: ledger, journal: ledger, host, clock, messages, placeOf };
  const { fingerprint, title, sample, last } = INCIDENT;
  const incident = async () => (await ledger.incidents({ fingerprint }))[0]!;
  const mend = async (more: Partial<typeof SETTINGS> = {}) =>
    repair(await incident(), { ...shop.ports, clock }, { ...SETTINGS, ...more }, LIVE);
  await mend();
  return {
    ...{ ...shop, ports, incident, mend },
    at: (now: number): void => {
      hour = now;
    },
    /** Occurrences in the log. */
    err: async (when: number, count = 1): Promise<void> => {
      const one = { ...last, time: new Date(MERGE + when * HOUR).toISOString() };
      await ledger.record({ checkpoint: null, sightings: [{ fingerprint, title, sample, count, first: one, last: one }] });
    },
    merge: (): void => {
      Object.assign(host.requests.at(-1) ?? {}, { state: 'merged', mergedAt: new Date(MERGE).toISOString() });
    },
    refresh: (wanted: Partial<Look> = {}) => look(ports, { ...ALL, ...wanted }, SETTLED, LIVE),
    states: async (): Promise<readonly [IncidentState, ...TraceState[]]> => [
      (await incident()).state,
      ...(await ledger.traces()).map(({ state }) => state),
    ],
  };
}

/** What waits to be mailed, without the repairs' own. */
const mailed = async ({ ledger }: { ledger: Ledger }): Promise<readonly string[]> =>
  (await ledger.deliveries()).filter(({ id }) => !id.startsWith('trace.')).map(({ subject }) => subject);

const paths = (moved: readonly Moved[]): readonly string[] => moved.map(({ from, trace }) => `${from} to ${trace.state}`);

test('merged, silent, confirmed; the incident goes with it and says why', async () => {
  const shop = await proposed();
  expect(paths((await shop.refresh()).moved)).toEqual([]);
  shop.merge();
  shop.at(1);
  expect(paths((await shop.refresh()).moved)).toEqual(['proposed to merged']);
  expect(await shop.incident()).toMatchObject({ state: 'merged', reason: 'already-merged' });
  shop.at(8);
  expect(paths((await shop.refresh({ heard: () => 7 * HOUR })).moved)).toEqual([]);
  shop.at(12);
  expect(paths((await shop.refresh({ heard: () => 4 * HOUR })).moved)).toEqual(['merged to confirmed']);
  expect(await shop.states()).toEqual(['confirmed', 'confirmed']);
  expect((await shop.incident()).reason).toBe('confirmed');
  expect(await mailed(shop)).toEqual([
    expect.stringContaining('Request merged: '),
    expect.stringContaining('Confirmed, it has not come back: '),
  ]);
});

test('the error after the merge: regressed with its evidence, and the next repair is a second request that names the first', async () => {
  const shop = await proposed();
  shop.merge();
  shop.at(0.5);
  await shop.refresh();
  await shop.err(0.6, 2);
  await shop.refresh();
  expect(await shop.states()).toEqual(['merged', 'merged']);
  shop.at(5);
  await shop.err(4, 3);
  const { moved } = await shop.refresh();
  expect(paths(moved)).toEqual(['merged to regressed']);
  expect(moved[0]?.trace.sequel?.again).toEqual({ count: 3, first: '2026-03-01T16:00:00.000Z', last: '2026-03-01T16:00:00.000Z' });
  expect(await shop.incident()).toMatchObject({ state: 'regressed', reason: 'came-back' });

  const outcome = await shop.mend();
  expect(outcome).toMatchObject({ outcome: 'proposed', branch: expect.stringMatching(/-2$/), request: { number: 2, state: 'open' } });
  expect(shop.host.requests[1]?.body).toContain('https://fake.invalid/pull/1');
  expect(await shop.states()).toEqual(['proposed', 'proposed', 'regressed']);
  // The first one is told no more.
  await shop.err(6);
  expect(paths((await shop.refresh()).moved)).toEqual([]);
});

test('closed by a person: left alone whatever the log says; opened again, it is followed again', async () => {
  const shop = await proposed();
  const [request] = shop.host.requests;
  Object.assign(request ?? {}, { state: 'closed' });
  expect(paths((await shop.refresh()).moved)).toEqual(['proposed to closed']);
  expect(await shop.incident()).toMatchObject({ state: 'closed', reason: 'closed-by-person' });
  await shop.err(9, 100);
  shop.at(10);
  expect(paths((await shop.refresh()).moved)).toEqual([]);
  expect((await shop.mend()).outcome).toBe('skipped');
  expect(shop.host.requests).toHaveLength(1);
  Object.assign(request ?? {}, { state: 'open' });
  expect(paths((await shop.refresh()).moved)).toContain('closed to proposed');
  expect((await shop.incident()).state).toBe('proposed');
});

test('a trace that only met the merged request learns of the error too, and everything is told once', async () => {
  const shop = await proposed();
  shop.merge();
  shop.at(3);
  await shop.err(2);
  // As another box does whose ledger knows nothing: it asks at `claim`.
  expect(await shop.mend()).toMatchObject({ outcome: 'skipped', request: { state: 'merged' } });
  expect(paths((await shop.refresh()).moved).toSorted()).toEqual(['merged to regressed', 'proposed to regressed']);
  expect(paths((await shop.refresh()).moved)).toEqual([]);
  expect((await shop.incident()).state).toBe('regressed');
  expect(await mailed(shop)).toEqual([expect.stringContaining('Came back after the merge: TypeError in total · pricing.js:2')]);
});

test('of two that look at once, one tells', async () => {
  const shop = await proposed();
  shop.merge();
  const both = await Promise.all([shop.refresh(), shop.refresh()]);
  expect(both.flatMap(({ moved }) => paths(moved))).toEqual(['proposed to merged']);
});

test('a host that fails is asked once in a look, and the log is judged all the same', async () => {
  const shop = await proposed();
  let asked = 0;
  const findRequest = (): Promise<never> => {
    asked += 1;
    return Promise.reject(new Error('down'));
  };
  const ports = { ...shop.ports, host: { ...shop.host, findRequest } };
  const traces = await shop.ledger.traces();
  const second: Trace = { ...traces[0]!, trace: 'other', branch: 'ai-ops/fix-other' };
  const store = { ...shop.ledger, traces: async () => [...traces, second] };
  const { moved, trouble } = await look({ ...ports, store }, { states: ['proposed'] }, SETTLED, LIVE);
  expect([asked, paths(moved), trouble?.code]).toEqual([1, [], 'bug']);
});

test('the follower counts silence of logs that are followed, stores it when it stops, and goes on with it', async () => {
  const shop = await proposed();
  shop.merge();
  shop.at(1);
  await shop.refresh();
  const { source } = (await shop.incident()).last;
  const settings = { ...SETTLED, confirmSeconds: 60 };
  let now = MERGE + 2 * HOUR;
  /** One process that listens for some ticks of six seconds. */
  const listen = async (ticks: number, followed: string): Promise<readonly string[]> => {
    const moved: Moved[] = [];
    const stop = new AbortController();
    const ports = { ...shop.ports, clock: () => new Date(now) };
    const follower = startFollower(
      ports,
      settings,
      (one) => moved.push(one),
      () => undefined,
      stop.signal,
    );
    follower.opened({ source: followed, stream: 'g1' });
    await follower.settled();
    for (let tick = 0; tick < ticks; tick += 1) {
      now += 6000;
      follower.seen(await shop.incident());
      await follower.settled();
    }
    stop.abort();
    await follower.close();
    now += 1000 * HOUR;
    return paths(moved);
  };
  expect(await listen(5, source)).toEqual([]);
  expect(await listen(50, 'another.log')).toEqual([]);
  expect((await shop.ledger.traces())[0]?.sequel?.quietMs).toBe(30_000);
  expect(await listen(4, source)).toEqual([]);
  expect(await listen(1, source)).toEqual(['merged to confirmed']);
});
