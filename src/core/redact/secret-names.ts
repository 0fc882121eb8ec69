// What people call a secret, in any language and in the ways in which names are put together. Longer names hold these at their end:
// `DB_PASSWORD`, `aws_secret_access_key`. A strong name makes a secret of whatever stands behind it; a weak one names other
// things as well (`sort_key`, `session`), so that only a value that looks drawn is one.

/** `smtp_pass` and `smtpPass`, not `bypass`. */
const PASS = '(?<![A-Za-z])_?pass|(?<=[a-z\\d])(?-i:Pass)';

export const NAMES = [
  'pass(?:word|wd|phrase|wort|code)(?:[_-]?hash)?',
  PASS,
  'pwd',
  'senha',
  'contrase[nñ]a',
  'secret(?:[ _-]?(?:access)?[ _-]?key|[_-]access)?',
  '(?:api|access|account|auth|deploy|encryption|master|private|secret|server|shared|shared[ _-]?access|signing|storage|subscription|validation|decryption)[ ._-]?key(?:[_-]?(?:base64|data|hex|pem|value))?',
  '(?:client|consumer|app|webhook|signing|hmac)[ _-]?secret',
  'private[_-]?key[_-]?id',
  'instrumentation[_-]?key',
  'mnemonic',
  '(?:recovery|backup|seed)[ _-]?(?:code|key|phrase)',
  'client[_-]?key[_-]?data',
  'secret[_-]?key[_-]?base',
  '(?<!publickey)token',
  'kennwort',
  'mot[_ ]de[_ ]passe',
  'wachtwoord',
  'has[lł]o',
  'пароль',
  'パスワード',
  '비밀번호',
  '(?<![\\w-])_?auth(?=["\']?=)',
  'credentials?',
  'session[_-]?id',
  'jsessionid',
  'phpsessid',
  'connect\\.sid',
  '(?<=[._-])session',
  '密码',
  '口令',
  '密钥',
].join('|');

/** Keys of stores and of people's tables, which are no secrets. */
const NOT_OF =
  '(?<!(?:primary|foreign|partition|cache|sort|public|publishable|row|range|hash|unique|idempotency|duplicate|index|object|map|group|shard)[ _-]?)';
export const WEAK_NAMES = [
  `${NOT_OF}(?<![A-Za-z])key`,
  `${NOT_OF}(?<=[a-z\\d])(?-i:Key)`,
  'salt',
  'signature(?:-\\d{3})?',
  'pin',
  'dsn',
  '(?<![A-Za-z])auth',
  '(?<![A-Za-z])sid',
].join('|');

/** Lower-case words of which one is in every text with such a name. */
export const NAME_WORDS: readonly string[] = [
  ...[
    'pass',
    'pwd',
    'senha',
    'contrase',
    'secret',
    'key',
    'token',
    'auth',
    'credential',
    'session',
    'phpsessid',
    'instrumentation',
    'mnemonic',
    'recovery',
    'backup',
    'seed',
  ],
  ...['kennwort', 'mot', 'wachtwoord', 'has', 'пароль', 'パスワード', '비밀번호', 'connect.sid', 'aspnetcore', '密', '口令'],
];

export const WEAK_WORDS: readonly string[] = ['key', 'salt', 'signature', 'pin', 'dsn', 'auth', 'sid'];

/** What a record, a machine or a person is called by: what stands behind such a word is its name, however it looks. */
export const THING_NAMES =
  '(?:ids?|uuid|guid|user|account|client|tenant|app|application|kid|trace|span|request|commit|revision|digest|hash|checksum|etag|container|image|pod|job|run|build|order|event|host|node|instance|session|serial|fingerprint|index|row|document|message|entity|object|version|resource|role|principal|bucket|queue|topic|class|file|path|name|cid|pin|peer|address|block|tx|transaction|nonce|deployment|deploy|release|volume|network|snapshot|layer|lease|asset|blob|artifact|package|module|table|partition|shard|replica|cluster|disk|stream)';
