// A git server that lies: a real one, whose answers are changed on their way. A whole repair goes through it, up to the request at the
// stand-in of the host. What it pushes must be exactly what the answer of Claude was.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request as ask, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pktLine, readPackets } from '../../../src/adapters/git/wire/pkt-line.ts';
import { startGitServer } from '../../support/git-server.ts';
import { startHostSide } from '../../support/host-side.ts';
import { plantClaude, says } from '../../support/shell-claude.ts';
import type { Area } from './areas.ts';
import { gitIn } from './checkout.ts';
import { noisy, pick, type Random } from './noise.ts';
import { bentPack, bomb } from './packs.ts';
import { problemsOf, runOn } from './program.ts';

const TOKEN = `t${'0k3n'.repeat(9)}`;
const PROJECT = 'acme/shop';
export const APP = 'export const discount = (order) => order.coupon.percent;\n';
export const FIXED = APP.replace('coupon.percent', 'coupon?.percent ?? 0');
export const LOG = `2026-03-01T10:00:00.000Z ERROR TypeError: Cannot read properties of undefined (reading 'percent')
    at discount (/srv/shop/src/app.js:1:45)
    at handler (/srv/shop/src/app.js:1:10)
`;
export const FIX = `It was null.\n\n<code_block filename="src/app.js">\n${FIXED}</code_block>\n`;
const LIMIT_MS = 8000;

/** What happens to one answer. `undefined`: it goes as it is. */
type Way = (random: Random, path: string, body: Buffer) => Buffer | undefined;

const isFetch = (path: string, body: Buffer): boolean => path.endsWith('/git-upload-pack') && body.includes('packfile');
const lines = (...texts: readonly string[]): Buffer => Buffer.concat([...texts.map(pktLine), Buffer.from('0000')]);

const WAYS: Readonly<Record<string, Way>> = {
  'noise in the greeting': (random, path, body) => (path.includes('/info/refs') ? noisy(random, body) : undefined),
  'noise in the references': (random, path, body) =>
    path.endsWith('/git-upload-pack') && !isFetch(path, body) ? noisy(random, body) : undefined,
  'noise in what is fetched': (random, path, body) => (isFetch(path, body) ? noisy(random, body, 20_000_000) : undefined),
  'a bent pack': (random, path, body) => (isFetch(path, body) ? withPack(body, (pack) => bentPack(random, pack)) : undefined),
  'a bomb of a pack': (random, path, body) => (isFetch(path, body) ? withPack(body, () => bomb(random)) : undefined),
  'noise in the report of a push': (random, path, body) => (path.endsWith('/git-receive-pack') ? noisy(random, body) : undefined),
  'a long word of refusal': (random, path, body) =>
    isFetch(path, body) ? lines(`ERR ${pick(random, ['\x1b[31m', TOKEN, 'no\r\n', '\u202e'])}${'very sorry '.repeat(5000)}`) : undefined,
  'a fatal word in band 3': (random, path, body) =>
    isFetch(path, body)
      ? Buffer.concat([
          pktLine('packfile\n'),
          pktLine(
            `\u0003${noisy(random, Buffer.from(`sorry ${TOKEN}`))
              .toString('latin1')
              .slice(0, 20_000)}`,
          ),
        ])
      : undefined,
  'talk without a pack': (_, path, body) =>
    isFetch(path, body)
      ? Buffer.concat([pktLine('packfile\n'), ...Array.from({ length: 20_000 }, () => pktLine(`\u0002${'la '.repeat(300)}`))])
      : undefined,
  'many references': (_, path, body) =>
    path.endsWith('/git-upload-pack') && !isFetch(path, body)
      ? Buffer.concat([
          ...Array.from({ length: 1_500_000 }, (__, at) => pktLine(`${'a'.repeat(40)} refs/heads/b${at}\n`)),
          Buffer.from('0000'),
        ])
      : undefined,
  'strange references': (random, path, body) =>
    path.endsWith('/git-upload-pack') && !isFetch(path, body)
      ? lines(
          `${oidOf(body)} HEAD symref-target:refs/heads/${pick(random, ['../../x', 'main\u0000', '-x', 'a'.repeat(3000), 'main.lock', '.git'])}\n`,
        )
      : undefined,
  'lengths that lie': (random, path, body) =>
    path.includes('git-upload-pack') && random() < 0.5
      ? Buffer.concat([Buffer.from(pick(random, ['ffff', '0003', '0001', '-001', '00zz', '0002'])), body])
      : undefined,
};

