// The code host GitHub and GitHub Enterprise Server; the only file that knows octokit, loaded at the first call.
// Creating is never repeated blindly: see `proposals.ts`.
import type { Octokit } from '@octokit/rest';
import { isObject } from '../../../core/plain-json.ts';
import { AiOpsError, fail } from '../../../errors.ts';
import { type Pause, pauseFor } from '../../../platform/http/client.ts';
import type { CodeHost, Identity } from '../../../ports.ts';
import { remembering } from '../forge/conditional-reads.ts';
import { createHearing } from '../forge/heard.ts';
import { createForgeHost, pagesOf } from '../forge/host.ts';
import { waitingOut } from '../forge/limits.ts';
import { createLogReader, type ReadLog } from '../forge/logs.ts';
import { missing, unlessInterrupted } from '../forge/people.ts';
import { type Creation, type Forge, type Found, PLAIN_FORM, type RequestForm } from '../forge/proposals.ts';
import type { ForgeOptions, Refusal, Where } from '../forge/refusals.ts';
import { createTransport } from '../forge/requests.ts';
import { sharing } from '../forge/shared-list.ts';
import { shortenBody, shortenTitle } from '../forge/shorten.ts';
import { createTalk } from '../forge/talk.ts';
import { GITHUB } from './about.ts';
import { type Answer, creationRefused, explainGitHub, isFromBranch, isOwn, limitMs, readPull } from './answers.ts';
import { checkGitHub } from './check.ts';
import { type CheckCalls, createChecks } from './checks.ts';
import { createIssueForge, type IssueCalls, LIMITS } from './issues.ts';
import { readRules } from './rules.ts';
import { createTalkForge, listsSince, type TalkCalls } from './talk.ts';

const API_VERSION = '2022-11-28';
const PAGE = LIMITS.page;
const PAGES = 10;

/** Calls one endpoint; transport trouble is thrown, a refusal is returned. */
type GitHubCall = (send: (octokit: Octokit, signal: AbortSignal) => Promise<unknown>, signal: AbortSignal) => Promise<Answer>;

export function createGitHubHost(options: ForgeOptions): CodeHost {
  const host = new URL(options.baseUrl).host;
  const pause = options.pause ?? pauseFor;
  const where: Where = { host, project: options.project, variable: 'GITHUB_TOKEN', clock: options.clock };
  const [owner = '', repo = ''] = options.project.split('/');
  const call = createCall(options, host, pause);
  const patiently: GitHubCall = (send, signal) =>
    waitingOut(
      () => call(send, signal),
      (answer) => (answer.ok ? null : limitMs(answer.refusal, options.clock())),
      pause,
      signal,
    );
  const check: CodeHost['check'] = (signal) =>
    checkGitHub(where, {
      user: () => call((octokit, s) => octokit.rest.users.getAuthenticated({ request: { signal: s } }), signal),
      project: () => call((octokit, s) => octokit.rest.repos.get({ owner, repo, request: { signal: s } }), signal),
    });
  const self: CodeHost['self'] = async (signal) => {
    const answer = await patiently((octokit, s) => octokit.rest.users.getAuthenticated({ request: { signal: s } }), signal);
    return answer.ok ? noReplyOf(answer.data, options.baseUrl) : null;
  };
  const rules: CodeHost['rules'] = (branch, signal) =>
    readRules({
      rules: () =>
        patiently(
          (octokit, s) => octokit.rest.repos.getBranchRules({ owner, repo, branch, per_page: PAGE, request: { signal: s } }),
          signal,
        ),
      ruleset: (id) =>
        patiently((octokit, s) => octokit.rest.repos.getRepoRuleset({ owner, repo, ruleset_id: id, request: { signal: s } }), signal),
    });
  const open = sharing(options.clock, async (signal) =>
    rowsOf(
      where,
      await patiently(
        (octokit, s) =>
          octokit.rest.pulls.list({
            ...{ owner, repo, state: 'open', sort: 'updated', direction: 'desc', per_page: PAGE },
            request: { signal: s },
          }),
        signal,
      ),
    ),
  );
  const said = talkCalls(patiently, owner, repo, open);
  const hearing = createHearing(listsSince(listCalls(patiently, owner, repo), where), options.clock);
  const talk = createTalk(createTalkForge(said, where), pause, options.clock, hearing);
  const issueTalk = createTalk(createTalkForge(said, where, 'issue'), pause, options.clock, hearing);
  const checks = createChecks(checkCalls(patiently, options, createLogReader(host, pause, options.proxyEnv)), where);
  return createForgeHost(
    { kind: 'github', pages: pagesOf(GITHUB, options), check, self, rules, talk, issueTalk, checks },
    {
      forge: createForge(patiently, where, options.form ?? PLAIN_FORM, { owner, repo, open }),
      issues: createIssueForge(issueCalls(patiently, owner, repo), where),
      pause,
    },
  );
}

