// Numbers that a state gives a person, by their form and their check digits: most are as long as an order's, so that only those that
// reckon up are believed, and those of digits alone only behind their name.
// Sources: the rules of Spain's Ministerio del Interior (DNI, NIE), France's INSEE (NIR), Finland's DVV (HETU), Sweden's Skatteverket,
// Switzerland's ZAS (AHV), Belgium's Rijksregister, Chile's Registro Civil (RUT), Argentina's AFIP (CUIT), Russia's SFR (SNILS),
// Singapore's ICA (NRIC), Hong Kong's ImmD, Taiwan's Ministry of the Interior, India's Income Tax Department (PAN), Mexico's RENAPO (CURP).

interface NationalRow {
  readonly form: RegExp;
  readonly accept?: (found: string) => boolean;
}

const SPAIN = 'TRWAGMYFPDXBNJZSQVHLCKE';
const digitsOf = (text: string): string => text.replace(/\D/g, '');
const weigh = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, at) => sum + Number(digits[at]) * weight, 0);
const isDay = (year: string, month: string, day: string): boolean =>
  /^\d\d$/.test(year) && Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
/** The check digit of Luhn. */
export function isLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** What people call such a number, and that of a telephone; what stands between it and the number. */
const NAMES =
  "ssn|social security|sin|itin|tin|tax[ _-]?(?:id|number)|national[ _-]?(?:id|identity|insurance)|nino|passport|driver'?s?[ _-]?licen[cs]e|id[ _-]?card|pesel|bsn|cpf|cnpj|curp|rfc|nif|nie|dni|cuit|cuil|rut|aadhaar|aadhar|snils|inn|cpr|personnummer|f[øo]dselsnummer|hetu|steuer-?(?:id|nummer)|personalausweis|codice fiscale|nir|num[ée]ro de s[ée]curit[ée]|my ?number|tckn|nhs|tfn|medicare|id number|personal number|身份证(?:号)?|护照(?:号)?";
const PHONES =
  'tel|tel[ée]fono?|telefon|telefone|celular|m[óo]vil|puhelin|tlf|тел|телефон|電話(?:番号)?|携帯(?:番号)?|전화(?:번호)?|휴대폰(?:번호)?|t[ée]l[ée]phone|phone|mobile|mobil|cell(?:phone)?|fax|handy|msisdn|whatsapp|电话|手机(?:号)?';
const BEHIND = '(?:[ _-]?(?:no|nr|num|number|id|code))?["\'\\]]{0,2}[.:= #]{1,3}(?:is )?["\']?';

export const NATIONAL: readonly NationalRow[] = [
  { form: new RegExp(`(?<=(?<![A-Za-z])(?:${NAMES})${BEHIND})(?:[A-Z]{1,4}[ -]?)?\\d(?:[ .-]?\\d){6,17}[A-Z]?(?![\\w-])`, 'gi') },
  { form: /(?<![\w-])(?:\d{8}|[XYZ]\d{7})-?[A-Z](?![\w-])/g, accept: isSpanish },
  { form: /(?<![\w.-])[12] ?\d\d ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d\d|2[AB]) ?\d{3} ?\d{3} ?\d\d(?![\w.-])/g, accept: isFrench },
  { form: /(?<![\w.-])\d{6}[-+]\d{4}(?![\w-])/g, accept: (found) => isDayOf(found, 'year first') && isLuhn(digitsOf(found)) },
  { form: /(?<![\w.-])\d{6}[-+A-F]\d{3}[0-9A-FHJ-NPR-Y](?![\w-])/g, accept: isFinnish },
  { form: /(?<![\w.-])756\.\d{4}\.\d{4}\.\d\d(?![\w.-])/g, accept: isSwiss },
  { form: /(?<![\w.-])\d\d\.\d\d\.\d\d-\d{3}\.\d\d(?![\w.-])/g, accept: isBelgian },
  { form: /(?<![\w.-])\d{1,2}\.\d{3}\.\d{3}-[\dkK](?![\w-])/g, accept: isChilean },
  { form: /(?<![\w.-])(?:2[0347]|3[034])-\d{8}-\d(?![\w-])/g, accept: isArgentine },
  { form: /(?<![\w.-])\d{3}-\d{3}-\d{3} \d\d(?![\w.-])/g, accept: isRussian },
  { form: /(?<![\w-])[STFG]\d{7}[A-Z](?![\w-])/g, accept: isSingaporean },
  { form: /(?<![\w-])[A-Z]{1,2}\d{6}\([\dA]\)/g, accept: isHongKongs },
  { form: /(?<![\w-])[A-Z][1289]\d{8}(?![\w-])/g, accept: isTaiwanese },
  { form: /(?<![\w-])[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z](?![\w-])/g },
  {
    form: /(?<![\w-])[A-Z][AEIOUX][A-Z]{2}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}[A-Z\d]\d(?![\w-])/g,
  },
];

