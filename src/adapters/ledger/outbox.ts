// The outbox in SQL: mails that are to go out, who is sending them, and what became of them. Sends nothing.
// A mail that a process was sending when it died may have been delivered: it is never taken again.
import type { MailRecord, MailState } from '../../core/model.ts';
import { LOST_WITH_PROCESS } from '../../core/policy/retries.ts';
import { lifeOf, type Owner, parseOwner } from '../../platform/lock-owner.ts';
import type { Mail, MailEnding, NewMail, TakenMail } from '../../ports.ts';
import type { Database, Row } from './sqlite.ts';

/** Its sender on another machine cannot be asked; a try takes minutes at most. */
const FOREIGN_STALE_MS = 3_600_000;

/** Mails that have come to their end are kept for as many days as a person may ask. */
const KEPT_DAYS = 30;

const HOUR_MS = 3_600_000;

const OPEN_STATES = `('queued', 'sending', 'held')`;

export function putMails(database: Database, mails: readonly NewMail[]): void {
  for (const mail of mails) {
    if (known(database, mail)) continue;
    const isHeld = mail.kind !== 'digest' && lately(database, mail) >= mail.perHour;
    const { text, html, patch } = mail;
    database.run(
      `INSERT INTO outbox (id, notifier, kind, trace, fingerprint, message_id, recipients, subject, line, content, state, tries,
         created_at, due_at, changed_at, detail)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, ?12, ?13, ?12, '')`,
      [
        ...[mail.id, mail.notifier, mail.kind, mail.trace, mail.fingerprint, mail.messageId, JSON.stringify(mail.recipients)],
        ...[mail.subject, mail.line, JSON.stringify({ text, html, patch }), isHeld ? 'held' : 'queued', mail.createdAt],
        isHeld ? mail.digestAt : mail.createdAt,
      ],
    );
  }
}

function known(database: Database, { id, notifier }: Pick<Mail, 'id' | 'notifier'>): boolean {
  return database.rows('SELECT 1 FROM outbox WHERE id = ? AND notifier = ?', [id, notifier]).length > 0;
}

/** Mails that went out one by one within the hour before. */
function lately(database: Database, { notifier, createdAt }: NewMail): number {
  const since = new Date(Date.parse(createdAt) - HOUR_MS).toISOString();
  const sql = `SELECT count(*) AS n FROM outbox
                WHERE notifier = ? AND created_at > ? AND kind <> 'digest' AND state NOT IN ('held', 'gathered')`;
  return Number(database.rows(sql, [notifier, since])[0]?.n);
}

/** Whether `takeMail` would find or change anything: asked often, and reads only. */
export function isMailToTake(database: Database, now: Date, notifier: string, trace?: string): boolean {
  return dueRows(database, now, notifier, trace).length > 0 || deadRows(database, now).length > 0;
}

export function takeMail(database: Database, now: Date, me: Owner, notifier: string, trace?: string): TakenMail | undefined {
  loseMails(database, now);
  const [due] = dueRows(database, now, notifier, trace);
  if (due === undefined) return undefined;
  database.run(`UPDATE outbox SET state = 'sending', owner = ?, changed_at = ? WHERE id = ? AND notifier = ?`, [
    ...[JSON.stringify(me), now.toISOString(), due.id!, due.notifier!],
  ]);
  return { ...recordOf(due), ...(JSON.parse(String(due.content)) as Pick<Mail, 'text' | 'html' | 'patch'>) };
}

function dueRows(database: Database, now: Date, notifier: string, trace?: string): readonly Row[] {
  const narrowed = trace === undefined ? '' : 'AND trace = ?3';
  return database.rows(
    `SELECT * FROM outbox WHERE state = 'queued' AND due_at <= ?1 AND notifier = ?2 ${narrowed} ORDER BY created_at, rowid LIMIT 1`,
    [now.toISOString(), notifier, ...(trace === undefined ? [] : [trace])],
  );
}

/** Says of what dead processes, and the holder `leaving`, were sending that nobody can know. @returns whether there was any */
export function loseMails(database: Database, now: Date, leaving?: Owner): boolean {
  const lost = deadRows(database, now, leaving);
  for (const { id, notifier } of lost) {
    const ending = { state: 'uncertain', detail: LOST_WITH_PROCESS, at: now.toISOString(), isTry: true } as const;
    settleMail(database, { id: String(id), notifier: String(notifier) }, ending);
  }
  return lost.length > 0;
}

