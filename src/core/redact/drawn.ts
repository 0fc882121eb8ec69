// How a value looks that a machine has drawn, and what only looks so. Where the name or the place does not say that a value is a secret,
// this has to.
import { chanceBits } from './chance.ts';

/** So much evidence no name of a program and no sentence has. */
const BY_CHANCE = 8;
const isByChance = (text: string): boolean => chanceBits(text) >= BY_CHANCE;

/** Drawn by a machine or a careful person, not a word: letters with digits or other signs, or long and of many kinds. */
export function isDrawn(value: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9\s]/].filter((kind) => kind.test(value)).length;
  if (value.length < 6 || /^[\w]+[.:/][\w./:-]+\.[a-z]{1,5}(?::\d+)*$/.test(value)) return false;
  return /\d/.test(value) ? kinds >= 2 : kinds >= 3 && value.length >= 8;
}

/** Forms that are as long and as mixed, and name a thing: ids, times, versions, addresses, paths, hashes that say which they are. */
const NAMES_A_THING =
  /^(?:[\w:]{0,80}0x[0-9a-f]{6,16}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?:19|20)\d\d-?(?:0[1-9]|1[0-2])-?[0-3]\d[T_ -]?(?![0-9a-f]{20}).{0,30}|v?\d+(?:\.\d+){1,3}.{0,40}|(?:sha|md5|h1)[\d:-].{0,200}|\W*(?:https?:)?\/\/.{0,2000}|[\d.,:+-]+|(?:\/[\w.@-]+){2,}\/?)$/i;

/**
 * By chance alone: a part of it changes between letters and digits again and again, or holds capitals, small letters and digits.
 * Words with a number, dates, versions, ids of records and paths do not.
 */
export function isRandom(value: string, least = 10): boolean {
  if (value.length < least || NAMES_A_THING.test(value)) return false;
  return value.split(/[^A-Za-z0-9]+/).some((part) => {
    if (part.length < Math.min(least, 10)) return false;
    const turns = turnsOf(part);
    return turns >= 4 || (turns >= 2 && /[a-z]/.test(part) && /[A-Z]/.test(part));
  });
}

/**
 * What somebody has chosen to guard something with, or chance has: capitals, small letters and digits, or a sign that names have not.
 * @example isChosen('Winter2026!') // true
 */
