// "Name, operator, value": one grammar, whatever language, logger, file of settings or command line writes it. Parts of it are put
// together here: what a quote looks like, what may stand between a name and its operator, what may be wrapped around a value.
// A strong name or a plain operator is believed; where both are weak, only a value that looks drawn is taken.
import { defined } from '../defined.ts';
import { isChosen, isDrawn, isPathOrThing, isRandom, isThing } from './drawn.ts';
import { isBehindText, isCode, isHarmless, isLabel, isOfACommand, isPlace, isReference, isSentence, isSpeech } from './no-value.ts';
import type { Rule } from './rule.ts';
import { ENDS_OF_NAMES, MIDDLE_NAMES, MIDDLE_WORDS, NAME_WORDS, NAMED, NAMES, WEAK_NAMES, WEAK_WORDS } from './secret-names.ts';

/** A quote as logs write it: plain, escaped once or more within a string of JSON, or as an entity or a code. */
const MARK = `(?:\\\\{0,7}["'\`]|&(?:quot|apos|#0?3[49]|#x2[27]);|\\\\u002[27]|\\\\x2[27]|%2[27])`;
const QUOTED = [
  '"((?:[^"\\\\\\n]|\\\\[^\\n]){3,2000})"',
  "'((?:[^'\\\\\\n]|\\\\[^\\n]){3,2000})'",
  // Cut off: a value, not the rest of a sentence behind a quote that ends.
  '["\']([^"\'\\s][^"\'\\n]{2,2000})(?=\\n|$)',
  '`([^`\\n]{3,2000})`',
  '\\\\{1,7}"([^"\\\\\\n]{3,2000})(?:\\\\{1,7}"|(?=\\n|$))',
  '(?:&(?:quot|apos|#0?3[49]|#x2[27]);|\\\\u002[27]|\\\\x2[27]|%2[27])([^&%"\'\\\\\\n]{3,2000})',
  '""(?=")"([^"\\n]{3,2000})',
].join('|');
/** A file of properties marks its own signs. */
const BARE = '((?:[^\\s"\',;&)}\\]<>\\\\`|]|\\\\[:=#!]){6,2000})';
const BLANK = '[^\\S\\n]';

/** Behind the name: the end of its quotes or brackets, who may see it in a dump of PHP, and its type. */
const CLOSED = `(?:${MARK}(?::${MARK}[\\w\\\\]{1,80}${MARK})?(?::(?:private|protected))?|(?::[\\w\\\\]{1,80})?:(?:private|protected)\\]|[\\])]|%5D)?(?:${MARK}?\\])?(?:\\.(?:value|text|val))?`;
const TYPE = `(?:${BLANK}{0,3}(?::${BLANK}{0,3}[&\\w<>?'[\\]., ]{1,40}|\\bas${BLANK}string\\b|\\b(?:string|str|text|bytes|n?(?:var)?char(?:\\(\\w{1,4}\\))?|any)(?<=[\\w)])(?!\\w)\\??(?:\\[\\d{0,4}\\])?)(?=${BLANK}{0,3}=))?(?:${BLANK}?\\{[ \\w;]{1,30}\\})?`;
const OPERATOR =
  '(?: \\. |(?<=\\$\\{\\w{1,60}):-|\\|\\|=|\\?\\?=|&&=|:{1,3}=|::(?=[^\\S\\n])|[?.+]=|={1,3}|=>|->|<-|→|⇒|:|：|&gt;|%3D|%3A|\\\\u003[ad]|\\\\x3[ad]|(?:!={1,2}|=~|<>|\\|\\||\\?\\?|(?<=\\s)(?:like|ilike|eq|ne|neq|is not)|(?<=(?-i:[A-Z)\\]])\\s)or)(?=[^\\S\\n]{0,3}["\']))>?';
