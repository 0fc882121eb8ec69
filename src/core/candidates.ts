// The prefilter of the hot path: finds, on bytes, the next place that may lie in the first line of an error event.
// It must never miss one: every way in which a line can get a level of `error` or worse, hold a keyword or open a trace
// has a needle here (`test/core/scan-candidates.test.ts` holds it against the readers). It may answer too often.
//
// Every needle has a window of three bytes; of its two blocks of two bytes one begins at an even distance, so reading
// every second block is enough. The steps do not depend on each other, which is what makes them fast (compare Wu and
// Manber 1994, whose steps do).
import type { Level } from './model.ts';

/** @returns true when the needle found at `at` (its first byte) counts; `end` is behind its last byte. */
type Check = (bytes: Buffer, at: number, end: number) => boolean;

interface Needle {
  readonly text: string;
  readonly anyCase: boolean;
  readonly check: Check;
}

interface Entry {
  /** Distance from the needle's first byte to the last byte of its window. */
  readonly back: number;
  readonly needle: Needle;
}

const WINDOW = 3;

/**
 * @returns a search `(bytes, from) → position of a byte in a candidate line, or -1`; `undefined` where every line is a
 * candidate: below `warn`, or with keywords too short or too foreign to be searched as bytes.
 * Lines that begin at index 0 of `bytes` are not searched for marks that need a newline before them.
 */
export function candidateSearch(level: Level | 'all', keywords: readonly string[]): ((bytes: Buffer, from: number) => number) | undefined {
  if (level === 'all' || level === 'info' || level === 'debug' || level === 'trace') return undefined;
  const words = keywords.map((word) => word.trim()).filter((word) => word !== '');
  if (words.some((word) => word.length < WINDOW || !/^[\x20-\x7e]+$/.test(word))) return undefined;
  return search(needles(level === 'warn', words));
}

function needles(warn: boolean, keywords: readonly string[]): readonly Needle[] {
  return [
    ...[...LEVEL_WORDS, ...(warn ? WARN_WORDS : [])].map((text) => ({ text, anyCase: true, check: isWord })),
    ...keywords.map((text) => ({ text, anyCase: true, check: /\w$/.test(text) ? endsWord : always })),
    ...letterHeads(warn),
    ...numericLevels(warn),
    ...LITERALS.map(([text, check]) => ({ text, anyCase: false, check })),
    ...['error', 'exception', 'throwable'].map((text) => ({ text, anyCase: true, check: endsWord })),
    ...['stack', 'fatal error'].map((text) => ({ text, anyCase: true, check: always })),
  ];
}

// ---------------------------------------------------------------- what is looked for

/** The names of `level.ts` for `error` and worse. */
const LEVEL_WORDS = 'emerg emergency alert crit critical fatal fata ftl panic dpanic pnc severe error erro err fail failure'.split(' ');
const WARN_WORDS = ['warning', 'warn', 'wrn'];

const always: Check = () => true;
const isLetter = (byte: number | undefined): boolean => byte !== undefined && (byte | 32) >= 97 && (byte | 32) <= 122;
const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;

const endsWord: Check = (bytes, _, end) => !isLetter(bytes[end]) && !isDigit(bytes[end]) && bytes[end] !== 95;

/** Stands alone; the `m` that ends a colour code may stand before it. */
const isWord: Check = (bytes, at, end) => {
  if (isLetter(bytes[end])) return false;
  return !isLetter(bytes[at - 1]) || (bytes[at - 1] === 109 && (isDigit(bytes[at - 2]) || bytes[at - 2] === 91));
};

const beforeDigit: Check = (bytes, _, end) => isDigit(bytes[end]);
const beforeLetter: Check = (bytes, _, end) => isLetter(bytes[end]);

/** `file.js:12` at the end of a line, or of a line inside a JSON string. */
const endsLine: Check = (bytes, _, end) => {
  let at = end;
  while (isDigit(bytes[at])) at++;
  const next = bytes[at];
  return at > end && (next === undefined || next === 10 || next === 13 || next === 92 || next === 34 || next === 27);
};

