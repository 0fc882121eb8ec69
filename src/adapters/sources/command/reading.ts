// What one run of a command prints becomes records of the stream. Lines without a cursor go with the record before them; what was
// taken by an earlier run is left out. Says which positions hold: behind a record only when it is known to be whole.
import { LEADING_TIME, type LogCommand } from '../../../core/log-commands.ts';
import { type Cutter, createCutter } from '../bytes/cut.ts';
import { BYTES } from '../bytes/encoding.ts';
import type { Overlap, Reached } from '../overlap.ts';
import type { RecordStream, SourceRecord } from '../records.ts';
import { createHeadReader, type Head, valueAt } from './lines.ts';
import { wholeLines } from './pieces.ts';

export interface RunReading {
  /** Takes what the command has printed. @returns lines that are no records */
  take(bytes: Buffer, isSecondLog: boolean): Promise<readonly string[]>;
  /** It has ended as it should: what is left is whole. */
  finish(): Promise<void>;
  /** Something new has come. */
  readonly isNew: boolean;
  /** Something has come. */
  readonly hasRecords: boolean;
  /** A record has come that an earlier run has given, or the first one says that nothing is missing before it. */
  readonly isConnected: boolean;
  /** The document was cut: there is more to ask for. */
  readonly isCut: boolean;
}

/** What lasts from run to run: how many records the stream was given, and of the last one how many bytes. */
export interface Given {
  records: number;
  last: { readonly id: string; readonly bytes: number } | undefined;
}

/** A line that is longer is taken as several. */
const LONGEST_LINE = 16 * 1024 * 1024;
const LARGEST_DOCUMENT = 256 * 1024 * 1024;
const NEWLINE = Buffer.of(0x0a);
/** A position with so many ids is made this seldom, ms: until then the one before holds, by so many records back. */
const MANY_IDS = 2000;
const MAKE_EVERY_MS = 2000;

/**
 * @param encode the token of how far reading has come
 * @param gap is called before the first record that shows that some are missing before it
 */
