// A complaint about a value names what the value is for and quotes it, in either order: parsers of command lines, validators, databases,
// deserialisers. The word before the quote says that a value stands there; what a column, a file or a class is called is none.
import { isChosen, isPathOrThing } from '../drawn.ts';
import { isCode, isLabel, isSpeech } from '../no-value.ts';
import type { Rule } from '../rule.ts';
import { NAME_WORDS, NAMES } from '../secret-names.ts';

const BLANK = '[^\\S\\n]';
/** Behind such a word stands the value itself. */
const VALUE_WORD =
  '(?:values?|arguments?|entry|input(?:[_ ]value)?|string|literal|pars(?:e|ing)|convert(?:ing)?|got|received|given|found|was|actual)';
const QUOTED = '["\'](?!\\[redacted )([^"\'\\n]{3,200})["\']';
/** What people choose may be any word; of what machines make a value looks so. */
const OF_PEOPLE = '(?:pass(?:word|wd|phrase|code)|(?<![A-Za-z])pass|pwd)';

/** Names of types and of kinds of fields. */
const OF_A_TYPE =
  /^(?:str|int|float|bool|bytes|dict|list|tuple|uuid|date|text|email|password|hidden|submit|(?:java|System)\.\w[\w.]*|u?int\d{0,2}|var\w*|none\w*)$/i;

/** Between a name and its value: no other statement, no element of a page. */
const GAP = '(?:[^\\n<>{};]|<\\w{1,20}>)';

/** No type, no place and no expression. */
const mayBe = (secret: string): boolean =>
  !OF_A_TYPE.test(secret) && !/:\/\/|\$\{/.test(secret) && !isCode(secret) && !isPathOrThing(secret);
const isValue = (secret: string): boolean => mayBe(secret) && isChosen(secret);
const isWord = (secret: string): boolean =>
  mayBe(secret) && (isChosen(secret) || (!isSpeech(secret) && !isLabel(secret, '') && !/\s\S+\s/.test(secret)));

/** What a library says it was given for a field, by the name of the field: whatever it is. */
const GIVEN: Rule = {
  ...{ kind: 'secret', words: ['input_value='], accept: isWord },
  pattern: new RegExp(
    `(?:^|\\n)[^\\S\\n]{0,8}(?:[\\w-]{1,60}\\.){0,5}[\\w-]{0,40}(?:${NAMES})\\n[^\\n]{1,300}?\\binput_value=b?${QUOTED}`,
    'gi',
  ),
};

export const COMPLAINT_RULES: readonly Rule[] = [
  GIVEN,
  ...[[OF_PEOPLE, isWord] as const, [`(?:${NAMES})`, isValue] as const].flatMap(([names, accept]): readonly Rule[] => [
    // The value, then what it is for: `invalid value "…" for flag -password`, `Duplicate entry '…' for key 'users.token'`.
    {
      ...{ kind: 'secret', words: NAME_WORDS, accept },
      needs: [new RegExp(`\\b${VALUE_WORD}:?${BLANK}["'\`]`, 'i')],
      pattern: new RegExp(
        `\\b${VALUE_WORD}:?${BLANK}${QUOTED}(?=[^\\n{};]{0,160}?(?:${BLANK}(?:for|of|in|as|at)${BLANK}|chain:)[^\\n{};]{0,80}?${names}(?:["'\`\\])<>.,;:]|\\s|$))`,
        'gi',
      ),
    },
    {
      ...{ kind: 'secret', words: NAME_WORDS, accept },
      needs: [new RegExp(`["'\`]${BLANK}is${BLANK}(?:not|an?|too)\\b`, 'i')],
      pattern: new RegExp(
        `(?<=^|[\\s:(])${QUOTED}${BLANK}is${BLANK}(?:not${BLANK}(?:an?${BLANK})?(?:valid|accepted|allowed|acceptable)|an?${BLANK}invalid|too${BLANK}\\w{1,10})(?:${BLANK}(?:for|as)(?:${BLANK}(?:the|an?))?)?${BLANK}(?:\\w{1,20}${BLANK})?["'\`]?[\\w.-]{0,40}?${names}(?![\\w-])`,
        'gi',
      ),
    },
    // What it is for, then the value: `argument --password: invalid int value: '…'`, over the line where a list of complaints has it so.
    {
      ...{ kind: 'secret', words: NAME_WORDS, accept },
      needs: [new RegExp(`${VALUE_WORD}["']{0,2}${BLANK}?[:=]?${BLANK}{0,2}["'[]|_?value["']{0,2}${BLANK}?[:=]`, 'i')],
      pattern: new RegExp(
        `${names}(?![\\w-]|\\.\\w)${GAP}{0,80}?(?:\\n${BLANK}{1,4}${GAP}{0,120}?)?(?:(?<=["'_\\s])${VALUE_WORD}["']{0,2}${BLANK}?[:=]?${BLANK}{0,2}(?:${QUOTED}|\\[([^\\s[\\]]{3,200})\\])|(?:invalid|rejected|actual|received|given|input)_?value["']{0,2}${BLANK}?[:=]${BLANK}?([^\\s"',;)\\]}[{]{3,200}))`,
        'gi',
      ),
    },
    // In brackets behind the path: "Path `password` (`…`) is shorter".
    {
      ...{ kind: 'secret', words: NAME_WORDS, accept },
      needs: [/["'`] \(["'`]/],
      pattern: new RegExp(`${names}["'\`] \\(["'\`](?!\\[redacted )([^"'\`\\n]{3,200})["'\`](?:\\)|,${BLANK})`, 'gi'),
    },
  ]),
];
