// What the byte search of the hot path looks for: every way in which a line can get a level of `error` or worse, hold a
// keyword or open a trace has a needle here, and may have more than one (`test/core/read/search/prefilter.test.ts` holds this
// table against the readers). A needle may answer too often, never too seldom.

import { levelNames } from '../../formats/level.ts';

/** What must stand around a needle. `wasm/strings.ts` numbers them so, `../search-twin.ts` says what each means. */
export const CHECKS = [
  'always',
  'endsWord',
  'isWord',
  'beforeDigit',
  'beforeLetter',
  'endsLine',
  'isColumn',
  'isSevere',
  'isSevereOrWarning',
  'isHighNumber',
  'isHighNumberOrWarning',
  'beforeTitle',
  'isDated',
] as const;

export type Check = (typeof CHECKS)[number];

export interface Needle {
  readonly text: string;
  readonly anyCase: boolean;
  readonly check: Check;
  /** It may open a trace, or be a frame of one, also behind the head of a record. */
  readonly opens?: true;
}

const needle = (text: string, anyCase: boolean, check: Check): Needle => ({ text, anyCase, check });
const opener = (text: string, anyCase: boolean, check: Check): Needle => ({ text, anyCase, check, opens: true });

/** @param warn also finds warnings */
export function needles(warn: boolean, keywords: readonly string[]): readonly Needle[] {
  return [
    ...levelNames(warn ? 'warn' : 'error').flatMap((text) =>
      /^[a-z]+$/.test(text)
        ? [needle(text, true, 'isWord')]
        : // Bytes beyond ASCII have no case: it is written in small letters, in capitals, or as a name.
          [...new Set([text, text.toUpperCase(), text.charAt(0).toUpperCase() + text.slice(1)])].map((form) =>
            needle(Buffer.from(form).toString('latin1'), false, 'always'),
          ),
    ),
    ...keywords.map((text) => needle(text, true, /\w$/.test(text) ? 'endsWord' : 'always')),
    ...letterHeads(warn),
    ...numericLevels(warn),
    ...LITERALS.map(([text, check]) => opener(text, false, check)),
    ...['error', 'exception', 'throwable'].map((text) => needle(text, true, 'endsWord')),
    ...FRAMES.map((text) => opener(text, false, 'beforeDigit')),
    ...['.cs:', '.vb:', '.fs:', '#0 0x'].map((text) => opener(text, false, 'always')),
    ...['exception in thread', 'fatal error'].map((text) => opener(text, true, 'always')),
    needle('stack', true, 'always'),
  ];
}

