// The one way an issue comes to be, for every host that has a tracker: look by its marker, adopt, or create exactly one.
// Looks in lists, which know at once what was created; a search lags. Does not speak HTTP: an `IssueForge` does.
import type { Issue } from '../../../core/model.ts';
import { isOver, withinTheirs } from '../../../core/texts/issue.ts';
import { isMarkedFor } from '../../../core/texts/joined-request.ts';
import { AiOpsError, fail } from '../../../errors.ts';
import { type Pause, rest } from '../../../platform/http/client.ts';
import type { EnsuredIssue, IssueDraft, ToldIssue } from '../../../ports.ts';

/** Made by whoever may write to the project: only people with rights there can set it. */
export const ISSUE_LABEL = 'ai-ops';

export interface FoundIssue {
  readonly number: number;
  readonly url: string;
  readonly state: 'open' | 'closed';
  readonly title: string;
  readonly body: string;
  /** Anybody may write a marker into an issue of a public project: it counts from people with rights there, and from ourselves. */
  readonly isTrusted: boolean;
}

/** One page of a list, newest first. */
export interface IssuePage {
  readonly found: readonly FoundIssue[];
  readonly isLast: boolean;
}

export type IssueText = Pick<IssueDraft, 'title' | 'body'>;

export interface IssueForge {
  /** Name for messages. */
  readonly host: string;
  /** Issues in any state: `labelled` those with our label, `recent` those that may be ours without it. Pages count from 1. */
  page(which: 'labelled' | 'recent', page: number, signal: AbortSignal): Promise<IssuePage>;
  /** @returns `undefined` for one that is gone */
  read(number: number, signal: AbortSignal): Promise<FoundIssue | undefined>;
  /** One attempt, never repeated by itself. @throws AiOpsError `issues-off` where there is no tracker */
  create(text: IssueText, signal: AbortSignal): Promise<FoundIssue>;
  change(number: number, change: Partial<IssueText> & { readonly state?: 'open' | 'closed' }, signal: AbortSignal): Promise<FoundIssue>;
  fitted<T extends IssueText>(draft: T): T;
}

/** Pages that are looked through. */
const MOST_PAGES = { labelled: 20, recent: 3 } as const;
const LOOK_DELAYS_MS = [0, 1_000, 3_000];
const LOST = new Set(['host-unreachable', 'host-garbage']);

/** The issue of a bug, whatever its state: an open one before the others, the oldest of several. */
export async function findIssue(forge: IssueForge, names: readonly string[], signal: AbortSignal): Promise<FoundIssue | undefined> {
  for (const which of ['labelled', 'recent'] as const) {
    const found: FoundIssue[] = [];
    for (let page = 1; page <= MOST_PAGES[which]; page++) {
      const rows = await forge.page(which, page, signal);
      found.push(...rows.found.filter(({ isTrusted, body }) => isTrusted && names.some((name) => isMarkedFor(body, name))));
      if (rows.isLast) break;
    }
    found.sort((one, other) => one.number - other.number);
    const chosen = found.find(({ state }) => state === 'open') ?? found.at(-1);
    if (chosen) return chosen;
  }
  return undefined;
}

/** @throws AiOpsError `issues-off`, `host-…` */
export async function ensureIssue(forge: IssueForge, wish: IssueDraft, pause: Pause, signal: AbortSignal): Promise<EnsuredIssue> {
  const draft = forge.fitted(wish);
  const standing = await findIssue(forge, draft.names, signal);
  if (standing) return adoptIssue(forge, standing, draft, signal);
  try {
    const made = await forge.create(draft, signal);
    return await alone(forge, made, draft, signal);
  } catch (error) {
    if (!(error instanceof AiOpsError) || !LOST.has(error.code)) throw error;
    const found = await afterLoss(forge, draft, pause, signal);
    if (found === undefined) throw error;
    return { issue: issueOf(found), created: true, notes: [`the answer to the creation of #${found.number} was lost`] };
  }
}

/** A box that takes no claims may have been as fast: of two issues of one bug the older one stays. */
async function alone(forge: IssueForge, made: FoundIssue, draft: IssueDraft, signal: AbortSignal): Promise<EnsuredIssue> {
  const first = await findIssue(forge, draft.names, signal);
  if (first === undefined || first.number >= made.number || first.state !== 'open')
    return { issue: issueOf(made), created: true, notes: [] };
  await forge.change(made.number, { state: 'closed', body: `#${first.number} tells of the same.` }, signal);
  return { issue: issueOf(first), created: false, notes: [`#${made.number} told of the same as #${first.number}, and was closed`] };
}

async function afterLoss(forge: IssueForge, draft: IssueDraft, pause: Pause, signal: AbortSignal): Promise<FoundIssue | undefined> {
  for (const delay of LOOK_DELAYS_MS) {
    if (delay > 0) await rest(pause, delay, signal);
    const found = await findIssue(forge, draft.names, signal).catch((error: unknown) => {
      if (error instanceof AiOpsError && LOST.has(error.code)) return undefined;
      throw error;
    });
    if (found) return found;
  }
  return undefined;
}

async function adoptIssue(forge: IssueForge, found: FoundIssue, draft: IssueDraft, signal: AbortSignal): Promise<EnsuredIssue> {
  const isBack = found.state === 'closed' && isOver(found.body);
  if (found.state === 'closed' && !isBack) {
    return { issue: issueOf(found), created: false, notes: [`#${found.number} was closed by a person; it stays closed`] };
  }
  const body = withinTheirs(found.body.replace(/\r\n/g, '\n'), draft.body);
  const isSame = body === undefined || (found.title.trim() === draft.title.trim() && found.body.trim() === body.trim());
  const notes = body === undefined ? [`the text of #${found.number} is a person's, and was left as it is`] : [];
  if (isSame && !isBack) return { issue: issueOf(found), created: false, notes };
  const now = await forge.change(found.number, { ...(body === undefined ? {} : { body }), state: 'open' }, signal);
  return { issue: issueOf(now), created: false, notes };
}

/** @returns `null` for one that is gone */
export async function readIssue(forge: IssueForge, { number }: Issue, signal: AbortSignal): Promise<ToldIssue | null> {
  const found = number === null ? undefined : await forge.read(number, signal);
  return found === undefined ? null : toldOf(found);
}

/** Writes a new body, a new state, or both at once. */
export async function changeIssue(
  forge: IssueForge,
  { issue, body: before }: ToldIssue,
  { body, state }: { readonly body?: string; readonly state?: 'open' | 'closed' },
  signal: AbortSignal,
): Promise<Issue> {
  if (issue.number === null) throw fail('bug', { detail: 'an issue of a host has no number' });
  if ((body ?? before) === before && (state ?? issue.state) === issue.state) return issue;
  const text = body === undefined ? {} : { body: forge.fitted({ title: '', body }).body };
  return issueOf(await forge.change(issue.number, { ...text, ...(state ? { state } : {}) }, signal));
}

export function toldOf(found: FoundIssue): ToldIssue {
  return { issue: issueOf(found), body: found.body };
}

function issueOf({ url, number, state }: FoundIssue): Issue {
  return { url, number, state };
}
