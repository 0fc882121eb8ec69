// The error of the log as the marks by which a run of a test is told to show it: its frames led to files of the base commit.
import { locateFrames } from '../../core/context/locate.ts';
import { type Fault, faultOf } from '../../core/proof/reproduction.ts';
import { indexPaths } from '../../core/repository/paths.ts';
import type { Site } from './handed-on.ts';
import type { Job } from './job.ts';
import { originalFrames } from './original-frames.ts';
import { rootsOf } from './roots.ts';

/** @returns what a test that reproduces the incident has to show without the fix */
export async function faultAt({ ports, settings, incident }: Job, { base, entries }: Pick<Site, 'base' | 'entries'>): Promise<Fault> {
  const { sample } = incident;
  const read = async (path: string): Promise<string> => (await ports.repository.read(base.commit, path))?.bytes.toString('utf8') ?? '';
  const frames = await originalFrames(sample.frames, entries, read, ports.sourceMaps);
  const roots = await rootsOf({ language: sample.language, frames }, entries, read);
  const index = indexPaths(entries.map(({ path }) => path));
  return faultOf(sample, locateFrames(frames, index, { language: sample.language, subdir: settings.subdir, roots }));
}
