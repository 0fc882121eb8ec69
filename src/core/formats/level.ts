// What counts as an error. An explicit level in a record's head outranks every keyword; keywords decide only
// where no level is written. Reading the level out of a head is the business of `formats/`.
import { LEVELS, type Level } from '../tables.ts';

const NAMES: Readonly<Record<string, Level>> = {
  emerg: 'fatal',
  emergency: 'fatal',
  alert: 'fatal',
  crit: 'fatal',
  critical: 'fatal',
  fatal: 'fatal',
  fata: 'fatal',
  ftl: 'fatal',
  panic: 'fatal',
  dpanic: 'fatal',
  pnc: 'fatal',
  severe: 'error',
  // The JVM's loggers and PostgreSQL write the level in the language of the machine.
  严重: 'error',
  错误: 'error',
  致命: 'fatal',
  警告: 'warn',
  信息: 'info',
  日志: 'info',
  注意: 'info',
  调试: 'debug',
  エラー: 'error',
  重大: 'error',
  致命的: 'fatal',
  情報: 'info',
  오류: 'error',
  심각: 'error',
  경고: 'warn',
  정보: 'info',
  schwerwiegend: 'error',
  fehler: 'error',
  warnung: 'warn',
  hinweis: 'info',
  grave: 'error',
  erreur: 'error',
  avertissement: 'warn',
  infos: 'info',
  avviso: 'warn',
  errore: 'error',
  advertencia: 'warn',
  erro: 'error',
  ошибка: 'error',
  предупреждение: 'warn',
  важно: 'fatal',
  паника: 'fatal',
  嚴重: 'error',
  資訊: 'info',
  致命错误: 'fatal',
  致命的エラー: 'fatal',
  치명적오류: 'fatal',
  avvertenza: 'warn',
  attenzione: 'warn',
  attention: 'warn',
  advertência: 'warn',
  aviso: 'warn',
  varning: 'warn',
  allvarlig: 'error',
  ostrzeżenie: 'warn',
  błąd: 'error',
  uyari: 'warn',
  hata: 'error',
  fatale: 'fatal',
  panik: 'fatal',
  informação: 'info',
  informações: 'info',
  información: 'info',
  informazioni: 'info',
  error: 'error',
  err: 'error',
  // Cut to four letters, as Go's log15 writes it.
  eror: 'error',
  fail: 'error',
  failure: 'error',
  warning: 'warn',
  warn: 'warn',
  wrn: 'warn',
  notice: 'info',
  note: 'info',
  information: 'info',
  informational: 'info',
  info: 'info',
  inf: 'info',
  http: 'info',
  success: 'info',
  log: 'info',
  config: 'debug',
  debug: 'debug',
  debu: 'debug',
  dbg: 'debug',
  dbug: 'debug',
  fine: 'debug',
  verbose: 'trace',
  finer: 'trace',
  finest: 'trace',
  silly: 'trace',
  trace: 'trace',
  trce: 'trace',
  trac: 'trace',
  trc: 'trace',
};

const LETTERS: Readonly<Record<string, Level>> = {
  F: 'fatal',
  A: 'fatal',
  C: 'fatal',
  E: 'error',
  W: 'warn',
  I: 'info',
  D: 'debug',
  V: 'trace',
};

/** How much is told has degrees, what went wrong has none: Apache's `trace1` to `trace8`, PostgreSQL's `DEBUG1` to `DEBUG5`. */
const GRADED = /^(debug|trace)[1-9]$/;

/** @returns the level that a word names in any case (`SEVERE`, `warning`, `crit`), or `undefined`. */
export function levelOfName(word: string): Level | undefined {
  const key = word.toLowerCase();
  if (Object.hasOwn(NAMES, key)) return NAMES[key];
  return GRADED.test(key) ? (key.startsWith('d') ? 'debug' : 'trace') : undefined;
}

/** @returns every word that names a level, in lower case; with `limit` those of it and worse */
export function levelNames(limit?: Level): readonly string[] {
  return Object.keys(NAMES).filter((name) => limit === undefined || atLeast(NAMES[name]!, limit));
}

