// One process's way to the ledger's file: one thing at a time, under the lock, and not too often.
// Knows no tables; what is in memory and what is in the file is `replica.ts`.
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AiOpsError, asAiOpsError, fail } from '../../errors.ts';
import { type Lock, tryLock } from '../../platform/lock.ts';
import { reading, writing } from './faults.ts';
import type { Pending } from './pending.ts';
import { createReplica } from './replica.ts';
import { ensureDirectory, sweep } from './snapshot.ts';
import type { Database, OpenDatabase } from './sqlite.ts';

const LOCK_WAIT_MS = 10_000;

/** A flush blocks the process for as long as it takes to copy the database: at most 5 % of the time. */
const PACE_MIN_MS = 1_000;
const PACE_FACTOR = 20;

export interface WriterOptions {
  readonly file: string;
  readonly clock: () => Date;
  readonly openDatabase: OpenDatabase;
  /** Told what goes wrong in the background; nothing is lost by it. */
  readonly notice: (error: AiOpsError) => void;
}

export interface Writer {
  /** Changes the memory now and the file at a later flush. `keep` notes down what to apply again on a newer file. */
  apply<T>(work: (database: Database) => T, keep: (pending: Pending) => void): T;
  /** Changes memory and file, on top of the newest file. Nothing is changed when it throws. */
  change<T>(work: (database: Database) => T): Promise<T>;
  read<T>(query: (database: Database) => T): Promise<T>;
  flush(force: boolean): Promise<void>;
  /** Grows whenever the database was read again. */
  generation(): number;
  close(): Promise<void>;
}

/**
 * Opens or creates the file. `prepare` runs once, under the lock, and tells whether it changed anything.
 * @throws AiOpsError `ledger-damaged` when the file was damaged: it is set aside and a new one started, so the next
 *   call succeeds; `ledger-newer`, `ledger-foreign`, `ledger-locked`, `state-unwritable`
 */
export async function openWriter(options: WriterOptions, prepare: (database: Database) => boolean): Promise<Writer> {
  const { file, notice } = options;
  const replica = createReplica(file, options.clock, options.openDatabase);
  const enqueue = createQueue();
  const pace = createPace();

  const persist = (): Promise<void> => pace.timed(replica.persist);
  const catchUp = (): void => {
    const aside = replica.refreshOrSetAside(false);
    // The memory is whole, so the new file lacks nothing but what another process wrote since.
    if (aside !== undefined) notice(fail('ledger-damaged', { file, aside }));
  };
  const write = (): Promise<void> =>
    enqueue(async () => {
      if (!replica.isDirty()) return;
      await locked(file, async () => {
        catchUp();
        await persist();
      });
    });
  const writeSoon = (): void => pace.later(() => write().catch((cause: unknown) => notice(asAiOpsError(cause))));

  await locked(file, async () => {
    sweep(file);
    const aside = replica.refreshOrSetAside(true);
    const isPrepared = replica.database().transaction(() => prepare(replica.database()));
    if (replica.isDirty() || isPrepared) await persist();
    if (aside !== undefined) throw fail('ledger-damaged', { file, aside });
  });

  return {
    apply(work, keep) {
      const result = replica.apply(work, keep);
      writeSoon();
      return result;
    },
    change: (work) =>
      enqueue(() =>
        locked(file, async () => {
          catchUp();
          return pace.timed(() => replica.change(work));
        }),
      ),
    read: (query) =>
      enqueue(async () => {
        await reading(file, replica.refresh);
        return query(replica.database());
      }),
    async flush(force) {
      if (force || pace.isDue()) await write();
    },
    generation: replica.generation,
    async close() {
      pace.stop();
      try {
        await write();
      } finally {
        replica.database().close();
      }
    },
  };
}

function locked<T>(file: string, work: () => Promise<T>): Promise<T> {
  return writing(file, async () => {
    ensureDirectory(file);
    const lock = await waitForLock(file);
    try {
      return await work();
    } finally {
      lock.release();
    }
  });
}

async function waitForLock(file: string): Promise<Lock> {
  const path = `${file}.lock`;
  const until = performance.now() + LOCK_WAIT_MS;
  for (let pause = 1; ; pause = Math.min(pause * 2, 32)) {
    const attempt = tryLock(path);
    if (attempt.kind === 'held') return attempt.lock;
    if (performance.now() > until) throw fail('ledger-locked', { file, pid: attempt.pid, lock: path });
    // Spread out, so that two processes do not meet again and again.
    await sleep(pause * (0.5 + Math.random()));
  }
}

/** Runs one piece of work at a time, in order. A failure is its caller's; the next one runs all the same. */
function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
}

/** When the next unforced flush may be. */
function createPace() {
  let due = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  return {
    isDue: (): boolean => performance.now() >= due,
    async timed<T>(work: () => Promise<T>): Promise<T> {
      const began = performance.now();
      try {
        return await work();
      } finally {
        const ended = performance.now();
        due = ended + Math.max(PACE_MIN_MS, PACE_FACTOR * (ended - began));
      }
    },
    /** Runs `work` once when it is due, unless that is planned already. Does not keep the process alive. */
    later(work: () => void): void {
      if (timer !== undefined) return;
      const fire = (): void => {
        timer = undefined;
        work();
      };
      timer = setTimeout(fire, Math.max(PACE_MIN_MS, due - performance.now())).unref();
    },
    stop: (): void => clearTimeout(timer),
  };
}