export function isChosen(value: string): boolean {
  if (UUID.test(value)) return true;
  if (isPathOrThing(value) || /^[/^([]/.test(value)) return false;
  if (isRandom(value, 8)) return true;
  const isMany = /[a-z]/.test(value) && /[A-Z]/.test(value) && !/[.:/\\]/.test(value);
  return value.length >= 8 && /\d/.test(value) && (isMany || (/[a-z]/i.test(value) && /[!@#$%^&*?]/.test(value)));
}

/** What a prefix says where it is a word for a thing: of it the rest is the id or the hash. */
const OF_A_THING =
  /^(?:sha\d*|md5|h1|etag|commit|rev|git|index|idx|trace|span|req|request|id|hash|digest|checksum|docker|layer|image|img|container|libpod|crio|cri|pod|node|kube|build|chunk|vendors?|bundle|cache|blob|object|file|event|job|run|task|user|order|host|cluster|pk_(?:live|test)|nonce|fingerprint|cus|pi|ch|in|sub|evt|prod|price|pm|seti|src|card|acct|txn|re|po|tr|cs|li|si|ii|dp|fee|msg|chatcmpl|cmpl|resp|thread|asst|step|batch|org|proj|usr|team|ws|conv|call|toolu|item|ses|sess|inv|ord|fn|dpl|gid|dm|uuid|guid|v?\d+)[_-]/i;
/** @param text a word, a colon or a stroke, and the rest */
export const isThing = (text: string): boolean => OF_A_THING.test(text.replace(/[.:]/, '_'));

/** Of these the rest is as long as a secret, and is none. */
const OF_A_HASH =
  /^(?:sha\d*|md5|h1|etag|commit|rev|git|index|idx|trace|span|hash|digest|checksum|docker|layer|image|img|container|libpod|crio|cri|pod|node|kube|build|chunk|vendors?|bundle|cache|blob|object|file|nonce|fingerprint|pk|dm|uuid|guid|v?\d+)[_-]/i;
/** @param text a word that says it is a hash, a colon or a stroke, and the rest */
export const isHash = (text: string): boolean => /^(?:sha\d{0,3}|md5|h1|etag|digest|hash|checksum)[.:_-]/i.test(text);
/** No id of a record is as long. */
const LONGEST_ID = 36;
/** What it says where it is one for a secret. */
const OF_A_SECRET =
  /(?:^|[_-])(?:live|prod(?:uction)?|sk|pat|api|pw|auth|test|priv(?:ate)?|[a-z]{0,8}(?:secret|key|token)|[a-z]{2,4}tok|s?box)[_-]/i;

/**
 * A prefix and what chance has made behind it. Ids of records are shorter than what guards an account.
 * @example isToken('tgp_v1_I2BMWnP4lNJgFUjLCbMOXODGirxLx9hg_mHXFbIi31x') // true
 */
export function isToken(text: string): boolean {
  if (isPath(text) || isNamedId(text)) return false;
  const tail = text.replace(/^[A-Za-z][A-Za-z0-9]{1,14}[_-](?:(?:v?\d|[a-z]{2,12})[_-]){0,3}/, '').replace(/=+$/, '');
  let longest = tail.split(/[^A-Za-z0-9]+/).reduce((most, part) => (part.length > most.length ? part : most), '');
  const isHex = /^[a-f0-9]+$/.test(longest);
  if (OF_A_THING.test(text) && !/^(?!pk_)[a-z]{2,8}[_-](?:live|prod|pat|sk|secret|tok(?:en)?)[_-]/.test(text)) {
    // Records have ids of letters; a hash behind the name of a record is none of them.
    if (OF_A_HASH.test(text) || tail.length <= LONGEST_ID || !/^[\w-]+$/.test(tail)) return false;
    return isHex ? longest.length >= 40 && turnsOf(longest) >= longest.length / 4 : isMixed(tail) && isByChance(tail);
  }
  if (isHex) {
    const leastHex = /^(?:[a-z]{0,6}key|[a-z]{0,4}sk|secret|token|pat|pw|api)_/i.test(text) ? 26 : 28;
    return (
      longest.length >= leastHex &&
      !/^(?:(?!private|secret|token)[a-z]{5,}|[A-Z][a-z]+)-/.test(text) &&
      turnsOf(longest) >= longest.length / 4
    );
  }
  // Capitals and digits alone. An id with a time in front (ULID) is written so, too, and begins with its time.
  if (/^[A-Z0-9]{24,}$/.test(longest)) return !/^0[0-7]/.test(longest) && isByChance(longest);
  if (/^(?:sk|rk|pat)[_-]/.test(text)) longest = tail.replace(/[_-]/g, '');
  // Small letters and digits alone, as ids of clusters and records have them, are a token from a greater length on.
  if (/^[a-z]{2,8}(?:_(?:[a-z]{2,8}_)?[a-z0-9]{26,}|-[a-z0-9]{28,})$/.test(text) && !/^0[0-7]/.test(tail) && tail.length >= 26)
    return isByChance(tail);
  const least = OF_A_SECRET.test(text) ? 16 : isMixed(longest) ? 20 : isMixed(tail) ? 24 : 32;
  // What says that it is a secret is asked for less.
  return (
    Math.max(isMixed(tail) ? tail.length : 0, longest.length) >= least && chanceBits(tail) >= (least === 16 ? BY_CHANCE / 4 : BY_CHANCE)
  );
}

/** A date, a version, a path, an address, a hash that says which it is: what no sentence about a credential means. */
const IS_NO_VALUE =
  /^(?:(?:19|20)\d\d-?(?:0[1-9]|1[0-2])-?[0-3]\d.{0,30}|v?\d+(?:\.\d+){1,3}.{0,40}|(?:sha|md5|h1)[\d:-].{0,200}|[a-z]+:\/\/.{0,2000}|[\d.,:+-]+)$/i;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/**
 * What stands beside a word for a credential in a sentence, where a name, a number or a part of speech may stand as well.
 * @param isSure the word names nothing but credentials, so that a hash or an id beside it is one, too
 */
export function isSaidSecret(text: string, isSure: boolean): boolean {
  if (text.length < 16 || /^0x/.test(text)) return false;
  if (isSure && /^[A-Za-z]{0,8}[_-]?[0-9a-f]{32,}$/.test(text) && !isHash(text)) return true;
  if (UUID.test(text) || /^[0-9a-f]+$/i.test(text)) return isSure && /[a-f]/i.test(text) && /\d/.test(text);
  if (IS_NO_VALUE.test(text) || isPath(text)) return false;
  if (!isSure) return /^\w+$/.test(text) && isMixed(text) && isByChance(text);
  return isByChance(text.replace(/=+$/, ''));
}

/** Between strokes stand words, or the kind of a file at the end: `app-1a2B3c/current/src/cart`. In base64 chance has made what stands there. */
const isPath = (text: string): boolean =>
  text
    .split('/')
    .slice(1)
    .some((part) => /^[a-z]+(?:[_-][a-z]+)*$/.test(part) && part.length >= 3);

export const isPathOrThing = (text: string): boolean => isPath(text) || NAMES_A_THING.test(text);

/** A word for a thing, and an id: `pvc-`, `csi-vol-`, `hive_20260301_`. What else stands there is drawn itself, or a second id. */
function isNamedId(text: string): boolean {
  const rest = text.replace(/(?<![0-9a-f])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-f])/i, '');
  return rest !== text && !/(?=\d{0,11}[a-f])[0-9a-f]{12}/i.test(rest) && !isByChance(rest);
}

/** A whole word that nothing but chance has made, with nothing beside it that says what it is. */
export function isBareToken(text: string): boolean {
  // A public key of SSH says its kind first (RFC 4253).
  if ((OF_A_THING.test(text) && !/^\d{1,6}-[\w-]{38,}$/.test(text)) || text.startsWith('AAAA') || isTextInBase64(text) || isNamedId(text))
    return false;
  // A hash, an id, or the address of an account in a chain of blocks.
  if (/^[a-f0-9]{32,64}_[a-f0-9]{32,64}$/.test(text)) return true;
  if (
    /^(?:0x|bc1|ltc1|cosmos1|addr1)?[a-f0-9_-]+$/i.test(text) ||
    /^(?:bc1|ltc1|cosmos1|addr1|age1(?!\w{0,80}[A-Z])|npub1|baf[yk][a-z0-9]{50,}$|Qm[A-Za-z1-9]{44}$|12D3KooW)/.test(text)
  )
    return false;
  const bits = chanceBits(text);
  return isMixed(text) ? bits >= BY_CHANCE : bits >= 2 * BY_CHANCE || (text.length >= 50 && turnsOf(text) >= text.length / 6);
}

/** How pictures, documents and archives begin. */
const OF_A_FILE = /^(?:iVBOR|\/9j\/|R0lGOD|JVBER|UEsDB|H4sI|PHN2Z|UklGR|AAAA|TVqQ|f0VMR|KLUv)/;

/** How the public half of a pair and its certificate begin: of RSA, of a curve, of Ed25519 and its kin (RFC 5280). */
const OF_A_PUBLIC_KEY =
  /^(?:MI[IG]\w{1,3}[A-Za-z]?A?NBgkqhkiG9w0BAQEFAAOC|M[FIH]\w{1,4}0GCSqGSIb3DQEBAQUAA|M\w{3}[A-Za-z]{1,3}YHKoZIzj0CAQ|MCowBQYDK2V|MI[IG][A-Za-z0-9+/]{2,4}CC[A-Za-z0-9+/]{1,4}gAwIBA)/;

/**
 * Base64 of bytes that nobody has written, with its strokes and crosses: no path, whose parts are words.
 * @param text forty signs and more
 */
export const isBareBase64 = (text: string): boolean =>
  /[+/]/.test(text) &&
  text.length !== 64 &&
  text.length !== 76 &&
  !OF_A_FILE.test(text) &&
  !OF_A_PUBLIC_KEY.test(text) &&
  isMixed(text) &&
  /\d/.test(text) &&
  !isTextInBase64(text) &&
  !isPath(text) &&
  chanceBits(text) >= text.length / 2;

/**
 * Two parts or more that chance has made, joined by a sign, with a word or a number in front: an id and what belongs to it. Names of
 * packages and classes are joined so as well, and hashes: of these one at most counts, and letters alone do not.
 */
export function isJoined(text: string): boolean {
  // A host that is known, hashed.
  if (/^1\|[\w+/]{27}=?/.test(text)) return false;
  const parts = text.split(/[.:|~]/);
  const last = parts.at(-1)!;
  if (/\|/.test(text) && /^\d{1,20}$/.test(parts.at(-2)!))
    return /^[0-9a-f]{32,64}$/.test(last) || (last.length >= 24 && isPartDrawn(last));
  const drawn = parts.filter((part) => part.length >= 10 && isPartDrawn(part));
  const hashes = parts.filter((part) => /^[0-9a-f]{24,64}$/.test(part)).length;
  return (
    isPartDrawn(last) &&
    (drawn.length >= 2 || !isThing(text)) &&
    (drawn.length >= 2 || last.length >= 100 || (hashes === 1 && drawn.length === 1 && isMixed(last)))
  );
}

const isPartDrawn = (part: string): boolean => {
  const bits = chanceBits(part);
  if (!/\d/.test(part) || /^[0-9a-f]+$/i.test(part)) return false;
  return isMixed(part) ? bits >= part.length / 4 : /^[A-Z0-9]{20,}$/.test(part) && bits >= BY_CHANCE;
};

/** Groups of one length, as keys are that somebody has to type. Hexadecimal ones are addresses of machines. */
export function isTyped(text: string): boolean {
  const groups = text.split('-');
  const letters = groups.join('');
  const sameLength = groups.every((group) => group.length === groups[0]!.length);
  return sameLength && letters.length >= 20 && !/^[0-9a-f]+$/i.test(letters) && /\d/.test(letters) && isByChance(letters);
}

/** What stands right behind a token that was taken out, and is drawn as it was, is its second half. */
export const isRestOfToken = (text: string): boolean => isByChance(text) || /^[_-]{0,2}[0-9a-f]{16,}$/.test(text);

/** What a line says that somebody was refused for, where no word tells what it is: nothing but an id of records stays. */
export const isRefusedFor = (text: string): boolean =>
  !UUID.test(text) &&
  !OF_A_THING.test(text) &&
  ((/^(?:[0-9a-f]{32,}|[0-9A-F]{32,})$/.test(text) && /[a-f]/i.test(text)) ||
    (/^(?:[A-Z0-9]{20,}|[a-z0-9]{20,})$/.test(text) && /\d/.test(text) && isByChance(text)));

/** In a line about somebody who was refused: no hash and no id, and no name that somebody has written. */
export const isRefused = (text: string): boolean =>
  text.length >= 20 &&
  !text.startsWith('AAAA') &&
  /\d/.test(text) &&
  !UUID.test(text) &&
  !IS_NO_VALUE.test(text) &&
  !isPath(text) &&
  !OF_A_THING.test(text) &&
  (/^[a-z]{2,12}[_-][0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(text) ||
    ((/^v\d\.[a-z0-9]{20,}$/.test(text) || isMixed(text)) && isByChance(text)));

/** Somebody has written what it holds: chance makes no thirty readable signs in a row. */
const isTextInBase64 = (text: string): boolean => /^[\t\n\r\x20-\x7e]+$/.test(Buffer.from(text, 'base64').toString('latin1'));

/** Capitals, small letters and digits that change again and again: no name of a class, no version, no file. */
export const isMixedAndDrawn = (text: string): boolean => {
  const [small, capitals, digits] = [/[a-z]/g, /[A-Z]/g, /\d/g].map((one) => (text.match(one) ?? []).length);
  return small! >= 2 && capitals! >= 2 && digits! >= 1 && chanceBits(text) >= text.length / 4;
};

const isMixed = (text: string): boolean => (text.match(/[a-z]/g) ?? []).length >= 3 && (text.match(/[A-Z]/g) ?? []).length >= 3;

const turnsOf = (text: string): number => [...text.matchAll(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)].length;
