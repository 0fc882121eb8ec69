// The `Source` for files by path or glob. Here the parts are put together; `follow.ts` and `read-once.ts` have the loops,
// `followed-path.ts` knows what happens to a path, `generation.ts` reads.
import { resolve } from 'node:path';
import { absentSource } from '../../../core/read/absent-source.ts';
import type { Source } from '../../../ports.ts';
import { followFiles } from './follow.ts';
import { createRing } from './generation.ts';
import { createLives, type Lives } from './generations.ts';
import { describeAbsent } from './identity.ts';
import { createAttempt } from './problems.ts';
import { readOnce } from './read-once.ts';
import type { Reading } from './reading.ts';

export interface FileSourceOptions {
  /** `detect.encoding`; only UTF-16 and UTF-32 change where lines end. */
  readonly encoding?: string;
  /** Everything is looked at this often, whatever the notifier says: network and container mounts stay silent. At most 1000. */
  readonly pollMs?: number;
  /** How long a generation that was rotated away is kept after its successor has data. */
  readonly rotateWaitMs?: number;
  /** An unfinished last line is delivered when nothing has come for so long; the rest of it may still come. */
  readonly halfLineMs?: number;
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
  let lives: Lives | undefined;
  return {
    identify: (generation, offset) => {
      const absent = absentSource(generation);
      return absent === undefined ? lives?.identify(generation, offset) : describeAbsent(resolve(absent), Date.now());
    },
    follow: async (plainSink, following) => {
      const { attempt, sink } = createAttempt(plainSink);
      const taken = following.checkpoints.map(({ generation }) => generation);
      lives = createLives(sink, taken, options.encoding);
      const reading: Reading = {
        sink,
        lives,
        encoding: options.encoding,
        rotateWaitMs: options.rotateWaitMs ?? ROTATE_WAIT_MS,
        halfLineMs: options.halfLineMs ?? HALF_LINE_MS,
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
