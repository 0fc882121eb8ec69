// Time stamps as logs write them → ISO 8601: with `Z` where the zone is written, without it where it is not, since a log does
// not say where it was written (`zones.ts`). A time without a year or a date gives nothing.

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const ISO =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:(?:[T ,_-]+|\] ?\[)(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:[.,](\d{1,9}))?)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?/;
const NAMED =
  /^(?:[A-Z][a-z]{2},? )?(\d{1,2})[-/ ]([A-Z][a-z]{2})[-/ ](\d{4})[: ](\d{2}):(\d{2}):(\d{2})(?:[.,](\d+))?(?: ([+-]\d{4}|GMT|UTC))?/;
const AMERICAN = /^([A-Z][a-z]{2}) +(\d{1,2}), (\d{4}),? (\d{1,2}):(\d{2}):(\d{2})(?: ([AP])M)?/;
const CTIME = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d{2}):(\d{2}):(\d{2})(?:\.(\d+))? (\d{4})/;

/** @returns what is written at the start of `text` as ISO 8601 with milliseconds, UTC where it has a `Z`; or `undefined`. */
export function isoTime(text: string): string | undefined {
  let m = ISO.exec(text);
  if (m) return build(m[1], Number(m[2]) - 1, m[3], m[4], m[5], m[6], m[7], m[8]);
  m = NAMED.exec(text);
  if (m) return build(m[3], month(m[2]), m[1], m[4], m[5], m[6], m[7], m[8]);
  m = AMERICAN.exec(text);
  if (m) {
    const hour = m[7] ? (Number(m[4]) % 12) + (m[7] === 'P' ? 12 : 0) : Number(m[4]);
    return build(m[3], month(m[1]), m[2], String(hour), m[5], m[6], undefined, undefined);
  }
  m = CTIME.exec(text);
  if (m) return build(m[7], month(m[1]), m[2], m[3], m[4], m[5], m[6], undefined);
  return /^\d{9,}(?:\.\d+)?(?!\w)/.test(text) ? epochTime(Number.parseFloat(text)) : undefined;
}

/** Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size. */
export function epochTime(value: number): string | undefined {
  if (!Number.isFinite(value) || value <= 0) return undefined;
  const ms = value < 1e11 ? value * 1000 : value < 1e14 ? value : value < 1e17 ? value / 1e3 : value / 1e6;
  return toIso(ms);
}

const month = (name: string | undefined): number => MONTHS.indexOf((name ?? '').toLowerCase());

function build(
  year: string | undefined,
  monthIndex: number,
  day: string | undefined,
  hour = '0',
  minute = '0',
  second = '0',
  fraction = '',
  zone?: string,
): string | undefined {
  if (monthIndex < 0) return undefined;
  const ms = Math.floor(Number(`0.${fraction || '0'}`) * 1000 + 1e-6);
  const isUtc = zone === 'Z' || zone === 'UTC' || zone === 'GMT';
  const isPlain = (zone === undefined || isUtc) && monthIndex < 12 && ms < 1000;
  if (isPlain && isUsual(Number(year), Number(day), Number(hour), Number(minute), Number(second))) {
    const date = `${year}-${two(monthIndex + 1)}-${two(day)}`;
    return `${date}T${two(hour)}:${two(minute)}:${two(second)}.${String(ms).padStart(3, '0')}${isUtc ? 'Z' : ''}`;
  }
  const local = Date.UTC(Number(year), monthIndex, Number(day), Number(hour), Number(minute), Number(second), ms);
  if (zone === undefined) return toIso(local)?.slice(0, -1);
  const offset = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  const shift = offset ? (Number(offset[2]) * 60 + Number(offset[3])) * 60_000 * (offset[1] === '-' ? -1 : 1) : 0;
  return toIso(local - shift);
}

/** In every month there is such a day, and nothing is carried over: what is written need not be counted. */
const isUsual = (year: number, day: number, hour: number, minute: number, second: number): boolean =>
  year >= 1000 && year <= 9999 && day >= 1 && day <= 28 && hour < 24 && minute < 60 && second < 60;

const two = (value: string | number | undefined): string => String(value).padStart(2, '0');

const toIso = (ms: number): string | undefined => (Number.isFinite(ms) && Math.abs(ms) < 8.64e15 ? new Date(ms).toISOString() : undefined);
