// What the ledger costs as it grows: writing one snapshot with so many incidents in it, its size, and opening it.
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger } from '../../src/adapters/ledger/ledger.ts';

const BATCH = 1000;

/** @returns {Promise<{ count: number, fillMs: number, snapshotMs: number, openMs: number, megabytes: number }>} */
export async function snapshots(place, count) {
  const dir = join(place, `ledger-${count}`);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const options = {
    dir,
    clock: () => new Date(),
    retention: { days: 90, maxTraces: 1000, incidentDays: 90, maxIncidents: 1_000_000 },
    wasm: () => readFileSync('node_modules/sql.js/dist/sql-wasm.wasm'),
  };
  const ledger = await openLedger(options);
  let begin = performance.now();
  for (let from = 0; from < count; from += BATCH) {
    const sightings = Array.from({ length: Math.min(BATCH, count - from) }, (_, index) => sighting(from + index));
    await ledger.record({ checkpoint: null, sightings });
  }
  await ledger.flush(true);
  const fillMs = performance.now() - begin;
  const times = [];
  for (let round = 0; round < 5; round++) {
    await ledger.record({ checkpoint: null, sightings: [sighting(round)] });
    begin = performance.now();
    await ledger.flush(true);
    times.push(performance.now() - begin);
  }
  await ledger.close();
  const megabytes = statSync(join(dir, 'ai-ops.sqlite')).size / 1e6;
  begin = performance.now();
  const again = await openLedger(options);
  const openMs = performance.now() - begin;
  await again.close();
  return { count, fillMs, snapshotMs: times.sort((a, b) => a - b)[2], openMs, megabytes };
}

function sighting(n) {
  const text = `2026-03-01 10:00:00,000 ERROR shop: cannot load module ${n}\nTypeError: no module ${n}\n    at load (/srv/app/src/load.js:2:21)`;
  const place = { source: 'app.log', line: n + 1, offset: n * 150, time: '2026-03-01T10:00:00.000Z' };
  const frames = [{ file: '/srv/app/src/load.js', line: 2, column: 21, function: 'load', inApp: true }];
  const rest = { language: 'javascript', level: 'error', type: 'TypeError', message: `no module ${n}`, frames };
  return {
    fingerprint: `v1:${String(n).padStart(32, '0')}`,
    title: `TypeError: no module ${n}`,
    sample: { id: `g:${n * 150}`, format: 'plain', ...rest, ...place, endLine: n + 3, endOffset: n * 150 + 149, text },
    count: 1,
    first: place,
    last: place,
  };
}
