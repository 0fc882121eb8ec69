// Traces, their steps and the lease on a fingerprint, in SQL. A lease is a running trace whose owner lives.

import type { FixMode, Follows, IncidentState, Outcome, Sequel, StepRecord, Trace, TraceState } from '../../core/model.ts';
import { incidentAfter, isFollowed, reasonAfter } from '../../core/policy/lifecycle.ts';
import { fail } from '../../errors.ts';
import { lifeOf, type Owner, parseOwner } from '../../platform/lock-owner.ts';
import type { TraceFilter, TraceStart, TraceStore } from '../../ports.ts';
import type { Database, Queried, Row } from './disk/sqlite.ts';
import { NAMED } from './identity/former-names.ts';
import { ensureRepository, type Reach, repositoryColumn, repositoryOf, type Scope, within } from './identity/repositories.ts';
import { selectDeliveriesOf } from './outbox.ts';
import { forgetFrom, forgetIncident } from './step-results.ts';

export interface TraceEnding {
  readonly outcome: Outcome;
  readonly state: TraceState;
  readonly endedAt: string;
  readonly diff: string;
  readonly summary: string;
}

/** A diff or a summary beyond this many characters is cut, with a mark: the file is held in memory as a whole. */
export const BODY_LIMIT = 262_144;

/** An owner on another host cannot be asked. Its repair is left alone for as long as one may take, counted from its last step. */
const FOREIGN_STALE_MS = 2 * 3_600_000;

/** Opens a trace, or opens one again that was interrupted or has failed. An interrupted one was counted as an attempt already. */
export function beginTrace(database: Database, scope: Scope, start: TraceStart, me: Owner, now: Date): 'begun' | 'taken' {
  interruptOrphans(database, now);
  const running = selectRunning(database).filter((row) => row.fingerprint === start.fingerprint && row.repository === scope.id);
  if (running.some((row) => row.id !== start.id || tokenOf(row) !== me.token)) return 'taken';
  const isAttempt = database.rows(`SELECT 1 FROM traces WHERE id = ? AND state <> 'failed'`, [start.id]).length === 0;
  ensureRepository(database, scope);
  database.run(
    `INSERT INTO traces (id, fingerprint, title, mode, state, started_at, owner, repository, follows)
     VALUES (?, ?, ?, ?, 'running', ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET state = 'running', ended_at = NULL, owner = excluded.owner, outcome = NULL,
       resumes = resumes + 1`,
    [
      ...[start.id, start.fingerprint, start.title, start.mode, start.startedAt, JSON.stringify(me), scope.id],
      start.follows === undefined ? null : JSON.stringify(start.follows),
    ],
  );
  if (start.follows !== undefined) return 'begun';
  database.run(
    `UPDATE incidents SET state = 'repairing', reason = NULL, attempts = attempts + ?, last_attempt_at = coalesce(?, last_attempt_at)
      WHERE fingerprint = ? AND repository = ?`,
    [isAttempt ? 1 : 0, isAttempt ? start.startedAt : null, start.fingerprint, scope.id],
  );
  return 'begun';
}

/** @throws AiOpsError `trace-not-found` */
export function writeStep(database: Database, trace: string, step: StepRecord): void {
  requireTrace(database, trace);
  if (step.outcome === 'running') forgetFrom(database, trace, step.name);
  database.run(
    `INSERT INTO steps (trace, position, name, started_at, ended_at, duration_ms, outcome, summary, error)
     VALUES (?1, (SELECT count(*) FROM steps WHERE trace = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8)
     ON CONFLICT (trace, name) DO UPDATE SET started_at = excluded.started_at, ended_at = excluded.ended_at,
       duration_ms = excluded.duration_ms, outcome = excluded.outcome, summary = excluded.summary, error = excluded.error`,
    [
      ...[trace, step.name, step.startedAt, step.endedAt, step.durationMs, step.outcome, step.summary],
      step.error ? JSON.stringify(step.error) : null,
    ],
  );
}

/** @throws AiOpsError `trace-not-found` */
export function endTrace(database: Database, trace: string, ending: TraceEnding): void {
  const { fingerprint, repository, isFollowUp } = requireTrace(database, trace);
  const { outcome, state } = ending;
  database.run('UPDATE traces SET state = ?, ended_at = ?, cost_usd = ?, owner = NULL, outcome = ? WHERE id = ?', [
    ...[state, ending.endedAt, outcome.costUsd, JSON.stringify(outcome), trace],
  ]);
  database.run('INSERT OR REPLACE INTO bodies (trace, summary, diff) VALUES (?, ?, ?)', [
    trace,
    capped(ending.summary),
    capped(ending.diff),
  ]);
  if (!isFollowUp) {
    database.run('UPDATE incidents SET state = ?, reason = ? WHERE fingerprint = ? AND repository = ?', [
      ...[isNoAttempt(outcome) ? 'waiting' : incidentAfter(state), outcome.code, fingerprint, repository],
    ]);
    if (isNoAttempt(outcome)) uncount(database, repository, fingerprint, trace);
  }
  if (forgetsKept(state)) forgetIncident(database, repository, fingerprint);
}

