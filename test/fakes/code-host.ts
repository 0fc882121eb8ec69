// A code host in memory for tests of the pipeline: deterministic, passes the same contract as the real ones.
import type { Issue, Request } from '../../src/core/model.ts';
import type { FormRule } from '../../src/core/policy/form-rules.ts';
import { isFixBranch } from '../../src/core/texts/branch.ts';
import { isOver, withinTheirs } from '../../src/core/texts/issue.ts';
import { carryJoined, isMarkedFor, withJoined } from '../../src/core/texts/joined-request.ts';
import { isClosedByUs, withOwnClosing, withoutOwnClosing } from '../../src/core/texts/own-closing.ts';
import { type AiOpsError, type ErrorCode, fail } from '../../src/errors.ts';
import type { CodeHost, RequestDraft, ToldIssue } from '../../src/ports.ts';
import { createFakeChecks, type FakeChecks } from './checks.ts';
import { createFakeTalk, type FakeTalk } from './talk.ts';

export interface FakeRequest {
  readonly number: number;
  readonly branch: string;
  readonly base: string;
  readonly commit: string;
  readonly fork: string | null;
  title: string;
  body: string;
  draft: boolean;
  state: 'open' | 'merged' | 'closed';
  mergedAt?: string;
}

export interface FakeIssue {
  readonly number: number;
  title: string;
  body: string;
  state: 'open' | 'closed';
}

/** What a host can refuse with. */
export type HostFailure = Extract<ErrorCode, `host-${string}`>;

export interface FakeCodeHost extends CodeHost {
  readonly talk: FakeTalk;
  readonly issueTalk: FakeTalk;
  readonly checks: FakeChecks;
  readonly requests: FakeRequest[];
  readonly issues: FakeIssue[];
  /** Errors that the next calls which find or make an issue fail with, one each. */
  readonly issueFailures: AiOpsError[];
  /** Codes that the next calls of `ensureRequest` fail with, one each. */
  readonly failures: HostFailure[];
  /** Branches that the host has with a change; every branch when absent. */
  branches: ReadonlySet<string> | null;
  writes: number;
  /** What it asks of the form of a fix. */
  formRules: readonly FormRule[];
  open(request: Omit<FakeRequest, 'number' | 'state'>): FakeRequest;
}

export function createFakeCodeHost(): FakeCodeHost {
  const requests: FakeRequest[] = [];
  const issues: FakeIssue[] = [];
  const fake: FakeCodeHost = {
    kind: 'github',
    pages: { project: 'https://fake.invalid/acme/app', file: '/blob/', commit: '/commit/', plain: '' },
    talk: createFakeTalk(requests),
    issueTalk: createFakeTalk(issues),
    checks: createFakeChecks(),
    requests,
    issues,
    failures: [],
    issueFailures: [],
    branches: null,
    writes: 0,
    formRules: [],
    open(request) {
      const opened: FakeRequest = { ...request, number: requests.length + 1, state: 'open' };
      requests.push(opened);
      return opened;
    },
    rules: async () => fake.formRules,
    self: async () => ({ name: 'robot', email: 'robot@users.noreply.fake' }),
    async findRequest(branch) {
      const newest = requests.findLast((request) => request.branch === branch && request.fork === null);
      return newest === undefined ? null : shown(newest);
    },
    async ensureRequest(draft, signal) {
      if (signal.aborted) throw fail('interrupted');
      const failure = fake.failures.shift();
      if (failure !== undefined)
        throw fail(failure, {
          host: 'fake',
          project: 'acme/app',
          detail: 'it says no',
          grant: 'the token needs more',
          variable: 'X',
          until: 'later',
          location: 'elsewhere',
        });
      const standing = standingFor(requests, draft);
      if (standing !== undefined) return { request: shown(standing), created: false, notes: adopt(fake, standing, draft) };
      if (fake.branches !== null && !fake.branches.has(draft.branch))
        throw fail('host-invalid', { host: 'fake', detail: `no change on ${draft.branch}` });
      fake.writes += 1;
      const { branch, base, commit, title, body } = draft;
      return { request: shown(fake.open({ branch, base, commit, title, body, draft: draft.draft, fork: null })), created: true, notes: [] };
    },
    async closeRequest(branch) {
      const newest = requests.findLast((request) => request.branch === branch && request.fork === null);
      if (newest?.state === 'open') Object.assign(newest, { state: 'closed', body: withOwnClosing(newest.body) });
      return newest === undefined ? null : shown(newest);
    },
    async disownClosing(branch) {
      const newest = requests.findLast((request) => request.branch === branch && request.fork === null);
      if (newest?.state === 'open') newest.body = withoutOwnClosing(newest.body);
    },
    proposals: async () =>
      requests
        .filter(({ branch, fork }) => isFixBranch(branch) && fork === null)
        .reverse()
        .map((request) => ({ request: shown(request), branch: request.branch, body: request.body })),
    async ensureJoined({ request }, joining) {
      const standing = requests.find(({ number }) => number === request.number);
      if (standing === undefined) return request;
      const body = standing.state === 'open' ? withJoined(standing.body, joining) : standing.body;
      if (body !== standing.body) fake.writes += 1;
      standing.body = body;
      return shown(standing);
    },
    ...issueSide(issues, () => fake),
    check: async () => [{ name: 'token', status: 'ok', detail: 'fake' }],
  };
  return fake;
}

