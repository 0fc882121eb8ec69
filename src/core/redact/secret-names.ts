// What people call a secret, in any language and in the ways in which names are put together. Longer names hold these at their end:
// `DB_PASSWORD`, `aws_secret_access_key`, or before what says which one of several it is: `JWT_SECRET_OLD`, `password2`. A strong name
// makes a secret of whatever stands behind it; behind a middle one stands what somebody has chosen or chance has made; a weak one names
// other things as well (`sort_key`, `session`), so that only a long value that looks drawn is one.

/** `smtp_pass`, `smtpPass` and `dbpass`, not `bypass`; what else it stands at the end of is a middle name. */
const PASS =
  '(?<![A-Za-z]|(?:to|must|should|will)_)_?pass|(?<=[a-z\\d])(?-i:Pass)|(?<=db|sql|pg|user|ftp|mail|smtp|root|admin|require|login|redis|ldap|bind|srv|https?|proxy|app|wifi|remote|local|imap|pop3?|sasl|cert|store|vpn|ssh|rdp|vnc|client|server|service|account|mongo|oracle|rabbit|mqtt?|nexus|git|web)pass';
/** Which one of several. */
const WHICH =
  '(?:s?[_-]?(?:v?\\d{1,2}|sha\\d{1,3}|md5|b?crypt|confirm(?:ation)?|again|repeat(?:ed)?|verify|digest|hash|salt|old|new|current|prev(?:ious)?|prod(?:uction)?|staging|stage|dev|sandbox|live|primary|secondary|enc(?:oded|rypted)?|plain|b64|base64|hex|raw|json|pem|value|private|secret))?';

const STRONG = [
  'pass[_-]?(?:word|wd|phrase|wort|code)',
  PASS,
  'pwd',
  // Without their vowels.
  '(?<![A-Za-z])(?:pswd?|psswd|pswrd|passw(?:rd)?|pword|pwrd)',
  '(?<![A-Za-z])pw|(?<=[a-z\\d])(?-i:P[Ww])|(?<=bind|root|smtp|mail|user|admin|db)pw',
  'senha',
  '(?:security|secret)[ _-]?answer|memorable[ _-]?word',
  'contrase[nñ]a',
  'secret(?:[ _-]?(?:access)?[ _-]?key|[_-]access)?',
  '(?:api|access|account|auth|deploy|encryption|master|private|secret|server|shared|shared[ _-]?access|signing|storage|subscription|validation|decryption|unseal)[ ._-]?key(?: \\d)?',
  '(?:client|consumer|app|webhook|signing|hmac)[ _-]?secret',
  'private[_-]?key[_-]?id',
  'instrumentation[_-]?key',
  'mnemonic(?:[_-]?phrase)?',
  '(?:ed25519|wallet|hd|master|private|bip39)[ _-]seed',
  '(?:recovery|backup|seed)[ _-]?(?:code|key|phrase)',
  'client[_-]?key[_-]?data',
  'secret[_-]?key[_-]?base',
  '(?<!publickey|next|page|next[_-]|page[_-]|continuation|continuation[_-])token|auth_?tok',
  'kennwort|parola|[şs]ifre|كلمة المرور',
  'mot[_ ]de[_ ]passe',
  'wachtwoord',
  'has[lł]o',
  'lösenord(?:et)?|adgangskode|passord|salasana|hesl[oa]|jelsz[óo]|parolă|парол[яи]|лозинка|κωδικός(?: πρόσβασης)?|סיסמה|كلمة السر',
  'पासवर्ड|รหัสผ่าน|mật khẩu|kata sandi|palavra[ -]passe',
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
  '密码|口令|密钥|私钥',
].join('|');

export const NAMES = `(?:${STRONG})${WHICH}`;

/** Keys of stores and of people's tables, which are no secrets. */
const OF_A_STORE =
  'primary|foreign|partition|cache|sort|public|publishable|row|range|hash|unique|idempotency|duplicate|index|object|map|group|shard';
