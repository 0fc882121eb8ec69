// GitLab's semantics one by one, over a stand-in that refuses as GitLab does and a real bare repository. Every row
// says what the user gets and every call that it took: no write is repeated blindly, and nothing is asked for that is not here.
import { createGitLabHost } from '../../../../src/adapters/hosts/gitlab/host.ts';
import type { RequestDraft } from '../../../../src/ports.ts';
import { BRANCH, draftOf } from '../../../contracts/code-host.ts';
import type { FaultKind } from '../../../standins/gitlab/faults.ts';
import { GITLAB_TOKENS, type GitLabStandIn, type GitLabStandInOptions, startGitLabStandIn } from '../../../standins/gitlab/server.ts';
import { inLane } from '../../../support/lane.ts';
import { createTestRepository, type TestRepository } from '../repository.ts';
import { ending, expectGot, type Got } from '../rows.ts';

const PROJECT = 'group/sub/app';
const CREATE = 'POST /projects/{id}/merge_requests';
const LIST = 'GET /projects/{id}/merge_requests';
const NAMES: readonly (readonly [string, string])[] = [
  ['GET /projects/{id}/repository/compare', 'compare'],
  ['PUT /projects/{id}/merge_requests/{iid}', 'update'],
  [LIST, 'list'],
  [CREATE, 'create'],
  ['GET /projects/{id}', 'project'],
];
const never = new AbortController().signal;

interface Row extends Got {
  readonly token?: string;
  readonly project?: string;
  readonly draft?: Partial<RequestDraft>;
  readonly world?: Partial<GitLabStandInOptions>;
  readonly before?: (standIn: GitLabStandIn, repository: TestRepository) => unknown;
  /** Looked at after the row: what the host has, and what it was sent. */
  readonly after?: (standIn: GitLabStandIn) => void;
}

const fault =
  (on: string, ...kinds: readonly FaultKind[]) =>
  (standIn: GitLabStandIn) =>
    standIn.faults.push(...kinds.map((kind) => ({ on, kind })));
const mine = { branch: BRANCH, base: 'main', title: 'mine', body: 'by hand' };
const ASKED = ['list 200', 'compare 200'];
const CREATED = { gets: { created: true }, calls: [...ASKED, 'create 201'], waits: [] } as const;
const FOUND = { gets: { created: false, notes: /written by somebody else/ }, waits: [] } as const;
const UNSURE = ['list 200', 'list 200', 'list 200'];
const LAGS = [500, 1_000, 2_000, 4_000];
const invalid = (message: RegExp, ...calls: readonly string[]) => ({
  gets: { code: 'host-invalid', exit: 1, message } as const,
  calls: [...ASKED, ...calls, 'list 200'],
  waits: [],
});
const sent = ({ calls }: GitLabStandIn, method: string) => calls.filter((call) => call.method === method).map(({ body }) => body);
const neverThere = (...calls: readonly string[]) => ({
  gets: { code: 'host-invalid', exit: 1, message: /no branch/ } as const,
  calls: ['list 200', ...LAGS.flatMap(() => calls), ...calls, 'list 200'],
  waits: LAGS,
});

