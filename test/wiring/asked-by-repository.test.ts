// One rule: a file of the repository under repair runs nothing with what is the user's, opens no file outside of its repository,
// sends no secret anywhere and takes no wall down, unless the user has named it. Each key that reaches so far has its rows here:
// real files in a checkout, whole commands in this process, a program that leaves a mark, files with a word that must not be seen.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProcesses } from '../../src/adapters/process/processes.ts';
import { loadConfig } from '../../src/config/load.ts';
import { KEY_NAMES, KEYS, type Key } from '../../src/config/schema.ts';
import { commandVariables } from '../../src/wiring/command-variables.ts';
import { wireSandbox } from '../../src/wiring/sandbox.ts';
import { wireNotifiers } from '../../src/wiring.ts';
import { runCli } from '../support/cli-world.ts';
import { git } from '../support/git-program.ts';

const WORD = 'canary-of-a-private-file';
let root: string;
let checkout: string;
let home: string;
/** Logs are named from the working directory. */
const before = process.cwd();
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'ai-ops-asked-'));
  [checkout, home] = [join(root, 'app'), join(root, 'home')];
  mkdirSync(join(home, 'papers'), { recursive: true });
  mkdirSync(join(home, 'var/log'), { recursive: true });
  for (const file of ['papers/diary.txt', '.bash_history', 'var/log/current']) writeFileSync(join(home, file), `ERROR ${WORD}\n`);
  writeFileSync(join(home, 'mark.sh'), `#!/bin/sh\ntouch ${join(root, 'ran')}\necho '2.1.197 (Claude Code)'\n`);
  chmodSync(join(home, 'mark.sh'), 0o755);
  await git(root, 'init', '-q', '-b', 'main', checkout);
  writeFileSync(join(checkout, '.gitignore'), '*.log\n');
  await git(checkout, 'add', '.');
  await git(checkout, '-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'a');
  await git(root, 'clone', '-q', checkout, join(home, 'other'));
  process.chdir(checkout);
});
afterAll(() => {
  process.chdir(before);
  rmSync(root, { recursive: true, force: true });
});
afterEach(() => {
  for (const name of ['.aiopsrc.json', '.env', 'app.log', 'papers.log', 'state', '.netrc'])
    rmSync(join(checkout, name), { recursive: true, force: true });
  for (const path of [join(root, 'ran'), join(home, '.config'), join(root, 'state')]) rmSync(path, { recursive: true, force: true });
});

/** Of the repository; `{home}` is the user's. */
interface Given {
  readonly rc?: object;
  readonly dotEnv?: string;
  /** A link in the checkout, and where it leads. */
  readonly link?: readonly [string, string];
  /** What the user trusts. */
  readonly trust?: readonly string[];
}

const filled = (text: string): string => text.replaceAll('{home}', home);

function plant({ rc, dotEnv, link, trust }: Given): void {
  if (rc) writeFileSync(join(checkout, '.aiopsrc.json'), filled(JSON.stringify(rc)));
  if (dotEnv) writeFileSync(join(checkout, '.env'), filled(dotEnv));
  if (link) symlinkSync(filled(link[1]), join(checkout, link[0]));
  mkdirSync(join(home, '.config/ai-ops'), { recursive: true });
  if (trust) writeFileSync(join(home, '.config/ai-ops/config.json'), filled(JSON.stringify({ trust })));
}

async function ran(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const all = { HOME: home, PATH: '/usr/bin:/bin', CODE_HOST: 'local', ...env };
  const { code, stdout, stderr } = await runCli([...argv, '--state-dir', join(root, 'state')], { cwd: checkout, env: all });
  return `${code}\n${stdout}\n${stderr}`;
}

const scan = ['scan', '--json'];
const LOOKS: readonly (readonly string[])[] = [
  ['doctor'],
  ['fix', '--dry-run', join('{home}', 'var/log/current')],
  ['config'],
  ['init', '--force'],
];

