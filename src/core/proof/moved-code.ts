// Whether a trace comes from the code at fault. Principle: what really ran there names other lines once the code stands at
// others; what a test prints, a log that is read aloud and an error with a made-up place name the same ones.
import { type Around, type Fault, sightings } from './reproduction.ts';

/** Blank lines that are put in front of the code. */
const MOVED_BY = 7;
/** Tests in the same file that stand behind all of its code are moved further, so that none counts its way to the code. */
const TESTS_MOVED_BY = 4;

/**
 * A source with all but its first line moved down: what stands there (`#!`, `<?php`, a package, a coding) has to stay.
 * `undefined` where that would change more than places.
 * @param testsFrom where the tests begin that stand behind all of its code
 */
export function moved(text: string, testsFrom = text.length): string | undefined {
  const end = text.indexOf('\n') + 1;
  if (end === 0 || end > testsFrom || /\\\r?\n$/.test(text.slice(0, end))) return undefined;
  const lines = (count: number): string => (text[end - 2] === '\r' ? '\r\n' : '\n').repeat(count);
  const tests = testsFrom === text.length ? '' : lines(TESTS_MOVED_BY) + text.slice(testsFrom);
  return text.slice(0, end) + lines(MOVED_BY) + text.slice(end, testsFrom) + tests;
}

/** What a run printed, and what was around it. */
export interface Printed {
  readonly output: string;
  readonly around: Around;
}

/**
 * `stays` where the trace names a line of code that has moved away, `unknown` where the run with moved code shows nothing
 * of the error, or the error no line.
 */
export function follows(fault: Fault, plain: Printed, shifted: Printed): 'moves' | 'stays' | 'unknown' {
  const lines = ({ output, around }: Printed) => sightings(fault, output, around).flatMap(({ line }) => line ?? []);
  const before = lines(plain).filter((line) => line > 1);
  const now = new Set(lines(shifted));
  if (before.some((line) => now.has(line + MOVED_BY))) return 'moves';
  return before.some((line) => now.has(line)) ? 'stays' : 'unknown';
}