/** What a dump says of the value before it, what a container puts around it, and what was there before. */
const DUMPED = '(?:(?:\\s|\\\\n){0,20}string\\(\\d{1,6}\\)\\s{1,3})?';
/** A container of whatever type, open: a slice, an object as it is dumped, a constructor with nothing but the text. */
const OF_A_TYPE = `(?:\\[\\]\\w{1,12}\\{|bytearray\\(|\\[[A-Z]\\w{1,20}: |(?:#<)?(?-i:(?!\\w{0,20}(?:Id|ID|UUID|Uuid|Guid|Date|Time|Path|File|Ur[il]|UR[IL])\\b)[A-Z])[\\w:]{1,40}(?:<[\\w<>, ]{1,40}>)?(?:\\(\\d{1,4}\\))?(?::? ?[({]\\s{0,40}(?:inner: ?)?| )|[\\[({] ?)(?=b?["'])`;
const WRAPPED = `(?:${MARK}[^"'\\n]{0,60}${MARK}${BLANK}{0,3}(?:->|=>)${BLANK}{0,3})?(?:[|>][+-]?\\n\\s{1,20}|[!&]!?\\w{1,12}\\s|<<|\\{\\w{2,12}\\}|\\b(?:RAW|Some|Optional|Just|Ok|Secret|SecretStr|Sensitive)[([]\\s{0,40}|0x[0-9a-f]{3,16} (?:<[^<>\\n]{1,60}> )?(?=L?["'])|\\b\\w{0,12}(?:md5|sha\\d{0,3}|crypt|password|hash)\\w{0,8}\\((?=["'])|\\{${BLANK}?${MARK}?(?:value|string|stringValue|S|inner|\\$?secure|plain)${MARK}?${BLANK}?[:=]${BLANK}?|${OF_A_TYPE}|[\\[(]){0,2}`;
const NOT_TAKEN = '(?!["\'`]?(?:\\[redacted |\\$\\{\\w{1,60}:-))';
/** What has a blank behind its operator is empty where the next thing is a name with its value: `password: token: user:ada retries:3`. */
const FIELD = '(?-i:[A-Za-z]?[a-z]+(?:[A-Z]{1,4}[a-z]{0,20}){0,4}|[A-Z]{2,5}[a-z]{0,20}|[a-z]+(?:[_-][a-z]+){1,5})';
const NOT_EMPTY = `(?!(?<=[:=]${BLANK}{1,3})${FIELD}(?:[:=](?=[\\s\\])}]|$)|[:=](?![:=/\\\\])\\S{1,80}${BLANK}{1,3}(?:${FIELD}[:=]${BLANK}{1,3})?${FIELD}[:=](?![:=])\\S))`;
const VALUE = `(?:[brufl]{1,2}(?=["'])|(?:[sn@$&]|~[a-z])(?=")|[nN](?='))?${NOT_TAKEN}${NOT_EMPTY}(?:${QUOTED}|${BARE})`;

// Without the flag `u`: folding the case of all of Unicode makes the longest two take 60 ms each before they are first used.
const rule = (
  words: readonly string[],
  source: string,
  accept: NonNullable<Rule['accept']>,
  needs?: Rule['needs'],
  asks?: Rule['asks'],
): Rule => ({
  ...{ kind: 'secret', words, accept, ...defined({ needs, asks }) },
  pattern: new RegExp(source, 'gi'),
});

/** A strong name; a name and its operator. "key" and "has" stand in many a text that has none. */
const WITH_OPERATOR = `${CLOSED}${TYPE}${BLANK}{0,20}${OPERATOR}`;
const IS_SET = new RegExp(`${ENDS_OF_NAMES}${WITH_OPERATOR}`, 'i');
const SET = new RegExp(`(?:${NAMES})${WITH_OPERATOR}`, 'i');
const MIDDLE_SET = new RegExp(`(?:${MIDDLE_NAMES})${WITH_OPERATOR}`, 'i');
const WEAKLY_SET = new RegExp(`(?:${WEAK_NAMES})${WITH_OPERATOR}`, 'i');

/** A word in a chain of colons (`arn:aws:…:secret:…`, `auth::token::h1f`) is a part of a path. */
const NO_PATH = `(?<!:(?=[\\w-]{1,60}:[^\\s"']))`;

/** Prose: it stands between other things as well, so that only what chance has made is a secret behind it. */
const PROSE = `${BLANK}{1,3}(?:is|was|using|with)${BLANK}{1,3}|${BLANK}{1,3}(?=["'])`;

