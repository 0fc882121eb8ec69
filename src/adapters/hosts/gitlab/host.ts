// The code host GitLab, hosted or self-managed, at any sub-path.
import { isObject } from '../../../core/plain-json.ts';
import { fail } from '../../../errors.ts';
import { pauseFor } from '../../../platform/http/client.ts';
import type { CodeHost, Identity, RequestDraft } from '../../../ports.ts';
import { remembering } from '../forge/conditional-reads.ts';
import { createForgeHost, pagesOf } from '../forge/host.ts';
import { waitingOut } from '../forge/limits.ts';
import { createLogReader, type ReadLog } from '../forge/logs.ts';
import { missing, unlessInterrupted } from '../forge/people.ts';
import { type Creation, type Forge, type Found, PLAIN_FORM, type RequestForm } from '../forge/proposals.ts';
import type { ForgeOptions, Where } from '../forge/refusals.ts';
import { createTransport } from '../forge/requests.ts';
import { sharing } from '../forge/shared-list.ts';
import { shortenBody, shortenTitle } from '../forge/shorten.ts';
import { createTalk } from '../forge/talk.ts';
import { GITLAB } from './about.ts';
import {
  type Answer,
  creationRefused,
  DRAFT_PREFIX,
  explainGitLab,
  hasChange,
  isFromBranch,
  isOwn,
  limitMs,
  readMergeRequest,
} from './answers.ts';
import { checkGitLab } from './check.ts';
import { type CheckCalls, createChecks } from './checks.ts';
import { createCall, type GitLabCall } from './client.ts';
import { createIssueForge, type IssueCalls, LIMITS } from './issues.ts';
import { readRules } from './rules.ts';
import { createTalkForge, type TalkCalls } from './talk.ts';

const PAGE = LIMITS.page;

export function createGitLabHost(options: ForgeOptions): CodeHost {
  const { project: id } = options;
  const host = new URL(options.baseUrl).host;
  const pause = options.pause ?? pauseFor;
  const where: Where = { host, project: id, variable: 'GITLAB_TOKEN', clock: options.clock };
  const call = createCall(options, remembering(createTransport(host, pause, options.proxyEnv, options.isLook)));
  const patiently: GitLabCall = (send, signal) =>
    waitingOut(
      () => call(send, signal),
      (answer) => (answer.ok ? null : limitMs(answer.refusal, options.clock())),
      pause,
      signal,
    );
  const check: CodeHost['check'] = (signal) =>
    checkGitLab(where, {
      user: () => call(({ Users }, client) => new Users(client).showCurrentUser(), signal),
      token: () => call(({ PersonalAccessTokens }, client) => new PersonalAccessTokens(client).show(), signal),
      project: () => call(({ Projects }, client) => new Projects(client).show(id), signal),
    });
  const self: CodeHost['self'] = async (signal) => {
    const answer = await patiently(({ Users }, client) => new Users(client).showCurrentUser(), signal);
    return answer.ok ? committerOf(answer.data, new URL(options.baseUrl).hostname) : null;
  };
  const rules: CodeHost['rules'] = (branch, signal) =>
    readRules(branch, {
      pushRule: () => patiently(({ ProjectPushRules }, client) => new ProjectPushRules(client).show(id), signal),
      protectedBranches: () =>
        patiently(({ ProtectedBranches }, client) => new ProtectedBranches(client).all(id, { perPage: PAGE, maxPages: 1 }), signal),
    });
  const rowsOf = createRows(patiently, where);
  const open = sharing(options.clock, (signal) => rowsOf({ state: 'opened', orderBy: 'updated_at' }, signal));
  const talk = createTalk(createTalkForge(talkCalls(patiently, id, open), where), pause, options.clock);
  const issueTalk = createTalk(createTalkForge(issueTalkCalls(patiently, id, open), where, 'issue'), pause, options.clock);
  const checks = createChecks(checkCalls(patiently, options, createLogReader(host, pause, options.proxyEnv)), where);
  return createForgeHost(
    { kind: 'gitlab', pages: pagesOf(GITLAB, options), check, self, rules, talk, issueTalk, checks },
    {
      forge: createForge(patiently, where, options.form ?? PLAIN_FORM, { rowsOf, open }),
      issues: createIssueForge(issueCalls(patiently, id), where),
      pause,
    },
  );
}

