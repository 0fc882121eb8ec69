// The ledger for commands that only look: no lock, no directory made, no file changed, SQLite loaded only when there is
// a file. Every query sees the newest file.
import { fail } from '../../errors.ts';
import { reading } from './faults.ts';
import { selectCheckpoints, selectFingerprints, selectIncidents, selectNames, selectWaiting } from './journal.ts';
import type { LedgerReader } from './ledger-port.ts';
import { load } from './load.ts';
import { selectDeliveries } from './outbox.ts';
import { readSnapshot, type Stamp, stampOf } from './snapshot.ts';
import { NOTHING_SPENT, selectSpending } from './spending.ts';
import { type Database, loadSqlite, type OpenDatabase } from './sqlite.ts';
import { selectTraces } from './traces.ts';

/** Its queries throw `ledger-unreadable`, `ledger-newer`, `ledger-foreign`. */
export function openReader(file: string, wasm: () => Uint8Array): LedgerReader {
  const query = createQuery(file, wasm);
  return {
    checkpoints: () => query(selectCheckpoints, []),
    incidents: (filter = {}) => query((database) => selectIncidents(database, filter), []),
    fingerprints: () => query(selectFingerprints, []),
    names: () => query(selectNames, []),
    waiting: (limit) => query((database) => selectWaiting(database, limit), []),
    traces: (filter = {}) => query((database) => selectTraces(database, filter), []),
    spending: (now) => query((database) => selectSpending(database, now), NOTHING_SPENT),
    deliveries: (filter) => query((database) => selectDeliveries(database, filter), []),
    close: async () => query.close(),
  };
}

interface Query {
  <T>(work: (database: Database) => T, whenThereIsNone: T): Promise<T>;
  close(): void;
}

function createQuery(file: string, wasm: () => Uint8Array): Query {
  let openDatabase: OpenDatabase | undefined;
  let database: Database | undefined;
  let stamp: Stamp | undefined;

  const refresh = async (): Promise<void> => {
    if (stampOf(file) === stamp) return;
    openDatabase ??= await loadSqlite(wasm(), true);
    // From here on without a pause: queries that run side by side must not close each other's database.
    const snapshot = readSnapshot(file);
    database?.close();
    database = undefined;
    stamp = undefined;
    if (snapshot === undefined) return;
    const loaded = load(file, snapshot, openDatabase, false);
    if (loaded.kind === 'damaged') throw damaged(file, loaded.fault);
    database = loaded.database;
    stamp = snapshot.stamp;
  };
  const query = async <T>(work: (database: Database) => T, whenThereIsNone: T): Promise<T> => {
    await reading(file, refresh);
    if (database === undefined) return whenThereIsNone;
    try {
      return work(database);
    } catch (cause) {
      // The pages were not checked one by one when the file was opened: the first query finds the bad one.
      throw damaged(file, cause instanceof Error ? cause.message : String(cause), cause);
    }
  };
  return Object.assign(query, { close: () => database?.close() });
}

function damaged(file: string, detail: string, cause?: unknown): Error {
  return fail('ledger-unreadable', { file, detail }, cause);
}
