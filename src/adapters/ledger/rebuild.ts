// Writes a ledger anew, row by row: without the room that was freed, and with older rows in today's form. Reads and writes
// page by page, so that its memory does not follow the size of the ledger.
import { writeSync } from 'node:fs';
import { baseOfFile } from './disk/pages.ts';
import type { Database, Pages, Sqlite } from './disk/sqlite.ts';
import { APPLICATION_ID, MIGRATIONS } from './schema.ts';

/** Columns that are written in another form than they may have. */
const FORMS: Readonly<Record<string, string>> = {
  // Nobody noted it: from now on it counts.
  'incidents.counted_at': 'coalesce(counted_at, ?1)',
};

/** Whether so much of the file is unused that writing it anew pays. */
export function isLoose(database: Database): boolean {
  const free = Number(database.rows('PRAGMA freelist_count')[0]?.freelist_count);
  const all = Number(database.rows('PRAGMA page_count')[0]?.page_count);
  return free * 4 > all;
}

/** @param descriptor an empty file, to be read and written, that takes the new ledger */
export function rebuild(database: Database, sqlite: Sqlite, descriptor: number, now: string): void {
  const next = sqlite.open(pagesOf(descriptor, sqlite.emptyFile()));
  const schema = database.rows(`SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' AND sql IS NOT NULL`);
  const isTable = ({ type }: (typeof schema)[number]): boolean => type === 'table';
  try {
    for (const pragma of ['journal_mode = OFF', 'synchronous = OFF']) next.rows(`PRAGMA ${pragma}`);
    for (const { sql } of schema.filter(isTable)) next.run(String(sql));
    database.run(`ATTACH '${next.name}' AS next`);
    for (const pragma of ['next.journal_mode = OFF', 'next.synchronous = OFF', 'cache_spill = ON']) database.rows(`PRAGMA ${pragma}`);
    database.transaction(() => {
      for (const { name } of schema.filter(isTable)) copyTable(database, String(name), now);
    });
    database.run('DETACH next');
    for (const { sql } of schema.filter((entry) => !isTable(entry))) next.run(String(sql));
    next.run(`PRAGMA user_version = ${MIGRATIONS.length}`);
    next.run(`PRAGMA application_id = ${APPLICATION_ID}`);
  } finally {
    // It is of the connection, not of the file: what is shown and taken back later must stay out of the pages again.
    database.rows('PRAGMA cache_spill = OFF');
    next.close();
  }
}

function copyTable(database: Database, name: string, now: string): void {
  const columns = database.rows(`PRAGMA main.table_info("${name}")`).map((column) => String(column.name));
  const values = columns.map((column) => FORMS[`${name}.${column}`] ?? `"${column}"`);
  const names = columns.map((column) => `"${column}"`).join(', ');
  const select = `SELECT ${values.join(', ')} FROM main."${name}"`;
  database.run(`INSERT INTO next."${name}" (${names}) ${select}`, select.includes('?1') ? [now] : []);
}

/** Pages that are written where they belong at once. */
function pagesOf(descriptor: number, first: Uint8Array): Pages {
  const write = (at: number, bytes: Uint8Array): void => {
    for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written, bytes.length - written, at + written);
  };
  write(0, first);
  const { size, read } = baseOfFile(descriptor, first.length, () => undefined);
  return { size, read, write };
}
