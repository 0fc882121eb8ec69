// `npm run bench:start [EXECUTABLE]`: how long the program takes to say its version and to list traces, packaged and as the npm
// package, against `node -e 0` in the same run. The runs alternate, so that a slow moment of the machine meets all alike; processor
// time (of Linux) hardly depends on what else the machine does.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openLedger } from '../../src/adapters/ledger/ledger.ts';

const ROUNDS = 31;
const TRACES = [1000, 20_000];
const executable = resolve(process.argv[2] ?? `build/ai-ops-linux-${process.arch}`);
const program = resolve('bin/ai-ops.cjs');
if (!existsSync(executable)) {
  process.stderr.write(`no ${executable}: run \`npm run package\` first\n`);
  process.exit(2);
}

const place = mkdtempSync(join(tmpdir(), 'ai-ops-bench-'));
const repository = join(place, 'shop');
mkdirSync(join(repository, '.git/objects'), { recursive: true });
mkdirSync(join(repository, '.git/refs'));
writeFileSync(join(repository, '.git/HEAD'), 'ref: refs/heads/main\n');
writeFileSync(join(repository, '.git/config'), '[remote "origin"]\n\turl = https://github.com/acme/shop.git\n');
const state = (name) => ['--state-dir', join(place, name)];
const log = join(place, 'app.log');
writeFileSync(log, errors(200));
// Ledgers that hold something: 200 distinct errors, and as many traces of them.
for (const count of [0, ...TRACES]) {
  once([executable, ['watch', '--once', '--dry-run', '--from', 'start', ...state(`${count}`), log]]);
  if (count > 0) await repaired(join(place, `${count}`), count);
}

/** What no look into the ledger is quicker than, by a program that does nothing else. */
const ASK = `
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const file = require('node:url').pathToFileURL(process.argv[1]);
  file.searchParams.set('immutable', '1');
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = database.prepare('SELECT id, fingerprint, state, started_at FROM traces ORDER BY started_at DESC LIMIT 20').all();`;
const SAMPLES = `
  const one = database.prepare('SELECT sample FROM incidents WHERE fingerprint = ?');
  const { inflateSync } = require('node:zlib');
  for (const row of rows) row.frame = JSON.parse(inflateSync(one.get(row.fingerprint).sample).toString()).frames[0].file;`;
const PRINT = `
  require('node:fs').writeSync(1, rows.map((row) => Object.values(row).join('  ')).join('\\n') + '\\n');`;
const LOAD = `
  const { readFileSync } = require('node:fs');
  const [text, cachedData] = [readFileSync(process.argv[1], 'utf8'), readFileSync(process.argv[1] + '.code')];
  new (require('node:vm').Script)(text, { filename: process.argv[1], cachedData }).runInThisContext()();`;
const bare = (text, file) => [process.execPath, ['-e', text, file]];

const told = (name, count) => `\`ai-ops ${name}\`, ${count.toLocaleString('en')} traces`;
const npm = (args) => [process.execPath, [program, ...args]];
const rows = [
  { name: '`node -e 0`', call: [process.execPath, ['-e', '0']] },
  { name: '`ai-ops --version`', call: [executable, ['--version']] },
  { name: '`ai-ops --help`', call: [executable, ['--help']] },
  { name: '`ai-ops status`, no ledger yet', call: [executable, ['status', ...state('none')]] },
  ...TRACES.map((count) => ({ name: told('status', count), call: [executable, ['status', ...state(`${count}`)]] })),
  { name: '`ai-ops incidents`, 200 in the ledger', call: [executable, ['incidents', ...state('0')]] },
  { name: '`ai-ops --version`, of npm', call: npm(['--version']) },
  ...TRACES.map((count) => ({ name: `${told('status', count)}, of npm`, call: npm(['status', ...state(`${count}`)]) })),
  { name: 'a program that asks for 20 of 1,000 traces and prints them', call: bare(ASK + PRINT, join(place, '1000/ai-ops.sqlite')) },
  { name: 'the same, and unpacks what their names come from', call: bare(ASK + SAMPLES + PRINT, join(place, '1000/ai-ops.sqlite')) },
  { name: 'a program that loads what `status` runs, and runs nothing', call: bare(LOAD, resolve('dist/often.js')) },
].map((row) => ({ ...row, times: [], processor: [] }));
for (const { call } of rows) once(call);
for (let round = 0; round < ROUNDS; round++)
  for (const { call, times, processor } of rows) {
    const before = processorTime();
    times.push(once(call));
    processor.push(processorTime() - before);
  }
rmSync(place, { recursive: true, force: true });

const [floor] = rows;
const against = (value, least) => `${value.toFixed(0)} | ${(value / least).toFixed(2)}`;
const table = rows.map(
  ({ name, times, processor }) =>
    `| ${name} | ${against(median(times), median(floor.times))} | ${against(mean(processor), mean(floor.processor))} |`,
);
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
write([
  '',
  `ai-ops ${version}, Node ${process.versions.node}, ${process.platform}-${process.arch}, ${cpus().length} × ${cpus()[0]?.model.trim()}; medians of ${ROUNDS}, processor time is their mean.`,
  '',
  '| command | ms | × `node -e 0` | processor ms | × |',
  '|---|---|---|---|---|',
  ...table,
  '',
]);

