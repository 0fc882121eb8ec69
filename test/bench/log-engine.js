// `npm run bench`: the log engine against cat, grep, tail, npm's tail and readline; the time from a line to its event;
// memory; the cost of the ledger. Writes doc/benchmarks.md between its marks, and the charts beside it.
// `--large` adds a log of 2 GB and one of ten million lines with a hundred thousand different errors (4 GB of disk).
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { profile, race } from './catch-up.js';
import { bars } from './charts.js';
import { costTable } from './costs.js';
import { follow } from './follow.js';
import { snapshots } from './ledger.js';
import { many, single, trace, writeLog } from './logs.js';

const COSTS =
  'Microseconds of processor time: the detector driven in memory and the fingerprint of each event, the least of six rounds. A repeat is counted by its shape; that of an event is what comes on top of a quiet record behind it.';

const isLarge = process.argv.includes('--large');
const ROUNDS = 7;
const place = mkdtempSync(join(tmpdir(), 'ai-ops-bench-'));
const lines = [];

try {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  lines.push(
    '',
    `ai-ops ${version}, Node ${process.versions.node}, ${process.platform}-${process.arch}, ${cpus().length} × ${cpus()[0]?.model.trim()}.`,
    '',
  );
  catchUp();
  lines.push('### What a line and an event cost', '', COSTS, '', ...costTable(), '');
  await latency();
  memory();
  await ledger();
  write();
} finally {
  rmSync(place, { recursive: true, force: true });
}

function catchUp() {
  const file = join(place, 'app.log');
  const log = writeLog(file, single, { bytes: 210e6 });
  const rows = race(file, { errors: log.errors, lines: log.records }, ['grep', 'ours', 'tail', 'readline', 'npmTail'], ROUNDS);
  lines.push(`### Catch-up, ${mega(log.bytes)}, ${thousands(log.records)} lines, one in twenty an error of one bug`, '');
  lines.push(
    `Medians of ${ROUNDS} alternating runs, the start of the process included.`,
    '',
    ...raceTable(rows),
    '',
    '![catch-up](bench-catch-up.svg)',
    '',
  );
  chart(
    'bench-catch-up',
    `Catch-up of ${mega(log.bytes)}`,
    rows.map(({ name, key, ms }) => ({ name, value: ms, shown: `${ms.toFixed(0)} ms`, isOurs: key === 'ours' })),
  );
  const ratio = rows[1].ms / rows[0].ms;
  if (ratio > 1.5) lines.push(...profileTable(file, ratio));
  const traced = writeLog(file, trace, { bytes: 210e6 });
  const again = race(file, { errors: traced.errors, lines: traced.records }, ['grep', 'ours'], 5);
  lines.push('### The same with a stack trace below each error', '', ...raceTable(again), '');
  if (!isLarge) return;
  const big = writeLog(file, single, { bytes: 2e9 });
  lines.push(
    `### Catch-up, ${mega(big.bytes)}`,
    '',
    ...raceTable(race(file, { errors: big.errors, lines: big.records }, ['grep', 'ours', 'tail'], 3)),
    '',
  );
  rmSync(file);
}

function raceTable(rows) {
  const table = rows.map(
    ({ name, ms, peakMb }) =>
      `| \`${name.replaceAll('|', '\\|')}\` | ${ms.toFixed(0)} | ${(ms / rows[0].ms).toFixed(2)} | ${peakMb === null ? '–' : peakMb.toFixed(0)} |`,
  );
  return ['| reader | ms | × grep | peak MB |', '|---|---|---|---|', ...table];
}

/** Where a figure is not reached, it is said where the time goes. */
function profileTable(file, ratio) {
  const dir = join(place, 'profile');
  mkdirSync(dir);
  const rows = profile(file, dir).map(([name, ms, share]) => `| ${name} | ${ms.toFixed(0)} | ${(share * 100).toFixed(0)} % |`);
  return [
    `The aim is 1.5 × grep; it is ${ratio.toFixed(1)} ×. Where the time goes, by a profile of one run (which is slower than a run without one):`,
    '',
    '| self time of | ms | share |',
    '|---|---|---|',
    ...rows,
    '',
  ];
}

