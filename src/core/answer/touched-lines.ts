// Which lines of which files a change set touches, as a mark in the body of its request: by it two bugs whose fixes touch
// the same lines meet in one request, whichever box made the first. Pure; a mark may have been written by anybody who can
// edit a request, so it is read as untrusted.

import { createHash } from 'node:crypto';
import type { FileChange } from '../model.ts';
import { isTestPath } from '../repository/test-paths.ts';

/** One changed file that is not a test: its content before and after, and the base lines that are replaced. */
export interface Touched {
  readonly path: string;
  /** Hash of the content; empty where there is none. */
  readonly before: string;
  readonly after: string;
  /** Base lines from (counted from 1) to (not included); equal where lines are only put in before `from`. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

/** Requests that a longer mark would crowd out are not compared. */
const MOST_FILES = 20;
const MOST_RANGES = 100;

const MARK = /<!-- ai-ops-change:1 ([A-Za-z0-9_-]{1,12000}) -->/;

/**
 * @param diff unified diff of this file alone
 * @returns `undefined` for a test: tests of different bugs may well stand side by side
 */
export function touchedBy(file: FileChange, diff: string): Touched | undefined {
  const { path, before, after } = file;
  if (isTestPath(path)) return undefined;
  const name = (bytes: Buffer | undefined): string =>
    bytes === undefined ? '' : createHash('sha256').update(bytes.toString('latin1')).digest('hex').slice(0, 20);
  return { path, before: name(before), after: name(after), ranges: rangesOf(diff) };
}

function rangesOf(diff: string): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  let line = 0;
  let open: [number, number] | undefined;
  for (const text of diff.split('\n')) {
    const head = /^@@ -(\d+)(?:,(\d+))? \+/.exec(text);
    if (head) {
      // A hunk without base lines is named by the line before it.
      line = Number(head[1]) + (head[2] === '0' ? 1 : 0);
      open = undefined;
    } else if (line > 0 && (text.startsWith('-') || text.startsWith('+'))) {
      open ??= found[found.push([line, line]) - 1] as [number, number];
      if (text.startsWith('-')) {
        line += 1;
        open[1] = line;
      }
    } else if (line > 0 && text.startsWith(' ')) {
      line += 1;
      open = undefined;
    }
  }
  return found;
}

/** `same`: the files become the same bytes; `overlap`: some line is replaced by both. */
export type Meeting = 'same' | 'overlap';

/** @returns `undefined` where both can be merged, one after the other, without a line in common */
export function meeting(ours: readonly Touched[], theirs: readonly Touched[]): Meeting | undefined {
  const other = new Map(theirs.map((file) => [file.path, file]));
  const isSame = (file: Touched): boolean => other.get(file.path)?.after === file.after;
  if (ours.length > 0 && ours.every(isSame)) return 'same';
  const meets = ours.some((file) => {
    const their = other.get(file.path);
    // Lines of different bases cannot be held against each other, and a new file has none.
    if (their === undefined || file.before === '' || their.before !== file.before) return false;
    const isOnly = file.ranges.length === 1 && their.ranges.length === 1;
    return file.ranges.some((a) => their.ranges.some((b) => overlaps(a, b, isOnly)));
  });
  return meets ? 'overlap' : undefined;
}

/** @param isOnly lines put in at one place by both count: not where it may be one more import beside the change */
function overlaps([a, aEnd]: readonly [number, number], [b, bEnd]: readonly [number, number], isOnly: boolean): boolean {
  if (a === aEnd && b === bEnd) return isOnly && a === b;
  if (a === aEnd) return b < a && a < bEnd;
  if (b === bEnd) return a < b && b < aEnd;
  return a < bEnd && b < aEnd;
}

/** Hidden in the body of a request; empty where there is nothing to compare. */
export function changeMark(touched: readonly Touched[]): string {
  if (touched.length === 0 || touched.length > MOST_FILES || touched.some(({ ranges }) => ranges.length > MOST_RANGES)) return '';
  const rows = touched.map(({ path, before, after, ranges }) => [path, before, after, ranges]);
  const mark = `<!-- ai-ops-change:1 ${Buffer.from(JSON.stringify(rows)).toString('base64url')} -->`;
  return MARK.test(mark) ? mark : '';
}

/** @returns nothing where there is no mark, or none that can be read */
export function readChangeMark(body: string): readonly Touched[] {
  const [, text] = MARK.exec(body) ?? [];
  if (text === undefined) return [];
  try {
    const rows: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(rows) ? rows.slice(0, MOST_FILES).flatMap(touchedOf) : [];
  } catch {
    return [];
  }
}

function touchedOf(row: unknown): readonly Touched[] {
  if (!Array.isArray(row)) return [];
  const [path, before, after, ranges]: readonly unknown[] = row;
  const isHash = (text: unknown): text is string => typeof text === 'string' && /^[0-9a-f]{0,20}$/.test(text);
  const isRange = (range: unknown): range is readonly [number, number] =>
    Array.isArray(range) && range.length === 2 && range.every((line) => Number.isSafeInteger(line) && line > 0);
  if (typeof path !== 'string' || !isHash(before) || !isHash(after) || !Array.isArray(ranges) || !ranges.every(isRange)) return [];
  return [{ path, before, after, ranges: ranges.slice(0, MOST_RANGES) }];
}
