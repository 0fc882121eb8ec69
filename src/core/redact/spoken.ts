// Credentials in languages of their own, where their place says what they are: arguments of a call, statements of a database, commands of
// a store, settings of a device, lines of a file of passwords. None has "name, operator, value".
import { chanceBits } from './chance.ts';
import { isChosen, isDrawn, isMixedAndDrawn, isPathOrThing, isRandom, isThing } from './drawn.ts';
import { isCode } from './no-value.ts';
import type { Rule } from './rule.ts';
import { ENDS_OF_NAMES, NAME_WORDS, NAMES } from './secret-names.ts';

const BLANK = '[^\\S\\n]';
const TEXT = `["'][^"'\\n]{0,200}["'],\\s?`;
/** A call, or a name that is given a tuple: `auth=("app", "…")`, `login('app', '…')`, `new BasicCredentials("app", "…")`. */
const CALLED =
  '(?:auth(?!or)|login|log_in|sign_?in|credential|passw(?:or)?d|bind)\\w{0,40}(?:(?:->|::|\\.)\\w{1,40})?\\s{0,2}(?:[=:]\\s{0,2}[\\w.]{0,40})?\\(\\s?(?:Array\\(|\\[|Object\\([^()\\n]{1,60}\\),\\s?)?';

const CLIENTS = [
  'client',
  'connect',
  'sequelize',
  'search',
  'init',
  'configure',
  'dial',
  'pool',
  'datasource',
  'database',
  'sdk',
  'session',
];

const isTyped = (secret: string): boolean => isDrawn(secret) && !isPathOrThing(secret) && !isCode(secret);

