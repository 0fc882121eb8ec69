// Issues in place of requests, from the repair to the day when the error is gone, on complete fakes.
import type { Incident } from '../../src/core/model.ts';
import { fail } from '../../src/errors.ts';
import type { RepairSettings } from '../../src/pipeline/repair/job.ts';
import { repair } from '../../src/pipeline/repair.ts';
import { look } from '../../src/pipeline/watch/requests.ts';
import type { FakeAnswer } from '../fakes/fixer.ts';
import { createMemoryLedger } from '../fakes/ledger.ts';
import { INCIDENT } from '../support/incidents.ts';
import { block, createShop, FIXED, SETTINGS } from '../support/pipeline.ts';

const LIVE = new AbortController().signal;
const DECLINED = 'The price is missing in the data; the code is right. @everyone #1';
const HOUR = 3_600_000;

/** A shop whose tests are red before and after: what is mended there is proved to L0. */
async function createPlace(answer: FakeAnswer, settings: Partial<RepairSettings> = {}) {
  const shop = await createShop(answer, () => 1);
  let now = Date.parse('2026-03-01T12:00:00.000Z');
  const clock = (): Date => new Date(now);
  const { fingerprint, title, sample, first } = INCIDENT;
  const incident = async (): Promise<Incident> => (await shop.ledger.incidents({ fingerprint }))[0]!;
  const mended = { ...SETTINGS, ...settings, notices: { ...SETTINGS.notices, on: ['issued', 'declined', 'refused', 'failed'] as const } };
  return {
    ...shop,
    incident,
    mend: async (more: Partial<RepairSettings> = {}) => repair(await incident(), { ...shop.ports, clock }, { ...mended, ...more }, LIVE),
    /** What the follower does after so many hours in which the log was followed. */
    after: async (hours: number) => {
      now += hours * HOUR;
      const windows = { confirmSeconds: 86_400, deploySeconds: 0, language: 'en' as const };
      const states = ['issued', 'declined', 'closed', 'confirmed'] as const;
      const ports = { store: shop.ledger, journal: shop.ledger, host: shop.host, clock, placeOf: async () => undefined };
      return look(ports, { states, heard: () => hours * HOUR }, windows, LIVE);
    },
    err: async (count = 1): Promise<void> => {
      const one = { ...first, time: clock().toISOString() };
      await shop.ledger.record({ checkpoint: null, sightings: [{ fingerprint, title, sample, count, first: one, last: one }] });
    },
    stands: async () => [(await incident()).state, (await shop.ledger.traces())[0]!.state, shop.host.issues[0]?.state],
  };
}

test('a fix of which too little was shown: nothing is pushed, an issue tells of it with the patch, and a notice', async () => {
  const { mend, host, files, notices, fixer, stands } = await createPlace(block('src/pricing.js', FIXED));
  const outcome = await mend();
  expect(outcome).toMatchObject({ outcome: 'issued', code: 'issue-opened', request: null, issue: { number: 1000, state: 'open' } });
  expect(outcome.reason).toBe('told in an issue, not proposed: shown of the fix is L0, and policy.openAt asks for L2');
  expect([[...files.branches.keys()], host.requests.length, host.issues.length]).toEqual([['main'], 0, 1]);
  expect(host.issues[0]!.body).toContain('+  return order.item?.price ?? 0;');
  expect(notices.map(({ kind, subject }) => [kind, subject])).toEqual([['issued', expect.stringContaining('Issue, no request')]]);
  expect(notices[0]!.text).toContain('https://fake.invalid/issues/1000');
  expect(await stands()).toEqual(['issued', 'issued', 'open']);
  expect(fixer.requests).toHaveLength(1);
});

