// Secrets of every kind in the places where logs hold them, and ordinary text that must stay as it is.
import { countWithheld, createRedactor, findSecrets } from '../../../src/core/redact/redact.ts';
import { isDoneWithin, isLinear } from '../../support/processor-time.ts';
import { fake, SECRETS } from '../../support/secrets.ts';

test.each(SECRETS)('$kind is withheld', ({ kind, secret, around }) => {
  const clean = createRedactor([])(`before ${around} after`);
  expect(clean).not.toContain(secret);
  expect(clean).toContain(`[redacted ${kind} 1]`);
  expect(clean.startsWith('before ')).toBe(true);
});

const HARMLESS: readonly string[] = [
  'token is missing',
  'password: null',
  'Invalid token: undefined',
  `secret=$${'{SECRET}'}`,
  'Error: unexpected token } in JSON at position 3',
  'commit 0123456789abcdef0123456789abcdef01234567',
  'at tokenize (/srv/app/src/token.js:12:5)',
  'https://example.com:8080/path',
  'id 550e8400-e29b-41d4-a716-446655440000',
  'password=',
  'password: ********',
  'password=[FILTERED]',
  'password: <hidden>',
  'Token expired',
  'invalid token: signature verification failed',
  'PWD=/home/app/shop',
  'OLDPWD=/root',
  'max_tokens=100000',
  'tokens: 123456',
  'token_type=bearer',
  '    user = login(password=payload.password)',
  '    token = get_token(request)',
  '    const token = await readToken(file);',
  '    password: req.body.password,',
  'auth: { user, pass: authData.pass },',
  '  secret: process.env.SESSION_SECRET,',
  '  password = os.environ["DB_PASSWORD"]',
  'TypeError: Cannot read properties of undefined (reading "token")',
  'password: string;',
  'public record Login(string User, string Password);',
  'key=customer-42',
  'PRIMARY_KEY=customer-number-42',
  'cache key: product:12:price',
  'Authorization header is missing',
  'authorization: required',
  'Basic authentication is not enabled',
  'bearer of bad news arrived early today',
  'no cookie: the session is new',
  '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
  '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----',
  'postgres://db:5432/orders',
  'https://user@example.com/x',
  'git@example.com:acme/shop.git',
  'npm install --ignore-scripts',
  'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  'disk-usage: 12',
  'task-runner-0123456789abcdef failed',
  'risk-assessment-of-the-whole-order-book',
  'at com.acme.auth.TokenService.validate(TokenService.java:12)',
  'main.go:12 +0x1d',
  'trace 4bf92f3577b34da6a3ce929d0e0e4736',
  'SELECT * FROM tokens WHERE id = 12',
  'user: bob, role: admin',
  'eyJ is how a JWT begins',
];
/** What programs, their pages and their errors say where a value would stand. */
const WRITTEN_BY_PROGRAMS: readonly string[] = [
  // Paths of names, members, methods and macros.
  'diesel::update(organization_api_key::table.filter(organization_api_key::uuid.eq(id)))',
  'use jsonwebtoken::errors::Error as JwtErr;',
  'local jwt_secret = bp.jwt_secrets:insert { consumer = { id = consumer.id } }',
  'event_data.password = context->password; free(unpwd->username);',
  'PasswordHash = table.Column<string>(nullable: true), Token = string.Empty;',
  'json_object["viewPassword"] = json!(!hide_passwords);',
  // Types, and names of variables.
  'public internal(set) var credential: URLCredential? {',
  'credential *webauthn.Credential',
  '.filter(source_refresh_token=refresh_token_instance, token=shared_value)',
  'self.request.client_secret = CLEARTEXT_SECRET',
  'public const val LockToken: String = "Lock-Token"',
  // Texts of a page, in any language, and where things lie.
  '"Enter new password": "Kata laluan baru",',
  "'Top Secret' => 'Alto secreto',",
  'token: "https://api.example.com/v1/oauth/token",',
  'private-key = "/some/path/server.key"',
  // Errors, and the ends of texts.
  'file: password: argon2: option salt_length is too small',
  'o.WriteString(format("%s %s", label.Render("Secret Key:"), m.SecretKey))',
  'if(!strcmp(token, "mqttv311")){',
  "access_token: '2 days'",
];

test.each(WRITTEN_BY_PROGRAMS)('%s stays', (text) => {
  expect(createRedactor([])(text)).toBe(text);
});

test('a word in capitals that a shell or a file of variables is given is a value, and no name', () => {
  for (const text of ['APP_SECRET=garden_river', 'export API_TOKEN=garden_river', 'token: "garden_river"'])
    expect(createRedactor([])(text)).not.toContain('garden_river');
});

test.each(HARMLESS)('left as it is: %s', (text) => {
  expect(createRedactor([])(text)).toBe(text);
});

