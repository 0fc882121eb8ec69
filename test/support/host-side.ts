// The code host's own side of a test world, in the same words for GitHub, GitLab and none: what requests it has,
// which calls it got, and where an ai-ops finds it.
import { startGitHubStandIn } from '../standins/github/server.ts';
import { startGitLabStandIn } from '../standins/gitlab/server.ts';

/** A request as a person sees it on the host. */
export interface SeenRequest {
  readonly number: number;
  readonly head: string;
  readonly base: string;
  /** Tip of the branch when the request was opened. */
  readonly commit: string | null;
  readonly title: string;
  readonly body: string;
  readonly isDraft: boolean;
  readonly author: string;
  readonly state: 'open' | 'merged' | 'closed';
}

/** An issue as a person sees it on the host. */
export interface SeenIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
}

/** What people, and programs, say on requests. Who is not named in `allow` is nobody. */
export interface TalkSide {
  allow(author: string, right: 'write' | 'read'): void;
  /** @returns its number */
  comment(request: number, author: string, body: string): number;
  onIssue(issue: number, author: string, body: string): void;
  saidOnIssue(issue: number): readonly { readonly author: string; readonly body: string }[];
  atLine(request: number, author: string, place: { path: string; line: number; body: string }): void;
  edit(comment: number, body: string): void;
  label(request: number, name: string): void;
  /** All that was said, oldest first, with who has shown to have read it. */
  said(request: number): readonly { readonly author: string; readonly body: string; readonly readers: readonly string[] }[];
}

/** What the machines of CI do. */
export interface CheckSide {
  set(commit: string, name: string, state: 'green' | 'red' | 'runs', said?: { log?: string; notes?: string }): void;
  /** How often anything was asked to run again. */
  reruns(): number;
}

export interface HostSide {
  readonly talk: TalkSide;
  readonly checks: CheckSide;
  /** What tells an ai-ops of this host, and the token for it. */
  readonly env: Readonly<Record<string, string>>;
  requests(): readonly SeenRequest[];
  issues(): readonly SeenIssue[];
  /** What people do on the pages. */
  merge(number: number): void;
  turnDown(number: number): void;
  openAgain(number: number): void;
  rewrite(number: number, body: string): void;
  setIssue(number: number, change: { state?: 'open' | 'closed'; body?: string }): void;
  switchTrackerOff(): void;
  /** The next call of this name, `PUT /projects/{id}/…`, is answered by a proxy that does not reach the host. */
  cutOff(call: string): void;
  /** The next call of this name is carried out, and its answer is lost; `then` is done before it is. */
  loseAnswer(call: string, then: () => void): void;
  /** Breaks of the official description, by either side. */
  violations(): readonly string[];
  /** Calls so far, `POST /repos/{owner}/{repo}/pulls 201`. */
  calls(): readonly string[];
  close(): Promise<void>;
}

/** @param bare directory of the repository the host knows; not looked at for `local` */
export async function startHostSide(kind: 'github' | 'gitlab' | 'local', bare: string, project: string, token: string): Promise<HostSide> {
  if (kind === 'github') return startGitHub(bare, project, token);
  if (kind === 'gitlab') return startGitLab(bare, project, token);
  const nobody = (): never => {
    throw new Error('there is no host');
  };
  return {
    env: {},
    checks: { set: nobody, reruns: () => 0 },
    talk: {
      allow: nobody,
      comment: nobody,
      onIssue: nobody,
      atLine: nobody,
      edit: nobody,
      label: nobody,
      said: () => [],
      saidOnIssue: () => [],
    },
    requests: () => [],
    issues: () => [],
    setIssue: nobody,
    switchTrackerOff: nobody,
    cutOff: nobody,
    loseAnswer: nobody,
    merge: nobody,
    turnDown: nobody,
    openAgain: nobody,
    rewrite: nobody,
    violations: () => [],
    calls: () => [],
    close: async () => undefined,
  };
}

/** Said long enough ago for nobody to wait for more. */
const ago = (): string => new Date(Date.now() - 600_000).toISOString();

