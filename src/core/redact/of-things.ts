// What belongs to one person only, and leads to them: where they are, the machine that they carry, their car, their account at a bank. By the
// name of a field, and by a form where nothing else has it.
// Sources: RFC 7946 and RFC 5870 (positions), IEEE 802 (addresses of adapters), 3GPP TS 23.003 (IMEI, IMSI), ISO 3779 (VIN).

interface ThingRow {
  readonly placeholder: string;
  readonly form: RegExp;
}

/** Between a name and its value, as logs, queries and dumps write it. */
const SET = '["\'\\]]{0,2}[ _]?(?:no|nr|number|id)?\\.?["\'\\]]{0,2}[ :=#：]{1,3}["\']?';
/** The value is looked for before its name: few places have one. */
const named = (names: string, value: string): RegExp =>
  new RegExp(`(?=${value})(?<=(?:(?<![A-Za-z])|(?<=[a-z])(?=(?-i:[A-Z])))(?:${names})${SET})${value}(?![\\w-])`, 'gi');

/** To some ten metres and nearer. */
const DEGREES = '-?\\d{1,3}\\.\\d{4,15}';

export const OF_THINGS: readonly ThingRow[] = [
  { placeholder: '<position>', form: named('lat(?:itude)?|lon(?:g|gitude)?|lng', DEGREES) },
  // Both in one: a point, a place, the address of one.
  {
    placeholder: '<position>',
    form: new RegExp(
      `(?=-?\\d{1,3}\\.\\d{4})(?<=(?:coordinates?|location|position|point|latlng|lat_?lon|geo|gps|standort|ubicaci[óo]n)\\w{0,12}["']?[^\\d\\n-]{1,20})${DEGREES},? ?${DEGREES}(?![\\d.])`,
      'gi',
    ),
  },
  { placeholder: '<device>', form: named('imei|imsi|meid|iccid|udid', '[\\dA-F]{14,40}') },
  { placeholder: '<device>', form: named('idfa|gaid|adid|advertising_?id|android_?id', '[\\dA-F-]{16,36}') },
  // Six pairs and no more: a fingerprint has sixteen or twenty, a time has no letters.
  {
    placeholder: '<device>',
    form: /(?<![\w:.-])(?=[\d:-]{0,16}[a-f])[\da-f]{2}([:-])(?:[\da-f]{2}\1){4}[\da-f]{2}(?![\w:-])/gi,
  },
  { placeholder: '<vehicle>', form: named('vin|fahrgestell(?:nummer|nr)|chassis', '[A-HJ-NPR-Z\\d]{17}') },
  {
    placeholder: '<vehicle>',
    form: named(
      'kennzeichen|licen[cs]e_?plate|number ?plate|registration_?plate|matr[íi]cula|immatriculation|targa|kenteken|nummerplade|госномер|车牌',
      '(?=[A-Z\\d -]{0,10}\\d)[A-ZÄÖÜА-Я\\d]{1,8}(?:[ -][A-ZА-Я]{1,3}(?=[ -]?\\d)|[ -]\\d[A-ZА-Я\\d]{0,4}){0,3}',
    ),
  },
  {
    placeholder: '<account>',
    form: named(
      'account_?(?:no|nr|number)|account number|konto-?(?:nummer|nr)|blz|routing_?number|routing number|sort_?code|sort code|bsb|clabe|rekeningnummer|num[ée]ro de compte|n[úu]mero de cuenta|conta',
      '\\d(?:[ -]?\\d){4,19}',
    ),
  },
];
