// How the cost of reading grows with what is read: each form is read by the whole detector, with all that it learns, at one
// size and at twice that size. Processor time, the least of some runs: a busy machine only adds to it.
import { fingerprint } from '../../../src/core/group/fingerprint.ts';
import { createDetector } from '../../../src/core/read/detector.ts';
import { createShapes } from '../../../src/core/read/shape-memory.ts';
import { processorClock } from '../../support/processor-time.ts';
import { options } from './detector-run.ts';

const RUNS = 2;
/** Twice the size costs four times as much where the cost grows with the square. */
const MAX_GROWTH = 3;
/** Below it a measurement says nothing. */
const NOISE_MS = 60;
const CHUNK = 65_536;

function read(bytes: Buffer): void {
  const detector = createDetector(options({ shapes: createShapes() }));
  for (let at = 0; at < bytes.length; at += CHUNK)
    for (const event of detector.push({ bytes: Buffer.from(bytes.subarray(at, at + CHUNK)) })) fingerprint(event);
  for (const event of detector.flush()) fingerprint(event);
}

function once(bytes: Buffer): number {
  const spent = processorClock();
  read(bytes);
  return spent();
}

function cost(text: string): number {
  const bytes = Buffer.from(text);
  return Math.min(...Array.from({ length: RUNS }, () => once(bytes)));
}

/** @returns both costs where twice the size costs too much, else nothing */
export function excess(form: (n: number) => string, size: number): string | undefined {
  // What is over soon, or has not grown too much, is not looked at closer; what is has been warmed up by that.
  const first = once(Buffer.from(form(2 * size)));
  if (first <= NOISE_MS || first <= MAX_GROWTH * once(Buffer.from(form(size)))) return undefined;
  const one = cost(form(size));
  const two = cost(form(2 * size));
  return two > MAX_GROWTH * one + NOISE_MS ? `${size}: ${one.toFixed(0)} ms, ${2 * size}: ${two.toFixed(0)} ms` : undefined;
}
