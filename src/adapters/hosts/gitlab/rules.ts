// The rules of GitLab that ask something of a branch and its commits: push rules (docs: "Project push rules API") and protected
// branches that nobody may push to. Whoever else may not push to one is told by the try of its name.
import { isObject } from '../../../core/plain-json.ts';
import type { FormRule } from '../../../core/policy/form-rules.ts';
import type { Answer } from './answers.ts';

/** The two questions, asked by the caller. */
export interface RuleQuestions {
  pushRule(): Promise<Answer>;
  protectedBranches(): Promise<Answer>;
}

/** Nothing where the token may not see them, or the edition has none. */
export async function readRules(branch: string, ask: RuleQuestions): Promise<readonly FormRule[]> {
  const [rule, names] = [await ask.pushRule(), await ask.protectedBranches()];
  const isShut = names.ok && Array.isArray(names.data) && names.data.some((row) => isShutFor(branch, row));
  return [...(rule.ok && isObject(rule.data) ? pushRules(rule.data) : []), ...(isShut ? [{ kind: 'creation' } as const] : [])];
}

function pushRules(rule: Readonly<Record<string, unknown>>): readonly FormRule[] {
  const matching = (kind: 'branch' | 'message' | 'author' | 'committer', text: unknown, isNegated = false): readonly FormRule[] =>
    typeof text === 'string' && text !== '' ? [{ kind, pattern: { operator: 'regex', text, isNegated } }] : [];
  return [
    ...matching('branch', rule.branch_name_regex),
    ...matching('message', rule.commit_message_regex),
    ...matching('message', rule.commit_message_negative_regex, true),
    // It is held against both.
    ...matching('author', rule.author_email_regex),
    ...matching('committer', rule.author_email_regex),
    ...(rule.reject_unsigned_commits === true ? [{ kind: 'signature' } as const] : []),
    ...(rule.reject_non_dco_commits === true ? [{ kind: 'signoff' } as const] : []),
  ];
}

/** Access level of "no one". */
const NOBODY = 0;

function isShutFor(branch: string, row: unknown): boolean {
  if (!isObject(row) || typeof row.name !== 'string' || !Array.isArray(row.push_access_levels)) return false;
  const levels: readonly unknown[] = row.push_access_levels;
  const isNobodys = levels.length > 0 && levels.every((level) => isObject(level) && level.access_level === NOBODY);
  return isNobodys && wildcard(row.name).test(branch);
}

/** `*` stands for any text, slashes too. */
function wildcard(name: string): RegExp {
  return new RegExp(`^${name.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 's');
}
