// Offsets and incidents in SQL. Counting is relative (`count + n`), so that what one process has not yet written can be
// applied again on top of what another wrote meanwhile.
import { defined } from '../../core/defined.ts';
import { mergedFacts } from '../../core/facts.ts';
import type { ErrorEvent, Facts, Incident, IncidentState, Occurrence } from '../../core/model.ts';
import { isSwept, SWEPT_STATES } from '../../core/policy/incident-states.ts';
import { FACT_NAMES } from '../../core/tables.ts';
import type { Checkpoint, IncidentFilter, JournalEntry, Sighting } from '../../ports.ts';
import { packText, unpackText } from './disk/packed-text.ts';
import type { Database, Queried, Row, Value } from './disk/sqlite.ts';
import type { Merging } from './disk/statements.ts';
import { adopt, FORMERLY, formerlyOf, NAMED } from './identity/former-names.ts';
import {
  ensureRepository,
  type Reach,
  repositoryColumn,
  repositoryIds,
  repositoryOf,
  type Scope,
  within,
} from './identity/repositories.ts';

/** Values of one name that are told of all incidents together. */
const MOST_HEARD = 256;

/** Streams kept of one source: lives of a file that are still being drained after a rotation, and then some. */
const STREAMS_PER_SOURCE = 16;

/** The order of the index `incidents_by_last`. */
const NEWEST_FIRST = 'last_time DESC, count DESC, fingerprint';

/** The beginning of an index: what is settled, or has its turn later, is not read. */
const waitingPart = (turn: number, where: string): string =>
  `SELECT * FROM (SELECT ${turn} AS turn, fingerprint, last_time FROM incidents WHERE repository = ?2 AND ${where} ORDER BY last_time DESC LIMIT ?1)`;

const COLUMNS = `*, ${FORMERLY}, ${repositoryColumn('incidents')}`;

/** How incidents of one repository are read: none of these reads more rows than it gives. */
export const INCIDENT_QUERIES = {
  one: `SELECT ${COLUMNS} FROM incidents WHERE fingerprint = ${NAMED} AND repository = ?2 LIMIT ?3`,
  these: `SELECT ${COLUMNS} FROM incidents WHERE fingerprint IN (SELECT value FROM json_each(?1)) AND repository = ?2 ORDER BY +last_time DESC, count DESC, fingerprint`,
  page: `SELECT ${COLUMNS} FROM incidents WHERE repository = ? AND last_time >= ? ORDER BY ${NEWEST_FIRST} LIMIT ?`,
  pageOfState: `SELECT ${COLUMNS} FROM incidents WHERE repository = ? AND last_time >= ? AND state = ? ORDER BY last_time DESC LIMIT ?`,
  fingerprints: `SELECT fingerprint, last_time, count FROM incidents WHERE repository = ? AND last_time >= ? ORDER BY ${NEWEST_FIRST}`,
  fingerprintsOfState: `SELECT fingerprint, last_time, count FROM incidents WHERE repository = ? AND last_time >= ? AND state = ? ORDER BY last_time DESC`,
  waiting: `SELECT fingerprint FROM (${[
    waitingPart(0, `state = 'waiting' AND reason = 'interrupted'`),
    ...SWEPT_STATES.map((state) =>
      waitingPart(1, `state = '${state}' AND ${isSwept({ state, reason: 'any' }) ? `reason IS NOT 'interrupted'` : 'reason IS NULL'}`),
    ),
  ].join(' UNION ALL ')}) ORDER BY turn, last_time DESC LIMIT ?1`,
} as const;

/** An incident that was seen. */
export interface Applied {
  readonly scope: Scope;
  readonly fingerprint: string;
  readonly isNew: boolean;
  readonly of: string | undefined;
}

/** Whose a sighting is that names a repository of its own. */
export type ScopeFor = (repository: string | undefined) => Scope;

/**
 * Checkpoint and sightings of one piece of reading. Run inside a transaction: together or not at all.
 * @returns the incidents touched, each once
 */
