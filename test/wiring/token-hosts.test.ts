// Which server gets a token: real configuration files in a real checkout, wired as a command wires them. Nothing is contacted.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProcesses } from '../../src/adapters/process/processes.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Key } from '../../src/config/schema.ts';
import { wireSite } from '../../src/wiring/site.ts';
import { wireNotifiers } from '../../src/wiring.ts';
import { git } from '../support/git-program.ts';

let root: string;
let checkout: string;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'ai-ops-token-hosts-'));
  checkout = join(root, 'app');
  mkdirSync(join(root, 'home', '.config', 'ai-ops'), { recursive: true });
  await git(root, 'init', '-q', '-b', 'main', checkout);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

interface Row {
  readonly name: string;
  readonly origin?: string;
  /** The repository's own `.aiopsrc.json`. */
  readonly rc?: object;
  readonly dotEnv?: string;
  /** Other files of the checkout. */
  readonly files?: Readonly<Record<string, string>>;
  /** The file in the user's home. */
  readonly own?: object;
  /** A file that `--config` names, outside of the repository. */
  readonly named?: object;
  readonly env?: Readonly<Record<string, string>>;
  readonly flags?: Readonly<Partial<Record<Key, unknown>>>;
  /** The token that goes along, `null` for none, or the code of the error. */
  readonly expected: 'gl' | 'gh' | null | { readonly code: string; readonly host: string };
}

const TOKENS = { GITLAB_TOKEN: 'gl', GITHUB_TOKEN: 'gh' };
const unbound = (host: string) => ({ code: 'token-unbound', host });
const lab = (host: string) => ({ codeHost: { kind: 'gitlab', baseUrl: `https://${host}`, project: 'acme/app' } });

