// Reads logs once from the start and adds up the incidents in them. Touches no state.
import type { ErrorEvent, Incident } from '../core/model.ts';
import type { Clock, Redact, Sighting, Source } from '../ports.ts';
import { createIntake, type DetectSettings } from './intake.ts';
import { identify, identifyRepeats, type Seen, toSightings } from './sightings.ts';

export interface ScanPorts {
  readonly source: Source;
  readonly clock: Clock;
  readonly redact: Redact;
}

/**
 * @param onEvent sees every event in file order; without `everyEvent` those only that are not counted as repeats
 * @returns the incidents, most frequent first
 * @throws AiOpsError when a log cannot be read, after everything else has been; `onEvent` has seen it all by then
 */
export async function scan(
  ports: ScanPorts,
  settings: DetectSettings,
  onEvent: (seen: Seen) => void,
  signal: AbortSignal,
): Promise<{ incidents: readonly Incident[]; error: unknown }> {
  const totals = new Map<string, Incident>();
  const intake = createIntake(settings, ports.clock, async ({ events, repeats }) => {
    if (events.length === 0) return;
    const seen = identify(events);
    for (const one of seen) onEvent(one);
    for (const sighting of toSightings(seen, identifyRepeats(repeats), ports.clock().toISOString(), ports.redact)) add(totals, sighting);
  });
  const sink = { ...intake, gap: () => undefined, ready: () => undefined, trouble: () => undefined };
  const following = ports.source.follow(sink, { from: 'start', once: true, checkpoints: [], signal });
  const error = await following.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { incidents: [...totals.values()].sort((a, b) => b.count - a.count), error };
}

function add(totals: Map<string, Incident>, sighting: Sighting): void {
  const known = totals.get(sighting.fingerprint);
  totals.set(sighting.fingerprint, known ? { ...known, count: known.count + sighting.count, last: sighting.last } : toIncident(sighting));
}

/** A sighting as an incident that nothing has been done about. */
export function toIncident(sighting: Sighting): Incident {
  const sample: ErrorEvent = sighting.sample;
  return {
    fingerprint: sighting.fingerprint,
    title: sighting.title,
    level: sample.level,
    type: sample.type,
    message: sample.message,
    language: sample.language,
    frames: sample.frames,
    sample,
    count: sighting.count,
    first: sighting.first,
    last: sighting.last,
    state: 'new',
    reason: null,
    attempts: 0,
    lastAttemptAt: null,
  };
}
