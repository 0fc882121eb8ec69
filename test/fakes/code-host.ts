// A code host in memory for tests of the pipeline: deterministic, passes the same contract as the real ones.
import type { Request } from '../../src/core/model.ts';
import { FIX_PREFIX } from '../../src/core/texts/branch.ts';
import { carryJoined, withJoined } from '../../src/core/texts/joined-request.ts';
import { type ErrorCode, fail } from '../../src/errors.ts';
import type { CodeHost, RequestDraft } from '../../src/ports.ts';

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

/** What a host can refuse with. */
export type HostFailure = Extract<ErrorCode, `host-${string}`>;

export interface FakeCodeHost extends CodeHost {
  readonly requests: FakeRequest[];
  /** Codes that the next calls of `ensureRequest` fail with, one each. */
  readonly failures: HostFailure[];
  /** Branches that the host has with a change; every branch when absent. */
  branches: ReadonlySet<string> | null;
  writes: number;
  open(request: Omit<FakeRequest, 'number' | 'state'>): FakeRequest;
}

export function createFakeCodeHost(): FakeCodeHost {
  const requests: FakeRequest[] = [];
  const fake: FakeCodeHost = {
    kind: 'github',
    requests,
    failures: [],
    branches: null,
    writes: 0,
    open(request) {
      const opened: FakeRequest = { ...request, number: requests.length + 1, state: 'open' };
      requests.push(opened);
      return opened;
    },
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
    proposals: async () =>
      requests
        .filter(({ branch, fork }) => branch.startsWith(FIX_PREFIX) && fork === null)
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

function shown({ number, state, mergedAt }: FakeRequest): Request {
  return { url: `https://fake.invalid/pull/${number}`, number, state, ...(mergedAt === undefined ? {} : { mergedAt }) };
}
