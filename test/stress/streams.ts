// Logs that are no plain file: a pipe on standard input, and a link that is turned to another file again and again.
import { execFileSync } from 'node:child_process';
import { type Checks, checkExact, checkReady, countsOf, inPlace, settled } from './checks.ts';
import { until } from './place.ts';
import type { Order } from './writer.ts';

export interface Streams {
  readonly seed: number;
  readonly seconds: number;
  readonly linesPerSecond: number;
  readonly rotateMs: number;
}

export async function pipe(streams: Streams, checks: Checks): Promise<void> {
  return inPlace('pipe', checks, async (place) => {
    const fifo = place.path('pipe');
    execFileSync('mkfifo', [fifo]);
    const watcher = place.watch(['-'], fifo);
    const writer = place.write({ ...order(streams), path: fifo });
    const { errors } = await writer.written;
    // The end of the stream is the end of the watcher.
    const isOver = await until(() => (watcher.child.exitCode === null ? undefined : watcher.child.exitCode), 60_000);
    checks.check('the watcher ends with its stream', isOver === 0, watcher.stderr());
    checkExact(checks, await place.incidents(), countsOf(errors), [watcher]);
  });
}

export async function link(streams: Streams, checks: Checks): Promise<void> {
  return inPlace('link', checks, async (place) => {
    const watcher = place.watch(['--from', 'start', place.log]);
    await checkReady(checks, watcher);
    const writer = place.write({ ...order(streams), path: place.log, rotation: 'link', rotateMs: streams.rotateMs });
    const { errors, rotations } = await writer.written;
    checks.check('the link was turned', rotations > 0, `${rotations} times`);
    const incidents = await settled(place, watcher, errors.length, 60_000);
    checkExact(checks, incidents, countsOf(errors), [watcher]);
  });
}

function order({ seed, seconds, linesPerSecond }: Streams): Omit<Order, 'path'> {
  return { seed, seconds, linesPerSecond, kinds: 40, errorShare: 0.02, rotateMs: 0, rotation: 'rename', lateMs: 100, markerMs: 1000 };
}