/** @returns {number} milliseconds */
function once([command, args]) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(command, args, { cwd: repository, env: { HOME: place }, encoding: 'utf8' });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stderr}`);
  return ms;
}

/** @returns {number} milliseconds that ended children have used, to a hundredth of a second: only sums of many say much */
function processorTime() {
  if (process.platform !== 'linux') return Number.NaN;
  const fields = readFileSync('/proc/self/stat', 'latin1').split(') ').pop().split(' ');
  // cutime and cstime of proc_pid_stat(5), counted from the field behind the name.
  return (Number(fields[16 - 3]) + Number(fields[17 - 3])) * 10;
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(times) {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

function errors(count) {
  const one = (n) =>
    `2026-03-01 02:00:00,000 ERROR worker: job failed\nTypeError: wrong\n    at step${n} (/srv/app/src/part${n}.js:${n + 1}:7)\n`;
  return Array.from({ length: count }, (_, n) => one(n)).join('');
}

/** One repair of an incident in the ledger as the pipeline writes it, and copies of it at other times. */
async function repaired(dir, count) {
  const ledger = await openLedger({
    dir,
    repository: { name: 'github.com/acme/shop', mark: null },
    clock: () => new Date(),
    retention: { days: 3650, maxTraces: 1_000_000, incidentDays: 3650, maxIncidents: 1_000_000 },
    wasm: () => readFileSync('node_modules/sql.js/dist/sql-wasm.wasm'),
  });
  const incidents = await ledger.incidents();
  const { fingerprint, title } = incidents[0];
  const trace = 'aaaaaaaaaaaa';
  const startedAt = new Date(Date.now() - count * 60_000).toISOString();
  await ledger.begin({ id: trace, fingerprint, title, mode: 'code_blocks', startedAt });
  const timed = { startedAt, endedAt: startedAt, durationMs: 9000, outcome: 'ok' };
  const names = ['claim', 'checkout', 'context', 'baseline', 'fix', 'guard', 'verify', 'commit', 'push', 'request', 'notify'];
  for (const name of names) await ledger.step(trace, { name, ...timed, summary: `${name} went well, with some words about it` });
  const branch = `ai-ops/fix-${fingerprint.slice(3, 15)}`;
  const command = { command: 'npm test', before: { exitCode: 1, durationMs: 4000 }, after: { exitCode: 0, durationMs: 4100 } };
  await ledger.end(trace, {
    ...{ state: 'proposed', endedAt: timed.endedAt, diff: '+ a line of a diff\n'.repeat(100), summary: 'What was wrong. '.repeat(40) },
    outcome: {
      ...{ trace, fingerprint, outcome: 'proposed', reason: 'proposed', code: null, branch, commit: 'a'.repeat(40) },
      request: { url: 'https://github.com/acme/shop/pull/7', number: 7, state: 'open' },
      proof: { level: 'L4', reproduced: 'yes', introduced: null, commands: [command, command] },
      files: [{ path: 'src/part.js', status: 'modified', added: 3, removed: 1 }],
      ...{ guard: [], costUsd: 0.12, turns: 1, durationMs: 90_000, modelMs: 30_000 },
    },
  });
  await ledger.close();
  const database = new DatabaseSync(join(dir, 'ai-ops.sqlite'));
  database.exec('BEGIN');
  const insert = (table, values) => {
    const names = Object.keys(values);
    return database
      .prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `:${name}`).join(', ')})`)
      .run(values);
  };
  const rowsOf = (table, key) => database.prepare(`SELECT * FROM ${table} WHERE ${key} = ?`).all(trace);
  const [first] = rowsOf('traces', 'id');
  const [body] = rowsOf('bodies', 'trace');
  const steps = rowsOf('steps', 'trace');
  for (let n = 1; n < count; n++) {
    const id = n.toString(36).padStart(12, '0');
    const of = incidents[n % incidents.length];
    const begun = new Date(Date.parse(startedAt) + n * 60_000).toISOString();
    insert('traces', { ...first, id, fingerprint: of.fingerprint, title: of.title, started_at: begun, ended_at: begun });
    insert('bodies', { ...body, trace: id });
    for (const step of steps) insert('steps', { ...step, trace: id });
  }
  database.exec('COMMIT');
  database.close();
}

function write(lines) {
  const text = readFileSync('doc/benchmarks.md', 'utf8');
  const marks = /(<!-- start-up -->\n)[\s\S]*?(<!-- \/start-up -->)/;
  writeFileSync(
    'doc/benchmarks.md',
    text.replace(marks, (_, begin, end) => `${begin}${lines.join('\n')}\n${end}`),
  );
  process.stdout.write(`${lines.join('\n')}\n`);
}
