// Whose rows are whose: a ledger is shared by all that is watched with one state directory, and an incident is of one
// repository. How a repository is recognised is `core/repository/identity.ts`; here is what was met before.
import { type KnownRepository, type MetRepository, nameOfRequest, recognise } from '../../../core/repository/identity.ts';
import { definePacking, packedColumn } from '../disk/packed-text.ts';
import type { Database, Queried, Value } from '../disk/sqlite.ts';

/** The repository that a ledger is opened for: what is read and written is its own. */
export interface Scope {
  /** Of its rows; it stays when the repository is renamed. Empty where no repository is known. */
  readonly id: string;
  readonly name: string;
}

/** What is read: rows of one repository, or of all. */
export type Reach = Scope | 'all';

export const NO_REPOSITORY: Scope = { id: '', name: '' };

/** A column for the name of the repository of a row of `table`, as `repositoryOf` reads it. */
export const repositoryColumn = (table: 'incidents' | 'traces'): string =>
  `(SELECT name FROM repositories WHERE id = ${table}.repository) AS repository_name`;

/** The field of an incident or a trace; none where no repository is known. */
export function repositoryOf({ repository_name: name }: Readonly<Record<string, Value | undefined>>): { readonly repository?: string } {
  return typeof name === 'string' && name !== '' ? { repository: name } : {};
}

/** Which rows of `repository` these are: a condition and its parameters. */
export function within(reach: Reach): readonly [test: string, ...values: string[]] {
  return reach === 'all' ? ['1'] : ['repository = ?', reach.id];
}

/** The repository as it is known here; nothing is written. */
export function scopeOf(database: Queried, met: MetRepository | undefined): Scope {
  if (met === undefined) return NO_REPOSITORY;
  return { id: recognise(met, knownRepositories(database)).id, name: met.name };
}

/** What came of writing a repository down. */
export interface Registered {
  readonly scope: Scope;
  /** It was known under this name. */
  readonly from?: string;
  /** Incidents that nobody had said the repository of: they are its own from now on. */
  readonly adopted: number;
}

/** Writes down that a repository was met, under which name, and takes what belongs to none. */
export function register(database: Database, met: MetRepository | undefined): Registered {
  if (met === undefined) return { scope: NO_REPOSITORY, adopted: 0 };
  const known = knownRepositories(database);
  const found = recognise(met, known);
  const scope = { id: found.id, name: met.name };
  const before = known.find(({ id }) => id === found.id);
  if (before?.name !== met.name || (met.mark !== null && before.mark !== met.mark)) {
    // The git directory of another clone, or of one that was made anew, is not that of somebody else.
    if (met.mark !== null) database.run('UPDATE repositories SET mark = NULL WHERE mark = ?', [met.mark]);
    // What is known by a former name keeps the name that it has.
    const isFormer = before !== undefined && found.kind === 'known' && before.name.toLowerCase() !== met.name.toLowerCase();
    database.run(
      `INSERT INTO repositories (id, name, mark) VALUES (?1, ?2, ?3)
       ON CONFLICT (id) DO UPDATE SET name = CASE ?4 WHEN 1 THEN name ELSE excluded.name END, mark = coalesce(excluded.mark, mark)`,
      [scope.id, met.name, met.mark, isFormer ? 1 : 0],
    );
    if (found.kind === 'renamed')
      database.run('INSERT OR REPLACE INTO former_repositories (name, repository) VALUES (?, ?)', [found.from, scope.id]);
  }
  return { scope, ...(found.kind === 'renamed' ? { from: found.from } : {}), adopted: adoptOrphans(database, scope) };
}

/** A ledger that was begun anew while this process had it open knows nobody. */
export function ensureRepository(database: Database, { id, name }: Scope): void {
  if (id === '' || database.rows('SELECT 1 FROM repositories WHERE id = ?', [id]).length > 0) return;
  database.run('INSERT INTO repositories (id, name) VALUES (?, ?)', [id, name]);
}

/** Tables whose rows older versions wrote for no repository. Places in logs are not among them: see `selectCheckpoints`. */
const ADOPTED = ['incidents', 'traces', 'deliveries'] as const;

export function hasOrphans(database: Queried): boolean {
  return ADOPTED.some((table) => database.rows(`SELECT 1 FROM ${table} WHERE repository = '' LIMIT 1`).length > 0);
}

/** @returns how many incidents it took */
export function adoptOrphans(database: Database, scope: Scope): number {
  const { id } = scope;
  if (id === '' || !hasOrphans(database)) return 0;
  ensureRepository(database, scope);
  const [row] = database.rows(`SELECT count(*) AS n FROM incidents WHERE repository = ''`);
  for (const table of ADOPTED) database.run(`UPDATE OR IGNORE ${table} SET repository = ? WHERE repository = ''`, [id]);
  return Number(row?.n);
}

/** Ids of all whose rows there may be. */
export function repositoryIds(database: Queried): readonly string[] {
  return ['', ...database.rows('SELECT id FROM repositories ORDER BY id').map(({ id }) => String(id))];
}

function knownRepositories(database: Queried): readonly KnownRepository[] {
  const names = database.rows('SELECT name, repository FROM former_repositories');
  return database.rows('SELECT id, name, mark FROM repositories').map(({ id, name, mark }) => ({
    id: String(id),
    name: String(name),
    mark: mark as string | null,
    formerly: names.filter(({ repository }) => repository === id).map(({ name: former }) => String(former)),
  }));
}

const INCIDENTS = `fingerprint, title, count, first_source, first_line, first_offset, first_time,
  last_source, last_line, last_offset, last_time, state, reason, attempts, last_attempt_at, sample, counted_at`;

