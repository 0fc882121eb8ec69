// Pipelines of commits on the GitLab stand-in, with their jobs and traces.
import type { ApiAnswer, ApiCall } from '../api-server.ts';
import { type LogStore, startLogStore } from '../log-store.ts';
import { commit as commitObject, PROJECT_ID, type Site, user } from './objects.ts';
import { type GitLabToken, refusal } from './server.ts';
import { knownUser } from './talk.ts';

type Status = 'running' | 'success' | 'failed' | 'canceled' | 'manual';

export interface StoredJob {
  readonly id: number;
  readonly commit: string;
  readonly name: string;
  status: Status;
  trace: string;
  reason: string | undefined;
  mayFail: boolean;
  /** Another run of it took its place. */
  isRetried: boolean;
}

/** What the machines of CI do. */
export interface CheckHands {
  readonly jobs: readonly StoredJob[];
  readonly logStore: LogStore;
  /** What a job comes to that is run again. */
  rerunEnds: Status;
  /** A job of the one pipeline of a commit; one of the same name is the same job. */
  jobByHand(commit: string, job: { name: string; status: Status; trace?: string; reason?: string; mayFail?: boolean }): void;
}

export interface StoredChecks {
  readonly jobs: StoredJob[];
  readonly logStore: LogStore;
}

export const startChecks = async (): Promise<StoredChecks> => ({ jobs: [], logStore: await startLogStore() });

const PIPELINES = '/projects/{id}/pipelines';

interface Place extends StoredChecks {
  readonly site: () => Site;
  readonly rerunEnds: () => Status;
}

/** @returns `undefined` for a call of another kind */
export function checkReply(place: Place, call: ApiCall, token: GitLabToken): ApiAnswer | undefined {
  const { jobs, site } = place;
  const ofPipeline = jobs.filter(({ commit }) => pipelineOf(commit) === Number(call.parameters.pipeline_id));
  switch (`${call.method} ${call.template}`) {
    case `GET ${PIPELINES}`: {
      const sha = call.query.get('sha');
      const commits = [...new Set(jobs.map(({ commit }) => commit))].filter((commit) => sha === null || commit === sha);
      return { status: 200, body: commits.map((commit) => ({ ...pipelineObject(site(), commit, jobs), name: null })) };
    }
    case `GET ${PIPELINES}/{pipeline_id}/jobs`: {
      const shown = ofPipeline.filter(({ isRetried }) => !isRetried || call.query.get('include_retried') === 'true');
      const [size, page] = [Number(call.query.get('per_page') ?? 20), Number(call.query.get('page') ?? 1)];
      return { status: 200, body: shown.slice((page - 1) * size, page * size).map((job) => jobObject(site(), job, jobs)) };
    }
    case `POST ${PIPELINES}/{pipeline_id}/retry`: {
      const [first] = ofPipeline;
      if (first === undefined) return refusal(404, '404 Not found');
      if (token.accessLevel < 30) return refusal(403, '403 Forbidden');
      for (const job of ofPipeline.filter(({ status, isRetried }) => status === 'failed' && !isRetried)) {
        job.isRetried = true;
        jobs.push({ ...job, id: 60_000 + jobs.length, status: place.rerunEnds(), isRetried: false });
      }
      return { status: 201, body: fullPipeline(site(), first.commit, jobs, token.login) };
    }
    case 'GET /projects/{id}/jobs/{job_id}/trace': {
      const job = jobs.find(({ id }) => id === Number(call.parameters.job_id));
      if (job === undefined) return refusal(404, '404 Not found');
      // Where objects are kept elsewhere, it sends on to there.
      return job.trace.length > 2000
        ? { status: 302, body: '', headers: { location: place.logStore.keep(job.trace) }, foreign: true }
        : { status: 200, body: job.trace, foreign: true };
    }
    default:
      return undefined;
  }
}

export function checkHands({ jobs, logStore }: StoredChecks): Omit<CheckHands, 'rerunEnds'> {
  return {
    jobs,
    logStore,
    jobByHand(commit, { name, status, trace = '', reason, mayFail = false }) {
      const before = jobs.find((job) => job.commit === commit && job.name === name && !job.isRetried);
      if (before) Object.assign(before, { status, trace, reason, mayFail });
      else jobs.push({ id: 60_000 + jobs.length, commit, name, status, trace, reason, mayFail, isRetried: false });
    },
  };
}

const pipelineOf = (commit: string): number => Number.parseInt(commit.slice(0, 7), 16);

function statusOf(commit: string, jobs: readonly StoredJob[]): Status {
  const own = jobs.filter((job) => job.commit === commit && !job.isRetried && !job.mayFail);
  if (own.some(({ status }) => status === 'running')) return 'running';
  return own.some(({ status }) => status === 'failed') ? 'failed' : 'success';
}

function pipelineObject(site: Site, commit: string, jobs: readonly StoredJob[]) {
  const id = pipelineOf(commit);
  return {
    ...{ id, iid: 1, project_id: PROJECT_ID, sha: commit, ref: 'x', status: statusOf(commit, jobs), source: 'push' },
    ...{ created_at: site.now, updated_at: site.now, web_url: `${site.web}/${site.project}/-/pipelines/${id}` },
  };
}

function fullPipeline(site: Site, commit: string, jobs: readonly StoredJob[], login: string) {
  const basic = pipelineObject(site, commit, jobs);
  return {
    ...{ ...basic, before_sha: '0'.repeat(40), tag: false, yaml_errors: null, user: user(site, login), started_at: site.now },
    ...{ finished_at: null, committed_at: null, duration: null, queued_duration: 1, coverage: null },
    detailed_status: { icon: `status_${basic.status}`, text: basic.status, label: basic.status, group: basic.status },
  };
}

function jobObject(site: Site, { id, commit, name, status, reason, mayFail }: StoredJob, jobs: readonly StoredJob[]) {
  const about = pipelineObject(site, commit, jobs);
  const isOver = status !== 'running';
  return {
    ...{ id, status, stage: 'test', name, ref: 'x', tag: false, coverage: null, allow_failure: mayFail, created_at: site.now },
    ...{ started_at: site.now, finished_at: isOver ? site.now : null, erased_at: null, duration: 1, queued_duration: 1 },
    ...{ user: knownUser(site, 'robot'), commit: commitObject(site, commit), pipeline: about, archived: false },
    ...{ web_url: `${site.web}/${site.project}/-/jobs/${id}`, project: { ci_job_token_scope_enabled: false }, artifacts: [], tag_list: [] },
    ...{ runner: null, runner_manager: null, artifacts_expire_at: null },
    ...(status === 'failed' ? { failure_reason: reason ?? 'script_failure' } : {}),
  };
}
