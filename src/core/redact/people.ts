// Where somebody lives, when they were born, what they are called: by the name of a field, by the words of streets with a number beside them,
// and by the lines that machines read on a passport (ICAO 9303). "Name" alone is that of anything: it has to be somebody's.

interface PeopleRow {
  readonly placeholder: string;
  readonly form: RegExp;
  readonly accept?: (found: string) => boolean;
}

/** Between a field and its value, as logs, queries and dumps write it. */
const SET = '["\'\\]]{0,2}\\s?(?:[:=]|=>)\\s?[\\[(]?';
/** To the end of the quotes, or to the next field. */
const VALUE =
  '(?:(?<=")[^"\\n]{2,120}|(?<=\')[^\'\\n]{2,120}|[^\\s"\',;=()[\\]{}<>&|]{2,40}(?: [^\\s"\',;=()[\\]{}<>&|]{1,40}){0,6}(?=[,;)\\]}&|]|\\s*\\n|$))';
const field = (names: string): RegExp =>
  new RegExp(`(?<=(?<![A-Za-z])(?:[\\w.]{0,30}[_.])?(?:${names})${SET}["']?)(?![<[{(])${VALUE}`, 'gi');

const STREET =
  'street(?:_?(?:address|name|line_?\\d?))?|address_?line_?\\d?|addr(?:ess)?_?\\d|line_?[12]|stra(?:ß|ss)e|adresse|direcci[óo]n|indirizzo|endere[çc]o|postal_?address|home_?address|shipping_?address|billing_?address';
const PERSON =
  "(?:first|last|full|given|family|middle|maiden|sur|card_?holder|recipient|consignee|patient|customer|contact|payer|beneficiary|passenger|guest|employee|holder|person)[ _-]?(?:'s[ _])?name|surname|cardholder|vorname|nachname|pr[ée]nom|apellidos?|nome_?completo";
const BORN =
  'dob|birth_?(?:date|day)|date[ _]?of[ _]?birth|geburtsdatum|geboren am|né(?:e)? le|fecha de nacimiento|data di nascita|data de nascimento|出生日期|生年月日|생년월일';

const WAY_FIRST = '(?:rue|avenue|av\\.|boulevard|bd|place|chemin|allée|impasse|quai|route|cours)';
const isWords = (found: string): boolean =>
  /\p{L}{3}/u.test(found) && !/:\/\/|^(?:null|none|nil|undefined|true|false|unknown|invalid|required|missing)$/i.test(found);
/** A network has addresses as well: a street has a word and a number, or two words. */
const isStreet = (found: string): boolean => isWords(found) && /\s/.test(found.trim()) && !/\d\.\d{1,3}\.|:\d{2,5}/.test(found);
/** Of a person, as people are called: one to four words with a capital. */
const isPersons = (found: string): boolean => /^\p{Lu}[\p{L}'’.-]+(?: \p{L}[\p{L}'’.-]*){0,3}$/u.test(found.trim()) && isWords(found);

export const ABOUT_PEOPLE: readonly PeopleRow[] = [
  { placeholder: '<address>', form: field(STREET), accept: isStreet },
  { placeholder: '<name>', form: field(PERSON), accept: isPersons },
  // Beside a street or a day of birth a name is a person's.
  {
    placeholder: '<name>',
    form: new RegExp(
      `(?<=(?<![\\w.-])name${SET}["']?)\\p{Lu}[\\p{L}'’.-]{1,30}(?: \\p{Lu}[\\p{L}'’.-]{1,30}){1,3}(?=["']?[,;]?\\s{1,3}["']?(?:${STREET}|${BORN})["']?\\s?[:=])`,
      'gu',
    ),
  },
  {
    placeholder: '<birthday>',
    form: new RegExp(
      `(?<=(?<![A-Za-z])(?:${BORN})${SET.replace('(?:[:=]|=>)', '(?:[:=]|=>)?')}["']?)(?:\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4}|(?:19|20)\\d{6})(?!\\d)`,
      'gi',
    ),
  },
  // A street and a number, in the order of each language.
  {
    placeholder: '<address>',
    form: new RegExp(
      `(?<![\\w.-])\\d{1,4}(?: ?(?:bis|ter|[a-d](?![a-z])))?,? ${WAY_FIRST} (?:(?:de|du|des|de la|de l['’]|d['’]|la|le|les) ?)?\\p{L}[\\p{L}'’-]{1,30}(?: (?:\\p{Lu}|d[eu]s? )[\\p{L}'’-]{1,30}){0,3}`,
      'gu',
    ),
  },
  {
    placeholder: '<address>',
    form: /(?<![\w.-])\d{1,5} (?:[NSEW]\.? )?(?:\p{Lu}[\p{L}'’.-]{1,20} ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Terrace|Square|Crescent|Parkway|Pkwy|Highway|Hwy)(?![\w-])\.?/gu,
  },
  {
    placeholder: '<address>',
    form: /(?<![\p{L}.-])\p{Lu}[\p{L}-]{1,30}(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|damm|chaussee|straat|laan|plein|gracht|gatan|vägen|veien|vej|katu) \d{1,4}(?: ?[a-z](?![a-z]))?(?![\w.:-])/gu,
  },
  {
    placeholder: '<address>',
    form: /(?<![\p{L}.-])(?:Calle|Avenida|Avda\.|Plaza|Paseo|Via|Viale|Piazza|Corso|Rua|Travessa|Praça|ul\.|ул\.) (?:\p{L}[\p{L}.'’-]{0,30} ?){1,4},? ?(?:n[º°.]? ?)?\d{1,4}(?![\w.:-])/gu,
  },
  { placeholder: '<address>', form: /[\p{Script=Han}]{2,12}(?:路|街|大道|巷|弄)\d{1,5}号(?:[\p{Script=Han}\d-]{0,20}[室号楼])?/gu },
  { placeholder: '<passport>', form: /(?<![\w<])(?=[A-Z0-9<]{0,42}<<)[ACIPV][A-Z<][A-Z<]{3}[A-Z0-9<]{20,42}(?![\w<])/g },
  { placeholder: '<passport>', form: /(?<![\w<])[A-Z0-9<]{9}\d[A-Z<]{3}\d{7}[MFX<]\d{7}[A-Z0-9<]{2,16}(?![\w<])/g },
];
