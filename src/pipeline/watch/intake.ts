// From chunks to events: one detector per writer of a stream, and the byte up to which everything is decided. It numbers the
// bytes of a stream, from what the source says lies before them, so that the core need not know what a source counts in.
// Used by both `watch` and `scan`; keeps no count and knows no ledger.

import { defined } from '../../core/defined.ts';
import type { Zone } from '../../core/formats/zones.ts';
import type { ErrorEvent, Origin } from '../../core/model.ts';
import { createDetector, type DetectorOptions } from '../../core/read/detector.ts';
import type { Repeats } from '../../core/read/repeats.ts';
import { createShapes } from '../../core/read/shape-memory.ts';
import type { Clock, Details, Handover, Opening, Place, SourceSink, Tell } from '../../ports.ts';
import { createPlaces, type Places } from './places.ts';
import { createWriters, type Safe, type Writers } from './writers.ts';

/** What the detector is told, the same for every stream. */
export type DetectSettings = Omit<
  DetectorOptions,
  'source' | 'stream' | 'tokenAt' | 'startOffset' | 'startLines' | 'shapes' | 'passedOver'
> & {
  /** An open event is closed when its source has been quiet this long. */
  readonly quietMs: number;
  /** Of times that name no zone, where that is another one for a source. */
  readonly zoneFor?: (source: string) => Zone | undefined;
  /** Where all that comes from a source is from, as its name or the configuration says: of what does not say it itself. */
  readonly originFor?: (source: string) => Origin | undefined;
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
  readonly safe: Safe;
  /** Events that begin before this byte are counted by an earlier run. */
  readonly reached: number;
  /** Of the events and of `safe`. */
  readonly places: Place;
  /** What the stream was opened with: another one where it was left, and is read again. */
  readonly opening: Opening;
}

/** The part of a sink that reading itself feeds. */
export type Feed = Pick<SourceSink, 'opened' | 'chunk' | 'idle' | 'ended'> & Pick<Handover, 'left'>;

interface Stream {
  readonly source: string;
  readonly opening: Opening;
  readonly writers: Writers;
  readonly places: Places;
  readonly origin: Origin | undefined;
  /** Number of the next byte. */
  next: number;
  reached: number;
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
  const { quietMs, everyEvent, zoneFor, originFor, ...detection } = settings;
  const shared = everyEvent ? detection : { ...detection, shapes: createShapes() };
  const [tellSource, tellLine] = [details('sources'), details('detect')];

  const deliver = async (name: string, stream: Stream, read: readonly ErrorEvent[]): Promise<void> => {
    const { source, places, reached, writers, opening } = stream;
    const { safe } = writers;
    const events = read.map((event) => placed(numbered(dated(event, places), places), places, stream.origin));
    const repeats = writers.repeats.flatMap((one) => placedAgain(numberedAgain(datedAgain(one, places), places), places, stream.origin));
    await receive({ source, stream: name, events, repeats, safe, reached, places, opening });
    places.forget(safe.offset);
  };

