// What a host asks of a branch and of a commit: hooks that look at each commit enforce it, and so do both hosts' own rules. As it comes
// a fix is refused, with the key to set; with that key set there is a request. What the API shows is known before Claude is paid.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { git } from '../support/git-program.ts';
import { slowDescribe, slowTest } from '../support/lane.ts';
import { enforcing, type HostName, type Place, place } from './place.ts';

const LIMIT = 300_000;
const GITHUB = (words: string): string => `remote: error: GH013: Repository rule violations found for refs/heads/x. - ${words}`;

interface Row {
  /** As shell, in the hook. */
  readonly rule: (host: HostName, at: Place) => string;
  /** What the host's API says of it, where it does. */
  readonly api?: { readonly github?: readonly object[]; readonly gitlab?: object };
  /** What the refusal names. */
  readonly key: RegExp;
  /** What has to be set. */
  readonly set: object | ((at: Place) => object);
}

const named = (type: string, pattern: string) => ({ type, parameters: { name: 'n', negate: false, operator: 'regex', pattern } });

const ROWS: Readonly<Record<string, Row>> = {
  'names of branches': {
    rule: (host) =>
      `case $branch in bugfix/* | feature/*) ;; *) refuse "${host === 'github' ? GITHUB('Branch name must match a given regex pattern: ^(feature|bugfix)/') : "GitLab: Branch name does not follow the pattern '^(feature|bugfix)/.*'"}" ;; esac`,
    api: { github: [named('branch_name_pattern', '^(feature|bugfix)/')], gitlab: { branch_name_regex: '^(feature|bugfix)\\/.*' } },
    ...{ key: /request\.branchPrefix/, set: { request: { branchPrefix: 'bugfix/ai-' } } },
  },
  'the address of the author': {
    rule: (host) =>
      `case $author in *@acme.test) ;; *) refuse "${host === 'github' ? GITHUB('Author email must end with a given pattern: @acme.test') : "GitLab: Author's email '$author' does not follow the pattern '@acme.test$'"}" ;; esac`,
    api: { github: [named('commit_author_email_pattern', '@acme\\.test$')], gitlab: { author_email_regex: '@acme\\.test$' } },
    ...{ key: /commit\.author/, set: { commit: { author: 'Robot <robot@acme.test>' } } },
  },
  'a committer whose address is verified': {
    rule: (host) =>
      `case $committer in robot@acme.test) ;; *) refuse "${host === 'github' ? GITHUB('Committer email must match a given pattern: robot@acme.test') : `GitLab: You cannot push commits for '$committer'. You can only push commits if the committer email is one of your own verified emails.`}" ;; esac`,
    api: { github: [named('committer_email_pattern', '^robot@acme\\.test$')] },
    ...{ key: /commit\.committer/, set: { commit: { committer: 'Robot <robot@acme.test>' } } },
  },
  'the words of the message': {
    rule: (host) =>
      `case $message in *JIRA-7*) ;; *) refuse "${host === 'github' ? GITHUB('Commit message must match a given regex pattern: JIRA-') : "GitLab: Commit message does not follow the pattern 'JIRA-'"}" ;; esac`,
    api: { github: [named('commit_message_pattern', 'JIRA-\\d+')], gitlab: { commit_message_regex: 'JIRA-\\d+' } },
    ...{ key: /commit\.subject/, set: { commit: { subject: 'fix: JIRA-7 handle {what}' } } },
  },
  'a sign-off': {
    rule: (host) =>
      `echo "$message" | grep -q "^Signed-off-by: $(git log -1 --format='%an <%ae>' "$commit")$" || refuse "${host === 'github' ? GITHUB('Commit message must contain a Signed-off-by line (DCO)') : 'GitLab: Commit message must contain a DCO signoff'}"`,
    api: { gitlab: { reject_non_dco_commits: true } },
    ...{ key: /commit\.signoff/, set: { commit: { signoff: true } } },
  },
  'a signature': {
    rule: (host, at) =>
      `git -c gpg.format=ssh -c gpg.ssh.allowedSignersFile='${at.home}/allowed' verify-commit "$commit" 2>/dev/null || refuse "${host === 'github' ? GITHUB('Commits must have verified signatures.') : 'GitLab: Commit must be signed with a GPG key'}"`,
    api: { github: [{ type: 'required_signatures' }], gitlab: { reject_unsigned_commits: true } },
    key: /commit\.sign\b/,
    set: (at) => ({ commit: { sign: join(at.home, 'key'), author: 'Robot <robot@acme.test>' } }),
  },
};