/** Whether `me` is sending one. */
export function isSendingOne(database: Database, me: Owner): boolean {
  const owners = database.rows(`SELECT owner FROM outbox WHERE state = 'sending'`);
  return owners.some(({ owner }) => parseOwner(String(owner))?.token === me.token);
}

function deadRows(database: Database, now: Date, leaving?: Owner): readonly Row[] {
  return database.rows(`SELECT id, notifier, owner, changed_at FROM outbox WHERE state = 'sending'`).filter((row) => {
    const owner = parseOwner(String(row.owner));
    if (owner === undefined || owner.token === leaving?.token) return true;
    const life = lifeOf(owner);
    return life === 'unknown' ? now.getTime() - Date.parse(String(row.changed_at)) > FOREIGN_STALE_MS : life === 'dead';
  });
}

export function settleMail(database: Database, { id, notifier }: Pick<Mail, 'id' | 'notifier'>, ending: MailEnding): void {
  const { state, detail, at, dueAt, recipients, isTry } = ending;
  database.run(
    `UPDATE outbox SET state = ?1, detail = ?2, changed_at = ?3, owner = NULL, tries = tries + ?4, due_at = coalesce(?5, due_at),
       recipients = coalesce(?6, recipients), content = CASE WHEN ?1 = 'queued' THEN content ELSE NULL END
     WHERE id = ?7 AND notifier = ?8`,
    [state, detail, at, isTry ? 1 : 0, dueAt ?? null, recipients ? JSON.stringify(recipients) : null, id, notifier],
  );
}

export function gatherMails(database: Database, digest: NewMail, ids: readonly string[]): void {
  const isHeld = (id: string): boolean =>
    database.rows(`SELECT 1 FROM outbox WHERE id = ? AND notifier = ? AND state = 'held'`, [id, digest.notifier]).length > 0;
  if (!ids.every(isHeld)) return;
  putMails(database, [digest]);
  for (const id of ids) {
    database.run(`UPDATE outbox SET state = 'gathered', content = NULL, detail = ?, changed_at = ? WHERE id = ? AND notifier = ?`, [
      ...[`in the digest ${digest.id}`, digest.createdAt, id, digest.notifier],
    ]);
  }
}

export function selectMails(
  database: Database,
  { trace, states }: { readonly trace?: string; readonly states?: readonly MailState[] } = {},
): readonly MailRecord[] {
  const tests = [
    ...(trace === undefined ? [] : ['trace = ?']),
    ...(states === undefined ? [] : [`state IN (${states.map(() => '?').join(', ')})`]),
  ];
  const where = tests.length === 0 ? '' : `WHERE ${tests.join(' AND ')}`;
  const values = [...(trace === undefined ? [] : [trace]), ...(states ?? [])];
  return database.rows(`SELECT * FROM outbox ${where} ORDER BY created_at, rowid`, values).map(recordOf);
}

/** Forgets mails that came to their end long ago. @returns whether there was any */
export function pruneMails(database: Database, now: Date): boolean {
  const before = new Date(now.getTime() - KEPT_DAYS * 24 * HOUR_MS).toISOString();
  const old = `FROM outbox WHERE state NOT IN ${OPEN_STATES} AND changed_at < ?`;
  if (Number(database.rows(`SELECT count(*) AS n ${old}`, [before])[0]?.n) === 0) return false;
  database.run(`DELETE ${old}`, [before]);
  return true;
}

function recordOf(row: Row): MailRecord {
  return {
    id: String(row.id),
    notifier: String(row.notifier),
    kind: row.kind as MailRecord['kind'],
    trace: row.trace as string | null,
    fingerprint: row.fingerprint as string | null,
    messageId: String(row.message_id),
    recipients: JSON.parse(String(row.recipients)) as readonly string[],
    subject: String(row.subject),
    line: String(row.line),
    state: row.state as MailState,
    tries: Number(row.tries),
    createdAt: String(row.created_at),
    dueAt: String(row.due_at),
    changedAt: String(row.changed_at),
    detail: String(row.detail),
  };
}
