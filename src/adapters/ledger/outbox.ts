// The outbox in SQL: messages that are to go out, who is sending them, and what became of them. Sends nothing.
// A message that a process was sending when it died may have been delivered: it is never taken again.
import type { DeliveryRecord, DeliveryState } from '../../core/model.ts';
import { LOST_WITH_PROCESS } from '../../core/policy/retries.ts';
import { lifeOf, type Owner, parseOwner } from '../../platform/lock-owner.ts';
import type { DeliveryEnding, Message, NewMessage, TakenMessage } from '../../ports.ts';
import type { Database, Queried, Row } from './disk/sqlite.ts';
import { type Reach, type Scope, within } from './identity/repositories.ts';

/** Its sender on another machine cannot be asked; a try takes minutes at most. */
const FOREIGN_STALE_MS = 3_600_000;

/** Messages that have come to their end are kept for as many days as a person may ask. */
const KEPT_DAYS = 30;

const HOUR_MS = 3_600_000;

const OPEN_STATES = `('queued', 'sending', 'held')`;

/** Messages of one repository are sent by whoever watches it: the mail server is the one of its configuration. */
export function putMessages(database: Database, { id: repository }: Scope, messages: readonly NewMessage[]): void {
  for (const message of messages) {
    if (known(database, repository, message)) continue;
    const isHeld = message.kind !== 'digest' && lately(database, repository, message) >= message.perHour;
    const { text, html, patch } = message;
    database.run(
      `INSERT INTO deliveries (id, notifier, kind, trace, fingerprint, delivery_id, recipients, subject, line, content, state, tries,
         created_at, due_at, changed_at, detail, repository)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, ?12, ?13, ?12, '', ?14)`,
      [
        ...[
          message.id,
          message.notifier,
          message.kind,
          message.trace,
          message.fingerprint,
          message.deliveryId,
          JSON.stringify(message.recipients),
        ],
        ...[message.subject, message.line, JSON.stringify({ text, html, patch }), isHeld ? 'held' : 'queued', message.createdAt],
        isHeld ? message.digestAt : message.createdAt,
        repository,
      ],
    );
  }
}

function known(database: Database, repository: string, { id, notifier }: Pick<Message, 'id' | 'notifier'>): boolean {
  return database.rows('SELECT 1 FROM deliveries WHERE repository = ? AND id = ? AND notifier = ?', [repository, id, notifier]).length > 0;
}

/** Messages that went out one by one within the hour before. */
function lately(database: Database, repository: string, { notifier, createdAt }: NewMessage): number {
  const since = new Date(Date.parse(createdAt) - HOUR_MS).toISOString();
  const sql = `SELECT count(*) AS n FROM deliveries
                WHERE repository = ? AND notifier = ? AND created_at > ? AND kind <> 'digest' AND state NOT IN ('held', 'gathered')`;
  return Number(database.rows(sql, [repository, notifier, since])[0]?.n);
}

/** Whether `takeMessage` would find or change anything: asked often, and reads only. */
export function isMessageToTake(database: Database, scope: Scope, now: Date, notifier: string, trace?: string): boolean {
  return dueRows(database, scope, now, notifier, trace).length > 0 || deadRows(database, now).length > 0;
}

export function takeMessage(
  database: Database,
  scope: Scope,
  now: Date,
  me: Owner,
  notifier: string,
  trace?: string,
): TakenMessage | undefined {
  loseMessages(database, now);
  const [due] = dueRows(database, scope, now, notifier, trace);
  if (due === undefined) return undefined;
  database.run(`UPDATE deliveries SET state = 'sending', owner = ?, changed_at = ? WHERE id = ? AND notifier = ? AND repository = ?`, [
    ...[JSON.stringify(me), now.toISOString(), due.id!, due.notifier!, scope.id],
  ]);
  return { ...recordOf(due), ...(JSON.parse(String(due.content)) as Pick<Message, 'text' | 'html' | 'patch'>) };
}

function dueRows(database: Database, { id }: Scope, now: Date, notifier: string, trace?: string): readonly Row[] {
  const narrowed = trace === undefined ? '' : 'AND trace = ?4';
  return database.rows(
    `SELECT * FROM deliveries WHERE state = 'queued' AND due_at <= ?1 AND notifier = ?2 AND repository = ?3 ${narrowed}
      ORDER BY created_at, rowid LIMIT 1`,
    [now.toISOString(), notifier, id, ...(trace === undefined ? [] : [trace])],
  );
}

/** Says of what dead processes, and the holder `leaving`, were sending that nobody can know. */
export function loseMessages(database: Database, now: Date, leaving?: Owner): void {
  const lost = deadRows(database, now, leaving);
  for (const { id, notifier, repository } of lost) {
    const ending = { state: 'uncertain', detail: LOST_WITH_PROCESS, at: now.toISOString(), isTry: true } as const;
    settleMessage(database, { id: String(id), notifier: String(notifier), repository: String(repository) }, ending);
  }
}

