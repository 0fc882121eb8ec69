// Whom a host takes the token for, with the address that it gives them: commits by it belong to an account there.
import { createGitHubHost } from '../../../src/adapters/hosts/github/host.ts';
import { createGitLabHost } from '../../../src/adapters/hosts/gitlab/host.ts';
import { startGitHubStandIn } from '../../standins/github/server.ts';
import { startGitLabStandIn } from '../../standins/gitlab/server.ts';
import { createTestRepository, type TestRepository } from './repository.ts';

const signal = new AbortController().signal;
const of = (baseUrl: string, token: string) => ({ baseUrl, token, project: 'acme/app', userAgent: 'ai-ops/test', clock: () => new Date() });
let repo: TestRepository;
beforeAll(() => {
  repo = createTestRepository();
});
afterAll(() => repo.remove());

test('GitHub: the no-reply address of the user, and none for the token of a workflow', async () => {
  const robot = { login: 'robot', access: 'write', kind: 'fine-grained', pulls: true } as const;
  const standIn = await startGitHubStandIn({ repo: repo.dir, project: 'acme/app', tokens: { t: robot, w: { ...robot, workflow: true } } });
  try {
    const self = (token: string) => createGitHubHost(of(standIn.baseUrl, token)).self(signal);
    expect(await self('t')).toMatchObject({ email: expect.stringMatching(/^\d+\+robot@users\.noreply\.127\.0\.0\.1$/) });
    expect([await self('w'), await self('nobody')]).toEqual([null, null]);
    expect(standIn.violations).toEqual([]);
  } finally {
    await standIn.close();
  }
});

test('GitLab: the address that the user has chosen for commits', async () => {
  const standIn = await startGitLabStandIn({
    repo: repo.dir,
    project: 'acme/app',
    tokens: { t: { login: 'robot', accessLevel: 30, scopes: ['api'] } },
  });
  try {
    expect(await createGitLabHost(of(standIn.baseUrl, 't')).self(signal)).toMatchObject({ email: expect.stringContaining('@') });
    expect(standIn.violations).toEqual([]);
  } finally {
    await standIn.close();
  }
});
