// A process of its own for the tests that kill one. Prints a line whenever something is durable.
// `child.ts count DIR SOURCE LINES`  counts numbered lines from where its checkpoint stands, flushing after every few
// `child.ts repair DIR TRACE`        begins a repair and a step, watches a log, and waits to be killed
import type { Ledger } from '../../../src/adapters/ledger/ledger-port.ts';
import { checkpoint, FINGERPRINT, offsetOf, sighting, start, step } from '../../contracts/ledger.ts';
import { openAt } from './stage.ts';

const [task = '', dir = '', name = '', lines = '0'] = process.argv.slice(2);

async function count(ledger: Ledger, source: string, total: number): Promise<void> {
  const before = (await ledger.checkpoints()).find(({ position }) => position.source === source);
  let line = before ? offsetOf(before) : 0;
  while (line < total) {
    const batch = 1 + (line % 7);
    for (let end = Math.min(line + batch, total); line < end; line++) {
      const own = { ...sighting(line), fingerprint: `v1:${source}` };
      await ledger.record({ checkpoint: checkpoint(line + 1, 'g1', source), sightings: [sighting(line), own] });
    }
    await ledger.flush(true);
    process.stdout.write(`${line}\n`);
  }
  await ledger.close();
}

async function repair(ledger: Ledger, trace: string): Promise<void> {
  await ledger.record({ checkpoint: null, sightings: [sighting(1)] });
  await ledger.watchLock('app.log');
  const taken = await ledger.begin(start(trace, FINGERPRINT));
  await ledger.step(trace, step('claim', 'running'));
  process.stdout.write(`${taken}\n`);
  setInterval(() => undefined, 1_000);
}

const ledger = await openAt(dir);
await (task === 'count' ? count(ledger, name, Number(lines)) : repair(ledger, name));
