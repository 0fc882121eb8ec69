// Where somebody lives, when they were born, what they are called: by the name of a field, by the words of streets with a number beside them,
// and by the lines that machines read on a passport (ICAO 9303). "Name" alone is that of anything: it has to be somebody's.

interface PeopleRow {
  readonly placeholder: string;
  readonly form: RegExp;
  readonly accept?: (found: string) => boolean;
}

/** Between a field and its value, as logs, queries and dumps write it. */
const SET = '["\'\\]]{0,2}\\s?(?:[:=：]|=>)\\s?[\\[(]?';
/** To the end of the quotes, or to the next field. */
const VALUE =
  '(?:(?<=")[^"\\n]{2,120}|(?<=\')[^\'\\n]{2,120}|[^\\s"\',;=()[\\]{}<>&|]{2,40}(?: [^\\s"\',;=()[\\]{}<>&|]{1,40}){0,6}(?=[,;)\\]}&|]|\\s*\\n|$))';
const field = (names: string): RegExp =>
  new RegExp(`(?<=(?<![A-Za-z])(?:[\\w.]{0,30}[_.])?(?:${names})${SET}["']?)(?![<[{(])${VALUE}`, 'gi');

const STREET =
  'street(?:_?(?:address|name|line_?\\d?))?|address_?line_?\\d?|addr(?:ess)?_?\\d|line_?[12]|stra(?:ß|ss)e|adresse|direcci[óo]n|indirizzo|endere[çc]o|postal_?address|home_?address|shipping_?address|billing_?address';
/** "Address" alone is that of a machine as well. */
const ADDRESS = 'addr(?:ess)?|anschrift|adres[sa]?|domicilio|endere[çc]o|адреса?|osoite|lakcím|adresă';
const PERSON = [
  "(?:first|last|full|given|family|middle|maiden|sur|display|card_?holder|recipient|consignee|patient|customer|contact|payer|beneficiary|passenger|guest|employee|holder|person)[ _-]?(?:'s[ _])?(?:name)|(?:card[ _-]?)?holder[ _-]?name|surname|cardholder",
  'vorname|nachname|familienname|pr[ée]nom|nom_?de_?famille|apellidos?|nome_?completo|sobrenome|cognome|imi[ęe]|nazwisko|voornaam|achternaam|förnamn|efternamn|fornavn|etternavn|efternavn|etunimi|sukunimi|p[řr][íi]jmen[íi]|soyad[ıi]?|ad[ıi][ _]soyad[ıi]|фамилия|отчество|прізвище|επώνυμο',
].join('|');
/** A name of anything, which is a person's beside what only people have. */
const ANY_NAME = 'name|nom|nome|nombre|имя|namn|navn|nimi|jm[ée]no';
const BORN =
  'dob|birth_?(?:date|day)|date[ _]?of[ _]?birth|born(?: on)?|geburtsdatum|geboren am|né(?:e)? le|date de naissance|fecha de nacimiento|nacid[oa] el|data di nascita|nat[oa] il|data de nascimento|data urodzenia|geboortedatum|födelsedatum|fødselsdato|syntymäaika|datum narození|data nașterii|doğum tarihi|születési (?:dátum|idő)|дата рождения|дата народження|ημερομηνία γέννησης|出生日期|生年月日|생년월일';
/** As forms and as people write a day. */
const DAY =
  '(?:\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2,4}|(?:19|20)\\d{6}|\\d{1,2}\\.? \\p{L}{3,12}\\.?,? (?:19|20)\\d\\d|\\p{L}{3,12}\\.? \\d{1,2},? (?:19|20)\\d\\d|\\d{4}[年년] ?\\d{1,2}[月월] ?\\d{1,2}[日일])(?!\\d)';
/** Not as programs call things: `UserService`. */
const CALLED = "\\p{Lu}(?:['’]\\p{Lu})?[\\p{Ll}'’.-]{1,30}";
const TITLES = 'Mrs?|Ms|Miss|Herrn?|Frau|Mme|Mlle|Monsieur|Madame|Señora?|Sra?|Sig\\.ra|Signora?|Dhr|Mevr(?:ouw)?|Pani?';
const CJK = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}]';

const WAY_FIRST = '(?:rue|avenue|av\\.|boulevard|bd|place|chemin|allée|impasse|quai|route|cours)';
const isWords = (found: string): boolean =>
  /\p{L}{3}/u.test(found) && !/:\/\/|^(?:null|none|nil|undefined|true|false|unknown|invalid|required|missing)$/i.test(found);
