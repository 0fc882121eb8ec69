// One partition as a stream: its records as lines, by writer, and the places in them. Other than the records of a search
// (`../records.ts`) these hold several lines and are told apart by writer, so a position is a byte of a record, and says which
// writers are further.
import { isObject, parsedJson } from '../../../core/plain-json.ts';
import type { Chunk, Place, Position } from '../../../ports.ts';
import { compareSpots, type KafkaPosition, positionToken, readPosition, readSpot, type Spot, spotToken } from './positions.ts';

/** A record as it comes from a broker. */
export interface KafkaRecord {
  readonly offset: bigint;
  /** Ms since 1970. */
  readonly timestamp: bigint;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly (readonly [Buffer | null, Buffer | null])[];
}

export interface PartitionStream {
  readonly source: string;
  readonly stream: string;
  /** Of the place where reading begins. */
  readonly start: Place;
  /** What the next records come to. @param next offset behind the last of them */
  chunks(records: readonly KafkaRecord[], next: bigint): readonly Chunk[];
}

/** Records that were given, by number of byte of the stream. */
interface Block {
  /** Of its first byte, and behind its last one. */
  readonly from: number;
  readonly to: number;
  readonly offsets: readonly bigint[];
  readonly times: readonly bigint[];
  /** First byte of each, in the stream, and how many bytes of the record stand before it. */
  readonly starts: readonly number[];
  readonly skips: readonly number[];
}

/** Most bytes of a chunk, unless a record has more. */
const MOST_BYTES = 512 * 1024;
const [NEWLINE, BRACE] = [10, 123];
/**
 * So many records later nothing is asked of one any more (`pipeline/watch/writers.ts`: 20,000 lines, and those of one chunk). Where no
 * position is wanted (`scan`), nothing else would forget.
 */
const SURELY_DECIDED = 20_000 + MOST_BYTES;

/** @param writer see `KafkaAddress.writer` */
export function createPartition(
  { source, stream }: Pick<Position, 'source' | 'stream'>,
  begin: KafkaPosition,
  writer: string | null,
): PartitionStream {
  let blocks: readonly Block[] = [];
  /** Records in them. */
  let held = 0;
  let length = 0;
  /** Where the next byte would be. */
  let next: Spot = begin;

  const blockAt = (byte: number): Block | undefined => blocks.findLast(({ from }) => from <= byte);
  const spotAt = (byte: number): Spot => {
    const block = byte < length ? blockAt(byte) : undefined;
    if (block === undefined) return next;
    const index = lastBefore(block.starts, byte);
    return { offset: block.offsets[index]!, within: block.skips[index]! + byte - block.starts[index]! };
  };
  const byteOf = (spot: Spot): number | undefined => {
    if (compareSpots(spot, begin) < 0) return -1;
    const block = blocks.find(({ offsets }) => offsets.at(-1)! >= spot.offset);
    if (block === undefined) return compareSpots(spot, next) === 0 ? length : undefined;
    const index = lastBefore(block.offsets, spot.offset);
    const before = spot.within - block.skips[index]!;
    const end = block.starts[index + 1] ?? block.to;
    if (block.offsets[index] !== spot.offset || before < 0 || block.starts[index]! + before > end) return undefined;
    return block.starts[index]! + before;
  };
  const placeFrom = (base: number): Place => ({
    tokenAt: (n) => spotToken(spotAt(base + n)),
    byteAt: (token) => {
      const spot = readPosition(token) ?? readSpot(token);
      const byte = spot && byteOf(spot);
      return byte === undefined ? undefined : byte - base;
    },
    positionAt: (n, further = new Map()) => {
      const at = spotAt(base + n);
      blocks = blocks.filter(({ to }) => to >= base + n);
      held = blocks.reduce((sum, { offsets }) => sum + offsets.length, 0);
      const ahead = new Map([...begin.ahead].filter(([, spot]) => compareSpots(spot, at) > 0));
      for (const [name, byte] of further) ahead.set(name, later(ahead.get(name), spotAt(base + byte)));
      return { source, stream, token: positionToken({ ...at, ahead }) };
    },
    recordAt: (n) => {
      const block = blockAt(base + n);
      if (block === undefined) return undefined;
      const index = lastBefore(block.starts, base + n);
      return { number: Number(block.offsets[index]), time: new Date(Number(block.times[index])).toISOString() };
    },
  });

  /** Bytes of a record that are decided already. */
  const skipOf = (name: string, offset: bigint): number => {
    const ahead = begin.ahead.get(name);
    const own = offset === begin.offset ? begin.within : 0;
    if (ahead === undefined || ahead.offset < offset) return own;
    return ahead.offset > offset ? Number.POSITIVE_INFINITY : Math.max(own, ahead.within);
  };

  const give = (pieces: readonly Piece[]): Chunk => {
    const from = length;
    const starts: number[] = [];
    const runs: { writer: string; end: number }[] = [];
    let size = 0;
    for (const { name, bytes } of pieces) {
      starts.push(from + size);
      size += bytes.length;
      const last = runs.at(-1);
      if (last?.writer === name) last.end = size;
      else runs.push({ writer: name, end: size });
    }
    length += size;
    blocks = [
      ...blocks,
      {
        ...{ from, to: length, starts, skips: pieces.map(({ skip }) => skip) },
        ...{ offsets: pieces.map(({ offset }) => offset), times: pieces.map(({ timestamp }) => timestamp) },
      },
    ];
    held += pieces.length;
    while (held - blocks[0]!.offsets.length > SURELY_DECIDED) {
      held -= blocks[0]!.offsets.length;
      blocks = blocks.slice(1);
    }
    const bytes = Buffer.concat(
      pieces.map((piece) => piece.bytes),
      size,
    );
    return { source, stream, bytes, runs, ...placeFrom(from) };
  };

  return {
    source,
    stream,
    start: placeFrom(0),
    chunks(records, behind) {
      const pieces = records.flatMap((record) => pieceOf(record, writer, skipOf));
      const chunks: Chunk[] = [];
      for (let first = 0; first < pieces.length; ) {
        let [last, size] = [first, 0];
        while (last < pieces.length && (size === 0 || size + pieces[last]!.bytes.length <= MOST_BYTES))
          size += pieces[last++]!.bytes.length;
        next = { offset: pieces[last]?.offset ?? behind, within: 0 };
        chunks.push(give(pieces.slice(first, last)));
        first = last;
      }
      if (compareSpots({ offset: behind, within: 0 }, next) > 0) next = { offset: behind, within: 0 };
      return chunks;
    },
  };
}

