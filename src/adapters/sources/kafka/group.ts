// Membership of a consumer group: for one thing only, who reads which partitions. What was read is kept in the ledger, and told
// to the group afterwards. All partitions are given back before they are shared out anew: the other side is never to read what
// is still being counted here.
import type { Broker } from './address.ts';
import { assign, type Member } from './assign.ts';
import { type KafkaClient, KafkaRefusal } from './client.ts';
import type { Cluster } from './cluster.ts';
import { type Committed, commitMetadata, readCommitted } from './positions.ts';

export interface Membership {
  /** Waits until all members have come. @returns the partitions that are ours now */
  join(partitions: readonly number[]): Promise<readonly number[]>;
  /** @returns false where the partitions are to be shared out anew, or we are not a member any more */
  heartbeat(): Promise<boolean>;
  /** @returns what is committed of these; nothing of those of which nothing is */
  committed(partitions: readonly number[], topicId: string): Promise<ReadonlyMap<number, Committed>>;
  /** @returns false where we may not, because we are not a member any more */
  commit(places: ReadonlyMap<number, Committed>, topicId: string): Promise<boolean>;
  /** The others need not wait until we are missed. */
  leave(): Promise<void>;
}

/** A member that has not been heard of for so long is dead, and so long all others are waited for; ms. */
export const SESSION_MS = 15_000;
const REBALANCE_MS = 15_000;
const PROTOCOL = 'ai-ops';
/** Its member is to be told anew who it is, and no more. */
const AGAIN = new Set(['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID', 'FENCED_INSTANCE_ID', 'MEMBER_ID_REQUIRED']);

export function createMembership(
  client: KafkaClient,
  cluster: Cluster,
  { group, topic }: { readonly group: string; readonly topic: string },
): Membership {
  let coordinator: Broker | undefined;
  let memberId = '';
  let generation = -1;
  let had: readonly number[] = [];

  /** A coordinator may move. */
  const withCoordinator = async <T>(work: (broker: Broker) => Promise<T>): Promise<T> => {
    coordinator ??= await cluster.coordinator(group);
    try {
      return await work(coordinator);
    } catch (thrown) {
      const isRefused = thrown instanceof KafkaRefusal;
      if (!isRefused || thrown.codes.some((code) => /COORDINATOR/.test(code))) coordinator = undefined;
      if (isRefused && thrown.codes.some((code) => code === 'UNKNOWN_MEMBER_ID' || code === 'FENCED_INSTANCE_ID')) memberId = '';
      throw thrown;
    }
  };
  const isAgain = (thrown: unknown): boolean => thrown instanceof KafkaRefusal && thrown.codes.some((code) => AGAIN.has(code));

  const once = async (partitions: readonly number[]): Promise<readonly number[]> =>
    withCoordinator(async (broker) => {
      const protocols = [{ name: PROTOCOL, version: 0, metadata: encodeSubscription(topic, had) }];
      const joined = await client
        .askAside('group', broker, 'joinGroup', group, SESSION_MS, REBALANCE_MS, memberId, null, 'consumer', protocols)
        .catch((thrown: unknown) => {
          const given = thrown instanceof KafkaRefusal ? (thrown.answer as { memberId?: string } | undefined)?.memberId : undefined;
          if (thrown instanceof KafkaRefusal && thrown.codes.includes('MEMBER_ID_REQUIRED') && given) memberId = given;
          throw thrown;
        });
      memberId = joined.memberId;
      generation = joined.generationId;
      const members: readonly Member[] =
        joined.leader === memberId ? joined.members.map((one) => ({ id: one.memberId, had: decodeSubscription(one.metadata) })) : [];
      const shares = [...assign(members, partitions)].map(([id, own]) => ({ memberId: id, assignment: encodeAssignment(topic, own) }));
      const { assignment } = await client.askAside(
        ...(['group', broker, 'syncGroup', group, generation, memberId, null, 'consumer', PROTOCOL, shares] as const),
      );
      had = decodeAssignment(assignment);
      return had;
    });

  return {
    async join(partitions) {
      for (let tries = 0; ; tries += 1) {
        try {
          return await once(partitions);
        } catch (thrown) {
          if (!isAgain(thrown) || tries > 20) throw thrown;
        }
      }
    },
    heartbeat: () =>
      withCoordinator(async (broker) => {
        await client.ask(broker, 'heartbeat', group, generation, memberId, null);
        return true;
      }).catch((thrown: unknown) => {
        if (isAgain(thrown)) return false;
        throw thrown;
      }),
    committed: (partitions, topicId) =>
      withCoordinator(async (broker) => {
        const request = { groupId: group, topics: [{ name: topic, partitionIndexes: [...partitions] }] };
        const { topics } = await client.ask(broker, 'offsetFetch', [request], false);
        const found = topics
          .flatMap((one) => one.partitions)
          .map(({ partitionIndex, committedOffset, metadata }) => {
            return [partitionIndex, readCommitted(committedOffset, metadata ?? null, topicId)] as const;
          });
        return new Map(found.filter((one): one is readonly [number, Committed] => one[1] !== undefined));
      }),
    commit: (places, topicId) =>
      withCoordinator(async (broker) => {
        const partitions = [...places].map(([partitionIndex, place]) => {
          const committedMetadata = commitMetadata(place, topicId);
          return { partitionIndex, committedOffset: place.offset, committedLeaderEpoch: -1, committedMetadata };
        });
        await client.ask(broker, 'offsetCommit', group, generation, memberId, null, [{ name: topic, partitions }]);
        return true;
      }).catch((thrown: unknown) => {
        if (isAgain(thrown)) return false;
        throw thrown;
      }),
    leave: () =>
      withCoordinator(async (broker) => {
        if (memberId !== '') await client.ask(broker, 'leaveGroup', group, [{ memberId }]);
        memberId = '';
      }),
  };
}

