// Offsets and incidents in SQL. Counting is relative (`count + n`), so that what one process has not yet written can be
// applied again on top of what another wrote meanwhile.
import { defined } from '../../core/defined.ts';
import type { ErrorEvent, Incident, IncidentState, Occurrence } from '../../core/model.ts';
import { isSwept, SWEPT_STATES } from '../../core/policy/incident-states.ts';
import type { Checkpoint, IncidentFilter, JournalEntry, Sighting } from '../../ports.ts';
import type { Database, Row } from './disk/sqlite.ts';
import type { Merging } from './disk/statements.ts';
import { adopt, FORMERLY, formerlyOf, NAMED } from './former-names.ts';
import { packText, unpackText } from './rebuild.ts';

/** Streams kept of one source: lives of a file that are still being drained after a rotation, and then some. */
const STREAMS_PER_SOURCE = 16;

/** The order of the index `incidents_by_last`. */
const NEWEST_FIRST = 'last_time DESC, count DESC, fingerprint';

/** The beginning of an index: what is settled, or has its turn later, is not read. */
const waitingPart = (turn: number, where: string): string =>
  `SELECT * FROM (SELECT ${turn} AS turn, fingerprint, last_time FROM incidents WHERE ${where} ORDER BY last_time DESC LIMIT ?1)`;

/** How incidents are read: none of these reads more rows than it gives. */
export const INCIDENT_QUERIES = {
  one: `SELECT *, ${FORMERLY} FROM incidents WHERE fingerprint = ${NAMED} LIMIT ?2`,
  page: `SELECT *, ${FORMERLY} FROM incidents ORDER BY ${NEWEST_FIRST} LIMIT ?`,
  fingerprints: `SELECT fingerprint FROM incidents ORDER BY ${NEWEST_FIRST}`,
  waiting: `SELECT fingerprint FROM (${[
    waitingPart(0, `state = 'waiting' AND reason = 'interrupted'`),
    ...SWEPT_STATES.map((state) =>
      waitingPart(1, `state = '${state}' AND ${isSwept({ state, reason: 'any' }) ? `reason IS NOT 'interrupted'` : 'reason IS NULL'}`),
    ),
  ].join(' UNION ALL ')}) ORDER BY turn, last_time DESC LIMIT ?1`,
} as const;

/**
 * Checkpoint and sightings of one piece of reading. Run inside a transaction: together or not at all.
 * @returns the fingerprints touched, with whether each is new
 */
export function applyEntry(database: Database, entry: JournalEntry, now: string): ReadonlyMap<string, boolean> {
  if (entry.checkpoint) applyCheckpoint(database, entry.checkpoint, now);
  const touched = new Map<string, boolean>();
  for (const sighting of entry.sightings) {
    const isNew = applySighting(database, sighting, now);
    touched.set(sighting.fingerprint, isNew || touched.get(sighting.fingerprint) === true);
  }
  return touched;
}

export function applyState(database: Database, fingerprint: string, state: IncidentState, reason: string | null): void {
  database.run('UPDATE incidents SET state = ?, reason = ? WHERE fingerprint = ?', [state, reason, fingerprint]);
}

export function selectCheckpoints(database: Database): readonly Checkpoint[] {
  return database.rows('SELECT * FROM checkpoints ORDER BY source, stored_at, stream').map(({ source, stream, token, counted, line }) => ({
    position: { source: String(source), stream: String(stream), token: String(token) },
    counted: JSON.parse(String(counted)) as string[],
    ...(line === null ? {} : { line: Number(line) }),
  }));
}

/** Newest sighting first. */
export function selectIncidents(database: Database, { fingerprint, limit = -1 }: IncidentFilter): readonly Incident[] {
  const { one, page } = INCIDENT_QUERIES;
  const rows = fingerprint === undefined ? database.rows(page, [limit]) : database.rows(one, [fingerprint, limit]);
  return rows.map((row) => incidentOf(row, sampleOf(row)));
}

export function selectFingerprints(database: Database): readonly string[] {
  return database.rows(INCIDENT_QUERIES.fingerprints).map(({ fingerprint }) => String(fingerprint));
}

/** See `Journal.names`. Where the digits are the same, the older name says nothing more. */
export function selectNames(database: Database): readonly string[] {
  const former = database.rows('SELECT name FROM former_names WHERE substr(name, 4) <> substr(fingerprint, 4)');
  return [...selectFingerprints(database), ...former.map(({ name }) => String(name))];
}