const ROWS: readonly Row[] = [
  { name: 'the remote is gitlab.com', origin: 'https://gitlab.com/acme/app.git', expected: 'gl' },
  { name: 'the remote is github.com', origin: 'git@github.com:acme/app.git', expected: 'gh' },
  { name: 'the remote is a GitLab of one’s own', origin: 'https://gitlab.acme.com/acme/app.git', expected: 'gl' },
  { name: 'the same with its port', origin: 'https://gitlab.acme.com:8443/acme/app.git', expected: 'gl' },
  { name: 'the same over ssh with a port', origin: 'ssh://git@gitlab.acme.com:2222/acme/app.git', expected: 'gl' },
  { name: 'the file names the remote’s host', origin: 'https://gitlab.acme.com/a/b.git', rc: lab('gitlab.acme.com'), expected: 'gl' },
  { name: 'the file names gitlab.com', origin: 'https://gitlab.com/a/b.git', rc: lab('gitlab.com'), expected: 'gl' },
  {
    name: 'the file names another API',
    origin: 'https://gitlab.com/a/b.git',
    rc: lab('gitlab.evil.example'),
    expected: unbound('gitlab.evil.example'),
  },
  {
    name: 'the file names another port',
    origin: 'https://gitlab.acme.com/a/b.git',
    rc: lab('gitlab.acme.com:8443'),
    expected: unbound('gitlab.acme.com:8443'),
  },
  {
    name: 'the file names a host that only ends alike',
    origin: 'https://gitlab.com/a/b.git',
    rc: lab('evilgitlab.com'),
    expected: unbound('evilgitlab.com'),
  },
  {
    name: 'the file names a host that only begins alike',
    origin: 'https://gitlab.com/a/b.git',
    rc: lab('gitlab.com.evil.example'),
    expected: unbound('gitlab.com.evil.example'),
  },
  {
    name: 'the file names another repository',
    origin: 'https://gitlab.com/a/b.git',
    rc: { repo: { url: 'https://gitlab.evil.example/a/b.git' } },
    expected: unbound('gitlab.evil.example'),
  },
  {
    name: 'the file names the public API and sends git elsewhere',
    origin: 'https://gitlab.com/a/b.git',
    rc: { ...lab('gitlab.com'), repo: { url: 'https://git.evil.example/a/b.git' } },
    expected: unbound('git.evil.example'),
  },
  {
    name: 'the same on GitHub',
    origin: 'https://github.com/a/b.git',
    rc: { codeHost: { kind: 'github', project: 'a/b', baseUrl: 'https://github.com' }, repo: { url: 'https://git.evil.example/a/b.git' } },
    expected: unbound('git.evil.example'),
  },
  {
    name: 'the file names an Enterprise Server',
    origin: 'https://github.com/a/b.git',
    rc: { codeHost: { kind: 'github', project: 'a/b', baseUrl: 'https://github.evil.example/api/v3' } },
    expected: unbound('github.evil.example'),
  },
  {
    name: 'the file names a path whose remote is elsewhere',
    origin: 'https://gitlab.com/a/b.git',
    rc: { repo: { path: '{checkout}/nested' } },
    expected: unbound('gitlab.evil.example'),
  },
  {
    name: 'a .env of the repository names another API',
    origin: 'https://gitlab.com/a/b.git',
    rc: { codeHost: { kind: 'gitlab', project: 'a/b' } },
    dotEnv: 'GITLAB_BASE_URL=https://gitlab.evil.example\n',
    expected: unbound('gitlab.evil.example'),
  },
  {
    name: 'a .env that holds the token too',
    origin: 'https://github.com/a/b.git',
    rc: { codeHost: { kind: 'gitlab', project: 'a/b' } },
    dotEnv: 'GITLAB_BASE_URL=https://git.acme.com\nGITLAB_TOKEN=gl\nREPO_URL=https://git.acme.com/a/b.git\n',
    env: { GITLAB_TOKEN: '' },
    expected: 'gl',
  },
  {
    name: 'a .env that only says where a token lies does not hold it',
    origin: 'https://github.com/a/b.git',
    rc: { codeHost: { kind: 'gitlab', project: 'a/b' } },
    dotEnv: 'GITLAB_BASE_URL=https://gitlab.evil.example\nGITLAB_TOKEN_FILE=token\n',
    files: { token: 'gl\n' },
    env: { GITLAB_TOKEN: '' },
    expected: unbound('gitlab.evil.example'),
  },
  {
    name: 'the user’s own file trusts the host that the repository names',
    origin: 'https://gitlab.com/a/b.git',
    rc: lab('gitlab.acme.com'),
    own: { trust: ['gitlab.acme.com'] },
    expected: 'gl',
  },
  {
    name: 'a file of the repository cannot trust it',
    origin: 'https://gitlab.com/a/b.git',
    rc: { ...lab('gitlab.evil.example'), trust: ['gitlab.evil.example'] },
    expected: unbound('gitlab.evil.example'),
  },
  {
    name: 'the environment names the API',
    origin: 'https://gitlab.com/a/b.git',
    rc: { codeHost: { kind: 'gitlab', project: 'a/b' } },
    env: { GITLAB_BASE_URL: 'https://gitlab.acme.com' },
    expected: 'gl',
  },
  { name: 'the environment names the repository', env: { REPO_URL: 'https://gitlab.acme.com/a/b.git' }, expected: 'gl' },
  { name: 'a named file names the API', origin: 'https://gitlab.com/a/b.git', named: lab('gitlab.acme.com'), expected: 'gl' },
  { name: 'a flag names the repository', flags: { 'repo.url': 'https://gitlab.acme.com/a/b.git' }, expected: 'gl' },
  { name: 'another GitHub that is the remote: as gh, not the public token', origin: 'https://github.acme.com/a/b.git', expected: null },
  { name: 'no configuration, no remote', expected: null },
];