const oidOf = (body: Buffer): string => /[0-9a-f]{40}/.exec(body.toString('latin1'))?.[0] ?? 'a'.repeat(40);

/** The same answer with another pack in band 1. */
function withPack(body: Buffer, change: (pack: Buffer) => Buffer): Buffer {
  const before: Buffer[] = [];
  const bands: Buffer[] = [];
  let isPack = false;
  for (const packet of readPackets(body)) {
    if (isPack && packet !== null) {
      if (packet[0] === 1) bands.push(packet.subarray(1));
    } else if (packet === null) before.push(Buffer.from('0001'));
    else {
      before.push(pktLine(packet.toString('latin1')));
      isPack = packet.toString('latin1').startsWith('packfile');
    }
  }
  const pack = change(Buffer.concat(bands));
  const parts: Buffer[] = [];
  for (let at = 0; at < pack.length; at += 65_000) {
    const part = pack.subarray(at, at + 65_000);
    parts.push(Buffer.from((part.length + 5).toString(16).padStart(4, '0')), Buffer.from([1]), part);
  }
  return Buffer.concat([...before, ...parts, Buffer.from('0000')]);
}

export const wire: Area = async ({ random, main, dir }) => {
  const repo = join(dir, 'shop');
  mkdirSync(join(repo, 'src'), { recursive: true });
  writeFileSync(join(repo, 'src/app.js'), APP);
  gitIn(repo);
  const server = await startGitServer({ root: join(dir, 'bare'), users: [{ token: TOKEN, access: 'write' }], isPublic: true });
  await server.create(PROJECT, repo);
  const bare = server.dir(PROJECT);
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['--git-dir', bare, ...args], { encoding: 'utf8', env: { PATH: process.env.PATH ?? '' } }).trim();
  const before = git('rev-parse', 'main');
  const host = await startHostSide('github', bare, PROJECT, TOKEN);
  const way = pick(random, Object.keys(WAYS));
  const liar = await startLiar(server.url, (path, body) => WAYS[way]!(random, path, body));
  try {
    execFileSync('git', ['remote', 'add', 'origin', `${liar.url}/${PROJECT}.git`], { cwd: repo });
    writeFileSync(join(dir, 'app.log'), LOG);
    plantClaude(dir, says(FIX));
    const env = { ...host.env, CLAUDE_COMMAND: join(dir, 'claude'), VERIFY_TEST: 'true' };
    const args = ['fix', join(dir, 'app.log'), '--json', '--state-dir', join(dir, 'state')];
    const ran = await runOn({ main, args, cwd: repo, env, killMs: 180_000 });
    const problems = [...problemsOf(ran, LIMIT_MS)];
    if (`${ran.stdout}${ran.stderr}`.includes(TOKEN)) problems.push('the token stands in what was printed');
    if (git('rev-parse', 'main') !== before) problems.push('the main branch has moved');
    for (const branch of git('for-each-ref', '--format=%(refname)', 'refs/heads').split('\n')) {
      if (branch === 'refs/heads/main') continue;
      const changed = git('diff', '--name-only', `${before}`, branch);
      if (!branch.startsWith('refs/heads/ai-ops/') || changed !== 'src/app.js')
        problems.push(`${branch} changes ${JSON.stringify(changed)}`);
    }
    return problems.map((problem) => `${way}: ${problem}`);
  } finally {
    await Promise.all([liar.close(), host.close(), server.close()]);
  }
};

/** Hands everything on, and some answers changed. */
async function startLiar(
  target: string,
  change: (path: string, body: Buffer) => Buffer | undefined,
): Promise<{ url: string; close(): Promise<void> }> {
  const server: Server = createServer((incoming, outgoing) => void handOn(target, change, incoming, outgoing));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

async function handOn(
  target: string,
  change: (path: string, body: Buffer) => Buffer | undefined,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  outgoing.on('error', () => undefined);
  const { host: _, ...headers } = incoming.headers;
  const upstream = ask(`${target}${incoming.url}`, { method: incoming.method, headers });
  upstream.on('error', () => outgoing.destroy());
  upstream.on('response', (answer) => {
    const parts: Buffer[] = [];
    answer.on('data', (part: Buffer) => void parts.push(part));
    answer.on('end', () => {
      const body = Buffer.concat(parts);
      const { 'content-length': __, 'transfer-encoding': ___, ...rest } = answer.headers;
      outgoing.writeHead(answer.statusCode ?? 500, rest);
      outgoing.end(answer.statusCode === 200 ? (change((incoming.url ?? '').split('?')[0]!, body) ?? body) : body);
    });
  });
  incoming.pipe(upstream);
}
