import type { Request } from '../../../src/core/model.ts';
import {
  type Followed,
  type FollowedState,
  incidentAfter,
  isFollowed,
  lifecycle,
  reasonAfter,
} from '../../../src/core/policy/lifecycle.ts';

const HOUR = 3_600_000;
const WINDOWS = { confirmSeconds: 24 * 3600, deploySeconds: 3600 };
/** The merge; everything else is told in hours from it. */
const MERGE = Date.parse('2026-03-01T12:00:00.000Z');
const at = (hours: number): string => new Date(MERGE + hours * HOUR).toISOString();
const request = (state: Request['state'], mergedAt?: string): Request => ({
  ...{ url: 'https://host.invalid/pull/7', number: 7, state },
  ...(mergedAt === undefined ? {} : { mergedAt }),
});

/** Before the look. `quiet` in hours. */
const stood = (state: FollowedState, quiet = 0): Followed => ({
  ...{ state, request: request('open'), endedAt: at(-5) },
  sequel: {
    since: at(-5),
    ...(state === 'merged' || state === 'confirmed' ? { mergedAt: at(0), counted: 10, quietMs: quiet * HOUR } : {}),
  },
});

interface Look {
  readonly shows?: Request;
  /** Occurrences ever; ten before the merge. */
  readonly count?: number;
  readonly seen?: number;
  readonly heard?: number;
  readonly now?: number;
}
const looked = (before: Followed, { shows, count = 10, seen = -2, heard = 0, now = 10 }: Look, windows = WINDOWS) =>
  lifecycle(before, { request: shows ?? null, count, lastTime: at(seen), heardMs: heard * HOUR }, windows, new Date(MERGE + now * HOUR));

const ROWS: readonly (readonly [what: string, before: Followed, look: Look, state: FollowedState])[] = [
  ['open, and open again', stood('proposed'), { shows: request('open') }, 'proposed'],
  ['a local one that nobody took', stood('proposed'), { shows: request('local') }, 'proposed'],
  ['the host was not asked', stood('proposed'), {}, 'proposed'],
  ['the host does not say so, whatever the log says', stood('proposed'), { seen: 9, count: 99 }, 'proposed'],
  ['merged', stood('proposed'), { shows: request('merged', at(0)) }, 'merged'],
  ['merged, the host tells no time', stood('proposed'), { shows: request('merged') }, 'merged'],
  ['closed', stood('proposed'), { shows: request('closed') }, 'closed'],
  ['opened again', stood('closed'), { shows: request('open') }, 'proposed'],
  ['opened again and merged before anybody looked', stood('closed'), { shows: request('merged', at(0)) }, 'merged'],
  ['closed stays closed, the error or not', stood('closed'), { shows: request('closed'), seen: 9, count: 99 }, 'closed'],
  ['merged long ago, and seen since: noticed together', stood('proposed'), { shows: request('merged', at(0)), seen: 9 }, 'regressed'],
  ['seen while it was being deployed', stood('merged'), { seen: 0.9, count: 11 }, 'merged'],
  ['seen at the end of the deployment', stood('merged'), { seen: 1, count: 11 }, 'merged'],
  ['seen after the deployment', stood('merged'), { seen: 1.001, count: 11 }, 'regressed'],
  ['a backlog from before the merge is read', stood('merged'), { seen: -1, count: 500 }, 'merged'],
  ['silent, not long enough', stood('merged', 20), { heard: 3.9 }, 'merged'],
  ['silent for long enough', stood('merged', 20), { heard: 4, now: 40 }, 'confirmed'],
  ['silence before it was deployed says nothing', stood('merged'), { heard: 24, now: 24 }, 'merged'],
  ['silence that nobody listened to says nothing', stood('merged', 20), { heard: 0, now: 1000 }, 'merged'],
  ['confirmed, and silent', stood('confirmed', 24), { heard: 100, now: 200 }, 'confirmed'],
  ['confirmed, and back', stood('confirmed', 24), { seen: 199, count: 11, now: 200 }, 'regressed'],
  ['regressed stays so', stood('regressed'), { shows: request('merged', at(0)), heard: 1000, now: 2000 }, 'regressed'],
  ['a log whose times run eight hours ahead, while it is being deployed', stood('merged'), { seen: 8.5, count: 11, now: 0.5 }, 'merged'],
  ['a time that nobody can read is the time of reading', stood('merged'), { seen: Number.NaN, count: 11, now: 5 }, 'regressed'],
];

test.each(ROWS)('%s', (_what, before, look, state) => {
  const unreadable = Number.isNaN(look.seen);
  const facts = { request: look.shows ?? null, count: look.count ?? 10, heardMs: (look.heard ?? 0) * HOUR };
  const now = new Date(MERGE + (look.now ?? 10) * HOUR);
  const next = unreadable ? lifecycle(before, { ...facts, lastTime: 'no time' }, WINDOWS, now) : looked(before, look);
  expect(next.state).toBe(state);
});

test('the evidence of a regression: how often since the merge was noticed, and when', () => {
  const next = looked(stood('merged', 5), { seen: 7, count: 14 });
  expect(next.sequel).toEqual({
    since: at(10),
    mergedAt: at(0),
    counted: 10,
    quietMs: 5 * HOUR,
    again: { count: 4, first: at(7), last: at(7) },
  });
});

test('an occurrence during the deployment begins the silence anew and is no evidence later', () => {
  const loud = looked(stood('merged', 5), { seen: 0.5, count: 12, heard: 1 });
  expect(loud.sequel).toMatchObject({ counted: 12, quietMs: 0 });
  const backlog = looked(stood('merged', 5), { seen: -0.5, count: 12, heard: 1 });
  expect(backlog.sequel).toMatchObject({ counted: 12, quietMs: 6 * HOUR });
});

