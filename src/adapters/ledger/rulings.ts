// What people say of an incident, in SQL: that it is to be left alone, or judged as if nothing had been tried.
import type { Ignored } from '../../core/model.ts';
import type { Database } from './disk/sqlite.ts';
import type { Scope } from './identity/repositories.ts';

/** States that say nothing but what was decided or tried so far. */
const UNDONE = `('waiting', 'skipped', 'failed', 'refused', 'declined')`;

/** What is not repaired already shows at once that it never will be; taken back, it is judged as if it were new. */
export function ignoreIncident(database: Database, { id }: Scope, fingerprint: string, ignored: Ignored | null): boolean {
  const those = [fingerprint, id] as const;
  if (database.rows('SELECT 1 FROM incidents WHERE fingerprint = ? AND repository = ?', those).length === 0) return false;
  database.run('UPDATE incidents SET ignored = ? WHERE fingerprint = ? AND repository = ?', [
    ...[ignored === null ? null : JSON.stringify(ignored), ...those],
  ]);
  database.run(
    ignored === null
      ? `UPDATE incidents SET state = 'new', reason = NULL WHERE reason = 'ignored' AND fingerprint = ? AND repository = ?`
      : `UPDATE incidents SET state = 'skipped', reason = 'ignored' WHERE state IN ('new', 'waiting', 'skipped') AND fingerprint = ? AND repository = ?`,
    those,
  );
  return true;
}

export function resetIncident(database: Database, { id }: Scope, fingerprint: string): 'done' | 'running' {
  const those = [fingerprint, id] as const;
  const [known] = database.rows('SELECT state FROM incidents WHERE fingerprint = ? AND repository = ?', those);
  if (known?.state === 'repairing') return 'running';
  database.run(
    `UPDATE incidents SET attempts = 0, last_attempt_at = NULL,
       reason = CASE WHEN state IN ${UNDONE} THEN NULL ELSE reason END, state = CASE WHEN state IN ${UNDONE} THEN 'new' ELSE state END
     WHERE fingerprint = ? AND repository = ?`,
    those,
  );
  return 'done';
}
