// One checkout with an error in its log, a git server with hooks that enforce rules, and a host over the same repository, behind one
// address as a company has it. Commands run in this process; a program of a few lines stands in for Claude, and counts what it is paid.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GitHubStandIn, startGitHubStandIn } from '../standins/github/server.ts';
import { type GitLabStandIn, startGitLabStandIn } from '../standins/gitlab/server.ts';
import { guardCheckout } from '../support/checkout.ts';
import { runCli } from '../support/cli-world.ts';
import { git, makeRepository } from '../support/git-program.ts';
import { type GitServer, startGitServer } from '../support/git-server.ts';
import { plantClaude, says } from '../support/shell-claude.ts';
import { type Json, parseLines } from '../support/world.ts';

export type HostName = 'github' | 'gitlab';

export const TOKEN = 'token-of-a-situation';
export const PROJECT = 'acme/app';

const BROKEN = 'export function orderTotal(order) {\n  return order.item.price;\n}\n';
const FIXED = BROKEN.replace('item.price', 'item?.price ?? 0');
const ANSWER = `The item may be gone.\n\n<code_block filename="src/pricing.js">\n${FIXED}</code_block>\n`;

export interface Place {
  readonly host: HostName;
  /** HOME, and what is written into it. */
  readonly home: string;
  readonly repo: string;
  /** The bare repository behind the git server. */
  readonly bare: string;
  readonly server: GitServer;
  readonly standIn: { readonly github: GitHubStandIn | undefined; readonly gitlab: GitLabStandIn | undefined };
  /** One address for the pages, the API and git: `http://127.0.0.1:PORT`; the API of GitHub below `/api/v3`, GitLab below `/lab`. */
  readonly company: string;
  /** Environment that names the host by its API alone. */
  readonly env: Readonly<Record<string, string>>;
  /** @param config keys of the user's own file */
  run(argv: readonly string[], config?: object, env?: Readonly<Record<string, string>>): Promise<Done>;
  /** Answers that were paid for. */
  paid(): number;
  requests(): readonly { readonly branch: string; readonly title: string; readonly commit: string | null }[];
  close(): Promise<void>;
}

export interface Done {
  readonly code: number;
  readonly said: string;
  /** What `fix` printed of its repair. */
  readonly result: Json | undefined;
}

