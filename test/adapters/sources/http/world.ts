// Runs the watcher over sources on servers: one state, and the processes that follow each other on it.

import type { Servers } from '../../../../src/adapters/sources/http/servers.ts';
import { openTimeStores } from '../../../../src/adapters/sources/open-servers.ts';
import type { Policy } from '../../../../src/core/policy/decide.ts';
import { asAiOpsError } from '../../../../src/errors.ts';
import { scan } from '../../../../src/pipeline/scan.ts';
import { createJudge } from '../../../../src/pipeline/triage.ts';
import { watch } from '../../../../src/pipeline/watch.ts';
import type { Source } from '../../../../src/ports.ts';
import { createMemoryLedger, createMemoryState } from '../../../fakes/ledger.ts';

export interface Heard {
  /** `3 ShopError: no price`, sorted. */
  readonly incidents: readonly string[];
  readonly gaps: readonly string[];
  readonly troubles: readonly string[];
  readonly error: string | undefined;
}

const detect = { level: 'error', keywords: ['ERROR'], ignore: [], encoding: 'auto', quietMs: 100, everyEvent: false } as const;
const policy: Policy = {
  ...{ mode: 'code_blocks' as const, minCount: 1, minAgeSeconds: 0, maxAttempts: 2, maxRepairsPerHour: 9, maxRepairsPerDay: 9 },
  ...{ maxUsdPerDay: 9, maxConsecutiveFailures: 3, dedupeWindowSeconds: 3600, maxOpenRequests: 5, dryRun: true },
  repair: ['code-fault', 'unknown'],
};

export const openServers = (over: Partial<Servers> = {}): Servers => ({
  ...{ credentialsFor: () => ({}), userAgent: 'a test', now: Date.now, pause: async () => undefined },
  ...over,
});

export interface LifeOptions {
  readonly from?: 'start' | 'end' | 'resume';
  /** `kill -9` at this call of the sink's `chunk`. */
  readonly dieAfter?: number;
  /** It follows until this is done. */
  readonly follows?: (heard: () => Promise<Heard>) => Promise<void>;
  readonly servers?: Partial<Servers>;
}

export function createBox(open: (servers: Servers) => Source) {
  const state = createMemoryState();
  return {
    async live({ from = 'start', dieAfter = Infinity, follows, servers }: LifeOptions = {}): Promise<Heard> {
      const ledger = createMemoryLedger(state);
      const [gaps, troubles]: [string[], string[]] = [[], []];
      const stop = new AbortController();
      const listener = {
        ...{ ready: () => undefined, event: () => undefined, incident: () => undefined, decided: () => undefined, result: () => undefined },
        gap: ({ reason }: { readonly reason: string }) => void gaps.push(reason),
        trouble: (_source: string, message: string) => void troubles.push(message),
      };
      const heard = async (error?: string): Promise<Heard> => {
        const incidents = (await ledger.incidents()).map(({ title, count }) => `${count} ${title}`).toSorted();
        return { incidents, gaps, troubles, error };
      };
      const ports = { journal: ledger, store: ledger, clock: () => new Date(), redact: (text: string) => text };
      const source = mortal(open(openServers(servers)), dieAfter);
      const running = watch(
        {
          ...ports,
          source,
          judge: createJudge(null, '', (text) => text),
          repair: () => Promise.reject(new Error('a dry run repairs nothing')),
        },
        { detect, policy, from, once: follows === undefined, queueCapacity: 10 },
        listener,
        stop.signal,
      );
      const ended = running.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (follows) {
        await Promise.race([ended, follows(() => heard())]);
        stop.abort();
      }
      const thrown = await ended;
      if (thrown !== undefined && !(thrown instanceof Killed) && asAiOpsError(thrown).code === 'bug') throw thrown;
      return heard(thrown === undefined || thrown instanceof Killed ? undefined : asAiOpsError(thrown).message);
    },
  };
}

class Killed extends Error {}

function mortal(source: Source, dieAfter: number): Source {
  let calls = 0;
  return {
    follow: (sink, options) =>
      source.follow(
        {
          ...sink,
          chunk: async (chunk) => {
            calls += 1;
            if (calls > dieAfter) throw new Killed('kill -9');
            await sink.chunk(chunk);
          },
        },
        options,
      ),
  };
}

/** Waits until that holds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600 && !(await holds()); tries += 1) await pauseFor(20);
}

export const pauseFor = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** What `scan` finds: counts and titles, and the times of the events. */
export async function scanned(
  name: string,
): Promise<{ readonly incidents: readonly string[]; readonly times: readonly (string | undefined)[] }> {
  const times: (string | undefined)[] = [];
  const ports = { source: openTimeStores([name], openServers()), clock: () => new Date(), redact: (text: string) => text };
  const { incidents, error } = await scan(
    ports,
    { ...detect, everyEvent: true },
    ({ event }) => times.push(event.time),
    new AbortController().signal,
  );
  if (error !== undefined) throw error;
  return { incidents: [...incidents].map(({ title, count }) => `${count} ${title}`).toSorted(), times };
}