const DELIVERIES = `id, notifier, kind, trace, fingerprint, delivery_id, recipients, subject, line, content, state, tries,
  created_at, due_at, changed_at, owner, detail`;

/**
 * Each row gets its repository. Of older ones it is that of the newest request that was made for the bug; where none was
 * made on a host, whoever opens the ledger first takes them (`register`).
 */
export const SCOPES = [
  `CREATE TABLE repositories (
     id TEXT NOT NULL PRIMARY KEY,
     name TEXT NOT NULL,         -- host/owner/name, or path:/…
     mark TEXT                   -- of its git directory
   ) WITHOUT ROWID`,
  `CREATE TABLE former_repositories (
     name TEXT NOT NULL PRIMARY KEY,
     repository TEXT NOT NULL
   ) WITHOUT ROWID`,
  `ALTER TABLE traces ADD COLUMN repository TEXT NOT NULL DEFAULT ''`,
  attributeTraces,
  'ALTER TABLE incidents RENAME TO incidents_of_all',
  ...['by_last', 'by_state', 'cut_off', 'seen_once'].map((name) => `DROP INDEX incidents_${name}`),
  `CREATE TABLE incidents (
     repository TEXT NOT NULL,
     fingerprint TEXT NOT NULL,
     title TEXT NOT NULL,
     count INTEGER NOT NULL,
     first_source TEXT NOT NULL, first_line INTEGER NOT NULL, first_offset INTEGER NOT NULL, first_time TEXT NOT NULL,
     last_source TEXT NOT NULL, last_line INTEGER NOT NULL, last_offset INTEGER NOT NULL, last_time TEXT NOT NULL,
     state TEXT NOT NULL,
     reason TEXT,
     attempts INTEGER NOT NULL,
     last_attempt_at TEXT,
     sample TEXT NOT NULL,       -- JSON of the first event, packed
     counted_at TEXT,
     ignored TEXT,               -- JSON: since when, and why; nobody repairs it
     PRIMARY KEY (repository, fingerprint)
   )`,
  definePacking,
  `INSERT INTO incidents (repository, ${INCIDENTS})
     SELECT coalesce((SELECT repository FROM traces WHERE traces.fingerprint = incidents_of_all.fingerprint AND repository <> '' LIMIT 1), ''),
            ${INCIDENTS.replace('sample', packedColumn('sample'))} FROM incidents_of_all`,
  'DROP TABLE incidents_of_all',
  'CREATE INDEX incidents_by_last ON incidents (repository, last_time DESC, count DESC, fingerprint)',
  'CREATE INDEX incidents_by_state ON incidents (repository, state, last_time)',
  `CREATE INDEX incidents_cut_off ON incidents (repository, last_time) WHERE reason = 'interrupted'`,
  'CREATE INDEX incidents_seen_once ON incidents (counted_at) WHERE count = 1',
  'ALTER TABLE checkpoints RENAME TO checkpoints_of_all',
  `CREATE TABLE checkpoints (
     repository TEXT NOT NULL,
     source TEXT NOT NULL,
     stream TEXT NOT NULL,
     token TEXT NOT NULL,        -- opaque
     line INTEGER,               -- lines before it, where the source counts them
     counted TEXT NOT NULL,      -- JSON array of tokens
     stored_at TEXT NOT NULL,
     PRIMARY KEY (repository, source, stream)
   ) WITHOUT ROWID`,
  `INSERT INTO checkpoints SELECT '', source, stream, token, line, counted, stored_at FROM checkpoints_of_all`,
  'DROP TABLE checkpoints_of_all',
  'ALTER TABLE deliveries RENAME TO deliveries_of_all',
  'DROP INDEX deliveries_by_state',
  'DROP INDEX deliveries_by_trace',
  `CREATE TABLE deliveries (
     repository TEXT NOT NULL,
     id TEXT NOT NULL,
     notifier TEXT NOT NULL,
     kind TEXT NOT NULL,
     trace TEXT,
     fingerprint TEXT,
     delivery_id TEXT NOT NULL,
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
     PRIMARY KEY (repository, id, notifier)
   )`,
  `INSERT INTO deliveries (repository, ${DELIVERIES})
     SELECT coalesce((SELECT repository FROM traces WHERE id = deliveries_of_all.trace), ''), ${DELIVERIES}
       FROM deliveries_of_all ORDER BY rowid`,
  'DROP TABLE deliveries_of_all',
  'CREATE INDEX deliveries_by_state ON deliveries (state, due_at)',
  'CREATE INDEX deliveries_by_trace ON deliveries (trace)',
] as const;

/** All traces of a bug go with its newest request. */
function attributeTraces(database: Database): void {
  const rows = database.rows(
    `SELECT fingerprint, json_extract(outcome, '$.request.url') AS url FROM traces
      WHERE json_extract(outcome, '$.request.url') IS NOT NULL ORDER BY started_at DESC, rowid DESC`,
  );
  const named = rows.flatMap(({ fingerprint, url }) => {
    const name = nameOfRequest(String(url));
    return name === undefined ? [] : [{ fingerprint: String(fingerprint), name }];
  });
  for (const [fingerprint, [newest]] of Map.groupBy(named, ({ fingerprint }) => fingerprint)) {
    const scope = scopeOf(database, { name: newest!.name, mark: null });
    ensureRepository(database, scope);
    database.run('UPDATE traces SET repository = ? WHERE fingerprint = ?', [scope.id, fingerprint]);
  }
}
