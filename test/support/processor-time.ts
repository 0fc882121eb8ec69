// What work costs, in time of the processor, and as a test may ask for it: a busy machine, or the collector of garbage, only ever
// makes work longer. So everything is tried several times, and what holds once holds; what grows with the square, or goes on for
// ever, holds in none of them.

const ATTEMPTS = 8;
/** Below it a measurement says nothing. */
const NOISE_MS = 50;

/** Milliseconds that this process has computed for `work`, whatever else the machine does meanwhile. */
export async function cost(work: () => unknown): Promise<number> {
  const begun = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

/**
 * Eight times the size may cost thirty times as much: twice as much for each doubling is eight times, four times as much sixty-four.
 * Each attempt takes both sizes, one after the other. What holds up the smaller one is not to its credit: the least of all counts.
 * @param work what is done with something of that size, with the making of it
 * @param size the smaller one; eight times it should take long where the cost grows with the square: more than 0.1 s
 */
export async function isLinear(work: (size: number) => unknown, size = 2000): Promise<boolean> {
  let small = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const large = await cost(() => work(8 * size));
    if (large < NOISE_MS) return true;
    small = Math.min(small, await cost(() => work(size)), await cost(() => work(size)));
    if (large < 30 * small + NOISE_MS) return true;
  }
  return false;
}

/**
 * For what is done at once, or else takes minutes. `ms` is ten times what it takes where nobody else computes, and more.
 * @returns whether `work` has cost less in one of several attempts
 */
export async function isDoneWithin(ms: number, work: () => unknown): Promise<boolean> {
  for (let attempt = 0; attempt < 3; attempt += 1) if ((await cost(work)) < ms) return true;
  return false;
}
