// Issues of the GitHub stand-in: listed together with pull requests, as GitHub does, created and changed.
import type { ApiAnswer, ApiCall } from '../api-server.ts';
import { issueObject } from './objects.ts';
import { invalid, refusal } from './refusals.ts';
import type { World } from './server.ts';
import type { GitHubToken } from './tokens.ts';

export interface StoredIssue {
  readonly number: number;
  readonly author: string;
  readonly createdAt: string;
  /** What GitHub says of its author. */
  readonly association: 'MEMBER' | 'NONE';
  title: string;
  body: string | null;
  state: 'open' | 'closed';
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

export const ISSUES = '/repos/{owner}/{repo}/issues';

/** Real answers that the description forgets. */
export const ISSUE_ERRATA = [
  ...['401', '403', '410'].map((status) => `GET ${ISSUES} ${status}`),
  `GET ${ISSUES}/{issue_number} 401`,
  `POST ${ISSUES} 401`,
  `PATCH ${ISSUES}/{issue_number} 401`,
];

type Place = Pick<World, 'options' | 'pulls' | 'issues' | 'site' | 'now'>;

export function listIssues({ pulls, issues, site, options, now }: Place, query: URLSearchParams): ApiAnswer {
  const state = query.get('state') ?? 'open';
  const label = query.get('labels');
  // A project without a tracker still lists its pull requests.
  const rows = [
    ...(now().hasIssues ? issues.map((issue) => ({ ...issue, pull: false })) : []),
    ...pulls.map((pull) => ({ ...pull, labels: [] as readonly string[], association: 'MEMBER' as const, pull: true })),
  ].filter((row) => (state === 'all' || row.state === state) && (label === null || row.labels.includes(label)));
  rows.sort((one, other) => (query.get('direction') === 'asc' ? one.number - other.number : other.number - one.number));
  const size = Number(query.get('per_page') ?? 30);
  const page = Number(query.get('page') ?? 1);
  const next = new URLSearchParams([...query].filter(([name]) => name !== 'page').concat([['page', String(page + 1)]]));
  const more = { link: `<${site().api}/repos/${options.project}/issues?${next}>; rel="next"` };
  const body = rows.slice((page - 1) * size, page * size).map((row) => issueObject(site(), row, row.pull));
  return { status: 200, body, headers: page * size < rows.length ? more : {} };
}

export function createIssue(world: Place, { body }: ApiCall, token: GitHubToken): ApiAnswer {
  if (!world.now().hasIssues) return refusal(410, 'Issues has been disabled in this repository.');
  const { title } = body;
  const text = typeof body.body === 'string' ? body.body : null;
  if (typeof title !== 'string' || title === '') return invalid({ resource: 'Issue', code: 'missing_field', field: 'title' });
  if (text !== null && [...text].length > 65_536) {
    return invalid({ resource: 'Issue', code: 'custom', field: 'body', message: 'body is too long (maximum is 65536 characters)' });
  }
  // Labels of somebody without push access are dropped silently.
  const labels = token.access === 'write' && Array.isArray(body.labels) ? body.labels.map(String) : [];
  const issue = storeIssue(world, {
    author: token.login,
    association: token.access === 'write' ? 'MEMBER' : 'NONE',
    title,
    body: text,
    labels,
  });
  const answer = issueObject(world.site(), issue);
  return { status: 201, body: answer, headers: { location: String(answer.url) } };
}

export function changeIssue(world: Place, { body, parameters }: ApiCall, token: GitHubToken): ApiAnswer {
  if (!world.now().hasIssues) return refusal(410, 'Issues has been disabled in this repository.');
  const issue = world.issues.find(({ number }) => number === Number(parameters.issue_number));
  if (issue === undefined) return refusal(404, 'Not Found');
  if (token.access !== 'write' && issue.author !== token.login) return refusal(403, 'Must have admin rights to Repository.');
  if (typeof body.title === 'string') issue.title = body.title;
  if (typeof body.body === 'string') issue.body = body.body;
  if (body.state === 'closed' || body.state === 'open') issue.state = body.state;
  return { status: 200, body: issueObject(world.site(), issue) };
}

export function issueHands(world: Place): IssueHands {
  return {
    openIssueByHand: ({ title, body, isMember }) =>
      storeIssue(world, { author: 'person', association: isMember ? 'MEMBER' : 'NONE', title, body, labels: [] }).number,
    setIssueByHand: (number, change) => {
      const issue = world.issues.find((candidate) => candidate.number === number);
      if (issue === undefined) throw new Error(`no issue ${number}`);
      Object.assign(issue, change);
    },
  };
}

function storeIssue({ pulls, issues, site }: Place, issue: Omit<StoredIssue, 'number' | 'createdAt' | 'state'>): StoredIssue {
  const stored: StoredIssue = { ...issue, number: pulls.length + issues.length + 1, createdAt: site().now, state: 'open' };
  issues.push(stored);
  return stored;
}