interface Row extends Given {
  readonly key: Key;
  readonly name: string;
  readonly argv: readonly string[];
  /** What the user has to name; nothing where they cannot. */
  readonly named?: string;
  readonly says: RegExp;
}

const logs = (...named: readonly string[]): object => ({ logs: named });
const ROWS: readonly Row[] = [
  {
    key: 'claude.command',
    name: 'a program by its path',
    rc: { claude: { command: '{home}/mark.sh' } },
    argv: ['doctor'],
    named: '{home}/mark.sh',
    says: /is not run: only \.aiopsrc\.json/,
  },
  {
    key: 'claude.command',
    name: 'a program of the PATH',
    rc: { claude: { command: 'sh' } },
    argv: ['doctor'],
    says: /sh is not run: only \.aiopsrc\.json/,
  },
  {
    key: 'claude.command',
    name: 'by a variable',
    dotEnv: 'CLAUDE_COMMAND={home}/mark.sh\n',
    argv: ['doctor'],
    says: /is not run: only \.env/,
  },
  {
    key: 'mail.tokenCommand',
    name: 'a command of a shell',
    rc: { mail: { tokenCommand: '{home}/mark.sh', host: '127.0.0.1', user: 'a@b.c', to: ['a@b.c'] } },
    argv: ['doctor'],
    says: /mail\.tokenCommand of \.aiopsrc\.json is not run/,
  },
  {
    key: 'logs',
    name: 'a command',
    rc: { logs: [{ command: ['{home}/mark.sh', '{cursor}'], cursor: 'a' }] },
    argv: scan,
    says: /only \.aiopsrc\.json asks for .*mark\.sh to be run/,
  },
  {
    key: 'logs',
    name: 'the same, looked at',
    rc: { logs: [{ command: ['{home}/mark.sh', '{cursor}'], cursor: 'a' }] },
    argv: ['doctor'],
    says: /only \.aiopsrc\.json asks for .*mark\.sh to be run/,
  },
  {
    key: 'logs',
    name: 'a private file',
    rc: logs('{home}/papers/diary.txt'),
    argv: scan,
    named: '{home}/papers/diary.txt',
    says: /diary\.txt is not read/,
  },
  { key: 'logs', name: 'the same, looked at', rc: logs('{home}/papers/diary.txt'), argv: ['doctor'], says: /diary\.txt is not read/ },
  { key: 'logs', name: 'a hidden file', rc: logs('~/.bash_history'), argv: scan, says: /\.bash_history is not read/ },
  { key: 'logs', name: 'by a way upwards', rc: logs('../home/papers/diary.txt'), argv: scan, says: /diary\.txt is not read/ },
  { key: 'logs', name: 'a pattern', rc: logs('{home}/papers/*'), argv: scan, says: /diary\.txt is not read/ },
  {
    key: 'logs',
    name: 'a link',
    rc: logs('app.log'),
    link: ['app.log', '{home}/papers/diary.txt'],
    argv: scan,
    says: /diary\.txt is not read/,
  },
  {
    key: 'logs',
    name: 'a link to a directory',
    rc: logs('papers.log/*'),
    link: ['papers.log', '{home}/papers'],
    argv: scan,
    says: /diary\.txt is not read/,
  },
  {
    key: 'logs',
    name: 'followed',
    rc: logs('{home}/papers/diary.txt'),
    argv: ['watch', '--once', '--dry-run', '--from', 'start'],
    says: /diary\.txt is not read/,
  },
  { key: 'logs', name: 'repaired', rc: logs('{home}/papers/diary.txt'), argv: ['fix', '--dry-run'], says: /diary\.txt is not read/ },
  { key: 'logs', name: 'by a variable', dotEnv: 'LOG_FILE_PATH={home}/papers/diary.txt\n', argv: scan, says: /diary\.txt is not read/ },
  { key: 'logs', name: "git's own files", rc: logs('.git/HEAD'), argv: scan, says: /\.git\/HEAD is not read/ },
  {
    key: 'logs',
    name: 'settings of the checkout',
    rc: logs('.netrc'),
    link: ['.netrc', '.gitignore'],
    argv: scan,
    says: /\.gitignore is not read/,
  },
  {
    key: 'repo.path',
    name: 'another repository',
    rc: { repo: { path: '{home}/other' } },
    argv: ['config'],
    named: '{home}/other',
    says: /repo\.path in \.aiopsrc\.json: leads out of its repository/,
  },
  {
    key: 'repo.path',
    name: 'by a link',
    rc: { repo: { path: 'papers.log' } },
    link: ['papers.log', '{home}/other'],
    argv: ['status'],
    says: /repo\.path in \.aiopsrc\.json: leads out/,
  },
  {
    key: 'repo.url',
    name: 'another repository of this machine',
    rc: { repo: { url: 'file://{home}/other' } },
    argv: ['doctor'],
    says: /repo\.url in \.aiopsrc\.json: leads out/,
  },
  {
    key: 'repo.url',
    name: 'the same as a path',
    dotEnv: 'REPO_URL={home}/other\n',
    argv: ['doctor'],
    says: /repo\.url in \.env REPO_URL: leads out/,
  },
  {
    key: 'state.dir',
    name: 'another place to write',
    rc: { state: { dir: '{home}' } },
    argv: ['status'],
    says: /state\.dir in \.aiopsrc\.json: leads out of its directory/,
  },
  {
    key: 'state.dir',
    name: 'by a link',
    rc: { state: { dir: 'state/a' } },
    link: ['state', '{home}'],
    argv: ['status'],
    says: /state\.dir in \.aiopsrc\.json: leads out of its directory/,
  },
  {
    key: 'mail.ca',
    name: 'authorities',
    rc: { mail: { ca: '{home}/papers/diary.txt', host: '127.0.0.1', from: 'a@b.c', to: ['a@b.c'] } },
    argv: ['doctor'],
    says: /diary\.txt is not read: only \.aiopsrc\.json of the repository asks for it, in mail\.ca/,
  },
  {
    key: 'commit.sign',
    name: 'a key of the user',
    rc: { commit: { sign: '{home}/papers/diary.txt' } },
    argv: ['doctor'],
    says: /commit\.sign stands in \.aiopsrc\.json/,
  },
];

