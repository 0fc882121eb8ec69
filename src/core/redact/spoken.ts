// Credentials in languages of their own, where their place says what they are: arguments of a call, statements of a database, commands of
// a store, settings of a device, lines of a file of passwords. None has "name, operator, value".
import { chanceBits } from './chance.ts';
import { isChosen, isDrawn, isMixedAndDrawn, isPathOrThing, isRandom, isThing } from './drawn.ts';
import { isCode, isLabel, isReference, isSpeech } from './no-value.ts';
import type { Rule } from './rule.ts';
import { ENDS_OF_NAMES, NAME_WORDS, NAMES } from './secret-names.ts';
import { isSaidPassword } from './sentences/prose.ts';

const BLANK = '[^\\S\\n]';
const TEXT = `(?:["'][^"'\\n]{0,200}["']|\\d{1,5}|(?:Resource id #|Object\\()[\\w)\\\\]{1,60}|NULL|Array),\\s?`;
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
  // A pair of texts that is called so: who, then by what. In a list there may be names of ways to sign in as well.
  {
    kind: 'secret',
    words: ['auth', 'login', 'cred'],
    pattern:
      /(?<![A-Za-z])(?:[a-z]{1,12}_?)?(?:auth|credentials?|login)["']?\s?(?:=>|[:=])\s?(?:\(\s{0,12}[bu]?["'](?!pass|e-?mail|name)[^"'\n]{1,80}["'],\s{0,12}[bu]?["'](?!\[redacted )([^"'\n]{3,200})["']\s{0,12},?\s{0,12}\)|\[\s{0,12}["'][^"'\n]{1,80}["'],\s{0,12}["'](?!\[redacted )([^"'\n]{6,200})["'](?:,\s{0,12}["']\w{1,20}["'])?\s{0,12}\])/gi,
    accept: (secret, match) => !isSpeech(secret) && !isCode(secret) && !isPathOrThing(secret) && (match.endsWith(')') || isDrawn(secret)),
  },
  // Who, then by what.
  {
    kind: 'secret',
    words: ['auth', 'login', 'log_in', 'signin', 'sign_in', 'credential', 'passw', 'bind'],
    pattern: new RegExp(`(?:${CALLED})${TEXT}[bu]?["'](?!\\[redacted )([^"'\\n]{6,300})["']`, 'gi'),
    accept: isTyped,
  },
  {
    kind: 'secret',
    words: ['connect', 'database(', 'login('],
    pattern: new RegExp(
      `(?:connect(?:ion)?|database|login)(?:Handler|Sync|Async)?\\(\\s?(?:${TEXT}){2,4}["'](?!\\[redacted )([^"'\\n]{4,300})["']\\s?(?:\\)|,\\s?(?:\\.{3}|\\{|["']\\w{1,40}["']\\)))`,
      'gi',
    ),
    accept: (secret) => !isPathOrThing(secret) && !isCode(secret) && !isSpeech(secret),
  },
  // A call that does nothing but sign somebody in: its second text, or its last.
  {
    kind: 'secret',
    words: ['login', 'log_in', 'signin', 'sign_in', 'bind', 'auth', 'password'],
    pattern: new RegExp(
      `(?:log_?in|sign_?in|[_>:.]bind(?:_s|_async)?(?!\\(\\s?null)|simple_bind(?:_s)?|authenticate|\\b\\w{0,24}(?:pw|credentials?)_set|set_?credentials?|(?:log_?in|sign_?in|auth\\w{0,12})\\b[^\\n(]{0,20}\\bargs\\s?[=:]\\s?|(?:set|check|verify|change|reset|validate)_?password)\\(\\s?(?:Object\\([^()\\n]{1,60}\\),\\s?)?(?:${TEXT}){1,2}["'](?!\\[redacted )([^"'\\n]{3,300})["']`,
      'gi',
    ),
    accept: (secret) => !isPathOrThing(secret) && !isCode(secret) && !isSpeech(secret),
  },
  // What a client is made of: an account, and what opens it, the second of its texts or the last.
  ...['{1,3}?', '{2,3}'].map(
    (times): Rule => ({
      kind: 'secret',
      words: CLIENTS,
      pattern: new RegExp(
        `(?:${CLIENTS.join('|')})\\w{0,30}(?:(?:\\.|::)(?:new|create|build|init|for\\w{1,20}|from\\w{0,20}|of|with\\w{0,20}))?\\(\\s?(?:${TEXT})${times}["'](?!\\[redacted )([^"'\\n]{8,300})["']`,
        'gi',
      ),
      accept: (secret) => isChosen(secret) && !isPathOrThing(secret),
    }),
  ),
  // As R prints a list: what it is called, then the first of its values.
  {
    kind: 'secret',
    words: ['[1] "'],
    pattern: new RegExp(
      `\\$["'\`]?(?:[\\w.]{0,40}[_.])?(?:${NAMES})["'\`]?(?:\\n|\\\\n)\\[1\\]\\s{1,4}\\\\?"(?!\\[redacted )([^"\\n\\\\]{3,2000})`,
      'gi',
    ),
  },
  // Arguments one by one, with the number or the length of each, as programs tell which command has failed.
  {
    kind: 'secret',
    words: [': --', ': -', '] --'],
    needs: [/(?:\d:|\[\d{1,3}\])\s--?\w/],
    pattern: new RegExp(
      `(?:\\d:|\\[\\d{1,3}\\]:?)\\s--?[\\w-]{0,40}(?:${NAMES})(?:\\s\\(\\d{1,4}\\s\\w{1,10}\\))?,?(?:\\s|\\\\n){1,8}(?:\\d{1,3}:|\\[\\d{1,3}\\]:?)\\s["']?(?!\\[redacted |-)([^\\s"']{3,2000})`,
      'gi',
    ),
  },
  // Arguments in a list, behind a short flag: by what the value looks like.
  {
    kind: 'secret',
    words: ["'-", '"-'],
    needs: [/["']-{1,2}\w{1,3}["'],\s{0,3}["']/],
    pattern: /["']-{1,2}(?:[pPwWtTkKsX]|pw|pat|pin)["'],\s{0,3}["'](?!\[redacted )([^\s"'\n]{6,300})["']/g,
    accept: (secret) => isChosen(secret) && !isPathOrThing(secret) && !isThing(secret) && !isCode(secret),
  },
  // Whatever it makes: who, by a number or an id, and behind it what chance has made.
  {
    kind: 'secret',
    words: ['("', "('"],
    asks: 'chance',
    least: 20,
    needs: [/["'][\dA-Fa-f]{8,40}["'],\s?["'][\w-]{20}/],
    pattern:
      /(?<![\w.])(?:new\s)?[A-Z][A-Za-z]{2,40}(?:(?:\.|::)\w{1,20})?\(\s?(?:["'][\w.-]{1,40}["'],\s?){0,2}["'][\dA-Fa-f]{8,40}["'],\s?["']([\w-]{20,80})["']/g,
    accept: isMixedAndDrawn,
  },
  // Of SQL: the password itself, or what is stored of it.
  {
    kind: 'secret',
    words: ['identified', 'password'],
    pattern:
      /(?<!\w)(?:IDENTIFIED\s(?:WITH\s["'`]?\w{1,40}["'`]?\s)?(?:BY|AS)\s(?:PASSWORD\s|VALUES\s)?|(?:ENCRYPTED\s)?PASSWORD(?:\s?=\s?|\s)|\bSET\sPASSWORD\sFOR\s\S{1,120}\s?(?:=|TO)\s?(?:PASSWORD\()?|(?:=|\bSELECT)\s?PASSWORD\()N?\\?["'](?!\[redacted )([^'"\n\\]{1,300})\\?["']/g,
  },
  {
    kind: 'secret',
    words: ['identified by '],
    pattern: /(?:\bIDENTIFIED\sBY|\buser\s\S{1,80}\sidentified\sby)\s(?!VALUES\s|PASSWORD\s|\[redacted )([^\s"'`;,)]{3,200})/g,
    accept: (secret) => !isSpeech(secret) && !isCode(secret),
  },
  // Of stores: `AUTH`, `ACL SETUSER app on >…`.
  {
    kind: 'secret',
    words: ['user '],
    pattern:
      /\buser\s[\w.@*-]{1,60}\s(?:(?:on|off|reset|resetpass|resetkeys|allkeys|nopass|allcommands|sanitize-payload|[~+@&-]\S{1,60})\s){1,12}[>#](?!\[redacted )([^\s"'>`]{3,200})/gi,
  },
  { kind: 'secret', words: ['setuser'], pattern: /\bSETUSER\s[^\n]{0,200}?\s[>#]([^\s"'>`]{6,200})/gi, accept: isTyped },
  // Of mail and of files: `a1 LOGIN ada …`, `> PASS …`.
  {
    kind: 'secret',
    words: ['login '],
    pattern: /(?<![\w-])LOGIN\s["']?[\w.@+-]{1,80}["']?\s["']?(?!(?:CRAM|DIGEST|SCRAM|XOAUTH|NTLM|OAUTH)\w{0,6}-)([^\s"']{6,200})/g,
    accept: isTyped,
  },
  {
    kind: 'secret',
    words: ['login '],
    pattern:
      /(?<![\w.-])(?!(?:NO|OK|BAD|BYE|PREAUTH)\s)(?:[A-Za-z]{0,8}[\d.]{1,8}\sLOGIN|(?<=(?:^|[\n>:'"])\s?)[A-Za-z]{1,8}\d{1,8}\slogin)\s["']?[\w.@+\\-]{1,80}["']?\s["']?(?!\[redacted )([^\s"']{3,200})/g,
    accept: (secret) => !isSpeech(secret),
  },
  {
    kind: 'secret',
    words: ['pass '],
    pattern:
      /(?:[>:\]|*]|[-=]>|\b(?:C|CLI(?:ENT)?|SEND|Sent|Command|CMD|S|SNDCMD|TX)\b:?|\bUSER\s[^\s"']{1,80}(?:["',]|\\r|\\n|\s(?:\d{3}\s[^\n]{0,80}\n)?){0,6})\s{0,3}["']?PASS\s(?!\[redacted )([^\s"']{3,200})(?=["']?(?:\\r|\s|$))/g,
    accept: (secret, _, __, after) => !/^[/[(]/.test(secret) && !isSpeech(secret) && /^["']?(?:\\r|\\n|["',\])]|\s*(?:\n|$))/.test(after),
  },
  // Of Redis, as its monitor and its clients write it: the last word of the command.
  {
    kind: 'secret',
    words: ['"auth"', "'auth'", 'auth '],
    pattern:
      /(?:["']AUTH["'],?\s(?:["'][\w.@-]{1,60}["'],?\s)?["'](?!\[redacted )([^"'\n]{3,300})["']|\bAUTH\s(?:LOGIN|PLAIN)\b[^\n'"]{0,30}["'](?!\[redacted )([^"'\n]{3,300})["'])/g,
    // Names of commands, one beside the other.
    accept: (secret) => !/^[A-Z]+$/.test(secret),
  },
  // A command as a record: its name, then its arguments.
  {
    kind: 'secret',
    words: ["auth'", 'auth"', 'auth,', 'authenticate'],
    pattern:
      /(?<![\w-])auth(?:enticate)?["']?,\s{0,12}["']?(?:args|arguments|params|parameters)["']?\s?[:=]\s?\[\s{0,12}(?:["'][^"'\n]{1,80}["'],\s{0,12})?["'](?!\[redacted )([^"'\n]{3,300})["']\s{0,12}\]/gi,
  },
  // What a script types where it was asked for a password.
  {
    kind: 'secret',
    words: ['send', 'sendline'],
    pattern:
      /(?:pass(?:word|phrase|code)|assword|passwort|pin)\b[^\n]{0,40}(?:\n|\\n|;|\{)\s{0,20}(?:exp_)?send(?:line)?:?\s?(?:sending\s|--\s)?\(?["'](?!\[redacted )([^"'\n]{3,200}?)(?:\\[rn]){0,2}["']/gi,
    accept: (secret) => !/^[$\\]/.test(secret),
  },
  // On a line of its own, below the words that announce it.
  {
    kind: 'secret',
    words: [':\n', '=\n', ': \n', '= \n', ':\\n', ': \\n', '=\\n', '":\n', "':\n"],
    pattern:
      /pass(?:word|phrase|code)\b[^\n]{0,120}[:=][^\S\n]{0,3}(?:\n|\\n){1,3}[^\S\n]{0,12}(?!\[redacted )([^\s"'<>{}()[\]]{6,200})[^\S\n]{0,3}(?=\n|\\n|$)/gi,
    accept: (secret) => isDrawn(secret) && !isPathOrThing(secret) && !/[:,]$/.test(secret),
  },
  {
    kind: 'secret',
    words: [':\n', '=\n', ': \n', '= \n', ':\\n', ': \\n', '=\\n', '":\n', "':\n"],
    pattern: /pass(?:word|wd|phrase|code)["']?\]?[:=]\n[^\S\n]{1,12}(?:- )?["']?([^\s"'<>{}()[\]:]{4,200})["']?[^\S\n]{0,3}(?=\n|$)/gi,
    accept: (secret) => !isSpeech(secret) && !isCode(secret) && !/^[-|>#/]/.test(secret),
  },
  // What has become of a password, and on the next line what it is.
  {
    kind: 'secret',
    words: ['value:', 'value ='],
    pattern:
      /pass(?:word|phrase|code)\b[^\n]{0,160}(?:\n|\\n)[^\S\n]{0,8}(?:the\s)?(?:new\s)?value(?:\sis)?\s?[:=]\s{0,3}["']?(?!\[redacted )([^\s"']{4,200})/gi,
    accept: (secret) => !isSpeech(secret) && !isCode(secret) && !isPathOrThing(secret),
  },
  // Who, then by what, in words.
  {
    kind: 'secret',
    words: ['pass', ' using '],
    pattern:
      /\b(?:user(?:name)?|login|as)\s(?!(?:an?|the|and)\s)["']?[\w.@+-]{1,80}["']?,?\s(?:(?:and\s|with\s)?(?:the\s)?(?:[\w-]{1,20}-)?pass(?:word|wd)?|using)\s["']?(?!\[redacted )([^\s"',;]{4,200})/gi,
    accept: (secret, match, before, after) =>
      isTyped(secret) ||
      ((/\bconnect\b/i.test(`${before}${match}`) || /\spass(?:word|wd)?\s\S+$/i.test(match)) && isSaidPassword(secret, after)),
  },
  {
    kind: 'secret',
    words: ['密', '口令', '令牌', 'パスワード', '비밀번호'],
    pattern:
      /(?:密码|密碼|口令|密钥|令牌|パスワード|暗証番号|비밀번호|암호)[^\S\n]?(?:(?:(?:是|为|為|は)?[:：=]|是|为|為|は|[은는이가](?=\s))\s?(?:[“「『【"']|\[\s?)?|[“「『【](?=[^\n]))(?!\[redacted )([\x21\x23-\x26\x2a\x2b\x2d-\x3a\x3c-\x7e]{4,200}(?=[,;]?[^\x00-\x7f])|[^\s，。；、“”「」『』【】"'，)）]{3,200})/g,
    // What is said of one begins with a word of these.
    accept: (secret, match) =>
      (/[“「『【["':：=][^\S\n]?$/.test(match.slice(0, -secret.length)) || /^[\x21-\x7e]{4,}$/.test(secret)) &&
      !/^(?:不|必|错|錯|无|無|未|需|请|請|空|已|正|有|長|长|太|没|必須|必要|正しく|無効|間違|잘못|필수|없|올바)/.test(secret) &&
      (/[\x21-\x7e]/.test(secret) || (secret.length <= 6 && /^[密口パ暗비암]/.test(match) && !match.includes('钥'))) &&
      !isCode(secret),
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
  // Fewer of them are a password, one by one: as numbers, as signs, as a buffer of Node shows them.
  {
    kind: 'secret',
    words: ['pass', 'pwd', 'secret'],
    needs: [/(?:\[|\{|<buffer)\s?\S{1,4}[, ]/i],
    pattern:
      /(?:passw(?:or)?d|passphrase|pwd|secret)["']?\s?[:=]\s?(?:[\w[\]:{("']{0,30},?(?:["']data["']:)?[[{(]\s?((?:(?:0x[0-9a-f]{1,2}|\d{2,3})(?:,\s?|\s)){3,600}(?:0x[0-9a-f]{1,2}|\d{2,3}))|\[((?:[^\s,\]], ){3,100}[^\s,\]])\]|<buffer ((?:[0-9a-f]{2} ){3,60}[0-9a-f]{2}))/gi,
  },
  // What is handed to a program that asks for a password.
  {
    kind: 'secret',
    words: ['stdin', 'chpasswd', 'sudo -s', 'passphrase-fd', 'kinit', 'runas', 'su ', 'passwd', 'cryptsetup', 'ssh-add'],
    pattern:
      /\b(?:echo|printf)\s(?:-\w+\s){0,2}(?:["']%s(?:\\n)?["']\s)?["']?(?:[\w.-]{1,40}:)?(?!\[redacted )([^\s"'|$]{4,200})["']?(?:\s?\||\n\+{1,4}(?=\s))(?:[^\n]{0,200}?(?:pass\w{0,8}[ -](?:--)?(?:(?:on|from)-)?stdin|chpasswd|sudo -S|passphrase-fd)|\s?(?:sudo\s)?(?:kinit|runas|su|passwd|cryptsetup|ssh-add|gpg)\b)/g,
  },
  // What a command has printed that makes keys and passwords.
  {
    kind: 'secret',
    words: ['genkey', 'genpsk', 'rand -', 'pwgen', 'mkpasswd', 'makepasswd', 'apg -', 'uuidgen'],
    pattern:
      /(?:\bgen(?:key|psk)|\brand\s-(?:hex|base64)\s\d{1,4}|\b(?:pwgen|makepasswd|mkpasswd|apg)\b[^\n|>]{0,60})\n(?!\[redacted )([^\s"'|<>]{12,200})(?=\n|$)/g,
    accept: isDrawn,
  },
  // The address of a server without a scheme, who and by what before it.
  {
    kind: 'secret',
    words: ['@'],
    pattern:
      /(?<![\w/:@.-])[A-Za-z][\w.+-]{1,40}:(?!\[redacted )([^\s:@/"'<>]{12,100})@[A-Za-z][\w-]{0,60}(?:\.[A-Za-z][\w-]{0,60}){1,5}(?::\d{2,5})?(?![\w-])/g,
    accept: (secret) => /^[0-9a-f]{24,}$/.test(secret) || isRandom(secret, 12) || (isChosen(secret) && /[!#$%^&*?]/.test(secret)),
  },
  // The address of a database, then who, then by what.
  {
    kind: 'secret',
    words: ['jdbc:'],
    pattern: /\bjdbc:[^\s,"'()]{6,300}["']?,\s?["']?[\w.@-]{1,60}["']?,\s?(?:\w{1,10}\()?["']?(?!\[redacted )([^\s"',()]{3,200})["']?\)/g,
    accept: (secret) => isTyped(secret) && !/=/.test(secret),
  },
  // A line of settings that is a login and nothing more.
  {
    kind: 'secret',
    words: ['user = "', 'user="', 'user "'],
    pattern:
      /(?:^|\n|\\n)[^\S\n]{0,8}-{0,2}(?:proxy-)?user(?:\s?=\s?|\s)"(?!system:|urn:|arn:)[\w.@+-]{1,60}:(?!\[redacted )([^"\n]{3,200})"(?=\s*(?:\n|\\n|$))/g,
    accept: (secret) => !isCode(secret) && !/[:/]/.test(secret),
  },
  // Of Oracle: user and password before the address of the server. Of services of chats: who one is.
  { kind: 'secret', words: ['@//'], pattern: /(?<![\w/.-])[\w$#]{1,40}\/([^\s/@"']{3,80})@\/\//g },
  {
    kind: 'secret',
    words: ['.logon ', 'userid=', '+login ', 'ftp> user '],
    pattern:
      /(?:\.LOGON\s[^\s,]{1,80},|\buserid=[\w$#]{1,40}\/|\+login\s\S{1,60}\s|ftp>\suser\s\S{1,60}\s)(?!\[redacted )([^\s"',]{3,200})/gi,
  },
  { kind: 'secret', words: ['identify '], pattern: /serv\b[^\n]{0,20}\bIDENTIFY\s(?:[\w-]{1,40}\s(?=\S))?([^\s"']{3,100})/gi },
  // A tuple that says what it is, who and by what; the connection to a store that asks for nothing else.
  {
    kind: 'secret',
    words: ['auth', 'login', 'cred'],
    pattern:
      /(?:[{([]:?["']?(?:auth|login|credentials|basic_auth)["']?,\s?["'](?!pass|mail|e-?mail|name)[\w.@+-]{1,80}["'],\s?|(?:\b(?:red(?:is)?|client|cache|conn|rdb|db|r)[:.]|->\s?)auth\(\s?\[?\s?(?:["'][\w.@+-]{1,60}["'],\s?)?)["'](?!\[redacted )([^"'\n]{3,200})["']\s?[\])}]/gi,
    accept: (secret) => !isSpeech(secret) && !isCode(secret) && !isPathOrThing(secret),
  },
  // Of tunnels: `: PSK "…"`; a domain's account and its password, parted by a sign.
  { kind: 'secret', words: [': psk', ': eap', ': xauth'], pattern: /:\s(?:PSK|EAP|XAUTH|NTLM)\s["'](?!\[redacted )([^"'\n]{3,200})["']/g },
  // A setting without an operator: `enable password …`, `insecure-password …`, `plain-text-password-value "…"`.
  {
    kind: 'secret',
    words: ['pass'],
    needs: [/pass(?:word|wd|phrase)(?:-value)?[^\S\n]["']?[^\s"'<>]{4,200}["']?[^\S\n]?;?(?:\n|$)/],
    pattern:
      /(?:(?:^|\n)[^\S\n]{0,8}(?:enable|set|user(?:name)?\s\S{1,40})\spassword|(?<![\w-]|\[redacted )[A-Za-z][\w]{0,30}[-_](?:[\w-]{0,30}[-_])?pass(?:word|wd|phrase)(?:-value)?)[^\S\n]["']?(?!\[redacted )([^\s"'<>]{4,200})["']?[^\S\n]?;?(?=\n|$)/g,
    accept: (secret) => !isSpeech(secret) && !isCode(secret) && !isPathOrThing(secret) && !/^[A-Z_]+$/.test(secret),
  },
  // A directive: what is set, whose it is, then the value.
  {
    kind: 'secret',
    words: ['-pass', '-secret'],
    pattern:
      /(?:^|\n|\\n)[^\S\n]{0,8}(?:[a-z]{2,20} )?[a-z]{2,20}-(?:pass(?:word|wd|phrase)?|secret) [\w.@-]{1,60} ["']?(?!\[redacted )([^\s"'<>\\]{6,200})["']?(?=[^\S\n]*(?:\n|\\n|$))/g,
    accept: isTyped,
  },
  // A text that its type calls secure.
  {
    kind: 'secret',
    words: ['securestring', 'secure_string', 'secretstring', 'secret_string', 'protectedstring'],
    pattern:
      /(?:secure|secret|protected)_?string["'\]]{0,2}(?:\(|\s{1,3}(?:-String\s)?|\s?[:=]\s?)["'](?!\[redacted )([^"'\n{]{4,300})["']/gi,
    accept: (secret) => !isCode(secret) && !/^[$<%]/.test(secret),
  },
  // What somebody tried, entered or was told, behind the word.
  {
    kind: 'secret',
    words: ['pass'],
    pattern:
      /pass[^\n]{0,120}?\b(?:tried|attempted|entered|typed|supplied|provided|received|got|used|expected|actual)\b:?\s["'](?!\[redacted )([^"'\s]{3,200})["']/gi,
    accept: (secret) => !isSpeech(secret) && !isPathOrThing(secret) && !isCode(secret),
  },
  {
    kind: 'secret',
    words: [' got ', ' want ', ' expected ', ' tried ', ' entered '],
    pattern: /\b(?:got|want(?:ed)?|expected|tried|entered)[:=]?[^\S\n](?!\[redacted )([^\s"'`,;()]{4,80})/gi,
    accept: (secret, _, before, after) => /pass(?:word|wd|phrase)\b[^\n]*$/i.test(before) && isSaidPassword(secret, after),
  },
  {
    kind: 'secret',
    words: ['pass', 'pwd'],
    pattern: /pass(?:word|wd|phrase)?["']?\s?[:=]\s?["']?((?=[^\x00-\x7f])[^\s"',;&，。；]{3,5})(?=[\s"',;&]|$)/gi,
    accept: (secret) => !/^(?:不|必|错|空|无|未|需|请|已|正)/.test(secret) && !isSpeech(secret) && !isLabel(secret, ''),
  },
  // A user and a password in one word.
  {
    kind: 'secret',
    words: ['auth', 'login', 'credential', 'user'],
    pattern:
      /(?:auth|login|credentials?|users?)["']?(?:\s?[=:]\s?|\s)["']?[A-Za-z][\w.@+-]{0,60}:(?!\[redacted |\d{1,5}\b)([^\s"',;/\\]{6,200})/gi,
    accept: (secret) => (isChosen(secret) || (/^\w+$/.test(secret) && chanceBits(secret) >= 8)) && !isCode(secret),
  },
  {
    kind: 'secret',
    words: ['cred', 'log in', 'login', 'logged in'],
    pattern:
      /\b(?:(?:default\s|with\s|using\s)(?:\w+\s)?(?:credentials?|creds?|logins?)\b|(?:credentials?|creds?|logins?)\s?[:=]|(?:log(?:ged)?[ -]?in|sign(?:ed)?[ -]?in) (?:with|as|using)|login attempt(?:ed)?:?(?=\s?[["'(])|\blogin=)\s?["'([]?[A-Za-z][\w.@+-]{1,60}\s?[:/]\s?(?!\[redacted |\/)([^\s"',;/)\]\\]{4,200})/gi,
    accept: (secret) => !isCode(secret) && !isSpeech(secret),
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
    accept: (secret, _, before) =>
      (isChosen(secret) || /(?:^|\n)\[[\w.-]{1,100}\](?::\d{2,5})?\s{1,8}\S{1,120}$/.test(before)) && !isCode(secret),
  },
  {
    kind: 'secret',
    words: ['bundle_'],
    pattern: /\bBUNDLE_[A-Z\d_]{2,80}["']?[:=]\s?["']?[\w.@+-]{1,60}:(?!\[redacted |\/)([^\s"'/]{3,200})/g,
  },
  // Codes that stand in for a second factor, one behind the other.
  {
    kind: 'secret',
    words: ['backup', 'recovery', 'scratch'],
    pattern:
      /(?:backup|recovery|scratch)[ _-]codes?["']?(?:[^\n:=]{0,60}?\s?[:=]\s{0,12}|\n\s{0,8})[[("']{0,2}((?:(?:\d{1,2}[.)]\s)?(?:\d{4} \d{4}|[\w-]{8,24})["']?(?:[,\s]|\\n){1,8}["']?){0,20}(?:\d{1,2}[.)]\s)?(?:\d{4} \d{4}|[\w-]{8,24}))/gi,
    accept: (secret) => /\d/.test(secret),
  },
  {
    kind: 'secret',
    words: [' -u ', 'connect ', 'conn '],
    pattern: /(?:\s-u\s[\w.@-]{1,60},["']?|\bCONN(?:ECT)?\s[\w$#]{1,40}\/)(?!\[redacted )([^\s"',@/]{4,200})(?=@|["']?(?:\s|$))/g,
    accept: (secret) => !isCode(secret) && !isSpeech(secret),
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
    needs: [new RegExp(`(?:${ENDS_OF_NAMES})${BLANK}{1,20}["']?[^\\s"']{4,300}["']?;?${BLANK}{0,3}(?=\\n|\\\\n|$)`, 'im')],
    pattern: new RegExp(
      `(?:^|\\\\n)${BLANK}{0,12}[\\w.-]{0,40}(?:${NAMES}|auth)${BLANK}{1,20}["']?(?!\\[redacted )([^\\s"']{4,300})["']?;?${BLANK}{0,3}(?=\\n|\\\\n|$)`,
      'gim',
    ),
    accept: (secret, match) =>
      (isTyped(secret) && !isReference(secret, '', '')) ||
      (/^\s*(?:[\w.-]{0,20}(?:pass(?:word|wd|phrase)?|pw)|[\w.-]{0,40}(?:[_.-]P|_p|[a-z]P)(?:ass|ASS)(?:word|WORD|wd|WD|phrase)?|[A-Z_]{1,40}_PASS(?:WORD|WD|PHRASE)?)\s/.test(
        match,
      ) &&
        !isSpeech(secret) &&
        !isCode(secret) &&
        !isPathOrThing(secret)),
  },
  // What a service signs its calls with, behind the time.
  { kind: 'secret', words: ['t='], least: 32, pattern: /(?<=\bt=\d{9,13},\s?(?:v\d=[0-9a-f]{32,128},\s?){0,2}v\d=)[0-9a-f]{32,128}/g },
  // Of a device of a network: a figure, or a word, says how what follows is written.
  {
    kind: 'secret',
    words: ['community', 'secret', 'password', 'passwd', 'key', 'md5'],
    pattern: /(?:community|(?:secret|password|passwd|key|key-string)|md5)\s(?:\d|ENC|encrypted)\s["']?(?!\[redacted )([^\s"']{6,300})/gi,
    accept: (secret, _, __, after) => isTyped(secret) || isSaidPassword(secret, after),
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
    // Of PostgreSQL's own ports nothing else has five parts.
    accept: (secret, match) => isRandom(secret, 8) || isTyped(secret) || /^[^:]+:(?:5432|5433|6432|\*):/.test(match),
  },
  // What a vault of Ansible keeps.
  { kind: 'encoded', words: ['$ansible_vault;'], pattern: /\$ANSIBLE_VAULT;[\w.;-]{1,60}((?:(?:\s|\\n){1,20}[0-9a-f]{20,160}){1,400})/g },
  // The token of a bot stands within a part of the address.
  { kind: 'token', words: ['/bot'], least: 30, pattern: /\/bot(\d{6,12}:[\w-]{30,60})(?![\w-])/g },
];
