// The real logrotate under a steady writer: whatever it keeps has been counted, and nothing was counted twice.
// What it loses itself (between copy and truncation, or written to a file that is being compressed) may be counted or not.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { type Checks, checkExact, checkReady, compare, countsOf, countsOfIncidents, inPlace, settled } from './checks.ts';
import { telltales } from './lines.ts';
import { until as eventually, type Place, type Watcher, type Writer } from './place.ts';
import { stallNowAndThen } from './stall.ts';

export interface Logrotate {
  readonly seed: number;
  readonly seconds: number;
  readonly linesPerSecond: number;
  readonly rotateMs: number;
  /** The watcher is held still for at most so long, again and again. */
  readonly stallMs: number;
  /** Of the watcher; the log is born while it waits. */
  readonly from: 'resume' | 'start';
}

export interface Mode {
  readonly name: string;
  readonly directives: readonly string[];
  /** The writer opens the new file on SIGHUP; otherwise it appends to the one it has. */
  readonly reopens: boolean;
  /** Every byte written is in a file at the end. */
  readonly keepsAll: boolean;
}

/** See logrotate(8). */
export const MODES: readonly Mode[] = [
  { name: 'create', directives: ['create'], reopens: true, keepsAll: true },
  { name: 'copytruncate', directives: ['copytruncate'], reopens: false, keepsAll: false },
  { name: 'create, compress', directives: ['create', 'compress'], reopens: true, keepsAll: false },
  { name: 'create, compress, delaycompress', directives: ['create', 'compress', 'delaycompress'], reopens: true, keepsAll: true },
  { name: 'create, dateext', directives: ['create', 'dateext', 'dateformat -%Y%m%d-%s'], reopens: true, keepsAll: true },
];

const program = ['/usr/sbin/logrotate', '/usr/bin/logrotate'].find((path) => existsSync(path)) ?? 'logrotate';
const run = promisify(execFile);

export async function logrotate(how: Logrotate, mode: Mode, checks: Checks): Promise<Readonly<Record<string, number>>> {
  return inPlace('logrotate', checks, async (place) => {
    const watcher = place.watch(['--events', '--from', how.from, place.log]);
    await checkReady(checks, watcher);
    const writer = place.write({
      ...{ path: place.log, linesPerSecond: how.linesPerSecond, seconds: how.seconds, seed: how.seed, kinds: 40, errorShare: 0.03 },
      ...{ rotateMs: 0, rotation: 'rename', lateMs: mode.keepsAll ? 100 : 0, markerMs: 1000 },
    });
    const letRun = stallNowAndThen(watcher, how.seed, how.stallMs);
    const rotations = await rotateUntilWritten(place, writer, how, mode);
    const { errors } = await writer.written;
    letRun();
    const incidents = await settled(place, watcher, errors.length, how.seconds * 1000);
    if (mode.keepsAll) checkExact(checks, incidents, countsOf(errors), [watcher]);
    return { rotations, ...checkKept(checks, place, watcher, errors, countsOfIncidents(incidents)) };
  });
}

async function rotateUntilWritten(place: Place, writer: Writer, { seconds, rotateMs }: Logrotate, mode: Mode): Promise<number> {
  const script = mode.reopens ? ['postrotate', `kill -HUP ${writer.child.pid}`, 'endscript'] : [];
  const configuration = place.path('logrotate.conf');
  writeFileSync(configuration, `${place.log} {\n  rotate 1000\n  ${[...mode.directives, ...script].join('\n  ')}\n}\n`, { mode: 0o600 });
  // The log is born by its writer, which takes its time to start on a busy machine.
  await eventually(() => (existsSync(place.log) ? true : undefined), 30_000);
  const until = Date.now() + seconds * 1000 - rotateMs / 2;
  let rotations = 0;
  for (;;) {
    await sleep(rotateMs);
    if (Date.now() > until) return rotations;
    await run(program, ['--force', '--state', place.path('logrotate.state'), configuration]);
    rotations += 1;
  }
}

/** By the number that every error carries: kept ⊆ seen ⊆ written, and each seen once. */
function checkKept(
  checks: Checks,
  place: Place,
  watcher: Watcher,
  errors: readonly string[],
  counted: ReadonlyMap<string, number>,
): Readonly<Record<string, number>> {
  const kept = new Set(keptTexts(place).flatMap((text) => telltales(text).map(({ number }) => number)));
  const events = watcher.printed.filter(({ kind }) => kind === 'event').flatMap(({ text }) => telltales(text ?? ''));
  const seen = new Set(events.map(({ number }) => number));
  const missed = [...kept].filter((number) => !seen.has(number));
  const foreign = events.filter(({ number, kind }) => errors[number] !== kind);
  const isKnown = (kind: string): boolean => errors.includes(kind);
  const { lost, repeated, detail } = compare(
    new Map([...counted].filter(([kind]) => isKnown(kind))),
    countsOf(events.map(({ kind }) => kind)),
  );
  const halves = [...counted].filter(([kind]) => !isKnown(kind)).reduce((total, [, count]) => total + count, 0);
  checks.check(
    `${kept.size} errors kept by logrotate: ${missed.length} lost`,
    missed.length === 0,
    missed.slice(0, 5).join(' ') || undefined,
  );
  checks.check(`${events.length} seen: ${events.length - seen.size} repeated`, events.length === seen.size);
  checks.check('only what was written was seen', foreign.length === 0, JSON.stringify(foreign.slice(0, 3)));
  checks.check('the ledger holds what was seen', lost + repeated === 0, detail);
  return { written: errors.length, kept: kept.size, seen: seen.size, halves };
}

function keptTexts(place: Place): readonly string[] {
  const directory = place.path('logs');
  return readdirSync(directory).map((name) => {
    const bytes = readFileSync(join(directory, name));
    return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  });
}
