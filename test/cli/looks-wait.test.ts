// A look does not wait for servers that take connections and never answer, drip, answer late or go on sending: 4.5 s for all that
// `doctor` asks of servers, for one answer where `fix --dry-run` needs several; 15 s a program (doc/security.md, bounds).
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../support/cli-world.ts';
import { git } from '../support/git-program.ts';

let root: string;
const servers: Server[] = [];
const sockets = new Set<Socket>();
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'ai-ops-looks-'));
  writeFileSync(join(root, 'app.log'), 'ERROR TypeError: x is not a function\n    at f (/srv/a.js:1:1)\n');
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  rmSync(root, { recursive: true, force: true });
});

type Talk = (socket: Socket) => void;

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/x-git-upload-pack-advertisement\r\n\r\n';

/** @param text sent every `ms`, once somebody has connected */
function every(ms: number, text: string, head = HEAD): Talk {
  return (socket) => {
    socket.write(head);
    const timer = setInterval(() => socket.write(text), ms);
    socket.on('close', () => clearInterval(timer));
  };
}

const silence: Talk = () => undefined;
const drips = every(500, '0');
/** A list of references without end: 16 kB ten times a second. */
const keepsComing = every(100, `0034${'a'.repeat(40)} refs/x\n`.repeat(320), `${HEAD}001e# service=git-upload-pack\n0000`);

async function start(talk: Talk): Promise<string> {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('data', () => undefined);
    talk(socket);
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const LOOKS: readonly (readonly [string, Talk, readonly string[]])[] = [
  ['silence', silence, ['doctor', '--json']],
  ['silence', silence, ['fix', 'app.log', '--dry-run']],
  ['silence', silence, ['init', '--force']],
  ['drips', drips, ['doctor', '--json']],
  ['drips', drips, ['fix', 'app.log', '--dry-run']],
  ['what keeps coming', keepsComing, ['fix', 'app.log', '--dry-run']],
];

/** It says which bound has ended it: how long that takes is the machine's. @returns what was wrong */
async function look(way: string, talk: Talk, argv: readonly string[]): Promise<readonly string[]> {
  const [host, mail] = await Promise.all([start(talk), start(silence)]);
  const dir = join(root, `${way}-${argv[0]}`);
  mkdirSync(dir);
  writeFileSync(join(dir, 'claude'), '#!/bin/sh\nexit 1\n');
  chmodSync(join(dir, 'claude'), 0o755);
  await git(dir, 'init', '-q');
  await git(dir, 'remote', 'add', 'origin', `http://${host}/shop/orders.git`);
  const env = {
    ...{ GITHUB_TOKEN: 'x'.repeat(40), GITHUB_API_URL: `http://${host}`, CODE_HOST: 'github', GITHUB_REPO: 'shop/orders' },
    ...{ SMTP_SERVER: '127.0.0.1', SMTP_PORT: mail.split(':')[1]!, SMTP_USER: 'a@b.cd', RECEIVER_EMAIL: 'a@b.cd' },
    ...{ CLAUDE_COMMAND: join(dir, 'claude'), PATH: '/usr/bin:/bin', LOG_FILE_PATH: `elasticsearch://${host}/logs` },
  };
  const words = argv.map((word) => (word === 'app.log' ? join(root, word) : word));
  const { code, stdout, stderr } = await runCli([...words, '--state-dir', join(dir, 'state')], { cwd: dir, env });
  const said = `${stdout}${stderr}`;
  const failed = stdout.split('\n').filter((line) => line.includes('"failed"'));
  const names = (words: RegExp): boolean => failed.some((line) => words.test(line));
  return [
    ...(argv[0] === 'init' || (code !== 0 && /no answer (?:within 4\.5|for 4) s|less than 1 kB in 4 s/.test(said))
      ? []
      : [`exit ${code}: ${said}`]),
    ...(argv[0] !== 'doctor' || (names(/code host|host-unreachable|token/) && names(/mail/)) ? [] : failed),
  ].map((problem) => `${argv[0]} against ${way}: ${problem}`);
}

test('nor for a repository that keeps coming', async () => {
  const dir = join(root, 'endless');
  mkdirSync(dir);
  writeFileSync(join(dir, 'claude'), '#!/bin/sh\nexit 1\n');
  chmodSync(join(dir, 'claude'), 0o755);
  await git(dir, 'init', '-q');
  const host = await start(keepsComing);
  await git(dir, 'remote', 'add', 'origin', `http://${host}/shop/orders.git`);
  const { stdout } = await runCli(['doctor', '--json', '--state-dir', join(dir, 'state')], {
    cwd: dir,
    env: {
      ...{ GITHUB_TOKEN: 'x'.repeat(40), GITHUB_API_URL: `http://${host}`, CODE_HOST: 'github', GITHUB_REPO: 'shop/orders' },
      ...{ CLAUDE_COMMAND: join(dir, 'claude'), PATH: '/usr/bin:/bin' },
    },
  });
  // Whichever is first: the list, or the repository that it is of.
  expect(stdout).toMatch(/(?:has not come whole|no answer) within 4\.5 s/);
});

test('a log behind links that go in a circle has failed, and nothing else', async () => {
  const dir = join(root, 'circle');
  mkdirSync(dir);
  await git(dir, 'init', '-q');
  symlinkSync('b.log', join(dir, 'a.log'));
  symlinkSync('a.log', join(dir, 'b.log'));
  const env = { CODE_HOST: 'local', CLAUDE_COMMAND: '/bin/false', PATH: '/usr/bin:/bin', LOG_FILE_PATH: '*.log' };
  const { code, stdout } = await runCli(['doctor', '--json', '--state-dir', join(dir, 'state')], { cwd: dir, env });
  const log = stdout.split('\n').find((line) => line.includes('"log *.log"'));
  expect([code === 70, log]).toEqual([false, expect.stringContaining('log-unreadable')]);
});

test('a program is waited for, and that is said', async () => {
  const dir = join(root, 'mute');
  mkdirSync(dir);
  writeFileSync(join(dir, 'claude'), '#!/bin/sh\nexec sleep 100\n');
  chmodSync(join(dir, 'claude'), 0o755);
  await git(dir, 'init', '-q');
  const env = { CODE_HOST: 'local', CLAUDE_COMMAND: join(dir, 'claude'), PATH: '/usr/bin:/bin' };
  const { stdout, stderr } = await runCli(['doctor', '--json', '--state-dir', join(dir, 'state')], { cwd: dir, env });
  expect(stdout).toContain('no answer within 15 s');
  expect(stderr).toContain('still waited for: claude');
});

test('nobody is waited for longer', async () => {
  // Together, as they only wait.
  expect((await Promise.all(LOOKS.map((row) => look(...row)))).flat()).toEqual([]);
});
