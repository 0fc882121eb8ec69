import { type IssueFacts, issueLifecycle, type StandingIssue } from '../../../src/core/policy/issue-lifecycle.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const DAY = 86_400;
const QUIET: IssueFacts = { isOpen: true, isOver: false, count: 4, spanMs: 0, heardMs: 0 };
const SEQUEL = { since: '2026-02-01T12:00:00.000Z', counted: 4, told: 4 } as const;
const OPEN: StandingIssue = { state: 'issued', outcome: 'issued', sequel: SEQUEL };
const OVER: StandingIssue = { state: 'confirmed', outcome: 'issued', sequel: { ...SEQUEL, quietMs: DAY * 1000 } };

test.each<[name: string, before: StandingIssue, facts: Partial<IssueFacts>, expected: string]>([
  ['nothing new', OPEN, {}, 'issued'],
  ['declined, nothing new', { ...OPEN, state: 'declined', outcome: 'declined' }, {}, 'declined'],
  ['a few more', OPEN, { count: 7 }, 'issued'],
  ['twice as many as it speaks of', OPEN, { count: 8 }, 'issued seen'],
  ['a thousand', OPEN, { count: 1000 }, 'issued seen'],
  ['met on another box: that one writes', { ...OPEN, outcome: 'skipped' }, { count: 1000 }, 'issued'],
  ['silent for long', OPEN, { heardMs: DAY * 1000 }, 'confirmed close'],
  ['silent, not for long enough', OPEN, { heardMs: DAY * 999 }, 'issued'],
  ['silent for a day, but it comes once a week', OPEN, { heardMs: DAY * 1000, spanMs: 21 * DAY * 1000 }, 'issued'],
  ['silent for three of its weeks', OPEN, { heardMs: 21 * DAY * 1000, spanMs: 21 * DAY * 1000 }, 'confirmed close'],
  ['seen a moment ago: the silence before says nothing', { ...OPEN, sequel: { ...SEQUEL, quietMs: DAY * 2000 } }, { count: 5 }, 'issued'],
  ['silent on a box that only met it', { ...OPEN, outcome: 'skipped' }, { heardMs: DAY * 2000 }, 'issued'],
  ['closed by a person', OPEN, { isOpen: false }, 'closed'],
  ['closed by a person, and seen again: silent for ever', { ...OPEN, state: 'closed' }, { isOpen: false, count: 900 }, 'closed'],
  ['closed by an ai-ops, of this box or another', OPEN, { isOpen: false, isOver: true }, 'confirmed'],
  ['gone, and still gone', OVER, { isOpen: false, isOver: true }, 'confirmed'],
  ['gone, and back', OVER, { isOpen: false, isOver: true, count: 5 }, 'issued reopen'],
  ['opened again by a person after they closed it', { ...OPEN, state: 'closed' }, {}, 'issued seen kept'],
  ['opened again by a person after it was gone', OVER, { isOver: true }, 'issued seen kept'],
  ['kept open by a person: not closed again', { ...OPEN, sequel: { ...SEQUEL, isKept: true } }, { heardMs: DAY * 9000 }, 'issued kept'],
  ['never looked at before', { state: 'issued', outcome: 'issued' }, { count: 90 }, 'issued'],
])('%s', (_name, before, facts, expected) => {
  const { state, write, sequel } = issueLifecycle(before, { ...QUIET, ...facts }, DAY, NOW);
  expect([state, write, sequel.isKept ? 'kept' : null].filter(Boolean).join(' ')).toBe(expected);
});

test('a thousand repeats are ten writes', () => {
  let standing = OPEN;
  let writes = 0;
  for (let count = 1; count <= 1000; count += 1) {
    const now = issueLifecycle({ ...standing, sequel: standing.sequel ?? SEQUEL }, { ...QUIET, count }, DAY, NOW);
    if (now.write !== null) writes += 1;
    standing = { ...standing, state: now.state, sequel: now.sequel };
  }
  expect(writes).toBeLessThanOrEqual(10);
  expect(standing.sequel?.told).toBeGreaterThan(500);
});