async function startGitHub(repo: string, project: string, token: string): Promise<HostSide> {
  const tokens = { [token]: { login: 'robot', access: 'write', kind: 'fine-grained', pulls: true } } as const;
  const standIn = await startGitHubStandIn({ repo, project, tokens });
  return {
    env: { GITHUB_API_URL: standIn.baseUrl, GITHUB_TOKEN: token },
    checks: {
      set: (commit, name, state, { log = '', notes } = {}) =>
        standIn.checkByHand(commit, {
          ...{ name, log, notes: notes === undefined ? [] : [notes] },
          conclusion: { green: 'success', red: 'failure', runs: null }[state],
        }),
      reruns: () => standIn.log.filter((call) => call.includes('/rerun-failed-jobs')).length,
    },
    talk: {
      allow: (author, right) => Object.assign(standIn.rights, { [author]: right }),
      comment: (number, author, body) => standIn.commentByHand(number, author, body, ago()),
      onIssue: (number, author, body) => void standIn.commentByHand(number, author, body, ago()),
      atLine: (number, author, line) => void standIn.reviewByHand(number, author, { state: 'CHANGES_REQUESTED', lines: [line] }, ago()),
      edit: (comment, body) => standIn.editByHand(comment, body, ago()),
      label: standIn.labelByHand,
      said: (number) =>
        standIn.comments.filter(({ pull }) => pull === number).map(({ author, body, reactions }) => ({ author, body, readers: reactions })),
      saidOnIssue: (number) => standIn.comments.filter(({ pull }) => pull === number),
    },
    requests: () =>
      standIn.pulls.map(({ number, branch, base, commit, title, body, draft, author, state, mergedAt }) => ({
        ...{ number, base, commit, title, author, state: mergedAt === null ? state : ('merged' as const) },
        head: branch,
        body: body ?? '',
        isDraft: draft,
      })),
    issues: () => standIn.issues.map(({ number, title, body, state }) => ({ number, title, body: body ?? '', state })),
    setIssue: standIn.setIssueByHand,
    switchTrackerOff: () => {
      standIn.hasIssues = false;
    },
    cutOff: (on) => void standIn.faults.push({ on, kind: 'bad-gateway' }),
    loseAnswer: (on, then) => void standIn.faults.push({ on, kind: 'lost', then }),
    merge: standIn.mergeByHand,
    turnDown: standIn.closeByHand,
    openAgain: (number) => Object.assign(standIn.pulls.find((pull) => pull.number === number) ?? {}, { state: 'open' }),
    rewrite: (number, body) => Object.assign(standIn.pulls.find((pull) => pull.number === number) ?? {}, { body }),
    violations: () => standIn.violations,
    calls: () => standIn.log,
    close: standIn.close,
  };
}

async function startGitLab(repo: string, project: string, token: string): Promise<HostSide> {
  const standIn = await startGitLabStandIn({ repo, project, tokens: { [token]: { login: 'robot', accessLevel: 30, scopes: ['api'] } } });
  return {
    env: { CODE_HOST: 'gitlab', GITLAB_BASE_URL: standIn.baseUrl, GITLAB_TOKEN: token },
    checks: {
      set: (commit, name, state, { log = '', notes } = {}) =>
        standIn.jobByHand(commit, {
          ...{ name, trace: log, status: ({ green: 'success', red: 'failed', runs: 'running' } as const)[state] },
          ...(notes === undefined ? {} : { reason: notes }),
        }),
      reruns: () => standIn.log.filter((call) => /\/pipelines\/\S*\/retry/.test(call)).length,
    },
    talk: {
      allow: (author, right) => Object.assign(standIn.rights, { [author]: right === 'write' ? 30 : 20 }),
      comment: (number, author, body) => standIn.noteByHand(number, author, body, ago()),
      onIssue: (number, author, body) => void standIn.issueNoteByHand(number, author, body, ago()),
      atLine: (number, author, line) => void standIn.lineNoteByHand(number, author, line, ago()),
      edit: (comment, body) => standIn.editByHand(comment, body, ago()),
      label: standIn.labelByHand,
      said: (number) =>
        standIn.notes.filter(({ iid }) => iid === number).map(({ author, body, awards }) => ({ author, body, readers: awards })),
      // The stand-in keeps what is said on issues below nought.
      saidOnIssue: (number) => standIn.notes.filter(({ iid }) => iid === -number),
    },
    requests: () =>
      standIn.requests.map(({ iid, branch, base, commit, title, description, author, state }) => ({
        ...{ number: iid, base, commit, author, state: state === 'opened' ? ('open' as const) : state },
        head: branch,
        title: title.replace(/^Draft: /, ''),
        body: description ?? '',
        isDraft: title.startsWith('Draft: '),
      })),
    issues: () =>
      standIn.issues.map(({ iid, title, description, state }) => ({
        ...{ number: iid, title, body: description ?? '' },
        state: state === 'opened' ? 'open' : 'closed',
      })),
    setIssue: standIn.setIssueByHand,
    switchTrackerOff: () => {
      standIn.hasIssues = false;
    },
    cutOff: (on) => void standIn.faults.push({ on, kind: 'bad-gateway' }),
    loseAnswer: (on, then) => void standIn.faults.push({ on, kind: 'lost', then }),
    merge: standIn.mergeByHand,
    turnDown: standIn.closeByHand,
    openAgain: (number) => Object.assign(standIn.requests.find(({ iid }) => iid === number) ?? {}, { state: 'opened' }),
    rewrite: (number, description) => Object.assign(standIn.requests.find(({ iid }) => iid === number) ?? {}, { description }),
    violations: () => standIn.violations,
    calls: () => standIn.log,
    close: standIn.close,
  };
}
