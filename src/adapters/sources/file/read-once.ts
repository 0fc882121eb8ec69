// Reads every file to the end of what is there now and returns: `scan`, `fix --from-log`, `watch --once`.
import { type AiOpsError, fail } from '../../../errors.ts';
import type { FollowOptions } from '../../../ports.ts';
import { createTrack } from './followed-path.ts';
import { expand } from './glob.ts';
import type { Attempt } from './problems.ts';
import type { Reading } from './reading.ts';
import { createResumption } from './resume.ts';

/** @throws AiOpsError the first thing that was wrong, after everything else has been read */
export async function readOnce(patterns: readonly string[], reading: Reading, options: FollowOptions, attempt: Attempt): Promise<void> {
  const { sink, lives } = reading;
  const { paths, unmatched } = await expand(patterns);
  const problems: (AiOpsError | undefined)[] = unmatched.map((source) => fail('log-not-found', { source }));
  const tracks = paths.map((path) => createTrack(path, reading));
  const failed = await createResumption(reading, options, attempt).begin(tracks);
  problems.push(...failed.values());
  sink.ready(tracks.map(({ source, offset }) => ({ source, offset })));
  for (const track of tracks) {
    if (options.signal.aborted) return;
    if (!track.isReading && !failed.has(track)) problems.push(await attempt(track.source, () => track.look()));
    problems.push(await attempt(track.source, () => track.drain(options.signal)));
  }
  if (options.signal.aborted) return;
  // What a read error left open: its events so far are complete.
  for (const life of lives.all()) await lives.end(life, { over: false, truncated: false });
  const first = problems.find((problem) => problem !== undefined);
  if (first) throw first;
}
