// A stand-in for GitHub's REST API: a real server on 127.0.0.1 over a real bare repository. Knows the part that
// opening pull requests needs, refuses what GitHub refuses, and checks both sides against GitHub's own description.
import { readFileSync } from 'node:fs';
import { type ApiAnswer, type ApiCall, type ApiServer, startApiServer } from '../api-server.ts';
import { type BareRepo, readBareRepo } from '../bare-repo.ts';
import { createApiCheck } from '../openapi.ts';
import { CHECK_ERRATA, type CheckHands, checkHands, checkReply, type StoredChecks, startChecks } from './checks.ts';
import { type Fault, faultAnswer, isDisturbance } from './faults.ts';
import { changeIssue, createIssue, ISSUE_ERRATA, ISSUES, type IssueHands, issueHands, listIssues, type StoredIssue } from './issues.ts';
import { fullRepository, issueObject, label, privateUser, pullFull, pullSimple, type Site, type StoredPull, user } from './objects.ts';
import { forbidden, invalid, refusal, withoutSignOn } from './refusals.ts';
import { type StoredTalk, TALK_ERRATA, type TalkHands, talkHands, talkReply } from './talk.ts';
import type { GitHubToken } from './tokens.ts';

export interface GitHubStandInOptions {
  /** Directory of the bare repository. */
  readonly repo: string;
  /** `owner/name` */
  readonly project: string;
  readonly tokens: Readonly<Record<string, GitHubToken>>;
  readonly defaultBranch?: string;
  /** Name the repository had before: every call is sent on to the new one. GitHub sends to a numeric address instead. */
  readonly formerProject?: string;
  /** `/api/v3` as on an Enterprise Server, or empty as on api.github.com. */
  readonly prefix?: string;
}

export interface GitHubStandIn
  extends Pick<ApiServer, 'unmodified' | 'violations' | 'log' | 'calls' | 'close'>,
    IssueHands,
    TalkHands,
    CheckHands {
  /** For `codeHost.baseUrl`. */
  readonly baseUrl: string;
  readonly pulls: readonly StoredPull[];
  readonly issues: readonly StoredIssue[];
  /** The project has a tracker. */
  hasIssues: boolean;
  /** The plan of the repository has drafts. */
  drafts: boolean;
  /** Rules of a branch, as GitHub shows them, and what the token's user may do about their ruleset. */
  rules: readonly Readonly<Record<string, unknown>>[];
  bypass: 'always' | 'pull_requests_only' | 'never' | 'exempt';
  /** Nothing may be changed any more. */
  archived: boolean;
  /** Used up one by one by the calls they are for. */
  readonly faults: Fault[];
  /** What people do on the pages. */
  openByHand(pull: { branch: string; base: string; title: string; body: string; fork?: string }): Promise<number>;
  closeByHand(number: number): void;
  mergeByHand(number: number): void;
}

const PULLS = '/repos/{owner}/{repo}/pulls';
/** Real answers that the description forgets. */
const ERRATA = new Set([
  'GET /repos/{owner}/{repo} 401',
  `GET ${PULLS} 401`,
  `GET ${PULLS} 403`,
  `GET ${PULLS} 404`,
  `POST ${PULLS} 401`,
  `POST ${PULLS} 404`,
  `PATCH ${PULLS}/{pull_number} 401`,
  `PATCH ${PULLS}/{pull_number} 404`,
  ...ISSUE_ERRATA,
  ...TALK_ERRATA,
  ...CHECK_ERRATA,
]);
const description = JSON.parse(readFileSync(new URL('./openapi.json', import.meta.url), 'utf8'));
const check = createApiCheck(description, ERRATA);

