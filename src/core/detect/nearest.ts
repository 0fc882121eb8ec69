// The lines above a line one by one, nearest first: who looks for one of them mostly finds it among the first few, and only those
// are decoded.
import type { Line } from './open-event.ts';

const FIRST = 4;

/** @param most of the lines above so many are looked at; of another stream, they may be left out */
export function* linesAbove(line: Line, most: number): Iterable<Line> {
  for (let [given, count] = [0, Math.min(FIRST, most)]; ; count = Math.min(count * 8, most)) {
    const lines = line.above?.(count) ?? [];
    yield* lines.slice(given);
    if (count === most) return;
    given = lines.length;
  }
}

/** Lines above that a line held back may still be asked for. */
const KEPT = 4;

export const nearestAbove = (line: Line): readonly Line[] => line.above?.(KEPT) ?? [];

/** A line that may be looked at again later, when the bytes around it are gone. */
export function kept(line: Line): Line {
  const above = line.above && nearestAbove(line);
  return { ...line, above: above && (() => above) };
}
