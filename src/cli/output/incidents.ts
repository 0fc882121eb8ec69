// The table of incidents that `scan` prints for people.
import type { Incident } from '../../core/model.ts';
import { shortFingerprint } from '../../core/texts/branch.ts';
import type { Output } from './output.ts';

export function incidentTable(output: Output, incidents: Iterable<Incident>): void {
  output.table<Incident>(
    [
      { title: 'COUNT', cell: ({ count }) => String(count), align: 'right' },
      { title: 'LEVEL', cell: ({ level }) => level },
      { title: 'FINGERPRINT', cell: ({ fingerprint }) => shortFingerprint(fingerprint) },
      { title: 'LAST', cell: ({ last }) => `${last.source}:${last.line}` },
      { title: 'TITLE', cell: ({ title }) => title, shrinks: true },
    ],
    incidents,
  );
}
