// Checks on GitHub: runs of apps (GitHub's own Actions among them), and statuses that older services set. Only jobs of Actions have
// logs, and can be run again.
// Source: docs.github.com REST "check runs", "commit statuses", "workflow runs", "workflow jobs".
import { isObject } from '../../../core/plain-json.ts';
import type { CommitCheck } from '../../../core/policy/red-checks.ts';
import { fail } from '../../../errors.ts';
import type { Checks } from '../../../ports.ts';
import type { ReadLog } from '../forge/logs.ts';
import type { Where } from '../forge/refusals.ts';
import { type Answer, explainGitHub, limitMs } from './answers.ts';
import { LIMITS } from './issues.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The calls, made by the client of the host. */
export interface CheckCalls {
  runs(commit: string, page: number, signal: AbortSignal): Promise<Answer>;
  status(commit: string, signal: AbortSignal): Promise<Answer>;
  annotations(check: number, signal: AbortSignal): Promise<Answer>;
  workflowRuns(commit: string, signal: AbortSignal): Promise<Answer>;
  jobs(run: number, signal: AbortSignal): Promise<Answer>;
  rerun(run: number, signal: AbortSignal): Promise<Answer>;
  log(job: number, signal: AbortSignal): ReturnType<ReadLog>;
}

/** Of a hundred checks each. */
const PAGES = 3;
const UNSEEN = new Set([403, 404]);
const MOST_NOTES = 2000;

export function createChecks(calls: CheckCalls, where: Where): Checks {
  const listIn = (answer: Answer, name: string): readonly Fields[] => {
    if (!answer.ok) throw explainGitHub(answer.refusal, where);
    const rows: unknown = isObject(answer.data) ? answer.data[name] : answer.data;
    if (!Array.isArray(rows)) throw fail('host-garbage', { host: where.host, detail: `no list of ${name}` });
    return rows.filter(isObject);
  };
  /** What the token may not see is not there. */
  const seenIn = (answer: Answer, name: string): readonly Fields[] => {
    if (!answer.ok && limitMs(answer.refusal, where.clock()) === null && UNSEEN.has(answer.refusal.status)) return [];
    return listIn(answer, name);
  };
  const checkRuns = async (commit: string, signal: AbortSignal): Promise<readonly Fields[]> => {
    const rows: Fields[] = [];
    for (let page = 1; page <= PAGES; page++) {
      const found = seenIn(await calls.runs(commit, page, signal), 'check_runs');
      rows.push(...found);
      if (found.length < LIMITS.page) break;
    }
    return rows;
  };
  /** Runs of Actions that a red check is of. */
  const workflowsOf = async (commit: string, red: readonly CommitCheck[], signal: AbortSignal): Promise<readonly Fields[]> => {
    const suites = new Set(red.flatMap(({ id }) => /^run:\d+:(\d+)$/.exec(id)?.[1] ?? []));
    if (suites.size === 0) return [];
    return seenIn(await calls.workflowRuns(commit, signal), 'workflow_runs').filter(({ check_suite_id: suite }) =>
      suites.has(String(suite)),
    );
  };
  return {
    async of(commit, signal) {
      const runs = await checkRuns(commit, signal);
      const statuses = seenIn(await calls.status(commit, signal), 'statuses');
      return [...runs.flatMap((row) => checkOf(row) ?? []), ...statuses.flatMap((row) => statusOf(row) ?? [])];
    },
    async why(commit, check, signal) {
      const [, id] = /^run:(\d+):/.exec(check.id) ?? [];
      if (id === undefined) return { notes: check.says, log: null };
      const annotations = await calls.annotations(Number(id), signal);
      const noted = annotations.ok ? listIn(annotations, 'annotations').map(({ message }) => String(message)) : [];
      const notes = [check.says, ...noted].join('\n').slice(0, MOST_NOTES);
      for (const { id: run } of await workflowsOf(commit, [check], signal)) {
        const jobs = await calls.jobs(Number(run), signal);
        if (!jobs.ok) continue;
        const job = listIn(jobs, 'jobs').find(({ check_run_url: url }) => String(url).endsWith(`/${id}`));
        if (job !== undefined) return { notes, log: await calls.log(Number(job.id), signal) };
      }
      return { notes, log: null };
    },
    async runAgain(commit, red, signal) {
      const runs = await workflowsOf(commit, red, signal);
      if (runs.length === 0) return 'no';
      if (runs.some(({ status }) => status !== 'completed')) return 'begun';
      if (runs.some(({ run_attempt: attempt }) => Number(attempt ?? 1) > 1)) return 'was';
      for (const { id } of runs) {
        const answer = await calls.rerun(Number(id), signal);
        if (!answer.ok) return 'no';
      }
      return 'begun';
    },
  };
}

const GREEN = new Set(['success', 'neutral', 'skipped']);
/** A run that was stopped, is waited for by people, or is out of date says nothing of the code. */
const RED = new Set(['failure', 'timed_out', 'startup_failure']);

function checkOf({ id, name, status, conclusion, check_suite: suite, output }: Fields): CommitCheck | undefined {
  if (typeof id !== 'number' || typeof name !== 'string') return undefined;
  const ended = String(conclusion);
  const state = status !== 'completed' ? 'runs' : GREEN.has(ended) ? 'green' : RED.has(ended) ? 'red' : 'other';
  const { title, summary } = isObject(output) ? output : {};
  const says = [ended, title, summary].filter((part) => typeof part === 'string' && part !== '').join('\n');
  return { id: `run:${id}:${isObject(suite) ? String(suite.id) : ''}`, name, state, says: says.slice(0, MOST_NOTES) };
}

const STATE_OF: Readonly<Record<string, CommitCheck['state']>> = { success: 'green', failure: 'red', error: 'red', pending: 'runs' };

function statusOf({ id, context, state, description }: Fields): CommitCheck | undefined {
  const known = STATE_OF[String(state)];
  if (typeof context !== 'string' || known === undefined) return undefined;
  return { id: `status:${String(id)}`, name: context, state: known, says: typeof description === 'string' ? description : '' };
}
