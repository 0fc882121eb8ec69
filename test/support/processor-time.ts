// What work costs, in time of the processor: whatever else the machine does meanwhile is no part of it.

/** Begins to count. @returns how many milliseconds this process has computed since then */
export function processorClock(): () => number {
  const begun = process.cpuUsage();
  return () => process.cpuUsage(begun).user / 1000;
}