// What members tell one another, in the form of the protocol type `consumer`, so that the tools of Kafka show it.

function encodeSubscription(topic: string, had: readonly number[]): Buffer {
  return Buffer.concat([int16(0), int32(1), text(topic), bytes(Buffer.from(JSON.stringify(had)))]);
}

/** @returns what the member had. Anybody may join a group: what says something else says nothing. */
function decodeSubscription(buffer: Buffer | null): readonly number[] {
  try {
    const reader = read(buffer ?? Buffer.alloc(0));
    reader.int16();
    for (let left = reader.int32(); left > 0; left -= 1) reader.text();
    const had: unknown = JSON.parse(reader.bytes().toString('utf8'));
    return Array.isArray(had) ? had.filter((one): one is number => Number.isSafeInteger(one)) : [];
  } catch {
    return [];
  }
}

function encodeAssignment(topic: string, partitions: readonly number[]): Buffer {
  return Buffer.concat([int16(0), int32(1), text(topic), int32(partitions.length), ...partitions.map(int32), bytes(Buffer.alloc(0))]);
}

function decodeAssignment(buffer: Buffer): readonly number[] {
  if (buffer.length === 0) return [];
  const reader = read(buffer);
  reader.int16();
  const partitions: number[] = [];
  for (let topics = reader.int32(); topics > 0; topics -= 1) {
    reader.text();
    for (let left = reader.int32(); left > 0; left -= 1) partitions.push(reader.int32());
  }
  return partitions;
}

function int16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeInt16BE(value);
  return buffer;
}

function int32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value);
  return buffer;
}

const text = (value: string): Buffer => Buffer.concat([int16(Buffer.byteLength(value)), Buffer.from(value)]);
const bytes = (value: Buffer): Buffer => Buffer.concat([int32(value.length), value]);

function read(buffer: Buffer) {
  let at = 0;
  const take = (length: number): Buffer => {
    if (length < 0 || at + length > buffer.length) throw new RangeError('shorter than it says');
    at += length;
    return buffer.subarray(at - length, at);
  };
  return {
    int16: (): number => take(2).readInt16BE(),
    int32: (): number => take(4).readInt32BE(),
    text: (): string => take(take(2).readInt16BE()).toString('utf8'),
    bytes: (): Buffer => take(take(4).readInt32BE()),
  };
}
