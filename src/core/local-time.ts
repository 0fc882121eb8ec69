// Times as people read them: what the clocks of a zone showed, and which zone that is. What machines read stays UTC.

/** What the clocks of a zone show more than UTC at an instant (milliseconds since 1970), in minutes. */
export type OffsetAt = (instant: number) => number;

const LENGTHS = { minutes: 16, seconds: 19 } as const;

/**
 * @param time ISO 8601; what is none comes back as it is
 * @example localTime('2026-03-01T10:00:20.000Z', () => 330) // '2026-03-01 15:30:20 +05:30'
 * @example localTime('2026-03-01T10:00:20.000Z', () => 0, 'minutes') // '2026-03-01 10:00 UTC'
 */
export function localTime(time: string, offsetAt: OffsetAt = () => 0, until: keyof typeof LENGTHS = 'seconds'): string {
  const instant = Date.parse(time);
  if (Number.isNaN(instant)) return time;
  const offset = Math.round(offsetAt(instant));
  const shown = new Date(instant + offset * 60_000).toISOString().slice(0, LENGTHS[until]).replace('T', ' ');
  return `${shown} ${offset === 0 ? 'UTC' : offsetWords(offset)}`;
}

function offsetWords(offset: number): string {
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  return `${offset < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
