// The request of the shop on a real remote: git over `git http-backend`, claims as refs there, a host stand-in over HTTP, and boxes
// that each have a store, a ledger and a client of their own. Only Claude and the tests of the shop are played.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClaims } from '../../../src/adapters/git/claims.ts';
import { createRepository } from '../../../src/adapters/git/repository.ts';
import { createGitHttp } from '../../../src/adapters/git/wire/http.ts';
import { createWorkspaces } from '../../../src/adapters/git/worktree/workspaces.ts';
import { createGitHubHost } from '../../../src/adapters/hosts/github/host.ts';
import { createGitLabHost } from '../../../src/adapters/hosts/gitlab/host.ts';
import type { Ledger } from '../../../src/adapters/ledger/ledger-port.ts';
import type { Incident, Outcome, StepName, StepRecord } from '../../../src/core/model.ts';
import { repair } from '../../../src/pipeline/repair.ts';
import { createReplies } from '../../../src/pipeline/replies/replies.ts';
import { replyOn } from '../../../src/pipeline/reply.ts';
import { createMemoryLedger, createMemoryState } from '../../fakes/ledger.ts';
import { commitFiles, git, makeRepository } from '../../support/git-program.ts';
import { startGitServer } from '../../support/git-server.ts';
import { startHostSide } from '../../support/host-side.ts';
import { INCIDENT } from '../../support/incidents.ts';
import { block, createShop, FILES, FIXED, SETTINGS } from '../../support/pipeline.ts';
import { BETTER, BRANCH, LIVE, POLICY, RULES } from './world.ts';

export type HostName = 'github' | 'gitlab';

const TOKEN = 'canary-token';
const PROJECT = 'acme/app';

interface Played {
  /** What Claude answers to the error, and to what is asked for afterwards. */
  readonly fix?: string;
  readonly answer?: string;
  readonly test?: (pricing: string, dir: string) => number | null;
  /** When the error was seen last, in days before now. */
  readonly quietDays?: number;
}

/** What is thrown in the place of a process that ends; whatever it would do afterwards is not done. */
class Killed extends Error {}

/** A port of a process: when that is dead, nothing gets out of it any more. */
function mortal<T>(port: T, isDead: () => boolean): T {
  if (typeof port !== 'object' || port === null) return port;
  return new Proxy(port, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return mortal(value, isDead);
      return (...args: readonly unknown[]) => {
        if (isDead()) throw new Killed('killed');
        const answer: unknown = value.apply(target, args);
        // What was held before is let go of by nobody.
        return answer instanceof Promise ? answer.then((given: unknown) => (isClaim(given) ? mortal(given, isDead) : given)) : answer;
      };
    },
  }) as T;
}

const isClaim = (given: unknown): boolean => typeof given === 'object' && given !== null && 'claim' in given;