test.each(ROWS)('$name', async ({ origin, rc, dotEnv, files = {}, own, named, env = {}, flags = {}, expected }) => {
  if (origin !== undefined) await git(checkout, 'remote', 'add', 'origin', origin);
  const nested = join(checkout, 'nested');
  await git(root, 'init', '-q', '-b', 'main', nested);
  await git(nested, 'remote', 'add', 'origin', 'https://gitlab.evil.example/a/b.git');
  if (rc !== undefined) writeFileSync(join(checkout, '.aiopsrc.json'), JSON.stringify(rc).replaceAll('{checkout}', checkout));
  if (dotEnv !== undefined) writeFileSync(join(checkout, '.env'), dotEnv);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(checkout, name), text);
  if (own !== undefined) writeFileSync(join(root, 'home', '.config', 'ai-ops', 'config.json'), JSON.stringify(own));
  const configFile = join(root, 'home', 'mine.json');
  if (named !== undefined) writeFileSync(configFile, JSON.stringify(named));
  // No program that could know a token is on this PATH.
  const all = { HOME: join(root, 'home'), PATH: join(root, 'bin'), ...TOKENS, ...env };
  const given = Object.fromEntries(Object.entries(flags).map(([key, value]) => [key, { flag: '--x', value }]));
  const loaded = await loadConfig({ cwd: checkout, env: all, flags: given, configFile: named === undefined ? undefined : configFile });
  const wired = wireSite(loaded, { cwd: checkout, env: all }, createProcesses());
  if (expected !== null && typeof expected === 'object') {
    await expect(wired).rejects.toMatchObject({
      code: expected.code,
      exitCode: 2,
      message: expect.stringContaining(`not sent to ${expected.host}:`),
    });
  } else expect((await wired).token).toBe(expected);
});

describe('the mail password', () => {
  const MAIL = { SMTP_USER: 'robot@acme.com', RECEIVER_EMAIL: 'dev@acme.com' };
  const rows: readonly (readonly [string, Parameters<typeof wired>[0], 'goes' | 'stays'])[] = [
    ['a file of the repository names the server', { rc: { mail: { host: 'mail.evil.example' } } }, 'stays'],
    ['a .env of the repository names it', { dotEnv: 'SMTP_SERVER=mail.evil.example\n' }, 'stays'],
    ['a .env that holds the password too', { dotEnv: 'SMTP_SERVER=mail.acme.com\nSMTP_PASSWORD=pw\n', env: { SMTP_PASSWORD: '' } }, 'goes'],
    ['this machine', { rc: { mail: { host: '127.0.0.1' } } }, 'goes'],
    ['the environment names it', { env: { SMTP_SERVER: 'mail.acme.com' } }, 'goes'],
    ['the user’s own file names it', { own: { mail: { host: 'mail.acme.com' } } }, 'goes'],
    ['the user’s own file trusts it', { rc: { mail: { host: 'mail.acme.com' } }, own: { trust: ['mail.acme.com'] } }, 'goes'],
    ['no login', { rc: { mail: { host: 'mail.acme.com', from: 'robot@acme.com' } }, env: { SMTP_USER: '', SMTP_PASSWORD: '' } }, 'goes'],
  ];

  async function wired({ rc, dotEnv, own, env = {} }: Pick<Row, 'rc' | 'dotEnv' | 'own' | 'env'>): Promise<number> {
    if (rc !== undefined) writeFileSync(join(checkout, '.aiopsrc.json'), JSON.stringify(rc));
    if (dotEnv !== undefined) writeFileSync(join(checkout, '.env'), dotEnv);
    if (own !== undefined) writeFileSync(join(root, 'home', '.config', 'ai-ops', 'config.json'), JSON.stringify(own));
    const all = { HOME: join(root, 'home'), SMTP_PASSWORD: 'pw', ...MAIL, ...env };
    return (await wireNotifiers(await loadConfig({ cwd: checkout, env: all, flags: {} }), {})).length;
  }

  test('a command for tokens that only a file of the repository names is not run', async () => {
    const env = { SMTP_SERVER: 'mail.example.org' };
    const named = (tokenCommand: string) => ({ rc: { mail: { tokenCommand } }, env });
    await expect(wired(named('touch /tmp/pwned'))).rejects.toMatchObject({ code: 'mail-token-unbound' });
    expect(await wired({ rc: {}, env: { ...env, SMTP_OAUTH_COMMAND: 'printf 0123456789' } })).toBe(1);
  });

  test.each(rows)('%s', async (_name, given, expected) => {
    if (expected === 'goes') expect(await wired(given)).toBe(1);
    else await expect(wired(given)).rejects.toMatchObject({ code: 'password-unbound', exitCode: 2 });
  });
});
