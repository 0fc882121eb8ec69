// `node test/bench/kinds.js [MB]` on a built program: `scan --json` on one log of each kind against `cat f | grep -c ERROR`,
// by processor time, less that of a scan of one line; worst kind first. Every kind has its own head, levels and traces, and
// calm lines with the words of errors; the same seed gives the same bytes. It tells whether the counts are right.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BYTES = Number(process.argv[2] ?? 20) * 1e6;
const RUNS = 3;
const NAMES = 'ada ben cleo dan eve finn gus hana ines jo kai lea mo nina otto pia'.split(' ');

function random(seed) {
  let state = seed;
  const below = (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const of = (list) => list[below(list.length)];
  return { below, of, id: () => (below(2 ** 31) + 2 ** 31).toString(36), user: () => of(NAMES) + (below(2) ? below(999) : '') };
}

const two = (n) => String(n).padStart(2, '0');
const clock = (n) => `${two(Math.floor(n / 360_000) % 24)}:${two(Math.floor(n / 6000) % 60)}:${two(Math.floor(n / 100) % 60)}`;
const stamp = (n) => `2026-03-01 ${clock(n)},${String(n % 1000).padStart(3, '0')}`;
const iso = (n) => `${stamp(n).replace(' ', 'T').replace(',', '.')}Z`;

const calm = (r) =>
  r.of([
    () => `order ${r.below(1e6)} of ${r.user()} paid, errors=0`,
    () => `GET /api/errors/${r.below(1e5)} 200 in ${r.below(900)} ms`,
    () => `cache hit for ${r.id()}, no error`,
    () => `registered GlobalExceptionHandler, ${r.below(40)} routes`,
    () => `sent mail ${r.id()} to ${r.user()}@example.com`,
    () => `pool total=${r.below(20)} active=${r.below(9)} failed=0`,
  ])();
const java = (r) => [
  `java.lang.IllegalStateException: no price for ${r.below(1e6)}`,
  '\tat com.acme.Prices.of(Prices.java:42)',
  '\tat com.acme.Shop.place(Shop.java:118)',
];
const python = (r) => [
  'Traceback (most recent call last):',
  '  File "/srv/app/orders.py", line 87, in create',
  '    total = price * int(quantity)',
  `ValueError: invalid literal for int() with base 10: 'x${r.below(1e6)}'`,
];
const level = (r) => r.of(['INFO ', 'INFO ', 'DEBUG', 'WARN ']);
const bugs = ['cannot load the basket', 'cannot charge the card', 'cannot send the invoice'];
const docker = (line, n) => JSON.stringify({ log: `${line}\n`, stream: 'stderr', time: iso(n) });

/** Each gives the lines of record `n`; `bug` is the number of the bug that it tells of, or nothing. */
const KINDS = {
  log4j: (r, n, bug) => [
    `${stamp(n)} ${bug === undefined ? `${level(r)} [exec-${r.below(99)}] shop - ${calm(r)}` : `ERROR [exec-${r.below(99)}] shop - ${bugs[bug]} of ${r.below(1e6)}`}`,
  ],
  'log4j, a trace below': (r, n, bug) =>
    bug === undefined
      ? [`${stamp(n)} ${level(r)} [exec-1] shop - ${calm(r)}`]
      : [
          `${stamp(n)} ERROR [exec-${r.below(99)}] shop - ${bugs[bug]}`,
          ...java(r).map((line) => line.replace('place', `place${'ABC'[bug]}`)),
        ],
  pino: (r, n, bug) => [
    JSON.stringify({
      level: bug === undefined ? 30 : 50,
      time: 1_767_323_045_678 + n,
      pid: 7,
      err: null,
      msg: bug === undefined ? calm(r) : `${bugs[bug]} of ${r.below(1e6)}`,
    }),
  ],
  logfmt: (r, n, bug) => [
    `time="${iso(n)}" level=${bug === undefined ? r.of(['info', 'debug', 'warning']) : 'error'} msg="${bug === undefined ? calm(r) : `${bugs[bug]} of ${r.below(1e6)}`}" tenant=${r.below(99)}`,
  ],
  klog: (r, n, bug) => [
    `${bug === undefined ? r.of(['I', 'W']) : 'E'}0301 ${clock(n)}.${String(n % 1e6).padStart(6, '0')}    12 pod.go:${r.below(400)}] ${bug === undefined ? calm(r) : `${bugs[bug]} of pod ${r.id()}-7`}`,
  ],
  'access log': (r, n, bug) => [
    `10.0.${r.below(256)}.${r.below(256)} - ${r.of(['-', r.user()])} [01/Mar/2026:${clock(n)} +0000] "GET /${bug === undefined ? r.of(['error', 'items', 'docs']) : ['basket', 'card', 'invoice'][bug]}/${r.below(1e5)} HTTP/1.1" ${bug === undefined ? r.of([200, 200, 304, 404]) : 500} ${r.below(1e5)} "-" "curl/8.${r.below(9)}.0"`,
  ],
  docker: (r, n, bug) => [
    docker(`${stamp(n)} ${bug === undefined ? `${level(r)} ${calm(r)}` : `ERROR ${bugs[bug]} of ${r.below(1e6)}`}`, n),
  ],
  'CRI, a trace below': (r, n, bug) =>
    (bug === undefined
      ? [`${stamp(n)} ${level(r)} ${calm(r)}`]
      : [`${stamp(n)} ERROR ${bugs[bug]}`, ...python(r).map((line) => line.replace('create', `create_${'abc'[bug]}`))]
    ).map((line) => `${iso(n).replace('Z', '123456Z')} stderr F ${line}`),
  syslog: (r, n, bug) => [
    `Mar  1 ${clock(n)} web${1 + r.below(3)} ${bug === undefined ? `shop[${800 + r.below(3)}]: ${calm(r)}` : `shop[801]: ERROR ${bugs[bug]} of ${r.below(1e6)}`}`,
  ],
  compose: (r, n, bug) => [
    `${r.of(['web-1   ', 'worker-1'])} | ${stamp(n)} ${bug === undefined ? `${level(r)} ${calm(r)}` : `ERROR ${bugs[bug]} of ${r.below(1e6)}`}`,
  ],
  'log4j, one in ten an error': (r, n, bug) => KINDS.log4j(r, n, bug ?? (r.below(10) === 0 ? r.below(3) : undefined)),
};

const place = mkdtempSync(join(tmpdir(), 'ai-ops-kinds-'));
try {
  const one = join(place, 'one.log');
  writeFileSync(one, 'x\n');
  const start = least(() => scan(one)).ms;
  const rows = Object.entries(KINDS).map(([name, lines], seed) => row(name, lines, seed + 1, start));
  rows.sort((a, b) => b.ratio - a.ratio);
  process.stdout.write('| kind | × grep | µs a line | peak MB | counts |\n|---|---|---|---|---|\n');
  for (const { name, ratio, each, peak, isRight } of rows)
    process.stdout.write(`| ${name} | ${ratio.toFixed(1)} | ${each.toFixed(2)} | ${peak.toFixed(0)} | ${isRight ? 'right' : 'wrong'} |\n`);
} finally {
  rmSync(place, { recursive: true, force: true });
}

function row(name, lines, seed, start) {
  const file = join(place, 'kind.log');
  const { count, wanted } = write(file, lines, seed);
  const ours = least(() => scan(file));
  const grep = least(() => measured('sh', ['-c', 'cat "$1" | grep -c ERROR', 'sh', file]));
  const found = ours.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).count);
  const isRight = found.sort((a, b) => a - b).join() === wanted.sort((a, b) => a - b).join();
  const ms = Math.max(0, ours.ms - start);
  return { name, ratio: ms / grep.ms, each: (ms / count) * 1000, peak: ours.peak, isRight };
}