test.each(ROWS)('$key: $name: $argv', async ({ argv, says, named, ...given }) => {
  plant(given);
  const isState = given.key === 'state.dir';
  // The flag would speak louder.
  const said = isState ? await runCli(argv, { cwd: checkout, env: { HOME: home } }).then(({ stderr }) => stderr) : await ran(argv);
  expect(said).toMatch(says);
  expect(said).not.toContain(WORD);
  expect(existsSync(join(root, 'ran'))).toBe(false);
  if (named === undefined) return;
  // Named once, by the command that the hint names.
  expect(said).toContain(`ai-ops config --trust ${filled(named)}`);
  expect(await ran(['config', '--trust', filled(named)])).toMatch(/^0\n/);
  expect(await ran(argv)).not.toMatch(says);
});

test.each(LOOKS)('no look of %s runs what a repository asks for', async (...argv) => {
  plant({
    rc: {
      claude: { command: '{home}/mark.sh' },
      verify: { setup: ['{home}/mark.sh'], check: ['{home}/mark.sh'], test: ['{home}/mark.sh'] },
    },
  });
  await ran(argv.map(filled));
  expect(existsSync(join(root, 'ran'))).toBe(false);
});

const load = (env: Readonly<Record<string, string>> = {}) => loadConfig({ cwd: checkout, env: { HOME: home, ...env }, flags: {} });

test('walls stay where only a file of the repository takes them down', async () => {
  plant({
    rc: {
      claude: { unsafeArgs: ['--mcp-config'] },
      verify: { sandbox: 'off', env: ['DEPLOY_TOKEN', 'LEVEL'], read: ['{home}/papers'] },
      trust: ['evil.example'],
    },
  });
  const loaded = await load();
  expect(loaded.config).toMatchObject({ claude: { unsafeArgs: [] }, trust: [], verify: { read: [] } });
  expect(commandVariables(loaded)).toEqual(['LEVEL']);
  expect(await wireSandbox(loaded, { PATH: '' }, createProcesses())).not.toMatchObject({ why: 'verify.sandbox is off' });
});

