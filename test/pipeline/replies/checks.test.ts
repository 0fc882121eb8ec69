// Checks that a request has made red: run again first, mended once by one commit, or told of; whoever looks, however often.
import type { FakeCheck } from '../../fakes/checks.ts';
import { BROKEN, block, FIXED } from '../../support/pipeline.ts';
import { BETTER, BRANCH, killedIn, NOW, POLICY, type Proposed, proposed, STEPS } from './world.ts';

const RED: FakeCheck = {
  id: 'run:1:9',
  name: 'lint',
  state: 'red',
  says: 'failure',
  log: 'src/pricing.js: 2:3 error no-nullish\n1 problem',
};

/** A request whose checks have ended. */
async function withChecks(red: Partial<FakeCheck> = {}, answer: Parameters<typeof proposed>[0] = block('src/pricing.js', BETTER)) {
  const shop = await proposed(answer);
  const base = shop.branches.get('main') ?? '';
  shop.host.talk.base = base;
  const { runs } = shop.host.checks;
  const green: FakeCheck = { id: 'run:0:9', name: 'lint', state: 'green' };
  runs.set(base, [green]);
  runs.set(shop.head() ?? '', [
    { ...RED, ...red },
    { id: 'run:2:9', name: 'unit', state: 'green' },
  ]);
  return { ...shop, runs, green, base };
}
const endings = (shop: Proposed): readonly string[] => shop.marks().map(({ round, ending }) => `${round} ${ending}`);

test('green on the base, red here: one commit on top, one word, and the end of the log for Claude', async () => {
  const shop = await withChecks({ log: `token ghp_abcdefghijklmnopqrstuvwxyz0123456789\n${RED.log}` });
  const before = shop.head();
  const outcome = await shop.round();
  expect(outcome).toMatchObject({ outcome: 'proposed', branch: BRANCH });
  expect([shop.head() === before, shop.head(), shop.asked()]).toEqual([false, outcome?.commit, 1]);
  const prompt = shop.fixer.requests.at(-1)?.prompt ?? '';
  expect(prompt).toMatch(/<log-[a-z0-9]+>\nlint:\n.*\nsrc\/pricing\.js: 2:3 error no-nullish\n1 problem\n<\/log-/);
  expect(prompt).not.toContain('ghp_abcdef');
  expect(endings(shop)).toEqual(['1 commit']);
  expect(shop.own()[0]?.body).toContain('`lint`');
  expect(shop.own()[0]?.body).not.toContain('no-nullish');
  const [trace] = await shop.box.ledger().traces({ limit: 1 });
  expect(trace?.follows).toMatchObject({ cause: 'checks', round: 1, asks: [{ author: 'lint' }] });
  // Whatever comes of it: no second try.
  shop.runs.set(shop.head() ?? '', [RED]);
  expect(await shop.round()).toBeUndefined();
  expect(endings(shop)).toEqual(['1 commit']);
  expect(shop.remote.standing.size).toBe(0);
});

test.each<[string, (shop: Awaited<ReturnType<typeof withChecks>>) => void]>([
  ['red on the base too', ({ runs, green, base }) => runs.set(base, [{ ...green, state: 'red' }])],
  ['not run on the base', ({ runs, base }) => runs.set(base, [])],
  ['others still run', ({ runs, head }) => runs.set(head() ?? '', [RED, { id: '3', name: 'slow', state: 'runs' }])],
  ['all green', ({ runs, head, green }) => runs.set(head() ?? '', [green])],
  ['a person has pushed since', (shop) => shop.plant(BRANCH, { 'src/pricing.js': BETTER })],
  ['the request is closed', ({ host }) => Object.assign(host.requests[0] ?? {}, { state: 'closed' })],
  ['the host does not say what it compares with', ({ host }) => Object.assign(host.talk, { base: null })],
])('%s: nothing', async (_name, change) => {
  const shop = await withChecks();
  change(shop);
  const before = shop.head();
  for (let look = 0; look < 2; look += 1) expect(await shop.round()).toBeUndefined();
  expect([shop.asked(), shop.head()]).toEqual([0, before]);
  expect(endings(shop).filter((one) => !one.endsWith('stop'))).toEqual([]);
});

test('run again first where the token may: green then, and nothing was paid', async () => {
  const shop = await withChecks();
  shop.host.checks.again = 'may';
  expect(await shop.round()).toBeUndefined();
  expect([shop.asked(), shop.host.checks.runAgainOf]).toEqual([0, [shop.head()]]);
  expect(await shop.round()).toBeUndefined();
  shop.runs.set(shop.head() ?? '', [shop.green]);
  expect(await shop.round()).toBeUndefined();
  expect([shop.asked(), shop.own().length]).toEqual([0, 0]);
});

test('red again after that: mended', async () => {
  const shop = await withChecks();
  shop.host.checks.again = 'may';
  await shop.round();
  shop.runs.set(shop.head() ?? '', [RED]);
  expect(await shop.round()).toMatchObject({ outcome: 'proposed' });
  expect([shop.asked(), shop.host.checks.runAgainOf.length]).toEqual([1, 1]);
});

