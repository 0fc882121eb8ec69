// GitHub's semantics one by one, over a stand-in that refuses as GitHub does and a real bare repository. Every row
// says what the user gets and every call that it took: no write is repeated blindly, and nothing is asked for that is not here.

import { chooseHost } from '../../../../src/adapters/hosts/choice.ts';
import { createGitHubHost } from '../../../../src/adapters/hosts/github/host.ts';
import { createHost } from '../../../../src/adapters/hosts/registry.ts';
import type { RequestDraft } from '../../../../src/ports.ts';
import { BRANCH, draftOf } from '../../../contracts/code-host.ts';
import type { FaultKind } from '../../../standins/github/faults.ts';
import { type GitHubStandIn, type GitHubStandInOptions, startGitHubStandIn } from '../../../standins/github/server.ts';
import { GITHUB_TOKENS } from '../../../standins/github/tokens.ts';
import { inLane } from '../../../support/lane.ts';
import { createTestRepository, type TestRepository } from '../repository.ts';
import { ending, expectGot, type Got } from '../rows.ts';

const CREATE = 'POST /repos/{owner}/{repo}/pulls';
const LIST = 'GET /repos/{owner}/{repo}/pulls';
const NAMES: readonly (readonly [string, string])[] = [
  ['PATCH /repos/{owner}/{repo}/pulls/{pull_number}', 'update'],
  [LIST, 'list'],
  [CREATE, 'create'],
];
const never = new AbortController().signal;

interface Row extends Got {
  readonly token?: string;
  readonly project?: string;
  readonly draft?: Partial<RequestDraft>;
  readonly world?: Partial<GitHubStandInOptions>;
  readonly before?: (standIn: GitHubStandIn, repository: TestRepository) => unknown;
  /** Looked at after the row: what the host has, and what it was sent. */
  readonly after?: (standIn: GitHubStandIn) => void;
}

const fault =
  (on: string, ...kinds: readonly FaultKind[]) =>
  (standIn: GitHubStandIn) =>
    standIn.faults.push(...kinds.map((kind) => ({ on, kind })));
const mine = { branch: BRANCH, base: 'main', title: 'mine', body: 'by hand' };
const CREATED = { gets: { created: true }, calls: ['list 200', 'create 201'], waits: [] } as const;
const FOUND = { gets: { created: false, notes: /written by somebody else/ }, waits: [] } as const;
const UNSURE = ['list 200', 'list 200', 'list 200'];
const LAGS = [500, 1_000, 2_000, 4_000];
const limited = (message: RegExp, hint: RegExp) => ({
  gets: { code: 'host-limit', exit: 6, message, hint } as const,
  calls: ['list 200', 'create 403'],
  waits: [],
});
const again = (wait: number) => ({ gets: { created: true }, calls: ['list 200', 'create 403', 'create 201'], waits: [wait] });
const forbidden = (message: RegExp, hint: RegExp) => ({
  gets: { code: 'host-forbidden', exit: 4, message, hint } as const,
  calls: ['list 200', 'create 403'],
  waits: [],
});
const invalid = (message: RegExp) => ({
  gets: { code: 'host-invalid', exit: 1, message } as const,
  calls: ['list 200', 'create 422', 'list 200'],
  waits: [],
});
const sent = ({ calls }: GitHubStandIn, method: string) => calls.filter((call) => call.method === method).map(({ body }) => body);

