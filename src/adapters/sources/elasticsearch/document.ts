// What a document of a search says as lines of a log: the line that a shipper carried (`core/formats/shipped.ts`), or one record,
// complete in itself.
import { originOf } from '../../../core/formats/origin.ts';
import { carriedLine, LINE_FIELDS, WRITER_FIELDS, writerOf } from '../../../core/formats/shipped.ts';
import { isObject } from '../../../core/plain-json.ts';
import { shortId, type TimedRecord } from '../http/window.ts';

/** As a search gives it. */
export interface Hit {
  readonly index: string;
  readonly id: string;
  /** Nanoseconds since 1970. */
  readonly time: bigint;
  readonly source: Readonly<Record<string, unknown>>;
}

export interface DocumentFields {
  /** Where the line stands. */
  readonly message: readonly string[];
  /** Who wrote it: what of these is there. */
  readonly writer: readonly string[];
}

export const DEFAULT_FIELDS: DocumentFields = { message: LINE_FIELDS, writer: WRITER_FIELDS };

export function toRecord({ index, id, time, source }: Hit, fields: DocumentFields): TimedRecord {
  const known = { time, id: shortId(index, id) };
  const get = (name: string): unknown => valueAt(source, name);
  const line = carriedLine(get, fields.message);
  if (line === undefined) return { ...known, text: JSON.stringify(source) };
  const order = Number(get('log.offset') ?? get('offset'));
  const writer = `w ${writerOf(get, fields.writer)}`;
  return { ...known, text: line.replace(/\n$/, ''), writer, origin: originOf([source]), ...(Number.isNaN(order) ? {} : { order }) };
}

/** A field by its dotted name, whether it is nested or its name has the dots. */
function valueAt(source: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(source, name)) return source[name];
  for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) {
    const inner = source[name.slice(0, dot)];
    const found = isObject(inner) ? valueAt(inner, name.slice(dot + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