/** Nothing goes on from here: what was kept for a resume goes. */
export function forgetsKept(state: TraceState): boolean {
  return state !== 'failed' && state !== 'interrupted';
}

/** Left to another box, or ended by what is wrong with the machine. */
const isNoAttempt = ({ until, ofMachine }: Outcome): boolean => until !== undefined || ofMachine === true;

/** See `TraceStore.follow`. */
export function followTrace(database: Database, trace: string, change: Parameters<TraceStore['follow']>[1]): boolean {
  const row = database.rows('SELECT fingerprint, repository, outcome FROM traces WHERE id = ? AND state = ?', [trace, change.from])[0];
  if (row === undefined || row.outcome === null) return false;
  const outcome = {
    ...(JSON.parse(String(row.outcome)) as Outcome),
    ...(change.request ? { request: change.request } : {}),
    ...(change.issue ? { issue: change.issue } : {}),
  };
  database.run('UPDATE traces SET state = ?, outcome = ?, sequel = ? WHERE id = ?', [
    ...[change.state, JSON.stringify(outcome), JSON.stringify(change.sequel), trace],
  ]);
  if (change.from === change.state) return true;
  const incident = [String(row.fingerprint), String(row.repository)] as const;
  const rows = database.rows(
    'SELECT id, state FROM traces WHERE fingerprint = ? AND repository = ? AND follows IS NULL ORDER BY started_at DESC, rowid DESC',
    incident,
  );
  const isNewest = rows.find(({ state }) => isFollowed(state as TraceState))?.id === trace;
  const [known] = database.rows('SELECT state FROM incidents WHERE fingerprint = ? AND repository = ?', incident);
  if (!isNewest || known === undefined || !isFollowed(known.state as IncidentState)) return true;
  database.run('UPDATE incidents SET state = ?, reason = ? WHERE fingerprint = ? AND repository = ?', [
    ...[incidentAfter(change.state), reasonAfter(change.state, change.sequel), ...incident],
  ]);
  return true;
}

/** Left to another box, it was no attempt of ours; nor does what was cut off before hold back the next look. */
function uncount(database: Database, repository: string, fingerprint: string, trace: string): void {
  database.run(
    `UPDATE incidents SET attempts = max(0, attempts - 1),
       last_attempt_at = (SELECT max(started_at) FROM traces
         WHERE fingerprint = ?1 AND repository = ?3 AND id <> ?2 AND follows IS NULL AND state NOT IN ('skipped', 'interrupted')
         AND coalesce(json_extract(outcome, '$.ofMachine'), 0) = 0)
     WHERE fingerprint = ?1 AND repository = ?3`,
    [fingerprint, trace, repository],
  );
}

/** Marks what dead processes, and the holder `leaving`, were running. */
export function interruptOrphans(database: Database, now: Date, leaving?: Owner): void {
  const orphans = selectRunning(database).filter((row) => !isHeld(row, now) || (leaving && tokenOf(row) === leaving.token));
  for (const { id, fingerprint, repository } of orphans) {
    database.run(`UPDATE traces SET state = 'interrupted', owner = NULL WHERE id = ?`, [id!]);
    database.run(`UPDATE steps SET outcome = 'interrupted' WHERE trace = ? AND outcome = 'running'`, [id!]);
    database.run(
      `UPDATE incidents SET state = ?, reason = 'interrupted' WHERE fingerprint = ? AND repository = ? AND state = 'repairing'`,
      [...[incidentAfter('interrupted'), fingerprint!, repository!]],
    );
  }
}

/** Whether `me` has a trace that has not ended. */
export function isRunningOne(database: Database, me: Owner): boolean {
  return selectRunning(database).some((row) => tokenOf(row) === me.token);
}

