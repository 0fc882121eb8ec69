// People ask for something on a request: one more commit on top and one answer, or none, whoever asks, however often it dies.
import { fail } from '../../../src/errors.ts';
import { look } from '../../../src/pipeline/watch/requests.ts';
import { INCIDENT } from '../../support/incidents.ts';
import { BROKEN, block, FIXED } from '../../support/pipeline.ts';
import { BETTER, BOT, BRANCH, killedIn, LIVE, NOW, OUTSIDER, POLICY, proposed, STEPS } from './world.ts';

test('a writer asks: one commit on top, one answer that quotes the words, a receipt, and nothing more', async () => {
  const shop = await proposed();
  const before = shop.head();
  const ask = shop.say('/ai-ops a missing price should be null, not 0');
  const outcome = await shop.round();
  expect(outcome).toMatchObject({ outcome: 'proposed', branch: BRANCH, reason: expect.stringContaining('one more commit') });
  expect(shop.head()).toBe(outcome?.commit);
  expect(shop.head()).not.toBe(before);
  const text = (await shop.ports.repository.read(shop.head() ?? '', 'src/pricing.js'))?.bytes.toString();
  expect(text).toBe(BETTER);
  expect(shop.marks()).toEqual([{ round: 1, ending: 'commit', keys: [expect.stringContaining(`${ask.id}@`)], commit: outcome?.commit }]);
  expect(shop.own()[0]?.body).toContain('a missing price should be null, not 0');
  expect([...shop.host.talk.acknowledged]).toEqual([ask.id]);
  const prompt = shop.fixer.requests.at(-1)?.prompt ?? '';
  expect(prompt).toMatch(/<log-[a-z0-9]+>\na missing price should be null, not 0\n<\/log-/);
  expect(prompt).toContain(FIXED);
  expect(await shop.round()).toBeUndefined();
  expect([shop.asked(), shop.own().length]).toEqual([1, 1]);
  expect(shop.remote.standing.size).toBe(0);
});

test('the trace of an answer says what it is, is no attempt of the incident, and goes with its request', async () => {
  const shop = await proposed();
  shop.say('/ai-ops do it otherwise');
  await shop.round();
  const ledger = shop.box.ledger();
  const [newest, first] = await ledger.traces({ fingerprint: INCIDENT.fingerprint });
  expect(newest).toMatchObject({
    state: 'proposed',
    follows: { round: 1, branch: BRANCH, asks: [{ author: 'jo', text: 'do it otherwise' }] },
  });
  expect(newest?.steps.map(({ name }) => name)).toEqual([
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
  ]);
  const [incident] = await ledger.incidents({ fingerprint: INCIDENT.fingerprint });
  expect([incident?.state, incident?.attempts]).toEqual(['proposed', 1]);
  expect((await ledger.spending(NOW)).openRequests).toBe(1);
  Object.assign(shop.host.requests[0] ?? {}, { state: 'merged', mergedAt: NOW.toISOString() });
  const ports = { store: ledger, journal: ledger, host: shop.host, clock: () => NOW, placeOf: async () => undefined };
  const windows = { confirmSeconds: 60, deploySeconds: 60, language: 'en' } as const;
  const { moved } = await look(ports, { states: ['proposed', 'merged'] }, windows, LIVE);
  await look(ports, { states: ['proposed', 'merged'] }, windows, LIVE);
  expect(moved.map(({ trace }) => trace.trace)).toEqual([first?.trace]);
  expect((await ledger.traces({ fingerprint: INCIDENT.fingerprint })).map(({ state }) => state)).toEqual(['merged', 'merged']);
});

test.each([
  ['an outsider', { author: OUTSIDER }],
  ['a bot with the right to write', { author: BOT }],
  ['nobody for us', { body: 'thanks' }],
] as const)('%s asks: nothing at all', async (_name, more) => {
  const shop = await proposed();
  const before = shop.head();
  shop.say('/ai-ops do it', more);
  expect(await shop.round()).toBeUndefined();
  expect([shop.asked(), shop.own().length, shop.head(), shop.host.talk.acknowledged.size]).toEqual([0, 0, before, 0]);
});

