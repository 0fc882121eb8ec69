// From chunks to events: one detector per stream, and the byte up to which everything is decided. It numbers the bytes of a
// stream, from what the source says lies before them, so that the core need not know what a source counts in.
// Used by both `watch` and `scan`; keeps no count and knows no ledger.

import { defined } from '../../core/defined.ts';
import type { Zone } from '../../core/formats/zones.ts';
import type { ErrorEvent } from '../../core/model.ts';
import { createDetector, type Detector, type DetectorOptions } from '../../core/read/detector.ts';
import type { Repeats } from '../../core/read/repeats.ts';
import { createShapes } from '../../core/read/shape-memory.ts';
import type { Clock, Details, Place, SourceSink, Tell } from '../../ports.ts';
import { createPlaces, type Places } from './places.ts';

/** What the detector is told, the same for every stream. */
export type DetectSettings = Omit<
  DetectorOptions,
  'source' | 'stream' | 'tokenAt' | 'startOffset' | 'startLines' | 'shapes' | 'passedOver'
> & {
  /** An open event is closed when its source has been quiet this long. */
  readonly quietMs: number;
  /** Of times that name no zone, where that is another one for a source. */
  readonly zoneFor?: (source: string) => Zone | undefined;
  /** Every occurrence is wanted as an event; else most are counted only (`Batch.repeats`). */
  readonly everyEvent: boolean;
};

/** What one piece of reading has come to. */
export interface Batch {
  readonly source: string;
  readonly stream: string;
  readonly events: readonly ErrorEvent[];
  /** Occurrences of known errors that are no events themselves. All lie before `safe`. */
  readonly repeats: readonly Repeats[];
  /** Nothing before this position can become part of a later event. */
  readonly safe: { readonly offset: number; readonly lines: number };
  /** Events that begin before this byte are counted by an earlier run. */
  readonly reached: number;
  /** Of the events and of `safe`. */
  readonly places: Place;
}

/** The part of a sink that reading itself feeds. */
export type Feed = Pick<SourceSink, 'opened' | 'chunk' | 'idle' | 'ended'>;

/** A trace that is cut in the middle by a slow writer is waited for this many times longer. */
const PATIENCE = 4;

interface Stream {
  readonly source: string;
  readonly detector: Detector;
  readonly places: Places;
  /** Number of the next byte. */
  next: number;
  reached: number;
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
  const streams = new Map<string, Stream>();
  const { quietMs, everyEvent, zoneFor, ...detection } = settings;
  const shared = everyEvent ? detection : { ...detection, shapes: createShapes() };
  const [tellSource, tellLine] = [details('sources'), details('detect')];

  const deliver = async (name: string, stream: Stream, events: readonly ErrorEvent[]): Promise<void> => {
    const { source, places, reached, detector } = stream;
    const { repeats, safe } = detector;
    await receive({ source, stream: name, events, repeats, safe, reached, places });
    places.forget(safe.offset);
  };

  const flush = async (name: string, reason: 'quiet' | 'ended'): Promise<void> => {
    const stream = streams.get(name);
    if (stream) await deliver(name, stream, stream.detector.flush(reason));
  };

  return {
    opened: (at) => {
      const { source, stream: name, offset = 0, line = 0, why } = at;
      tellSource?.(`${source}: read from offset ${offset}, line ${line + 1}: ${why} (stream ${name})`);
      const places = createPlaces();
      places.add(offset, at);
      const start = { source, stream: name, tokenAt: places.tokenAt, startOffset: offset, startLines: line };
      const zone = zoneFor?.(source) ?? shared.zone;
      const detector = createDetector({ ...shared, ...start, ...defined({ zone }), passedOver: tellLine && passedOver(source, tellLine) });
      streams.set(name, { source, detector, places, next: offset, reached: offset, grownAt: clock().getTime() });
    },
    chunk: async (chunk) => {
      const stream = streams.get(chunk.stream);
      if (!stream) return;
      stream.grownAt = clock().getTime();
      stream.places.add(stream.next, chunk);
      if (chunk.known) stream.reached = stream.next + chunk.known;
      stream.next += chunk.bytes.length;
      await deliver(chunk.stream, stream, stream.detector.push(chunk));
    },
    idle: async (name) => {
      const stream = streams.get(name);
      if (!stream?.detector.hasOpen) return false;
      const patience = quietMs * (stream.detector.expectsMore ? PATIENCE : 1);
      if (clock().getTime() - stream.grownAt >= patience) await flush(name, 'quiet');
      return stream.detector.hasOpen;
    },
    ended: async (name) => {
      await flush(name, 'ended');
      tellSource?.(`${streams.get(name)?.source}: stream ${name} is over`);
      streams.delete(name);
    },
  };
}

/** A line that is told in full would hide the others. */
const SHOWN = 120;

function passedOver(source: string, tell: Tell): NonNullable<DetectorOptions['passedOver']> {
  return ({ line, text }, why) => tell(`${source}:${line}: no event: ${why}: ${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}`);
}