test('a configured secret is found raw, in base64 and URL-encoded, with one placeholder', () => {
  const secret = 'p@ss/w0rd+long';
  const redact = createRedactor([secret]);
  const text = [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret)].join(' | ');
  expect(redact(text).replace(/=/g, '')).toBe(Array(3).fill('[redacted configured-secret 1]').join(' | '));
});

test('of many secrets those that came last keep their placeholder', () => {
  const redact = createRedactor([]);
  const placeholder = (n: number | string): string => redact(`password=swordfish-${n}`).slice('password='.length);
  const first = placeholder('first');
  const others = (from: number, to: number): void => {
    for (let at = from; at < to; at += 1000)
      redact(Array.from({ length: Math.min(1000, to - at) }, (_, n) => `password=swordfish-${at + n}`).join('\n'));
  };
  others(0, 9999);
  expect(placeholder('first')).toBe(first);
  others(10_000, 20_000);
  expect(placeholder('first')).not.toBe(first);
  const long = 'long'.repeat(40);
  expect(placeholder(long)).toBe(placeholder(long));
  // No number is given twice.
  expect(placeholder('another')).toBe('[redacted secret 20003]');
});

test('the same secret keeps its placeholder, another gets its own', () => {
  const redact = createRedactor([]);
  expect(redact('password=first-one password=second-one password=first-one')).toBe(
    'password=[redacted secret 1] password=[redacted secret 2] password=[redacted secret 1]',
  );
});

test('what was known by its place is known wherever it stands in the same text, but for ordinary words', () => {
  const redact = createRedactor([]);
  expect(redact('password="Lantern-4711" sent\nretry ada with Lantern-4711 (Lantern-47112 is another)')).toBe(
    'password="[redacted secret 1]" sent\nretry ada with [redacted secret 1] (Lantern-47112 is another)',
  );
  expect(redact('user=postgres password=postgres host=postgres')).toContain('host=postgres');
});

test.each([
  ['CSV, each row', 'id,login,password\n1,ada,swordfish\n2,bob,"butter,fly"', 'id,login,password\n1,ada,#\n2,bob,"#"'],
  ['bars', '| login | password |\n|-------|----------|\n| ada | swordfish |', '| login | password |\n|-------|----------|\n| ada | # |'],
  ['blanks', 'USER   PASSWORD   ROLE\nada    swordfish  admin', 'USER   PASSWORD   ROLE\nada    #  admin'],
  [
    'no more than its rows',
    'login,password\nada,swordfish\nthe end, my friend, is near',
    'login,password\nada,#\nthe end, my friend, is near',
  ],
  ['counts of tokens', 'name,token\nmodel,1200', 'name,token\nmodel,1200'],
])('under the name of a column: %s', (_, text, told) => {
  expect(createRedactor([])(text).replace(/\[redacted secret \d\]/g, '#')).toBe(told);
});

test('redacting twice changes nothing', () => {
  const redact = createRedactor(['configured-value']);
  for (const { around } of SECRETS) {
    const once = redact(around);
    expect(redact(once)).toBe(once);
  }
});

test('hidden characters go, newlines and tabs stay', () => {
  const redact = createRedactor([]);
  expect(redact('a\u001b[31mred\u001b[0m\u200b\u202eb\r\n\tc\u0007')).toBe('ared' + 'b\n\tc');
});

test('a token split by colours is found', () => {
  const token = fake('ghp', '_', 'A'.repeat(18), '\u001b[0m', 'A'.repeat(18));
  expect(createRedactor([])(token)).toBe('[redacted github-token 1]');
});

test.each([
  ['after a line break that JSON wrote', (token: string) => `{"log":"failed\\n${token}"}`],
  ['after a space of a URL', (token: string) => `q=%20${token}`],
  ['in a URL', (token: string) => `https://x-access-token:${token}@github.test/a.git`],
  ['in quotes', (token: string) => `"${token}"`],
  ['behind an equals sign', (token: string) => `TOKEN=${token}`],
  ['before a comma', (token: string) => `[${token}, 1]`],
  ['split by a colour that JSON wrote', (token: string) => `${token.slice(0, 12)}\\u001b[0m${token.slice(12)}`],
  ['split by a zero-width space', (token: string) => `${token.slice(0, 12)}\u200b${token.slice(12)}`],
  ['split by an 8-bit colour', (token: string) => `${token.slice(0, 12)}\u009b0m${token.slice(12)}`],
])('a token %s', (_name, around) => {
  const token = fake('ghp', '_', 'Ab1'.repeat(12));
  const clean = createRedactor([])(around(token));
  expect(clean).not.toContain(token.slice(0, 12));
  expect(clean).not.toContain(token.slice(-12));
});