test('declined: an issue with the words, in which nobody is mentioned', async () => {
  const { mend, host, notices, stands } = await createPlace(DECLINED);
  expect(await mend()).toMatchObject({ outcome: 'declined', code: 'answer-declined', issue: { state: 'open' } });
  expect(host.issues[0]!.body).toMatch(/^> The price is missing in the data; the code is right. `@everyone` `#1`$/m);
  expect(host.issues[0]!.body.replace(/```[\s\S]*?```|`[^`\n]*`/g, '')).not.toContain('@everyone');
  expect(notices.map(({ kind, text }) => [kind, text.includes('the code is right')])).toEqual([['declined', true]]);
  expect(await stands()).toEqual(['declined', 'declined', 'open']);
});

test.each<[name: string, answer: string, settings: Partial<RepairSettings>, trouble: ReturnType<typeof fail> | null, expected: object]>([
  ['no issues are wanted', block('src/pricing.js', FIXED), { issues: false }, null, { outcome: 'refused', code: 'below-open-at' }],
  ['no issues are wanted, declined', DECLINED, { issues: false }, null, { outcome: 'declined', code: 'answer-declined' }],
  [
    'the tracker is switched off',
    block('src/pricing.js', FIXED),
    {},
    fail('issues-off', { host: 'h', project: 'p' }),
    { outcome: 'refused', code: 'issues-off' },
  ],
  ['the tracker is switched off, declined', DECLINED, {}, fail('issues-off', { host: 'h', project: 'p' }), { outcome: 'declined' }],
  [
    'the token may not open any',
    block('src/pricing.js', FIXED),
    {},
    fail('host-forbidden', { host: 'h', detail: 'd', grant: 'g' }),
    { outcome: 'failed', code: 'host-forbidden' },
  ],
  [
    'the token may not open any, declined',
    DECLINED,
    {},
    fail('host-forbidden', { host: 'h', detail: 'd', grant: 'g' }),
    { outcome: 'declined' },
  ],
  ['the host cannot be reached, declined', DECLINED, {}, fail('host-unreachable', { host: 'h', detail: 'd' }), { outcome: 'failed' }],
])('%s: one line, one hint, and nothing is lost', async (_name, answer, settings, trouble, expected) => {
  const { mend, host, ledger } = await createPlace(answer, settings);
  // The first look is the claim's.
  if (trouble) host.issueFailures.push(fail('host-not-found', { host: 'h', project: 'p' }), trouble);
  const outcome = await mend();
  expect(outcome).toMatchObject({ ...expected, issue: null });
  expect([outcome.reason, outcome.hint].join(' ')).not.toMatch(/[{}\n]/);
  const [trace] = await ledger.traces();
  expect(trace!.diff + trace!.summary).toContain(answer === DECLINED ? 'the code is right' : 'order.item?.price');
  if (trouble) expect(trace!.steps.at(-1)).toMatchObject({ name: 'request', outcome: 'failed', error: { code: trouble.code } });
});

test('what failed for the host goes on without another answer, and makes one issue', async () => {
  const { mend, host, fixer } = await createPlace(DECLINED);
  host.issueFailures.push(fail('host-not-found', { host: 'h', project: 'p' }), fail('host-unreachable', { host: 'h', detail: 'd' }));
  const first = await mend();
  expect(await mend()).toMatchObject({ outcome: 'declined', trace: first.trace, costUsd: 0.05 });
  expect([fixer.requests.length, host.issues.length]).toEqual([1, 1]);
});

test('another box finds the issue before it pays, and follows it', async () => {
  const { mend, ports, host, fixer } = await createPlace(DECLINED);
  await mend();
  const store = createMemoryLedger();
  const { fingerprint, title, sample, count, first, last } = INCIDENT;
  await store.record({ checkpoint: null, sightings: [{ fingerprint, title, sample, count, first, last }] });
  const other = await repair(INCIDENT, { ...ports, store, outbox: store }, SETTINGS, LIVE);
  expect(other).toMatchObject({ outcome: 'skipped', code: 'policy-skip', issue: { number: 1000 } });
  expect([fixer.requests.length, host.issues.length]).toEqual([1, 1]);
  expect((await store.incidents())[0]).toMatchObject({ state: 'issued' });
  host.issues[0]!.state = 'closed';
  const states = ['issued'] as const;
  const windows = { confirmSeconds: 86_400, deploySeconds: 0, language: 'en' as const };
  await look({ store, journal: store, host, clock: () => new Date(), placeOf: async () => undefined }, { states }, windows, LIVE);
  expect((await store.incidents())[0]).toMatchObject({ state: 'closed' });
});

test('it is written again as its error goes on, closed when that is gone, and opened when it comes back', async () => {
  const { mend, host, after, err, stands } = await createPlace(DECLINED);
  await mend();
  const before = host.issues[0]!.body;
  await err();
  await after(1);
  await err(500);
  await after(1);
  expect(host.issues[0]!.body).not.toBe(before);
  expect(host.issues[0]!.body).toMatch(/Seen 50\d×/);
  await after(20);
  expect(await stands()).toEqual(['declined', 'declined', 'open']);
  await after(25);
  expect(await stands()).toEqual(['confirmed', 'confirmed', 'closed']);
  expect(host.issues[0]!.body).toContain('Closed by ai-ops: not seen for');
  await err();
  await after(1);
  expect(await stands()).toEqual(['declined', 'declined', 'open']);
  expect(host.issues).toHaveLength(1);
});

test('closed by a person it is silent for ever; opened by a person it is kept open', async () => {
  const { mend, host, after, err, stands, fixer } = await createPlace(block('src/pricing.js', FIXED));
  await mend();
  host.issues[0]!.state = 'closed';
  await after(1);
  await err(900);
  await after(1);
  expect(await stands()).toEqual(['closed', 'closed', 'closed']);
  host.issues[0]!.state = 'open';
  await after(1);
  expect(await stands()).toEqual(['issued', 'issued', 'open']);
  await after(1000);
  expect(await stands()).toEqual(['issued', 'issued', 'open']);
  expect(fixer.requests).toHaveLength(1);
});

test('reset by a person it is asked again, and its issue is brought up to date', async () => {
  const { mend, host, ledger, fixer } = await createPlace(DECLINED);
  await mend();
  await ledger.setState(INCIDENT.fingerprint, 'waiting', null);
  expect(await mend()).toMatchObject({ outcome: 'declined', issue: { number: 1000, state: 'open' } });
  expect([fixer.requests.length, host.issues.length]).toEqual([2, 1]);
});

test('asked for again, a person’s closed issue stays closed and the trace says so', async () => {
  const { mend, host, stands } = await createPlace(DECLINED);
  await mend();
  host.issues[0]!.state = 'closed';
  expect(await mend({ asked: true })).toMatchObject({ outcome: 'declined', issue: { state: 'closed' } });
  expect(await stands()).toEqual(['closed', 'closed', 'closed']);
  expect(host.issues).toHaveLength(1);
});
