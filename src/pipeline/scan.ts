// Reads logs once from the start and adds up the incidents in them. Touches no state.
import type { Clock, Details, Redact, Source } from '../ports.ts';
import { type Batch, createIntake, type DetectSettings } from './watch/intake.ts';
import { identify, identifyRepeats, type Seen, toSightings } from './watch/sightings.ts';
import { createTotals, type Incidents } from './watch/totals.ts';

export interface ScanPorts {
  readonly source: Source;
  readonly clock: Clock;
  readonly redact: Redact;
  readonly details?: Details;
}

/**
 * @param onEvent sees every event in file order; without `everyEvent` those only that are not counted as repeats
 * @param shown settles when what `onEvent` has printed is on its way; nothing is read before
 * @returns the incidents, most frequent first
 * @throws AiOpsError when a log cannot be read, after everything else has been; `onEvent` has seen it all by then
 */
export async function scan(
  ports: ScanPorts,
  settings: DetectSettings,
  onEvent: (seen: Seen) => void,
  signal: AbortSignal,
  shown: () => Promise<void> = async () => undefined,
): Promise<{ incidents: Incidents; error: unknown }> {
  const totals = createTotals();
  const take = async ({ source, events, repeats, places }: Batch): Promise<void> => {
    if (events.length === 0 && repeats.length === 0) return;
    const seen = identify(events, places);
    for (const one of seen) onEvent(one);
    for (const sighting of toSightings(
      seen,
      identifyRepeats(source, repeats, undefined, places),
      ports.clock().toISOString(),
      ports.redact,
    ))
      totals.add(sighting);
    await shown();
  };
  const intake = createIntake(settings, ports.clock, take, ports.details);
  const sink = { ...intake, gap: () => undefined, ready: () => undefined, trouble: () => undefined };
  const following = ports.source.follow(sink, { from: 'start', once: true, unpacks: true, checkpoints: [], signal });
  const error = await following.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { incidents: totals.incidents(), error };
}
