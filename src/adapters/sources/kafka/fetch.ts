// Asks one broker for the next records of the partitions that it leads.
import type { Broker } from './address.ts';
import { type KafkaClient, KafkaRefusal } from './client.ts';
import type { KafkaRecord } from './partition.ts';

export interface Fetched {
  readonly partition: number;
  readonly records: readonly KafkaRecord[];
  /** Where to go on. */
  readonly next: bigint;
  /** Nothing more is there now. */
  readonly isLast: boolean;
  /** It cannot be read from there. */
  readonly problem?: 'gone' | 'moved';
}

/** How long a broker waits for something to come, ms. */
const WAIT_MS = 250;
/** Most bytes of an answer, and of one partition in it. */
const MOST_BYTES = 4 * 1024 * 1024;
const MOST_OF_ONE = 1024 * 1024;
const OUT_OF_RANGE = 1;
const IS_CONTROL = 1 << 5;

type Answer = Awaited<ReturnType<typeof ask>>;

/** @throws KafkaAway */
export async function fetchNext(
  client: KafkaClient,
  broker: Broker,
  topic: string,
  wanted: ReadonlyMap<number, bigint>,
): Promise<readonly Fetched[]> {
  const answer = await ask(client, broker, topic, wanted).catch((thrown: unknown) => {
    // What is wrong with one partition comes with the records of the others.
    if (thrown instanceof KafkaRefusal && isAnswer(thrown.answer)) return thrown.answer;
    throw thrown;
  });
  return answer.responses.flatMap(({ partitions }) =>
    partitions.flatMap((one): readonly Fetched[] => {
      const { partitionIndex: partition, errorCode, highWatermark } = one;
      const from = wanted.get(partition);
      if (from === undefined) return [];
      if (errorCode !== 0)
        return [{ partition, records: [], next: from, isLast: false, problem: errorCode === OUT_OF_RANGE ? 'gone' : 'moved' }];
      const { records, next } = recordsOf(one.records ?? [], from);
      return [{ partition, records, next, isLast: next >= highWatermark }];
    }),
  );
}

function ask(client: KafkaClient, broker: Broker, topic: string, wanted: ReadonlyMap<number, bigint>) {
  const partitions = [...wanted].map(([partition, fetchOffset]) => ({
    ...{ partition, fetchOffset, partitionMaxBytes: MOST_OF_ONE },
    ...{ currentLeaderEpoch: -1, lastFetchedEpoch: -1 },
  }));
  return client.askAside('fetch', broker, 'fetch', WAIT_MS, 1, MOST_BYTES, 0, 0, -1, [{ topicId: topic, partitions }], [], '');
}

const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && Array.isArray((value as { responses?: unknown }).responses);

type Batch = NonNullable<Answer['responses'][number]['partitions'][number]['records']>[number];

/** A batch is given whole, also where it is asked for from its middle; marks of transactions are no records. */
function recordsOf(batches: readonly Batch[], from: bigint): { records: readonly KafkaRecord[]; next: bigint } {
  const records: KafkaRecord[] = [];
  let next = from;
  for (const { firstOffset, firstTimestamp, lastOffsetDelta, attributes, records: all } of batches) {
    if ((attributes & IS_CONTROL) === 0)
      for (const { offsetDelta, timestampDelta, key, value, headers } of all) {
        const offset = firstOffset + BigInt(offsetDelta);
        if (offset >= from) records.push({ offset, timestamp: firstTimestamp + timestampDelta, key, value, headers });
      }
    const behind = firstOffset + BigInt(lastOffsetDelta) + 1n;
    if (behind > next) next = behind;
  }
  return { records, next };
}
