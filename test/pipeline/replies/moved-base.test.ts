// The base of a request moves: rebuilt by one merge commit where it conflicts, closed where the base mends the error, left alone else.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { look } from '../../../src/pipeline/watch/requests.ts';
import { INCIDENT } from '../../support/incidents.ts';
import { BROKEN, block, FILES, FIXED } from '../../support/pipeline.ts';
import { BETTER, BRANCH, killedIn, LIVE, NOW, type Proposed, proposed, WRITER } from './world.ts';

const TEST = 'test/gone.test.js';
const ANSWER = `${block('src/pricing.js', FIXED)}\n<code_block filename="${TEST}" new="true">\norderTotal({});\n</code_block>\n`;
const LOUD = `// Orders.\nimport log from './log.js';\n${BROKEN}`;
/** The line beside that of the fix has changed, so that git sees a conflict, and the fix still has its place. */
const BESIDE = BROKEN.replace('orderTotal(order) {', 'orderTotal(order, tax) {');
const ELSEWHERE = BROKEN.replace('return order.item.price;', 'const { item } = order;\n  return item ? item.price : 0;');

/** The suite of the shop: it is red where the test of the fix is there and the bug as well. */
const suite = (pricing: string, dir: string): number => (existsSync(join(dir, TEST)) && /order\.item\.\w+;/.test(pricing) ? 1 : 0);

async function moved(pricing: string | undefined, isConflicting = false, test: typeof suite = suite) {
  const shop = await proposed(block('src/pricing.js', BETTER), test, ANSWER);
  const fork = shop.branches.get('main') ?? '';
  shop.host.talk.base = fork;
  const first = shop.head() ?? '';
  const onto =
    pricing === undefined ? fork : shop.advance({ ...FILES, 'src/pricing.js': pricing, 'src/log.js': 'export default console.log;\n' });
  shop.host.talk.isConflicting = isConflicting;
  return { ...shop, fork, first, onto, main: () => shop.branches.get('main') };
}
const endings = (shop: Proposed): readonly string[] => shop.marks().map(({ round, ending }) => `${round} ${ending}`);
const state = (shop: Proposed): string | undefined => shop.host.requests[0]?.state;
const pricingOf = async (shop: Proposed, commit = shop.head() ?? ''): Promise<string | undefined> =>
  (await shop.ports.repository.read(commit, 'src/pricing.js'))?.bytes.toString();

test('the request itself has its test and its proof', async () => {
  const shop = await moved(undefined);
  expect([shop.made.proof?.level, await shop.round(), shop.asked()]).toEqual(['L4', undefined, 0]);
});

test('a base that moves elsewhere, or beside the fix without a conflict: nothing, and no commit', async () => {
  for (const pricing of [BROKEN, LOUD]) {
    const shop = await moved(pricing);
    const outcome = await shop.round();
    expect(outcome?.outcome ?? 'nothing').toBe(pricing === BROKEN ? 'nothing' : 'skipped');
    // Looked at once for this base.
    expect(await shop.round()).toBeUndefined();
    expect([shop.head(), shop.asked(), endings(shop), state(shop)]).toEqual([shop.first, 0, [], 'open']);
  }
});

test('a conflict: the same change on the new base, proven, as one merge commit on top; no money, one word', async () => {
  const shop = await moved(BESIDE, true);
  const outcome = await shop.round();
  expect(outcome).toMatchObject({ outcome: 'proposed', branch: BRANCH, costUsd: null, proof: { level: 'L4' } });
  expect(await shop.ports.repository.about(shop.head() ?? '')).toMatchObject({
    parents: [shop.first, shop.onto],
    message: expect.stringMatching(/^fix: merge the base\n/),
  });
  expect(await pricingOf(shop)).toBe(FIXED.replace('orderTotal(order) {', 'orderTotal(order, tax) {'));
  expect(endings(shop)).toEqual(['0 commit']);
  expect(shop.own()[0]?.body).toContain('merges the base into this branch');
  shop.host.talk.isConflicting = false;
  expect(await shop.round()).toBeUndefined();
  expect([shop.asked(), shop.remote.standing.size]).toEqual([0, 0]);
  // The next time it conflicts, what is ours is what is above the base that was merged.
  shop.advance({ ...FILES, 'src/pricing.js': BESIDE.replace('tax', 'rate') });
  shop.host.talk.isConflicting = true;
  await shop.round();
  expect(await pricingOf(shop)).toBe(FIXED.replace('orderTotal(order) {', 'orderTotal(order, rate) {'));
});

test('people go on asking after it', async () => {
  const shop = await moved(BESIDE, true);
  await shop.round();
  shop.host.talk.isConflicting = false;
  shop.say('/ai-ops a missing price should be null');
  expect(await shop.round()).toMatchObject({ outcome: 'proposed' });
  expect(endings(shop)).toEqual(['0 commit', '1 commit']);
});

