// Waits for a lock: measured in time, ended by a signal, and said to people after two seconds. Does not queue: of those
// who wait, chance decides who comes next.
import { setTimeout as sleep } from 'node:timers/promises';
import { fail } from '../errors.ts';
import { type Attempt, attemptAt, type Busy, FOREIGN_STALE_MS, type Judge, TOUCH_MS } from './lock.ts';

export interface Waiting {
  /** How long a living owner is waited for. One that cannot be asked is waited for until it shows life or is taken for dead. */
  readonly waitMs: number;
  /** See `tryLock`. */
  readonly lasting: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Called once, after 2 s, with who is waited for. */
  readonly onWait?: ((holder: Busy) => void) | undefined;
}

/** A clock that was set, or a machine that slept, makes every lock look old: who waits has to see that no touch comes. */
const QUIET_MS = TOUCH_MS + 1_000;
const TELL_AFTER_MS = 2_000;
const LONGEST_PAUSE_MS = 64;

/**
 * Takes the lock at `path`, and waits for it where another has it.
 * @returns `busy` when a living owner still has it after `waitMs`
 * @throws AiOpsError `interrupted`; the errors of the file system (`EACCES`, `ENOTDIR`, …)
 */
export async function acquire(path: string, { waitMs, lasting, signal, onWait }: Waiting): Promise<Attempt> {
  const began = performance.now();
  const watch = createWatch();
  let tell = onWait;
  for (let pause = 1; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    if (signal?.aborted) throw fail('interrupted');
    const attempt = attemptAt(path, lasting, watch.judge);
    if (attempt.kind === 'held') return attempt;
    const waited = performance.now() - began;
    if (waited >= waitMs && attempt.pid !== 0 && (attempt.elsewhere === undefined || watch.hasMoved())) return attempt;
    if (waited >= TELL_AFTER_MS && attempt.pid !== 0) {
      tell?.(attempt);
      tell = undefined;
    }
    // Spread out, so that two processes do not meet again and again.
    await sleep(pause * (0.5 + Math.random()), undefined, { signal }).catch((cause) => {
      throw fail('interrupted', {}, cause);
    });
  }
}

/**
 * Judges foreign locks by what is seen while waiting. Their age alone shortens the wait: where no touch is seen to come
 * in the time of one, the clocks may be believed; without them it is the whole 30 s.
 */
function createWatch(): { readonly judge: Judge; hasMoved(): boolean } {
  let last: string | undefined;
  let since = 0;
  let hasMoved = false;
  return {
    judge: ({ owner, touchedMs, ageMs }) => {
      const now = performance.now();
      const sight = `${owner.token} ${touchedMs}`;
      if (sight !== last) {
        hasMoved = last !== undefined;
        last = sight;
        since = now;
      }
      return now - since > (ageMs > FOREIGN_STALE_MS ? QUIET_MS : FOREIGN_STALE_MS);
    },
    hasMoved: () => hasMoved,
  };
}
