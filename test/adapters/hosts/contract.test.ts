// The code-host contract on the fake, on `local`, and on GitHub and GitLab over their stand-ins.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGitHubHost } from '../../../src/adapters/hosts/github/host.ts';
import { createGitLabHost } from '../../../src/adapters/hosts/gitlab/host.ts';
import { createLocalHost } from '../../../src/adapters/hosts/local/host.ts';
import { BRANCH, codeHostContract, type HostBench, type Trouble } from '../../contracts/code-host.ts';
import { createFakeCodeHost, type HostFailure } from '../../fakes/code-host.ts';
import { startGitHubStandIn } from '../../standins/github/server.ts';
import { GITHUB_TOKENS } from '../../standins/github/tokens.ts';
import { GITLAB_TOKENS, startGitLabStandIn } from '../../standins/gitlab/server.ts';
import { inLane } from '../../support/lane.ts';
import { createTestRepository } from './repository.ts';

const COMMIT = 'c'.repeat(40);

codeHostContract('fake', async () => {
  const fake = createFakeCodeHost();
  fake.branches = new Set([BRANCH]);
  const codes: Partial<Record<Trouble, HostFailure>> = {
    limit: 'host-limit',
    'page-on-list': 'host-garbage',
    'page-on-create': 'host-garbage',
    'unreachable-on-list': 'host-unreachable',
  };
  const byWho = { owner: null, wrong: 'host-auth', blind: 'host-not-found', 'without-right': 'host-forbidden' } as const;
  const numbered = (number: number) => fake.requests.find((request) => request.number === number);
  const bench: HostBench = {
    host(who = 'owner') {
      const code = byWho[who];
      if (code !== null) fake.failures.push(code);
      return fake;
    },
    world: {
      requests: () => fake.requests,
      openByHand: async ({ fork, ...request }) => fake.open({ ...request, commit: COMMIT, draft: false, fork: fork ?? null }).number,
      closeByHand: (number) => Object.assign(numbered(number) ?? {}, { state: 'closed' }),
      mergeByHand: (number) => Object.assign(numbered(number) ?? {}, { state: 'merged' }),
      order(trouble) {
        const code = codes[trouble];
        if (code !== undefined) fake.failures.push(code);
      },
      writes: () => fake.writes,
      appearLater: (branch) => {
        fake.branches = new Set([BRANCH, branch]);
      },
    },
    violations: () => [],
    close: async () => {},
  };
  return { bench, commit: COMMIT };
});

codeHostContract('local', async () => {
  const root = mkdtempSync(join(tmpdir(), 'ai-ops-local-'));
  const bench: HostBench = {
    host: () => createLocalHost({ dir: join(root, 'requests'), storePath: join(root, 'store'), isTakenOver: async () => false }),
    world: null,
    violations: () => [],
    close: async () => rmSync(root, { recursive: true, force: true }),
  };
  return { bench, commit: COMMIT };
});

const CREATE = 'POST /repos/{owner}/{repo}/pulls';
const LIST = 'GET /repos/{owner}/{repo}/pulls';