/** A network has addresses as well: a street has a word and a number, or two words. */
const isStreet = (found: string): boolean => isWords(found) && /\s/.test(found.trim()) && !/\d\.\d{1,3}\.|:\d{2,5}/.test(found);
/** Parts, a number and a word with a capital, and no address of a machine. */
const isAddress = (found: string): boolean =>
  isStreet(found) &&
  /[,，]/.test(found) &&
  /(?:^|[\s,])\d{1,5}[a-zA-Z]?(?:[\s,/]|$)/.test(found) &&
  /\p{Lu}\p{L}{2}/u.test(found) &&
  !/[@\\_]|0x/.test(found);
/** Of a person, as people are called: one to four words with a capital. */
const isPersons = (found: string): boolean => /^\p{Lu}[\p{L}'’.-]+(?: \p{L}[\p{L}'’.-]*){0,3}$/u.test(found.trim()) && isWords(found);

export const ABOUT_PEOPLE: readonly PeopleRow[] = [
  { placeholder: '<address>', form: field(STREET), accept: isStreet },
  { placeholder: '<address>', form: field(ADDRESS), accept: isAddress },
  {
    placeholder: '<address>',
    form: new RegExp(`(?<=(?:住所|地址|주소)["'”]?\\s?[:：=]\\s?["'“]?)${CJK}[^\\s"'”,，;；]{4,60}`, 'gu'),
  },
  { placeholder: '<name>', form: field(PERSON), accept: isPersons },
  // Beside a street, a day of birth or another name a name is a person's, in either order.
  ...[
    [`(?<=(?<![\\w.-])(?:${ANY_NAME})${SET}["']?)`, `(?=["']?[,;&]?\\s{0,3}["']?(?:${STREET}|${BORN}|${PERSON})["']?\\s?[:=])`],
    [`(?<=(?:${PERSON})${SET}["']?[^\\s"',;&=:]{1,30}["']?[,;&]?\\s{0,3}["']?(?:${ANY_NAME})${SET}["']?)`, ''],
  ].map(([before, after]) => ({
    placeholder: '<name>',
    form: new RegExp(`${before}${CALLED}(?: ${CALLED}){0,3}(?![\\p{L}\\d_])${after}`, 'gu'),
  })),
  {
    placeholder: '<name>',
    form: new RegExp(
      `(?<=(?:姓名|氏名|名前|收件人|收货人|联系人|聯絡人|이름|성명)["'”]?\\s?[:：=]\\s?["'“]?)${CJK}[${CJK.slice(1, -1)}· ]{1,11}`,
      'gu',
    ),
  },
  {
    placeholder: '<name>',
    form: new RegExp(
      `(?<=(?<![\\p{L}.-])(?:${TITLES})\\.? )${CALLED} (?:(?:van|von|de|der|den|da|di|del|la) ){0,2}${CALLED}(?!\\p{L})`,
      'gu',
    ),
  },
  {
    placeholder: '<birthday>',
    form: new RegExp(
      `(?<![\\p{L}\\d])(?=${DAY})(?<=(?<![A-Za-z])(?:${BORN})${SET.replace('(?:[:=：]|=>)', '(?:[:=：]|=>)?')}["']?)${DAY}`,
      'giu',
    ),
  },
  // Of a patient, in the messages of hospitals (HL7): all of it is.
  { placeholder: '<patient>', form: /(?<=\bPID\|)[^\n]{1,2000}/g },
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
    form: /(?<![\p{L}.-])(?:Calle|Avenida|Avda\.|Plaza|Paseo|Via|Viale|Piazza|Corso|Rua|Travessa|Praça|ul\.|ул\.) (?:\p{L}[\p{L}.'’-]{0,30} ?){1,4},? ?(?:(?:n[º°.]?|д\.|дом|nr\.?) ?)?\d{1,4}(?![\w.:-])/gu,
  },
  { placeholder: '<address>', form: /[\p{Script=Han}]{2,12}(?:路|街|大道|巷|弄)\d{1,5}号(?:[\p{Script=Han}\d-]{0,20}[室号楼])?/gu },
  { placeholder: '<passport>', form: /(?<![\w<])(?=[A-Z0-9<]{0,42}<<)[ACIPV][A-Z<][A-Z<]{3}[A-Z0-9<]{20,42}(?![\w<])/g },
  { placeholder: '<passport>', form: /(?<![\w<])[A-Z0-9<]{9}\d[A-Z<]{3}\d{7}[MFX<]\d{7}[A-Z0-9<]{2,16}(?![\w<])/g },
];
