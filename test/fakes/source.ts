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
