// A stand-in for GitLab's REST API: a real server on 127.0.0.1 over a real bare repository. Knows the part that
// opening merge requests needs, refuses what GitLab refuses, and checks both sides against `description.ts`.
import { type ApiAnswer, type ApiCall, type ApiServer, startApiServer } from '../api-server.ts';
import { type BareRepo, readBareRepo } from '../bare-repo.ts';
import { createApiCheck } from '../openapi.ts';
import { type CheckHands, checkHands, checkReply, type StoredChecks, startChecks } from './checks.ts';
import { description } from './description.ts';
import { type Fault, faultAnswer } from './faults.ts';
import { ISSUES, type IssueHands, type IssueWorld, issueHands, issueReply, type StoredIssue } from './issues.ts';
import {
  comparison,
  currentUser,
  mergeRequest,
  mergeRequestBasic,
  PROJECT_ID,
  project,
  pushRuleObject,
  type Site,
  type StoredMergeRequest,
  shutBranch,
  token as tokenObject,
  user,
} from './objects.ts';
import { type StoredTalk, type TalkHands, talkHands, talkReply, userReply } from './talk.ts';

export interface GitLabToken {
  readonly login: string;
  /** 0: the private project is not visible. 20 Reporter, 30 Developer. */
  readonly accessLevel: number;
  readonly scopes: readonly string[];
  readonly revoked?: true;
  readonly expired?: true;
  /** Its last day, `2030-01-01` if not said. */
  readonly ends?: string;
}

export interface GitLabStandInOptions {
  /** Directory of the bare repository. */
  readonly repo: string;
  /** `group/sub/app` */
  readonly project: string;
  readonly tokens: Readonly<Record<string, GitLabToken>>;
  readonly defaultBranch?: string;
  /** Sub-path the whole of GitLab is served under, such as `/gitlab`. */
  readonly subPath?: string;
  /** Path the project had before: reads are sent on, writes are refused. */
  readonly formerProject?: string;
  /** Before 19, a branch that does not exist gives a request without a commit. */
  readonly version?: 18 | 19;
}

export interface GitLabStandIn
  extends Pick<ApiServer, 'unmodified' | 'violations' | 'log' | 'calls' | 'close'>,
    IssueHands,
    TalkHands,
    CheckHands {
  readonly issues: readonly StoredIssue[];
  /** The project has a tracker. */
  hasIssues: boolean;
  /** What a push rule says beside what it always has; `null` for an edition without any. */
  pushRule: Readonly<Record<string, unknown>> | null;
  /** Names of protected branches that nobody may push to. */
  shutBranches: readonly string[];
  /** For `codeHost.baseUrl`. */
  readonly baseUrl: string;
  readonly requests: readonly StoredMergeRequest[];
  /** Used up one by one by the calls they are for. */
  readonly faults: Fault[];
  /** What people do on the pages. */
  openByHand(request: { branch: string; base: string; title: string; body: string; fork?: string }): Promise<number>;
  closeByHand(iid: number): void;
  mergeByHand(iid: number): void;
}

export const GITLAB_TOKENS: Readonly<Record<string, GitLabToken>> = {
  developer: { login: 'robot', accessLevel: 30, scopes: ['api'] },
  guest: { login: 'guest', accessLevel: 10, scopes: ['api'] },
  reporter: { login: 'reader', accessLevel: 20, scopes: ['api'] },
  'read-only': { login: 'robot', accessLevel: 30, scopes: ['read_api'] },
  blind: { login: 'stranger', accessLevel: 0, scopes: ['api'] },
  revoked: { login: 'robot', accessLevel: 30, scopes: ['api'], revoked: true },
  expired: { login: 'robot', accessLevel: 30, scopes: ['api'], expired: true },
};

const REQUESTS = '/projects/{id}/merge_requests';
const check = createApiCheck(description, new Set());