function standingFor(requests: readonly FakeRequest[], { branch, base, commit }: RequestDraft): FakeRequest | undefined {
  const same = requests.filter((request) => request.branch === branch && request.base === base && request.fork === null);
  const newest = same.find(({ state }) => state === 'open') ?? same.at(-1);
  return newest?.state === 'merged' && newest.commit !== commit ? undefined : newest;
}

function adopt(fake: FakeCodeHost, standing: FakeRequest, { title, body: wanted, commit }: RequestDraft): readonly string[] {
  const body = carryJoined(standing.body, wanted);
  if (standing.state === 'closed') return [`#${standing.number} was closed without merging; it is not opened again`];
  if (standing.state === 'merged' || (standing.title === title && standing.body === body)) return [];
  if (!standing.body.includes('<!-- ai-ops:')) return [`#${standing.number} was written by somebody else; its text was left as it is`];
  if (standing.commit !== commit) return [`#${standing.number} stands for another commit; its text was left as it is`];
  fake.writes += 1;
  Object.assign(standing, { title, body });
  return [];
}

function shown({ number, state, mergedAt, body }: FakeRequest): Request {
  const own = state === 'closed' && isClosedByUs(body) ? { isOwnClosing: true as const } : {};
  return { url: `https://fake.invalid/pull/${number}`, number, state, ...(mergedAt === undefined ? {} : { mergedAt }), ...own };
}

function issueSide(
  issues: FakeIssue[],
  fake: () => FakeCodeHost,
): Pick<FakeCodeHost, 'findIssue' | 'ensureIssue' | 'readIssue' | 'changeIssue'> {
  const told = (found: FakeIssue | undefined): ToldIssue | null =>
    found === undefined ? null : { issue: shownIssue(found), body: found.body };
  const find = (names: readonly string[]): FakeIssue | undefined => {
    const found = issues.filter(({ body }) => names.some((name) => isMarkedFor(body, name)));
    return found.find(({ state }) => state === 'open') ?? found.at(-1);
  };
  const troubled = (): void => {
    const failure = fake().issueFailures.shift();
    if (failure) throw failure;
  };
  return {
    async findIssue(names) {
      troubled();
      return told(find(names));
    },
    async ensureIssue({ names, title, body }) {
      troubled();
      const standing = find(names);
      if (standing === undefined) {
        const made: FakeIssue = { number: 1000 + issues.length, title, body, state: 'open' };
        issues.push(made);
        fake().writes += 1;
        return { issue: shownIssue(made), created: true, notes: [] };
      }
      if (standing.state === 'closed' && !isOver(standing.body)) return { issue: shownIssue(standing), created: false, notes: ['closed'] };
      Object.assign(standing, { body: withinTheirs(standing.body, body) ?? standing.body, state: 'open' });
      return { issue: shownIssue(standing), created: false, notes: [] };
    },
    readIssue: async ({ number }) => told(issues.find((one) => one.number === number)),
    async changeIssue({ issue, body: before }, { body = before, state = issue.state }) {
      const found = issues.find((one) => one.number === issue.number);
      if (found === undefined) return issue;
      if (body !== found.body || state !== found.state) fake().writes += 1;
      Object.assign(found, { body, state });
      return shownIssue(found);
    },
  };
}

function shownIssue({ number, state }: FakeIssue): Issue {
  return { url: `https://fake.invalid/issues/${number}`, number, state };
}
