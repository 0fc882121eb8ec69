// Holds sql.js to what `sqlite.ts` makes of it: a file of which only the pages are read that SQLite asks for, and whose
// changed pages come back to us at the end of a transaction, never before.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { baseOfBytes, createPages } from '../../../src/adapters/ledger/disk/pages.ts';
import { type Database, loadSqlite, type Pages, type Sqlite } from '../../../src/adapters/ledger/disk/sqlite.ts';
import { rebuild } from '../../../src/adapters/ledger/rebuild.ts';

const WASM = createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm');

let sqlite: Sqlite;
beforeAll(async () => {
  sqlite = await loadSqlite(readFileSync(WASM), false);
});

/** Pages that count what is read of them and written to them. */
function counted(bytes: Uint8Array) {
  const pages = createPages(baseOfBytes(bytes));
  const seen = { reads: 0, writes: 0 };
  const over: Pages = {
    ...pages,
    read: (from, to) => {
      seen.reads += 1;
      return pages.read(from, to);
    },
    write: (at, part) => {
      seen.writes += 1;
      pages.write(at, part);
    },
  };
  return { seen, over, pieces: () => Buffer.concat(Array.from(pages.pieces(), (piece) => piece.slice())) };
}

const inMemory = (database: Database): Database => {
  for (const pragma of ['journal_mode = MEMORY', 'synchronous = OFF', 'cache_spill = OFF']) database.rows(`PRAGMA ${pragma}`);
  return database;
};

/** About 4 MB in 1,000 rows. */
function filled(): Uint8Array {
  const { over, pieces } = counted(sqlite.emptyFile());
  const database = inMemory(sqlite.open(over));
  database.run('CREATE TABLE rows (key INTEGER PRIMARY KEY, text TEXT)');
  database.transaction(() => {
    for (let key = 0; key < 1000; key++) database.run('INSERT INTO rows VALUES (?, ?)', [key, `${key}`.repeat(1000)]);
  });
  const bytes = pieces();
  database.close();
  return bytes;
}

test('one row of a thousand: a handful of pages is read', () => {
  const bytes = filled();
  const { seen, over } = counted(bytes);
  const database = inMemory(sqlite.open(over));
  expect(database.rows('SELECT length(text) AS n FROM rows WHERE key = 777')).toEqual([{ n: 3000 }]);
  expect(bytes.length).toBeGreaterThan(2_500_000);
  expect(seen.reads).toBeLessThan(20);
  database.close();
});

test('what is changed is written page by page when it is committed; what is taken back never', () => {
  const { seen, over, pieces } = counted(filled());
  const database = inMemory(sqlite.open(over));
  const big = 'x'.repeat(3_000);
  expect(() =>
    database.transaction(() => {
      for (let key = 0; key < 1000; key++) database.run('UPDATE rows SET text = ? WHERE key = ?', [big, key]);
      throw new Error('no');
    }),
  ).toThrow('no');
  database.tentatively(() => database.run(`UPDATE rows SET text = 'shown' WHERE key = 1`));
  expect(() =>
    database.tentatively(() => {
      database.run(`UPDATE rows SET text = 'not even shown' WHERE key = 1`);
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(database.rows('SELECT text FROM rows WHERE key = 1')).toEqual([{ text: 'shown' }]);
  database.rewind();
  expect(seen.writes).toBe(0);
  database.transaction(() => database.run(`UPDATE rows SET text = 'kept' WHERE key = 1`));
  expect(seen.writes).toBeGreaterThan(0);
  expect(seen.writes).toBeLessThan(5);
  database.close();

  const again = inMemory(sqlite.open(counted(pieces()).over));
  expect(again.rows('SELECT text FROM rows WHERE key = 1')).toEqual([{ text: 'kept' }]);
  expect(again.rows('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  again.close();
});

test('what is shown after the file was written anew is taken back as before, however much it is', () => {
  const { seen, over } = counted(filled());
  const database = inMemory(sqlite.open(over));
  const place = mkdtempSync(path.join(tmpdir(), 'ai-ops-anew-'));
  const descriptor = openSync(path.join(place, 'next'), 'w+');
  rebuild(database, sqlite, descriptor, '2026-01-02T03:04:05.000Z');
  database.tentatively(() => {
    for (let key = 1000; key < 3000; key++) database.run('INSERT INTO rows VALUES (?, ?)', [key, 'x'.repeat(3000)]);
  });
  database.rewind();
  expect(seen.writes).toBe(0);
  expect(database.rows('SELECT count(*) AS n FROM rows')).toEqual([{ n: 1000 }]);
  database.close();
  closeSync(descriptor);
  rmSync(place, { recursive: true });
});

test('the statements that changed something are recorded, in order, with what went in', () => {
  const database = inMemory(sqlite.open(counted(sqlite.emptyFile()).over));
  database.run('CREATE TABLE rows (key TEXT PRIMARY KEY, value)');
  const { result, statements } = database.recorded(() => {
    database.run('INSERT INTO rows VALUES (?, ?)', ['a\0b', new Uint8Array([1, 2])]);
    database.run('UPDATE rows SET value = 1 WHERE key = ?', ['nobody']);
    database.run('DELETE FROM rows WHERE key = ?', ['a\uFFFDb']);
    return 'done';
  });
  expect(result).toBe('done');
  expect(statements).toEqual([
    ['INSERT INTO rows VALUES (?, ?)', 'a\uFFFDb', new Uint8Array([1, 2])],
    ['DELETE FROM rows WHERE key = ?', 'a\uFFFDb'],
  ]);
  database.close();
});

test('what would read the file as a whole is refused, and the file stays as it was', () => {
  const { over, pieces } = counted(filled());
  const database = inMemory(sqlite.open(over));
  database.transaction(() => database.run('DELETE FROM rows WHERE key > 10'));
  expect(() => database.run('VACUUM')).toThrow('as a whole');
  const again = inMemory(sqlite.open(counted(pieces()).over));
  expect(again.rows('SELECT count(*) AS n FROM rows')).toEqual([{ n: 11 }]);
  again.close();
});
