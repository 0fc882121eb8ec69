// Passwords by their shape, in a line that speaks of logins, whatever stands between: people who have to put figures and signs into a word
// put them where no name of a program has any. Of 643,000 lines of code and documents that hold such a noun one word has that shape.
import { chanceBits } from './chance.ts';
import { isHash, isPathOrThing, isThing } from './drawn.ts';
import type { Rule } from './rule.ts';
import { NAMES_AN_ID, THING_NAMES } from './secret-names.ts';

const NOUNS = [
  'pass',
  'pwd',
  'secret',
  'credential',
  'login',
  'logon',
  'signin',
  'sign in',
  'sign-in',
  'auth',
  'psk',
  'token',
  'pw',
  'creds',
  'parola',
  'şifre',
];
/** Beside these a password stands as well, and so do ids. */
const LOOSE = [...NOUNS, 'user', 'connect', 'sql', 'database', 'dsn', 'session', 'admin', 'root', 'key', 'jdbc', 'ftp', 'smtp', 'digest'];
const STRONG = new RegExp(NOUNS.join('|'), 'i');
const ANY = new RegExp(LOOSE.join('|'), 'i');
const OF_A_THING = new RegExp(`\\b${THING_NAMES}["']?[\\s:=#]{1,3}["'(]?$`, 'i');

/** A word, then a sign: at its end, or one of those that part no names. */
const SIGNED = /^(?=[^!#%^&*?]*[a-z]{3})[A-Za-z][A-Za-z0-9@.-]*(?=[!#%^&*?])(?:[!^&?][A-Za-z0-9]*){0,2}[#*%!?^&]{0,4}$/i;
/** An inquiry of an address, and what a parameter of one is. */
const QUERY = /\?\w*$|&[a-z]+$/i;
/** Figures for letters: within a word, twice or more. */
const isSpelt = (word: string): boolean =>
  word.length >= 10 &&
  /^[A-Za-z0-9]+$/.test(word) &&
  /[a-z]/.test(word) &&
  /[a-z]{3}/i.test(word) &&
  !/^h?[0-9a-f]+$/i.test(word) &&
  groupsOf(word) >= 2;
const groupsOf = (word: string): number => (word.match(/[a-z]\d+(?=[a-z])/gi) ?? []).length;
const isChance = (word: string): boolean =>
  word.length >= 12 && /^[A-Za-z0-9+]+$/.test(word) && /[a-z]/.test(word) && /[A-Z]/.test(word) && chanceBits(word) >= 10;
/** Two words and a number, as generators of passwords make them. */
const isPhrase = (word: string): boolean => /^[A-Z][a-z]{3,}-[a-z]{3,}-\d{2,4}$/.test(word);

/** The shape is asked first: it is cheaper than what stands around, and most words have none. */
function isPassword(word: string, _: string, before: string): boolean {
  const isSure = (SIGNED.test(word) && !QUERY.test(word)) || isSpelt(word);
  if (!isSure && !isChance(word) && !isPhrase(word)) return false;
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (
    !(ANY.test(line) || STRONG.test(before)) ||
    isPathOrThing(word) ||
    isHash(word) ||
    isThing(word) ||
    OF_A_THING.test(line) ||
    NAMES_AN_ID.test(line) ||
    // A place within a page.
    /#\/?\w{0,20}:?$/.test(line)
  )
    return false;
  return isSure || STRONG.test(line);
}

export const NEAR_RULES: readonly Rule[] = [
  {
    kind: 'secret',
    words: LOOSE,
    least: 6,
    pattern:
      /(?<=^|[\s"'`=,;()<>|[\]{}:!「‘“])(?=[^\s"'`=,;()<>|[\]{}:]{1,39}\d|\d)[A-Za-z0-9][A-Za-z0-9@.!#%^&*?+-]{7,39}(?=$|[\s"'`=,;()<>|[\]{}:\\」’”])/g,
    accept: isPassword,
  },
];
