// Records with a token each become chunks with places: for sources that count records and not bytes (a queue, a search, a
// command). A record is one line or several; nothing within it can be started from, so a position stands between two records.
// What is asked of the other side, and what its tokens mean, stays with the source.
import type { Chunk, Place, RecordFacts, SourceSink } from '../../ports.ts';

/** One record, as it is given to the pipeline. */
export interface SourceRecord extends RecordFacts {
  /** Names it within its stream, and is the same whenever it is read again. */
  readonly id: string;
  /** Its lines, in UTF-8 where it is bytes; a newline is put behind them where there is none. */
  readonly text: string | Buffer;
  /** Whose lines these are, where several write into the stream. */
  readonly writer?: string;
  /** It goes on with the record of that id, of which so many bytes were given. */
  readonly within?: number;
}

/**
 * The position behind the first `count` records of a batch, 0 being before all of them, or one before it: by so many records
 * of the stream `back`. It is asked for when it is needed, which may be many batches later, or never.
 */
export type After = (count: number) => { readonly token: string; readonly back?: number };

export interface RecordStream {
  /** Tells that the stream is followed from now on; before anything else. @param start token of the position */
  opened(start: string, why: string): void;
  /** Gives a batch, in order. */
  take(records: readonly SourceRecord[], after: After): Promise<void>;
  /** Nothing more is there now. @returns whether it is to be told again after a while */
  idle(): Promise<boolean>;
  /** Nothing more is to come of this stream. */
  ended(): Promise<void>;
}

/** Some records of a batch, behind one another. */
interface Block {
  readonly records: readonly SourceRecord[];
  readonly bytes: Buffer;
  /** Of each record, in `bytes`. */
  readonly starts: readonly number[];
  /** Number of its first record in the batch. */
  readonly first: number;
}

/** Where the records of a stream begin, by bytes of the whole stream, as far back as a position may stand. */
interface Begins {
  /** Number of the first of `bytes`, in the stream. */
  first: number;
  bytes: readonly number[];
  next: number;
}

/** Most bytes of a chunk, unless a record has more: a batch is given in several. */
const MAX_CHUNK = 1024 * 1024;
const NEWLINE = 0x0a;

/** @param called the source as the user named it, and the name of its stream, which no other source's stream has */
export function createRecordStream(sink: SourceSink, called: { readonly source: string; readonly stream: string }): RecordStream {
  const { source, stream } = called;
  const begins: Begins = { first: 0, bytes: [], next: 0 };
  return {
    opened: (start, why) => {
      const position = { source, stream, token: start };
      const byteAt = (token: string): number | undefined => (token === start ? 0 : undefined);
      sink.opened({ source, stream, why, tokenAt: () => start, byteAt, positionAt: () => position });
    },
    async take(records, after) {
      const batch = begins.first + begins.bytes.length;
      for (const block of blocksOf(records)) {
        const from = begins.next;
        begins.bytes = [...begins.bytes, ...block.starts.map((start) => from + start)];
        begins.next += block.bytes.length;
        const places = placesOf(block, (count) => {
          const { token, back = 0 } = after(count);
          const number = batch + count - back;
          const byte = begins.bytes[number - begins.first] ?? begins.next;
          // Positions only move forward.
          begins.bytes = begins.bytes.slice(Math.max(0, number - begins.first));
          begins.first = Math.max(begins.first, number);
          return { token, byte: byte - from };
        });
        const chunk = { source, stream, bytes: block.bytes, givesAgain: true, ...places } as const;
        const runs = runsOf(block);
        await sink.chunk(runs === undefined ? chunk : { ...chunk, runs });
      }
    },
    idle: async () => sink.idle(stream),
    ended: async () => sink.ended(stream),
  };

  function placesOf(block: Block, position: (count: number) => { readonly token: string; readonly byte: number }): Place {
    const { starts, bytes, first } = block;
    const given = new Map<string, number>();
    const events = eventsIn(block);
    return {
      ...events,
      byteAt: (token) => given.get(token) ?? events.byteAt(token),
      positionAt: (n) => {
        const { token, byte } = position(first + (n >= bytes.length ? starts.length : recordAt(starts, n)));
        given.set(token, byte);
        return { source, stream, token };
      },
    };
  }
}

/** An event is named by its record, and by its byte in it where it is not the first. */
function eventsIn({ records, starts }: Block): Omit<Place, 'positionAt'> {
  let numbers: ReadonlyMap<string, number> | undefined;
  const startOf = (id: string): number | undefined => {
    numbers ??= new Map(records.map((record, index) => [record.id, index]));
    const index = numbers.get(id);
    return index === undefined ? undefined : starts[index]! - (records[index]!.within ?? 0);
  };
  return {
    tokenAt: (n) => {
      const at = recordAt(starts, n);
      const within = n - starts[at]! + (records[at]!.within ?? 0);
      return within === 0 ? records[at]!.id : `${records[at]!.id}+${within}`;
    },
    byteAt: (token) => {
      const whole = startOf(token);
      if (whole !== undefined) return whole;
      const [, id = '', within = ''] = /^(.*)\+(\d+)$/s.exec(token) ?? [];
      const start = within === '' ? undefined : startOf(id);
      return start === undefined ? undefined : start + Number(within);
    },
    recordAt: (n) => records[recordAt(starts, n)],
  };
}

/** Index of the record that byte n is in. */
function recordAt(starts: readonly number[], n: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= n) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Whose the bytes are; nothing where the records do not say it. */
function runsOf({ records, starts, bytes }: Block): Chunk['runs'] {
  if (records.every(({ writer }) => writer === undefined)) return undefined;
  const endOf = (index: number): number => starts[index + 1] ?? bytes.length;
  return records.flatMap(({ writer = '' }, index) => {
    const isLast = index === records.length - 1 || (records[index + 1]!.writer ?? '') !== writer;
    return isLast ? [{ writer, end: endOf(index) }] : [];
  });
}

function* blocksOf(records: readonly SourceRecord[]): Generator<Block> {
  for (let first = 0; first < records.length; ) {
    const { bytes, starts } = joined(records, first);
    yield { records: records.slice(first, first + starts.length), bytes, starts, first };
    first += starts.length;
  }
}

/** Records from `index` on behind one another, as many as one chunk takes. */
function joined(records: readonly SourceRecord[], index: number): Pick<Block, 'bytes' | 'starts'> {
  const parts: Buffer[] = [];
  const starts: number[] = [];
  let size = 0;
  for (let at = index; at < records.length; at += 1) {
    const { text } = records[at]!;
    const bytes = typeof text === 'string' ? Buffer.from(text.endsWith('\n') ? text : `${text}\n`) : endingWithNewline(text);
    if (size > 0 && size + bytes.length > MAX_CHUNK) break;
    starts.push(size);
    parts.push(bytes);
    size += bytes.length;
  }
  return { bytes: Buffer.concat(parts, size), starts };
}

const endingWithNewline = (bytes: Buffer): Buffer => (bytes.at(-1) === NEWLINE ? bytes : Buffer.concat([bytes, Buffer.of(NEWLINE)]));
