// A complete Source that plays chunks from memory: text is cut where the test wants, a stop can come between any two,
// and a later one goes on from the checkpoints.
import { fail } from '../../src/errors.ts';
import type { Source } from '../../src/ports.ts';

export interface FakeSourceOptions {
  /** Bytes of each chunk. */
  readonly cut: number;
  /** The process dies (`follow` rejects) after so many chunks. */
  readonly dieAfter?: number;
  /** After each chunk that ends within a line nothing comes for so long that the sink is told. */
  readonly quiet?: boolean;
}

/** @param logs text of each source; the source's name is also its generation */
export function createFakeSource(
  logs: Readonly<Record<string, string>>,
  { cut, dieAfter = Infinity, quiet = false }: FakeSourceOptions,
): Source {
  return {
    identify: (generation, offset) => JSON.stringify({ generation, offset }),
    follow: async (sink, { from, checkpoints, signal }) => {
      const start = (name: string) => (from === 'resume' ? checkpoints.find(({ generation }) => generation === name) : undefined);
      for (const source of Object.keys(logs)) {
        sink.opened({ source, generation: source, offset: start(source)?.offset ?? 0, lines: start(source)?.lines ?? 0, why: 'a test' });
      }
      sink.ready(Object.keys(logs).map((source) => ({ source, offset: start(source)?.offset ?? 0 })));
      let played = 0;
      for (const [source, text] of Object.entries(logs)) {
        const bytes = Buffer.from(text);
        const { offset = 0 } = start(source) ?? {};
        for (let at = offset; at < bytes.length; at += cut) {
          if (signal.aborted) return;
          if (played >= dieAfter) throw fail('interrupted');
          played += 1;
          await sink.chunk({ source, generation: source, offset: at, bytes: bytes.subarray(at, at + cut) });
          if (quiet && bytes[at + cut - 1] !== 10) await sink.idle(source);
        }
        await sink.ended(source);
      }
    },
  };
}