/** @returns the level of a one-letter head (logcat, glog, Ruby's Logger), or `undefined`. */
export function levelOfLetter(letter: string): Level | undefined {
  return Object.hasOwn(LETTERS, letter) ? LETTERS[letter] : undefined;
}

/** Syslog severity 0–7 (RFC 5424, 6.2.1): journald, GELF, PRI modulo 8. */
export function levelOfSyslog(severity: number): Level {
  if (severity <= 2) return 'fatal';
  if (severity === 3) return 'error';
  if (severity === 4) return 'warn';
  return severity <= 6 ? 'info' : 'debug';
}

/** Numbers of pino and bunyan (10 trace … 60 fatal) and of Python (`levelno` 10 … 50). */
export function levelOfNumber(value: number, python: boolean): Level {
  if (python) return value >= 50 ? 'fatal' : value >= 40 ? 'error' : value >= 30 ? 'warn' : value >= 20 ? 'info' : 'debug';
  if (value >= 60) return 'fatal';
  if (value >= 50) return 'error';
  if (value >= 40) return 'warn';
  if (value >= 30) return 'info';
  return value >= 20 ? 'debug' : 'trace';
}

/**
 * Hundreds: Monolog's `Level` (100 debug, 250 notice, 400 error, 500 critical, 600 emergency), and Google's `LogSeverity`, which are one
 * step milder (300 notice, 400 warning, 500 error, 600 critical, 800 emergency).
 * @returns `undefined` for what is no number of theirs: an answer of HTTP, a state that a program numbers
 */
export function levelOfHundreds(value: number, google: boolean): Level | undefined {
  if (value % 50 !== 0 || value < 100 || value > (google ? 800 : 600)) return undefined;
  const monolog = google && value >= 300 ? value - 100 : value;
  if (monolog >= 500) return 'fatal';
  if (monolog >= 400) return 'error';
  if (monolog >= 300) return 'warn';
  return monolog >= 200 ? 'info' : 'debug';
}

/** OpenTelemetry severityNumber 1–24. */
export function levelOfOtel(value: number): Level {
  if (value >= 21) return 'fatal';
  if (value >= 17) return 'error';
  if (value >= 13) return 'warn';
  if (value >= 9) return 'info';
  return value >= 5 ? 'debug' : 'trace';
}

/** True when `level` is at least as severe as `limit`. */
export function atLeast(level: Level, limit: Level | 'all'): boolean {
  return limit === 'all' || LEVELS.indexOf(level) <= LEVELS.indexOf(limit);
}

/** Words that mean an error wherever they stand in running text, so that their lower-case form counts too. */
const NOUNS = new Set(['error', 'exception', 'fatal', 'panic', 'traceback']);
const FATAL_WORD = /^(?:fatal|panic|critical|crit|emerg|emergency|alert)$/i;
const NEGATED =
  /(?:^|[^\w])(?:(?<=\()on|no|not|non|0|zero|without|never|any|if|ignore[ds]?|ignoring|expected|anticipated)(?:[ -](?:an?|any|the|more|such))?[ -]$/i;
/** `error=null x=1`, but not `error: no route to host`: behind a colon the word has to be all there is. */
const EMPTY_VALUE =
  /^\s?[=:]\s?(?:<(?:nil|null|none|empty)>|0+(?![\w.])|0?\.0+\b|""|''|\[\]|\{\}|-?\s*(?:[,;|]|$))|^\s?(?:=\s?(?:null|nil|none|false|no|undefined)(?!\w)|:\s?(?:null|nil|none|false|no|undefined)\s*(?:[,;|)\]}]|$))/i;

/** `a memory error detector`: who deals with errors is what is spoken of. */
const NOUN_BEHIND =
  /^\s(?:detector|reporter|collector|monitor|handler|recovery|correction|page|template|report|catalog(?:ue)?|case|boundary|listener|filter|mapper|logging|reporting|tracking|mode)s?(?=[\s,.;:)\]]|$)|^\shandling(?= (?:middleware|strategy|policy|is|was|enabled|disabled)\b|[,.;:)\]]|$)/;

/** `ERROR SUMMARY: 0 errors`: what counts them has counted none. */
const COUNTED_NONE = /^\s(?:summary|count|counter|total|number)s?\s?[:=]\s?(?:0(?![\w.])|none\b)/i;

