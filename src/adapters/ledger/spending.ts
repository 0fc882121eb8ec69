// What the budgets of the policy are judged by, in SQL: everybody who repairs the same repository with this
// file is counted, and nobody else: each repository has its own `policy`.
import type { Budget } from '../../core/policy/decide.ts';
import { TRACE_STATES, type TraceState } from '../../core/tables.ts';
import type { Queried } from './disk/sqlite.ts';
import type { Scope } from './identity/repositories.ts';

export const NOTHING_SPENT: Budget = {
  repairsLastHour: 0,
  repairsLastDay: 0,
  usdLastDay: 0,
  consecutiveFailures: 0,
  lastFailureAt: null,
  openRequests: 0,
};

/** Clocks of boxes that share a ledger differ by this much at the most. */
const CLOCK_SLACK_MS = 60_000;

/** Failures are counted up to this many: no sensible limit is higher. */
const MOST_FAILURES = 1000;

/** What was left to others, or ended by what is wrong with the machine, before anything was spent: a look, not a repair. */
const LEFT_ALONE = `((cost_usd IS NULL AND coalesce(json_extract(outcome, '$.outcome'), '') = 'skipped')
  OR coalesce(json_extract(outcome, '$.ofMachine'), 0) = 1)`;

/** Repairs that began in the last hour and day, whatever became of them, and the failures since the last one that did not fail. */
export function selectSpending(database: Queried, { id }: Scope, now: Date): Budget {
  const ago = (hours: number): string => new Date(now.getTime() - hours * 3_600_000).toISOString();
  // What began later than now began under a wrong clock, and would count until that time has come.
  const soon = new Date(now.getTime() + CLOCK_SLACK_MS).toISOString();
  const row = database.rows(
    // A trace that went on may have paid today what it began yesterday.
    `SELECT count(*) FILTER (WHERE started_at > ?1 AND started_at < ?3 AND NOT ${LEFT_ALONE}) AS hour,
            count(*) FILTER (WHERE started_at > ?2 AND started_at < ?3 AND NOT ${LEFT_ALONE}) AS day, total(cost_usd) AS usd
       FROM traces WHERE repository = ?4 AND (started_at > ?2 OR (resumes > 0 AND ended_at > ?2))`,
    [ago(1), ago(24), soon, id],
  )[0];
  const open = database.rows("SELECT count(*) AS open FROM traces WHERE state = 'proposed' AND follows IS NULL AND repository = ?", [
    id,
  ])[0];
  return {
    repairsLastHour: Number(row?.hour),
    repairsLastDay: Number(row?.day),
    usdLastDay: Number(row?.usd),
    openRequests: Number(open?.open),
    ...failures(database, id),
  };
}

/** What an ending says of whether repairs work: what was skipped or cut off nothing, a refusal that they do. */
const SAYS: Readonly<Record<TraceState, 'works' | 'fails' | 'nothing'>> = {
  running: 'nothing',
  proposed: 'works',
  issued: 'works',
  declined: 'works',
  merged: 'works',
  closed: 'works',
  confirmed: 'works',
  regressed: 'works',
  refused: 'works',
  failed: 'fails',
  skipped: 'nothing',
  interrupted: 'nothing',
};

const SILENT = TRACE_STATES.filter((state) => SAYS[state] === 'nothing');

function failures(database: Queried, repository: string): Pick<Budget, 'consecutiveFailures' | 'lastFailureAt'> {
  const rows = database.rows(
    `SELECT state, ended_at FROM traces
      WHERE repository = ? AND ended_at IS NOT NULL AND coalesce(json_extract(outcome, '$.ofMachine'), 0) = 0 AND state NOT IN (${SILENT.map(() => '?').join(', ')})
      ORDER BY ended_at DESC LIMIT ?`,
    [repository, ...SILENT, MOST_FAILURES],
  );
  const other = rows.findIndex(({ state }) => SAYS[state as TraceState] !== 'fails');
  const failed = other < 0 ? rows : rows.slice(0, other);
  return { consecutiveFailures: failed.length, lastFailureAt: failed[0] === undefined ? null : String(failed[0].ended_at) };
}
