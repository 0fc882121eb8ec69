// Sections: a name above its entries says what each of them is, whatever it is called itself: `[passwords]`, `passwords:`, `"secrets": {`.
// Under passwords each value is one; under the name of other secrets what somebody has chosen or chance has made. Who has a password, or
// where it is used, stands before the operator.
import { isChosen, isPathOrThing } from '../drawn.ts';
import { isCode, isHarmless, isSpeech } from '../no-value.ts';
import { type Cell, inOrder, looksFor, type Structure } from './structure.ts';

const OF_PASSWORDS = 'passwords|passwds?|passphrases|pwds|pass_?codes';
const OF_OTHERS = 'secrets|credentials|tokens|api[_-]?keys|access[_-]?keys|auth[_-]?tokens';
const PASSWORDS = `(?:[\\w.-]{0,30}[_.-])?(?:${OF_PASSWORDS})|admins`;
const OTHERS = `(?:[\\w.-]{0,30}[_.-])?(?:${OF_OTHERS})|stringData|users|[\\w-]{1,20}-oauth`;
/** What all of them end with: a cheap look, which reads no word twice. */
const ENDS = `(?:${OF_PASSWORDS}|admins|${OF_OTHERS}|stringData|users|-oauth)`;
const NAMES = `(?:${PASSWORDS}|${OTHERS})`;
const IS_PASSWORDS = new RegExp(`^(?:${PASSWORDS})$`, 'i');
/** The head, then its entries: of an INI file to the next head, of YAML as far as they stand further in, of an object to its end. */
const INI = new RegExp(`(?:^|\\n)[^\\S\\n]{0,8}\\[(${NAMES})\\][^\\S\\n]{0,3}\\n((?:[^[\\n][^\\n]{0,300}(?:\\n|$)){1,200})`, 'gi');
const YAML = new RegExp(
  `(?:^|\\n)([^\\S\\n]{0,20})(?:- )?["']?(${NAMES})["']?:[^\\S\\n]{0,3}\\n((?:\\1[^\\S\\n]{1,8}[^\\n]{1,300}(?:\\n|$)){1,200})`,
  'gi',
);
const OBJECT = new RegExp(`["']?\\b(${NAMES})["']?\\s{0,3}(?:[:=]|=>)\\s{0,3}\\{([^{}\\[\\]]{3,4000})[}]`, 'gi');

const LINE = /^[^\S\n]{0,30}["']?([\w.@/+-]{1,80})["']?[^\S\n]{0,5}[:=][^\S\n]{0,5}["']?([^\s"',;]{3,300})["']?[^\S\n]{0,3}(?:$|[,;#])/gm;
const PAIR = /["']?([\w.@/+-]{1,80})["']?\s{0,3}(?:[:=]|=>)\s{0,3}["']([^"'\n]{3,300})["']/g;

/** What an entry says beside the secret. */
const IS_OTHER =
  /(?:^|[_.-])(?:user(?:name)?|login|email|host|port|url|endpoint|region|bucket|type|kind|name|id|file|path|ttl|algorithm|issuer|scope|provider|enabled|backend)s?$/i;

export const SECTIONS: Structure = {
  look: looksFor(
    ['passw', 'passphrases', 'pwds', 'codes', 'admins', 'secrets', 'credentials', 'tokens', 'keys', 'stringdata', 'users', '-oauth'],
    new RegExp(`${ENDS}(?:\\]|["']?(?::[^\\S\\n]{0,3}\\n|\\s{0,3}(?:[:=]|=>)\\s{0,3}\\{))`, 'i'),
  ),
  find: (text) =>
    inOrder([
      ...[...text.matchAll(INI)].flatMap((match) => entriesOf(match[1]!, match[2]!, endOf(match), LINE)),
      ...[...text.matchAll(YAML)].flatMap((match) => entriesOf(match[2]!, match[3]!, endOf(match), LINE)),
      ...[...text.matchAll(OBJECT)].flatMap((match) => entriesOf(match[1]!, match[2]!, endOf(match) - 1, PAIR)),
    ]),
};

const endOf = (match: RegExpExecArray): number => match.index + match[0].length;

function entriesOf(head: string, entries: string, end: number, form: RegExp): readonly Cell[] {
  const start = end - entries.length;
  const isPasswords = IS_PASSWORDS.test(head);
  return [...entries.matchAll(form)].flatMap((match) => {
    const [whole, name = '', value = ''] = match;
    if (IS_OTHER.test(name) || value.includes('[redacted') || !isValue(value, isPasswords)) return [];
    const from = start + match.index + whole.lastIndexOf(value);
    return [{ from, to: from + value.length }];
  });
}

const isValue = (value: string, isPassword: boolean): boolean =>
  !isHarmless(value) &&
  !isPathOrThing(value) &&
  !isCode(value) &&
  (isPassword ? /[a-z]/i.test(value) && value.length >= 4 && !isSpeech(value) : isChosen(value));
