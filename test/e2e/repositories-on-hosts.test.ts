// One watcher of three repositories on three hosts: a GitHub, a GitLab, and another GitHub with a token of its own. Each is read,
// claimed, mended and told of where it is, with its own token, budget and receivers; no host is shown what is another's.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { GIT_ENV, git } from '../support/git-program.ts';
import { type GitServer, startGitServer } from '../support/git-server.ts';
import { type HostSide, startHostSide } from '../support/host-side.ts';
import { slowDescribe } from '../support/lane.ts';
import { MAIN } from '../support/main-file.ts';
import { startProgram } from '../support/program.ts';
import { plantClaude, resultLine } from '../support/shell-claude.ts';
import { type Mailbox, startMailbox } from '../support/smtp.ts';
import { type Json, parseLines } from '../support/world.ts';
import { block } from './conversations.ts';
import { LIMIT } from './observe.ts';

const BROKEN = 'export function discount(order) {\n  return order.coupon.percent;\n}\n';
const MENDED = 'export function discount(order) {\n  return order.coupon?.percent ?? 0;\n}\n';

const REPOSITORIES = [
  { name: 'shop', kind: 'github', token: 'canary-token-of-the-shop' },
  { name: 'mailer', kind: 'gitlab', token: 'canary-token-of-the-mailer' },
  { name: 'pay', kind: 'github', token: 'canary-token-of-pay' },
] as const;
type Name = (typeof REPOSITORIES)[number]['name'];

/** Git and API at one address, as real hosts have them. */
interface Host {
  readonly kind: 'github' | 'gitlab';
  readonly url: string;
  readonly side: HostSide;
  readonly gitServer: GitServer;
  readonly bare: string;
  /** What was shown to it: every head of a request. */
  readonly heads: string[];
  close(): Promise<void>;
}

let dir: string;
let hosts: Readonly<Record<Name, Host>>;
let mailbox: Mailbox;

