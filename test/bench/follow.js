// The time from writing an error to its line on the standard output of `ai-ops watch --events`, at a steady rate.
import { spawn } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const TICK_MS = 2;

/**
 * @returns {Promise<{ linesPerSecond: number, errors: number, p50: number, p95: number, max: number }>} milliseconds;
 * an error is complete when the next record has been written, which happens with it
 */
export async function follow(place, linesPerSecond, seconds) {
  const log = join(place, `follow-${linesPerSecond}.log`);
  const descriptor = openSync(log, 'w');
  const args = [
    'dist/main.js',
    'watch',
    log,
    '--dry-run',
    '--events',
    '--json',
    '--from',
    'start',
    '--state-dir',
    join(place, `state-${linesPerSecond}`),
  ];
  const watcher = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const written = new Map();
  const late = [];
  const ready = Promise.withResolvers();
  let rest = '';
  watcher.stdout.setEncoding('utf8').on('data', (text) => {
    const now = performance.now();
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      if (line.startsWith('{"kind":"ready"')) ready.resolve();
      const found = line.startsWith('{"kind":"event"') ? /order (\d+) failed/.exec(line) : null;
      if (!found) continue;
      late.push(now - written.get(Number(found[1])));
    }
  });
  await ready.promise;
  await write(descriptor, linesPerSecond, seconds, written);
  for (let wait = 0; late.length < written.size && wait < 5000; wait += 20) await pause(20);
  const ended = new Promise((resolve) => watcher.once('exit', resolve));
  watcher.kill('SIGTERM');
  await ended;
  closeSync(descriptor);
  if (late.length !== written.size) throw new Error(`${late.length} of ${written.size} events came`);
  late.sort((a, b) => a - b);
  const at = (share) => late[Math.min(late.length - 1, Math.floor(late.length * share))];
  return { linesPerSecond, errors: late.length, p50: at(0.5), p95: at(0.95), max: at(1) };
}

/** One error in a hundred lines; what is due is written in one piece every few milliseconds. */
async function write(descriptor, linesPerSecond, seconds, written) {
  const begin = performance.now();
  const total = linesPerSecond * seconds;
  for (let n = 0; n < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - begin) / 1000) * linesPerSecond));
    let text = '';
    const errors = [];
    for (; n < due; n++) {
      const isError = n % 100 === 50;
      if (isError) errors.push(n);
      text += isError
        ? `2026-03-01 10:00:00,000 ERROR shop: order ${n} failed\n2026-03-01 10:00:00,000 INFO next\n`
        : `2026-03-01 10:00:00,000 INFO shop: order ${n} placed in 12 ms\n`;
    }
    for (const error of errors) written.set(error, performance.now());
    if (text !== '') writeSync(descriptor, text);
    await pause(TICK_MS);
  }
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
