// What the ledger costs as it grows: one flush with so many incidents in it, its size, and opening it. Run by itself,
// `node test/bench/ledger.js [INCIDENTS...]`, what a built watcher costs that counts 50 repeats a second into it.
import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
    await ledger.flush(true);
  }
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

const PROGRAM = join('bin', 'ai-ops.cjs');
const SECONDS = 20;
const EVERY_MS = 20;

/** A watcher on a ledger with so many incidents, while three errors are repeated 50 times a second. */
async function watching(place, count) {
  await snapshots(place, count);
  const state = join(place, `ledger-${count}`);
  const log = join(place, 'app.log');
  writeFileSync(log, '');
  // The ledger is of no repository: who opens it first takes it, which happens once.
  spawnSync(process.execPath, [PROGRAM, 'watch', '--dry-run', '--once', '--quiet', log, '--state-dir', state]);
  const begin = performance.now();
  const child = spawn(process.execPath, [PROGRAM, 'watch', '--dry-run', '--json', log, '--state-dir', state]);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += part));
  while (!said.includes('"ready"')) await pause(5);
  const readyMs = performance.now() - begin;
  const readyBusyMs = busyMs(child.pid);
  const [written, busy] = [writtenBy(child.pid), busyMs(child.pid)];
  const events = (SECONDS * 1000) / EVERY_MS;
  const began = performance.now();
  for (let n = 0; n < events; n++) {
    const kind = 'abc'[n % 3];
    appendFileSync(
      log,
      `${new Date().toISOString()} ERROR shop: order ${n}\nTypeError: bad ${kind}\n    at run (/srv/app/src/${kind}.js:1:3)\n`,
    );
    await pause(began + (n + 1) * EVERY_MS - performance.now());
  }
  const took = performance.now() - began;
  const row = {
    ...{ count, readyMs, readyBusyMs, bytesPerEvent: (writtenBy(child.pid) - written) / events, share: (busyMs(child.pid) - busy) / took },
    peakMb: Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024,
  };
  child.kill('SIGTERM');
  await new Promise((resolve) => child.once('exit', resolve));
  return { ...row, statusMs: timed('status', state), incidentsMs: timed('incidents', state) };
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

/** Bytes that went to the disk, and bytes of standard output with them. */
const writtenBy = (pid) => Number(/wchar: (\d+)/.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))[1]);

function busyMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** The quickest of five, and its processor time, as `quickest (busy)`. */
function timed(command, state) {
  const times = Array.from({ length: 5 }, () => {
    const begin = performance.now();
    const line = 'TIMEFORMAT="%U %S"; time "$@" > /dev/null 2> /dev/null';
    const { stderr } = spawnSync('bash', ['-c', line, 'bash', process.execPath, PROGRAM, command, '--state-dir', state], {
      encoding: 'utf8',
    });
    const [user, system] = stderr.trim().split(' ').map(Number);
    return [performance.now() - begin, (user + system) * 1000];
  });
  const [ms, busy] = times.reduce((least, one) => (one[0] < least[0] ? one : least));
  return `${ms.toFixed(0)} (${busy.toFixed(0)})`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const place = mkdtempSync(join(tmpdir(), 'ai-ops-bench-ledger-'));
  console.log(
    '| incidents | `watch` ready, ms (processor) | written an event, kB | of a core | peak, MB | `status`, ms (processor) | `incidents`, ms (processor) |\n|---|---|---|---|---|---|---|',
  );
  for (const count of process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1000, 20_000, 100_000]) {
    const { readyMs, readyBusyMs, bytesPerEvent, share, peakMb, statusMs, incidentsMs } = await watching(place, count);
    const cells = [
      `${readyMs.toFixed(0)} (${readyBusyMs})`,
      (bytesPerEvent / 1000).toFixed(2),
      `${(share * 100).toFixed(1)} %`,
      peakMb.toFixed(0),
      statusMs,
    ];
    console.log(`| ${[count, ...cells, incidentsMs].join(' | ')} |`);
  }
  rmSync(place, { recursive: true, force: true });
}
