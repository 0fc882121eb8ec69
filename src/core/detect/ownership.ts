// Whose a line without a head is, told by the line above it: records that are no error own what stands below them.
// It holds no state; `assemble.ts` asks it before a line opens an event, and before an event is given out.

import { readLine } from '../formats/dialects.ts';
import { atLeast } from '../formats/level.ts';
import { clean, type Reading } from '../formats/line-reading.ts';
import type { Level } from '../model.ts';
import type { Line, Open } from './open-event.ts';

/** An indented line below a record that is no error is its second line (.NET's console, wrapped messages). */
export function ownedByQuiet(line: Line, reading: Reading, limit: Level | 'all'): boolean {
  if (line.previous === undefined || limit === 'all') return false;
  const above = readLine(clean(line.previous));
  return above.level !== undefined && !above.whole && above.stream === reading.stream && !atLeast(above.level, limit);
}

/** `log.warn("…", error)`: the trace below a warning is the warning's, and a warning is no error. */
export function ownedByWarning(line: Line, reading: Reading, limit: Level | 'all'): boolean {
  if (line.previous === undefined || atLeast('warn', limit)) return false;
  const above = readLine(clean(line.previous));
  // java.util.logging puts the time on the line above; Python without a configuration writes none.
  const begins = above.timed || /^WARNING:/.test(above.text);
  return above.level === 'warn' && begins && !above.whole && above.stream === reading.stream;
}

/** Rails logs empty records around its errors. */
export const saysNothing = (open: Open): boolean =>
  open.reading.continues === true && open.lines.every((line) => /: (?:\[[^\]]*\] ?)*\s*$/.test(line));
