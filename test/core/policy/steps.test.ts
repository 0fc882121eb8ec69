import type { StepName, Trace } from '../../../src/core/model.ts';
import {
  asksClaude,
  goesOnByItself,
  isBefore,
  MAX_RESUMES,
  resumability,
  resumePoint,
  STEP_ORDER,
} from '../../../src/core/policy/steps.ts';

const upTo = (step: StepName): readonly StepName[] => STEP_ORDER.slice(0, STEP_ORDER.indexOf(step) + 1);

interface Row {
  readonly name: string;
  /** The last step that ended well. */
  readonly last: StepName | null;
  /** Of what has ended, this was not kept. */
  readonly lost?: readonly StepName[];
  readonly expected: StepName | null;
}

const ROWS: readonly Row[] = [
  { name: 'nothing has ended', last: null, expected: 'claim' },
  ...STEP_ORDER.slice(0, -1).map((last, at) => ({ name: `${last} has ended`, last, expected: STEP_ORDER[at + 1] as StepName })),
  { name: 'everything has ended', last: 'notify', expected: null },
  { name: 'the answer is lost before the guard has seen it', last: 'fix', lost: ['fix'], expected: 'fix' },
  { name: 'the answer is lost before the commit', last: 'verify', lost: ['fix'], expected: 'fix' },
  { name: 'the answer is lost after the commit', last: 'commit', lost: ['fix', 'guard'], expected: 'push' },
  { name: 'the change set is lost before the commit', last: 'verify', lost: ['guard'], expected: 'guard' },
  { name: 'answer and change set are lost before the commit', last: 'verify', lost: ['fix', 'guard'], expected: 'fix' },
  { name: 'the baseline is lost before the proof', last: 'guard', lost: ['baseline'], expected: 'baseline' },
  { name: 'the baseline is lost after the proof', last: 'verify', lost: ['baseline'], expected: 'commit' },
  { name: 'the files of the prompt are lost after the answer', last: 'fix', lost: ['context'], expected: 'guard' },
  { name: 'the files of the prompt are lost, and the answer is', last: 'verify', lost: ['context', 'fix'], expected: 'context' },
  { name: 'the base is lost', last: 'push', lost: ['checkout'], expected: 'checkout' },
  { name: 'the commit is lost', last: 'push', lost: ['commit'], expected: 'commit' },
  { name: 'commit and answer are lost', last: 'request', lost: ['commit', 'fix'], expected: 'fix' },
  { name: 'what is to be proposed is lost', last: 'push', lost: ['push'], expected: 'push' },
  { name: 'it is lost after the request', last: 'request', lost: ['push'], expected: 'notify' },
  { name: 'what nobody needs is lost', last: 'push', lost: ['claim'], expected: 'request' },
  { name: 'everything is lost when only the ending is missing', last: 'notify', lost: STEP_ORDER, expected: null },
];

test.each(ROWS)('goes on where it must: $name', ({ last, lost = [], expected }) => {
  const ended = new Set(last === null ? [] : upTo(last));
  expect(resumePoint(ended, new Set([...ended].filter((step) => !lost.includes(step))))).toBe(expected);
});

test.each([
  ['fix', null, true],
  ['fix', 'guard', true],
  ['fix', 'fix', false],
  ['guard', 'fix', false],
] as const)('%s is before %s: %s', (step, point, expected) => expect(isBefore(step, point)).toBe(expected));

test.each([
  ['claim', true],
  ['fix', true],
  ['guard', false],
  [null, false],
] as const)('going on at %s asks Claude: %s', (point, expected) => expect(asksClaude(point)).toBe(expected));

const FIXED_STEP: Trace['steps'] = [{ name: 'fix', startedAt: '', endedAt: '', durationMs: 1, outcome: 'ok', summary: '' }];

test.each<[string, Partial<Trace>, ReturnType<typeof resumability>, boolean]>([
  ['it runs', { state: 'running' }, 'running', false],
  ['it was proposed', { state: 'proposed' }, 'over', false],
  ['it was skipped', { state: 'skipped', code: 'policy-skip' }, 'over', false],
  ['it was refused', { state: 'refused', code: 'answer-outside', steps: FIXED_STEP }, 'new-answer', false],
  ['it failed by its answer', { state: 'failed', code: 'answer-empty', steps: FIXED_STEP }, 'new-answer', false],
  ['it failed before Claude has answered', { state: 'failed', code: 'claude-auth' }, 'can-go-on', false],
  ['it failed after Claude has answered', { state: 'failed', code: 'host-auth', steps: FIXED_STEP }, 'can-go-on', true],
  ['the store has lost its commit', { state: 'failed', code: 'store-damaged', steps: FIXED_STEP }, 'can-go-on', false],
  ['it was cut off', { state: 'interrupted', code: 'interrupted' }, 'can-go-on', true],
  ['it was cut off again and again', { state: 'interrupted', resumes: MAX_RESUMES }, 'can-go-on', false],
])('%s', (_name, fields, kind, alone) => {
  const trace = { state: 'running', code: null, steps: [], ...fields } as const;
  expect([resumability(trace), goesOnByItself(trace)]).toEqual([kind, alone]);
});