export function applyEntry(database: Database, scopeFor: ScopeFor, entry: JournalEntry, now: string): readonly Applied[] {
  if (entry.checkpoint) applyCheckpoint(database, scopeFor(undefined), entry.checkpoint, now);
  const touched = new Map<string, Applied>();
  for (const sighting of entry.sightings) {
    const { fingerprint, repository } = sighting;
    const scope = scopeFor(repository);
    const isNew = applySighting(database, scope, sighting, now);
    const key = `${scope.id}\n${fingerprint}`;
    touched.set(key, { scope, fingerprint, of: repository, isNew: isNew || touched.get(key)?.isNew === true });
  }
  return [...touched.values()];
}

export function applyState(database: Database, { id }: Scope, fingerprint: string, state: IncidentState, reason: string | null): void {
  database.run('UPDATE incidents SET state = ?, reason = ? WHERE fingerprint = ? AND repository = ?', [state, reason, fingerprint, id]);
}

/** A place that an older version kept for everybody counts as long as there is none of this repository. */
export function selectCheckpoints(database: Queried, { id }: Scope): readonly Checkpoint[] {
  const rows = database.rows(
    `SELECT * FROM checkpoints AS one WHERE repository = ?1 OR (repository = '' AND NOT EXISTS
       (SELECT 1 FROM checkpoints WHERE repository = ?1 AND source = one.source AND stream = one.stream))
      ORDER BY source, stored_at, stream`,
    [id],
  );
  return rows.map(({ source, stream, token, counted, line }) => ({
    position: { source: String(source), stream: String(stream), token: String(token) },
    counted: JSON.parse(String(counted)) as string[],
    ...(line === null ? {} : { line: Number(line) }),
  }));
}

/** Newest sighting first. */
export function selectIncidents(database: Queried, reach: Reach, filter: IncidentFilter): readonly Incident[] {
  const { limit = -1 } = filter;
  const rows = idsOf(database, reach).flatMap((id) => rowsOf(database, id, filter));
  const first = reach === 'all' ? cut(rows.sort(newestFirst), limit) : rows;
  return first.map((row) => incidentOf(row, sampleOf(row)));
}

function rowsOf(database: Queried, id: string, { fingerprint, fingerprints, state, since = '', limit = -1 }: IncidentFilter): Row[] {
  if (fingerprint !== undefined) return database.rows(INCIDENT_QUERIES.one, [fingerprint, id, limit]);
  if (fingerprints !== undefined) return database.rows(INCIDENT_QUERIES.these, [JSON.stringify(fingerprints), id]);
  if (state === undefined) return database.rows(INCIDENT_QUERIES.page, [id, since, limit]);
  return database.rows(INCIDENT_QUERIES.pageOfState, [id, since, state, limit]);
}

/** Each once, newest sighting first. */
export function selectFingerprints(database: Queried, reach: Reach, { state, since = '' }: IncidentFilter = {}): readonly string[] {
  const rows = idsOf(database, reach).flatMap((id) =>
    state === undefined
      ? database.rows(INCIDENT_QUERIES.fingerprints, [id, since])
      : database.rows(INCIDENT_QUERIES.fingerprintsOfState, [id, since, state]),
  );
  if (reach !== 'all') return rows.map(({ fingerprint }) => String(fingerprint));
  return [...new Set(rows.sort(newestFirst).map(({ fingerprint }) => String(fingerprint)))];
}

const idsOf = (database: Queried, reach: Reach): readonly string[] => (reach === 'all' ? repositoryIds(database) : [reach.id]);

const cut = <T>(all: readonly T[], limit: number): readonly T[] => (limit < 0 ? all : all.slice(0, limit));

/** The order of `NEWEST_FIRST`. */
function newestFirst(a: Row, b: Row): number {
  if (a.last_time !== b.last_time) return String(a.last_time) < String(b.last_time) ? 1 : -1;
  return Number(b.count) - Number(a.count) || (String(a.fingerprint) < String(b.fingerprint) ? -1 : 1);
}

