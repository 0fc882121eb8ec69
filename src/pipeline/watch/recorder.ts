// Writes what was read into the journal: an offset and its effects in one record, so that nothing is lost and nothing
// counts twice, also when a log is read again from its start.
import type { Incident } from '../../core/model.ts';
import type { Checkpoint, Clock, Journal, Redact, Source } from '../../ports.ts';
import { type Batch, createIntake, type DetectSettings } from './intake.ts';
import { identify, identifyRepeats, type Seen, toSightings } from './sightings.ts';

export interface RecorderPorts {
  readonly source: Source;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly redact: Redact;
}

type Touched = readonly { readonly incident: Incident; readonly isNew: boolean }[];

/**
 * @param checkpoints what the journal knows: events before their offsets are counted already
 * @param tell sees the events that were read, and the incidents that they changed; nothing is read until it is done
 */
export function createRecorder(
  { source, journal, clock, redact }: RecorderPorts,
  checkpoints: readonly Checkpoint[],
  tell: (seen: readonly Seen[], touched: Touched) => void | Promise<void>,
): (batch: Batch) => Promise<void> {
  const known = new Map(checkpoints.map((checkpoint) => [checkpoint.generation, checkpoint.offset]));
  const counted = new Map(checkpoints.map((checkpoint) => [checkpoint.generation, new Set(checkpoint.counted)]));

  return async ({ source: name, generation, events, repeats, safe }) => {
    const reached = known.get(generation) ?? 0;
    const before = counted.get(generation) ?? new Set<number>();
    const seen = identify(events);
    const isFresh = (offset: number): boolean => offset >= reached && !before.has(offset);
    const fresh = seen.filter(({ event }) => isFresh(event.offset));
    const again = identifyRepeats(name, repeats, isFresh);
    const ahead = [...before, ...fresh.map(({ event }) => event.offset)].filter((offset) => offset >= Math.max(safe.offset, reached));
    counted.set(generation, new Set(ahead));
    // Reading again what is counted must not move the stored offset back: a crash would count it once more.
    const identity = safe.offset < reached ? undefined : source.identify(generation, safe.offset);
    const checkpoint = identity === undefined ? null : { source: name, generation, ...safe, counted: ahead, identity };
    if (checkpoint === null && fresh.length === 0 && again.length === 0) return tell(seen, []);
    const touched = await journal.record({ checkpoint, sightings: toSightings(fresh, again, clock().toISOString(), redact) });
    await tell(seen, touched);
    if (touched.some(({ isNew }) => isNew)) await journal.flush();
  };
}

/** Counts what the journal does not know yet of logs that are read once, for `fix`. */
export async function record(ports: RecorderPorts, settings: DetectSettings, signal: AbortSignal): Promise<void> {
  const checkpoints = await ports.journal.checkpoints();
  const intake = createIntake(
    settings,
    ports.clock,
    createRecorder(ports, checkpoints, () => undefined),
  );
  const sink = { ...intake, gap: () => undefined, ready: () => undefined, trouble: () => undefined };
  await ports.source.follow(sink, { from: 'start', once: true, checkpoints, signal });
  await ports.journal.flush(true);
}
