// Given values → configuration or problems, without any file or environment of this machine.
import { givenByFile, givenByVariables } from '../../src/config/given.ts';
import { nearestKey } from '../../src/config/problems.ts';
import { type Config, KEY_NAMES, KEYS } from '../../src/config/schema.ts';
import { type Checked, validate } from '../../src/config/validate.ts';
import { FORGE_KINDS } from '../../src/core/tables.ts';

type Variables = Readonly<Record<string, string>>;

function check(file: unknown, variables: Variables = {}): Checked | { readonly problems: readonly string[] } {
  const readings = [givenByVariables(variables, 'environment'), givenByFile(file, 'rc')];
  const checked = validate(
    readings.flatMap((one) => one.given),
    '/state',
  );
  const problems = [...readings.flatMap((one) => one.problems), ...('problems' in checked ? checked.problems : [])];
  if (problems.length > 0 || 'problems' in checked) return { problems: problems.map((one) => `${one.key} in ${one.where}: ${one.detail}`) };
  return checked;
}

function configOf(file: unknown, variables: Variables = {}): Config {
  const checked = check(file, variables);
  if ('problems' in checked) throw new Error(checked.problems.join('\n'));
  return checked.config;
}

function problemsOf(file: unknown, variables: Variables = {}): readonly string[] {
  const checked = check(file, variables);
  return 'problems' in checked ? checked.problems : [];
}

