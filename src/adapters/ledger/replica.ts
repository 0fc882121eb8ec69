// The ledger in the memory of a process that writes, and how it keeps in step with the file: when to read the file
// again, what of ours to apply again on top of it, when the memory may be thrown away. Takes no lock: its caller does.
import { fresh, load } from './load.ts';
import { isEmpty, joined, nothingPending, type Pending, replay } from './pending.ts';
import { compact } from './retention.ts';
import { readSnapshot, replaceSnapshot, type Stamp, setAside, stampOf } from './snapshot.ts';
import type { Database, OpenDatabase } from './sqlite.ts';

export interface Replica {
  database(): Database;
  /** Grows whenever the database is another one. */
  generation(): number;
  isDirty(): boolean;
  /** Changes the memory now; `keep` notes down what to apply again on a newer file. */
  apply<T>(work: (database: Database) => T, keep: (pending: Pending) => void): T;
  /** Reads the file again where it is not what the memory was made from. A damaged or deleted one leaves the memory as it is. */
  refresh(): void;
  /** As `refresh`, under the lock. @returns the new path of a damaged file, which was set aside */
  refreshOrSetAside(thorough: boolean): string | undefined;
  /** Replaces the file by the memory. Only under the lock and after `refreshOrSetAside`. */
  persist(): Promise<void>;
  /** Applies `work` and persists. When that throws, the memory is read again before its next use. */
  change<T>(work: (database: Database) => T): Promise<T>;
}

export function createReplica(file: string, clock: () => Date, openDatabase: OpenDatabase): Replica {
  let database = fresh(openDatabase);
  let generation = 0;
  let stamp: Stamp | undefined;
  let pending = nothingPending();
  /** The file lacks something that `pending` does not hold: a migration, or everything. */
  let behind = true;
  /** The memory holds a change that could not be written. */
  let spoilt = false;

  const adopt = (next: Database): void => {
    replay(next, pending, clock().toISOString());
    database.close();
    database = next;
    spoilt = false;
    generation += 1;
  };
  const startAgain = (): void => {
    if (spoilt) adopt(fresh(openDatabase));
    behind = true;
  };
  /** @returns whether the file is damaged */
  const readAgain = (thorough: boolean): boolean => {
    if (!spoilt && stampOf(file) === stamp) return false;
    const snapshot = readSnapshot(file);
    if (snapshot === undefined) {
      startAgain();
      return false;
    }
    const loaded = load(file, snapshot, openDatabase, thorough);
    if (loaded.kind === 'damaged') return true;
    adopt(loaded.database);
    stamp = snapshot.stamp;
    behind = loaded.migrated;
    return false;
  };
  const persist = async (): Promise<void> => {
    compact(database);
    const bytes = database.export();
    // What is recorded from here on is not in `bytes` and waits for the next time.
    const written = { pending, behind };
    pending = nothingPending();
    behind = false;
    let isReplaced = false;
    try {
      await replaceSnapshot(file, bytes, (newStamp) => {
        stamp = newStamp;
        isReplaced = true;
      });
    } finally {
      if (!isReplaced) {
        pending = joined(written.pending, pending);
        behind ||= written.behind;
      }
    }
  };

  return {
    database: () => database,
    generation: () => generation,
    isDirty: () => behind || !isEmpty(pending),
    apply(work, keep) {
      const result = database.transaction(() => work(database));
      keep(pending);
      return result;
    },
    refresh() {
      readAgain(false);
    },
    refreshOrSetAside(thorough) {
      if (!readAgain(thorough)) return undefined;
      const aside = setAside(file, clock());
      startAgain();
      return aside;
    },
    persist,
    async change(work) {
      const result = database.transaction(() => work(database));
      spoilt = true;
      await persist();
      spoilt = false;
      return result;
    },
  };
}
