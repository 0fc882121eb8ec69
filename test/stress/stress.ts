// `npm run stress [-- NAME …] [--seconds N] [--rate N] [--rotate MS] [--rounds N] [--down N] [--stall MS] [--seed N] [--rows WORDS] [--write]`: the whole watcher as a process,
// against real files, the real logrotate, a real mail server and `kill -9`. Ends with `N passed, N failed`.
import { parseArgs } from 'node:util';
import { manyBoxes } from './boxes.ts';
import { createChecks } from './checks.ts';
import { day } from './day.ts';
import { faults } from './faults.ts';
import { hostile } from './hostile/hostile.ts';
import { kill } from './kill.ts';
import { load } from './load.ts';
import { logrotate, MODES } from './logrotate.ts';
import { mail } from './mail.ts';
import { mailLook } from './mail-look.ts';
import { slowTests } from './slow-tests.ts';
import { link, pipe } from './streams.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string' },
    rate: { type: 'string' },
    rotate: { type: 'string', default: '2000' },
    down: { type: 'string', default: '1' },
    stall: { type: 'string', default: '0' },
    rounds: { type: 'string', default: '20' },
    rows: { type: 'string', multiple: true, default: [] },
    source: { type: 'boolean', default: false },
    seed: { type: 'string', default: String(Date.now() % 1e6) },
  },
});
const number = (text: string | undefined, otherwise: number): number => (text === undefined ? otherwise : Number(text));
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const checks = createChecks(values.source ? 'source' : 'build', print);
const seed = Number(values.seed);

const rotateMs = Number(values.rotate);
const pace = (seconds: number, linesPerSecond: number) => ({
  ...{ seed, rotateMs, stallMs: Number(values.stall) },
  ...{ seconds: number(values.seconds, seconds), linesPerSecond: number(values.rate, linesPerSecond) },
});

const FROM = ['resume', 'start'] as const;

/** Every check with its figures, or nothing. */
const CHECKS: readonly { readonly name: string; readonly act: () => Promise<unknown> }[] = [
  ...FROM.map((from) => ({ name: `load: ${from}`, act: () => load({ ...pace(60, 50_000), from }, checks) })),
  ...FROM.map((from) => ({
    name: `kill: ${from}`,
    act: () => kill({ ...pace(0, 5_000), rounds: Number(values.rounds), down: Number(values.down), from }, checks),
  })),
  ...FROM.flatMap((from) =>
    MODES.map((mode) => ({ name: `logrotate: ${mode.name}: ${from}`, act: () => logrotate({ ...pace(20, 5_000), from }, mode, checks) })),
  ),
  { name: 'day', act: () => day({ ...pace(45, 400), rounds: number(values.rounds === '20' ? undefined : values.rounds, 100) }, checks) },
  { name: 'pipe', act: () => pipe(pace(10, 20_000), checks) },
  ...[false, true].map((withKills) => ({
    name: withKills ? 'boxes: kill' : 'boxes',
    act: () => manyBoxes({ seed, boxes: 8, bugs: 20, kill: withKills }, checks),
  })),
  { name: 'boxes: repositories', act: () => manyBoxes({ seed, boxes: 8, apps: 2, bugs: 10, kill: false }, checks) },
  { name: 'mail', act: () => mail({ kills: Number(values.rounds), seed }, checks) },
  { name: 'look', act: () => mailLook(checks) },
  { name: 'faults', act: () => faults(values.rows, checks) },
  { name: 'hostile', act: () => hostile({ seed, seconds: number(values.seconds, 60), words: values.rows }, checks) },
  { name: 'tests', act: () => slowTests(checks) },
  { name: 'link', act: () => link(pace(10, 5_000), checks) },
];

const isChosen = (name: string): boolean => positionals.length === 0 || positionals.some((word) => name.startsWith(word));
const chosen = CHECKS.filter(({ name }) => isChosen(name));
if (chosen.length === 0) throw new Error(`no such check; there are ${CHECKS.map(({ name }) => name).join(', ')}`);
for (const { name, act } of chosen) {
  print(`${name}: ${JSON.stringify({ ...values, seed })}`);
  const figures = await act();
  if (figures !== undefined) print(JSON.stringify(figures));
}
print(`${checks.passed} passed, ${checks.failed} failed`);
process.exitCode = checks.failed === 0 ? 0 : 1;
