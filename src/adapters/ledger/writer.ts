// One process's way to the ledger on the disk: one thing at a time, under the lock, and not too often; and when a new
// snapshot pays. Knows no tables; what is in memory and what is on the disk is `replica.ts`.
import { performance } from 'node:perf_hooks';
import { type AiOpsError, asAiOpsError, fail } from '../../errors.ts';
import type { Lock } from '../../platform/lock.ts';
import { acquire } from '../../platform/lock-wait.ts';
import { ensureDirectory, sweep } from './disk/snapshot.ts';
import type { Database, Sqlite } from './disk/sqlite.ts';
import { reading, writing } from './faults.ts';
import type { Pending } from './pending.ts';
import { type Aside, createReplica, type Weight } from './replica.ts';

const LOCK_WAIT_MS = 10_000;

/** Writing takes at most a twentieth of the time. */
const PACE_MIN_MS = 1_000;
/** Places alone are in less of a hurry: what is read once more behind an older one has come to nothing. */
const PACE_OF_PLACES_MS = 5_000;
const PACE_FACTOR = 20;

/** A new snapshot that could not be written is tried again after so long: everything is in the change log. */
const FOLD_RETRY_MS = 60_000;

/**
 * A new snapshot is written when the change log is so large a part of it, but not for less than so many bytes: what is written
 * follows what is changed. Nor is it left to grow beyond so many: whoever opens the ledger carries all of it out first.
 */
const LOG_SHARE = 1 / 8;
const LOG_MIN_BYTES = 256 * 1024;
const LOG_MAX_BYTES = 3 * 1024 * 1024;

/** Changed pages are in memory until then. */
const CHANGED_MAX_BYTES = 24 * 1024 * 1024;

/**
 * Whoever opens the snapshot with `sqlite3` finds it up to date: at the end, and when nothing happens, if that costs little.
 * If it costs more, whoever opens the ledger next at least has not much to carry out.
 */
const SMALL_SNAPSHOT = 8 * 1024 * 1024;
const LOG_AT_REST = 1024 * 1024;
const CALM_MS = 60_000;
const CALM_EVERY_MS = 600_000;

export interface WriterOptions {
  readonly file: string;
  readonly clock: () => Date;
  readonly sqlite: Sqlite;
  /** Told what goes wrong in the background; nothing is lost by it. */
  readonly notice: (error: AiOpsError) => void;
  /** What is forgotten whenever a new snapshot is written. */
  readonly forget: (database: Database) => void;
}

export interface Writer {
  /** Changes the memory now and the disk at a later flush. `keep` notes down what that writes. */
  apply<T>(work: (database: Database) => T, keep: (pending: Pending) => void): T;
  /** Notes down places only. */
  note(keep: (pending: Pending) => void): void;
  /** Changes memory and disk, on top of what is there. Nothing is changed when it throws. */
  change<T>(work: (database: Database) => T): Promise<T>;
  /** As `change`, and not a byte of what `work` deletes stays on the disk. */
  erase<T>(work: (database: Database) => T): Promise<T>;
  read<T>(query: (database: Database) => T): Promise<T>;
  /** @returns whether nothing is left to be written of what was changed before the call */
  flush(force: boolean): Promise<boolean>;
  /** Grows whenever somebody else has changed what is read. */
  version(): number;
  close(): Promise<void>;
}

/**
 * Opens or creates the ledger. `prepare` runs once, under the lock.
 * @throws AiOpsError `ledger-damaged`, `ledger-changes-damaged` when a file was damaged: it is set aside and a new one
 *   started, so the next call succeeds; `ledger-newer`, `ledger-locked`, `state-unwritable`
 */