function write(file, lines, seed) {
  const r = random(seed);
  const descriptor = openSync(file, 'w');
  const counts = [0, 0, 0];
  let [size, count] = [0, 0];
  for (let n = 0; size < BYTES; n++) {
    let bug = r.below(500) === 0 ? r.below(3) : undefined;
    let text = lines(r, n, bug).join('\n');
    if (bug === undefined && text.includes(' ERROR ')) bug = bugs.findIndex((words) => text.includes(words));
    if (bug !== undefined) counts[bug]++;
    text += '\n';
    size += writeSync(descriptor, text);
    count += text.split('\n').length - 1;
  }
  closeSync(descriptor);
  return { count, wanted: counts };
}

function scan(file) {
  return measured(process.execPath, ['dist/main.js', 'scan', '--json', file]);
}

/** Processor time and peak of a child, with what it printed: `/usr/bin/env time` is not everywhere, Python is asked. */
function measured(program, args) {
  const script =
    'import resource,subprocess,sys,json\np=subprocess.run(sys.argv[1:],stdout=subprocess.PIPE)\nu=resource.getrusage(resource.RUSAGE_CHILDREN)\nprint(json.dumps([u.ru_utime+u.ru_stime,u.ru_maxrss,p.stdout.decode()]))';
  const { stdout } = spawnSync('python3', ['-c', script, program, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const [seconds, peak, text] = JSON.parse(stdout);
  return { ms: seconds * 1000, peak: peak / 1024, text };
}

function least(run) {
  const runs = Array.from({ length: RUNS }, run);
  return runs.reduce((best, other) => (other.ms < best.ms ? other : best));
}