export async function startGitHubStandIn(options: GitHubStandInOptions): Promise<GitHubStandIn> {
  const prefix = options.prefix ?? '/api/v3';
  const repo = readBareRepo(options.repo);
  const pulls: StoredPull[] = [];
  const faults: Fault[] = [];
  const issues: StoredIssue[] = [];
  const standIn: Knobs = { drafts: true, archived: false, hasIssues: true, rules: [], bypass: 'never', rerunEnds: null };
  let origin = '';
  const siteNow = (): Site => ({
    api: `${origin}${prefix}`,
    web: origin,
    project: options.project,
    defaultBranch: options.defaultBranch ?? 'main',
    now: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
  });
  const talk: StoredTalk = { comments: [], reviews: [], rights: { ...Object.fromEntries(PEOPLE.map((name) => [name, 'write' as const])) } };
  const checks = await startChecks();
  const world: World = { options, repo, pulls, issues, talk, checks, asked: new Set(), site: siteNow, now: () => standIn };
  const server = await startApiServer(check, prefix, 'x-github-request-id', async (call) => {
    const index = faults.findIndex((fault) => fault.on === 'any' || fault.on === `${call.method} ${call.template}`);
    const fault = index < 0 ? undefined : faults.splice(index, 1)[0];
    if (fault === undefined) return reply(world, call);
    if (!isDisturbance(fault.kind)) return faultAnswer(fault.kind);
    if (fault.kind === 'unfiltered') call.query.delete('head');
    const answer = await reply(world, call);
    fault.then?.();
    return fault.kind === 'unfiltered' ? answer : { ...answer, [fault.kind]: true };
  });
  origin = server.origin;
  const byNumber = (number: number): StoredPull => {
    const pull = pulls.find((candidate) => candidate.number === number);
    if (pull === undefined) throw new Error(`no pull request ${number}`);
    return pull;
  };
  return Object.assign(standIn, {
    ...server,
    baseUrl: `${server.origin}${prefix}`,
    pulls,
    issues,
    faults,
    ...issueHands(world),
    ...talkHands(world),
    ...checkHands(checks),
    close: async () => {
      await server.close();
      await checks.logStore.close();
    },
    async openByHand(wish: { branch: string; base: string; title: string; body: string; fork?: string }) {
      const commit = (await repo.tip(wish.branch)) ?? '0'.repeat(40);
      const pull = store(world, {
        ...wish,
        commit,
        baseCommit: (await repo.tip(wish.base)) ?? '',
        author: 'person',
        draft: false,
        fork: wish.fork ?? null,
      });
      return pull.number;
    },
    closeByHand: (number: number) => {
      byNumber(number).state = 'closed';
    },
    mergeByHand: (number: number) => {
      Object.assign(byNumber(number), { state: 'closed', mergedAt: siteNow().now });
    },
  });
}

type Knobs = Pick<GitHubStandIn, 'drafts' | 'archived' | 'hasIssues' | 'rules' | 'bypass' | 'rerunEnds'>;

export interface World {
  readonly options: GitHubStandInOptions;
  readonly repo: BareRepo;
  readonly pulls: StoredPull[];
  readonly issues: StoredIssue[];
  readonly talk: StoredTalk;
  readonly checks: StoredChecks;
  /** Pairs of commits whose merging was asked for. */
  readonly asked: Set<string>;
  readonly site: () => Site;
  readonly now: () => Readonly<Knobs>;
}

async function reply(world: World, call: ApiCall): Promise<ApiAnswer> {
  if (!call.headers['user-agent'])
    return {
      status: 403,
      body: 'Request forbidden by administrative rules. Please make sure your request has a User-Agent header',
      foreign: true,
    };
  const secret = /^(?:token|bearer) (.+)$/i.exec(call.headers.authorization ?? '')?.[1];
  if (secret === undefined) return refusal(401, 'Requires authentication');
  const token = world.options.tokens[secret];
  if (token === undefined) return refusal(401, 'Bad credentials');
  const answer = await authorised(world, call, token);
  const scopes = token.kind === 'classic' ? { 'x-oauth-scopes': token.scopes ?? 'repo, read:org', 'x-accepted-oauth-scopes': 'repo' } : {};
  const expiry = token.expires === undefined ? {} : { 'github-authentication-token-expiration': token.expires };
  const version = world.options.prefix === '' ? {} : { 'x-github-enterprise-version': '3.19.0' };
  return { ...answer, headers: { ...scopes, ...expiry, ...version, ...answer.headers } };
}