const CASES = (['github', 'gitlab'] as const)
  .flatMap((host) =>
    Object.keys(ROWS).flatMap((name) => (['by a hook alone', 'also told by the API'] as const).map((how) => [host, name, how] as const)),
  )
  .filter(([host, name, how]) => how === 'by a hook alone' || ROWS[name]?.api?.[host] !== undefined);

slowTest.each(CASES)(
  '%s: %s, %s: refused with the key to set, and taken with it',
  async (host, name, how) => {
    const { rule, api, key, set } = ROWS[name] as Row;
    const at = await place(host);
    try {
      const file = join(at.home, 'key');
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-f', file, '-C', 'robot', '-N', '']);
      writeFileSync(join(at.home, 'allowed'), `robot@acme.test ${readFileSync(`${file}.pub`, 'utf8')}`);
      await at.server.hook('acme/app', 'pre-receive', enforcing(rule(host, at), at.home));
      if (how === 'also told by the API') {
        if (at.standIn.github) at.standIn.github.rules = (api?.github ?? []) as never;
        if (at.standIn.gitlab) at.standIn.gitlab.pushRule = (api?.gitlab ?? {}) as never;
      }
      const refused = await at.run(['fix', 'app.log', '--json']);
      expect({ code: refused.code, outcome: refused.result?.outcome, requests: at.requests().length }).toEqual({
        ...{ code: 4, outcome: 'failed', requests: 0 },
      });
      expect(refused.said).toMatch(key);
      if (how === 'also told by the API') expect(at.paid()).toBe(0);
      const taken = await at.run(['fix', 'app.log', '--again', '--json'], typeof set === 'function' ? set(at) : set);
      expect([taken.said.slice(-2000), taken.result?.outcome]).toEqual([expect.anything(), 'proposed']);
      // What was answered before is not paid for again.
      expect([at.requests().length, at.paid()]).toEqual([1, 1]);
      const branch = String(taken.result?.branch);
      expect(await git(at.bare, 'for-each-ref', '--format=%(refname)', 'refs/ai-ops')).toBe('');
      if (name === 'names of branches') expect(branch).toMatch(/^bugfix\/ai-fix-[0-9a-f]{12}$/);
    } finally {
      await at.close();
    }
  },
  LIMIT,
);

slowDescribe.each(['github', 'gitlab'] as const)('branches on %s', (host) => {
  let at: Place;
  beforeEach(async () => {
    at = await place(host);
  });
  afterEach(() => at.close());

  test(
    'one called like our prefix is found before Claude is paid; with another prefix there is a request',
    async () => {
      await git(at.bare, 'branch', 'ai-ops', 'main');
      const refused = await at.run(['fix', 'app.log', '--json']);
      expect([refused.code, at.paid(), refused.said]).toEqual([2, 0, expect.stringContaining('request.branchPrefix')]);
      const taken = await at.run(['fix', 'app.log', '--again', '--json'], { request: { branchPrefix: 'bots/' } });
      expect(taken.result?.outcome).toBe('proposed');
    },
    LIMIT,
  );

  test(
    'one of a person with our name stays as it is, and nobody is paid',
    async () => {
      const { said } = await at.run(['scan', 'app.log', '--json']);
      const branch = `ai-ops/fix-${/"fingerprint":"v\d+:([0-9a-f]{12})/.exec(said)?.[1]}`;
      const theirs = await git(at.bare, 'commit-tree', '-m', 'mine', '-p', 'main', 'main^{tree}');
      await git(at.bare, 'update-ref', `refs/heads/${branch}`, theirs);
      const ran = await at.run(['fix', 'app.log', '--json']);
      expect([await git(at.bare, 'rev-parse', branch), at.paid(), at.requests().length]).toEqual([theirs, 0, 0]);
      expect(ran.said).toContain(branch);
    },
    LIMIT,
  );

  test.each([
    ['refused', 'case $ref in refs/ai-ops/*) echo no >&2; exit 1 ;; esac'],
    ['refused, and so are branches that are claims', 'case $ref in refs/ai-ops/* | refs/heads/*claim-*) echo no >&2; exit 1 ;; esac'],
  ])(
    'refs that are no branches are %s: there is a request all the same, and no claim is left',
    async (_name, rule) => {
      await at.server.hook('acme/app', 'pre-receive', `while read old new ref; do ${rule}; done`);
      const ran = await at.run(['fix', 'app.log', '--json']);
      expect([ran.result?.outcome, at.requests().length, at.paid()]).toEqual(['proposed', 1, 1]);
      expect((await git(at.bare, 'for-each-ref', '--format=%(refname:short)')).split('\n').filter((ref) => /claim/.test(ref))).toEqual([]);
    },
    LIMIT,
  );
});
