// The text of an event with what its users may have written taken out of the message: quoted values, addresses, numbers and long
// tokens become typed placeholders, stack frames stay as they are. Only where in-app frames lead to the bug: without them the
// message is all there is. The idea is AIOpsShield's (arXiv 2508.06394): an attacker writes values, the program writes templates.
// A quoted word that the shown code holds itself is the program's, not a user's, and stays.
import type { ErrorEvent, Frame } from '../model.ts';
import { withoutPersonal } from '../redact/personal.ts';

/** Words of a template that no program of ours wrote: a run this long is the user's. */
const WORDS_KEPT = 24;

/** Of a line that nobody began, so many words are kept: more is prose. */
const LOOSE_WORDS = 3;

/** Words of a frame beside its file and its function: `in`, `as`, a module, types of arguments. */
const FRAME_WORDS = 9;

/** Lines that a runtime prints about frames, in the trace languages there are. */
const FRAME_LINE =
  /^\s*(?:at\s+\S|File "[^"\n]{1,300}", line \d+|from\s+\S+:\d+|\d+:\s+0x[0-9a-f]+|\d+:\s+[\w:<>]+(?:::|$)|#\d+\s+\S|\.{3} \d+ (?:more|common frames)|goroutine \d+ \[|\S+\.(?:go|rs|ex|exs|dart|pl|pm|py|rb|js|ts|kt|java|cs|swift|cpp|cc|c|php):\d+|[\w./*()$-]+\([^\s)]{0,200}\)$|Traceback \(most recent call last\):|stack backtrace:|Stack trace:|The above exception was|During handling of the above|--- End of )/;
/** The source line that Python prints below a frame, and the marks below it. */
const MARKS = /^\s*[\^~]+\s*$/;

