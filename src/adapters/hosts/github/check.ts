// What `doctor` asks GitHub: is the token valid, does it see the project, may it open requests there.
// Changes nothing on the host.
import { isObject } from '../../../core/plain-json.ts';
import { AiOpsError, EXIT, fail, failedCheck } from '../../../errors.ts';
import type { Check } from '../../../ports.ts';
import { ARCHIVED_HINT, expiring } from '../forge/findings.ts';
import type { Refusal, Where } from '../forge/refusals.ts';
import { type Answer, explainGitHub } from './answers.ts';

/** The two questions, asked by the caller. */
export interface GitHubQuestions {
  user(): Promise<Answer>;
  project(): Promise<Answer>;
}

export async function checkGitHub(where: Where, ask: GitHubQuestions): Promise<readonly Check[]> {
  const user = await asked(ask.user);
  if (user instanceof AiOpsError) return [failedCheck('token', user)];
  const token = user.ok ? tokenCheck(user.data, user.headers, where.clock()) : tokenRefused(user.refusal, where);
  if (token.status === 'failed') return [token];
  const project = await asked(ask.project);
  if (project instanceof AiOpsError) return [token, failedCheck('project', project)];
  if (!project.ok) return [token, failedCheck('project', explainGitHub(project.refusal, where))];
  return [token, ...projectChecks(project.data, where)];
}

/** Trouble becomes a finding; an interruption ends the check. */
async function asked(question: () => Promise<Answer>): Promise<Answer | AiOpsError> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof AiOpsError && error.code !== 'interrupted') return error;
    throw error;
  }
}

function tokenCheck(data: unknown, headers: Refusal['headers'], now: Date): Check {
  if (!isObject(data) || typeof data.login !== 'string') {
    return { name: 'token', status: 'failed', detail: 'the address answered, but not as GitHub', hint: 'check codeHost.baseUrl' };
  }
  const scopes = headers['x-oauth-scopes'];
  const rights = scopes === undefined ? 'fine-grained: rights are per repository' : `scopes ${scopes || 'none'}`;
  const detail = `login ${data.login}, ${rights}`;
  const enough = ['repo', 'public_repo'].some((scope) => String(scopes).split(/,\s*/).includes(scope));
  if (scopes !== undefined && !enough) return { name: 'token', status: 'warning', detail, hint: 'give the token the scope repo' };
  return expiring({ name: 'token', status: 'ok', detail }, headers['github-authentication-token-expiration'], now);
}

/** The token of a workflow is no user: GitHub answers 403 here, and the token may still open requests. */
function tokenRefused(refusal: Refusal, where: Where): Check {
  const error = explainGitHub(refusal, where);
  if (error.code !== 'host-forbidden') return failedCheck('token', error);
  return {
    name: 'token',
    status: 'warning',
    detail: error.message,
    hint: 'a workflow token: give its job `contents: write`, `pull-requests: write` and `issues: write`',
  };
}

function projectChecks(data: unknown, where: Where): readonly Check[] {
  if (!isObject(data) || typeof data.full_name !== 'string') {
    return [failedCheck('project', fail('host-garbage', { host: where.host, detail: 'not a repository' }))];
  }
  const { full_name: name, permissions, archived, default_branch: branch } = data;
  const moved = name.toLowerCase() !== where.project.toLowerCase();
  const mayPush = isObject(permissions) && permissions.push === true;
  return [
    moved
      ? { name: 'project', status: 'warning', detail: `${where.project} is now ${name}`, hint: `set codeHost.project to ${name}` }
      : archived === true
        ? { name: 'project', status: 'failed', exitCode: EXIT.auth, detail: `${name} is archived`, hint: ARCHIVED_HINT }
        : { name: 'project', status: 'ok', detail: name },
    mayPush
      ? { name: 'push right', status: 'ok', detail: 'the token may push' }
      : {
          name: 'push right',
          status: 'failed',
          exitCode: EXIT.auth,
          detail: `the token may read ${name} but not push`,
          hint: 'grant contents: write, pull_requests: write and issues: write (fine-grained), or the scope repo (classic)',
        },
    { name: 'default branch', status: 'ok', detail: String(branch) },
  ];
}
