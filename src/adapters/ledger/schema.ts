// The tables of the ledger and how older files become newer ones. Each migration is applied once, in order, and never
// edited after a release: a change is a new entry at the end. `PRAGMA user_version` counts the applied ones.
import type { Database, Queried } from './disk/sqlite.ts';
import { FORMER_NAMES_TABLE, renameAgain, renameIncidents } from './identity/former-names.ts';
import { SCOPES } from './identity/repositories.ts';

/** `PRAGMA application_id`: "aiop". Tells our file from the database of another program. */
export const APPLICATION_ID = 0x61696f70;

/** What a status listing needs is in `traces`, whose rows are short; the long texts stand in `bodies` and `steps`. */
const VERSION_1 = [
  `CREATE TABLE checkpoints (
     source TEXT NOT NULL,
     generation TEXT NOT NULL,
     "offset" INTEGER NOT NULL,
     lines INTEGER NOT NULL,
     counted TEXT NOT NULL,      -- JSON array of offsets
     identity TEXT NOT NULL,     -- JSON, opaque
     stored_at TEXT NOT NULL,
     PRIMARY KEY (source, generation)
   ) WITHOUT ROWID`,
  `CREATE TABLE incidents (
     fingerprint TEXT NOT NULL PRIMARY KEY,
     title TEXT NOT NULL,
     count INTEGER NOT NULL,
     first_source TEXT NOT NULL, first_line INTEGER NOT NULL, first_offset INTEGER NOT NULL, first_time TEXT NOT NULL,
     last_source TEXT NOT NULL, last_line INTEGER NOT NULL, last_offset INTEGER NOT NULL, last_time TEXT NOT NULL,
     state TEXT NOT NULL,
     reason TEXT,
     attempts INTEGER NOT NULL,
     last_attempt_at TEXT,
     sample TEXT NOT NULL        -- JSON of the first event
   )`,
  `CREATE TABLE traces (
     id TEXT NOT NULL PRIMARY KEY,
     fingerprint TEXT NOT NULL,
     title TEXT NOT NULL,
     mode TEXT NOT NULL,
     state TEXT NOT NULL,
     started_at TEXT NOT NULL,
     ended_at TEXT,
     cost_usd REAL,
     owner TEXT,                 -- JSON; who is repairing, while state = 'running'
     outcome TEXT                -- JSON; what the repair ended with
   )`,
  'CREATE INDEX traces_by_start ON traces (started_at, cost_usd)',
  'CREATE INDEX traces_by_fingerprint ON traces (fingerprint, started_at)',
  'CREATE INDEX traces_by_state ON traces (state, started_at)',
  `CREATE TABLE bodies (
     trace TEXT NOT NULL PRIMARY KEY REFERENCES traces (id),
     summary TEXT NOT NULL,
     diff TEXT NOT NULL
   )`,
  `CREATE TABLE steps (
     trace TEXT NOT NULL REFERENCES traces (id),
     position INTEGER NOT NULL,
     name TEXT NOT NULL,
     started_at TEXT NOT NULL,
     ended_at TEXT,
     duration_ms INTEGER,
     outcome TEXT NOT NULL,
     summary TEXT NOT NULL,
     error TEXT,                 -- JSON
     PRIMARY KEY (trace, name)
   )`,
] as const;

/** What a repair needs to go on after a crash; gone when it has ended well. */
const VERSION_2 = [
  'ALTER TABLE traces ADD COLUMN resumes INTEGER NOT NULL DEFAULT 0',
  `CREATE TABLE kept (
     trace TEXT NOT NULL REFERENCES traces (id),
     step TEXT NOT NULL,
     value TEXT NOT NULL,        -- JSON, opaque
     PRIMARY KEY (trace, step)
   )`,
] as const;