export interface World extends IssueWorld {
  readonly options: GitLabStandInOptions;
  readonly repo: BareRepo;
  readonly requests: StoredMergeRequest[];
  readonly talk: StoredTalk;
  readonly checks: StoredChecks;
  /** Pairs of commits whose merging was asked for. */
  readonly asked: Set<string>;
  readonly site: () => Site;
  readonly rules: () => Pick<GitLabStandIn, 'pushRule' | 'shutBranches' | 'rerunEnds'>;
}

export async function startGitLabStandIn(options: GitLabStandInOptions): Promise<GitLabStandIn> {
  const subPath = options.subPath ?? '';
  const repo = readBareRepo(options.repo);
  const requests: StoredMergeRequest[] = [];
  const faults: Fault[] = [];
  const issues: StoredIssue[] = [];
  const standIn: Pick<GitLabStandIn, 'hasIssues' | 'pushRule' | 'shutBranches' | 'rerunEnds'> = {
    ...{ hasIssues: true, pushRule: null, shutBranches: [], rerunEnds: 'running' },
  };
  let origin = '';
  const site = (): Site => ({
    web: `${origin}${subPath}`,
    project: options.project,
    defaultBranch: options.defaultBranch ?? 'main',
    now: new Date().toISOString(),
  });
  const talk: StoredTalk = { notes: [], rights: Object.fromEntries(PEOPLE.map((name) => [name, 30])) };
  const checks = await startChecks();
  const world: World = {
    options,
    repo,
    requests,
    issues,
    talk,
    checks,
    asked: new Set(),
    site,
    hasIssues: () => standIn.hasIssues,
    rules: () => standIn,
  };
  const server = await startApiServer(check, `${subPath}/api/v4`, 'x-gitlab-meta', async (call) => {
    const index = faults.findIndex((fault) => fault.on === 'any' || fault.on === `${call.method} ${call.template}`);
    const fault = index < 0 ? undefined : faults.splice(index, 1)[0];
    if (fault === undefined) return reply(world, call);
    if (fault.kind !== 'lost' && fault.kind !== 'torn') return faultAnswer(fault.kind);
    const answer = await reply(world, call);
    fault.then?.();
    return { ...answer, [fault.kind]: true };
  });
  origin = server.origin;
  const setState = (iid: number, state: StoredMergeRequest['state']): void => {
    const request = requests.find((candidate) => candidate.iid === iid);
    if (request === undefined) throw new Error(`no merge request ${iid}`);
    request.state = state;
  };
  return Object.assign(standIn, {
    ...server,
    baseUrl: `${server.origin}${subPath}`,
    requests,
    issues,
    ...issueHands(world),
    ...talkHands(world),
    ...checkHands(checks),
    close: async () => {
      await server.close();
      await checks.logStore.close();
    },
    faults,
    async openByHand({ branch, base, title, body, fork }: Parameters<GitLabStandIn['openByHand']>[0]) {
      const commit = await repo.tip(branch);
      return store(world, {
        branch,
        base,
        title,
        description: body,
        commit,
        hasCommits: true,
        author: 'person',
        fork: fork === undefined ? null : PROJECT_ID + 1,
      }).iid;
    },
    closeByHand: (iid: number) => setState(iid, 'closed'),
    mergeByHand: (iid: number) => setState(iid, 'merged'),
  });
}

async function reply(world: World, call: ApiCall): Promise<ApiAnswer> {
  const secret = call.headers['private-token'] ?? /^bearer (.+)$/i.exec(call.headers.authorization ?? '')?.[1];
  const token = secret === undefined ? undefined : world.options.tokens[secret];
  if (token === undefined) return { status: 401, body: { message: '401 Unauthorized' } };
  if (token.revoked) {
    return {
      status: 401,
      body: { error: 'invalid_token', error_description: 'Token was revoked. You have to re-authorize from the user.' },
    };
  }
  if (token.expired) {
    const error_description = 'Token is expired. You can either do re-authorization or token refresh.';
    return { status: 401, body: { error: 'invalid_token', error_description } };
  }
  if (!token.scopes.includes('api') && call.method !== 'GET') {
    const error_description = 'The request requires higher privileges than provided by the access token.';
    return { status: 403, body: { error: 'insufficient_scope', error_description, scope: 'api' } };
  }
  if (call.template === '/user') return { status: 200, body: currentUser(world.site(), token.login) };
  if (call.template === '/users') {
    const found = PEOPLE.filter((name) => name === call.query.get('username'));
    return { status: 200, body: found.map((name) => user(world.site(), name)) };
  }
  if (call.template === '/personal_access_tokens/self') return { status: 200, body: tokenObject(world.site(), token.scopes, token.ends) };
  if (call.template.startsWith('/users/')) return userReply(world, call);
  return inProject(world, call, token);
}

