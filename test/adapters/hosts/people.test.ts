// Whoever is to be told is told on the host, once, as a request is made; who cannot be told is a note and no failure.
import { createGitHubHost } from '../../../src/adapters/hosts/github/host.ts';
import { createGitLabHost } from '../../../src/adapters/hosts/gitlab/host.ts';
import { BRANCH } from '../../contracts/code-host.ts';
import { startGitHubStandIn } from '../../standins/github/server.ts';
import { startGitLabStandIn } from '../../standins/gitlab/server.ts';
import { createTestRepository, type TestRepository } from './repository.ts';

const signal = new AbortController().signal;
const FORM = {
  labels: ['ai-ops', 'bug'],
  reviewers: ['jo', 'nobody'],
  assignees: ['jo', 'nobody'],
  removeSourceBranch: true,
  squash: true,
};
const of = (baseUrl: string, form: typeof FORM) => ({
  baseUrl,
  token: 't',
  project: 'acme/app',
  userAgent: 'ai-ops/test',
  clock: () => new Date(),
  form,
});
let repo: TestRepository;
beforeEach(() => {
  repo = createTestRepository();
});
afterEach(() => repo.remove());
const draft = () => ({
  branch: BRANCH,
  base: 'main',
  commit: repo.commit,
  title: 'Fix it',
  body: '<!-- ai-ops:v2:00 -->',
  draft: false,
  patch: '',
  fingerprint: 'v2:00',
});

test('GitHub', async () => {
  const robot = { login: 'robot', access: 'write', kind: 'fine-grained', pulls: true } as const;
  const standIn = await startGitHubStandIn({ repo: repo.dir, project: 'acme/app', tokens: { t: robot } });
  try {
    const host = createGitHubHost(of(standIn.baseUrl, { ...FORM, reviewers: ['jo', 'nobody', 'team:backend', 'team:acme/none'] }));
    const made = await host.ensureRequest(draft(), signal);
    expect(made.created).toBe(true);
    expect(standIn.pulls[0]).toMatchObject({ labels: ['ai-ops', 'bug'], assignees: ['jo'], reviewers: ['jo', 'team:backend'] });
    expect(made.notes).toEqual([
      'nobody was not assigned',
      expect.stringMatching(/^nobody was not asked for a review: .*not a collaborator/),
      expect.stringMatching(/^team:acme\/none was not asked for a review: /),
    ]);
    const before = standIn.log.length;
    await host.ensureRequest(draft(), signal);
    expect(standIn.log.slice(before).filter((call) => call.startsWith('POST'))).toEqual([]);
    expect(standIn.violations).toEqual([]);
  } finally {
    await standIn.close();
  }
});

test('GitLab', async () => {
  const standIn = await startGitLabStandIn({
    repo: repo.dir,
    project: 'acme/app',
    tokens: { t: { login: 'robot', accessLevel: 30, scopes: ['api'] } },
  });
  try {
    const host = createGitLabHost(of(standIn.baseUrl, { ...FORM, assignees: ['jo', 'kimberly'] }));
    const made = await host.ensureRequest(draft(), signal);
    expect(standIn.requests[0]).toMatchObject({
      labels: ['ai-ops', 'bug'],
      removesBranch: true,
      squashes: true,
      assignees: ['jo'],
      reviewers: ['jo'],
    });
    expect(made.notes).toEqual(['nobody was not asked for a review', 'kimberly was not assigned']);
    const before = standIn.log.length;
    await host.ensureRequest(draft(), signal);
    expect(standIn.log.slice(before).filter((call) => !call.startsWith('GET'))).toEqual([]);
    expect(standIn.violations).toEqual([]);
  } finally {
    await standIn.close();
  }
});
