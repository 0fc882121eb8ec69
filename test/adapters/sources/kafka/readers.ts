// Boxes in one process: each a watcher with a ledger of its own in memory, on the real source.
import { readKafkaAddress } from '../../../../src/adapters/sources/kafka/address.ts';
import type { KafkaLogin } from '../../../../src/adapters/sources/kafka/client.ts';
import { createKafkaSource } from '../../../../src/adapters/sources/kafka/source.ts';
import { createJudge } from '../../../../src/pipeline/triage.ts';
import { watch } from '../../../../src/pipeline/watch.ts';
import { createMemoryLedger, createMemoryState } from '../../../fakes/ledger.ts';

export interface Box {
  /** Counts by the word in quotes of the message: the bug. */
  counts(): Readonly<Record<string, number>>;
  readonly gaps: readonly string[];
  readonly troubles: readonly string[];
  readonly sources: readonly string[];
  readonly ready: Promise<void>;
  /** Settles when it has ended; rejects with its error. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

export type State = ReturnType<typeof createMemoryState>;

export function sourceFor(name: string, login?: KafkaLogin, ca?: readonly string[]) {
  const reading = readKafkaAddress(name);
  if ('problem' in reading) throw new Error(reading.problem);
  return createKafkaSource(reading.address, { login, ca });
}

export function startBox(
  name: string,
  { once = false, from = 'start', quietMs = 120_000, state = createMemoryState(), login, ca }: Options = {},
): Box {
  const abort = new AbortController();
  const [gaps, troubles, sources]: [string[], string[], string[]] = [[], [], []];
  let told = (): void => undefined;
  const ready = new Promise<void>((resolve) => {
    told = resolve;
  });
  const ledger = createMemoryLedger(state);
  const ended = watch(
    {
      ...{ source: sourceFor(name, login, ca), journal: ledger, store: ledger, clock: () => new Date(), redact: (text: string) => text },
      ...{ judge: createJudge(null, '', (text) => text), repair: () => Promise.reject(new Error('a dry run repairs nothing')) },
    },
    {
      detect: { level: 'error', keywords: ['ERROR'], ignore: [], encoding: 'auto', quietMs, everyEvent: false },
      policy: {
        mode: 'code_blocks',
        ...{ minCount: 1, minAgeSeconds: 0, maxAttempts: 2, maxRepairsPerHour: 9, maxRepairsPerDay: 9, maxUsdPerDay: 9 },
        ...{ maxConsecutiveFailures: 3, dedupeWindowSeconds: 3600, repair: ['unknown'], maxOpenRequests: 5, dryRun: true },
      },
      ...{ from, once, queueCapacity: 10 },
    },
    {
      ready: (all) => {
        sources.push(...all.map(({ source }) => source));
        told();
      },
      gap: ({ reason }) => void gaps.push(reason),
      trouble: (_source, message) => void troubles.push(message),
      ...{ event: () => undefined, incident: () => undefined, decided: () => undefined, result: () => undefined },
    },
    abort.signal,
  );
  ended.catch(() => told());
  return {
    counts: () => countsOf(state),
    ...{ gaps, troubles, sources, ready, ended },
    stop: () => {
      abort.abort();
      return ended;
    },
  };
}

interface Options {
  readonly once?: boolean;
  readonly from?: 'start' | 'end' | 'resume';
  /** Long unless given: a test may be slow in the middle of a trace. */
  readonly quietMs?: number;
  readonly state?: State;
  readonly login?: KafkaLogin;
  readonly ca?: readonly string[];
}

function countsOf(state: State): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { message, count } of state.incidents.values()) {
    const bug = /'(\w+)'/.exec(message ?? '')?.[1] ?? `no bug: ${message}`;
    sums[bug] = (sums[bug] ?? 0) + count;
  }
  return sums;
}

export function sumOf(all: readonly Readonly<Record<string, number>>[]): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const one of all) for (const [bug, count] of Object.entries(one)) sums[bug] = (sums[bug] ?? 0) + count;
  return sums;
}

export const BUGS = ['price', 'stock', 'discount', 'address', 'colour'];

/** Traces of five lines of several writers, each line a record, in turns; every bug as often as every other. */
export function tracesOf(writers: number, traces: number, partitions: number): readonly (readonly [number, string, string])[] {
  const queues = Array.from({ length: writers }, (_, w) => ({
    ...{ key: `pod-${w}`, partition: w % partitions },
    lines: Array.from({ length: traces }, (_, n) => lines(`pod-${w}`, n)).flat(),
  }));
  const records: (readonly [number, string, string])[] = [];
  for (let turn = 0, left = queues; left.length > 0; left = left.filter(({ lines }) => lines.length > 0), turn += 1)
    for (const [index, { key, partition, lines }] of left.entries())
      for (const line of lines.splice(0, 1 + ((index + turn) % 2))) records.push([partition, key, line]);
  return records;
}

function lines(writer: string, n: number): readonly string[] {
  const bug = BUGS[n % BUGS.length]!;
  return [
    `2026-03-01 10:00:${String(n % 60).padStart(2, '0')},000 ERROR [${writer}] order ${n} failed`,
    `TypeError: Cannot read properties of undefined (reading '${bug}')`,
    `    at ${bug}Of (/srv/app/src/${bug}.js:2:21)`,
    '    at placeOrder (/srv/app/src/orders.js:30:5)',
    `2026-03-01 10:00:${String(n % 60).padStart(2, '0')},500 INFO [${writer}] ready for the next`,
  ];
}

export async function until(done: () => boolean, tell: () => unknown, ms = 60_000): Promise<void> {
  for (const end = Date.now() + ms; !done(); ) {
    if (Date.now() > end) throw new Error(`waited in vain: ${JSON.stringify(tell())}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
