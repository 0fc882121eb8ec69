// What is special about GitHub beside `github-rows.test.ts`: its lengths, a wrong address, what doctor learns.
// Every test ends with no break of GitHub's own description, but the one that makes some.
import { createGitHubHost } from '../../../../src/adapters/hosts/github/host.ts';
import type { AiOpsError } from '../../../../src/errors.ts';
import { draftOf } from '../../../contracts/code-host.ts';
import { type GitHubStandIn, startGitHubStandIn } from '../../../standins/github/server.ts';
import { GITHUB_TOKENS } from '../../../standins/github/tokens.ts';
import { createTestRepository, type TestRepository } from '../repository.ts';

const CREATE = 'POST /repos/{owner}/{repo}/pulls';
const never = new AbortController().signal;

let repository: TestRepository;
let standIn: GitHubStandIn;
beforeEach(async () => {
  repository = createTestRepository();
  standIn = await startGitHubStandIn({ repo: repository.dir, project: 'acme/app', tokens: GITHUB_TOKENS });
});
afterEach(async () => {
  await standIn.close();
  repository.remove();
});

function hostFor({ token = 'fine-write', project = 'acme/app', baseUrl = standIn.baseUrl } = {}) {
  return createGitHubHost({
    ...{ baseUrl, project, token, userAgent: 'ai-ops/test' },
    clock: () => new Date('2026-01-02T03:04:05.000Z'),
    pause: async () => {},
  });
}

async function failure(run: Promise<unknown>): Promise<AiOpsError> {
  const error = await run.then(
    () => undefined,
    (thrown: unknown) => thrown as AiOpsError,
  );
  if (error === undefined) throw new Error('it succeeded');
  return error;
}

test('a title and a body beyond the limits are shortened where people see it', async () => {
  const marker = '<!-- ai-ops:v1:1234567890abcdef1234567890abcdef -->';
  const body = `start\n\`\`\`\n${'é😀x\n'.repeat(30_000)}\`\`\`\n${marker}`;
  await hostFor().ensureRequest(draftOf({ title: `fix: ${'t'.repeat(400)}`, body }), never);
  const { title = '', body: kept } = standIn.pulls[0] ?? {};
  expect([title.length, title.endsWith('…')]).toEqual([256, true]);
  expect(kept?.length).toBeLessThanOrEqual(65_536);
  expect(kept).toMatch(/\n```\n\n---\n\*Shortened by ai-ops: \d+ characters/);
  expect(kept).toContain(marker);
  expect((await hostFor().ensureRequest(draftOf({ title: `fix: ${'t'.repeat(400)}`, body }), never)).created).toBe(false);
  expect(standIn.log.filter((line) => line.startsWith('PATCH'))).toEqual([]);
});

test('an address without /api/v3 is a page, not the API', async () => {
  const error = await failure(hostFor({ baseUrl: standIn.baseUrl.replace('/api/v3', '') }).findRequest('main', never));
  expect(error.code).toBe('host-garbage');
});

test('nobody listens there', async () => {
  await standIn.close();
  const error = await failure(hostFor().findRequest('main', never));
  expect({ code: error.code, message: error.message }).toEqual({
    code: 'host-unreachable',
    message: expect.stringContaining('ECONNREFUSED'),
  });
});

test('no error shows the token', async () => {
  for (const kind of ['page', 'bad-gateway', 'elsewhere', 'primary-limit'] as const) {
    standIn.faults.push({ on: CREATE, kind });
    const error = await failure(hostFor().ensureRequest(draftOf(), never));
    expect(JSON.stringify([error.message, error.hint])).not.toContain('fine-write');
  }
});

describe('check', () => {
  afterEach(() => expect(standIn.violations).toEqual([]));
  const rows: readonly (readonly [string, Parameters<typeof hostFor>[0], readonly string[]])[] = [
    ['fine-grained', {}, ['token ok', 'project ok', 'push right ok', 'default branch ok']],
    ['classic', { token: 'classic-write' }, ['token ok', 'project ok', 'push right ok', 'default branch ok']],
    ['may only read', { token: 'classic-read' }, ['token ok', 'project ok', 'push right failed', 'default branch ok']],
    ['unknown token', { token: 'nobody' }, ['token failed']],
    ['invisible project', { token: 'classic-blind' }, ['token ok', 'project failed']],
    ['no such project', { project: 'acme/other' }, ['token ok', 'project failed']],
    ['too few scopes', { token: 'classic-narrow' }, ['token warning', 'project ok', 'push right ok', 'default branch ok']],
    ['ends in two days', { token: 'fine-expiring' }, ['token warning', 'project ok', 'push right ok', 'default branch ok']],
    ['a workflow', { token: 'workflow' }, ['token warning', 'project ok', 'push right ok', 'default branch ok']],
    ['without sign-on', { token: 'classic-sso' }, ['token ok', 'project failed']],
  ];
  test.each(rows)('%s', async (_name, options, expected) => {
    const checks = await hostFor(options).check(never);
    expect(checks.map(({ name, status }) => `${name} ${status}`)).toEqual(expected);
    expect(checks.filter(({ status, hint }) => status === 'failed' && hint === undefined)).toEqual([]);
  });

  const hints: readonly (readonly [string, RegExp])[] = [
    ['classic-narrow', /scope repo/],
    ['fine-expiring', /new token before 2026-01-05/],
    ['workflow', /pull-requests: write/],
    ['classic-sso', /single sign-on at https:/],
    ['classic-read', /pull_requests: write/],
    ['nobody', /GITHUB_TOKEN/],
  ];
  test.each(hints)('%s: what to do', async (token, hint) => {
    const wrong = (await hostFor({ token }).check(never)).filter(({ status }) => status !== 'ok');
    expect(wrong.map((found) => found.hint)).toEqual([expect.stringMatching(hint)]);
  });

  test('an archived repository', async () => {
    standIn.archived = true;
    expect((await hostFor().check(never)).find(({ name }) => name === 'project')).toMatchObject({
      status: 'failed',
      detail: 'acme/app is archived',
      hint: expect.stringMatching(/unarchive/),
    });
  });

  test('names the login, the scopes and the branch', async () => {
    const details = (await hostFor({ token: 'classic-write' }).check(never)).map(({ detail }) => detail);
    expect(details).toEqual(['login robot, scopes repo, read:org', 'acme/app', 'the token may push', 'main']);
  });

  test('a sign-in page is a finding, not a crash', async () => {
    standIn.faults.push({ on: 'GET /user', kind: 'page' });
    expect(await hostFor().check(never)).toEqual([
      {
        name: 'token',
        status: 'failed',
        code: 'host-garbage',
        exitCode: 7,
        detail: expect.stringContaining('Sign in'),
        hint: expect.any(String),
      },
    ]);
  });
});

test('the stand-in does notice what the description forbids', async () => {
  const headers = { authorization: 'token fine-write', 'user-agent': 'test' };
  const body = JSON.stringify({ title: 7, head: 'x', base: 'main', colour: 'red' });
  await fetch(`${standIn.baseUrl}/repos/acme/app/pulls?state=sometimes&colour=red`, { headers });
  await fetch(`${standIn.baseUrl}/repos/acme/app/pulls`, { method: 'POST', headers, body });
  expect(standIn.violations).toEqual([
    expect.stringMatching(/query state must be equal to one of the allowed values/),
    expect.stringMatching(/query colour is not in the description/),
    expect.stringMatching(/body\/title must be string/),
    expect.stringMatching(/body field colour is not in the description/),
  ]);
});
