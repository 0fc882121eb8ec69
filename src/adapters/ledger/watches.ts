// One watcher per log and state directory: two would count every line twice.
import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fail } from '../../errors.ts';
import { type Lock, tryLock } from '../../platform/lock.ts';
import { writing } from './faults.ts';

export interface Watches {
  /** @throws AiOpsError `already-watched`, `state-unwritable` */
  take(source: string): Promise<void>;
  release(): void;
}

/** @param file the ledger's file: the locks stand beside it */
export function createWatches(file: string): Watches {
  const held = new Map<string, Lock>();
  return {
    async take(source) {
      const path = join(dirname(file), `watch-${nameOf(source)}.lock`);
      if (source === '-' || held.has(path)) return;
      const attempt = await writing(file, () => tryLock(path, true));
      if (attempt.kind === 'busy') throw fail('already-watched', { pid: attempt.pid, source });
      held.set(path, attempt.lock);
    },
    release() {
      for (const lock of held.values()) lock.release();
      held.clear();
    },
  };
}

/** The same for every way to write the same path. */
function nameOf(source: string): string {
  return createHash('sha256').update(canonical(source)).digest('hex').slice(0, 16);
}

function canonical(source: string): string {
  try {
    return realpathSync(source);
  } catch {
    return resolve(source); // not there yet: `watch` waits for it
  }
}
