// The error of the log as the marks by which a run of a test is told to show it: its frames led to files of the base commit.
import { type Located, locateFrames } from '../../core/context/locate.ts';
import { type Fault, faultOf } from '../../core/proof/reproduction.ts';
import { indexPaths } from '../../core/repository/paths.ts';
import { type IncidentPlace, incidentPlace } from '../../core/texts/incident-name.ts';
import type { Site } from './handed-on.ts';
import type { Job } from './job.ts';
import { originalFrames } from './original-frames.ts';
import { rootsOf } from './roots.ts';

/** @returns what a test that reproduces the incident has to show without the fix */
export async function faultAt(job: Job, site: Pick<Site, 'base' | 'entries'>): Promise<Fault> {
  return faultOf(job.incident.sample, await locatedAt(job, site));
}

/** @returns where the error arose, by the path of the repository where its nearest frame leads to one file */
export async function placeAt(job: Job, site: Pick<Site, 'base' | 'entries'>): Promise<IncidentPlace | undefined> {
  const [nearest] = (await locatedAt(job, site)).filter(({ frame }) => frame.inApp);
  const found = nearest?.paths.length === 1 ? nearest.paths[0] : undefined;
  return incidentPlace({ frames: nearest ? [{ ...nearest.frame, line: nearest.line ?? nearest.frame.line }] : job.incident.frames }, found);
}

async function locatedAt(
  { ports, settings, incident }: Job,
  { base, entries }: Pick<Site, 'base' | 'entries'>,
): Promise<readonly Located[]> {
  const { sample } = incident;
  const read = async (path: string): Promise<string> => (await ports.repository.read(base.commit, path))?.bytes.toString('utf8') ?? '';
  const frames = await originalFrames(sample.frames, entries, read, ports.sourceMaps);
  const roots = await rootsOf({ language: sample.language, frames }, entries, read);
  const index = indexPaths(entries.map(({ path }) => path));
  return locateFrames(frames, index, { language: sample.language, subdir: settings.subdir, roots });
}
