// What older versions of the identity called an incident (`core/group/fingerprint-v1.ts`), so that whatever was done under
// such a name is found: history, refusals, requests. A name is of one incident; where an older version held two bugs for
// one, it stays with the one whose sample was kept, and the other is new.

import { causeOf, classInside, saidBelow, saidByObject, thrownIn } from '../../../core/detect/event.ts';
import { readLine } from '../../../core/formats/dialects.ts';
import { readTrace } from '../../../core/formats/traces/languages.ts';
import { fingerprint } from '../../../core/group/fingerprint.ts';
import type { ErrorEvent } from '../../../core/model.ts';
import type { Sighting } from '../../../ports.ts';
import { definePacking, packedColumn, unpackText } from '../disk/packed-text.ts';
import type { Database, Row, Value } from '../disk/sqlite.ts';
import { type Scope, within } from './repositories.ts';

export const FORMER_NAMES_TABLE = [
  `CREATE TABLE former_names (
     name TEXT NOT NULL PRIMARY KEY,
     fingerprint TEXT NOT NULL
   ) WITHOUT ROWID`,
  'CREATE INDEX former_names_by_fingerprint ON former_names (fingerprint)',
] as const;

/** An expression for the fingerprint that the parameter `?1` names, now or formerly. */
export const NAMED = 'coalesce((SELECT fingerprint FROM former_names WHERE name = ?1), ?1)';

/** A column for the names of a row of `incidents`, as `formerly` reads it. */
export const FORMERLY =
  '(SELECT json_group_array(name) FROM former_names WHERE former_names.fingerprint = incidents.fingerprint) AS formerly';

/** @returns oldest version first; `undefined` where no older version has seen it */
export function formerlyOf({ formerly }: Row): readonly string[] | undefined {
  const names = JSON.parse(String(formerly ?? '[]')) as readonly string[];
  return names.length === 0 ? undefined : names.toSorted();
}

/** Gives each incident of an older version the name it has now, by the event that was kept of it. */
export function renameIncidents(database: Database): void {
  database.define('name_now', nameNow);
  // Row by row within SQLite: the samples of a hundred thousand incidents would not fit.
  const rows = database.rows(`SELECT fingerprint, name_now(sample) AS name FROM incidents WHERE fingerprint LIKE 'v1:%'`);
  const pairs = rows.flatMap(({ fingerprint: from, name }) => (name === null ? [] : [[String(from), String(name)] as const]));
  const groups = [...Map.groupBy(pairs, ([, name]) => name).values()];
  database.run('INSERT INTO former_names SELECT value ->> 0, value ->> 1 FROM json_each(?)', [
    JSON.stringify(groups.map(([first]) => first)),
  ]);
  copyRenamed(database);
  database.run(
    `UPDATE traces SET fingerprint = (SELECT fingerprint FROM former_names WHERE name = traces.fingerprint)
      WHERE fingerprint IN (SELECT name FROM former_names)`,
  );
  for (const [, ...others] of groups) for (const [from, to] of others) rename(database, from, to);
}

/**
 * The same within version 2, whose rules of messages have become wider: what they took for a word then and for a value now
 * is another name of the same bug. Most incidents keep theirs, so each is renamed where it stands.
 */
export function renameAgain(database: Database): void {
  database.define('name_now', nameNow);
  const pairs = database
    .rows('SELECT repository, fingerprint, name_now(sample) AS name FROM incidents')
    .flatMap(({ repository, fingerprint: from, name }) =>
      name === null || name === from ? [] : [{ repository: String(repository), from: String(from), to: String(name) }],
    );
  const leaving = new Set(pairs.map(({ from }) => from));
  // A name is free before another takes it.
  const ordered = pairs.toSorted((a, b) => Number(leaving.has(a.to)) - Number(leaving.has(b.to)));
  for (const { repository, from, to } of ordered) rename(database, from, to, ['repository = ?', repository]);
}

