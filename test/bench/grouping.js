// `npm run bench:grouping`: how well messages are grouped by their template, on messages of the packages in `node_modules`,
// with values drawn by a fixed seed. Packages are split in two halves by a hash of their name; the rules were tuned on neither.
import { createHash } from 'node:crypto';
import { fingerprint } from '../../src/core/group/fingerprint.ts';
import { normalize } from '../../src/core/group/normalize.ts';
import { normalizeV1 } from '../../src/core/group/normalize-v1.ts';
import { detect } from '../core/read/detector-run.ts';
import { logOf } from './grouping/system-logs.js';
import { SYSTEMS } from './grouping/systems.js';
import { templatesOf } from './grouping/templates.js';
import { seeded, valuesFor } from './grouping/values.js';

const METHODS = [
  ['every message for itself', (text) => text],
  ['a token with a digit is a hole', (text) => text.replace(/\S*\d\S*/g, '<*>')],
  ['version 1', normalizeV1],
  ['version 2', (text) => normalize(text).text],
];

const halfOf = (name) => (createHash('sha256').update(name).digest()[0] % 2 ? 'second' : 'first');
const halves = Object.groupBy(templatesOf('node_modules'), ([name]) => halfOf(name));
for (const half of ['first', 'second']) {
  const logs = (halves[half] ?? []).map(([name, templates]) => linesOf(name, templates));
  const lines = logs.reduce((sum, log) => sum + log.length, 0);
  process.stdout.write(`${half} half: ${logs.length} packages, ${lines} lines\n`);
  for (const [name, method] of METHODS) {
    const scores = logs.map((log) => score(log, method));
    const mean = (of) => (scores.reduce((sum, one) => sum + of(one), 0) / scores.length).toFixed(3);
    process.stdout.write(
      `  ${name.padEnd(32)} GA ${mean(({ right }) => right)}  mixed ${mean(({ mixed }) => mixed)}  ${microseconds(logs.flat(), method)} µs\n`,
    );
  }
}

// Whole logs, heads and all, as `scan --level all` groups them. Rules were read against those of the first half.
for (const half of ['first', 'second']) {
  const names = Object.keys(SYSTEMS).filter((name) => halfOf(name) === half);
  const scores = names.map((name) => ({ name, ...score(grouped(logOf(name)), (text) => text) }));
  process.stdout.write(`${half} half: ${names.length} systems\n`);
  for (const { name, right, mixed } of scores)
    process.stdout.write(`  ${name.padEnd(32)} GA ${right.toFixed(3)}  mixed ${mixed.toFixed(3)}\n`);
  process.stdout.write(`  ${'mean'.padEnd(32)} GA ${(scores.reduce((sum, { right }) => sum + right, 0) / scores.length).toFixed(3)}\n`);
}

/** Each line with the name of its event in place of its text. */
function grouped(lines) {
  const found = new Map();
  for (const event of detect(`${lines.map(({ text }) => text).join('\n')}\n`, { level: 'all' }))
    for (let at = event.line; at <= event.endLine; at++) found.set(at - 1, fingerprint(event).id);
  return lines.map(({ truth }, at) => ({ truth, text: found.get(at) ?? `line ${at}` }));
}

/** Processor time of one message, once the code is warm. */
function microseconds(lines, method) {
  const round = () => {
    for (const { text } of lines) method(text);
  };
  for (let warm = 0; warm < 20; warm++) round();
  const begin = process.cpuUsage();
  for (let run = 0; run < 20; run++) round();
  return (process.cpuUsage(begin).user / 20 / lines.length).toFixed(1);
}

/** A log of one package: each template some times, its values from a few for each place. */
function linesOf(name, templates) {
  const random = seeded(name);
  const valuesOf = valuesFor(random);
  return templates.flatMap((template) => {
    const pools = template.map((part) => (typeof part === 'string' ? [part] : valuesOf(part.hint)));
    const truth = template.filter((part) => typeof part === 'string').join('\0');
    const count = Math.max(2, Math.floor(40 / (1 + random() * 15)));
    return Array.from({ length: count }, () => ({ truth, text: pools.map((pool) => pool[Math.floor(random() * pool.length)]).join('') }));
  });
}

/** @returns shares of lines: in a group that is exactly the true one; in a group that holds lines of another message */
function score(lines, method) {
  const groups = Map.groupBy(lines, ({ text }) => method(text));
  const sizes = Map.groupBy(lines, ({ truth }) => truth);
  let right = 0;
  let mixed = 0;
  for (const group of groups.values()) {
    const isPure = group.every(({ truth }) => truth === group[0].truth);
    if (!isPure) mixed += group.length;
    else if (group.length === sizes.get(group[0].truth).length) right += group.length;
  }
  return { right: right / lines.length, mixed: mixed / lines.length };
}
