// Authorities of one's own and proxies, by what `ai-ops doctor` finds of git, the code host and the mail server, all
// three behind TLS that only the named file makes good.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tls from 'node:tls';
import { type GitHubStandIn, startGitHubStandIn } from '../standins/github/server.ts';
import { runCli } from '../support/cli-world.ts';
import { git, makeRepository } from '../support/git-program.ts';
import { type GitServer, startGitServer } from '../support/git-server.ts';
import { MAIN } from '../support/main-file.ts';
import { startProgram } from '../support/program.ts';
import { type Mailbox, startMailbox } from '../support/smtp.ts';
import { type Authority, createAuthority, type Front, startProxy, startTlsFront, type TunnelProxy } from '../support/tls-front.ts';

const TOKEN = 'token-of-the-surroundings';
const KNOWN = tls.getCACertificates('default');
let root = '';
let repo = '';
let authority: Authority;
let server: GitServer;
let standIn: GitHubStandIn;
let mailbox: Mailbox;
let proxy: TunnelProxy;
const fronts: Front[] = [];
let env: Readonly<Record<string, string>> = {};

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'ai-ops-tls-'));
  repo = join(root, 'repo');
  authority = createAuthority(root);
  await makeRepository(repo, { 'app.js': 'one\n' });
  server = await startGitServer({ root: join(root, 'served'), users: [{ token: TOKEN, access: 'write' }] });
  await server.create('acme/app', repo);
  const robot = { login: 'robot', access: 'write', kind: 'fine-grained', pulls: true } as const;
  standIn = await startGitHubStandIn({ repo: server.dir('acme/app'), project: 'acme/app', tokens: { [TOKEN]: robot } });
  mailbox = await startMailbox();
  proxy = await startProxy();
  const behind = async (port: number): Promise<number> => {
    const front = await startTlsFront(authority, port);
    fronts.push(front);
    return front.port;
  };
  await git(repo, 'remote', 'add', 'origin', `https://127.0.0.1:${await behind(Number(new URL(server.url).port))}/acme/app.git`);
  const mail = {
    host: '127.0.0.1',
    port: await behind(mailbox.port),
    secure: true,
    from: 'ai-ops@example.invalid',
    to: ['b@example.invalid'],
  };
  writeFileSync(join(repo, '.aiopsrc.json'), JSON.stringify({ mail, claude: { command: '/nonexistent/claude' } }));
  env = {
    ...{ HOME: root, PATH: process.env.PATH ?? '', CODE_HOST: 'github', GITHUB_TOKEN: TOKEN },
    GITHUB_API_URL: `https://127.0.0.1:${await behind(Number(new URL(standIn.baseUrl).port))}/api/v3`,
  };
});
afterEach(() => tls.setDefaultCACertificates(KNOWN));
afterAll(async () => {
  await Promise.all([...fronts, server, standIn, mailbox, proxy].map((each) => each.close()));
  rmSync(root, { recursive: true, force: true });
});

interface Finding {
  readonly name: string;
  readonly status: string;
  readonly detail: string;
  readonly hint?: string;
}

let runs = 0;
/** Without what Claude, the ledger and the sandbox of this machine are. */
async function doctor(more: Readonly<Record<string, string>>): Promise<readonly Finding[]> {
  runs += 1;
  const argv = ['doctor', '--json', '--state-dir', join(root, `state${runs}`)];
  const { stdout } = await runCli(argv, { cwd: repo, env: { ...env, ...more } });
  expect(stdout).not.toContain(TOKEN);
  const found: readonly Finding[] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return found.filter(({ name }) => !/claude|state|ledger|program|sandbox|logs/.test(name));
}

const short = (found: readonly Finding[]): readonly string[] => found.map(({ name, status }) => `${name} ${status}`);
const GOOD = [
  'repository ok',
  'destination ok',
  'box ok',
  'commands of the proof warning',
  'token ok',
  'project ok',
  'push right ok',
  'default branch ok',
  'mail ok',
];

