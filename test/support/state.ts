// A state directory with the real ledger in it, written as `watch` and `fix` write it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLedger } from '../../src/adapters/ledger/ledger.ts';
import type { Ledger } from '../../src/adapters/ledger/ledger-port.ts';
import type { Incident, Outcome, StepRecord, Trace } from '../../src/core/model.ts';
import { readEmbedded } from '../../src/embedded.ts';
import { INCIDENT } from './incidents.ts';

export interface State {
  /** For `--state-dir`. It does not exist until something is written. */
  readonly dir: string;
  write(work: (ledger: Ledger) => Promise<void>): Promise<void>;
  /** Opens for writing; the caller closes. */
  open(): Promise<Ledger>;
  remove(): void;
}

export function createState(): State {
  const root = mkdtempSync(join(tmpdir(), 'ai-ops-state-'));
  const dir = join(root, 'state');
  const open = (): Promise<Ledger> =>
    openLedger({
      dir,
      clock: () => new Date(),
      retention: { days: 36_500, maxTraces: 10_000, incidentDays: 36_500, maxIncidents: 100_000 },
      wasm: () => readEmbedded('sql-wasm.wasm'),
    });
  return {
    dir,
    open,
    async write(work) {
      const ledger = await open();
      await work(ledger);
      await ledger.close();
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

export const OUTCOME: Outcome = {
  trace: 'aaa111bbb222',
  fingerprint: INCIDENT.fingerprint,
  outcome: 'proposed',
  reason: 'proposed with proof L2',
  code: null,
  branch: 'ai-ops/fix-0123456789ab',
  commit: '2222222222222222222222222222222222222222',
  request: { url: 'https://git.example.org/shop/orders/pull/7', number: 7, state: 'open' },
  proof: {
    level: 'L2',
    detail: 'the tests pass with the fix and nothing that passed before fails',
    commands: [{ command: 'npm test', before: { exitCode: 1, durationMs: 1200 }, after: { exitCode: 0, durationMs: 1100 } }],
  },
  files: [{ path: 'src/pricing.js', status: 'modified', added: 1, removed: 1 }],
  guard: [{ rule: 'size', verdict: 'allow', detail: '1 file, 2 lines' }],
  costUsd: 0.0342,
  turns: 1,
  durationMs: 9400,
  modelMs: 4200,
};

export const FAILED: Outcome = {
  ...OUTCOME,
  trace: 'ccc333ddd444',
  outcome: 'failed',
  reason: 'Claude took longer than 600 s and was ended',
  code: 'claude-timeout',
  hint: 'raise claude.timeoutSeconds, or check the network',
  ...{ branch: null, commit: null, request: null, proof: null, files: [], guard: [], costUsd: null, turns: null, modelMs: null },
};

export const STEPS: readonly StepRecord[] = [
  {
    ...{ name: 'claim', startedAt: '2026-03-01T10:05:00.000Z', endedAt: '2026-03-01T10:05:00.120Z', durationMs: 120 },
    ...{ outcome: 'ok', summary: 'no request for it yet' },
  },
  {
    ...{ name: 'fix', startedAt: '2026-03-01T10:05:01.000Z', endedAt: '2026-03-01T10:05:05.200Z', durationMs: 4200 },
    ...{ outcome: 'ok', summary: 'claude 2.1.197, 1 turn, $0.034' },
  },
  {
    ...{ name: 'notify', startedAt: '2026-03-01T10:05:09.000Z', endedAt: '2026-03-01T10:05:09.400Z', durationMs: 400 },
    ...{ outcome: 'failed', summary: '' },
    error: { code: 'mail-auth', message: 'the mail server refused the login', hint: 'read `ai-ops status {trace}`' },
  },
];

export const DIFF = `--- a/src/pricing.js
+++ b/src/pricing.js
@@ -10,3 +10,3 @@
 function orderTotal(order) {
-  return order.item.price;
+  return order.item?.price ?? 0;
 }
`;

export const TRACE: Trace = {
  ...OUTCOME,
  title: INCIDENT.title,
  state: 'proposed',
  startedAt: '2026-03-01T10:05:00.000Z',
  endedAt: '2026-03-01T10:05:09.400Z',
  mode: 'code_blocks',
  diff: DIFF,
  summary: 'The price is missing for retired items.\nIt is zero now.',
  steps: STEPS,
};

/** Counts the ordinary incident, under another fingerprint where one is given. */
export async function sight(
  ledger: Ledger,
  fields: Partial<Pick<Incident, 'fingerprint' | 'title' | 'count' | 'first' | 'last'>> = {},
): Promise<void> {
  const { fingerprint, title, sample, count, first, last } = { ...INCIDENT, ...fields };
  await ledger.record({ checkpoint: null, sightings: [{ fingerprint, title, sample, count, first, last }] });
}

/** Keeps a whole trace; without an outcome's ending it stays as it is while it runs. */
export async function keep(
  ledger: Ledger,
  outcome: Outcome,
  startedAt: string,
  { ended = true, summary = TRACE.summary, steps = STEPS } = {},
): Promise<void> {
  const { trace, fingerprint } = outcome;
  await ledger.begin({ id: trace, fingerprint, title: INCIDENT.title, mode: 'code_blocks', startedAt });
  for (const step of steps) await ledger.step(trace, step);
  if (!ended) return;
  const { diff, endedAt } = TRACE;
  await ledger.end(trace, { outcome, state: outcome.outcome, endedAt: endedAt ?? startedAt, diff, summary });
}
