// What is special about GitLab: drafts by title, its own check for a change, moved projects, and what gitbeaker
// would do if it were left alone. Every test ends with no break of the description.
import { createGitLabHost } from '../../../src/adapters/hosts/gitlab.ts';
import type { AiOpsError } from '../../../src/errors.ts';
import { BRANCH, draftOf } from '../../contracts/code-host.ts';
import type { FaultKind } from '../../standins/gitlab/faults.ts';
import { GITLAB_TOKENS, type GitLabStandIn, type GitLabStandInOptions, startGitLabStandIn } from '../../standins/gitlab/server.ts';
import { createTestRepository, type TestRepository } from './repository.ts';

const REQUESTS = '/projects/{id}/merge_requests';
const CREATE = `POST ${REQUESTS}`;
const LIST = `GET ${REQUESTS}`;
const never = new AbortController().signal;
const waits: number[] = [];

let repository: TestRepository;
let standIn: GitLabStandIn;
async function start(options: Partial<GitLabStandInOptions> = {}): Promise<void> {
  standIn = await startGitLabStandIn({ repo: repository.dir, project: 'group/sub/app', tokens: GITLAB_TOKENS, ...options });
}
beforeEach(() => {
  repository = createTestRepository();
  waits.length = 0;
});
afterEach(async () => {
  const { violations } = standIn;
  await standIn.close();
  repository.remove();
  expect(violations).toEqual([]);
});

function hostFor({ token = 'developer', project = 'group/sub/app' } = {}) {
  return createGitLabHost({
    ...{ baseUrl: standIn.baseUrl, project, token, userAgent: 'ai-ops/test' },
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

test('GitLab would open one without a change; it is not asked to', async () => {
  await start();
  const error = await failure(hostFor().ensureRequest(draftOf({ branch: 'ai-ops/fix-empty' }), never));
  expect({ code: error.code, message: error.message }).toEqual({
    code: 'host-invalid',
    message: expect.stringContaining('no change between main and ai-ops/fix-empty'),
  });
  expect(standIn.log.filter((line) => line.startsWith('POST'))).toEqual([]);
});

test('before 19, no ghost of a branch that is not there', async () => {
  await start({ version: 18 });
  expect((await failure(hostFor().ensureRequest(draftOf({ branch: 'ai-ops/fix-never' }), never))).code).toBe('host-invalid');
  expect(standIn.requests).toEqual([]);
  expect(waits).toEqual([500, 1_000, 2_000, 4_000]);
});

test('the branch is compared but not yet known to merge requests', async () => {
  await start();
  standIn.faults.push({ on: CREATE, kind: 'refused-late' });
  expect((await hostFor().ensureRequest(draftOf(), never)).created).toBe(true);
  expect(waits).toEqual([500]);
});

test('a read is repeated after the time it names, a write never is', async () => {
  await start();
  standIn.faults.push({ on: LIST, kind: 'too-many' }, { on: CREATE, kind: 'too-many' });
  const error = await failure(hostFor().ensureRequest(draftOf(), never));
  expect({ code: error.code, hint: error.hint, waits }).toEqual({
    code: 'host-limit',
    hint: 'wait until 2026-01-02T03:04:08.000Z',
    waits: [3_000],
  });
  expect(standIn.log.filter((line) => line.startsWith('POST'))).toHaveLength(1);
});

const unreachable: readonly (readonly [FaultKind, string, RegExp])[] = [
  ['bad-gateway', 'host-unreachable', /502 \(GitLab is not responding/],
  ['maintenance', 'host-unreachable', /503 .*maintenance mode/],
  ['page', 'host-garbage', /Sign in · GitLab/],
  ['elsewhere', 'host-moved', /http:\/\/localhost:9\/users\/sign_in$/],
];
test.each(unreachable)('%s in place of an answer to the creation', async (kind, code, message) => {
  await start();
  standIn.faults.push({ on: CREATE, kind });
  const error = await failure(hostFor().ensureRequest(draftOf(), never));
  expect({ code: error.code, message: error.message }).toEqual({ code, message: expect.stringMatching(message) });
  expect(standIn.log.filter((line) => line.startsWith('POST'))).toHaveLength(1);
});

test('a project that has moved: reads follow, writes are refused with its words', async () => {
  await start({ formerProject: 'group/old' });
  const host = hostFor({ project: 'group/old' });
  expect(await host.findRequest(BRANCH, never)).toBeNull();
  expect((await failure(host.ensureRequest(draftOf(), never))).message).toContain('moved projects');
});

const refusals: readonly (readonly [string, string, string, RegExp])[] = [
  ['a revoked token', 'revoked', 'host-auth', /invalid_token: Token was revoked/],
  ['a token that may only read', 'read-only', 'host-forbidden', /insufficient_scope.*needs the scope api/],
  ['a reporter', 'reporter', 'host-forbidden', /403 Forbidden.*Developer/],
];
test.each(refusals)('%s', async (_name, token, code, message) => {
  await start();
  const error = await failure(hostFor({ token }).ensureRequest(draftOf(), never));
  expect({ code: error.code, message: error.message }).toEqual({ code, message: expect.stringMatching(message) });
});

const checks: readonly (readonly [string, Parameters<typeof hostFor>[0], readonly string[]])[] = [
  ['developer', {}, ['token ok', 'scopes ok', 'project ok', 'push right ok', 'default branch ok']],
  ['reporter', { token: 'reporter' }, ['token ok', 'scopes ok', 'project ok', 'push right failed', 'default branch ok']],
  ['read_api only', { token: 'read-only' }, ['token ok', 'scopes failed', 'project ok', 'push right ok', 'default branch ok']],
  ['unknown token', { token: 'nobody' }, ['token failed']],
  ['invisible project', { token: 'blind' }, ['token ok', 'scopes ok', 'project failed']],
  ['moved project', { project: 'group/old' }, ['token ok', 'scopes ok', 'project failed', 'push right ok', 'default branch ok']],
];
test.each(checks)('check: %s', async (_name, options, expected) => {
  await start({ formerProject: 'group/old' });
  const found = await hostFor(options).check(never);
  expect(found.map(({ name, status }) => `${name} ${status}`)).toEqual(expected);
  expect(found.filter(({ status, hint }) => status === 'failed' && hint === undefined)).toEqual([]);
});