/** See `Journal.names`. Where the digits are the same, the older name says nothing more. */
export function selectNames(database: Queried, reach: Reach): readonly string[] {
  const own = selectFingerprints(database, reach);
  const former = database.rows('SELECT name, fingerprint FROM former_names WHERE substr(name, 4) <> substr(fingerprint, 4)');
  const known = former.length === 0 ? undefined : new Set(own);
  return [...own, ...former.filter(({ fingerprint }) => known?.has(String(fingerprint))).map(({ name }) => String(name))];
}

/** See `Journal.waiting`. */
export function selectWaiting(database: Queried, { id }: Scope, limit: number): readonly string[] {
  return database.rows(INCIDENT_QUERIES.waiting, [limit, id]).map(({ fingerprint }) => String(fingerprint));
}

/** One incident without its sample, the one big column: the caller has that already. */
export function selectStanding(database: Database, { id }: Scope, fingerprint: string): Row | undefined {
  return database.rows(
    `SELECT fingerprint, title, count, first_source, first_line, first_offset, first_time,
            last_source, last_line, last_offset, last_time, state, reason, attempts, last_attempt_at, ignored, facts, ${FORMERLY},
            ${repositoryColumn('incidents')}
       FROM incidents WHERE fingerprint = ? AND repository = ?`,
    [fingerprint, id],
  )[0];
}

export function selectSample(database: Database, { id }: Scope, fingerprint: string): ErrorEvent {
  return sampleOf(database.rows('SELECT sample FROM incidents WHERE fingerprint = ? AND repository = ?', [fingerprint, id])[0]!);
}

export function incidentOf(row: Row, sample: ErrorEvent): Incident {
  return {
    fingerprint: String(row.fingerprint),
    ...defined({ formerly: formerlyOf(row) }),
    ...repositoryOf(row),
    title: String(row.title),
    level: sample.level,
    type: sample.type,
    message: sample.message,
    language: sample.language,
    frames: sample.frames,
    sample,
    count: Number(row.count),
    first: occurrenceOf(row, 'first'),
    last: occurrenceOf(row, 'last'),
    state: row.state as IncidentState,
    reason: row.reason as string | null,
    ...defined({ facts: factsIn(row.facts ?? null) }),
    attempts: Number(row.attempts),
    lastAttemptAt: row.last_attempt_at as string | null,
    ...(row.ignored === null ? {} : { ignored: JSON.parse(String(row.ignored)) as NonNullable<Incident['ignored']> }),
  };
}

function sampleOf(row: Row): ErrorEvent {
  return JSON.parse(unpackText(row.sample!)) as ErrorEvent;
}

const PLACE = `INSERT INTO checkpoints (source, stream, token, line, counted, stored_at, repository) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (repository, source, stream) DO UPDATE SET
       token = excluded.token, line = excluded.line, counted = excluded.counted, stored_at = excluded.stored_at`;

const SEEN_AGAIN = `UPDATE incidents SET count = count + ?, last_source = ?, last_line = ?, last_offset = ?, last_time = ?, counted_at = ?
        WHERE fingerprint = ? AND repository = ?`;

const FROM_WHERE = 'UPDATE incidents SET facts = ? WHERE fingerprint = ? AND repository = ?';

const SEEN_FIRST = `INSERT INTO incidents (fingerprint, title, count, first_source, first_line, first_offset, first_time,
       last_source, last_line, last_offset, last_time, state, reason, attempts, last_attempt_at, sample, counted_at, repository, facts)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'new', NULL, 0, NULL, ?, ?, ?, ?)`;

/** Which statements of reading stand for several of their kind; the places are those of the parameters. */
export const MERGINGS: ReadonlyMap<string, Merging> = new Map([
  [PLACE, { key: [0, 1, 6], sums: [] }],
  [SEEN_AGAIN, { key: [6, 7], sums: [0] }],
  [FROM_WHERE, { key: [1, 2], sums: [] }],
]);

function applyCheckpoint(database: Database, { id }: Scope, { position, counted, line }: Checkpoint, now: string): void {
  const { source, stream, token } = position;
  const [found] = database.rows(
    'SELECT max(stored_at) AS newest, max(stream = ?) AS known FROM checkpoints WHERE repository = ? AND source = ?',
    [stream, id, source],
  );
  const newest = found?.newest ?? null;
  database.run(PLACE, [
    source,
    stream,
    token,
    line ?? null,
    JSON.stringify(counted),
    newest === null ? now : notBefore(String(newest), now),
    id,
  ]);
  if (found?.known !== 1) forgetOldStreams(database, id, source);
}

