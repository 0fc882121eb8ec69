// Where an incident arose: the line of the checkout that the nearest frame of the application names, and the words for it.
// Looks at names of files only, not into them.
import { locateFrames } from '../core/context/locate.ts';
import type { ErrorEvent } from '../core/model.ts';
import { indexPaths, type PathIndex } from '../core/repository/paths.ts';
import { type IncidentPlace, incidentPlace } from '../core/texts/incident/incident-name.ts';
import type { Redact, SourceTree } from '../ports.ts';

type Framed = Pick<ErrorEvent, 'frames' | 'language'>;

export interface IncidentPlaces {
  /**
   * @param repository that the incident is of, by name
   * @returns where the nearest frame of the application leads
   */
  find(event: Framed, repository: string | undefined): Promise<FoundPlace>;
}

export interface FoundPlace {
  /** The line of a file; `undefined` where it is not one line of one file. */
  readonly line: { readonly path: string; readonly line: number } | undefined;
  /** In words, redacted; `undefined` where no frame of the application says where the error arose. */
  readonly place: IncidentPlace | undefined;
}

/**
 * @param source the checkout; `null` where there is none: then places are as the frames name them
 * @param subdir directory of the application within it
 * @param own name of the repository that the checkout is of, where incidents of others are asked for as well: a file here that is called
 *   like theirs is not theirs
 */
export function createIncidentPlaces(
  source: Pick<SourceTree, 'list'> | null,
  subdir: string,
  redact: Redact,
  own?: string,
): IncidentPlaces {
  const files = createIndex(source);
  return {
    async find(event, repository) {
      const isOwn = own === undefined || repository === undefined || repository === own;
      const line = source !== null && isOwn ? lineIn(event, await files(), subdir) : undefined;
      return { line, place: redacted(incidentPlace(event, line?.path), redact) };
    },
  };
}

/** The index of a tree is made once for each list of its files. */
function createIndex(source: Pick<SourceTree, 'list'> | null): () => Promise<PathIndex> {
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

function lineIn({ frames, language }: Framed, index: PathIndex, subdir: string): FoundPlace['line'] {
  const nearest = frames.find(({ inApp }) => inApp);
  if (nearest === undefined) return undefined;
  const [located] = locateFrames([nearest], index, { language, subdir, roots: [] });
  const [path, ...others] = located?.paths ?? [];
  if (path === undefined || others.length > 0 || located === undefined || located.line === null) return undefined;
  return { path, line: located.line };
}
