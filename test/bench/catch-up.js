// Reading a log from its start to its end: ai-ops against what people use to count errors. The runs alternate, so that
// a slow moment of the machine meets all alike; the start of the process counts.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
/** What a child says about itself when it ends. */
const REPORT = `data:text/javascript,process.on('exit',()=>process.stderr.write('\\npeak '+process.resourceUsage().maxRSS+'\\n'))`;

const shell = (line) => (file) => ['sh', ['-c', line, 'sh', file]];
const node =
  (...script) =>
  (file, lines) => [process.execPath, ['--import', REPORT, ...script, file, ...(lines === undefined ? [] : [String(lines)])]];

export const READERS = {
  grep: { name: 'cat f | grep -c ERROR', call: shell('cat "$1" | grep -c ERROR') },
  ours: { name: 'ai-ops scan f', call: (file) => node('dist/main.js', 'scan', '--json')(file) },
  tail: { name: 'tail -n +1 f | grep -c ERROR', call: shell('tail -n +1 "$1" | grep -c ERROR') },
  readline: { name: 'Node readline', call: (file) => node(join(here, 'readers/readline.js'))(file) },
  npmTail: { name: 'npm tail, fromBeginning', call: node(join(here, 'readers/npm-tail.js')) },
};

/**
 * @param {{ errors: number, lines: number }} log every reader must count its errors
 * @returns rows in the order of `names`: median milliseconds, and the peak of memory in MB where it is known
 */
export function race(file, log, names, rounds) {
  const rows = names.map((key) => ({ key, ...READERS[key], times: [], peakMb: null }));
  for (let round = 0; round <= rounds; round++) {
    for (const row of rows) {
      const begin = process.hrtime.bigint();
      const [program, args] = row.call(file, log.lines);
      const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
      const ms = Number(process.hrtime.bigint() - begin) / 1e6;
      if (status !== 0 || countOf(stdout) !== log.errors) throw new Error(`${row.name} counted ${countOf(stdout)}: ${stderr}`);
      // The first round warms the page cache.
      if (round > 0) row.times.push(ms);
      const peak = /\npeak (\d+)/.exec(stderr);
      if (peak) row.peakMb = Math.max(row.peakMb ?? 0, Number(peak[1]) / 1024);
    }
  }
  return rows.map(({ name, key, times, peakMb }) => ({ name, key, ms: median(times), peakMb }));
}

/** The number that `grep -c` prints, or the sum of the counts of our incidents. */
function countOf(stdout) {
  if (!stdout.startsWith('{')) return Number(stdout);
  let sum = 0;
  for (const line of stdout.trimEnd().split('\n')) sum += JSON.parse(line).count;
  return sum;
}

export const median = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];

/** Where a scan spends its time. @returns {readonly [name: string, ms: number, share: number][]} top self times */
export function profile(file, dir) {
  spawnSync(process.execPath, ['--cpu-prof', `--cpu-prof-dir=${dir}`, '--cpu-prof-interval=500', 'dist/main.js', 'scan', file]);
  const name = readdirSync(dir).find((one) => one.endsWith('.cpuprofile'));
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(dir, name), 'utf8'));
  const names = new Map(nodes.map(({ id, callFrame }) => [id, label(callFrame)]));
  const sums = new Map();
  let total = 0;
  for (const [index, id] of samples.entries()) {
    const key = names.get(id);
    sums.set(key, (sums.get(key) ?? 0) + timeDeltas[index] / 1000);
    total += timeDeltas[index] / 1000;
  }
  return [...sums]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 14)
    .map(([key, ms]) => [key, ms, ms / total]);
}

/** Names in a bundle can end in a number that the bundler gave. */
function label({ functionName, url }) {
  if (functionName === '(idle)') return 'waiting for the disk';
  if (functionName === '(garbage collector)') return 'garbage collector';
  if (functionName === '(program)') return 'the engine itself';
  // The functions of byte-search.wat.
  if (url.startsWith('wasm:')) return `byte search: ${functionName}`;
  const place = url.startsWith('node:') ? url : url === '' ? 'native' : 'ai-ops';
  return `${functionName === '' ? 'top level' : functionName.replace(/\d+$/, '')} (${place})`;
}
