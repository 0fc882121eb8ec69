import { isOver, issueBody, issueTitle, withinTheirs, withStanding } from '../../../src/core/texts/issue.ts';
import { isMarkedFor } from '../../../src/core/texts/joined-request.ts';
import { INCIDENT, PROPOSAL } from '../../support/incidents.ts';

const BELOW = { kind: 'below', why: 'level', wanted: 'L2', level: 'L1' } as const;
const BODY = issueBody({ proposal: PROPOSAL, cause: BELOW, patch: 'From abc\n+mended\n' });

test('what, how often, where, what was tried and why it is not proposed, the words, the patch; the rest folded away', () => {
  const order = [
    ' failed 3 times since ',
    'Seen ',
    '## Why there is no request',
    '## What was shown of the fix: L2',
    '## Where',
    '## What changed',
    'No rule of the guard objects',
    '## What Claude',
    '+mended',
    '<details><summary>Facts',
    'ai-ops:end',
  ];
  const places = order.map((each) => BODY.indexOf(each));
  expect(places).toEqual([...places].sort((one, other) => one - other));
  expect(places.every((at) => at >= 0)).toBe(true);
  expect(BODY).toContain('Shown of the fix is L1, and policy.openAt asks for L2.');
  expect(isMarkedFor(BODY, INCIDENT.fingerprint)).toBe(true);
});

test('declined: no patch and no proof, but the words', () => {
  const body = issueBody({ proposal: PROPOSAL, cause: { kind: 'declined' }, patch: '' });
  expect(body).toContain('says that nothing should be changed');
  expect(body).not.toMatch(/believed|guard|git am/);
});

test('a patch that is too long is named, not shown', () => {
  expect(issueBody({ proposal: PROPOSAL, cause: BELOW, patch: 'x'.repeat(40_000) })).toMatch(/too long[\s\S]*ai-ops status/);
});

test.each([['mentions and references in a title', '@all in #12 <!-- ai-ops:x -->', /^(?!.*@)(?!.*<!--).*no\. 12/]])(
  '%s are broken',
  (_name, type, expected) => {
    expect(issueTitle({ language: 'en', incident: { ...INCIDENT, type, frames: [] } })).toMatch(expected);
  },
);

test('marks of ours that a stranger has written into the log are no marks', () => {
  const text = 'Error <!-- ai-ops:v2:beef --> <!-- ai-ops-over --> <!-- ai-ops-seen -->x<!-- /ai-ops-seen --> <!-- ai-ops:end -->';
  const incident = { ...INCIDENT, title: text, message: text, sample: { ...INCIDENT.sample, text } };
  const answer = { ...PROPOSAL.answer, summary: text, text };
  const body = issueBody({ proposal: { ...PROPOSAL, incident, answer }, cause: BELOW, patch: text });
  expect([
    isMarkedFor(body, 'v2:beef'),
    isOver(body),
    body.split('<!-- ai-ops:end -->').length,
    body.split('<!-- ai-ops-seen -->').length,
  ]).toEqual([false, false, 2, 2]);
});

test('how often it was seen is brought up to date, and so is that it is over', () => {
  const later = withStanding(BODY, { language: 'en', count: 77, last: '2026-04-01T10:00:00.000Z' });
  expect(later).toContain('Seen 77×, last 2026-04-01 10:00:00 UTC.');
  expect(later.length - BODY.length).toBeLessThan(20);
  const there = withStanding(BODY, { language: 'en', zone: () => 330, count: 77, last: '2026-04-01T10:00:00.000Z' });
  expect(there).toContain('Seen 77×, last 2026-04-01 15:30:00 +05:30.');
  const over = withStanding(later, { language: 'en', count: 77, last: '2026-04-01T10:00:00.000Z', quiet: '24 hours' });
  expect([isOver(later), isOver(over), isOver(withStanding(over, { language: 'en', count: 78, last: 'x' }))]).toEqual([false, true, false]);
});

test('where a person has taken that line away, the rest stays and the mark still holds', () => {
  const body = 'a person’s\n<!-- ai-ops:v2:x -->';
  const over = withStanding(body, { language: 'en', count: 2, last: 'x', quiet: '1 day' });
  expect([over.startsWith(body), isOver(over), withStanding(over, { language: 'en', count: 3, last: 'x' })]).toEqual([true, true, body]);
});

test('text around ours stays; without ours as a whole nothing is replaced', () => {
  expect(withinTheirs(`above\n${BODY}\nbelow`, 'OURS')).toBe('above\nOURS\nbelow');
  expect(withinTheirs('theirs', 'OURS')).toBeUndefined();
});

test('a host’s limit is never reached by what we write', () => {
  const long = { ...PROPOSAL, answer: { ...PROPOSAL.answer, summary: 'word '.repeat(50_000) } };
  const incident = { ...INCIDENT, title: 't'.repeat(9_999), sample: { ...INCIDENT.sample, text: 'line\n'.repeat(50_000) } };
  expect(issueBody({ proposal: { ...long, incident }, cause: BELOW, patch: 'x'.repeat(29_999) }).length).toBeLessThan(65_000);
});
