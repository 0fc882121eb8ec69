// Principle: a secret is known by where it stands (behind its name, in a header, in a part of an address) before it is
// known by how it looks. "Name, operator, value" is one grammar, whatever language or logger writes it.
// The rules of redaction in the order in which they are tried: armoured keys, provider tokens, addresses with passwords,
// headers, then anything that is named like a secret. Each says what it finds; `redact.ts` takes it out.
import { chanceBits } from './chance.ts';
import { COMMAND_RULES } from './commands.ts';
import {
  isBareBase64,
  isBareToken,
  isDrawn,
  isHash,
  isJoined,
  isMixedAndDrawn,
  isPathOrThing,
  isRandom,
  isRestOfToken,
  isSaidSecret,
  isThing,
  isToken,
  isTyped,
} from './drawn.ts';
import { NAMED_RULES } from './grammar.ts';
import { NEAR_RULES } from './near.ts';
import { isCode, isReference, isSpeech } from './no-value.ts';
import type { Rule } from './rule.ts';
import { IS_PUBLIC, NAMES_AN_ID, THING_NAMES } from './secret-names.ts';
import { COMPLAINT_RULES } from './sentences/complaints.ts';
import { ONE_TIME_CODES } from './sentences/one-time-codes.ts';
import { PROSE_RULES } from './sentences/prose.ts';
import { SAID_RULES } from './sentences/said.ts';
import { SPOKEN_RULES } from './spoken.ts';
import { TOKENS } from './tokens.ts';

/** A token may stand after a letter only where that letter belongs to `\n` or `%20`: JSON and URLs glue them on. */
const START = '(?:(?<![A-Za-z0-9])|(?<=\\\\[nrt])|(?<=%[0-9A-Fa-f]{2}))';

const PREFIX = '[A-Za-z][A-Za-z0-9]{1,14}[_-]';
/** Names of files end so, also where chance has made the rest of them. */
const EXTENSIONS =
  '[cm]?[jt]sx?|css|json|map|so|gcov|html?|png|svg|jpe?g|gif|py[co]?|rb|java|class|jar|php|go|rs|log|gz|t?xz|zst|zip|tar|tgz|tmp|lock|db|xml|ya?ml|txt|md|exe|dll|o|wasm|woff2?|proto|parquet|avro|csv|sql|sock|pid|service|scope|slice|mount|hprof|dmp|dump|core|bin|dat|pack|idx';

/** Base64 as a word of its own, that no name stands before. */
const BASE64 = new RegExp(
  `(?<=^|[\\s"'\`=([{,>|:])(?=[\\w+/]{40})(?<!(?:sha\\d{1,3}|h1|md5|base64|cursor|page|continue|signature|\\bid-\\d|${THING_NAMES})(?:[:=,-]|["']?[\\s:]{1,3})\\s?["']?)[A-Za-z0-9+/]{40,4000}={0,2}(?=$|--|[\\s"'\`,;)\\]}<|&]|[.!?](?:\\s|$))`,
  'gi',
);

/** Of what is armoured in lines of 64 or 76 signs, and is no private key: those are taken whole. */
const isLineOfBase64 = (secret: string, before: string): boolean =>
  /^MI[IGEH][A-Za-z0-9]/.test(secret) ||
  (/(?:^|\n|\\n)\s{0,20}$/.test(before) &&
    (secret.length === 64 || secret.length === 76 || /[A-Za-z0-9+/]{64}(?:\n|\\n)\s{0,20}$/.test(before)));

