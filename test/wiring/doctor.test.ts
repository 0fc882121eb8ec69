import type { DeliveryRecord, DeliveryState } from '../../src/core/model.ts';
import { commandsCheck, outboxChecks, sandboxCheck } from '../../src/wiring/doctor.ts';

const NOW = new Date('2026-03-02T12:00:00.000Z');

const mail = (state: DeliveryState, detail: string, changedAt = '2026-03-02T11:00:00.000Z', tries = 1): DeliveryRecord => ({
  ...{ id: 'm', notifier: 'mail', kind: 'proposed', trace: 't', fingerprint: 'v1:0', deliveryId: '<m@example.org>', recipients: [] },
  ...{ subject: 's', line: 'l', createdAt: changedAt, dueAt: changedAt },
  ...{ state, tries, changedAt, detail },
});

test.each([
  ['nothing in it', [], []],
  ['all went well', [mail('sent', 'mail sent to 1 recipient'), mail('held', '', undefined, 0), mail('queued', '', undefined, 0)], []],
  ['what was lost long ago', [mail('refused', '550', '2026-02-28T11:00:00.000Z')], []],
  [
    'one waits',
    [mail('queued', 'the server could not be reached')],
    ['1 message not delivered yet; the last: queued, the server could not be reached'],
  ],
  [
    'two waiting and three lost',
    [mail('queued', 'a'), mail('queued', 'b'), mail('refused', 'c'), mail('uncertain', 'd'), mail('expired', 'e')],
    ['2 messages not delivered yet; the last: queued, b', '3 messages not delivered for sure, within a day; the last: expired, e'],
  ],
])('%s', (_name, mails, expected) => {
  const checks = outboxChecks(mails, NOW);
  expect(checks.map(({ detail }) => detail)).toEqual(expected);
  for (const { name, status, hint } of checks) expect([name, status, hint !== undefined]).toEqual(['outbox', 'warning', true]);
});

const PLAN = { setup: ['npm ci'], check: [], test: ['npm test'], testFrom: 'package.json' };

test.each([
  ['all there', PLAN, [], 'ok', 'setup: npm ci; test: npm test; from package.json'],
  [
    'a program is missing',
    PLAN,
    ['npm'],
    'warning',
    'setup: npm ci; test: npm test; from package.json; npm is not on the PATH of this machine',
  ],
  ['nothing is found', { setup: [], check: [], test: [], testFrom: null }, [], 'warning', 'nothing: no fix can be proven above L0'],
] as const)('commands of the proof: %s', (_name, plan, missing, status, detail) => {
  expect(commandsCheck(plan, missing)).toMatchObject({ status, detail });
});

test('what commands run in is told, and what it means where there is nothing', () => {
  const sandbox = { kind: 'bubblewrap' as const, enclose: (request: never) => request };
  expect(sandboxCheck({ sandbox }, { network: 'setup' })).toEqual({
    ...{ name: 'sandbox', status: 'ok', detail: 'bubblewrap; network: only for setup and Claude' },
  });
  expect(sandboxCheck({ why: 'bubblewrap (bwrap) is not installed' }, { network: 'setup' })).toMatchObject({
    ...{
      status: 'warning',
      detail: expect.stringContaining('with your files and the network'),
      hint: expect.stringContaining('install bubblewrap'),
    },
  });
});
