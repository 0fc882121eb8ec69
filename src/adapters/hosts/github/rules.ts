// The rules of GitHub that ask something of a branch and its commits, read from its answers (docs: REST "rules"). A rule that
// the user of the token may bypass is none.
import { isObject } from '../../../core/plain-json.ts';
import type { FormPattern, FormRule } from '../../../core/policy/form-rules.ts';
import type { Answer } from './answers.ts';

/** The two questions, asked by the caller. */
export interface RuleQuestions {
  rules(): Promise<Answer>;
  ruleset(id: number): Promise<Answer>;
}

const PATTERNS = {
  branch_name_pattern: 'branch',
  commit_message_pattern: 'message',
  commit_author_email_pattern: 'author',
  committer_email_pattern: 'committer',
} as const;

const PLAIN = { creation: 'creation', required_signatures: 'signature' } as const;
const OPERATORS = new Set<unknown>(['regex', 'starts_with', 'ends_with', 'contains']);

/** Nothing where the token may not see them, or the server knows none. */
export async function readRules(ask: RuleQuestions): Promise<readonly FormRule[]> {
  const answer = await ask.rules();
  if (!answer.ok || !Array.isArray(answer.data)) return [];
  const bypassed = new Map<number, boolean>();
  const rules: FormRule[] = [];
  for (const row of answer.data) {
    const found = ruleOf(row);
    if (found === undefined) continue;
    const id = isObject(row) && typeof row.ruleset_id === 'number' ? row.ruleset_id : undefined;
    if (id !== undefined && !bypassed.has(id)) bypassed.set(id, mayBypass(await ask.ruleset(id)));
    if (id === undefined || bypassed.get(id) !== true) rules.push(found);
  }
  return rules;
}

function ruleOf(row: unknown): FormRule | undefined {
  if (!isObject(row)) return undefined;
  const type = String(row.type);
  if (Object.hasOwn(PLAIN, type)) return { kind: PLAIN[type as keyof typeof PLAIN] };
  if (!Object.hasOwn(PATTERNS, type)) return undefined;
  const pattern = patternOf(row.parameters);
  return pattern && { kind: PATTERNS[type as keyof typeof PATTERNS], pattern };
}

function patternOf(parameters: unknown): FormPattern | undefined {
  if (!isObject(parameters) || typeof parameters.pattern !== 'string' || !OPERATORS.has(parameters.operator)) return undefined;
  return { operator: parameters.operator as FormPattern['operator'], text: parameters.pattern, isNegated: parameters.negate === true };
}

function mayBypass(answer: Answer): boolean {
  if (!answer.ok || !isObject(answer.data)) return false;
  return answer.data.current_user_can_bypass === 'always' || answer.data.current_user_can_bypass === 'exempt';
}
