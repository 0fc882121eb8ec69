// What a line of a command says of itself: its cursor, its time, and which record it is. A line without a cursor belongs to the
// one before it.
import { createHash } from 'node:crypto';
import { isoTime } from '../../../core/formats/time.ts';
import { LEADING_TIME, type LogCommand } from '../../../core/log-commands.ts';

/** The beginning of a record. */
export interface Head {
  readonly id: string;
  readonly cursor: string;
  /** Orders the cursors: ms, or a number that counts them. */
  readonly at: number;
  readonly text: Buffer;
  readonly writer?: string;
  /** ISO 8601 UTC, where the tool says it beside the line. */
  readonly time?: string;
}

interface HeadReader {
  /** @returns `undefined` for a line without a cursor */
  read(line: Buffer, isSecondLog: boolean): Head | undefined;
  /** A record of a document, which has no lines. */
  record(value: unknown): Head | undefined;
}

const STAMP =
  /^(?:\[([^\]\s]{1,300})\] )?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?(?:Z|[+-]\d\d:?\d\d))?|\d{10}(?:\d{3}){0,3}(?:\.\d{1,9})?)(?:[ \r]|$)/;
/** Longest beginning of a line that is looked at for its stamp. */
const STAMPED = 400;
const MOST_MET = 50_000;
/**
 * A stamp that the tool gives to each line by itself. No two lines have the same one, so the same stamp and the same text are a
 * line that is given again, as `docker logs --follow` does when the daemon rotates. A clock that ends in zeros is a coarser one.
 */
const TO_THE_NANOSECOND = /\.\d{6}(?!000)\d{3}(?!\d)/;

/** @param last the newest cursor that is known, and its number */
export function createHeadReader(spec: LogCommand, last: { readonly cursor: string | undefined; readonly at: number }): HeadReader {
  /** Records that bear the same cursor and the same text are told apart by their number. */
  const met = new Map<string, number>();
  let newest = { cursor: last.cursor, at: last.cursor === undefined ? 0 : last.at };

  const atOf = (cursor: string): number => {
    if (isByTime(spec)) return instant(cursor);
    if (cursor !== newest.cursor) newest = { cursor, at: newest.at + 1 };
    return newest.at;
  };
  const numbered = (key: string, cursor: string): string => {
    if (spec.isStamped && TO_THE_NANOSECOND.test(cursor)) return key;
    const times = (met.get(key) ?? 0) + 1;
    met.delete(key);
    met.set(key, times);
    if (met.size > MOST_MET) met.delete(met.keys().next().value!);
    return times === 1 ? key : `${key}~${times}`;
  };
  const headOf = (cursor: string, text: Buffer, own: string | undefined, more: Pick<Head, 'writer' | 'time'>): Head => {
    const hash = (): string =>
      createHash('sha1')
        .update(text)
        .update(more.writer ?? '')
        .digest('base64url')
        .slice(0, 11);
    return { id: own === undefined ? numbered(`${cursor}~${hash()}`, cursor) : own, cursor, at: atOf(cursor), text, ...more };
  };

  return {
    read(line, isSecondLog) {
      if (spec.cursor !== LEADING_TIME) {
        const value = parsed(line);
        const cursor = textAt(value, spec.cursor);
        return cursor === undefined ? undefined : headOf(cursor, line, ownOf(spec, value), {});
      }
      const [whole, writer, stamp] = STAMP.exec(line.toString('latin1', 0, STAMPED)) ?? [];
      if (whole === undefined || stamp === undefined) return undefined;
      if (!spec.isStamped) return headOf(stamp, line, undefined, {});
      const who = writer ?? (spec.hasTwoLogs ? (isSecondLog ? 'stderr' : 'stdout') : undefined);
      return headOf(stamp, line.subarray(whole.length), undefined, { ...named(who), ...timed(isoTime(stamp)) });
    },
    record(value) {
      const cursor = textAt(value, spec.cursor);
      const text = textAt(value, spec.fields?.text ?? '');
      if (cursor === undefined || text === undefined) return undefined;
      const time = new Date(instant(cursor));
      const iso = Number.isNaN(time.getTime()) ? undefined : time.toISOString();
      return headOf(cursor, Buffer.from(text), ownOf(spec, value), { ...named(textAt(value, spec.fields?.writer ?? '')), ...timed(iso) });
    },
  };
}

/** Cursors are times, and are compared as such. */
export const isByTime = ({ cursor, overlapSeconds }: LogCommand): boolean => cursor === LEADING_TIME || overlapSeconds !== undefined;

const ownOf = ({ id }: LogCommand, value: unknown): string | undefined => (id === undefined ? undefined : textAt(value, id));
const named = (writer: string | undefined): Pick<Head, 'writer'> => (writer === undefined ? {} : { writer });
const timed = (time: string | undefined): Pick<Head, 'time'> => (time === undefined ? {} : { time });

const EPOCH = /^\d{10,19}(?:\.\d+)?$/;

/** ms in one unit of a number that is a time. */
function unitOf(cursor: string): number {
  const digits = cursor.split('.')[0]!.length;
  return digits <= 11 ? 1000 : digits <= 14 ? 1 : digits <= 17 ? 1e-3 : 1e-6;
}

/** @returns ms since 1970, with what is finer as a fraction */
function instant(cursor: string): number {
  if (EPOCH.test(cursor)) return Number(cursor) * unitOf(cursor);
  const [, to = '', fraction = '', zone = ''] = /^(.{16}(?::\d\d)?)(?:[.,](\d{1,9}))? ?(Z|[+-]\d\d:?\d\d)?$/.exec(cursor) ?? [];
  const whole = Date.parse(`${to.replace(' ', 'T')}${zone === '' ? 'Z' : zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`);
  return fraction === '' ? whole : whole + Number(`0.${fraction}`) * 1000;
}

/** A time some while before a cursor, written as that is. */
export function earlier(cursor: string, byMs: number): string {
  if (byMs === 0) return cursor;
  if (EPOCH.test(cursor)) return String(Math.floor(Number(cursor) - byMs / unitOf(cursor)));
  const time = new Date(Math.floor(instant(cursor)) - byMs);
  return Number.isNaN(time.getTime()) ? cursor : time.toISOString();
}

function parsed(line: Buffer): unknown {
  if (line[0] !== 0x7b) return undefined;
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** What stands at a path of names, as text. */
function textAt(value: unknown, path: string): string | undefined {
  const found = valueAt(value, path);
  if (typeof found === 'number') return String(found);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

export function valueAt(value: unknown, path: string): unknown {
  // A name may itself hold dots.
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, path)) return (value as Record<string, unknown>)[path];
  return path.split('.').reduce<unknown>((at, name) => {
    const isThere = typeof at === 'object' && at !== null && Object.hasOwn(at, name);
    return isThere ? (at as Record<string, unknown>)[name] : undefined;
  }, value);
}
