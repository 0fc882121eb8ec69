// Reads the partitions that are ours until they are shared out anew: one loop per broker that asks for records, and one that
// stays in touch with the group and tells it what is counted.
import { setTimeout as sleep } from 'node:timers/promises';
import type { FollowOptions, SourceSink } from '../../../ports.ts';
import type { Broker, KafkaAddress } from './address.ts';
import { KafkaAway, type KafkaClient, KafkaRefusal } from './client.ts';
import type { Cluster, Topic } from './cluster.ts';
import { type Fetched, fetchNext } from './fetch.ts';
import { type Membership, SESSION_MS } from './group.ts';
import type { PartitionStream } from './partition.ts';
import type { Committed } from './positions.ts';

export interface Reading {
  readonly partition: number;
  readonly stream: PartitionStream;
  /** Offset to be asked for. */
  next: bigint;
  readonly first: bigint;
  /** Behind the last record when it was opened. */
  readonly end: bigint;
  /** Something of it waits for silence. */
  isWaiting: boolean;
}

/** Why a session is over: partitions are shared out anew, or the topic is not what it was; or all is over. */
export type Ending = 'shared' | 'changed' | 'done' | 'aborted';

export interface Session {
  readonly client: KafkaClient;
  readonly cluster: Cluster;
  readonly membership: Membership | undefined;
  readonly address: KafkaAddress;
  readonly topic: Topic;
  readonly readings: readonly Reading[];
  readonly sink: SourceSink;
  readonly options: FollowOptions;
  readonly counted: (isNow: boolean) => Promise<ReadonlyMap<number, Committed>>;
}

const HEARTBEAT_MS = 1_000;
/** New partitions, and another life of the topic, are found this often. */
const LOOK_MS = 30_000;

/** @throws KafkaAway, KafkaRefusal */
export async function readSession(session: Session): Promise<Ending> {
  const { readings, topic, options } = session;
  const over = new AbortController();
  const stop = AbortSignal.any([options.signal, over.signal]);
  let ending: Ending | undefined;
  const end = (why: Ending): void => {
    ending ??= why;
    over.abort();
  };
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn: InTurn = (work) => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };
  const byLeader = Map.groupBy(readings, ({ partition }) => topic.leaders.get(partition));
  if (byLeader.has(undefined)) throw new KafkaAway('a partition has no leader');
  const loops = [...byLeader].map(([broker, some]) => readFrom(broker as Broker, some, session, inTurn, stop, end));
  if (options.once)
    void Promise.all(loops).then(
      () => end('done'),
      () => undefined,
    );
  const all = [...loops, stayInTouch(session, stop, end)].map((loop) =>
    loop.catch((thrown: unknown) => {
      over.abort();
      throw thrown;
    }),
  );
  const failed = (await Promise.allSettled(all)).find((one) => one.status === 'rejected');
  if (options.signal.aborted) return 'aborted';
  if (failed) throw failed.reason;
  if (ending === 'done') for (const { stream } of readings) await session.sink.ended(stream.stream);
  return ending ?? 'done';
}

/** The source reads one block at a time, however many brokers there are. */
type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

async function readFrom(
  broker: Broker,
  readings: readonly Reading[],
  { client, address, sink, options }: Session,
  inTurn: InTurn,
  stop: AbortSignal,
  end: (why: Ending) => void,
): Promise<void> {
  const byPartition = new Map(readings.map((reading) => [reading.partition, reading]));
  const left = (): readonly Reading[] => (options.once ? readings.filter(({ next, end: last }) => next < last) : readings);
  const ask = (): Promise<readonly Fetched[]> => {
    const answer = fetchNext(client, broker, address.topic, new Map(left().map(({ partition, next }) => [partition, next])));
    // It may come to nothing while the one before it is worked on.
    answer.catch(() => undefined);
    return answer;
  };
  if (left().length === 0) return;
  // A broker that waits for something to come is not waited for.
  stop.addEventListener('abort', () => client.drop('fetch', broker), { once: true });
  for (let answer = ask(); !stop.aborted; ) {
    const fetched = await answer.catch((thrown: unknown) => {
      if (!stop.aborted) throw thrown;
      return [];
    });
    if (stop.aborted) return;
    for (const { partition, next, problem } of fetched) {
      if (problem !== undefined) return end('changed');
      byPartition.get(partition)!.next = next;
    }
    const isOver = left().length === 0;
    // The next records come while these are counted.
    if (!isOver) answer = ask();
    for (const one of fetched) {
      if (stop.aborted) return;
      await inTurn(() => take(byPartition.get(one.partition)!, one, sink, stop));
    }
    if (isOver) return;
  }
}

async function take(reading: Reading, { records, next, isLast }: Fetched, sink: SourceSink, stop: AbortSignal): Promise<void> {
  const { stream } = reading;
  for (const chunk of stream.chunks(records, next)) {
    if (stop.aborted) return;
    await sink.chunk(chunk);
    reading.isWaiting = true;
  }
  if (isLast && reading.isWaiting) reading.isWaiting = await sink.idle(stream.stream);
}

async function stayInTouch(
  { membership, cluster, topic, options, counted }: Session,
  stop: AbortSignal,
  end: (why: Ending) => void,
): Promise<void> {
  let told: ReadonlyMap<number, string> = new Map();
  let [heardAt, lookedAt] = [performance.now(), performance.now()];
  while (!stop.aborted) {
    await sleep(HEARTBEAT_MS, undefined, { signal: stop }).catch(() => undefined);
    if (stop.aborted) return;
    try {
      if (membership) {
        if (!(await membership.heartbeat())) return end('shared');
        heardAt = performance.now();
        const places = await counted(false);
        const news = new Map([...places].filter(([partition, place]) => told.get(partition) !== textOf(place)));
        if (news.size > 0 && !(await membership.commit(news, topic.id))) return end('shared');
        told = new Map([...told, ...[...news].map(([partition, place]) => [partition, textOf(place)] as const)]);
      }
      if (!options.once && performance.now() - lookedAt > LOOK_MS) {
        lookedAt = performance.now();
        const now = await cluster.topic();
        if (now.id !== topic.id || now.leaders.size !== topic.leaders.size) return end('changed');
      }
    } catch (thrown) {
      const isPassing = thrown instanceof KafkaAway || thrown instanceof KafkaRefusal;
      // By then the group has given our partitions to others.
      if (!isPassing || (membership && performance.now() - heardAt > SESSION_MS / 2)) throw thrown;
    }
  }
}

const textOf = ({ offset, within, ahead, counted }: Committed): string =>
  [offset, within, ahead.size, counted.length, counted.at(-1)].join(' ');
