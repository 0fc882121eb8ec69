// A topic of a cluster: where its partitions are led, where they begin and end. Remembers which broker is asked, and finds
// another one where that is away.
import { fail } from '../../../errors.ts';
import type { Broker, KafkaAddress } from './address.ts';
import { KafkaAway, type KafkaClient, KafkaRefusal, sourceName } from './client.ts';

export interface Topic {
  /** Of this life of the topic: the same name may be made again. Its name where a broker does not say. */
  readonly id: string;
  /** Leader of each partition, by its number; `undefined` while there is none. */
  readonly leaders: ReadonlyMap<number, Broker | undefined>;
}

export interface Cluster {
  /** @throws AiOpsError `log-topic` for one that is not there, `log-refused`; `KafkaAway` */
  topic(): Promise<Topic>;
  /** The broker that keeps the places of a group. */
  coordinator(group: string): Promise<Broker>;
  /** The first offset that is there, and the one behind the last. */
  bounds(topic: Topic, partitions: readonly number[]): Promise<ReadonlyMap<number, { readonly first: bigint; readonly end: bigint }>>;
}

const NO_ID = '00000000-0000-0000-0000-000000000000';
const [EARLIEST, LATEST] = [-2n, -1n];

export function createCluster(client: KafkaClient, address: KafkaAddress): Cluster {
  let known: readonly Broker[] = address.brokers;
  /** Asks one after the other until one answers. */
  const anyOf = async <T>(work: (broker: Broker) => Promise<T>): Promise<T> => {
    const away: unknown[] = [];
    for (const broker of new Set([...known, ...address.brokers])) {
      try {
        return await work(broker);
      } catch (thrown) {
        if (!(thrown instanceof KafkaAway)) throw thrown;
        away.push(thrown);
      }
    }
    throw away[0];
  };
  const topic = (): Promise<Topic> =>
    anyOf(async (broker) => {
      const answer = await client.ask(broker, 'metadata', [address.topic], false, false).catch((thrown: unknown) => {
        if (thrown instanceof KafkaRefusal && UNKNOWN.has(thrown.codes[0] ?? ''))
          throw fail('log-topic', { source: sourceName(address.name) });
        throw thrown;
      });
      const brokers = new Map(answer.brokers.map(({ nodeId, host, port }) => [nodeId, { host, port }]));
      if (brokers.size > 0) known = [...brokers.values()];
      const found = answer.topics.find(({ name }) => name === address.topic);
      if (found === undefined || found.partitions.length === 0) throw fail('log-topic', { source: sourceName(address.name) });
      const { topicId } = found;
      return {
        id: topicId === undefined || topicId === NO_ID ? address.topic : topicId,
        leaders: new Map(found.partitions.map(({ partitionIndex, leaderId }) => [partitionIndex, brokers.get(leaderId)])),
      };
    });
  const offsets = async (
    broker: Broker,
    partitions: readonly number[],
    timestamp: bigint,
  ): Promise<readonly (readonly [number, bigint])[]> => {
    const wanted = partitions.map((partitionIndex) => ({ partitionIndex, currentLeaderEpoch: -1, timestamp }));
    const answer = await client.ask(broker, 'listOffsets', -1, 0, [{ name: address.topic, partitions: wanted }]);
    return answer.topics.flatMap((one) => one.partitions.map(({ partitionIndex, offset }) => [partitionIndex, offset] as const));
  };
  return {
    topic,
    coordinator: (group) =>
      anyOf(async (broker) => {
        const { coordinators } = await client.ask(broker, 'findCoordinator', 0, [group]);
        const [found] = coordinators;
        if (found === undefined) throw new KafkaAway('the group has no coordinator');
        return { host: found.host, port: found.port };
      }),
    async bounds({ leaders }, partitions) {
      const result = new Map<number, { first: bigint; end: bigint }>();
      for (const [broker, some] of Map.groupBy(partitions, (partition) => leaders.get(partition))) {
        if (broker === undefined) throw new KafkaAway(`partition ${some.join(', ')} has no leader`);
        const ends = new Map(await offsets(broker, some, LATEST));
        for (const [partition, first] of await offsets(broker, some, EARLIEST))
          result.set(partition, { first, end: ends.get(partition) ?? first });
      }
      return result;
    },
  };
}

const UNKNOWN = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'INVALID_TOPIC_EXCEPTION']);
