// "Name, operator, value": one grammar, whatever language, logger, file of settings or command line writes it. Parts of it are put
// together here: what a quote looks like, what may stand between a name and its operator, what may be wrapped around a value.
// A strong name or a plain operator is believed; where both are weak, only a value that looks drawn is taken.
import { defined } from '../defined.ts';
import { isChosen, isDrawn, isPathOrThing, isRandom } from './drawn.ts';
import { isCode } from './no-value.ts';
import type { Rule } from './rule.ts';
import { ENDS_OF_NAMES, MIDDLE_NAMES, MIDDLE_WORDS, NAME_WORDS, NAMED, NAMES, WEAK_NAMES, WEAK_WORDS } from './secret-names.ts';

/** A quote as logs write it: plain, escaped once or more within a string of JSON, or as an entity or a code. */
const MARK = `(?:\\\\{0,7}["'\`]|&(?:quot|apos|#0?3[49]|#x2[27]);|\\\\u002[27]|\\\\x2[27])`;
const QUOTED = [
  '"((?:[^"\\\\\\n]|\\\\[^\\n]){3,2000})"',
  "'((?:[^'\\\\\\n]|\\\\[^\\n]){3,2000})'",
  // Cut off: a value, not the rest of a sentence behind a quote that ends.
  '["\']([^"\'\\s][^"\'\\n]{2,2000})(?=\\n|$)',
  '`([^`\\n]{3,2000})`',
  '\\\\{1,7}"([^"\\\\\\n]{3,2000})(?:\\\\{1,7}"|(?=\\n|$))',
  '(?:&(?:quot|apos|#0?3[49]|#x2[27]);|\\\\u002[27]|\\\\x2[27])([^&"\'\\\\\\n]{3,2000})',
].join('|');
const BARE = '([^\\s"\',;&)}\\]<>\\\\`|]{6,2000})';
const BLANK = '[^\\S\\n]';

/** Behind the name: the end of its quotes or brackets, who may see it in a dump of PHP, and its type. */
const CLOSED = `(?:${MARK}(?::${MARK}[\\w\\\\]{1,80}${MARK})?(?::(?:private|protected))?|[\\])])?(?:${MARK}?\\])?`;
const TYPE = `(?:${BLANK}{0,3}(?::${BLANK}{0,3}[&\\w<>?'[\\]., ]{1,40}|\\b(?:string|str|text|bytes|char|varchar|any)\\b\\??(?:\\[\\d{0,4}\\])?)(?=${BLANK}{0,3}=))?(?:${BLANK}?\\{[ \\w;]{1,30}\\})?`;
const OPERATOR = '(?: \\. |\\|\\|=|\\?\\?=|&&=|:{1,3}=|[?.+]=|={1,3}|=>|->|<-|:|：|&gt;|%3D|%3A)>?';
/** What a dump says of the value before it, what a container puts around it, and what was there before. */
const DUMPED = '(?:(?:\\s|\\\\n){0,20}string\\(\\d{1,6}\\)\\s{1,3})?';
const WRAPPED = `(?:${MARK}[^"'\\n]{0,60}${MARK}${BLANK}{0,3}(?:->|=>)${BLANK}{0,3})?(?:[|>][+-]?\\n\\s{1,20}|[!&]!?\\w{1,12}\\s|<<|\\{\\w{2,12}\\}|\\b(?:Some|Optional|Just|Ok|Secret|SecretStr|Sensitive)\\(|\\{${BLANK}?${MARK}?(?:value|string|stringValue|S)${MARK}?${BLANK}?[:=]${BLANK}?|[\\[(]){0,2}`;
const NOT_TAKEN = '(?!["\'`]?\\[redacted )';
const VALUE = `(?:[brufl]{1,2}(?=["']))?${NOT_TAKEN}(?:${QUOTED}|${BARE})`;

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

