// The numbers of a watcher: one line for people, the same as OpenMetrics.

import { createVitals } from '../../src/cli/watching/vitals.ts';
import type { Outcome } from '../../src/core/model.ts';
import { sayIn } from '../../src/core/texts/chinese/say.ts';
import type { WatchListener } from '../../src/pipeline/watch.ts';

const SILENT: WatchListener = {
  ready: () => undefined,
  gap: () => undefined,
  trouble: () => undefined,
  event: () => undefined,
  incident: () => undefined,
  decided: () => undefined,
  result: () => undefined,
};
const make = () => createVitals({ version: '1.2.3', startedAt: new Date('2026-03-01T12:00:00.500Z') });
const ended = (outcome: Outcome['outcome'], costUsd: number | null): Parameters<WatchListener['result']> =>
  [{ outcome, costUsd }, {}, {}] as unknown as Parameters<WatchListener['result']>;

test('nothing has happened yet', () => {
  const vitals = make();
  expect(vitals.words(sayIn('en'))).toBe('0 logs, 0 errors of 0 new incidents');
  expect(vitals.metrics()).toContain('ai_ops_start_time_seconds 1772366400.5\n');
});

test('errors, incidents, outcomes, money; what is told goes on to whoever listens', () => {
  const vitals = make();
  const heard: string[] = [];
  const listener = vitals.hearing({ ...SILENT, ready: () => heard.push('ready'), result: () => heard.push('result') });
  listener.ready([{ source: 'app.log', offset: 0 }]);
  listener.counted?.(40);
  listener.incident(...([{}, {}] as unknown as Parameters<WatchListener['incident']>));
  listener.begins?.();
  expect(vitals.isRepairing).toBe(true);
  listener.paused?.(...([{}, 1] as unknown as Parameters<NonNullable<WatchListener['paused']>>));
  expect(vitals.words(sayIn('en'))).toBe('1 log, 40 errors of 1 new incident, a repair runs, repairs are paused');
  listener.goesOn?.();
  listener.result(...ended('proposed', 0.25));
  listener.result(...ended('proposed', null));
  listener.result(...ended('refused', 0.5));
  listener.ends?.();
  listener.gap({ source: 'app.log', stream: 's', reason: 'gone' });
  expect(vitals.words(sayIn('en'))).toBe('1 log, 40 errors of 1 new incident, 2 proposed, 1 refused');
  expect(heard).toEqual(['ready', 'result', 'result', 'result']);
  expect(
    vitals
      .metrics()
      .split('\n')
      .filter((line) => !line.startsWith('#')),
  ).toEqual([
    'ai_ops_build_info{version="1.2.3"} 1',
    'ai_ops_start_time_seconds 1772366400.5',
    'ai_ops_sources 1',
    'ai_ops_errors_total 40',
    'ai_ops_incidents_total 1',
    'ai_ops_repairs_total{outcome="proposed"} 2',
    'ai_ops_repairs_total{outcome="refused"} 1',
    'ai_ops_cost_usd_total 0.75',
    'ai_ops_gaps_total 1',
    'ai_ops_repairing 0',
    'ai_ops_paused 0',
    '',
  ]);
});

test('a new round looks anew for what is missing', () => {
  const vitals = make();
  vitals.hearing(SILENT).paused?.(...([{}, 1] as unknown as Parameters<NonNullable<WatchListener['paused']>>));
  expect(vitals.metrics()).toContain('\nai_ops_paused 1\n');
  vitals.hearing(SILENT);
  expect(vitals.metrics()).toContain('\nai_ops_paused 0\n');
});

test('it is idle between two repairs, however soon the second one begins', async () => {
  const vitals = make();
  const listener = vitals.hearing(SILENT);
  await vitals.idle();
  listener.begins?.();
  const seen: boolean[] = [];
  const idle = vitals.idle().then(() => seen.push(vitals.isRepairing));
  await Promise.resolve();
  expect(seen).toEqual([]);
  listener.ends?.();
  await Promise.resolve()
    .then(() => Promise.resolve())
    .then(() => listener.begins?.());
  await idle;
  expect(seen).toEqual([false]);
});
