// A topic and a journal, each read by its own tool and by `ai-ops scan` in one run, and what it costs to follow each while nothing
// comes. The broker is that of librdkafka, in memory (Debian's kcat); the journal is made by systemd-journal-remote. What is not
// installed is left out, and says so.
// node test/bench/sources.js [LINES]
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const COUNT = Number(process.argv[2] ?? 100_000);
const IDLE_SECONDS = 20;
const place = mkdtempSync(join(tmpdir(), 'ai-ops-sources-'));
const started = [];
const has = (program, ...argv) => spawnSync(program, argv, { stdio: 'ignore' }).status === 0;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** One line in forty begins a trace of four. */
const line = (at) =>
  [
    `2026-03-01 10:00:00,000 ERROR order ${at} failed`,
    "TypeError: Cannot read properties of undefined (reading 'price')",
    '    at total (/srv/app/src/orders.js:2:21)',
    '    at placeOrder (/srv/app/src/orders.js:30:5)',
  ][at % 40] ??
  `2026-03-01 10:00:00,000 INFO order ${at} came from 10.0.0.${at % 256} and was taken in ${at % 90} ms by the till of the shop`;

/** What one reading takes. The broker has to be heard meanwhile, so nothing may stand still. */
async function run(name, program, argv, input) {
  const began = performance.now();
  const child = spawn(program, argv, { stdio: [input === undefined ? 'ignore' : 'pipe', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (part) => {
    said += part;
  });
  child.stdin?.end(input);
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${name}: ${said}`);
  return { name, seconds: (performance.now() - began) / 1000 };
}

async function idle(source) {
  const watcher = spawn(
    process.execPath,
    ['dist/main.js', 'watch', source, '--dry-run', '--from', 'end', '--state-dir', join(place, 'state')],
    {
      stdio: 'ignore',
    },
  );
  await pause(8000);
  const ticks = () =>
    readFileSync(`/proc/${watcher.pid}/stat`, 'utf8')
      .split(') ')[1]
      .split(' ')
      .slice(11, 13)
      .reduce((sum, one) => sum + Number(one), 0);
  const before = ticks();
  await pause(IDLE_SECONDS * 1000);
  const ms = (ticks() - before) * 10;
  watcher.kill('SIGTERM');
  await new Promise((resolve) => watcher.once('exit', resolve));
  return ms;
}

function table(what, rows, idleMs) {
  console.log(`\n${what}, ${COUNT.toLocaleString('en')} lines\n\n| reader | time | lines a second |\n|---|---|---|`);
  for (const { name, seconds } of rows)
    console.log(`| ${name} | ${seconds.toFixed(1)} s | ${Math.round(COUNT / seconds).toLocaleString('en')} |`);
  console.log(`\nfollowing it while nothing comes, ${IDLE_SECONDS} s: ${idleMs} ms of processor time`);
}

async function kafka() {
  if (!has('kcat', '-V')) return console.log('kcat is not installed: no topic');
  const broker = spawn('kcat', ['-P', '-b', 'x:1', '-t', 't', '-X', 'test.mock.num.brokers=1', '-X', 'debug=mock', '-v'], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  started.push(broker);
  const server = await new Promise((resolve) => {
    let text = '';
    broker.stderr.setEncoding('utf8').on('data', (part) => {
      text += part;
      const found = /bootstrap\.servers=(127\.0\.0\.1:\d+)/.exec(text);
      if (found) resolve(found[1]);
    });
  });
  broker.stderr.removeAllListeners('data').resume();
  const input = Array.from({ length: COUNT }, (_, at) => line(at)).join('\n');
  await run('kcat -P', 'kcat', ['-P', '-b', server, '-t', 'lines', '-p', '0'], input);
  const rows = [
    await run('kcat -C -e', 'kcat', ['-C', '-b', server, '-t', 'lines', '-p', '0', '-o', 'beginning', '-e', '-q']),
    await run('ai-ops scan', process.execPath, ['dist/main.js', 'scan', `kafka://${server}/lines`, '--quiet']),
  ];
  table('A topic', rows, await idle(`kafka://${server}/lines`));
}

async function journal() {
  const remote = ['/lib/systemd/systemd-journal-remote', '/usr/lib/systemd/systemd-journal-remote'].find((file) => existsSync(file));
  if (remote === undefined || !has('journalctl', '--version')) return console.log('systemd-journal-remote is not installed: no journal');
  const file = join(place, 'one.journal');
  const entries = Array.from({ length: COUNT }, (_, at) => {
    const time = 1_772_359_200_000_000 + at * 1000;
    return `__REALTIME_TIMESTAMP=${time}\n__MONOTONIC_TIMESTAMP=${at + 1}\n_BOOT_ID=0123456789abcdef0123456789abcdef\n_SYSTEMD_UNIT=shop.service\n_PID=7\n_TRANSPORT=stdout\nPRIORITY=6\nMESSAGE=${line(at)}\n`;
  }).join('\n');
  const made = spawnSync(remote, [`--output=${file}`, '-'], { input: `${entries}\n`, maxBuffer: 1e9 });
  if (made.status !== 0) return console.log(`systemd-journal-remote: ${made.stderr}`);
  const argv = ['--file', file, '-o', 'json', '--no-pager', '-q'];
  const output = spawnSync('journalctl', argv, { maxBuffer: 1e9 }).stdout;
  const rows = [
    await run('journalctl -o json', 'journalctl', argv),
    await run('the same, piped into ai-ops scan', '/bin/sh', [
      '-c',
      `journalctl ${argv.join(' ')} | ${process.execPath} dist/main.js scan - --quiet`,
    ]),
  ];
  console.log(
    `\nA journal, ${COUNT.toLocaleString('en')} lines, ${(output.length / 1e6).toFixed(0)} MB of JSON\n\n| reader | time | lines a second |\n|---|---|---|`,
  );
  for (const { name, seconds } of rows)
    console.log(`| ${name} | ${seconds.toFixed(1)} s | ${Math.round(COUNT / seconds).toLocaleString('en')} |`);
}

try {
  await kafka();
  await journal();
} finally {
  for (const child of started) child.kill('SIGKILL');
  rmSync(place, { recursive: true, force: true });
}