describe('values', () => {
  const rows: readonly (readonly [string, unknown, Variables, (config: Config) => unknown, unknown])[] = [
    ['nothing given', {}, {}, (c) => [c.claude.mode, c.policy.draft, c.state.dir, c.language], ['code_blocks', true, '/state', 'en']],
    ['file value', { claude: { mode: 'agentic' } }, {}, (c) => c.claude.mode, 'agentic'],
    ['environment beats file', { claude: { mode: 'agentic' } }, { CLAUDE_FIX_MODE: 'code_blocks' }, (c) => c.claude.mode, 'code_blocks'],
    ['empty variable is unset', { logs: ['a'] }, { LOG_FILE_PATH: '  ' }, (c) => c.logs, ['a']],
    ['comma list', {}, { LOG_FILE_PATH: 'a.log, b/*.log,' }, (c) => c.logs, ['a.log', 'b/*.log']],
    ['keywords', {}, { KEYWORDS: 'OOPS' }, (c) => c.keywords, ['OOPS']],
    ['debounce is in seconds', {}, { DEBOUNCE_SECONDS: '1.5' }, (c) => c.detect.quietMs, 1500],
    ['one test command with a comma', {}, { VERIFY_TEST: 'npm test -- a,b' }, (c) => c.verify.test, ['npm test -- a,b']],
    ['arguments as JSON', {}, { CLAUDE_ARGS: '["--model","a b"]' }, (c) => c.claude.args, ['--model', 'a b']],
    ['arguments as words', {}, { CLAUDE_ARGS: `--model 'a b' $HOME` }, (c) => c.claude.args, ['--model', 'a b', '$HOME']],
    ['database path', {}, { TRACE_DB_PATH: '/var/lib/traces.db' }, (c) => [c.state.dir, c.state.file], ['/var/lib', 'traces.db']],
    ['database directory', {}, { TRACE_DB_PATH: '/var/lib/x/' }, (c) => [c.state.dir, c.state.file], ['/var/lib/x/', 'ai-ops.sqlite']],
    [
      'limits',
      {},
      { MAX_REPAIRS_PER_DAY: '0', MAX_USD_PER_DAY: '2.5' },
      (c) => [c.policy.maxRepairsPerDay, c.policy.maxUsdPerDay],
      [0, 2.5],
    ],
    ['schema key is for editors', { $schema: './x' }, {}, (c) => c.language, 'en'],
    [
      'mail follows from host and receiver',
      {},
      { SMTP_SERVER: 'h', RECEIVER_EMAIL: 'a@b.c,d@e.f', SMTP_USER: 'me@b.c' },
      (c) => c.mail.enabled,
      true,
    ],
    ['sender follows from user', {}, { SMTP_SERVER: 'h', RECEIVER_EMAIL: 'a@b.c', SMTP_USER: 'me@b.c' }, (c) => c.mail.from, 'me@b.c'],
    ['mail switched off', {}, { EMAIL_ENABLED: 'false', SMTP_SERVER: 'h', RECEIVER_EMAIL: 'a@b.c' }, (c) => c.mail.enabled, false],
    ['port 465 is TLS from the start', { mail: { port: 465 } }, {}, (c) => c.mail.secure, true],
    ['TLS from the start is port 465', { mail: { secure: true } }, {}, (c) => c.mail.port, 465],
    ['GITHUB_REPO chooses GitHub', {}, { GITHUB_REPO: 'a/b' }, (c) => [c.codeHost.kind, c.codeHost.project], ['github', 'a/b']],
    ['GITLAB_PROJECT chooses GitLab', {}, { GITLAB_PROJECT: 'g/s/p' }, (c) => [c.codeHost.kind, c.codeHost.project], ['gitlab', 'g/s/p']],
    [
      'variables of the other host are not ours',
      {},
      { CODE_HOST: 'gitlab', GITHUB_API_URL: 'https://ghe.example.org/api/v3', GITLAB_BASE_URL: 'https://git.example.org' },
      (c) => c.codeHost.baseUrl,
      'https://git.example.org',
    ],
    ['CI sets the public API address everywhere', {}, { GITHUB_API_URL: 'https://api.github.com' }, (c) => c.codeHost.kind, 'auto'],
    [
      'loopback may speak plain http',
      { codeHost: { baseUrl: 'http://127.0.0.1:8080' } },
      {},
      (c) => c.codeHost.baseUrl,
      'http://127.0.0.1:8080',
    ],
    ['a text to ignore is no expression', { detect: { ignore: ['(', '/a.b/i'] } }, {}, (c) => c.detect.ignore, ['(', '/a.b/i']],
    ['encodings by any name', { detect: { encoding: 'GBK' } }, {}, (c) => c.detect.encoding, 'GBK'],
    ['commands are found unless given', {}, {}, (c) => c.verify.test, null],
    ['no command at all', { verify: { test: [] } }, {}, (c) => c.verify.test, []],
    [
      'patterns about secrets are no secrets',
      { detect: { ignore: ['/token: [a-z]{9}/'] } },
      {},
      (c) => c.detect.ignore,
      ['/token: [a-z]{9}/'],
    ],
    ['ssh remote with its user', { repo: { url: 'ssh://git@example.org/a.git' } }, {}, (c) => c.repo.url, 'ssh://git@example.org/a.git'],
  ];
  test.each(rows)('%s', (_name, file, variables, pick, expected) => {
    expect(pick(configOf(file, variables))).toEqual(expected);
  });
});

