// Several sources as one: their calls reach the sink one at a time, and `ready` comes once, when all are ready.
import type { Handover, Ready, Source, SourceSink } from '../../ports.ts';

/** Ends when all have ended. With `once` the first error is thrown after all have been read; otherwise it ends the others. */
export function combineSources(sources: readonly Source[]): Source {
  const [only] = sources;
  if (only && sources.length === 1) return only;
  return {
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
  const inTurn = <T>(call: () => T | Promise<T>): Promise<T> => {
    const done = last.then(call);
    last = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  };
  const places: Ready[] = [];
  let waiting = count;
  return () => ({
    opened: (at) => sink.opened(at),
    chunk: (chunk) => inTurn(() => sink.chunk(chunk)),
    idle: (stream) => inTurn(() => sink.idle(stream)),
    ended: (stream) => inTurn(() => sink.ended(stream)),
    gap: (gap) => sink.gap(gap),
    trouble: (source, message) => sink.trouble(source, message),
    said: (source, words) => sink.said?.(source, words),
    ...(sink.handover ? { handover: shareHandover(sink.handover, inTurn) } : {}),
    ready: (sources) => {
      places.push(...sources);
      waiting -= 1;
      if (waiting === 0) sink.ready(places);
    },
  });
}

function shareHandover(handover: Handover, inTurn: <T>(call: () => T | Promise<T>) => Promise<T>): Handover {
  return { counted: (isNow) => inTurn(() => handover.counted(isNow)), left: (stream) => inTurn(() => handover.left(stream)) };
}
