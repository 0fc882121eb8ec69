import type { Incident } from '../../../src/core/model.ts';
import { type Budget, type CutOff, decide, type Elsewhere, type Policy, REASONS } from '../../../src/core/policy/decide.ts';
import type { TriageClass } from '../../../src/core/tables.ts';
import { INCIDENT } from '../../support/incidents.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const POLICY: Policy = {
  mode: 'code_blocks',
  minCount: 2,
  minAgeSeconds: 0,
  maxAttempts: 2,
  maxRepairsPerHour: 5,
  maxRepairsPerDay: 20,
  maxUsdPerDay: 10,
  maxConsecutiveFailures: 3,
  dedupeWindowSeconds: 3600,
  repair: ['code-fault', 'unknown'],
  maxOpenRequests: 5,
  dryRun: false,
};
const FREE: Budget = { repairsLastHour: 0, repairsLastDay: 0, usdLastDay: 0, consecutiveFailures: 0, lastFailureAt: null, openRequests: 0 };
const LEFT = { state: 'waiting', reason: 'claimed-elsewhere', attempts: 0, lastAttemptAt: null } as const;
const CUT_OFF = { state: 'waiting', reason: 'interrupted', attempts: 1, lastAttemptAt: '2026-03-01T11:59:00.000Z' } as const;

const LASTING = {
  count: 9,
  first: { ...INCIDENT.first, time: '2026-03-01T11:50:00.000Z' },
  last: { ...INCIDENT.first, time: '2026-03-01T11:55:00.000Z' },
} as const;

interface Row {
  readonly name: string;
  readonly incident?: Partial<Incident>;
  readonly policy?: Partial<Policy>;
  readonly budget?: Partial<Budget>;
  readonly cutOff?: CutOff;
  readonly asked?: boolean | 'again';
  readonly elsewhere?: Elsewhere;
  readonly class?: TriageClass;
  readonly stormUntil?: string;
  readonly isNamed?: boolean;
  readonly hasFrame?: boolean;
  readonly expected: string;
}

