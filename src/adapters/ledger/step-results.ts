// What steps leave for a resume, in SQL. Exact, and therefore short-lived: it goes with the good ending of its incident,
// when its step begins again, and with its trace. `secure_delete` (see `load.ts`) leaves nothing of it in the file.
import type { StepName } from '../../core/model.ts';
import type { Kept } from '../../ports.ts';
import type { Database } from './disk/sqlite.ts';

export function writeKept(database: Database, trace: string, step: StepName, { value, costUsd }: Kept): void {
  database.run('INSERT OR REPLACE INTO kept (trace, step, value) VALUES (?, ?, ?)', [trace, step, value]);
  // Known now, so that the budgets count it even when the trace never comes to its end.
  database.run('UPDATE traces SET cost_usd = coalesce(?, cost_usd) WHERE id = ?', [costUsd, trace]);
}

export function selectKept(database: Database, trace: string): ReadonlyMap<StepName, string> {
  const rows = database.rows('SELECT step, value FROM kept WHERE trace = ?', [trace]);
  return new Map(rows.map(({ step, value }) => [step as StepName, String(value)]));
}

/** A step begins again: what was kept of it, and the steps that came after it, were made from what it now replaces. */
export function forgetFrom(database: Database, trace: string, step: StepName): void {
  const position = database.rows('SELECT position FROM steps WHERE trace = ? AND name = ?', [trace, step])[0]?.position;
  if (position === undefined) return;
  database.run('DELETE FROM kept WHERE trace = ?1 AND step IN (SELECT name FROM steps WHERE trace = ?1 AND position >= ?2)', [
    trace,
    position,
  ]);
  database.run('DELETE FROM steps WHERE trace = ? AND position > ?', [trace, position]);
}

/** Forgets all that is kept of an incident's traces. */
export function forgetIncident(database: Database, repository: string, fingerprint: string): void {
  database.run('DELETE FROM kept WHERE trace IN (SELECT id FROM traces WHERE fingerprint = ? AND repository = ?)', [
    fingerprint,
    repository,
  ]);
}