test.each(['SSL_CERT_FILE', 'GIT_SSL_CAINFO', 'NODE_EXTRA_CA_CERTS', 'CI_SERVER_TLS_CA_FILE'])(
  '2.3.4 %s names an authority of one’s own',
  async (variable) => {
    expect(short(await doctor({ [variable]: authority.file }))).toEqual(GOOD);
  },
);

test('2.3.4 so does http.sslCAInfo of git', async () => {
  writeFileSync(join(root, '.gitconfig'), '[http]\n\tsslCAInfo = ~/authority.pem\n');
  try {
    expect(short(await doctor({}))).toEqual(GOOD);
  } finally {
    rmSync(join(root, '.gitconfig'));
  }
});

test('2.3.4 and the store of the system', async () => {
  // OpenSSL's variable for the directory of it.
  const ends = startProgram([process.execPath, MAIN, 'doctor', '--json', '--state-dir', join(root, 'state-system')], {
    cwd: repo,
    env: { ...env, SSL_CERT_DIR: root },
  });
  await ends.exit;
  expect(ends.stdout()).toMatch(/"name":"push right","status":"ok"/);
});

test('2.3.4 without it nothing is trusted, and the hint names the variable', async () => {
  const found = await doctor({});
  expect(short(found)).toEqual(['repository failed', 'token failed', 'mail failed']);
  for (const { detail } of found) expect(detail).toMatch(/self-signed certificate/);
  for (const { name, hint } of found) if (name !== 'mail') expect(hint).toContain('SSL_CERT_FILE');
});

test.each([
  ['that is not there', () => join(root, 'nonesuch.pem')],
  ['that holds none', () => join(repo, 'app.js')],
])('2.3.4 a file of certificates %s', async (_name, file) => {
  const [first] = await doctor({ SSL_CERT_FILE: file() });
  expect(first).toMatchObject({ code: 'certificates-unreadable', status: 'failed', hint: expect.stringContaining('SSL_CERT_FILE') });
  expect(first?.detail).toContain(file());
});

test('a proxy of the environment: git and the host go through it, and it learns no token', async () => {
  const address = `http://127.0.0.1:${proxy.port}`;
  expect(short(await doctor({ SSL_CERT_FILE: authority.file, HTTPS_PROXY: address }))).toEqual(GOOD);
  const targets = new Set(proxy.heads.map((head) => head.split(' ')[1]));
  expect([...targets].sort()).toEqual(
    fronts
      .filter((_, index) => index !== 1)
      .map(({ port }) => `127.0.0.1:${port}`)
      .sort(),
  );
  expect(proxy.heads.join('\n')).not.toMatch(/authorization/i);
  const before = proxy.heads.length;
  expect(short(await doctor({ SSL_CERT_FILE: authority.file, ALL_PROXY: address }))).toEqual(GOOD);
  expect(proxy.heads).toHaveLength(2 * before);
  expect(short(await doctor({ SSL_CERT_FILE: authority.file, HTTPS_PROXY: address, NO_PROXY: '127.0.0.1' }))).toEqual(GOOD);
  expect(proxy.heads).toHaveLength(2 * before);
});

test('a proxy that asks for a login gets its own, and nobody else gets it', async () => {
  const asking = await startProxy('robot:p%40ss-word');
  try {
    const at = (login: string): string => `http://${login}127.0.0.1:${asking.port}`;
    expect(short(await doctor({ SSL_CERT_FILE: authority.file, HTTPS_PROXY: at('robot:p%2540ss-word@') }))).toEqual(GOOD);
    const refused = await doctor({ SSL_CERT_FILE: authority.file, HTTPS_PROXY: at('robot:wrong-one@') });
    expect(short(refused).slice(0, 2)).toEqual(['repository failed', 'token failed']);
    expect(JSON.stringify(refused)).not.toMatch(/p%40ss-word|wrong-one/);
  } finally {
    await asking.close();
  }
});
