// From the bytes of a file to a usable database, or the reason why not. Writes nothing.
import { fail } from '../../errors.ts';
import { kinshipOf, MIGRATIONS, migrate } from './schema.ts';
import { headerFault, type Snapshot, withoutWalMark } from './snapshot.ts';
import type { Database, OpenDatabase } from './sqlite.ts';

export type Loaded =
  | { readonly kind: 'loaded'; readonly database: Database; readonly migrated: boolean }
  | { readonly kind: 'damaged'; readonly fault: string };

/**
 * Opens a snapshot and brings its tables up to date, in memory.
 * @param thorough also checks every page (`PRAGMA quick_check`)
 * @throws AiOpsError `ledger-newer`, `ledger-foreign`
 */
export function load(file: string, snapshot: Snapshot, openDatabase: OpenDatabase, thorough: boolean): Loaded {
  const fault = headerFault(snapshot.bytes);
  if (fault !== undefined) return { kind: 'damaged', fault };
  const database = openDatabase(withoutWalMark(snapshot.bytes));
  const examined = examine(database, thorough);
  if (examined.kind === 'ours') return { kind: 'loaded', database: inMemory(database), migrated: migrate(database) };
  database.close();
  if (examined.kind === 'damaged') return examined;
  if (examined.kind === 'foreign') throw fail('ledger-foreign', { file });
  throw fail('ledger-newer', { file, found: examined.version, known: MIGRATIONS.length });
}

/** An empty ledger. */
export function fresh(openDatabase: OpenDatabase): Database {
  const database = inMemory(openDatabase());
  migrate(database);
  return database;
}

/** No rollback journal in a simulated file, no simulated fsync: there is nothing here that could outlive the process. */
function inMemory(database: Database): Database {
  database.rows('PRAGMA journal_mode = MEMORY');
  database.run('PRAGMA synchronous = OFF');
  // What is deleted is overwritten: the exact answer of a repair must not outlive it in a free page.
  database.rows('PRAGMA secure_delete = ON');
  return database;
}

/** SQLite tells damage by an exception at the first page it cannot use, or by the rows of `quick_check`. */
function examine(
  database: Database,
  thorough: boolean,
): ReturnType<typeof kinshipOf> | { readonly kind: 'damaged'; readonly fault: string } {
  try {
    const kinship = kinshipOf(database);
    const verdict = thorough && kinship.kind === 'ours' ? String(database.rows('PRAGMA quick_check(1)')[0]?.quick_check) : 'ok';
    return verdict === 'ok' ? kinship : { kind: 'damaged', fault: verdict };
  } catch (cause) {
    return { kind: 'damaged', fault: cause instanceof Error ? cause.message : String(cause) };
  }
}