/** How traces open, and the keys of JSON that hold one. */
const LITERALS: readonly (readonly [string, Check])[] = [
  ['Traceback', always],
  [' line ', beforeDigit],
  ['goroutine ', beforeDigit],
  ['panic', always],
  ['signal SIG', always],
  ['SIGQUIT', always],
  ['SIGABRT', always],
  ["thread '", always],
  [':in ', always],
  ['.rb:', beforeDigit],
  ...[...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter): readonly [string, Check] => [`::${letter}`, always]),
  ['==================', always],
  ['Sanitizer', always],
  ['DATA RACE', always],
  [': terminated', always],
  ['free(): ', always],
  ['alloc(): ', always],
  ['munmap_chunk', always],
  ['double free', always],
  ['corrupted ', always],
  ['pure virtual', always],
  ['Segmentation fault', always],
  ['Illegal instruction', always],
  ['c++/', always],
  ['REPORT====', always],
  ['init terminating', always],
  ['\nProcess ', always],
  ['terminate called', always],
  ['ssertion', always],
  ['recondition', always],
  ['Program crashed', always],
  ['Swift runtime', always],
  ['** (', always],
  ['V8 errors', always],
  ['nhandled', always],
  ['ncaught', always],
  ['js:', endsLine],
  ['ts:', endsLine],
  ['sx:', endsLine],
  ['node:', beforeLetter],
  ['eval]:', always],
  ['evalmachine', always],
  ['anonymous_script', always],
  ['errorVerbose', always],
  ['full_message', always],
  ['exc_', always],
  ['trace"', always],
  ['trace\\', always],
  ['@x"', always],
  ['@x\\', always],
];

/** One-letter heads: klog, glog, logcat, tornado, Ruby's Logger; and syslog's `<PRI>`. */
function letterHeads(warn: boolean): readonly Needle[] {
  const list: Needle[] = [];
  for (const before of ['\n', ' ', '\t', '[', '(', '<', '"', '|', 'm', ']', ':']) {
    for (const letter of warn ? 'FEACW' : 'FEAC') {
      for (const after of [' ', ',', '/', ']', ')', '>', '\x1b', '\t', ...'0123456789'])
        list.push({ text: before + letter + after, anyCase: false, check: isColumn });
    }
  }
  for (const digit of '0123456789') list.push({ text: `\n<${digit}`, anyCase: false, check: severe(warn ? 4 : 3) });
  list.push({ text: '" 5', anyCase: false, check: beforeDigit });
  return list;
}

/** A letter after a lower-case word or a full stop is an article or a name, not a column. */
const isColumn: Check = (bytes, at, end) => {
  const first = bytes[at];
  if (first === 109) return isDigit(bytes[at - 1]) || bytes[at - 1] === 91;
  if (first !== 32 || isDigit(bytes[end - 1]) || bytes[end - 1] === 47) return true;
  let before = at - 1;
  while (bytes[before] === 32) before--;
  const byte = bytes[before];
  return byte === undefined || !((byte >= 97 && byte <= 122) || byte === 46);
};

const severe =
  (limit: number): Check =>
  (bytes, at) => {
    let value = 0;
    let index = at + 2;
    for (; isDigit(bytes[index]); index++) value = value * 10 + bytes[index]! - 48;
    return bytes[index] === 62 && value % 8 <= limit;
  };

/** `"level":50`, `"PRIORITY":"3"`, `"severityNumber":17`, also inside an escaped string. */
function numericLevels(warn: boolean): readonly Needle[] {
  const check: Check = (bytes, _, end) => {
    let at = end;
    while (bytes[at] === 92 || bytes[at] === 34 || bytes[at] === 58 || bytes[at] === 32) at++;
    if (!isDigit(bytes[at])) return false;
    let value = 0;
    for (; isDigit(bytes[at]) && value < 1e6; at++) value = value * 10 + bytes[at]! - 48;
    return warn ? value <= 4 || value >= 13 : value <= 3 || value >= 17;
  };
  const keys = ['level', 'lvl', 'severity', 'priority', 'number', 'levelno', '"no', 'severity_text', 'severitytext', '@l'];
  return keys.flatMap((key) => [`${key}"`, `${key}\\`]).map((text) => ({ text, anyCase: true, check }));
}

