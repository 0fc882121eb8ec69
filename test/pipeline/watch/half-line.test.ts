// Half a line that is quiet is counted as it stands, and its end is not counted again: not when it comes, not after `kill -9`.
import type { Incident } from '../../../src/core/model.ts';
import { createIntake, type DetectSettings } from '../../../src/pipeline/watch/intake.ts';
import { createRecorder } from '../../../src/pipeline/watch/recorder.ts';
import { createMemoryLedger } from '../../fakes/ledger.ts';
import { createFakeSource, type FakeSourceOptions } from '../../fakes/source.ts';

const DETECT: DetectSettings = { level: 'error', keywords: ['ERROR'], ignore: [], encoding: 'auto', quietMs: 0, everyEvent: false };
const LOG = [
  '2026-03-01 10:00:00 INFO start',
  '2026-03-01 10:00:01 ERROR order failed',
  'TypeError: no price',
  '    at orderTotal (/srv/app/src/pricing.js:2:21)',
  '2026-03-01 10:00:02 INFO on',
  '{"level":"error","msg":"a"}',
  'Error: bare',
  '    at placeOrder (/srv/app/src/orders.js:30:5)',
  '2026-03-01 10:00:03 ERROR last',
].join('\n');
const EVENTS = 4;

type Ledger = ReturnType<typeof createMemoryLedger>;

/** One run of the program: it reads from where the ledger says, until the end or until it dies. */
async function run(ledger: Ledger, log: string, options: FakeSourceOptions): Promise<void> {
  const source = createFakeSource({ 'app.log': log }, options);
  const checkpoints = await ledger.checkpoints();
  const ports = { journal: ledger, clock: () => new Date(), redact: (text: string) => text };
  const intake = createIntake(
    DETECT,
    ports.clock,
    createRecorder(ports, checkpoints, () => undefined),
  );
  const sink = { ...intake, gap: () => undefined, ready: () => undefined, trouble: () => undefined };
  const signal = new AbortController().signal;
  await source.follow(sink, { from: 'resume', once: false, checkpoints, signal }).catch(() => undefined);
}

const position = (offset: number) => ({ source: 'app.log', stream: 'app.log', token: String(offset) });
const total = (incidents: readonly Incident[]): number => incidents.reduce((sum, { count }) => sum + count, 0);

test('quiet within every line, killed after every piece', async () => {
  for (const cut of [4, 5, 7, 11, 40]) {
    for (let dieAfter = 1; dieAfter <= LOG.length / cut; dieAfter += 1) {
      const ledger = createMemoryLedger();
      await run(ledger, LOG, { cut, dieAfter, quiet: true });
      await run(ledger, LOG, { cut: cut + 2, quiet: true });
      expect([cut, dieAfter, total(await ledger.incidents())]).toEqual([cut, dieAfter, EVENTS]);
    }
  }
});

test('killed again and again', async () => {
  for (let cut = 2; cut < 30; cut += 1) {
    const ledger = createMemoryLedger();
    for (let pieces = 1; pieces < LOG.length / cut; pieces += 1) await run(ledger, LOG, { cut, dieAfter: pieces, quiet: true });
    await run(ledger, LOG, { cut, quiet: true });
    expect([cut, total(await ledger.incidents())]).toEqual([cut, EVENTS]);
  }
});

test('the place that is kept is before the half line, until it has its end', async () => {
  const ledger = createMemoryLedger();
  const half = '2026-03-01 10:00:01 ERROR hal';
  await run(ledger, `ok\n${half}f\nok\n`, { cut: 3 + half.length, dieAfter: 1, quiet: true });
  expect(await ledger.checkpoints()).toEqual([{ position: position(3), line: 1, counted: ['3'] }]);
  await run(ledger, `ok\n${half}f\nok\n`, { cut: 999 });
  expect(await ledger.checkpoints()).toEqual([{ position: position(half.length + 8), line: 3, counted: [] }]);
  expect(await ledger.incidents()).toMatchObject([{ count: 1, sample: { text: half } }]);
});
