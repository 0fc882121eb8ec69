// Removes what varies between two occurrences of one error: numbers, ids, addresses, times, paths, names of hosts.
// Ordered rules; each says what it stands for, so that a fingerprint can explain itself. It never sees line numbers
// of frames: those are left out by `fingerprint.ts`.

interface Rule {
  readonly name: string;
  /** Text without this cannot match: most rules are passed over by looking for one sign. */
  readonly needs: string | RegExp;
  readonly pattern: RegExp;
}

const DIGIT = /\d/;
const rule = (name: string, needs: string | RegExp, pattern: RegExp): Rule => ({ name, needs, pattern });

/** What stands in the place of everything that varies. One sign for all kinds: a place may hold an address now, a name then. */
const HOLE = '<*>';

/** Longer and more exact forms stand first, so that the explanation names the right kind. */
const RULES: readonly Rule[] = [
  rule('email', '@', /[\w.!#$%&'*+/?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+/g),
  rule('url', '://', /\b[a-z][a-z0-9+.-]{1,12}:\/\/[^\s"'<>)\]]+/gi),
  rule('traceparent', DIGIT, /\b00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}\b|\b1-[0-9a-f]{8}-[0-9a-f]{24}\b/g),
  rule('uuid', DIGIT, /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi),
  rule(
    'date',
    DIGIT,
    /\b\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:[T :_-]+\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?)?(?:\s?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?(?![\w-])/g,
  ),
  rule(
    'date',
    DIGIT,
    /\b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? )?(?:\d{1,2}[ -])?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*[ -]+\d{1,4}(?:,? \d{4})?(?:[ T,]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?(?: (?:[AP]M|GMT|UTC|[A-Z]{1,3}[SD]T))?(?: [+-]\d{4})?(?: \d{4})?\b/g,
  ),
  rule('date', DIGIT, /\bdatetime\.datetime\([^)]*\)/g),
  rule('time', DIGIT, /\b\d{1,2}:\d{2}:\d{2}(?:[.,]\d+)?\b/g),
  rule(
    'ip',
    ':',
    /(?<![\w.:])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)?|::(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*))(?:%\w+)?(?::\d+)?(?![\w:])/gi,
  ),
  rule('ip', DIGIT, /\/?\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b/g),
  rule('mac', DIGIT, /\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}\b/gi),
  rule('path', /[\\/]/, /(?<![\w<])(?:[A-Za-z]:\\|\\\\)[^\s"'<>|]+|(?<![\w.<>:/])(?:~|\.{1,2})?(?:\/+[\w.@%+~=,-]+){2,}\/*/g),
  rule(
    'host',
    '.',
    /(?<![\w.@-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|org|net|io|dev|edu|gov|local|internal|cloud|app|de|uk|eu|cn|jp|fr|ru|hk|tw|br|in|it|nl|se|ch|at|pl|es)(?::\d{1,5})?(?![\w.])/gi,
  ),
  rule('size', DIGIT, /(?<![\w.])\d+(?:\.\d+)? ?(?:[KMGTP]i?B|bytes|B)\b/g),
  rule(
    'duration',
    DIGIT,
    /(?<![\w.])\d+(?:\.\d+)? ?(?:ns|us|µs|ms|msec|milliseconds|secs?|seconds?|mins?|minutes?|hours?|days?|s|m|h)(?![\w-])/g,
  ),
  rule('hex', DIGIT, /\b0x[0-9a-f]+\b/gi),
  rule('hex', DIGIT, /(?<![\w-])(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,128}(?![\w-])/g),
  rule('hex', DIGIT, /(?<![\w-])(?=[0-9A-F]*\d)(?=[0-9A-F]*[A-F])[0-9A-F]{8,128}(?![\w-])/g),
  rule(
    'user',
    /user|login|account/i,
    /(?<=\b(?:user|username|login|account)(?: |=| ['"]))(?!<|(?:for|is|was|has|not|in|of|to|at|on|with|does|and|or|by|from|name|id|must|can|cannot|could|will|failed|already|exists)\b)[\w.@-]+(?=['"\s),;]|$)/gi,
  ),
  rule('number', DIGIT, /(?<![\w<])(?:[\w$@#%+~-]|\.(?=\w))*\d(?:[\w$@#*%+~-]|\.(?=\w))*/g),
];

/** What is glued to a hole belongs to it: `<*>.example`, `name~<*>`. A key before `=` or `:` does not. */
const GLUED = /(?:[\w.\\/~@+%-]*<\*>[\w.\\/~@+%-]*)+/g;
const RUN = /<\*>(?:[\s,:;|/-]*<\*>|\s*\(\)|\s*\(<\*>\))+/g;
const MAX_MESSAGE = 2000;

/** @returns the text with what varies replaced by `<*>`, and the kinds that were replaced, in order, once each. */
export function normalize(message: string): { readonly text: string; readonly replaced: readonly string[] } {
  let text = firstLines(message);
  const replaced: string[] = [];
  for (const { name, needs, pattern } of RULES) {
    if (typeof needs === 'string' ? !text.includes(needs) : !needs.test(text)) continue;
    const after = text.replace(pattern, HOLE);
    if (after !== text && !replaced.includes(name)) replaced.push(name);
    text = after;
  }
  text = text.replace(GLUED, glue).replace(RUN, HOLE).replace(/\s+/g, ' ').trim();
  return { text, replaced };
}

/** The hole takes what is glued to it, except a full stop at the end of a sentence. */
const glue = (piece: string): string => (piece.endsWith('.') ? `${HOLE}.` : HOLE);

/** The first two lines that say something; the rest is detail. */
function firstLines(message: string): string {
  const lines = message.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.slice(0, 2).join(' ').slice(0, MAX_MESSAGE);
}