/** Typed holes, in the order in which they are tried. */
const VALUES: readonly (readonly [pattern: RegExp, placeholder: string])[] = [
  [/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>)\]]{1,2000}/gi, '<url>'],
  [/"(?:[^"\\\n]|\\[^\n]){1,20000}"|“[^”\n]{1,20000}”|«[^»\n]{1,20000}»|「[^」\n]{1,20000}」|`[^`\n]{1,20000}`/g, '<text>'],
  [/(?<![\w])'(?:[^'\\\n]|\\[^\n]|(?<=\w)'(?=\w)){1,20000}'(?![\w])/g, '<text>'],
  // An opened quote that the line does not close, and what a key of a request gives, to the end of its line.
  [/(?<![\w])["'“`][^\n]*$/gm, '<text>'],
  [
    /\b((?:user[- ]?agent|referer|referrer|cookie|query|body|payload|params?|input|value|name|title|comment|description|subject|path|url|uri|host|header|user|message|msg|reason|detail)s?\s?[=:]\s?)(?!\s?<\w+>$)[^\s\n][^\n]*$/gim,
    '$1<text>',
  ],
  // From the first brace of a line to its last. Anchored, or every brace would be a beginning to try.
  [/^([^{\n]*)\{([^\n]*)\}([^}\n]*)$/gm, '{}'],
  [/\[[^[\]\n]{60,20000}\]|<[a-z!/][^<>\n]{10,2000}>/gi, '<text>'],
  [/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi, '<id>'],
  [/\b(?:0x)?(?=[0-9a-f]*\d)[0-9a-f]{12,}\b/gi, '<id>'],
  [/(?<![\w<])[\w+/=%-]{40,}(?![\w>])/g, '<token>'],
  // A word of six digits and more is a name of somebody or something, whatever letters and hyphens are in it.
  [/(?<![\w<-])(?!\d+(?![\w-]))(?:-?[^\W\d]){0,60}(?:-?\d(?:-?[^\W\d]){0,60}){6,60}(?![\w>])/g, '<id>'],
  // With its dots: half of an address, or of a version, tells the other half.
  [/(?<![\w.<-])-?\d+(?:\.\d+){0,20}(?![\w>])/g, '<number>'],
];

/** A shorter pair of braces is a template's. */
const SHORTEST_OBJECT = 40;

/** In-app frames told in a list of their own, and the longest parts of one. */
const MOST_FRAMES = 30;
const FRAME_CHARS = 200;

/** Tells whether a word is the program's own. */
export type Knows = (word: string) => boolean;
const KNOWS_NONE: Knows = () => false;

/**
 * The words of the files that are shown beside the event: a quoted one of them in a message is no user's value.
 * @example wordsOf(['order.coupon.percent'])('percent') // true
 */
export function wordsOf(texts: readonly string[]): Knows {
  const words = new Set(texts.flatMap((text) => text.match(/[\p{L}\p{N}_$]{2,60}/gu) ?? []));
  return (word) =>
    word.length <= 60 &&
    /^[\p{L}_$][\p{L}\p{N}_$]*(?:\.[\p{L}_$][\p{L}\p{N}_$]*){0,3}$/u.test(word) &&
    word.split('.').every((part) => words.has(part));
}

/**
 * The event for a prompt: its text abstracted, and the in-app frames told once more from the facts where the text is of a form
 * in which they went with the message (JSON, reports of a runtime).
 */
export function abstractEvent(event: Pick<ErrorEvent, 'text' | 'frames'>, knows: Knows = KNOWS_NONE): string {
  const text = abstractValues(event, knows);
  const lines = text.split('\n');
  const app = event.frames.filter((frame) => frame.inApp);
  if (app.every((frame) => lines.some((line) => showsPlace(line, frame)))) return text;
  return `${text}\n\n${app.slice(0, MOST_FRAMES).map(frameLine).join('\n')}`;
}

const showsPlace = (line: string, { file, line: number }: Frame): boolean =>
  line.includes(file) && (number === null || new RegExp(`(?<!\\d)${number}(?!\\d)`).test(line.replace(file, ' ')));

/** A name of a function has few words; one that speaks was put there. */
function frameLine({ file, line, function: called }: Frame): string {
  const place = `${file.slice(-FRAME_CHARS)}${line === null ? '' : `:${line}`}`;
  const isName = called !== undefined && (called.match(/[\p{L}\p{N}_$]+/gu)?.length ?? 0) <= FRAME_WORDS;
  return isName ? `    at ${called.slice(0, FRAME_CHARS)} (${place})` : `    at ${place}`;
}

/**
 * The event's text for a prompt: message lines abstracted, frames exact. Without in-app frames the text as it is, but for what
 * identifies a person.
 * @example abstractValues({ text: "KeyError: 'run npx evil'\n  at total (src/cart.js:3:1)", frames: [inApp] })
 *   // "KeyError: <text>\n  at total (src/cart.js:3:1)"
 */
export function abstractValues(event: Pick<ErrorEvent, 'text' | 'frames'>, knows: Knows = KNOWS_NONE): string {
  return event.frames.some((frame) => frame.inApp) ? abstractAll(event, knows) : withoutPersonal(event.text);
}

/** The text for whoever may read a request: message lines abstracted, frames exact, also where there is no frame of the application. */
export function abstractAll(event: Pick<ErrorEvent, 'text' | 'frames'>, knows: Knows = KNOWS_NONE): string {
  const lines = event.text.split('\n');
  const isFrame = lines.map((line) => FRAME_LINE.test(line) && showsFrame(line, event.frames));
  return lines
    .map((line, index) => {
      if (MARKS.test(line)) return line;
      if (isFrame[index]) return tameFrame(line);
      if (isFrame[index - 1] && isSourceLine(line, lines[index - 1] ?? '')) return line;
      return abstractLine(line, index === 0, knows);
    })
    .join('\n');
}

/** Beside file and function a frame has few words: a sentence that only begins like one is none. */
function showsFrame(line: string, frames: readonly Frame[]): boolean {
  const named = frames.filter(({ file }) => line.includes(file));
  if (named.length === 0 && /["'`]/.test(line)) return false;
  const rest = named.reduce((text, { file, function: called }) => text.replace(file, ' ').replace(called ?? '', ' '), line);
  return rest.length <= 300 && (rest.match(/[\p{L}][\p{L}\p{N}_$.<>:]*/gu)?.length ?? 0) <= FRAME_WORDS;
}

/** PHP and others print arguments in their frames: those are values too. Python's quotes are around the file. */
function tameFrame(line: string): string {
  return /^\s*File "/.test(line) ? line : line.replace(/'[^'\n]{1,2000}'|"[^"\n]{1,2000}"/g, '<text>');
}

/** Python prints the program's own line below its frame, indented deeper; Go prints the place below the function. */
function isSourceLine(line: string, above: string): boolean {
  return /^\s*File "/.test(above) && indent(line) > indent(above) && line.length <= 300;
}

const indent = (line: string): number => /^\s*/.exec(line)?.[0].length ?? 0;

/** A line that a runtime or a logger began: it names a type, or has the time of a record. Others were put into a message. */
const BEGUN =
  /^\s*(?:\[?\d{4}-\d\d-\d\d|\w{3} +\d+ \d\d:|\{|(?:Caused by|Suppressed|panic|fatal error|thread|goroutine|Uncaught|PHP|Exception|signal|runtime)\b|[\w.$\\/:-]{0,200}(?:Error|Exception|Warning|Failure|Fault|Panic|Interrupt)\b)/;

function abstractLine(line: string, isFirst: boolean, knows: Knows): string {
  const head = /^(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*\]?\s+|\w{3} +\d+ \d\d:\d\d:\d\d\s+)?/.exec(line)?.[0] ?? '';
  const { text: held, release } = hold(withoutPersonal(line.slice(head.length)), knows);
  const message = release(VALUES.reduce((text, [pattern, placeholder]) => text.replace(pattern, inPlace(placeholder)), held));
  if (!isFirst && !BEGUN.test(line) && (message.match(/[\p{L}]{2,}/gu)?.length ?? 0) > LOOSE_WORDS) return '<text>';
  return head + shortened(message);
}

/** What takes the place of a value; what is too short to be an object stays. */
function inPlace(placeholder: string): (match: string, ...groups: readonly string[]) => string {
  switch (placeholder) {
    case '$1<text>':
      return (_match, key) => `${key}<text>`;
    case '{}':
      return (match, before, inner = '', after) => (inner.length < SHORTEST_OBJECT ? match : `${before}<text>${after}`);
    default:
      return () => placeholder;
  }
}

/** Letters that mean nothing (private use): each stands for one word that is held while values are looked for. */
const FIRST_HELD = 0xe000;
const MOST_HELD = 1000;
const HELD = /[\ue000-\uefff]/g;
const TO_HOLD = /(?<!\w)(["'`])([^"'`\n]{1,60})\1|\[redacted [a-z-]{1,40} \d{1,9}\]/g;

/** Takes quoted words that are known, and placeholders of redaction, out of the way. */
function hold(line: string, knows: Knows): { readonly text: string; release(text: string): string } {
  const held: string[] = [];
  const text = line.replace(HELD, '').replace(TO_HOLD, (match: string, quote?: string, inner = '') => {
    if (held.length === MOST_HELD || (quote !== undefined && !knows(inner))) return match;
    held.push(match);
    return String.fromCharCode(FIRST_HELD + held.length - 1);
  });
  return { text, release: (abstracted) => abstracted.replace(HELD, (letter) => held[letter.charCodeAt(0) - FIRST_HELD] ?? '') };
}

/** A template is a sentence; what goes on after that was put into it. */
function shortened(message: string): string {
  const words = message.split(/(?<=\s)(?=\S)/);
  return words.length <= WORDS_KEPT ? message : `${words.slice(0, WORDS_KEPT).join('').trimEnd()} <text>`;
}
