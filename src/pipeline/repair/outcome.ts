// How a repair ended, made of its facts and of the error that ended it: the outcome that is stored, and the state of its trace.

import { defined } from '../../core/defined.ts';
import type { Outcome, OutcomeKind, TraceState } from '../../core/model.ts';
import { resumability } from '../../core/policy/steps.ts';
import { type AiOpsError, EXIT, isOfMachine } from '../../errors.ts';
import type { Job } from './job.ts';
import type { Facts } from './step.ts';

/** @param error what ended it; `undefined` where it came to its end */
export function conclude(
  job: Job,
  facts: Facts,
  error: AiOpsError | undefined,
  durationMs: number,
): { outcome: Outcome; state: TraceState } {
  const kind = outcomeOf(error);
  const outcome: Outcome = {
    trace: job.trace,
    fingerprint: job.incident.fingerprint,
    ...defined({ repository: job.incident.repository }),
    outcome: kind,
    reason: job.ports.redact(error ? error.message : proposedReason(facts, job.follows !== undefined)),
    code: error?.code ?? null,
    ...defined({ hint: error && hintOf(job.trace, kind, error) }),
    branch: facts.branch ?? null,
    commit: facts.commit ?? null,
    request: facts.request ?? null,
    issue: facts.issue ?? null,
    proof: facts.proof ?? null,
    files: facts.files ?? [],
    guard: facts.guard ?? [],
    costUsd: facts.costUsd ?? null,
    turns: facts.turns ?? null,
    durationMs,
    modelMs: facts.modelMs ?? null,
    ...defined({ withheld: facts.withheld, until: facts.until }),
    ...(error && kind === 'failed' && (facts.costUsd ?? 0) === 0 && isOfMachine(error) ? { ofMachine: true as const } : {}),
  };
  return { outcome, state: job.follows !== undefined && kind === 'skipped' ? 'skipped' : stateOf(kind, error, facts) };
}

/** What failed on the way goes on where it stopped: whoever reads the hint need not know that. */
function hintOf(trace: string, kind: OutcomeKind, { code, hint }: AiOpsError): string {
  const goesOn = kind === 'failed' && !NO_RETRY.has(code) && resumability({ state: 'failed', code }) === 'can-go-on';
  return `${hint.replaceAll('{trace}', trace)}${goesOn ? `; \`ai-ops retry ${trace}\` goes on where it stopped` : ''}`;
}

/** It says itself how to go on, or what was made is gone. */
const NO_RETRY: ReadonlySet<string> = new Set(['interrupted', 'store-damaged', 'bug']);

/** What an ending is called. */
export function outcomeOf(error: AiOpsError | undefined): OutcomeKind {
  if (!error) return 'proposed';
  if (error.code === 'answer-declined') return 'declined';
  if (error.code === 'issue-opened') return 'issued';
  if (error.exitCode === EXIT.refused) return 'refused';
  return error.exitCode === EXIT.done ? 'skipped' : 'failed';
}

/** A repair that was skipped because of a request takes that request's state. */
function stateOf(kind: OutcomeKind, error: AiOpsError | undefined, facts: Facts): TraceState {
  if (error?.code === 'interrupted') return 'interrupted';
  if (kind === 'skipped' && facts.issue) return facts.issue.state === 'closed' ? 'closed' : 'issued';
  // It was opened, and a person had closed it before: it stays closed.
  if ((kind === 'issued' || kind === 'declined') && facts.issue?.state === 'closed') return 'closed';
  if (kind !== 'skipped' || !facts.request) return kind;
  return facts.request.state === 'merged' || facts.request.state === 'closed' ? facts.request.state : 'proposed';
}

function proposedReason(facts: Facts, isAnswer: boolean): string {
  if (isAnswer) return `answered on the request with one more commit${facts.proof?.level ? `; proof ${facts.proof.level}` : ''}`;
  if (facts.joins)
    return `joined the request of another bug, whose fix changes the same lines${facts.proof?.level ? `; proof ${facts.proof.level}` : ''}`;
  return facts.proof?.level ? `proposed with proof ${facts.proof.level}` : 'proposed without proof';
}
