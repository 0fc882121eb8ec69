// A snapshot as it lies on the disk, read by the SQLite that Node brings: there is nothing to compile, and of the file only
// the pages that a query touches are read. The one door to `node:sqlite`. It takes no lock, makes no file and cannot write.
// Knows nothing of our tables, nor of change logs.
import { closeSync, fstatSync, openSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { baseOfFile } from './pages.ts';
import { headerFault, isMarkedWal } from './snapshot.ts';
import type { Queried, Row } from './sqlite.ts';

export interface Still extends Queried {
  close(): void;
}

/** @returns `undefined` for a file that is not read as it stands. @throws what SQLite or the file system say of it */
export function openStill(file: string): Still | undefined {
  if (!isPlain(file)) return undefined;
  const address = pathToFileURL(file);
  // A snapshot is never changed, only replaced: no lock is needed, and no journal beside it is ours.
  address.searchParams.set('immutable', '1');
  const database: DatabaseSync = new (nodeSqlite().DatabaseSync)(address, { readOnly: true });
  const prepared = new Map<string, StatementSync>();
  return {
    rows(sql, parameters = []) {
      const statement = prepared.get(sql) ?? database.prepare(sql);
      prepared.set(sql, statement);
      return statement.all(...parameters) as Row[];
    },
    close: () => database.close(),
  };
}

/** Whole as far as its header tells, and without a mark that nobody reads past. */
function isPlain(file: string): boolean {
  const descriptor = openSync(file, 'r');
  try {
    const base = baseOfFile(descriptor, fstatSync(descriptor).size, () => undefined);
    return headerFault(base) === undefined && !isMarkedWal(base);
  } finally {
    closeSync(descriptor);
  }
}

/** Older releases of Node 24 tell whoever runs a program that this is experimental. It is for us to know. */
function nodeSqlite(): typeof import('node:sqlite') {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}