describe('problems', () => {
  const rows: readonly (readonly [string, unknown, Variables, readonly string[]])[] = [
    ['unknown key', { claude: { moed: 'agentic' } }, {}, ['claude.moed in rc: unknown key; did you mean claude.mode?']],
    ['key in the wrong section', { minCount: 2 }, {}, ['minCount in rc: unknown key; did you mean policy.minCount?']],
    ['a variable as key', { LOG_FILE_PATH: 'x' }, {}, ['LOG_FILE_PATH in rc: unknown key; did you mean logs?']],
    ['nothing near', { zzzzzzzzzz: 1 }, {}, ['zzzzzzzzzz in rc: unknown key; `ai-ops config` lists the keys there are']],
    [
      'prototype names are no keys',
      JSON.parse('{"__proto__":{"a":1},"constructor":1}'),
      {},
      [
        '__proto__ in rc: unknown key; `ai-ops config` lists the keys there are',
        'constructor in rc: unknown key; `ai-ops config` lists the keys there are',
      ],
    ],
    ['wrong type', { policy: { draft: 'maybe' } }, {}, ['policy.draft in rc: expected true or false, got "maybe"']],
    [
      'numbers are not guessed from text',
      { policy: { maxFiles: '3' } },
      {},
      ['policy.maxFiles in rc: expected a whole number from 1 to 10000, got "3"'],
    ],
    ['section of the wrong type', { repo: 'x' }, {}, ['repo in rc: expected an object with url, path, baseBranch, subdir']],
    ['not an object', ['x'], {}, ['the whole file in rc: expected an object of keys']],
    [
      'unparsable limit',
      {},
      { MAX_REPAIRS_PER_DAY: '5 apples' },
      ['policy.maxRepairsPerDay in environment MAX_REPAIRS_PER_DAY: expected a whole number from 0 to 100000'],
    ],
    [
      'exponents are no limits',
      {},
      { MAX_FILES: '1e3' },
      ['policy.maxFiles in environment MAX_FILES: expected a whole number from 1 to 10000'],
    ],
    [
      'a program by a relative path, which is another file in every directory',
      { claude: { command: './claude' } },
      {},
      ['claude.command in rc: expected the name of a program on the PATH, or its absolute path, got "./claude"'],
    ],
    [
      'port out of range',
      {},
      { SMTP_PORT: '70000' },
      ['mail.port in environment SMTP_PORT: expected a whole number from 1 to 65535, got 70000'],
    ],
    [
      'debounce',
      {},
      { DEBOUNCE_SECONDS: 'soon' },
      ['detect.quietMs in environment DEBOUNCE_SECONDS: expected a number of seconds such as 0.5'],
    ],
    [
      'wrong value below a right one',
      { claude: { mode: 'x' } },
      { CLAUDE_FIX_MODE: 'agentic' },
      ['claude.mode in rc: expected one of code_blocks, agentic, got "x"'],
    ],
    [
      'receiver that smuggles another',
      {},
      { RECEIVER_EMAIL: 'a@b.c\r\nBcc: e@f.g' },
      [
        'mail.to in environment RECEIVER_EMAIL: expected a list of mail addresses such as ["ops@example.org", "Ops <ops@example.org>"], entry 1 of 1 is none: a text of 17 characters',
      ],
    ],
    [
      'plain http',
      { codeHost: { baseUrl: 'http://git.example.org' } },
      {},
      [
        'codeHost.baseUrl in rc: expected an https:// address without user or password (http:// for loopback addresses only), or null, got a string that is not shown here',
      ],
    ],
    [
      'mail without receiver',
      {},
      { EMAIL_ENABLED: 'true', SMTP_SERVER: 'h', SMTP_USER: 'a@b.c' },
      ['mail.to in environment EMAIL_ENABLED: is missing though mail is on; set it or RECEIVER_EMAIL'],
    ],
    [
      'both hosts',
      {},
      { GITHUB_REPO: 'a/b', GITLAB_PROJECT: 'a/b' },
      [`codeHost.kind in environment GITHUB_REPO: is set beside environment GITLAB_PROJECT; set CODE_HOST to ${FORGE_KINDS.join(' or ')}`],
    ],
    [
      'unknown encoding',
      { detect: { encoding: 'klingon' } },
      {},
      [
        'detect.encoding in rc: expected `auto` or an encoding: utf-8, utf-16le, utf-16be, gb18030, gbk, big5, shift_jis, euc-jp, euc-kr, koi8-r, windows-1250 to windows-1258, iso-8859-2 to iso-8859-16, got "klingon"',
      ],
    ],
    [
      'bad expression',
      { detect: { ignore: ['/(/'] } },
      {},
      [
        'detect.ignore in rc: expected a list of texts or regular expressions, for example ["healthcheck", "/time.?out/i"], got one that cannot be used: Invalid regular expression: /(/: Unterminated group',
      ],
    ],
    [
      'an expression that has to go back',
      { detect: { ignore: ['healthcheck', '/(?=a)b/'] } },
      {},
      [
        'detect.ignore in rc: expected a list of texts or regular expressions, for example ["healthcheck", "/time.?out/i"], got one that cannot be used: `(?=` is not known here',
      ],
    ],
    [
      'all at once',
      { language: 'fr', foo: { bar: 1 } },
      { SMTP_PORT: 'x' },
      [
        'mail.port in environment SMTP_PORT: expected a whole number from 1 to 65535',
        'foo in rc: unknown key; `ai-ops config` lists the keys there are',
        'language in rc: expected one of en, zh, auto, got "fr"',
      ],
    ],
  ];
  test.each(rows)('%s', (_name, file, variables, expected) => {
    expect(problemsOf(file, variables)).toEqual(expected);
  });
});

