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

/** What people call such a number, in the words of each state; and what they call one of a telephone. */
const NAMES = [
  "ssn|social[ _-]?security|sin|itin|tin|tax[ _-]?(?:payer)?[ _-]?(?:id|number)|ird|national[ _-]?(?:id|identity|insurance|number)|nino|ppsn?|passport|driv(?:er|ing)[ _-]?'?s?[ _-]?licen[cs]e|id[ _-]?card|id[ _-]number|personal[ _-]?(?:number|code)",
  'nhs|mrn|medical[ _-]?record|medicare|health[ _-]?(?:card|insurance)|tfn|nin|bvn|aadhaa?r|cnic|nric|mykad|nik|emirates[ _-]?id|nid',
  'steuer-?(?:id|nummer)|personalausweis|(?:kranken|sozial)?versicher(?:ungs|ten)-?(?:nummer|nr)|svnr|ahv(?:-?nr)?|bsn|cpr|cnp|rijksregister(?:nummer)?|personnummer|samordningsnummer|f[øo]dselsnummer|hetu|henkil[öo]tunnus|kennitala',
  'cpf|cnpj|rg|curp|nss|rfc|nif|nie|dni|cuit|cuil|rut|run|c[ée]dula(?: de (?:ciudadan[íi]a|identidad))?|contribuinte|codice fiscale|nir|num[ée]ro de s[ée]curit[ée](?: sociale)?',
  'pesel|oib|jmbg|emšo|taj(?:[ -]?sz[áa]m)?|rodn[ée] [čc][íi]slo|isikukood|asmens kodas|personas kods|t\\.?c\\.?(?: ?no)?|tckn|kimlik|егн|снилс|snils|инн|inn|іпн|рнокпп|паспорт|α\\.?μ\\.?κ\\.?α|α\\.?φ\\.?μ|amka|afm',
  '身份证|身分證|护照|護照|マイナンバー|my ?number|個人番号|주민등록|여권|เลขประจำตัวประชาชน|เลขบัตรประชาชน|căn cước|cccd|תעודת זהות|ת\\.ז',
].join('|');
const PHONES = [
  'tel|tel[ée]fono?|telefon|telefone|t[ée]l[ée]phone|phone|mobile|mobil|mob|cell(?:phone|ulare|ular)?|fax|msisdn|whats ?app|wa_?id|caller(?:[ _-]?id)?|callee|contact[ _-]?(?:no|number)',
  '(?:handy|mobil|telefon|ruf|festnetz)-?(?:nummer|nr)|handy|portable|celular|m[óo]vil|telem[óo]vel|puhelin|matkapuhelin|tlf|cep(?: telefonu)?|kom[óo]rka',
  'тел|телефон|τηλ(?:έφωνο)?|κινητό|電話|携帯|电话|手机|전화|휴대폰|เบอร์(?:โทร)?|điện thoại|טלפון|هاتف',
].join('|');
/** At the beginning of a word, also of one within a name: `customerTaxId`. */
const STARTS = '(?:(?<![A-Za-z])|(?<=[a-z])(?=(?-i:[A-Z])))';
/** What stands between the name and the number; in scripts without blanks nothing has to. */
const BEHIND =
  '(?:[ _-]?(?:no|nr|n[°º]|№|num|n[úu]mero|numer|numaras[ıi]|sz[áa]m|number|id|code|号码?|番号|번호))?(?:["\'\\]]{0,2}[.:= #：]{1,4}(?:is |N[°º] ?|№ ?|number )?["\']?|(?<=[\u0e00-\u0e7f\u3040-\u9fff\uac00-\ud7af])[は为是는은]?)';
/**
 * Letters, then figures with what parts them, and letters among them. That they are capitals is asked behind: V8 reads an alternative before
 * `(?-i:` with the case of what follows, once a process has compiled many expressions (`--no-regexp-optimization`).
 */
const NUMBER = '(?!\\d{1,3}\\.\\d{1,20}(?![\\d.-]))(?:[A-Z]{1,5}[ -]?)?\\d(?:[ ./-]?\\d|[A-Z]){5,19}(?![\\w-])';

export const NATIONAL: readonly NationalRow[] = [
  // What a number begins with is looked for before its name: few places have any.
  { form: new RegExp(`(?=[A-Z]{0,5}[ -]?\\d)(?<=${STARTS}(?:${NAMES})${BEHIND})${NUMBER}`, 'gi'), accept: isInCapitals },
  { form: /(?<![\w-])(?:\d{8}|[XYZ]\d{7})-?[A-Z](?![\w-])/g, accept: isSpanish },
  { form: /(?<![\w.-])[12] ?\d\d ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d\d|2[AB]) ?\d{3} ?\d{3} ?\d\d(?![\w.-])/g, accept: isFrench },
  { form: /(?<![\w.-])\d{6}[-+]\d{4}(?![\w-])/g, accept: (found) => isDayOf(found, 'year first') && isLuhn(digitsOf(found)) },
  {
    form: /(?<![\w.-])(?:19|20)\d{6}[-+]\d{4}(?![\w-])/g,
    accept: (found) => isDayOf(found.slice(2), 'year first') && isLuhn(digitsOf(found).slice(2)),
  },
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
  new RegExp(`(?=\\(?\\d)(?<=${STARTS}(?:${PHONES})${BEHIND})\\(?\\d{2,5}\\)?(?:[ ./-]{0,2}\\d{1,5}){1,5}(?![\\w-])`, 'gi'),
  // What an address has made of the sign of a country.
  /(?<=%2B)[1-9]\d{7,14}(?!\d)/gi,
  // Of America with dashes or dots, of Britain's mobiles, of Russia's with its eight.
  /(?<![\w.:/+-])[2-9]\d{2}([.-])[2-9]\d{2}\1\d{4}(?![\w-]|\.\d)/g,
  /(?<![\w.:/+-])07\d{3} \d{6}(?![\w-])/g,
  /(?<![\w.:/+-])8 ?\(\d{3}\) ?\d{3}-\d\d-\d\d(?![\w-])/g,
  /(?<![\w)])\([2-9]\d{2}\) ?\d{3}[ .-]\d{4}(?![\w-])/g,
  // With the form of Japan's and Korea's, of France's in pairs, of Brazil's and of China's in groups.
  /(?<![\w.:+-])0[1-9]0-\d{4}-\d{4}(?![\w-])/g,
  /(?<![\w.:+-]|[\da-f]{2} )0[1-79](?:[ .]\d\d){4}(?![\w-]|[ .]?[\da-f]{2}(?!\w))/g,
  /(?<![\w)])\([1-9]\d\) ?9?\d{4}-\d{4}(?![\w-])/g,
  /(?<![\w.:+-])1[3-9]\d[ -]\d{4}[ -]\d{4}(?![\w-])/g,
  /(?<![\w.:+-])00[1-9]\d{0,2}(?:[ .-]\(?\d{1,5}\)?){2,6}(?![\w-])/g,
];

function isInCapitals(found: string): boolean {
  return !/[a-z]/.test(found);
}

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
