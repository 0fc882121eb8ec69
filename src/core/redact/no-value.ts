// What stands where a secret would, and is none: a placeholder, a type, a word about it, or code that takes the value from somewhere.
import { chanceBits } from './chance.ts';

/** Values that stand where a secret would, and are none. */
const NO_VALUE =
  /^(?:include|omit|same-origin|(?:your|my|some|the|enter|put|insert|replace)[-_ ](?:\w+[-_ ]){0,4}(?:here|key|token|secret|password|value)|change[-_]?(?:me|it)|null|none|nil|undef|unset|void|off|undefined|true|false|empty|required|missing|invalid|rejected|expired|expected|unexpected|string|number|boolean|object|function|bytes|integer|unknown|optional|filtered|redacted|hidden|secret|masked|withheld|protected|\[?(?:filtered|redacted|hidden|secure|masked|protected)\]?|[*•x.#_-]{3,}|<[^>]*>|\$\{?[\w.:-]+\}?|(?:\$[a-z_]{1,30}){2,6}|[$%][({].*|(?:is|must|can(?:'t|not)?|should|has|have|may|needs?|does(?:n't)?|was|too|at (?:least|most)|please)\b .*|\{\{?[\w. ]+\}?\}?|%[\w(]\w*\)?s?|process\.env\b.*|os\.environ\b.*|env\(.*|hashed|encrypted(?::\w{1,20})?|(?:bearer|basic|token)\s{1,3}|(?:min|max|size|length|between|regex|same|required_\w{1,20}):.{0,80}|\d{1,4}\s?(?:ms|s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?|weeks?|months?|years?))$/i;

/** Code that takes the value from somewhere: a call, an index, a property. A stack trace prints such lines. */
const CODE =
  /^(?:[A-Za-z_$][\w$]*(?:(?:\.|->|::|\?\.)[A-Za-z_$][\w$]*)*[([]|(?:self|this|req|request|res|response|config|settings|options|opts|ctx|context|params|args|kwargs|payload|data|user|body|env|state|props|session|os|cls|super|input|form|cfg|conf|row|account|auth|credentials)(?:\.|->|::|\?\.)[A-Za-z_$]|\$this->|\$_|@\w+\.|await\b|new\b|new$|lambda\b|function\b)/;

/** `(options.clientSecret`, `secrets?.gitlabToken`: a property that has a secret's name is none itself. */
const PROPERTY =
  /^[(!]{0,3}[A-Za-z_$][\w$]*(?:\??(?:\.|->|::)[A-Za-z_$][\w$]*){0,5}\??(?:\.|->|::)\w{0,40}(?:pass|password|pwd|token|secret|(?<!mon|don|tur|hoc|joc|whis)key|auth|credentials?)\w{0,10}$/i;

/** A call of what is known from the place, a macro, a type that is filled in, a pointer, a slice, a value that is counted up. */
const EXPRESSION =
  /^(?:\.[a-z]\w*\(|[a-z_]\w*!\(|[A-Z]\w*\{(?:\w+:)?$|\$\$\w+\{|\w+[+*/-][a-z_]\w*\(|(?:\+\+|--)[A-Za-z_]\w*$|\*{1,2}[A-Za-z_]\w*\.[A-Za-z_]\w*$|\[\][a-z]\w*$|(?:[A-Za-z_]\w*::)+[A-Za-z_]\w*$)/;

export const isCode = (value: string): boolean => CODE.test(value.replace(/^[(!]+/, '')) || PROPERTY.test(value) || EXPRESSION.test(value);

/** A word that a sentence goes on behind: "password: authentication failed for …". */
export const isSentence = (word: string, after: string): boolean =>
  /^\p{L}+$/u.test(word) &&
  /^[^\S\n][\p{Ll}\d]/u.test(after) &&
  (isSpeech(word) || /^(?:pass(?:word|wd|phrase)|token|secret|key)s?$/i.test(word));

/** `YOUR_KEY_GOES_HERE`, all of one case: four words that somebody has written. */
const WORDS = /^(?:[A-Z]{2,}(?:_[A-Z]{2,}){3,}|[a-z]{2,}(?:_[a-z]{2,}){3,})$/;

/** Where it lies, and what a key is of: an address in a store of secrets, an algorithm of SSH before its public half. */
const LIES_ELSEWHERE =
  /^(?:(?:op|bws|vault|ref\+\w+|secretref|keyring|keychain|gcp-?sm|aws-?sm|awssecret\w*|ssm|azkv|azurekeyvault|lpass|sops|infisical|doppler):(?:\/\/|[A-Za-z_/])[^\s@]*|(?:sk-)?(?:ssh-(?:rsa|dss|ed\d+)|ecdsa-sha2-nistp\d+|ssh-ed25519|rsa-sha2-\d+)(?:@openssh\.com)?)$/;

/**
 * Where a template or a statement puts a value in: what opens a place to be filled, a parameter, a route of an interface, a text that was cut
 * by whoever wrote it.
 */
const FILLED_IN =
  /^(?:%\w+%|\[[A-Z]{2,8}\d?\]|\[[A-Za-z]+\(.*\]|[~^]?\d{1,3}\.\d{1,3}\.\d{1,4}|[\w./-]{1,80}\.(?:ya?ml|json|toml|ini|properties|pem|crt|cer|env|conf|cfg|txt)|\W{1,4}(?:redacted|filtered|masked|hidden|removed|scrubbed|sensitive)\W{1,4}|\$!\{.*|(?:\{\{|\{%|<%|[#@*]\{|\[\[\$|\$\[\[).*|\{[A-Za-z_][\w.]{0,60}(?:!r|:[^}]{0,12})?\}?|[$%][({].*|[@:](?:[a-z]\w{0,30}_\d{1,3}|p\d{1,3}|[a-z]{1,20}(?:_[a-z]{1,20}){0,4}(?<=pass|password|pwd|token|secret|key|hash))|(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \/.*|\w{1,6}(?:\.{3}|…)\w{0,6}|<[\w .:-]{1,60}>[`"'.,;:)]{1,3})$/;

export function isHarmless(secret: string): boolean {
  return NO_VALUE.test(secret) || WORDS.test(secret) || FILLED_IN.test(secret) || LIES_ELSEWHERE.test(secret);
}

/** What programs call their credentials, as the first or the last part of a name. */
const NOUN = /^(?:pass|password|passwd|passphrase|passcode|pwd|pw|token|secret|key|credential|auth|hash|session)s?$/i;
const IDENTIFIER = /^[A-Za-z_$][A-Za-z_$]*(?:\$?\d)?$/;
const lettersOf = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');
/** `passwordFromFlag`, `any_token` as its two or three words. */
const partsOf = (name: string): readonly string[] => name.split(/[_$-]+|(?<=[a-z])(?=[A-Z])/).filter((part) => /[A-Za-z]/.test(part));
/** `DataTypes.STRING`, `newCookie.content`: what a thing has, by names as programs write them. */
const MEMBER = /^[A-Za-z_$][\w$]{0,40}(?:(?:\??\.|->|::)#?[A-Za-z_$][\w$]{0,40}){1,6}$/;
const IS_WRITTEN =
  /[a-z][A-Z]|[A-Za-z]_[A-Za-z]|(?:^|[.>:])[A-Z]{3,}(?:$|[.>:-])|\.(?:value|values|type|content|text|name|data|body|length)$/;
/** A type is named for what it holds: its last word says so. */
const TYPE =
  /^(?:Buffer|Bytes|String|Boolean|Number|Integer|Object|Function|Uint8Array|ArrayBuffer|Token|Secret|Password|Credentials?|Key|Session)$|^_?[A-Z][A-Za-z]*[a-z](?:Buffer|Types?|Token|Key|Session|Credentials?|Secret|Password|String|Str|Bytes|Array|List|Map|Options?|Config|Provider|Input|Output|Source|Value)\*?$|^_?[A-Z]+(?:_[A-Z]+)*_TYPES?$/;
/** What an expression goes on with. */
const GOES_ON = /^\??[^\S\n](?:&&|\|\||\?\??[^\S\n]|[=!]==?[^\S\n]|\+[^\S\n]|(?:if|or|and|else|unless|for|in|as)\b)/;
/** What stands behind an argument or a statement. */
const IS_ENDED = /^[^\S\n]?[,;)\]}.]/;

/**
 * A value without quotes that a program takes from somewhere, as sources and the traces that quote them have it: a variable, a member, a type.
 * @param set the name that it is given to, and the operator
 */
export function isReference(value: string, set: string, after: string): boolean {
  const [word] = /^[^;,)!*?]*/.exec(value)!;
  if (word.length > 80 || word === '') return false;
  const isOfMachines = !OF_PEOPLE.test(set);
  // What an arrow or a colon without blanks leads to, or a type that takes another.
  if (/\S->$/.test(set) && /^[A-Za-z_]+$/.test(word)) return true;
  if ((/\w-$/.test(word) && after.startsWith('>')) || (/^[a-z]\w*\.[A-Z]\w*$/.test(word) && after.startsWith('<'))) return true;
  if (METHOD.test(word) && /^[^\S\n]?[{("']/.test(after)) return true;
  if (MEMBER.test(word))
    return (
      !/\d{2}/.test(word) && (IS_WRITTEN.test(word) || (isOfMachines && /^[A-Za-z]\w*\.[A-Z]/.test(word)) || /^string\.Empty$/i.test(word))
    );
  if (!IDENTIFIER.test(word)) return false;
  if (/^[^\S\n]\+[^\S\n]["'`\w]/.test(after)) return true;
  if (isOfMachines && isName(word, set, `${value.slice(word.length)}${after}`)) return true;
  if (/[:|]\s?$/.test(set) && TYPE.test(word) && /^[^\S\n]?[,;)\]}{|=&]/.test(after)) return true;
  const parts = partsOf(word);
  if (parts.length < 2 || !(NOUN.test(parts[0]!) || NOUN.test(parts.at(-1)!))) return GOES_ON.test(after) && /^[a-z]+[A-Z_]/.test(word);
  const isSame = set
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .endsWith(word.toLowerCase().replace(/[^a-z]/g, ''));
  return isSame || GOES_ON.test(after) || IS_ENDED.test(`${value.slice(word.length)}${after}`) || /^[a-z]+[A-Z]/.test(word);
}

/** What people choose may be any word; what machines make has no name's look. */
const OF_PEOPLE = /pass|pwd|(?<![a-z])pw(?![a-z])|phrase|senha|contrase|kennwort|answer|парол|密|口令|パス|비밀/i;
const METHOD = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*:[a-z_]\w*$/;
/** Two words or more, of letters only. */
const WRITTEN = /^(?:_?[a-z]+(?:_[a-z]+){1,6}_?|[a-z]+(?:[A-Z][a-z]+){1,6}|[A-Z]+(?:_[A-Z]+){1,6})$/;
/** An assignment of a shell or of a file of variables: what stands there is the value itself. */
const OF_A_SHELL = /(?:^|[^\w.])[A-Z][A-Z0-9_]*=$/;

/** A name of a program, or of a type, where a token or a key would stand. */
function isName(word: string, set: string, after: string): boolean {
  if (chanceBits(word) >= 4) return false;
  if (/:\s$/.test(set) && /^[A-Z][A-Za-z]*[a-z]$/.test(word)) return /^\??(?:[^\S\n]?[,)={;&|]|$)/.test(after) && !/["']/.test(set);
  if (!WRITTEN.test(word) || OF_A_SHELL.test(set)) return false;
  return /^[^\S\n]?[,;)\]}{]/.test(after) || (/^\s*$/.test(after) && /\s$/.test(set) && (/\w\.\w+\s/.test(set) || /^[A-Z_]+$/.test(word)));
}

/** Where something lies: a path whose parts are words, an address that holds nothing but them. */
export const isPlace = (value: string): boolean =>
  (/^(?:~|\.{0,2})(?:\/[\w.@-]+){2,12}\/?$/.test(value) &&
    /\/[a-z]+(?:[._-][a-z\d]+)*(?:\/|$)/.test(value) &&
    !/\d[A-Za-z]\d/.test(value)) ||
  /^https?:\/\/[\w.-]+(?::\d{1,5})?(?:\/(?:v\d|[a-z]+(?:[._-][a-z\d]+)*))*\/?$/i.test(value);

/** A quote that ends a text of a program, and what the program does with it next: `"token = " + t`, `'password:', password)`. */
export const isBehindText = (value: string): boolean =>
  /^\s?[+&.][^\S\n]?[A-Za-z_$][\w$.]{0,40}(?:\(\)?)?[^\S\n]?[+&.);,]*$|^\)?[,?][^\S\n]?(?:[A-Za-z_$][\w$.[\]]{0,40})?(?:\(\))?[);{\s]*$/.test(
    value,
  );

/**
 * What sentences say of passwords, the nouns that they are put together with, and the words that lead on. A list, because a language has so
 * few of them; whatever else stands where a sentence names a password is one.
 */
const SPEECH: ReadonlySet<string> = new Set(
  [
    'a an the this that these those it its his her their your my our you we they he she who whom whose which what there here',
    'and or but nor if then than when while because as at by for from in into of on onto to with without within via per after before until',
    'is was are were be been being has have had must should shall can cannot could may might will would does do did not no none never',
    "isn't wasn't aren't don't doesn't didn't can't couldn't won't wouldn't hasn't haven't mustn't shouldn't",
    'used uses use too very so only also already again still now yet always currently probably temporarily please sorry try enter',
    'correct incorrect wrong right valid invalid ok okay fine good bad weak strong short long empty blank missing present absent set unset',
    'same equal identical different new old current previous next last first second third default optional mandatory secret safe unsafe secure',
    'insecure plain plaintext plain-text cleartext clear-text base64 hex null nil undefined true false yes unknown sensitive hidden known wrong',
    'попытка попытки versuch tentative intento tentativa tentativo poging próba pokus försök deneme attempt attempts properties through expired reset login logon logout auth authn authz user users account accounts admin administrator root server client database db host',
    'eingeben ändern zurücksetzen vergessen wiederholen bestätigen festlegen anzeigen verbergen speichern setzen oublié oubliée saisir confirmer modifier',
    'réinitialiser afficher actuel olvidada olvidado cambiar confirmar restablecer mostrar actual esquecida alterar redefinir atual dimenticata cambia',
    'conferma mostra attuale vergeten wijzigen bevestigen tonen glömt ändra забыли введите изменить подтвердите сбросить показать',
    'policy policies manager managers file files field fields form change changes hash hashes hasher encoder store stores strength',
    'length prompt prompts failure failures error errors mismatch match matches history rule rules hint hints check checks checker',
    'validator vault grant type types value values input entry box column attribute property parameter argument option options keyring',
    'key keys name names update updates complexity provider module plugin dialog page screen link links token email mail quality',
    'string text char chars character characters digit digits number numbers symbol symbols letters bytes words minimum maximum at-least',
    'given taken chosen stolen broken written forgotten found kept sent lost made read shown told held left unchanged instead entries both pair pairs',
    'list dictionary cache reuse age free less-than it. so. one two three four five six seven eight nine ten twelve',
    'ist war nicht falsch richtig leer muss darf kann wird wurde und oder zu der die das ein eine für von mit ungültig zurück',
    'est sont incorrecte invalide erroné erronée expiré expirée requis vide pas ne et ou le la les un une pour par avec dans sur à a été',
    'es son no incorrecta incorrecto inválida inválido errónea vacía requerida obligatoria y o el los las una para por con en de del ha sido',
    'onjuist ongeldig verlopen verplicht niet moet juist fout obligatoire facultatif absent trop court forkert ugyldig fel felaktigt ogiltigt måste skal má je není nesprávné musí jest nieprawidłowe musi być',
    'é são não incorreta errada vazia obrigatória e os as um uma com em do da foi deve',
    'è non errata scaduta vuota richiesta il lo gli di per deve',
    'не неверный неправильный истёк истек пустой обязателен должен для и или пользователя изменён изменен сброшен неверен',
  ].flatMap((line) => line.split(' ')),
);

/** Participles, and nouns of what is done: no list holds them all. */
const DERIVED = /^[a-zà-ü]{3,}(?:ed|ing|able|ible|ment|tion|sion|ption|ency|iert|ert|oire|ado|ido|ida|ato|uto)$/;

/** A word of two with a stroke between them that says how something is. */
const COMPOUND =
  /^(?:case|read|write|auto|user|pre|non|re|well|out|up|self|system|client|server|single|multi|double|long|short|high|low|two|one|time)-[a-z]/;

/** @param word as it stands in a sentence, with or without the stop behind it */
export function isSpeech(word: string): boolean {
  const plain = word.replace(/[.,;:!?)]+$/, '').toLowerCase();
  return SPEECH.has(plain) || DERIVED.test(plain) || COMPOUND.test(plain);
}

/** Nouns for a password or a key in any language, and what compounds of them end with. */
const OF_NOUNS =
  /pass(?:word|wort|phrase|code|wd)|pwd|secret|credential|kennwort|schl(?:ü|ue)ssel|geheimnis|contrase[ñn]a|clave|senha|chave|mots? de passe|cl[ée]\b|wachtwoord|sleutel|has[łl]o|klucz|lösenord|adgangskode|passord|salasana|heslo|jelsz|parol[aăe]|chiave|[şs]ifre|пароль|пароля|ключ|token|密码|密碼|令牌|密钥|パスワード|トークン|비밀번호|토큰/i;
/** Words of any language, and places to be filled. */
const WORDS_OF_A_PAGE = /^(?:[("'¿¡«]?(?:[\p{L}\p{M}’'-]+|\{\{\w+\}\})[.,:;!?…)"'»]*\s?)+$/u;

/**
 * A text that people read on a page: the noun in their language, or a sentence that holds it.
 * @param name what the text is kept under
 */
export function isLabel(text: string, name: string): boolean {
  if (/\d/.test(text)) return false;
  // What a page says under a phrase, in another language.
  if (/^\p{Lu}[\p{L}’'-]*[^\S\n]/u.test(name) && WORDS_OF_A_PAGE.test(text)) return true;
  if (!OF_NOUNS.test(text)) return false;
  // A name of its own: `RESET_PASSWORD: 'resetPassword'`, "java.net.socks.password".
  const letters = lettersOf(name);
  if ((letters.endsWith(lettersOf(text)) && partsOf(text).length > 1) || /^[a-z]+(?:\.[a-z]+){1,6}$/.test(text))
    return NOUN.test(text.split(/[._-]|(?=[A-Z])/).at(-1)!);
  const words = text.split(/\s+/);
  if (words.length >= 2)
    return words.every((word) => /^[("'¿¡]?[\p{L}\p{M}'’-]*[.,:;!?)…"']*$/u.test(word)) && words.some((word) => !/^[a-z]+$/.test(word));
  if (/^[\p{Lo}ー・（）()]+$/u.test(text)) return true;
  return (
    /^\p{Lu}[\p{Ll}\p{M}]+$/u.test(text) &&
    !/^pass(?:word|phrase|code)s?$/i.test(text) &&
    (name === '' || !text.toLowerCase().includes(name.toLowerCase()))
  );
}

/** What a command line has in the place of a value: another command, a tag of YAML and what it is put on, the name of what is to be given. */
export const isOfACommand = (word: string, after: string): boolean =>
  (/^[A-Z][A-Za-z]+-[A-Z][A-Za-z]+$/.test(word) && /^[^\S\n](?:-[A-Z]|["'$@(])/.test(after)) ||
  (/^![a-z][\w-]*$/.test(word) && /^[^\S\n][\w/]/.test(after)) ||
  /^\{[\w"']+:$|^\*[a-z][\w-]{2,}$/.test(word) ||
  (/^\*[\w.]+$/.test(word) && after.startsWith(')'));
