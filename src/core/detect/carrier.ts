// Whoever carried the lines above put a head before each: it stands there before records that say their own time. What begins
// on a line that bears it too begins behind it, whatever it is.
import { readLine } from '../formats/dialects.ts';
import { behind, type Head, headOf, mayBear } from '../formats/heads.ts';
import { clean, type Reading } from '../formats/line-reading.ts';
import { hasStamp, stampEnd } from '../formats/stamp.ts';
import { openTrace } from '../formats/traces/languages.ts';
import type { Line } from './open-event.ts';

/** Lines of other streams may stand between. */
const ABOVE = 4;

/** A line as it is behind the head of who carried it. */
export interface Carried {
  readonly head: Head;
  /** As if nobody had carried it, nor the lines above it. */
  readonly line: Line;
  readonly reading: Reading;
}

/** @returns what the line says behind the head that the lines above show; `undefined` where it does not bear one */
export function carried(line: Line, reading: Reading): Carried | undefined {
  if (reading.whole || reading.transport !== undefined) return undefined;
  for (const above of line.above?.(ABOVE) ?? []) {
    const text = clean(above.text);
    const head = mayBear(text, reading.text) ? carrierOf(text) : undefined;
    const at = head ? behind(head, reading.text, line.line - above.line) : -1;
    if (!head || at <= 0) continue;
    const own = readLine(reading.text.slice(at));
    // A clock right before a trace is of who carried it.
    if (own.timed && (own.level !== undefined || openTrace(own.text.slice(own.body)))) return undefined;
    return { head, line: withoutHead(line, head), reading: { ...own, stream: `|${head.key}`, isLed: true } };
  }
  return undefined;
}

function withoutHead(line: Line, head: Head): Line {
  const bare = (one: Line): Line[] => {
    const text = clean(one.text);
    const at = behind(head, text, one.line - line.line);
    return at < 0 ? [] : [{ ...one, text: text.slice(at) }];
  };
  const { previous, ...rest } = line;
  const [before] = previous === undefined ? [] : bare({ ...line, line: line.line - 1, text: previous });
  return { ...rest, ...(before ? { previous: before.text } : {}), above: (count) => (line.above?.(count) ?? []).flatMap(bare) };
}

/** Something like a clock behind the one that the line begins with; most records bear one and no more, and are not read. */
const CLOCK_BEHIND = /\d[:.]\d\d|\d{6}/;

/** The head before a record that says its own time: all before the last clock. */
export function carrierOf(text: string): Head | undefined {
  const first = /^\d/.test(text) ? stampEnd(text, 0) : -1;
  if (first > 0 && !CLOCK_BEHIND.test(text.slice(first))) return undefined;
  let end = 0;
  for (let head: number | undefined = 0; head !== undefined; ) {
    end += head;
    const record: Reading = readLine(text.slice(end));
    if (!record.timed || record.level === undefined || record.whole || record.transport !== undefined) return undefined;
    head = record.head;
    if (head === undefined && (end === 0 || !hasStamp(text.slice(end)))) return undefined;
  }
  return headOf(text.slice(0, end));
}