/** Operators of tables, of dumps and of tests, and the way to a default. */
const LAYOUT = [
  `${BLANK}{0,20}(?:\\||\\t|\\.{2,40}${BLANK}?:?)${BLANK}{0,20}`,
  `${BLANK}{1,3}(?:to (?:equal|be|eq)|equals|should (?:equal|be))${BLANK}{1,3}`,
  '</t[dh]>\\s{0,20}<t[dh][^<>\\n]{0,100}>(?:<\\w{1,10}[^<>\\n]{0,40}>){0,3}',
  `["']?;s:\\d{1,6}:`,
  `["'\\])}]{0,4}[:,]?\\s(?:(?:rejected|invalid|actual|given|received|input) )?value:?\\s?(?=[\\["'])\\[?`,
  `${BLANK}{0,3}[:=]${BLANK}{0,3}(?:<%=\\s|[$#]\\{)?[\\w.$[\\]'"()]{1,80}${BLANK}{1,3}(?:\\|\\||\\?\\?|or|:-)${BLANK}{1,3}`,
].join('|');

/** The name of what is sent through a filter of a template, or through a program of a shell. */
const IS_SENT_THROUGH = /(?:\{\{|\{%|<%|\$|#\{|\$\(|`)[^{}|\n]{0,100}\|\s?$/;
const LAID_OUT = `(?:${NAMES})${CLOSED}(?:${LAYOUT})`;
const SAID = `(?:${NAMES})${CLOSED}(?:${PROSE})`;
/** The second of two things that stand in a row. */
const SECOND = /,[^\S\n]{0,9}(?:<<|b)?["'][^"'\n]{6}/i;

/** Words by which a list of pairs calls the second half of one. */
const VALUE_WORD =
  '(?:(?:string|attribute|parameter|secret|default|input|invalid|rejected|actual|given|new|old|current)?_?value|val|(?<=["\'])v(?=["\'])|default|content|string|cs\\d)';
const VALUE_ITSELF = /(?:value|(?<=["'])v(?=["'])|<string(?=>\w))["'\\]{0,4}\s{0,3}[:=>]{1,2}[^:=>]*$/i;
const BETWEEN = '(?:[\\s,;:=(){}\\[\\]"\'\\\\]|&quot;|</?(?:name|key|property|value|string)>|>|<){1,60}?';

/** The names behind which stands what a person has chosen. */
const OF_PEOPLE = '[\\w.-]{0,40}(?:password|passwd|passphrase|pwd|pass)';
/** What programs call a value by. */
const PROGRAM_WORD =
  /^(?:args?|any|auth|bool|body|bytes?|ch?ars?|conf|cfg|data|env|expr|fail(?:s|ed)?|field|file|form|func|hash|hex|int|item|json|kind|line|list|match|mixed|name|node|null|obj|opts?|params?|props|raw|ref|req|res|rows?|salt|self|size|some|str|temp|text|this|tmp|type|user|utf8|vals?|var|void|word|yaml)s?$/i;
const isShortName = (secret: string, match: string): boolean =>
  isSpeech(secret) ||
  isHarmless(secret) ||
  PROGRAM_WORD.test(secret) ||
  /^(?:p(?:ass|wd?)|key|token)/i.test(secret) ||
  (/[:>]/.test(match) && /[.-]$/.test(secret)) ||
  /^[\w-]+\.$/.test(secret) ||
  (/pass\W/i.test(match) && /:/.test(match)) ||
  /\S->\S/.test(match);
/** Names of other fields. */
const OF_FIELDS =
  /^(?:user(?:_?name)?|e?-?mail|login|name|hosts?|ports?|database|token|secret|salt|url|type|label|text|input|remember_token)$/i;
const isOnlyValue = (secret: string): boolean =>
  !isSpeech(secret) && !isCode(secret) && !isHarmless(secret) && !isLabel(secret, '') && !OF_FIELDS.test(secret) && !/pass/i.test(secret);

export const NAMED_RULES: readonly Rule[] = [
  // As the arguments of one call, `setProperty("API_TOKEN", "…")`, the items of one list or of one tuple.
  rule(
    [...NAME_WORDS, 'salt'],
    `(?:["'](?:[\\w.-]{0,60}[_.-])?(?:${NAMES}|${WEAK_NAMES})["']|(?<!\\w)[{(][a-z_]{0,40}(?:${NAMES}))${BLANK}{0,5},${BLANK}{0,9}(?:<<|b)?["']([^"'\\n]{6,2000})["']`,
    (secret) => (isDrawn(secret) && !/[\s:]$/.test(secret) && (!/\s/.test(secret) || isRandom(secret))) || /^\d{12,}$/.test(secret),
    [SECOND],
  ),
  // As one pair, and nothing more: `('password', '…')`, `{:password, "…"}`.
  rule(
    ['pass', 'pwd'],
    `(?:(?<![\\w.])\\(|\\[\\s{0,12}\\[|(?<=\\],\\s{0,12})\\[|\\{)\\s?(?:[bu]?["']${OF_PEOPLE}["']|:${OF_PEOPLE}|(?<=\\{\\s?)${OF_PEOPLE}),${BLANK}{0,3}(?:<<)?[bu]?["'](?!\\s)([^"'\\n]{3,2000})["'](?:>>)?\\s?[)\\]}]`,
    isOnlyValue,
  ),
  // What is set under a name, or is there where nothing is: `define('DB_PASSWORD', '…')`, `getProperty("password", "…")`.
  rule(
    ['pass', 'pwd'],
    `(?:define|put|add|append|env|with|header|default|fetch|get\\w*(?:property|string|or)|environ\\.get|set(?!error|custom))\\w{0,20}\\(\\s?["']${OF_PEOPLE}["'],\\s?["'](?!\\s)([^"'\\n]{3,2000})["']`,
    isOnlyValue,
  ),
  // What a type, or what sets it, is called: `Password("…")`, `.password("…")`.
  rule(
    ['pass'],
    `(?:(?<![\\w.])new\\s|\\.|(?<![\\w.]))(?:set_?|with_?|(?-i:[A-Z])[a-z]{1,20}(?=(?-i:P)))?(?:password|passphrase)\\(\\s{0,20}b?["']([^"'\\n]{3,200})["'],?\\s{0,20}\\)`,
    (secret) => isOnlyValue(secret) && !/\s/.test(secret),
  ),
  // A list of nothing but values.
  rule(
    ['pass'],
    `(?:password|passwd|passphrase|passcode)s?["'\\]]{0,2}${BLANK}{0,3}(?:=>|[:=])${BLANK}{0,3}(?:\\[\\]\\w{1,12})?[\\[({]\\s{0,12}((?:b?["'][^"'\\n]{3,100}["'],\\s{0,12}){1,40}b?["'][^"'\\n]{3,100}["'],?)\\s{0,12}[\\])}]`,
    (secret) => secret.split(/["'],\s{0,12}/).every((item) => isOnlyValue(item.replace(/^b?["']|["'],?$/g, '')) && !/\s|^\w+:/.test(item)),
  ),
  rule(
    ['"-', "'-"],
    `["']-{1,2}(?:u|user|auth|creds|proxy-user|basic)["'],\\s{0,9}["'][A-Za-z][\\w.@+-]{0,60}:([^"'\\n]{3,200})["']`,
    (secret) => !isCode(secret) && !/^\d+$/.test(secret),
  ),
  // As two items of a list of arguments, of which the first is a flag.
  rule(
    ['"-', "'-"],
    `["']-{1,2}[\\w-]{0,40}(?<=[-_]|(?-i:[a-z](?=[A-Z])))(?:${NAMES})["'](?:${BLANK}{0,3},\\s{0,9}|${BLANK})["'](?!-)([^"'\\n]{3,2000})["']`,
    (secret) => !isCode(secret),
  ),
  rule(
    [', --', '[--', ', -', '[-'],
    `(?<=[[,]${BLANK}{0,3})-{1,2}[\\w-]{0,40}(?<=[-_]|(?-i:[a-z](?=[A-Z])))(?:${NAMES}),${BLANK}{1,3}(?![-\\[])([^\\s,\\]"']{3,300})(?=[,\\]])`,
    (secret) => !isCode(secret) && !isSpeech(secret),
  ),
  // In an element of its own, over lines.
  rule(
    ['</'],
    `<[\\w:.-]{0,60}(?:${NAMES}|signaturevalue)[^<>\\n]{0,80}>(?:\\s|\\\\n){0,40}(?:<!\\[CDATA\\[)?(?!\\[redacted )([^<\\s][^<\\n]{2,2000}?)(?:\\]\\]>)?(?:\\s|\\\\n){0,40}</`,
    () => true,
  ),
  rule(
    ['</'],
    `<[\\w:.-]{0,60}(?:${NAMES})[^<>\\n]{0,80}>\\s{0,20}<(?:value|val|string|text|cdata)[^<>\\n]{0,40}>(?!\\[redacted )([^<\\n]{3,2000})</`,
    () => true,
  ),
  // As an entry that is named by an attribute; the value before the name.
  rule(
    ['</'],
    `<(?:entry|prop(?:erty)?|param(?:eter)?|setting|string|env|var(?:iable)?|item|add|attribute|field|option|arg)\\s[^<>\\n]{0,80}?(?:key|name|id)=["'][\\w.-]{0,60}(?:${NAMES})["'][^<>\\n]{0,80}>\\s{0,20}(?!\\[redacted )([^<\\s][^<\\n]{2,500}?)\\s{0,20}</`,
    (secret) => !/\s|^pass(?:word|phrase|code)s?$/i.test(secret) && !isSpeech(secret) && !isLabel(secret, '') && !isCode(secret),
  ),
  rule(
    NAME_WORDS,
    `value["']?${BLANK}?[:=]${BLANK}?["'](?!\\[redacted )([^"'\\n]{3,500})["'],?\\s{1,4}["']?(?:name|key|id)["']?${BLANK}?[:=]${BLANK}?["'][\\w.-]{0,60}(?:${NAMES})["']`,
    (secret, match) => isChosen(secret) || (/pass\w*["']$|pwd["']$/i.test(match) && isOnlyValue(secret) && !/\s/.test(secret)),
    [/value["']?[^\S\n]?[:=][^\S\n]?["'][^"'\n]{3,500}["'],?\s{1,4}["']?(?:name|key|id)/i],
  ),
  rule(['&lt;/'], `(?:${NAMES})&gt;\\s{0,20}([^&<\\s]{6,2000}?)\\s{0,20}&lt;/`, () => true),
  // As one pair of a list of pairs: the name is a value, and so is the value.
  rule(
    NAME_WORDS,
    `(?:${NAMES})["'\\\\]{0,4}${BETWEEN}${VALUE_WORD}["'\\\\]{0,4}${BLANK}{0,3}[:=>]{1,2}${BLANK}{0,3}(?:\\{["'\\\\]{0,4}stringvalue["'\\\\]{0,4}:)?(?:["']([^"'\\\\\\n]{3,200})["']|["'\\\\]{0,4}([^\\s"'<>\\\\,;&]{4,2000}))`,
    (secret, match, before) =>
      (isDrawn(secret) || (/^(?:pass|pwd)/i.test(match) && VALUE_ITSELF.test(match) && !isSpeech(secret))) &&
      !isCode(secret) &&
      !isLabel(secret, wholeName(match, before.slice(0, Math.max(0, before.length - match.lastIndexOf(secret))))),
    [/(?:value|val|(?<=["'])v|default|content|string|cs\d)["'\\]{0,4}[^\S\n]{0,3}[:=>]/i],
  ),
  rule(NAME_WORDS, `${NO_PATH}(?:${NAMES})${WITH_OPERATOR}${BLANK}{0,20}${DUMPED}${WRAPPED}${VALUE}`, isValueOf, [IS_SET, SET], 'name'),
  rule(
    NAME_WORDS,
    `${LAID_OUT}${VALUE}`,
    (secret, match, before) =>
      (isDrawn(secret.replace(/[:,]$/, '')) || /;s:\d+:["\\]/.test(match) || (/^pass[^<]*<\/t/i.test(match) && !isSpeech(secret))) &&
      !isCode(secret) &&
      !(match.includes('|') && IS_SENT_THROUGH.test(before)),
    [NAMED, new RegExp(LAID_OUT, 'i')],
    'name',
  ),
  rule(NAME_WORDS, `${SAID}${VALUE}`, (secret) => isRandom(secret, 8), [NAMED, new RegExp(SAID, 'i')], 'name'),
  // A variable of an environment that is named in a sentence, and quoted.
  rule(
    ['_pass', '_pwd', '_secret'],
    `(?<![\\w$])(?-i:[A-Z][A-Z\\d]*(?:_[A-Z\\d]+){0,6}_(?:PASS(?:WORD|WD|PHRASE)?|PWD|SECRET))${BLANK}["']([^\\s"'\\n]{6,200})["']`,
    (secret) => isOnlyValue(secret) && !isPathOrThing(secret) && !/^[A-Z_]+$/.test(secret),
  ),
  // A keyword, or the name of a header, with its value beside it.
  rule(
    NAME_WORDS,
    `(?<![\\w:])(?::|x-)[\\w-]{0,60}(?:${NAMES})${BLANK}{1,3}["']([^"'\\n]{6,2000})["']`,
    (secret, match) => isDrawn(secret) || (/pass\w{0,8}\s/i.test(match) && !isSpeech(secret)),
    [/(?::|x-)[\w-]{3,100}[^\S\n]{1,3}["']/i],
  ),
  rule(
    MIDDLE_WORDS,
    `${NO_PATH}(?:${MIDDLE_NAMES})${WITH_OPERATOR}${BLANK}{0,20}${DUMPED}${WRAPPED}${VALUE}`,
    (secret, match, before) => (isChosen(secret) || isOfAPass(secret, match) || isOfAHeader(secret, match, before)) && !isCode(secret),
    [IS_SET, MIDDLE_SET],
    'name',
  ),
  rule(
    WEAK_WORDS,
    `${NO_PATH}(?:${WEAK_NAMES})${WITH_OPERATOR}${BLANK}{0,20}${DUMPED}${WRAPPED}(?:t=\\d{1,12},)?(?:(?:sha|v)\\d{1,3}=)?${VALUE}`,
    (secret, _, before) =>
      isRandom(secret, 16) &&
      !isPathOrThing(secret) &&
      !/\b(?:gpg|pgp|openpgp)[ _-]keys?:?\s$/i.test(before) &&
      !/^(?:[A-Za-z][A-Za-z0-9]*[-_.]){2,12}[0-9a-f]{6,64}$/.test(secret),
    [IS_SET, WEAKLY_SET],
    'name',
  ),
  // A short one, or one of some words, where the next pair or the end of the dump follows.
  rule(
    ['pass', 'pwd'],
    `(?<!no)(?:pass(?:word|wd|phrase)?|pwd)["'\\]]{0,2}${BLANK}{0,8}(?:=>|->|[=:])${BLANK}{0,3}([A-Za-z][\\w!@#$%^*+.-]{2,4})(?=[,;)}\\]|&"']|${BLANK}{0,3}(?:\\n|$)|${BLANK}{1,3}[\\w.-]{1,40}[=:])`,
    (secret, match, _, after) => !isShortName(secret, match) && !isCode(secret) && !isReference(secret, '', after),
  ),
  rule(
    ['pass', 'pwd'],
    `(?<=[({[,]${BLANK}?[\\w.-]{0,40})(?:pass(?:word|wd|phrase)?|pwd)=([^\\s=,(){}[\\]"']{1,40}(?: [^\\s=,(){}[\\]"']{1,40}){1,6})(?=,${BLANK}[\\w.-]{1,40}=|[)}\\]])`,
    (secret) => secret.split(' ').every((word) => !isSpeech(word) && !word.startsWith('$') && /[\p{L}\d]/u.test(word)) && !isCode(secret),
  ),
  // A field of a form that is sent in parts.
  rule(
    ['form-data'],
    `name=["'][\\w.-]{0,60}(?:${NAMES})["'](?:\\s|\\\\[rn]){1,8}(?:content-[^\\n\\\\]{1,100}(?:\\s|\\\\[rn]){1,8}){0,2}([^\\s\\\\]{3,2000})`,
    () => true,
  ),
  // A variable that is set without an operator.
  rule(
    ['env ', 'setenv ', 'setx ', 'set -', 'set ', 'arg '],
    `\\b(?:env|setenv|setx|set${BLANK}-\\w{1,3}|arg|secrets?${BLANK}set)${BLANK}{1,3}[a-z_][\\w.]{0,60}(?<=${NAMES})${BLANK}{1,3}(?:(?:--body|-b|--value)[=\\s])?${VALUE}`,
    (secret) => !isCode(secret),
  ),
];

/** `xpass => '…'`, `psk="…"`: a text behind a name that ends so. */
const isOfAPass = (secret: string, match: string): boolean =>
  /^(?:pass|psk)["'\]]{0,2}\s{0,3}[=:]>?\s{0,3}["']/i.test(match) &&
  secret.length >= 6 &&
  !/\s/.test(secret) &&
  !isSpeech(secret) &&
  !isPathOrThing(secret);

/** `X-Acme-Key: …`: a header that is called so opens something, unless its name is that of a store's key. */
const isOfAHeader = (secret: string, match: string, before: string): boolean =>
  /^key["']?:/i.test(match) &&
  /(?:^|[\s"'>])x-[\w-]{1,40}-$/i.test(before.slice(0, Math.max(0, before.length - match.lastIndexOf(secret)))) &&
  /^[\w.!@#$%^&*+-]+$/.test(secret) &&
  isDrawn(secret) &&
  !isPathOrThing(secret) &&
  !isThing(secret);

/** In a set or in an object of some type a text is the value where nothing stands beside it; a variable is named in capitals. */
const isAllOfIt = (set: string, secret: string, after: string): boolean => {
  if (/\{\s?b?["']$/.test(set)) return /^["']\s?[,}]/.test(after);
  if (/[:=>(,]\s{0,3}[A-Z][\w:]*\(\s?b?["']$/.test(set))
    return /^["'],?\s{0,40}[)}]/.test(after) && !/^[A-Z]+(?:_[A-Z]+)+$/.test(secret) && !isSpeech(secret);
  return true;
};

/** From the quote in front of it on, or from its first letter. */
const wholeName = (match: string, ahead: string): string =>
  `${(/(?<=["'])[^"'\n]{1,200}$/.exec(ahead) ?? /[\w.-]*$/.exec(ahead))![0]}${/^[\w\u4e00-\u9fff-]*/.exec(match)![0]}`;

const QUOTE = new RegExp(`${MARK}$`);

/** A function of Rust, with what tells it from others of its name. */
const IS_RUSTS = /^:h[0-9a-f]{16}$/;

const ENDS_WITH_NAME = new RegExp(`(?:${NAMES})$`, 'i');
const [AFTER_COLONS, AFTER_EQUALS] = [':', '='].map(
  (sign) => new RegExp(`(?:^|[\\s{[(&])[\\w-]{1,40}${sign}[^\\s${sign}][^\\s]{0,100}\\s{1,2}(?:[\\w-]{1,40}${sign}\\s){0,8}[\\w-]*$`),
) as [RegExp, RegExp];

/** In a dump that writes its pairs without a blank, what stands behind one is the next pair. */
function isNextField(secret: string, set: string, ahead: string): boolean {
  const [, next, sign] = /^([A-Za-z_][\w-]{0,40})([:=])(?![:=/\\])[^\s:=]/.exec(secret) ?? [];
  if (next === undefined || !set.endsWith(`${sign} `) || ENDS_WITH_NAME.test(next)) return false;
  return (sign === ':' ? AFTER_COLONS : AFTER_EQUALS).test(ahead);
}

function isValueOf(secret: string, match: string, before: string, after: string): boolean {
  const name = /^[\w\u4e00-\u9fff-]*/.exec(match)?.[0].toLowerCase() ?? '';
  const set = match.slice(0, match.lastIndexOf(secret));
  const ahead = before.slice(0, Math.max(0, before.length - set.length));
  // A quote may be the one behind the name.
  const quoted = QUOTE.test(set);
  if ((!quoted && isReference(secret, `${/[\w.$[\]'"-]*$/.exec(ahead)![0]}${set}`, after)) || (quoted && isBehindText(secret)))
    return false;
  if (quoted && (!isAllOfIt(set, secret, after) || (name === 'auth' && /[A-Z]\w*\(b?["']$/.test(set)) || /\)\s?=>\s?\w?["']$/.test(set)))
    return false;
  // CloudFormation's tags of YAML that take the value from elsewhere.
  if (!quoted && /!(?:Ref|GetAtt|ImportValue|FindInMap|Select|Sub|Join|If)\s$/.test(set)) return false;
  // In a shell a command stands between these quotes.
  if (quoted && /=`$/.test(set) && /^[A-Z_]+=`$/.test(match.slice(0, set.length))) return false;
  // The first of a pair: who it is.
  if (quoted && name === 'auth' && /[[(]\s{0,12}[bu]?["']$/.test(set) && /^["'],\s{0,12}[bu]?["']/.test(after)) return false;
  // What a menu leads to.
  if (/[→⇒]/.test(set) && !/pass|pwd/.test(name)) return false;
  if (
    name === 'auth' &&
    /^(?:basic|bearer|digest|oauth2?|saml|oidc|ldap|kerberos|negotiate|ntlm|api_?key|jwt|mtls|local|anonymous)$/i.test(secret)
  )
    return false;
  if (!quoted && (isNextField(secret, set, ahead) || (/:\s[a-z_-]{1,40}=$/i.test(set) && /^\s[a-z_-]{1,40}=\S/i.test(after)))) return false;
  // A word of Erlang's or Ruby's.
  if (/\s$/.test(set) && /^:[a-z_]+$/.test(secret)) return false;
  if (quoted ? isLabel(secret, wholeName(match, ahead)) : isOfACommand(secret, after)) return false;
  // A pass of a program over something, what a file or a package is called.
  if (name === 'pass' && /\b(?:first|second|third|final|last|next|single|this|each|every|\d(?:st|nd|rd|th))[ -]$/i.test(ahead))
    return false;
  // A path of names: `Token::Literal`, `api_key::table`. What a document says of a parameter.
  if (!quoted && /::$/.test(`${set}${secret[0]}`) && /^:(?:[A-Za-z_]|\{)/.test(secret) && (!isRandom(secret) || IS_RUSTS.test(secret)))
    return false;
  // Where it lies. What an error says of a part of the settings: `file: password: argon2: option …`.
  if (isPlace(secret)) return false;
  if (!quoted && /^[a-z]\w*:$/i.test(secret) && /\w:\s$/.test(ahead) && /^\s\w/.test(after)) return false;
  if (/:(?:param|type|keyword|arg)\s(?:\w{1,20}\s)?\w*$/.test(ahead) && /:\s$/.test(set) && !isDrawn(secret)) return false;
  // Where an object lies.
  if (secret.toLowerCase() === name || /^0x[0-9a-f]{6,16}$/i.test(secret)) return false;
  // A field of a form in code, a sentence about passwords, what a plan says in brackets.
  if (!quoted && /^[A-Za-z]\w*\.\w/.test(secret) && name.length >= 4 && secret.toLowerCase().startsWith(name)) return false;
  if (
    quoted &&
    /\s\S+\s/.test(secret) &&
    /\b(?:pass\w*|is|was|are|must|cannot|can't|should|required|invalid|please|enter|used)\b/i.test(secret) &&
    secret.split(/\s/).filter(isSpeech).length >= 2
  )
    return false;
  if (!quoted && (/^\([a-z]/i.test(secret) || (/^[a-z]+$/.test(secret) && isSpeech(secret) && /^[),]/.test(after)))) return false;
  // A type that is put together: `Option<String>`.
  if (!quoted && /^[A-Z]\w*$/.test(secret) && /^[<[]/.test(after)) return false;
  // What somebody is asked with.
  if (quoted && /:\s*$/.test(secret)) return false;
  // The shell's working directory, and the words after "token:" in a parser's message.
  if (name === 'pwd' && /^[/~]|^[A-Z]:\\/.test(secret)) return false;
  if (name.startsWith('token') && name !== 'token' && !isDrawn(secret)) return false;
  if (name.startsWith('token') && /^[A-Za-z]{1,15}$/.test(secret)) return false;
  if (name.startsWith('token') && !quoted && /^[A-Za-z]+[.:]?$|^[^A-Za-z0-9]+$/.test(secret)) return false;
  // A pass of a compiler or of a picture, and what a file that is called so says of itself.
  if (/^_?pass$/.test(name) && /^[a-z]*[A-Z][a-z]+[A-Za-z]*$/.test(secret) && /[a-z][A-Z]/.test(secret)) return false;
  if (/\.key:/i.test(match) && /^[A-Za-z]+$/.test(secret)) return false;
  if (
    !quoted &&
    !name.startsWith('pass') &&
    /^[a-z]+$/.test(secret) &&
    /^\s(?:is|was|are|were|has|have|must|should|will|can|does|do|not|and|or)\b/.test(after)
  )
    return false;
  if (!quoted && /^[A-Z][a-z]+$/.test(secret) && /^\s(?:an?|the|this|your|its|whether)\s/.test(after)) return false;
  if (!quoted && (isSentence(secret, after) || (name === 'passwd' && /^[a-z]+\)?$/.test(secret) && /^\)?:|^\s[a-z]/.test(after))))
    return false;
  return quoted || !isCode(secret);
}