/** Users that there are. */
export const PEOPLE: readonly string[] = ['jo', 'kimberly'];

async function inProject(world: World, call: ApiCall, token: GitLabToken): Promise<ApiAnswer> {
  const { id } = call.parameters;
  const { options, requests, site } = world;
  if (options.formerProject !== undefined && id === options.formerProject) return moved(world, call);
  if ((id !== options.project && id !== String(PROJECT_ID)) || token.accessLevel === 0) return refusal(404, '404 Project Not Found');
  const talk = talkReply(world, call, token);
  if (talk !== undefined) return talk;
  if (call.template.startsWith(ISSUES)) return issueReply(world, call, token);
  const checked = checkReply({ ...world.checks, site, rerunEnds: () => world.rules().rerunEnds }, call, token);
  if (checked !== undefined) return checked;
  if (call.method !== 'GET' && token.accessLevel < 30) return refusal(403, '403 Forbidden');
  switch (`${call.method} ${call.template}`) {
    case 'GET /projects/{id}':
      return { status: 200, body: project(site(), token.accessLevel, world.hasIssues()) };
    case 'GET /projects/{id}/push_rule': {
      const { pushRule } = world.rules();
      return pushRule === null ? refusal(404, '404 Not Found') : { status: 200, body: pushRuleObject(pushRule) };
    }
    case 'GET /projects/{id}/protected_branches':
      return { status: 200, body: world.rules().shutBranches.map(shutBranch) };
    case 'GET /projects/{id}/repository/compare':
      return compare(world, String(call.query.get('from')), String(call.query.get('to')));
    case `GET ${REQUESTS}`:
      return { status: 200, body: listed(requests, call.query).map((request) => mergeRequestBasic(site(), request)) };
    case `POST ${REQUESTS}`:
      return create(world, call, token);
    default: {
      const request = requests.find(({ iid }) => iid === Number(call.parameters.iid));
      if (request === undefined) return refusal(404, '404 Not found');
      if (call.method === 'PUT') return change(world, request, call);
      return { status: 200, body: mergeRequest(site(), await asItIs(world, request)), stamp: String(request.touched ?? 0) };
    }
  }
}

/** While it is open, it is at the tip of its branch. */
async function asItIs({ repo, asked }: World, request: StoredMergeRequest): Promise<StoredMergeRequest> {
  if (request.state !== 'opened' || request.fork !== null) return request;
  const { base, branch } = request;
  const commit = await repo.tip(branch);
  if (commit === null) return request;
  // Whoever asks first after a push, on either side, has it worked out, and is not told yet.
  const pair = `${await repo.tip(base)} ${commit}`;
  const isKnown = asked.has(pair);
  asked.add(pair);
  const merging = isKnown ? { conflicts: await repo.conflicts(base, branch) } : {};
  return { ...request, commit, forkedAt: await repo.fork(base, branch), ...merging };
}

function moved({ site, options }: World, call: ApiCall): ApiAnswer {
  if (call.method !== 'GET') return refusal(405, 'Non GET methods are not allowed for moved projects');
  const rest = call.template.replace('/projects/{id}', '');
  const query = [...call.query].length === 0 ? '' : `?${call.query}`;
  const location = `${new URL(site().web).origin}${options.subPath ?? ''}/api/v4/projects/${PROJECT_ID}${rest}${query}`;
  return { status: 301, body: '', headers: { location }, foreign: true };
}

