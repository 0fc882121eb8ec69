// The incidents of a scan while it runs: a log may hold a hundred thousand different errors, so what is known of each
// is packed into bytes and only becomes an object again when it is printed.
import { title } from '../../core/group/fingerprint.ts';
import type { ErrorEvent, Frame, Incident, Language, Level, Occurrence } from '../../core/model.ts';
import type { Sighting } from '../../ports.ts';

/** Incidents that are made while one goes through them; going through them again makes them again. */
export interface Incidents extends Iterable<Incident> {
  readonly length: number;
  /** The one that was seen last first. */
  newestFirst(): Iterable<Incident>;
}

export interface Totals {
  add(sighting: Sighting): void;
  /** Most frequent first, then in the order of their first occurrence. */
  incidents(): Incidents;
}

/** What changes with every occurrence, and where the rest is packed. */
interface Row {
  readonly fingerprint: string;
  count: number;
  lastLine: number;
  lastOffset: number;
  /** Milliseconds since 1970. */
  lastTime: number;
  lastSource: string;
  /** How many sightings came before its last one: logs are read one after the other. */
  lastTurn: number;
  readonly page: number;
  readonly start: number;
  readonly end: number;
}

const PAGE = 1024 * 1024;

export function createTotals(): Totals {
  const rows = new Map<string, Row>();
  const pages: Buffer[] = [];
  let used = PAGE;

  const names: Names[] = [];
  const places = new Map<string, number>();
  const namesOf = (sample: ErrorEvent): number => {
    const { source, format, language, level } = sample;
    const one: Names = [streamOf(sample) ?? '', source, format, language, level];
    const key = one.join('\0');
    const place = places.get(key) ?? names.push(one) - 1;
    places.set(key, place);
    return place;
  };

  const pack = (value: unknown): Pick<Row, 'page' | 'start' | 'end'> => {
    const text = JSON.stringify(value);
    const size = Buffer.byteLength(text);
    if (used + size > (pages.at(-1)?.length ?? 0)) {
      pages.push(Buffer.allocUnsafeSlow(Math.max(PAGE, size)));
      used = 0;
    }
    const start = used;
    used += pages.at(-1)!.write(text, start);
    return { page: pages.length - 1, start, end: used };
  };

  let turns = 0;
  const inOrder = (order: (a: Row, b: Row) => number): Iterable<Incident> => ({
    *[Symbol.iterator]() {
      for (const row of [...rows.values()].sort(order)) yield unpack(row);
    },
  });

  const unpack = (row: Row): Incident => {
    const { fingerprint, count } = row;
    const { title, sample, first } = fromPacked(JSON.parse(pages[row.page]!.toString('utf8', row.start, row.end)) as Packed, names);
    const last = { source: row.lastSource, line: row.lastLine, offset: row.lastOffset, time: new Date(row.lastTime).toISOString() };
    return toIncident({ fingerprint, title, sample, count, first, last });
  };

  return {
    add(sighting) {
      const { fingerprint, count, last } = sighting;
      const known = rows.get(fingerprint);
      const row = known ?? { fingerprint: flat(fingerprint), ...NOTHING, ...pack(toPacked(sighting, namesOf(sighting.sample))) };
      if (!known) rows.set(row.fingerprint, row);
      row.count += count;
      [row.lastSource, row.lastLine, row.lastOffset, row.lastTime] = [last.source, last.line, last.offset, Date.parse(last.time)];
      row.lastTurn = turns++;
    },
    incidents: () => ({
      length: rows.size,
      [Symbol.iterator]: () => inOrder((a, b) => b.count - a.count)[Symbol.iterator](),
      newestFirst: () => inOrder((a, b) => (a.lastSource === b.lastSource ? b.lastOffset - a.lastOffset : b.lastTurn - a.lastTurn)),
    }),
  };
}

type Names = readonly [stream: string, source: string, format: string, language: Language, level: Level];

/** A sample without names of keys and without what its other parts tell. */
type Packed = readonly [
  text: string,
  place: readonly [line: number, endLine: number, offset: number, endOffset: number],
  /** Place of its `Names` in a list: few differ. */
  names: number,
  type: string | null,
  /** Where it stands in the text, or itself. */
  message: readonly [start: number, length: number] | string | null,
  frames: readonly Frame[],
  time: string | 0,
  rootCause: ErrorEvent['rootCause'] | 0,
  /** 0 where it is that of the sample. */
  title: string | 0,
  first: Occurrence | 0,
  /** 0 where it is the stream and the offset. */
  id: string | 0,
];

/** Most sources name an event by its offset: then the stream is enough to make its id again. */
function streamOf({ id, offset }: ErrorEvent): string | undefined {
  const end = `:${offset}`;
  return id.endsWith(end) ? id.slice(0, -end.length) : undefined;
}

function toPacked({ title: shown, sample, first }: Sighting, names: number): Packed {
  const { text, message, type, frames, time = 0, rootCause = 0 } = sample;
  const at = message === null || message.length < 8 ? -1 : text.indexOf(message);
  const isFirst = first.line === sample.line && first.offset === sample.offset && first.source === sample.source && first.time === time;
  return [
    text,
    [sample.line, sample.endLine, sample.offset, sample.endOffset],
    names,
    type,
    at === -1 ? message : [at, message!.length],
    frames,
    time,
    rootCause,
    shown === title(sample) ? 0 : shown,
    isFirst ? 0 : first,
    streamOf(sample) === undefined ? sample.id : 0,
  ];
}

function fromPacked(packed: Packed, known: readonly Names[]): Pick<Sighting, 'title' | 'sample' | 'first'> {
  const [text, place, names, type, said, frames, time, rootCause, shown, first, id] = packed;
  const [line, endLine, offset, endOffset] = place;
  const [stream, source, format, language, level] = known[names]!;
  const sample: ErrorEvent = {
    id: id === 0 ? `${stream}:${offset}` : id,
    source,
    format,
    language,
    level,
    type,
    message: said === null || typeof said === 'string' ? said : text.slice(said[0], said[0] + said[1]),
    frames,
    ...(rootCause === 0 || rootCause === undefined ? {} : { rootCause }),
    line,
    endLine,
    offset,
    endOffset,
    ...(time === 0 ? {} : { time }),
    text,
  };
  return {
    title: shown === 0 ? title(sample) : shown,
    sample,
    first: first === 0 ? { source, line, offset, time: time as string } : first,
  };
}

const NOTHING = { count: 0, lastLine: 0, lastOffset: 0, lastTime: 0, lastSource: '', lastTurn: 0 };

/** A part of a string keeps the whole one in memory; this copy does not. */
const flat = (text: string): string => Buffer.from(text).toString();

/** A sighting as an incident that nothing has been done about. */
export function toIncident(sighting: Sighting): Incident {
  const { sample } = sighting;
  return {
    fingerprint: sighting.fingerprint,
    title: sighting.title,
    level: sample.level,
    type: sample.type,
    message: sample.message,
    language: sample.language,
    frames: sample.frames,
    sample,
    count: sighting.count,
    first: sighting.first,
    last: sighting.last,
    state: 'new',
    reason: null,
    attempts: 0,
    lastAttemptAt: null,
  };
}