/** Telephone numbers as a country writes them for itself: behind their name, with an area in brackets, or with two zeros for `+`. */
export const HOME_PHONES: readonly RegExp[] = [
  new RegExp(`(?<=(?<![A-Za-z])(?:${PHONES})${BEHIND})\\(?\\d{2,5}\\)?(?:[ ./-]{0,2}\\d{1,5}){1,5}(?![\\w-])`, 'gi'),
  /(?<![\w)])\([2-9]\d{2}\) ?\d{3}[ .-]\d{4}(?![\w-])/g,
  // With the form of Japan's and Korea's, of France's in pairs, of Brazil's and of China's in groups.
  /(?<![\w.:+-])0[1-9]0-\d{4}-\d{4}(?![\w-])/g,
  /(?<![\w.:+-]|[\da-f]{2} )0[1-79](?:[ .]\d\d){4}(?![\w-]|[ .]?[\da-f]{2}(?!\w))/g,
  /(?<![\w)])\([1-9]\d\) ?9?\d{4}-\d{4}(?![\w-])/g,
  /(?<![\w.:+-])1[3-9]\d[ -]\d{4}[ -]\d{4}(?![\w-])/g,
  /(?<![\w.:+-])00[1-9]\d{0,2}(?:[ .-]\(?\d{1,5}\)?){2,6}(?![\w-])/g,
];

function isDayOf(found: string, order: 'year first' | 'day first'): boolean {
  const [a, b, c] = [found.slice(0, 2), found.slice(2, 4), found.slice(4, 6)];
  return order === 'year first' ? isDay(a, b, c) : isDay(c, b, a);
}

function isSpanish(found: string): boolean {
  const number = found.slice(0, 8).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
  return SPAIN[Number(number.slice(0, 8)) % 23] === found.at(-1);
}

function isFrench(found: string): boolean {
  const number = found.replaceAll(' ', '').replace('2A', '19').replace('2B', '18');
  return number.length === 15 && 97n - (BigInt(number.slice(0, 13)) % 97n) === BigInt(number.slice(13));
}

function isFinnish(found: string): boolean {
  return (
    isDayOf(found, 'day first') && '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(found.slice(0, 6) + found.slice(7, 10)) % 31] === found[10]
  );
}

function isSwiss(found: string): boolean {
  const digits = digitsOf(found);
  return (weigh(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]) + Number(digits[12])) % 10 === 0;
}

function isBelgian(found: string): boolean {
  const digits = digitsOf(found);
  const check = Number(digits.slice(9));
  return [digits.slice(0, 9), `2${digits.slice(0, 9)}`].some((number) => 97 - (Number(number) % 97) === check);
}

function isChilean(found: string): boolean {
  const digits = digitsOf(found.slice(0, -1));
  const sum = [...digits].reverse().reduce((total, digit, at) => total + Number(digit) * (2 + (at % 6)), 0);
  return '0K987654321'[sum % 11] === found.at(-1)!.toUpperCase();
}

function isArgentine(found: string): boolean {
  const digits = digitsOf(found);
  return (11 - (weigh(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === Number(digits[10]);
}

function isRussian(found: string): boolean {
  const digits = digitsOf(found);
  return (weigh(digits, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101) % 100 === Number(digits.slice(9));
}

function isSingaporean(found: string): boolean {
  const sum = weigh(found.slice(1), [2, 7, 6, 5, 4, 3, 2]) + (/[TG]/.test(found) ? 4 : 0);
  return (/[ST]/.test(found[0]!) ? 'JZIHGFEDCBA' : 'XWUTRQPNMLK')[sum % 11] === found.at(-1);
}

function isHongKongs(found: string): boolean {
  const head = found.replace(/\(.*/, '').padStart(8, ' ');
  const values = [...head].map((sign) => (sign === ' ' ? 36 : /\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 55));
  const sum = values.reduce((total, value, at) => total + value * (9 - at), 0);
  return '0A987654321'[sum % 11] === found.at(-2);
}

function isTaiwanese(found: string): boolean {
  const area = 'ABCDEFGHJKLMNPQRSTUVXYWZIO'.indexOf(found[0]!) + 10;
  return (Math.floor(area / 10) + (area % 10) * 9 + weigh(found.slice(1), [8, 7, 6, 5, 4, 3, 2, 1, 1])) % 10 === 0;
}
