// Whose a line without a head is, told by the line above it: records that are no error own what stands below them.
// It holds no state; `assemble.ts` asks it before a line opens an event, and before an event is given out.

import { readLine } from '../formats/dialects.ts';
import { behind, headOf } from '../formats/heads.ts';
import { atLeast } from '../formats/level.ts';
import { clean, type Reading } from '../formats/line-reading.ts';
import type { Level } from '../model.ts';
import type { Line, Open } from './open-event.ts';

/** The line directly above, read as one of the same stream; `undefined` where it is of another. */
function above({ previous }: Line, reading: Reading): Reading | undefined {
  if (previous === undefined) return undefined;
  const before = readLine(clean(previous));
  if (reading.head === undefined) return before;
  const head = headOf(reading.text.slice(0, reading.head));
  const at = behind(head, before.text, -1);
  if (at < 0 || before.transport !== reading.transport) return undefined;
  const inner = readLine(before.text.slice(at));
  return { ...inner, stream: reading.stream, timed: inner.timed || head.hasClock };
}

/** An indented line below a record that is no error is its second line (.NET's console, wrapped messages). */
export function ownedByQuiet(line: Line, reading: Reading, limit: Level | 'all'): boolean {
  const before = limit === 'all' ? undefined : above(line, reading);
  return before?.level !== undefined && !before.whole && before.stream === reading.stream && !atLeast(before.level, limit);
}

/** `log.warn("…", error)`: the trace below a warning is the warning's, and a warning is no error. */
export function ownedByWarning(line: Line, reading: Reading, limit: Level | 'all'): boolean {
  const before = atLeast('warn', limit) ? undefined : above(line, reading);
  if (before?.level !== 'warn' || before.whole || before.stream !== reading.stream) return false;
  // java.util.logging puts the time on the line above; Python without a configuration writes none.
  return before.timed || /^WARNING:/.test(before.text);
}

/** Rails logs empty records around its errors. */
export const saysNothing = (open: Open): boolean =>
  open.reading.continues === true && open.lines.every((line) => /: (?:\[[^\]]*\] ?)*\s*$/.test(line));
