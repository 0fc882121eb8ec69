// One watcher per log, repository and state directory: two would count every line twice.
import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { sourceOf } from '../../core/source-names.ts';
import { type AiOpsError, fail } from '../../errors.ts';
import { type Lock, tryLock } from '../../platform/lock.ts';
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
 * @param repository whose watches these are; each counts for itself
 */
export function createWatches(file: string, notice: (error: AiOpsError) => void, repository = ''): Watches {
  const held = new Map<string, Lock>();
  return {
    async take(source) {
      const path = join(dirname(file), `watch-${nameOf(source, repository)}.lock`);
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

/** Whether a living process follows a log with this state directory. @param dir where the ledger stands */
export async function isWatched(dir: string): Promise<boolean> {
  const names = (await readdir(dir).catch(() => [])).filter((name) => /^watch-[0-9a-f]{16}\.lock$/.test(name));
  return names.some((name) => {
    const attempt = tryLock(join(dir, name));
    if (attempt.kind === 'held') attempt.lock.release();
    return attempt.kind === 'busy';
  });
}

/** The same for every way to write the same path. */
function nameOf(source: string, repository: string): string {
  return createHash('sha256')
    .update(repository === '' ? canonical(source) : `${canonical(source)}\n${repository}`)
    .digest('hex')
    .slice(0, 16);
}

function canonical(source: string): string {
  if (!sourceOf(source).isPath) return source;
  try {
    return realpathSync(source);
  } catch {
    return resolve(source); // not there yet: `watch` waits for it
  }
}
