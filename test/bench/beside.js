// What a watcher costs beside a service that goes on for ever: processor time and wake-ups with idle files, and with lines
// of four kinds at two rates, `tail -F f | grep` on the same file in the same run; then the time from a line to its incident.
// Linux only (`/proc`). `node test/bench/beside.js [--seconds N]` on a built program prints the tables; `--idle`, `--kinds` and
// `--rates` name parts of them, with commas between.
import { spawn } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const PROGRAM = join('bin', 'ai-ops.cjs');
/** A service writes so often, whatever is due. */
const TICK_MS = 5;
const ERROR_EVERY = 500;
const MARK_EVERY_MS = 200;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    idle: { type: 'string', default: '1,200' },
    kinds: { type: 'string', default: 'log4j,pino,syslog,CRI' },
    rates: { type: 'string', default: '1000,10000' },
  },
});
const seconds = Number(values.seconds);
const listed = (text) => text.split(',').filter((part) => part !== '');

/** What varies in lines: numbers, names and ids by a fixed rule, so that each run writes the same. */
const pick = (n, words) => words[(n * 2654435761) % words.length];
const id = (n) => ((n * 2654435761) % 2 ** 32).toString(16).padStart(8, '0');
const WHO = ['anna', 'bob', 'chen', 'dmitri', 'elena17', 'farid', 'grace402', 'hiro'];
const calm = (n) =>
  [
    `order ${n * 7919} placed by ${pick(n, WHO)} total=${(n % 9000) / 100} EUR`,
    `GET /api/v2/items/${n * 31}?page=${n % 40} 200 ${n % 977}ms`,
    `session ${id(n)}${id(n + 1)} opened for ${pick(n + 3, WHO)}@example.com from 10.1.${n % 256}.${n % 250}`,
    `batch ${n} finished: processed=${n % 10_000} failed=0 errors=0 took=${n % 800}ms`,
    `query took ${n % 300} ms: select id, name from items where id in (${n}, ${n + 5})`,
    `cache hit key=user:${n}:profile ttl=${n % 3600}s`,
    `loaded bundle errors.properties (${n % 900} keys) for tenant acme-${n % 70}`,
    `upstream 10.2.0.${n % 250}:8080 healthy, error rate 0.00${n % 90}% below threshold`,
  ][(n * 2654435761) % 8];
const failed = (n) => `charge of order ${n * 7919} for ${pick(n, WHO)} refused by 10.3.0.${n % 250}`;
const at = (n) => new Date(1_772_352_000_000 + n).toISOString();

/** A line of each kind from its level and its text. */
const KINDS = {
  log4j: (n, isError, text) =>
    `${at(n).replace('T', ' ').replace('.', ',').slice(0, -1)} ${isError ? 'ERROR' : pick(n, ['INFO ', 'INFO ', 'DEBUG', 'WARN '])} [http-exec-${n % 40}] c.acme.pay.Gateway - ${text}\n`,
  pino: (n, isError, text) =>
    `${JSON.stringify({ level: isError ? 50 : pick(n, [30, 30, 20, 40]), time: 1_772_352_000_000 + n, pid: 4127, hostname: 'web-1', reqId: id(n), err: isError ? undefined : null, msg: text })}\n`,
  syslog: (n, isError, text) =>
    `${new Date(1_772_352_000_000 + n).toUTCString().replace(/^\w+, (\d+) (\w+) \d+ ([\d:]+) GMT$/, '$2 $1 $3')} web${n % 3} ${
      isError
        ? `shop[801]: ERROR ${text}`
        : pick(n, [
            `shop[801]: ${text}`,
            `CRON[${n % 90_000}]: (root) CMD (run-parts --report /etc/cron.hourly)`,
            `sshd[${n % 90_000}]: Accepted publickey for ${pick(n, WHO)} from 10.1.0.${n % 250} port ${n % 60_000} ssh2`,
            `systemd[1]: Started session-${n}.scope - Session ${n} of user ${pick(n, WHO)}.`,
          ])
    }\n`,
  CRI: (n, isError, text) =>
    `${at(n).slice(0, -1)}${String(n % 1_000_000).padStart(6, '0')}Z ${pick(n, ['stdout', 'stderr'])} F ${at(n)} ${isError ? 'ERROR' : pick(n, ['INFO', 'INFO', 'DEBUG', 'WARN'])} [web] ${text}\n`,
};

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

function busyMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Of all threads: each time one of them had waited and went on. */
function wakes(pid) {
  const counts = readdirSync(`/proc/${pid}/task`).map((thread) => {
    const status = readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8');
    return Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(status)[1]);
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

const peakMb = (pid) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

/** Shares of a core and wake-ups a second of each group of processes while `act` runs. */
async function during(groups, act) {
  const sum = (pids, of) => pids.reduce((total, pid) => total + of(pid), 0);
  const before = groups.map((pids) => [sum(pids, busyMs), sum(pids, wakes)]);
  const began = performance.now();
  await act();
  const took = performance.now() - began;
  return groups.map((pids, index) => ({
    share: (sum(pids, busyMs) - before[index][0]) / took,
    wakes: ((sum(pids, wakes) - before[index][1]) * 1000) / took,
  }));
}

async function watcher(place, logs) {
  const child = spawn(process.execPath, [PROGRAM, 'watch', '--dry-run', '--json', ...logs, '--state-dir', join(place, 'state')]);
  const ready = Promise.withResolvers();
  const heard = new Map();
  let rest = '';
  child.stderr.resume();
  child.stdout.setEncoding('utf8').on('data', (text) => {
    const now = performance.now();
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      if (line.startsWith('{"kind":"ready"')) ready.resolve();
      const mark = line.startsWith('{"kind":"incident"') ? /mark ([a-z]{6}) is lost/.exec(line)?.[1] : undefined;
      if (mark) heard.set(mark, now);
    }
  });
  await ready.promise;
  return { child, heard };
}

/** `tail -F f | grep ERROR`, whatever it prints. */
function tailAndGrep(log) {
  const tail = spawn('tail', ['-n', '0', '-F', log], { stdio: ['ignore', 'pipe', 'ignore'] });
  const grep = spawn('grep', ['--line-buffered', 'ERROR\\|"level":50'], { stdio: [tail.stdout, 'ignore', 'ignore'] });
  return [tail, grep];
}

async function end(children) {
  const gone = children.map((child) => new Promise((resolve) => child.once('exit', resolve)));
  for (const child of children) child.kill('SIGTERM');
  await Promise.all(gone);
}

/** Writes for so many seconds at a steady rate, in the rhythm of a service. */
async function write(descriptor, kind, linesPerSecond, lasting, from, besides = () => '') {
  const began = performance.now();
  let n = 0;
  for (let ticks = 1; n < linesPerSecond * lasting; ticks++) {
    const due = Math.min(linesPerSecond * lasting, ((performance.now() - began) / 1000) * linesPerSecond);
    let text = '';
    for (; n < due; n++) {
      const isError = (from + n) % ERROR_EVERY === 250;
      text += KINDS[kind](from + n, isError, isError ? failed(from + n) : calm(from + n));
    }
    text += besides();
    if (text !== '') writeSync(descriptor, text);
    await pause(began + ticks * TICK_MS - performance.now());
  }
}

/** Six letters, another word for each number. */
const word = (n) =>
  Array.from({ length: 6 }, (_, place) => 'bcdfghjklmnpqrstvwxz'[Math.floor((n * 7919 + 31) / 20 ** place) % 20]).join('');

function marks(kind) {
  const written = new Map();
  let next = 0;
  return {
    written,
    due: () => {
      const now = performance.now();
      if (now < next) return '';
      next = now + MARK_EVERY_MS;
      const mark = word(written.size);
      written.set(mark, now);
      const text = KINDS[kind](written.size, true, `mark ${mark} is lost`);
      return text + KINDS[kind](written.size, false, calm(written.size));
    },
  };
}

async function idle(place, count) {
  const here = join(place, `idle-${count}`);
  mkdirSync(here);
  const logs = Array.from({ length: count }, (_, n) => join(here, `service-${n}.log`));
  for (const log of logs) writeFileSync(log, KINDS.log4j(1, false, calm(1)));
  const { child } = await watcher(here, [join(here, '*.log')]);
  // As in life: they have been written to, and are quiet since.
  for (const log of logs) appendFileSync(log, KINDS.log4j(2, false, calm(2)));
  await pause(8000);
  const [fresh] = await during([[child.pid]], () => pause(seconds * 1000));
  await pause(70_000 - 8000 - seconds * 1000);
  const [cost] = await during([[child.pid]], () => pause(seconds * 1000));
  const peak = peakMb(child.pid);
  await end([child]);
  return { count, fresh, cost, peak };
}

async function beside(place, kind, linesPerSecond) {
  const here = join(place, `${kind}-${linesPerSecond}`);
  mkdirSync(here);
  const log = join(here, 'app.log');
  writeFileSync(log, '');
  const { child, heard } = await watcher(here, [log]);
  const peers = tailAndGrep(log);
  const descriptor = openSync(log, 'a');
  await write(descriptor, kind, linesPerSecond, 5, 0);
  const [cost, peer] = await during([[child.pid], peers.map(({ pid }) => pid)], () =>
    write(descriptor, kind, linesPerSecond, seconds, 5 * linesPerSecond),
  );
  const { written, due } = marks(kind);
  await write(descriptor, kind, linesPerSecond, 10, (5 + seconds) * linesPerSecond, due);
  for (let wait = 0; heard.size < written.size && wait < 5000; wait += 20) await pause(20);
  closeSync(descriptor);
  const peak = peakMb(child.pid);
  await end([child, ...peers]);
  const late = [...written].flatMap(([mark, when]) => (heard.has(mark) ? [heard.get(mark) - when] : [])).sort((a, b) => a - b);
  const share = (part) => late[Math.min(late.length - 1, Math.floor(late.length * part))] ?? Number.NaN;
  return {
    kind,
    linesPerSecond,
    cost,
    peer,
    peak,
    seen: `${late.length}/${written.size}`,
    p50: share(0.5),
    p95: share(0.95),
    max: share(1),
  };
}

const percent = (share) => `${(share * 100).toFixed(1)} %`;
const place = mkdtempSync(join(tmpdir(), 'ai-ops-bench-beside-'));
try {
  console.log('| idle files | 8 s after a line in each: of a core, wake-ups/s | after a minute | peak, MB |\n|---|---|---|---|');
  for (const count of listed(values.idle).map(Number)) {
    const { fresh, cost, peak } = await idle(place, count);
    const told = [fresh, cost].map(({ share, wakes: woken }) => `${percent(share)}, ${woken.toFixed(0)}`);
    console.log(`| ${[count, ...told, peak.toFixed(0)].join(' | ')} |`);
  }
  console.log(
    '\n| lines | a second | of a core | wake-ups/s | `tail -F f \\| grep` | peak, MB | marks seen | p50, ms | p95, ms | max, ms |\n|---|---|---|---|---|---|---|---|---|---|',
  );
  for (const kind of listed(values.kinds)) {
    for (const rate of listed(values.rates).map(Number)) {
      const { cost, peer, peak, seen, p50, p95, max } = await beside(place, kind, rate);
      const cells = [
        kind,
        rate.toLocaleString('en'),
        percent(cost.share),
        cost.wakes.toFixed(0),
        percent(peer.share),
        peak.toFixed(0),
        seen,
      ];
      console.log(`| ${[...cells, ...[p50, p95, max].map((ms) => ms.toFixed(0))].join(' | ')} |`);
    }
  }
} finally {
  rmSync(place, { recursive: true, force: true });
}
