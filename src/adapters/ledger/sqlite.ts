// The one door to sql.js: SQLite compiled to WASM, a database that lives in memory as a whole.
// Loaded on first use, because `--version` and `scan` must not pay for it. Knows nothing of our tables.
import { setFlagsFromString } from 'node:v8';
import type { SqlJsStatic, Statement } from 'sql.js';

export type Value = string | number | null;
export type Row = Readonly<{ [column: string]: Value }>;

/** One database in memory. Statements are prepared once and kept. */
export interface Database {
  run(sql: string, parameters?: readonly Value[]): void;
  rows(sql: string, parameters?: readonly Value[]): Row[];
  /** All of `work` or, when it throws, nothing of it. Does not nest. */
  transaction<T>(work: () => T): T;
  /** The file, byte for byte. Not inside a transaction. */
  export(): Uint8Array;
  close(): void;
}

/** Makes databases: empty, or from the bytes of a file. */
export type OpenDatabase = (bytes?: Uint8Array) => Database;

/**
 * Compiles SQLite (about 25 ms).
 * @param wasm bytes of `sql-wasm.wasm`
 * @param brief the process ends soon: V8 then does not compile the WASM a second time in the
 *   background, which would hold up the exit for longer than the whole command takes
 */
export async function loadSqlite(wasm: Uint8Array, brief: boolean): Promise<OpenDatabase> {
  if (brief) {
    // Both, in this order; the second alone has no effect in Node 24.
    setFlagsFromString('--no-wasm-tier-up');
    setFlagsFromString('--no-wasm-dynamic-tiering');
  }
  const { default: initSqlJs } = await import('sql.js');
  // A copy: in the packaged executable the bytes may be a view of the program's own memory.
  const library = await initSqlJs({ wasmBinary: new Uint8Array(wasm).buffer });
  return (bytes) => openDatabase(library, bytes);
}

function openDatabase(library: SqlJsStatic, bytes?: Uint8Array): Database {
  const database = bytes === undefined ? new library.Database() : new library.Database(bytes);
  const statements = new Map<string, Statement>();
  const bind = (sql: string, parameters: readonly Value[]): Statement => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    statement.bind(parameters.map(withoutNul));
    return statement;
  };
  const run = (sql: string, parameters: readonly Value[] = []): void => {
    const statement = bind(sql, parameters);
    try {
      statement.step();
    } finally {
      statement.reset();
    }
  };
  return {
    run,
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
    transaction(work) {
      run('BEGIN');
      try {
        const result = work();
        run('COMMIT');
        return result;
      } catch (cause) {
        run('ROLLBACK');
        throw cause;
      }
    },
    export: () => database.export(),
    close() {
      for (const statement of statements.values()) statement.free();
      database.close();
    },
  };
}

/** sql.js reads text back only up to a NUL: one in a log line would cut the rest off. */
function withoutNul(value: Value): Value {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
}
