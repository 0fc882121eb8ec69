// Personal data that shows by its own form: what identifies a person, or a person's account, whoever reads it. It leaves in no
// text that is made of a log. A form that other numbers have too is believed by its check digits only.
// Sources: ISO 13616 (IBAN), ISO/IEC 7812 (card numbers), ITU-T E.164 (telephone numbers), the Social Security Administration's,
// GB 11643's, Receita Federal's, HMRC's and Agenzia delle Entrate's rules for national numbers, RFC 5321 (addresses), RFC
// 6890 (which addresses of a network are nobody's).

import { HOME_PHONES, isLuhn, NATIONAL } from './national-numbers.ts';
import { OF_THINGS } from './of-things.ts';
import { ABOUT_PEOPLE } from './people.ts';

interface PersonalRow {
  readonly placeholder: string;
  /** Bounded in every repetition. */
  readonly form: RegExp;
  readonly accept?: (found: string) => boolean;
}

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** How long the numbers of a country are, as the registry of ISO 13616 has it. */
const IBAN_LENGTHS =
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30';

/** As long as those of its country are: whatever stands behind it, in letters or numbers, is no part of it. */
const IBAN = new RegExp(
  `(?<!\\w)(?:${[...Map.groupBy(IBAN_LENGTHS.split(' '), (each) => Number(each.slice(2)))]
    .map(([length, all]) => `(?:${all.map((each) => each.slice(0, 2)).join('|')})\\d{2}(?:[ -]?[A-Z0-9]){${length - 4}}`)
    .join('|')})(?!\\w)`,
  'gi',
);

export const PERSONAL: readonly PersonalRow[] = [
  // Letters of any script: addresses are international. In `://user:word@host` it is no address, and before `:path/` it is one of git.
  {
    placeholder: '<email>',
    form: /(?<![\p{L}\p{N}_.+-]|\p{L}')(?<!:\/\/(?:[^\s@/]{1,64}:)?)(?:\p{L}{1,20}')?[\p{L}\p{N}_.+-]{1,64}(?:%2B[\p{L}\p{N}_.-]{1,40})?(?:@|%40)(?:[\p{L}\p{N}-]{1,63}\.){1,5}\p{L}[\p{L}\p{N}-]{1,62}(?![\p{L}\p{N}-]|:[\w.~-]{1,60}\/)/gu,
  },
  // With its local part in quotes, or written so that no machine reads it.
  {
    placeholder: '<email>',
    form: /"[^"@\n]{1,64}"@(?:[\p{L}\p{N}-]{1,63}\.){1,5}\p{L}{2,20}|(?<![\w.+-])[\w.+-]{1,64} ?[([{]at[)\]}] ?[\w-]{1,63}(?:(?:\.| ?[([{]dot[)\]}] ?)[\w-]{1,63}){1,4}/giu,
  },
  { placeholder: '<iban>', form: IBAN, accept: isIban },
  // In the groups that cards have them in, whatever number stands behind; then in any.
  {
    placeholder: '<card>',
    form: /(?<![\w.-])(?:[2-6]\d{3}(?:[ -]?\d{4}){3}|3[47]\d\d[ -]?\d{6}[ -]?\d{5}|3[0689]\d\d[ -]?\d{6}[ -]?\d{4})(?![\w-])/g,
    accept: isCard,
  },
  { placeholder: '<card>', form: /(?<![\w.-])[2-6]\d{3}(?:[ -]?\d{2,7}){2,5}(?![\w-])/g, accept: isCard },
  { placeholder: '<national-id>', form: /(?<![\w-])\d{17}[\dXx](?!\w)/g, accept: isResidentNumber },
  { placeholder: '<national-id>', form: /(?<![\w.-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])/g },
  // Brazil's and Korea's as they are written, Britain's and Italy's by their letters.
  { placeholder: '<national-id>', form: /(?<![\w.-])\d{3}\.\d{3}\.\d{3}-\d{2}(?![\w-])/g, accept: isCpf },
  { placeholder: '<national-id>', form: /(?<![\w.-])\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-[1-8]\d{6}(?![\w-])/g },
  {
    placeholder: '<national-id>',
    form: /(?<![\w-])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?: ?\d{2}){3} ?[A-D](?![\w-])/g,
  },
  { placeholder: '<national-id>', form: /(?<![\w-])[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?![\w-])/g },
  ...ABOUT_PEOPLE,
  ...NATIONAL.map((row) => ({ placeholder: '<national-id>', ...row })),
  ...OF_THINGS,
  // Four numbers may be a version, too: `v1.2.3.4`, `Version=4.5.6.7`, `app-1.2.3.4`, `app/1.2.3.4`.
  { placeholder: '<ip>', form: /(?<![\w.+-]|\w\/|version[ =:]{1,2})(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)/gi, accept: isPublicAddress },
  { placeholder: '<ip>', form: /(?<![\w:.])[23][0-9a-f]{3}:(?:[0-9a-f]{0,4}:){1,6}[0-9a-f]{0,4}(?![\w:])/gi, accept: isPublicAddress6 },
  { placeholder: '<phone>', form: /(?<![\w+])\+[1-9]\d{0,3}(?:[ .-]?\(?\d{1,5}\)?){1,6}(?!\w)/g, accept: isPhone },
  ...HOME_PHONES.map((form) => ({ placeholder: '<phone>', form, accept: (found: string) => digitsOf(found).length >= 6 })),
];