/** Keys of programs' tables as well: of these only a long value that looks drawn is one. */
const NOT_OF = `(?<!(?:${OF_A_STORE}|routing|lock|redis|s3|value|query|lookup|translation|locale|message|config|setting|property|dict|json|feature|flag|metric|label|tag|event|item|field|header|attribute|meta|file|node|parent|record|bucket|document|cluster|version|path|limit|job|task|queue|topic|hot|arrow|list|component|ref|context|mon|don|tur|whis|hoc|joc|press|pressed)[ _-]?)`;

/** What guards something where it looks like a password or like chance. */
export const MIDDLE_NAMES = [
  `${NOT_OF}(?<=[a-z\\d][_.-])key`,
  `${NOT_OF}(?<=[a-z\\d])(?-i:Key)`,
  '(?:priv|auth|app|enc|sign|ssh|aes|rsa|hmac|master|root)keys?',
  '(?:pass(?:word|wd)?|pwd|secret|token|(?:api|[_-])key)s',
  '(?<![A-Za-z])(?:jwt|bearer|pat|psk|csrf|xsrf|sas|sig|sid|otp|pin|hmac|creds?|tkn|scrt)|(?<=[a-z]_)(?:jwt|pat|psk|sid|sig)',
  '(?<=[a-z\\d])(?-i:Jwt|Psk|Creds)',
  'pre[_-]?shared[_-]?key',
  '(?<=[a-z])(?<!by|com|tres|sur|over|under|im|low|high|band)pass|pass(?:in|out)',
  '(?:auth|authori[sz]ation|access|verification|activation|reset|invite|unlock|security|device|user|pairing|license)[ _-]?(?:code|key)',
  'secret[ _-]?id',
  // Whose it is, or where it comes from: `PASSWORD_INPUT`, `db_password_shop`. What is told of one is none.
  '(?<=^|[^A-Za-z])pass(?:word|wd|phrase)(?:_(?!hash|encod|valid|polic|type|class|min|max|len|reset|chang|updat|creat|expir|algo|strength|file|path|ur[il]|form|field|regex|pattern|rule|salt|age|hist|attempt|retr|manager|provider|service|factory|handler|filter|view|template|token|name|require|grant|(?:id|key|is|in|set|last)(?![a-z]))[a-z]{2,12}){1,2}',
  '(?<![A-Za-z])ticket|(?:auth|service|sso)[_-]?ticket',
  '(?<=snmp[\\w-]{0,12})community',
  'code[_-]?verifier|(?:client_)?assertion|saml_?(?:response|request)',
  'honeycomb[_-]team',
  '令牌',
].join('|');

export const WEAK_NAMES = [
  `(?<!(?:${OF_A_STORE})[ _-]?)(?:(?<![A-Za-z])key|(?<=[a-z\\d])(?-i:Key))`,
  'salt|pepper',
  'signature(?:-\\d{3})?',
  'dsn',
  '(?<![A-Za-z])auth',
].join('|');

/** A strong name, to be asked before anything that is more costly to make. */
export const NAMED = new RegExp(NAMES, 'i');

/** What all names of secrets end with, or begin with, and what may follow within the name. */
export const ENDS_OF_NAMES =
  '(?:pass|pwd|pw|psw|psswd|pword|tkn|scrt|answer|memorable|lösenord|adgangskode|passord|salasana|hesl[oa]|jelsz[óo]|parol[ăae]?|парол[ьяи]|лозинка|κωδικός|πρόσβασης|סיסמה|السر|पासवर्ड|รหัสผ่าน|mật khẩu|kata sandi|palavra[ -]passe|senha|contrase[nñ]a|secret|key|phrase|seed|code|token|mnemonic|kennwort|parola|ifre|المرور|mot[_ ]de|wachtwoord|has[lł]o|пароль|パスワード|비밀번호|密码|口令|密钥|私钥|令牌|auth|cred|session|sid|jwt|bearer|pat|psk|csrf|xsrf|sas|sig|otp|pin|hmac|ticket|community|verifier|assertion|saml|team|salt|pepper|dsn)[\\w-]{0,30}(?:[ _]id)?(?: \\d)?';