export const SPOKEN_RULES: readonly Rule[] = [
  // Who, then by what.
  {
    kind: 'secret',
    words: ['auth', 'login', 'log_in', 'signin', 'sign_in', 'credential', 'passw', 'bind'],
    pattern: new RegExp(`(?:${CALLED})${TEXT}[bu]?["'](?!\\[redacted )([^"'\\n]{6,300})["']`, 'gi'),
    accept: isTyped,
  },
  // What a client is made of: an account, and what opens it, the second of its texts or the last.
  ...['{1,3}?', '{2,3}'].map(
    (times): Rule => ({
      kind: 'secret',
      words: CLIENTS,
      pattern: new RegExp(`(?:${CLIENTS.join('|')})\\w{0,30}\\(\\s?(?:${TEXT})${times}["'](?!\\[redacted )([^"'\\n]{8,300})["']`, 'gi'),
      accept: (secret) => isChosen(secret) && !isPathOrThing(secret),
    }),
  ),
  // Of SQL: the password itself, or what is stored of it.
  {
    kind: 'secret',
    words: ['identified', 'password'],
    pattern:
      /(?<!\w)(?:IDENTIFIED\s(?:WITH\s["'`]?\w{1,40}["'`]?\s)?(?:BY|AS)\s(?:PASSWORD\s)?|(?:ENCRYPTED\s)?PASSWORD\s|(?:=|\bSELECT)\s?PASSWORD\()["'](?!\[redacted )([^'"\n]{1,300})["']/g,
  },
  // Of stores: `AUTH`, `ACL SETUSER app on >…`.
  { kind: 'secret', words: ['setuser'], pattern: /\bSETUSER\s[^\n]{0,200}?\s[>#]([^\s"'>`]{6,200})/gi, accept: isTyped },
  // Of mail and of files: `a1 LOGIN ada …`, `> PASS …`.
  { kind: 'secret', words: ['login '], pattern: /(?<![\w-])LOGIN\s["']?[\w.@+-]{1,80}["']?\s["']?([^\s"']{6,200})/g, accept: isTyped },
  { kind: 'secret', words: ['pass '], pattern: /(?:[>:]|\bC:|-->)\s?PASS\s([^\s"'/]{6,200})(?=[\s"']|$)/g, accept: isTyped },
  // Who, then by what, in words.
  {
    kind: 'secret',
    words: ['pass', ' using '],
    pattern:
      /\b(?:user(?:name)?|login|as)\s["']?[\w.@+-]{1,80}["']?,?\s(?:(?:and\s|with\s)?(?:the\s)?(?:[\w-]{1,20}-)?pass(?:word|wd)?|using)\s["']?(?!\[redacted )([^\s"',;]{6,200})/gi,
    accept: isTyped,
  },
  {
    kind: 'secret',
    words: ['密', '口令', '令牌', 'パスワード', '비밀번호'],
    pattern: /(?:密码|口令|密钥|令牌|パスワード|비밀번호)(?:是|为|は|[:：])\s?[“「"']?([^\s，。；“”「」"']{6,200})/g,
    accept: isTyped,
  },
  // Sixteen letters in four groups, as accounts of mail give to programs; bytes as a list of numbers.
  {
    kind: 'secret',
    words: ['pass'],
    pattern: /pass(?:word|wd)?["']?[:= ]{1,3}["']?((?:[a-z\d]{4} ){3}[a-z\d]{4})(?![\w ])/gi,
    accept: (secret) => chanceBits(secret.replaceAll(' ', '')) > 4,
  },
  {
    kind: 'secret',
    words: ['key', 'secret', 'pass', 'salt', 'token', 'seed'],
    pattern:
      /(?:key|secret|password|salt|token|seed)["']?\s?[:=]\s?[\w[\]:]{0,20}[[{(]\s?((?:(?:0x[0-9a-f]{1,2}|\d{1,3})(?:,\s?|\s)){11,600}(?:0x[0-9a-f]{1,2}|\d{1,3}))/gi,
  },
  // What is handed to a program that asks for a password.
  {
    kind: 'secret',
    words: ['stdin', 'chpasswd', 'sudo -s', 'passphrase-fd'],
    pattern:
      /\b(?:echo|printf)\s(?:-\w+\s){0,2}(?:["']%s(?:\\n)?["']\s)?["']?(?:[\w.-]{1,40}:)?(?!\[redacted )([^\s"'|$]{4,200})["']?\s?\|[^\n]{0,200}?(?:--?password-stdin|passwd --stdin|chpasswd|sudo -S|passphrase-fd)/g,
  },
  // A text that its type calls secure.
  {
    kind: 'secret',
    words: ['securestring', 'secure_string', 'secretstring', 'secret_string', 'protectedstring'],
    pattern:
      /(?:secure|secret|protected)_?string["'\]]{0,2}(?:\(|\s{1,3}(?:-String\s)?|\s?[:=]\s?)["'](?!\[redacted )([^"'\n{]{6,300})["']/gi,
    accept: isTyped,
  },
  // What somebody tried, entered or was told, behind the word.
  {
    kind: 'secret',
    words: ['pass'],
    pattern:
      /pass[^\n]{0,120}?\b(?:tried|attempted|entered|typed|supplied|provided|received|got|used)\b:?\s["'](?!\[redacted )([^"'\s]{6,200})["']/gi,
    accept: isTyped,
  },
  // A user and a password in one word.
  {
    kind: 'secret',
    words: ['auth', 'login', 'credential', 'user'],
    pattern:
      /(?:auth|login|credentials?|users?)["']?(?:\s?[=:]\s?|\s)["']?[A-Za-z][\w.@+-]{0,60}:(?!\[redacted |\d{1,5}\b)([^\s"',;/\\]{6,200})/gi,
    accept: (secret) => isChosen(secret) && !isCode(secret),
  },
  // As files of users have it: how it is kept, then what is kept; who by an address of mail, then by what.
  {
    kind: 'secret',
    words: ['{plain}', '{cleartext}', '{clear}', '{noop}'],
    pattern: /(?<!\$)\{(?:PLAIN|CLEARTEXT|CLEAR|noop)\}([A-Za-z0-9][^\s:"'`(),]{4,200})/g,
  },
  {
    kind: 'secret',
    words: ['@'],
    pattern: /(?<![\w./:-])[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,4}:([^\s"',;/\\]{6,200})/g,
    accept: (secret) => isChosen(secret) && !isCode(secret),
  },
  // Codes that stand in for a second factor, one behind the other.
  {
    kind: 'secret',
    words: ['backup', 'recovery', 'scratch'],
    pattern: /(?:backup|recovery|scratch)[ _-]codes?["']?\s?[:=]\s?[[("']{0,2}((?:[\w-]{8,24}["']?[,\s]{1,3}["']?){0,20}[\w-]{8,24})/gi,
    accept: (secret) => /\d/.test(secret),
  },
  // Whatever program it is: a flag for the user, then one for the password.
  {
    kind: 'secret',
    words: [' -u', ' -n', ' -l', ' --user'],
    pattern:
      /\s-(?:[unlU]|-?user(?:name)?)[\s=]\S{1,80}(?:\s[^\s|;]{1,80}){0,4}?\s-(?:[pPw]|pw|-?pass\w{0,8})[\s=]["']?(?!\[redacted )([^\s"'|;:/]{6,200})/g,
    accept: (secret) => isTyped(secret) && /[a-z]/i.test(secret),
  },
  {
    kind: 'secret',
    words: [' -u ', 'connect ', 'conn '],
    pattern: /(?:\s-u\s[\w.@-]{1,60},|\bCONN(?:ECT)?\s[\w$#]{1,40}\/)(?!\[redacted )([^\s"',@/]{6,200})(?=@|\s|$)/g,
    accept: isTyped,
  },
  {
    kind: 'secret',
    words: ['createuser '],
    pattern: /(?<=createUser\s[^\n]{0,160}\b(?:MD5|SHA[\d-]{0,5}|AES[\d-]{0,5}|DES)\s"?)(?!\[redacted )[^\s"]{6,100}/g,
  },
  // A login as one text, the second half of which chance has made.
  {
    kind: 'secret',
    words: [':'],
    least: 16,
    pattern: /["'][\w.-]{1,30}:((?=[A-Za-z]{0,60}\d)[A-Za-z0-9]{16,64})["']/g,
    accept: (secret, match) => isMixedAndDrawn(secret) && !isThing(match.slice(1)),
  },
  // A line that is nothing but a name and its value, as files of settings without an operator have them.
  {
    kind: 'secret',
    words: NAME_WORDS,
    needs: [new RegExp(`(?:${ENDS_OF_NAMES})${BLANK}{1,20}["']?[^\\s"']{6,300}["']?;?${BLANK}{0,3}(?=\\n|\\\\n|$)`, 'im')],
    pattern: new RegExp(
      `(?:^|\\\\n)${BLANK}{0,12}[\\w.-]{0,40}(?:${NAMES}|auth)${BLANK}{1,20}["']?(?!\\[redacted )([^\\s"']{6,300})["']?;?${BLANK}{0,3}(?=\\n|\\\\n|$)`,
      'gim',
    ),
    accept: isTyped,
  },
  // What a service signs its calls with, behind the time.
  { kind: 'secret', words: ['t='], least: 32, pattern: /(?<=\bt=\d{9,13},\s?(?:v\d=[0-9a-f]{32,128},\s?){0,2}v\d=)[0-9a-f]{32,128}/g },
  // Of a device of a network: a figure, or a word, says how what follows is written.
  {
    kind: 'secret',
    words: ['community', 'secret', 'password', 'passwd', 'key', 'md5'],
    pattern: /(?:community|(?:secret|password|passwd|key|key-string)|md5)\s(?:\d|ENC|encrypted)\s["']?(?!\[redacted )([^\s"']{6,300})/gi,
    accept: isTyped,
  },
  {
    kind: 'secret',
    words: ['community'],
    pattern: /\bsnmp[\w-]{0,20}[^\n]{0,60}?\bcommunity[\s=:]{1,3}["']?(?!\[redacted )([^\s"',;]{4,100})/gi,
  },
  // Of libpq's file of passwords: host, port, database, user and password.
  {
    kind: 'secret',
    words: [':'],
    needs: [/:(?:\d{2,5}|\*):[A-Za-z*]/],
    pattern:
      /(?<![\w:/.*-])(?:[A-Za-z][\w.-]{0,100}|\*|\d{1,3}(?:\.\d{1,3}){3}):(?:\d{2,5}|\*):(?:[A-Za-z][\w-]{0,60}|\*):(?:[A-Za-z][\w-]{0,60}|\*):([^\s:"'\\/()]{6,200})(?=[\s"']|\\n|$)/g,
    accept: (secret) => isRandom(secret, 8) || isTyped(secret),
  },
  // What a vault of Ansible keeps.
  { kind: 'encoded', words: ['$ansible_vault;'], pattern: /\$ANSIBLE_VAULT;[\w.;-]{1,60}((?:(?:\s|\\n){1,20}[0-9a-f]{20,160}){1,400})/g },
  // The token of a bot stands within a part of the address.
  { kind: 'token', words: ['/bot'], least: 30, pattern: /\/bot(\d{6,12}:[\w-]{30,60})(?![\w-])/g },
];
