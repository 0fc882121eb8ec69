// Whose a line without a head is, told by the line above it: records that are no error own what stands below them.
// It holds no state; `assemble.ts` asks it before a line opens an event, and before an event is given out.

import { readLine } from '../formats/dialects.ts';
import { behind, headOf } from '../formats/heads.ts';
import { atLeast } from '../formats/level.ts';
import { clean, type Reading } from '../formats/line-reading.ts';
import type { Level } from '../model.ts';
import { isDrawn } from './lead-above.ts';
import { linesAbove } from './nearest.ts';
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

/** So far above an indented line the record that owns it is looked for. */
const MAX_ABOVE = 60;

/** The record that an indented line is set in below: the nearest line above that stands further left and begins one. */
function owner(line: Line, reading: Reading): Reading | undefined {
  const own = indentOf(reading.text);
  if (own < 2 || reading.head !== undefined) return above(line, reading);
  for (const one of linesAbove(line, MAX_ABOVE)) {
    const before = readLine(clean(one.text));
    const indent = indentOf(before.text);
    if (before.transport !== reading.transport || before.text.trim() === '' || indent >= own) continue;
    if (indent < 2 || before.level !== undefined) return before;
  }
  return above(line, reading);
}

const indentOf = (text: string): number => /^[ \t]*/.exec(text)![0].length;

/** An indented line below a record that is no error is its second line (.NET's console, wrapped messages). */
export function ownedByQuiet(line: Line, reading: Reading, limit: Level | 'all'): boolean {
  const before = limit === 'all' ? undefined : owner(line, reading);
  return before?.level !== undefined && !before.whole && before.stream === reading.stream && !atLeast(before.level, limit);
}

/** What stands behind Eclipse's labels, and below its `!STACK`, is of the entry that they follow. @returns that entry */
export function entryAbove(line: Line, { text, transport }: Reading): Reading | undefined {
  if (!text.startsWith('!') && line.previous?.startsWith('!') !== true) return undefined;
  for (const one of line.above?.(4) ?? []) {
    if (!one.text.startsWith('!')) return undefined;
    const entry = readLine(clean(one.text));
    if (entry.format === 'eclipse') return entry.transport === transport ? entry : undefined;
  }
  return undefined;
}

/** `log.warn("…", error)`: the trace below a warning is the warning's, and a warning is no error. */
export function ownedByWarning(line: Line, reading: Reading, limit: Level | 'all'): boolean {
  const before = atLeast('warn', limit) ? undefined : owner(line, reading);
  if (before?.level !== 'warn' || before.whole || before.stream !== reading.stream) return false;
  // java.util.logging puts the time on the line above; Python without a configuration writes none.
  return before.timed || /^WARNING:|^[<[(]?\w+[|>\])]/.test(before.text) || indentOf(reading.text) >= 2;
}

const FIELD = /^[A-Za-z][\w-]{0,30}:\s+(?=\S)/;

/** Fields of a record that is no error, a line each and their values one below the other: what `Error:` says there is the record's. */
export function isFieldOfQuiet(line: Line, { text, head, stream, transport }: Reading, limit: Level | 'all'): boolean {
  const column = head === undefined ? FIELD.exec(text)?.[0].length : undefined;
  if (column === undefined) return false;
  let isPadded = /^[^:]+:\s{2}/.test(text);
  let isNearest = true;
  for (const one of linesAbove(line, MAX_ABOVE)) {
    const before = readLine(clean(one.text));
    if (before.transport !== transport || before.whole) return false;
    if (before.level !== undefined)
      return !isNearest && isPadded && before.timed && before.stream === stream && !atLeast(before.level, limit);
    if (FIELD.exec(before.text)?.[0].length !== column) return false;
    isPadded ||= /^[^:]+:\s{2}/.test(before.text);
    isNearest = false;
  }
  return false;
}

/** What stands in a drawn box is of the line that opens it: Julia's loggers draw one for each record. */
export function inQuietBox(line: Line, { text, transport }: Reading, limit: Level | 'all'): boolean {
  if (!/^\s*[│┃║]/.test(text)) return false;
  for (const one of linesAbove(line, MAX_ABOVE)) {
    const before = readLine(clean(one.text));
    if (before.transport !== transport || !isDrawn(before.text)) return false;
    if (/^\s*[┌╭┏╔]/.test(before.text)) return before.level !== undefined && !atLeast(before.level, limit);
  }
  return false;
}

/** Rails logs empty records around its errors. */
export const saysNothing = (open: Open): boolean =>
  open.reading.continues === true && open.lines.every((line) => /: (?:\[[^\]]*\] ?)*\s*$/.test(line));