const rows: readonly (readonly [string, Row])[] = [
  [
    '1.3.1 a token nobody knows',
    {
      token: 'nobody',
      gets: { code: 'host-auth', exit: 4, message: /Bad credentials/, hint: /GITHUB_TOKEN/ },
      calls: ['list 401'],
      waits: [],
    },
  ],
  [
    '1.3.1 no token at all',
    { token: '', gets: { code: 'host-auth', exit: 4, message: /authentication/, hint: /GITHUB_TOKEN/ }, calls: ['list 401'], waits: [] },
  ],
  [
    '1.3.2 a private repository that the token cannot see',
    {
      token: 'classic-blind',
      gets: { code: 'host-not-found', exit: 4, message: /acme\/app/, hint: /rights/ },
      calls: ['list 404'],
      waits: [],
    },
  ],
  [
    '1.3.3 a fine-grained token without the permission',
    { token: 'fine-no-pulls', ...forbidden(/not accessible/, /needs pull_requests=write on acme\/app/) },
  ],
  [
    '1.3.4 a workflow that may not open requests',
    { token: 'workflow', ...forbidden(/GitHub Actions is not permitted/, /settings|own token/) },
  ],
  [
    '1.3.4 single sign-on',
    {
      token: 'classic-sso',
      gets: { code: 'host-forbidden', exit: 4, message: /SAML/, hint: /single sign-on at https:\/\/github\.com\/orgs\/acme\/sso/ },
      calls: ['list 403'],
      waits: [],
    },
  ],
  [
    '1.3.4 an archived repository',
    { before: (standIn) => Object.assign(standIn, { archived: true }), ...forbidden(/archived/, /unarchive acme\/app/) },
  ],
  [
    '1.3.5 every call has the name of the client',
    {
      ...CREATED,
      after: ({ calls }) =>
        expect(calls.map(({ headers }) => headers['user-agent']).filter((name) => !name?.startsWith('ai-ops/test'))).toEqual([]),
    },
  ],
  ['1.3.6 the primary limit, 403', { before: fault(CREATE, 'primary-limit'), ...limited(/API rate limit/, /until 2030-01-01T00:00:00/) }],
  [
    '1.3.6 the primary limit, 429',
    {
      before: fault(CREATE, 'primary-limit-429'),
      ...{ ...limited(/API rate limit/, /until 2030-01-01T00:00:00/), calls: ['list 200', 'create 429'] },
    },
  ],
  [
    '1.3.6 the primary limit of a read is not slept out',
    { before: fault(LIST, 'primary-limit'), ...limited(/API rate limit/, /until 2030/), calls: ['list 403'] },
  ],
  ['1.3.7 the secondary limit: waited for, nothing was done before', { before: fault(CREATE, 'secondary-limit'), ...again(120_000) }],
  ['1.3.7 the secondary limit without a time: a minute', { before: fault(CREATE, 'secondary-limit-silent'), ...again(60_000) }],
  ['1.3.7 the limit of an older Enterprise Server', { before: fault(CREATE, 'abuse-limit'), ...again(60_000) }],
  [
    '1.3.7 a limit that does not end: twice as long, then no more',
    {
      before: fault(CREATE, 'secondary-limit-silent', 'secondary-limit-silent', 'secondary-limit-silent', 'secondary-limit-silent'),
      ...limited(/content creation/, /until 2026-01-02T03:05:05/),
      ...{ calls: ['list 200', 'create 403', 'create 403', 'create 403'], waits: [60_000, 120_000] },
    },
  ],
  [
    '1.3.7 a read waits out a short Retry-After',
    { before: fault(LIST, 'too-many'), gets: { created: true }, calls: ['list 429', 'list 200', 'create 201'], waits: [3_000] },
  ],
  [
    '1.3.8 there is one already, which the list did not show',
    {
      before: async (standIn) => {
        await standIn.openByHand(mine);
        fault(LIST, 'empty')(standIn);
      },
      ...{ ...FOUND, calls: ['list 200', 'create 422', 'list 200'] },
    },
  ],
  [
    '1.3.8 the same branch for another base is another request',
    { before: (standIn) => standIn.openByHand({ ...mine, base: 'release' }), ...CREATED },
  ],
  ['1.3.8 no commits between', { draft: { branch: 'ai-ops/fix-empty' }, ...invalid(/No commits between/) }],
  ['1.3.8 no history in common', { draft: { branch: 'ai-ops/fix-stranger' }, ...invalid(/history in common/) }],
  ['1.3.8 the base is not there', { draft: { base: 'gone' }, ...invalid(/base invalid/) }],
  [
    '1.3.8 the branch never comes',
    {
      draft: { branch: 'ai-ops/fix-never' },
      gets: { code: 'host-invalid', exit: 1, message: /head invalid/ },
      calls: ['list 200', ...LAGS.map(() => 'create 422'), 'create 422', 'list 200'],
      waits: LAGS,
    },
  ],
  ['1.3.8 no title', { draft: { title: '' }, ...invalid(/title/) }],
  [
    '1.3.8 a title and a body beyond the limits are cut before they are sent',
    {
      draft: { title: '😀'.repeat(300), body: '😀'.repeat(70_000) },
      ...CREATED,
      after: ({ pulls }) => expect([pulls[0]?.title.endsWith('😀…'), pulls[0]?.body?.isWellFormed()]).toEqual([true, true]),
    },
  ],
  ['1.3.8 no collaboration in forks', { before: fault(CREATE, 'no-fork-collab'), ...invalid(/Fork collab/) }],
  [
    '1.3.9 no drafts here',
    {
      before: (standIn) => Object.assign(standIn, { drafts: false }),
      ...{
        gets: { created: true, notes: /no draft requests; a normal one was opened/ },
        calls: ['list 200', 'create 422', 'create 201'],
        waits: [],
      },
      after: (standIn) => expect(sent(standIn, 'POST').map(({ draft }) => draft)).toEqual([true, false]),
    },
  ],
  [
    '1.3.10 nobody is asked to review, so nobody can be refused',
    {
      ...CREATED,
      after: (standIn) =>
        expect(sent(standIn, 'POST').map((body) => Object.keys(body).sort())).toEqual([['base', 'body', 'draft', 'head', 'title']]),
    },
  ],
  [
    '1.3.11 the repository is not resolved yet',
    { before: fault(CREATE, 'no-node'), gets: { created: true }, calls: ['list 200', 'create 422', 'create 201'], waits: [500] },
  ],
  [
    '1.3.12 the filter is ignored: requests of others are not ours',
    {
      before: async (standIn) => {
        await standIn.openByHand({ ...mine, branch: 'release' });
        await standIn.openByHand({ ...mine, fork: 'stranger' });
        fault(LIST, 'unfiltered')(standIn);
      },
      ...CREATED,
    },
  ],
  [
    '1.3.12, 1.3.13 the filter finds nothing, and ours is on the second page',
    {
      before: async (standIn) => {
        await standIn.openByHand(mine);
        for (let n = 0; n < 120; n++) await standIn.openByHand({ ...mine, branch: 'release' });
        fault(LIST, 'empty', 'empty')(standIn);
      },
      ...{ ...FOUND, calls: ['list 200', 'create 422', 'list 200', 'list 200', 'list 200'], waits: [1_000] },
    },
  ],
  [
    '1.3.13 a renamed repository: method and body are kept',
    {
      world: { formerProject: 'acme/old' },
      project: 'acme/old',
      ...{ gets: { created: true }, calls: ['list 301', 'list 200', 'create 307', 'create 201'], waits: [] },
      after: ({ pulls }) => expect(pulls.map(({ title }) => title)).toEqual([draftOf().title]),
    },
  ],
  ['1.3.13 a fresh one whose mergeability is not known yet', { ...CREATED, after: ({ pulls }) => expect(pulls).toHaveLength(1) }],
  [
    '1.3.14 closed, and its branch deleted: it is not opened again',
    {
      before: async (standIn, repository) => {
        standIn.closeByHand(await standIn.openByHand(mine));
        repository.git('update-ref', '-d', `refs/heads/${BRANCH}`);
      },
      ...{ gets: { created: false, notes: /not opened again/ }, calls: ['list 200'], waits: [] },
    },
  ],
  [
    '1.3.14 an update sends no draft: a PATCH would ignore it',
    {
      before: (standIn) => standIn.openByHand({ ...mine, body: draftOf().body }),
      ...{ gets: { created: false }, calls: ['list 200', 'update 200'], waits: [] },
      after: (standIn) => expect(sent(standIn, 'PATCH').map((body) => Object.keys(body).sort())).toEqual([['body', 'title']]),
    },
  ],
  [
    '1.3.16 every call names the version of the API',
    {
      ...CREATED,
      after: ({ calls }) => expect(calls.map(({ headers }) => headers['x-github-api-version'])).toEqual(['2022-11-28', '2022-11-28']),
    },
  ],
  [
    '1.4.1 the answer is lost: looked for, not sent again',
    {
      before: fault(CREATE, 'lost'),
      ...{ gets: { created: true, notes: /the answer .* was lost/ }, calls: ['list 200', 'create lost', 'list 200'], waits: [] },
    },
  ],
  [
    '1.4.2 the answer breaks off: looked for, not sent again',
    {
      before: fault(CREATE, 'torn'),
      ...{ gets: { created: true, notes: /the answer .* was lost/ }, calls: ['list 200', 'create 201', 'list 200'], waits: [] },
    },
  ],
  [
    '1.4.1 a gateway breaks: looked for, not sent again',
    {
      before: fault(CREATE, 'bad-gateway'),
      gets: { code: 'host-unreachable', exit: 7, message: /502 \(502 Bad Gateway\)/ },
      ...{ calls: ['list 200', 'create 502', ...UNSURE], waits: [1_000, 3_000] },
    },
  ],
  ...(['page', 'truncated', 'blank', 'not-a-pull'] as const).map((kind): readonly [string, Row] => [
    `1.4.2 200 and no pull request: ${kind}`,
    {
      before: fault(CREATE, kind),
      gets: { code: 'host-garbage', exit: 7, message: kind === 'page' ? /a web page \(Sign in to your account\)/ : /not its API/ },
      ...{ calls: ['list 200', 'create 200', ...UNSURE], waits: [1_000, 3_000] },
    },
  ]),
  [
    '1.4.5 a secondary limit of a read: one pause, as long as it says',
    { before: fault(LIST, 'secondary-limit'), gets: { created: true }, calls: ['list 403', 'list 200', 'create 201'], waits: [120_000] },
  ],
  [
    '1.4.6 a date to wait for',
    { before: fault(LIST, 'limit-with-date'), ...limited(/slow down/, /until 2026-01-02T04:00:00/), calls: ['list 429'] },
  ],
  [
    '1.4.7 a creation that is sent on becomes no list',
    {
      before: fault(CREATE, 'here'),
      gets: { code: 'host-moved', exit: 2, message: /sends the request on/ },
      calls: ['list 200', 'create 302'],
      waits: [],
    },
  ],
  [
    '1.4.7 no token goes to another server',
    {
      before: fault(LIST, 'elsewhere'),
      gets: { code: 'host-moved', exit: 2, message: /localhost:9\/login$/ },
      calls: ['list 302'],
      waits: [],
    },
  ],
];

