// `npm run bench:start [EXECUTABLE]`: how long the packaged program takes to say its version and to list traces, against
// `node -e 0` in the same run. The runs alternate, so that a slow moment of the machine meets all alike.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROUNDS = 31;
const executable = resolve(process.argv[2] ?? `build/ai-ops-linux-${process.arch}`);
if (!existsSync(executable)) {
  process.stderr.write(`no ${executable}: run \`npm run package\` first\n`);
  process.exit(2);
}

const place = mkdtempSync(join(tmpdir(), 'ai-ops-bench-'));
const state = ['--state-dir', join(place, 'state')];
const log = join(place, 'app.log');
writeFileSync(log, errors(200));
// A ledger that holds something: 200 distinct errors.
once([executable, ['watch', '--once', '--dry-run', '--from', 'start', ...state, log]]);

const rows = [
  { name: '`node -e 0`', call: [process.execPath, ['-e', '0']] },
  { name: '`ai-ops --version`', call: [executable, ['--version']] },
  { name: '`ai-ops --help`', call: [executable, ['--help']] },
  { name: '`ai-ops status`', call: [executable, ['status', ...state]] },
  { name: '`ai-ops incidents`, 200 in the ledger', call: [executable, ['incidents', ...state]] },
].map((row) => ({ ...row, times: [] }));
for (const { call } of rows) once(call);
for (let round = 0; round < ROUNDS; round++) for (const { call, times } of rows) times.push(once(call));
rmSync(place, { recursive: true, force: true });

const floor = median(rows[0].times);
const table = rows.map(({ name, times }) => `| ${name} | ${median(times).toFixed(0)} | ${(median(times) / floor).toFixed(2)} |`);
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
write([
  '',
  `ai-ops ${version}, Node ${process.versions.node}, ${process.platform}-${process.arch}, ${cpus().length} × ${cpus()[0]?.model.trim()}; medians of ${ROUNDS}.`,
  '',
  '| command | ms | × `node -e 0` |',
  '|---|---|---|',
  ...table,
  '',
]);

/** @returns {number} milliseconds */
function once([program, args]) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(program, args, { cwd: place, env: { HOME: place }, encoding: 'utf8' });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}: ${stderr}`);
  return ms;
}

function median(times) {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

function errors(count) {
  const one = (n) =>
    `2026-03-01 02:00:00,000 ERROR worker: job failed\nTypeError: wrong\n    at step${n} (/srv/app/src/part${n}.js:${n + 1}:7)\n`;
  return Array.from({ length: count }, (_, n) => one(n)).join('');
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