/** Mails on their way, and what became of them. The texts go when there is nothing left to send. */
const OUTBOX = [
  `CREATE TABLE outbox (
     id TEXT NOT NULL,
     notifier TEXT NOT NULL,
     kind TEXT NOT NULL,
     trace TEXT,
     fingerprint TEXT,
     message_id TEXT NOT NULL,
     recipients TEXT NOT NULL,   -- JSON array: those who are still to get it
     subject TEXT NOT NULL,
     line TEXT NOT NULL,
     content TEXT,               -- JSON: text, html, patch
     state TEXT NOT NULL,
     tries INTEGER NOT NULL,
     created_at TEXT NOT NULL,
     due_at TEXT NOT NULL,
     changed_at TEXT NOT NULL,
     owner TEXT,                 -- JSON; who is sending, while state = 'sending'
     detail TEXT NOT NULL,
     PRIMARY KEY (id, notifier)
   )`,
  'CREATE INDEX outbox_by_state ON outbox (state, due_at)',
  'CREATE INDEX outbox_by_trace ON outbox (trace)',
] as const;

/** What became of a request after its repair, as JSON. */
const SEQUEL = ['ALTER TABLE traces ADD COLUMN sequel TEXT'] as const;

/**
 * Incidents by the many: listings and the watcher's looks read the beginning of an index, never all of them.
 * `counted_at` is when we counted an occurrence last, by our clock: what is read of an old log is not old. Rows of older
 * versions get the time at which they are written anew (`rebuild.ts`).
 */
const MANY_INCIDENTS = [
  'ALTER TABLE incidents ADD COLUMN counted_at TEXT',
  'CREATE INDEX incidents_by_last ON incidents (last_time DESC, count DESC, fingerprint)',
  'CREATE INDEX incidents_by_state ON incidents (state, last_time)',
  `CREATE INDEX incidents_cut_off ON incidents (last_time) WHERE reason = 'interrupted'`,
  'CREATE INDEX incidents_seen_once ON incidents (counted_at) WHERE count = 1',
] as const;

/** The outbox is not of mail alone: a message on its way by any notifier, known by the notifier's own id of it. */
const DELIVERIES = [
  'ALTER TABLE outbox RENAME TO deliveries',
  'ALTER TABLE deliveries RENAME COLUMN message_id TO delivery_id',
  'DROP INDEX outbox_by_state',
  'DROP INDEX outbox_by_trace',
  'CREATE INDEX deliveries_by_state ON deliveries (state, due_at)',
  'CREATE INDEX deliveries_by_trace ON deliveries (trace)',
] as const;

/** The identity of bugs, version 2: incidents take new names and keep the old ones. */
const IDENTITY_2 = [...FORMER_NAMES_TABLE, renameIncidents] as const;

/** Its rules of messages became wider before it was released, and once more. */
const WIDER_MESSAGES = [renameAgain] as const;

/** Kinds of fault of a runtime and of a database, classes and frames that were not known before, how a language marks its strings, frames in records of their own, where machines put programs; and once more. */
const KNOWN_BETTER = [renameAgain] as const;

/** A statement, or what no statement can do. */
type Step = string | ((database: Database) => void);

/** Which change log belongs to this snapshot; see `change-log.ts`. */
const CHANGE_LOG = ['CREATE TABLE change_log (generation INTEGER NOT NULL)', 'INSERT INTO change_log VALUES (0)'] as const;

/**
 * A position is opaque to all but its source, and streams are not of files alone. A file's token is its offset with the
 * proof behind it, as `adapters/sources/file/places.ts` writes it; what is counted is named by tokens too.
 */
const POSITIONS = [
  'ALTER TABLE checkpoints RENAME TO checkpoints_of_files',
  `CREATE TABLE checkpoints (
     source TEXT NOT NULL,
     stream TEXT NOT NULL,
     token TEXT NOT NULL,        -- opaque
     line INTEGER,               -- lines before it, where the source counts them
     counted TEXT NOT NULL,      -- JSON array of tokens
     stored_at TEXT NOT NULL,
     PRIMARY KEY (source, stream)
   ) WITHOUT ROWID`,
  `INSERT INTO checkpoints SELECT source, generation, "offset" || ' ' || identity, lines,
     (SELECT json_group_array(CAST(value AS TEXT)) FROM json_each(counted)), stored_at FROM checkpoints_of_files`,
  'DROP TABLE checkpoints_of_files',
] as const;

