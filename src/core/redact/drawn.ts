// How a value looks that a machine has drawn, and what only looks so. Where the name or the place does not say that a value is a secret,
// this has to.

/** Drawn by a machine or a careful person, not a word: letters with digits or other signs, or long and of many kinds. */
export function isDrawn(value: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9\s]/].filter((kind) => kind.test(value)).length;
  if (value.length < 6 || /^[\w]+[.:/][\w./:-]+\.[a-z]{1,5}(?::\d+)*$/.test(value)) return false;
  return /\d/.test(value) ? kinds >= 2 : kinds >= 3 && value.length >= 8;
}

/** Forms that are as long and as mixed, and name a thing: ids, times, versions, addresses, paths, hashes that say which they are. */
const NAMES_A_THING =
  /^(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|\d{4}-?\d\d-?\d\d[T_ -]?.{0,30}|v?\d+(?:\.\d+){1,3}.{0,40}|(?:sha|md5|h1)[\d:-].{0,200}|\W*(?:https?:)?\/\/.{0,2000}|[\d.,:+-]+|(?:\/[\w.@-]+){2,}\/?)$/i;

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

/** What a prefix says where it is a word for a thing: of it the rest is the id or the hash. */
const OF_A_THING =
  /^(?:sha\d*|md5|h1|etag|commit|rev|git|index|idx|trace|span|req|request|id|hash|digest|checksum|docker|layer|image|img|container|libpod|crio|cri|pod|node|kube|build|chunk|vendors?|bundle|cache|blob|object|file|event|job|run|task|user|order|host|cluster|pk_(?:live|test)|nonce|fingerprint|cus|pi|ch|in|sub|evt|prod|price|pm|seti|src|card|acct|txn|re|po|tr|cs|li|si|ii|dp|fee|msg|chatcmpl|cmpl|resp|thread|asst|step|batch|org|proj|usr|team|ws|conv|call|toolu|item|ses|sess|inv|ord|fn|v?\d+)[_-]/i;
/** @param text a word, a colon or a stroke, and the rest */
export const isThing = (text: string): boolean => OF_A_THING.test(text.replace(/[.:]/, '_'));

/** Of these the rest is as long as a secret, and is none. */
const OF_A_HASH = /^(?:sha\d*|md5|h1|etag|hash|digest|checksum|nonce|fingerprint|pk)[_-]/i;
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
  if (isPath(text)) return false;
  const tail = text.replace(/^[A-Za-z][A-Za-z0-9]{1,14}[_-](?:(?:v?\d|[a-z]{2,12})[_-]){0,3}/, '').replace(/=+$/, '');
  let longest = tail.split(/[^A-Za-z0-9]+/).reduce((most, part) => (part.length > most.length ? part : most), '');
  if (OF_A_THING.test(text) && !/^(?!pk_)[a-z]{2,8}[_-](?:live|prod|pat|sk|secret|tok)[_-]/.test(text))
    return !OF_A_HASH.test(text) && tail.length > LONGEST_ID && /^\w+$/.test(tail) && isMixed(longest) && turnsOf(tail) >= tail.length / 10;
  if (/^[a-f0-9]+$/.test(longest)) {
    const leastHex = /^(?:[a-z]{0,6}key|[a-z]{0,4}sk|secret|token|pat|pw|api)_/i.test(text) ? 26 : 32;
    return longest.length >= leastHex && !/^[a-z]{5,}-/.test(text) && turnsOf(longest) >= longest.length / 4;
  }
  // Capitals and digits alone. An id with a time in front (ULID) is written so, too, and begins with its time.
  if (/^[A-Z0-9]{24,}$/.test(longest)) return !/^0[0-7]/.test(longest) && turnsOf(longest) >= longest.length / 6;
  if (/^(?:sk|rk|pat)[_-]/.test(text)) longest = tail.replace(/[_-]/g, '');
  // Small letters and digits alone, as ids of clusters and records have them, are a token from a greater length on.
  if (/^[a-z0-9]+$/.test(tail) && /^[a-z]{2,8}_[a-z0-9]+$/.test(text) && !/^0[0-7]/.test(tail) && tail.length >= 26)
    return turnsOf(tail) >= tail.length / 5;
  const least = OF_A_SECRET.test(text)
    ? 16
    : isMixed(longest)
      ? 20
      : isMixed(tail) && turnsOf(tail) >= Math.max(3, tail.length / 8)
        ? 24
        : 32;
  return isMixed(tail)
    ? tail.length >= least && turnsOf(tail) >= Math.max(2, tail.length / 16)
    : longest.length >= least && turnsOf(longest) >= longest.length / 6;
}

/** Between strokes stand words: `app-1a2B3c/current/src/cart`. In base64 chance has made what stands there. */
const isPath = (text: string): boolean =>
  text
    .split('/')
    .slice(1)
    .some((part) => /^[a-z]+(?:[_-][a-z]+)*$/.test(part) && part.length >= 3);

/** A whole word that nothing but chance has made, with nothing beside it that says what it is. */
export function isBareToken(text: string): boolean {
  // A public key of SSH says its kind first (RFC 4253).
  if (OF_A_THING.test(text) || text.startsWith('AAAA') || isTextInBase64(text)) return false;
  return isMixed(text)
    ? turnsOf(text) >= text.length / 12
    : text.length >= 50 && !/^[a-f0-9-]+$/i.test(text) && turnsOf(text) >= text.length / 6;
}

/** Somebody has written what it holds: chance makes no thirty readable signs in a row. */
const isTextInBase64 = (text: string): boolean => /^[\t\n\r\x20-\x7e]+$/.test(Buffer.from(text, 'base64').toString('latin1'));

/** Capitals, small letters and digits that change again and again: no name of a class, no version, no file. */
export const isMixedAndDrawn = (text: string): boolean => {
  const [small, capitals, digits] = [/[a-z]/g, /[A-Z]/g, /\d/g].map((one) => (text.match(one) ?? []).length);
  return small! >= 2 && capitals! >= 2 && digits! >= 1 && turnsOf(text) >= Math.max(2, text.length / 10);
};

const isMixed = (text: string): boolean => (text.match(/[a-z]/g) ?? []).length >= 3 && (text.match(/[A-Z]/g) ?? []).length >= 3;

const turnsOf = (text: string): number => [...text.matchAll(/[A-Za-z](?=\d)|\d(?=[A-Za-z])/g)].length;
