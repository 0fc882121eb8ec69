// Personal data as the authorities write it, with its check digits computed: a draw of its own, cut into halves by the name as the
// tokens are. Every value is made up. And what is as long, and nobody's.
export type Draw = (random: () => number) => string;

const digits = (random: () => number, count: number): string => Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
const between = (random: () => number, least: number, most: number): string =>
  String(least + Math.floor(random() * (most - least + 1))).padStart(String(most).length, '0');
const letters = (random: () => number, count: number, of = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'): string =>
  Array.from({ length: count }, () => of[Math.floor(random() * of.length)]).join('');
const weigh = (text: string, weights: readonly number[]): number =>
  [...text].reduce((sum, digit, at) => sum + Number(digit) * weights[at]!, 0);
const luhn = (text: string): string => {
  const sum = [...text].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return text + ((10 - (sum % 10)) % 10);
};
const iban = (country: string, account: string): string => {
  const number = [...`${account}${country}00`].map((each) => (/\d/.test(each) ? each : String(each.charCodeAt(0) - 55))).join('');
  return `${country}${String(98n - (BigInt(number) % 97n)).padStart(2, '0')}${account}`;
};
const grouped = (text: string): string => text.match(/.{1,4}/g)!.join(' ');
const date = (random: () => number): string =>
  between(random, 10, 99) + between(random, 1, 12).padStart(2, '0') + between(random, 1, 28).padStart(2, '0');
const dayFirst = (random: () => number): string =>
  between(random, 1, 28).padStart(2, '0') + between(random, 1, 12).padStart(2, '0') + between(random, 50, 99);

export const PERSONAL_DRAW: readonly (readonly [kind: string, draw: Draw])[] = [
  // Mail.
  ['mail: dotted', (r) => `maria.schmidt${digits(r, 2)}@mail.example.org`],
  ['mail: tagged', (r) => `o.brien+shop${digits(r, 3)}@example.co.uk`],
  ['mail: in brackets', (r) => `<ada${digits(r, 3)}@example.net>`],
  ['mail: mailto', (r) => `mailto:ada${digits(r, 3)}@example.com`],
  ['mail: encoded', (r) => `ada${digits(r, 3)}%40example.com`],
  ['mail: capitals', (r) => `ADA.LOVELACE${digits(r, 2)}@EXAMPLE.COM`],
  ['mail: apostrophe', (r) => `o'neil${digits(r, 2)}@example.ie`],
  // Telephone.
  ['phone: e164', (r) => `+4477009${digits(r, 5)}`],
  ['phone: france', (r) => `+33 6 ${digits(r, 2)} ${digits(r, 2)} ${digits(r, 2)} ${digits(r, 2)}`],
  ['phone: america', (r) => `(415) 555-0${digits(r, 3)}`],
  ['phone: america, dashed', (r) => `phone 415-555-0${digits(r, 3)}`],
  ['phone: germany, national', (r) => `Tel. 030 ${digits(r, 8)}`],
  ['phone: two zeros', (r) => `0044 20 7946 0${digits(r, 3)}`],
  ['phone: india', (r) => `+91-98${digits(r, 3)}-${digits(r, 5)}`],
  ['phone: china, bare', (r) => `mobile 138${digits(r, 8)}`],
  ['phone: brazil', (r) => `+55 (11) 9${digits(r, 4)}-${digits(r, 4)}`],
  // Cards.
  ['card: visa', (r) => luhn(`4${digits(r, 14)}`)],
  ['card: mastercard, dashed', (r) => grouped(luhn(`5${between(r, 1, 5)}${digits(r, 13)}`)).replaceAll(' ', '-')],
  ['card: amex, grouped', (r) => luhn(`37${digits(r, 12)}`).replace(/^(.{4})(.{6})/, '$1 $2 ')],
  ['card: diners', (r) => luhn(`36${digits(r, 11)}`)],
  ['card: discover', (r) => grouped(luhn(`6011${digits(r, 11)}`))],
  ['card: jcb', (r) => luhn(`3530${digits(r, 11)}`)],
  ['card: unionpay', (r) => luhn(`62${digits(r, 16)}`)],
  // Accounts.
  ['iban: spain', (r) => iban('ES', digits(r, 20))],
  ['iban: netherlands, grouped', (r) => grouped(iban('NL', `ABNA${digits(r, 10)}`))],
  ['iban: switzerland', (r) => iban('CH', digits(r, 17))],
  ['iban: poland, grouped', (r) => grouped(iban('PL', digits(r, 24)))],
  ['iban: small letters', (r) => iban('DE', digits(r, 18)).toLowerCase()],
  ['iban: malta', (r) => iban('MT', `MALT${digits(r, 5)}${letters(r, 3)}${digits(r, 15)}`)],
  // National numbers.
  ['id: america', (r) => `${between(r, 100, 665)}-${between(r, 10, 99)}-${between(r, 1000, 9999)}`],
  [
    'id: spain, dni',
    (r) => {
      const number = digits(r, 8);
      return `${number}${'TRWAGMYFPDXBNJZSQVHLCKE'[Number(number) % 23]}`;
    },
  ],
  [
    'id: spain, nie',
    (r) => {
      const number = digits(r, 7);
      return `X${number}${'TRWAGMYFPDXBNJZSQVHLCKE'[Number(number) % 23]}`;
    },
  ],
  [
    'id: france',
    (r) => {
      const number = `1${between(r, 50, 99)}${between(r, 1, 12).padStart(2, '0')}${between(r, 1, 95).padStart(2, '0')}${digits(r, 6)}`;
      return `${number}${String(97 - Number(BigInt(number) % 97n)).padStart(2, '0')}`.replace(
        /^(.)(..)(..)(..)(...)(...)(..)$/,
        '$1 $2 $3 $4 $5 $6 $7',
      );
    },
  ],
  [
    'id: poland, named',
    (r) => {
      const number = `${date(r)}${digits(r, 4)}`;
      return `PESEL ${number}${(10 - (weigh(number, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10}`;
    },
  ],
  [
    'id: sweden',
    (r) => {
      const number = luhn(`${date(r)}${digits(r, 3)}`);
      return `${number.slice(0, 6)}-${number.slice(6)}`;
    },
  ],
  [
    'id: finland',
    (r) => {
      const [day, number] = [dayFirst(r), between(r, 2, 899).padStart(3, '0')];
      return `${day}-${number}${'0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(day + number) % 31]}`;
    },
  ],
  [
    'id: switzerland',
    (r) => {
      const number = `756${digits(r, 9)}`;
      const check = (10 - (weigh(number, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]) % 10)) % 10;
      return `${number}${check}`.replace(/^(...)(....)(....)(..)$/, '$1.$2.$3.$4');
    },
  ],
  [
    'id: chile',
    (r) => {
      const number = between(r, 5_000_000, 24_999_999);
      const check = 11 - (weigh([...number].reverse().join(''), [2, 3, 4, 5, 6, 7, 2, 3]) % 11);
      return `${number.replace(/^(..)(...)(...)$/, '$1.$2.$3')}-${check === 11 ? 0 : check === 10 ? 'K' : check}`;
    },
  ],
  [
    'id: argentina',
    (r) => {
      for (;;) {
        const number = `20${digits(r, 8)}`;
        const check = 11 - (weigh(number, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11);
        if (check < 10) return `20-${number.slice(2)}-${check}`;
      }
    },
  ],
  ['id: canada', (r) => luhn(`${between(r, 1, 7)}${digits(r, 7)}`).replace(/^(...)(...)/, '$1 $2 ')],
  ['id: india, pan', (r) => `${letters(r, 3)}P${letters(r, 1)}${digits(r, 4)}${letters(r, 1)}`],
  ['id: india, aadhaar named', (r) => `Aadhaar ${between(r, 2000, 9999)} ${digits(r, 4)} ${digits(r, 4)}`],
  [
    'id: singapore',
    (r) => {
      const number = digits(r, 7);
      return `S${number}${'JZIHGFEDCBA'[weigh(number, [2, 7, 6, 5, 4, 3, 2]) % 11]}`;
    },
  ],
  [
    'id: hong kong',
    (r) => {
      const number = `${letters(r, 1)}${digits(r, 6)}`;
      const sum = 36 * 9 + (number.charCodeAt(0) - 55) * 8 + weigh(number.slice(1), [7, 6, 5, 4, 3, 2]);
      const check = (11 - (sum % 11)) % 11;
      return `${number}(${check === 10 ? 'A' : check})`;
    },
  ],
  [
    'id: mexico, curp',
    (r) =>
      `${letters(r, 1)}${letters(r, 1, 'AEIOU')}${letters(r, 2)}${date(r)}${letters(r, 1, 'HM')}DF${letters(r, 3, 'BCDFGHJKLMNPQRSTVWXYZ')}0${digits(r, 1)}`,
  ],
  [
    'id: russia, snils',
    (r) => {
      const number = between(r, 100, 999) + digits(r, 6);
      const sum = weigh(number, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101;
      return `${number.replace(/^(...)(...)(...)$/, '$1-$2-$3')} ${String(sum === 100 ? 0 : sum).padStart(2, '0')}`;
    },
  ],
  [
    'id: belgium',
    (r) => {
      const number = `${date(r)}${between(r, 1, 997).padStart(3, '0')}`;
      return `${number}${String(97 - (Number(number) % 97)).padStart(2, '0')}`.replace(/^(..)(..)(..)(...)(..)$/, '$1.$2.$3-$4.$5');
    },
  ],
  ['id: denmark', (r) => `CPR ${dayFirst(r)}-${digits(r, 4)}`],
  ['id: netherlands, named', (r) => `BSN: ${digits(r, 9)}`],
  ['id: germany, named', (r) => `Steuer-ID ${digits(r, 11)}`],
  ['id: passport, named', (r) => `passport number C${digits(r, 8)}`],
  ['id: social security, named', (r) => `ssn=${digits(r, 9)}`],
  ['id: brazil, bare', (r) => `CPF ${digits(r, 11)}`],
  ['id: driver, named', (r) => `driver's license no. ${letters(r, 1)}${digits(r, 7)}`],
];

/** A sign for each digit is drawn. */
export const NOBODYS: readonly string[] = [
  ...[
    'order ######## of 2026',
    'invoice 2026-######',
    'pid ##### tid ##########',
    'took ####.### ms',
    'offset ############ of partition 7',
    'epoch 17########',
  ],
  ...[
    'epoch 17###########',
    'version 12.4.####.1',
    'build 2026.03.##.####',
    'line ###:##',
    'port 5####',
    'size ##########',
    'sequence 495##############################',
  ],
  ...['part 12-3456-7890-##', 'ISBN 978-3-16-14####-0', 'EAN 40########## of a shelf', 'rgb(12, 34, 56) #a1b2c3', 'ticket ABC-####'],
  ...[
    'ORA-0####: x',
    'HTTP 404 in ##.##s',
    'SKU AB12-##-CD34',
    'flight LH####',
    'ref 12345/##/2026',
    'room 030-##',
    'rev 1.2.3-####',
    'chunk ##-###-##.js',
  ],
  ...[
    '0x7ffd########',
    'thread 140#############',
    'user 1##### has 12 items',
    'range 100-200-3##',
    'matrix 3x3 1 2 3 4 5 6 7 8 9',
    '12:34:56.######',
    '2026-03-01 10:11:12,###',
  ],
  ...[
    'account-######## is open',
    'v20260301-########',
    'kernel 6.1.0-18-amd64',
    'bytes 1######-2######/3######',
    'X1234567 is a model',
    'S1234567 of a ship',
    'job 850730-0332',
  ],
  ...[
    'code AB123456 expired',
    'id 123-45-678',
    'id 12.345.678',
    'temperature 36.6-37.2',
    'tag A123456 (7)',
    'key ABCDE1234',
    'batch 010190-1234',
    'lot 20-12345678',
  ],
];
