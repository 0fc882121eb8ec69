// Passwords in sentences, in any language: a noun for a password, what leads from it to the password, and the password, whatever it looks
// like. A sentence says other things of passwords as well, with few words (`isSpeech`): a plain word is believed where it is none of these and
// ends what is said, or stands in quotes; one with a figure or a sign in it is believed wherever a password is named.
import { isDrawn, isPathOrThing } from '../drawn.ts';
import { isCode, isLabel, isSpeech } from '../no-value.ts';
import type { Rule } from '../rule.ts';

/** What people call a password. Of tokens and keys, which machines make, chance tells more (`said.ts`). */
const ENGLISH =
  'pass(?:[ _-]?(?:word|wd|phrase)|code|wort)|pwd|(?<![a-z])pw|(?<=\\b(?:my|your|root|admin|db|wrong|bad|temp)[ _-])pass(?![a-z])|(?<=\\b(?:with|using) )pass(?=\\s["\'])';
const OTHERS = [
  'kennwort|zugangscode|lösenord|adgangskode|passord|salasana|hesl[oa]|has[lł][oa]|jelsz[óo]|parolă|parola|parole|(?<![a-z])[şs]ifre',
  'contrase[ñn]a|clave|senha|palavra[ -]passe|mots? de passe|(?<![a-z])mdp|wachtwoord|парол[ьяи]|лозинка|κωδικός|סיסמה|كلمة (?:المرور|السر)|رمز عبور',
  'पासवर्ड|รหัสผ่าน|mật khẩu|kata sandi',
].join('|');
const PASSWORD = `${ENGLISH}|${OTHERS}`;

/** A part of each. */
const ENGLISH_WORDS: readonly string[] = ['pass', 'pwd', 'pw'];
const OTHER_WORDS: readonly string[] = [
  ...[
    'kennwort',
    'zugangscode',
    'lösenord',
    'adgangskode',
    'passord',
    'salasana',
    'hesl',
    'hasł',
    'haslo',
    'hasla',
    'jelsz',
    'parol',
    'ifre',
  ],
  ...[
    'contrase',
    'clave',
    'senha',
    'palavra',
    'mot de',
    'mots de',
    'mdp',
    'wachtwoord',
    'парол',
    'лозинка',
    'κωδικ',
    'סיסמה',
    'كلمة',
    'رمز عبور',
  ],
  ...['पासवर्ड', 'รหัสผ่าน', 'mật khẩu', 'kata sandi'],
];

const BLANK = '[^\\S\\n]';
const OPEN = '["\'`“‘«„「『[]';
/** Whose it is. */
const WHOSE = `(?:${BLANK}(?:пользователя|користувача|for|of|to|für|von|de|del|do|da|dell'|pour|para|per|di|voor|dla|för|til|pro|pre|pentru|για|untuk|cho|для|on|at|in)${BLANK}(?:(?:the|d(?:en|ie|as|em|er)|l[ae]s?|el|il|lo|de|het|o|a)${BLANK}|l')?(?:(?:\\S{1,19}[^\\s.])${BLANK})?(?:["'\`][^"'\`\\n]{1,80}["'\`]|[\\w.@+/\\\\-]{1,80}?))`;
const IS =
  '(?:is|was|are|ist|war|lautet|est|es|era|fue|è|é|er|är|var|jest|je|on|to|это)(?: (?:now|currently|still|jetzt|maintenant|ahora|agora))?';
/** What has been done with it. */
const MADE = `(?:set|changed?|reset|updated?|rotated?|renamed|generated|created|issued|assigned|geändert|gesetzt|changé|cambiad[ao]|alterad[ao])(?:${BLANK}(?:back|successfully|again|now))?`;
/** What somebody says of it before saying it. */
const JUDGED =
  '(?:incorrect[aeo]?|incorret[ao]|invalid[aeo]?|inválid[ao]|wrong|errad[ao]|erróne[ao]|erronée?|errat[ao]|falsch|rejected|mismatch|provided|entered|used|tried|given|received|supplied|was|generated)';
