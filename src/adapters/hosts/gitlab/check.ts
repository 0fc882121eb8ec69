// What `doctor` asks GitLab: is the token valid, has it the scope, does it see the project, may it push there.
// Changes nothing on the host.
import { isObject } from '../../../core/plain-json.ts';
import { AiOpsError, EXIT, fail, failedCheck } from '../../../errors.ts';
import type { Check } from '../../../ports.ts';
import { ARCHIVED_HINT, expiring } from '../forge/findings.ts';
import type { Where } from '../forge/refusals.ts';
import { type Answer, explainGitLab } from './answers.ts';

/** The questions, asked by the caller. */
export interface GitLabQuestions {
  user(): Promise<Answer>;
  token(): Promise<Answer>;
  project(): Promise<Answer>;
}

/** Developer: the lowest role that may push and open merge requests. */
const DEVELOPER = 30;

export async function checkGitLab(where: Where, ask: GitLabQuestions): Promise<readonly Check[]> {
  const user = await asked(ask.user, where);
  if (user instanceof AiOpsError) return [failedCheck('token', user)];
  if (!isObject(user) || typeof user.username !== 'string') {
    return [{ name: 'token', status: 'failed', detail: 'the address answered, but not as GitLab', hint: 'check codeHost.baseUrl' }];
  }
  const token: Check = { name: 'token', status: 'ok', detail: `login ${user.username}` };
  const scopes = scopeCheck(await asked(ask.token, where), where.clock());
  const project = await asked(ask.project, where);
  if (project instanceof AiOpsError) return [token, scopes, failedCheck('project', project)];
  return [token, scopes, ...projectChecks(project, where)];
}

/** Refusals and trouble become a finding; an interruption ends the check. */
async function asked(question: () => Promise<Answer>, where: Where): Promise<unknown> {
  try {
    const answer = await question();
    return answer.ok ? answer.data : explainGitLab(answer.refusal, where);
  } catch (error) {
    if (error instanceof AiOpsError && error.code !== 'interrupted') return error;
    throw error;
  }
}

function scopeCheck(data: unknown, now: Date): Check {
  // An OAuth token cannot be asked for itself.
  if (!isObject(data) || !Array.isArray(data.scopes))
    return { name: 'scopes', status: 'warning', detail: 'the scopes of this token cannot be read' };
  const detail = data.scopes.join(', ');
  const found: Check = data.scopes.includes('api')
    ? { name: 'scopes', status: 'ok', detail }
    : { name: 'scopes', status: 'failed', exitCode: EXIT.auth, detail, hint: 'make a token with the scope api' };
  return expiring(found, data.expires_at, now);
}

function projectChecks(data: unknown, where: Where): readonly Check[] {
  if (!isObject(data) || typeof data.path_with_namespace !== 'string') {
    return [failedCheck('project', fail('host-garbage', { host: where.host, detail: 'not a project' }))];
  }
  const { path_with_namespace: name, archived, default_branch: branch } = data;
  const level = accessLevel(data.permissions);
  // A number is the same project under whatever name.
  const moved = !/^\d+$/.test(where.project) && name.toLowerCase() !== where.project.toLowerCase();
  return [
    moved
      ? { name: 'project', status: 'failed', detail: `${where.project} is now ${name}`, hint: `set codeHost.project to ${name}` }
      : archived === true
        ? { name: 'project', status: 'failed', exitCode: EXIT.auth, detail: `${name} is archived`, hint: ARCHIVED_HINT }
        : { name: 'project', status: 'ok', detail: name },
    level >= DEVELOPER
      ? { name: 'push right', status: 'ok', detail: `access level ${level}` }
      : {
          name: 'push right',
          status: 'failed',
          exitCode: EXIT.auth,
          detail: `access level ${level} is below Developer (30)`,
          hint: `give the token the role Developer on ${name}`,
        },
    { name: 'default branch', status: 'ok', detail: String(branch) },
  ];
}

function accessLevel(permissions: unknown): number {
  if (!isObject(permissions)) return 0;
  const levels = [permissions.project_access, permissions.group_access].map((access) =>
    isObject(access) ? Number(access.access_level) : 0,
  );
  return Math.max(0, ...levels);
}
