// Where a repair that has not ended goes on: at the first step that did not end, or at an earlier one whose result is
// needed again and was not kept. Pure; what was kept is in the ledger.
import type { StepName, Trace } from '../model.ts';

/** The steps of a repair, in order. */
export const STEP_ORDER: readonly StepName[] = [
  'claim',
  'checkout',
  'context',
  'baseline',
  'fix',
  'guard',
  'verify',
  'commit',
  'push',
  'request',
  'notify',
];

/** The last step that works with what a step has found; a step without an entry gives nothing to the others. */
const NEEDED_UNTIL: { readonly [step in StepName]?: StepName } = {
  checkout: 'notify',
  context: 'fix',
  baseline: 'verify',
  fix: 'commit',
  guard: 'commit',
  verify: 'commit',
  commit: 'notify',
  request: 'notify',
};

/**
 * @param ended steps that ended well
 * @param kept those of them whose result is there
 * @returns `null` when every step has ended
 * @example resumePoint(new Set(['claim', 'checkout']), new Set(['claim', 'checkout'])) // 'context'
 */
export function resumePoint(ended: ReadonlySet<StepName>, kept: ReadonlySet<StepName>): StepName | null {
  const unended = STEP_ORDER.findIndex((step) => !ended.has(step));
  let point = unended < 0 ? STEP_ORDER.length : unended;
  for (let at = point - 1; at >= 0; at -= 1) {
    const step = STEP_ORDER[at] as StepName;
    const until = NEEDED_UNTIL[step];
    if (!kept.has(step) && until !== undefined && STEP_ORDER.indexOf(until) >= point) point = at;
  }
  return STEP_ORDER[point] ?? null;
}

/** Whether `step` comes before `point`; everything does where there is none. */
export function isBefore(step: StepName, point: StepName | null): boolean {
  return point === null || STEP_ORDER.indexOf(step) < STEP_ORDER.indexOf(point);
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
  if (state === 'running') return 'running';
  if (state === 'refused' || (state === 'failed' && code !== null && ANSWERED_BADLY.has(code))) return 'new-answer';
  return state === 'failed' || state === 'interrupted' ? 'can-go-on' : 'over';
}

/** Whether the next repair of its fingerprint continues this trace unasked: it was cut off, or it failed after Claude was paid. */
export function goesOnByItself(trace: Pick<Trace, 'state' | 'code' | 'steps' | 'resumes'>): boolean {
  if (resumability(trace) !== 'can-go-on') return false;
  if (trace.state === 'interrupted') return (trace.resumes ?? 0) < MAX_RESUMES;
  // What was made is not in the store any more: it has to be made anew.
  if (trace.code === 'store-damaged') return false;
  return trace.steps.some(({ name, outcome }) => name === 'fix' && outcome === 'ok');
}

/** Whether going on means that Claude is asked. */
export function asksClaude(point: StepName | null): boolean {
  return point !== null && STEP_ORDER.indexOf(point) <= STEP_ORDER.indexOf('fix');
}