// "key" and "has" stand in many a text that has no name of a secret, or none that is set: what is quick to make is asked first.
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
  '</t[dh]>\\s{0,20}<t[dh][^<>\\n]{0,100}>',
  `["']?;s:\\d{1,6}:`,
  `["'\\])}]{0,4}[:,]?\\s(?:(?:rejected|invalid|actual|given|received|input) )?value:?\\s?(?=[\\["'])\\[?`,
  `${BLANK}{0,3}[:=]${BLANK}{0,3}(?:<%=\\s|[$#]\\{)?[\\w.$[\\]'"()]{1,80}${BLANK}{1,3}(?:\\|\\||\\?\\?|or|:-)${BLANK}{1,3}`,
].join('|');

const LAID_OUT = `(?:${NAMES})${CLOSED}(?:${LAYOUT})`;
const SAID = `(?:${NAMES})${CLOSED}(?:${PROSE})`;
/** The second of two things that stand in a row. */
const SECOND = /,[^\S\n]{0,9}(?:<<|b)?["'][^"'\n]{6}/i;

/** A cell of a table, and what ends it. */
const CELL = '[^,;|\\t\\n]{0,80}[,;|\\t]';

/** Words by which a list of pairs calls the second half of one. */
const VALUE_WORD =
  '(?:(?:string|attribute|parameter|secret|default|input|invalid|rejected|actual|given|new|old|current)?_?value|val|default|content|string|cs\\d)';
const BETWEEN = '(?:[\\s,;:=(){}\\[\\]"\'\\\\]|&quot;|</?(?:name|key|property|value|string)>|>|<){1,60}?';

export const NAMED_RULES: readonly Rule[] = [
  // As the arguments of one call, `setProperty("API_TOKEN", "…")`, the items of one list or of one tuple.
  rule(
    [...NAME_WORDS, 'salt'],
    `(?:["'](?:[\\w.-]{0,60}[_.-])?(?:${NAMES}|${WEAK_NAMES})["']|[{(][a-z_]{0,40}(?:${NAMES}))${BLANK}{0,5},${BLANK}{0,9}(?:<<|b)?["']([^"'\\n]{6,2000})["']`,
    (secret) => isDrawn(secret) || /^\d{12,}$/.test(secret),
    [SECOND],
  ),
  // In an element of its own, over lines.
  rule(
    ['</'],
    `<[\\w:.-]{0,60}(?:${NAMES}|signaturevalue)[^<>\\n]{0,80}>(?:\\s|\\\\n){0,40}(?!\\[redacted )([^<\\s][^<\\n]{2,2000}?)(?:\\s|\\\\n){0,40}</`,
    () => true,
  ),
  rule(['&lt;/'], `(?:${NAMES})&gt;\\s{0,20}([^&<\\s]{6,2000}?)\\s{0,20}&lt;/`, () => true),
  // As one pair of a list of pairs: the name is a value, and so is the value.
  rule(
    NAME_WORDS,
    `(?:${NAMES})["'\\\\]{0,4}${BETWEEN}${VALUE_WORD}["'\\\\]{0,4}${BLANK}{0,3}[:=>]{1,2}${BLANK}{0,3}(?:\\{["'\\\\]{0,4}stringvalue["'\\\\]{0,4}:)?["'\\\\]{0,4}([^\\s"'<>\\\\,;&]{6,2000})`,
    (secret) => isDrawn(secret) && !isCode(secret),
    [NAMED],
  ),
  rule(NAME_WORDS, `${NO_PATH}(?:${NAMES})${WITH_OPERATOR}${BLANK}{0,20}${DUMPED}${WRAPPED}${VALUE}`, isValueOf, [IS_SET, SET], 'name'),
  rule(NAME_WORDS, `${LAID_OUT}${VALUE}`, (secret) => isDrawn(secret) && !isCode(secret), [NAMED, new RegExp(LAID_OUT, 'i')], 'name'),
  rule(NAME_WORDS, `${SAID}${VALUE}`, (secret) => isRandom(secret, 8), [NAMED, new RegExp(SAID, 'i')], 'name'),
  // A keyword, or the name of a header, with its value beside it.
  rule(NAME_WORDS, `(?<![\\w:])(?::|x-)[\\w-]{0,60}(?:${NAMES})${BLANK}{1,3}["']([^"'\\n]{6,2000})["']`, (secret) => isDrawn(secret), [
    NAMED,
  ]),
  rule(
    MIDDLE_WORDS,
    `${NO_PATH}(?:${MIDDLE_NAMES})${WITH_OPERATOR}${BLANK}{0,20}${DUMPED}${WRAPPED}${VALUE}`,
    (secret) => isChosen(secret) && !isCode(secret),
    [IS_SET, MIDDLE_SET],
    'name',
  ),
  rule(
    WEAK_WORDS,
    `${NO_PATH}(?:${WEAK_NAMES})${WITH_OPERATOR}${BLANK}{0,20}${DUMPED}${WRAPPED}(?:t=\\d{1,12},)?(?:(?:sha|v)\\d{1,3}=)?${VALUE}`,
    (secret) => isRandom(secret, 16) && !isPathOrThing(secret) && !/^(?:[A-Za-z][A-Za-z0-9]*[-_.]){2,12}[0-9a-f]{6,64}$/.test(secret),
    [IS_SET, WEAKLY_SET],
    'name',
  ),
  // A column of a table: under its name.
  ...[0, 1, 2, 3, 4].map((column) =>
    rule(
      NAME_WORDS,
      `(?<=^|\\n)${BLANK}{0,8}[|"]?(?:${CELL}){${column}}[^,;|\\t\\n]{0,40}(?:${NAMES})[" ]{0,40}(?=[,;|\\t\\n])(?:[,;|\\t][^\\n]{0,400})?\\n(?:[-:|+ ]{3,400}\\n)?${BLANK}{0,8}[|"]?(?:${CELL}){${column}}${BLANK}{0,40}["']?([^\\s,;|"']{6,200})["']?${BLANK}{0,40}(?=[,;|\\t\\n]|$)`,
      (secret) => isDrawn(secret) && !isPathOrThing(secret) && !isCode(secret),
      [/(?:pass|pwd|secret|token|key|cred)[\w-]{0,20}["\s]{0,8}(?:[,;|][^\n]{0,400})?\n/i, NAMED],
    ),
  ),
  // A field of a form that is sent in parts.
  rule(['form-data'], `name=["'][\\w.-]{0,60}(?:${NAMES})["']\\s{1,8}(?:content-[^\\n]{1,100}\\s{1,8}){0,2}(\\S{3,2000})`, () => true),
  // A variable that is set without an operator.
  rule(
    ['env ', 'setenv ', 'set -', 'arg '],
    `\\b(?:env|setenv|set${BLANK}-\\w{1,3}|arg)${BLANK}{1,3}[a-z_][\\w.]{0,60}(?<=${NAMES})${BLANK}{1,3}${VALUE}`,
    (secret) => !isCode(secret),
  ),
];

function isValueOf(secret: string, match: string): boolean {
  const name = /^[\w\u4e00-\u9fff-]*/.exec(match)?.[0].toLowerCase() ?? '';
  const quoted = /["'][^"']*$/.test(match.slice(0, match.lastIndexOf(secret)).slice(-3));
  // Where an object lies.
  if (secret.toLowerCase() === name || /^0x[0-9a-f]{6,16}$/i.test(secret)) return false;
  // The shell's working directory, and the words after "token:" in a parser's message.
  if (name === 'pwd' && /^[/~]|^[A-Z]:\\/.test(secret)) return false;
  if (name.startsWith('token') && name !== 'token' && !isDrawn(secret)) return false;
  if (name.startsWith('token') && /^[A-Za-z]{1,15}$/.test(secret)) return false;
  if (name.startsWith('token') && !quoted && /^[A-Za-z]+[.:]?$|^[^A-Za-z0-9]+$/.test(secret)) return false;
  return quoted || !isCode(secret);
}
