import type { ProofLevel, Verdict } from '../../../src/core/model.ts';
import { belowOpenAt, type OpenAt } from '../../../src/core/policy/open-at.ts';

const HIDES: Verdict = { rule: 'swallowed-error', verdict: 'draft', detail: 'a default value' };
const OTHER: Verdict = { rule: 'package-entry', verdict: 'draft', detail: 'x' };

test.each<[name: string, openAt: OpenAt, level: ProofLevel | null, hasTests: boolean, guard: readonly Verdict[], expected: string]>([
  ['tests are known and pass', 'auto', 'L2', true, [], 'proposed'],
  ['tests are known, and only the checks pass', 'auto', 'L1', true, [], 'level L2'],
  ['tests are known, and nothing could be shown', 'auto', null, true, [], 'level L2'],
  ['the repository has none', 'auto', 'L0', false, [], 'proposed'],
  ['it has none, and no parser either', 'auto', null, false, [], 'proposed'],
  ['the error is only hidden, and the tests pass', 'auto', 'L2', true, [HIDES], 'hides L3'],
  ['the error is only hidden, in a small project', 'auto', 'L0', false, [HIDES], 'hides L3'],
  ['a test shows that it is more than hidden', 'auto', 'L3', true, [HIDES], 'proposed'],
  ['another objection', 'auto', 'L2', true, [OTHER], 'proposed'],
  ['what was allowed is no objection', 'auto', 'L2', true, [{ ...HIDES, verdict: 'allow' }], 'proposed'],
  ['a person asks for more', 'L4', 'L3', true, [], 'level L4'],
  ['a person asks for more where there are no tests', 'L1', 'L0', false, [], 'level L1'],
  ['a person asks for less', 'L0', 'L0', true, [HIDES], 'proposed'],
  ['even L0 is not shown', 'L0', null, true, [], 'level L0'],
])('%s', (_name, openAt, level, hasTests, guard, expected) => {
  const below = belowOpenAt(openAt, { level, guard, hasTests });
  expect(below ? `${below.why} ${below.wanted}` : 'proposed').toBe(expected);
});

test.each<[name: string, openAt: OpenAt, guard: readonly Verdict[], expected: string]>([
  ['the tests were red before, and those of the change alone show the error', 'auto', [], 'proposed'],
  ['and the error is only hidden', 'auto', [HIDES], 'hides L3'],
  ['and a person asks for more', 'L2', [], 'level L2'],
])('%s', (_name, openAt, guard, expected) => {
  const below = belowOpenAt(openAt, { level: 'L0', guard, hasTests: true, isShownAlone: true });
  expect(below ? `${below.why} ${below.wanted}` : 'proposed').toBe(expected);
});