async function authorised(world: World, call: ApiCall, token: GitHubToken): Promise<ApiAnswer> {
  if (call.template === '/user' && token.workflow) return refusal(403, 'Resource not accessible by integration');
  if (call.template === '/user') return { status: 200, body: privateUser(world.site(), token.login) };
  const { formerProject, project } = world.options;
  const asked = `${call.parameters.owner}/${call.parameters.repo}`.toLowerCase();
  if (asked === formerProject) {
    const path = call.template.replace('{owner}/{repo}', project);
    const query = [...call.query].length === 0 ? '' : `?${call.query}`;
    return {
      status: call.method === 'GET' ? 301 : 307,
      body: '',
      headers: { location: `${world.site().api}${path}${query}` },
      foreign: true,
    };
  }
  if (token.access === 'none' || asked !== project.toLowerCase()) return refusal(404, 'Not Found');
  if (token.unauthorised) return withoutSignOn(project);
  if (world.now().archived && call.method !== 'GET') return refusal(403, 'Repository was archived so is read-only.');
  const dressed = dress(world, call, token);
  if (dressed !== undefined) return dressed;
  const talk = talkReply(world, call, token);
  if (talk !== undefined) return talk;
  const place = { ...world.checks, site: world.site, rerunEnds: () => world.now().rerunEnds };
  const checked = checkReply(place, call, token);
  if (checked !== undefined) return checked;
  if (call.template.startsWith(ISSUES)) return issueReply(world, call, token);
  if (token.workflow && call.method === 'POST') {
    return refusal(403, 'GitHub Actions is not permitted to create or approve pull requests.');
  }
  switch (`${call.method} ${call.template}`) {
    case 'GET /repos/{owner}/{repo}': {
      const push = token.access === 'write';
      const rights = { admin: false, maintain: false, push, triage: push, pull: true };
      return { status: 200, body: { ...fullRepository(world.site(), rights), archived: world.now().archived } };
    }
    case 'GET /repos/{owner}/{repo}/rules/branches/{branch}':
      return { status: 200, body: world.now().rules.map((rule) => ({ ...rule, ...RULESET })) };
    case 'GET /repos/{owner}/{repo}/rulesets/{ruleset_id}':
      return {
        status: 200,
        body: {
          id: RULESET.ruleset_id,
          name: 'names',
          source: project,
          enforcement: 'active',
          current_user_can_bypass: world.now().bypass,
        },
      };
    case `GET ${PULLS}`:
      return listPulls(world, call.query);
    case `POST ${PULLS}`:
      return token.pulls ? create(world, call, token) : forbidden();
    case `PATCH ${PULLS}/{pull_number}`:
      return token.pulls ? change(world, call) : forbidden();
    default: {
      const pull = world.pulls.find(({ number }) => number === Number(call.parameters.pull_number));
      if (pull === undefined) return refusal(404, 'Not Found');
      const body = pullFull(world.site(), await asItIs(world, pull));
      return { status: 200, body: { ...body, comments: talkOf(world, pull) }, stamp: String(pull.touched ?? 0) };
    }
  }
}

const RULESET = { ruleset_source_type: 'Repository', ruleset_source: 'acme/app', ruleset_id: 42 } as const;
/** While it is open, it is at the tip of its branch. */
async function asItIs({ repo, asked }: World, pull: StoredPull): Promise<StoredPull> {
  if (pull.state === 'closed' || pull.fork !== null) return pull;
  const commit = await repo.tip(pull.branch);
  const standing = { ...pull, commit: commit ?? pull.commit };
  // Whoever asks first after a push, on either side, has it worked out, and is not told yet.
  const pair = `${await repo.tip(pull.base)} ${commit}`;
  const isKnown = asked.has(pair);
  asked.add(pair);
  return { ...standing, mergeable: isKnown && commit !== null ? !(await repo.conflicts(pull.base, pull.branch)) : null };
}