/** Lower-case words of which one is in every text with such a name. */
export const NAME_WORDS: readonly string[] = [
  ...[
    'pass',
    'pwd',
    'psw',
    'psswd',
    'pword',
    'senha',
    'answer',
    'memorable',
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
  ...[
    'kennwort',
    'mot',
    'wachtwoord',
    'has',
    ...['lösenord', 'adgangskode', 'salasana', 'hesl', 'jelsz', 'parol', 'парол', 'лозинка', 'κωδικ', 'סיסמה', 'السر', 'पासवर्ड'],
    ...['รหัสผ่าน', 'mật khẩu', 'kata sandi', 'palavra'],
    'パスワード',
    '비밀번호',
    'connect.sid',
    'aspnetcore',
    '密',
    '口令',
    '私钥',
    'pw',
    'parola',
    'ifre',
    'المرور',
  ],
];

export const MIDDLE_WORDS: readonly string[] = [
  ...[
    'key',
    'pass',
    'pwd',
    'secret',
    'token',
    'jwt',
    'bearer',
    'pat',
    'psk',
    'csrf',
    'xsrf',
    'sas',
    'sig',
    'sid',
    'otp',
    'pin',
    'hmac',
    'tkn',
    'scrt',
  ],
  ...['cred', 'code', 'ticket', 'community', 'verifier', 'assertion', 'saml', 'team', '令牌'],
];
export const WEAK_WORDS: readonly string[] = ['key', 'salt', 'pepper', 'signature', 'dsn', 'auth'];

/** What stands behind such a word is an id, a hash or a mark, whatever it looks like. */
export const NAMES_AN_ID =
  /(?:(?:\b|_|-)ids?|[a-z](?-i:I[dD])s?|\bkid|etag|none-match|digest|hash|checksum|integrity|fingerprint|revision|cursor|continuation|\bjti|clid|\bbh)["'\]]{0,2}(?:\s?[:=]\s?|\s)[\\"'([<]{0,3}(?:[Ww]\/\\?["'])?$|\b[Ww]\/\\?["']$|boundary=$|\b(?:next|page|continuation)[_-]?(?:page[_-]?)?token["']?\s?[:=]\s?["']?$|\|1\|(?:[\w+/]{27}=\|)?$|\b(?:sha-?\d{1,3}|md5|h1)[:=]$|\b(?:file|document|object|page|row|record|message|event|job|run|build|task|order|node|item|image|entity)s? (?:was |is )?(?:not found|missing|unknown|deleted|gone)[:,]?\s["'(]?$|\b(?:hash(?:es)?|checksums?|digests?|integrity)\b[^\n]{0,160}\b(?:expected|actual|got|wanted|found|computed|but was|received)\b:?\s["'`(]?$/i;

/** What a record, a machine or a person is called by: what stands behind such a word is its name, however it looks. */
export const THING_NAMES =
  '(?:ids?|uuid|guid|user|account|client|tenant|app|application|kid|trace|span|request|commit|revision|digest|hash|checksum|etag|container|image|pod|job|run|build|order|event|host|node|instance|session|serial|fingerprint|index|row|document|message|entity|object|version|resource|role|principal|bucket|queue|topic|class|file|path|name|cid|pin|peer|address|block|tx|transaction|nonce|deployment|deploy|release|volume|network|snapshot|layer|lease|asset|blob|artifact|package|module|table|partition|shard|replica|cluster|disk|stream)';

/** What is told to everybody: the half of a pair that is public, what a name server or a protocol says aloud. */
export const IS_PUBLIC =
  /(?:(?:public|(?:\b|_)(?:pub|peer|host|site|publishable|verif\w{0,12}))[ _-]?keys?(?:["'\]]{0,2}\s?[:=]\s?|\s)["'(]?|\brecipients?:?\s|"(?:n|x|y|e|x5t(?:#S256)?|x5c)"\s?:\s?\[?"|\b(?:C?DNSKEY|RRSIG|TLSA|SSHFP|OPENPGPKEY)\s[\w. ]{0,40}|-bin:\s|\bkey (?:that matches|with (?:id|kid))\s["']|\b(?:program|mint)\s)$/i;