const SIGN = `${BLANK}?(?:=>|->|→|[:=：])`;
/** From the noun to the password. */
const BRIDGE = [
  `(?:${WHOSE}){1,3}(?:${SIGN}${BLANK}{0,4}|${BLANK}${IS}(?:${BLANK}${MADE}${BLANK}to)?:?${BLANK})`,
  // "A temporary password is generated for root@localhost: …".
  `(?:${BLANK}${IS})?${BLANK}${MADE}(?:${WHOSE})?${SIGN}${BLANK}{0,4}`,
  `(?:${WHOSE})?${BLANK}from${BLANK}[^\\s]{3,80}${BLANK}to${BLANK}`,
  `${BLANK}(?:to|auf|zu|en|a)${BLANK}`,
  // The rest of a verb: "melden Sie sich mit folgendem Kennwort an: …".
  `${BLANK}(?:an|ein|in|aan|at|below)${SIGN}${BLANK}{0,4}`,
  `${BLANK}${IS}(?:${BLANK}(?:${MADE}${BLANK}to))?:?${BLANK}`,
  `[^\\n=]{0,60}?${BLANK}${MADE}(?:${BLANK}(?:from|von|de)${BLANK}${OPEN}?[^\\s]{3,80})?${BLANK}(?:to|auf|zu|en|a|para|à)${BLANK}`,
  `${BLANK}(?:${JUDGED}${BLANK}){0,2}${JUDGED}${BLANK}?:?${BLANK}{1,3}`,
  `(?:${BLANK}?[:=：]${BLANK}?|${BLANK})(?=${OPEN})|(?=[“‘«„「『])`,
  `${BLANK}`,
].join('|');
const VALUE = `(?!\\[redacted )(?:(?<!\\\\)["'\`](?![\\s"'\`])((?:[^"'\`\\\\\\n]|\\\\[^\\n]){3,200})["'\`]|(?<=\\\\)["'\`](?![\\s"'\`])([^"'\`\\\\\\n]{3,200})\\\\?["'\`]|[“‘«„「『]${BLANK}?([^“”‘’«»„」』\\n]{3,200}?)${BLANK}?[”’»“」』]|\\[([^\\s[\\]"'\\n]{3,200})\\]|([^\\s"'\`“”‘’«»„,;]{3,200}?)(?=[.,;:)\\]]{0,3}(?:\\s|$|\\\\n|["'\`”’»])|[,;]))`;

