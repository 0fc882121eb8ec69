// What work costs, in time of the processor: whatever else the machine does meanwhile is no part of it.

/** Begins to count. @returns how many milliseconds this process has computed since then */
export function processorClock(): () => number {
  const begun = process.cpuUsage();
  return () => process.cpuUsage(begun).user / 1000;
}

/** Milliseconds of the quickest of some runs: a busy machine only makes them longer. */
function quickest(work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3; run++) {
    const spent = processorClock();
    work();
    best = Math.min(best, spent());
  }
  return best;
}

/** Eight times the size may cost thirty times as much (twice as much for each doubling would be eight, four times sixty-four). */
export function isLinear(work: (size: number) => void, size = 2000): boolean {
  work(size);
  const small = quickest(() => work(size));
  return quickest(() => work(8 * size)) < 30 * small + 300;
}
