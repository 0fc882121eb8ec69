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
}

/**
 * The token of the position behind the first `count` records of a batch: 0 is before all of them. It is asked for when it is
 * needed, which may be many batches later, or never.
 * @returns `undefined` where reading cannot start again there: an earlier position is kept
 */
export type After = (count: number) => string | undefined;

export interface RecordStream {
  /** Tells that the stream is followed from now on; before anything else. @param start token of the position */
  opened(start: string, why: string): void;
  /** Gives a batch. The lines of a writer stay in their order; those of different writers may be given in another. */
  take(records: readonly SourceRecord[], after: After): Promise<void>;
  /** Nothing more is there now. @returns whether it is to be told again after a while */
  idle(): Promise<boolean>;
  /** Nothing more is to come of this stream. */
  ended(): Promise<void>;
}

/** Records of one writer, behind one another. */
interface Run {
  readonly writer: string | undefined;
  readonly records: readonly SourceRecord[];
  readonly bytes: Buffer;
  /** Of each record, in `bytes`. */
  readonly starts: readonly number[];
  /** Of the first record, in the batch; where the writers are sorted out it says nothing. */
  readonly first: number;
  /** Bytes of the batch that are given before. */
  readonly before: number;
  readonly isLast: boolean;
}

/** Most bytes of a chunk, unless a record has more: a batch is given in several. */
const MAX_CHUNK = 1024 * 1024;
const NEWLINE = 0x0a;

/** @param called the source as the user named it, and the name of its stream, which no other source's stream has */
export function createRecordStream(sink: SourceSink, called: { readonly source: string; readonly stream: string }): RecordStream {
  const { source, stream } = called;
  return {
    opened: (start, why) => {
      const position = { source, stream, token: start };
      const byteAt = (token: string): number | undefined => (token === start ? 0 : undefined);
      sink.opened({ source, stream, why, tokenAt: () => start, byteAt, positionAt: () => position });
    },
    async take(records, after) {
      const isOne = records.every(({ writer }) => writer === records[0]!.writer);
      const place = isOne ? placesOf : placesOfSorted;
      for (const run of runsOf(records)) {
        const { positionAt, ...others } = place(run, records.length, after);
        const where = (token: string | undefined) => (token === undefined ? undefined : { source, stream, token });
        const places: Place = { ...others, positionAt: (n) => where(positionAt(n)), givesAgain: true };
        const chunk: Chunk = { source, stream, bytes: run.bytes, ...places };
        await sink.chunk(run.writer === undefined ? chunk : { ...chunk, writer: run.writer });
      }
    },
    idle: async () => sink.idle(stream),
    ended: async () => sink.ended(stream),
  };
}

interface Tokens extends Omit<Place, 'positionAt'> {
  positionAt(n: number): string | undefined;
}

/** A batch of one writer: each record is a position. */
function placesOf(run: Run, _all: number, after: After): Tokens {
  const { starts, bytes, first } = run;
  const given = new Map<string, number>();
  const events = eventsIn(run);
  return {
    ...events,
    byteAt: (token) => given.get(token) ?? events.byteAt(token),
    positionAt: (n) => {
      const isEnd = n >= bytes.length;
      const at = isEnd ? starts.length : recordAt(starts, n);
      const token = after(first + at);
      if (token !== undefined) given.set(token, isEnd ? bytes.length : starts[at]!);
      return token;
    },
  };
}

/**
 * A batch of several writers, whose records are given writer by writer: what lies before a byte is then no beginning of the
 * batch, so only its two ends are positions.
 */
function placesOfSorted(run: Run, all: number, after: After): Tokens {
  const { bytes, before, isLast } = run;
  const given = new Map<string, number>();
  const events = eventsIn(run);
  return {
    ...events,
    byteAt: (token) => given.get(token) ?? events.byteAt(token),
    positionAt: (n) => {
      const isEnd = isLast && n >= bytes.length;
      const token = after(isEnd ? all : 0);
      if (token !== undefined) given.set(token, isEnd ? bytes.length : -before);
      return token;
    },
  };
}

/** An event is named by its record, and by its byte in it where it is not the first. */
function eventsIn({ records, starts }: Run): Omit<Place, 'positionAt'> {
  let numbers: ReadonlyMap<string, number> | undefined;
  const startOf = (id: string): number | undefined => {
    numbers ??= new Map(records.map((record, index) => [record.id, index]));
    return starts[numbers.get(id) ?? -1];
  };
  return {
    tokenAt: (n) => {
      const at = recordAt(starts, n);
      const within = n - starts[at]!;
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

function runsOf(records: readonly SourceRecord[]): readonly Run[] {
  const runs: Run[] = [];
  let before = 0;
  for (const [writer, some] of Map.groupBy(records, (record) => record.writer)) {
    for (let index = 0; index < some.length; ) {
      const { bytes, starts } = joined(some, index);
      const run = { writer, records: some.slice(index, index + starts.length), bytes, starts, first: index, before, isLast: false };
      runs.push(run);
      before += bytes.length;
      index += starts.length;
    }
  }
  const last = runs.pop();
  return last === undefined ? [] : [...runs, { ...last, isLast: true }];
}

/** Records from `index` on behind one another, as many as one chunk takes. */
function joined(records: readonly SourceRecord[], index: number): Pick<Run, 'bytes' | 'starts'> {
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
