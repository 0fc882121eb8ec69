// Repeats that are counted without being read are told apart by where they came from, exactly.
import { mergedFacts } from '../../../src/core/facts.ts';
import type { Facts } from '../../../src/core/model.ts';
import { createIntake } from '../../../src/pipeline/watch/intake.ts';
import { identify, identifyRepeats, toSightings } from '../../../src/pipeline/watch/sightings.ts';

/** Hosts and releases of every error, counted by the whole way from bytes to sightings. */
async function counted(lines: readonly string[], isWhole: boolean) {
  const counts = new Map<string, number>();
  let facts: Facts | undefined;
  let isCounted = 0;
  const intake = createIntake(
    {
      level: 'error',
      keywords: ['ERROR'],
      encoding: 'auto',
      zone: () => 0,
      guess: () => undefined,
      quietMs: 500,
      everyEvent: isWhole,
      ignore: [],
    } as never,
    () => new Date(0),
    async ({ events, repeats }) => {
      const [seen, again] = [identify(events), identifyRepeats('app.log', repeats)];
      isCounted += again.reduce((sum, { count }) => sum + count, 0);
      for (const { event, count = 1 } of [...seen, ...again]) {
        const { trace: _, ...origin } = event.origin ?? {};
        const key = JSON.stringify(origin);
        counts.set(key, (counts.get(key) ?? 0) + count);
      }
      for (const sighting of toSightings(seen, again, new Date(0).toISOString(), (text) => text))
        facts = mergedFacts(facts, sighting.facts);
    },
  );
  const place = { tokenAt: String, byteAt: Number, positionAt: () => undefined };
  intake.opened({ source: 'app.log', stream: 's', why: '', ...place });
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  for (let from = 0; from < bytes.length; ) {
    const newline = bytes.indexOf(10, Math.min(bytes.length - 1, from + 20_000));
    const to = newline === -1 ? bytes.length : newline + 1;
    await intake.chunk({ source: 'app.log', stream: 's', bytes: bytes.subarray(from, to), ...place });
    from = to;
  }
  await intake.ended('s');
  return { counts: Object.fromEntries([...counts].sort()), facts, isCounted };
}

/** Mulberry32: the same numbers each time. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const FORMS: Readonly<Record<string, (host: number, release: number, order: number) => string>> = {
  'JSON, its host before what differs': (host, release, order) =>
    `{"level":"error","service":"shop","host":"web-${host}","version":"2.4.${release}","trace_id":"${order}","msg":"order ${order} failed"}`,
  'JSON, its host behind a number that grows': (host, release, order) =>
    `{"level":"error","msg":"order ${order} failed","service":{"name":"shop","version":"2.4.${release}"},"host":{"name":"web-${host}"}}`,
  'JSON, and the message names another host': (host, release, order) =>
    `{"level":"error","msg":"call to web-${order % 7} failed","host":"web-${host}","release":"2.4.${release}"}`,
  syslog: (host, _release, order) => `<11>1 2026-03-01T10:00:00Z web-${host} shop 71 - - ERROR order ${order} failed`,
};

test.each(Object.keys(FORMS))('%s: the same as where each is read', async (form) => {
  const next = random(7);
  const lines = Array.from({ length: 700 }, () => FORMS[form]!(next(12), next(3), next(5000)));
  const [fast, whole] = [await counted(lines, false), await counted(lines, true)];
  expect(fast.counts).toEqual(whole.counts);
  expect(fast.facts?.host?.map(({ value }) => value).sort()).toEqual(whole.facts?.host?.map(({ value }) => value).sort());
  // Else nothing was shown.
  if (form !== 'syslog') expect(fast.isCounted).toBeGreaterThan(400);
});