const ROWS: readonly Row[] = [
  { name: 'a new incident with frames is repaired', expected: 'repair new-incident' },
  { name: 'too few occurrences wait', incident: { count: 1 }, expected: 'wait below-min-count' },
  { name: 'the count that is asked for is enough', incident: { count: 2 }, expected: 'repair new-incident' },
  {
    name: 'what has only begun may go away by itself',
    policy: { minAgeSeconds: 600 },
    incident: { first: { ...INCIDENT.first, time: '2026-03-01T11:55:00.000Z' } },
    expected: 'wait below-min-age until 2026-03-01T12:05:00.000Z',
  },
  {
    name: 'the age that is asked for is enough',
    policy: { minAgeSeconds: 600 },
    incident: { first: { ...INCIDENT.first, time: '2026-03-01T11:50:00.000Z' } },
    expected: 'repair new-incident',
  },
  {
    name: 'a time that cannot be read is no age',
    policy: { minAgeSeconds: 600 },
    incident: { first: { ...INCIDENT.first, time: 'yesterday' } },
    expected: 'wait below-min-age',
  },
  {
    name: 'a time in the future is no age',
    policy: { minAgeSeconds: 1 },
    incident: { first: { ...INCIDENT.first, time: '2026-03-01T12:00:05.000Z' } },
    expected: 'wait below-min-age until 2026-03-01T12:00:06.000Z',
  },
  {
    name: 'asking does not wait for an age',
    policy: { minAgeSeconds: 600 },
    incident: { first: { ...INCIDENT.first, time: '2026-03-01T11:59:00.000Z' } },
    asked: true,
    expected: 'repair asked-for',
  },
  { name: 'an open request is enough', incident: { state: 'proposed' }, expected: 'skip already-proposed' },
  { name: 'an open request is enough even when asked', incident: { state: 'proposed' }, asked: true, expected: 'skip already-proposed' },
  { name: 'a merged request is left alone', incident: { state: 'merged' }, expected: 'skip already-merged' },
  { name: 'what a person closed is never proposed again', incident: { state: 'closed' }, asked: true, expected: 'skip closed-by-person' },
  { name: 'a running repair is not started twice', incident: { state: 'repairing' }, expected: 'wait being-repaired' },
  { name: 'a refused fix is not bought again', incident: { state: 'refused', attempts: 1 }, expected: 'skip refused-before' },
  { name: 'a declined one is not asked again', incident: { state: 'declined', attempts: 1 }, expected: 'skip declined' },
  { name: 'nor by a person who has not named it', incident: { state: 'declined' }, asked: true, expected: 'skip declined' },
  { name: 'named, it is', incident: { state: 'declined' }, asked: true, isNamed: true, expected: 'repair asked-for' },
  { name: 'asked for again, it is', incident: { state: 'declined' }, asked: 'again', expected: 'repair asked-for' },
  { name: 'one with an issue waits for people', incident: { state: 'issued', count: 900 }, expected: 'skip issued' },
  {
    name: 'named, one with an issue is tried again',
    incident: { state: 'issued' },
    asked: true,
    isNamed: true,
    expected: 'repair asked-for',
  },
  { name: 'a refused fix may be asked for', incident: { state: 'refused', attempts: 1 }, asked: true, expected: 'repair asked-for' },
  { name: 'attempts are bounded', incident: { state: 'failed', attempts: 2 }, expected: 'skip attempts-exhausted' },
  {
    name: 'a failed attempt is not repeated inside the window',
    incident: { state: 'failed', attempts: 1, lastAttemptAt: '2026-03-01T11:30:00.000Z' },
    expected: 'wait inside-dedupe-window until 2026-03-01T12:30:00.000Z',
  },
  {
    name: 'after the window it may be',
    incident: { state: 'failed', attempts: 1, lastAttemptAt: '2026-03-01T11:00:00.000Z' },
    expected: 'repair seen-again',
  },
  {
    name: 'a repair that was cut off is made at once',
    incident: { state: 'waiting', reason: 'interrupted', attempts: 1, lastAttemptAt: '2026-03-01T11:59:00.000Z' },
    expected: 'repair cut-off',
  },
  {
    name: 'but not for ever: it counts as an attempt',
    incident: { state: 'waiting', reason: 'interrupted', attempts: 2, lastAttemptAt: '2026-03-01T11:59:00.000Z' },
    expected: 'skip attempts-exhausted',
  },
  { name: 'no in-app frame, nothing to show to code_blocks', incident: { frames: [] }, expected: 'skip no-in-app-frame' },
  {
    name: 'library frames are not the application',
    incident: { frames: [{ file: 'node:fs', line: 1, inApp: false }] },
    expected: 'skip no-in-app-frame',
  },
  {
    name: 'a frame that looks like a library’s and is in the repository is',
    incident: { frames: [{ file: '/venv/lib/python3.12/site-packages/acme/orders.py', line: 1, inApp: false }] },
    hasFrame: true,
    expected: 'repair new-incident',
  },
  { name: 'agentic mode can search', incident: { frames: [] }, policy: { mode: 'agentic' }, expected: 'repair new-incident' },
  { name: 'dry run never repairs', policy: { dryRun: true }, expected: 'skip dry-run' },
  { name: 'hourly limit', budget: { repairsLastHour: 5 }, expected: 'wait hourly-limit until 2026-03-01T12:10:00.000Z' },
  { name: 'daily limit', budget: { repairsLastDay: 20 }, expected: 'wait daily-limit until 2026-03-01T13:00:00.000Z' },
  { name: 'daily money limit', budget: { usdLastDay: 10 }, expected: 'wait daily-usd-limit until 2026-03-01T13:00:00.000Z' },
  {
    name: 'asking does not lift a budget',
    budget: { usdLastDay: 11 },
    asked: true,
    expected: 'wait daily-usd-limit until 2026-03-01T13:00:00.000Z',
  },
  {
    name: 'the second failed attempt doubles the window',
    incident: { state: 'failed', attempts: 2, lastAttemptAt: '2026-03-01T11:00:00.000Z' },
    policy: { maxAttempts: 9 },
    expected: 'wait inside-dedupe-window until 2026-03-01T13:00:00.000Z',
  },
  {
    name: 'the third doubles it again',
    incident: { state: 'failed', attempts: 3, lastAttemptAt: '2026-03-01T08:30:00.000Z' },
    policy: { maxAttempts: 9 },
    expected: 'wait inside-dedupe-window until 2026-03-01T12:30:00.000Z',
  },
  {
    name: 'after the longer window it may be',
    incident: { state: 'failed', attempts: 3, lastAttemptAt: '2026-03-01T08:00:00.000Z' },
    policy: { maxAttempts: 9 },
    expected: 'repair seen-again',
  },
  {
    name: 'the window does not grow without end',
    incident: { state: 'failed', attempts: 90, lastAttemptAt: '2026-03-01T11:59:00.000Z' },
    policy: { maxAttempts: 100, dedupeWindowSeconds: 60 },
    expected: 'wait inside-dedupe-window until 2026-03-02T05:03:00.000Z',
  },
  {
    name: 'too many failures in a row pause everything for an hour after the last',
    budget: { consecutiveFailures: 3, lastFailureAt: '2026-03-01T11:30:00.000Z' },
    expected: 'wait breaker until 2026-03-01T12:30:00.000Z',
  },
  {
    name: 'one fewer does not',
    budget: { consecutiveFailures: 2, lastFailureAt: '2026-03-01T11:59:00.000Z' },
    expected: 'repair new-incident',
  },
  {
    name: 'after the hour one is tried',
    budget: { consecutiveFailures: 3, lastFailureAt: '2026-03-01T11:00:00.000Z' },
    expected: 'repair new-incident',
  },
  {
    name: 'a person may ask all the same',
    budget: { consecutiveFailures: 8, lastFailureAt: '2026-03-01T11:59:00.000Z' },
    asked: true,
    expected: 'repair asked-for',
  },
  {
    name: 'a repair that goes on is no new attempt',
    incident: { ...CUT_OFF, attempts: 2 },
    cutOff: { asksClaude: true },
    expected: 'repair cut-off',
  },
  {
    name: 'nor a new repair in the hour and the day',
    incident: CUT_OFF,
    budget: { repairsLastHour: 5, repairsLastDay: 20 },
    cutOff: { asksClaude: true },
    expected: 'repair cut-off',
  },
  {
    name: 'where Claude is still to be asked, money counts',
    incident: CUT_OFF,
    budget: { usdLastDay: 10 },
    cutOff: { asksClaude: true },
    expected: 'wait daily-usd-limit until 2026-03-01T13:00:00.000Z',
  },
  {
    name: 'and so do failures in a row',
    incident: CUT_OFF,
    budget: { consecutiveFailures: 3, lastFailureAt: '2026-03-01T11:30:00.000Z' },
    cutOff: { asksClaude: true },
    expected: 'wait breaker until 2026-03-01T12:30:00.000Z',
  },
  {
    name: 'what was paid for is brought to its end whatever the budgets say',
    incident: CUT_OFF,
    budget: { usdLastDay: 99, consecutiveFailures: 9, lastFailureAt: '2026-03-01T11:59:00.000Z' },
    cutOff: { asksClaude: false },
    expected: 'repair cut-off',
  },
  {
    name: 'a dry run does not go on',
    incident: CUT_OFF,
    policy: { dryRun: true },
    cutOff: { asksClaude: false },
    expected: 'skip dry-run',
  },
  {
    name: 'nor is a repair gone on with whose request is there',
    incident: { state: 'proposed' },
    cutOff: { asksClaude: false },
    expected: 'skip already-proposed',
  },
  {
    name: 'another box is at work on it',
    incident: LEFT,
    elsewhere: { isAtWork: true, until: '2026-03-01T12:10:00.000Z' },
    expected: 'wait other-box-repairs until 2026-03-01T12:10:00.000Z',
  },
  {
    name: 'another box has tried it in vain',
    incident: { ...LEFT, reason: 'other-box-tried' },
    elsewhere: { isAtWork: false, until: '2026-03-02T12:00:00.000Z' },
    expected: 'wait other-box-tried until 2026-03-02T12:00:00.000Z',
  },
  {
    name: 'after the time of its claim it is looked at again',
    incident: LEFT,
    elsewhere: { isAtWork: true, until: '2026-03-01T12:00:00.000Z' },
    expected: 'repair new-incident',
  },
  {
    name: 'a person may look at once',
    incident: LEFT,
    asked: true,
    elsewhere: { isAtWork: true, until: '2026-03-01T12:10:00.000Z' },
    expected: 'repair asked-for',
  },
  { name: 'another fix may be asked for after a closed one', incident: { state: 'closed' }, asked: 'again', expected: 'repair asked-for' },
  { name: 'and after a merged one', incident: { state: 'merged' }, asked: 'again', expected: 'repair asked-for' },
  { name: 'but not beside an open one', incident: { state: 'proposed' }, asked: 'again', expected: 'skip already-proposed' },
  {
    name: 'nor beyond the budget',
    incident: { state: 'closed' },
    asked: 'again',
    budget: { usdLastDay: 10 },
    expected: 'wait daily-usd-limit until 2026-03-01T13:00:00.000Z',
  },
  { name: 'an outage is no patch', class: 'environment', expected: 'skip environment' },
  { name: 'a denial is no patch', class: 'denied', expected: 'skip denied' },
  { name: 'nor is a bad request', class: 'bad-input', expected: 'skip bad-input' },
  { name: 'nothing known is treated as a fault of the code', class: 'unknown', expected: 'repair new-incident' },
  {
    name: 'a person may have any class repaired by its name',
    class: 'environment',
    asked: true,
    isNamed: true,
    expected: 'repair asked-for',
  },
  { name: 'not by the log it stands in', class: 'environment', asked: true, expected: 'skip environment' },
  { name: 'the policy names the classes', class: 'denied', policy: { repair: ['denied'] }, expected: 'repair new-incident' },
  { name: 'and may leave out the faults of the code', class: 'code-fault', policy: { repair: ['denied'] }, expected: 'skip not-in-policy' },
  {
    name: 'in a storm an unknown one waits',
    class: 'unknown',
    stormUntil: '2026-03-01T12:15:00.000Z',
    expected: 'wait storm until 2026-03-01T12:15:00.000Z',
  },
  {
    name: 'in a storm an outage waits too: it is judged by itself when that is over',
    class: 'environment',
    stormUntil: '2026-03-01T12:15:00.000Z',
    expected: 'wait storm until 2026-03-01T12:15:00.000Z',
  },
  {
    name: 'a fault of the code does not wait for a storm',
    class: 'code-fault',
    stormUntil: '2026-03-01T12:15:00.000Z',
    expected: 'repair new-incident',
  },
  { name: 'enough requests are open', budget: { openRequests: 5 }, expected: 'wait open-requests until 2026-03-01T13:00:00.000Z' },
  {
    name: 'what was seen from one line at one time has half of the hour',
    incident: { count: 50, last: { ...INCIDENT.first } },
    budget: { repairsLastHour: 3 },
    expected: 'wait fair-share until 2026-03-01T12:10:00.000Z',
  },
  {
    name: 'and half of the day',
    incident: { count: 2, last: { ...INCIDENT.first } },
    budget: { repairsLastDay: 10 },
    expected: 'wait fair-share until 2026-03-01T12:10:00.000Z',
  },
  {
    name: 'what was seen again over minutes has the whole',
    incident: LASTING,
    budget: { repairsLastHour: 4 },
    expected: 'repair new-incident',
  },
  {
    name: 'what nobody else used in three quarters of a day is free',
    incident: {
      count: 2,
      first: { ...INCIDENT.first, time: '2026-02-28T17:00:00.000Z' },
      last: { ...INCIDENT.first, time: '2026-02-28T17:00:00.000Z' },
    },
    budget: { repairsLastHour: 4 },
    expected: 'repair new-incident',
  },
  {
    name: 'an attempt that is yet to come was written under a wrong clock',
    incident: { state: 'failed', attempts: 1, lastAttemptAt: '2027-03-01T11:30:00.000Z' },
    expected: 'repair seen-again',
  },
  {
    name: 'so is a failure that is yet to come',
    budget: { consecutiveFailures: 3, lastFailureAt: '2027-03-01T11:30:00.000Z' },
    expected: 'repair new-incident',
  },
];

test.each(ROWS)('$name', ({ incident, policy, budget, expected, name: _name, ...about }) => {
  const decision = decide({ ...INCIDENT, ...incident }, { ...POLICY, ...policy }, { ...FREE, ...budget }, NOW, about);
  const until = decision.kind === 'wait' && decision.until !== null ? ` until ${decision.until}` : '';
  expect(`${decision.kind} ${decision.reason}${until}`).toBe(expected);
  expect(Object.keys(REASONS)).toContain(decision.reason);
});
