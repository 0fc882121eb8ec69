// What is special about GitHub: drafts it may not have, its many limits, its lengths, what doctor learns.
// Every test ends with no break of GitHub's own description, but the one that makes some.
import { createGitHubHost } from '../../../src/adapters/hosts/github.ts';
import type { AiOpsError } from '../../../src/errors.ts';
import { BRANCH, draftOf } from '../../contracts/code-host.ts';
import type { FaultKind } from '../../standins/github/faults.ts';
import { type GitHubStandIn, startGitHubStandIn } from '../../standins/github/server.ts';
import { GITHUB_TOKENS } from '../../standins/github/tokens.ts';
import { createTestRepository, type TestRepository } from './repository.ts';

const CREATE = 'POST /repos/{owner}/{repo}/pulls';
const LIST = 'GET /repos/{owner}/{repo}/pulls';
const never = new AbortController().signal;
const waits: number[] = [];

let repository: TestRepository;
let standIn: GitHubStandIn;
beforeEach(async () => {
  repository = createTestRepository();
  standIn = await startGitHubStandIn({ repo: repository.dir, project: 'acme/app', tokens: GITHUB_TOKENS });
  waits.length = 0;
});
afterEach(async () => {
  await standIn.close();
  repository.remove();
});

function hostFor({ token = 'fine-write', project = 'acme/app', baseUrl = standIn.baseUrl } = {}) {
  return createGitHubHost({
    ...{ baseUrl, project, token, userAgent: 'ai-ops/test' },
    clock: () => new Date('2026-01-02T03:04:05.000Z'),
    pause: async (ms) => waits.push(ms),
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

describe('creating', () => {
  afterEach(() => expect(standIn.violations).toEqual([]));

  test('where there are no drafts a normal one is opened, with a note', async () => {
    standIn.drafts = false;
    const { created, notes } = await hostFor().ensureRequest(draftOf(), never);
    expect({ created, notes }).toEqual({ created: true, notes: ['this repository has no draft requests; a normal one was opened'] });
    expect(standIn.pulls[0]?.draft).toBe(false);
    expect(standIn.log).toEqual([`${LIST} 200`, `${CREATE} 422`, `${CREATE} 201`]);
  });

  const once: readonly (readonly [FaultKind, string, number])[] = [
    ['lost', 'created', 1],
    ['bad-gateway', 'host-unreachable', 0],
    ['page', 'host-garbage', 0],
  ];
  test.each(once)('%s in place of the answer: %s, and it was sent once only', async (kind, expected, pulls) => {
    standIn.faults.push({ on: CREATE, kind });
    const outcome = await hostFor()
      .ensureRequest(draftOf(), never)
      .then(
        ({ created }) => (created ? 'created' : 'found'),
        ({ code }: AiOpsError) => code,
      );
    expect([outcome, standIn.pulls.length]).toEqual([expected, pulls]);
    expect(standIn.log.filter((line) => line.startsWith('POST'))).toHaveLength(1);
  });

  test('one that the list did not show is adopted after the refusal', async () => {
    await standIn.openByHand({ branch: BRANCH, base: 'main', title: 'mine', body: 'by hand' });
    await standIn.openByHand({ branch: BRANCH, base: 'main', title: 'theirs', body: 'a fork', fork: 'stranger' });
    standIn.faults.push({ on: LIST, kind: 'empty' }, { on: LIST, kind: 'empty' });
    const { created, request } = await hostFor().ensureRequest(draftOf(), never);
    expect({ created, number: request.number, pulls: standIn.pulls.length, waits }).toEqual({
      created: false,
      number: 1,
      pulls: 2,
      waits: [1_000],
    });
  });

  test('a renamed repository: reads and the creation follow on the same server', async () => {
    await standIn.close();
    standIn = await startGitHubStandIn({ repo: repository.dir, project: 'acme/app', tokens: GITHUB_TOKENS, formerProject: 'acme/old' });
    expect((await hostFor({ project: 'acme/old' }).ensureRequest(draftOf(), never)).created).toBe(true);
    expect(standIn.log).toEqual([`${LIST} 301`, `${LIST} 200`, `${CREATE} 307`, `${CREATE} 201`]);
    expect((await hostFor({ project: 'acme/old' }).ensureRequest(draftOf(), never)).created).toBe(false);
  });

  test('the branch has no history in common', async () => {
    const error = await failure(hostFor().ensureRequest(draftOf({ branch: 'ai-ops/fix-stranger' }), never));
    expect({ code: error.code, message: error.message }).toEqual({
      code: 'host-invalid',
      message: expect.stringContaining('no history in common'),
    });
  });

  test('the base branch is not there: no waiting', async () => {
    const error = await failure(hostFor().ensureRequest(draftOf({ base: 'gone' }), never));
    expect({ code: error.code, message: error.message, waits }).toEqual({
      code: 'host-invalid',
      message: expect.stringContaining('base invalid'),
      waits: [],
    });
  });

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
});

describe('limits', () => {
  const rows: readonly (readonly [FaultKind, string])[] = [
    ['primary-limit', '2030-01-01T00:00:00.000Z'],
    ['secondary-limit', '2026-01-02T03:06:05.000Z'],
    ['secondary-limit-silent', '2026-01-02T03:05:05.000Z'],
    ['too-many', '2026-01-02T03:04:08.000Z'],
  ];
  test.each(rows)('%s on the creation: wait until %s', async (kind, until) => {
    standIn.faults.push({ on: CREATE, kind });
    const error = await failure(hostFor().ensureRequest(draftOf(), never));
    expect({ code: error.code, hint: error.hint, retryable: error.retryable }).toEqual({
      code: 'host-limit',
      hint: `wait until ${until}`,
      retryable: true,
    });
    expect(standIn.violations).toEqual([]);
  });

  test('a short Retry-After of a read is waited for', async () => {
    standIn.faults.push({ on: LIST, kind: 'too-many' });
    expect((await hostFor().ensureRequest(draftOf(), never)).created).toBe(true);
    expect(waits).toEqual([3_000]);
  });
});

test('a read that is sent to another server is not followed: the token stays here', async () => {
  standIn.faults.push({ on: LIST, kind: 'elsewhere' });
  const error = await failure(hostFor().ensureRequest(draftOf(), never));
  expect({ code: error.code, message: error.message }).toEqual({
    code: 'host-moved',
    message: expect.stringMatching(/http:\/\/localhost:9\/login$/),
  });
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
  ];
  test.each(rows)('%s', async (_name, options, expected) => {
    const checks = await hostFor(options).check(never);
    expect(checks.map(({ name, status }) => `${name} ${status}`)).toEqual(expected);
    expect(checks.filter(({ status, hint }) => status === 'failed' && hint === undefined)).toEqual([]);
  });

  test('names the login, the scopes and the branch', async () => {
    const details = (await hostFor({ token: 'classic-write' }).check(never)).map(({ detail }) => detail);
    expect(details).toEqual(['login robot, scopes repo, read:org', 'acme/app', 'the token may push', 'main']);
  });

  test('a sign-in page is a finding, not a crash', async () => {
    standIn.faults.push({ on: 'GET /user', kind: 'page' });
    expect(await hostFor().check(never)).toEqual([
      { name: 'token', status: 'failed', detail: expect.stringContaining('Sign in'), hint: expect.any(String) },
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
