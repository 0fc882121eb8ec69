// Credentials in sentences, as SDKs and servers write them: "Incorrect API key provided: …", "token … is expired", "… is not a valid key".
// The noun says what stands beside it; whether that is the credential, or only speaks of it, chance says. Where a line tells that
// somebody was refused and names no credential, only what no record is called by is believed.
import { isRefused, isRefusedFor, isSaidSecret } from '../drawn.ts';
import type { Rule } from '../rule.ts';
import { IS_PUBLIC, NAMES_AN_ID, THING_NAMES } from '../secret-names.ts';

/** Nothing else is called so. */
const SURE =
  '(?:(?<!public[ _-]?)(?:api|access|account|auth\\w{0,12}|deploy|encryption|private|secret|server|service|shared|signing|subscription|licen[cs]e|activation|product|project|ingest\\w{0,4}|write|read|admin|master|app|client|webhook|integration|user)[ _-]?keys?|(?<!next[ _-]?page[ _-]?)tokens?|secrets?|credentials?|passwords?|passphrase|passcode|bearer|apikey|mnemonic)';
/** Keys of caches, tables and stores are called so as well. */
const KEY =
  '(?<!(?:primary|foreign|partition|cache|sort|public|publishable|row|range|hash|unique|idempotency|duplicate|index|object|map|group|shard|redis|s3|routing|storage|value|for|of)[ _-]?)key';

const BLANK = '[^\\S\\n]';
const FILLER = `(?:${BLANK}(?:provided|given|supplied|received|presented|sent|used|value|was|is|of|got|as|with|expected|string|header|invalid|has|had|should|be|here|below|following)\\b){0,3}(?:(?:${BLANK}for${BLANK}[\\w.@-]{1,40})?${BLANK}(?:set|changed|reset)${BLANK}to\\b)?`;
const OPEN = `["'\`)]?${FILLER}(?:${BLANK}?[:=]|,? expected|, got)?(?:${BLANK}{1,20}|(?=\\()|(?<=:)${BLANK}?(?:\\n|\\\\n)\\s{0,4})(?!\\[redacted )b?["'\`(<]?`;
/** To the end of the word, without the stop of the sentence. */
const VALUE = '([\\w+/-][\\w+/~.:|$-]{14,400}[\\w+/=-]={0,2})(?![\\w@/(-])';

/** What is cheap to make of it, with no look at what stands before. */
const NOUN = '(?:key|token|secret|credential|password|passphrase|passcode|bearer|mnemonic)s?';
const LONG = '[\\w+/-][\\w+/~.:|$-]{14}';
const BEFORE_VALUE = new RegExp(`${NOUN}${OPEN}${LONG}`, 'i');

const NOUNS = ['key', 'token', 'secret', 'credential', 'password', 'passphrase', 'passcode', 'bearer', 'mnemonic'];

const REFUSED =
  '\\b401\\b|unauthori[sz]ed|unauthenticated|authenticat[a-z]{1,6}|not authori[sz]ed|invalid[ _-]auth\\w{0,12}|auth\\w{0,12}[ _-](?:failed|error)';

/** `secrets "shop-db" not found`: of many that are kept under a name the name is told. */
const isOneOfMany = (match: string, after: string): boolean =>
  /^\w*s\s["']/.test(match) && /^["'] (?:not found|already exists|is forbidden|is immutable|was not found|in namespace)/.test(after);

export const SAID_RULES: readonly Rule[] = [
  {
    kind: 'secret',
    asks: 'chance',
    words: NOUNS,
    needs: [BEFORE_VALUE],
    pattern: new RegExp(`(?<![\\w./$-])(?:[\\w]{1,30}[_-])?${SURE}${OPEN}${VALUE}`, 'gi'),
    accept: (secret, match, _, after) =>
      (isSaidSecret(secret, true) && !isOneOfMany(match, after)) || (/^private/i.test(match) && /^0x[0-9a-f]{64}$/i.test(secret)),
  },
  {
    kind: 'secret',
    asks: 'chance',
    words: ['key'],
    needs: [BEFORE_VALUE],
    pattern: new RegExp(`(?<![\\w./$-])${KEY}${OPEN}${VALUE}`, 'gi'),
    accept: (secret) => isSaidSecret(secret, false),
  },
  {
    kind: 'secret',
    asks: 'chance',
    words: NOUNS,
    // From the end of the value on: what comes before it would be read again at each of its signs.
    needs: [new RegExp(`[\\w+/=-]["'\`)]?${BLANK}(?:is|was|isn't|looks|for|\\()[^\\n]{0,200}${NOUN}`, 'i')],
    pattern: new RegExp(
      `(?<=^|[\\s"'\`(])${VALUE}["'\`)]?${BLANK}(?:(?:is|was|isn't|looks like)${BLANK}(?:not${BLANK}|no${BLANK})?(?:an?${BLANK}|the${BLANK})?(?:\\w{1,20}${BLANK}){0,3}?|\\((?:an?${BLANK}|the${BLANK})?|for${BLANK}(?:key|column|field|attribute|property)${BLANK}["'\`]?(?:\\w{1,40}[._]){0,4})${SURE}`,
      'gi',
    ),
    accept: (secret) => isSaidSecret(secret, true),
  },
  // Commands by which a client says who it is.
  {
    kind: 'secret',
    asks: 'chance',
    words: ['auth '],
    pattern: new RegExp(`(?<![\\w-])AUTH${BLANK}(?:[\\w-]{1,40}${BLANK})?["']?${VALUE}`, 'g'),
    accept: (secret) => isSaidSecret(secret, true),
  },
  {
    kind: 'token',
    asks: 'chance',
    least: 20,
    words: ['401', 'unauthor', 'unauthenticated', 'authenticat', 'auth'],
    pattern: new RegExp(`(?:${REFUSED})[^\\n]{0,20}?${BLANK}(?:for|with|using)${BLANK}["'\`]?${VALUE}`, 'gi'),
    accept: isRefusedFor,
  },
  {
    kind: 'token',
    asks: 'chance',
    least: 8,
    words: ['401', 'unauthor', 'unauthenticated', 'authenticat', ...NOUNS],
    needs: [new RegExp(`(?:401|auth|${NOUN})[^\\n]{0,100}?[\\s"'\`(][\\w+/~.:|$-]{20}`, 'i')],
    pattern: new RegExp(
      `(?:${REFUSED}|${SURE})(?:[^\\n]{0,60}?[\\s"'\`(])(?=[\\w+/~.:|$-]{20})(?<!${THING_NAMES}["']?[\\s:=#]{1,3}["'\`(]?)${VALUE}`,
      'gi',
    ),
    accept: (secret, _, before) => isRefused(secret) && !IS_PUBLIC.test(before) && !NAMES_AN_ID.test(before),
  },
];