/** The address that GitHub itself commits with for a user (docs: "Setting your commit email address"). */
function noReplyOf(data: unknown, baseUrl: string): Identity | null {
  if (!isObject(data) || typeof data.login !== 'string' || typeof data.id !== 'number') return null;
  const host = new URL(baseUrl).hostname.replace(/^api\./, '');
  const name = typeof data.name === 'string' && data.name !== '' ? data.name : data.login;
  return { name, email: `${data.id}+${data.login}@users.noreply.${host}` };
}

function createForge(
  call: GitHubCall,
  where: Where,
  form: RequestForm,
  { owner, repo, open }: { readonly owner: string; readonly repo: string } & Pick<TalkCalls, 'open'>,
): Forge {
  const rowsAt = async (page: number, filter: { readonly head?: string }, signal: AbortSignal): Promise<readonly unknown[]> => {
    const query = { owner, repo, state: 'all', sort: 'created', direction: 'desc', per_page: PAGE, page, ...filter } as const;
    return rowsOf(where, await call((octokit, s) => octokit.rest.pulls.list({ ...query, request: { signal: s } }), signal));
  };
  const list = async (branch: string, thorough: boolean, signal: AbortSignal): Promise<readonly Found[]> => {
    const found: Found[] = [];
    for (let page = 1; page <= PAGES; page++) {
      const rows = await rowsAt(page, thorough ? {} : { head: `${owner}:${branch}` }, signal);
      found.push(...rows.filter((row) => isFromBranch(row, branch)).map((row) => pullOf(where, row)));
      if (rows.length < PAGE || found.length > 0) break;
    }
    return found;
  };
  return {
    list,
    async openNow(signal) {
      const rows = await open(signal);
      return { found: rows.filter(isOwn).map((row) => pullOf(where, row)), isWhole: rows.length < PAGE };
    },
    async newest(page, signal) {
      const rows = await rowsAt(page, {}, signal);
      return { found: rows.filter(isOwn).map((row) => pullOf(where, row)), isLast: rows.length < PAGE };
    },
    async create(draft, signal): Promise<Creation> {
      const { title, body, base, branch: head } = draft;
      const answer = await call(
        (octokit, s) => octokit.rest.pulls.create({ owner, repo, title, body, base, head, draft: draft.draft, request: { signal: s } }),
        signal,
      );
      return answer.ok ? { kind: 'created', found: pullOf(where, answer.data) } : creationRefused(answer.refusal, where);
    },
    async update(found, { title, body }, signal) {
      const answer = await call(
        (octokit, s) => octokit.rest.pulls.update({ owner, repo, pull_number: found.number, title, body, request: { signal: s } }),
        signal,
      );
      if (!answer.ok) throw explainGitHub(answer.refusal, where);
      pullOf(where, answer.data);
    },
    async settle({ number }, { body, isClosed }, signal) {
      const state = isClosed ? ({ state: 'closed' } as const) : {};
      const answer = await call(
        (octokit, s) => octokit.rest.pulls.update({ owner, repo, pull_number: number, body, ...state, request: { signal: s } }),
        signal,
      );
      if (!answer.ok) throw explainGitHub(answer.refusal, where);
      return pullOf(where, answer.data);
    },
    dress: (number, signal) => dressPull(call, where, form, { owner, repo, number }, signal),
    fitted: (draft) => ({
      ...draft,
      title: shortenTitle(draft.title, LIMITS.title),
      body: shortenBody(draft.body, LIMITS.body),
    }),
  };
}