function forgetOldStreams(database: Database, repository: string, source: string): void {
  database.run(
    `DELETE FROM checkpoints WHERE repository = ?1 AND source = ?2 AND stream NOT IN
       (SELECT stream FROM checkpoints WHERE repository = ?1 AND source = ?2 ORDER BY stored_at DESC, stream LIMIT ?3)`,
    [repository, source, STREAMS_PER_SOURCE],
  );
}

/** Which life of a source is the newest must not hang on a clock that was put back: what is written later bears a later time. */
function notBefore(newest: string, now: string): string {
  return now >= newest ? now : new Date(Date.parse(newest) + 1).toISOString();
}

/** The first occurrence and its sample stay; the last one is the one recorded last. @returns whether the incident is new */
function applySighting(database: Database, scope: Scope, sighting: Sighting, now: string): boolean {
  const { fingerprint, count, first, last } = sighting;
  const [test, ...values] = within(scope);
  const seen = database.rows(`SELECT 1 AS seen FROM incidents WHERE fingerprint = ? AND ${test}`, [fingerprint, ...values]).length > 0;
  if (seen || adopt(database, scope, sighting)) {
    database.run(SEEN_AGAIN, [count, last.source, last.line, last.offset, last.time, now, fingerprint, scope.id]);
    if (sighting.facts) addFacts(database, scope, fingerprint, sighting.facts);
    return false;
  }
  ensureRepository(database, scope);
  database.run(SEEN_FIRST, [
    ...[fingerprint, sighting.title, count],
    ...[first.source, first.line, first.offset, first.time],
    ...[last.source, last.line, last.offset, last.time],
    ...[packText(JSON.stringify(sighting.sample)), now, scope.id, sighting.facts ? JSON.stringify(sighting.facts) : null],
  ]);
  return true;
}

/** Most occurrences say nothing new of where they came from. */
function addFacts(database: Database, { id }: Scope, fingerprint: string, facts: Facts): void {
  const [row] = database.rows('SELECT facts FROM incidents WHERE fingerprint = ? AND repository = ?', [fingerprint, id]);
  const known = factsIn(row?.facts ?? null);
  const merged = mergedFacts(known, facts);
  if (merged !== known) database.run(FROM_WHERE, [JSON.stringify(merged), fingerprint, id]);
}

function factsIn(column: Value): Facts | undefined {
  return column === null ? undefined : (JSON.parse(String(column)) as Facts);
}

/** Of many values of a name those that were seen last. */
export function selectFacts(database: Queried, reach: Reach): Facts {
  const named = FACT_NAMES.flatMap((name) => {
    if (name === 'trace') return [];
    const rows = idsOf(database, reach).flatMap((id) =>
      database.rows(
        `SELECT one.value ->> 'value' AS value, min(one.value ->> 'first') AS first, max(one.value ->> 'last') AS last
           FROM incidents, json_each(incidents.facts, ?1) AS one WHERE repository = ?2 AND incidents.facts IS NOT NULL
          GROUP BY 1 ORDER BY 3 DESC LIMIT ?3`,
        [`$.${name}`, id, MOST_HEARD],
      ),
    );
    const values = rows.map(({ value, first, last }) => ({ value: String(value), first: String(first), last: String(last) }));
    return values.length === 0 ? [] : [{ [name]: values.sort((a, b) => (a.first < b.first ? -1 : 1)) } as Facts];
  });
  return named.reduce<Facts>((all, one) => mergedFacts(all, one, () => MOST_HEARD) ?? all, {});
}

function occurrenceOf(row: Row, end: 'first' | 'last'): Occurrence {
  return {
    source: String(row[`${end}_source`]),
    line: Number(row[`${end}_line`]),
    offset: Number(row[`${end}_offset`]),
    time: String(row[`${end}_time`]),
  };
}
