// The secrets of an environment, by the names of its variables: whatever a service is given by a variable that is called
// like a credential, and the login in every address, is known by value and never leaves.
import { isDrawn } from './drawn.ts';
import { isHarmless } from './no-value.ts';

const WORDS: ReadonlySet<string> = new Set([
  ...['pass', 'password', 'passwd', 'passphrase', 'pwd', 'secret', 'secrets', 'token', 'tokens', 'credential', 'credentials'],
  ...['key', 'apikey', 'auth', 'authtoken', 'dsn', 'pat', 'jwt', 'cookie', 'salt', 'pin', 'otp'],
]);

/** Names that hold such a word and no secret: a directory, a socket, a program, a public half. */
const NOT_SECRET = /^(?:OLD)?PWD$|SOCK$|ASKPASS|PUBLIC|KEY_?(?:ID|NAME|FILE|PATH|TYPE|DIR)$|_FILE$|_PATH$|_DIR$|_URL$|_HOST$|^KEYWORDS$/i;

/** Shorter values would garble ordinary text wherever they stand. */
const LEAST = 8;

/**
 * @param variables names and values; of an address its password, or a user part that is drawn like a token
 * @example secretsOf({ DB_PASSWORD: 'corr3ct-horse', DATABASE_URL: 'postgres://app:s3cret-w0rd@db/shop' }) // both values
 */
export function secretsOf(variables: Readonly<Record<string, string | undefined>>): readonly string[] {
  const found = new Set<string>();
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined || value.length > 10_000) continue;
    if (isCalledSecret(name) && isSecret(value)) found.add(value);
    for (const login of loginsIn(value)) if (isSecret(login)) found.add(login);
  }
  return [...found];
}

/** Whether a variable of this name is one for a secret. */
export function isCalledSecret(name: string): boolean {
  if (NOT_SECRET.test(name)) return false;
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .some((word) => WORDS.has(word));
}

function isSecret(value: string): boolean {
  if (value.length < LEAST || isHarmless(value) || /^(?:\/|\.{1,2}\/|~\/|[A-Za-z]:\\|https?:\/\/[^@]*$)/.test(value)) return false;
  return value.length >= 16 || isDrawn(value);
}

function loginsIn(value: string): readonly string[] {
  return [...value.matchAll(/[a-z][a-z0-9+.-]{1,20}:\/\/([^\s:/@"'<>]{0,200})(?::([^\s/"'<>]{1,200}))?@/gi)].flatMap(
    ([, user = '', password]) => [
      ...(password === undefined ? [] : [password, ...decoded(password)]),
      ...(user.length >= 20 ? [user] : []),
    ],
  );
}

/** As it is typed, where it had to be encoded for the address. */
function decoded(text: string): readonly string[] {
  try {
    const plain = decodeURIComponent(text);
    return plain === text ? [] : [plain];
  } catch {
    return [];
  }
}
