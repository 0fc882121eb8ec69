// The one way a request comes to be, for every host that has requests: look, adopt, or create exactly one.
// Does not speak HTTP: a `Forge` lists, creates and updates.
import { defined } from '../../../core/defined.ts';
import type { Request } from '../../../core/model.ts';
import { carryJoined, isMarkedFor, type Joining, withJoined } from '../../../core/texts/joined-request.ts';
import { isClosedByUs, withOwnClosing, withoutOwnClosing } from '../../../core/texts/own-closing.ts';
import { AiOpsError, fail } from '../../../errors.ts';
import { type Pause, rest } from '../../../platform/http/client.ts';
import type { Proposed, RequestDraft } from '../../../ports.ts';

/** A request as the host shows it. `title` is without the host's own mark for drafts. */
export interface Found {
  readonly number: number;
  readonly branch: string;
  readonly url: string;
  readonly state: 'open' | 'merged' | 'closed';
  readonly title: string;
  readonly body: string;
  readonly draft: boolean;
  readonly base: string;
  /** Commit at the tip of the branch, when the host still knows it. */
  readonly commit: string | null;
  /** Where the host tells; ISO 8601 UTC. */
  readonly mergedAt?: string;
}

/** What came of one attempt to create, decided by status and fields, not by wording. */
export type Creation =
  | { readonly kind: 'created'; readonly found: Found }
  | {
      readonly kind: 'refused';
      readonly error: AiOpsError;
      /** `exists`: there is one already. `lag`: the host does not see the branch yet. `draft`: no drafts here. */
      readonly why: 'exists' | 'lag' | 'draft' | 'other';
    };

/** What a request of ours is given beside its text, once, as it is made. */
export interface RequestForm {
  readonly labels: readonly string[];
  /** Login names; `team:slug` for a team where the host has such. */
  readonly reviewers: readonly string[];
  readonly assignees: readonly string[];
  /** The host takes the branch away when it is merged, and makes one commit of it: where the host is told so with a request. */
  readonly removeSourceBranch: boolean;
  readonly squash: boolean;
}

export const PLAIN_FORM: RequestForm = { labels: [], reviewers: [], assignees: [], removeSourceBranch: false, squash: false };

export interface Forge {
  /** Tells people and sets labels: of a request that was just made. @returns what did not come about, a line each */
  dress(number: number, signal: AbortSignal): Promise<readonly string[]>;
  /** Requests from `branch` of the same project in any state, newest first. `thorough` does not trust the host's filter. */
  list(branch: string, thorough: boolean, signal: AbortSignal): Promise<readonly Found[]>;
  /** Open requests of the project's own branches, as a list had them some seconds ago; `isWhole` where there are no others. */
  openNow(signal: AbortSignal): Promise<{ readonly found: readonly Found[]; readonly isWhole: boolean }>;
  /** One attempt, never repeated by itself. */
  create(draft: RequestDraft, signal: AbortSignal): Promise<Creation>;
  update(found: Found, text: Pick<RequestDraft, 'title' | 'body'>, signal: AbortSignal): Promise<void>;
  /** Its body, and closes it where that is said: one write. @returns it as it then stands */
  settle(found: Found, change: { readonly body: string; readonly isClosed: boolean }, signal: AbortSignal): Promise<Found>;
  /** One page of the project's requests in any state, newest first, those from other people's forks left out. Pages count from 1. */
  newest(page: number, signal: AbortSignal): Promise<{ readonly found: readonly Found[]; readonly isLast: boolean }>;
  /** Title and body as this host would keep them: shortened to its limits. */
  fitted<T extends Pick<RequestDraft, 'title' | 'body'>>(draft: T): T;
}

export interface Ensured {
  readonly request: Request;
  readonly created: boolean;
  readonly notes: readonly string[];
}

/** A branch may take some seconds to be seen after the push. */
const LAG_DELAYS_MS = [500, 1_000, 2_000, 4_000];
const LOOK_DELAYS_MS = [0, 1_000, 3_000];
const LOST = new Set(['host-unreachable', 'host-garbage']);

