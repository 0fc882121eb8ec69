// The incidents of a scan while it runs: a log may hold a hundred thousand different errors, so what is known of each
// is packed into bytes and only becomes an object again when it is printed.
import { deflateSync, inflateSync } from 'node:zlib';
import { defined } from '../../core/defined.ts';
import { mergedFacts } from '../../core/facts.ts';
import { title } from '../../core/group/fingerprint.ts';
import type { ErrorEvent, Facts, Frame, Incident, Language, Level, Occurrence } from '../../core/model.ts';
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

/** What changes with every occurrence, and where the rest is packed: numbers of one row. */
const FIELD = {
  count: 0,
  lastLine: 1,
  lastOffset: 2,
  /** Milliseconds since 1970. */
  lastTime: 3,
  /** Place in the list of sources. */
  lastSource: 4,
  /** How many sightings came before its last one: logs are read one after the other. */
  lastTurn: 5,
  page: 6,
  start: 7,
  end: 8,
} as const;

type Field = keyof typeof FIELD;
const WIDTH = Object.keys(FIELD).length;

/** Rows of numbers, without an object for each. */
function createRows() {
  const PER_BLOCK = 4096;
  const blocks: Float64Array[] = [];
  const set = (row: number, fields: Partial<Record<Field, number>>): void => {
    const at = Math.floor(row / PER_BLOCK);
    blocks[at] ??= new Float64Array(PER_BLOCK * WIDTH);
    for (const field in fields) blocks[at][(row % PER_BLOCK) * WIDTH + FIELD[field as Field]] = fields[field as Field]!;
  };
  const get = (row: number, field: Field): number => blocks[Math.floor(row / PER_BLOCK)]![(row % PER_BLOCK) * WIDTH + FIELD[field]]!;
  return { set, get };
}

/** So much text is packed together: a fifth is left of it. */
const PAGE = 64 * 1024;
/** Pages that are kept unpacked while incidents are made of them again. */
const UNPACKED = 4;

interface Place {
  readonly page: number;
  readonly start: number;
  readonly end: number;
}

/** Texts by their place: full pages are kept packed. */
function createTexts() {
  const packed: Uint8Array[] = [];
  const unpacked = new Map<number, Buffer>();
  let open = Buffer.allocUnsafeSlow(PAGE);
  let used = 0;
  const pageAt = (at: number): Buffer => {
    if (at === packed.length) return open;
    const page = unpacked.get(at) ?? inflateSync(packed[at]!);
    if (!unpacked.has(at) && unpacked.size === UNPACKED) unpacked.delete(unpacked.keys().next().value as number);
    unpacked.set(at, page);
    return page;
  };
  return {
    add(text: string): Place {
      const size = Buffer.byteLength(text);
      if (used + size > open.length) {
        if (used > 0) packed.push(new Uint8Array(deflateSync(open.subarray(0, used), { level: 1 })));
        if (size > open.length) open = Buffer.allocUnsafeSlow(size);
        used = 0;
      }
      const start = used;
      used += open.write(text, start);
      return { page: packed.length, start, end: used };
    },
    at: ({ page, start, end }: Place): string => pageAt(page).toString('utf8', start, end),
  };
}

export function createTotals(): Totals {
  const known = new Map<string, number>();
  const rows = createRows();
  const sources: string[] = [];
  const texts = createTexts();

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

  const heard = new Map<number, Facts>();
  let turns = 0;
  const inOrder = (order: (a: number, b: number) => number): Iterable<Incident> => ({
    *[Symbol.iterator]() {
      const fingerprints = [...known.keys()];
      for (const row of Uint32Array.from(fingerprints.keys()).sort(order)) yield unpack(fingerprints[row]!, row);
    },
  });
  const difference = (field: Field, a: number, b: number): number => rows.get(b, field) - rows.get(a, field);

  const unpack = (fingerprint: string, row: number): Incident => {
    const of = (field: Field): number => rows.get(row, field);
    const text = texts.at({ page: of('page'), start: of('start'), end: of('end') });
    const { title, sample, first } = fromPacked(JSON.parse(text) as Packed, names);
    const time = new Date(of('lastTime')).toISOString();
    const last = { source: sources[of('lastSource')]!, line: of('lastLine'), offset: of('lastOffset'), time };
    return toIncident({ fingerprint, title, sample, count: of('count'), first, last, facts: heard.get(row) });
  };

  const sourceOf = (source: string): number => {
    if (sources.at(-1) !== source && !sources.includes(source)) sources.push(source);
    return sources.lastIndexOf(source);
  };

  return {
    add(sighting) {
      const { fingerprint, count, last, facts } = sighting;
      const row = known.get(fingerprint) ?? known.size;
      if (row === known.size) {
        known.set(flat(fingerprint), row);
        // Asked for once: it is redacted when it is asked for.
        const { sample } = sighting;
        rows.set(row, { ...texts.add(JSON.stringify(toPacked(sighting, sample, namesOf(sample)))) });
      }
      rows.set(row, {
        count: rows.get(row, 'count') + count,
        lastLine: last.line,
        lastOffset: last.offset,
        lastTime: Date.parse(last.time),
        lastSource: sourceOf(last.source),
        lastTurn: turns++,
      });
      const merged = mergedFacts(heard.get(row), facts);
      if (merged) heard.set(row, merged);
    },
    incidents: () => ({
      length: known.size,
      [Symbol.iterator]: () => inOrder((a, b) => difference('count', a, b))[Symbol.iterator](),
      newestFirst: () =>
        inOrder((a, b) =>
          rows.get(a, 'lastSource') === rows.get(b, 'lastSource') ? difference('lastOffset', a, b) : difference('lastTurn', a, b),
        ),
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
  origin: ErrorEvent['origin'] | 0,
  cause: string | 0,
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

function toPacked({ title: shown, first }: Pick<Sighting, 'title' | 'first'>, sample: ErrorEvent, names: number): Packed {
  const { text, message, type, frames, time = 0, rootCause = 0, origin = 0, cause = 0 } = sample;
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
    origin,
    cause,
    shown === title(sample) ? 0 : shown,
    isFirst ? 0 : first,
    streamOf(sample) === undefined ? sample.id : 0,
  ];
}

function fromPacked(packed: Packed, known: readonly Names[]): Pick<Sighting, 'title' | 'sample' | 'first'> {
  const [text, place, names, type, said, frames, time, rootCause, origin, cause, shown, first, id] = packed;
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
    ...(cause === 0 ? {} : { cause }),
    ...(rootCause === 0 || rootCause === undefined ? {} : { rootCause }),
    ...(origin === 0 || origin === undefined ? {} : { origin }),
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
    ...defined({ facts: sighting.facts }),
    state: 'new',
    reason: null,
    attempts: 0,
    lastAttemptAt: null,
  };
}