export async function hosted(kind: HostName, { fix, answer, test = () => 0, quietDays = 0 }: Played = {}) {
  const root = mkdtempSync(join(tmpdir(), 'ai-ops-hosted-'));
  const server = await startGitServer({ root: join(root, 'bare'), users: [{ token: TOKEN, access: 'write' }], flavour: kind });
  const work = join(root, 'work');
  const fork = await makeRepository(work, FILES);
  const url = await server.create(PROJECT, work);
  const bare = server.dir(PROJECT);
  await git(work, 'remote', 'add', 'origin', bare);
  // Every change of a branch, with what it was before: a force-push is one whose past is not in its present.
  await server.hook(PROJECT, 'update', `echo "$1 $2 $3" >> '${join(root, 'updates')}'`);
  const side = await startHostSide(kind, bare, PROJECT, TOKEN);
  const calls: string[] = [];
  const script = { next: fix ?? block('src/pricing.js', FIXED) };
  const last = { ...INCIDENT.last, time: new Date(Date.now() - quietDays * 86_400_000).toISOString() };
  const incident: Incident = { ...INCIDENT, last };

  const boxOf = async (name: string) => {
    const state = createMemoryState();
    const { fingerprint, title, sample, count, first } = incident;
    await createMemoryLedger(state).record({ checkpoint: null, sightings: [{ fingerprint, title, sample, count, first, last }] });
    const ledger = (): Ledger => createMemoryLedger(state);
    /** A process of this box, begun anew. */
    const start = async (store: Ledger, isDead: () => boolean) => {
      const shop = await createShop(
        (request) => {
          if (isDead()) throw new Killed('killed');
          calls.push(request.prompt);
          return script.next;
        },
        test,
        false,
      );
      const source = { kind: 'remote', url, token: TOKEN, username: 'oauth2', retryDelayMs: 5 } as const;
      const clock = (): Date => new Date();
      const opened = (baseBranch?: string) =>
        createRepository({
          ...{ source, storeDir: join(root, name, 'repos'), author: { name: 'ai-ops', email: 'ai-ops@localhost' }, clock },
          ...(baseBranch === undefined ? {} : { baseBranch }),
        });
      const workspaces = (repository: Awaited<ReturnType<typeof opened>>) =>
        createWorkspaces({ repository, dir: join(root, name, 'workspaces') });
      const repository = await opened();
      const wish = { token: TOKEN, project: PROJECT, userAgent: 'ai-ops/test', clock, pause: async () => undefined };
      const host =
        kind === 'github'
          ? createGitHubHost({ ...wish, baseUrl: side.env.GITHUB_API_URL ?? '' })
          : createGitLabHost({ ...wish, baseUrl: side.env.GITLAB_BASE_URL ?? '' });
      const http = createGitHttp(source);
      const box = async (): Promise<string> => name.padEnd(32, '0');
      const ports = {
        ...{ ...shop.ports, store, outbox: store, box, clock },
        repository: mortal(repository, isDead),
        workspaces: workspaces(repository),
        host: mortal(host, isDead),
        claims: mortal(createClaims({ http, url, token: TOKEN, box, clock }), isDead),
        onBranch: async (branch: string) => {
          const other = await opened(branch);
          return { repository: mortal(other, isDead), workspaces: workspaces(other) };
        },
        newId: () => `${name}${Math.random().toString(36).slice(2, 12)}`,
      };
      const { talk, checks, issueTalk } = ports.host;
      if (talk === null || checks === null) throw new Error('nobody can say anything');
      return {
        repair: () => repair(incident, ports, SETTINGS, LIVE),
        replies: createReplies(
          {
            ...{ store, journal: store, talk, checks, issueTalk, host: ports.host, repository: ports.repository },
            ...{ patches: ports.patches, claims: ports.claims, onBranch: ports.onBranch, clock, redact: ports.redact },
            note: () => undefined,
            repairAgain: (again) => repair(again, ports, { ...SETTINGS, asked: true, again: true }, LIVE),
            reply: (of, follows, earlier) => replyOn(of, follows, ports, { talk, checks, rules: RULES }, SETTINGS, LIVE, earlier),
          },
          { rules: RULES, policy: POLICY, claimSeconds: 600, language: 'en' },
        ),
      };
    };
    /** One look, and what the queue makes of it. */
    const look = async (store: Ledger = ledger(), isDead = () => false): Promise<Outcome | undefined> => {
      const { replies } = await start(store, isDead);
      let outcome: Outcome | undefined;
      for (const trace of await replies.asked(LIVE)) outcome = (await replies.attend(trace, LIVE))?.outcome ?? outcome;
      return outcome;
    };
    /** One look that dies in a step. @returns whether it came so far */
    const killedIn = async (step: StepName, when: 'begun' | 'done'): Promise<boolean> => {
      let isOver = false;
      const store = ledger();
      const dying: Ledger = {
        ...store,
        step: async (trace: string, row: StepRecord, kept) => {
          if (isOver) throw new Killed('killed');
          if (row.name === step && when === 'done' && row.outcome !== 'running') await store.step(trace, row, kept);
          else if (row.name !== step || row.outcome === 'running') await store.step(trace, row, kept);
          isOver = row.name === step && (row.outcome === 'running') === (when === 'begun');
          if (isOver) throw new Killed('killed');
        },
        end: async (trace, ending) => {
          if (isOver) throw new Killed('killed');
          return store.end(trace, ending);
        },
      };
      await look(dying, () => isOver).catch((thrown: unknown) => {
        if (!isOver) throw thrown;
      });
      await store.close();
      return isOver;
    };
    return { ledger, look, killedIn, repair: async () => (await start(ledger(), () => false)).repair() };
  };

  const box = await boxOf('mine');
  const made = await box.repair();
  if (made.outcome !== 'proposed') throw new Error(made.reason);
  script.next = answer ?? block('src/pricing.js', BETTER);
  calls.length = 0;
  for (const [author, right] of [
    ['jo', 'write'],
    ['the_outsider', 'read'],
    [kind === 'github' ? 'helper[bot]' : 'project_7_bot', 'write'],
  ] as const)
    side.talk.allow(author, right);
  const tip = (branch = BRANCH): Promise<string> => git(bare, 'rev-parse', `refs/heads/${branch}`);
  const first = await tip();
  return {
    ...{ box, boxOf, side, made, fork, first, tip, bot: kind === 'github' ? 'helper[bot]' : 'project_7_bot' },
    /** How often Claude was asked since. */
    asked: () => calls.length,
    prompt: () => calls.at(-1) ?? '',
    own: () => side.talk.said(1).filter(({ author }) => author === 'robot'),
    state: () => git(bare, 'for-each-ref', '--format=%(refname)', 'refs/ai-ops', 'refs/heads/ai-ops/claim-*'),
    commits: async () => Number(await git(bare, 'rev-list', '--count', '--first-parent', `${first}..${BRANCH}`)),
    parents: async () => (await git(bare, 'log', '-1', '--format=%P', BRANCH)).split(' '),
    shown: (path = 'src/pricing.js') => git(bare, 'show', `${BRANCH}:${path}`),
    /** A person's commit. */
    async push(branch: string, files: Readonly<Record<string, string>>): Promise<string> {
      await git(work, 'fetch', '-q', 'origin', branch);
      await git(work, 'checkout', '-q', '--detach', 'FETCH_HEAD');
      const commit = await commitFiles(work, files, 'by hand');
      await git(work, 'push', '-q', 'origin', `HEAD:refs/heads/${branch}`);
      return commit;
    },
    /** Changes of branches that lose commits. */
    async forced(): Promise<readonly string[]> {
      const { readFileSync } = await import('node:fs');
      const lines = readFileSync(join(root, 'updates'), 'utf8').trim().split('\n');
      const lost: string[] = [];
      for (const line of lines) {
        const [ref = '', from = '', to = ''] = line.split(' ');
        if (!ref.startsWith('refs/heads/') || ref.includes('/claim-') || /^0+$/.test(from)) continue;
        const isKept = await git(bare, 'merge-base', '--is-ancestor', from, to).then(
          () => true,
          () => false,
        );
        if (!isKept) lost.push(line);
      }
      return lost;
    },
    async close(): Promise<void> {
      await Promise.all([server.close(), side.close()]);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

export type Hosted = Awaited<ReturnType<typeof hosted>>;
