// What GitLab's REST API says, read strictly: merge requests into our shape, refusals into our errors.
// Pure. Sources: docs.gitlab.com "merge requests API", "REST API status codes"; lib/api/merge_requests.rb.
import { isObject } from '../../../core/plain-json.ts';
import { type AiOpsError, fail } from '../../../errors.ts';
import { retryAfterMs } from '../../../platform/http/client.ts';
import { endOf } from '../forge/limits.ts';
import { type Creation, type Found, mergedAtOf } from '../forge/proposals.ts';
import type { Refusal, Where } from '../forge/refusals.ts';

/** What one call came to. Trouble on the way is thrown instead. */
export type Answer = { readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly refusal: Refusal };

/** GitLab has drafts by title only. It also reads the old forms. */
const DRAFT_MARK = /^\s*(?:draft:|\[draft\]|\(draft\))\s*/i;

export const DRAFT_PREFIX = 'Draft: ';

/** @returns `undefined` when it is not a merge request. */
export function readMergeRequest(data: unknown): Found | undefined {
  if (!isObject(data)) return undefined;
  const { iid, web_url: url, title, description, state, target_branch: base, sha } = data;
  if (typeof iid !== 'number' || typeof url !== 'string' || !url.startsWith('http') || typeof title !== 'string') return undefined;
  return {
    number: iid,
    url,
    branch: String(data.source_branch),
    title: title.replace(DRAFT_MARK, ''),
    body: typeof description === 'string' ? description : '',
    // `locked` lasts for the moment of a merge.
    state: state === 'merged' ? 'merged' : state === 'closed' ? 'closed' : 'open',
    draft: data.draft === true || DRAFT_MARK.test(title),
    base: String(base),
    commit: typeof sha === 'string' ? sha : null,
    ...(state === 'merged' ? mergedAtOf(data.merged_at) : {}),
  };
}

export function isFromBranch(data: unknown, branch: string): boolean {
  return isOwn(data) && isObject(data) && data.source_branch === branch;
}

/** From a branch of the project itself. */
export function isOwn(data: unknown): boolean {
  return isObject(data) && data.source_project_id === data.target_project_id;
}

/** GitLab opens a request without any change when asked; we do not. @returns `undefined` when it is not a comparison. */
export function hasChange(data: unknown): boolean | undefined {
  if (!isObject(data) || !Array.isArray(data.commits) || !Array.isArray(data.diffs)) return undefined;
  return data.commits.length > 0 && (data.diffs.length > 0 || data.compare_timeout === true);
}

export function explainGitLab(refusal: Refusal, where: Where): AiOpsError {
  const { host, project, variable } = where;
  const detail = wording(refusal.data);
  const now = where.clock();
  const wait = limitMs(refusal, now);
  if (wait !== null) return fail('host-limit', { host, detail, until: endOf(now, wait) });
  switch (refusal.status) {
    case 401:
      return fail('host-auth', { host, detail, variable });
    case 403:
      return fail('host-forbidden', { host, detail, grant: grant(refusal.data, project) });
    case 404:
      return fail('host-not-found', { host, project });
    case 400:
    case 409:
    case 422:
      return fail('host-invalid', { host, detail });
    default:
      return fail('host-invalid', { host, detail: `${refusal.status} ${detail}` });
  }
}

/** Why a `POST …/merge_requests` was refused. */
export function creationRefused(refusal: Refusal, where: Where): Creation {
  const error = explainGitLab(refusal, where);
  if (refusal.status === 409) return { kind: 'refused', error, why: 'exists' };
  const message = isObject(refusal.data) ? refusal.data.message : undefined;
  const lags = refusal.status === 400 && isObject(message) && 'source_branch' in message;
  return { kind: 'refused', error, why: lags ? 'lag' : 'other' };
}

function grant(data: unknown, project: string): string {
  if (isObject(data) && data.error === 'insufficient_scope') return `the token needs the scope ${String(data.scope ?? 'api')}`;
  return `the token needs the scope api and the role Developer or higher on ${project}`;
}

/** How long a limit lasts. @returns `null` for a refusal that is none */
export function limitMs({ status, headers }: Refusal, now: Date): number | null {
  if (status !== 429) return null;
  const asked = retryAfterMs(headers['retry-after'], now);
  if (asked !== null) return asked;
  const reset = Number(headers['ratelimit-reset']);
  return reset > 0 ? reset * 1000 - now.getTime() : 60_000;
}

/** `message` may be a text, a list, or a list for each field; OAuth refusals come as `error` and `error_description`. */
function wording(data: unknown): string {
  if (typeof data === 'string') return data.replace(/\s+/g, ' ').trim().slice(0, 300) || 'no reason given';
  if (!isObject(data)) return 'no reason given';
  const { message, error, error_description: description } = data;
  if (typeof message === 'string') return message;
  if (Array.isArray(message)) return message.join('; ');
  if (isObject(message))
    return Object.entries(message)
      .map(([field, reasons]) => `${field} ${String(reasons)}`)
      .join('; ');
  return [error, description].filter((part) => typeof part === 'string').join(': ') || 'no reason given';
}
