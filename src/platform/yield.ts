// Gives the event loop its turn within long work: logs are read while a pack is indexed or a tree is listed.
import { setImmediate as nextTurn } from 'node:timers/promises';

const TURN_MS = 20;

/** To be awaited between small pieces of work. */
export type Pace = () => Promise<void> | undefined;

/** @returns what costs nothing until 20 ms have gone by */
export function createPace(): Pace {
  let since = performance.now();
  return () => {
    if (performance.now() - since < TURN_MS) return undefined;
    return nextTurn().then(() => {
      since = performance.now();
    });
  };
}
