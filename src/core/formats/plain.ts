// Plain text heads: a time stamp and/or a level before the message, in the many orders people configure
// (log4j, logback, Spring, Python logging, JUL, nginx, apache, .NET console, Monolog, loguru, logrus on a terminal…).
// It reads tokens rather than one expression per product. It does not read wrappers (syslog, docker) or objects.

import type { Level } from '../model.ts';
import { namesPipe } from './heads.ts';
import { json } from './json.ts';
import { atLeast, isOfSentence, levelOfLetter, levelOfName } from './level.ts';
import { type Dialect, type Reading, type StructuredError, UNREAD } from './line-reading.ts';
import { levelBefore, readStamp, stampBehindLabel, stampInRow } from './stamp.ts';
import { isoTime } from './time.ts';
import { isSureOpener, openTrace } from './traces/languages.ts';

const TOKEN = /\s*(?:[[【]([^\]】]*)[\]】]|\(([^()]*)\)|<([^<>]*)>|(\||-{1,3}(?=\s)|·|::?(?=\s))|([^\s|]+))/y;
const MAX_TOKENS = 14;

/** What PHP-FPM hands on of a script: the one text that outranks the level before it. */
export const HANDED_ON = 'PHP message: PHP';
const PHP_FATAL = /PHP message: (?=PHP (?:Fatal|Parse) error)/;
/** Rails logs an error in several records: the words, an empty one, the frames. */
/** Words behind which, with a colon, PostgreSQL writes the rest of a record. */
export const CONTINUATIONS = ['DETAIL', 'HINT', 'STATEMENT', 'CONTEXT', 'QUERY'] as const;
const CONTINUES = new RegExp(`(?:^|\\s)(?:${CONTINUATIONS.join('|')}): `);
const RAILS_REST =
  /^[EF], \[[^\]]+\] +[A-Z]+ -- [^:]*: (?:\[[^\]]*\] ?)*\s*(?:$|\S+\.rb:\d+:in [`']|\S+\.(?:erb|haml|slim|jbuilder):\d+|\d+: )/;

/** @returns what the head of a plain line says; `undefined` where it has neither time nor level. */
function readPlain(text: string): Reading | undefined {
  const own = readStamp(text) ?? stampInRow(text);
  const found = readLevel(text, own?.end ?? 0, own !== undefined);
  const level = found && own && text.charCodeAt(0) === 91 ? withBracket(text, own.end, found) : found;
  const said = own && level ? traceAt(text, own.end, level) : undefined;
  const stamp = own ?? (level ? undefined : stampBehindLabel(text));
  if (!stamp && !level) return undefined;
  const after = level?.end ?? stamp?.end ?? 0;
  const php = text.includes(HANDED_ON) ? PHP_FATAL.exec(text) : null;
  const body = php ? php.index + php[0].length : (said ?? skipContext(text, level === undefined ? skipColumns(text, after) : after));
  const message = level === undefined || !text.includes(' | ', body) ? undefined : beforeColumns(text.slice(body));
  const isContinued = stamp !== undefined && (RAILS_REST.test(text) || isContinuation(text.slice(stamp.end, stamp.end + 80)));
  return {
    ...UNREAD,
    format: 'plain',
    time: stamp && (() => isoTime(stamp.text)),
    level: level && levelOf(text, level, php !== null, said),
    timed: stamp !== undefined,
    text,
    body,
    opens: said === undefined ? undefined : true,
    message,
    error: stackInTail(text, level?.level),
    continues: isContinued ? true : undefined,
  };
}

/**
 * @param handedOn whether PHP-FPM hands on what a script said: it calls a dead one a warning, or a notice
 * @param said where the words of a runtime begin
 */
function levelOf(text: string, found: FoundLevel, handedOn: boolean, said: number | undefined): Level {
  const { level } = found;
  if ((handedOn && !/^(?:error|fatal)$/.test(level)) || isDeath(text, found)) return 'fatal';
  if (said === undefined) return level;
  if (DEADLY.test(text.slice(said, said + 16))) return 'fatal';
  return level === 'warn' ? 'error' : level;
}

/** `panic: no price`, `Fatal error: Uncaught …`: what a runtime says is no level of a record, but begins a trace. */
const LAST_WORDS = /(?<=[\s\]|:])(?:panic|(?:PHP )?(?:Fatal|Parse) error|fatal error): /;

const RACE = /WARNING: (?:DATA RACE\s*$|ThreadSanitizer: )/;
const DEADLY = /^(?:panic|fatal error|(?:PHP )?Fatal error): /;

/** @returns where a trace begins that the word of the level is a part of */
function traceAt(text: string, from: number, { level, end }: FoundLevel): number | undefined {
  // Go and Clang call a race a warning.
  const race = level === 'warn' ? RACE.exec(text.slice(from, from + 120)) : null;
  if (race) return from + race.index;
  if (!atLeast(level, 'error')) return undefined;
  const word = /[A-Za-z]+\W*$/.exec(text.slice(Math.max(0, end - 20), end))?.[0];
  if (word === undefined || !/[a-z]/.test(word)) return undefined;
  const last = LAST_WORDS.exec(text.slice(from - 1, end + 8));
  for (const at of [from + /^[\s\]|]*/.exec(text.slice(from, from + 20))![0].length, ...(last ? [from - 1 + last.index] : [])]) {
    const rest = text.slice(at);
    const trace = at < end ? openTrace(rest) : undefined;
    if (trace && isSureOpener(trace, rest)) return at;
  }
  return undefined;
}

/** `PHP Fatal error:  Uncaught …`: the script has died, whatever stands before. */
const isDeath = (text: string, { level, end }: FoundLevel): boolean =>
  level === 'error' && text.startsWith('PHP Fatal error', end - 15) && text[end] === ':';

/** In whatever language PostgreSQL writes them, two blanks stand behind such words, which name no level. */
function isContinuation(text: string): boolean {
  const word = CONTINUES.test(text) ? '' : /^[^"']*?\s(\p{Lu}{4,14}|\p{Lo}{2,6})[ \u00a0]?: {2}\S/u.exec(text)?.[1];
  return word !== undefined && levelOfName(word) === undefined && (word === '' || /\[\d+\]/.test(text));
}

/** `message {"stack":"…"}` as winston's simple format and others write it: the stack in the object behind the message. */
function stackInTail(text: string, level: Level | undefined): StructuredError | undefined {
  if ((level !== 'error' && level !== 'fatal') || !text.endsWith('}') || !/stack|trace|\\n/.test(text)) return undefined;
  const at = text.search(/\s\{"/);
  const error = at === -1 ? undefined : json.read(text.slice(at + 1))?.error;
  return error?.stack === undefined ? undefined : error;
}

export const plain: Dialect = { name: 'plain', read: readPlain };

/** `[2026-01-02 03:04:05,678 E 149 189] file.cc:7: `: a bracket that holds time and level holds nothing that was said. */
function withBracket(text: string, from: number, level: FoundLevel): FoundLevel {
  const rest = /^[^\][]{1,40}\](?= |$)/.exec(text.slice(level.end, level.end + 48))?.[0];
  return rest === undefined || /[\][]/.test(text.slice(from, level.end)) ? level : { ...level, end: level.end + rest.length };
}

interface FoundLevel {
  readonly level: Level;
  readonly end: number;
}

function readLevel(text: string, from: number, timed: boolean): FoundLevel | undefined {
  // ESP-IDF: letter, milliseconds, tag.
  const idf = from === 0 ? /^([EWIDV]) \(\d+\) (?=[\w.-]+: )/.exec(text) : null;
  if (idf) return { level: levelOfLetter(idf[1]!)!, end: idf[0].length };
  const alone = from === 0 ? LETTER_ALONE.exec(text) : null;
  if (alone) return { level: levelOfLetter(alone[1]!) ?? 'info', end: alone[0].length };
  const tagged = from === 0 ? TAGGED.exec(text) : null;
  if (tagged) return { level: 'error', end: tagged[0].length };
  const lead = leadingLevel(text, from);
  if (lead) return lead;
  const own = ownColumn(text, from, timed);
  if (own) return own;
  TOKEN.lastIndex = /^[\])}>"]/.test(text.slice(from, from + 1)) ? from + 1 : from;
  const isSetIn = /^(?: {2}|\t)/.test(text);
  let words = 0;
  let separated = true;
  for (let n = 0; n < MAX_TOKENS; n++) {
    const start = TOKEN.lastIndex;
    const token = TOKEN.exec(text);
    if (!token || TOKEN.lastIndex - from > 240) return undefined;
    const bracket = token[1] ?? token[2] ?? token[3];
    const end = TOKEN.lastIndex;
    if (bracket !== undefined) {
      // Python's critical; glued to other brackets it is a column of a board, whose `C` is its configuration.
      const isCritical = timed && bracket === 'C' && /^\s/.test(text.slice(start)) && text[end] === ' ';
      const level = isCritical ? 'fatal' : namesPipe(text, end) ? undefined : bracketLevel(bracket, timed);
      if (level) return { level, end };
      separated = true;
      continue;
    }
    if (token[4] !== undefined) {
      separated = true;
      continue;
    }
    const word = token[5]!;
    if (namesPipe(text, end)) continue;
    // klog's head stands behind who carried it: what follows it says the level.
    if (timed && /^[IWEF]\d{4}$/.test(word) && /^ \d\d:\d\d:/.test(text.slice(end, end + 7))) return undefined;
    const glued = timed && n < 3 ? GLUED.exec(word) : null;
    const column = glued && levelOfName(glued[1]!);
    if (glued && column) return { level: column, end: start + text.slice(start, end).indexOf(word) + glued[0].length };
    const isDeep = isSetIn || /^(?: {3}|\t)/.test(text.slice(start, start + 3));
    const level = wordLevel(word, timed, separated, n === 0 || (n === 1 && !timed), text.slice(end, end + 3), isDeep);
    // `Error reporting: on`, `error count: 0`, `error: null`: written as words are, it may be one.
    if (level && /^[A-Za-z]?[a-z]+:?$/.test(word) && isWordOfValue(text.slice(end - Number(word.endsWith(':')), end + 64)))
      return undefined;
    // `stack trace:` at the end of a line is the title of what stands below.
    if (level === 'trace' && words > 0 && /^:\s*$/.test(text.slice(end - 1))) return undefined;
    if (level && words > 0 && IS_VALUE.test(text.slice(end, end + 24))) return undefined;
    if (level) return { level, end: start + text.slice(start, end).indexOf(word) + levelLength(word) };
    if (word.endsWith(':') && timed && n > 0 && !/^\S+\[\d+\]:$/.test(word)) return undefined;
    // A sign may stand before the column of the level.
    if (!timed && n === 0 && /^[^\w\s{}"'<>#=*-]{1,2}$/.test(word)) continue;
    // `nginx: [emerg] `: who it is, and the level in its own bracket.
    if (!timed && !(n === 0 && word.endsWith(':') && /^ \[[a-z]{4,9}\] /.test(text.slice(end, end + 13)))) return undefined;
    if (/^[a-z][a-z]*[,.]?$/.test(word) && ++words > 2) return undefined;
    // A comma behind a sentence separates no columns: `worker 4 started, error budget 3`.
    separated = /[|\]]$/.test(word) || (words < 2 && word.endsWith(',')) || (n === 0 && /^[\d,.:+Z-]+$/.test(word));
  }
  return undefined;
}

/**
 * A command of GitHub Actions and Azure Pipelines; and, behind a clock, what Android Studio shows of a record: process, tag, package
 * and a letter, or the letter and the tag alone.
 */
const COMMAND = /\s?##\[(error|warning|notice|debug)\]/y;
const STUDIO = /\s+\d+-\d+(?:\/\S+)?\s+\S.{0,60}?\s+[\w.:]+\s+([VDIWEFA])\s{2}|\s+([VDIWEFA])\/[\w.$-]{1,40}(?:\(\s*\d+\))?: /y;

function ownColumn(text: string, from: number, timed: boolean): FoundLevel | undefined {
  COMMAND.lastIndex = from;
  const command = COMMAND.exec(text)?.[1];
  if (command !== undefined) return { level: levelOfName(command)!, end: COMMAND.lastIndex };
  if (!timed || !/\s/.test(text.charAt(from))) return undefined;
  STUDIO.lastIndex = from;
  const letter = STUDIO.exec(text);
  const level = letter ? levelOfLetter((letter[1] ?? letter[2])!) : undefined;
  return level && { level: text.startsWith('FATAL EXCEPTION', STUDIO.lastIndex) ? 'fatal' : level, end: STUDIO.lastIndex };
}

/** Tags behind a label are what is said of the record: hapi calls all of them `Debug`. */
const TAGGED = /^[Dd]ebug: (?=(?:[\w-]{1,30}, ){0,8}error(?:, [\w-]{1,30}){0,8} *$)(?=\S+,)/;
/** As PulseAudio and apt write it: `E: Unable to …`. A drive's letter is followed by no sentence. */
const LETTER_ALONE = /^([EWIN]): (?=[A-Z][a-z]|\[[\w.-]+\] )/;
/** A letter and what it is said by, as htslib writes it; the letter twice, as X.org does. */
const LETTER_IN_BRACKET = /^(?:([EWIDM])::[\w.:]+|([EWI])\2)$/;

/** Columns without blanks: `-[audit]-ERROR[exec-10]Orders.total(27)`. */
const GLUED = /^[-:](?:\[[^\][]*\][-:]?){0,3}([A-Z]{4,9})(?=[-:[]|$)/;
/** Behind words: `parse failed - error: 131` ends with a number, and names no level. */
const IS_VALUE = /^[\s:=]*-?(?:0x)?[\da-f]{1,20}\s*$/;

const isWordOfValue = (after: string): boolean => isOfSentence(after) || /^: (?:null|nil|none|<nil>|undefined)\s*$/.test(after);

/** A level before the stamp: `ERROR 2026-…`, `[E 2026-…`, `E, [2026-… #1] ERROR --`. */
function leadingLevel(text: string, from: number): FoundLevel | undefined {
  if (from === 0) return undefined;
  const letter = /^\[?([FEWIDV]|(?<=\[)C)(?:,? \[| |\[)(?=\d)/.exec(text);
  if (letter) {
    const level = levelOfLetter(letter[1]!);
    const bracket = text.indexOf(']', from);
    if (level) return { level, end: bracket !== -1 && bracket - from < 60 ? bracket + 1 + ruby(text.slice(bracket + 1)) : from };
  }
  const level = levelBefore(text)?.level;
  return level ? { level, end: from } : undefined;
}

/** Ruby's Logger repeats the level in words: `ERROR -- program: `. */
const ruby = (text: string): number => /^\s+[A-Z]+ (?:-- .*?)?: ?/.exec(text)?.[0].length ?? 0;

/** `[error]`, `[core:error]`, `[main/ERROR]`, `[ERROR/Worker-1]`, `[E]`. */
function bracketLevel(content: string, timed: boolean): Level | undefined {
  const text = content.trim();
  const whole = levelOfName(text);
  if (whole) return whole;
  if (timed && /^[FEWIDV]$/.test(text)) return levelOfLetter(text);
  const letter = LETTER_IN_BRACKET.exec(text);
  if (letter) return levelOfLetter((letter[1] ?? letter[2])!) ?? 'info';
  // BepInEx writes the level in seven columns.
  const column = /^[A-Z][a-z]+ *$/.test(text.slice(0, 7)) && text[7] === ':' ? levelOfName(text.slice(0, 7).trim()) : undefined;
  if (column) return column;
  const parts = text.split(/[:/,|#\s]+/);
  if (parts.length === 2 && /^(?:level|lvl|severity|loglevel)$/i.test(parts[0]!)) return levelOfName(parts[1]!);
  if (parts.length > 4) return undefined;
  for (const part of parts) {
    const level = levelOfName(part);
    if (
      level &&
      (part === part.toUpperCase() ||
        /^[a-z_][a-z_0-9]*:[a-z]+[1-9]?$/.test(text) ||
        (timed && text.endsWith(`#${part}`)) ||
        (timed && parts.length === 2 && /\d/.test(text)))
    )
      return level;
  }
  return undefined;
}

const FACILITY =
  /^(?:kern|user|mail|daemon|auth(?:priv)?|syslog|lpr|news|uucp|cron|ftp|local[0-7])\.(debug|info|notice|warn(?:ing)?|err(?:or)?|crit|alert|emerg):?$/;

/** A bare word: upper case anywhere in the head; other cases only where a separator shows that it is a column. */
function wordLevel(word: string, timed: boolean, separated: boolean, first: boolean, next: string, isSetIn: boolean): Level | undefined {
  // Monolog: `production.ERROR:`
  const channel = timed && word.includes('.') ? /^[\w-]+\.([A-Z]{4,9}):?$/.exec(word) : null;
  if (channel) return levelOfName(channel[1]!);
  // syslog's facility and severity: `daemon.err nginx: …`
  const facility = timed && word.includes('.') ? FACILITY.exec(word) : null;
  if (facility) return levelOfName(facility[1]!);
  // Locust: `web1/ERROR/locust.main: `
  const column = timed && word.includes('/') ? /^[\w.-]+\/([A-Z]{4,9})\/[\w.]+:?$/.exec(word) : null;
  if (column) return levelOfName(column[1]!);
  // GLib: `(shop:42): Gtk-CRITICAL **: `
  const glib = next.startsWith(' **') ? /-([A-Z]{4,8})$/.exec(word) : null;
  if (glib) return levelOfName(glib[1]!);
  const core = word.slice(0, levelLength(word));
  if (core === '') return undefined;
  const rest = word.slice(core.length);
  if (core.length === 1) {
    // `A` is only logcat's, and an article.
    // Telegraf: `E! `.
    const isColumn = timed && core !== 'A' && (rest === '' || rest === '!') && /^\s/.test(next) && separated;
    return isColumn ? levelOfLetter(core) : undefined;
  }
  const level = levelOfName(core);
  if (!level) return undefined;
  const closed = rest === '' || /^(?:[:|,;\]!>)-]|\[[\w. -]{1,40}\]|\+\d|\/|\(\w+\))/.test(rest);
  if (!closed) return undefined;
  const isUpper = core === core.toUpperCase();
  // `    err: {` is a field of the record above.
  if (!isUpper && isSetIn && rest.startsWith(':')) return undefined;
  if (!isUpper && !timed && isSetIn) return undefined;
  if (!isUpper && (core === 'panic' || core === 'fatal') && !timed) return undefined;
  if (!isUpper && /^(?:note|log|http|config|success|failure|fail|fine)$/i.test(core))
    return rest === ':' && core === 'fail' && first ? level : undefined;
  if (isUpper) return !timed && rest === '' && /^\s+(?:in|at|of|from|is)?$/.test(next) && !first ? undefined : level;
  if (!timed && rest === '' && /^\s{2}/.test(next)) return level;
  if (timed) return separated || rest.startsWith(':') || rest.startsWith(',') ? level : undefined;
  return first && rest.startsWith(':') && core !== 'Error' && core !== 'Trace' ? level : undefined;
}

/** Length of the part of a word that is, or precedes the end of, its level. */
const levelLength = (word: string): number =>
  /^(?:[\w-]+\.[A-Z]{4,9}(?=:)|[a-z]+[0-7]?\.[a-z]{3,7}(?=:?$)|[A-Za-z]{4,7}[1-9](?!\w)|[A-Za-z]+|[\p{L}]+|)/u.exec(word)![0].length;

/** Columns without blanks and the same sign behind each, `;08;Server;Job;`, a label before a bar, a process of Windows. */
const COLUMNS = /([;|])(?:[^\s;|]{0,60}\1){1,8}(?=[^\s;|])|\]?\s+(?:[A-Za-z][\w-]{0,30}\||[\w.-]{1,40}\.exe(?: \*\d\d)? -)(?=\s)/y;

/** Karaf, ActiveMQ: `time | level | message | logger | thread`. */
const beforeColumns = (text: string): string | undefined => /^(.*\S) +\| [\w$]+(?:\.[\w$]+)+ \| [^|]{1,200}$/s.exec(text)?.[1];

/** Skips what names the writer of a line that has a time and no level. */
function skipColumns(text: string, from: number): number {
  COLUMNS.lastIndex = from;
  return COLUMNS.test(text) ? COLUMNS.lastIndex : from;
}

/** Skips what stands between the level and the message: pid, `---`, threads in brackets, separators. */
function skipContext(text: string, from: number): number {
  const context =
    /(?:[\s:|,;!\]]|-+>?(?=[\s[])|\[(?:[^[\]]|\[[^\]]*\]){0,300}\](?=[\s:]|$)|\+\d+|\/[\w-]+\](?=\s)|\[\d+\]|\(\w+\)|\((?:[^()]|\([^()]{0,80}\)){1,120}\)(?= - )|\d+ ?(?=--- ))*/y;
  context.lastIndex = from;
  context.exec(text);
  const at = context.lastIndex;
  return at >= text.length ? Math.min(from, text.length) : at;
}
