// Each source of logs read by its own tool and by ai-ops, one after the other in one run, and what it costs to follow each while
// nothing comes. Processor time is told beside the clock: a machine with other work changes that less. Kafka's broker is librdkafka's,
// in memory (Debian's kcat); the journal is made by systemd-journal-remote; Docker is a real daemon where `docker info` has one and
// BENCH_IMAGE names an image with `cat` in it, else a program that prints what `docker logs --timestamps` prints; servers answer
// from memory, so that they are not what is measured. What is not installed is left out, and says so.
// node test/bench/sources.js [LINES] [SOURCE...]
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const COUNT = Number(process.argv[2] ?? 100_000);
const WANTED = process.argv.slice(3);
const IDLE_SECONDS = 20;
const FILES = 200;
const ISSUES = 500;
const START = Date.now() - COUNT * 10 - 600_000;
const place = mkdtempSync(join(tmpdir(), 'ai-ops-sources-'));
const bin = join(place, 'bin');
mkdirSync(bin);
const env = { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) };
const ended = [() => rmSync(place, { recursive: true, force: true })];
const has = (program, ...argv) => spawnSync(program, argv, { stdio: 'ignore', env }).status === 0;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const AI_OPS = [process.execPath, 'dist/main.js'];
let states = 0;
/** A state directory that nobody has used. */
const fresh = () => {
  states += 1;
  return ['--state-dir', join(place, `state-${states}`)];
};

/** One line in forty begins a trace of four. */
const line = (at) =>
  [
    `2026-03-01 10:00:00,000 ERROR order ${at} failed`,
    "TypeError: Cannot read properties of undefined (reading 'price')",
    '    at total (/srv/app/src/orders.js:2:21)',
    '    at placeOrder (/srv/app/src/orders.js:30:5)',
  ][at % 40] ??
  `2026-03-01 10:00:00,000 INFO order ${at} came from 10.0.0.${at % 256} and was taken in ${at % 90} ms by the till of the shop`;
const LINES = Array.from({ length: COUNT }, (_, at) => line(at));
const timeOf = (at) => START + at * 10;

/** What one reading takes, with all that it starts. Servers have to be heard meanwhile, so nothing may stand still. */
async function run(name, argv, input) {
  const child = spawn('/bin/bash', ['-c', 'TIMEFORMAT="%3R %3U %3S"; time "$@" > /dev/null', 'bash', ...argv], {
    stdio: [input === undefined ? 'ignore' : 'pipe', 'ignore', 'pipe'],
    env,
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (part) => {
    said += part;
  });
  child.stdin?.end(input);
  const code = await new Promise((resolve) => child.once('close', resolve));
  const [seconds, user, system] = said.trim().split('\n').at(-1).split(' ').map(Number);
  if (code !== 0 || Number.isNaN(system)) throw new Error(`${name}: ${said}`);
  return { name, seconds, processor: user + system };
}

/** Processor time of a watcher and of what it has started in a minute in which nothing comes. */
async function idle(argv, more = {}) {
  const watcher = spawn(AI_OPS[0], [AI_OPS[1], 'watch', ...argv, '--dry-run', '--from', 'end', ...fresh()], {
    stdio: 'ignore',
    env: { ...env, ...more },
  });
  await pause(8000);
  const before = ticksBelow(watcher.pid);
  await pause(IDLE_SECONDS * 1000);
  const ms = (ticksBelow(watcher.pid) - before) * 10;
  watcher.kill('SIGTERM');
  await new Promise((resolve) => watcher.once('exit', resolve));
  return `${Math.round((ms * 60) / IDLE_SECONDS)} ms of processor time`;
}

/** proc(5): parent, then user and system time, own and of children that have ended, are fields 4 and 14 to 17. */
function ticksBelow(pid) {
  const all = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const fields = readFileSync(`/proc/${name}/stat`, 'latin1').split(') ').at(-1).split(' ');
      return [{ pid: Number(name), parent: Number(fields[1]), ticks: fields.slice(11, 15).reduce((sum, one) => sum + Number(one), 0) }];
    } catch {
      return []; // it has ended meanwhile
    }
  });
  const below = (one) => one.ticks + all.filter(({ parent }) => parent === one.pid).reduce((sum, child) => sum + below(child), 0);
  return below(all.find((one) => one.pid === pid));
}

/** @param idleCost of a minute in which nothing comes, in words */
function show(what, count, rows, idleCost) {
  console.log(`\n${what}\n\n| reader | time | processor time | a second of processor time |\n|---|---|---|---|`);
  for (const { name, seconds, processor } of rows)
    console.log(
      `| ${name} | ${seconds.toFixed(1)} s | ${processor.toFixed(1)} s | ${Math.round(count / processor).toLocaleString('en')} |`,
    );
  console.log(`\nfollowing it for a minute in which nothing comes: ${idleCost}`);
}