async function compare({ repo, site }: World, from: string, to: string): Promise<ApiAnswer> {
  if ((await repo.tip(from)) === null || (await repo.tip(to)) === null) return refusal(404, '404 Ref Not Found');
  const commits = await repo.ahead(from, to);
  return { status: 200, body: comparison(site(), from, to, commits ?? [], commits === null ? [] : await repo.changed(from, to)) };
}

function listed(requests: readonly StoredMergeRequest[], query: URLSearchParams): readonly StoredMergeRequest[] {
  const wanted = (name: string, value: string): boolean => query.get(name) === null || query.get(name) === value;
  const state = query.get('state') ?? 'all';
  const matches = requests.filter(
    (request) =>
      (state === 'all' || state === request.state) && wanted('source_branch', request.branch) && wanted('target_branch', request.base),
  );
  const sorted = (query.get('sort') ?? 'desc') === 'desc' ? matches.toReversed() : matches;
  const size = Number(query.get('per_page') ?? 20);
  const first = (Number(query.get('page') ?? 1) - 1) * size;
  return sorted.slice(first, first + size);
}

async function create(world: World, { body }: ApiCall, token: GitLabToken): Promise<ApiAnswer> {
  const branch = String(body.source_branch);
  const base = String(body.target_branch);
  const title = String(body.title);
  const text = typeof body.description === 'string' ? body.description : null;
  if (title === '') return refusal(400, { title: ["can't be blank"] });
  if (title.length > 255) return refusal(400, { title: ['is too long (maximum is 255 characters)'] });
  if (text !== null && text.length > 1_048_576) return refusal(400, { description: ['is too long (maximum is 1048576 characters)'] });
  if (branch === base) return refusal(422, ["You can't use same project/branch for source and target"]);
  const commit = await world.repo.tip(branch);
  if (commit === null && world.options.version !== 18) return refusal(400, { source_branch: ['does not exist'] });
  if ((await world.repo.tip(base)) === null) return refusal(400, { target_branch: ['does not exist'] });
  const standing = world.requests.find(
    (other) => other.state === 'opened' && other.branch === branch && other.base === base && other.fork === null,
  );
  if (standing !== undefined) return refusal(409, [`Another open merge request already exists for this source branch: !${standing.iid}`]);
  const hasCommits = commit !== null && ((await world.repo.ahead(base, branch))?.length ?? 0) > 0;
  const asked = {
    ...(typeof body.labels === 'string' ? { labels: body.labels.split(',') } : {}),
    ...(body.remove_source_branch === true ? { removesBranch: true } : {}),
    ...(body.squash === true ? { squashes: true } : {}),
  };
  const request = store(world, { branch, base, commit, title, description: text, author: token.login, fork: null, hasCommits, ...asked });
  return { status: 201, body: mergeRequest(world.site(), request) };
}

function change({ site }: World, request: StoredMergeRequest, { body }: ApiCall): ApiAnswer {
  if (typeof body.title === 'string') request.title = body.title;
  if (typeof body.description === 'string') request.description = body.description;
  const namesOf = (ids: unknown): readonly string[] =>
    PEOPLE.filter((name) => Array.isArray(ids) && ids.map(Number).includes(Number(user(site(), name).id)));
  if (body.reviewer_ids !== undefined) request.reviewers = namesOf(body.reviewer_ids);
  // The free edition has one assignee.
  if (body.assignee_ids !== undefined) request.assignees = namesOf(body.assignee_ids).slice(0, 1);
  if (body.state_event === 'close') request.state = 'closed';
  if (body.state_event === 'reopen') request.state = 'opened';
  return { status: 200, body: mergeRequest(site(), request) };
}

function store(world: World, request: Omit<StoredMergeRequest, 'iid' | 'createdAt' | 'state'>): StoredMergeRequest {
  const stored: StoredMergeRequest = { ...request, iid: world.requests.length + 1, createdAt: world.site().now, state: 'opened' };
  world.requests.push(stored);
  return stored;
}

export function refusal(status: number, message: unknown): ApiAnswer {
  return { status, body: { message } };
}
