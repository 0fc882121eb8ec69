// What GitHub and GitLab say over git, one by one: a real server in front of `git http-backend`, the hosts' refusals
// word for word, their reasons given by real hooks. Every row says what the user gets, and that nothing was pushed.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRepository } from '../../../src/adapters/git/repository.ts';
import type { AiOpsError } from '../../../src/errors.ts';
import { git, makeRepository } from '../../support/git-program.ts';
import { type GitServer, startGitServer } from '../../support/git-server.ts';

const USERS = [
  { token: 'secret-write', access: 'write' },
  { token: 'secret-read', access: 'read' },
  { token: 'secret-blind', access: 'none' },
] as const;
const REFUSE = new URL('../../support/refuse-push.js', import.meta.url).pathname;
const never = new AbortController().signal;
let root = '';
let work = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ai-ops-host-git-'));
  work = join(root, 'work');
  await makeRepository(work, { 'app.js': 'one\n' });
});
afterAll(() => rm(root, { recursive: true, force: true }));

interface Row {
  readonly flavour: 'github' | 'gitlab';
  readonly token?: string;
  readonly username?: string;
  /** What the host prints, and the reason behind `! [remote rejected]`. */
  readonly says?: string;
  readonly reason?: string;
  readonly hook?: 'proc-receive' | 'pre-receive';
  /** Absent: it is pushed. */
  readonly code?: string;
  readonly exit?: number;
  readonly message?: RegExp;
  readonly hint?: RegExp;
}

const auth = (message: RegExp, hint = /read and write access/) => ({ code: 'git-auth', exit: 4, message, hint });
const hidden = (message: RegExp) => ({ code: 'git-not-found', exit: 4, message, hint: /token can see a private repository/ });
const rejected = (message: RegExp) => ({ code: 'push-rejected', exit: 4, message, hint: /create this branch.*rules of the repository/ });
const ruled = (message: RegExp, hint = /^set request\.branchPrefix /) => ({
  code: 'rule-refused',
  exit: 4,
  message,
  hint,
});
/** The hook of a self-managed GitLab, or of anybody: words alone. */
const hooked = (says: string, hint: RegExp): Row => ({
  flavour: 'gitlab',
  hook: 'pre-receive',
  says,
  ...ruled(/pre-receive hook declined/, hint),
});
/** A ruleset of GitHub, as it lists what is broken. */
const ruleset = (broken: string, hint: RegExp): Row => ({
  flavour: 'github',
  says: `error: GH013: Repository rule violations found for refs/heads/ai-ops/fix-1. - ${broken}`,
  reason: 'push declined due to repository rule violations',
  ...ruled(/rule violations/, hint),
});

