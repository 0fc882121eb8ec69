// A topic that several boxes read as one group: every trace is whole and counts once, also where partitions change hands in the
// middle of it. On librdkafka's own broker, and on a real one in the slow lane.
import { randomUUID } from 'node:crypto';
import { createMemoryState } from '../../../fakes/ledger.ts';
import { hasKcat, hasMaven, makeTopic, produce, startKafka, startMockBroker, type TestBroker } from '../../../support/kafka.ts';
import { IS_SLOW_LANE } from '../../../support/lane.ts';
import { BUGS, startBox, sumOf, tracesOf, until } from './readers.ts';

/** How much may count twice where partitions change hands: librdkafka's broker takes no place of a member while it shares out anew. */
const KINDS: readonly (readonly [string, boolean, number, () => Promise<TestBroker>])[] = [
  ['the broker of librdkafka', hasKcat(), 0.2, startMockBroker],
  ['Apache Kafka', IS_SLOW_LANE && hasMaven(), 0, startKafka],
];

const each = (count: number) => Object.fromEntries(BUGS.map((bug) => [bug, count]));

for (const [name, isThere, share, start] of KINDS)
  (isThere ? describe : describe.skip)(name, () => {
    let broker: TestBroker;
    const isReal = name === 'Apache Kafka';
    const fresh = async (query = ''): Promise<{ topic: string; address: string }> => {
      const topic = `t-${randomUUID().slice(0, 8)}`;
      // The other one makes them as they are named.
      if (isReal) await makeTopic(broker.server, topic, 4);
      return { topic, address: `kafka://${broker.server}/${topic}${query}` };
    };
    beforeAll(async () => {
      broker = await start();
    }, 600_000);
    afterAll(() => broker?.stop());

    test('one box reads all of it, and again nothing', async () => {
      const { topic, address } = await fresh();
      await produce(broker.server, topic, tracesOf(12, 5, 4), isReal);
      const state = createMemoryState();
      await startBox(address, { once: true, state }).ended;
      expect(startBox(address, { once: true, state }).counts()).toEqual(each(12));
      await produce(broker.server, topic, tracesOf(4, 5, 4), isReal);
      const again = startBox(address, { once: true, state });
      await again.ended;
      expect(again.counts()).toEqual(each(16));
    });

    (IS_SLOW_LANE ? test : test.skip)(
      'boxes that come and go in the middle of traces count each once, between them',
      async () => {
        const { topic, address } = await fresh('?group=g');
        const records = tracesOf(16, 20, 4);
        const total = 16 * 4;
        const part = Math.floor(records.length / 8);
        const send = (n: number): Promise<void> =>
          produce(broker.server, topic, records.slice(n * part, n === 7 ? undefined : (n + 1) * part), isReal);
        await send(0);
        const [a, b] = [startBox(address), startBox(address)];
        await Promise.all([a.ready, b.ready]);
        await send(1);
        await send(2);
        const c = startBox(address);
        await send(3);
        await c.ready;
        await send(4);
        await b.stop();
        await send(5);
        await send(6);
        const d = startBox(address);
        await d.ready;
        await a.stop();
        await send(7);
        const sums = () => sumOf([a, b, c, d].map((box) => box.counts()));
        await until(() => Object.values(sums()).reduce((sum, count) => sum + count, 0) >= total * BUGS.length, sums);
        await Promise.all([c.stop(), d.stop()]);
        expect(Object.keys(sums()).toSorted()).toEqual(BUGS.toSorted());
        for (const [bug, count] of Object.entries(sums()))
          expect([bug, count >= total && count <= total * (1 + share)]).toEqual([bug, true]);
        // A busy machine lets members of librdkafka's broker drop out: it calls what they send then invalid, and they come again.
        const said = [a, b, c, d].flatMap(({ gaps, troubles }) => [...gaps, ...troubles]);
        expect(said.filter((words) => isReal || !words.endsWith('INVALID_REQUEST'))).toEqual([]);
      },
      300_000,
    );
  });
