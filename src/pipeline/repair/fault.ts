// The error of the log as the marks by which a run of a test is told to show it: its frames led to files of the base commit.
import { type Located, locateFrames, ownFrames, type PlacedFrame } from '../../core/context/locate.ts';
import { defined } from '../../core/defined.ts';
import type { FileMode } from '../../core/model.ts';
import { type Fault, faultOf, named } from '../../core/proof/reproduction.ts';
import { indexPaths } from '../../core/repository/paths.ts';
import { type IncidentPlace, incidentPlace } from '../../core/texts/incident/incident-name.ts';
import { appFrames, type ToldFrame } from '../../core/texts/proposal.ts';
import type { Site } from './handed-on.ts';
import type { Job } from './job.ts';
import { originalFrames } from './original-frames.ts';
import { rootsOf } from './roots.ts';

/** The error of the log, and the files where it arose. */
export interface FaultAt {
  /** What a test that reproduces the incident has to show without the fix. */
  readonly fault: Fault;
  /** Those of the base commit, with their texts. */
  readonly sources: readonly { readonly path: string; readonly mode: FileMode; readonly bytes: Buffer }[];
}

export async function faultAt(job: Job, site: Pick<Site, 'base' | 'entries'>): Promise<FaultAt> {
  const fault = faultOf(job.incident.sample, await locatedAt(job, site));
  const sources = await Promise.all(
    (fault.place?.paths ?? []).map(async (path) => {
      const file = await job.ports.repository.read(site.base.commit, path);
      return file === undefined ? [] : [{ path, ...file }];
    }),
  );
  const texts = new Map(sources.flat().map(({ path, bytes }) => [path, bytes.toString('utf8')]));
  return { fault: named(fault, texts), sources: sources.flat() };
}

/** By the path of the repository where its nearest frame leads to one file. */
function placeOf(job: Job, located: readonly Located[]): IncidentPlace | undefined {
  const [nearest] = located.filter(({ frame }) => frame.inApp);
  const found = nearest?.paths.length === 1 ? nearest.paths[0] : undefined;
  return incidentPlace({ frames: nearest ? [{ ...nearest.frame, line: nearest.line ?? nearest.frame.line }] : job.incident.frames }, found);
}

/** Where an error arose, as people are shown it. */
export interface ShownAt {
  readonly place: IncidentPlace | undefined;
  readonly frames: readonly ToldFrame[];
}

export async function shownAt(job: Job, site: Pick<Site, 'base' | 'entries'>): Promise<ShownAt> {
  const { frames, located } = await allAt(job, site);
  return { place: placeOf(job, located), frames: framesOf(frames, located) };
}

function framesOf(frames: readonly PlacedFrame[], located: readonly Located[]): readonly ToldFrame[] {
  return appFrames({ frames }).map((frame) => {
    const { paths = [], line = frame.line } = located.find((one) => one.frame === frame) ?? {};
    const path = paths.length === 1 ? paths[0] : undefined;
    return { file: frame.file, line: path === undefined ? frame.line : line, ...defined({ path, function: frame.function }) };
  });
}

const locatedAt = async (job: Job, site: Pick<Site, 'base' | 'entries'>): Promise<readonly Located[]> => (await allAt(job, site)).located;

async function allAt(
  { ports, settings, incident }: Job,
  { base, entries }: Pick<Site, 'base' | 'entries'>,
): Promise<{ readonly frames: readonly PlacedFrame[]; readonly located: readonly Located[] }> {
  const { sample } = incident;
  const read = async (path: string): Promise<string> => (await ports.repository.read(base.commit, path))?.bytes.toString('utf8') ?? '';
  const original = await originalFrames(sample.frames, entries, read, ports.sourceMaps);
  const roots = await rootsOf({ language: sample.language, frames: original }, entries, read);
  const index = indexPaths(entries.map(({ path }) => path));
  const options = { language: sample.language, subdir: settings.subdir, roots };
  const frames = ownFrames(original, index, options);
  return { frames, located: locateFrames(frames, index, options) };
}