/** What a trace answers on a request, as JSON. */
const FOLLOWS = ['ALTER TABLE traces ADD COLUMN follows TEXT'] as const;

/** Where the occurrences of an incident came from, as JSON. */
const FACTS = ['ALTER TABLE incidents ADD COLUMN facts TEXT'] as const;

/** One page of the traces of a repository, whatever others there are. */
const TRACES_BY_REPOSITORY = ['CREATE INDEX traces_by_repository ON traces (repository, started_at)'] as const;

/** Each entry brings the tables from version `index` to `index + 1`. */
export const MIGRATIONS: readonly (readonly Step[])[] = [
  VERSION_1,
  VERSION_2,
  OUTBOX,
  SEQUEL,
  MANY_INCIDENTS,
  DELIVERIES,
  IDENTITY_2,
  CHANGE_LOG,
  POSITIONS,
  SCOPES,
  WIDER_MESSAGES,
  FOLLOWS,
  WIDER_MESSAGES,
  FACTS,
  TRACES_BY_REPOSITORY,
  KNOWN_BETTER,
  KNOWN_BETTER,
  KNOWN_BETTER,
  KNOWN_BETTER,
  KNOWN_BETTER,
  KNOWN_BETTER,
  KNOWN_BETTER,
  KNOWN_BETTER,
  KNOWN_BETTER,
  KNOWN_BETTER,
  KNOWN_BETTER,
  KNOWN_BETTER,
];

export type Kinship =
  | { readonly kind: 'ours'; readonly version: number }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'newer'; readonly version: number };

/** Whether the database is ours, and how old it is. An empty one is ours at version 0. */
export function kinshipOf(database: Queried, migrations = MIGRATIONS): Kinship {
  const version = pragma(database, 'user_version');
  const tables = Number(database.rows('SELECT count(*) AS n FROM sqlite_schema')[0]?.n);
  if (tables > 0 && pragma(database, 'application_id') !== APPLICATION_ID) return { kind: 'foreign' };
  return version > migrations.length ? { kind: 'newer', version } : { kind: 'ours', version };
}

export function isOld(database: Queried): boolean {
  return pragma(database, 'user_version') < MIGRATIONS.length;
}

/** Ours, and neither older nor newer than this program. */
export function isOfToday(database: Queried): boolean {
  const kinship = kinshipOf(database);
  return kinship.kind === 'ours' && kinship.version === MIGRATIONS.length;
}

/** Applies what is missing, all of it or nothing. @returns whether anything was */
export function migrate(database: Database, migrations = MIGRATIONS): boolean {
  const from = pragma(database, 'user_version');
  if (from >= migrations.length) return false;
  database.transaction(() => {
    const steps = migrations.slice(from).flat();
    for (const [at, step] of steps.entries()) {
      if (typeof step === 'string') database.run(step);
      // What names incidents by the rules of today does so once, however often the rules have changed since.
      else if (steps.lastIndexOf(step) === at) step(database);
    }
    database.run(`PRAGMA user_version = ${migrations.length}`);
    database.run(`PRAGMA application_id = ${APPLICATION_ID}`);
  });
  return true;
}

/** Of the change log that goes on from this database; 0 in one that is older than change logs. */
export function generationOf(database: Queried): number {
  const [table] = database.rows(`SELECT 1 FROM sqlite_schema WHERE name = 'change_log'`);
  return table === undefined ? 0 : Number(database.rows('SELECT generation FROM change_log')[0]?.generation);
}

function pragma(database: Queried, name: 'user_version' | 'application_id'): number {
  return Number(database.rows(`PRAGMA ${name}`)[0]?.[name]);
}
