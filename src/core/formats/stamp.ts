// Where a line bears a time stamp: the many forms in which logs write a date, a clock, or seconds since 1970.
// What instant that is, `time.ts` tells.
import type { Level } from '../model.ts';
import { levelOfName } from './level.ts';

const CLOCK = String.raw`\d{1,2}:\d{2}:\d{2}(?:[.,:]\d{1,9})?`;
const STAMP = new RegExp(
  [
    String.raw`\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[T ,_|-]+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d{1,9}|:\d{3}(?!\d))?(?: ?(?:Z|UTC|GMT|[A-Z]{1,3}[SD]T(?=[ \]])|[+-]\d{2}:?\d{2}))?`,
    String.raw`\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\] ?\[\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,9})?`,
    String.raw`(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} {1,2}\d{1,2},?(?: \d{4},?)? ${CLOCK}(?: [AP]M)?(?: \d{4})?`,
    // Months of other languages, as java.util.logging writes them.
    String.raw`(?:[A-Za-z\u00c0-\uffff]{3,5}\.?|\d{1,2}[月월]|[一二三四五六七八九十]{1,2}月) {1,2}\d{1,2}, \d{4} ${CLOCK}(?: (?:[AP]M|[AP]\. M\.|VORM\.|NACHM\.|[上下]午|午[前後]|오[전후]))?`,
    // And as their clocks are set: `dic-13 13:44:22`.
    String.raw`[A-Za-z\u00c0-\uffff]{3,5}\.?-\d{1,2} ${CLOCK}`,
    String.raw`\d{1,2}[-/ ](?:[A-Z][a-z]{2}|[A-Za-z\u00c0-\uffff]{3,5}\.?)[-/ ]\d{4}[: ]${CLOCK}(?: [+-]\d{4}| UTC| [A-Z][A-Za-z_]+\/[A-Za-z_/]+)?`,
    String.raw`\d{1,2}[-/.]\d{1,2}[-/.]\d{1,4},?(?: -)? ${CLOCK}(?: [AP]M)?`,
    String.raw`\d{1,2}[-./]\d{1,2} ${CLOCK}`,
    String.raw`\d{6} \d{6}(?= )`,
    String.raw`\d{6} ${CLOCK}`,
    String.raw`\d{1,2}:\d{2}[AP]M(?= )`,
    CLOCK,
    String.raw`\d{10}(?:\.\d+)?(?=[ \]])|\d{13}(?=[ \]])`,
  ].join('|'),
  'y',
);
/** Supercomputer consoles (BGL, Thunderbird): alert label, epoch, date. */
const LABELLED = /(?:-|[A-Z][A-Z0-9_]*) (\d{10}) \d{4}\.\d{2}\.\d{2} /y;

/** True when a line bears a time stamp at its head: it cannot be the middle of a trace. */
export const hasStamp = (text: string): boolean => readStamp(text) !== undefined;

/** @returns the end of the time stamp that begins at `at`, -1 where none does */
export function stampEnd(text: string, at: number): number {
  STAMP.lastIndex = at;
  if (!STAMP.test(text)) return -1;
  return /[A-Za-z0-9_]/.test(text.charAt(STAMP.lastIndex)) ? -1 : STAMP.lastIndex;
}

/** Ten digits, which behind another clock are any number. */
export const isEpoch = (text: string): boolean => /^\d{10}(?!\d*[-:/])/.test(text);

/** @returns the time stamp at the head of a line, also behind a level */
export function readStamp(text: string): { text: string; end: number } | undefined {
  const first = text.charCodeAt(0);
  const letter = (first >= 65 && first <= 90) || first === 45;
  if (letter) {
    LABELLED.lastIndex = 0;
    const labelled = LABELLED.exec(text);
    if (labelled) return { text: labelled[1]!, end: LABELLED.lastIndex };
  }
  let at = first === 91 || first === 40 || first === 34 || first === 60 || first === 32 || first === 9 ? opening(text) : 0;
  // `[E 2026-…]` (tornado), `E, [2026-…` (Ruby): the letter stands before the stamp. Python's critical stands in a bracket only.
  const lead = /^(?:(?:\[?[FEWIDV]|\[C)(?:,? \[?|\[)(?=\d))/.exec(text);
  if (lead) at = lead[0].length;
  at = levelBefore(text)?.end ?? at;
  STAMP.lastIndex = at;
  const match = STAMP.exec(text);
  if (!match) return undefined;
  if (/^[A-Za-z0-9_]/.test(text.slice(STAMP.lastIndex, STAMP.lastIndex + 1))) return undefined;
  return { text: match[0], end: STAMP.lastIndex };
}

/** A row of a console: its number, names, and seconds since 1970, `134681 node-246 unix.hw start 1077804742 1 text`. */
export function stampInRow(text: string): { text: string; end: number } | undefined {
  const first = text.charCodeAt(0);
  const row = first >= 48 && first <= 57 ? /^\d{1,12}(?: [\w.:#/-]{1,40}){1,4} ([12]\d{9})(?: \d)? (?=\S)/.exec(text) : null;
  return row ? { text: row[1]!, end: row[0].length } : undefined;
}

/** Gin's `[GIN] 2026/01/02 - 03:04:05 | 200 |`: the line has a time, and says no level. */
export function stampBehindLabel(text: string): { text: string; end: number } | undefined {
  const at = /^\[[A-Za-z][\w-]{0,20}\] (?=\d)/.exec(text)?.[0].length;
  const end = at === undefined ? -1 : stampEnd(text, at);
  return end < 0 ? undefined : { text: text.slice(at, end), end };
}

/**
 * A level before the stamp: `ERROR 2026-…`, `[ERROR] 2026-…`, `[ERROR][2026-…`, `ERROR - 2026-… -->`. A dash alone stands between a
 * level and what is said, which may begin with a time.
 */
export function levelBefore(text: string): { readonly level: Level; readonly end: number } | undefined {
  const word =
    /^ {0,2}(?:\[?([A-Za-z]{3,11})\]?(?:[:,]?\s+|\s*[|;]\s*|[:,](?=\d{4}-))(?:-\s+(?=\d{4}-[^>]{0,40} -->)|\[[^[\]]{1,60}\] (?=\d{4}-\d\d-\d\d ))?|\[([A-Za-z]{3,11})\]\s*)\[?(?=\d)/.exec(
      text,
    );
  if (!word) return undefined;
  const name = word[1] ?? word[2]!;
  // Where something came from: `server    log   [10:35:12] [error]`.
  if (/^(?:log|note|config|success|http)$/.test(name)) return undefined;
  // `error 1407199749` is the number of an error, `ERROR 1407199749.123` may be a time.
  const isNumber = name === name.toLowerCase() && isEpoch(text.slice(word[0].length, word[0].length + 24));
  const level = isNumber ? undefined : levelOfName(name);
  return level ? { level, end: word[0].length } : undefined;
}

/** Skips one opening bracket or quote, and leading blanks only when a bracket follows. */
function opening(text: string): number {
  return /^[ \t]{0,2}[[("<]+ ?/.exec(text)?.[0].length ?? 0;
}