test('edited after its answer: nothing more; edited before: the words as they are', async () => {
  const shop = await proposed();
  const ask = shop.say('/ai-ops one');
  shop.host.talk.said.set(shop.number, [{ ...ask, body: '/ai-ops two' }]);
  await shop.round();
  expect(shop.fixer.requests.at(-1)?.prompt).toContain('>\ntwo\n<');
  const said = shop.host.talk.said.get(shop.number) ?? [];
  shop.host.talk.said.set(
    shop.number,
    said.map((one) => (one.id === ask.id ? { ...one, body: '/ai-ops three' } : one)),
  );
  expect(await shop.round()).toBeUndefined();
  expect(shop.asked()).toBe(1);
});

test('a person has pushed: the branch is never touched again, which is said once', async () => {
  const shop = await proposed();
  const theirs = shop.plant(BRANCH, { 'src/pricing.js': BETTER });
  for (let look = 0; look < 3; look += 1) expect(await shop.round()).toBeUndefined();
  shop.say('/ai-ops please');
  await shop.round();
  expect([shop.head(), shop.asked(), shop.marks().map(({ ending }) => ending)]).toEqual([theirs, 0, ['stop']]);
});

test('the branch moves while Claude works: nothing is pushed over it', async () => {
  let theirs = '';
  const shop = await proposed(() => {
    theirs = shop.plant(BRANCH, { 'src/pricing.js': BROKEN });
    return block('src/pricing.js', BETTER);
  });
  shop.say('/ai-ops do it');
  expect(await shop.round()).toMatchObject({ outcome: 'skipped', code: 'reply-skipped' });
  expect(shop.head()).toBe(theirs);
  expect(shop.own()).toHaveLength(0);
  await shop.round();
  expect([shop.asked(), shop.marks().map(({ ending }) => ending)]).toEqual([1, ['stop']]);
});

test('closed, or stopped by a label, while Claude works: no commit', async () => {
  for (const [end, words] of [
    [(shop: Awaited<ReturnType<typeof proposed>>) => Object.assign(shop.host.requests[0] ?? {}, { state: 'closed' }), []],
    [(shop: Awaited<ReturnType<typeof proposed>>) => shop.host.talk.labels.set(shop.number, ['ai-ops:stop']), ['stop']],
  ] as const) {
    const shop = await proposed(() => {
      end(shop);
      return block('src/pricing.js', BETTER);
    });
    const before = shop.head();
    shop.say('/ai-ops do it');
    expect(await shop.round()).toMatchObject({ outcome: 'skipped', code: 'reply-skipped' });
    expect(await shop.round()).toBeUndefined();
    expect([shop.head(), shop.asked(), shop.marks().map(({ ending }) => ending)]).toEqual([before, 1, words]);
  }
});

test('the label ends it for ever, which is said once, also after it was taken away', async () => {
  const shop = await proposed();
  shop.host.talk.labels.set(shop.number, ['ai-ops:stop']);
  for (let look = 0; look < 3; look += 1) expect(await shop.round()).toBeUndefined();
  shop.host.talk.labels.set(shop.number, []);
  shop.say('/ai-ops do it');
  expect(await shop.round()).toBeUndefined();
  expect([shop.asked(), shop.own().map(({ body }) => /label `ai-ops:stop`/.test(body))]).toEqual([0, [true]]);
});

test('what Claude declines, and what the tests refuse, is answered without a commit, and is a round', async () => {
  const shop = await proposed('It would bring the error back.', (pricing) => (pricing === BETTER ? 1 : 0));
  const before = shop.head();
  shop.say('/ai-ops take the check out');
  expect(await shop.round()).toMatchObject({ outcome: 'declined' });
  expect(shop.own()[0]?.body).toContain('It would bring the error back.');
  shop.script.next = block('src/pricing.js', BETTER);
  shop.say('/ai-ops then make it null');
  expect(await shop.round()).toMatchObject({ outcome: 'refused', code: 'proof-refused' });
  expect([shop.head(), shop.marks().map(({ round, ending }) => `${round} ${ending}`)]).toEqual([before, ['1 none', '2 none']]);
  const [incident] = await shop.box.ledger().incidents({ fingerprint: INCIDENT.fingerprint });
  expect(incident?.state).toBe('proposed');
});