export async function openWriter(options: WriterOptions, prepare: (database: Database) => void): Promise<Writer> {
  const { file, notice, forget } = options;
  const replica = createReplica(file, options.clock, options.sqlite);
  const enqueue = createQueue();
  const pace = createPace();
  const calm = createCalm(() => fold(mayRest).catch((cause: unknown) => notice(asAiOpsError(cause))));

  const mayRest = ({ log, snapshot }: Weight): boolean => log > (snapshot <= SMALL_SNAPSHOT ? 0 : LOG_AT_REST);
  const catchUp = (): void => {
    // The memory is whole, or nearly: what is written next takes the place of what was damaged.
    const aside = replica.refreshOrSetAside(false);
    if (aside !== undefined) notice(asideError(file, aside));
  };
  /** Under the lock. What was written is written: a snapshot that fails is told, and tried again. */
  const foldIfDue = async (): Promise<void> => {
    const { log, changed, snapshot } = replica.weight();
    const isUrgent = changed > CHANGED_MAX_BYTES;
    const isHeavy = log > Math.min(LOG_MAX_BYTES, Math.max(LOG_MIN_BYTES, snapshot * LOG_SHARE));
    if (!(isUrgent || isHeavy) || !pace.mayFold(isUrgent)) return;
    await pace.folding(() => replica.change(forget, true)).catch((cause: unknown) => notice(asAiOpsError(cause)));
  };
  const write = <T>(work: (database: Database) => T, asSnapshot = false): Promise<T> =>
    locked(file, notice, async () => {
      catchUp();
      const result = await pace.timed(() => replica.change(work, asSnapshot));
      calm.begin();
      if (!asSnapshot) await foldIfDue();
      return result;
    });
  const fold = (isWanted: (weight: Weight) => boolean): Promise<void> =>
    enqueue(async () => {
      if (isWanted(replica.weight())) await write(forget, true);
    });
  const flush = (): Promise<void> =>
    enqueue(async () => {
      if (replica.isDirty()) await write(() => undefined);
    });
  const flushSoon = (afterMs: number): void => pace.later(afterMs, () => flush().catch((cause: unknown) => notice(asAiOpsError(cause))));

  await locked(file, notice, async () => {
    sweep(file);
    const aside = replica.refreshOrSetAside(true);
    await replica.change(prepare);
    if (aside === undefined) return;
    replica.close();
    throw asideError(file, aside);
  });

  return {
    apply(work, keep) {
      const result = replica.apply(work, keep);
      flushSoon(PACE_MIN_MS);
      return result;
    },
    note(keep) {
      replica.note(keep);
      flushSoon(PACE_OF_PLACES_MS);
    },
    change: (work) => enqueue(() => write(work)),
    erase: (work) => enqueue(() => write(work, true)),
    read: (query) =>
      enqueue(async () => {
        await reading(file, replica.refresh);
        replica.show();
        return query(replica.database());
      }),
    async flush(force) {
      const isDone = !replica.isDirty();
      const isWritten = force || pace.isDue();
      if (isWritten) await flush();
      return isWritten || isDone;
    },
    version: replica.version,
    async close() {
      pace.stop();
      try {
        await flush();
        await fold(mayRest).catch((cause: unknown) => notice(asAiOpsError(cause)));
      } finally {
        calm.stop();
        replica.close();
      }
    },
  };
}

function asideError(file: string, { what, path }: Aside): AiOpsError {
  return what === 'ledger' ? fail('ledger-damaged', { file, aside: path }) : fail('ledger-changes-damaged', { file, aside: path });
}

function locked<T>(file: string, notice: WriterOptions['notice'], work: () => Promise<T>): Promise<T> {
  return writing(file, async () => {
    ensureDirectory(file);
    const lock = await waitForLock(file, notice);
    try {
      return await work();
    } finally {
      lock.release();
    }
  });
}

/** A living process writes for moments; one that cannot be asked is waited for until it is known to be dead. */
async function waitForLock(file: string, notice: WriterOptions['notice']): Promise<Lock> {
  const path = `${file}.lock`;
  const refusal = ({ pid }: { readonly pid: number }): AiOpsError => fail('ledger-locked', { file, pid, lock: path });
  const attempt = await acquire(path, { waitMs: LOCK_WAIT_MS, lasting: false, onWait: (holder) => notice(refusal(holder)) });
  if (attempt.kind === 'held') return attempt.lock;
  throw refusal(attempt);
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

/** When the next unforced flush may be, and the next new snapshot. */
function createPace() {
  let due = Number.NEGATIVE_INFINITY;
  let foldDue = Number.NEGATIVE_INFINITY;
  let retryDue = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let planned = Number.POSITIVE_INFINITY;
  return {
    isDue: (): boolean => performance.now() >= due,
    mayFold: (isUrgent: boolean): boolean => performance.now() >= (isUrgent ? retryDue : foldDue),
    async timed<T>(work: () => Promise<T>): Promise<T> {
      const began = performance.now();
      try {
        return await work();
      } finally {
        const ended = performance.now();
        due = ended + Math.max(PACE_MIN_MS, PACE_FACTOR * (ended - began));
      }
    },
    async folding(work: () => Promise<unknown>): Promise<void> {
      const began = performance.now();
      foldDue = retryDue = began + FOLD_RETRY_MS;
      await work();
      const ended = performance.now();
      [foldDue, retryDue] = [ended + PACE_FACTOR * (ended - began), ended];
    },
    /** Runs `work` once after so long, or when it is due; what was planned for earlier stays. Does not keep the process alive. */
    later(afterMs: number, work: () => void): void {
      const at = Math.max(performance.now() + afterMs, due);
      if (timer !== undefined && planned <= at) return;
      clearTimeout(timer);
      const fire = (): void => {
        timer = undefined;
        work();
      };
      planned = at;
      timer = setTimeout(fire, at - performance.now()).unref();
    },
    stop: (): void => clearTimeout(timer),
  };
}

/** Runs `work` when nothing was written for a while, and not often. */
function createCalm(work: () => void) {
  let timer: NodeJS.Timeout | undefined;
  let last = Number.NEGATIVE_INFINITY;
  const fire = (): void => {
    if (performance.now() - last < CALM_EVERY_MS) return;
    last = performance.now();
    work();
  };
  return {
    begin(): void {
      clearTimeout(timer);
      timer = setTimeout(fire, Math.max(CALM_MS, last + CALM_EVERY_MS - performance.now())).unref();
    },
    stop: (): void => clearTimeout(timer),
  };
}
