// Where a repair that has not ended goes on: at the first step that did not end, or at an earlier one whose result is
// needed again and was not kept. Pure; what was kept is in the ledger.
import type { Trace } from '../model.ts';
import { assertNever } from '../never.ts';
import { STEPS, type StepName } from '../tables.ts';

/** The steps of a repair, in order. */
export const STEP_ORDER: readonly StepName[] = STEPS.map(({ name }) => name);

/**
 * @param ended steps that ended well
 * @param kept those of them whose result is there
 * @returns `null` when every step has ended
 * @example resumePoint(new Set(['claim', 'checkout']), new Set(['claim', 'checkout'])) // 'context'
 */
export function resumePoint(ended: ReadonlySet<StepName>, kept: ReadonlySet<StepName>): StepName | null {
  const unended = STEP_ORDER.findIndex((step) => !ended.has(step));
  let point = unended < 0 ? STEP_ORDER.length : unended;
  for (const { name, neededUntil } of STEPS.slice(0, point).reverse()) {
    if (!kept.has(name) && neededUntil !== null && placeOf(neededUntil) >= point) point = placeOf(name);
  }
  return STEP_ORDER[point] ?? null;
}

/** Whether `step` comes before `point`; everything does where there is none. */
export function isBefore(step: StepName, point: StepName | null): boolean {
  return point === null || placeOf(step) < placeOf(point);
}

function placeOf(step: StepName): number {
  return STEP_ORDER.indexOf(step);
}

/** Codes that say something of the answer itself: the same answer would end so again. */
const ANSWERED_BADLY: ReadonlySet<string> = new Set([
  'guard-refused',
  'guard-patch-only',
  'proof-refused',
  'answer-outside',
  'answer-empty',
  'answer-unusable',
  'change-unsafe',
]);

/** A repair that begins again this often without coming to its end is not continued by itself any more. */
export const MAX_RESUMES = 3;

/** What may be done with a trace: it is over, it needs another answer, or it can go on. */
export function resumability({ state, code }: Pick<Trace, 'state' | 'code'>): 'running' | 'over' | 'new-answer' | 'can-go-on' {
  switch (state) {
    case 'running':
      return 'running';
    case 'refused':
      return 'new-answer';
    case 'failed':
      return code !== null && ANSWERED_BADLY.has(code) ? 'new-answer' : 'can-go-on';
    case 'interrupted':
      return 'can-go-on';
    case 'proposed':
    case 'issued':
    case 'declined':
    case 'merged':
    case 'closed':
    case 'confirmed':
    case 'regressed':
    case 'skipped':
      return 'over';
    default:
      return assertNever(state);
  }
}

/** Whether the next repair of its fingerprint continues this trace unasked: it was cut off, or it failed after Claude was paid. */
export function goesOnByItself(trace: Pick<Trace, 'state' | 'code' | 'steps' | 'resumes'>): boolean {
  if (resumability(trace) !== 'can-go-on') return false;
  if (trace.state === 'interrupted') return (trace.resumes ?? 0) < MAX_RESUMES;
  // What was made is not in the store any more: it has to be made anew.
  if (trace.code === 'store-damaged') return false;
  return trace.steps.some(({ name, outcome }) => outcome === 'ok' && PAID.has(name));
}

/** Steps that cost money. */
const PAID: ReadonlySet<StepName> = new Set(STEPS.flatMap((step) => (step.asksClaude ? [step.name] : [])));

/** Whether going on means that Claude is asked. */
export function asksClaude(point: StepName | null): boolean {
  return point !== null && STEPS.slice(placeOf(point)).some((step) => step.asksClaude);
}