describe('secrets in a file are refused, named by variable, never shown', () => {
  const secret = 'hunter2-hunter2';
  const rows: readonly (readonly [string, unknown, string])[] = [
    ['by name', { githubToken: secret }, 'GITHUB_TOKEN'],
    ['in a section', { mail: { password: secret } }, 'SMTP_PASSWORD'],
    ['as a variable', { SMTP_PASSWORD: secret }, 'SMTP_PASSWORD'],
    ['GitLab', { codeHost: { gitlabToken: secret } }, 'GITLAB_TOKEN'],
    ['Claude', { claude: { apiKey: secret } }, 'ANTHROPIC_API_KEY'],
    ['deep in something unknown', { github: { auth: { token: secret } } }, 'GITHUB_TOKEN'],
    ['by form, in a pattern', { detect: { ignore: [`ghp_123456789012345678901234 ${secret}`] } }, 'GITHUB_TOKEN'],
    ['by form, in a list', { claude: { args: [`--key=sk-ant-${secret}`] } }, 'ANTHROPIC_API_KEY'],
    ['password in an address', { repo: { url: `https://me:${secret}@example.org/a.git` } }, 'GITHUB_TOKEN'],
    ['token in an address', { repo: { url: `https://${secret}@example.org/a.git` } }, 'GITHUB_TOKEN'],
  ];
  test.each(rows)('%s', (_name, file, variable) => {
    const text = problemsOf(file).join('\n');
    expect(text).toContain(variable);
    expect(text).not.toContain(secret);
  });
});

test.each([
  ['fixMode', 'claude.mode'],
  ['claude.timeoutSecond', 'claude.timeoutSeconds'],
  ['polcy.maxFiles', 'policy.maxFiles'],
  ['verify.tests', 'verify.test'],
  ['mail.receiver', undefined],
])('nearest key of %s', (name, expected) => {
  expect(nearestKey(name)).toBe(expected);
});

describe('a limit that cannot be read refuses to start, as a file and as a variable', () => {
  const limits = KEY_NAMES.filter((key) => /^(policy|verify|dedupe|claude)\.(min|max|timeout|window)/.test(key));
  const wrong = ['ten', '-1', 'NaN', 'Infinity', '1e999', '1e3', '0x10', '5 apples', '99999999999999999999', 'null'];
  const files = ['10', '', -1, Number.NaN, Number.POSITIVE_INFINITY, null, true, [5], {}];

  test('every one of them is looked at', () => expect(limits.length).toBeGreaterThan(12));

  test.each(limits.flatMap((key) => KEYS[key].env.flatMap((name) => wrong.map((text) => [name, text] as const))))('%s=%s', (name, text) => {
    expect(problemsOf({}, { [name]: text })).toEqual([expect.stringContaining(name)]);
  });

  test.each(limits.flatMap((key) => files.map((value) => [key, value] as const)))('%s: %p', (key, value) => {
    const [section = '', name = ''] = key.split('.');
    expect(problemsOf({ [section]: { [name]: value } })).toEqual([expect.stringContaining(key)]);
  });
});