const talkOf = ({ talk }: World, { number }: StoredPull): number => talk.comments.filter(({ pull }) => pull === number).length;

/** People with access to the project. */
export const PEOPLE: readonly string[] = ['jo', 'kim'];
const TEAMS: readonly string[] = ['backend'];

/** Labels, assignees and reviewers of a pull request. Whoever has no access is dropped as an assignee, and refuses as a reviewer. */
function dress({ pulls, site, options }: World, call: ApiCall, token: GitHubToken): ApiAnswer | undefined {
  const what = /\/(labels|assignees|requested_reviewers)$/.exec(call.template)?.[1];
  if (what === undefined || call.method !== 'POST') return undefined;
  const pull = pulls.find(({ number }) => number === Number(call.parameters.issue_number ?? call.parameters.pull_number));
  if (pull === undefined) return refusal(404, 'Not Found');
  if (token.access !== 'write') return forbidden();
  const strings = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
  if (what === 'labels') {
    pull.labels = [...new Set([...(pull.labels ?? []), ...strings(call.body.labels)])];
    return { status: 200, body: pull.labels.map((name) => label(site(), name)) };
  }
  if (what === 'assignees') {
    pull.assignees = strings(call.body.assignees).filter((name) => PEOPLE.includes(name));
    const row = { ...pull, labels: pull.labels ?? [], association: 'MEMBER' as const };
    return { status: 201, body: { ...issueObject(site(), row, true), assignees: pull.assignees.map((name) => user(site(), name)) } };
  }
  const [names, teams] = [strings(call.body.reviewers), strings(call.body.team_reviewers)];
  const isOff = names.some((name) => !PEOPLE.includes(name) || name === pull.author) || teams.some((name) => !TEAMS.includes(name));
  if (isOff)
    return refusal(
      422,
      `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${options.project} repository.`,
    );
  pull.reviewers = [...(pull.reviewers ?? []), ...names, ...teams.map((name) => `team:${name}`)];
  return { status: 201, body: pullSimple(site(), pull) };
}

function issueReply(world: World, call: ApiCall, token: GitHubToken): ApiAnswer {
  const mayWrite = token.issues !== false && token.access !== 'none';
  const issue = world.issues.find(({ number }) => number === Number(call.parameters.issue_number));
  switch (`${call.method} ${call.template}`) {
    case `GET ${ISSUES}`:
      return listIssues(world, call.query);
    case `POST ${ISSUES}`:
      return mayWrite ? createIssue(world, call, token) : forbidden('issues');
    case `PATCH ${ISSUES}/{issue_number}`:
      return mayWrite ? changeIssue(world, call, token) : forbidden('issues');
    default:
      if (!world.now().hasIssues) return refusal(410, 'Issues has been disabled in this repository.');
      return issue === undefined
        ? refusal(404, 'Not Found')
        : { status: 200, body: issueObject(world.site(), issue), stamp: String(issue.touched ?? 0) };
  }
}

/** A `head` without `owner:` is ignored, as on GitHub. */
function listPulls(world: World, query: URLSearchParams): ApiAnswer {
  const [own = ''] = world.options.project.split('/');
  const head = query.get('head');
  const state = query.get('state') ?? 'open';
  const matches = world.pulls.filter(
    (pull) =>
      (state === 'all' || pull.state === state) &&
      (query.get('base') === null || query.get('base') === pull.base) &&
      (head === null || !head.includes(':') || head === `${pull.fork ?? own}:${pull.branch}`),
  );
  const sorted = (query.get('direction') ?? 'desc') === 'desc' ? matches.toReversed() : matches;
  const size = Number(query.get('per_page') ?? 30);
  const page = Number(query.get('page') ?? 1);
  const { site } = world;
  const next = new URLSearchParams([...query].filter(([name]) => name !== 'page').concat([['page', String(page + 1)]]));
  const more = { link: `<${site().api}/repos/${world.options.project}/pulls?${next}>; rel="next"` };
  const body = sorted.slice((page - 1) * size, page * size).map((pull) => pullSimple(site(), pull));
  return { status: 200, body, headers: page * size < sorted.length ? more : {} };
}

