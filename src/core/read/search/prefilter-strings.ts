// What the byte search of the hot path looks for: every way in which a line can get a level of `error` or worse, hold a
// keyword or open a trace has a needle here, and may have more than one (`test/core/read/search/prefilter.test.ts` holds this
// table against the readers). A needle may answer too often, never too seldom.

/** @returns true when the needle found at `at` (its first byte) counts; `end` is behind its last byte. */
export type Check = (bytes: Buffer, at: number, end: number) => boolean;

export interface Needle {
  readonly text: string;
  readonly anyCase: boolean;
  readonly check: Check;
}

/** @param warn also finds warnings */
export function needles(warn: boolean, keywords: readonly string[]): readonly Needle[] {
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