/** One call a person: whoever cannot be asked refuses the whole call. Labels that are not there yet are made. */
async function dressPull(
  call: GitHubCall,
  where: Where,
  { labels, reviewers, assignees }: RequestForm,
  { owner, repo, number }: { readonly owner: string; readonly repo: string; readonly number: number },
  signal: AbortSignal,
): Promise<readonly string[]> {
  const at = (s: AbortSignal) => ({ owner, repo, request: { signal: s } });
  const notes: string[] = [];
  const tried = async (what: string, send: Parameters<GitHubCall>[0]): Promise<unknown> => {
    const answer = await call(send, signal).catch(unlessInterrupted);
    if (answer instanceof AiOpsError) notes.push(`${what}: ${answer.message}`);
    else if (answer.ok) return answer.data;
    else notes.push(`${what}: ${explainGitHub(answer.refusal, where).message}`);
    return undefined;
  };
  if (labels.length > 0)
    await tried('no labels', ({ rest }, s) => rest.issues.addLabels({ ...at(s), issue_number: number, labels: [...labels] }));
  if (assignees.length > 0) {
    const made = await tried('nobody was assigned', ({ rest }, s) =>
      rest.issues.addAssignees({ ...at(s), issue_number: number, assignees: [...assignees] }),
    );
    // Whoever has no access is left out without a word.
    if (made !== undefined) notes.push(...missing(assignees, made, 'assignees', 'login').map((name) => `${name} was not assigned`));
  }
  for (const name of reviewers) {
    const team = /^team:(?:[^/]*\/)?(.+)$/.exec(name)?.[1];
    const who = team === undefined ? { reviewers: [name] } : { team_reviewers: [team] };
    await tried(`${name} was not asked for a review`, ({ rest }, s) =>
      rest.pulls.requestReviewers({ ...at(s), pull_number: number, ...who }),
    );
  }
  return notes;
}

function issueCalls(call: GitHubCall, owner: string, repo: string): IssueCalls {
  const at = (signal: AbortSignal) => ({ owner, repo, request: { signal } });
  return {
    list: (query, signal) => call(({ rest }, s) => rest.issues.listForRepo({ ...at(s), ...query }), signal),
    get: (number, signal) => call(({ rest }, s) => rest.issues.get({ ...at(s), issue_number: number }), signal),
    create: (fields, signal) => call(({ rest }, s) => rest.issues.create({ ...at(s), ...fields }), signal),
    update: (number, fields, signal) => call(({ rest }, s) => rest.issues.update({ ...at(s), issue_number: number, ...fields }), signal),
  };
}

function listCalls(call: GitHubCall, owner: string, repo: string): Parameters<typeof listsSince>[0] {
  const query = { owner, repo, sort: 'updated', direction: 'asc', per_page: PAGE } as const;
  return {
    comment: (since, signal) => call(({ rest }, s) => rest.issues.listCommentsForRepo({ ...query, since, request: { signal: s } }), signal),
    line: (since, signal) =>
      call(({ rest }, s) => rest.pulls.listReviewCommentsForRepo({ ...query, since, request: { signal: s } }), signal),
  };
}

function talkCalls(call: GitHubCall, owner: string, repo: string, open: TalkCalls['open']): TalkCalls {
  const at = (signal: AbortSignal) => ({ owner, repo, request: { signal } });
  const page = (number: number) => ({ per_page: PAGE, page: number });
  const content = 'eyes' as const;
  return {
    pull: (number, signal) => call(({ rest }, s) => rest.pulls.get({ ...at(s), pull_number: number }), signal),
    open,
    issue: (number, signal) => call(({ rest }, s) => rest.issues.get({ ...at(s), issue_number: number }), signal),
    comments: (number, n, signal) =>
      call(({ rest }, s) => rest.issues.listComments({ ...at(s), ...page(n), issue_number: number }), signal),
    lineComments: (number, n, signal) =>
      call(({ rest }, s) => rest.pulls.listReviewComments({ ...at(s), ...page(n), pull_number: number }), signal),
    reviews: (number, n, signal) => call(({ rest }, s) => rest.pulls.listReviews({ ...at(s), ...page(n), pull_number: number }), signal),
    user: (signal) => call(({ rest }, s) => rest.users.getAuthenticated({ request: { signal: s } }), signal),
    permission: (username, signal) => call(({ rest }, s) => rest.repos.getCollaboratorPermissionLevel({ ...at(s), username }), signal),
    react: (to, id, signal) =>
      call(({ rest: { reactions } }, s) => {
        if (to === 'comment') return reactions.createForIssueComment({ ...at(s), comment_id: id, content });
        if (to === 'line') return reactions.createForPullRequestReviewComment({ ...at(s), comment_id: id, content });
        return reactions.createForIssue({ ...at(s), issue_number: id, content });
      }, signal),
    say: (number, body, signal) => call(({ rest }, s) => rest.issues.createComment({ ...at(s), issue_number: number, body }), signal),
  };
}

