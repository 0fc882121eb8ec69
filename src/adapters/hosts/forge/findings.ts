// What `doctor` finds alike on every host. Pure.
import type { Check } from '../../../ports.ts';

export const ARCHIVED_HINT = 'unarchive it, or set codeHost.project to what took its place';

const SOON_MS = 7 * 24 * 3600 * 1000;

/** Adds the day a token ends, and warns a week before. @param end a date as the host writes it; anything else says nothing */
export function expiring(check: Check, end: unknown, now: Date): Check {
  const time = typeof end === 'string' ? Date.parse(end) : Number.NaN;
  if (Number.isNaN(time)) return check;
  const day = new Date(time).toISOString().slice(0, 10);
  const detail = `${check.detail}, expires ${day}`;
  if (check.status !== 'ok' || time - now.getTime() > SOON_MS) return { ...check, detail };
  return { ...check, status: 'warning', detail, hint: `make a new token before ${day}: then every repair stops at the push` };
}