/** Into a table of its own: where they stand, each of these long rows would be a changed page in memory. */
function copyRenamed(database: Database): void {
  definePacking(database);
  const [table, ...indexes] = database
    .rows(`SELECT sql FROM sqlite_schema WHERE tbl_name = 'incidents' AND sql IS NOT NULL ORDER BY type = 'table' DESC`)
    .map(({ sql }) => String(sql));
  const names = database.rows('PRAGMA table_info(incidents)').map(({ name }) => String(name));
  const forms: Readonly<Record<string, string>> = {
    fingerprint: 'coalesce((SELECT fingerprint FROM former_names WHERE name = incidents_before.fingerprint), fingerprint)',
    sample: packedColumn('sample'),
  };
  database.run('ALTER TABLE incidents RENAME TO incidents_before');
  database.run(table!);
  database.run(
    `INSERT INTO incidents (${names.join(', ')}) SELECT ${names.map((name) => forms[name] ?? name).join(', ')} FROM incidents_before`,
  );
  database.run('DROP TABLE incidents_before');
  for (const sql of indexes) database.run(sql);
}

function nameNow(sample: Value): Value {
  try {
    return fingerprint(readAgain(JSON.parse(unpackText(sample)) as ErrorEvent)).id;
  } catch {
    // Written by hand, or damaged: it keeps the name it has.
    return null;
  }
}

/** What was kept of an error that had no type, or no frames, or a name as it stands in JSON, as it is read now: they may be known since. */
function readAgain(kept: ErrorEvent): ErrorEvent {
  const event = kept.language === 'php' ? withSingled(kept) : kept;
  if (event.type !== null && event.frames.length > 0 && !SAYS_MORE.test(event.message ?? '') && !IN_BRACKETS.test(event.text)) return event;
  const lines = event.text.split('\n');
  const trace = readTrace(lines) ?? readTrace([lines[0]!.slice(readLine(lines[0]!).body), ...lines.slice(1)]);
  const isBetter = trace !== undefined && trace.type !== null && trace.frames.length >= event.frames.length;
  if (event.type === null && !isBetter) {
    const own = saidByObject(event);
    // A ruler is no message.
    const said = own !== null && /[\p{L}\d]/u.test(own) ? own : (saidBelow(event.text.split('\n')) ?? own);
    const { type, message } = thrownIn(said ?? '') ?? { type: classInside(said ?? ''), message: said };
    return withCause({ ...event, type, message });
  }
  if (!isBetter || (event.type !== null && trace.frames.length === 0)) return withCause(event);
  const { language, type, frames, rootCause } = trace;
  return { ...event, language, type, frames, message: trace.message ?? event.message, ...(rootCause === undefined ? {} : { rootCause }) };
}

