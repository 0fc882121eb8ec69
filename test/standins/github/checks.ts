// Checks of commits on the GitHub stand-in: runs of Actions with their jobs and logs, and statuses.
import type { ApiAnswer, ApiCall } from '../api-server.ts';
import { type LogStore, startLogStore } from '../log-store.ts';
import { repository, type Site, user } from './objects.ts';
import { forbidden, refusal } from './refusals.ts';
import type { GitHubToken } from './tokens.ts';

export interface StoredCheck {
  readonly id: number;
  readonly commit: string;
  readonly name: string;
  readonly kind: 'job' | 'status';
  /** `null` while it runs. */
  conclusion: string | null;
  log: string;
  notes: readonly string[];
  /** How often it was run. */
  attempt: number;
}

/** What the machines of CI do. */
export interface CheckHands {
  readonly checks: readonly StoredCheck[];
  readonly logStore: LogStore;
  /** What a job comes to that is run again; `null` for one that goes on running. */
  rerunEnds: string | null;
  /** A job of Actions; one of the same name on the same commit is the same job. */
  checkByHand(commit: string, check: { name: string; conclusion: string | null; log?: string; notes?: readonly string[] }): void;
  statusByHand(commit: string, status: { name: string; conclusion: 'success' | 'failure' | 'error' | 'pending'; says?: string }): void;
}

export interface StoredChecks {
  readonly checks: StoredCheck[];
  readonly logStore: LogStore;
}

export const startChecks = async (): Promise<StoredChecks> => ({ checks: [], logStore: await startLogStore() });

const REPO = '/repos/{owner}/{repo}';
const RUNS = `${REPO}/actions/runs`;
const CALLS = [
  `GET ${REPO}/commits/{ref}/check-runs`,
  `GET ${REPO}/commits/{ref}/status`,
  `GET ${REPO}/check-runs/{check_run_id}/annotations`,
  `GET ${RUNS}`,
  `GET ${RUNS}/{run_id}/jobs`,
  `POST ${RUNS}/{run_id}/rerun-failed-jobs`,
  `GET ${REPO}/actions/jobs/{job_id}/logs`,
];

/** Real answers that the description forgets. */
export const CHECK_ERRATA = CALLS.flatMap((call) => ['401', '403', '404'].map((status) => `${call} ${status}`));

interface Place extends StoredChecks {
  readonly site: () => Site;
  readonly rerunEnds: () => string | null;
}

