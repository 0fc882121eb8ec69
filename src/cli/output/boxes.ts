// What each of several boxes has of an incident or of a report, where their ledgers are added up.
import type { Incident, Trace } from '../../core/model.ts';

/** The box with the most first. @example 'web-1: 12, web-2: 3' */
export function boxWords({ boxes = [] }: Pick<Incident, 'boxes'>): string {
  return boxes
    .toSorted((a, b) => b.count - a.count)
    .map(({ box, count }) => `${box}: ${count}`)
    .join(', ');
}

/** What stands on a page, by box. */
export function sharesOf(incidents: readonly Incident[], traces: readonly Trace[]) {
  const shares = incidents.flatMap(({ boxes = [] }) => boxes);
  const names = [...new Set([...shares, ...traces].flatMap(({ box }) => box ?? []))];
  return names.map((box) => {
    const own = shares.filter((share) => share.box === box);
    const occurrences = own.reduce((sum, { count }) => sum + count, 0);
    return { box, incidents: own.length, occurrences, traces: traces.filter((trace) => trace.box === box).length };
  });
}