/** The address that the user has chosen for commits, else the private one that GitLab has for everybody. */
function committerOf(data: unknown, host: string): Identity | null {
  if (!isObject(data) || typeof data.username !== 'string' || typeof data.id !== 'number') return null;
  const name = typeof data.name === 'string' && data.name !== '' ? data.name : data.username;
  const email = typeof data.commit_email === 'string' && data.commit_email !== '' ? data.commit_email : undefined;
  return { name, email: email ?? `${data.id}-${data.username}@users.noreply.${host}` };
}

interface Filter {
  readonly sourceBranch?: string;
  readonly state?: 'opened';
  readonly orderBy?: 'updated_at';
  readonly page?: number;
}

/** Rows of a page of merge requests, the newest first. */
type Rows = (filter: Filter, signal: AbortSignal) => Promise<readonly unknown[]>;

function createRows(call: GitLabCall, where: Where): Rows {
  return async (filter, signal) => {
    const query = { projectId: where.project, orderBy: 'created_at', sort: 'desc', perPage: PAGE, maxPages: 1, ...filter } as const;
    const answer = await call(({ MergeRequests }, client) => new MergeRequests(client).all(query), signal);
    if (!answer.ok) throw explainGitLab(answer.refusal, where);
    if (!Array.isArray(answer.data)) throw fail('host-garbage', { host: where.host, detail: 'not a list of merge requests' });
    return answer.data;
  };
}

function createForge(
  call: GitLabCall,
  where: Where,
  form: RequestForm,
  { rowsOf, open }: { readonly rowsOf: Rows } & Pick<TalkCalls, 'open'>,
): Forge {
  const id = where.project;
  return {
    async openNow(signal) {
      const rows = await open(signal);
      return { found: rows.filter(isOwn).map((row) => mergeRequestOf(where, row)), isWhole: rows.length < PAGE };
    },
    async list(branch, _thorough, signal) {
      const rows = await rowsOf({ sourceBranch: branch }, signal);
      return rows.filter((row) => isFromBranch(row, branch)).map((row) => mergeRequestOf(where, row));
    },
    async newest(page, signal) {
      const rows = await rowsOf({ page }, signal);
      return { found: rows.filter(isOwn).map((row) => mergeRequestOf(where, row)), isLast: rows.length < PAGE };
    },
    async create(draft, signal) {
      const comparison = await call(({ Repositories }, client) => new Repositories(client).compare(id, draft.base, draft.branch), signal);
      const blocked = whyNot(comparison, where, draft);
      if (blocked !== undefined) return blocked;
      const title = `${draft.draft ? DRAFT_PREFIX : ''}${draft.title}`;
      const answer = await call(
        ({ MergeRequests }, client) =>
          new MergeRequests(client).create(id, draft.branch, draft.base, title, {
            description: draft.body,
            removeSourceBranch: form.removeSourceBranch,
            squash: form.squash,
            ...(form.labels.length > 0 ? { labels: form.labels.join(',') } : {}),
          }),
        signal,
      );
      if (answer.ok) return { kind: 'created', found: mergeRequestOf(where, answer.data) };
      return answer.refusal.status === 405 ? movedAway(call, where, signal) : creationRefused(answer.refusal, where);
    },
    async update(found, draft, signal) {
      // Whether it is a draft is for people to say once it is open.
      const title = `${found.draft ? DRAFT_PREFIX : ''}${draft.title}`;
      const answer = await call(
        ({ MergeRequests }, client) => new MergeRequests(client).edit(id, found.number, { title, description: draft.body }),
        signal,
      );
      if (!answer.ok) throw explainGitLab(answer.refusal, where);
      mergeRequestOf(where, answer.data);
    },
    async settle({ number }, { body, isClosed }, signal) {
      const state = isClosed ? ({ stateEvent: 'close' } as const) : {};
      const answer = await call(
        ({ MergeRequests }, client) => new MergeRequests(client).edit(id, number, { description: body, ...state }),
        signal,
      );
      if (!answer.ok) throw explainGitLab(answer.refusal, where);
      return mergeRequestOf(where, answer.data);
    },
    dress: (number, signal) => dressRequest(call, where, form, number, signal),
    fitted: (draft) => ({
      ...draft,
      title: shortenTitle(draft.title, LIMITS.title - DRAFT_PREFIX.length),
      body: shortenBody(draft.body, LIMITS.body),
    }),
  };
}