export function requestOf({ url, number, state, mergedAt, body }: Found): Request {
  const isOwnClosing = state === 'closed' && isClosedByUs(body) ? true : undefined;
  return { url, number, state, ...defined({ mergedAt, isOwnClosing }) };
}

/**
 * What a list of all open ones tells of a request whose state at an earlier look is known.
 * @returns `undefined` where it does not tell: it is asked for alone then
 */
export async function asListed(forge: Forge, branch: string, known: Request, signal: AbortSignal): Promise<Request | undefined> {
  if (known.state !== 'open' && known.state !== 'closed') return undefined;
  const { found, isWhole } = await forge.openNow(signal);
  const open = found.filter((one) => one.branch === branch);
  if (open.length === 0) return known.state === 'closed' && isWhole ? known : undefined;
  const [one] = open;
  return one?.number === known.number && open.length === 1 && known.state === 'open' ? requestOf(one) : undefined;
}

/** Closed by us, under the mark that says so; one that is not open stays as it is. */
export async function closeOne(forge: Forge, branch: string, signal: AbortSignal): Promise<Request | null> {
  const [found] = await forge.list(branch, false, signal);
  if (found === undefined) return null;
  if (found.state !== 'open') return requestOf(found);
  const { body } = forge.fitted({ title: found.title, body: withOwnClosing(found.body) });
  return requestOf(await forge.settle(found, { body, isClosed: true }, signal));
}

/** Somebody has opened it again: when they close it, it is they who have. */
export async function disownClosing(forge: Forge, branch: string, signal: AbortSignal): Promise<void> {
  const [found] = await forge.list(branch, false, signal);
  if (found?.state !== 'open' || !isClosedByUs(found.body)) return;
  await forge.settle(found, { body: withoutOwnClosing(found.body), isClosed: false }, signal);
}

/** A moment as hosts write it, in whatever zone, as ISO 8601 UTC; nothing for what is none. */
export function mergedAtOf(value: unknown): Pick<Found, 'mergedAt'> {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? {} : { mergedAt: new Date(time).toISOString() };
}

/** @throws AiOpsError `host-…` */
export async function ensureOne(forge: Forge, wish: RequestDraft, pause: Pause, signal: AbortSignal): Promise<Ensured> {
  const draft = forge.fitted(wish);
  const standing = pick(await forge.list(draft.branch, false, signal), draft);
  if (standing !== undefined) return adopt(forge, standing, draft, signal);
  return createOne(forge, draft, pause, signal);
}

/** The newest one for this base decides; a merged one only while it holds the very commit we propose. */
function pick(found: readonly Found[], draft: RequestDraft): Found | undefined {
  const same = found.filter(({ base }) => base === draft.base);
  const open = same.find(({ state }) => state === 'open');
  if (open !== undefined) return open;
  const newest = same[0];
  return newest?.state === 'merged' && newest.commit !== draft.commit ? undefined : newest;
}

async function adopt(forge: Forge, found: Found, draft: RequestDraft, signal: AbortSignal): Promise<Ensured> {
  const request = requestOf(found);
  if (found.state === 'closed') {
    return { request, created: false, notes: [`#${found.number} was closed without merging; it is not opened again`] };
  }
  if (found.state === 'merged' || isSame(found, draft)) return { request, created: false, notes: [] };
  if (marked(draft.body) && !marked(found.body)) {
    return { request, created: false, notes: [`#${found.number} was written by somebody else; its text was left as it is`] };
  }
  if (found.commit !== null && draft.commit !== '' && found.commit !== draft.commit) {
    return { request, created: false, notes: [`#${found.number} stands for another commit; its text was left as it is`] };
  }
  try {
    await forge.update(found, forge.fitted({ ...draft, body: carryJoined(found.body, draft.body) }), signal);
    return { request, created: false, notes: [] };
  } catch (error) {
    if (!(error instanceof AiOpsError) || error.code === 'interrupted') throw error;
    return { request, created: false, notes: [`the text of #${found.number} could not be brought up to date: ${error.message}`] };
  }
}

function isSame(found: Found, draft: RequestDraft): boolean {
  return found.title.trim() === draft.title.trim() && plain(found.body) === plain(carryJoined(found.body, draft.body));
}

