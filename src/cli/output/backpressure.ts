// Waits for a slow reader of our output, so that what is printed does not pile up in memory while a log is read.
import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** @returns a promise that settles when there is room again, or at once when there is; also when nobody reads any more */
export async function pace(stdout: Writable, signal: AbortSignal): Promise<void> {
  if (!stdout.writableNeedDrain || signal.aborted) return;
  // A reader that has gone is noticed in `main.ts`, which aborts.
  await once(stdout, 'drain', { signal }).catch(() => undefined);
}