/** Nothing more comes, or what comes only tells where and when. */
const ENDS = /^["'`”’»)\]]?[.,;:)\]]{0,3}(?:\s*$|\s*\n|\\n|["'`}]|\s{1,3}[([{-]|\s\.{2,3}|[,;]\s)/;
const LEADS_ON =
  /^["'`”’»)\]]?[^\S\n](?:failed|refused|rejected|denied|was|is|has|does|did|did not|on|at|for|from|against|in|and|but|para|für|pour|von|de|per|for user|w|until|till|unless|while|when|since|because|so|not|now|today|if)\b/i;
const GOES_TO = /^["'`”’»)\]]?[^\S\n](?:to|as|by|via)\b/i;
/** A password is being made another. */
const CHANGES = /\b(?:sett?ing|sets?|chang(?:e|es|ed|ing)|reset(?:s|ting)?|updat(?:e|es|ed|ing)|setze|ändere|cambiando)\b[^\n]{0,60}$/i;
/** Somebody signs in, or is turned away: a password is named next. */
const NAMES_ONE =
  /(?:\b(?:with|using|mit|avec|con|com|met|med|wrong|bad|invalid|incorrect|old|new|temporary|temp|initial|generated|default|falsches|neues|nouveau|nueva|nova)[^\S\n](?:(?:the|das|le|el|a|o|their|his|her|user|db|database|root|admin|initial|temporary|new|default)[^\S\n]){0,2}|(?:^|[^а-я])(?:с|неверный|новый)[^\S\n])["'`]?$/i;
const AFTER_USER =
  /\b(?:user(?:name)?|login|as|account|connect)[^\S\n](?!(?:an?|the|and)\s)["'`]?[\w.@+-]{1,60}["'`]?,?[^\S\n](?:and |with |and with |und |et |y |e )?$/i;

const OF_A_PASSWORD =
  /^[\w-]{0,40}[^\S\n](?:polic|age\b|expir|strength|salt|hash|length|histor|field|rule|reset|prompt|attempt|encod|validat|complex|requirement|protect|authent|check|column|propert|param|option|input)/i;
/** Words and figures that stand right behind the noun, and are no name of a way to keep passwords. */
const isChosenWord = (word: string): boolean =>
  /^(?=.{0,40}[a-z]{3})(?=.{0,40}\d)[\w!@#$%&*.-]{8,60}$/i.test(word) &&
  !/^(?:sha|md|bcrypt|scrypt|pbkdf|argon|base|utf|rfc|oauth|version|v\d|aes)/i.test(word) &&
  !isPathOrThing(word);

/** Words that no sentence joins: `lantern.meadow`, not `base64-encoded`. */
const isJoinedOfWords = (word: string): boolean => {
  const parts = word.split(/[.-]/);
  return parts.length >= 2 && parts.every((part) => /^[A-Za-z]{4,}$/.test(part) && !isSpeech(part)) && /\.[a-z]{5}/.test(word);
};

/**
 * Whether a word is a password where a sentence may say something else.
 * @param after what stands behind it
 * @param leadsOn a sentence that names one here may go on
 */
export function isSaidPassword(word: string, after: string, leadsOn: 'no' | 'some' | 'any' = 'no'): boolean {
  if (isCode(word) || isPathOrThing(word) || /^[/~([{<$%]|^\w+:\/\/|[({]$/.test(word)) return false;
  if (isDrawn(word)) return true;
  if (/^\d{1,3}$|^[^\p{L}\d]+$/u.test(word)) return false;
  if (isSpeech(word)) return false;
  return (
    (word.length >= 6 && /[@#$%^&*!?]/.test(word)) ||
    isJoinedOfWords(word) ||
    ENDS.test(after) ||
    (leadsOn !== 'no' && LEADS_ON.test(after)) ||
    (leadsOn === 'any' && GOES_TO.test(after))
  );
}

function isPassword(secret: string, match: string, before: string, after: string): boolean {
  const at = match.lastIndexOf(secret);
  const bridge = match.slice(0, at);
  const ahead = before.slice(0, Math.max(0, before.length - at));
  // "passwords", "password_hash", a name in quotes: of another kind of text.
  // A part of an address: `op://vault/item/password: …`.
  if (/\w:\/\/\S*\/$/.test(ahead)) return false;
  if (/["'`]$/.test(ahead) && /^[\w ]{0,20}["'`]/.test(bridge)) return false;
  // What a record has: `$user.password invalid reference`.
  if (/[\w\])](?:\.|->)$/.test(ahead) && !isDrawn(secret)) return false;
  // What the word belongs to: "password policy", "password hash".
  if (OF_A_PASSWORD.test(bridge)) return false;
  if (bridge.endsWith('['))
    return (isDrawn(secret) || NAMES_ONE.test(ahead)) && !isSpeech(secret) && !isCode(secret) && !isPathOrThing(secret);
  if (/["'`“‘«„「『]\s?$/.test(bridge))
    return !isLabel(secret, '') && secret.split(/\s+/).every((word) => !isSpeech(word)) && !isCode(secret) && !isPathOrThing(secret);
  if (/^p\S+[^\S\n](?:to|auf|zu|en|a)[^\S\n]$/i.test(bridge) && !CHANGES.test(ahead)) return false;
  const isBare = /^[\p{L}_-]+(?: de passe)?[^\S\n]$/u.test(bridge);
  const named = NAMES_ONE.test(ahead) || AFTER_USER.test(ahead);
  if (isBare && !named && isChosenWord(secret)) return ENDS.test(after);
  return (!isBare || named) && isSaidPassword(secret, after, named ? 'any' : 'some');
}

export const PROSE_RULES: readonly Rule[] = [
  ...[
    { nouns: ENGLISH, words: ENGLISH_WORDS },
    { nouns: OTHERS, words: OTHER_WORDS },
  ].map(({ nouns, words }) => ({
    kind: 'secret',
    words,
    pattern: new RegExp(`(?:${nouns})(?:${BRIDGE})${VALUE}`, 'gi'),
    accept: isPassword,
  })),
  // The one before: "changed password of … from … to …".
  {
    kind: 'secret',
    words: [' from '],
    pattern: new RegExp(
      `${MADE}[^\\n]{0,30}?(?:${PASSWORD})(?:${WHOSE})?${BLANK}from${BLANK}["'\`]?([^\\s"'\`]{3,80})["'\`]?(?=${BLANK}to${BLANK})`,
      'gi',
    ),
    accept: (secret) => !isSpeech(secret) && !isPathOrThing(secret),
  },
  // The password first: "'…' is not the password of", "… as password".
  {
    kind: 'secret',
    words: [
      'for pass',
      'as pass',
      'the pass',
      'a pass',
      'valid pass',
      'correct pass',
      'wrong pass',
      'your pass',
      'als pass',
      'das pass',
      'comme mot de passe',
    ],
    pattern: new RegExp(
      `["'\`“‘«„]([^\\s"'\`“”‘’«»„]{3,80})["'\`”’»]${BLANK}(?:(?:is|was|ist|est|es|as|als|comme|como)${BLANK}(?:not${BLANK}|nicht${BLANK}|an?${BLANK}|the${BLANK}|das${BLANK}|le${BLANK}|(?:in)?valid${BLANK}|(?:in)?correct${BLANK}|wrong${BLANK}|your${BLANK}){0,3})(?:for${BLANK}(?:the${BLANK}|field${BLANK}){0,2}["'\`]?)?(?:${PASSWORD})(?![\\w-])`,
      'gi',
    ),
    accept: (secret) => !isSpeech(secret) && !isCode(secret) && !isPathOrThing(secret),
  },
  // What is typed into a field for one: the field, then the text.
  {
    kind: 'secret',
    words: ['fill', 'type', 'with', 'setvalue', 'sendkeys', 'send_keys', 'enter', "password' to", 'password" to'],
    pattern:
      /(?:(?:fill|type|enter|set|input|send)\w{0,12}(?:\(|\s(?:in\s)?)["'][^"'\n]{0,80}?pass[^"'\n]{0,40}["'](?:,|\swith)\s?|\(["'][^"'\n]{0,80}pass[^"'\n]{0,40}["']\)\.(?:type|fill|setValue|sendKeys|send_keys)\(|["'][\w ]{0,20}password["']\s(?:with|as|to)\s)["'](?!\[redacted )([^"'\n]{3,200})["']/gi,
    accept: (secret) => !isSpeech(secret) && !isPathOrThing(secret) && !isCode(secret),
  },
  // Words that are learnt by heart, one behind the other: of a wallet, or as a passphrase to the end of the line.
  {
    kind: 'secret',
    words: ['mnemonic', 'phrase', 'seed', 'key', 'words', 'backup'],
    pattern:
      /(?:mnemonic|phrase|seed|key|words|backup)(?: ?words)?["']?(?:\sis)?\s?[:=]?\s{1,3}["']?((?:[a-z]{3,10}[^\S\n,]){11,23}[a-z]{3,10})(?![\w-])/gi,
    // Of the words of a wallet some are those of a sentence as well.
    accept: (secret, match) => {
      const words = secret.split(/[\s,]+/);
      return words.filter(isSpeech).length <= (/^mnemonic|^seed/i.test(match) ? words.length / 3 : 0);
    },
  },
  {
    kind: 'secret',
    words: ['phrase', 'password:', 'password=', 'password"', "password'", 'password ='],
    pattern:
      /pass(?:[ _-]?phrase|word)["']?[^\S\n]?[:=][^\S\n]?((?:[\w'!-]{2,30}[^\S\n]){2,11}[\w'!-]{2,30}[.!?]?)(?=[^\S\n]?(?:$|\n|["',;}]))/gim,
    accept: (secret) => secret.split(/\s/).every((word) => !isSpeech(word) && !/^(?:I|[\w-]+=.*)$/.test(word)),
  },
];