/** People are numbers there; one that is not known, or more than the edition has room for, is left out without a word. */
async function dressRequest(
  call: GitLabCall,
  where: Where,
  { reviewers, assignees }: RequestForm,
  number: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const wished = [...new Set([...reviewers, ...assignees])];
  if (wished.length === 0) return [];
  const ids = new Map<string, number>();
  for (const username of wished) {
    const answer = await call(({ Users }, client) => new Users(client).all({ username, maxPages: 1 }), signal).catch(unlessInterrupted);
    if (!('ok' in answer)) return [`nobody was told: ${answer.message}`];
    if (!answer.ok) return [`nobody was told: ${explainGitLab(answer.refusal, where).message}`];
    const [user] = Array.isArray(answer.data) ? answer.data : [];
    if (isObject(user) && typeof user.id === 'number') ids.set(username, user.id);
  }
  const idsOf = (names: readonly string[]): number[] => names.flatMap((name) => ids.get(name) ?? []);
  const answer = await call(
    ({ MergeRequests }, client) =>
      new MergeRequests(client).edit(where.project, number, { reviewerIds: idsOf(reviewers), assigneeIds: idsOf(assignees) }),
    signal,
  ).catch(unlessInterrupted);
  if (!('ok' in answer)) return [`nobody was told: ${answer.message}`];
  if (!answer.ok) return [`nobody was told: ${explainGitLab(answer.refusal, where).message}`];
  return [
    ...missing(reviewers, answer.data, 'reviewers', 'username').map((name) => `${name} was not asked for a review`),
    ...missing(assignees, answer.data, 'assignees', 'username').map((name) => `${name} was not assigned`),
  ];
}

function issueCalls(call: GitLabCall, id: string): IssueCalls {
  return {
    list: (query, signal) => call(({ Issues }, client) => new Issues(client).all({ projectId: id, ...query }), signal),
    show: (number, signal) => call(({ Issues }, client) => new Issues(client).show(number, { projectId: id }), signal),
    create: (title, fields, signal) => call(({ Issues }, client) => new Issues(client).create(id, title, fields), signal),
    edit: (number, fields, signal) => call(({ Issues }, client) => new Issues(client).edit(id, number, fields), signal),
    project: (signal) => call(({ Projects }, client) => new Projects(client).show(id), signal),
  };
}

function checkCalls(call: GitLabCall, { baseUrl, token, userAgent, project: id }: ForgeOptions, readLog: ReadLog): CheckCalls {
  const headers = { authorization: `Bearer ${token}`, 'user-agent': userAgent };
  return {
    pipelines: (sha, signal) =>
      call(
        ({ Pipelines }, client) => new Pipelines(client).all(id, { sha, orderBy: 'id', sort: 'desc', perPage: PAGE, maxPages: 1 }),
        signal,
      ),
    jobs: (pipelineId, includeRetried, signal) =>
      call(({ Jobs }, client) => new Jobs(client).all(id, { pipelineId, includeRetried, perPage: PAGE, maxPages: 3 }), signal),
    retry: (pipeline, signal) => call(({ Pipelines }, client) => new Pipelines(client).retry(id, pipeline), signal),
    trace: (job, signal) => readLog(`${baseUrl}/api/v4/projects/${encodeURIComponent(id)}/jobs/${job}/trace`, headers, signal),
  };
}

