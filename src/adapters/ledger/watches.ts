// One watcher per log and state directory: two would count every line twice.
import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { sourceOf } from '../../core/source-names.ts';
import { type AiOpsError, fail } from '../../errors.ts';
import type { Lock } from '../../platform/lock.ts';
import { acquire } from '../../platform/lock-wait.ts';
import { writing } from './faults.ts';

export interface Watches {
  /** @throws AiOpsError `already-watched`, `state-unwritable` */
  take(source: string): Promise<void>;
  release(): void;
}

/**
 * @param file the ledger's file: the locks stand beside it
 * @param notice told whom we wait for: somebody who cannot be asked, and may be dead
 */
export function createWatches(file: string, notice: (error: AiOpsError) => void): Watches {
  const held = new Map<string, Lock>();
  return {
    async take(source) {
      const path = join(dirname(file), `watch-${nameOf(source)}.lock`);
      if (sourceOf(source).once || held.has(path)) return;
      const refusal = ({ pid }: { readonly pid: number }): AiOpsError => fail('already-watched', { pid, source });
      const attempt = await writing(file, () => acquire(path, { waitMs: 0, lasting: true, onWait: (holder) => notice(refusal(holder)) }));
      if (attempt.kind === 'busy') throw refusal(attempt);
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
  if (!sourceOf(source).isPath) return source;
  try {
    return realpathSync(source);
  } catch {
    return resolve(source); // not there yet: `watch` waits for it
  }
}
