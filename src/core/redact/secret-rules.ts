// The rules of redaction in the order in which they are tried: armoured keys, provider tokens, addresses with passwords,
// headers, then anything that is named like a secret. Each says what it finds; `redact.ts` takes it out.
import { TOKENS } from './tokens.ts';

export interface Rule {
  readonly kind: string;
  /** Lower-case words of which one is in every text that the rule can match: a cheap look before the costly one. */
  readonly words: readonly string[];
  /** Global. The first group that took part holds the secret; without groups it is the whole match. */
  readonly pattern: RegExp;
  /** A last look at what was found. */
  readonly accept?: (secret: string, match: string) => boolean;
}

/** A token may stand after a letter only where that letter belongs to `\n` or `%20`: JSON and URLs glue them on. */
const START = '(?:(?<![A-Za-z0-9])|(?<=\\\\[nrt])|(?<=%[0-9A-Fa-f]{2}))';

/** What people call a secret. Longer names hold these at their end: `DB_PASSWORD`, `aws_secret_access_key`. */
const NAMES = [
  'pass(?:word|wd|phrase|wort|code)',
  '(?<![\\w-])pass',
  'pwd',
  'senha',
  'contrase[nñ]a',
  'secret(?:[_-]?(?:access)?[_-]?key)?',
  '(?:api|access|account|auth|encryption|master|private|secret|shared|shared[_-]?access|signing|storage|subscription)[_-]?key',
  '(?:client|consumer|app|webhook|signing)[_-]?secret',
  'token',
  '(?<![\\w-])_?auth(?=["\']?=)',
  'credentials?',
  'session[_-]?id',
  'jsessionid',
  'phpsessid',
  '密码',
  '口令',
  '密钥',
].join('|');

/** A quote as logs write it: plain, or escaped once or more within a string of JSON. */
const QUOTED = [
  '"((?:[^"\\\\\\n]|\\\\[^\\n]){3,2000})(?:"|(?=\\n|$))',
  "'((?:[^'\\\\\\n]|\\\\[^\\n]){3,2000})(?:'|(?=\\n|$))",
  '\\\\{1,3}"([^"\\\\\\n]{3,2000})(?:\\\\{1,3}"|(?=\\n|$))',
].join('|');

const NAMED = new RegExp(
  `(?:${NAMES})(?:\\\\{0,3}["'\`])?[^\\S\\n]{0,20}(?:=>|:=|=|:|：)[^\\S\\n]{0,20}(?!["']?\\[redacted )(?:${QUOTED}|([^\\s"',;&)}\\]<>\\\\]{6,2000}))`,
  'giu',
);

const NAME_WORDS = [
  'pass',
  'pwd',
  'senha',
  'contrase',
  'secret',
  'key',
  'token',
  'auth',
  'credential',
  'session',
  'jsessionid',
  'phpsessid',
  '密',
  '口令',
];

