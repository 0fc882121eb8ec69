// The two lanes of the tests: `npm test` takes a part of the seeds, logs and worlds of the slowest suites, always the same
// one; `AIOPS_SLOW=1` (`npm run stress -- tests`) takes all of them.
import { createHash } from 'node:crypto';

export const IS_SLOW_LANE = process.env.AIOPS_SLOW === '1';

/** A test whose parts others show more cheaply: in the fast lane it is skipped, and counted as that. */
export const slowTest: typeof test = IS_SLOW_LANE ? test : (test.skip as typeof test);

/** The same of a group of tests. */
export const slowDescribe: typeof describe = IS_SLOW_LANE ? describe : (describe.skip as typeof describe);

/** Of every share: two slow cores have a quarter of an hour. */
const FAST = 0.25;

/**
 * The part of `all` that this lane runs, chosen by a hash of the name so that a new case does not move the others.
 * @param share of the fast lane, from 0 to 1, of which it takes a quarter; at least one case is left
 */
export function inLane<T>(all: readonly T[], share: number, nameOf: (one: T) => string = String): readonly T[] {
  if (IS_SLOW_LANE) return all;
  const chosen = all.filter(
    (one) => Number.parseInt(createHash('sha256').update(nameOf(one)).digest('hex').slice(0, 8), 16) / 2 ** 32 < share * FAST,
  );
  return chosen.length > 0 ? chosen : all.slice(0, 1);
}

/** How many seeds, cuts or kills of `all` this lane takes: a tenth of them in the fast one. */
export const fewer = (all: number): number => (IS_SLOW_LANE ? all : Math.ceil(all / 10));
