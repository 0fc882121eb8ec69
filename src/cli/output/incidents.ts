// The table of incidents that `scan` prints for people.
import type { Incident } from '../../core/model.ts';
import { shortFingerprint } from '../../core/texts/branch.ts';
import { type IncidentPlace, incidentName } from '../../core/texts/incident/incident-name.ts';
import type { Output } from './output.ts';
import { NAME } from './trace.ts';

/** @param placeOf where each arose, as it was judged */
export function incidentTable(
  output: Output,
  incidents: Iterable<Incident>,
  placeOf: (incident: Incident) => IncidentPlace | undefined,
): void {
  const { say } = output;
  output.table<Incident>(
    [
      { title: say('COUNT'), cell: ({ count }) => String(count), align: 'right' },
      { title: say('LEVEL'), cell: ({ level }) => level, drops: 2 },
      { title: say('LAST'), cell: ({ last }) => `${last.source}:${last.line}`, drops: 1 },
      { title: say('INCIDENT'), cell: (incident) => incidentName(incident, placeOf(incident)), ...NAME },
      { title: say('FINGERPRINT'), cell: ({ fingerprint }) => shortFingerprint(fingerprint), drops: 3 },
    ],
    incidents,
  );
}
