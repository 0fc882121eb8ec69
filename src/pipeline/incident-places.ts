// Where an incident arose: the line of the checkout that the nearest frame of the application names, and the words for it.
// Looks at names of files; into manifests only where all frames look like those of packages.
import type { PackageRoot } from '../core/context/frame-names.ts';
import { type LocateOptions, locateFrames, ownFrames } from '../core/context/locate.ts';
import type { ErrorEvent, Frame } from '../core/model.ts';
import { indexPaths, type PathIndex } from '../core/repository/paths.ts';
import { type IncidentPlace, incidentPlace } from '../core/texts/incident/incident-name.ts';
import type { Redact, SourceTree } from '../ports.ts';
import { rootsOf } from './repair/roots.ts';

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
  /** The frames as this repository reads them: one that looks like a library's is of the application where its file is here. */
  readonly frames: readonly Frame[];
}

/**
 * @param source the checkout; `null` where there is none: then places are as the frames name them
 * @param subdir directory of the application within it
 * @param own name of the repository that the checkout is of, where incidents of others are asked for as well: a file here that is called
 *   like theirs is not theirs
 */
export function createIncidentPlaces(
  source: Pick<SourceTree, 'list' | 'read'> | null,
  subdir: string,
  redact: Redact,
  own?: string,
): IncidentPlaces {
  const files = createIndex(source);
  return {
    async find(event, repository) {
      const isOwn = own === undefined || repository === undefined || repository === own;
      if (source === null || !isOwn) return { line: undefined, place: redacted(incidentPlace(event), redact), frames: event.frames };
      const index = await files();
      const roots = await rootsFor(event, index, source);
      const options = { language: event.language, subdir, roots };
      const frames = ownFrames(event.frames, index, options);
      const line = lineIn(frames, index, options);
      return { line, place: redacted(incidentPlace({ frames }, line?.path), redact), frames };
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

async function rootsFor(
  { frames, language }: Framed,
  { paths }: PathIndex,
  source: Pick<SourceTree, 'read'>,
): Promise<readonly PackageRoot[]> {
  if (frames.some(({ inApp }) => inApp)) return [];
  return rootsOf(
    { frames, language },
    paths.map((path) => ({ path })),
    async (path) => (await source.read(path)) ?? '',
  );
}

function lineIn(frames: readonly Frame[], index: PathIndex, options: LocateOptions): FoundPlace['line'] {
  const nearest = frames.find(({ inApp }) => inApp);
  if (nearest === undefined) return undefined;
  const [located] = locateFrames([nearest], index, options);
  const [path, ...others] = located?.paths ?? [];
  if (path === undefined || others.length > 0 || located === undefined || located.line === null) return undefined;
  return { path, line: located.line };
}
