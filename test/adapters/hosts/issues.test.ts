// The contract of issues on the fake, on `local`, and on GitHub and GitLab over their stand-ins.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGitHubHost } from '../../../src/adapters/hosts/github/host.ts';
import { createGitLabHost } from '../../../src/adapters/hosts/gitlab/host.ts';
import { createLocalHost } from '../../../src/adapters/hosts/local/host.ts';
import { forgeIssueContract, type IssueBench, issueContract } from '../../contracts/issues.ts';
import { createFakeCodeHost } from '../../fakes/code-host.ts';
import { startGitHubStandIn } from '../../standins/github/server.ts';
import { GITHUB_TOKENS } from '../../standins/github/tokens.ts';
import { GITLAB_TOKENS, startGitLabStandIn } from '../../standins/gitlab/server.ts';
import { createTestRepository } from './repository.ts';

const COMMON = {
  userAgent: 'ai-ops/test',
  clock: (): Date => new Date('2026-01-02T03:04:05.000Z'),
  pause: async (): Promise<void> => undefined,
};

issueContract('fake', async () => {
  const fake = createFakeCodeHost();
  return {
    host: () => fake,
    tracker: {
      issues: () => fake.issues,
      openByHand: () => 0,
      set: (number, change) => Object.assign(fake.issues.find((one) => one.number === number) ?? {}, change),
      switchOff: () => undefined,
      loseCreation: () => undefined,
      writes: () => fake.writes,
    },
    violations: () => [],
    close: async () => undefined,
  };
});

issueContract('local', async () => {
  const root = mkdtempSync(join(tmpdir(), 'ai-ops-local-issues-'));
  return {
    host: () => createLocalHost({ dir: join(root, 'requests'), storePath: join(root, 'store'), isTakenOver: async () => false }),
    tracker: null,
    violations: () => [],
    close: async () => rmSync(root, { recursive: true, force: true }),
  };
});

async function gitHub(prefix: string): Promise<IssueBench> {
  const repository = createTestRepository();
  const standIn = await startGitHubStandIn({ repo: repository.dir, project: 'acme/app', tokens: GITHUB_TOKENS, prefix });
  const tokens = { owner: 'fine-write', wrong: 'nobody', 'without-right': 'fine-no-issues' } as const;
  return {
    host: (who = 'owner') => createGitHubHost({ baseUrl: standIn.baseUrl, project: 'acme/app', token: tokens[who], ...COMMON }),
    tracker: {
      issues: () => standIn.issues.map(({ number, title, body, state }) => ({ number, title, body: body ?? '', state })),
      openByHand: standIn.openIssueByHand,
      set: standIn.setIssueByHand,
      switchOff: () => {
        standIn.hasIssues = false;
      },
      loseCreation: () => standIn.faults.push({ on: 'POST /repos/{owner}/{repo}/issues', kind: 'lost' }),
      writes: () => standIn.log.filter((line) => !line.startsWith('GET')).length,
    },
    violations: () => standIn.violations,
    async close() {
      await standIn.close();
      repository.remove();
    },
  };
}

async function gitLab(subPath: string): Promise<IssueBench> {
  const repository = createTestRepository();
  const standIn = await startGitLabStandIn({ repo: repository.dir, project: 'group/sub/app', tokens: GITLAB_TOKENS, subPath });
  const tokens = { owner: 'developer', wrong: 'nobody', 'without-right': 'guest' } as const;
  return {
    host: (who = 'owner') => createGitLabHost({ baseUrl: standIn.baseUrl, project: 'group/sub/app', token: tokens[who], ...COMMON }),
    tracker: {
      issues: () =>
        standIn.issues.map(({ iid, title, description, state }) => ({
          ...{ number: iid, title, body: description ?? '' },
          state: state === 'opened' ? 'open' : 'closed',
        })),
      openByHand: standIn.openIssueByHand,
      set: standIn.setIssueByHand,
      switchOff: () => {
        standIn.hasIssues = false;
      },
      loseCreation: () => standIn.faults.push({ on: 'POST /projects/{id}/issues', kind: 'lost' }),
      writes: () => standIn.log.filter((line) => !line.startsWith('GET')).length,
    },
    violations: () => standIn.violations,
    async close() {
      await standIn.close();
      repository.remove();
    },
  };
}

describe.each(['/api/v3', ''])('GitHub with the prefix "%s"', (prefix) => {
  issueContract('GitHub stand-in', () => gitHub(prefix));
  forgeIssueContract('GitHub stand-in', () => gitHub(prefix));
});

describe.each(['', '/gitlab'])('GitLab with the sub-path "%s"', (subPath) => {
  issueContract('GitLab stand-in', () => gitLab(subPath));
  forgeIssueContract('GitLab stand-in', () => gitLab(subPath));
});

test('to GitHub a pull request is an issue too: one with our marker is none of ours', async () => {
  const repository = createTestRepository();
  const standIn = await startGitHubStandIn({ repo: repository.dir, project: 'acme/app', tokens: GITHUB_TOKENS });
  const host = createGitHubHost({ baseUrl: standIn.baseUrl, project: 'acme/app', token: 'fine-write', ...COMMON });
  const signal = new AbortController().signal;
  await standIn.openByHand({ branch: 'ai-ops/fix-1234567890ab', base: 'main', title: 'fix', body: '<!-- ai-ops:v2:beef -->' });
  expect(await host.findIssue(['v2:beef'], signal)).toBeNull();
  const body = '<!-- ai-ops:v2:beef -->\n\n<!-- ai-ops:end -->';
  const { issue } = await host.ensureIssue({ names: ['v2:beef'], title: 'it', body, patch: '' }, signal);
  expect([issue.number, standIn.issues.length, standIn.violations]).toEqual([2, 1, []]);
  await standIn.close();
  repository.remove();
});