test.each([
  ['hexadecimal', (secret: string) => Buffer.from(secret).toString('hex')],
  ['JSON', (secret: string) => JSON.stringify({ a: secret })],
  ['lower-case percent signs', (secret: string) => encodeURIComponent(secret).toLowerCase()],
  ['base64 after a user', (secret: string) => Buffer.from(`app:${secret}`).toString('base64')],
  ['base64 after a longer user', (secret: string) => Buffer.from(`admin:${secret}`).toString('base64')],
  ['base64 within a text', (secret: string) => Buffer.from(`password is ${secret} now`).toString('base64')],
  ['an address', (secret: string) => `smtp://app:${encodeURIComponent(secret)}@mail`],
])('a configured secret as %s', (_name, write) => {
  const secret = 'k"4 s3cret-value/x';
  const written = write(secret.toLowerCase());
  const clean = createRedactor([secret.toLowerCase()])(written);
  expect(clean).toContain('[redacted');
  expect(clean).not.toContain(written);
  expect(Buffer.from(clean, 'base64').toString('latin1')).not.toContain('s3cret');
});

test('a dollar sign in a secret is no pattern of a replacement', () => {
  expect(createRedactor(['pa$$w0rd$&'])('x pa$$w0rd$& y')).toBe('x [redacted configured-secret 1] y');
});

test('found secrets say what they are, and whether they stood in quotes', () => {
  expect(findSecrets(`a: password: "hunter2x", token=abcdef123456 and again hunter2x`)).toEqual([
    { kind: 'secret', value: 'hunter2x', quoted: true },
    { kind: 'secret', value: 'abcdef123456', quoted: false },
  ]);
});

test('how many were withheld', () => {
  expect(countWithheld(createRedactor([])('password=first-one password=second-one password=first-one'))).toBe(2);
  expect(countWithheld('none')).toBe(0);
});

test('an unfinished sequence of a terminal hides no more than its line', () => {
  expect(createRedactor([])('a\u001b]0;title\nTypeError: x')).toBe('a\nTypeError: x');
});

test('hostile texts are read in time that grows with their length', async () => {
  const pieces = [
    ...[
      'password=',
      'password="',
      "password='",
      'token: ',
      '://a:',
      'a://',
      'eyJ-',
      'eyJa.',
      'authorization: ',
      'bearer ',
      'cookie: a=',
      '-----BEGIN ',
    ],
    ...[
      '-----BEGIN A ',
      'A_KEY',
      'A_',
      '--password ',
      'curl ',
      '<password ',
      ';pwd=',
      'ghp_',
      'sk-',
      'xox',
      '\\"',
      '\u001b[',
      '\u001b]',
      '[redacted ',
      'AUTH PLAIN ',
    ],
    ...[
      'key: ',
      'token | ',
      'token\t',
      'secret . ',
      'a_',
      'aB3_',
      '&quot;token',
      ':key ',
      'name=token,',
      '{"token":{',
      'a.b.',
      'openssl -k ',
      'token is ',
      'code=',
      // Structures.
      '"-a", ',
      "'-p' ",
      '[-a, ',
      '[passwords]\na=b\n',
      'passwords:\n a: b\n',
      '"secrets": {"a": "b", ',
      'insert into a (password) values (?) ',
      'update a set token = ? ',
      "token = ? [parameters: ('a', ",
      'your code ',
      '1234 is your ',
      'a b2 ',
    ],
  ];
  for (const piece of pieces) {
    const linear = await isLinear((size) => createRedactor(['configured-value'])(piece.repeat(size / piece.length)), 8000);
    expect({ piece, linear }).toEqual({ piece, linear: true });
  }
});

test('a megabyte of an ordinary log is read in seconds', async () => {
  const line =
    '2026-03-01 12:00:00 ERROR shop.api - request 550e8400 failed for user 12 token=abcdef123456 at total (/srv/app/src/cart.js:12:5)\n';
  const read = (size: number): string => createRedactor(['configured-value'])(line.repeat(size));
  let clean = '';
  const readAll = (): void => {
    clean = read(8000);
  };
  expect(await isDoneWithin(20_000, readAll)).toBe(true);
  expect(clean).not.toContain('abcdef123456');
  expect(await isLinear(read, 250)).toBe(true);
});

/** Known wrong: secrets that are missed. A row that begins to fail here has been mended: move it up. */
const KNOWN_WRONG: readonly (readonly [name: string, text: string, secret: string])[] = [
  ['a bare random value', 'loaded Zm9vYmFyYmF6cXV4Zm9vYmFy', 'Zm9vYmFyYmF6cXV4Zm9vYmFy'],
  ['a password with a slash in a URL', 'postgres://app:pa/ss@db/x', 'pa/ss'],
  ['a secret key of AWS alone', fake('wJalrXUtnFEMI/K7MDENG', '/bPxRfiCYEXAMPLEKEY'), 'wJalrXUtnFEMI'],
  ['a token cut by a line break', fake('ghp', '_', 'A'.repeat(18), '\n', 'A'.repeat(18)), 'A'.repeat(18)],
  ['a password that looks like a property', 'password=my.secret', 'my.secret'],
];

test.each(KNOWN_WRONG)('known wrong: misses %s', (_name, text, secret) => {
  expect(createRedactor([])(text)).toContain(secret);
});