/** @param said of the error in the log, behind its type; and by Claude, before its change */
export async function place(host: HostName, said: { readonly message?: string; readonly words?: string } = {}): Promise<Place> {
  const root = mkdtempSync(join(tmpdir(), 'ai-ops-situation-'));
  const [home, repo] = [join(root, 'home'), join(root, 'app')];
  mkdirSync(home);
  const server = await startGitServer({ root: join(root, 'bare'), users: [{ token: TOKEN, access: 'write' }], flavour: host });
  await makeRepository(repo, { 'src/pricing.js': BROKEN, 'package.json': '{"scripts":{"test":"true"}}\n' });
  const remote = await server.create(PROJECT, repo);
  const bare = server.dir(PROJECT);
  await git(repo, 'remote', 'add', 'origin', remote);
  const log = join(root, 'app.log');
  writeFileSync(
    log,
    `2026-03-01 12:00:00 ERROR boom\nTypeError: ${said.message ?? "Cannot read properties of undefined (reading 'price')"}\n    at orderTotal (${repo}/src/pricing.js:2:21)\n`,
  );
  const tokens = { login: 'robot', access: 'write', kind: 'fine-grained', pulls: true } as const;
  const github = host === 'github' ? await startGitHubStandIn({ repo: bare, project: PROJECT, tokens: { [TOKEN]: tokens } }) : undefined;
  const gitlab =
    host === 'gitlab'
      ? await startGitLabStandIn({
          ...{ repo: bare, project: PROJECT, subPath: '/lab' },
          tokens: { [TOKEN]: { login: 'robot', accessLevel: 30, scopes: ['api'] } },
        })
      : undefined;
  const front = await companyFront(new URL(server.url).port, new URL((github ?? gitlab)?.baseUrl ?? '').port);
  const paid = join(root, 'paid');
  const claude = plantClaude(root, `echo x >> '${paid}'; ${says(`${said.words ?? ''}\n\n${ANSWER}`)}`);
  const env =
    host === 'github'
      ? { CODE_HOST: 'github', GITHUB_TOKEN: TOKEN, GITHUB_API_URL: github?.baseUrl ?? '', GITHUB_REPO: PROJECT }
      : { CODE_HOST: 'gitlab', GITLAB_TOKEN: TOKEN, GITLAB_BASE_URL: gitlab?.baseUrl ?? '', GITLAB_PROJECT: PROJECT };
  const guard = guardCheckout(repo, (path) => path.startsWith('.git/config'));
  return {
    ...{ host, home, repo, bare, server, standIn: { github, gitlab }, company: `http://127.0.0.1:${front.port}`, env },
    async run(argv, config = {}, more = env) {
      const file = join(root, 'config.json');
      const verify = { setup: [], check: [], test: ['true'], sandbox: 'off' };
      writeFileSync(file, JSON.stringify({ claude: { command: claude }, verify, mail: undefined, ...config }));
      const words = argv.map((word) => (word === 'app.log' ? log : word));
      const end = guard.begin();
      const { code, stdout, stderr } = await runCli([...words, '--config', file, '--state-dir', join(root, 'state')], {
        cwd: repo,
        env: { HOME: home, PATH: process.env.PATH ?? '', GIT_CONFIG_NOSYSTEM: '1', ANTHROPIC_API_KEY: 'sk-ant-test-key', ...more },
      });
      end();
      if (`${stdout}${stderr}`.includes(TOKEN)) throw new Error('the token was shown');
      const json = argv.includes('--json') ? parseLines(stdout) : [];
      return { code, said: stdout + stderr, result: json.find(({ kind }) => kind === 'result') };
    },
    paid: () => (existsSync(paid) ? readFileSync(paid, 'utf8').length / 2 : 0),
    requests: () =>
      github?.pulls ??
      (gitlab?.requests ?? []).map(({ branch, title, commit }) => ({ branch, title: title.replace(/^Draft: /, ''), commit })),
    async close() {
      const violations = (github ?? gitlab)?.violations ?? [];
      await Promise.all([server.close(), github?.close(), gitlab?.close(), front.close()]);
      guard.check();
      rmSync(root, { recursive: true, force: true });
      if (violations.length > 0) throw new Error(violations.join('\n'));
    },
  };
}

/** One server for API, pages and git. */
async function companyFront(gitPort: string, apiPort: string): Promise<{ readonly port: number; close(): Promise<void> }> {
  const front = createServer((incoming, answer) => {
    const path = incoming.url ?? '/';
    const isApi = path.startsWith('/api/v3/') || path.startsWith('/lab/api/v4/');
    const inner = send(
      { port: isApi ? apiPort : gitPort, host: '127.0.0.1', method: incoming.method, headers: incoming.headers },
      (reply) => {
        answer.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(answer);
      },
    );
    inner.path = isApi ? path : path.replace(/^\/lab\//, '/');
    inner.on('error', () => answer.destroy());
    incoming.pipe(inner);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  return {
    port: (front.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        front.close(() => resolve());
        front.closeAllConnections();
      }),
  };
}

/**
 * A hook that looks at each new commit of a branch, with `$branch`, `$author`, `$committer`, `$message` and `$commit`, as a host does.
 * @param rule shell; `refuse WORDS` ends it
 */
export const enforcing = (rule: string, home = ''): string => `
refuse() { echo "$1" >&2; exit 1; }
while read old new ref; do
  case $ref in refs/heads/*) ;; *) continue ;; esac
  case $new in 0000*) continue ;; esac
  branch=\${ref#refs/heads/}
  for commit in $(git rev-list "$new" --not --all); do
    author=$(git log -1 --format=%ae "$commit"); committer=$(git log -1 --format=%ce "$commit")
    message=$(git log -1 --format=%B "$commit"); export HOME='${home}'
    ${rule}
  done
done
exit 0`;