async function create(world: World, { body }: ApiCall, token: GitHubToken): Promise<ApiAnswer> {
  const { repo, pulls } = world;
  const [own = ''] = world.options.project.split('/');
  const branch = String(body.head).replace(`${own}:`, '');
  const base = String(body.base);
  const title = body.title;
  const text = typeof body.body === 'string' ? body.body : null;
  if (typeof title !== 'string' || title === '') return invalid({ resource: 'Issue', code: 'missing_field', field: 'title' });
  if (title.length > 256)
    return invalid({ resource: 'Issue', code: 'custom', field: 'title', message: 'title is too long (maximum is 256 characters)' });
  if (text !== null && [...text].length > 65_536) {
    return invalid({ resource: 'Issue', code: 'custom', field: 'body', message: 'body is too long (maximum is 65536 characters)' });
  }
  const commit = await repo.tip(branch);
  const baseCommit = await repo.tip(base);
  if (baseCommit === null) return invalid({ resource: 'PullRequest', field: 'base', code: 'invalid' });
  if (commit === null) return invalid({ resource: 'PullRequest', field: 'head', code: 'invalid' });
  if (pulls.some((pull) => pull.state === 'open' && pull.branch === branch && pull.base === base && pull.fork === null)) {
    return invalid({ resource: 'PullRequest', code: 'custom', message: `A pull request already exists for ${own}:${branch}.` });
  }
  const ahead = await repo.ahead(base, branch);
  if (ahead === null)
    return invalid({ resource: 'PullRequest', code: 'custom', message: `The ${branch} branch has no history in common with ${base}` });
  if (ahead.length === 0) return invalid({ resource: 'PullRequest', code: 'custom', message: `No commits between ${base} and ${branch}` });
  if (body.draft === true && !world.now().drafts) return refusal(422, 'Draft pull requests are not supported in this repository.');
  const pull = store(world, {
    branch,
    base,
    commit,
    baseCommit,
    title,
    body: text,
    draft: body.draft === true,
    author: token.login,
    fork: null,
  });
  const answer = pullFull(world.site(), pull);
  return { status: 201, body: answer, headers: { location: String(answer.url) } };
}

async function change(world: World, { body, parameters }: ApiCall): Promise<ApiAnswer> {
  const pull = world.pulls.find(({ number }) => number === Number(parameters.pull_number));
  if (pull === undefined) return refusal(404, 'Not Found');
  if (typeof body.title === 'string') pull.title = body.title;
  if (typeof body.body === 'string') pull.body = body.body;
  // `draft` is ignored: that is only to be changed over GraphQL.
  if (body.state === 'open' && (await world.repo.tip(pull.branch)) === null)
    return invalid({ resource: 'PullRequest', code: 'custom', field: 'state', message: `The ${pull.branch} branch has been deleted.` });
  if (body.state === 'closed' || body.state === 'open') pull.state = body.state;
  return { status: 200, body: pullFull(world.site(), pull) };
}

function store(world: World, pull: Omit<StoredPull, 'number' | 'createdAt' | 'state' | 'mergedAt'>): StoredPull {
  const stored: StoredPull = {
    ...pull,
    number: world.pulls.length + world.issues.length + 1,
    createdAt: world.site().now,
    state: 'open',
    mergedAt: null,
  };
  world.pulls.push(stored);
  return stored;
}
