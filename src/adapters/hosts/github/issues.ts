// Issues of GitHub and GitHub Enterprise Server. To GitHub a pull request is an issue too: those are left out.
// Source: docs.github.com REST "issues".
import { isObject } from '../../../core/plain-json.ts';
import { type AiOpsError, fail } from '../../../errors.ts';
import { type FoundIssue, ISSUE_LABEL, type IssueForge, type IssueText } from '../forge/issues.ts';
import type { Refusal, Where } from '../forge/refusals.ts';
import { shortenBody, shortenTitle } from '../forge/shorten.ts';
import { type Answer, explainGitHub } from './answers.ts';

/** Of a title and a body; rows of a page. */
export const LIMITS = { title: 256, body: 65_536, page: 100 } as const;

/** Fields as GitHub names them. */
interface IssueFields {
  readonly title?: string;
  readonly body?: string;
  readonly state?: 'open' | 'closed';
  readonly state_reason?: 'completed';
}

/** The four calls, made by the client of the host. */
export interface IssueCalls {
  list(query: ListQuery, signal: AbortSignal): Promise<Answer>;
  get(number: number, signal: AbortSignal): Promise<Answer>;
  create(fields: IssueText & { readonly labels: string[] }, signal: AbortSignal): Promise<Answer>;
  update(number: number, fields: IssueFields, signal: AbortSignal): Promise<Answer>;
}

interface ListQuery {
  readonly state: 'all';
  readonly sort: 'created';
  readonly direction: 'desc';
  readonly per_page: number;
  readonly page: number;
  readonly labels?: string;
}

export function createIssueForge(calls: IssueCalls, where: Where): IssueForge {
  const issueIn = (answer: Answer): FoundIssue => {
    if (!answer.ok) throw explainIssues(answer.refusal, where);
    const found = readIssue(answer.data);
    if (found === undefined) throw fail('host-garbage', { host: where.host, detail: 'not an issue' });
    return found;
  };
  return {
    host: where.host,
    async page(which, page, signal) {
      const filter = which === 'labelled' ? { labels: ISSUE_LABEL } : {};
      const query = { state: 'all', sort: 'created', direction: 'desc', per_page: LIMITS.page, page, ...filter } as const;
      const answer = await calls.list(query, signal);
      if (!answer.ok) throw explainIssues(answer.refusal, where);
      if (!Array.isArray(answer.data)) throw fail('host-garbage', { host: where.host, detail: 'not a list of issues' });
      return { found: answer.data.flatMap((row) => readIssue(row) ?? []), isLast: answer.data.length < LIMITS.page };
    },
    async read(number, signal) {
      const answer = await calls.get(number, signal);
      const isGone = !answer.ok && (answer.refusal.status === 404 || answer.refusal.status === 410);
      return isGone ? undefined : issueIn(answer);
    },
    create: async ({ title, body }, signal) => issueIn(await calls.create({ title, body, labels: [ISSUE_LABEL] }, signal)),
    async change(number, change, signal) {
      const reason = change.state === 'closed' ? ({ state_reason: 'completed' } as const) : {};
      return issueIn(await calls.update(number, { ...change, ...reason }, signal));
    },
    fitted: (draft) => ({
      ...draft,
      title: shortenTitle(draft.title, LIMITS.title),
      body: shortenBody(draft.body, LIMITS.body),
    }),
  };
}

/** People with rights in the project, by what GitHub says of an author. */
const TRUSTED = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);

/** @returns `undefined` for what is no issue: a pull request, too */
function readIssue(data: unknown): FoundIssue | undefined {
  if (!isObject(data) || data.pull_request !== undefined) return undefined;
  const { number, html_url: url, title, body, state, labels, author_association: author } = data;
  if (typeof number !== 'number' || typeof url !== 'string' || !url.startsWith('http') || typeof title !== 'string') return undefined;
  const names = Array.isArray(labels) ? labels.map((label: unknown) => (isObject(label) ? label.name : label)) : [];
  return {
    number,
    url,
    title,
    body: typeof body === 'string' ? body : '',
    state: state === 'open' ? 'open' : 'closed',
    isTrusted: names.includes(ISSUE_LABEL) || TRUSTED.has(String(author)),
  };
}

/** GitHub answers 410 where a project has no tracker; what else it refuses it says as it does of requests. */
function explainIssues(refusal: Refusal, where: Where): AiOpsError {
  if (refusal.status === 410) return fail('issues-off', { host: where.host, project: where.project });
  return explainGitHub(refusal, where);
}