/** Of a message that is a list its bracket was kept, and of a group without frames its first member. */
const SAYS_MORE = /^[[{]$/;
const IN_BRACKETS = /^[^\n]{0,500}\[\w*Error: [^\n]{0,500}\] \{\n/;

/** Where the type is that of the message, the message says what went wrong, but for a report with its causes below. */
function withCause(event: ErrorEvent): ErrorEvent {
  const cause = event.frames.length > 0 ? undefined : causeOf(event);
  const isTyped = event.type !== null && cause?.includes(event.type) !== true && !/^Caused by:$/m.test(event.text);
  return cause === undefined || isTyped ? event : { ...event, cause };
}

/** Names of PHP that were kept with the doubled backslashes of the JSON around them. */
function withSingled(event: ErrorEvent): ErrorEvent {
  const singled = (name: string): string => name.replaceAll('\\\\', '\\');
  const { type, frames, rootCause } = event;
  return {
    ...event,
    type: type === null ? null : singled(type),
    frames: frames.map((each) => (each.function === undefined ? each : { ...each, function: singled(each.function) })),
    ...(rootCause === undefined ? {} : { rootCause: { ...rootCause, type: singled(rootCause.type) } }),
  };
}

/**
 * An occurrence of a bug that was renamed, whose name now could not be told from what was kept: there, secrets are taken
 * out of the message. Asked only of what has no incident of its name.
 * @returns whether the older incident has taken the name
 */
export function adopt(database: Database, scope: Scope, { fingerprint: name, formerly = [], sample }: Sighting): boolean {
  if (database.rows('SELECT 1 FROM former_names LIMIT 1').length === 0) return false;
  // The sample is redacted as the kept one was.
  const kept = fingerprint(sample).id;
  if (kept === name) return false;
  const [known] = database.rows(
    `SELECT 1 FROM former_names JOIN incidents USING (fingerprint)
      WHERE repository = ? AND fingerprint = ? AND (name LIKE 'v2:%' OR name IN (SELECT value FROM json_each(?)))`,
    [scope.id, kept, JSON.stringify(formerly)],
  );
  if (known === undefined) return false;
  rename(database, kept, name, within(scope));
  return true;
}

/**
 * Two that were two for an older version and are one now are counted together; what a person or a repair did last stands.
 * @param where narrows it to the rows of one repository; a ledger that is older than those has none
 */
function rename(database: Database, from: string, to: string, [test, ...values]: readonly [string, ...string[]] = ['1']): void {
  const isKnown = database.rows(`SELECT 1 FROM incidents WHERE fingerprint = ? AND ${test}`, [to, ...values]).length > 0;
  if (isKnown) join(database, from, to, [test, ...values]);
  else database.run(`UPDATE incidents SET fingerprint = ? WHERE fingerprint = ? AND ${test}`, [to, from, ...values]);
  database.run(`UPDATE traces SET fingerprint = ? WHERE fingerprint = ? AND ${test}`, [to, from, ...values]);
  database.run('UPDATE former_names SET fingerprint = ? WHERE fingerprint = ?', [to, from]);
  database.run('INSERT OR REPLACE INTO former_names (name, fingerprint) VALUES (?, ?)', [from, to]);
  // It has got a name back.
  database.run('DELETE FROM former_names WHERE name = fingerprint');
}

/** Of two states the one that says more of what was done; a request that is open or was turned down outranks all else. */
const RANKS = `CASE state WHEN 'repairing' THEN 0 WHEN 'proposed' THEN 1 WHEN 'closed' THEN 2 WHEN 'regressed' THEN 3 WHEN 'merged' THEN 4
  WHEN 'confirmed' THEN 5 WHEN 'refused' THEN 6 WHEN 'failed' THEN 7 WHEN 'waiting' THEN 8 WHEN 'skipped' THEN 9 ELSE 10 END`;

function join(database: Database, from: string, to: string, [test, ...values]: readonly [string, ...string[]]): void {
  const those = `fingerprint IN (?1, ?2) AND ${test.replace('?', '?3')}`;
  const ends = (column: string, order: string): string => `(SELECT ${column} FROM incidents WHERE ${those} ORDER BY ${order} LIMIT 1)`;
  const first = ['source', 'line', 'offset', 'time'].map((part) => `first_${part} = ${ends(`first_${part}`, 'first_time')}`);
  const last = ['source', 'line', 'offset', 'time'].map((part) => `last_${part} = ${ends(`last_${part}`, 'last_time DESC')}`);
  database.run(
    `UPDATE incidents SET ${[...first, ...last].join(', ')},
       count = (SELECT sum(count) FROM incidents WHERE ${those}),
       attempts = (SELECT max(attempts) FROM incidents WHERE ${those}),
       last_attempt_at = (SELECT max(last_attempt_at) FROM incidents WHERE ${those}),
       counted_at = (SELECT max(counted_at) FROM incidents WHERE ${those}),
       reason = ${ends('reason', RANKS)}, state = ${ends('state', RANKS)}
     WHERE fingerprint = ?2 AND ${test.replace('?', '?3')}`,
    [from, to, ...values],
  );
  database.run(`DELETE FROM incidents WHERE fingerprint = ? AND ${test}`, [from, ...values]);
}