async function files() {
  const log = join(place, 'app.log');
  writeFileSync(log, `${LINES.join('\n')}\n`);
  const rows = [
    await run('`grep -c ERROR`', ['grep', '-c', 'ERROR', log]),
    await run('`ai-ops scan`', [...AI_OPS, 'scan', log, '--quiet']),
  ];
  for (let at = 0; at < FILES; at += 1) writeFileSync(join(place, `many-${at}.log`), 'begun\n');
  const one = await idle([log]);
  show(`A file, ${COUNT.toLocaleString('en')} lines`, COUNT, rows, `${one}; ${FILES} files: ${await idle([join(place, 'many-*.log')])}`);
}

async function kafka() {
  if (!has('kcat', '-V')) return console.log('\nkcat is not installed: no topic');
  const broker = spawn('kcat', ['-P', '-b', 'x:1', '-t', 't', '-X', 'test.mock.num.brokers=1', '-X', 'debug=mock', '-v'], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  ended.push(() => broker.kill('SIGKILL'));
  const server = await new Promise((resolve) => {
    let text = '';
    broker.stderr.setEncoding('utf8').on('data', (part) => {
      text += part;
      const found = /bootstrap\.servers=(127\.0\.0\.1:\d+)/.exec(text);
      if (found) resolve(found[1]);
    });
  });
  broker.stderr.removeAllListeners('data').resume();
  await run('kcat -P', ['kcat', '-P', '-b', server, '-t', 'lines', '-p', '0'], LINES.join('\n'));
  const rows = [
    await run('`kcat -C -e`', ['kcat', '-C', '-b', server, '-t', 'lines', '-p', '0', '-o', 'beginning', '-e', '-q']),
    await run('`ai-ops scan kafka://…`', [...AI_OPS, 'scan', `kafka://${server}/lines`, '--quiet']),
  ];
  show(`A topic, ${COUNT.toLocaleString('en')} records`, COUNT, rows, await idle([`kafka://${server}/lines`]));
}

async function journal() {
  const remote = ['/lib', '/usr/lib', process.env.BENCH_SYSTEMD ?? '/lib']
    .map((dir) => `${dir}/systemd/systemd-journal-remote`)
    .find((file) => existsSync(file));
  if (remote === undefined || !has('journalctl', '--version')) return console.log('\nsystemd-journal-remote is not installed: no journal');
  const file = join(place, 'one.journal');
  const entries = LINES.map(
    (text, at) =>
      `__REALTIME_TIMESTAMP=${1_772_359_200_000_000 + at * 1000}\n__MONOTONIC_TIMESTAMP=${at + 1}\n_BOOT_ID=0123456789abcdef0123456789abcdef\n_SYSTEMD_UNIT=shop.service\n_PID=7\n_TRANSPORT=stdout\nPRIORITY=6\nMESSAGE=${text}\n`,
  ).join('\n');
  const made = spawnSync(remote, [`--output=${file}`, '-'], { input: `${entries}\n`, maxBuffer: 1e9 });
  if (made.status !== 0) return console.log(`\nsystemd-journal-remote: ${made.stderr}`);
  const read = ['journalctl', '--file', file, '-o', 'json', '--no-pager', '-q'];
  const config = join(place, 'journal.json');
  const command = [...read, '--no-tail', '-f', '--cursor={cursor}'];
  writeFileSync(config, JSON.stringify({ logs: [{ command, first: ['--since=@{started}'], cursor: '__CURSOR', id: '__CURSOR' }] }));
  const rows = [
    await run('`journalctl -o json`', read),
    await run('the same, piped into `ai-ops scan -`', ['/bin/sh', '-c', `${read.join(' ')} | ${AI_OPS.join(' ')} scan - --quiet`]),
    await run('`ai-ops watch --once`, with the cursor of each entry', [
      ...[...AI_OPS, 'watch', '--once', '--dry-run', '--from', 'start', '--quiet', '--config', config],
      ...fresh(),
    ]),
  ];
  show(`A journal, ${COUNT.toLocaleString('en')} entries`, COUNT, rows, await idle(['--config', config]));
}

async function docker() {
  const image = process.env.BENCH_IMAGE;
  const log = join(place, 'docker.log');
  writeFileSync(log, `${LINES.join('\n')}\n`);
  const isReal = image !== undefined && has('docker', 'info');
  const name = `ai-ops-bench-${process.pid}`;
  if (isReal) {
    const made = spawnSync('docker', ['create', '--name', name, '--network', 'none', image, 'cat', '/tmp/docker.log'], { env });
    if (made.status !== 0) return console.log(`\ndocker: ${made.stderr}`);
    ended.push(() => spawnSync('docker', ['rm', '-f', name], { env }));
    spawnSync('docker', ['cp', log, `${name}:/tmp/docker.log`], { env });
    spawnSync('docker', ['start', '-a', name], { env, stdio: 'ignore' });
  } else {
    const stamped = LINES.map(
      (text, at) => `${new Date(timeOf(at)).toISOString().slice(0, -1)}${String(at % 1e6).padStart(6, '0')}Z ${text}`,
    );
    writeFileSync(log, `${stamped.join('\n')}\n`);
    writeFileSync(join(bin, 'docker'), `#!/bin/sh\ncase "$*" in *--follow*) exec tail -n +1 -f '${log}' ;; *) exec cat '${log}' ;; esac\n`);
    chmodSync(join(bin, 'docker'), 0o755);
  }
  const rows = [
    await run('`docker logs --timestamps`', ['docker', 'logs', '--timestamps', name]),
    await run('`ai-ops scan docker:NAME`', [...AI_OPS, 'scan', `docker:${name}`, '--quiet']),
    await run('`ai-ops watch --once docker:NAME`', [
      ...[...AI_OPS, 'watch', '--once', '--dry-run', '--from', 'start', '--quiet', `docker:${name}`],
      ...fresh(),
    ]),
  ];
  const what = isReal ? 'Docker, a real daemon' : 'A program that prints as `docker logs` does';
  show(`${what}, ${COUNT.toLocaleString('en')} lines`, COUNT, rows, await idle([`docker:${name}`]));
}

/** A server that answers from memory. @param answer of a request: its URL and body */
async function serve(answer) {
  const server = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      served.requests += 1;
      const { body, headers = {} } = answer(new URL(request.url, 'http://127.0.0.1'), Buffer.concat(parts).toString());
      response.writeHead(200, { 'content-type': 'application/json', ...headers });
      response.end(body);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  ended.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const served = { requests: 0, port: server.address().port };
  return served;
}

/** Reads a server as a script does, in a process of its own. @param loop sees `origin` and counts with `met(text)` */
const plainLoop = (port, loop) => [
  process.execPath,
  '--input-type=module',
  '-e',
  `const origin = 'http://127.0.0.1:${port}'; let [count, errors] = [0, 0];
   const met = (text) => { count += 1; if (/ERROR/.test(text)) errors += 1; };
   const ask = async (path, body) => (await fetch(origin + path, body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).json();
   ${loop}
   if (count !== ${COUNT} && count !== ${ISSUES}) throw new Error('read ' + count);`,
];

async function onServer(what, count, served, loop, address) {
  const rows = [];
  for (const [name, argv] of [
    ['a plain loop of `fetch`', plainLoop(served.port, loop)],
    ['`ai-ops scan`', [...AI_OPS, 'scan', address, '--quiet']],
  ]) {
    served.requests = 0;
    const row = await run(name, argv);
    rows.push({ ...row, name: `${name}, ${served.requests} requests` });
  }
  served.requests = 0;
  const began = performance.now();
  const cost = await idle([address]);
  const aMinute = Math.round((served.requests * 60_000) / (performance.now() - began));
  show(what, count, rows, `${cost}, ${aMinute} requests`);
}

/** Two writers in turn. */
async function elasticsearch() {
  const documents = LINES.map((message, at) => {
    const source = {
      ...{ '@timestamp': new Date(timeOf(at)).toISOString(), message, host: { name: `web-${Math.floor(at / 40) % 2}` } },
      ...{ log: { offset: at * 80, file: { path: '/var/log/shop.log' } }, agent: { type: 'filebeat' } },
    };
    return JSON.stringify({ _index: 'app-1', _id: `d${at}`, _score: null, _source: source, sort: [timeOf(at)] });
  });
  const served = await serve((url, text) => {
    if (url.pathname.includes('_field_caps')) return { body: '{"indices":["app-1"],"fields":{"@timestamp":{"date":{"type":"date"}}}}' };
    const body = JSON.parse(text);
    const range = body.query.bool.filter[0].range['@timestamp'];
    const from = body.search_after ? body.search_after[0] + 1 : range.gte;
    const first = Math.max(0, Math.ceil((from - START) / 10));
    const last = Math.min(COUNT, Math.ceil((range.lt - START) / 10));
    const shards = '"_shards":{"total":1,"successful":1,"skipped":0,"failed":0}';
    if (url.pathname.includes('_count')) return { body: `{"count":${Math.max(0, last - first)},${shards}}` };
    const hits = documents.slice(first, Math.max(first, Math.min(last, first + body.size)));
    const aggregations = body.aggs ? ',"aggregations":{"seconds":{"buckets":[]}}' : '';
    return { body: `{"took":1,"timed_out":false,${shards},"hits":{"max_score":null,"hits":[${hits.join(',')}]}${aggregations}}` };
  });
  const loop = `let after;
    while (true) {
      const { hits } = (await ask('/app-*/_search', { size: 1000, query: { bool: { filter: [{ range: { '@timestamp': { gte: 0, lt: Date.now() } } }] } }, sort: [{ '@timestamp': 'asc' }], ...(after && { search_after: after }) })).hits;
      if (hits.length === 0) break;
      for (const { _source } of hits) met(_source.message);
      after = hits.at(-1).sort;
    }`;
  const what = `Elasticsearch, ${COUNT.toLocaleString('en')} documents, pages of 1,000`;
  await onServer(what, COUNT, served, loop, `elasticsearch://127.0.0.1:${served.port}/app-*?tls=off`);
}

async function loki() {
  const values = LINES.map((text, at) => JSON.stringify([`${timeOf(at)}000000`, text]));
  const served = await serve((url) => {
    const asked = Object.fromEntries(url.searchParams);
    const [from, to] = [asked.start, asked.end ?? asked.time].map((one) => Number((BigInt(one ?? 0) + 999_999n) / 1_000_000n));
    const first = Math.max(0, Math.ceil((from - START) / 10));
    const last = Math.min(COUNT, Math.max(first, Math.ceil((to - START) / 10)), first + Number(asked.limit ?? 0));
    if (/count_over_time/.test(asked.query)) return { body: '{"status":"success","data":{"resultType":"vector","result":[]}}' };
    const some = values.slice(first, Math.max(first, last)).join(',');
    const result = some === '' ? '' : `{"stream":{"app":"shop"},"values":[${some}]}`;
    return { body: `{"status":"success","data":{"resultType":"streams","result":[${result}]}}` };
  });
  const loop = `let start = 0n;
    while (true) {
      const { result } = (await ask('/loki/api/v1/query_range?' + new URLSearchParams({ query: '{app="shop"}', start: String(start), end: Date.now() + '000000', limit: '1000', direction: 'forward' }))).data;
      if (result.length === 0) break;
      for (const [at, text] of result[0].values) { met(text); start = BigInt(at) + 1n; }
    }`;
  const what = `Loki, ${COUNT.toLocaleString('en')} lines, pages of 1,000`;
  await onServer(what, COUNT, served, loop, `loki://127.0.0.1:${served.port}/?query=${encodeURIComponent('{app="shop"}')}&tls=off`);
}

async function sentry() {
  const frames = [{ filename: 'src/orders.js', absPath: '/srv/app/src/orders.js', function: 'total', lineNo: 2, colNo: 21, inApp: true }];
  const iso = new Date(START).toISOString();
  const issues = Array.from({ length: ISSUES }, (_, at) => ({
    ...{
      id: String(at + 1),
      shortId: `SHOP-${at}`,
      title: `TypeError: no price ${at}`,
      culprit: 'total',
      level: 'error',
      status: 'unresolved',
    },
    ...{ count: '3', userCount: 0, firstSeen: iso, lastSeen: iso, platform: 'javascript', permalink: 'http://127.0.0.1/1' },
    ...{ metadata: { type: 'TypeError', value: `no price ${at}` }, project: { id: '1', name: 'shop', slug: 'shop' } },
  }));
  const served = await serve((url) => {
    const id = /issues\/(\d+)\/events\/latest/.exec(url.pathname)?.[1];
    if (id !== undefined) {
      const values = [{ type: 'TypeError', value: `no price ${id}`, stacktrace: { frames } }];
      const event = {
        id,
        eventID: id,
        dateCreated: iso,
        platform: 'javascript',
        entries: [{ type: 'exception', data: { values } }],
        tags: [],
      };
      return { body: JSON.stringify(event) };
    }
    const from = Number(/^0:(\d+):0$/.exec(url.searchParams.get('cursor') ?? '')?.[1] ?? 0);
    const next = `<http://127.0.0.1:${served.port}${url.pathname}?cursor=0:${from + 100}:0>; rel="next"; results="${from + 100 < ISSUES}"; cursor="0:${from + 100}:0"`;
    return { body: JSON.stringify(issues.slice(from, from + 100)), headers: { link: next } };
  });
  const loop = `for (let from = 0; from < ${ISSUES}; from += 100)
      for (const { id } of await ask('/api/0/organizations/acme/issues/?query=is:unresolved&cursor=0:' + from + ':0')) {
        const { entries } = await ask('/api/0/organizations/acme/issues/' + id + '/events/latest/');
        met(JSON.stringify(entries));
      }`;
  await onServer(`Sentry, ${ISSUES} issues`, ISSUES, served, loop, `sentry://127.0.0.1:${served.port}/acme/shop?tls=off`);
}

const ALL = { files, kafka, journal, docker, elasticsearch, loki, sentry };
try {
  for (const [name, measure] of Object.entries(ALL)) if (WANTED.length === 0 || WANTED.includes(name)) await measure();
} finally {
  for (const end of ended.reverse()) end();
}
