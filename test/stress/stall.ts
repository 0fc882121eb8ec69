// Holds a watcher still now and then, as a busy machine or a slow disk does: several rotations fall between two of its looks.
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from './lines.ts';
import type { Watcher } from './place.ts';

/** Longest time that it runs in between. */
const RUN_MS = 2000;

/** @param longestMs 0 for never @returns lets it run from now on */
export function stallNowAndThen({ child }: Watcher, seed: number, longestMs: number): () => void {
  const random = createRandom(seed);
  const over = new AbortController();
  const again = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await sleep(random() * RUN_MS);
      if (over.signal.aborted) return;
      child.kill('SIGSTOP');
      await sleep(random() * longestMs);
      child.kill('SIGCONT');
    }
  };
  if (longestMs > 0) void again();
  return () => {
    over.abort();
    child.kill('SIGCONT');
  };
}