/** @returns `undefined` for a call of another kind */
export function checkReply(place: Place, call: ApiCall, token: GitHubToken): ApiAnswer | undefined {
  const { checks, site } = place;
  const { ref, run_id: run, job_id: job, check_run_id: id } = call.parameters;
  const isRead = call.method === 'GET';
  const actions = token.actions ?? 'write';
  if (/\/actions\//.test(call.template) && (actions === 'none' || (!isRead && actions !== 'write')))
    return forbidden(`actions=${isRead ? 'read' : 'write'}`);
  const ofCommit = checks.filter(({ commit }) => commit === ref);
  const jobs = checks.filter(({ kind, commit }) => kind === 'job' && runOf(commit) === Number(run));
  switch (`${call.method} ${call.template}`) {
    case CALLS[0]: {
      const rows = ofCommit.filter(({ kind }) => kind === 'job');
      return { status: 200, body: { total_count: rows.length, check_runs: paged(call, rows).map((each) => checkObject(site(), each)) } };
    }
    case CALLS[1]:
      return {
        status: 200,
        body: combined(
          site(),
          String(ref),
          ofCommit.filter(({ kind }) => kind === 'status'),
        ),
      };
    case CALLS[2]: {
      const found = checks.find((check) => check.id === Number(id));
      return found === undefined ? refusal(404, 'Not Found') : { status: 200, body: found.notes.map(annotation) };
    }
    case CALLS[3]: {
      const sha = call.query.get('head_sha');
      const rows = checks.filter(({ kind, commit }) => kind === 'job' && commit === sha);
      const runs = rows.length === 0 ? [] : [runObject(site(), String(sha), rows)];
      return { status: 200, body: { total_count: runs.length, workflow_runs: runs } };
    }
    case CALLS[4]:
      return { status: 200, body: { total_count: jobs.length, jobs: jobs.map((each) => jobObject(site(), each)) } };
    case CALLS[5]: {
      const red = jobs.filter(({ conclusion }) => conclusion !== 'success');
      if (red.some(({ conclusion }) => conclusion === null)) return refusal(403, 'This workflow is already running');
      for (const each of red) Object.assign(each, { conclusion: place.rerunEnds(), attempt: each.attempt + 1 });
      return { status: 201, body: {} };
    }
    case CALLS[6]: {
      const found = checks.find((check) => check.id === Number(job));
      if (found === undefined) return refusal(404, 'Not Found');
      return { status: 302, body: '', headers: { location: place.logStore.keep(found.log) } };
    }
    default:
      return undefined;
  }
}

export function checkHands({ checks, logStore }: StoredChecks): Omit<CheckHands, 'rerunEnds'> {
  const store = (check: Omit<StoredCheck, 'id' | 'attempt'>): void => {
    const before = checks.find(({ commit, name, kind }) => commit === check.commit && name === check.name && kind === check.kind);
    if (before) Object.assign(before, check);
    else checks.push({ ...check, id: 40_000 + checks.length, attempt: 1 });
  };
  return {
    checks,
    logStore,
    checkByHand: (commit, { name, conclusion, log = '', notes = [] }) => store({ commit, name, conclusion, log, notes, kind: 'job' }),
    statusByHand: (commit, { name, conclusion, says }) =>
      store({ commit, name, conclusion, log: '', notes: says === undefined ? [] : [says], kind: 'status' }),
  };
}

/** One run of one workflow for each commit. */
const runOf = (commit: string): number => Number.parseInt(commit.slice(0, 8), 16);

function paged<T>({ query }: ApiCall, rows: readonly T[]): readonly T[] {
  const [size, page] = [Number(query.get('per_page') ?? 30), Number(query.get('page') ?? 1)];
  return rows.slice((page - 1) * size, page * size);
}

const ended = ({ conclusion }: StoredCheck) => (conclusion === null ? 'in_progress' : 'completed');

function checkObject(site: Site, check: StoredCheck) {
  const api = `${site.api}/repos/${site.project}`;
  const url = `${api}/check-runs/${check.id}`;
  const page = `${site.web}/${site.project}/actions/runs/${runOf(check.commit)}/job/${check.id}`;
  const app = {
    ...{ id: 15_368, slug: 'github-actions', node_id: 'A_1', owner: user(site, 'github'), name: 'GitHub Actions', description: '' },
    ...{ external_url: 'https://help.github.com', html_url: `${site.web}/apps/github-actions`, created_at: site.now, updated_at: site.now },
    ...{ permissions: {}, events: [] },
  };
  const output = { title: null, summary: null, text: null, annotations_count: check.notes.length, annotations_url: `${url}/annotations` };
  return {
    ...{ id: check.id, node_id: `CR_${check.id}`, head_sha: check.commit, name: check.name, url, html_url: page, details_url: page },
    ...{ status: ended(check), conclusion: check.conclusion, started_at: site.now, completed_at: check.conclusion && site.now },
    ...{ external_id: '', check_suite: { id: runOf(check.commit) }, output, app, pull_requests: [] },
  };
}

function annotation(message: string) {
  const place = { path: '.github', start_line: 1, end_line: 1, start_column: null, end_column: null, blob_href: '' };
  return { ...place, annotation_level: 'failure', title: '', message, raw_details: '' };
}

function runObject(site: Site, commit: string, jobs: readonly StoredCheck[]) {
  const id = runOf(commit);
  const url = `${site.api}/repos/${site.project}/actions/runs/${id}`;
  const person = { name: 'Test', email: 'test@example.invalid' };
  const head = { id: commit, tree_id: commit, message: 'test', timestamp: site.now, author: person, committer: person };
  const isRunning = jobs.some(({ conclusion }) => conclusion === null);
  const conclusion = isRunning ? null : jobs.every((job) => job.conclusion === 'success') ? 'success' : 'failure';
  return {
    ...{ id, name: 'ci', node_id: `WR_${id}`, check_suite_id: id, head_branch: 'x', head_sha: commit, path: '.github/workflows/ci.yml' },
    ...{ run_number: 1, run_attempt: Math.max(...jobs.map(({ attempt }) => attempt)), event: 'pull_request', display_title: 'ci' },
    ...{ status: isRunning ? 'in_progress' : 'completed', conclusion, workflow_id: 1, url, html_url: `${site.web}/runs/${id}` },
    ...{ pull_requests: [], created_at: site.now, updated_at: site.now, run_started_at: site.now },
    ...{ jobs_url: `${url}/jobs`, logs_url: `${url}/logs`, check_suite_url: `${url}/suite`, artifacts_url: `${url}/artifacts` },
    ...{ cancel_url: `${url}/cancel`, rerun_url: `${url}/rerun`, workflow_url: `${url}/workflow`, head_commit: head },
    ...{ repository: repository(site), head_repository: repository(site) },
  };
}

function jobObject(site: Site, check: StoredCheck) {
  const api = `${site.api}/repos/${site.project}`;
  return {
    ...{ id: check.id, run_id: runOf(check.commit), run_url: `${api}/actions/runs/${runOf(check.commit)}`, run_attempt: check.attempt },
    ...{ node_id: `J_${check.id}`, head_sha: check.commit, url: `${api}/actions/jobs/${check.id}`, html_url: null, name: check.name },
    ...{ status: ended(check), conclusion: check.conclusion, created_at: site.now, started_at: site.now },
    ...{ completed_at: check.conclusion && site.now, check_run_url: `${api}/check-runs/${check.id}`, labels: ['ubuntu-latest'] },
    ...{ runner_id: 1, runner_name: 'runner', runner_group_id: 1, runner_group_name: 'default', workflow_name: 'ci', head_branch: 'x' },
  };
}

function combined(site: Site, commit: string, statuses: readonly StoredCheck[]) {
  const api = `${site.api}/repos/${site.project}`;
  const states = statuses.map(({ conclusion }) => String(conclusion));
  const state = states.some((one) => one === 'failure' || one === 'error')
    ? 'failure'
    : states.length === 0 || states.includes('pending')
      ? 'pending'
      : 'success';
  const rows = statuses.map(({ id, name, conclusion, notes }) => ({
    ...{ id, node_id: `SC_${id}`, state: conclusion, context: name, description: notes[0] ?? null, target_url: null },
    ...{ avatar_url: null, url: `${api}/statuses/${commit}`, created_at: site.now, updated_at: site.now },
  }));
  const urls = { commit_url: `${api}/commits/${commit}`, url: `${api}/commits/${commit}/status` };
  return { state, sha: commit, total_count: rows.length, statuses: rows, repository: repository(site), ...urls };
}
