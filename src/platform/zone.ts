// The clocks of this machine: the zone of `TZ`, else that of the system.

/** What they show more than UTC at an instant (milliseconds since 1970), in minutes. */
export const machineZone = (instant: number): number => -new Date(instant).getTimezoneOffset();