test.each<[string, Partial<FakeCheck>, RegExp]>([
  ['a quota', { notes: 'ci_quota_exceeded' }, /quota is used up/],
  ['a network', { log: 'npm error code ECONNRESET' }, /fetched over the network/],
  ['a lost runner', { notes: 'The hosted runner lost communication with the server.' }, /runner was lost/],
  ['a time-out', { says: 'timed_out' }, /longer than it may/],
  ['a log that cannot be read', { log: null }, /cannot be read with the token/],
])('%s: one word for this commit, no money, no commit', async (_name, red, words) => {
  const shop = await withChecks(red);
  const other = await shop.boxOf('other');
  await other.run(other.ledger()).repair();
  const before = shop.head();
  await Promise.all([shop.round(), shop.round(other)]);
  for (const box of [shop.box, other]) expect(await shop.round(box)).toBeUndefined();
  expect([shop.asked(), shop.head(), endings(shop)]).toEqual([0, before, ['0 none']]);
  expect(shop.own()[0]?.body).toMatch(words);
});

test('a quota is not tried again; what passes is, before it is told', async () => {
  const quota = await withChecks({ notes: 'ci_quota_exceeded' });
  quota.host.checks.again = 'may';
  await quota.round();
  expect([quota.host.checks.runAgainOf, endings(quota)]).toEqual([[], ['0 none']]);
  const network = await withChecks({ log: 'curl: (6) Could not resolve host: x' });
  network.host.checks.again = 'may';
  await network.round();
  expect([network.host.checks.runAgainOf.length, endings(network)]).toEqual([1, []]);
});

test('an answer that changes a test, or nothing, makes no commit, and was the one try', async () => {
  const test = await withChecks({}, block('test/pricing.test.js', 'ok too\n'));
  const before = test.head();
  expect(await test.round()).toMatchObject({ outcome: 'refused', code: 'guard-refused' });
  const declined = await withChecks({}, 'The linter is wrong: nothing of this fix is at fault.');
  expect(await declined.round()).toMatchObject({ outcome: 'declined' });
  expect(declined.own()[0]?.body).toContain('The linter is wrong');
  for (const shop of [test, declined]) expect([await shop.round(), endings(shop)]).toEqual([undefined, ['1 none']]);
  expect(test.head()).toBe(before);
});

test('what people ask for comes first, and is no try of the checks', async () => {
  const shop = await withChecks();
  shop.say('/ai-ops a missing price should be null');
  expect(await shop.round()).toMatchObject({ outcome: 'proposed' });
  shop.runs.set(shop.head() ?? '', [RED]);
  shop.script.next = block('src/pricing.js', FIXED);
  expect(await shop.round()).toMatchObject({ outcome: 'proposed' });
  expect(endings(shop)).toEqual(['1 commit', '2 commit']);
});

test('no budget: nothing is paid for', async () => {
  const shop = await withChecks();
  POLICY.maxRepairsPerHour = 0;
  try {
    expect(await shop.round()).toBeUndefined();
  } finally {
    POLICY.maxRepairsPerHour = 20;
  }
  expect(shop.asked()).toBe(0);
  expect(await shop.round()).toMatchObject({ outcome: 'proposed' });
});

test('two boxes at one time: one commit, one word', async () => {
  const shop = await withChecks();
  const other = await shop.boxOf('other');
  await other.run(other.ledger()).repair();
  await Promise.all([shop.round(), shop.round(other)]);
  await shop.round(other);
  await shop.round();
  expect([shop.asked(), endings(shop)]).toEqual([1, ['1 commit']]);
});

test('a look at checks that have ended costs nothing for a while', async () => {
  const shop = await withChecks();
  shop.runs.set(shop.head() ?? '', [shop.green]);
  const { replies } = shop.box.run(shop.box.ledger(), undefined, NOW);
  const signal = new AbortController().signal;
  for (let look = 0; look < 10; look += 1) expect(await replies.asked(signal)).toEqual([]);
  expect(shop.host.checks.reads).toBe(1);
});

test.each(STEPS)('killed in the step %s: one commit, one word', async (name) => {
  const shop = await withChecks();
  await killedIn(shop, name);
  for (let look = 0; look < 3; look += 1) await shop.round();
  expect(endings(shop)).toEqual(['1 commit']);
  expect(shop.marks()[0]?.commit).toBe(shop.head());
  expect(shop.asked()).toBe(1);
});

test('the branch moves while Claude works: nothing is pushed over it', async () => {
  let theirs = '';
  const shop: Awaited<ReturnType<typeof withChecks>> = await withChecks({}, () => {
    theirs = shop.plant(BRANCH, { 'src/pricing.js': BROKEN });
    return block('src/pricing.js', BETTER);
  });
  expect(await shop.round()).toMatchObject({ outcome: 'skipped', code: 'reply-skipped' });
  expect(shop.head()).toBe(theirs);
});