// ---------------------------------------------------------------- the search

function search(list: readonly Needle[]): (bytes: Buffer, from: number) => number {
  const blocks = new Uint8Array(65536);
  const tables: Tables = { blocks, index: new Uint16Array(65536), entries: [] };
  for (const needle of list) enter(needle, tables);
  const ends = (bytes: Buffer, at: number, from: number): boolean => {
    const block = (bytes[at - 1]! << 8) | bytes[at]!;
    if ((blocks[block]! & LAST) === 0) return false;
    return tables.entries[tables.index[block]!]!.some((entry) => matches(bytes, at - entry.back, entry.needle, from));
  };
  return (bytes, from) => {
    const end = bytes.length;
    // The window may begin one byte before `from`, with the newline there.
    for (let at = Math.max(from, 1); at < end; at += 2) {
      const block = blocks[(bytes[at - 1]! << 8) | bytes[at]!]!;
      if (block === 0) continue;
      if (ends(bytes, at, from)) return at;
      if ((block & FIRST) !== 0 && at + 1 < end && ends(bytes, at + 1, from)) return at + 1;
    }
    return -1;
  };
}

const FIRST = 1;
const LAST = 2;

interface Tables {
  /** For each block whether it is the first or the last one of a window. */
  readonly blocks: Uint8Array;
  /** From a block to its place in `entries`. */
  readonly index: Uint16Array;
  readonly entries: Entry[][];
}

/** Enters the rarest window of a needle, in every case its letters may have. */
function enter(needle: Needle, { blocks, index, entries }: Tables): void {
  const start = rarest(needle.text);
  const [a, b, c] = [0, 1, 2].map((offset) => cases(needle, start + offset)) as [number[], number[], number[]];
  for (const x of a) for (const y of b) blocks[(x << 8) | y]! |= FIRST;
  for (const y of b) {
    for (const z of c) {
      const block = (y << 8) | z;
      if ((blocks[block]! & LAST) === 0) index[block] = entries.push([]) - 1;
      blocks[block]! |= LAST;
      entries[index[block]!]!.push({ back: start + 2, needle });
    }
  }
}

function cases(needle: Needle, index: number): number[] {
  const code = needle.text.charCodeAt(index);
  return needle.anyCase && isLetter(code) ? [code | 32, code & ~32] : [code];
}

/** Pairs that logs are full of, the most frequent first: a window should not end in one. */
const FREQUENT =
  'er or in re on es te ed ti st ar an en nd at is le ve al ra ri ro ic om us to it he th nt ng io se co me de as ce li ha ne et ut ou ai il rt ag'.split(
    ' ',
  );

function rarest(text: string): number {
  let best = 0;
  let lowest = Number.POSITIVE_INFINITY;
  for (let start = 0; start + WINDOW <= text.length; start++) {
    const pair = text.slice(start + 1, start + WINDOW).toLowerCase();
    const rank = FREQUENT.indexOf(pair);
    const score = rank >= 0 ? 100 - rank : pair.endsWith(' ') ? 95 : /\d|^ /.test(pair) ? 45 : 0;
    if (score < lowest) [lowest, best] = [score, start];
  }
  return best;
}

function matches(bytes: Buffer, at: number, needle: Needle, from: number): boolean {
  if (at < from - 1 || at < 0) return false;
  const { text } = needle;
  for (let i = 0; i < text.length; i++) {
    const want = text.charCodeAt(i);
    const byte = bytes[at + i];
    if (byte !== want && !(needle.anyCase && isLetter(want) && byte !== undefined && (byte | 32) === (want | 32))) return false;
  }
  return needle.check(bytes, at, at + text.length);
}