/** Hosts change line ends and trim; that is no difference. */
function plain(body: string): string {
  return body.replace(/\r\n/g, '\n').trim();
}

/** Writes of others in between are seen by looking again: what is in the body then is carried on. */
const JOIN_TRIES = 4;

/**
 * Adds to the body of an open request, once, whatever else is in it.
 * @returns the request as it then stands; one that is not open any more is left alone
 */
export async function joinOne(forge: Forge, { branch, request }: Proposed, joining: Joining, signal: AbortSignal): Promise<Request> {
  for (let attempt = 1; ; attempt += 1) {
    const found = (await forge.list(branch, attempt > 2, signal)).find(({ number }) => number === request.number);
    if (found === undefined || found.state !== 'open' || isMarkedFor(found.body, joining.fingerprint))
      return found ? requestOf(found) : request;
    if (attempt > JOIN_TRIES)
      throw fail('host-invalid', { host: new URL(request.url).host, detail: `#${found.number} does not keep its new text` });
    await forge.update(found, forge.fitted({ title: found.title, body: withJoined(found.body, joining) }), signal);
  }
}

function marked(body: string): boolean {
  return body.includes('<!-- ai-ops:');
}

async function createOne(forge: Forge, draft: RequestDraft, pause: Pause, signal: AbortSignal): Promise<Ensured> {
  const notes: string[] = [];
  const lags = [...LAG_DELAYS_MS];
  let wanted = draft;
  for (;;) {
    const creation = await attempt(forge, wanted, signal);
    if (creation.kind === 'created') return { request: requestOf(creation.found), created: true, notes };
    if (creation.why === 'draft' && wanted.draft) {
      wanted = { ...wanted, draft: false };
      notes.push('this repository has no draft requests; a normal one was opened');
      continue;
    }
    const lag = creation.why === 'lag' ? lags.shift() : undefined;
    if (lag !== undefined) {
      await rest(pause, lag, signal);
      continue;
    }
    return adoptAfter(creation, forge, wanted, notes, pause, signal);
  }
}

/** `lost`: it may or may not have been created. */
type Attempt = Creation | { readonly kind: 'refused'; readonly error: AiOpsError; readonly why: 'lost' };

async function attempt(forge: Forge, draft: RequestDraft, signal: AbortSignal): Promise<Attempt> {
  try {
    return await forge.create(draft, signal);
  } catch (error) {
    if (error instanceof AiOpsError && LOST.has(error.code)) return { kind: 'refused', error, why: 'lost' };
    throw error;
  }
}

async function adoptAfter(
  refusal: Extract<Attempt, { kind: 'refused' }>,
  forge: Forge,
  draft: RequestDraft,
  notes: readonly string[],
  pause: Pause,
  signal: AbortSignal,
): Promise<Ensured> {
  for (const delay of looksAfter(refusal)) {
    if (delay > 0) await rest(pause, delay, signal);
    const found = pick(await looked(forge, draft.branch, delay > 0, refusal.error, signal), draft);
    if (found?.state !== 'open') continue;
    if (refusal.why === 'lost') {
      return { request: requestOf(found), created: true, notes: [...notes, `the answer to the creation of #${found.number} was lost`] };
    }
    const adopted = await adopt(forge, found, draft, signal);
    return { ...adopted, notes: [...notes, ...adopted.notes] };
  }
  throw refusal.error;
}

/** A host that limits us, or lets us not in, is not asked again. */
function looksAfter({ why, error }: Extract<Attempt, { kind: 'refused' }>): readonly number[] {
  if (why === 'lost' || why === 'exists') return LOOK_DELAYS_MS;
  return error.code === 'host-invalid' ? [0] : [];
}

/** When the host cannot be asked either, the first trouble is the one worth showing. */
async function looked(forge: Forge, branch: string, thorough: boolean, first: AiOpsError, signal: AbortSignal): Promise<readonly Found[]> {
  try {
    return await forge.list(branch, thorough, signal);
  } catch (error) {
    if (error instanceof AiOpsError && error.code === 'interrupted') throw error;
    throw first;
  }
}
