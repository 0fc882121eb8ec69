// Several writers in one stream: their traces stay whole, and count once, however the lines are mixed and whenever it dies.

import { scan } from '../../../src/pipeline/scan.ts';
import { createJudge } from '../../../src/pipeline/triage.ts';
import type { DetectSettings } from '../../../src/pipeline/watch/intake.ts';
import { watch } from '../../../src/pipeline/watch.ts';
import { createMemoryLedger, createMemoryState } from '../../fakes/ledger.ts';
import { createFakeTopic } from '../../fakes/source.ts';
import { fewer } from '../../support/lane.ts';

const DETECT: DetectSettings = { level: 'error', keywords: ['ERROR'], ignore: [], encoding: 'auto', quietMs: 500, everyEvent: false };
const LIVE = new AbortController().signal;

/** A trace without anything that would tell its writer. */
const crash = (who: string, time: number): string =>
  [
    `order ${time} came`,
    `Traceback (most recent call last):`,
    `  File "/srv/${who}/app.py", line ${time === -1 ? 7 : 12}, in handle`,
    `    return total(order)`,
    `  File "/srv/${who}/pricing.py", line 3, in total`,
    `    raise failed(order)`,
    `${who[0]!.toUpperCase()}${who.slice(1)}Error: no price`,
    '',
  ].join('\n');

const WRITERS = Object.fromEntries(
  ['shop', 'pay', 'mail', 'stock'].map((who) => [who, Array.from({ length: 12 }, (_, time) => crash(who, time)).join('')]),
);
const seeds = Array.from({ length: fewer(12) }, (_, index) => index + 1);

test.each(seeds)('each trace is whole and has the time of its record; mixed by seed %i', async (seed) => {
  for (const everyEvent of [true, false]) {
    const seen: string[] = [];
    const ports = { source: createFakeTopic(WRITERS, { seed, batch: 3 }), clock: () => new Date(), redact: (text: string) => text };
    const { incidents } = await scan(
      ports,
      { ...DETECT, everyEvent },
      ({ event }) => seen.push(`${event.text.split('\n').length} ${event.frames.length} ${event.time?.slice(0, 10)}`),
      LIVE,
    );
    expect([...incidents].map(({ title, count }) => `${count} ${title}`).toSorted()).toEqual(
      ['mail', 'pay', 'shop', 'stock'].map((who) => `12 ${who[0]!.toUpperCase()}${who.slice(1)}Error: no price`),
    );
    expect(new Set(seen)).toEqual(new Set(['6 2 2026-03-01']));
  }
});

test.each(seeds)('however often it dies, all count once; mixed by seed %i', async (seed) => {
  const state = createMemoryState();
  for (let life = 0; life < 400; life += 1) {
    const ledger = createMemoryLedger(state);
    const source = createFakeTopic(WRITERS, { seed, batch: 2, dieAfter: 3 + life });
    const never = (): Promise<never> => Promise.reject(new Error('a dry run repairs nothing'));
    const quiet = { ready: () => undefined, gap: () => undefined, trouble: () => undefined, event: () => undefined };
    const listener = { ...quiet, incident: () => undefined, decided: () => undefined, result: () => undefined };
    const policy = {
      mode: 'code_blocks',
      minCount: 1,
      minAgeSeconds: 0,
      maxAttempts: 2,
      maxRepairsPerHour: 9,
      maxRepairsPerDay: 9,
    } as const;
    const limits = { maxUsdPerDay: 9, maxConsecutiveFailures: 3, dedupeWindowSeconds: 3600, maxOpenRequests: 5, dryRun: true };
    const died = await watch(
      {
        source,
        journal: ledger,
        store: ledger,
        clock: () => new Date(),
        redact: (text) => text,
        judge: createJudge(null, '', (text) => text),
        repair: never,
      },
      {
        detect: DETECT,
        policy: { ...policy, ...limits, repair: ['code-fault', 'unknown'] },
        from: 'resume',
        once: true,
        queueCapacity: 10,
      },
      listener,
      LIVE,
    ).then(
      () => false,
      () => true,
    );
    if (!died) break;
  }
  expect([...state.incidents.values()].map(({ title, count }) => `${count} ${title}`).toSorted()).toEqual(
    ['mail', 'pay', 'shop', 'stock'].map((who) => `12 ${who[0]!.toUpperCase()}${who.slice(1)}Error: no price`),
  );
});
