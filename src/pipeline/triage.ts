// Whose matter an incident is and where it arose, with the line of source that its nearest frame names, where the
// checkout has it.
// Asks nobody, changes nothing; each incident is judged once, for its sample does not change.
import { locateFrames } from '../core/context/locate.ts';
import type { ErrorEvent, Incident } from '../core/model.ts';
import { indexPaths, type PathIndex } from '../core/repository/paths.ts';
import { type IncidentPlace, incidentPlace } from '../core/texts/incident/incident-name.ts';
import { raiseSite } from '../core/triage/raise-site.ts';
import { type Triage, type Triaged, triage } from '../core/triage/triage.ts';
import type { Redact, SourceTree } from '../ports.ts';

/** A class, and where the error arose; `undefined` where no frame of the application says so. */
export interface Judged extends Triage {
  readonly place: IncidentPlace | undefined;
}

/** @returns all of it redacted */
export type Judge = (incident: Pick<Incident, 'fingerprint' | 'repository'>, event: Triaged) => Promise<Judged>;

/** Judgements that are kept: more incidents than this are judged again when they come back. */
const KEPT = 500;

/**
 * @param source the checkout; `null` where there is none: then events are judged without their source
 * @param subdir directory of the application within it
 */
export function createJudge(source: SourceTree | null, subdir: string, redact: Redact): Judge {
  const known = new Map<string, Judged>();
  const files = createIndex(source);
  return async ({ fingerprint, repository }, event) => {
    const key = `${repository}\n${fingerprint}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const at = source === null ? undefined : lineOf(event, await files(), subdir);
    const text = at === undefined ? undefined : await source?.read(at.path);
    const found = triage(event, at === undefined || text === undefined ? undefined : raiseSite(at.path, text, at.line));
    const evidence = found.evidence.map((each) => ({ ...each, value: redact(each.value) }));
    const judged = { ...found, evidence, place: redacted(incidentPlace(event, at?.path), redact) };
    if (known.size >= KEPT) known.delete(known.keys().next().value as string);
    known.set(key, judged);
    return judged;
  };
}

/** The index of a tree is made once for each list of its files. */
function createIndex(source: SourceTree | null): () => Promise<PathIndex> {
  let last: { readonly paths: readonly string[]; readonly index: PathIndex } | undefined;
  return async () => {
    const paths = (await source?.list()) ?? [];
    if (last?.paths !== paths) last = { paths, index: indexPaths(paths) };
    return last.index;
  };
}

function redacted(place: IncidentPlace | undefined, redact: Redact): IncidentPlace | undefined {
  if (place === undefined) return undefined;
  const { path, function: name, ...rest } = place;
  return { ...rest, path: redact(path), ...(name === undefined ? {} : { function: redact(name) }) };
}

/** The line of a file that the nearest frame of the application names; `undefined` where it is not one line of one file. */
function lineOf(
  { frames, language }: Pick<ErrorEvent, 'frames' | 'language'>,
  index: PathIndex,
  subdir: string,
): { readonly path: string; readonly line: number } | undefined {
  const nearest = frames.find(({ inApp }) => inApp);
  if (nearest === undefined) return undefined;
  const [located] = locateFrames([nearest], index, { language, subdir, roots: [] });
  const [path, ...others] = located?.paths ?? [];
  if (path === undefined || others.length > 0 || located === undefined || located.line === null) return undefined;
  return { path, line: located.line };
}
