// Numbers as people read them: durations, sizes, money, ages, moments. The time now is an argument.

import { localTime } from '../../core/local-time.ts';
import { type SayHere, sayIn } from '../../core/texts/chinese/say.ts';
import { machineZone } from '../../platform/zone.ts';

/** @example duration(950) // '950 ms'; duration(61_000) // '1 min 1 s' */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
  if (days > 0) return joined(days, 'd', hours, 'h');
  if (hours > 0) return joined(hours, 'h', minutes, 'min');
  return joined(minutes, 'min', seconds % 60, 's');
}

const joined = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;

/** @example size(1536) // '1.5 KiB' */
export function size(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < SIZE_UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return unit === 0 ? `${bytes} B` : `${value.toFixed(1)} ${SIZE_UNITS[unit]}`;
}

const SIZE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

export { usd } from '../../core/money.ts';

/** A moment by the clocks of this machine. @example when('2026-03-01T10:00:20.000Z') // '2026-03-01 11:00:20 +01:00' */
export const when = (time: string, until?: 'minutes' | 'seconds'): string => localTime(time, machineZone, until);

/**
 * How long ago a moment was.
 * @param time ISO 8601
 * @example ago('2026-01-01T00:00:00.000Z', new Date('2026-01-01T02:00:00Z')) // '2 h ago'
 */
export function ago(time: string, now: Date, say: SayHere = sayIn('en')): string {
  const ms = now.getTime() - Date.parse(time);
  if (Number.isNaN(ms)) return say('unknown');
  if (ms < 0) return say('in the future');
  if (ms < 1000) return say('just now');
  const step = AGES.find(({ unitMs }) => ms >= unitMs)!;
  return say(step.said, { count: Math.floor(ms / step.unitMs) });
}

const AGES = [
  { name: 'd', unitMs: 86_400_000, said: '{count} d ago' },
  { name: 'h', unitMs: 3_600_000, said: '{count} h ago' },
  { name: 'min', unitMs: 60_000, said: '{count} min ago' },
  { name: 's', unitMs: 1000, said: '{count} s ago' },
] as const;

/**
 * A moment given as ISO 8601 or as an age (`90s`, `30min`, `2h`, `7d`).
 * @returns ISO 8601 UTC with milliseconds, or `undefined` where the text is neither
 */
export function parseMoment(text: string, now: Date): string | undefined {
  const age = /^(\d{1,6})\s*(s|min|m|h|d)$/.exec(text.trim());
  if (age !== null) {
    const unit = age[2] === 'm' ? 'min' : age[2];
    return new Date(now.getTime() - Number(age[1]) * AGES.find(({ name }) => name === unit)!.unitMs).toISOString();
  }
  if (!/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(text.trim())) return undefined;
  const time = Date.parse(text.trim());
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
