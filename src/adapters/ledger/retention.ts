// What the ledger forgets, so that it stays small whatever a log says: traces, oldest first, and incidents that nothing
// was ever done about. What a person or a repair has left is never forgotten with its incident.
import type { Database } from './disk/sqlite.ts';

export interface Retention {
  /** Of traces. */
  readonly days: number;
  readonly maxTraces: number;
  /** Of incidents that were seen once and never again. */
  readonly incidentDays: number;
  readonly maxIncidents: number;
}

const TRACES_PER_INCIDENT = 20;

/** Sources come and go (one file per container): the checkpoints stored longest ago go first. */
const MAX_CHECKPOINTS = 10_000;

/**
 * Deletes traces beyond the limits, and checkpoints beyond theirs. Traces of the last day stay whatever the limits say,
 * because the budgets of the policy are judged by them, and so do running ones.
 */
export function prune(database: Database, retention: Retention, now: Date): void {
  const daysAgo = (days: number): string => new Date(now.getTime() - days * 86_400_000).toISOString();
  const old = database.rows(
    `SELECT id FROM (
       SELECT id, state, started_at,
              row_number() OVER (ORDER BY started_at DESC) AS place,
              row_number() OVER (PARTITION BY repository, fingerprint ORDER BY started_at DESC) AS place_in_incident
         FROM traces)
      WHERE state <> 'running' AND started_at < ?1 AND (started_at < ?2 OR place > ?3 OR place_in_incident > ?4)`,
    [daysAgo(1), daysAgo(retention.days), retention.maxTraces, TRACES_PER_INCIDENT],
  );
  forgetTraces(
    database,
    old.map(({ id }) => String(id)),
  );
  forgetIncidents(database, retention, daysAgo(retention.incidentDays));
  pruneCheckpoints(database);
}

/** With all that is kept of them; running ones stay. */
export function forgetTraces(database: Database, ids: readonly string[]): void {
  for (const id of ids) {
    if (database.rows(`SELECT 1 FROM traces WHERE id = ? AND state <> 'running'`, [id]).length === 0) continue;
    database.run('DELETE FROM kept WHERE trace = ?', [id]);
    database.run('DELETE FROM bodies WHERE trace = ?', [id]);
    database.run('DELETE FROM steps WHERE trace = ?', [id]);
    database.run('DELETE FROM traces WHERE id = ?', [id]);
  }
}

/** Nothing was begun, proposed, closed or said about it: seen again, it would be the same new incident. */
const UNTOUCHED = `state IN ('new', 'waiting', 'skipped') AND attempts = 0
  AND NOT EXISTS (SELECT 1 FROM traces WHERE traces.fingerprint = incidents.fingerprint AND traces.repository = incidents.repository)
  AND ignored IS NULL`;

/**
 * Forgets what was seen once, long ago, and what is beyond the number: first what was seen once, then what was seen last
 * the longest ago, of the repository that has the most. Each part reads the beginning of an index.
 */
function forgetIncidents(database: Database, { maxIncidents }: Retention, before: string): void {
  const excess = (): number => Number(database.rows('SELECT count(*) AS n FROM incidents')[0]?.n) - maxIncidents;
  // No more than were ever added: read from the end of the table, where counting them would read a whole index.
  const most = Number(database.rows('SELECT max(rowid) AS n FROM incidents')[0]?.n);
  database.run(`DELETE FROM incidents WHERE count = 1 AND counted_at < ? AND ${UNTOUCHED}`, [before]);
  if (most <= maxIncidents || excess() <= 0) return;
  forgetFirst(database, ['count = 1'], 'counted_at', excess());
  const repositories = database.rows('SELECT repository FROM incidents GROUP BY repository ORDER BY count(*) DESC');
  for (const { repository } of repositories) forgetFirst(database, ['repository = ?', String(repository)], 'last_time', excess());
}

function forgetFirst(database: Database, [where, ...values]: readonly [string, ...string[]], order: string, number: number): void {
  if (number <= 0) return;
  const those = `SELECT rowid FROM incidents WHERE ${where} AND ${UNTOUCHED} ORDER BY ${order} LIMIT ?`;
  database.run(`DELETE FROM incidents WHERE rowid IN (${those})`, [...values, number]);
}

function pruneCheckpoints(database: Database): void {
  const count = Number(database.rows('SELECT count(*) AS n FROM checkpoints')[0]?.n);
  if (count <= MAX_CHECKPOINTS) return;
  database.run(
    `DELETE FROM checkpoints WHERE (repository, source, stream) IN
       (SELECT repository, source, stream FROM checkpoints ORDER BY stored_at LIMIT ?)`,
    [count - MAX_CHECKPOINTS],
  );
}