test.each(inLane(rows, 0.5, ([name]) => name))(
  '%s',
  async (_name, { token = 'fine-write', project = 'acme/app', draft, world, before, after, ...got }) => {
    const repository = createTestRepository();
    const standIn = await startGitHubStandIn({ repo: repository.dir, project: 'acme/app', tokens: GITHUB_TOKENS, ...world });
    const waits: number[] = [];
    const printed: unknown[] = [];
    const print = { error: console.error, warn: console.warn };
    try {
      await before?.(standIn, repository);
      const host = createGitHubHost({
        ...{ baseUrl: standIn.baseUrl, project, token, userAgent: 'ai-ops/test' },
        clock: () => new Date('2026-01-02T03:04:05.000Z'),
        pause: async (ms) => waits.push(ms),
      });
      // 1.4.4: octokit's own logger prints refusals.
      for (const name of ['error', 'warn'] as const) console[name] = (...words: unknown[]) => printed.push(words);
      const ended = await ending(host.ensureRequest(draftOf(draft), never));
      Object.assign(console, print);
      const calls = standIn.log.map((line) => NAMES.reduce((text, [long, short]) => text.replace(`${long} `, `${short} `), line));
      expectGot(ended, { calls, waits }, got);
      after?.(standIn);
      expect([standIn.violations, printed]).toEqual([[], []]);
      if (token !== '' && ended instanceof Error) expect(`${ended.message} ${ended.hint}`).not.toContain(token);
    } finally {
      Object.assign(console, print);
      await standIn.close();
      repository.remove();
    }
  },
);

// *.ghe.com cannot be served here: its address is a row of `choice.test.ts`.
test.each(['', '/', '/api/v3', '/api/v3/'])('1.3.15, 1.4.3 an Enterprise Server named with "%s" at the end', async (suffix) => {
  const repository = createTestRepository();
  const standIn = await startGitHubStandIn({ repo: repository.dir, project: 'acme/app', tokens: GITHUB_TOKENS });
  try {
    const token = 'fine-write';
    const baseUrl = standIn.baseUrl.replace('/api/v3', suffix);
    const choice = chooseHost({ kind: 'github', baseUrl, project: 'acme/app', token });
    const parts = {
      token,
      userAgent: 'ai-ops/test',
      clock: () => new Date(),
      requestsDir: '',
      storePath: '',
      isTakenOver: async () => false,
    };
    const { created } = await createHost(choice, parts).ensureRequest(draftOf(), never);
    // Rate limits are off there, and are not asked for.
    expect([created, standIn.log]).toEqual([true, [`${LIST} 200`, `${CREATE} 201`]]);
  } finally {
    await standIn.close();
    repository.remove();
  }
});