/** See `Journal.waiting`. */
export function selectWaiting(database: Database, limit: number): readonly string[] {
  return database.rows(INCIDENT_QUERIES.waiting, [limit]).map(({ fingerprint }) => String(fingerprint));
}

/** One incident without its sample, the one big column: the caller has that already. */
export function selectStanding(database: Database, fingerprint: string): Row | undefined {
  return database.rows(
    `SELECT fingerprint, title, count, first_source, first_line, first_offset, first_time,
            last_source, last_line, last_offset, last_time, state, reason, attempts, last_attempt_at, ${FORMERLY}
       FROM incidents WHERE fingerprint = ?`,
    [fingerprint],
  )[0];
}

export function selectSample(database: Database, fingerprint: string): ErrorEvent {
  return sampleOf(database.rows('SELECT sample FROM incidents WHERE fingerprint = ?', [fingerprint])[0]!);
}

export function incidentOf(row: Row, sample: ErrorEvent): Incident {
  return {
    fingerprint: String(row.fingerprint),
    ...defined({ formerly: formerlyOf(row) }),
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
    attempts: Number(row.attempts),
    lastAttemptAt: row.last_attempt_at as string | null,
  };
}

function sampleOf(row: Row): ErrorEvent {
  return JSON.parse(unpackText(row.sample!)) as ErrorEvent;
}

const PLACE = `INSERT INTO checkpoints (source, stream, token, line, counted, stored_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (source, stream) DO UPDATE SET
       token = excluded.token, line = excluded.line, counted = excluded.counted, stored_at = excluded.stored_at`;

const SEEN_AGAIN = `UPDATE incidents SET count = count + ?, last_source = ?, last_line = ?, last_offset = ?, last_time = ?, counted_at = ?
        WHERE fingerprint = ?`;

const SEEN_FIRST = `INSERT INTO incidents (fingerprint, title, count, first_source, first_line, first_offset, first_time,
       last_source, last_line, last_offset, last_time, state, reason, attempts, last_attempt_at, sample, counted_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'new', NULL, 0, NULL, ?, ?)`;

/** Which statements of reading stand for several of their kind; the places are those of the parameters. */
export const MERGINGS: ReadonlyMap<string, Merging> = new Map([
  [PLACE, { key: [0, 1], sums: [] }],
  [SEEN_AGAIN, { key: [6], sums: [0] }],
]);

function applyCheckpoint(database: Database, { position, counted, line }: Checkpoint, now: string): void {
  const { source, stream, token } = position;
  const known = database.rows('SELECT 1 AS known FROM checkpoints WHERE source = ? AND stream = ?', [source, stream]).length > 0;
  database.run(PLACE, [source, stream, token, line ?? null, JSON.stringify(counted), now]);
  if (!known) forgetOldStreams(database, source);
}

function forgetOldStreams(database: Database, source: string): void {
  database.run(
    `DELETE FROM checkpoints WHERE source = ?1 AND stream NOT IN
       (SELECT stream FROM checkpoints WHERE source = ?1 ORDER BY stored_at DESC, stream LIMIT ?2)`,
    [source, STREAMS_PER_SOURCE],
  );
}

/** The first occurrence and its sample stay; the last one is the one recorded last. @returns whether the incident is new */
function applySighting(database: Database, sighting: Sighting, now: string): boolean {
  const { fingerprint, title, count, first, last } = sighting;
  const seen = database.rows('SELECT 1 AS seen FROM incidents WHERE fingerprint = ?', [fingerprint]).length > 0;
  if (seen || adopt(database, sighting)) {
    database.run(SEEN_AGAIN, [count, last.source, last.line, last.offset, last.time, now, fingerprint]);
    return false;
  }
  database.run(SEEN_FIRST, [
    ...[fingerprint, title, count],
    ...[first.source, first.line, first.offset, first.time],
    ...[last.source, last.line, last.offset, last.time],
    ...[packText(JSON.stringify(sighting.sample)), now],
  ]);
  return true;
}

function occurrenceOf(row: Row, end: 'first' | 'last'): Occurrence {
  return {
    source: String(row[`${end}_source`]),
    line: Number(row[`${end}_line`]),
    offset: Number(row[`${end}_offset`]),
    time: String(row[`${end}_time`]),
  };
}