test('a conflict that the change does not fit into, or with tests that fail then: one word, and never again', async () => {
  const unfit = await moved(BROKEN.replace('order.item.price', 'order.item.cost'), true);
  expect(await unfit.round()).toMatchObject({ outcome: 'refused', code: 'base-conflict' });
  // Green without the fix, red with it.
  const red = await moved(BESIDE, true, (pricing, dir) => (pricing.includes('tax') && pricing.includes('?.') ? 1 : suite(pricing, dir)));
  expect(await red.round()).toMatchObject({ outcome: 'refused' });
  for (const shop of [unfit, red]) {
    shop.advance({ ...FILES, 'src/pricing.js': `${BESIDE}// more\n` });
    expect(await shop.round()).toBeUndefined();
    expect([shop.head(), endings(shop), state(shop)]).toEqual([shop.first, ['0 none'], 'open']);
  }
});

test('the base has the lines of the fix: told and closed, with nothing run and no Claude', async () => {
  for (const isConflicting of [false, true]) {
    const shop = await moved(`// by hand\n${FIXED}`, isConflicting);
    expect(await shop.round()).toBeUndefined();
    expect([endings(shop), state(shop), shop.asked(), shop.head()]).toEqual([['0 closed'], 'closed', 0, shop.first]);
    expect(shop.own()[0]?.body).toContain(`holds the lines of this fix already (${shop.onto.slice(0, 12)})`);
    expect(await shop.round()).toBeUndefined();
    expect(endings(shop)).toEqual(['0 closed']);
  }
});

test('the base mends it in another way, in the same lines or beside them: the test is green there without the fix, told and closed', async () => {
  for (const [pricing, isConflicting] of [
    [ELSEWHERE, true],
    [ELSEWHERE, false],
    [LOUD, false],
  ] as const) {
    const shop = await moved(pricing, isConflicting, (text, dir) => (text.includes('import log') ? 0 : suite(text, dir)));
    expect(await shop.round()).toMatchObject({ outcome: 'skipped', code: 'base-mended' });
    expect([endings(shop), state(shop), shop.asked()]).toEqual([['0 closed'], 'closed', 0]);
    expect(shop.own()[0]?.body).toContain('run twice on the base as it is now');
  }
});

test('not seen for long: closed only where the base has changed a file of its frames', async () => {
  for (const [pricing, days, expected] of [
    [LOUD, 31, 'closed'],
    [LOUD, 29, 'open'],
    [BROKEN, 31, 'open'],
  ] as const) {
    // Nothing was shown by a test here.
    const shop = await proposed(undefined, () => 0);
    shop.host.talk.base = shop.branches.get('main') ?? '';
    shop.advance({ ...FILES, 'src/pricing.js': pricing, 'README.md': 'x' });
    const later = new Date(Date.parse(INCIDENT.last.time) + days * 86_400_000);
    const { replies } = shop.box.run(shop.box.ledger(), undefined, later);
    for (const trace of await replies.asked(LIVE)) await replies.attend(trace, LIVE);
    expect([days, state(shop)]).toEqual([days, expected]);
    if (expected === 'closed') expect(shop.own()[0]?.body).toContain('no proof that it is mended');
  }
});