/** Newest first. A brief listing reads the short rows of `traces` only. */
export function selectTraces(database: Queried, reach: Reach, filter: TraceFilter): readonly Trace[] {
  const { fingerprint, state, trace, since, limit = -1 } = filter;
  const tests = [
    // First: it numbers its parameter.
    ...(fingerprint === undefined ? [] : [[`fingerprint = ${NAMED}`, fingerprint]]),
    // An id is of one trace, whoever asks.
    ...(trace ? [] : [within(reach)]),
    ...(state === undefined ? [] : [['state = ?', state]]),
    ...(trace ? [['id = ?', trace]] : []),
    ...(since ? [['started_at >= ?', since]] : []),
  ] as const;
  const where = tests.length === 0 ? '' : `WHERE ${tests.map(([test]) => test).join(' AND ')}`;
  const values = tests.flatMap(([, ...those]) => those);
  return database
    .rows(`SELECT *, ${repositoryColumn('traces')} FROM traces ${where} ORDER BY started_at DESC, rowid DESC LIMIT ?`, [...values, limit])
    .map((row) => traceOf(row, filter.brief ? undefined : database));
}

function selectRunning(database: Database): readonly Row[] {
  return database.rows(
    `SELECT id, fingerprint, repository, owner,
            max(started_at, coalesce((SELECT max(coalesce(ended_at, started_at)) FROM steps WHERE trace = id), '')) AS touched_at
       FROM traces WHERE state = 'running'`,
  );
}

function isHeld(row: Row, now: Date): boolean {
  const owner = parseOwner(String(row.owner));
  if (owner === undefined) return false;
  const life = lifeOf(owner);
  return life === 'unknown' ? now.getTime() - Date.parse(String(row.touched_at)) < FOREIGN_STALE_MS : life === 'alive';
}

function tokenOf(row: Row): string | undefined {
  return parseOwner(String(row.owner))?.token;
}

/** @returns the incident that it is of */
function requireTrace(
  database: Database,
  trace: string,
): { readonly fingerprint: string; readonly repository: string; readonly isFollowUp: boolean } {
  const row = database.rows('SELECT fingerprint, repository, follows FROM traces WHERE id = ?', [trace])[0];
  if (row === undefined) throw fail('trace-not-found', { trace });
  return { fingerprint: String(row.fingerprint), repository: String(row.repository), isFollowUp: row.follows !== null };
}

function traceOf(row: Row, database: Queried | undefined): Trace {
  const id = String(row.id);
  const body = database?.rows('SELECT summary, diff FROM bodies WHERE trace = ?', [id])[0];
  const deliveries = database ? selectDeliveriesOf(database, id) : [];
  return {
    ...(row.outcome === null ? unended(row) : (JSON.parse(String(row.outcome)) as Outcome)),
    trace: id,
    fingerprint: String(row.fingerprint),
    ...repositoryOf(row),
    title: String(row.title),
    state: row.state as TraceState,
    startedAt: String(row.started_at),
    endedAt: row.ended_at as string | null,
    mode: row.mode as FixMode,
    diff: String(body?.diff ?? ''),
    summary: String(body?.summary ?? ''),
    steps: database ? selectSteps(database, id) : [],
    ...(Number(row.resumes) > 0 ? { resumes: Number(row.resumes) } : {}),
    ...(deliveries.length > 0 ? { deliveries } : {}),
    ...(row.sequel === null ? {} : { sequel: JSON.parse(String(row.sequel)) as Sequel }),
    ...(row.follows == null ? {} : { follows: { ...NOT_SAID, ...(JSON.parse(String(row.follows)) as Follows) } }),
  };
}

/** Older versions answered nothing but people. */
const NOT_SAID: Pick<Follows, 'cause'> = { cause: 'asks' };

/** The outcome of a trace that has none: it runs, or was interrupted. */
function unended(row: Row): Outcome {
  const interrupted = row.state === 'interrupted';
  return {
    trace: String(row.id),
    fingerprint: String(row.fingerprint),
    outcome: 'failed',
    reason: interrupted ? 'interrupted before its end' : 'not ended yet',
    code: interrupted ? 'interrupted' : null,
    branch: null,
    commit: null,
    request: null,
    proof: null,
    files: [],
    guard: [],
    costUsd: row.cost_usd as number | null,
    turns: null,
    durationMs: 0,
    modelMs: null,
  };
}

function selectSteps(database: Queried, trace: string): readonly StepRecord[] {
  return database.rows('SELECT * FROM steps WHERE trace = ? ORDER BY position', [trace]).map((row) => ({
    name: row.name as StepRecord['name'],
    startedAt: String(row.started_at),
    endedAt: row.ended_at as string | null,
    durationMs: row.duration_ms as number | null,
    outcome: row.outcome as StepRecord['outcome'],
    summary: String(row.summary),
    ...(row.error === null ? {} : { error: JSON.parse(String(row.error)) as NonNullable<StepRecord['error']> }),
  }));
}

function capped(text: string): string {
  const over = text.length - BODY_LIMIT;
  return over <= 0 ? text : `${text.slice(0, BODY_LIMIT)}\n[${over} characters left out]\n`;
}
