// One more answer where the first cannot stand and Claude could mend it, told what was wrong, within the repair's budget.
// Never for what looks like an attack: a path that leads out of the repository, a secret, a program or a host.
import { parseAnswer } from '../../core/answer/parse.ts';
import { failureWords } from '../../core/proof/failures.ts';
import { type AiOpsError, asAiOpsError, type ErrorCode } from '../../errors.ts';
import type { Refused } from '../repair/handed-on.ts';
import type { Job } from '../repair/job.ts';
import type { Facts } from '../repair/step.ts';

const MENDABLE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'answer-empty',
  'answer-unusable',
  'guard-refused',
  'guard-patch-only',
  'proof-refused',
  'test-reproduces',
  'test-shows-nothing',
]);

/** What reaches outside, or hides what it is, looks like an attack; a suspicious log is not the answer's to mend. */
const NEVER_AGAIN: ReadonlySet<string> = new Set([
  'secret',
  'outside',
  'test-reaches',
  'new-host',
  'runs-code',
  'encoded-blob',
  'suspicious-log',
]);

/**
 * Runs `round` until its answer stands, or none may be asked for any more.
 * @throws AiOpsError what the last round threw
 */
export async function answered<T>(
  job: Pick<Job, 'settings' | 'ports'>,
  facts: () => Facts,
  round: (refused?: Refused) => Promise<T>,
): Promise<T> {
  let refused: Refused | undefined;
  for (;;) {
    try {
      return await round(refused);
    } catch (thrown) {
      refused = refusal(job, facts(), asAiOpsError(thrown), refused);
      if (refused === undefined) throw thrown;
    }
  }
}

/** `undefined` where it ends here. */
function refusal(
  { settings, ports }: Pick<Job, 'settings' | 'ports'>,
  facts: Facts,
  error: AiOpsError,
  before: Refused | undefined,
): Refused | undefined {
  const { answers = 1, costUsd, guard = [], summary = '', diff = '', proof } = facts;
  const { maxRetries, maxBudgetUsd, testFirst = false } = settings;
  const isReproduced = error.code === 'test-reproduces' || before?.isReproduced === true;
  // The test was an answer of its own: what comes of the fix is counted from there.
  const own = testFirst && error.code !== 'test-shows-nothing' ? 1 : 0;
  const left = maxBudgetUsd - (costUsd ?? 0);
  if (!MENDABLE.has(error.code) || answers > maxRetries + own || left < maxBudgetUsd / 2) return undefined;
  if (guard.some(({ rule, verdict }) => verdict !== 'draft' && NEVER_AGAIN.has(rule))) return undefined;
  return {
    reason: ports.redact(error.message),
    output: failureWords(proof?.output ?? ''),
    // Where the diff says what was changed, whole files say it twice.
    words: ports.redact(diff === '' ? summary : parseAnswer(summary).summary),
    diff,
    answers,
    ...(isReproduced ? { isReproduced } : {}),
    budgetUsd: Number(left.toFixed(4)),
  };
}
