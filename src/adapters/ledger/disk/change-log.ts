// The change log: what came since the snapshot, one record a flush, each on a line of its own that a person can read.
// A record holds the statements of one transaction: places in logs together with what was counted up to them. Knows
// neither SQLite nor our tables.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { codeOf } from '../../../platform/errno.ts';
import { syncDirectory } from './snapshot.ts';
import type { Statement, Value } from './sqlite.ts';

/** Grows with every form that older versions cannot read. */
const FORM = 1;

/** Says which snapshot the records belong to: the first line. */
interface Header {
  readonly changes: number;
  readonly generation: number;
}

export interface LogRecord {
  /** Whose it is and which of theirs. */
  readonly id: string;
  readonly statements: readonly Statement[];
}

/** How far a log was read, and what is needed to read on or to append. */
export interface LogPlace {
  readonly generation: number;
  /** Behind the last whole record. */
  readonly end: number;
  /** Texts of statements, in the order in which they were first used: records name them by their place here. */
  readonly texts: readonly string[];
}

export type LogRead =
  | { readonly kind: 'read'; readonly records: readonly LogRecord[]; readonly place: LogPlace }
  /** There is none, or its first line was not finished: nothing in it was ever acknowledged. */
  | { readonly kind: 'none' }
  /** Of another snapshot: an older one holds all of it already. */
  | { readonly kind: 'other'; readonly generation: number }
  | { readonly kind: 'newer'; readonly form: number }
  /** A record in the middle is not what was written; `records` are those before it. */
  | { readonly kind: 'damaged'; readonly records: readonly LogRecord[] };

/** Beside the ledger's file. Not `-journal` or `-wal`: these names are SQLite's. */
export function logOf(file: string): string {
  return `${file}.changes`;
}

/**
 * Reads the log of a generation, from `from` on where it was read that far. A record that is not finished at the end is
 * left out: its writer was killed, or is still writing.
 */
export function readLog(file: string, generation: number, from?: LogPlace): LogRead {
  const bytes = readFrom(logOf(file), from?.end ?? 0);
  if (bytes === undefined) return { kind: 'none' };
  const lines = linesOf(bytes);
  const texts = [...(from?.texts ?? [])];
  const records: LogRecord[] = [];
  let end = from?.end ?? 0;
  for (const [at, { payload, length }] of lines.entries()) {
    if (payload === undefined && lines.slice(at).some((later) => later.payload !== undefined)) return { kind: 'damaged', records };
    if (payload === undefined) break;
    const content: unknown = JSON.parse(payload);
    if (end > 0) records.push(recordOf(content as PackedRecord, texts));
    else {
      const header = content as Header;
      if (header.changes !== FORM) return { kind: 'newer', form: header.changes };
      if (header.generation !== generation) return { kind: 'other', generation: header.generation };
    }
    end += length;
  }
  return end === 0 ? { kind: 'none' } : { kind: 'read', records, place: { generation, end, texts } };
}

/**
 * Appends one record, begins the log where there is none of this generation, and cuts off what a killed writer left
 * unfinished. It outlives a power cut when this resolves. Only under the lock.
 * @param place `undefined` begins the log anew
 * @returns the place behind it
 */
export async function appendRecord(file: string, generation: number, place: LogPlace | undefined, record: LogRecord): Promise<LogPlace> {
  const path = logOf(file);
  const texts = [...(place?.texts ?? [])];
  const header = place === undefined ? lineOf({ changes: FORM, generation } satisfies Header) : Buffer.alloc(0);
  const line = lineOf(packed(record, texts));
  const begin = place?.end ?? 0;
  const handle = await open(path, place === undefined ? 'w' : 'r+', 0o600);
  try {
    await handle.truncate(begin);
    try {
      await writeAll(handle, Buffer.concat([header, line]), begin);
      await handle.datasync();
    } catch (cause) {
      // What is not acknowledged must not be found later. Where even this fails, its id tells (see `replica.ts`).
      await handle.truncate(begin).catch(() => undefined);
      throw cause;
    }
  } finally {
    await handle.close();
  }
  if (place === undefined) await syncDirectory(dirname(path));
  return { generation, end: begin + header.length + line.length, texts };
}

// ---------------------------------------------------------------- lines

const NEWLINE = 10;
const SUM_LENGTH = 9;

/** `payload` is `undefined` where the sum does not fit, or the end is missing. */
interface Line {
  readonly payload: string | undefined;
  readonly length: number;
}

/** @example lineOf({ changes: 1, generation: 7 }) // '9ab01cde {"changes":1,"generation":7}\n' */
function lineOf(content: Header | PackedRecord): Buffer {
  const payload = Buffer.from(`${JSON.stringify(content)}\n`);
  return Buffer.concat([Buffer.from(`${sumOf(payload)} `), payload]);
}

function sumOf(payload: Uint8Array): string {
  return crc32(payload).toString(16).padStart(8, '0');
}

function linesOf(bytes: Buffer): readonly Line[] {
  const lines: Line[] = [];
  for (let from = 0; from < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, from);
    const end = newline < 0 ? bytes.length : newline + 1;
    const payload = bytes.subarray(from + SUM_LENGTH, end);
    const isGood = newline >= 0 && bytes.toString('latin1', from, from + SUM_LENGTH) === `${sumOf(payload)} `;
    lines.push({ payload: isGood ? payload.toString('utf8') : undefined, length: end - from });
    from = end;
  }
  return lines;
}

// ---------------------------------------------------------------- records

type PackedValue = string | number | null | { readonly b: string };
type PackedRecord = readonly [id: string, ...(readonly [text: number | string, ...PackedValue[]])[]];

/** Names each statement by the place of its text in `texts`, and adds the new ones to it. */
function packed({ id, statements }: LogRecord, texts: string[]): PackedRecord {
  return [
    id,
    ...statements.map(([sql, ...parameters]): readonly [number | string, ...PackedValue[]] => {
      const known = texts.indexOf(sql);
      if (known < 0) texts.push(sql);
      return [known < 0 ? sql : known, ...parameters.map(packedValue)];
    }),
  ];
}

function packedValue(value: Value): PackedValue {
  return value instanceof Uint8Array ? { b: Buffer.from(value).toString('base64') } : value;
}

function recordOf([id, ...statements]: PackedRecord, texts: string[]): LogRecord {
  return {
    id,
    statements: statements.map(([text, ...parameters]): Statement => {
      const sql = typeof text === 'number' ? texts[text]! : text;
      if (typeof text === 'string') texts.push(text);
      return [sql, ...parameters.map(unpackedValue)];
    }),
  };
}

function unpackedValue(value: PackedValue): Value {
  return typeof value === 'object' && value !== null ? new Uint8Array(Buffer.from(value.b, 'base64')) : value;
}

// ---------------------------------------------------------------- bytes

/** @returns `undefined` where there is no file */
function readFrom(path: string, from: number): Buffer | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw cause;
  }
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(descriptor).size - from));
    let length = 0;
    while (length < bytes.length) {
      const count = readSync(descriptor, bytes, length, bytes.length - length, from + length);
      if (count === 0) break;
      length += count;
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}

async function writeAll(handle: import('node:fs/promises').FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    written += (await handle.write(bytes, written, bytes.length - written, at + written)).bytesWritten;
  }
}
