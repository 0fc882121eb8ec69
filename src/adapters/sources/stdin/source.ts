// The `Source` for standard input: one stream named `stdin`, over when the stream ends. It cannot be resumed.
import type { Readable } from 'node:stream';
import { fail } from '../../../errors.ts';
import type { Chunk, Place, Source, SourceSink } from '../../../ports.ts';
import { type Cutter, createCutter, type Piece } from '../bytes/cut.ts';
import { sniff } from '../bytes/encoding.ts';
import { type FileSourceOptions, HALF_LINE_MS } from '../file/source.ts';

const SOURCE = '-';
const STREAM = 'stdin';
const IDLE_MS = 150;

type StdinOptions = Pick<FileSourceOptions, 'encoding' | 'halfLineMs'>;

export function createStdinSource(stream: Readable, options: StdinOptions = {}): Source {
  return {
    follow: async (sink, { signal }) => {
      sink.opened({ source: SOURCE, stream: STREAM, offset: 0, line: 0, why: 'standard input', ...placesFrom(0) });
      sink.ready([{ source: SOURCE, offset: 0 }]);
      const stop = (): void => void stream.destroy();
      signal.addEventListener('abort', stop, { once: true });
      try {
        await readAll(stream, sink, options, signal);
      } catch (error) {
        // Destroying the stream is how we stop waiting for it.
        if (!signal.aborted) throw error;
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
  };
}

async function readAll(stream: Readable, sink: SourceSink, { encoding, halfLineMs }: StdinOptions, signal: AbortSignal): Promise<void> {
  let cutter: Cutter | undefined;
  const pauses = createPauses(stream, sink, halfLineMs ?? HALF_LINE_MS, () => cutter);
  let isBinary = false;
  try {
    for await (const block of stream) {
      if (signal.aborted) return;
      await pauses.interrupt();
      const bytes = Buffer.isBuffer(block) ? block : Buffer.from(block);
      if (!cutter) {
        const kind = sniff(bytes, encoding);
        isBinary = kind === 'binary';
        if (kind === 'binary') break;
        cutter = createCutter({ offset: 0 }, kind);
      }
      const piece = cutter.push(bytes);
      if (piece) await sink.chunk(chunkOf(piece));
      pauses.begin(piece !== undefined);
    }
  } finally {
    await pauses.interrupt();
  }
  if (signal.aborted) return;
  const rest = cutter?.rest();
  if (rest) await sink.chunk(chunkOf(rest));
  await sink.ended(STREAM);
  if (isBinary) throw fail('log-binary', { source: SOURCE });
}

/** No position can be found again. */
function placesFrom(start: number): Place {
  return { tokenAt: (n) => String(start + n), byteAt: () => undefined, positionAt: () => undefined };
}

function chunkOf({ offset, bytes }: Piece): Chunk {
  return { source: SOURCE, stream: STREAM, bytes, ...placesFrom(offset) };
}

interface Pauses {
  /** @param line a line has come to its end */
  begin(line: boolean): void;
  interrupt(): Promise<void>;
}

/**
 * Calls `idle` again and again between `begin` and `interrupt`, after `halfLineMs` with the half line; never beside another
 * call of the sink. Half a line is waited for so long before the stream counts as quiet: it may be the end of an event.
 */
function createPauses(stream: Readable, sink: SourceSink, halfLineMs: number, cutter: () => Cutter | undefined): Pauses {
  let timer: NodeJS.Timeout | undefined;
  let idling: Promise<void> = Promise.resolve();
  let begunAt = 0;
  let halfAt: number | undefined;
  /** @returns whether it is to be called again */
  const idle = async (): Promise<boolean> => {
    const now = performance.now();
    if (halfAt !== undefined && now - halfAt < halfLineMs) return true;
    const piece = now - begunAt >= halfLineMs ? cutter()?.half() : undefined;
    if (piece) await sink.chunk(chunkOf(piece));
    return (await sink.idle(STREAM)) || cutter()?.isHolding === true;
  };
  const wait = (): void => {
    timer = setTimeout(() => {
      let isWaiting = false;
      idling = idle().then((again) => {
        isWaiting = again;
      });
      idling.then(
        () => isWaiting && timer && wait(),
        // Whoever waits for the next block must not wait for ever: it is given the error in its place.
        (error) => stream.destroy(error),
      );
    }, IDLE_MS);
  };
  return {
    begin: (line) => {
      begunAt = performance.now();
      const isHolding = cutter()?.isHolding === true;
      if (line || !isHolding) halfAt = undefined;
      if (isHolding) halfAt ??= begunAt;
      wait();
    },
    interrupt: () => {
      clearTimeout(timer);
      timer = undefined;
      return idling;
    },
  };
}