/**
 * @returns the text with typed placeholders in the place of mail addresses, public network addresses, account, card, national and
 *   telephone numbers
 * @example withoutPersonal('no mailbox for jo@example.org') // 'no mailbox for <email>'
 */
export function withoutPersonal(text: string): string {
  return PERSONAL.reduce(
    (clean, { placeholder, form, accept }) => clean.replace(form, (found) => (accept === undefined || accept(found) ? placeholder : found)),
    text,
  );
}

/** Of the public network, where it leads to somebody; those of one's own networks and machines are what a bug is about. */
function isPublicAddress(found: string): boolean {
  const parts = found.split('.').map(Number);
  const [first = 0, second = 0] = parts;
  if (parts.some((part) => part > 255) || /(?:^|\.)0\d/.test(found) || parts.slice(2).every((part) => part === 0)) return false;
  const isOwn = first === 10 || first === 127 || first === 0 || first >= 224;
  const isShared = (first === 100 && second >= 64 && second < 128) || (first === 169 && second === 254);
  return !isOwn && !isShared && !(first === 172 && second >= 16 && second < 32) && !(first === 192 && second === 168);
}

/** Eight groups, or fewer with one gap: a date and a time have colons as well. */
function isPublicAddress6(found: string): boolean {
  const groups = found.split(':');
  return found.includes('::') ? groups.length <= 8 && found.indexOf('::') === found.lastIndexOf('::') : groups.length === 8;
}

/** Modulo 97 of the digits, letters as 10 to 35, the first four at the end, is 1. */
function isIban(found: string): boolean {
  const text = found.replace(/[ -]/g, '').toUpperCase();
  const moved = text.slice(4) + text.slice(0, 4);
  let rest = 0;
  for (const digit of moved.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1 && IBAN_LENGTHS.includes(text.slice(0, 2) + text.length);
}

/** Which numbers issuers begin with, and how long theirs are: of any others one in ten has the right last digit. */
const ISSUERS =
  /^(?:4(?:\d{15}|\d{18})|(?:5[1-5]|2(?:2[2-9]|[3-6]|7[01])\d|220[0-4])\d+(?<=^\d{16})|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|35\d{14}|6\d{15,18}|5[06-8]\d{14,17})$/;

function isCard(found: string): boolean {
  const digits = digitsOf(found);
  return ISSUERS.test(digits) && isLuhn(digits);
}

/** The check character of ISO 7064, MOD 11-2, behind a date of birth. */
function isResidentNumber(found: string): boolean {
  const sum = [...found.slice(0, 17)].reduce((total, digit, index) => total + Number(digit) * (2 ** (17 - index) % 11), 0);
  return /^\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/.test(found) && '10X98765432'[sum % 11] === found[17]?.toUpperCase();
}

/** Two check digits, each modulo 11 of all before it (Receita Federal). */
function isCpf(found: string): boolean {
  const digits = [...digitsOf(found)].map(Number);
  const check = (count: number): number => {
    const sum = digits.slice(0, count).reduce((total, digit, index) => total + digit * (count + 1 - index), 0);
    return ((sum * 10) % 11) % 10;
  };
  return new Set(digits).size > 1 && check(9) === digits[9] && check(10) === digits[10];
}

/** An offset of a time zone and a signed number are shorter, or not parted. */
function isPhone(found: string): boolean {
  const { length } = digitsOf(found);
  return length >= 8 && length <= 15 && (length >= 10 || /[ .()-]/.test(found.slice(1)));
}