test('nothing of a .env becomes a variable of what is run', async () => {
  const names = [
    'PATH',
    'NODE_OPTIONS',
    'HTTPS_PROXY',
    'SSL_CERT_FILE',
    'ANTHROPIC_BASE_URL',
    'GIT_CONFIG_GLOBAL',
    'KUBECONFIG',
    'AWS_ENDPOINT_URL',
  ];
  plant({ dotEnv: names.map((name) => `${name}=https://evil.example\n`).join('') });
  expect(JSON.stringify(await load())).not.toContain('evil.example');
});

test.each<[string, Given, Record<string, string>, 'signed' | 'refused']>([
  [
    'a .env names the address, the environment has the secret',
    { dotEnv: 'WEBHOOK_URL=https://hook.evil.example/x\n' },
    { WEBHOOK_SECRET: 's' },
    'refused',
  ],
  ['a .env has both', { dotEnv: 'WEBHOOK_URL=https://hook.acme.com/x\nWEBHOOK_SECRET=s\n' }, {}, 'signed'],
  ['the environment has both', {}, { WEBHOOK_URL: 'https://hook.acme.com/x', WEBHOOK_SECRET: 's' }, 'signed'],
  ['the user trusts it', { dotEnv: 'WEBHOOK_URL=https://hook.acme.com/x\n', trust: ['hook.acme.com'] }, { WEBHOOK_SECRET: 's' }, 'signed'],
])('webhook: %s', async (_name, given, env, expected) => {
  plant(given);
  const wired = load(env).then((loaded) => wireNotifiers(loaded, {}));
  if (expected === 'signed') expect(await wired).toHaveLength(1);
  else await expect(wired).rejects.toMatchObject({ code: 'webhook-unbound', exitCode: 2 });
});

test.each([
  ['of the repository', 'app.log', ['app.log', '.gitignore']],
  ['called as logs are, elsewhere', '{home}/var/log/current', undefined],
])('a log is read: %s', async (_name, log, link) => {
  if (link) writeFileSync(join(checkout, 'app.log'), 'ERROR told\n');
  plant({ rc: logs(log) });
  expect(await ran(scan)).toMatch(link ? /told/ : new RegExp(WORD));
});

test('what a hint has typed stays one word, whatever the repository has named', async () => {
  plant({ rc: { claude: { command: "/tmp/a; touch x'y" } } });
  expect(await ran(['doctor'])).toContain(`ai-ops config --trust '/tmp/a; touch x'\\''y'`);
});

describe('every key that reaches further has its rows', () => {
  /** Tried where their secrets are. */
  const ELSEWHERE: readonly Key[] = ['codeHost.baseUrl', 'mail.host'];
  const HERE: readonly Key[] = [
    'claude.unsafeArgs',
    'verify.sandbox',
    'verify.env',
    'verify.read',
    'verify.setup',
    'verify.check',
    'verify.test',
    'trust',
  ];
  const covered = new Set<Key>([...ROWS.map(({ key }) => key), ...ELSEWHERE, ...HERE]);

  test.each(KEY_NAMES.filter((key) => KEYS[key].reach !== undefined))('%s', (key) => expect([key, covered.has(key)]).toEqual([key, true]));

  test('what is called a path, a program or a server says how far it reaches', () => {
    const silent = KEY_NAMES.filter((key) => KEYS[key].reach === undefined);
    const isLikely = (key: Key): boolean =>
      KEYS[key].paths === true || KEYS[key].env.some((name) => /COMMAND|SERVER|URL|_FILE$|_PATH$/.test(name));
    expect(silent.filter(isLikely)).toEqual([]);
  });
});
