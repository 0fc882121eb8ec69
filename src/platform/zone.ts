// The clocks of this machine: the zone of `TZ`, else that of the system.

/** What they show more than UTC at an instant (milliseconds since 1970), in minutes. */
export const machineZone = (instant: number): number => -new Date(instant).getTimezoneOffset();

/**
 * What instant they mean by a local time (milliseconds as if it were UTC): of an hour that exists twice the earlier one, one
 * that does not exist moves on, as `zoneOf` says it of a zone by its name. `Intl` says the same, and takes 20 ms and 10 MB for it.
 */
export function machineInstant(local: number): number {
  const at = new Date(local);
  const day = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()] as const;
  return new Date(...day, at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds(), at.getUTCMilliseconds()).getTime();
}