test('a trace that only met a merged request takes the time of the host, else its own', () => {
  const met = { state: 'merged', endedAt: at(3) } as const;
  expect(looked({ ...met, request: request('merged', at(0)) }, { seen: 2 })).toMatchObject({
    state: 'regressed',
    sequel: { mergedAt: at(0) },
  });
  expect(looked({ ...met, request: request('merged') }, { seen: 2 })).toMatchObject({ state: 'merged', sequel: { mergedAt: at(3) } });
  // A host whose clock is ahead.
  expect(looked({ ...met, request: request('merged', at(99)) }, { seen: 2 }).sequel.mergedAt).toBe(at(10));
});

test('every state that is followed says why, and its incident stands the same', () => {
  for (const state of ['proposed', 'merged', 'closed', 'confirmed', 'regressed'] as const) {
    expect([isFollowed(state), incidentAfter(state), reasonAfter(state) !== null]).toEqual([true, state, true]);
  }
  expect([isFollowed('failed'), incidentAfter('interrupted'), reasonAfter('failed')]).toEqual([false, 'waiting', null]);
});

/** A small generator, so that a failure can be made again from its seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test('whatever comes, in whatever order: nothing is confirmed without its silence, nothing regresses without an occurrence, and regressed is the end', () => {
  const states: readonly Request['state'][] = ['open', 'merged', 'closed', 'local'];
  for (let seed = 1; seed <= 500; seed += 1) {
    const next = random(seed);
    let trace: Followed = { state: 'proposed', request: request('open'), endedAt: at(0) };
    let [now, count, seen, listened] = [0, 1, -1, 0];
    for (let step = 0; step < 40; step += 1) {
      const passed = next() * 6;
      now += passed;
      const heard = next() < 0.7 ? next() * passed : 0;
      if (next() < 0.1) [count, seen] = [count + 1 + Math.floor(next() * 3), now - next() * 4];
      const shows = next() < 0.3 ? request(states[Math.floor(next() * 4)]!, next() < 0.5 ? at(now - next() * 2) : undefined) : undefined;
      const before = trace;
      const after = looked(before, { ...(shows ? { shows } : {}), count, seen, heard, now });
      trace = { ...trace, ...after, request: shows ?? trace.request };
      listened = before.state === 'merged' && after.state !== 'proposed' ? listened + heard : 0;
      const where = `seed ${seed}, step ${step}: ${before.state} to ${after.state}`;
      const merged = Date.parse(after.sequel.mergedAt ?? '');
      if (before.state === 'regressed') expect([where, after.state]).toEqual([where, 'regressed']);
      if (after.state === 'confirmed' && before.state !== 'confirmed') {
        expect([where, listened + heard >= 24 && before.state === 'merged']).toEqual([where, true]);
      }
      if (after.state === 'regressed' && before.state !== 'regressed') {
        expect([where, MERGE + seen * HOUR > merged + HOUR, (after.sequel.again?.count ?? 0) >= 1]).toEqual([where, true, true]);
      }
      if (after.state === 'merged')
        expect([where, (after.sequel.quietMs ?? -1) <= Math.max(0, MERGE + now * HOUR - merged - HOUR) + 1]).toEqual([where, true]);
      // Asked again at once, nothing new is known.
      expect(looked(trace, { count, seen, now }).state).toBe(after.state);
    }
  }
});

describe('releases that records name', () => {
  const seenIn = (value: string, first: number, last: number) => ({ value, first: at(first), last: at(last) });
  const before = [seenIn('2.4.0', -200, -100), seenIn('2.4.1', -50, -2)];
  const ROWS_OF_RELEASES = [
    ['the old one goes on failing: the fix is not deployed', 'merged', 9, [seenIn('2.4.1', -50, 9)], [before[0]!, seenIn('2.4.1', -50, 9)]],
    ['a new one fails', 'regressed', 9, [before[1]!, seenIn('2.4.2', 5, 9)], [...before, seenIn('2.4.2', 5, 9)]],
    ['a new one fails while it is being deployed', 'merged', 0.5, [seenIn('2.4.2', 0.2, 0.5)], [...before, seenIn('2.4.2', 0.2, 0.5)]],
    ['a name that never changes tells nothing', 'regressed', 9, [seenIn('latest', -50, 9)], [seenIn('latest', -50, 9)]],
    ['what came last names none', 'regressed', 9, before, before],
  ] as const;
  test.each(ROWS_OF_RELEASES)('%s', (_what, state, seen, own, all) => {
    const facts = { request: null, count: 12, lastTime: at(seen), heardMs: 0, releases: { own, all } };
    expect(lifecycle(stood('merged'), facts, WINDOWS, new Date(MERGE + 10 * HOUR)).state).toBe(state);
  });

  test('silence counts from the first sign of a new release on, or from the last one of an old', () => {
    const quiet = (all: readonly ReturnType<typeof seenIn>[]) =>
      lifecycle(
        stood('merged', 20),
        { request: null, count: 10, lastTime: at(-2), heardMs: 4 * HOUR, releases: { own: [before[1]!], all } },
        WINDOWS,
        new Date(MERGE + 40 * HOUR),
      );
    expect(quiet([...before, seenIn('2.4.2', 30, 39)])).toMatchObject({ state: 'merged', sequel: { quietMs: 10 * HOUR } });
    expect(quiet([before[0]!, seenIn('2.4.1', -50, 38)])).toMatchObject({ state: 'merged', sequel: { quietMs: 2 * HOUR } });
    expect(quiet(before)).toMatchObject({ state: 'confirmed' });
  });
});
