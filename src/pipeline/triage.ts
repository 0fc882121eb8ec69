// Whose matter an incident is and where it arose, with the line of source that its nearest frame names, where the
// checkout has it.
// Asks nobody, changes nothing; each incident is judged once, for its sample does not change.
import type { Incident } from '../core/model.ts';
import type { IncidentPlace } from '../core/texts/incident/incident-name.ts';
import { raiseSite } from '../core/triage/raise-site.ts';
import { type Triage, type Triaged, triage } from '../core/triage/triage.ts';
import type { Redact, SourceTree } from '../ports.ts';
import { createIncidentPlaces } from './incident-places.ts';

/** A class, and where the error arose; `undefined` where no frame of the application says so. */
export interface Judged extends Triage {
  readonly place: IncidentPlace | undefined;
  /** A frame leads into the application, by its name or because the repository has its file. */
  readonly hasFrame: boolean;
}

/** @returns all of it redacted */
export type Judge = (incident: Pick<Incident, 'fingerprint' | 'repository'>, event: Triaged) => Promise<Judged>;

/** Judgements that are kept: more incidents than this are judged again when they come back. */
const KEPT = 500;

/**
 * @param source the checkout; `null` where there is none: then events are judged without their source
 * @param subdir directory of the application within it
 */
export function createJudge(source: SourceTree | null, subdir: string, redact: Redact, own?: string): Judge {
  const known = new Map<string, Judged>();
  const places = createIncidentPlaces(source, subdir, redact, own);
  return async ({ fingerprint, repository }, event) => {
    const key = `${repository}\n${fingerprint}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const { line: at, place, frames } = await places.find(event, repository);
    const text = at === undefined ? undefined : await source?.read(at.path);
    const found = triage({ ...event, frames }, at === undefined || text === undefined ? undefined : raiseSite(at.path, text, at.line));
    const evidence = found.evidence.map((each) => ({ ...each, value: redact(each.value) }));
    const judged = { ...found, evidence, place, hasFrame: frames.some(({ inApp }) => inApp) };
    if (known.size >= KEPT) known.delete(known.keys().next().value as string);
    known.set(key, judged);
    return judged;
  };
}
