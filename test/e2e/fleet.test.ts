// A fleet on one topic: eight boxes as processes, forty writers, a thousand traces of twenty bugs in pieces; three boxes are killed
// in the middle, others come. Every trace is whole at one of them, nothing is lost, and each bug has one request on the host. On a
// real broker, and on that of librdkafka, which has four partitions; both in the slow lane.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Boxes, fileOf, startBoxes } from '../support/boxes.ts';
import { hasKcat, hasMaven, makeTopic, produce, startKafka, startMockBroker, type TestBroker } from '../support/kafka.ts';
import { IS_SLOW_LANE } from '../support/lane.ts';
import { MAIN } from '../support/main-file.ts';
import { eventually, type Program } from '../support/program.ts';

const [BOXES, WRITERS, TRACES, BUGS] = [8, 40, 1000, 20];
const LIMIT = 900_000;
const EACH = TRACES / BUGS;

type Sent = readonly (readonly [number, string, string])[];

/** Each line a record of its own; the writers take turns, so that no trace stands alone. */
function records(partitions: number): Sent {
  const queues = Array.from({ length: WRITERS }, (_, writer) => ({
    ...{ key: `pod-${writer}`, partition: writer % partitions },
    lines: Array.from({ length: TRACES / WRITERS }, (_, n) => linesOf(`pod-${writer}`, writer * (TRACES / WRITERS) + n)).flat(),
  }));
  const all: (readonly [number, string, string])[] = [];
  for (let turn = 0, left = queues; left.length > 0; left = left.filter(({ lines }) => lines.length > 0), turn += 1)
    for (const [at, { key, partition, lines }] of left.entries())
      for (const line of lines.splice(0, 1 + ((at + turn) % 2))) all.push([partition, key, line]);
  return all;
}

function linesOf(pod: string, n: number): readonly string[] {
  const bug = (n % BUGS) + 1;
  const time = new Date(Date.parse('2026-03-01T10:00:00Z') + n * 1000).toISOString().replace('T', ' ').replace('.000Z', ',000');
  return [
    `${time} ERROR [${pod}] order ${n} failed`,
    `TypeError: Cannot read properties of undefined (reading 'price${bug}')`,
    `    at total${bug} (/srv/app/src/${fileOf(bug)}:2:21)`,
    '    at placeOrder (/srv/app/node_modules/orders/index.js:30:5)',
    `${time} INFO [${pod}] ready for the next`,
  ];
}

/** Partitions, and how many times a bug may count: what the dead had counted in their last second counts at others, too; librdkafka's broker takes no place of a member while it shares out anew. */
const KINDS: readonly (readonly [string, boolean, number, number, () => Promise<TestBroker>])[] = [
  ['Apache Kafka', hasMaven(), 40, 1.6, startKafka],
  ['the broker of librdkafka', hasKcat(), 4, 3, startMockBroker],
];

for (const [name, isThere, partitions, most, start] of KINDS)
  (IS_SLOW_LANE && isThere ? describe : describe.skip)(name, () => {
    let broker: TestBroker;
    let boxes: Boxes;
    const topic = `fleet-${randomUUID().slice(0, 8)}`;
    beforeAll(async () => {
      broker = await start();
      if (partitions === 40) await makeTopic(broker.server, topic, partitions);
      const source = `kafka://${broker.server}/${topic}?group=fleet`;
      boxes = await startBoxes({ boxes: BOXES, bugs: BUGS, main: MAIN, claimSeconds: 20, thinkSeconds: 0.1, source });
    }, LIMIT);
    afterAll(async () => {
      await boxes?.close();
      await broker?.stop();
    });

    test(
      'a thousand whole traces, twenty requests',
      async () => {
        const all = records(partitions);
        const part = Math.floor(all.length / 6);
        const send = (n: number): Promise<void> =>
          produce(broker.server, topic, all.slice(n * part, n === 5 ? undefined : (n + 1) * part), partitions === 40);
        const first = Array.from({ length: BOXES - 1 }, (_, at) => boxes.start(at + 1));
        const said = (some: readonly Program[]) => (): string => some.map((one) => one.stdout() + one.stderr()).join('\n---\n');
        const isReady = (one: Program): true | undefined => (one.stdout().includes('"kind":"ready"') ? true : undefined);
        await send(0);
        for (const one of first) await eventually(() => isReady(one), said(first), LIMIT / 3);
        await send(1);
        // The first sharing out anew: one comes.
        const last = boxes.start(BOXES);
        await send(2);
        await eventually(() => isReady(last), said([last]), LIMIT / 3);
        // The second one: three die where they stand, in the middle of traces.
        for (const one of first.slice(0, 3)) await one.end('SIGKILL');
        await send(3);
        await sleep(3000);
        await send(4);
        // One of the dead comes back to its own ledger.
        const again = boxes.start(1);
        await send(5);
        const sum = async () => {
          const merged = Array.from({ length: BOXES - 1 }, (_, at) => boxes.stateOf(at + 2));
          const found = await boxes.incidents(1, 0, '--merge', ...merged);
          return found.map(({ title, count, frames }) => ({
            title: String(title),
            count: Number(count),
            frames: (frames as readonly unknown[]).length,
          }));
        };
        let found: Awaited<ReturnType<typeof sum>> = [];
        const isDone = async (): Promise<boolean> => {
          found = await sum();
          return found.length >= BUGS && found.every(({ count }) => count >= EACH) && boxes.requests().length >= BUGS;
        };
        for (const end = Date.now() + LIMIT / 2; !(await isDone()); await sleep(2000))
          if (Date.now() > end)
            throw new Error(`${JSON.stringify(found)}; ${boxes.requests().length} requests\n${said([again, last])().slice(-3000)}`);
        for (const one of [again, last, ...first.slice(3)]) await one.end('SIGTERM');
        found = await sum();

        expect(boxes.requests()).toHaveLength(BUGS);
        expect(new Set(boxes.requests().map(({ head }) => head)).size).toBe(BUGS);
        // A trace that was cut would be another incident, or have fewer frames.
        expect(found.map(({ title }) => title).toSorted()).toEqual(
          Array.from({ length: BUGS }, (_, at) => `TypeError: Cannot read properties of undefined (reading 'price${at + 1}')`).toSorted(),
        );
        expect(found.filter(({ frames }) => frames !== 2)).toEqual([]);
        const total = found.reduce((sum, { count }) => sum + count, 0);
        // What three boxes had counted in the second before they died is counted by others, too.
        console.info(
          `${name}: ${total} of ${TRACES} traces counted, ${boxes.calls().length} answers paid, ${boxes.requests().length} requests`,
        );
        for (const { title, count } of found) expect([title, count >= EACH && count <= EACH * most]).toEqual([title, true]);
        expect(boxes.violations()).toEqual([]);
      },
      LIMIT,
    );
  });
