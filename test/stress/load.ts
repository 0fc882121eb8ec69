// Load: a writer far above what programs write, rotated by rename all the time. Everything is counted, once.
import { type Checks, checkExact, checkReady, countsOf, inPlace, kindOf, settled } from './checks.ts';
import { type Place, until, type Watcher, type Writer } from './place.ts';
import { stallNowAndThen } from './stall.ts';

export interface Load {
  readonly seed: number;
  readonly seconds: number;
  readonly linesPerSecond: number;
  readonly rotateMs: number;
  /** The watcher is held still for at most so long, again and again. */
  readonly stallMs: number;
  /** Of the watcher; the log is born while it waits. */
  readonly from: 'resume' | 'start';
}

export interface LoadFigures {
  readonly linesPerSecond: number;
  readonly megabytes: number;
  readonly errors: number;
  readonly rotations: number;
  /** From the writing of a marker to its line on the watcher's standard output, in ms. */
  readonly lag: { readonly median: number; readonly p95: number; readonly max: number; readonly end: number };
  /** Share of one processor while the writer was writing. */
  readonly cpu: number;
  readonly peakMb: number;
}

const KINDS = 60;

export async function load({ seed, seconds, linesPerSecond, rotateMs, stallMs, from }: Load, checks: Checks): Promise<LoadFigures> {
  return inPlace('load', checks, async (place) => {
    const watcher = place.watch(['--from', from, place.log]);
    await checkReady(checks, watcher);
    const writer = place.write({
      ...{ path: place.log, linesPerSecond, seconds, seed, kinds: KINDS, errorShare: 0.01 },
      ...{ rotateMs, rotation: 'rename', lateMs: 150, markerMs: 1000 },
    });
    const letRun = stallNowAndThen(watcher, seed, stallMs);
    void writer.written.finally(letRun);
    return measure(place, watcher, writer, seconds, checks);
  });
}

async function measure(place: Place, watcher: Watcher, writer: Writer, seconds: number, checks: Checks): Promise<LoadFigures> {
  const written = await writer.written;
  const cpu = (watcher.usage()?.cpuSeconds ?? 0) / seconds;
  const expected = countsOf(written.errors);
  const last = [...writer.markers.keys()].at(-1);
  await until(() => watcher.printed.find((one) => one.kind === 'incident' && kindOf(one) === last), 60_000 + seconds * 1000);
  const usage = watcher.usage();
  const incidents = await settled(place, watcher, written.errors.length, 60_000);
  checkExact(checks, incidents, expected, [watcher]);
  const lag = lagsOf(watcher, writer);
  checks.check('every marker was seen', lag.length === writer.markers.size, `${lag.length} of ${writer.markers.size}`);
  const sorted = lag.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return {
    linesPerSecond: Math.round(written.lines / seconds),
    megabytes: Math.round(written.bytes / 1e6),
    errors: written.errors.length,
    rotations: written.rotations,
    lag: { median: at(0.5), p95: at(0.95), max: at(1), end: lag.at(-1) ?? Number.NaN },
    cpu,
    peakMb: Math.round(usage?.peakMb ?? Number.NaN),
  };
}

function lagsOf(watcher: Watcher, writer: Writer): readonly number[] {
  const seen = new Map(watcher.printed.filter(({ kind }) => kind === 'incident').map((one) => [kindOf(one), Number(one.seenAt)]));
  return [...writer.markers].flatMap(([name, at]) => {
    const seenAt = seen.get(name);
    return seenAt === undefined ? [] : [seenAt - at];
  });
}
