// Whether a trace comes from the code at fault. Principle: what really ran there names other lines once the code stands at
// others; what a test prints, a log that is read aloud and an error with a made-up place name the same ones.
import { type Around, type Fault, sightings } from './reproduction.ts';

/** Blank lines that are put in front of the code. */
const MOVED_BY = 7;

/**
 * A source with all but its first line moved down: what stands there (`#!`, `<?php`, a package, a coding) has to stay.
 * `undefined` where that would change more than places.
 */
export function moved(text: string): string | undefined {
  const end = text.indexOf('\n') + 1;
  if (end === 0 || /\\\r?\n$/.test(text.slice(0, end))) return undefined;
  return `${text.slice(0, end)}${(text[end - 2] === '\r' ? '\r\n' : '\n').repeat(MOVED_BY)}${text.slice(end)}`;
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