  return {
    opened: (at) => {
      const { source, stream: name, offset = 0, line = 0, why } = at;
      tellSource?.(`${source}: read from offset ${offset}, line ${line + 1}: ${why} (stream ${name})`);
      const places = createPlaces();
      places.add(offset, at);
      const zone = zoneFor?.(source) ?? shared.zone;
      const told = tellLine && passedOver(source, tellLine);
      const writers = createWriters(
        ({ offset: startOffset, lines: startLines }, placeOf) =>
          createDetector({
            ...{ ...shared, source, stream: name, startOffset, startLines, ...defined({ zone }), passedOver: told },
            tokenAt: (own) => places.tokenAt(placeOf(own)),
          }),
        { offset, lines: line },
        clock().getTime(),
      );
      streams.set(name, { source, opening: at, writers, places, origin: originFor?.(source), next: offset, reached: offset });
    },
    chunk: async (chunk) => {
      const stream = streams.get(chunk.stream);
      if (!stream) return;
      stream.places.add(stream.next, chunk);
      if (chunk.known) stream.reached = stream.next + chunk.known;
      stream.next += chunk.bytes.length;
      await deliver(chunk.stream, stream, stream.writers.push(chunk, clock().getTime()));
    },
    idle: async (name) => {
      const stream = streams.get(name);
      if (!stream?.writers.hasOpen) return false;
      const { events, isAny } = stream.writers.quiet(quietMs, clock().getTime());
      if (isAny) await deliver(name, stream, events);
      return stream.writers.hasOpen;
    },
    ended: async (name) => {
      const stream = streams.get(name);
      if (stream) await deliver(name, stream, stream.writers.end());
      tellSource?.(`${stream?.source}: stream ${name} is over`);
      streams.delete(name);
    },
    left: async (name) => {
      tellSource?.(`${streams.get(name)?.source}: stream ${name} is left to others`);
      streams.delete(name);
    },
  };
}

/** By the number of its record, where the source has one. */
function numbered(event: ErrorEvent, { recordAt }: Place): ErrorEvent {
  const line = recordAt?.(event.offset)?.number;
  return line === undefined ? event : { ...event, line, endLine: recordAt?.(event.endOffset - 1)?.number ?? line };
}

function numberedAgain(repeats: Repeats, { recordAt }: Place): Repeats {
  const { offsets, lines } = repeats;
  if (offsets.length === 0 || recordAt?.(offsets[0]!)?.number === undefined) return repeats;
  return { ...repeats, lines: offsets.map((offset, index) => recordAt(offset)?.number ?? lines[index]!) };
}

/** What the source knows of its time is better than the time of reading. */
function dated(event: ErrorEvent, places: Place): ErrorEvent {
  if (event.time !== undefined) return event;
  const time = places.recordAt?.(event.offset)?.time;
  return time === undefined ? event : { ...event, time };
}

function datedAgain(repeats: Repeats, places: Place): Repeats {
  const timeAt = (offset: number | undefined): string | undefined => (offset === undefined ? undefined : places.recordAt?.(offset)?.time);
  const [firstTime, lastTime] = [repeats.firstTime ?? timeAt(repeats.offsets[0]), repeats.lastTime ?? timeAt(repeats.offsets.at(-1))];
  return { ...repeats, ...defined({ firstTime, lastTime }) };
}

/** What the record says goes before what its source knows, and that before what holds for all of the source. */
function placed(event: ErrorEvent, { recordAt }: Place, always: Origin | undefined): ErrorEvent {
  const known = recordAt?.(event.offset)?.origin ?? always;
  return known === undefined ? event : { ...event, origin: { ...always, ...known, ...event.origin } };
}

/** Each part of them that came from one place. */
function placedAgain(repeats: Repeats, { recordAt }: Place, always: Origin | undefined): readonly Repeats[] {
  const { event, offsets, lines } = repeats;
  const origins = recordAt === undefined ? [] : offsets.map((offset) => recordAt(offset)?.origin);
  if (origins.every((origin) => origin === undefined))
    return always === undefined ? [repeats] : [{ ...repeats, event: { ...event, origin: { ...always, ...event.origin } } }];
  const indexes = Map.groupBy(offsets.keys(), (index) => JSON.stringify(origins[index] ?? {}));
  return [...indexes.values()].map((own) => ({
    ...repeats,
    event: { ...event, origin: { ...always, ...origins[own[0]!], ...event.origin } },
    offsets: own.map((index) => offsets[index]!),
    lines: own.map((index) => lines[index]!),
  }));
}

/** A line that is told in full would hide the others. */
const SHOWN = 120;

function passedOver(source: string, tell: Tell): NonNullable<DetectorOptions['passedOver']> {
  return ({ line, text }, why) => tell(`${source}:${line}: no event: ${why}: ${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}`);
}