export const RULES: readonly Rule[] = [
  {
    kind: 'private-key',
    words: ['private key'],
    pattern:
      /-----BEGIN (?:[A-Z0-9]{1,20} ){0,5}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END (?:[A-Z0-9]{1,20} ){0,5}PRIVATE KEY(?: BLOCK)?-----|$)/g,
  },
  { kind: 'private-key', words: ['putty-user-key-file'], pattern: /PuTTY-User-Key-File-\d:[\s\S]*?(?:Private-MAC: \w+|$)/g },
  ...TOKENS.map(([kind, word, form]): Rule => ({ kind, words: [word], pattern: new RegExp(`${START}${form}`, 'g') })),
  {
    kind: 'jwt',
    words: ['eyj'],
    pattern: /(?:(?<![\w-])|(?<=\\[nrt])|(?<=%[0-9A-Fa-f]{2}))eyJ[\w-]{8,4000}\.(?:eyJ|)[\w-]{8,8000}(?:\.[\w-]{8,4000}){1,3}/g,
  },
  // A password may hold `@` and `:`; one with a `/` is cut there by every parser of addresses.
  { kind: 'url-password', words: ['://'], pattern: /(?<![a-z0-9])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"'<>]{0,100}:([^\s/"'<>]{1,200})@/gi },
  {
    kind: 'url-token',
    words: ['://'],
    pattern: /(?<![a-z0-9])[a-z][a-z0-9+.-]{1,20}:\/\/([\w~.-]{20,300})@/gi,
    accept: (secret) => /\d/.test(secret) && /[a-z]/i.test(secret),
  },
  { kind: 'url-password', words: ['jdbc:oracle'], pattern: /jdbc:oracle:\w{1,10}:[\w$#]{1,60}\/([^\s/@]{1,100})@/gi },
  {
    kind: 'url-signature',
    words: ['sig', 'credential'],
    pattern: /[?&](?:sig|signature|x-(?:amz|goog)-(?:signature|credential|security-token))=([^\s&"'<>]{10,2000})/gi,
  },
  {
    kind: 'authorization',
    words: ['authorization'],
    pattern:
      /\bauthorization\\{0,3}["']?[^\S\n]{0,20}(?:=>|[:=,])[^\S\n]{0,20}\\{0,3}["']?(?:bearer|basic|token|apikey|negotiate|ntlm)\s{1,5}([\w.~+/=-]{6,8000})/gi,
  },
  {
    kind: 'authorization',
    words: ['authorization'],
    pattern:
      /\bauthorization\\{0,3}["']?[^\S\n]{0,20}(?:=>|[:=])[^\S\n]{0,20}\\{0,3}["']?(?:(?:digest|hawk|aws4-hmac-sha256)\s([^\n"]{20,2000})|([^\s"',[]{16,2000}))/gi,
    accept: (secret) => !isCode(secret),
  },
  { kind: 'bearer', words: ['bearer'], pattern: /\bbearer[\s=:]{1,5}([\w.~+/=-]{16,8000})/gi },
  {
    kind: 'basic',
    words: ['basic'],
    pattern: /\bbasic\s{1,3}([A-Za-z0-9+/]{8,400}={0,2})(?![\w+/])/gi,
    accept: (secret) => /^[\x20-\x7e]{1,100}:[\x20-\x7e]*$/.test(Buffer.from(secret, 'base64').toString('latin1')),
  },
  { kind: 'smtp-auth', words: ['auth '], pattern: /\bAUTH (?:PLAIN|LOGIN) ([A-Za-z0-9+/]{8,400}={0,2})/g },
  {
    kind: 'cookie',
    words: ['cookie'],
    // Pair by pair: what comes after the last one is not the cookie's, and may be another secret's surroundings.
    pattern:
      /\b(?:set-)?cookie["']?[^\S\n]{0,5}(?:=>|[:=])[^\S\n]{0,5}\\{0,3}["']?(?!\[redacted )([\w.%-]{1,80}=[^\s;"']{1,4000}(?:;[^\S\n]{0,2}[\w.%-]{1,80}(?:=[^\s;"']{0,4000})?){0,60})/gi,
    accept: (secret) => secret.length > 5,
  },
  // Connection strings of databases and queues: the value goes to the semicolon, whatever it holds.
  {
    kind: 'secret',
    words: ['password', 'pwd', 'accountkey', 'accesskey'],
    pattern: /;[^\S\n]?(?:password|pwd|accountkey|sharedaccesskey|accesskey)[^\S\n]?=[^\S\n]?(?!\[redacted )([^;"'\n]{1,300})/gi,
  },
  {
    kind: 'secret',
    words: ['</'],
    pattern:
      /(?<=<(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?token|client[_-]?secret|wsse:password)[^<>\n]{0,80}>)(?!\[redacted )[^<\n]{3,300}(?=<\/)/gi,
  },
  {
    kind: 'secret',
    words: ['--'],
    pattern:
      /--(?:[a-z]{1,20}-){0,2}(?:password|passwd|passphrase|pwd|secret|token|api-?key|access-?key)(?:=|[^\S\n]{1,3})(?!\[redacted |-)["']?([^\s"']{3,300})/gi,
    accept: (secret) => !/^[<[{$]/.test(secret),
  },
  {
    kind: 'secret',
    words: ['curl', 'wget'],
    pattern: /\b(?:curl|wget)\b[^\n]{0,300}?\s(?:-u|--user|--proxy-user)[=\s]["']?[^\s:"']{1,100}:([^\s"']{3,200})/g,
  },
  { kind: 'secret', words: ['identified by'], pattern: /\bIDENTIFIED\s(?:WITH\s\w{1,40}\s)?BY\s(?:PASSWORD\s)?'([^'\n]{1,200})'/gi },
  {
    kind: 'secret',
    words: ['_key', '_dsn', '_auth', '_credentials'],
    pattern:
      /(?<![A-Z0-9_])(?!(?:[A-Z0-9]{1,20}_){0,3}(?:PRIMARY|FOREIGN|PARTITION|CACHE|SORT|PUBLIC|ROW|RANGE|HASH|UNIQUE|IDEMPOTENCY|DUPLICATE|INDEX|ROUTING)_KEY)[A-Z][A-Z0-9_]{0,60}_(?:KEY|DSN|AUTH|CREDENTIALS)=["']?(?!\[redacted )([^\s"',;]{12,2000})/g,
  },
  { kind: 'secret', words: NAME_WORDS, pattern: NAMED, accept: (secret, match) => isValueOf(secret, match) },
];

/** Values that stand where a secret would, and are none. */
const NO_VALUE =
  /^(?:null|none|nil|undefined|true|false|empty|required|missing|invalid|expired|expected|unexpected|string|number|boolean|object|function|bytes|integer|unknown|optional|filtered|redacted|hidden|secret|masked|withheld|protected|\[?(?:filtered|redacted|hidden|secure|masked|protected)\]?|[*•x.#_-]{3,}|<[^>]*>|\$\{?[\w.:-]+\}?|\{\{?[\w. ]+\}?\}?|%[\w(]\w*\)?s?|process\.env\b.*|os\.environ\b.*|env\(.*)$/i;

/** Code that takes the value from somewhere: a call, an index, a property. A stack trace prints such lines. */
const CODE =
  /^(?:[A-Za-z_$][\w$]*(?:(?:\.|->|::|\?\.)[A-Za-z_$][\w$]*)*[([]|(?:self|this|req|request|res|response|config|settings|options|opts|ctx|context|params|args|kwargs|payload|data|user|body|env|state|props|session|os|cls|super|input|form|cfg|conf|row|account|auth|credentials)(?:\.|->|::|\?\.)[A-Za-z_$]|\$this->|\$_|@\w+\.|await\b|new\b|new$|lambda\b|function\b)/;

function isValueOf(secret: string, match: string): boolean {
  const name = /^[\w\u4e00-\u9fff-]*/.exec(match)?.[0].toLowerCase() ?? '';
  const quoted = /["'][^"']*$/.test(match.slice(0, match.lastIndexOf(secret)).slice(-3));
  if (secret.toLowerCase() === name) return false;
  // The shell's working directory, and the words after "token:" in a parser's message.
  if (name === 'pwd' && /^[/~]|^[A-Z]:\\/.test(secret)) return false;
  if (name === 'token' && /^[A-Za-z]{1,15}$/.test(secret)) return false;
  if (name === 'token' && !quoted && /^[A-Za-z]+[.:]?$|^[^A-Za-z0-9]+$/.test(secret)) return false;
  return quoted || !isCode(secret);
}

/** `(options.clientSecret`, `secrets?.gitlabToken`: a property that has a secret's name is none itself. */
const PROPERTY =
  /^[(!]{0,3}[A-Za-z_$][\w$]*(?:\??(?:\.|->|::)[A-Za-z_$][\w$]*){0,5}\??(?:\.|->|::)\w{0,40}(?:pass|password|pwd|token|secret|key|auth|credentials?)\w{0,10}$/i;

const isCode = (value: string): boolean => CODE.test(value.replace(/^[(!]+/, '')) || PROPERTY.test(value);

export function isHarmless(secret: string): boolean {
  return NO_VALUE.test(secret);
}
