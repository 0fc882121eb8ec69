// Principle: a secret is known by where it stands (behind its name, in a header, in a part of an address) before it is
// known by how it looks. "Name, operator, value" is one grammar, whatever language or logger writes it.
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
  'pass(?:word|wd|phrase|wort|code)(?:[_-]?hash)?',
  '(?<![\\w-])pass',
  'pwd',
  'senha',
  'contrase[nñ]a',
  'secret(?:[_-]?(?:access)?[_-]?key)?',
  '(?:api|access|account|auth|encryption|master|private|secret|shared|shared[_-]?access|signing|storage|subscription)[_-]?key',
  '(?:client|consumer|app|webhook|signing)[_-]?secret',
  'private[_-]?key[_-]?id',
  'instrumentation[_-]?key',
  'client[_-]?key[_-]?data',
  'secret[_-]?key[_-]?base',
  'token',
  'kennwort',
  'mot[_ ]de[_ ]passe',
  'wachtwoord',
  'has[lł]o',
  'пароль',
  'パスワード',
  '비밀번호',
  '(?<![\\w-])_?auth(?=["\']?=)',
  'credentials?',
  'session[_-]?id',
  'jsessionid',
  'phpsessid',
  'connect\\.sid',
  '(?<=[._-])session',
  '密码',
  '口令',
  '密钥',
].join('|');

/** A quote as logs write it: plain, or escaped once or more within a string of JSON. */
const QUOTED = [
  '"((?:[^"\\\\\\n]|\\\\[^\\n]){3,2000})"',
  "'((?:[^'\\\\\\n]|\\\\[^\\n]){3,2000})'",
  // Cut off: a value, not the rest of a sentence behind a quote that ends.
  '["\']([^"\'\\s][^"\'\\n]{2,2000})(?=\\n|$)',
  '\\\\{1,3}"([^"\\\\\\n]{3,2000})(?:\\\\{1,3}"|(?=\\n|$))',
].join('|');

/** A type may stand between name and operator, and what a dump says of the value before it. */
const TYPE =
  '(?:[^\\S\\n]{0,3}:?[^\\S\\n]{0,3}\\b(?:string|str|text|bytes|char|varchar|secret(?:str)?|&str|any)\\b\\??(?=[^\\S\\n]{0,3}=))?';
const OPERATOR = '(?:\\|\\|=|\\?\\?=|&&=|:{1,3}=|[?.+]=|={1,3}|=>|->|<-|:|：)>?';
const DUMPED = '(?:(?:\\s|\\\\n){0,20}string\\(\\d{1,6}\\)\\s{1,3})?';

const NAMED = new RegExp(
  `(?:${NAMES})(?:\\\\{0,3}["'\`]|["'\`]?\\])?(?:["'\`]?\\])?${TYPE}[^\\S\\n]{0,20}${OPERATOR}[^\\S\\n]{0,20}${DUMPED}(?:[brufl]{1,2}(?=["']))?(?!["']?\\[redacted )(?:${QUOTED}|([^\\s"',;&)}\\]<>\\\\]{6,2000}))`,
  'giu',
);

/** As the arguments of one call: `setProperty("API_TOKEN", "…")`, or the items of one list. */
const ARGUMENTS = new RegExp(`["'](?:[\\w.-]{0,60}[_.-])?(?:${NAMES})["'][^\\S\\n]{0,5},[^\\S\\n]{0,5}["']([^"'\\n]{6,2000})["']`, 'giu');

