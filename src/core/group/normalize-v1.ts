// What varies in a message, as versions before 0.2 saw it (`fingerprint-v1.ts`). It stays as it was; `normalize.ts` is
// what counts now.

interface Rule {
  /** Text without this cannot match: most rules are passed over by looking for one sign. */
  readonly needs: string | RegExp;
  readonly pattern: RegExp;
}

const DIGIT = /\d/;
const rule = (needs: string | RegExp, pattern: RegExp): Rule => ({ needs, pattern });

const HOLE = '<*>';

const RULES: readonly Rule[] = [
  rule('@', /[\w.!#$%&'*+/?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+/g),
  rule('://', /\b[a-z][a-z0-9+.-]{1,12}:\/\/[^\s"'<>)\]]+/gi),
  rule(DIGIT, /\b00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}\b|\b1-[0-9a-f]{8}-[0-9a-f]{24}\b/g),
  rule(DIGIT, /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi),
  rule(
    DIGIT,
    /\b\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:[T :_-]+\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?)?(?:\s?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?(?![\w-])/g,
  ),
  rule(
    DIGIT,
    /\b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? )?(?:\d{1,2}[ -])?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*[ -]+\d{1,4}(?:,? \d{4})?(?:[ T,]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?(?: (?:[AP]M|GMT|UTC|[A-Z]{1,3}[SD]T))?(?: [+-]\d{4})?(?: \d{4})?\b/g,
  ),
  rule(DIGIT, /\bdatetime\.datetime\([^)]*\)/g),
  rule(DIGIT, /\b\d{1,2}:\d{2}:\d{2}(?:[.,]\d+)?\b/g),
  rule(
    ':',
    /(?<![\w.:])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)?|::(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*))(?:%\w+)?(?::\d+)?(?![\w:])/gi,
  ),
  rule(DIGIT, /\/?\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b/g),
  rule(DIGIT, /\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}\b/gi),
  rule(/[\\/]/, /(?<![\w<])(?:[A-Za-z]:\\|\\\\)[^\s"'<>|]+|(?<![\w.<>:/])(?:~|\.{1,2})?(?:\/+[\w.@%+~=,-]+){2,}\/*/g),
  rule(
    '.',
    /(?<![\w.@-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|org|net|io|dev|edu|gov|local|internal|cloud|app|de|uk|eu|cn|jp|fr|ru|hk|tw|br|in|it|nl|se|ch|at|pl|es)(?::\d{1,5})?(?![\w.])/gi,
  ),
  rule(DIGIT, /(?<![\w.])\d+(?:\.\d+)? ?(?:[KMGTP]i?B|bytes|B)\b/g),
  rule(DIGIT, /(?<![\w.])\d+(?:\.\d+)? ?(?:ns|us|µs|ms|msec|milliseconds|secs?|seconds?|mins?|minutes?|hours?|days?|s|m|h)(?![\w-])/g),
  rule(DIGIT, /\b0x[0-9a-f]+\b/gi),
  rule(DIGIT, /(?<![\w-])(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,128}(?![\w-])/g),
  rule(DIGIT, /(?<![\w-])(?=[0-9A-F]*\d)(?=[0-9A-F]*[A-F])[0-9A-F]{8,128}(?![\w-])/g),
  rule(
    /user|login|account/i,
    /(?<=\b(?:user|username|login|account)(?: |=| ['"]))(?!<|(?:for|is|was|has|not|in|of|to|at|on|with|does|and|or|by|from|name|id|must|can|cannot|could|will|failed|already|exists)\b)[\w.@-]+(?=['"\s),;]|$)/gi,
  ),
  rule(DIGIT, /(?<![\w<])(?:[\w$@#%+~-]|\.(?=\w))*\d(?:[\w$@#*%+~-]|\.(?=\w))*/g),
];

const GLUED = /(?:[\w.\\/~@+%-]*<\*>[\w.\\/~@+%-]*)+/g;
const RUN = /<\*>(?:[\s,:;|/-]*<\*>|\s*\(\)|\s*\(<\*>\))+/g;
const MAX_MESSAGE = 2000;

export function normalizeV1(message: string): string {
  let text = firstLines(message);
  for (const { needs, pattern } of RULES) {
    if (typeof needs === 'string' ? text.includes(needs) : needs.test(text)) text = text.replace(pattern, HOLE);
  }
  return text.replace(GLUED, glue).replace(RUN, HOLE).replace(/\s+/g, ' ').trim();
}

const glue = (piece: string): string => (piece.endsWith('.') ? `${HOLE}.` : HOLE);

function firstLines(message: string): string {
  const lines = message.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.slice(0, 2).join(' ').slice(0, MAX_MESSAGE);
}