/** `Forward Error Correction`, `Error Record Serialization Table (ERST)`: a name, spelled out or of what deals with errors. */
const IN_NAME =
  /^\s(?:Detect(?:ion|or)|Report(?:ing|er)|Recovery|Correct(?:ion|ing)|Handling|Handler|Logging|Tracking|Boundary|[Ll]og|[Ll]ogs|logging (?:capability|support(?:ed)?))\b(?! failed| in\b)/;
const SPELLED_OUT = /^((?:\s[A-Z][a-z]+){0,5})\s\(([A-Z]{2,8})\)/;

/** A measure of errors, `error rate 0.2%`, is none, unless it is told to be too high. */
const MEASURE =
  /^\s(?:rate|ratio|budget|percentage|threshold|margin|count|counter|total)s?(?=[\s:=,.]|$)(?!.{0,40}\b(?:exceed|above|over\b|high|breach|exhaust))/i;

/** `500 Internal Server Error in 17ms` is an answer: what went wrong is told elsewhere. */
const ANSWERED = /^(?: in| -|,)? \d[\d.]* ?m?s\b/;

const NEXT_NOUN = /^ (error|exception)\b/i;

/**
 * A test of text without an explicit level. A keyword counts as a whole word or as the tail of a CamelCase name
 * (`TypeError`); it does not count in quotes, in paths, URLs and identifiers, when negated, or when its value is zero.
 * Lower-case forms count for nouns such as `error` only, so that "critical section" is no alarm.
 * @returns the level it suggests, or `undefined`
 */
export function keywordTest(keywords: readonly string[]): (text: string) => Level | undefined {
  const words = keywords.map((word) => word.trim()).filter((word) => word !== '');
  if (words.length === 0) return () => undefined;
  const source = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const exact = new Set(words);
  const nouns = new RegExp(`^(?:${source})$`, 'i');
  const search = new RegExp(source, 'gi');
  return (text) => {
    search.lastIndex = 0;
    let isFatal = false;
    for (let match = search.exec(text); match; match = search.exec(text)) {
      if (!counts(text, match[0], match.index, exact)) continue;
      isFatal ||= FATAL_WORD.test(match[0]);
      // `fatal error page`: the noun behind it tells whether anything is said.
      const next = FATAL_WORD.test(match[0]) ? NEXT_NOUN.exec(text.slice(search.lastIndex, search.lastIndex + 11))?.[1] : undefined;
      if (next === undefined || !nouns.test(next)) return isFatal ? 'fatal' : 'error';
    }
    return undefined;
  };
}

