// The `Source` for a topic of Kafka, or of what speaks its protocol: each partition is a stream, read by whoever the group gives
// it to. What is counted, and up to where, stands in our ledger; the group is told afterwards, so that a box that takes over
// reads again what was not counted, from the head of the oldest event that was open (ADR 21).
import { setTimeout as sleep } from 'node:timers/promises';
import { type AiOpsError, asAiOpsError, fail } from '../../../errors.ts';
import { messageOf } from '../../../platform/errno.ts';
import type { FollowOptions, Source, SourceSink } from '../../../ports.ts';
import type { KafkaAddress } from './address.ts';
import { createKafkaClient, KafkaAway, type KafkaClient, type KafkaLogin, KafkaRefusal, sourceName } from './client.ts';
import { type Cluster, createCluster, type Topic } from './cluster.ts';
import { createMembership, type Membership } from './group.ts';
import { createPartition } from './partition.ts';
import { type Committed, readPosition } from './positions.ts';
import { type Ending, type Reading, readSession } from './session.ts';
import { startOf } from './start.ts';

export interface KafkaSourceOptions {
  readonly login?: KafkaLogin | undefined;
  /** PEM of `KafkaAddress.ca`, with what the system trusts. */
  readonly ca?: readonly string[] | undefined;
}

/** Between two tries, ms. */
const [LEAST_WAIT, MOST_WAIT] = [500, 30_000];
/** A broker that is there and says not now is asked again for so long, where nobody would wait for it. */
const NOT_NOW_MS = 30_000;
/** A box that gives its partitions back is waited for by all others. */
const GIVE_BACK_MS = 5_000;

/** What is known over all sessions of one run. */
interface Run {
  readonly client: KafkaClient;
  readonly cluster: Cluster;
  readonly membership: Membership | undefined;
  /** How far each stream is counted, by our ledger. */
  readonly own: Map<string, Committed>;
  /** Sources of which another life has been read. */
  readonly met: Map<string, string>;
  /** Partitions that were there when the run began; `undefined` before it has. */
  first: ReadonlySet<number> | undefined;
}

export function createKafkaSource(address: KafkaAddress, { login, ca }: KafkaSourceOptions = {}): Source {
  return {
    follow: async (sink, options) => {
      const client = createKafkaClient(address, login, ca);
      const cluster = createCluster(client, address);
      const { group, topic } = address;
      // Who keeps nothing takes nothing from those who do.
      const isShared = group !== null && sink.handover !== undefined;
      const run: Run = {
        ...{ client, cluster, membership: isShared ? createMembership(client, cluster, { group, topic }) : undefined },
        ...{ own: new Map(), met: new Map(), first: undefined },
      };
      for (const { position, counted } of options.checkpoints) {
        const at = readPosition(position.token);
        if (!position.source.startsWith(`kafka:${topic}/`) || at === undefined) continue;
        run.own.set(position.stream, { ...at, counted });
        run.met.set(position.source, position.stream);
      }
      try {
        await follow(address, run, onceReady(sink), options);
      } finally {
        await client.close();
      }
    },
  };
}

/** `ready` is said once: with the first partitions, or that nobody is there yet. */
function onceReady(sink: SourceSink): SourceSink {
  let isSaid = false;
  return {
    ...sink,
    ready: (sources) => {
      if (!isSaid) sink.ready(sources);
      isSaid = true;
    },
  };
}

/** One session after the other, until the end. */
async function follow(address: KafkaAddress, run: Run, sink: SourceSink, options: FollowOptions): Promise<void> {
  const { signal, once } = options;
  const source = sourceName(address.name);
  const began = performance.now();
  for (let waitMs = LEAST_WAIT, isTold = false; !signal.aborted; ) {
    try {
      const topic = await run.cluster.topic();
      const ending = await session(topic, address, run, sink, options, () => {
        [waitMs, isTold] = [LEAST_WAIT, false];
      });
      if (ending === 'done' || ending === 'aborted') return;
    } catch (thrown) {
      if (signal.aborted) return;
      const error = asError(thrown, source);
      // What no waiting mends is said at the start; later it may pass, as logins and topics come back.
      const isNotNow = thrown instanceof KafkaRefusal && performance.now() - began < NOT_NOW_MS;
      if (!isNotNow && (once || (run.first === undefined && error.code !== 'log-unreachable'))) throw error;
      if (!isTold && !isNotNow) {
        sink.trouble(source, error.message);
        sink.ready([{ source, offset: 0 }]);
        isTold = true;
      }
      await sleep(waitMs, undefined, { signal }).catch(() => undefined);
      waitMs = Math.min(MOST_WAIT, waitMs * 2);
    }
  }
}

