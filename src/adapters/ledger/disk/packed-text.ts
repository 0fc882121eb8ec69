// Long text as it stands in a column: a third of its size. `sqlite3` shows it with `sqlar_uncompress(COLUMN, 10000000)`.
import { deflateSync, inflateSync } from 'node:zlib';
import type { Database, Value } from './sqlite.ts';

export function packText(text: string): Uint8Array {
  return new Uint8Array(deflateSync(text));
}

/** What stands in such a column; rows of older versions may not be packed yet. */
export function unpackText(value: Value): string {
  return value instanceof Uint8Array ? inflateSync(value).toString('utf8') : String(value);
}

/** What a column that may not be packed yet is copied as. Needs `definePacking`. */
export const packedColumn = (name: string): string => `CASE typeof(${name}) WHEN 'text' THEN pack_text(${name}) ELSE ${name} END`;

export function definePacking(database: Database): void {
  database.define('pack_text', (text) => packText(String(text)));
}
