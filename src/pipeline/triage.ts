// Whose matter an incident is, with the line of source that its nearest frame names, where the checkout has it.
// Asks nobody, changes nothing; each incident is judged once, for its sample does not change.
import { locateFrames } from '../core/context/locate.ts';
import type { ErrorEvent, Incident } from '../core/model.ts';
import { indexPaths, type PathIndex } from '../core/repository/paths.ts';
import { type RaiseSite, raiseSite } from '../core/triage/raise-site.ts';
import { type Triage, type Triaged, triage } from '../core/triage/triage.ts';
import type { Redact, SourceTree } from '../ports.ts';

/** @returns the class with its evidence, redacted */
export type Judge = (incident: Pick<Incident, 'fingerprint'>, event: Triaged) => Promise<Triage>;

/** Judgements that are kept: more incidents than this are judged again when they come back. */
const KEPT = 2000;

/**
 * @param source the checkout; `null` where there is none: then events are judged without their source
 * @param subdir directory of the application within it
 */
export function createJudge(source: SourceTree | null, subdir: string, redact: Redact): Judge {
  const known = new Map<string, Triage>();
  const files = createIndex(source);
  return async ({ fingerprint }, event) => {
    const before = known.get(fingerprint);
    if (before !== undefined) return before;
    const site = source === null ? undefined : await siteOf(event, source, await files(), subdir);
    const found = triage(event, site);
    const judged = { ...found, evidence: found.evidence.map((each) => ({ ...each, value: redact(each.value) })) };
    if (known.size >= KEPT) known.delete(known.keys().next().value as string);
    known.set(fingerprint, judged);
    return judged;
  };
}

/** The index of a tree is made once for each list of its files. */
function createIndex(source: SourceTree | null): () => Promise<PathIndex> {
  let last: { readonly paths: readonly string[]; readonly index: PathIndex } | undefined;
  return async () => {
    const paths = (await source?.list()) ?? [];
    if (last === undefined || last.paths.length !== paths.length || last.paths[0] !== paths[0]) last = { paths, index: indexPaths(paths) };
    return last.index;
  };
}

/** The source around the nearest frame of the application; `undefined` where it leads to no line of one file. */
async function siteOf(
  { frames, language }: Pick<ErrorEvent, 'frames' | 'language'>,
  source: SourceTree,
  index: PathIndex,
  subdir: string,
): Promise<RaiseSite | undefined> {
  const nearest = frames.find(({ inApp }) => inApp);
  if (nearest === undefined) return undefined;
  const [located] = locateFrames([nearest], index, { language, subdir, roots: [] });
  const [path, ...others] = located?.paths ?? [];
  if (path === undefined || others.length > 0 || located === undefined || located.line === null) return undefined;
  const text = await source.read(path);
  return text === undefined ? undefined : raiseSite(path, text, located.line);
}