const rows: readonly (readonly [string, Row])[] = [
  [
    '2.2.2 there is one already, which the list did not show',
    {
      before: async (standIn) => {
        await standIn.openByHand(mine);
        fault(LIST, 'empty')(standIn);
      },
      ...{ ...FOUND, calls: [...ASKED, 'create 409', 'list 200'] },
    },
  ],
  [
    '2.2.2 the same branch for another target is another request',
    { before: (standIn) => standIn.openByHand({ ...mine, base: 'release' }), ...CREATED },
  ],
  ['2.2.3 from a branch to itself: not sent', { draft: { base: BRANCH }, ...invalid(/no change between/) }],
  ['2.2.3 the same project and branch', { before: fault(CREATE, 'same-branch'), ...invalid(/same project\/branch/, 'create 422') }],
  ['2.2.4 no title', { draft: { title: '', draft: false }, ...invalid(/title can't be blank/, 'create 400') }],
  ['2.2.4 parameters are missing', { before: fault(CREATE, 'parameters-missing'), ...invalid(/title is missing/, 'create 400') }],
  [
    '2.2.4 a title and a description beyond the limits are cut before they are sent',
    {
      draft: { title: '😀'.repeat(300), body: '😀'.repeat(600_000) },
      ...CREATED,
      after: ({ requests }) => {
        const [request] = requests;
        expect([request?.title.endsWith('😀…'), request?.description?.isWellFormed(), request?.title.isWellFormed()]).toEqual([
          true,
          true,
          true,
        ]);
      },
    },
  ],
  [
    '2.2.5 compared, but not yet known to merge requests',
    {
      before: fault(CREATE, 'refused-late'),
      gets: { created: true },
      calls: [...ASKED, 'create 400', 'compare 200', 'create 201'],
      waits: [500],
    },
  ],
  ['2.2.5 the branch never comes', { draft: { branch: 'ai-ops/fix-never' }, ...neverThere('compare 404') }],
  [
    '2.2.5 before 19: no ghost of a branch that is not there',
    {
      world: { version: 18 },
      draft: { branch: 'ai-ops/fix-never' },
      ...neverThere('compare 404'),
      after: ({ requests }) => expect(requests).toEqual([]),
    },
  ],
  ['2.2.5 the target is not there', { draft: { base: 'gone' }, ...neverThere('compare 404') }],
  [
    '2.2.6 GitLab would open one without a change: it is not asked to',
    { draft: { branch: 'ai-ops/fix-empty' }, ...invalid(/no change between main and/) },
  ],
  [
    '2.2.7 a token nobody knows',
    {
      token: 'nobody',
      gets: { code: 'host-auth', exit: 4, message: /401 Unauthorized/, hint: /GITLAB_TOKEN/ },
      calls: ['list 401'],
      waits: [],
    },
  ],
  [
    '2.2.7 a revoked token',
    {
      token: 'revoked',
      gets: { code: 'host-auth', exit: 4, message: /Token was revoked/, hint: /GITLAB_TOKEN/ },
      calls: ['list 401'],
      waits: [],
    },
  ],
  [
    '2.2.7 an expired token',
    {
      token: 'expired',
      gets: { code: 'host-auth', exit: 4, message: /Token is expired/, hint: /new token/ },
      calls: ['list 401'],
      waits: [],
    },
  ],
  [
    '2.2.7, 2.3.2 a token that may only read: the scope and the whole reason',
    {
      token: 'read-only',
      gets: {
        code: 'host-forbidden',
        exit: 4,
        message: /insufficient_scope: The request requires higher privileges/,
        hint: /needs the scope api$/,
      },
      ...{ calls: [...ASKED, 'create 403'], waits: [] },
    },
  ],
  [
    '2.2.1, 2.2.7 a reporter: a status of the description',
    {
      token: 'reporter',
      gets: { code: 'host-forbidden', exit: 4, message: /403 Forbidden/, hint: /Developer or higher on group\/sub\/app/ },
      ...{ calls: [...ASKED, 'create 403'], waits: [] },
    },
  ],
  [
    '2.2.7 a project that the token cannot see',
    {
      token: 'blind',
      gets: { code: 'host-not-found', exit: 4, message: /group\/sub\/app/, hint: /rights/ },
      calls: ['list 404'],
      waits: [],
    },
  ],
  [
    '2.2.1, 2.2.8 a moved project: the new path is named',
    {
      world: { formerProject: 'group/old' },
      project: 'group/old',
      gets: { code: 'host-moved', exit: 2, message: /\/group\/sub\/app$/, hint: /codeHost\.project/ },
      calls: ['list 301', 'list 200', 'compare 301', 'compare 200', 'create 405', 'project 301', 'project 200'],
      waits: [],
    },
  ],
  ['2.2.9 a fresh one of which nothing is computed yet', { ...CREATED, after: ({ requests }) => expect(requests).toHaveLength(1) }],
  [
    '2.2.10 a draft is a title; nobody is assigned, nothing labelled',
    {
      ...CREATED,
      after: (standIn) => {
        expect(standIn.requests[0]?.title).toBe(`Draft: ${draftOf().title}`);
        expect(sent(standIn, 'POST').map((body) => Object.keys(body).sort())).toEqual([
          ['description', 'source_branch', 'target_branch', 'title'],
        ]);
      },
    },
  ],
  [
    '2.2.10 no draft once a person said so',
    {
      before: (standIn) => standIn.openByHand({ ...mine, body: draftOf().body }),
      ...{ gets: { created: false }, calls: ['list 200', 'update 200'], waits: [] },
      after: ({ requests }) => expect(requests[0]?.title).toBe(draftOf().title),
    },
  ],
  [
    '2.2.11, 2.3.1 a read waits as long as it is told',
    { before: fault(LIST, 'too-many'), gets: { created: true }, calls: ['list 429', ...CREATED.calls], waits: [3_000] },
  ],
  [
    '2.2.11, 2.3.1 a creation that is limited waits, too: nothing was done before',
    { before: fault(CREATE, 'too-many'), gets: { created: true }, calls: [...ASKED, 'create 429', 'create 201'], waits: [3_000] },
  ],
  [
    '2.2.11, 2.3.1 a limit that does not end: twice, then no more',
    {
      before: fault(CREATE, 'too-many', 'too-many', 'too-many', 'too-many'),
      gets: { code: 'host-limit', exit: 6, message: /Retry later/, hint: /until 2026-01-02T03:04:08/ },
      ...{ calls: [...ASKED, 'create 429', 'create 429', 'create 429'], waits: [3_000, 6_000] },
    },
  ],
  [
    '2.2.11 a long limit is not slept out',
    {
      before: fault(LIST, 'too-many-for-long'),
      gets: { code: 'host-limit', exit: 6, message: /Retry later/, hint: /until 2026-01-02T03:14:05/ },
      calls: ['list 429'],
      waits: [],
    },
  ],
  [
    '2.2.11 a limit that names its end only',
    {
      before: fault(LIST, 'too-many-until'),
      gets: { code: 'host-limit', exit: 6, message: /Retry later/, hint: /until 2030-01-01/ },
      calls: ['list 429'],
      waits: [],
    },
  ],
  [
    '2.2.11, 2.3.1 a gateway breaks: looked for, not sent again',
    {
      before: fault(CREATE, 'bad-gateway'),
      gets: { code: 'host-unreachable', exit: 7, message: /502 \(GitLab is not responding \(502\)\)$/ },
      ...{ calls: [...ASKED, 'create 502', ...UNSURE], waits: [1_000, 3_000] },
    },
  ],
  [
    '2.2.11 maintenance',
    {
      before: fault(CREATE, 'maintenance'),
      gets: { code: 'host-unreachable', exit: 7, message: /503 .*maintenance mode/ },
      ...{ calls: [...ASKED, 'create 503', ...UNSURE], waits: [1_000, 3_000] },
    },
  ],
  [
    '2.2.11 sent to a sign-in page: no token goes there',
    {
      before: fault(LIST, 'elsewhere'),
      gets: { code: 'host-moved', exit: 2, message: /localhost:9\/users\/sign_in$/ },
      calls: ['list 302'],
      waits: [],
    },
  ],
  ['2.2.12 below a sub-path', { world: { subPath: '/git/lab' }, ...CREATED }],
  [
    '2.2.12 a path with slashes is one name',
    { ...CREATED, after: ({ calls }) => expect([...new Set(calls.map(({ parameters }) => parameters.id))]).toEqual([PROJECT]) },
  ],
  [
    '2.2.12, 2.3.3 a creation that is sent on becomes no list',
    {
      before: fault(CREATE, 'here'),
      gets: { code: 'host-moved', exit: 2, message: /sends the request on/ },
      calls: [...ASKED, 'create 301'],
      waits: [],
    },
  ],
  [
    '2.2.12 an http address whose proxy wants https',
    {
      before: fault(LIST, 'https'),
      gets: { code: 'host-moved', exit: 2, message: /on to https:/, hint: /codeHost\.baseUrl/ },
      calls: ['list 301'],
      waits: [],
    },
  ],
  ...(['lost', 'torn'] as const).map((kind): readonly [string, Row] => [
    `2.3.1 the answer is ${kind}: looked for, not sent again`,
    {
      before: fault(CREATE, kind),
      ...{
        gets: { created: true, notes: /the answer .* was lost/ },
        calls: [...ASKED, kind === 'lost' ? 'create lost' : 'create 201', 'list 200'],
        waits: [],
      },
    },
  ]),
  ...(['page', 'truncated', 'blank', 'not-a-request'] as const).map((kind): readonly [string, Row] => [
    `2.3.2 success and no merge request: ${kind}`,
    {
      before: fault(CREATE, kind),
      gets: { code: 'host-garbage', exit: 7, message: kind === 'page' ? /a web page \(Sign in · GitLab\)/ : /not its API/ },
      ...{ calls: [...ASKED, kind === 'page' ? 'create 200' : 'create 201', ...UNSURE], waits: [1_000, 3_000] },
    },
  ]),
];

test.each(inLane(rows, 0.5, ([name]) => name))(
  '%s',
  async (_name, { token = 'developer', project = PROJECT, draft, world, before, after, ...got }) => {
    const repository = createTestRepository();
    const standIn = await startGitLabStandIn({ repo: repository.dir, project: PROJECT, tokens: GITLAB_TOKENS, ...world });
    const waits: number[] = [];
    try {
      await before?.(standIn, repository);
      const host = createGitLabHost({
        ...{ baseUrl: standIn.baseUrl, project, token, userAgent: 'ai-ops/test' },
        clock: () => new Date('2026-01-02T03:04:05.000Z'),
        pause: async (ms) => waits.push(ms),
      });
      const ended = await ending(host.ensureRequest(draftOf(draft), never));
      const calls = standIn.log.map((line) => NAMES.reduce((text, [long, short]) => text.replace(`${long} `, `${short} `), line));
      expectGot(ended, { calls, waits }, got);
      after?.(standIn);
      expect(standIn.violations).toEqual([]);
      if (ended instanceof Error) expect(`${ended.message} ${ended.hint}`).not.toContain(`${token} `);
    } finally {
      await standIn.close();
      repository.remove();
    }
  },
);
