// From chunks to events: one detector per generation, and the offset up to which everything is decided.
// Used by both `watch` and `scan`; keeps no count and knows no ledger.

import type { ErrorEvent } from '../../core/model.ts';
import { createDetector, type Detector, type DetectorOptions } from '../../core/read/detector.ts';
import type { Repeats } from '../../core/read/repeats.ts';
import { createShapes } from '../../core/read/shape-memory.ts';
import type { Clock, Details, SourceSink, Tell } from '../../ports.ts';

/** What the detector is told, the same for every generation. */
export type DetectSettings = Omit<DetectorOptions, 'source' | 'generation' | 'startOffset' | 'startLines' | 'shapes' | 'passedOver'> & {
  /** An open event is closed when its source has been quiet this long. */
  readonly quietMs: number;
  /** Every occurrence is wanted as an event; else most are counted only (`Batch.repeats`). */
  readonly everyEvent: boolean;
};

/** What one piece of reading has come to. */
export interface Batch {
  readonly source: string;
  readonly generation: string;
  readonly events: readonly ErrorEvent[];
  /** Occurrences of known errors that are no events themselves. All lie before `safe`. */
  readonly repeats: readonly Repeats[];
  /** Nothing before this position can become part of a later event. */
  readonly safe: { readonly offset: number; readonly lines: number };
}

/** The part of a sink that reading itself feeds. */
export type Feed = Pick<SourceSink, 'opened' | 'chunk' | 'idle' | 'ended'>;

/** A trace that is cut in the middle by a slow writer is waited for this many times longer. */
const PATIENCE = 4;

interface Life {
  readonly source: string;
  readonly detector: Detector;
  grownAt: number;
}

/**
 * @param receive is awaited before more is read: back-pressure
 * @param details hears where each source is read from, and why lines are no events
 */
export function createIntake(
  settings: DetectSettings,
  clock: Clock,
  receive: (batch: Batch) => Promise<void>,
  details: Details = () => undefined,
): Feed {
  const lives = new Map<string, Life>();
  const { quietMs, everyEvent, ...detection } = settings;
  const shared = everyEvent ? detection : { ...detection, shapes: createShapes() };
  const [tellSource, tellLine] = [details('sources'), details('detect')];

  const deliver = (generation: string, life: Life, events: readonly ErrorEvent[]): Promise<void> =>
    receive({ source: life.source, generation, events, repeats: life.detector.repeats, safe: life.detector.safe });

  const flush = async (generation: string, reason: 'quiet' | 'ended'): Promise<void> => {
    const life = lives.get(generation);
    if (life) await deliver(generation, life, life.detector.flush(reason));
  };

  return {
    opened: ({ source, generation, offset, lines, why }) => {
      tellSource?.(`${source}: read from offset ${offset}, line ${lines + 1}: ${why} (generation ${generation})`);
      const start = { source, generation, startOffset: offset, startLines: lines };
      const detector = createDetector({ ...shared, ...start, passedOver: tellLine && passedOver(source, tellLine) });
      lives.set(generation, { source, detector, grownAt: clock().getTime() });
    },
    chunk: async (chunk) => {
      const life = lives.get(chunk.generation);
      if (!life) return;
      life.grownAt = clock().getTime();
      await deliver(chunk.generation, life, life.detector.push(chunk));
    },
    idle: async (generation) => {
      const life = lives.get(generation);
      if (!life?.detector.hasOpen) return;
      const patience = quietMs * (life.detector.expectsMore ? PATIENCE : 1);
      if (clock().getTime() - life.grownAt >= patience) await flush(generation, 'quiet');
    },
    ended: async (generation) => {
      await flush(generation, 'ended');
      tellSource?.(`${lives.get(generation)?.source}: generation ${generation} is over`);
      lives.delete(generation);
    },
  };
}

/** A line that is told in full would hide the others. */
const SHOWN = 120;

function passedOver(source: string, tell: Tell): NonNullable<DetectorOptions['passedOver']> {
  return ({ line, text }, why) => tell(`${source}:${line}: no event: ${why}: ${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}`);
}
