// Issues of the GitLab stand-in: listed, created and changed.
import type { ApiAnswer, ApiCall } from '../api-server.ts';
import { issueObject, type Site } from './objects.ts';
import { type GitLabToken, refusal } from './server.ts';

export interface StoredIssue {
  readonly iid: number;
  readonly author: string;
  readonly createdAt: string;
  title: string;
  description: string | null;
  state: 'opened' | 'closed';
  labels: readonly string[];
  /** How often something was said on it. */
  touched?: number;
  changedAt?: string;
}

/** What people do on the pages. */
export interface IssueHands {
  openIssueByHand(issue: { title: string; body: string; isMember: boolean }): number;
  setIssueByHand(number: number, change: { state?: 'open' | 'closed'; body?: string; labels?: readonly string[] }): void;
}

export interface IssueWorld {
  readonly issues: StoredIssue[];
  readonly site: () => Site;
  readonly hasIssues: () => boolean;
}

export const ISSUES = '/projects/{id}/issues';

const REPORTER = 20;

export function issueReply(world: IssueWorld, call: ApiCall, token: GitLabToken): ApiAnswer {
  const { issues, site } = world;
  const issue = issues.find(({ iid }) => iid === Number(call.parameters.issue_iid));
  switch (`${call.method} ${call.template}`) {
    case `GET ${ISSUES}`:
      return { status: 200, body: world.hasIssues() ? listed(world, call.query, token).map((row) => issueObject(site(), row)) : [] };
    case `POST ${ISSUES}`:
      return world.hasIssues() && token.accessLevel >= REPORTER ? create(world, call, token) : refusal(403, '403 Forbidden');
    default:
      if (issue === undefined || !world.hasIssues()) return refusal(404, '404 Not found');
      if (call.method === 'PUT' && token.accessLevel < REPORTER) return refusal(403, '403 Forbidden');
      return call.method === 'PUT' ? change(world, issue, call) : shown(world, issue);
  }
}

function shown({ site }: IssueWorld, issue: StoredIssue, status = 200): ApiAnswer {
  return { status, body: { ...issueObject(site(), issue), subscribed: true }, stamp: String(issue.touched ?? 0) };
}

function listed({ issues }: IssueWorld, query: URLSearchParams, token: GitLabToken): readonly StoredIssue[] {
  const state = query.get('state') ?? 'all';
  const label = query.get('labels');
  const matches = issues.filter(
    (issue) =>
      (state === 'all' || state === issue.state) &&
      (label === null || issue.labels.includes(label)) &&
      (query.get('scope') !== 'created_by_me' || issue.author === token.login),
  );
  const sorted = (query.get('sort') ?? 'desc') === 'desc' ? matches.toReversed() : matches;
  const size = Number(query.get('per_page') ?? 20);
  const first = (Number(query.get('page') ?? 1) - 1) * size;
  return sorted.slice(first, first + size);
}

function create(world: IssueWorld, { body }: ApiCall, token: GitLabToken): ApiAnswer {
  const title = String(body.title);
  if (title.length > 255) return refusal(400, { title: ['is too long (maximum is 255 characters)'] });
  const labels = typeof body.labels === 'string' ? body.labels.split(',') : [];
  const description = typeof body.description === 'string' ? body.description : null;
  return shown(world, store(world, { author: token.login, title, description, labels }), 201);
}

function change(world: IssueWorld, issue: StoredIssue, { body }: ApiCall): ApiAnswer {
  if (typeof body.title === 'string') issue.title = body.title;
  if (typeof body.description === 'string') issue.description = body.description;
  if (body.state_event === 'close') issue.state = 'closed';
  if (body.state_event === 'reopen') issue.state = 'opened';
  return shown(world, issue);
}

export function issueHands(world: IssueWorld): IssueHands {
  return {
    openIssueByHand: ({ title, body }) => store(world, { author: 'person', title, description: body, labels: [] }).iid,
    setIssueByHand: (number, { state, body, labels }) => {
      const issue = world.issues.find(({ iid }) => iid === number);
      if (issue === undefined) throw new Error(`no issue ${number}`);
      if (state) issue.state = state === 'open' ? 'opened' : 'closed';
      if (body !== undefined) issue.description = body;
      if (labels) issue.labels = labels;
    },
  };
}

function store({ issues, site }: IssueWorld, issue: Omit<StoredIssue, 'iid' | 'createdAt' | 'state'>): StoredIssue {
  const stored: StoredIssue = { ...issue, iid: issues.length + 1, createdAt: site().now, state: 'opened' };
  issues.push(stored);
  return stored;
}