/** How traces open, and the keys of JSON that hold one. */
const LITERALS: readonly (readonly [string, Check])[] = [
  ...[...'01234'].map((digit): readonly [string, Check] => [`PRIORITY=${digit}`, 'always']),
  ['"s":"E"', 'always'],
  ['"s":"F"', 'always'],
  ['"s":"W"', 'always'],
  // The first piece of a line that CRI cut: what makes an error of it may stand in the next one.
  [' stdout P ', 'always'],
  [' stderr P ', 'always'],
  ['Task timed out', 'always'],
  ['Traceback', 'always'],
  [' line ', 'beforeDigit'],
  ['goroutine ', 'beforeDigit'],
  ['panic', 'always'],
  ['signal SIG', 'always'],
  ['SIGQUIT', 'always'],
  ['SIGABRT', 'always'],
  ["hread '", 'always'],
  ['ignal ', 'beforeDigit'],
  ['ignal (', 'always'],
  ['ignal: ', 'always'],
  [' received at time=', 'always'],
  [') received by PID', 'always'],
  ['received signal', 'always'],
  [' @ ', 'always'],
  ['tack trace', 'always'],
  ['tacktrace:', 'always'],
  ['traceback:', 'always'],
  ['all stack', 'always'],
  ['Exception reported: ', 'always'],
  ['Process terminated. ', 'always'],
  ['!ENTRY ', 'always'],
  [':in ', 'always'],
  ['.rb:', 'beforeDigit'],
  ...[...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter): readonly [string, Check] => [`::${letter}`, 'always']),
  ['==================', 'always'],
  ['Sanitizer', 'always'],
  ['DATA RACE', 'always'],
  [': terminated', 'always'],
  ['free(): ', 'always'],
  ['alloc(): ', 'always'],
  ['munmap_chunk', 'always'],
  ['double free', 'always'],
  ['dumped core', 'always'],
  ['corrupted ', 'always'],
  ['pure virtual', 'always'],
  ['Segmentation fault', 'always'],
  ['Illegal instruction', 'always'],
  ['c++/', 'always'],
  ['while executing', 'always'],
  ['invoked from', 'always'],
  ['acktrace:', 'always'],
  ['pplication panicked', 'always'],
  ['REPORT====', 'always'],
  ['init terminating', 'always'],
  ['Process ', 'beforeTitle'],
  ['terminate called', 'always'],
  ['ssertion', 'always'],
  ['ASSERT', 'always'],
  ['raised ', 'always'],
  ['recondition', 'always'],
  ['Program crashed', 'always'],
  ['Swift runtime', 'always'],
  ['** (', 'always'],
  ['V8 errors', 'always'],
  ['nhandled', 'always'],
  ['ncaught', 'always'],
  ['js:', 'endsLine'],
  ['ts:', 'endsLine'],
  ['sx:', 'endsLine'],
  ['node:', 'beforeLetter'],
  ['eval]:', 'always'],
  ['evalmachine', 'always'],
  ['anonymous_script', 'always'],
  ['errorVerbose', 'always'],
  ['full_message', 'always'],
  ['exc_', 'always'],
  ['trace"', 'always'],
  ['trace\\', 'always'],
  ['@x"', 'always'],
  ['@x\\', 'always'],
];

/** Places of frames that no line has announced (`detect/frames.ts`). */
const FRAMES =
  '.java: .kt: .scala: .groovy: .clj: .d( js: ts: sx: .go: .dart: .php( .ex: .exs: .erl: .swift: .lua: .hs: .zig: .jl: .cr: .scm: .nim( .ps1: .psm1:'.split(
    ' ',
  );

/** One-letter heads: klog, glog, logcat, tornado, Ruby's Logger; and syslog's `<PRI>`. */
function letterHeads(warn: boolean): readonly Needle[] {
  const list: Needle[] = [];
  for (const before of ['\n', ' ', '\t', '[', '(', '<', '"', '|', 'm', ']', ':']) {
    for (const letter of warn ? 'FEACW' : 'FEAC') {
      for (const after of [' ', ',', '/', ']', ')', '>', '!', '\x1b', '\t', '\\'])
        list.push({ text: before + letter + after, anyCase: false, check: 'isColumn' });
      // Only klog writes a day right behind the letter: other such words are ids.
      for (const after of '0123456789') list.push({ text: before + letter + after, anyCase: false, check: 'isDated' });
    }
  }
  for (const digit of '0123456789') list.push({ text: `\n<${digit}`, anyCase: false, check: warn ? 'isSevereOrWarning' : 'isSevere' });
  for (const digit of warn ? '01234' : '0123') list.push({ text: `"<${digit}>`, anyCase: false, check: 'always' });
  // `E: Unable to …`, `[E::open] …`, `(EE) …`
  for (const letter of warn ? 'EW' : 'E') {
    for (const before of ['\n', ' ']) list.push({ text: `${before}${letter}: `, anyCase: false, check: 'isColumn' });
    for (const text of [`[${letter}::`, `(${letter}${letter})`]) list.push({ text, anyCase: false, check: 'always' });
  }
  list.push({ text: '" 5', anyCase: false, check: 'beforeDigit' });
  return list;
}

/** `"level":50`, `"PRIORITY":"3"`, `"severityNumber":17`, also inside an escaped string. */
function numericLevels(warn: boolean): readonly Needle[] {
  const check: Check = warn ? 'isHighNumberOrWarning' : 'isHighNumber';
  const keys = ['level', 'lvl', 'severity', 'priority', 'number', 'levelno', '"no', 'severity_text', 'severitytext', '@l'];
  return keys.flatMap((key) => [`${key}"`, `${key}\\`]).map((text) => ({ text, anyCase: true, check }));
}
