// What a watcher says of itself while it runs: one line now and then, and the same numbers for a monitor. Counts begin with the
// process; what was ever counted stands in the ledger.
import type { Outcome } from '../../core/model.ts';
import type { SayHere } from '../../core/texts/chinese/say.ts';
import type { WatchListener } from '../../pipeline/watch.ts';

export interface Vitals {
  /** Hears what the watcher tells, and gives it on. */
  hearing(listener: WatchListener): WatchListener;
  /** One line for people. */
  words(say: SayHere): string;
  /** OpenMetrics text (version 1.0.0), which the text format of Prometheus reads too. */
  metrics(): string;
  /** A repair is being made. */
  readonly isRepairing: boolean;
  /** Resolves as soon as none is, before the next one begins. */
  idle(): Promise<void>;
}

export function createVitals({ version, startedAt }: { readonly version: string; readonly startedAt: Date }): Vitals {
  const outcomes = new Map<Outcome['outcome'], number>();
  const counts = { sources: 0, errors: 0, incidents: 0, gaps: 0, usd: 0 };
  let repairing = 0;
  let isPaused = false;
  const waiting: (() => void)[] = [];
  const heard = (listener: WatchListener): WatchListener => ({
    ...listener,
    ready: (places) => {
      counts.sources = places.length;
      listener.ready(places);
    },
    counted: (errors) => {
      counts.errors += errors;
      listener.counted?.(errors);
    },
    incident: (incident, triage) => {
      counts.incidents += 1;
      listener.incident(incident, triage);
    },
    begins: () => {
      repairing += 1;
      listener.begins?.();
    },
    ends: () => {
      repairing -= 1;
      if (repairing === 0) for (const told of waiting.splice(0)) told();
      listener.ends?.();
    },
    result: (outcome, incident, triage) => {
      outcomes.set(outcome.outcome, (outcomes.get(outcome.outcome) ?? 0) + 1);
      counts.usd += outcome.costUsd ?? 0;
      listener.result(outcome, incident, triage);
    },
    paused: (fault, lookMs) => {
      isPaused = true;
      listener.paused?.(fault, lookMs);
    },
    goesOn: () => {
      isPaused = false;
      listener.goesOn?.();
    },
    gap: (gap) => {
      counts.gaps += 1;
      listener.gap(gap);
    },
  });
  return {
    hearing: (listener) => {
      // Who begins looks anew for what is missing.
      isPaused = false;
      return heard(listener);
    },
    words: (say) =>
      [
        counts.sources === 1 ? say('1 log') : say('{count} logs', { count: counts.sources }),
        say('{errors} of {incidents}', {
          errors: counts.errors === 1 ? say('1 error') : say('{count} errors', { count: counts.errors }),
          incidents: counts.incidents === 1 ? say('1 new incident') : say('{count} new incidents', { count: counts.incidents }),
        }),
        ...[...outcomes].map(([outcome, many]) => say('{count} {outcome}', { count: many, outcome: say(outcome) })),
        ...(repairing > 0 ? [say('a repair runs')] : []),
        ...(isPaused ? [say('repairs are paused')] : []),
      ].reduce((one, other) => say('{one}, {other}', { one, other })),
    metrics: () =>
      [
        ...family('ai_ops_build', 'info', 'The version that runs.', [[`_info{version="${version}"}`, 1]]),
        ...family('ai_ops_start_time_seconds', 'gauge', 'When it was started, seconds since 1970.', [['', startedAt.getTime() / 1000]]),
        ...family('ai_ops_sources', 'gauge', 'Logs that are followed.', [['', counts.sources]]),
        ...family('ai_ops_errors', 'counter', 'Errors counted since the start.', [['_total', counts.errors]]),
        ...family('ai_ops_incidents', 'counter', 'Incidents that were new.', [['_total', counts.incidents]]),
        ...family(
          'ai_ops_repairs',
          'counter',
          'Repairs that ended, by outcome.',
          [...outcomes].map(([outcome, many]) => [`_total{outcome="${outcome}"}`, many]),
        ),
        ...family('ai_ops_cost_usd', 'counter', 'What Claude was paid since the start.', [['_total', counts.usd]]),
        ...family('ai_ops_gaps', 'counter', 'Pieces of logs that were gone before they could be read.', [['_total', counts.gaps]]),
        ...family('ai_ops_repairing', 'gauge', 'Repairs that run.', [['', repairing]]),
        ...family('ai_ops_paused', 'gauge', '1 while repairs are paused for want of Claude, a login, a token or the host.', [
          ['', isPaused ? 1 : 0],
        ]),
        '# EOF',
        '',
      ].join('\n'),
    get isRepairing() {
      return repairing > 0;
    },
    idle: () => (repairing === 0 ? Promise.resolve() : new Promise((told) => waiting.push(told))),
  };
}

function family(
  name: string,
  type: 'counter' | 'gauge' | 'info',
  help: string,
  samples: readonly (readonly [suffix: string, value: number])[],
): readonly string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...samples.map(([suffix, value]) => `${name}${suffix} ${value}`)];
}
