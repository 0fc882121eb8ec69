// Whether a branch can be made is asked of real servers with real hooks, before there is anything to put into it: the name's own
// rules answer, rules for commits do not, and whatever is said nothing is made.
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRepository } from '../../../../src/adapters/git/repository.ts';
import { asAiOpsError } from '../../../../src/errors.ts';
import { git, makeRepository } from '../../../support/git-program.ts';
import { type GitServer, startGitServer } from '../../../support/git-server.ts';

const never = new AbortController().signal;
const REFUSE = new URL('../../../support/refuse-push.js', import.meta.url).pathname;
const OURS = 'ai-ops/fix-0123456789ab';
let root = '';
let work = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ai-ops-room-'));
  work = join(root, 'work');
  await makeRepository(work, { 'app.js': 'one\n' });
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** A hook that reads what is pushed and refuses what `test` (a condition of sh on `$ref`) does not hold for. */
const names = (test: string, words: string): string =>
  `while read old new ref; do name=\${ref#refs/heads/}; ${test} || { echo "${words}" >&2; exit 1; }; done`;
const NAMES = names('case $name in feature/*|bugfix/*) true;; *) false;; esac', "GitLab: Branch name '$name' does not follow the pattern");
/** What a team writes that looks at the commits of a push, or at the newest one only. */
const AUTHORS = `while read old new ref; do
  for commit in $(git rev-list $old..$new) $new; do
    git log -1 --format=%ae $commit | grep -q '@acme.com$' || { echo "Author's email does not follow the pattern" >&2; exit 1; }
  done
done`;

interface Row {
  readonly hook?: readonly ['pre-receive' | 'update' | 'proc-receive', string];
  /** Branches of a person. */
  readonly branches?: readonly string[];
  readonly prefix?: string;
  readonly branch?: string;
  readonly token?: string;
  readonly speaks?: 'protocol 1' | 'protocol 2';
  readonly ends: string;
  readonly hint?: RegExp;
}

const rows: readonly (readonly [string, Row])[] = [
  ['nothing against it', { ends: 'free' }],
  ['over protocol 1', { speaks: 'protocol 1', ends: 'free' }],
  ['over protocol 2 without filters', { speaks: 'protocol 2', ends: 'free' }],
  ['a pattern for names', { hook: ['pre-receive', NAMES], ends: 'rule-refused', hint: /^set request\.branchPrefix/ }],
  ['a pattern for names, over protocol 1', { speaks: 'protocol 1', hook: ['pre-receive', NAMES], ends: 'rule-refused' }],
  [
    'a pattern for names in an update hook',
    { hook: ['update', `echo "branch names must begin with feature/" >&2; exit 1`], ends: 'rule-refused' },
  ],
  ['a name that keeps the pattern', { hook: ['pre-receive', NAMES], prefix: 'bugfix/', branch: 'bugfix/fix-0123456789ab', ends: 'free' }],
  [
    'a ruleset of GitHub',
    {
      hook: [
        'proc-receive',
        `echo "error: GH013: Repository rule violations found. - Cannot create ref due to creations being restricted." >&2; exec '${process.execPath}' '${REFUSE}' 'push declined due to repository rule violations'`,
      ],
      ends: 'rule-refused',
    },
  ],
  ['a rule for who commits: it is asked of our commit, not of the base', { hook: ['pre-receive', AUTHORS], ends: 'free' }],
  ['a hook that refuses without a word: the push will tell', { hook: ['pre-receive', 'exit 1'], ends: 'free' }],
  ['a branch called like our prefix', { branches: ['ai-ops'], ends: 'branch-blocked', hint: /request\.branchPrefix.*delete ai-ops/ }],
  ['a branch below ours', { branches: [`${OURS}/more`], ends: 'branch-blocked' }],
  ['a branch that only begins like it', { branches: ['ai-ops-old', 'ai-ops/fix-fedcba987654'], ends: 'free' }],
  ["a person's branch of our name", { branches: [OURS], ends: 'branch-taken' }],
  ['a token that may not push', { token: 'secret-read', ends: 'git-auth' }],
];

test.each(rows)('%s', async (name, row) => {
  const dir = join(root, name.replaceAll(/\W+/g, '-'));
  const users = [
    { token: 'secret-write', access: 'write' },
    { token: 'secret-read', access: 'read' },
  ] as const;
  const server = await startGitServer({ root: join(dir, 'served'), users, speaks: row.speaks ?? 'filters' });
  try {
    const url = await server.create('acme/app', work);
    const bare = server.dir('acme/app');
    for (const branch of row.branches ?? []) await git(bare, 'branch', branch, 'main');
    if (row.hook) await server.hook('acme/app', ...row.hook);
    await postReceive(server, dir);
    const before = await git(bare, 'for-each-ref');
    const repository = await createRepository({
      source: { kind: 'remote', url, retryDelayMs: 5, token: row.token ?? 'secret-write', username: 'x-access-token' },
      storeDir: join(dir, 'store'),
      author: { name: 'ai-ops', email: 'ai-ops@localhost' },
      branchPrefix: row.prefix ?? 'ai-ops/',
      clock: () => new Date('2024-05-06T07:08:09Z'),
    });
    const ended = await repository.tryBranch(row.branch ?? OURS, never).catch(asAiOpsError);
    expect(typeof ended === 'string' ? ended : ended.code).toBe(row.ends);
    if (typeof ended !== 'string') expect(ended.hint).toMatch(row.hint ?? /./);
    expect([await git(bare, 'for-each-ref'), existsSync(join(dir, 'received'))]).toEqual([before, false]);
  } finally {
    await server.close();
  }
});

/** What starts continuous integration: not to be run by a look. */
async function postReceive(server: GitServer, dir: string): Promise<void> {
  const path = join(server.dir('acme/app'), 'hooks', 'post-receive');
  await writeFile(path, `#!/bin/sh\ntouch '${dir}/received'\n`);
  await chmod(path, 0o755);
}
