// A complete Source that plays chunks from memory: text is cut where the test wants, a stop can come between any two,
// and a later one goes on from the checkpoints.
import { fail } from '../../src/errors.ts';
import type { Checkpoint, Place, Source } from '../../src/ports.ts';

export interface FakeSourceOptions {
  /** Bytes of each chunk. */
  readonly cut: number;
  /** The process dies (`follow` rejects) after so many chunks. */
  readonly dieAfter?: number;
  /** After each chunk that ends within a line nothing comes for so long that the sink is told. */
  readonly quiet?: boolean;
  /**
   * A record is so many lines, and reading starts again at the beginning of one only, as it is with a broker: it counts
   * neither bytes nor lines. Absent: at any byte, as it is with a file.
   */
  readonly record?: number;
}

/** @param logs text of each source; the source's name is also its stream */
export function createFakeSource(
  logs: Readonly<Record<string, string>>,
  { cut, dieAfter = Infinity, quiet = false, record }: FakeSourceOptions,
): Source {
  return {
    follow: async (sink, { from, checkpoints, signal }) => {
      const streams = Object.entries(logs).map(([name, text]) => streamOf(name, Buffer.from(text), record, checkpoints));
      const startOf = ({ stored }: Stream): number => (from === 'resume' ? stored : 0);
      for (const stream of streams) {
        const { name, bytes, line } = stream;
        const at = startOf(stream);
        const shown = record === undefined ? { offset: at, line: at === 0 ? 0 : line } : {};
        sink.opened({ source: name, stream: name, ...shown, why: 'a test', ...placesFrom(name, bytes, record, at) });
      }
      sink.ready(streams.map((stream) => ({ source: stream.name, offset: startOf(stream) })));
      let played = 0;
      for (const stream of streams) {
        const { name, bytes, stored } = stream;
        for (let at = startOf(stream); at < bytes.length; at += cut) {
          if (signal.aborted) return;
          if (played >= dieAfter) throw fail('interrupted');
          played += 1;
          const piece = bytes.subarray(at, at + cut);
          const known = Math.min(piece.length, Math.max(0, stored - at));
          await sink.chunk({ source: name, stream: name, bytes: piece, known, ...placesFrom(name, bytes, record, at) });
          if (quiet && bytes[at + cut - 1] !== 10) await sink.idle(name);
        }
        await sink.ended(name);
      }
    },
  };
}

interface Stream {
  readonly name: string;
  readonly bytes: Buffer;
  /** Where its checkpoint is. */
  readonly stored: number;
  readonly line: number;
}

function streamOf(name: string, bytes: Buffer, record: number | undefined, checkpoints: readonly Checkpoint[]): Stream {
  const checkpoint = checkpoints.find(({ position }) => position.stream === name);
  const stored = checkpoint === undefined ? 0 : placesFrom(name, bytes, record, 0).byteAt(checkpoint.position.token)!;
  return { name, bytes, stored, line: checkpoint?.line ?? 0 };
}

function placesFrom(name: string, bytes: Buffer, record: number | undefined, at: number): Place {
  const position = (token: string) => ({ source: name, stream: name, token });
  if (record === undefined) {
    const tokenAt = (n: number): string => String(at + n);
    return { tokenAt, byteAt: (token) => Number(token) - at, positionAt: (n) => position(tokenAt(n)) };
  }
  const starts = recordStarts(bytes, record);
  const recordOf = (byte: number): number => starts.findLastIndex((start) => start <= byte);
  return {
    tokenAt: (n) => `r${recordOf(at + n)}+${at + n - starts[recordOf(at + n)]!}`,
    byteAt: (token) => {
      const [, number = '', within = '0'] = /^r(\d+)(?:\+(\d+))?$/.exec(token) ?? [];
      return starts[Number(number)]! + Number(within) - at;
    },
    positionAt: (n) => position(`r${recordOf(at + n)}`),
  };
}

function recordStarts(bytes: Buffer, lines: number): readonly number[] {
  const starts = [0];
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) {
    count += 1;
    if (count % lines === 0) starts.push(at + 1);
  }
  return starts;
}

/**
 * A topic: records of one line each, of writers whose lines are mixed by `seed`. A chunk is the run of one writer's records
 * within a batch, as a broker or a search hands them out.
 */
export function createFakeTopic(
  writers: Readonly<Record<string, string>>,
  { seed, batch, dieAfter = Infinity }: { readonly seed: number; readonly batch: number; readonly dieAfter?: number },
): Source {
  const records = mixed(writers, seed);
  const name = 'topic';
  return {
    follow: async (sink, { checkpoints, signal }) => {
      const stored = checkpoints.find(({ position }) => position.stream === name)?.position.token;
      const { start, ahead } = JSON.parse(stored ?? '{"start":0,"ahead":{}}') as { start: number; ahead: Readonly<Record<string, number>> };
      const given: { readonly index: number; readonly at: number }[] = [];
      let next = 0;
      const indexAt = (byte: number): number => given.findLast(({ at }) => at <= byte && byte < next)?.index ?? reached;
      const place = (from: number): Place => ({
        tokenAt: (n) => String(indexAt(from + n)),
        byteAt: (token) => {
          const found = given.find(({ index }) => index === Number(token));
          return found === undefined ? (Number(token) < start ? -1 : undefined) : found.at - from;
        },
        positionAt: (n, further = new Map()) => {
          const own = [...further].map(([writer, to]) => [writer, indexAt(from + to)]);
          const token = JSON.stringify({ start: indexAt(from + n), ahead: { ...ahead, ...Object.fromEntries(own) } });
          return { source: name, stream: name, token };
        },
        recordAt: (n) => ({ time: new Date(Date.UTC(2026, 2, 1) + indexAt(from + n) * 1000).toISOString() }),
      });
      let reached = start;
      sink.opened({ source: name, stream: name, why: 'a test', ...place(0) });
      sink.ready([{ source: name, offset: start }]);
      for (let played = 0; reached < records.length && !signal.aborted; ) {
        if (played++ >= dieAfter) throw fail('interrupted');
        const { writer } = records[reached]!;
        const from = next;
        const parts: Buffer[] = [];
        for (; parts.length < batch && records[reached]?.writer === writer; reached += 1) {
          if (reached < (ahead[writer] ?? 0)) continue;
          given.push({ index: reached, at: next });
          parts.push(records[reached]!.bytes);
          next += records[reached]!.bytes.length;
        }
        await sink.chunk({ source: name, stream: name, writer, bytes: Buffer.concat(parts), ...place(from) });
      }
      await sink.ended(name);
    },
  };
}

interface MixedRecord {
  readonly writer: string;
  readonly bytes: Buffer;
}

function mixed(writers: Readonly<Record<string, string>>, seed: number): readonly MixedRecord[] {
  const left = Object.entries(writers).map(([writer, text]) => ({ writer, lines: text.split(/(?<=\n)/) }));
  const records: MixedRecord[] = [];
  for (let state = seed; left.length > 0; ) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const index = Math.floor((state / 2_147_483_648) * left.length);
    const { writer, lines } = left[index]!;
    records.push({ writer, bytes: Buffer.from(lines.shift()!) });
    if (lines.length === 0) left.splice(index, 1);
  }
  return records;
}