function counts(text: string, found: string, at: number, exact: ReadonlySet<string>): boolean {
  const known = exact.has(found) || found === found.toUpperCase() || NOUNS.has(found.toLowerCase());
  if (!known) return false;
  const before = text.slice(Math.max(0, at - 24), at);
  const after = text.slice(at + found.length, at + found.length + 64);
  const wordy = /\w$/.test(found);
  if (wordy && /^(?:[A-Za-z0-9_]|[-/\\](?=\w)|\.\w)/.test(after)) return false;
  const camel = /[a-z0-9]$/.test(before) && /^[A-Z]/.test(found);
  // `java.lang.Exception` names a class, `log.exception` a call.
  if (/[\w/\\.@#%?&$-]$/.test(before) && !camel && !(/^[A-Z]/.test(found) && /(?:^|\s)[\w.]+\.$/.test(before))) return false;
  // `catchError` is called, `ParseError` is thrown.
  if (camel && /(?:^|[\s([{])[a-z][A-Za-z0-9]*$/.test(before) && !/^\s?[:=]/.test(after)) return false;
  if (/\b5\d\d Internal Server $/.test(before) && ANSWERED.test(after)) return false;
  // With a capital it may begin a sentence, `Error logging in`, but not behind another word.
  const isNoun = found === found.toLowerCase() || (/^[A-Z][a-z]/.test(found) && /[\w(]\s?$/.test(before) && !camel);
  if (isNoun && namesThing(after)) return false;
  if (isCalmBefore(text.slice(Math.max(0, at - 80), at), after)) return false;
  // `-XX:+ExitOnOutOfMemoryError`: what begins with a dash is an option.
  if (/(?:^|\s)-{1,2}[A-Za-z]\S*$/.test(text.slice(Math.max(0, at - 80), at))) return false;
  if (/^[A-Z][a-z]/.test(found) && (IN_NAME.test(after) || isSpelledOut(text.slice(Math.max(0, at - 60), at), found, after))) return false;
  // A line of source: `throw new Error(text)`.
  if (/\bnew $/.test(before) && after.startsWith('(')) return false;
  if (isOfUnit(text)) return false;
  if (
    NEGATED.test(before) ||
    EMPTY_VALUE.test(after.slice(0, 24)) ||
    MEASURE.test(after) ||
    COUNTED_NONE.test(after) ||
    FRACTION.test(after)
  )
    return false;
  return !quoted(text, at);
}

/** A fraction behind it is how large an error is: `mean absolute error 0.23`, `error: 0.1234`. */
const FRACTION = /^(?:\s?[:=])?\s?\d+(?:\.\d+|\.\d+e-?\d+|e-\d+)(?![\w.:])/;

/** Of what a word is said that names an error, where the words behind it tell that none has happened. */
const namesThing = (after: string): boolean =>
  NOUN_BEHIND.test(after) || MEASURE.test(after) || COUNTED_NONE.test(after) || FRACTION.test(after);

/** @param after what stands behind a word for a level that may be one of a sentence */
export const isOfSentence = (after: string): boolean => namesThing(after) || IN_NAME.test(after);

/** Who sets something up names what it is for, and who has got over an error says so before it. */
const CALM_BEFORE =
  /^(?:[Ss]tart|[Ss]topp|[Ii]nstall|[Ee]nabl|[Dd]isabl|[Rr]egister|[Cc]onfigur|[Ii]nitiali[sz]|[Mm]ount|[Oo]pen|[Cc]lear)(?:ing|ed)? [^:=,;]*$|\b(?:recovered from|succeeded after|[Ll]og[ _-]?[Ll]evel(?: is| set)?(?: to|:|=)?)\s?[^:]*$|\b(?:standard|absolute|squared) $/i;
const SAYS_FAILED =
  /\b(?:fail|unable|cannot|can't|could ?n|with|but|due to|because|abort|crash|not |got|receiv|return|rais|thr[eo]w|hit|encounter|caus|report)/i;
const isCalmBefore = (before: string, after: string): boolean =>
  !/^s?\s?:/.test(after) && CALM_BEFORE.test(before) && !SAYS_FAILED.test(before + after);

/** What starts and stops services calls each by what it is for: `Started error-log.service - Collects errors.` */
const OF_UNIT =
  /^(?:systemd(?:\[\d+\])?: )?(?:Start(?:ing|ed)|Stopp(?:ing|ed)|Finished|Reload(?:ing|ed)|Listening on|Reached target|Mount(?:ing|ed)) [^:]*(?:\.(?:service|socket|target|timer|path|mount|scope)\b[^:]*|\.{1,3})$/;
const isOfUnit = (text: string): boolean =>
  /^(?:systemd|[SFRLM][a-z]+ )/.test(text) && OF_UNIT.test(text.slice(0, 300)) && !SAYS_FAILED.test(text);

/** Words with a capital each, and their first letters in brackets behind them. */
function isSpelledOut(before: string, found: string, after: string): boolean {
  const behind = SPELLED_OUT.exec(after);
  if (!behind) return false;
  const words = `${/(?:[A-Z][a-z]+\s)*$/.exec(before)![0]}${found}${behind[1]}`.split(/\s/);
  return words
    .map((word) => word.charAt(0))
    .join('')
    .endsWith(behind[2]!);
}

/** Inside an open `"` or backtick, or in `'…'` that began at a word's edge. */
function quoted(text: string, at: number): boolean {
  const head = text.slice(0, at);
  for (const mark of ['"', '`']) {
    const open = head.split(mark).length % 2 === 0;
    if (open && text.indexOf(mark, at) !== -1) return true;
  }
  const single = /(?:^|[\s=(:,[])'[^']*$/.exec(head);
  return single !== null && /^[^']*'(?:\W|$)/.test(text.slice(at));
}
