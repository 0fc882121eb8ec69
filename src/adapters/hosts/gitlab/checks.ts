// Checks on GitLab: the jobs of the newest pipeline of a commit. A job that may fail holds nothing up.
// Source: docs.gitlab.com "pipelines API", "jobs API" (`failure_reason`, `allow_failure`, `include_retried`).
import { isObject } from '../../../core/plain-json.ts';
import type { CommitCheck } from '../../../core/policy/red-checks.ts';
import { fail } from '../../../errors.ts';
import type { Checks } from '../../../ports.ts';
import type { ReadLog } from '../forge/logs.ts';
import type { Where } from '../forge/refusals.ts';
import { type Answer, explainGitLab } from './answers.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The calls, made by the client of the host. */
export interface CheckCalls {
  /** Newest first. */
  pipelines(commit: string, signal: AbortSignal): Promise<Answer>;
  jobs(pipeline: number, withRetried: boolean, signal: AbortSignal): Promise<Answer>;
  retry(pipeline: number, signal: AbortSignal): Promise<Answer>;
  trace(job: number, signal: AbortSignal): ReturnType<ReadLog>;
}

export function createChecks(calls: CheckCalls, where: Where): Checks {
  const listIn = (answer: Answer, what: string): readonly Fields[] => {
    if (!answer.ok) throw explainGitLab(answer.refusal, where);
    if (!Array.isArray(answer.data)) throw fail('host-garbage', { host: where.host, detail: `not a list of ${what}` });
    return answer.data.filter(isObject);
  };
  const newest = async (commit: string, signal: AbortSignal): Promise<Fields | undefined> => {
    const answer = await calls.pipelines(commit, signal);
    // A project without CI, or a token that may not see it.
    if (!answer.ok && (answer.refusal.status === 403 || answer.refusal.status === 404)) return undefined;
    return listIn(answer, 'pipelines').find(({ id, sha }) => typeof id === 'number' && sha === commit);
  };
  return {
    async of(commit, signal) {
      const pipeline = await newest(commit, signal);
      if (pipeline === undefined) return [];
      const jobs = listIn(await calls.jobs(Number(pipeline.id), false, signal), 'jobs').flatMap((job) => checkOf(job) ?? []);
      const hasEnded = !UNDER_WAY.has(String(pipeline.status));
      // Jobs may come to it that are not there yet.
      return hasEnded ? jobs : [...jobs, { id: `pipeline:${String(pipeline.id)}`, name: 'pipeline', state: 'runs', says: '' }];
    },
    why: async (_commit, { id, says }, signal) => ({ notes: says, log: await calls.trace(Number(id.split(':')[1]), signal) }),
    async runAgain(commit, red, signal) {
      const pipeline = await newest(commit, signal);
      if (pipeline === undefined) return 'no';
      const names = new Set(red.map(({ name }) => name));
      const all = listIn(await calls.jobs(Number(pipeline.id), true, signal), 'jobs').filter(({ name }) => names.has(String(name)));
      if (all.length > names.size) return 'was';
      const answer = await calls.retry(Number(pipeline.id), signal);
      return answer.ok ? 'begun' : 'no';
    },
  };
}

const UNDER_WAY = new Set(['created', 'waiting_for_resource', 'preparing', 'pending', 'running', 'scheduled', 'canceling']);

function checkOf({ id, name, status, allow_failure: mayFail, failure_reason: reason }: Fields): CommitCheck | undefined {
  if (typeof id !== 'number' || typeof name !== 'string') return undefined;
  const says = typeof reason === 'string' ? reason : '';
  const check = { id: `job:${id}`, name, says };
  if (UNDER_WAY.has(String(status))) return { ...check, state: 'runs' };
  if (status === 'success') return { ...check, state: 'green' };
  return { ...check, state: status === 'failed' && mayFail !== true ? 'red' : 'other' };
}
