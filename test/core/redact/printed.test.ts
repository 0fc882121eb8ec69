// A password as languages print it and as complaints quote it: an ordinary word, so that nothing but its place tells.
import { createRedactor } from '../../../src/core/redact/redact.ts';

const WORD = 'noodles';
const redact = (text: string): string => createRedactor([])(text);

test.each([
  ['Rust, over lines', 'Config {\n    password: Some(\n        "noodles",\n    ),\n}'],
  ['Rust, a type of its own', 'token: Ok(1), key: Password("noodles")'],
  ['Rust, a command', '"x" "--password" "noodles"'],
  ['Go, a slice', 'url.Values{"password":[]string{"noodles"}}'],
  ['Go, bytes', 'login{Password:[110 111 111 100]}'],
  ['Python, bytes that change', "{'password': bytearray(b'noodles')}"],
  ['Node, a set', "  password: Set(1) { 'noodles' }"],
  ['Node, pairs', "[ [ 'password', 'noodles' ] ]"],
  ['Node, a table', "│ (index) │ user  │ password  │\n│ 0       │ 'ada' │ 'noodles' │"],
  ['Ruby, a set', '{:password=>#<Set: {"noodles"}>}'],
  ['Ruby, pairs', '[["email", "a@b.c"], ["password", "noodles"]]'],
  ['PHP, stored', 'a:1:{s:8:"password";s:7:"noodles";}'],
  ['PHP, encoded', 'user%5Bpassword%5D=noodles'],
  ['Erlang', '[{password,"noodles"}]'],
  ['Elixir', '{:password, "noodles"}'],
  ['Haskell', 'Config {password = Just "noodles"}'],
  ['Java, more than a word', '{port=1, db.password=noodles pie, user=ada}'],
  ['Java, arguments', '[--user, ada, --password, noodles]'],
  ['PowerShell', 'Name       Value\n----       -----\npassword   noodles'],
  ['gdb', 'db_connect (host=0x555555556010 "db", password=0x555555556020 "noodles") at db.c:42'],
  ['a file of properties', 'keyStorePassword=my\\:noodles'],
  ['XML', '<entry key="password">noodles</entry> <password><![CDATA[noodles]]></password>'],
  ['a form', '<input type="hidden" value="noodles" name="password">'],
  ['JSON in an address', '%22password%22%3A%22noodles%22'],
  ['a default', "process.env.DB_PASSWORD || 'noodles'"],
  ['a default of a shell', 'POSTGRES_PASSWORD: $' + '{DB_PASSWORD:-noodles}'],
  ['a comparison', 'assert password != "noodles"'],
  ['a call', 'builder.password("noodles") getProperty("password", "noodles")'],
  ['a list', "passwords: ['swordfish', 'noodles']"],
  ['a pair', 'driver("bolt://db", auth=("ada", "noodles"))'],
  ['a variable in a sentence', 'agent: SHOP_AGENT_SECRET "noodles" mismatch'],
  ['handed to a program', "echo 'noodles' | openconnect --user=ada --passwd-on-stdin vpn"],
  ['SQL, in capitals', "ALTER LOGIN APP WITH PASSWORD = N'noodles'"],
  ['a directive', 'sentinel auth-pass mymaster noodles3272\nsentinel down-after 5000'],
  ['without its vowels', '{"usr":"edi","psw":"noodles"}'],
  ['the audit of Linux', 'argc=4 a0="curl" a1="-u" a2="deploy:noodles-591" a3="https://nexus.test/"'],
  ['a file of secrets', '# client\tserver\tsecret\tIP addresses\nvpnuser\tl2tpd\tnoodles60\t*'],
  ['German', 'Das Passwort für den Benutzer ada lautet noodles, bitte ändern.'],
])('%s', (_, text) => {
  expect(redact(text)).not.toMatch(/noodles|110/);
});

test.each([
  ['Go', `invalid value "${WORD}" for flag -password: parse error`],
  ['cobra', `invalid argument "${WORD}" for "--db-password" flag: parsing "${WORD}": invalid syntax`],
  ['clap', `error: invalid value '${WORD}' for '--password <WORD>': too short`],
  ['argparse', `argument --password: invalid int value: '${WORD}'`],
  ['click', `Invalid value for '--password': '${WORD}' is not a valid integer.`],
  ['MySQL', `Incorrect integer value: '${WORD}' for column 'password' at row 1`],
  ['Jackson', `from String "${WORD}": not a valid \`int\` value (through reference chain: x.Login["password"])`],
  ['pydantic', `password\n  Input should be a valid integer [type=int_parsing, input_value='${WORD}', input_type=str]`],
  ['pydantic, as a list', `{'loc': ('body', 'password'), 'msg': 'too short', 'input': '${WORD}'}`],
  ['Mongoose, with its length', `password: Path \`password\` (\`${WORD}\`, length 10) is shorter than the minimum`],
  ['Joi', `"password" with value "${WORD}" fails to match the required pattern`],
  ['Mongoose', `password: Path \`password\` (\`${WORD}\`) is shorter than the minimum`],
  ['Spring', `Field error in object 'user' on field 'password': rejected value [${WORD}]`],
  ['Bean Validation', `propertyPath=password, rootBeanClass=class x.User, invalidValue=${WORD}`],
  ['JSON Schema', `'${WORD}' is too short\n\nOn instance['password']:\n    '${WORD}'`],
])('a complaint: %s', (_, text) => {
  expect(redact(text)).not.toContain(WORD);
});

test.each([
  // A constructor of an id, a translation, a variable, a field, a list of rules, a pass of something.
  "documentKey: ObjectId('bf4a7f9274b1169406cc48e3')",
  'secret = Env("CLIENT_SECRET_VALUE")',
  "'password' => ['required', 'string', 'min:8']",
  '"password": ["This field is required."]',
  'String[] fields = {"password", "email"};',
  'Password string `json:"password"`',
  'login(user=user, password=pwd)',
  "password: &'a str,",
  "to_pass => [ 'test_this_always' ],",
  'ALL=(ALL) NOPASSWD: ALL',
  'AWS Console → Security credentials → Access keys → Create access key',
  'cannot convert "str" to int for field password',
  'Unknown column "name" in "field list" of passwords',
  'Name      Value\n----      -----\ntoken     enabled',
  // Ways to sign in, what is told of a password, a name that is told of many.
  "auth=['ldap', 'local']",
  'PASSWORD_HASHER=Pbkdf2Sha256',
  'secrets "shop-db-nnwu3au426" not found in namespace prod',
  'X-Cache-Key: lantern038',
])('stays: %s', (text) => {
  expect(redact(text)).toBe(text);
});

test('a word that was a password once is one in quotes, and a name with its value is none', () => {
  expect(redact('{"login":"wanderer","password":"wanderer"} wanderer {"wanderer": 1}')).toBe(
    '{"login":"[redacted secret 1]","password":"[redacted secret 1]"} wanderer {"wanderer": 1}',
  );
});