const rows: readonly (readonly [string, Row])[] = [
  ['1.3.17 a bad token', { flavour: 'github', token: 'secret-bad', ...auth(/Invalid username or token/) }],
  ['1.3.17 no token', { flavour: 'github', token: '', ...auth(/no token was given/) }],
  ['1.3.18 no write access', { flavour: 'github', token: 'secret-read', ...auth(/Write access to repository not granted/) }],
  ['1.3.18 no read access', { flavour: 'github', token: 'secret-blind', ...hidden(/Repository not found/) }],
  [
    '1.3.19 a protected branch',
    {
      flavour: 'github',
      says: 'error: GH006: Protected branch update failed for refs/heads/ai-ops/fix-1.',
      reason: 'protected branch hook declined',
      ...ruled(/protected branch hook declined: error: GH006: Protected branch update failed/),
    },
  ],
  [
    '1.3.19 a rule of the repository',
    {
      flavour: 'github',
      says: 'error: GH013: Repository rule violations found for refs/heads/ai-ops/fix-1.',
      reason: 'push declined due to repository rule violations',
      ...ruled(/push declined due to repository rule violations: error: GH013/, /^look at its rules and hooks; /),
    },
  ],
  [
    '1.3.19 a workflow file without the scope for it',
    {
      flavour: 'github',
      reason: 'refusing to allow a Personal Access Token to create or update workflow `.github/workflows/x.yml` without `workflow` scope',
      ...rejected(/x\.yml` without `workflow` scope/),
    },
  ],
  ['2.2.13 a bad token', { flavour: 'gitlab', token: 'secret-bad', ...auth(/HTTP Basic: Access denied/) }],
  ['2.2.13 no write access', { flavour: 'gitlab', token: 'secret-read', ...auth(/not allowed to push code to this project/) }],
  ['2.2.13 no read access', { flavour: 'gitlab', token: 'secret-blind', ...hidden(/could not be found or you don't have permission/) }],
  [
    '2.2.13 a protected branch',
    {
      flavour: 'gitlab',
      hook: 'pre-receive',
      says: 'GitLab: You are not allowed to push code to protected branches on this project.',
      ...ruled(/pre-receive hook declined: GitLab: You are not allowed to push code to protected branches/),
    },
  ],
  [
    'a rule for names, GitLab',
    hooked("GitLab: Branch name 'ai-ops/fix-1' does not follow the pattern '^(feature|bugfix)/.*'", /request\.branchPrefix/),
  ],
  ['a rule for names, GitHub', ruleset('Branch name must match a given regex pattern: ^(feature|bugfix)/', /request\.branchPrefix/)],
  ['names that may not be made, GitHub', ruleset('Cannot create ref due to creations being restricted.', /request\.branchPrefix/)],
  [
    'a committer that is no verified one, GitLab',
    hooked(
      "GitLab: You cannot push commits for 'x@y'. You can only push commits if the committer email is one of your own verified emails.",
      /commit\.committer/,
    ),
  ],
  [
    'an author by a pattern, GitLab',
    hooked("GitLab: Author's email 'ai-ops@localhost' does not follow the pattern '@acme.com$'", /commit\.author/),
  ],
  ['a message by a pattern, GitLab', hooked("GitLab: Commit message does not follow the pattern 'JIRA-\\d+'", /commit\.subject/)],
  ['a sign-off, GitLab', hooked('GitLab: Commit message must contain a DCO signoff', /commit\.signoff/)],
  ['a signature, GitLab', hooked('GitLab: Commit must be signed with a GPG key', /commit\.sign /)],
  ['a signature, GitHub', ruleset('Commits must have verified signatures.', /commit\.sign /)],
  ['a message by a pattern, GitHub', ruleset('Commit message must start with a given pattern: JIRA-', /commit\.subject/)],
  [
    'a hook without a word',
    { flavour: 'gitlab', hook: 'pre-receive', says: '', ...ruled(/pre-receive hook declined/, /^look at its rules/) },
  ],
  ['2.2.13 any name goes with a token', { flavour: 'gitlab', username: 'oauth2' }],
];

function hookOf({ hook = 'proc-receive', says, reason }: Row): string {
  const talk = says === undefined ? '' : `echo "${says}" >&2; `;
  return hook === 'pre-receive' ? `${talk}exit 1` : `${talk}exec '${process.execPath}' '${REFUSE}' '${reason}'`;
}

test.each(rows)('%s', async (name, row) => {
  const dir = join(root, name.replaceAll(/\W+/g, '-'));
  const server = await startGitServer({ root: join(dir, 'served'), users: USERS, flavour: row.flavour });
  try {
    const address = await server.create('acme/app', work);
    if (row.says !== undefined || row.reason !== undefined) await server.hook('acme/app', row.hook ?? 'proc-receive', hookOf(row));
    const ended = await pushed(server, address, dir, row).catch((thrown: unknown) => thrown as AiOpsError);
    const branches = await git(server.dir('acme/app'), 'for-each-ref', '--format=%(refname:short)');
    if (row.code === undefined) {
      expect([ended, branches]).toEqual(['created', 'ai-ops/fix-1\nmain']);
      return;
    }
    if (!(ended instanceof Error)) throw new Error(`it went through: ${ended}`);
    expect({ code: ended.code, exit: ended.exitCode, message: ended.message, hint: ended.hint, branches }).toEqual({
      ...{ code: row.code, exit: row.exit, branches: 'main' },
      message: expect.stringMatching(row.message ?? /./),
      hint: expect.stringMatching(row.hint ?? /./),
    });
    expect(`${ended.message} ${ended.hint} ${JSON.stringify(ended.cause)}`).not.toContain('secret-');
    // One attempt at the write.
    expect(server.requests.filter(({ path, method }) => method === 'POST' && path.endsWith('receive-pack')).length).toBeLessThanOrEqual(1);
  } finally {
    await server.close();
  }
});

/** As ai-ops does it; a token that may not read is refused at the first step. */
async function pushed(server: GitServer, url: string, dir: string, row: Row): Promise<'created' | 'exists'> {
  const { token = 'secret-write', username = 'x-access-token' } = row;
  const repository = await createRepository({
    source: { kind: 'remote', url, retryDelayMs: 5, ...(token === '' ? {} : { token, username }) },
    storeDir: join(dir, 'store'),
    author: { name: 'ai-ops', email: 'ai-ops@localhost' },
    clock: () => new Date('2024-05-06T07:08:09Z'),
  });
  const base = await repository.sync(never);
  const change = {
    base: base.commit,
    files: [{ path: 'app.js', mode: '100644', after: Buffer.from(`mended at ${server.url}\n`) }],
  } as const;
  const commit = await repository.commit(change, 'mend');
  return repository.push('ai-ops/fix-1', commit, never);
}

test('2.2.14 no push options: a server that takes them gets none', async () => {
  const dir = join(root, 'options');
  const server = await startGitServer({ root: join(dir, 'served'), users: USERS, flavour: 'gitlab' });
  try {
    const address = await server.create('acme/app', work);
    await git(server.dir('acme/app'), 'config', 'receive.advertisePushOptions', 'true');
    await server.hook('acme/app', 'pre-receive', `cat > /dev/null; echo "options: \${GIT_PUSH_OPTION_COUNT-none}" > '${dir}/seen'`);
    expect(await pushed(server, address, dir, { flavour: 'gitlab', username: 'oauth2' })).toBe('created');
    expect(readFileSync(join(dir, 'seen'), 'utf8')).toMatch(/^options: (none|0)\n$/);
  } finally {
    await server.close();
  }
});