describe.each(inLane(['/api/v3', ''], 0.5))('GitHub with the prefix "%s"', (prefix) => {
  codeHostContract('GitHub stand-in', async () => {
    const repository = createTestRepository();
    const tokens = { owner: 'fine-write', wrong: 'nobody', blind: 'classic-blind', 'without-right': 'fine-no-pulls' } as const;
    const standIn = await startGitHubStandIn({ repo: repository.dir, project: 'acme/app', tokens: GITHUB_TOKENS, prefix });
    let waiting: (() => void) | undefined;
    const pause = async (): Promise<void> => {
      waiting?.();
      waiting = undefined;
    };
    const clock = (): Date => new Date('2026-01-02T03:04:05.000Z');
    const bench: HostBench = {
      host: (who = 'owner') =>
        createGitHubHost({ baseUrl: standIn.baseUrl, project: 'acme/app', token: tokens[who], userAgent: 'ai-ops/test', clock, pause }),
      world: {
        requests: () =>
          standIn.pulls.map(({ number, branch, base, title, body, draft, state, mergedAt }) => ({
            ...{ number, branch, base, title, draft, body: body ?? '' },
            state: mergedAt === null ? state : 'merged',
          })),
        openByHand: standIn.openByHand,
        closeByHand: standIn.closeByHand,
        mergeByHand: standIn.mergeByHand,
        order(trouble) {
          if (trouble === 'lost-answer') standIn.faults.push({ on: CREATE, kind: 'lost' });
          if (trouble === 'limit') standIn.faults.push({ on: LIST, kind: 'primary-limit' });
          if (trouble === 'page-on-list') standIn.faults.push({ on: LIST, kind: 'page' });
          if (trouble === 'page-on-create') standIn.faults.push({ on: CREATE, kind: 'page' });
          if (trouble === 'unreachable-on-list') for (let n = 0; n < 3; n++) standIn.faults.push({ on: LIST, kind: 'bad-gateway' });
        },
        writes: () => standIn.log.filter((line) => !line.startsWith('GET')).length,
        conditional: () => standIn.unmodified.length,
        appearLater(branch) {
          waiting = () => repository.branch(branch);
        },
      },
      violations: () => standIn.violations,
      async close() {
        await standIn.close();
        repository.remove();
      },
    };
    return { bench, commit: repository.commit };
  });
});

const REQUESTS = '/projects/{id}/merge_requests';

describe.each(inLane(['', '/gitlab'], 0.5))('GitLab with the sub-path "%s"', (subPath) => {
  codeHostContract('GitLab stand-in', async () => {
    const repository = createTestRepository();
    const tokens = { owner: 'developer', wrong: 'nobody', blind: 'blind', 'without-right': 'reporter' } as const;
    const standIn = await startGitLabStandIn({ repo: repository.dir, project: 'group/sub/app', tokens: GITLAB_TOKENS, subPath });
    let waiting: (() => void) | undefined;
    const pause = async (): Promise<void> => {
      waiting?.();
      waiting = undefined;
    };
    const clock = (): Date => new Date('2026-01-02T03:04:05.000Z');
    const bench: HostBench = {
      host: (who = 'owner') =>
        createGitLabHost({
          baseUrl: standIn.baseUrl,
          project: 'group/sub/app',
          token: tokens[who],
          userAgent: 'ai-ops/test',
          clock,
          pause,
        }),
      world: {
        requests: () =>
          standIn.requests.map(({ iid, branch, base, title, description, state }) => ({
            ...{
              number: iid,
              branch,
              base,
              title: title.replace(/^Draft: /, ''),
              body: description ?? '',
              draft: title.startsWith('Draft: '),
            },
            state: state === 'opened' ? 'open' : state,
          })),
        openByHand: standIn.openByHand,
        closeByHand: standIn.closeByHand,
        mergeByHand: standIn.mergeByHand,
        order(trouble) {
          if (trouble === 'lost-answer') standIn.faults.push({ on: `POST ${REQUESTS}`, kind: 'lost' });
          if (trouble === 'limit') standIn.faults.push({ on: `GET ${REQUESTS}`, kind: 'too-many-for-long' });
          if (trouble === 'page-on-list') standIn.faults.push({ on: `GET ${REQUESTS}`, kind: 'page' });
          if (trouble === 'page-on-create') standIn.faults.push({ on: `POST ${REQUESTS}`, kind: 'page' });
          if (trouble === 'unreachable-on-list')
            for (let n = 0; n < 3; n++) standIn.faults.push({ on: `GET ${REQUESTS}`, kind: 'bad-gateway' });
        },
        writes: () => standIn.log.filter((line) => !line.startsWith('GET')).length,
        conditional: () => standIn.unmodified.length,
        appearLater(branch) {
          waiting = () => repository.branch(branch);
        },
      },
      violations: () => standIn.violations,
      async close() {
        await standIn.close();
        repository.remove();
      },
    };
    return { bench, commit: repository.commit };
  });
});