test('a point raised twice ends it with a word; so do too many rounds', async () => {
  const twice = await proposed();
  twice.say('/ai-ops the price must not be 0');
  await twice.round();
  twice.say('/ai-ops the price must not be 0 !');
  await twice.round();
  twice.say('/ai-ops something else altogether');
  await twice.round();
  expect([twice.asked(), twice.marks().map(({ ending }) => ending)]).toEqual([1, ['commit', 'stop']]);
  const many = await proposed();
  let price = 1;
  many.script.next = () => block('src/pricing.js', FIXED.replace('?? 0', `?? ${price++}`));
  for (const words of ['alpha', 'beta', 'gamma', 'delta', 'epsilon']) {
    many.say(`/ai-ops ${words}`);
    await many.round();
  }
  expect([many.asked(), many.marks().map(({ ending }) => ending)]).toEqual([3, ['commit', 'commit', 'commit', 'stop']]);
});

test('no budget: nothing is begun, and it is done when there is one', async () => {
  const shop = await proposed();
  shop.say('/ai-ops do it');
  const { replies } = shop.box.run(shop.box.ledger(), undefined, NOW);
  POLICY.maxRepairsPerHour = 0;
  try {
    for (const trace of await replies.asked(LIVE)) expect(await replies.attend(trace, LIVE)).toBeNull();
  } finally {
    POLICY.maxRepairsPerHour = 20;
  }
  expect(shop.asked()).toBe(0);
  expect(await shop.round()).toMatchObject({ outcome: 'proposed' });
});

test('what is wrong with the machine is tried again for as long as it lasts; what fails of itself is given up with a word', async () => {
  const shop = await proposed(fail('claude-auth', { detail: 'no login' }));
  shop.say('/ai-ops do it');
  for (let look = 0; look < 4; look += 1) expect(await shop.round()).toMatchObject({ outcome: 'failed', code: 'claude-auth' });
  expect(shop.own()).toHaveLength(0);
  shop.script.next = block('src/pricing.js', BETTER);
  expect(await shop.round()).toMatchObject({ outcome: 'proposed' });
  shop.script.next = fail('claude-failed', { detail: 'it fell over' });
  shop.say('/ai-ops rename something else');
  for (let look = 0; look < 4; look += 1) await shop.round();
  expect(shop.marks().map(({ round, ending }) => `${round} ${ending}`)).toEqual(['1 commit', '2 none']);
});

test('two boxes at one time: one commit, one answer', async () => {
  const shop = await proposed();
  const other = await shop.boxOf('other');
  expect(await other.run(other.ledger()).repair()).toMatchObject({ outcome: 'skipped', request: { number: shop.number } });
  shop.say('/ai-ops do it');
  const outcomes = await Promise.all([shop.round(), shop.round(other)]);
  await shop.round(other);
  await shop.round();
  expect(outcomes.filter((one) => one?.outcome === 'proposed')).toHaveLength(1);
  expect([shop.asked(), shop.marks().length]).toEqual([1, 1]);
});

test('another box goes on with what the first has done', async () => {
  const shop = await proposed();
  const other = await shop.boxOf('other');
  await other.run(other.ledger()).repair();
  shop.say('/ai-ops do it');
  await shop.round();
  shop.script.next = block('src/pricing.js', FIXED);
  shop.say('/ai-ops and now back again, with zero');
  expect(await shop.round(other)).toMatchObject({ outcome: 'proposed' });
  expect(shop.marks().map(({ round }) => round)).toEqual([1, 2]);
});

const MOMENTS = ['when it has begun', 'before its row is stored', 'after its row is stored'] as const;

describe.each(STEPS)('killed in the step %s', (name) => {
  test.each(MOMENTS)('%s: one commit, one answer, Claude paid once', async (moment) => {
    const shop = await proposed();
    shop.say('/ai-ops do it');
    await killedIn(shop, name, moment);
    for (let look = 0; look < 3; look += 1) await shop.round();
    expect(shop.marks()).toEqual([expect.objectContaining({ round: 1, ending: 'commit', commit: shop.head() })]);
    expect(shop.own()).toHaveLength(1);
    const paidTwice = name === 'fix' && moment === 'before its row is stored';
    expect(shop.asked()).toBe(paidTwice ? 2 : 1);
    const traces = (await shop.box.ledger().traces({ fingerprint: INCIDENT.fingerprint })).filter(({ follows }) => follows !== undefined);
    expect(traces.map(({ state }) => state)).toEqual(['proposed']);
  });
});
