import { createRedactor } from '../../src/core/redact.ts';

/** Built from pieces so that no scanner takes this file for a leak. */
const fake = (...pieces: readonly string[]): string => pieces.join('');
const HEX40 = '0123456789abcdef0123456789abcdef01234567';

const SECRETS = (
  [
    ['github-token', fake('ghp', '_', 'A'.repeat(36))],
    ['github-token', fake('github', '_pat_', 'B'.repeat(60))],
    ['gitlab-token', fake('gl', 'pat-', 'c'.repeat(20))],
    ['anthropic-key', fake('sk-', 'ant-api03-', 'd'.repeat(40))],
    ['openai-key', fake('sk-', 'proj-', 'e'.repeat(40))],
    ['aws-key-id', fake('AK', 'IA', 'F'.repeat(16))],
    ['slack-token', fake('xo', 'xb-', '1234567890-abc')],
    ['google-key', fake('AI', 'za', 'g'.repeat(35))],
    ['stripe-key', fake('sk', '_live_', 'h'.repeat(24))],
    ['npm-token', fake('npm', '_', 'i'.repeat(36))],
    ['jwt', fake('eyJ', 'hbGciOiJIUzI1NiJ9.', 'eyJ', 'zdWIiOiIxMjM0In0.', 'j'.repeat(30))],
    ['private-key', fake('-----BEGIN ', 'RSA PRIVATE KEY-----\nMIIabc\n-----END ', 'RSA PRIVATE KEY-----')],
    ['private-key', fake('-----BEGIN ', 'PRIVATE KEY-----\ncut off by a length cap')],
    ['url-password', 'hunter2x', 'connecting to postgres://app:hunter2x@db:5432/orders'],
    ['authorization', HEX40, `Authorization: Bearer ${HEX40}`],
    ['secret', 'correct-horse', 'password=correct-horse'],
    ['secret', 'correct horse', '{"password": "correct horse"}'],
    ['secret', 'abcdef123456', "api_key: 'abcdef123456'"],
    ['secret', 'abcdef123456', 'client_secret => abcdef123456'],
  ] as const satisfies readonly (readonly [kind: string, secret: string, around?: string])[]
).map(([kind, secret, around]) => ({ kind, secret, around: around ?? secret }));

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
];

test.each(HARMLESS)('left as it is: %s', (text) => {
  expect(createRedactor([])(text)).toBe(text);
});

test('a configured secret is found raw, in base64 and URL-encoded, with one placeholder', () => {
  const secret = 'p@ss/w0rd+long';
  const redact = createRedactor([secret]);
  const text = [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret)].join(' | ');
  expect(redact(text).replace(/=/g, '')).toBe(Array(3).fill('[redacted configured-secret 1]').join(' | '));
});

test('the same secret keeps its placeholder, another gets its own', () => {
  const redact = createRedactor([]);
  expect(redact('password=first-one password=second-one password=first-one')).toBe(
    'password=[redacted secret 1] password=[redacted secret 2] password=[redacted secret 1]',
  );
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

/** Known wrong: secrets that are missed. A row that begins to fail here has been mended: move it up. */
const KNOWN_WRONG: readonly (readonly [name: string, text: string, secret: string])[] = [
  ['a bare random value', 'loaded Zm9vYmFyYmF6cXV4Zm9vYmFy', 'Zm9vYmFyYmF6cXV4Zm9vYmFy'],
  ['a password in prose', 'the password is swordfish', 'swordfish'],
  ['a value split over two lines', 'password=\n  swordfish', 'swordfish'],
];

test.each(KNOWN_WRONG)('known wrong: misses %s', (_name, text, secret) => {
  expect(createRedactor([])(text)).toContain(secret);
});
