// A log writer of its own process: paced batches, cut anywhere by two writes, rotation by itself, on request or on
// SIGHUP, and for a moment after each rotation still some lines for the old descriptor, as threads of a logger do.
// Takes its order as one IPC message and reports what it wrote as another.
import { closeSync, openSync, renameSync, symlinkSync, writeSync } from 'node:fs';
import { createLines, type Item } from './lines.ts';

export interface Order {
  readonly path: string;
  readonly linesPerSecond: number;
  readonly seconds: number;
  readonly seed: number;
  readonly kinds: number;
  /** Share of the items that are errors. */
  readonly errorShare: number;
  /** Rotates by itself this often: 0 for never. */
  readonly rotateMs: number;
  /**
   * How `path` comes to another file: renamed to a number that grows; renamed to `.1`, and what was `.1` to `.2`, as logrotate
   * names them; or a link that is turned to a new name.
   */
  readonly rotation: 'rename' | 'shift' | 'link';
  /** Lines still go to the old descriptor for so long. */
  readonly lateMs: number;
  /** Writes a marker so often. */
  readonly markerMs: number;
}

export type Request = { readonly kind: 'order'; readonly order: Order } | { readonly kind: 'rotate' | 'stop' };

export type Report =
  | { readonly kind: 'marker'; readonly name: string; readonly at: number }
  | { readonly kind: 'rotated'; readonly rotations: number }
  | {
      readonly kind: 'written';
      readonly lines: number;
      readonly bytes: number;
      readonly rotations: number;
      readonly errors: readonly string[];
    };

const BATCH_MS = 10;
/** Most that is caught up in one batch after the machine kept us waiting. */
const MAX_BATCH_MS = 250;

process.on('message', (request: Request) => {
  if (request.kind === 'order') start(request.order);
});
process.on('disconnect', () => process.exit());

function start(order: Order): void {
  const source = createLines(order.seed, order.kinds, order.errorShare);
  const errors: string[] = [];
  const total = { lines: 0, bytes: 0, rotations: 0, markers: 0 };
  let current = open(order, 0);
  let old: { readonly descriptor: number; readonly until: number } | undefined;
  const began = Date.now();
  let rotatedAt = began;
  let batch = 0;
  let isStopped = false;

  const take = (item: Item): string => {
    total.lines += item.lines;
    if (item.kind !== undefined) errors.push(item.kind);
    return item.text;
  };
  const write = (texts: readonly string[]): void => {
    const bytes = Buffer.from(texts.join(''));
    total.bytes += bytes.length;
    batch += 1;
    const isLate = old !== undefined && batch % 2 === 0;
    writeCut(isLate ? old!.descriptor : current, bytes, batch);
  };
  const reopen = (): void => {
    closeOld();
    old = { descriptor: current, until: Date.now() + order.lateMs };
    total.rotations += 1;
    current = open(order, total.rotations);
    rotatedAt = Date.now();
    send({ kind: 'rotated', rotations: total.rotations });
  };
  const closeOld = (): void => {
    if (old !== undefined) closeSync(old.descriptor);
    old = undefined;
  };
  const rotate = (): void => {
    if (order.rotation === 'rename') renameSync(order.path, `${order.path}.${total.rotations + 1}`);
    if (order.rotation === 'shift') shift(order.path, total.rotations);
    // Between the rename and the new file lines go on to the old one.
    write([take(source.next(errors.length)), take(source.next(errors.length))]);
    reopen();
  };
  const mark = (): void => {
    const item = source.marker(total.markers, errors.length);
    total.markers += 1;
    // A line after it closes the event at once.
    const ordinary = createLines(order.seed, order.kinds, 0).next(0);
    writeCut(current, Buffer.from(take(item) + take(ordinary)), 0);
    total.bytes += item.text.length + ordinary.text.length;
    send({ kind: 'marker', name: item.kind ?? '', at: Date.now() });
  };

  process.on('SIGHUP', reopen);
  process.on('message', (request: Request) => {
    if (request.kind === 'rotate') rotate();
    if (request.kind === 'stop') isStopped = true;
  });
  const timer = setInterval(() => {
    const elapsed = Date.now() - began;
    if (old !== undefined && Date.now() >= old.until) closeOld();
    if (isStopped || elapsed >= order.seconds * 1000) return finish();
    const texts: string[] = [];
    const due = Math.min((order.linesPerSecond * elapsed) / 1000, total.lines + (order.linesPerSecond * MAX_BATCH_MS) / 1000);
    while (total.lines < due) texts.push(take(source.next(errors.length)));
    if (texts.length > 0) write(texts);
    if (elapsed >= (total.markers + 1) * order.markerMs) mark();
    if (order.rotateMs > 0 && Date.now() - rotatedAt >= order.rotateMs) rotate();
  }, BATCH_MS);

  const finish = (): void => {
    clearInterval(timer);
    closeOld();
    mark();
    closeSync(current);
    send({ kind: 'written', lines: total.lines, bytes: total.bytes, rotations: total.rotations, errors });
  };
}

function open({ path, rotation }: Order, rotations: number): number {
  if (rotation !== 'link') return openSync(path, 'a');
  const target = path.replace(/\.log$/, `-${rotations}.log`);
  const descriptor = openSync(target, 'a');
  symlinkSync(target, `${path}.new`);
  renameSync(`${path}.new`, path);
  return descriptor;
}

function shift(path: string, rotations: number): void {
  for (let age = rotations; age > 0; age -= 1) renameSync(`${path}.${age}`, `${path}.${age + 1}`);
  renameSync(path, `${path}.1`);
}

/** In two writes now and then, cut at any byte: the reader may see the first half alone. */
function writeCut(descriptor: number, bytes: Buffer, batch: number): void {
  const cut = batch % 3 === 0 ? Math.floor((bytes.length * ((batch * 7919) % 1000)) / 1000) : 0;
  writeWhole(descriptor, bytes.subarray(0, cut));
  writeWhole(descriptor, bytes.subarray(cut));
}

function writeWhole(descriptor: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      // A full pipe: its reader is slower than we are.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

function send(report: Report): void {
  process.send?.(report);
}
