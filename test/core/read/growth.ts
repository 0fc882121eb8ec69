// How the cost of reading grows with what is read: each form is read by the whole detector, with all that it learns.
import { fingerprint } from '../../../src/core/group/fingerprint.ts';
import { createDetector } from '../../../src/core/read/detector.ts';
import { createShapes } from '../../../src/core/read/shape-memory.ts';
import { isLinear } from '../../support/processor-time.ts';
import { options } from './detector-run.ts';

const CHUNK = 65_536;

function read(bytes: Buffer): void {
  const detector = createDetector(options({ shapes: createShapes() }));
  for (let at = 0; at < bytes.length; at += CHUNK)
    for (const event of detector.push({ bytes: Buffer.from(bytes.subarray(at, at + CHUNK)) })) fingerprint(event);
  for (const event of detector.flush()) fingerprint(event);
}

/** @param size the largest that is read */
export function isReadLinearly(form: (n: number) => string, size: number): Promise<boolean> {
  return isLinear((n) => read(Buffer.from(form(n))), size / 8);
}
