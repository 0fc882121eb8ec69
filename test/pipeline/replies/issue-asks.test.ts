// People ask for a repair on an issue of ours: as `ai-ops fix --again`, within the budgets, told there once; nobody else's words count.
import type { Remark } from '../../../src/core/policy/follow-up.ts';
import { readReplyMark } from '../../../src/core/policy/reply-mark.ts';
import { FAKE_ME } from '../../fakes/talk.ts';
import { block, FIXED } from '../../support/pipeline.ts';
import { AGO, BEFORE, BOT, killedIn, NOW, OUTSIDER, POLICY, proposed, WRITER } from './world.ts';

/** The shop's tests are red with and without the fix: what is mended is told in an issue. */
async function issued() {
  let isRed = true;
  const shop = await proposed(block('src/pricing.js', FIXED), () => (isRed ? 1 : 0), undefined, 'issued');
  const talk = shop.host.issueTalk;
  const number = shop.host.issues[0]?.number ?? 0;
  for (const { id } of [WRITER, BOT]) talk.writers.add(id);
  let count = 0;
  const ask = (body: string, more: Partial<Remark> = {}): void => {
    count += 1;
    const remark: Remark = { id: `comment:${count}`, kind: 'comment', author: WRITER, body, at: AGO, ...more };
    talk.said.set(number, [...(talk.said.get(number) ?? []), remark]);
  };
  const own = (): readonly string[] =>
    (talk.said.get(number) ?? []).flatMap(({ author, body }) => (author.id === FAKE_ME.id && readReplyMark(body) ? [body] : []));
  const mend = (): void => {
    isRed = false;
  };
  return { ...shop, issueTalk: talk, number, ask, own, mend };
}

test('a writer asks, when it can be shown now: repaired once more, a request, one word with its address, a receipt', async () => {
  const shop = await issued();
  shop.mend();
  shop.ask('/ai-ops try it again');
  expect(await shop.round()).toMatchObject({ outcome: 'proposed' });
  expect([shop.asked(), shop.own().length, shop.host.requests.length]).toEqual([1, 1, 1]);
  expect(shop.own()[0]).toContain('https://fake.invalid/pull/');
  expect([...shop.issueTalk.acknowledged]).toEqual(['comment:1']);
  expect(await shop.round()).toBeUndefined();
  expect([shop.asked(), shop.own().length, shop.remote.standing.size]).toEqual([1, 1, 0]);
});

test('it comes to nothing again: said, and asked for again it is tried again, up to the limit', async () => {
  const shop = await issued();
  for (let round = 0; round < 5; round += 1) {
    const at = NOW.getTime() + round * 3_600_000;
    shop.ask('/ai-ops try it again', { at: new Date(at - 600_000).toISOString() });
    await shop.round(shop.box, undefined, new Date(at));
  }
  expect([shop.asked(), shop.own().length]).toEqual([3, 4]);
  expect(shop.own()[0]).toContain('There is no request');
  expect(shop.own().at(-1)).toContain('follow.maxRounds');
});

test.each([
  ['an outsider', { author: OUTSIDER }],
  ['a bot with the right to write', { author: BOT }],
  ['talk among people', { body: 'should it try again?' }],
] as const)('%s: nothing', async (_name, more) => {
  const shop = await issued();
  shop.mend();
  shop.ask('/ai-ops try it again', more);
  expect(await shop.round()).toBeUndefined();
  expect([shop.asked(), shop.own().length, shop.issueTalk.acknowledged.size]).toEqual([0, 0, 0]);
});

test('edited after its answer: nothing more; the label ends it, said once', async () => {
  const shop = await issued();
  shop.mend();
  shop.ask('/ai-ops one');
  await shop.round();
  const said = shop.issueTalk.said.get(shop.number) ?? [];
  shop.issueTalk.said.set(
    shop.number,
    said.map((one) => (one.id === 'comment:1' ? { ...one, body: '/ai-ops two' } : one)),
  );
  expect(await shop.round()).toBeUndefined();
  shop.issueTalk.labels.set(shop.number, ['ai-ops:stop']);
  for (let count = 0; count < 2; count += 1) await shop.round();
  expect([shop.asked(), shop.own().length]).toEqual([1, 2]);
});

test('closed: nobody is heard there', async () => {
  const shop = await issued();
  shop.mend();
  shop.ask('/ai-ops try it again');
  Object.assign(shop.host.issues[0] ?? {}, { state: 'closed' });
  expect(await shop.round()).toBeUndefined();
  expect(shop.asked()).toBe(0);
});

test('no budget: done when there is one', async () => {
  const shop = await issued();
  shop.mend();
  shop.ask('/ai-ops try it again');
  POLICY.maxRepairsPerHour = 0;
  try {
    expect(await shop.round()).toBeUndefined();
  } finally {
    POLICY.maxRepairsPerHour = 20;
  }
  expect(shop.asked()).toBe(0);
  expect(await shop.round()).toMatchObject({ outcome: 'proposed' });
});

test('two boxes at one time: one repair, one word', async () => {
  const shop = await issued();
  const other = await shop.boxOf('other');
  await other.run(other.ledger(), undefined, BEFORE).repair();
  shop.mend();
  shop.ask('/ai-ops try it again');
  await Promise.all([shop.round(), shop.round(other)]);
  for (const box of [shop.box, other]) await shop.round(box);
  expect([shop.asked(), shop.own().length, shop.host.requests.length]).toEqual([1, 1, 1]);
});

test.each(['claim', 'fix', 'verify', 'push', 'request', 'notify'] as const)(
  'killed in the step %s: one request, one word',
  async (name) => {
    const shop = await issued();
    shop.mend();
    shop.ask('/ai-ops try it again');
    await killedIn(shop, name);
    for (let count = 0; count < 3; count += 1) await shop.round();
    expect([shop.asked(), shop.own().length, shop.host.requests.length]).toEqual([1, 1, 1]);
  },
);