function talkCalls(call: GitLabCall, id: string, open: TalkCalls['open']): TalkCalls {
  return {
    show: (iid, signal) => call(({ MergeRequests }, client) => new MergeRequests(client).show(id, iid), signal),
    open,
    discussions: (iid, page, signal) =>
      call(
        ({ MergeRequestDiscussions }, client) => new MergeRequestDiscussions(client).all(id, iid, { perPage: PAGE, page, maxPages: 1 }),
        signal,
      ),
    user: (signal) => call(({ Users }, client) => new Users(client).showCurrentUser(), signal),
    userOf: (user, signal) => call(({ Users }, client) => new Users(client).show(user), signal),
    member: (user, signal) =>
      call(({ ProjectMembers }, client) => new ProjectMembers(client).show(id, user, { includeInherited: true }), signal),
    award: (iid, note, signal) =>
      call(({ MergeRequestNoteAwardEmojis }, client) => new MergeRequestNoteAwardEmojis(client).award(id, iid, note, 'eyes'), signal),
    say: (iid, body, signal) => call(({ MergeRequestNotes }, client) => new MergeRequestNotes(client).create(id, iid, body), signal),
  };
}

function issueTalkCalls(call: GitLabCall, id: string, open: TalkCalls['open']): TalkCalls {
  return {
    ...talkCalls(call, id, open),
    show: (iid, signal) => call(({ Issues }, client) => new Issues(client).show(iid, { projectId: id }), signal),
    discussions: (iid, page, signal) =>
      call(({ IssueDiscussions }, client) => new IssueDiscussions(client).all(id, iid, { perPage: PAGE, page, maxPages: 1 }), signal),
    award: (iid, note, signal) =>
      call(({ IssueNoteAwardEmojis }, client) => new IssueNoteAwardEmojis(client).award(id, iid, note, 'eyes'), signal),
    say: (iid, body, signal) => call(({ IssueNotes }, client) => new IssueNotes(client).create(id, iid, body), signal),
  };
}

function whyNot(comparison: Answer, where: Where, { branch, base }: RequestDraft): Creation | undefined {
  const { host } = where;
  if (!comparison.ok) {
    const missing = comparison.refusal.status === 404;
    const error = missing
      ? fail('host-invalid', { host, detail: `no branch ${branch} or ${base}` })
      : explainGitLab(comparison.refusal, where);
    return { kind: 'refused', error, why: missing ? 'lag' : 'other' };
  }
  const changed = hasChange(comparison.data);
  if (changed === undefined) throw fail('host-garbage', { host, detail: 'not a comparison of two branches' });
  if (changed) return undefined;
  return { kind: 'refused', error: fail('host-invalid', { host, detail: `no change between ${base} and ${branch}` }), why: 'other' };
}

/** GitLab sends the reads of a moved project on, and refuses its writes: where it is now is for people to write down. */
async function movedAway(call: GitLabCall, where: Where, signal: AbortSignal): Promise<Creation> {
  const answer = await call(({ Projects }, client) => new Projects(client).show(where.project), signal);
  const path = answer.ok && isObject(answer.data) ? answer.data.path_with_namespace : 'another path';
  return { kind: 'refused', error: fail('host-moved', { host: where.host, location: `${where.host}/${String(path)}` }), why: 'other' };
}

function mergeRequestOf(where: Where, data: unknown): Found {
  const found = readMergeRequest(data);
  if (found === undefined) throw fail('host-garbage', { host: where.host, detail: 'not a merge request' });
  return found;
}