async function startHost({ name, kind, token }: (typeof REPOSITORIES)[number]): Promise<Host> {
  const work = join(dir, 'work', name);
  mkdirSync(join(work, 'src', name), { recursive: true });
  for (const file of ['price', 'tax']) writeFileSync(join(work, 'src', name, `${file}.js`), BROKEN);
  writeFileSync(join(work, 'package.json'), '{ "type": "module" }\n');
  const run = (...args: readonly string[]): unknown => execFileSync('git', args, { cwd: work, env: { ...GIT_ENV, HOME: dir } });
  run('init', '-q', '-b', 'main');
  run('add', '.');
  run('commit', '-q', '-m', 'begin');
  const gitServer = await startGitServer({ root: join(dir, 'bare', name), users: [{ token, access: 'write' }], flavour: kind });
  const project = `acme/${name}`;
  await gitServer.create(project, work);
  const side = await startHostSide(kind, gitServer.dir(project), project, token);
  const api = new URL(side.env.GITHUB_API_URL ?? side.env.GITLAB_BASE_URL ?? '').origin;
  const heads: string[] = [];
  const front = createServer((incoming: IncomingMessage, response) => {
    heads.push(JSON.stringify([incoming.url, incoming.headers]));
    // What is in it may be in base64.
    const basic = /^Basic (.+)$/.exec(incoming.headers.authorization ?? '')?.[1];
    if (basic !== undefined) heads.push(Buffer.from(basic, 'base64').toString());
    const target = new URL(incoming.url ?? '/', incoming.url?.startsWith('/api/') ? api : gitServer.url);
    const outgoing = send(target, { method: incoming.method, headers: incoming.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    outgoing.on('error', () => response.destroy());
    incoming.pipe(outgoing);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  return {
    ...{ kind, side, gitServer, heads, bare: gitServer.dir(project) },
    url: `http://127.0.0.1:${(front.address() as AddressInfo).port}/${project}.git`,
    async close() {
      front.closeAllConnections();
      await new Promise((resolve) => front.close(resolve));
      await Promise.all([side.close(), gitServer.close()]);
    },
  };
}

function record(name: Name, file: string): string {
  const message = "Cannot read properties of undefined (reading 'percent')";
  const stack = `TypeError: ${message}\n    at discount (/app/src/${name}/${file}.js:2:23)\n    at handler (/app/src/index.js:9:3)`;
  return `${JSON.stringify({ level: 'error', time: '2026-03-01T10:00:00.000Z', msg: 'failed', err: { type: 'TypeError', message, stack } })}\n`;
}

async function run(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ readonly json: readonly Json[]; readonly stderr: string }> {
  const args = [process.execPath, MAIN, ...argv, '--json', '--config', '.aiopsrc.json'];
  const [shop, mailer, pay] = REPOSITORIES;
  const program = startProgram([...args, '--state-dir', join(dir, 'state')], {
    cwd: join(dir, 'box'),
    env: {
      ...{ HOME: dir, PATH: [join(dir, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(':'), TMPDIR: dir, VERIFY_TEST: 'true' },
      ...{ GITHUB_TOKEN: shop.token, GITLAB_TOKEN: mailer.token, TOKEN_OF_PAY: pay.token },
      ...{ SMTP_SERVER: '127.0.0.1', SMTP_PORT: String(mailbox.port), SMTP_USER: 'robot@example.invalid', SMTP_PASSWORD: 'a-password' },
      ...{ RECEIVER_EMAIL: 'everybody@example.invalid', GIT_CONFIG_NOSYSTEM: '1' },
      ...env,
    },
  });
  await program.exit;
  return { json: parseLines(program.stdout()), stderr: program.stderr() };
}

const WAYS: readonly (readonly [string, () => Readonly<Record<string, string>>])[] = [
  ['hosts that say themselves what they are', () => ({})],
  ['the address of one of them given', () => ({ GITLAB_BASE_URL: new URL(hosts.mailer.url).origin })],
];

slowDescribe.each(WAYS)('%s', (_name, env) => {
  let ran: Awaited<ReturnType<typeof run>>;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'ai-ops-hosts-'));
    for (const name of ['bin', 'box']) mkdirSync(join(dir, name));
    mailbox = await startMailbox({ user: 'robot@example.invalid', password: 'a-password' });
    const started = await Promise.all(REPOSITORIES.map(async (one) => [one.name, await startHost(one)] as const));
    hosts = Object.fromEntries(started) as Record<Name, Host>;
    // Who is asked answers for the file that the prompt names.
    const answers = REPOSITORIES.flatMap(({ name }) => ['price', 'tax'].map((file) => `src/${name}/${file}.js`));
    for (const [at, path] of answers.entries())
      writeFileSync(join(dir, `${at}.json`), `${resultLine(`No coupon.\n\n${block(path, MENDED)}`)}\n`);
    const cases = answers.map((path, at) => `*${path}*) cat ${join(dir, `${at}.json`)} ;;`).join(' ');
    plantClaude(join(dir, 'bin'), `prompt=$(cat); echo asked >> ${join(dir, 'asked')}; case $prompt in ${cases} esac`);
    const [shop, mailer, pay] = REPOSITORIES.map(({ name }) => ({ url: hosts[name].url }));
    writeFileSync(
      join(dir, 'box', '.aiopsrc.json'),
      JSON.stringify({
        logs: ['app.log'],
        repos: [
          { ...shop, mailTo: ['shop@example.invalid'] },
          { ...mailer, mailTo: ['post@example.invalid'] },
          { ...pay, tokenVariable: 'TOKEN_OF_PAY', maxRepairsPerDay: 1 },
        ],
      }),
    );
    const log = REPOSITORIES.flatMap(({ name }) => ['price', 'tax'].map((file) => record(name, file))).join('');
    writeFileSync(join(dir, 'box', 'app.log'), log);
    ran = await run(['watch', '--once', '--from', 'start'], env());
  }, LIMIT * 2);
  afterAll(async () => {
    await Promise.all([...Object.values(hosts).map((host) => host.close()), mailbox.close()]);
    rmSync(dir, { recursive: true, force: true });
  });

  test('each bug gets its request on the host of its repository, and no host a claim that stays', async () => {
    const results = ran.json.filter(({ kind }) => kind === 'result').map(({ outcome, reason }) => [outcome, reason]);
    expect([results.filter(([outcome]) => outcome === 'proposed').length, ran.stderr]).toEqual([5, expect.any(String)]);
    for (const { name } of REPOSITORIES) {
      const { side, bare } = hosts[name];
      const requests = side.requests();
      expect([name, requests.length]).toEqual([name, name === 'pay' ? 1 : 2]);
      for (const { head, body } of requests) {
        expect(body).toContain(`src/${name}/`);
        expect(await git(bare, 'diff', '--name-only', `main..${head}`)).toMatch(new RegExp(`^src/${name}/\\w+\\.js$`));
      }
      expect(await git(bare, 'for-each-ref', '--format=%(refname)', 'refs/ai-ops')).toBe('');
      expect(side.violations()).toEqual([]);
    }
  });

  test('the budget of one repository holds back that one alone', async () => {
    expect(readFileSync(join(dir, 'asked'), 'utf8')).toBe('asked\n'.repeat(5));
    const { json } = await run(['incidents'], env());
    const held = json.filter(({ state }) => state !== 'proposed');
    expect(held.map(({ repository, state, reason }) => [String(repository).split('/').at(-1), state, reason])).toEqual([
      ['pay', 'waiting', 'daily-limit'],
    ]);
  });

  test('each has its own receivers', () => {
    const of = (name: Name): readonly string[] => [
      ...new Set(mailbox.mails.filter(({ raw }) => raw.includes(`src/${name}/`)).flatMap(({ recipients }) => recipients)),
    ];
    expect(REPOSITORIES.map(({ name }) => of(name))).toEqual([
      ['shop@example.invalid'],
      ['post@example.invalid'],
      ['everybody@example.invalid'],
    ]);
  });

  test('no host is shown the token of another', () => {
    for (const { name, token } of REPOSITORIES) {
      const seen = hosts[name].heads.join('\n');
      expect([name, REPOSITORIES.filter((one) => seen.includes(one.token)).map((one) => one.name)]).toEqual([name, [name]]);
      expect(seen).toContain(token);
    }
  });
});