function checkCalls(call: GitHubCall, { baseUrl, token, userAgent, project }: ForgeOptions, readLog: ReadLog): CheckCalls {
  const [owner = '', repo = ''] = project.split('/');
  const at = (signal: AbortSignal) => ({ owner, repo, request: { signal } });
  const headers = { authorization: `token ${token}`, 'user-agent': userAgent, 'x-github-api-version': API_VERSION };
  return {
    runs: (ref, page, signal) =>
      call(({ rest }, s) => rest.checks.listForRef({ ...at(s), ref, filter: 'latest', per_page: PAGE, page }), signal),
    status: (ref, signal) => call(({ rest }, s) => rest.repos.getCombinedStatusForRef({ ...at(s), ref, per_page: PAGE }), signal),
    annotations: (id, signal) => call(({ rest }, s) => rest.checks.listAnnotations({ ...at(s), check_run_id: id, per_page: PAGE }), signal),
    workflowRuns: (sha, signal) =>
      call(({ rest }, s) => rest.actions.listWorkflowRunsForRepo({ ...at(s), head_sha: sha, per_page: PAGE }), signal),
    jobs: (run, signal) => call(({ rest }, s) => rest.actions.listJobsForWorkflowRun({ ...at(s), run_id: run, per_page: PAGE }), signal),
    rerun: (run, signal) => call(({ rest }, s) => rest.actions.reRunWorkflowFailedJobs({ ...at(s), run_id: run }), signal),
    log: (job, signal) => readLog(`${baseUrl}/repos/${owner}/${repo}/actions/jobs/${job}/logs`, headers, signal),
  };
}

function rowsOf(where: Where, answer: Answer): readonly unknown[] {
  if (!answer.ok) throw explainGitHub(answer.refusal, where);
  if (!Array.isArray(answer.data)) throw fail('host-garbage', { host: where.host, detail: 'not a list of pull requests' });
  return answer.data;
}

function pullOf(where: Where, data: unknown): Found {
  const found = readPull(data);
  if (found === undefined) throw fail('host-garbage', { host: where.host, detail: 'not a pull request' });
  return found;
}

function createCall(options: ForgeOptions, host: string, pause: Pause): GitHubCall {
  let loaded: Promise<Octokit> | undefined;
  return async (send, signal) => {
    loaded ??= load(options, host, pause);
    try {
      const answer = await send(await loaded, signal);
      if (!isObject(answer) || !isObject(answer.headers)) throw fail('bug', { detail: 'octokit gave no answer' });
      return { ok: true, data: answer.data, headers: stringHeaders(answer.headers) };
    } catch (thrown) {
      return { ok: false, refusal: refusalOf(thrown) };
    }
  };
}

async function load({ baseUrl, token, userAgent, proxyEnv, isLook }: ForgeOptions, host: string, pause: Pause): Promise<Octokit> {
  const { Octokit: Client } = await import('@octokit/rest');
  const transport = remembering(createTransport(host, pause, proxyEnv, isLook));
  const quiet = (): void => {};
  return new Client({
    baseUrl,
    auth: token,
    userAgent,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    request: {
      log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
      fetch: (url: string, init: { method: string; headers: Record<string, string>; body?: string; signal: AbortSignal }) =>
        transport(url, { ...init, headers: { ...init.headers, 'x-github-api-version': API_VERSION } }),
    },
  });
}

/** Octokit wraps what its `fetch` throws; our own errors are taken out again. */
function refusalOf(thrown: unknown): Refusal {
  if (thrown instanceof AiOpsError) throw thrown;
  if (!isObject(thrown)) throw thrown;
  if (thrown.cause instanceof AiOpsError) throw thrown.cause;
  const { response } = thrown;
  if (!isObject(response) || !isObject(response.headers)) throw thrown;
  return { status: Number(response.status), headers: stringHeaders(response.headers), data: response.data };
}

function stringHeaders(headers: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}