/** Whether `me` is sending one. */
export function isSendingOne(database: Database, me: Owner): boolean {
  const owners = database.rows(`SELECT owner FROM deliveries WHERE state = 'sending'`);
  return owners.some(({ owner }) => parseOwner(String(owner))?.token === me.token);
}

function deadRows(database: Database, now: Date, leaving?: Owner): readonly Row[] {
  return database.rows(`SELECT id, notifier, repository, owner, changed_at FROM deliveries WHERE state = 'sending'`).filter((row) => {
    const owner = parseOwner(String(row.owner));
    if (owner === undefined || owner.token === leaving?.token) return true;
    const life = lifeOf(owner);
    return life === 'unknown' ? now.getTime() - Date.parse(String(row.changed_at)) > FOREIGN_STALE_MS : life === 'dead';
  });
}

export function settleMessage(
  database: Database,
  { id, notifier, repository }: Pick<Message, 'id' | 'notifier'> & { readonly repository: string },
  ending: DeliveryEnding,
): void {
  const { state, detail, at, dueAt, recipients, isTry } = ending;
  database.run(
    `UPDATE deliveries SET state = ?1, detail = ?2, changed_at = ?3, owner = NULL, tries = tries + ?4, due_at = coalesce(?5, due_at),
       recipients = coalesce(?6, recipients), content = CASE WHEN ?1 = 'queued' THEN content ELSE NULL END
     WHERE id = ?7 AND notifier = ?8 AND repository = ?9`,
    [state, detail, at, isTry ? 1 : 0, dueAt ?? null, recipients ? JSON.stringify(recipients) : null, id, notifier, repository],
  );
}

export function gatherMessages(database: Database, scope: Scope, digest: NewMessage, ids: readonly string[]): void {
  const isHeld = (id: string): boolean =>
    database.rows(`SELECT 1 FROM deliveries WHERE repository = ? AND id = ? AND notifier = ? AND state = 'held'`, [
      ...[scope.id, id, digest.notifier],
    ]).length > 0;
  if (!ids.every(isHeld)) return;
  putMessages(database, scope, [digest]);
  for (const id of ids) {
    database.run(
      `UPDATE deliveries SET state = 'gathered', content = NULL, detail = ?, changed_at = ?
        WHERE id = ? AND notifier = ? AND repository = ?`,
      [`in the digest ${digest.id}`, digest.createdAt, id, digest.notifier, scope.id],
    );
  }
}

export function selectDeliveries(
  database: Queried,
  reach: Reach,
  { trace, states }: { readonly trace?: string; readonly states?: readonly DeliveryState[] } = {},
): readonly DeliveryRecord[] {
  const [isTheirs, ...theirs] = within(reach);
  const tests = [
    isTheirs,
    ...(trace === undefined ? [] : ['trace = ?']),
    ...(states === undefined ? [] : [`state IN (${states.map(() => '?').join(', ')})`]),
  ];
  const values = [...theirs, ...(trace === undefined ? [] : [trace]), ...(states ?? [])];
  return database.rows(`SELECT * FROM deliveries WHERE ${tests.join(' AND ')} ORDER BY created_at, rowid`, values).map(recordOf);
}

/** Those of one trace, whosever it is. */
export function selectDeliveriesOf(database: Queried, trace: string): readonly DeliveryRecord[] {
  return database.rows('SELECT * FROM deliveries WHERE trace = ? ORDER BY created_at, rowid', [trace]).map(recordOf);
}

/** Forgets messages that came to their end long ago. */
export function pruneMessages(database: Database, now: Date): void {
  const before = new Date(now.getTime() - KEPT_DAYS * 24 * HOUR_MS).toISOString();
  database.run(`DELETE FROM deliveries WHERE state NOT IN ${OPEN_STATES} AND changed_at < ?`, [before]);
}

function recordOf(row: Row): DeliveryRecord {
  return {
    id: String(row.id),
    notifier: String(row.notifier),
    kind: row.kind as DeliveryRecord['kind'],
    trace: row.trace as string | null,
    fingerprint: row.fingerprint as string | null,
    deliveryId: String(row.delivery_id),
    recipients: JSON.parse(String(row.recipients)) as readonly string[],
    subject: String(row.subject),
    line: String(row.line),
    state: row.state as DeliveryState,
    tries: Number(row.tries),
    createdAt: String(row.created_at),
    dueAt: String(row.due_at),
    changedAt: String(row.changed_at),
    detail: String(row.detail),
  };
}
