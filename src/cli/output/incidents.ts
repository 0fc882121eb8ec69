// The table of incidents that `scan` prints for people.
import type { Incident } from '../../core/model.ts';
import { shortFingerprint } from '../../core/texts/branch.ts';
import { type IncidentPlace, incidentName } from '../../core/texts/incident-name.ts';
import type { Output } from './output.ts';

/** @param placeOf where each arose, as it was judged */
export function incidentTable(
  output: Output,
  incidents: Iterable<Incident>,
  placeOf: (incident: Incident) => IncidentPlace | undefined,
): void {
  output.table<Incident>(
    [
      { title: 'COUNT', cell: ({ count }) => String(count), align: 'right' },
      { title: 'LEVEL', cell: ({ level }) => level },
      { title: 'LAST', cell: ({ last }) => `${last.source}:${last.line}` },
      { title: 'INCIDENT', cell: (incident) => incidentName(incident, placeOf(incident)), shrinks: true },
      { title: 'FINGERPRINT', cell: ({ fingerprint }) => shortFingerprint(fingerprint) },
    ],
    incidents,
  );
}