/** Something was taken out before. */
const ANY_TAKEN = /\[redacted /;

/** How a number of 512, 1024 or 2048 bits begins in DER, at each of the three places where base64 may cut it. */
const DER_NUMBER = /(?:AkEA|JBA[JKLMNOP]|CQQ[C-P]|AoGB?A|KBgQ|CgY[EA]A|AoIBA|KCAQ|CggEB)/;
const DER_NUMBERS = new RegExp(DER_NUMBER, 'g');

/** Letters and figures that nobody has written, and no number in hexadecimal digits. */
const isChosen16 = (letters: string): boolean => /[g-z]/.test(letters) && chanceBits(letters) >= 6;

/** Of hundreds of services: the expression of one is made when a text holds its word, which most commands never see. */
function tokenRule([kind, word, form, least = 0]: (typeof TOKENS)[number]): Rule {
  let pattern: RegExp | undefined;
  return {
    ...{ kind, words: [word], least },
    get pattern() {
      pattern ??= new RegExp(`${START}${form}`, 'g');
      return pattern;
    },
  };
}

export const RULES: readonly Rule[] = [
  {
    kind: 'private-key',
    words: ['private key'],
    pattern:
      /-----BEGIN (?:[A-Z0-9]{1,20} ){0,5}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END (?:[A-Z0-9]{1,20} ){0,5}PRIVATE KEY(?: BLOCK)?-----|$)/g,
  },
  {
    // Under whatever other label a key is armoured, closed or cut: its lines, and what they say of themselves.
    kind: 'private-key',
    words: ['begin '],
    needs: [/-{4,5} ?BEGIN [^\n-]{0,60}KEY/i],
    pattern:
      /-{4,5} ?BEGIN (?![^\n-]{0,60}PUBLIC)(?:[\w.]{1,20} ){0,5}KEY(?: [\w.]{1,20}){0,3} ?-{4,5}(?:(?:\s|\\[rn]){1,8}(?:[A-Za-z-]{1,30}: [^\n\\]{1,200}|[A-Za-z0-9+/=]{8,100}(?![^\s\\"'-]))){1,400}(?:(?:\s|\\[rn]){1,8}-{4,5} ?END [^\n-]{1,80}-{4,5})?/gi,
  },
  {
    // Its lines without the armour: DER of a version number comes first in every form of a private key.
    kind: 'private-key',
    words: ['mii', 'mh', 'mc', 'mig', 'b3blbnnzac1rzxktdje'],
    pattern:
      /(?<![A-Za-z0-9+/])(?:MI[IGJ][A-Za-z0-9+/]{1,3}[IEg]BA[ADE]|MH[cQg]CAQEE|MC4CAQAw|MIG[A-Za-z0-9]AgEAM|b3BlbnNzaC1rZXktdjE)[A-Za-z0-9+/]{20,}={0,2}(?:(?:\s|\\n){1,4}[A-Za-z0-9+/]{20,}={0,2}){0,400}/g,
  },
  {
    // Cut at both ends: lines of base64 within which two and more numbers of 64, 128 or 256 bytes begin, as only a private key of RSA has them.
    kind: 'private-key',
    words: ['kb', 'og', 'ge', 'eb'],
    wide: 60,
    needs: [DER_NUMBER],
    pattern:
      /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{60,76}(?:(?:\s|\\[rn]){1,8}[A-Za-z0-9+/]{60,76}){1,400}(?:(?:\s|\\[rn]){1,8}[A-Za-z0-9+/]{1,76}={0,2})?(?![A-Za-z0-9+/])/g,
    accept: (secret) => (secret.replace(/(?:\s|\\[rn])+/g, '').match(DER_NUMBERS) ?? []).length >= 2,
  },
  {
    // Files of keys in base64, by their first bytes: PKCS #12, PKCS #8 under a password, the two of Java.
    kind: 'private-key',
    words: ['ibaz', 'bgkqhkig9w0bb', '/u3+7q', 'zs7oz'],
    wide: 60,
    pattern:
      /(?<![A-Za-z0-9+/])(?:MI[IJ][A-Za-z0-9+/]{3}IBAzC[AC]|MI[IJG][A-Za-z0-9+/]{3,5}BgkqhkiG9w0BBQ|\/u3\+7QAAAA|zs7OzgAAAA)[A-Za-z0-9+/]{40,}={0,2}(?:(?:\s|\\n){1,4}[A-Za-z0-9+/]{20,}={0,2}){0,400}/g,
  },
  { kind: 'private-key', words: ['putty-user-key-file'], pattern: /PuTTY-User-Key-File-\d:[\s\S]*?(?:Private-MAC: \w+|$)/g },
  {
    kind: 'jwt',
    words: ['eyj'],
    pattern:
      /(?:(?<![\w-])|(?<=(?<![\w-])[A-Za-z]{2,10}[_-])|(?<=\\[nrt])|(?<=%[0-9A-Fa-f]{2}))eyJ[\w-]{8,4000}\.(?:(?:eyJ)?[\w-]{8,8000})?(?:\.(?:[\w-]{8,8000}){0,1}){1,3}/g,
  },
  {
    // A cookie that is named for a login, before its name is looked at: what it holds was drawn, or is parted by written-out signs.
    kind: 'cookie',
    words: ['auth=', 'login', 'logged_in', 'signin', 'sso=', 'sso_', 'remember', 'ticket=', 'identity'],
    least: 16,
    needs: [/(?:auth|logged_in|login|signin|sso|remember|ticket|identity)[\w.-]{0,60}=[\w%.:~+/-]{24}/i],
    pattern:
      /(?<![\w.%-])[\w.-]{0,40}(?:auth|logged_in|login|signin|sso|remember|ticket|identity)[\w.-]{0,60}=(?!\[redacted )([\w%.:~+/-]{24,4000}={0,2})/gi,
    accept: (secret) =>
      !isPathOrThing(secret) &&
      (/^[0-9a-f]{32,}$/i.test(secret) ||
        secret.split(/%[0-9a-f]{2}|[^A-Za-z0-9]/i).some((part) => part.length >= 16 && isRandom(part, 16))),
  },
  ...TOKENS.map(tokenRule),
  {
    // As one word of its own: no part of a path, no hash that says which it is, no name of a thing.
    kind: 'token',
    asks: 'chance',
    words: [''],
    least: 32,
    pattern: new RegExp(
      `(?<=^|[\\s"'\`=([{,>|:])(?=[\\w-]{32})(?<!(?:sha\\d{1,3}|h1|md5|nonce|base64)[:=,-]["']?)(?<!\\b(?:\\w{1,20}[_-])?${THING_NAMES}["']?(?:[:=]\\s?|\\s)["']?)[A-Za-z0-9_-]{32,4000}(?:={0,2}|[.~](?!(?:${EXTENSIONS})(?!\\w))[A-Za-z0-9]{1,10})(?=$|[\\s"'\`,;)\\]}<|&]|[.!?](?:\\s|$))`,
      'gi',
    ),
    accept: (secret, _, before) =>
      isBareToken(secret) &&
      !NAMES_AN_ID.test(before) &&
      !IS_PUBLIC.test(before) &&
      !isLineOfBase64(secret, before) &&
      (secret.length >= 40 || isMixedAndDrawn(secret.replace(/[_-]/g, '')) || /^[A-Za-z]+$/.test(secret)),
  },
  {
    // Whoever gives it out: a short prefix, then what chance has made. Within a path it ends at the stroke, and is the name of no file.
    kind: 'token',
    asks: 'chance',
    words: ['_', '-'],
    least: 16,
    pattern: new RegExp(
      `(?=${PREFIX})(?!(?:[a-z]{1,20}[_-]){1,3}[0-9a-f]{32,64}(?!\\w)(?<=\\b${THING_NAMES}\\s\\S{1,130}))(?:(?:(?<![\\w./\\\\-])|(?<=\\\\[nrt])|(?<=%[0-9A-Fa-f]{2}))${PREFIX}[A-Za-z0-9_+/-]{16,400}|(?<=[/\\\\])${PREFIX}[A-Za-z0-9_-]{16,400}(?!\\\\))={0,2}(?![\\w/-]|\\\\.[A-Za-z0-9]{4}|\\.(?:${EXTENSIONS})(?!\\w)|\\.\\d)`,
      'g',
    ),
    accept: (secret, _, before) => isToken(secret) && !NAMES_AN_ID.test(before) && !IS_PUBLIC.test(before),
  },
  {
    // Parts with dots between them, the last of which chance has made.
    kind: 'token',
    asks: 'chance',
    words: ['.', ':'],
    least: 32,
    pattern:
      /(?<![\w./:@-])(?:[A-Za-z0-9][A-Za-z0-9_]{0,23}[.:]){1,2}(?:[0-9a-f]{8}\.|eyJ[\w-]{20,4000}\.)?[A-Za-z0-9_-]{32,4000}={0,2}(?![\w/-]|[.:]\S)/g,
    accept: (secret, _, before) => {
      if (NAMES_AN_ID.test(before)) return false;
      const drawn = /[\w-]*(?==*$)/.exec(secret)?.[0] ?? '';
      if (/^[a-z]{2,8}\.[0-9a-f]{56,128}$/.test(secret)) return isToken(secret.replace('.', '_'));
      return drawn.length >= 40 ? !isHash(secret) && isBareToken(drawn) : isMixedAndDrawn(drawn) && !isThing(secret) && isBareToken(drawn);
    },
  },
  {
    // As RFC 8959 has tokens written, so that they are known for what they are.
    kind: 'token',
    words: ['secret-token:'],
    pattern: /\bsecret-token:([\w.~!$&'()*+,;=:@%-]{8,4000})/g,
  },
  {
    // What a session or a grant is of, then what chance has made of it.
    kind: 'token',
    asks: 'chance',
    words: ['!'],
    least: 14,
    pattern: /(?<![\w./:@-])(?:[a-z]{2,6}\.)?((?=[A-Za-z]{0,60}\d)[A-Za-z0-9]{14,80}![\w.]{4,400})(?![\w/@-])/g,
    accept: (secret) => isMixedAndDrawn(secret.replace(/[_.!]/g, '')),
  },
  {
    // An id and what belongs to it.
    kind: 'token',
    asks: 'chance',
    words: ['.', ':'],
    least: 16,
    pattern:
      /(?<![\w./:-])(?:(?:[A-Za-z]{2,12}:)?(?=[A-Za-z]*\d)[A-Za-z0-9]{16,40}:[0-9a-f]{56,128}|[0-9a-f]{32}\.(?=[A-Za-z]*\d)(?=[a-z\d]*[A-Z])[A-Za-z0-9]{16,40}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}[.:][0-9a-f]{32,64}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?:\.[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}){2})(?![\w.:-])/g,
  },
  {
    // Parts that chance has made, joined by a sign: behind a word or alone.
    kind: 'token',
    asks: 'chance',
    words: ['.', ':', '|', '~'],
    least: 16,
    pattern: /(?<![\w./:@~-])(?:[A-Za-z]{2,8}[._-])?((?:[\w-]{1,80}[.:|~]){1,4}[\w-]{16,2000}={0,2})(?![\w.:/@~-]|\.\w)/g,
    accept: (secret, _, before) => isJoined(secret) && !NAMES_AN_ID.test(before),
  },
  {
    kind: 'token',
    asks: 'chance',
    words: ['-'],
    least: 23,
    pattern: /(?<![\w./:@-])(?:[A-Za-z0-9]{4,8}-){3,7}[A-Za-z0-9]{4,8}(?![\w/@-]|\.\w)/g,
    accept: isTyped,
  },
  {
    // Four by four: what nothing but a line about logins tells from the number of a device.
    kind: 'token',
    asks: 'chance',
    words: ['pass', 'login', 'auth', 'credential', '401'],
    least: 19,
    pattern: /(?<![\w./:@-])(?:[a-z0-9]{4}-){3}[a-z0-9]{4}(?![\w/@-]|\.\w)/g,
    accept: (secret, _, before, after) =>
      /pass|log-?in|auth|credential|\b401\b/i.test(`${before.slice(before.lastIndexOf('\n') + 1)} ${after}`) &&
      isChosen16(secret.replaceAll('-', '')),
  },
  {
    // What a program is given on its command line to know somebody by.
    kind: 'secret',
    words: [' auth ', 'config set '],
    least: 36,
    pattern:
      /(?:(?:^|\n|[$#>+]\s)[a-z][\w-]{1,20}\sauth\s|\bconfig\sset\s[\w.-]{0,20}(?:api|token|key)[=\s])["']?([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})(?=["']?(?:\s|$))/g,
  },
  {
    // Base64 with a stroke or a cross: forty signs are a secret key of AWS. Of 64 and of 76 are the lines of what has more lines.
    kind: 'token',
    asks: 'chance',
    words: ['/', '+'],
    wide: 40,
    pattern: BASE64,
    accept: (secret, _, before) =>
      (secret.length === 40 || (secret.length >= 56 && secret.length <= 100)) &&
      isBareBase64(secret) &&
      !isLineOfBase64(secret, before) &&
      !NAMES_AN_ID.test(before) &&
      !IS_PUBLIC.test(before),
  },
  {
    // Longer ones are bytes of whatever kind, a session among them.
    kind: 'encoded',
    words: ['/', '+'],
    wide: 99,
    pattern: BASE64,
    accept: (secret, _, before) => secret.length > 100 && isBareBase64(secret) && !IS_PUBLIC.test(before),
  },
  {
    kind: 'token',
    asks: 'chance',
    words: [':'],
    least: 24,
    pattern: /(?<![\w./:@-])([A-Za-z0-9]{12,40}:-?[\w-]{24,64})(?![\w./:@-])/g,
    accept: (secret) => secret.split(':').every((part) => isMixedAndDrawn(part.replace(/[_-]/g, ''))),
  },
  {
    // The number of an account, then what chance has made.
    kind: 'token',
    asks: 'chance',
    words: ['-'],
    least: 24,
    pattern: /(?<![\w./:@-])\d{8,16}-([A-Za-z0-9_-]{24,60})(?![\w./:@-])/g,
    accept: (secret) => isMixedAndDrawn(secret.replace(/[_-]/g, '')),
  },
  {
    // As people type it from one screen into another: groups of four letters of base32.
    kind: 'secret',
    words: ['2fa', 'factor', 'authenticat', 'totp', 'otp', 'secret', 'key', 'mfa', 'setup'],
    needs: [/(?<!\w)[a-z2-7]{4}[ -][a-z2-7]{4}[ -][a-z2-7]{4}[ -][a-z2-7]{4}/i],
    pattern: /(?<![\w-])(?:(?:[a-z2-7]{4}[ -]){3,15}[a-z2-7]{4}|(?:[A-Z2-7]{4}[ -]){3,15}[A-Z2-7]{4})(?![\w-])/g,
    accept: (secret) => /[2-7]/.test(secret) && /[a-z]/i.test(secret) && chanceBits(secret.replace(/[ -]/g, '')) >= 8,
  },
  {
    // Of an account 40 digits are the address; 64 are the key to it.
    kind: 'private-key',
    words: ['0x'],
    least: 66,
    pattern: /\b(?:accounts?|wallets?|signers?|deployer|funder|owner|from)["']?\s?[:=(]\s?[[{(]{0,2}["']?(0x[0-9a-f]{64})(?![0-9a-f])/gi,
  },
  {
    // Whoever knows the address of a hook may use it.
    kind: 'webhook',
    words: ['hook'],
    pattern: /https?:\/\/[\w.-]{0,80}hooks?\b[\w.-]{0,80}\/([\w/@.-]{12,400})/gi,
    accept: (secret) => /\d/.test(secret),
  },
  {
    kind: 'webhook',
    words: ['/hook', '/webhook', '/inputs/', '/ingest/', '/incoming/', '/alert/', '/bulk/', '/receiver/', '/collect', '/intake/'],
    pattern:
      /https?:\/\/[\w.:-]{1,120}\/(?:[\w.-]{1,40}\/){0,6}?(?:(?:web)?hooks?|inputs|bulk|ingest|incoming|alert|receiver|collect(?:or)?|intake)\/(?:v\d\/)?(?:https?\/)?([\w+/-]{20,200}={0,2})(?=[/?"'\s]|$)/gi,
    accept: (secret) =>
      /\d/.test(secret) &&
      (/^[0-9a-f-]{32,}$/.test(secret) || secret.split('/').some((part) => /^[0-9a-f-]{32,}$/.test(part) || isRandom(part, 16))),
  },
  // A password may hold `@` and `:`; one with a `/` is cut there by every parser of addresses.
  { kind: 'url-password', words: ['//'], pattern: /(?<![a-z0-9])[a-z][a-z0-9+.-]{1,20}:?\/\/[^\s:/@"'<>]{0,100}:([^\s/"'<>]{1,200})@/gi },
  {
    kind: 'url-token',
    words: ['://'],
    pattern: /(?<![a-z0-9])[a-z][a-z0-9+.-]{1,20}:\/\/([\w~.+=-]{16,300})(?::(?:[\w-]{0,40}|\[redacted url-password \d{1,9}\]))?@/gi,
    accept: (secret, match) =>
      /\d/.test(secret) &&
      /[a-z]/i.test(secret) &&
      (isRandom(secret, 16) || isSaidSecret(secret, true) || (secret.length >= 20 && !match.includes('[redacted'))),
  },
  // Addresses of databases without a scheme, as drivers of Go write them.
  { kind: 'url-password', words: ['@tcp(', '@unix('], pattern: /(?<![\w:/])[\w.+-]{1,60}:([^\s:@/"']{2,200})@(?:tcp|unix)\(/g },
  {
    // Where an address is cut at a sign of a password, a parser takes the part before it for a port.
    kind: 'url-password',
    words: ['invalid port', 'bad port', 'illegal port', 'numeric port', 'port could not', 'port must be', 'port is not', 'base 10'],
    pattern:
      /\b(?:invalid|bad|illegal|nonnumeric|non-numeric)\s(?:port|literal)\b[^"'\n]{0,40}["']:?(?!\[redacted )(?=[^"'\n]{0,200}[A-Za-z])([^\s"'@]{4,200})(?:@[^\s"']{1,200})?["']|\bport (?:could not be cast|must be|is not)[^\n"']{0,60}["'](?!\[redacted )([^\s"']{4,200})["']/gi,
    accept: (secret, match) =>
      !isSpeech(secret) &&
      !isPathOrThing(secret) &&
      (/@/.test(match) || !/literal/i.test(match)) &&
      !/^:?(?:\d+[a-z]?|port)$|^\w+\.\w+$/i.test(secret),
  },
  { kind: 'url-password', words: ['jdbc:oracle'], pattern: /jdbc:oracle:\w{1,10}:[\w$#]{1,60}\/([^\s/@]{1,100})@/gi },
  {
    kind: 'url-signature',
    words: ['sig', 'credential'],
    pattern: /[?&](?:sig|signature|x-(?:amz|goog)-(?:signature|credential|security-token))=([^\s&"'<>]{10,2000})/gi,
  },
  {
    // A key or a code of an address is a secret where it is long and drawn, and a name where it is not.
    kind: 'url-secret',
    words: ['key=', 'code=', 'pass=', 'pwd=', 'ticket=', 'otp=', 'hash=', 'appid='],
    pattern:
      /(?:[?&;]|(?<=\s|^|["']))(?:[\w-]{0,30}[_-])?(?:key|code|pass|pwd|ticket|otp|hash|appid(?==[0-9a-f]{32}))=([^\s&"'<>#]{4,2000})/gi,
    accept: (secret, match, before) =>
      !IS_PUBLIC.test(before) && (/^[?&;]/.test(match) ? isDrawn(secret) || /^\d{4,8}$/.test(secret) : isRandom(secret, 16)),
  },
  {
    // What a link holds that is sent to one person only: to set a password, to confirm, to sign in.
    kind: 'url-secret',
    words: ['/reset', '/password', '/verif', '/confirm', '/invit', '/magic', '/activat', '/unlock', '/token/', '/recover'],
    pattern:
      /\/(?:reset(?:[_-]?password)?|passwords?|verif(?:y|ication)(?:[_-]?email)?|confirm(?:ation)?(?:[_-]?email)?|invit(?:e|ation)s?|magic(?:[_-]?link)?|activat(?:e|ion)|unlock|tokens?|recover(?:y)?)\/([\w~-]{16,300}={0,2})(?=[/?"'\s,;)\]]|$)/gi,
    accept: (secret) => /^(?:[0-9a-f]{24,}|[0-9a-f-]{36})$/i.test(secret) || isRandom(secret, 16),
  },
  {
    // A name without a password, or with a word that only fills its place: the name is the token.
    kind: 'secret',
    words: ['curl', 'wget', 'http '],
    pattern:
      /(?<=\b(?:curl|wget|http)\b[^\n|;]{0,300}\s(?:-u|--user|-a|--auth)[=\s]?["']?)([A-Za-z0-9_.-]{16,300}):(?:[xX]|x-oauth-basic|(?:api_?)?token|password|unused|none)?(?=["'\s]|$)/g,
    accept: (secret) => /\d/.test(secret) && !/\[redacted/.test(secret),
  },
  {
    // A part of an address that says it is private: of a calendar, a feed, a share.
    kind: 'url-secret',
    words: ['/private-', '/secret-', '/token-'],
    pattern: /\/(?:private|secret|token)-([A-Za-z0-9]{20,80})(?=[/?"'\s]|$)/g,
    accept: (secret) => /\d/.test(secret) && /[a-z]/i.test(secret),
  },
  {
    // As a form sends it, encoded once more.
    kind: 'secret',
    words: ['%3d'],
    pattern: /(?:pass(?:word|wd|phrase)|pwd|secret|token|api[_-]?key)%3D([\w.~-]{4,300})/gi,
  },
  {
    kind: 'authorization',
    words: ['authorization'],
    pattern:
      /\bauthorization\\{0,3}["']?[^\S\n]{0,20}(?:=>|[:=,])[^\S\n]{0,20}\\{0,3}["']?(?:bearer|basic|token|apikey|negotiate|ntlm)\s{1,5}([\w.~+/=-]{6,8000})/gi,
    // Where it is empty, the next header follows.
    accept: (_secret, match, _, after) => !(match.includes('\n') && after.startsWith(':')),
  },
  {
    kind: 'authorization',
    words: ['authorization'],
    pattern:
      /\bauthorization\\{0,3}["']?[^\S\n]{0,20}(?:=>|[:=])[^\S\n]{0,20}\\{0,3}["'[]?(?:(?:digest|hawk|aws4-hmac-sha256|oauth|signature)\s((?:[\w-]{1,40}=(?:\\{0,3}"[^"\\\n]{0,2000}\\{0,3}"|[^\s",\\]{1,2000})[,\s]{0,3}){1,20})|[\w-]{2,30}\s(?:\w{1,20}=)?["']?([^\s"',[]{12,2000})|([^\s"',[\]]{16,2000}))/gi,
    accept: (secret, match, _, after) => !isCode(secret) && !(match.includes('\n') && after.startsWith(':')),
  },
  { kind: 'bearer', words: ['bearer'], pattern: /\bbearer[\s=:]{1,5}([\w.~+/=-]{16,8000})/gi },
  {
    kind: 'bearer',
    words: ['oauth '],
    pattern: /\boauth\s{1,3}([\w.~+/=-]{16,8000})/gi,
    accept: (secret) => isSaidSecret(secret, true),
  },
  {
    kind: 'basic',
    words: ['basic'],
    pattern: /\bbasic\s{1,3}([A-Za-z0-9+/]{8,400}={0,2})(?![\w+/])/gi,
    accept: (secret) => /^[\x20-\x7e]{1,100}:[\x20-\x7e]*$/.test(Buffer.from(secret, 'base64').toString('latin1')),
  },
  { kind: 'smtp-auth', words: ['auth '], pattern: /\bAUTH (?:PLAIN|LOGIN) ([A-Za-z0-9+/]{8,400}={0,2})/g },
  {
    kind: 'cookie',
    words: ['cookie'],
    // Pair by pair: what comes after the last one is not the cookie's, and may be another secret's surroundings.
    pattern:
      /\b(?:set-)?cookie["']?[^\S\n]{0,5}(?:=>|[:=])[^\S\n]{0,5}\\{0,3}["']?(?!\[redacted )([\w.%-]{1,80}=[^\s;"']{1,4000}(?:;[^\S\n]{0,2}[\w.%-]{1,80}(?:=[^\s;"']{0,4000})?){0,60})/gi,
    accept: (secret) => secret.length > 5,
  },
  {
    // One cookie of a session, by the names that frameworks give it.
    kind: 'cookie',
    words: ['session', 'sid', 'remember_token', '.aspnetcore.', 'asp.net'],
    pattern:
      /(?<![A-Za-z])(?:session(?:id|_id)?|sid|remember_token|\.?aspnetcore\.[\w.]{1,60}|asp\.net_sessionid|sessionid)["']?(?:=|:\s?["'])([\w%.:~+/-]{16,4000})/gi,
    accept: (secret) => isDrawn(secret),
  },
  // Connection strings of databases and queues: the value goes to the semicolon, whatever it holds.
  {
    kind: 'secret',
    words: ['password', 'pwd', 'accountkey', 'accesskey'],
    pattern:
      /;[^\S\n]?(?:password|pwd|accountkey|sharedaccesskey|accesskey)[^\S\n]?=[^\S\n]{0,3}\{?(?!\[redacted )(?![\s"'])([^;"'{}\n]{1,300})/gi,
    accept: (secret, match, _, after) =>
      !/^(?:password|pwd|\d)$/i.test(secret) && !/^;\s?PWD=\//.test(match) && !(match.includes('={') && isReference(secret, '', after)),
  },
  {
    kind: 'secret',
    words: ['</'],
    pattern:
      /(?<=<(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?token|client[_-]?secret|wsse:password)[^<>\n]{0,300}>)(?!\[redacted )[^<\n]{3,300}(?=<\/)/gi,
  },
  ...COMMAND_RULES,
  {
    kind: 'secret',
    words: ['login', 'machine'],
    pattern: /\b(?:login|machine)\s{1,5}\S{1,200}\s{1,20}(?:account\s\S{1,99}\s{1,9})?password\s{1,5}(\S{2,200})/g,
    accept: (secret) => !/^[-+|:]+$/.test(secret),
  },
  {
    // Functions that take the password as an argument of its own, as traces print their calls.
    kind: 'secret',
    words: ['pdo', 'connect(', 'mysqli', 'ldap_bind', 'ftp_login', 'imap_open', 'odbc', 'login(', 'getconnection(', 'auth_password('],
    pattern:
      /\b(?:PDO(?:->__construct)?|mysqli?(?:->__construct|_(?:real_)?connect|_pconnect)?|(?:oci|odbc|ibase|ssh2|db2|sqlsrv)_\w{0,20}connect|ldap_bind|ftp_login|imap_open|ssh2_auth_password|DriverManager\.getConnection|login)\(\s?(?:Object\([^()]{1,60}\), )?["'][^"'\n]{0,300}["'],\s?["'][^"'\n]{0,200}["'],\s?["']([^"'\n]{2,300})["']/g,
  },
  {
    // A row that is written: which of its values is the secret one is not looked at.
    kind: 'secret',
    words: ['values'],
    pattern:
      /\b(?:INSERT|REPLACE)\s{1,5}INTO\s{1,5}[^()\n]{1,120}\([^()\n]{0,400}(?:pass|pwd|secret|token|api_?key|credential)[^()\n]{0,400}\)\s{0,5}VALUES\s{0,5}\(([^\n]{3,4000}?)\)(?=[\s;,"']|$)/gi,
    accept: (secret) => /["']/.test(secret),
  },
  ...ONE_TIME_CODES,
  {
    // In a sentence: a drawn word behind "password is".
    kind: 'secret',
    words: ['is ', 'was '],
    pattern:
      /\b(?:password|passwd|passphrase|pwd|secret|api[ _-]?key|access[ _-]?key|token)\s{1,3}(?:is|was)\s{1,3}(?!\[redacted )["'`]?([^\s"'`]{6,300})/gi,
    accept: (secret) => isDrawn(secret.replace(/[.,;!?]+$/, '')),
  },
  {
    // A private key as JSON, and a registry's login.
    kind: 'private-key',
    words: ['"kty"'],
    pattern: /"d"\s{0,3}:\s{0,3}"([\w-]{20,2000})"/g,
  },
  { kind: 'secret', words: ['"auth"'], pattern: /"auth"\s{0,3}:\s{0,3}"([A-Za-z0-9+/]{8,800}={0,2})"/g },
  {
    // What is written in base64 holds whatever the other rules know.
    kind: 'secret',
    words: ['='],
    pattern: /(?<![\w+/-])[A-Za-z0-9+/]{24,2000}={1,2}(?![\w=])/g,
    accept: (secret) => holdsToken(Buffer.from(secret, 'base64').toString('latin1')),
  },
  {
    // The same where it came out even.
    kind: 'secret',
    words: [''],
    wide: 40,
    pattern: /(?<![\w+/=.-])(?:[A-Za-z0-9+/]{4}){10,2000}(?![\w+/=.-])/g,
    accept: (secret) => holdsToken(Buffer.from(secret, 'base64').toString('latin1')),
  },
  ...SPOKEN_RULES,
  {
    kind: 'secret',
    words: ['_key', '_dsn', '_auth', '_credentials'],
    pattern:
      /(?<![A-Z0-9_])(?!(?:[A-Z0-9]{1,20}_){0,3}(?:PRIMARY|FOREIGN|PARTITION|CACHE|SORT|PUBLIC|ROW|RANGE|HASH|UNIQUE|IDEMPOTENCY|DUPLICATE|INDEX|ROUTING)_KEY)[A-Z][A-Z0-9_]{0,60}_(?:KEY|DSN|AUTH|CREDENTIALS)=["']?(?!\[redacted )([^\s"',;]{12,2000})/g,
  },
  {
    // A short one is a secret all the same where nothing else can stand.
    kind: 'secret',
    words: ['pass'],
    pattern: /\bpass(?:word|wd|phrase)?["']?=(?=\S{0,4}\d)([^\s"',;&(){}\]<>\\]{4,5})(?=[\s"',;&)}\]<>\\]|$)/gi,
  },
  ...PROSE_RULES,
  ...NAMED_RULES,
  ...COMPLAINT_RULES,
  ...SAID_RULES,
  ...NEAR_RULES,
  {
    // What stands beside the id of a key, in the next quotes or behind a sign, and is drawn, is its other half.
    kind: 'secret',
    words: [''],
    needs: [ANY_TAKEN, /\[redacted [a-z-]{1,40} \d{1,9}\]["']?(?:,\s{0,8}|\s|[:/;])["']?[\w+/]{16}/],
    pattern: /\[redacted [a-z-]{0,30}key(?:-id)? \d{1,9}\]["']?(?:,\s{0,8}|\s|[:/;])["']?([\w+/.~-]{16,200}={0,2})(?![\w+/(-])/g,
    accept: (secret) => isRandom(secret, 16) && !isPathOrThing(secret) && !isThing(secret),
  },
  {
    // In quotes the value ends where they end.
    kind: 'secret',
    words: [''],
    needs: [ANY_TAKEN, /["']\[redacted [a-z-]{1,40} \d{1,9}\][^\s,;)}\]\\]/],
    pattern:
      /(?:(?<="\[redacted [a-z-]{1,40} \d{1,9}\])([^\s",;)}\]\\][^\s",;\\]{1,200})(?=")|(?<='\[redacted [a-z-]{1,40} \d{1,9}\])([^\s',;)}\]\\][^\s',;\\]{1,200})(?='))/g,
  },
  {
    kind: 'token',
    words: [''],
    needs: [ANY_TAKEN, /\[redacted [a-z-]{1,40} \d{1,9}\][.:|~_/+-][\w+/]/],
    pattern: /(?<=\[redacted [a-z-]{1,40} \d{1,9}\])[.:|~_/+-][\w+/=.-]{10,4000}/g,
    accept: isRestOfToken,
  },
];

const PLAIN_TOKENS = new RegExp(
  TOKENS.filter(([, word]) => word.length > 1)
    .map(([, , form]) => form)
    .join('|'),
);

/** Printable text that holds a token, or a name with its value. */
function holdsToken(text: string): boolean {
  return (
    /^[\t\n\r\x20-\x7e]+$/.test(text) && (PLAIN_TOKENS.test(text) || /(?:pass(?:word|wd)|secret|token|api_?key)["']?\s?[:=]/i.test(text))
  );
}
