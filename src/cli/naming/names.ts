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
  /** In their order. Of what the ledger does not know any more, the name is what the error said. */
  named(traces: readonly Trace[]): Promise<readonly NamedTrace[]>;
}

/** So many incidents are read at once. */
const AT_ONCE = 100;

/** Each is told once: a listing that is kept live asks again and again. */
export function createNames(journal: Pick<Journal, 'incidents'>, places: IncidentPlaces): Names {
  const known = new Map<string, string>();
  const nameOf = async (incident: Incident): Promise<string> =>
    incidentName(incident, (await places.find(incident.sample, incident.repository)).place);
  const isNew = (one: Pick<Incident, 'repository' | 'fingerprint'>): boolean => !known.has(keyOf(one));
  const learn = async (traces: readonly Trace[]): Promise<void> => {
    const wanted = new Set(traces.map(keyOf));
    const fingerprints = [...new Set(traces.map(({ fingerprint }) => fingerprint))];
    for (const incident of await journal.incidents({ fingerprints, allRepositories: true }))
      if (wanted.has(keyOf(incident))) known.set(keyOf(incident), await nameOf(incident));
    // A trace may bear a name that its incident had with an older version.
    for (const trace of traces.filter(isNew)) {
      const { fingerprint, repository, title } = trace;
      const found = await journal.incidents({ fingerprint, allRepositories: true });
      const incident = found.find((one) => one.repository === repository);
      known.set(keyOf(trace), incident === undefined ? title : await nameOf(incident));
    }
  };
  return {
    nameOf,
    async named(traces) {
      const unknown = traces.filter(isNew);
      for (let from = 0; from < unknown.length; from += AT_ONCE) await learn(unknown.slice(from, from + AT_ONCE));
      return traces.map((trace) => ({ ...trace, name: known.get(keyOf(trace)) ?? trace.title }));
    },
  };
}

const keyOf = ({ repository, fingerprint }: Pick<Incident, 'repository' | 'fingerprint'>): string => `${repository} ${fingerprint}`;
