// Where a partition is read on: a record by its offset, a byte of it, and the writers that are decided further. As the token of a
// position in our own ledger, and as what is committed for a group, for the box that goes on. Pure.

import { isObject, type JsonObject, parsedJson } from '../../../core/plain-json.ts';

export interface KafkaPosition {
  readonly offset: bigint;
  /** Bytes of that record that are decided. */
  readonly within: number;
  /** Writers of whom nothing before that place is to be read again. */
  readonly ahead: ReadonlyMap<string, Spot>;
}

/** A byte of a record. */
export type Spot = Pick<KafkaPosition, 'offset' | 'within'>;

/** What a group is told beside the offset. Whoever reads the topic with other tools sees a plain offset. */
export interface Committed extends KafkaPosition {
  /** Of events from there on that are counted. */
  readonly counted: readonly string[];
}

/** A broker takes no more, by default. */
const MOST_METADATA = 4096;

export const compareSpots = (a: Spot, b: Spot): number => (a.offset === b.offset ? a.within - b.within : a.offset < b.offset ? -1 : 1);

export const spotToken = ({ offset, within }: Spot): string => (within === 0 ? String(offset) : `${offset}+${within}`);

export function readSpot(token: string): Spot | undefined {
  const [, offset, within = '0'] = /^(\d{1,19})(?:\+(\d{1,10}))?$/.exec(token) ?? [];
  return offset === undefined ? undefined : { offset: BigInt(offset), within: Number(within) };
}

export function positionToken({ ahead, ...spot }: KafkaPosition): string {
  return ahead.size === 0 ? spotToken(spot) : `${spotToken(spot)} ${JSON.stringify(aheadRecord(ahead))}`;
}

export function readPosition(token: string): KafkaPosition | undefined {
  const at = token.indexOf(' ');
  const spot = readSpot(at < 0 ? token : token.slice(0, at));
  return spot && { ...spot, ahead: readAhead(at < 0 ? {} : parsed(token.slice(at + 1))) };
}

/**
 * @param topicId of the life of the topic
 * @returns what stands beside the offset; without what is too much for a broker: then whoever goes on may count again what was
 *   counted behind the oldest event that is open
 */
export function commitMetadata({ within, ahead, counted }: Committed, topicId: string): string {
  const all = JSON.stringify({ topic: topicId, within, ahead: aheadRecord(ahead), counted });
  return Buffer.byteLength(all) <= MOST_METADATA ? all : JSON.stringify({ topic: topicId, within });
}

/** @returns `undefined` for what is of another life of the topic. Metadata of other programs say nothing. */
export function readCommitted(offset: bigint, metadata: string | null, topicId: string): Committed | undefined {
  if (offset < 0n) return undefined;
  const { topic, within, ahead, counted } = parsed(metadata ?? '');
  if (typeof topic === 'string' && topic !== topicId) return undefined;
  return {
    offset,
    within: typeof within === 'number' && Number.isSafeInteger(within) && within >= 0 ? within : 0,
    ahead: readAhead(ahead),
    counted: Array.isArray(counted) ? counted.filter((token) => typeof token === 'string' && readSpot(token) !== undefined) : [],
  };
}

/** What is decided where two have read on: the further one; both where they are at the same place. */
export function further(a: Committed, b: Committed): Committed {
  const order = compareSpots(a, b);
  if (order !== 0) return order > 0 ? a : b;
  const ahead = new Map(a.ahead);
  for (const [writer, spot] of b.ahead) if (compareSpots(ahead.get(writer) ?? spot, spot) <= 0) ahead.set(writer, spot);
  return { ...a, ahead, counted: [...new Set([...a.counted, ...b.counted])] };
}

const aheadRecord = (ahead: ReadonlyMap<string, Spot>): Record<string, string> =>
  Object.fromEntries([...ahead].map(([writer, spot]) => [writer, spotToken(spot)]));

function readAhead(value: unknown): ReadonlyMap<string, Spot> {
  if (!isObject(value)) return new Map();
  return new Map(
    Object.entries(value).flatMap(([writer, token]) => {
      const spot = typeof token === 'string' ? readSpot(token) : undefined;
      return spot === undefined ? [] : [[writer, spot] as const];
    }),
  );
}

function parsed(text: string): JsonObject {
  const value = parsedJson(text);
  return isObject(value) ? value : {};
}