describe('what we have closed ourselves', () => {
  const windows = { confirmSeconds: 60, deploySeconds: 60, language: 'en' } as const;
  async function closed() {
    const shop = await moved(`// by hand\n${FIXED}`);
    await shop.round();
    const ledger = shop.box.ledger();
    const ports = { store: ledger, journal: ledger, host: shop.host, clock: () => NOW, placeOf: async () => undefined };
    await look(ports, { states: ['proposed', 'closed'] }, windows, LIVE);
    return { shop, ledger, ports };
  }

  test('is no closing of a person: the incident comes back with the error, and gets another request', async () => {
    const { shop, ledger, ports } = await closed();
    const [incident] = await ledger.incidents({ fingerprint: INCIDENT.fingerprint });
    expect(incident).toMatchObject({ state: 'closed', reason: 'closed-by-itself' });
    const { fingerprint, title, sample } = INCIDENT;
    const later = { ...INCIDENT.last, time: new Date(NOW.getTime() + 3_600_000).toISOString() };
    await ledger.record({ checkpoint: null, sightings: [{ fingerprint, title, sample, count: 1, first: later, last: later }] });
    const after = { ...ports, clock: () => new Date(NOW.getTime() + 7_200_000) };
    const { moved: news } = await look(after, { states: ['closed'] }, windows, LIVE);
    expect(news.map(({ trace }) => trace.state)).toEqual(['regressed']);
    shop.script.next = block('src/pricing.js', BETTER);
    shop.advance(FILES);
    const again = await shop.box.run(ledger).repair();
    expect(again).toMatchObject({ outcome: 'proposed', branch: `${BRANCH}-2` });
  });

  test('on another box it is no closing of a person either', async () => {
    const { shop } = await closed();
    const other = await shop.boxOf('other');
    expect(await other.run(other.ledger()).repair()).toMatchObject({
      outcome: 'skipped',
      reason: expect.stringContaining('ai-ops closed'),
    });
  });

  test('opened again by a person: left to them, said once; closed by them it is closed', async () => {
    const { shop, ledger, ports } = await closed();
    Object.assign(shop.host.requests[0] ?? {}, { state: 'open' });
    await look(ports, { states: ['proposed', 'closed'] }, windows, LIVE);
    for (let count = 0; count < 2; count += 1) await shop.round();
    expect([endings(shop), state(shop)]).toEqual([['0 closed', '0 stop'], 'open']);
    Object.assign(shop.host.requests[0] ?? {}, { state: 'closed' });
    await look(ports, { states: ['proposed', 'closed'] }, windows, LIVE);
    const [incident] = await ledger.incidents({ fingerprint: INCIDENT.fingerprint });
    expect(incident).toMatchObject({ state: 'closed', reason: 'closed-by-person' });
  });

  test.each(['request', 'claim'] as const)(
    'cut off in the step %s of what closes it, or while a person closes it: it comes to its end, and no claim is left',
    async (step) => {
      const shop = await moved(LOUD, false, (text, dir) => (text.includes('import log') ? 0 : suite(text, dir)));
      await killedIn(shop, step);
      if (step === 'claim') Object.assign(shop.host.requests[0] ?? {}, { state: 'closed' });
      expect(state(shop)).toBe('closed');
      const ledger = shop.box.ledger();
      const ports = { store: ledger, journal: ledger, host: shop.host, clock: () => NOW, placeOf: async () => undefined };
      await look(ports, { states: ['proposed', 'closed'] }, windows, LIVE);
      for (let count = 0; count < 2; count += 1) await shop.round();
      expect([shop.remote.standing.size, endings(shop), shop.asked(), shop.head()]).toEqual([
        ...[0, step === 'claim' ? [] : ['0 closed'], 0, shop.first],
      ]);
      const replies = (await ledger.traces({})).filter(({ follows }) => follows !== undefined);
      expect(replies.map(({ state: now, code }) => [now, code])).toEqual([['skipped', 'reply-skipped']]);
    },
  );

  test('cut off between the word and the closing: closed by the next look', async () => {
    const shop = await moved(`// by hand\n${FIXED}`);
    const { closeRequest } = shop.host;
    shop.host.closeRequest = async () => {
      throw new Error('killed');
    };
    await expect(shop.round()).rejects.toThrow('killed');
    shop.host.closeRequest = closeRequest;
    await shop.round();
    expect([endings(shop), state(shop)]).toEqual([['0 closed'], 'closed']);
  });
});

test('what people ask for comes first; what they have moved is theirs', async () => {
  const asked = await moved(BESIDE, true);
  asked.say('/ai-ops a missing price should be null', { author: WRITER });
  await asked.round();
  expect(endings(asked)).toEqual(['1 commit']);
  const pushed = await moved(BESIDE, true);
  const theirs = pushed.plant(BRANCH, { ...FILES, 'src/pricing.js': BETTER });
  await pushed.round();
  expect([pushed.head(), endings(pushed)]).toEqual([theirs, ['0 stop']]);
});

test('two boxes of one ledger, and two of two: one commit, one word', async () => {
  const shop = await moved(BESIDE, true);
  const other = await shop.boxOf('other');
  await other.run(other.ledger()).repair();
  await Promise.all([shop.round(), shop.round(other)]);
  shop.host.talk.isConflicting = false;
  for (const box of [other, shop.box]) await shop.round(box);
  expect(endings(shop)).toEqual(['0 commit']);
  expect((await shop.ports.repository.about(shop.head() ?? '')).parents).toEqual([shop.first, shop.onto]);
});

test.each(['claim', 'checkout', 'context', 'baseline', 'fix', 'guard', 'verify', 'commit', 'push', 'request'] as const)(
  'killed in the step %s: one merge commit, one word',
  async (name) => {
    const shop = await moved(BESIDE, true);
    await killedIn(shop, name);
    for (let count = 0; count < 3; count += 1) await shop.round();
    expect(endings(shop)).toEqual(['0 commit']);
    expect(shop.marks()[0]?.commit).toBe(shop.head());
    expect((await shop.ports.repository.about(shop.head() ?? '')).parents).toEqual([shop.first, shop.onto]);
    expect(shop.asked()).toBe(0);
  },
);
