// What instant a time without a zone is. A log does not say where it was written: the zone comes from outside, by its name
// or as an offset. Of an hour that exists twice the earlier one is meant, one that does not exist moves on.

/** A time as the fields of a clock, in milliseconds as if they were UTC → milliseconds since 1970. */
export type Zone = (local: number) => number;

const OFFSET = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?([0-5]\d))?$/;
const DAY = 86_400_000;
/** No zone changes its offset but at a quarter of an hour. */
const QUARTER = 900_000;
const MAX_KNOWN = 2000;

export const UTC: Zone = (local) => local;

/**
 * @param name of the IANA data base (`Europe/Berlin`), or an offset (`+08:00`)
 * @throws RangeError where there is no such zone
 */
export function zoneOf(name: string): Zone {
  if (/^(?:UTC|GMT|Z)$/i.test(name)) return UTC;
  const offset = OFFSET.exec(name);
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    if (minutes > 14 * 60) throw new RangeError(`no offset of a time zone: ${name}`);
    const shift = minutes * 60_000 * (offset[1] === '-' ? -1 : 1);
    return (local) => local - shift;
  }
  const offsetAt = offsetsOf(name);
  const known = new Map<number, number>();
  return (local) => {
    const quarter = Math.floor(local / QUARTER);
    const found = known.get(quarter) ?? offsetOfLocal(quarter * QUARTER, offsetAt);
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(quarter, found);
    return local - found;
  };
}

/** The offset in force before comes first: it gives the earlier of two instants, and goes on through a gap. */
function offsetOfLocal(local: number, offsetAt: (instant: number) => number): number {
  const [before, after] = [offsetAt(local - DAY), offsetAt(local + DAY)];
  const isRight = (offset: number): boolean => offsetAt(local - offset) === offset;
  return isRight(before) || !isRight(after) ? before : after;
}

/** @returns what the zone's clocks show more than UTC at an instant, in milliseconds */
function offsetsOf(name: string): (instant: number) => number {
  const numeric = 'numeric' as const;
  const fields = { year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric, era: 'short' as const };
  const format = new Intl.DateTimeFormat('en-US', { timeZone: name, hourCycle: 'h23', ...fields });
  return (instant) => {
    const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const year = parts.era === 'BC' ? 1 - Number(parts.year) : Number(parts.year);
    const shown = Date.UTC(
      year,
      Number(parts.month) - 1,
      Number(parts.day),
      Number(parts.hour),
      Number(parts.minute),
      Number(parts.second),
    );
    return shown - Math.floor(instant / 1000) * 1000;
  };
}

/** @param time ISO 8601; without `Z` it is the time of `zone` @returns ISO 8601 UTC */
export function absolute(time: string, zone: Zone): string {
  if (time.endsWith('Z')) return time;
  const instant = zone(Date.parse(`${time}Z`));
  return Number.isFinite(instant) && Math.abs(instant) < 8.64e15 ? new Date(instant).toISOString() : `${time}Z`;
}
