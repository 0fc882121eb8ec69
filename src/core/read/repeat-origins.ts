// Repeats of a known error have its shape, and a shape holds no numbers: `web-1` and `web-2` look alike in it. Which repeat came
// from where is told here, by the bytes of the values that stood in an earlier one, where they stood; what is not found there is
// read in full. Nothing is done for events that do not say where they came from.
import { readLine } from '../formats/dialects.ts';
import { clean } from '../formats/line-reading.ts';
import { originOf } from '../formats/origin.ts';
import type { Origin } from '../model.ts';
import { FACT_NAMES } from '../tables.ts';
import type { Block, Group } from './shape-memory.ts';

/** A group whose repeats all came from one place. */
export interface OriginGroup extends Group {
  readonly origin?: Origin | undefined;
}

/** A value with the byte before and the byte behind it, and how far behind the beginning of the line that stands. */
interface Mark {
  readonly at: number;
  readonly bytes: Buffer;
}

interface Known {
  readonly origin: Origin;
  readonly key: string;
  /** `undefined` where a value does not stand in the line as it is read. */
  readonly marks: readonly Mark[] | undefined;
}

/** Of a block, what was met last first; a log with more hosts than these is read more often. */
const MOST_KNOWN = 64;
/** A value that stands in a line more often than that is looked at so often. */
const MOST_MARKS = 4;

const known = new WeakMap<Block, Known[]>();

/**
 * Each part of a group that came from one place, in the order of their first occurrences.
 * @param base number of the first byte of `window` in the stream
 */
export function byOrigin(group: Group, window: Buffer, base: number): readonly OriginGroup[] {
  const { block, offsets, lines } = group;
  if (block.event.origin === undefined) return [group];
  const parts = new Map<string, { readonly group: OriginGroup & { last: number } }>();
  for (let index = 0; index < offsets.length; index++) {
    const at = offsets[index]! - base;
    const one = originAt(block, window, at);
    const part = parts.get(one.key);
    if (part === undefined) {
      parts.set(one.key, { group: { block, origin: one.origin, offsets: [offsets[index]!], lines: [lines[index]!], first: at, last: at } });
      continue;
    }
    part.group.offsets.push(offsets[index]!);
    part.group.lines.push(lines[index]!);
    part.group.last = at;
  }
  return [...parts.values()].map((part) => part.group);
}

function originAt(block: Block, window: Buffer, at: number): Known {
  const list = known.get(block) ?? [];
  if (list.length === 0) known.set(block, list);
  for (let index = 0; index < list.length; index++) {
    const one = list[index]!;
    if (one.marks === undefined || !one.marks.every((mark) => stands(mark, window, at))) continue;
    if (index > 8) list.unshift(...list.splice(index, 1));
    return one;
  }
  const end = window.indexOf(10, at);
  const line = window.subarray(at, end === -1 ? window.length : end);
  const { trace: _, ...origin } = originOf(readLine(clean(line.toString('utf8').replace(/\r$/, ''))).records ?? []) ?? block.event.origin!;
  const found = { origin, key: JSON.stringify(origin), marks: marksOf(origin, line) };
  list.unshift(found);
  if (list.length > MOST_KNOWN) list.pop();
  return found;
}

/** From its last byte on: values differ at their ends. */
function stands({ at, bytes }: Mark, window: Buffer, from: number): boolean {
  const start = from + at;
  if (start < 0 || start + bytes.length > window.length) return false;
  for (let index = bytes.length - 1; index >= 0; index--) if (window[start + index] !== bytes[index]) return false;
  return true;
}

function marksOf(origin: Origin, line: Buffer): readonly Mark[] | undefined {
  const marks: Mark[] = [];
  for (const name of FACT_NAMES) {
    const value = origin[name];
    if (value === undefined) continue;
    const bytes = Buffer.from(value);
    const before = marks.length;
    for (let at = line.indexOf(bytes); at !== -1 && marks.length < before + MOST_MARKS; at = line.indexOf(bytes, at + 1)) {
      const [from, to] = [Math.max(0, at - 1), Math.min(line.length, at + bytes.length + 1)];
      if (!isWord(line[at - 1]) && !isWord(line[at + bytes.length])) marks.push({ at: from, bytes: Buffer.from(line.subarray(from, to)) });
    }
    if (marks.length === before) return undefined;
  }
  return marks;
}

const isWord = (byte: number | undefined): boolean => byte !== undefined && (byte >= 128 || /[\w.-]/.test(String.fromCharCode(byte)));
