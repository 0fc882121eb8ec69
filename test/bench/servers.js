// Documents from a search server, read by a plain loop of `fetch` over `search_after` and by `ai-ops scan`, in one run, and
// what it costs to follow a server on which nothing happens. The server here answers from memory, so that it is not what is measured.
// node test/bench/servers.js [DOCUMENTS]
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const COUNT = Number(process.argv[2] ?? 200_000);
const IDLE_SECONDS = 30;
const START = Date.now() - COUNT * 10 - 600_000;
const TRACE = [
  'Traceback (most recent call last):',
  '  File "/srv/shop/app.py", line 12, in handle',
  '    return total(order)',
  'KeyError: no price',
];

/** Two writers in turn; one line in ten is of a trace of four. */
const documents = Array.from({ length: COUNT }, (_, at) => {
  const line = Math.floor(at / 2) % 40;
  const message = line < 4 ? TRACE[line] : `order ${at} came from 10.0.0.${at % 256} and was taken in ${at % 90} ms`;
  const source = {
    '@timestamp': new Date(START + at * 10).toISOString(),
    message,
    host: { name: `web-${at % 2}` },
    log: { offset: at * 80, file: { path: '/var/log/shop.log' } },
    agent: { type: 'filebeat' },
  };
  return JSON.stringify({ _index: 'app-1', _id: `d${at}`, _score: null, _source: source, sort: [START + at * 10] });
});

let requests = 0;
const server = createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    requests += 1;
    response.setHeader('content-type', 'application/json');
    if (request.url.includes('_field_caps')) return response.end('{"indices":["app-1"],"fields":{"@timestamp":{"date":{"type":"date"}}}}');
    const body = JSON.parse(Buffer.concat(parts).toString());
    const range = body.query.bool.filter[0].range['@timestamp'];
    const from = body.search_after ? body.search_after[0] + 1 : range.gte;
    const first = Math.max(0, Math.ceil((from - START) / 10));
    const last = Math.min(COUNT, Math.ceil((range.lt - START) / 10));
    const shards = '"_shards":{"total":1,"successful":1,"skipped":0,"failed":0}';
    if (request.url.includes('_count')) return response.end(`{"count":${Math.max(0, last - first)},${shards}}`);
    const hits = documents.slice(first, Math.max(first, Math.min(last, first + body.size)));
    const aggregations = body.aggs ? ',"aggregations":{"seconds":{"buckets":[]}}' : '';
    response.end(`{"took":1,"timed_out":false,${shards},"hits":{"max_score":null,"hits":[${hits.join(',')}]}${aggregations}}`);
  });
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address();
const place = mkdtempSync(join(tmpdir(), 'ai-ops-servers-'));

/** In a process of its own, as the other one is. */
const PLAIN = `
  let after, count = 0, errors = 0;
  while (true) {
    const body = { size: 1000, query: { bool: { filter: [{ range: { '@timestamp': { gte: 0, lt: ${Date.now()} } } }] } }, sort: [{ '@timestamp': 'asc' }], ...(after && { search_after: after }) };
    const answer = await fetch('http://127.0.0.1:${port}/app-*/_search', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    const { hits } = (await answer.json()).hits;
    if (hits.length === 0) break;
    for (const { _source } of hits) if (/Traceback/.test(_source.message)) errors += 1;
    count += hits.length;
    after = hits.at(-1).sort;
  }
  console.error(count, errors);
`;

function run(args) {
  const began = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'ignore'] });
    child.once('exit', () => resolve({ seconds: (performance.now() - began) / 1000 }));
  });
}

const address = `elasticsearch://127.0.0.1:${port}/app-*?tls=off`;
const rows = [];
for (const [name, args] of [
  ['plain loop of fetch', ['--input-type=module', '-e', PLAIN]],
  ['ai-ops scan', ['dist/main.js', 'scan', address, '--quiet']],
]) {
  requests = 0;
  const { seconds } = await run(args);
  rows.push(`| ${name} | ${seconds.toFixed(1)} s | ${Math.round(COUNT / seconds).toLocaleString('en')} | ${requests} |`);
}
console.log(
  `${COUNT.toLocaleString('en')} documents, pages of 1,000\n\n| reader | time | documents a second | requests |\n|---|---|---|---|\n${rows.join('\n')}`,
);

requests = 0;
const watcher = spawn(process.execPath, ['dist/main.js', 'watch', address, '--dry-run', '--from', 'end', '--state-dir', place], {
  stdio: 'ignore',
});
await pause(5000);
const ticks = () =>
  readFileSync(`/proc/${watcher.pid}/stat`, 'utf8')
    .split(') ')[1]
    .split(' ')
    .slice(11, 13)
    .reduce((sum, one) => sum + Number(one), 0);
const [cpu, asked] = [ticks(), requests];
await pause(IDLE_SECONDS * 1000);
console.log(
  `\nfollowing it while nothing comes, ${IDLE_SECONDS} s: ${(ticks() - cpu) * 10} ms of processor time, ${requests - asked} requests`,
);
watcher.kill('SIGTERM');
await new Promise((resolve) => watcher.once('exit', resolve));
server.close();
server.closeAllConnections();
rmSync(place, { recursive: true });

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
