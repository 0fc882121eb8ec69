// The one door to sql.js: SQLite compiled to WASM. Its file is a `Pages`: read where SQLite asks, never as a whole.
// Loaded on first use, because `--version` and `scan` must not pay for it. Knows nothing of our tables.
import { setFlagsFromString } from 'node:v8';
import type { Database as Connection, Statement as Prepared, SqlJsStatic } from 'sql.js';

export type Value = string | number | null | Uint8Array;
export type Row = Readonly<{ [column: string]: Value }>;

/** A statement that changed something, with its parameters. */
export type Statement = readonly [sql: string, ...parameters: Value[]];

/** The bytes of a database file. SQLite reads and writes within one page of it at a time. */
export interface Pages {
  readonly size: number;
  read(from: number, to: number): Uint8Array;
  write(at: number, bytes: Uint8Array): void;
}

/** One connection. Statements are prepared once and kept. */
export interface Database {
  /** The name by which another connection attaches its file. */
  readonly name: string;
  run(sql: string, parameters?: readonly Value[]): void;
  /** A function for SQL, of one argument. */
  define(name: string, work: (value: Value) => Value): void;
  rows(sql: string, parameters?: readonly Value[]): Row[];
  /** All of `work` or, when it throws, nothing of it. Does not nest, and ends nothing that is tentative. */
  transaction<T>(work: () => T): T;
  /** The statements of `work` that changed a row, in order. `most()` is how many rows one of them changed so far. */
  recorded<T>(work: (most: () => number) => T): { readonly result: T; readonly statements: readonly Statement[] };
  /** As `transaction`, but only until `rewind`: what is read meanwhile shows it, the file does not. Adds to what is tentative. */
  tentatively<T>(work: () => T): T;
  /** Takes back all that is tentative. */
  rewind(): void;
  close(): void;
}

/** As much of it as reading needs. */
export type Queried = Pick<Database, 'rows'>;

export interface Sqlite {
  /** Connects to a file that is not empty. */
  open(pages: Pages): Database;
  /** The bytes of a database without tables. */
  emptyFile(): Uint8Array;
}

/**
 * Compiles SQLite (about 25 ms).
 * @param wasm bytes of `sql-wasm.wasm`
 * @param brief the process ends soon: V8 then does not compile the WASM a second time in the
 *   background, which would hold up the exit for longer than the whole command takes
 */
export async function loadSqlite(wasm: Uint8Array, brief: boolean): Promise<Sqlite> {
  if (brief) {
    // Both, in this order; the second alone has no effect in Node 24.
    setFlagsFromString('--no-wasm-tier-up');
    setFlagsFromString('--no-wasm-dynamic-tiering');
    // The bytes are our own: each function is checked when it is called first, and most never are.
    setFlagsFromString('--wasm-lazy-validation');
  }
  const { default: initSqlJs } = await import('sql.js');
  // A copy: in the packaged executable the bytes may be a view of the program's own memory.
  const library = await initSqlJs({ wasmBinary: new Uint8Array(wasm).buffer });
  return { open: (pages) => createDatabase(connect(library, pages)), emptyFile: () => emptyFile(library) };
}

function emptyFile(library: SqlJsStatic): Uint8Array {
  const connection = new library.Database();
  connection.run('PRAGMA user_version = 0; CREATE TABLE first (page); DROP TABLE first; VACUUM');
  const bytes = connection.export();
  connection.close();
  return bytes;
}

/**
 * sql.js knows files in memory only: it writes the bytes that it is given into one, which takes a `slice` of them and from
 * then on calls `subarray` to read and `set` to write. Both are ours. `test/adapters/ledger/sqlite.test.ts` holds sql.js to it.
 * What would put an array of its own in place of ours (the file becomes shorter) reads all of it first, and that throws.
 */
function connect(library: SqlJsStatic, pages: Pages): Connection {
  const contents = {
    length: Number.MAX_SAFE_INTEGER,
    subarray: (from: number, to: number) => pages.read(from, to),
    set: (bytes: Uint8Array, at: number) => pages.write(at, bytes),
  };
  const file = { length: pages.size, subarray: () => contents, slice: () => contents };
  return new library.Database(file as unknown as Uint8Array);
}

function createDatabase(connection: Connection): Database {
  const prepared = new Map<string, Prepared>();
  let recording: Statement[] | undefined;
  let most = 0;
  let isTentative = false;
  const bind = (sql: string, parameters: readonly Value[]): Prepared => {
    const statement = prepared.get(sql) ?? connection.prepare(sql);
    prepared.set(sql, statement);
    statement.bind(parameters.map(withoutNul));
    return statement;
  };
  const step = (sql: string, parameters: readonly Value[] = []): void => {
    const statement = bind(sql, parameters);
    try {
      statement.step();
    } finally {
      statement.reset();
    }
  };
  const between = <T>(begin: string, end: string, undo: readonly string[], work: () => T): T => {
    step(begin);
    try {
      const result = work();
      step(end);
      return result;
    } catch (cause) {
      try {
        for (const sql of undo) step(sql);
      } catch {
        // SQLite has undone it already, or its file failed under its hands. What was first is what went wrong.
      }
      throw cause;
    }
  };
  return {
    name: (connection as unknown as { filename: string }).filename,
    run(sql, parameters = []) {
      step(sql, parameters);
      const changed = recording === undefined ? 0 : connection.getRowsModified();
      most = Math.max(most, changed);
      if (changed > 0) recording?.push([sql, ...parameters.map(withoutNul)]);
    },
    rows(sql, parameters = []) {
      const statement = bind(sql, parameters);
      const rows: Row[] = [];
      try {
        while (statement.step()) rows.push(statement.getAsObject() as Row);
      } finally {
        statement.reset();
      }
      return rows;
    },
    define: (name, work) => {
      connection.create_function(name, (value: Value) => work(value));
    },
    transaction: (work) => between('BEGIN', 'COMMIT', ['ROLLBACK'], work),
    recorded(work) {
      const statements: Statement[] = [];
      [recording, most] = [statements, 0];
      try {
        return { result: work(() => most), statements };
      } finally {
        recording = undefined;
      }
    },
    tentatively(work) {
      if (!isTentative) step('BEGIN');
      isTentative = true;
      return between('SAVEPOINT one', 'RELEASE one', ['ROLLBACK TO one', 'RELEASE one'], work);
    },
    rewind() {
      if (isTentative) step('ROLLBACK');
      isTentative = false;
    },
    close() {
      for (const statement of prepared.values()) statement.free();
      connection.close();
    },
  };
}

/** sql.js reads text back only up to a NUL: one in a log line would cut the rest off. */
function withoutNul(value: Value): Value {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
}
