// Several sources as one: their calls reach the sink one at a time, and `ready` comes once, when all are ready.
import type { Readable } from 'node:stream';
import type { SourceKind } from '../../core/tables.ts';
import { fail } from '../../errors.ts';
import type { Source, SourceSink } from '../../ports.ts';
import { createFileSource, type FileSourceOptions } from './file/source.ts';
import { createStdinSource } from './stdin/source.ts';

/**
 * The source for what a user names: paths, globs, `-` for `stdin`.
 * @throws AiOpsError `no-logs` for an empty list or an empty name
 */
export function createLogSource(names: readonly string[], stdin: Readable, options: FileSourceOptions = {}): Source {
  if (names.length === 0 || names.includes('')) throw fail('no-logs');
  const byKind = Map.groupBy(names, kindOf);
  return combineSources([...byKind].map(([kind, those]) => KINDS[kind](those, stdin, options)));
}

/** The kinds of source: how each is opened from the names that are its own. */
const KINDS: Readonly<Record<SourceKind, (names: readonly string[], stdin: Readable, options: FileSourceOptions) => Source>> = {
  file: (names, _stdin, options) => createFileSource(names, options),
  stdin: (_names, stdin, options) => createStdinSource(stdin, options),
};

/** What a name is of: `-` is standard input, everything else a path or a glob. */
function kindOf(name: string): SourceKind {
  return name === '-' ? 'stdin' : 'file';
}

/** Ends when all have ended. With `once` the first error is thrown after all have been read; otherwise it ends the others. */
function combineSources(sources: readonly Source[]): Source {
  const [only] = sources;
  if (only && sources.length === 1) return only;
  return {
    identify: (generation, offset) => {
      for (const source of sources) {
        const identity = source.identify(generation, offset);
        if (identity !== undefined) return identity;
      }
      return undefined;
    },
    follow: async (sink, options) => {
      const shared = share(sink, sources.length);
      const failed = new AbortController();
      const signal = AbortSignal.any([options.signal, failed.signal]);
      const reads = sources.map(async (source) => {
        try {
          await source.follow(shared(), { ...options, signal });
        } catch (error) {
          if (!options.once) failed.abort();
          throw error;
        }
      });
      const broken = (await Promise.allSettled(reads)).find((result) => result.status === 'rejected');
      if (broken) throw broken.reason;
    },
  };
}

function share(sink: SourceSink, count: number): () => SourceSink {
  let last: Promise<void> = Promise.resolve();
  const inTurn = (call: () => void | Promise<void>): Promise<void> => {
    const done = last.then(call);
    last = done.catch(() => undefined);
    return done;
  };
  const places: { source: string; offset: number }[] = [];
  let waiting = count;
  return () => ({
    opened: (at) => sink.opened(at),
    chunk: (chunk) => inTurn(() => sink.chunk(chunk)),
    idle: (generation) => inTurn(() => sink.idle(generation)),
    ended: (generation) => inTurn(() => sink.ended(generation)),
    gap: (gap) => sink.gap(gap),
    trouble: (source, message) => sink.trouble(source, message),
    ready: (sources) => {
      places.push(...sources);
      waiting -= 1;
      if (waiting === 0) sink.ready(places);
    },
  });
}
