// How far streams are counted for good: for sources that keep their place elsewhere too, so that another box can go on.
import type { Checkpoint, Handover, Journal } from '../../ports.ts';

export interface Tracked {
  /** The same journal; what goes through it is taken note of. */
  readonly journal: Journal;
  readonly counted: Handover['counted'];
  /** Another box goes on with it. */
  forget(stream: string): void;
}

export function trackCounted(journal: Journal): Tracked {
  const recorded = new Map<string, Checkpoint>();
  let durable: readonly Checkpoint[] = [];
  return {
    journal: {
      ...journal,
      record: async (entry) => {
        const touched = await journal.record(entry);
        if (entry.checkpoint) recorded.set(entry.checkpoint.position.stream, entry.checkpoint);
        return touched;
      },
    },
    counted: async (isNow) => {
      const before = [...recorded.values()];
      if (await journal.flush(isNow)) durable = before;
      return durable;
    },
    forget: (stream) => {
      recorded.delete(stream);
      durable = durable.filter(({ position }) => position.stream !== stream);
    },
  };
}
