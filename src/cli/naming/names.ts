// What the traces of a listing are called: as their incidents are, whose place is told by the event that the ledger keeps.
import type { Incident, Trace } from '../../core/model.ts';
import { shortFingerprint } from '../../core/texts/branch.ts';
import { type IncidentPlace, incidentName } from '../../core/texts/incident/incident-name.ts';
import type { IncidentPlaces } from '../../pipeline/incident-places.ts';
import type { Journal } from '../../ports.ts';
import { harmless } from '../output/tables/table.ts';

/** A name, and last what may be typed for it. @example 'TypeError in discount · src/price.js:13  3f9c01ab77de' */
export function calledOf(incident: Incident, place: IncidentPlace | undefined): string {
  return `${harmless(incidentName(incident, place))}  ${shortFingerprint(incident.fingerprint)}`;
}

/** A trace with the name of its incident. */
export interface NamedTrace extends Trace {
  readonly name: string;
}

export interface Names {
  nameOf(incident: Incident): Promise<string>;
  /** Of what the ledger does not know any more, the name is what the error said. */
  named(trace: Trace): Promise<NamedTrace>;
}

/** Each is told once: a listing that is kept live asks again and again. */
export function createNames(journal: Pick<Journal, 'incidents'>, places: IncidentPlaces): Names {
  const known = new Map<string, string>();
  const nameOf = async (incident: Incident): Promise<string> =>
    incidentName(incident, (await places.find(incident.sample, incident.repository)).place);
  const find = async ({ fingerprint, repository, title }: Trace): Promise<string> => {
    const found = await journal.incidents({ fingerprint, allRepositories: true });
    const incident = found.find((one) => one.repository === repository);
    return incident === undefined ? title : nameOf(incident);
  };
  return {
    nameOf,
    async named(trace) {
      const key = `${trace.repository} ${trace.fingerprint}`;
      const name = known.get(key) ?? (await find(trace));
      known.set(key, name);
      return { ...trace, name };
    },
  };
}
