// From a snapshot and its change log to a usable database, or the reason why not. Writes nothing.
import { fail } from '../../errors.ts';
import { type LogPlace, type LogRead, type LogRecord, readLog } from './disk/change-log.ts';
import { baseOfBytes, type ChangedPages, createPages } from './disk/pages.ts';
import { headerFault, type Snapshot, withoutWalMark } from './disk/snapshot.ts';
import type { Database, Sqlite } from './disk/sqlite.ts';
import { carryOut } from './disk/statements.ts';
import { MERGINGS } from './journal.ts';
import { generationOf, isOld, kinshipOf, MIGRATIONS, migrate } from './schema.ts';

/** A database and the pages that it reads. */
export interface Opened {
  readonly database: Database;
  readonly pages: ChangedPages;
  /** Of the change log that belongs to it. */
  readonly generation: number;
}

export type Loaded =
  | (Opened & {
      readonly kind: 'loaded';
      readonly migrated: boolean;
      readonly log: LogState;
    })
  | { readonly kind: 'damaged'; readonly fault: string };

/** What the change log came to. */
export interface LogState {
  /** Where to go on; `undefined` where no log belongs to the snapshot. */
  readonly place: LogPlace | undefined;
  /** Whose records were carried out. */
  readonly ids: readonly string[];
  readonly fault?: LogFault;
}

/**
 * `later`: it belongs to a snapshot that is newer than this one. `damaged`: it was carried out only up to a record that
 * cannot be.
 */
export type LogFault = 'later' | 'damaged';

/**
 * Opens a snapshot, carries out its change log and brings its tables up to date, in memory.
 * @param thorough also checks every page (`PRAGMA quick_check`)
 * @throws AiOpsError `ledger-newer`, `ledger-foreign`
 */
export function load(file: string, snapshot: Snapshot, sqlite: Sqlite, thorough: boolean): Loaded {
  const fault = headerFault(snapshot.base);
  if (fault !== undefined) {
    snapshot.base.close();
    return { kind: 'damaged', fault };
  }
  const pages = createPages(withoutWalMark(snapshot.base));
  const database = sqlite.open(pages);
  const close = (): void => {
    database.close();
    pages.close();
  };
  try {
    const examined = examine(database, thorough);
    if (examined.kind === 'foreign') throw fail('ledger-foreign', { file });
    if (examined.kind === 'newer') throw fail('ledger-newer', { file, found: examined.version, known: MIGRATIONS.length });
    if (examined.kind === 'damaged') {
      close();
      return examined;
    }
    inMemory(database);
    const generation = generationOf(database);
    const log = catchUp(file, database, readLog(file, generation), generation);
    return { kind: 'loaded', database, pages, generation, log, migrated: broughtUp(database) };
  } catch (cause) {
    close();
    throw cause;
  }
}

/**
 * Every row of an older ledger may be written anew. Whatever fails here, the database is thrown away and the file was not touched:
 * nothing is kept to be taken back, and what was changed leaves SQLite's own memory at once.
 */
function broughtUp(database: Database): boolean {
  if (!isOld(database)) return false;
  for (const pragma of ['journal_mode = OFF', 'cache_spill = ON', 'secure_delete = OFF']) database.rows(`PRAGMA ${pragma}`);
  migrate(database);
  inMemory(database);
  return true;
}

/** An empty ledger. */
export function fresh(sqlite: Sqlite): Opened {
  const pages = createPages(baseOfBytes(sqlite.emptyFile()));
  const database = inMemory(sqlite.open(pages));
  migrate(database);
  return { database, pages, generation: generationOf(database) };
}

/**
 * Carries out what was read of a log.
 * @throws AiOpsError `ledger-newer`
 */
export function catchUp(file: string, database: Database, read: LogRead, generation: number): LogState {
  const nothing = { place: undefined, ids: [] };
  switch (read.kind) {
    case 'none':
      return nothing;
    case 'other':
      return read.generation > generation ? { ...nothing, fault: 'later' } : nothing;
    case 'newer':
      throw fail('ledger-newer', { file, found: read.form, known: MIGRATIONS.length });
    case 'damaged':
      return { place: undefined, ids: carriedOut(database, read.records), fault: 'damaged' };
    case 'read': {
      const ids = carriedOut(database, read.records);
      return { place: read.place, ids, ...(ids.length < read.records.length ? { fault: 'damaged' } : {}) };
    }
  }
}

/** All at once, or where that fails one after the other, up to the first that cannot be. @returns the ids of what was carried out */
function carriedOut(database: Database, records: readonly LogRecord[]): readonly string[] {
  const tryOut = (some: readonly LogRecord[]): boolean => {
    try {
      const statements = some.flatMap((record) => record.statements);
      database.transaction(() => carryOut(database, statements, MERGINGS));
      return true;
    } catch {
      return false;
    }
  };
  if (tryOut(records)) return records.map(({ id }) => id);
  const bad = records.findIndex((record) => !tryOut([record]));
  return records.slice(0, bad < 0 ? records.length : bad).map(({ id }) => id);
}

/** No rollback journal in a simulated file, no simulated fsync: there is nothing here that could outlive the process. */
function inMemory(database: Database): Database {
  database.rows('PRAGMA journal_mode = MEMORY');
  database.rows('PRAGMA synchronous = OFF');
  // What is not committed stays out of the pages, however much it is.
  database.rows('PRAGMA cache_spill = OFF');
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
