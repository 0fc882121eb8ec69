// What is special about GitLab beside `gitlab-rows.test.ts`: drafts by title, and what doctor learns. Every test ends
// with no break of the description.
import { createGitLabHost } from '../../../../src/adapters/hosts/gitlab/host.ts';
import { draftOf } from '../../../contracts/code-host.ts';
import { GITLAB_TOKENS, type GitLabStandIn, type GitLabStandInOptions, startGitLabStandIn } from '../../../standins/gitlab/server.ts';
import { createTestRepository, type TestRepository } from '../repository.ts';

const never = new AbortController().signal;

let repository: TestRepository;
let standIn: GitLabStandIn;
async function start(options: Partial<GitLabStandInOptions> = {}): Promise<void> {
  standIn = await startGitLabStandIn({ repo: repository.dir, project: 'group/sub/app', tokens: GITLAB_TOKENS, ...options });
}
beforeEach(() => {
  repository = createTestRepository();
});
afterEach(async () => {
  const { violations } = standIn;
  await standIn.close();
  repository.remove();
  expect(violations).toEqual([]);
});

function hostFor({ token = 'developer', project = 'group/sub/app', baseUrl = standIn.baseUrl } = {}) {
  return createGitLabHost({
    ...{ baseUrl, project, token, userAgent: 'ai-ops/test' },
    clock: () => new Date('2026-01-02T03:04:05.000Z'),
    pause: async () => {},
  });
}

test('a draft is a title that says so, and stays what a person made of it', async () => {
  await start();
  await hostFor().ensureRequest(draftOf({ title: 'fix: one' }), never);
  expect(standIn.requests[0]?.title).toBe('Draft: fix: one');
  await hostFor().ensureRequest(draftOf({ title: 'fix: two' }), never);
  expect(standIn.requests[0]?.title).toBe('Draft: fix: two');
  const [request] = standIn.requests;
  if (request !== undefined) request.title = 'fix: two';
  await hostFor().ensureRequest(draftOf({ title: 'fix: three' }), never);
  expect(standIn.requests[0]?.title).toBe('fix: three');
});

test('the longest title still fits with the mark of a draft', async () => {
  await start();
  await hostFor().ensureRequest(draftOf({ title: 't'.repeat(400), body: 'b'.repeat(1_100_000) }), never);
  expect(standIn.requests[0]?.title).toHaveLength(255);
  expect(standIn.requests[0]?.description?.length).toBeLessThanOrEqual(1_048_576);
});

const checks: readonly (readonly [string, Parameters<typeof hostFor>[0], readonly string[]])[] = [
  ['developer', {}, ['token ok', 'scopes ok', 'project ok', 'push right ok', 'default branch ok']],
  ['reporter', { token: 'reporter' }, ['token ok', 'scopes ok', 'project ok', 'push right failed', 'default branch ok']],
  ['read_api only', { token: 'read-only' }, ['token ok', 'scopes failed', 'project ok', 'push right ok', 'default branch ok']],
  ['unknown token', { token: 'nobody' }, ['token failed']],
  ['expired token', { token: 'expired' }, ['token failed']],
  ['invisible project', { token: 'blind' }, ['token ok', 'scopes ok', 'project failed']],
  ['moved project', { project: 'group/old' }, ['token ok', 'scopes ok', 'project failed', 'push right ok', 'default branch ok']],
];
test.each(checks)('check: %s', async (_name, options, expected) => {
  await start({ formerProject: 'group/old' });
  const found = await hostFor(options).check(never);
  expect(found.map(({ name, status }) => `${name} ${status}`)).toEqual(expected);
  expect(found.filter(({ status, hint }) => status === 'failed' && hint === undefined)).toEqual([]);
});

const hints: readonly (readonly [string, RegExp])[] = [
  ['expired', /GITLAB_TOKEN/],
  ['read-only', /scope api/],
  ['reporter', /role Developer on group\/sub\/app/],
  ['soon', /new token before 2026-01-05/],
];
test.each(hints)('check: %s: what to do', async (token, hint) => {
  const soon = { login: 'robot', accessLevel: 30, scopes: ['api'], ends: '2026-01-05' };
  await start({ tokens: { ...GITLAB_TOKENS, soon } });
  const wrong = (await hostFor({ token }).check(never)).filter(({ status }) => status !== 'ok');
  expect(wrong.map((found) => found.hint)).toEqual([expect.stringMatching(hint)]);
});

test('check: an address without its sub-path is a page, and the hint names the setting', async () => {
  await start({ subPath: '/gitlab' });
  expect(await hostFor({ baseUrl: standIn.baseUrl.replace('/gitlab', '') }).check(never)).toEqual([
    {
      name: 'token',
      status: 'failed',
      code: 'host-garbage',
      exitCode: 7,
      detail: expect.stringMatching(/404 with a web page/),
      hint: expect.stringContaining('codeHost.baseUrl'),
    },
  ]);
});
