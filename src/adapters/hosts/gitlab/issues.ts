// Issues of GitLab. Source: docs.gitlab.com "issues API"; lib/api/issues.rb.
import { isObject } from '../../../core/plain-json.ts';
import { type AiOpsError, fail } from '../../../errors.ts';
import { type FoundIssue, ISSUE_LABEL, type IssueForge } from '../forge/issues.ts';
import type { Refusal, Where } from '../forge/refusals.ts';
import { shortenBody, shortenTitle } from '../forge/shorten.ts';
import { type Answer, explainGitLab } from './answers.ts';

/** Fields as gitbeaker names them. */
interface IssueFields {
  readonly title?: string;
  readonly description?: string;
  readonly stateEvent?: 'close' | 'reopen';
}

/** The calls, made by the client of the host. */
export interface IssueCalls {
  list(query: ListQuery, signal: AbortSignal): Promise<Answer>;
  show(number: number, signal: AbortSignal): Promise<Answer>;
  create(title: string, fields: { readonly description: string; readonly labels: string }, signal: AbortSignal): Promise<Answer>;
  edit(number: number, fields: IssueFields, signal: AbortSignal): Promise<Answer>;
  project(signal: AbortSignal): Promise<Answer>;
}

interface ListQuery {
  readonly orderBy: 'created_at';
  readonly sort: 'desc';
  readonly perPage: number;
  readonly page: number;
  readonly maxPages: 1;
  readonly labels?: string;
  readonly scope?: 'created_by_me';
}

/** Of a title and a description; rows of a page. */
export const LIMITS = { title: 255, body: 1_048_576, page: 100 } as const;

export function createIssueForge(calls: IssueCalls, where: Where): IssueForge {
  const { host } = where;
  const issueIn = async (answer: Answer, signal: AbortSignal): Promise<FoundIssue> => {
    if (!answer.ok) throw await explainIssues(calls, answer.refusal, where, signal);
    const found = readIssue(answer.data, false);
    if (found === undefined) throw fail('host-garbage', { host, detail: 'not an issue' });
    return found;
  };
  return {
    host,
    async page(which, page, signal) {
      const filter = which === 'labelled' ? { labels: ISSUE_LABEL } : ({ scope: 'created_by_me' } as const);
      const query = { orderBy: 'created_at', sort: 'desc', perPage: LIMITS.page, page, maxPages: 1, ...filter } as const;
      const answer = await calls.list(query, signal);
      if (!answer.ok) throw await explainIssues(calls, answer.refusal, where, signal);
      if (!Array.isArray(answer.data)) throw fail('host-garbage', { host, detail: 'not a list of issues' });
      const found = answer.data.flatMap((row: unknown) => readIssue(row, which === 'recent') ?? []);
      return { found, isLast: answer.data.length < LIMITS.page };
    },
    async read(number, signal) {
      const answer = await calls.show(number, signal);
      return !answer.ok && answer.refusal.status === 404 ? undefined : issueIn(answer, signal);
    },
    create: async ({ title, body }, signal) =>
      issueIn(await calls.create(title, { description: body, labels: ISSUE_LABEL }, signal), signal),
    async change(number, { title, body, state }, signal) {
      const change = {
        ...(title === undefined ? {} : { title }),
        ...(body === undefined ? {} : { description: body }),
        ...(state === undefined ? {} : { stateEvent: state === 'closed' ? ('close' as const) : ('reopen' as const) }),
      };
      return issueIn(await calls.edit(number, change, signal), signal);
    },
    fitted: (draft) => ({
      ...draft,
      title: shortenTitle(draft.title, LIMITS.title),
      body: shortenBody(draft.body, LIMITS.body),
    }),
  };
}

/** @param isOwn it is known that the token's own user has made it */
function readIssue(data: unknown, isOwn: boolean): FoundIssue | undefined {
  if (!isObject(data)) return undefined;
  const { iid, web_url: url, title, description, state, labels } = data;
  if (typeof iid !== 'number' || typeof url !== 'string' || !url.startsWith('http') || typeof title !== 'string') return undefined;
  return {
    number: iid,
    url,
    title,
    body: typeof description === 'string' ? description : '',
    state: state === 'closed' ? 'closed' : 'open',
    // Only members of a project set labels.
    isTrusted: isOwn || (Array.isArray(labels) && labels.includes(ISSUE_LABEL)),
  };
}

/** GitLab refuses alike where a project has no tracker and where a token may not write to it: the project tells them apart. */
async function explainIssues(calls: IssueCalls, refusal: Refusal, where: Where, signal: AbortSignal): Promise<AiOpsError> {
  if (refusal.status === 403 || refusal.status === 404) {
    const answer = await calls.project(signal);
    const { issues_enabled: isOn, issues_access_level: level } = answer.ok && isObject(answer.data) ? answer.data : {};
    if (isOn === false || level === 'disabled') return fail('issues-off', { host: where.host, project: where.project });
  }
  return explainGitLab(refusal, where);
}
