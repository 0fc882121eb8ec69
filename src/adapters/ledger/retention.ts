// What the ledger forgets, so that a file that is held in memory as a whole stays small. Incidents and their counts are
// never forgotten; traces are, oldest first.
import type { Database } from './sqlite.ts';

export interface Retention {
  readonly days: number;
  readonly maxTraces: number;
}

const TRACES_PER_INCIDENT = 20;

/** Sources come and go (one file per container): the checkpoints stored longest ago go first. */
const MAX_CHECKPOINTS = 10_000;

/**
 * Deletes traces beyond the limits, and checkpoints beyond theirs. Traces of the last day stay whatever the limits say,
 * because the budgets of the policy are judged by them, and so do running ones.
 * @returns whether anything was deleted
 */
export function prune(database: Database, retention: Retention, now: Date): boolean {
  const daysAgo = (days: number): string => new Date(now.getTime() - days * 86_400_000).toISOString();
  const old = database.rows(
    `SELECT id FROM (
       SELECT id, state, started_at,
              row_number() OVER (ORDER BY started_at DESC) AS place,
              row_number() OVER (PARTITION BY fingerprint ORDER BY started_at DESC) AS place_in_incident
         FROM traces)
      WHERE state <> 'running' AND started_at < ?1 AND (started_at < ?2 OR place > ?3 OR place_in_incident > ?4)`,
    [daysAgo(1), daysAgo(retention.days), retention.maxTraces, TRACES_PER_INCIDENT],
  );
  for (const { id } of old) {
    database.run('DELETE FROM kept WHERE trace = ?', [id!]);
    database.run('DELETE FROM bodies WHERE trace = ?', [id!]);
    database.run('DELETE FROM steps WHERE trace = ?', [id!]);
    database.run('DELETE FROM traces WHERE id = ?', [id!]);
  }
  return pruneCheckpoints(database) || old.length > 0;
}

/** Gives freed pages back: DELETE alone never makes the file smaller. Not inside a transaction. */
export function compact(database: Database): void {
  const free = Number(database.rows('PRAGMA freelist_count')[0]?.freelist_count);
  const all = Number(database.rows('PRAGMA page_count')[0]?.page_count);
  if (free * 10 > all) database.run('VACUUM');
}

function pruneCheckpoints(database: Database): boolean {
  const count = Number(database.rows('SELECT count(*) AS n FROM checkpoints')[0]?.n);
  if (count <= MAX_CHECKPOINTS) return false;
  database.run(
    `DELETE FROM checkpoints WHERE (source, generation) IN
       (SELECT source, generation FROM checkpoints ORDER BY stored_at LIMIT ?)`,
    [count - MAX_CHECKPOINTS],
  );
  return true;
}
