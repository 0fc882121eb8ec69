// What the hosts ask of the form of a fix is read through their own APIs, and what is read is what would be broken.
import { createGitHubHost } from '../../../src/adapters/hosts/github/host.ts';
import { createGitLabHost } from '../../../src/adapters/hosts/gitlab/host.ts';
import { brokenRule, type Form } from '../../../src/core/policy/form-rules.ts';
import { startGitHubStandIn } from '../../standins/github/server.ts';
import { startGitLabStandIn } from '../../standins/gitlab/server.ts';
import { createTestRepository, type TestRepository } from './repository.ts';

const signal = new AbortController().signal;
const BRANCH = 'ai-ops/fix-0123456789ab';
const FORM: Form = {
  branch: BRANCH,
  message: 'fix: handle TypeError in orderTotal (src/pricing.js)\n\nSeen 3 times.\n',
  author: 'robot@users.noreply.acme.test',
  committer: 'robot@users.noreply.acme.test',
  isSigned: false,
  isSignedOff: false,
};
const of = (baseUrl: string) => ({ baseUrl, token: 't', project: 'acme/app', userAgent: 'ai-ops/test', clock: () => new Date() });
let repo: TestRepository;
beforeAll(() => {
  repo = createTestRepository();
});
afterAll(() => repo.remove());

const named = (type: string, pattern: string, operator = 'regex', negate = false) => ({
  type,
  parameters: { name: 'n', negate, operator, pattern },
});

describe('GitHub', () => {
  test.each([
    [[named('branch_name_pattern', '^(feature|bugfix)/')], 'request.branchPrefix'],
    [[named('branch_name_pattern', 'ai-ops/', 'starts_with')], undefined],
    [[named('branch_name_pattern', 'ai-ops', 'contains', true)], 'request.branchPrefix'],
    [[{ type: 'creation' }], 'request.branchPrefix'],
    [[named('commit_message_pattern', '^JIRA-\\d+')], 'commit.subject'],
    [[named('commit_message_pattern', 'fix: ', 'starts_with')], undefined],
    [[named('commit_author_email_pattern', '@acme.com', 'ends_with')], 'commit.author'],
    [[named('committer_email_pattern', '@acme.com', 'ends_with')], 'commit.committer'],
    [[{ type: 'required_signatures' }], 'commit.sign'],
    [[{ type: 'deletion' }, { type: 'non_fast_forward' }, { type: 'required_linear_history' }], undefined],
  ] as const)('%j asks for %s', async (rules, key) => {
    const robot = { login: 'robot', access: 'write', kind: 'fine-grained', pulls: true } as const;
    const standIn = await startGitHubStandIn({ repo: repo.dir, project: 'acme/app', tokens: { t: robot } });
    try {
      standIn.rules = rules;
      const read = () => createGitHubHost(of(standIn.baseUrl)).rules(BRANCH, signal);
      expect(brokenRule(await read(), FORM)?.key).toBe(key);
      standIn.bypass = 'always';
      expect(await read()).toEqual([]);
      expect(standIn.violations).toEqual([]);
    } finally {
      await standIn.close();
    }
  });
});

describe('GitLab', () => {
  test.each([
    [{ branch_name_regex: '^(feature|bugfix)\\/.*' }, [], 'request.branchPrefix'],
    [{ branch_name_regex: '(feature|ai-ops)/' }, [], undefined],
    [{ commit_message_regex: '(?i)jira-\\d+' }, [], 'commit.subject'],
    [{ commit_message_negative_regex: '^fix' }, [], 'commit.subject'],
    [{ author_email_regex: '@acme.com$' }, [], 'commit.author'],
    [{ reject_unsigned_commits: true }, [], 'commit.sign'],
    [{ reject_non_dco_commits: true }, [], 'commit.signoff'],
    [null, ['release/*', 'ai-ops/*'], 'request.branchPrefix'],
    [null, ['release/*', 'main'], undefined],
  ] as const)('%j and %j protected ask for %s', async (pushRule, shutBranches, key) => {
    const tokens = { t: { login: 'robot', accessLevel: 30, scopes: ['api'] } };
    const standIn = await startGitLabStandIn({ repo: repo.dir, project: 'acme/app', tokens });
    try {
      Object.assign(standIn, { pushRule, shutBranches });
      expect(brokenRule(await createGitLabHost(of(standIn.baseUrl)).rules(BRANCH, signal), FORM)?.key).toBe(key);
      expect(standIn.violations).toEqual([]);
    } finally {
      await standIn.close();
    }
  });
});
