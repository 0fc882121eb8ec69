// What identifies a person by its form is taken out; numbers that only look alike stay. Each number here is made up, its check
// digits are computed.
import { withoutPersonal } from '../../../src/core/redact/personal.ts';
import { isLinear } from '../../support/processor-time.ts';

const luhn = (digits: string): string => {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return digits + ((10 - (sum % 10)) % 10);
};

const iban = (country: string, account: string): string => {
  const number = [...`${account}${country}00`].map((each) => (/\d/.test(each) ? each : String(each.charCodeAt(0) - 55))).join('');
  return `${country}${String(98n - (BigInt(number) % 97n)).padStart(2, '0')}${account}`;
};

const resident = (digits: string): string => {
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (2 ** (17 - index) % 11), 0);
  return digits + '10X98765432'[sum % 11];
};

const grouped = (text: string, size = 4, by = ' '): string => text.match(new RegExp(`.{1,${size}}`, 'g'))!.join(by);

const PERSONAL: readonly (readonly [placeholder: string, value: string])[] = [
  ['<email>', 'jo.q+shop@mail.example.org'],
  ['<email>', 'jörg@bücher.example'],
  ['<email>', '用户@例子.公司'],
  ['<card>', luhn('411111222233344')],
  ['<card>', grouped(luhn('555544443333222'))],
  ['<card>', grouped(luhn('222300001111222'), 4, '-')],
  ['<card>', luhn('37828224631000')],
  ['<iban>', iban('DE', '370400440532013111')],
  ['<iban>', grouped(iban('GB', 'WEST12345698765999'))],
  ['<iban>', iban('FR', '20041010050500013M02606')],
  ['<iban>', iban('NO', '86011117111')],
  ['<national-id>', resident('11010119900307123')],
  ['<national-id>', '123-45-6788'],
  ['<national-id>', '529.982.247-25'],
  ['<national-id>', '900101-1234567'],
  ['<national-id>', 'AB 12 34 56 C'],
  ['<national-id>', 'RSSMRA85T10A562S'],
  ['<ip>', '203.0.113.77'],
  ['<ip>', '8.8.8.8'],
  ['<ip>', '2001:db8:85a3::8a2e:370:7334'],
  ['<ip>', '2001:0db8:85a3:0000:0000:8a2e:0370:7334'],
  ['<phone>', '+49 151 23456789'],
  ['<phone>', '+4915123456789'],
  ['<phone>', '+1 (415) 555-0132'],
  ['<phone>', '+86 138-0013-8001'],
];

test.each([
  ['address=,', 'refused: street="Lindenweg 23" zip=50674', 'refused: street="<address>" zip=50674'],
  ['in a sentence', 'no such place: 77 rue des Tilleuls, 69003 Lyon', 'no such place: <address>, 69003 Lyon'],
  ['in English', 'could not verify 996 Maple Grove Rd, Columbus', 'could not verify <address>, Columbus'],
  ['a name beside a day of birth', 'no hit for name=Elin Larsen dob=1987-06-14', 'no hit for name=<name> dob=<birthday>'],
  ['a passport', 'MRZ error: P<UTOLARSEN<<ELIN<MARIE<<<<<<<<<<<<<<<<<<<<<<', 'MRZ error: <passport>'],
  ['a number of Japan', '電話番号 090-8439-7176 へ', '電話番号 <phone> へ'],
  ['in quotes of one stroke', "refused: {'jo+shop@mail.example': (550", "refused: {'<email>': (550"],
])('where and who somebody is: %s', (_, text, told) => {
  expect(withoutPersonal(text)).toBe(told);
});

test.each([
  'address=10.0.0.3:8080 name=web-1 line1=3',
  'Address already in use: bind',
  'name=UserService street=null',
  '0000: 06 12 34 56 78 9a',
  'List<<Map<String>>',
])('of no person: %s', (text) => {
  expect(withoutPersonal(text)).toBe(text);
});

test.each(PERSONAL)('%s: %s', (placeholder, value) => {
  for (const [before, after] of [
    ['no account for ', ' in this shop'],
    ['{"to":"', '"}'],
    ['to=', ', again'],
    ['rejected: ', ''],
  ]) {
    expect(withoutPersonal(`${before}${value}${after}`)).toBe(`${before}${placeholder}${after}`);
  }
});

const INNOCENT: readonly string[] = [
  'connect ECONNREFUSED 127.0.0.1:5432, 10.2.3.4, 172.16.0.9, 192.168.1.7, 0.0.0.0:80, ::1',
  'Newtonsoft.Json, Version=13.0.0.0, app/1.2.3.4, app-1.2.3.4, v1.2.3.4, version 1.2.3.4, Chrome/120.0.6099.109',
  'section 1.2.3.4.5, 300.1.2.3, 2026:03:01 12:00:00, at 2026-03-01T12:00:00',
  'at 2026-03-01T12:00:00.123+02:00',
  'epoch 1772366400123, 1772366400123456789 ns',
  'order 4111111222233345 of a shop that counts so',
  '6f1c24ab-7d0e-4b5f-9a1c-3c5d7e9f1b2d',
  'commit 3f786850e387550fdab836ed7e6dc881de23001b',
  '192.168.10.254:5432, [fd00::1]:443, 10.2.34',
  'https://user:word@db.example.org/shop',
  'src/app@2.x/index.js:10:5, @scope/pkg@1.2.3, git@2',
  'at Shop$Cart@1b2c3d4e, com.acme.Cart@7f31245a',
  'DE00370400440532013000 has wrong digits; HTTP2 404 GB12',
  '+1 -1 +12 +1234, 1+2345678',
  '529.982.247-26 has wrong digits; 111.111.111-11 is none',
  'build 240101-9234567, key ABCDEF12X34Y567Z, id GB 12 34 56 C',
  'range 100-200-300, 2026-11-28, 12-34-56',
];

test.each(INNOCENT)('stays: %s', (text) => {
  expect(withoutPersonal(text)).toBe(text);
});

test.each(['a@', '1-', '+1 (', 'AB12 ', '4111 ', 'a.', '-1a', 'name=Aa ', 'street=a ', '1 Aa ', '1 rue Aa ', 'A<', 'Via a ', '路', 'dob '])(
  'a hostile text takes time in proportion: %s',
  async (part) => {
    expect(await isLinear((size) => withoutPersonal(part.repeat(size)), 5000)).toBe(true);
  },
);

test.each([
  ['an account with dashes', 'IBAN DE89-3704-0044-0532-0130-00', 'IBAN <iban>'],
  ['an account, and a word behind it', 'no account AT28 1200 0751 4919 8348 for payout', 'no account <iban> for payout'],
  ['an account, and a sum behind it', 'DE89 3704 0044 0532 0130 00 EUR 12 is gone', '<iban> EUR 12 is gone'],
  ['a card, and when it ends', 'card 4111 1111 1111 1111 12/29 declined', 'card <card> 12/29 declined'],
  ['another card, and its code', '3782 822463 10005 1234', '<card> 1234'],
  ['a number of health', 'NHS number 943 476 5919', 'NHS number <national-id>'],
  ['an address of git', 'git@github.com:acme/shop.git', 'git@github.com:acme/shop.git'],
  ['thirteen digits that no issuer gives', 'ean 4006381333931', 'ean 4006381333931'],
  ['fourteen digits that no issuer gives', 'offset 40063813339310', 'offset 40063813339310'],
])('%s', (_, text, told) => {
  expect(withoutPersonal(text)).toBe(told);
});
