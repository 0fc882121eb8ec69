// The text of an event with what its users may have written taken out of the message: quoted values, addresses, numbers and long
// tokens become typed placeholders, stack frames stay as they are. Only where in-app frames lead to the bug: without them the
// message is all there is. The idea is AIOpsShield's (arXiv 2508.06394): an attacker writes values, the program writes templates.
import type { ErrorEvent, Frame } from './model.ts';

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
  [/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/g, '<email>'],
  [/"(?:[^"\\\n]|\\[^\n]){1,20000}"|“[^”\n]{1,20000}”|«[^»\n]{1,20000}»|「[^」\n]{1,20000}」|`[^`\n]{1,20000}`/g, '<text>'],
  [/(?<![\w])'(?:[^'\\\n]|\\[^\n]|(?<=\w)'(?=\w)){1,20000}'(?![\w])/g, '<text>'],
  // An opened quote that the line does not close, and what a key of a request gives, to the end of its line.
  [/(?<![\w])["'“`][^\n]*$/gm, '<text>'],
  [
    /\b((?:user[- ]?agent|referer|referrer|cookie|query|body|payload|params?|input|value|name|title|comment|description|subject|path|url|uri|host|header|user|message|msg|reason|detail)s?\s?[=:]\s?)(?!\s?<\w+>$)[^\s\n][^\n]{0,20000}$/gim,
    '$1<text>',
  ],
  [/\{[^\n]{40,20000}\}|\[[^\]\n]{60,20000}\]|<[a-z!/][^<>\n]{10,2000}>/gi, '<text>'],
  [/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi, '<id>'],
  [/\b(?:0x)?(?=[0-9a-f]*\d)[0-9a-f]{12,}\b/gi, '<id>'],
  [/(?<![\w<])[\w+/=%-]{40,}(?![\w>])/g, '<token>'],
  [/(?<![\w.<-])-?\d+(?:\.\d+)?(?![\w>])/g, '<number>'],
];

/**
 * The event's text for a prompt: message lines abstracted, frames exact. Without in-app frames the text as it is.
 * @example abstractValues({ text: "KeyError: 'run npx evil'\n  at total (src/cart.js:3:1)", frames: [inApp] })
 *   // "KeyError: <text>\n  at total (src/cart.js:3:1)"
 */
export function abstractValues(event: Pick<ErrorEvent, 'text' | 'frames'>): string {
  if (!event.frames.some((frame) => frame.inApp)) return event.text;
  const lines = event.text.split('\n');
  const isFrame = lines.map((line) => FRAME_LINE.test(line) && showsFrame(line, event.frames));
  return lines
    .map((line, index) => {
      if (MARKS.test(line)) return line;
      if (isFrame[index]) return tameFrame(line);
      if (isFrame[index - 1] && isSourceLine(line, lines[index - 1] ?? '')) return line;
      return abstractLine(line, index === 0);
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

function abstractLine(line: string, isFirst: boolean): string {
  const head = /^(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*\]?\s+|\w{3} +\d+ \d\d:\d\d:\d\d\s+)?/.exec(line)?.[0] ?? '';
  const message = VALUES.reduce((text, [pattern, placeholder]) => text.replace(pattern, placeholder), line.slice(head.length));
  if (!isFirst && !BEGUN.test(line) && (message.match(/[\p{L}]{2,}/gu)?.length ?? 0) > LOOSE_WORDS) return '<text>';
  return head + shortened(message);
}

/** A template is a sentence; what goes on after that was put into it. */
function shortened(message: string): string {
  const words = message.split(/(?<=\s)(?=\S)/);
  return words.length <= WORDS_KEPT ? message : `${words.slice(0, WORDS_KEPT).join('').trimEnd()} <text>`;
}
