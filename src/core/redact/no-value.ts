// What stands where a secret would, and is none: a placeholder, a type, a word about it, or code that takes the value from somewhere.

/** Values that stand where a secret would, and are none. */
const NO_VALUE =
  /^(?:include|omit|same-origin|(?:your|my|some|the|enter|put|insert|replace)[-_ ](?:\w+[-_ ]){0,4}(?:here|key|token|secret|password|value)|change[-_]?(?:me|it)|null|none|nil|undefined|true|false|empty|required|missing|invalid|rejected|expired|expected|unexpected|string|number|boolean|object|function|bytes|integer|unknown|optional|filtered|redacted|hidden|secret|masked|withheld|protected|\[?(?:filtered|redacted|hidden|secure|masked|protected)\]?|[*•x.#_-]{3,}|<[^>]*>|\$\{?[\w.:-]+\}?|[$%][({].*|(?:is|must|can(?:'t|not)?|should|has|have|may|needs?|does(?:n't)?|was|too|at (?:least|most)|please)\b .*|\{\{?[\w. ]+\}?\}?|%[\w(]\w*\)?s?|[A-Z]{2,}(?:_[A-Z]{2,}){3,}|process\.env\b.*|os\.environ\b.*|env\(.*)$/i;

/** Code that takes the value from somewhere: a call, an index, a property. A stack trace prints such lines. */
const CODE =
  /^(?:[A-Za-z_$][\w$]*(?:(?:\.|->|::|\?\.)[A-Za-z_$][\w$]*)*[([]|(?:self|this|req|request|res|response|config|settings|options|opts|ctx|context|params|args|kwargs|payload|data|user|body|env|state|props|session|os|cls|super|input|form|cfg|conf|row|account|auth|credentials)(?:\.|->|::|\?\.)[A-Za-z_$]|\$this->|\$_|@\w+\.|await\b|new\b|new$|lambda\b|function\b)/;

/** `(options.clientSecret`, `secrets?.gitlabToken`: a property that has a secret's name is none itself. */
const PROPERTY =
  /^[(!]{0,3}[A-Za-z_$][\w$]*(?:\??(?:\.|->|::)[A-Za-z_$][\w$]*){0,5}\??(?:\.|->|::)\w{0,40}(?:pass|password|pwd|token|secret|(?<!mon|don|tur|hoc|joc|whis)key|auth|credentials?)\w{0,10}$/i;

export const isCode = (value: string): boolean => CODE.test(value.replace(/^[(!]+/, '')) || PROPERTY.test(value);

/** A word that a sentence goes on behind: "password: authentication failed for …". */
export const isSentence = (word: string, after: string): boolean =>
  /^[a-z]+$/i.test(word) &&
  /^[^\S\n][a-z\d]/.test(after) &&
  (isSpeech(word) || /^(?:pass(?:word|wd|phrase)|token|secret|key)s?$/i.test(word));

export function isHarmless(secret: string): boolean {
  return NO_VALUE.test(secret);
}

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
    'too very so only also already again still now yet always currently probably temporarily please sorry try enter',
    'correct incorrect wrong right valid invalid ok okay fine good bad weak strong short long empty blank missing present absent set unset',
    'same equal identical different new old current previous next last first second third default optional mandatory secret safe unsafe secure',
    'insecure plain plaintext plain-text cleartext clear-text base64 hex null nil undefined true false yes unknown sensitive hidden known wrong',
    'attempt attempts properties through expired reset login logon logout auth authn authz user users account accounts admin administrator root server client database db host',
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
