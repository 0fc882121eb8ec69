// Against what `watch` does with an incident in each state; how it decides is in `decide.test.ts`.
import { isSwept, isUndecided, reopens, SWEPT_STATES, stateAfter } from '../../../src/core/policy/incident-states.ts';
import { INCIDENT_STATES } from '../../../src/core/tables.ts';

test('a new sighting brings back what nobody works on and nobody has answered', () => {
  expect(INCIDENT_STATES.filter(reopens).sort()).toEqual(['failed', 'new', 'regressed', 'skipped', 'waiting']);
});

test('what waits is judged again, and what is new until a reason was written', () => {
  expect([...SWEPT_STATES].sort()).toEqual(['new', 'regressed', 'waiting']);
  const swept = (reason: string | null) => INCIDENT_STATES.filter((state) => isSwept({ state, reason })).sort();
  expect(swept(null)).toEqual(['new', 'regressed', 'waiting']);
  expect(swept('below-min-count')).toEqual(['regressed', 'waiting']);
});

test('a dry run writes nothing over how a repair ended', () => {
  expect(INCIDENT_STATES.filter(isUndecided).sort()).toEqual(['new', 'skipped', 'waiting']);
});

test.each([
  ['wait', 'new', 'waiting'],
  ['wait', 'failed', 'waiting'],
  ['wait', 'regressed', 'regressed'],
  ['wait', 'repairing', 'repairing'],
  ['skip', 'new', 'skipped'],
  ['skip', 'waiting', 'skipped'],
  ['skip', 'failed', 'failed'],
  ['skip', 'merged', 'merged'],
] as const)('after a decision to %s, %s becomes %s', (decision, state, expected) => {
  expect(stateAfter(decision, state)).toBe(expected);
});