export function createRunReading(
  spec: LogCommand,
  {
    stream,
    overlap,
    given,
    encode,
    gap,
  }: { stream: RecordStream; overlap: Overlap; given: Given; encode(reached: Reached): string; gap(): void },
): RunReading {
  const before = { taken: overlap.taken, records: given.records, reached: overlap.asOf(overlap.taken) };
  const reader = createHeadReader(spec, before.reached);
  const cutters: readonly Cutter[] = [0, 1].map(() => createCutter({ offset: 0 }, BYTES, LONGEST_LINE));
  const isExact = spec.isInclusive === true && spec.cursor !== LEADING_TIME && before.reached.cursor !== undefined;
  const mayGoOn = spec.cursor === LEADING_TIME && spec.isStamped !== true;
  let document: Buffer[] = [];
  let documentSize = 0;
  /** The record that lines without a cursor belong to. */
  let current: { readonly id: string; readonly isNew: boolean; bytes: number } | undefined;
  /** Number, in the stream, of the first record that belongs to it. */
  let currentRecord = 0;
  let made: { readonly token: string; readonly record: number; readonly at: number } | undefined;
  let [isNew, isConnected, isCut, isDone, hasRecords] = [false, before.reached.cursor === undefined, false, false, false];

  /** @returns the record where it is one to be given */
  const headed = (head: Head, number: number): SourceRecord | undefined => {
    const fresh = overlap.take(head);
    if (!fresh) isConnected = true;
    else if (!hasRecords && isExact && !isConnected) gap();
    hasRecords = true;
    isNew ||= fresh;
    const text = head.text.at(-1) === 0x0a ? head.text : Buffer.concat([head.text, NEWLINE]);
    current = { id: head.id, isNew: fresh, bytes: text.length };
    const { writer, time } = head;
    if (!fresh) return undefined;
    currentRecord = number;
    given.last = { id: head.id, bytes: text.length };
    return { id: head.id, text, ...(writer === undefined ? {} : { writer }), ...(time === undefined ? {} : { time }) };
  };
  /** A line that goes on with the current record, or the part of it that was not given yet. */
  const goingOn = (line: Buffer): SourceRecord | undefined => {
    const text = Buffer.concat([line, NEWLINE]);
    const within = current!.bytes;
    current!.bytes += text.length;
    const isWanted = current!.isNew || (given.last?.id === current!.id && within >= given.last.bytes);
    if (!isWanted) return undefined;
    given.last = { id: current!.id, bytes: current!.bytes };
    return { id: current!.id, text, within };
  };

  const give = async (records: readonly SourceRecord[], taken: readonly number[]): Promise<void> => {
    if (records.length === 0) return;
    const first = given.records;
    given.records += records.length;
    await stream.take(records, (count) => {
      const reached = count === 0 ? (taken[0] ?? 0) : taken[count]!;
      if (spec.isUnordered && !isDone) return { token: encode(overlap.asOf(before.taken)), back: first + count - before.records };
      const isOpen = mayGoOn && !isDone && reached === overlap.taken && count > 0 && reached > before.taken;
      if (isOpen) return { token: encode(overlap.asOf(reached - 1)), back: first + count - currentRecord };
      const record = first + count;
      if (made !== undefined && !isDone && performance.now() - made.at < MAKE_EVERY_MS && made.record <= record)
        return { token: made.token, back: record - made.record };
      const now = overlap.asOf(reached);
      const token = encode(now);
      made = now.ids.length > MANY_IDS ? { token, record, at: performance.now() } : undefined;
      return { token };
    });
  };

  const takeLines = async (lines: readonly Buffer[], isSecondLog: boolean): Promise<readonly string[]> => {
    const records: SourceRecord[] = [];
    const taken = [overlap.taken];
    const talk: string[] = [];
    for (const line of spec.isStamped ? wholeLines(lines) : lines) {
      const head = reader.read(line, isSecondLog);
      // Where each line of the log bears a stamp, the others are the tool's.
      const isTalk = head === undefined && (current === undefined || isSecondLog || spec.isStamped === true);
      if (isTalk) talk.push(line.toString('utf8'));
      const record = isTalk ? undefined : head ? headed(head, given.records + records.length) : goingOn(line);
      if (record === undefined) continue;
      records.push(record);
      taken.push(overlap.taken);
    }
    await give(records, taken);
    return talk;
  };

  const takeDocument = async (): Promise<void> => {
    const value: unknown = documentSize === 0 ? [] : JSON.parse(Buffer.concat(document).toString('utf8'));
    document = [];
    const list = valueAt(value, spec.list ?? '');
    isCut = typeof valueAt(value, 'NextToken') === 'string';
    const records: SourceRecord[] = [];
    const taken = [overlap.taken];
    for (const one of Array.isArray(list) ? list : []) {
      const head = reader.record(one);
      const record = head && headed(head, given.records + records.length);
      if (record === undefined) continue;
      records.push(record);
      taken.push(overlap.taken);
    }
    await give(records, taken);
  };

  return {
    async take(bytes, isSecondLog) {
      if (spec.list !== undefined && !isSecondLog) {
        documentSize += bytes.length;
        if (documentSize <= LARGEST_DOCUMENT) document.push(Buffer.from(bytes));
        return [];
      }
      const piece = cutters[isSecondLog ? 1 : 0]!.push(bytes);
      return piece === undefined ? [] : takeLines(linesOf(piece.bytes), isSecondLog);
    },
    async finish() {
      if (spec.list !== undefined) await takeDocument();
      for (const [index, cutter] of cutters.entries()) {
        const rest = cutter.rest();
        if (rest) await takeLines(linesOf(rest.bytes), index === 1);
      }
      isDone = true;
    },
    get isNew() {
      return isNew;
    },
    get hasRecords() {
      return hasRecords;
    },
    get isConnected() {
      return isConnected;
    },
    get isCut() {
      return isCut;
    },
  };
}

/** Without their newlines. */
function linesOf(bytes: Buffer): readonly Buffer[] {
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  if (start < bytes.length) lines.push(bytes.subarray(start));
  return lines;
}