/** From the sharing out of the partitions to the next one. */
async function session(
  topic: Topic,
  address: KafkaAddress,
  run: Run,
  sink: SourceSink,
  options: FollowOptions,
  isUp: () => void,
): Promise<Ending> {
  const { membership, cluster, client } = run;
  const all = [...topic.leaders.keys()].sort((a, b) => a - b);
  const mine = membership ? await membership.join(all) : all;
  const readings = await openAll(topic, mine, address, run, sink, options);
  run.first ??= new Set(all);
  isUp();
  const places = readings.map(({ stream, next }) => ({ source: stream.source, offset: Number(next) }));
  sink.ready(places.length > 0 ? places : [{ source: sourceName(address.name), offset: 0 }]);
  if (options.once && options.from !== 'resume' && readings.length > 0 && readings.every(({ first, end }) => first === end))
    throw fail('log-empty', { source: sourceName(address.name) });
  const counted = async (isNow: boolean): Promise<ReadonlyMap<number, Committed>> => countedOf(run, sink, readings, isNow);
  let ending: Ending = 'changed';
  try {
    ending = await readSession({ client, cluster, membership, address, topic, readings, sink, options, counted });
    return ending;
  } finally {
    await giveBack(run, topic, readings, sink, counted, ending);
  }
}

async function openAll(
  topic: Topic,
  mine: readonly number[],
  address: KafkaAddress,
  run: Run,
  sink: SourceSink,
  options: FollowOptions,
): Promise<readonly Reading[]> {
  const { membership, cluster, own, met } = run;
  const committed = membership ? await membership.committed(mine, topic.id) : new Map<number, Committed>();
  const bounds = await cluster.bounds(topic, mine);
  const starts = new Map<number, Committed>();
  const readings = mine.map((partition): Reading => {
    const name = { source: `kafka:${address.topic}/${partition}`, stream: `kafka:${topic.id}/${partition}` };
    const { first, end } = bounds.get(partition)!;
    const isNew = run.first?.has(partition) === false || (met.get(name.source) ?? name.stream) !== name.stream;
    const isMet = options.from !== 'end' || run.first !== undefined;
    const known = { own: isMet ? own.get(name.stream) : undefined, group: isMet ? committed.get(partition) : undefined };
    const start = startOf({ ...known, first, end, isNew }, options.from);
    met.set(name.source, name.stream);
    const stream = createPartition(name, start.at, address.writer);
    sink.opened({ ...name, why: start.why, counted: start.at.counted, ...stream.start });
    if (start.gap !== undefined) sink.gap({ ...name, reason: start.gap });
    starts.set(partition, start.at);
    return { partition, stream, next: start.at.offset, first, end, isWaiting: true };
  });
  // Who takes over before anything is counted is to begin there too.
  if (membership && starts.size > 0) await membership.commit(starts, topic.id);
  return readings;
}

/** How far the partitions are counted for good; kept for when they come back. */
async function countedOf(
  run: Run,
  sink: SourceSink,
  readings: readonly Reading[],
  isNow: boolean,
): Promise<ReadonlyMap<number, Committed>> {
  const checkpoints = (await sink.handover?.counted(isNow)) ?? [];
  const byStream = new Map(readings.map(({ stream, partition }) => [stream.stream, partition]));
  const places = new Map<number, Committed>();
  for (const { position, counted } of checkpoints) {
    const partition = byStream.get(position.stream);
    const at = readPosition(position.token);
    if (partition === undefined || at === undefined) continue;
    run.own.set(position.stream, { ...at, counted });
    places.set(partition, { ...at, counted });
  }
  return places;
}

/** Tells the group how far all is counted, and lets go of it. Nobody waits for us for long. */
async function giveBack(
  { membership }: Run,
  topic: Topic,
  readings: readonly Reading[],
  sink: SourceSink,
  counted: (isNow: boolean) => Promise<ReadonlyMap<number, Committed>>,
  ending: Ending,
): Promise<void> {
  const work = async (): Promise<void> => {
    const places = await counted(true);
    if (places.size > 0) await membership?.commit(places, topic.id);
    if (ending === 'aborted' || ending === 'done') await membership?.leave();
  };
  const late = new AbortController();
  await Promise.race([work().catch(() => undefined), sleep(GIVE_BACK_MS, undefined, { signal: late.signal }).catch(() => undefined)]);
  late.abort();
  if (ending !== 'aborted' && ending !== 'done') for (const { stream } of readings) await sink.handover?.left(stream.stream);
}

function asError(thrown: unknown, source: string): AiOpsError {
  if (thrown instanceof KafkaAway || thrown instanceof KafkaRefusal)
    return fail('log-unreachable', { source, detail: messageOf(thrown) }, thrown);
  return asAiOpsError(thrown);
}