async function latency() {
  const rows = [];
  for (const rate of [1000, 10_000, 50_000]) rows.push(await follow(place, rate, 8));
  lines.push(
    '### From a line to its event',
    '',
    'Milliseconds from writing an error to its line on the standard output of `watch --events`, one line in a hundred an error, 8 s each.',
    '',
  );
  lines.push('| lines/s | errors | p50 | p95 | max |', '|---|---|---|---|---|');
  for (const { linesPerSecond, errors, p50, p95, max } of rows)
    lines.push(`| ${thousands(linesPerSecond)} | ${errors} | ${p50.toFixed(1)} | ${p95.toFixed(1)} | ${max.toFixed(1)} |`);
  lines.push('', '![latency](bench-latency.svg)', '');
  chart(
    'bench-latency',
    'Latency, 95th percentile',
    rows.map(({ linesPerSecond, p95 }) => ({
      name: `${thousands(linesPerSecond)} lines/s`,
      value: p95,
      shown: `${p95.toFixed(1)} ms`,
      isOurs: true,
    })),
  );
}

function memory() {
  const cases = [['1,000 different errors', 1_000_000, 1000], ...(isLarge ? [['100,000 different errors', 10_000_000, 100_000]] : [])];
  lines.push('### Memory', '', '| log | lines | ms | peak MB |', '|---|---|---|---|');
  for (const [name, count, kinds] of cases) {
    const file = join(place, 'many.log');
    const log = writeLog(file, many(kinds), { lines: count });
    const [row] = race(file, { errors: log.errors, lines: log.records }, ['ours'], 1);
    lines.push(`| ${name}, ${mega(log.bytes)} | ${thousands(count)} | ${row.ms.toFixed(0)} | ${row.peakMb.toFixed(0)} |`);
    rmSync(file);
  }
  lines.push('');
}

async function ledger() {
  const rows = [];
  for (const count of [1000, 10_000, 100_000]) rows.push(await snapshots(place, count));
  lines.push(
    '### The ledger as it grows',
    '',
    'One flush is a record of the change log, synced; it costs what changed. At most one a second.',
    '',
  );
  lines.push('| incidents | first record of all, ms | one flush, ms | opening, ms | file, MB |', '|---|---|---|---|---|');
  for (const { count, fillMs, snapshotMs, openMs, megabytes } of rows) {
    lines.push(
      `| ${thousands(count)} | ${fillMs.toFixed(0)} | ${snapshotMs.toFixed(1)} | ${openMs.toFixed(0)} | ${megabytes.toFixed(1)} |`,
    );
  }
  lines.push('', '![ledger](bench-ledger.svg)', '');
  chart(
    'bench-ledger',
    'One flush of the ledger',
    rows.map(({ count, snapshotMs }) => ({
      name: `${thousands(count)} incidents`,
      value: snapshotMs,
      shown: `${snapshotMs.toFixed(1)} ms`,
      isOurs: true,
    })),
  );
}

function chart(name, title, rows) {
  writeFileSync(join('doc', `${name}.svg`), bars(title, rows));
}

function write() {
  const text = readFileSync('doc/benchmarks.md', 'utf8');
  const marks = /(<!-- log-engine -->\n)[\s\S]*?(<!-- \/log-engine -->)/;
  if (!marks.test(text)) throw new Error('doc/benchmarks.md has no marks for the log engine');
  writeFileSync(
    'doc/benchmarks.md',
    text.replace(marks, (_, begin, end) => `${begin}${lines.join('\n')}${end}`),
  );
  process.stdout.write(`${lines.join('\n')}\n`);
}

function mega(bytes) {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(0)} MB`;
}

function thousands(n) {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}
