// What systems keep of passwords. Whoever has it guesses the password off line, so it leaves as little as the password does. Each is
// written as its format has it: crypt(3) and its kin with their dollar signs, RFC 2307 with braces, RFC 5803 (SCRAM), and what frameworks
// have made of PBKDF2 and scrypt.
import type { TokenRow } from './rule.ts';

const SALT = '[./A-Za-z0-9+=]{1,64}';
const SUM = '[./A-Za-z0-9+]{16,200}={0,2}';

export const PASSWORD_HASHES: readonly TokenRow[] = [
  ['password-hash', '$2', '\\$2[abxy]?\\$\\d{2}\\$[./A-Za-z0-9]{53}'],
  [
    'password-hash',
    '$',
    '[$]{1,2}(?:1|5|6|y|7|gy|md5|sha1|apr1|8|9|3|bcrypt-sha256|pbkdf2(?:-sha\\d{1,3})?|scrypt)[$]{1,2}[^\\s$:]{1,60}[$]{1,2}(?:[^\\s$:]{1,60}[$]{1,2})?[./A-Za-z0-9+]{20,200}',
  ],
  ['password-hash', '$argon2', '\\$argon2(?:id|i|d)\\$v=\\d+\\$[\\w=,]{5,60}\\$[A-Za-z0-9+/]{10,100}\\$[A-Za-z0-9+/]{20,200}'],
  ['password-hash', '$', '\\$[PHS]\\$[./A-Za-z0-9]{31,52}(?![./A-Za-z0-9])'],
  ['password-hash', 'pbkdf2', `pbkdf2[_:]sha\\d{1,3}(?:\\$|:)\\d{3,8}\\$${SALT}\\$${SUM}`],
  ['password-hash', 'scrypt', `scrypt:\\d{1,8}:\\d{1,3}:\\d{1,3}\\$${SALT}\\$${SUM}`],
  ['password-hash', 'scram-sha-', `SCRAM-SHA-(?:1|256|512)\\$\\d{1,8}:${SALT}\\$${SUM}:${SUM}`],
  ['password-hash', '}', '\\{S?(?:SHA|MD5)(?:\\d{3})?\\}[A-Za-z0-9+/]{20,200}={0,2}'],
  ['password-hash', 'scheme=', 'scheme=(?:SSHA|SHA|CRYPT|PBKDF2)[\\w-]{0,20} [A-Za-z0-9+/$.]{20,200}={0,2}'],
];