/** In an element of its own, over lines. */
const ELEMENT = new RegExp(
  `<[\\w:.-]{0,60}(?:${NAMES})[^<>\\n]{0,80}>(?:\\s|\\\\n){0,40}(?!\\[redacted )([^<\\s][^<\\n]{2,300}?)(?:\\s|\\\\n){0,40}</`,
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
  'phpsessid',
  'instrumentation',
  'kennwort',
  'mot',
  'wachtwoord',
  'has',
  'пароль',
  'パスワード',
  '비밀번호',
  'connect.sid',
  'aspnetcore',
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
  {
    // Its lines without the armour: DER of a version number comes first in every form of a private key.
    kind: 'private-key',
    words: ['mii', 'mh', 'mc', 'mig', 'b3blbnnzac1rzxktdje'],
    pattern:
      /(?<![A-Za-z0-9+/])(?:MI[IGJ][A-Za-z0-9+/]{1,3}[IEg]BA[ADE]|MH[cQg]CAQEE|MC4CAQAw|MIG[A-Za-z0-9]AgEAM|b3BlbnNzaC1rZXktdjE)[A-Za-z0-9+/]{20,}={0,2}(?:(?:\s|\\n){1,4}[A-Za-z0-9+/]{20,}={0,2}){0,400}/g,
  },
  { kind: 'private-key', words: ['putty-user-key-file'], pattern: /PuTTY-User-Key-File-\d:[\s\S]*?(?:Private-MAC: \w+|$)/g },
  ...TOKENS.map(([kind, word, form]): Rule => ({ kind, words: [word], pattern: new RegExp(`${START}${form}`, 'g') })),
  {
    kind: 'jwt',
    words: ['eyj'],
    pattern: /(?:(?<![\w-])|(?<=\\[nrt])|(?<=%[0-9A-Fa-f]{2}))eyJ[\w-]{8,4000}\.(?:eyJ|)[\w-]{8,8000}(?:\.(?:[\w-]{8,4000}){0,1}){1,3}/g,
  },
  // A password may hold `@` and `:`; one with a `/` is cut there by every parser of addresses.
  { kind: 'url-password', words: ['://'], pattern: /(?<![a-z0-9])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"'<>]{0,100}:([^\s/"'<>]{1,200})@/gi },
  {
    kind: 'url-token',
    words: ['://'],
    pattern: /(?<![a-z0-9])[a-z][a-z0-9+.-]{1,20}:\/\/([\w~.-]{20,300})@/gi,
    accept: (secret) => /\d/.test(secret) && /[a-z]/i.test(secret),
  },
  // Addresses of databases without a scheme, as drivers of Go write them.
  { kind: 'url-password', words: ['@tcp(', '@unix('], pattern: /(?<![\w:/])[\w.+-]{1,60}:([^\s:@/"']{2,200})@(?:tcp|unix)\(/g },
  { kind: 'url-password', words: ['jdbc:oracle'], pattern: /jdbc:oracle:\w{1,10}:[\w$#]{1,60}\/([^\s/@]{1,100})@/gi },
  {
    kind: 'url-signature',
    words: ['sig', 'credential'],
    pattern: /[?&](?:sig|signature|x-(?:amz|goog)-(?:signature|credential|security-token))=([^\s&"'<>]{10,2000})/gi,
  },
  {
    // A key or a code of an address is a secret where it is long and drawn, and a name where it is not.
    kind: 'url-secret',
    words: ['key=', 'code=', 'pass=', 'pwd=', 'ticket=', 'otp=', 'hash='],
    pattern: /[?&;](?:[\w-]{0,30}[_-])?(?:key|code|pass|pwd|ticket|otp|hash)=([^\s&"'<>#]{4,2000})/gi,
    accept: (secret) => isDrawn(secret) || /^\d{4,8}$/.test(secret),
  },
  {
    // As a form sends it, encoded once more.
    kind: 'secret',
    words: ['%3d'],
    pattern: /(?:pass(?:word|wd|phrase)|pwd|secret|token|api[_-]?key)%3D([\w.~-]{4,300})/gi,
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
      /\bauthorization\\{0,3}["']?[^\S\n]{0,20}(?:=>|[:=])[^\S\n]{0,20}\\{0,3}["']?(?:(?:digest|hawk|aws4-hmac-sha256|oauth)\s([^\n"]{20,2000})|[\w-]{2,30}\s(?:\w{1,20}=)?["']?([^\s"',[]{12,2000})|([^\s"',[]{16,2000}))/gi,
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
  {
    // One cookie of a session, by the names that frameworks give it.
    kind: 'cookie',
    words: ['session', 'sid', 'remember_token', '.aspnetcore.', 'asp.net'],
    pattern:
      /(?<![\w.-])(?:[\w-]{0,40}[._-])?(?:session(?:id|_id)?|sid|remember_token|\.?aspnetcore\.[\w.]{1,60}|asp\.net_sessionid|sessionid)["']?(?:=|:\s?["'])([\w%.:~+/-]{16,4000})/gi,
    accept: (secret) => isDrawn(secret),
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
  { kind: 'secret', words: ['sshpass'], pattern: /\bsshpass\s(?:-\w+\s){0,3}-p\s{0,3}["']?([^\s"']{2,200})/g },
  {
    kind: 'secret',
    words: ['mysql', 'mariadb', 'mongo', 'redis-cli', 'smbclient'],
    pattern: /\b(?:mysql\w*|mariadb\w*|mongo(?:sh|dump|restore)?|redis-cli)\b[^\n|;]{0,200}?\s(?:-p|-a\s)["']?([^\s"'-][^\s"']{2,200})/g,
    accept: (secret) => !/^\d{2,5}$/.test(secret),
  },
  {
    kind: 'secret',
    words: ['login', 'machine'],
    pattern: /\b(?:login|machine)\s{1,5}\S{1,200}\s{1,20}(?:account\s\S{1,99}\s{1,9})?password\s{1,5}(\S{2,200})/g,
  },
  {
    // Functions that take the password as an argument of its own, as traces print their calls.
    kind: 'secret',
    words: ['pdo', 'connect(', 'mysqli', 'ldap_bind', 'ftp_login', 'imap_open', 'odbc', 'login('],
    pattern:
      /\b(?:PDO(?:->__construct)?|mysqli?(?:->__construct|_(?:real_)?connect|_pconnect)?|(?:oci|odbc|ibase|ssh2|db2|sqlsrv)_\w{0,20}connect|ldap_bind|ftp_login|imap_open|ssh2_auth_password|DriverManager\.getConnection|login)\(\s?(?:Object\([^()]{1,60}\), )?["'][^"'\n]{0,300}["'],\s?["'][^"'\n]{0,200}["'],\s?["']([^"'\n]{2,300})["']/g,
  },
  {
    // A row that is written: which of its values is the secret one is not looked at.
    kind: 'secret',
    words: ['values'],
    pattern:
      /\b(?:INSERT|REPLACE)\s{1,5}INTO\s{1,5}[^()\n]{1,120}\([^()\n]{0,400}(?:pass|pwd|secret|token|api_?key|credential)[^()\n]{0,400}\)\s{0,5}VALUES\s{0,5}\(([^\n]{3,4000}?)\)(?=[\s;,"']|$)/gi,
    accept: (secret) => /["']/.test(secret),
  },
  {
    kind: 'one-time-code',
    words: ['otp', 'pin', 'code', 'passcode', '验证码', '驗證碼'],
    pattern:
      /(?:(?<![A-Za-z])(?:otp|totp|pin|(?:2fa|mfa|otp|sms|verification|verify|one[ _-]time|security|login|auth|confirmation|access)[ _-]?(?:code|pin|password))(?:[ _-]?code)?["']?|验证码|驗證碼)\s{0,3}(?:is|was|=>|[:=：])\s{0,3}["']?(\d{4,8})(?![\d.])/gi,
  },
  {
    // In a sentence: a drawn word behind "password is".
    kind: 'secret',
    words: ['is ', 'was '],
    pattern:
      /\b(?:password|passwd|passphrase|pwd|secret|api[ _-]?key|access[ _-]?key|token)\s{1,3}(?:is|was)\s{1,3}(?!\[redacted )["'`]?([^\s"'`]{6,300})/gi,
    accept: (secret) => isDrawn(secret.replace(/[.,;!?]+$/, '')),
  },
  { kind: 'secret', words: NAME_WORDS, pattern: ARGUMENTS, accept: (secret) => isDrawn(secret) || /^\d{12,}$/.test(secret) },
  { kind: 'secret', words: ['</'], pattern: ELEMENT },
  {
    // A private key as JSON, and a registry's login.
    kind: 'private-key',
    words: ['"kty"'],
    pattern: /"d"\s{0,3}:\s{0,3}"([\w-]{20,2000})"/g,
  },
  { kind: 'secret', words: ['"auth"'], pattern: /"auth"\s{0,3}:\s{0,3}"([A-Za-z0-9+/]{8,800}={0,2})"/g },
  {
    // What is written in base64 holds whatever the other rules know.
    kind: 'secret',
    words: ['='],
    pattern: /(?<![\w+/-])[A-Za-z0-9+/]{24,2000}={1,2}(?![\w=])/g,
    accept: (secret) => holdsToken(Buffer.from(secret, 'base64').toString('latin1')),
  },
  { kind: 'secret', words: ['identified by'], pattern: /\bIDENTIFIED\s(?:WITH\s\w{1,40}\s)?BY\s(?:PASSWORD\s)?'([^'\n]{1,200})'/gi },
  {
    kind: 'secret',
    words: ['_key', '_dsn', '_auth', '_credentials'],
    pattern:
      /(?<![A-Z0-9_])(?!(?:[A-Z0-9]{1,20}_){0,3}(?:PRIMARY|FOREIGN|PARTITION|CACHE|SORT|PUBLIC|ROW|RANGE|HASH|UNIQUE|IDEMPOTENCY|DUPLICATE|INDEX|ROUTING)_KEY)[A-Z][A-Z0-9_]{0,60}_(?:KEY|DSN|AUTH|CREDENTIALS)=["']?(?!\[redacted )([^\s"',;]{12,2000})/g,
  },
  {
    // A short one is a secret all the same where nothing else can stand.
    kind: 'secret',
    words: ['pass'],
    pattern: /\bpass(?:word|wd|phrase)?["']?=(?=\S{0,4}\d)([^\s"',;&)}\]<>\\]{4,5})(?=[\s"',;&)}\]<>\\]|$)/gi,
  },
  { kind: 'secret', words: NAME_WORDS, pattern: NAMED, accept: (secret, match) => isValueOf(secret, match) },
];

/** Values that stand where a secret would, and are none. */
const NO_VALUE =
  /^(?:include|omit|same-origin|(?:your|my|some|the|enter|put|insert|replace)[-_ ](?:\w+[-_ ]){0,4}(?:here|key|token|secret|password|value)|change[-_]?(?:me|it)|null|none|nil|undefined|true|false|empty|required|missing|invalid|expired|expected|unexpected|string|number|boolean|object|function|bytes|integer|unknown|optional|filtered|redacted|hidden|secret|masked|withheld|protected|\[?(?:filtered|redacted|hidden|secure|masked|protected)\]?|[*•x.#_-]{3,}|<[^>]*>|\$\{?[\w.:-]+\}?|\{\{?[\w. ]+\}?\}?|%[\w(]\w*\)?s?|process\.env\b.*|os\.environ\b.*|env\(.*)$/i;

/** Code that takes the value from somewhere: a call, an index, a property. A stack trace prints such lines. */
const CODE =
  /^(?:[A-Za-z_$][\w$]*(?:(?:\.|->|::|\?\.)[A-Za-z_$][\w$]*)*[([]|(?:self|this|req|request|res|response|config|settings|options|opts|ctx|context|params|args|kwargs|payload|data|user|body|env|state|props|session|os|cls|super|input|form|cfg|conf|row|account|auth|credentials)(?:\.|->|::|\?\.)[A-Za-z_$]|\$this->|\$_|@\w+\.|await\b|new\b|new$|lambda\b|function\b)/;

/** Drawn by a machine or a careful person, not a word: letters with digits or other signs, or long and of many kinds. */
export function isDrawn(value: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9\s]/].filter((kind) => kind.test(value)).length;
  if (value.length < 6 || /^[\w]+[.:/][\w./:-]+\.[a-z]{1,5}(?::\d+)*$/.test(value)) return false;
  return /\d/.test(value) ? kinds >= 2 : kinds >= 3 && value.length >= 8;
}

const PLAIN_TOKENS = new RegExp(
  TOKENS.filter(([, word]) => word.length > 1)
    .map(([, , form]) => form)
    .join('|'),
);

/** Printable text that holds a token, or a name with its value. */
function holdsToken(text: string): boolean {
  return (
    /^[\t\n\r\x20-\x7e]+$/.test(text) && (PLAIN_TOKENS.test(text) || /(?:pass(?:word|wd)|secret|token|api_?key)["']?\s?[:=]/i.test(text))
  );
}

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
