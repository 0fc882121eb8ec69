// Follows a source and rebuilds the lines from its chunks, checking on the way what every chunk must keep.
import { readPlace, type StoredPlace } from '../../../src/adapters/sources/file/places.ts';
import type { Checkpoint, FollowOptions, Place, Position, Ready, Source } from '../../../src/ports.ts';

interface Generation {
  readonly id: string;
  readonly source: string;
  readonly start: number;
  readonly startLines: number;
  bytes: Buffer[];
  offset: number;
  /** Behind the last whole line: where a pipeline would go on. */
  safe: number;
  lines: number;
  ended: boolean;
  idles: number;
  /** The newest bytes, and the offset of the first of them. */
  at: { readonly offset: number; readonly place: Place };
}

export interface Collection {
  readonly generations: readonly Generation[];
  readonly gaps: readonly { readonly bytes: number | null; readonly reason: string; readonly offset: number }[];
  readonly troubles: readonly string[];
  /** Bytes that were told to lie before the stored place. */
  readonly known: number;
  readonly ready: readonly Ready[] | undefined;
  /** Size of the largest chunk. */
  readonly largest: number;
  /** All whole lines, generation after generation, without their newlines; a half one where its generation is over. */
  lines(): readonly string[];
  /** Waits until `done` holds. @throws after `ms` with what has come so far */
  until(done: () => boolean, ms?: number): Promise<void>;
  /** What a pipeline would have stored by now. */
  checkpoints(): readonly Checkpoint[];
  /** The same as the file source reads them. */
  places(): readonly StoredPlace[];
  /** Aborts and waits for the end. */
  stop(): Promise<void>;
  readonly finished: Promise<void>;
}

const running = new Set<() => Promise<void>>();

/** For `afterEach`: what a failed test has left running would keep the process alive. */
export async function stopAll(): Promise<void> {
  await Promise.allSettled([...running].map((stop) => stop()));
}

/** @param waitsForSilence what is answered when a stream is quiet */
export function collect(
  source: Source,
  options: Partial<FollowOptions> = {},
  onChunk?: () => Promise<void>,
  waitsForSilence = true,
): Collection {
  const abort = new AbortController();
  const generations: Generation[] = [];
  const positions = new Map<string, Position>();
  const gaps: { bytes: number | null; reason: string; offset: number }[] = [];
  const troubles: string[] = [];
  let ready: readonly Ready[] | undefined;
  let largest = 0;
  let known = 0;
  let busy = false;
  let problem: unknown;

  const find = (id: string): Generation => {
    const found = generations.findLast((one) => one.id === id);
    if (!found || found.ended) throw new Error(`generation ${id} is not open`);
    return found;
  };
  const store = (one: Generation): void => {
    const position = one.at.place.positionAt(one.safe - one.at.offset);
    if (position !== undefined) positions.set(one.id, position);
  };
  const alone = async <T>(act: () => Promise<T> | T): Promise<T> => {
    if (busy) throw new Error('the sink was called while it was busy');
    busy = true;
    const result = await act();
    busy = false;
    return result;
  };

  const finished = source
    .follow(
      {
        opened: ({ source: name, stream, offset = 0, line: lines = 0, ...place }) => {
          const one = {
            id: stream,
            source: name,
            start: offset,
            startLines: lines,
            bytes: [],
            offset,
            safe: offset,
            lines,
            ended: false,
            idles: 0,
            at: { offset, place },
          };
          generations.push(one);
          store(one);
        },
        chunk: (chunk) =>
          alone(async () => {
            const one = find(chunk.stream);
            const offset = Number(chunk.tokenAt(0));
            if (offset !== one.offset) throw new Error(`chunk at ${offset}, expected ${one.offset}`);
            one.at = { offset, place: chunk };
            // A copy: the source uses the bytes again once this call has settled.
            const bytes = Buffer.from(chunk.bytes);
            one.bytes.push(bytes);
            one.offset += chunk.bytes.length;
            const newline = bytes.lastIndexOf(0x0a);
            if (newline >= 0) one.safe = offset + newline + 1;
            one.lines += bytes.toString('latin1').split('\n').length - 1;
            largest = Math.max(largest, chunk.bytes.length);
            known += chunk.known ?? 0;
            store(one);
            await onChunk?.();
            if (!chunk.bytes.equals(bytes)) throw new Error('the bytes of a chunk changed while the sink was working on it');
          }),
        idle: (stream) =>
          alone(() => {
            find(stream).idles += 1;
            return waitsForSilence;
          }),
        ended: (stream) =>
          alone(() => {
            const one = find(stream);
            one.safe = one.offset;
            store(one);
            one.ended = true;
          }),
        gap: ({ reason: told }) => {
          const [, bytes = '', offset = '', reason = told] =
            /^(\d+|an unknown number of) bytes after offset (\d+) could not be read \((.*)\)$/.exec(told) ?? [];
          gaps.push({ bytes: /^\d/.test(bytes) ? Number(bytes) : null, offset: Number(offset), reason });
        },
        ready: (sources) => {
          if (ready) throw new Error('ready twice');
          ready = sources;
        },
        trouble: (name, message) => troubles.push(`${name}: ${message}`),
      },
      { from: 'start', once: false, checkpoints: [], signal: abort.signal, ...options },
    )
    .catch((error: unknown) => {
      problem = error;
      throw error;
    });
  const stop = async (): Promise<void> => {
    abort.abort();
    running.delete(stop);
    await finished;
  };
  running.add(stop);
  finished.catch(() => undefined);

  const cut = new Map<Generation, { readonly end: number; readonly lines: readonly string[] }>();
  const linesOf = (one: Generation): readonly string[] => {
    const end = one.ended ? one.offset : one.safe;
    const before = cut.get(one);
    if (before?.end === end) return before.lines;
    const text = Buffer.concat(one.bytes).toString('utf8', 0, end - one.start);
    const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
    cut.set(one, { end, lines });
    return lines;
  };
  const lines = (): readonly string[] => generations.flatMap(linesOf);
  const checkpoints = (): readonly Checkpoint[] =>
    generations.flatMap(({ id, lines: line }) => {
      const position = positions.get(id);
      return position === undefined ? [] : [{ position, line, counted: [] }];
    });

  return {
    generations,
    gaps,
    troubles,
    get ready() {
      return ready;
    },
    get known() {
      return known;
    },
    get largest() {
      return largest;
    },
    lines,
    until: async (done, ms = 60_000) => {
      const end = Date.now() + ms;
      while (!done()) {
        if (problem) throw problem;
        if (Date.now() > end) throw new Error(`waited ${ms} ms in vain; ${lines().length} lines, last ${lines().slice(-3).join(' | ')}`);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    },
    checkpoints,
    places: () => checkpoints().flatMap((checkpoint) => readPlace(checkpoint) ?? []),
    stop,
    finished,
  };
}