interface Piece {
  readonly name: string;
  readonly bytes: Buffer;
  readonly offset: bigint;
  readonly timestamp: bigint;
  readonly skip: number;
}

function pieceOf(record: KafkaRecord, field: string | null, skipOf: (name: string, offset: bigint) => number): readonly Piece[] {
  const { offset, timestamp, value } = record;
  if (value === null || value.length === 0) return [];
  const name = writerOf(record, field);
  const whole = value.at(-1) === NEWLINE ? value : Buffer.concat([value, Buffer.of(NEWLINE)]);
  const skip = skipOf(name, offset);
  return skip >= whole.length ? [] : [{ name, bytes: whole.subarray(skip), offset, timestamp, skip }];
}

/** The key; else what a header or a field says, which may lie in others: `kubernetes.pod_name`. */
function writerOf({ key, value, headers }: KafkaRecord, field: string | null): string {
  if (key !== null && key.length > 0) return key.toString('utf8');
  if (field === null) return '';
  const header = headers.find(([name]) => name?.toString('utf8') === field);
  if (header) return header[1]?.toString('utf8') ?? '';
  return value?.[0] === BRACE ? textAt(parsedJson(value.toString('utf8')), field) : '';
}

/** @example textAt({ kubernetes: { pod: 'a' } }, 'kubernetes.pod') // 'a' */
function textAt(value: unknown, field: string): string {
  if (!isObject(value)) return '';
  const own = value[field];
  if (typeof own === 'string' || typeof own === 'number') return String(own);
  const dot = field.indexOf('.');
  return dot < 0 ? '' : textAt(value[field.slice(0, dot)], field.slice(dot + 1));
}

const later = (a: Spot | undefined, b: Spot): Spot => (a !== undefined && compareSpots(a, b) > 0 ? a : b);

/** Index of the last number that is not greater; 0 where none is. */
function lastBefore<T extends number | bigint>(numbers: readonly T[], wanted: T): number {
  let [low, high] = [0, numbers.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (numbers[middle]! <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}
