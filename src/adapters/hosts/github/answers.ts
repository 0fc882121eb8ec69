// What GitHub's REST API says, read strictly: pull requests into our shape, refusals into our errors.
// Pure. Sources: docs.github.com REST "pulls", "rate limits", "troubleshooting"; where GitHub gives no code, its
// wording is all there is, and is matched loosely.
import { isObject } from '../../../core/plain-json.ts';
import { type AiOpsError, fail } from '../../../errors.ts';
import { retryAfterMs } from '../../../platform/http/client.ts';
import { endOf } from '../forge/limits.ts';
import { type Creation, type Found, mergedAtOf } from '../forge/proposals.ts';
import type { Refusal, Where } from '../forge/refusals.ts';

/** What one call came to. Trouble on the way is thrown instead. */
export type Answer =
  | { readonly ok: true; readonly data: unknown; readonly headers: Refusal['headers'] }
  | { readonly ok: false; readonly refusal: Refusal };

/** @returns `undefined` when it is not a pull request. */
export function readPull(data: unknown): Found | undefined {
  if (!isObject(data) || !isObject(data.base) || !isObject(data.head)) return undefined;
  const { number, html_url: url, title, body, state, base, head } = data;
  if (typeof number !== 'number' || typeof url !== 'string' || !url.startsWith('http') || typeof title !== 'string') return undefined;
  const merged = data.merged_at !== null && data.merged_at !== undefined;
  return {
    number,
    url,
    branch: String(head.ref),
    title,
    body: typeof body === 'string' ? body : '',
    state: state === 'open' ? 'open' : merged ? 'merged' : 'closed',
    draft: data.draft === true,
    base: String(base.ref),
    commit: typeof head.sha === 'string' ? head.sha : null,
    ...mergedAtOf(data.merged_at),
  };
}

/** GitHub ignores a `head` filter that it does not understand, so every row is looked at again; forks are not ours. */
export function isFromBranch(data: unknown, branch: string): boolean {
  return isOwn(data) && isObject(data) && isObject(data.head) && data.head.ref === branch;
}

/** From a branch of the project itself. */
export function isOwn(data: unknown): boolean {
  if (!isObject(data) || !isObject(data.base) || !isObject(data.head)) return false;
  const { base, head } = data;
  return isObject(head.repo) && isObject(base.repo) && head.repo.id === base.repo.id;
}

export function explainGitHub(refusal: Refusal, where: Where): AiOpsError {
  const { host, project, variable } = where;
  const detail = wording(refusal.data);
  const now = where.clock();
  const wait = limitMs(refusal, now);
  if (wait !== null) return fail('host-limit', { host, detail, until: endOf(now, wait) });
  switch (refusal.status) {
    case 401:
      return fail('host-auth', { host, detail, variable });
    case 403:
      return fail('host-forbidden', { host, detail, grant: grant(refusal, detail, project) });
    case 404:
    case 410:
      return fail('host-not-found', { host, project });
    case 422:
      return fail('host-invalid', { host, detail });
    default:
      return fail('host-invalid', { host, detail: `${refusal.status} ${detail}` });
  }
}

/** Why a `POST …/pulls` was refused. */
export function creationRefused(refusal: Refusal, where: Where): Creation {
  const error = explainGitHub(refusal, where);
  const errors = errorsOf(refusal.data);
  const why = (): Extract<Creation, { kind: 'refused' }>['why'] => {
    if (refusal.status !== 422) return 'other';
    if (errors.length === 0) return withoutReasons(wording(refusal.data));
    if (errors.some(({ field, code }) => field === 'head' && code === 'invalid')) return 'lag';
    return errors.some(({ message }) => typeof message === 'string' && /already exists/i.test(message)) ? 'exists' : 'other';
  };
  return { kind: 'refused', error, why: why() };
}

/** Without a list of errors the words are all there is. */
function withoutReasons(words: string): 'draft' | 'lag' | 'other' {
  if (/draft/i.test(words)) return 'draft';
  return /could not resolve to a node/i.test(words) ? 'lag' : 'other';
}

function isLimit({ status, headers, data }: Refusal): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  if (headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined) return true;
  // A secondary limit may come without any header.
  return /rate limit|abuse detection/i.test(wording(data));
}

/** How long a limit lasts. @returns `null` for a refusal that is none */
export function limitMs(refusal: Refusal, now: Date): number | null {
  if (!isLimit(refusal)) return null;
  const { headers } = refusal;
  const asked = retryAfterMs(headers['retry-after'], now);
  if (asked !== null) return asked;
  const reset = Number(headers['x-ratelimit-reset']);
  if (headers['x-ratelimit-remaining'] === '0' && reset > 0) return reset * 1000 - now.getTime();
  // GitHub asks for at least a minute when it names no time.
  return 60_000;
}

/** What to do about a 403. The headers say it best; two refusals differ by their words only. */
function grant({ headers }: Refusal, detail: string, project: string): string {
  const permissions = headers['x-accepted-github-permissions'];
  if (permissions !== undefined) return `the token needs ${permissions} on ${project}`;
  const sso = /url=(\S+)/.exec(String(headers['x-github-sso'] ?? ''))?.[1];
  if (sso !== undefined) return `authorise the token for single sign-on at ${sso}`;
  if (/\barchived\b/i.test(detail)) return `unarchive ${project}, or set codeHost.project to what took its place`;
  if (/github actions is not permitted/i.test(detail))
    return 'allow it in the settings of the repository (Actions, General), or set GITHUB_TOKEN to a token of its own';
  return `give the token the right to open requests on ${project}`;
}

function wording(data: unknown): string {
  if (typeof data === 'string') return data.replace(/\s+/g, ' ').trim().slice(0, 300);
  if (!isObject(data)) return 'no reason given';
  const message = typeof data.message === 'string' ? data.message : 'no reason given';
  const reasons = errorsOf(data).map(({ message: reason, field, code }) => String(reason ?? [field, code].filter(Boolean).join(' ')));
  return reasons.length === 0 ? message : `${message}: ${reasons.join('; ')}`;
}

function errorsOf(data: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (!isObject(data) || !Array.isArray(data.errors)) return [];
  return data.errors.map((item: unknown) => (isObject(item) ? item : { message: String(item) }));
}
