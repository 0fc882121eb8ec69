// The `Source` for files by path or glob. Here the parts are put together; `follow.ts` has the loop that
// never ends, `followed-path.ts` knows what happens to a path, `generation.ts` reads.
import { resolve } from 'node:path';
import { type AiOpsError, fail } from '../../../errors.ts';
import type { FollowOptions, Source, SourceSink } from '../../../ports.ts';
import { followFiles } from './follow.ts';
import { createTrack } from './followed-path.ts';
import { createRing } from './generation.ts';
import { createLives } from './generations.ts';
import { expand } from './glob.ts';
import { describeAbsent } from './identity.ts';
import { absentStream, positionOf, readPlace } from './places.ts';
import { type Attempt, createAttempt } from './problems.ts';
import type { Reading } from './reading.ts';
import { createResumption } from './resume.ts';

export interface FileSourceOptions {
  /** `detect.encoding`; only UTF-16 and UTF-32 change where lines end. */
  readonly encoding?: string;
  /** Everything is looked at this often, whatever the notifier says: network and container mounts stay silent. At most 1000. */
  readonly pollMs?: number;
  /** How long a generation that was rotated away is kept after its successor has data. */
  readonly rotateWaitMs?: number;
  /** An unfinished last line is delivered when nothing has come for so long; the rest of it may still come. */
  readonly halfLineMs?: number;
  /** Refuses what stands at a path before any of it is delivered. @throws AiOpsError */
  readonly mayRead?: (path: string) => Promise<void>;
  /** False leaves only the poll. */
  readonly notify?: boolean;
}

const POLL_MS = 500;
const MAX_POLL_MS = 1000;
const ROTATE_WAIT_MS = 5000;
export const HALF_LINE_MS = 2000;

/**
 * @param patterns paths or globs; the path as named (after expansion) is the `source` of its chunks
 * @example createFileSource(['app.log', 'logs/*.log'])
 */
export function createFileSource(patterns: readonly string[], options: FileSourceOptions = {}): Source {
  return {
    follow: async (plainSink, following) => {
      const { attempt, sink } = createAttempt(sayingWhatIsAbsent(plainSink));
      const stored = following.checkpoints.flatMap((checkpoint) => readPlace(checkpoint) ?? []);
      const lives = createLives(sink, stored, options);
      const reading: Reading = {
        sink,
        lives,
        encoding: options.encoding,
        rotateWaitMs: options.rotateWaitMs ?? ROTATE_WAIT_MS,
        halfLineMs: options.halfLineMs ?? HALF_LINE_MS,
        unpacks: following.once && following.unpacks === true,
        ring: createRing(following.once),
        now: () => performance.now(),
      };
      try {
        if (following.once) await readOnce(patterns, reading, following, attempt);
        else {
          const pace = { pollMs: Math.min(options.pollMs ?? POLL_MS, MAX_POLL_MS), notify: options.notify !== false };
          await followFiles(patterns, reading, following, attempt, pace);
        }
      } finally {
        await lives.close();
      }
    },
  };
}

/** Gives a log of which nothing is there a position: it says at the next start that all that came since is new. */
function sayingWhatIsAbsent(sink: SourceSink): SourceSink {
  const here = new Set<string>();
  return {
    ...sink,
    opened: (at) => {
      here.add(at.source);
      sink.opened(at);
    },
    ready: (places) =>
      sink.ready(
        places.map((place) => {
          if (here.has(place.source)) return place;
          const waiting = positionOf(place.source, absentStream(place.source), 0, describeAbsent(resolve(place.source), Date.now()));
          return waiting === undefined ? place : { ...place, waiting };
        }),
      ),
  };
}

/**
 * Reads every file to the end of what is there now: `scan`, `fix --from-log`, `watch --once`.
 * @throws AiOpsError the first thing that was wrong, after everything else has been read
 */
async function readOnce(patterns: readonly string[], reading: Reading, options: FollowOptions, attempt: Attempt): Promise<void> {
  const { sink, lives } = reading;
  const { paths, unmatched } = await expand(patterns, { unpacks: reading.unpacks });
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
