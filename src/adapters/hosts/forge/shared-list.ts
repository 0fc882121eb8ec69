// One answer for all who ask the same within some seconds: a look at many requests asks for each of them.
import type { Clock } from '../../../ports.ts';

/** A look takes no longer, and the next one is later. */
const LIST_MS = 20_000;

/** What fails is asked for again by the next one. */
export function sharing<T>(clock: Clock, ask: (signal: AbortSignal) => Promise<T>): (signal: AbortSignal) => Promise<T> {
  let last: { readonly at: number; readonly answer: Promise<T> } | undefined;
  return (signal) => {
    const now = clock().getTime();
    if (last === undefined || now - last.at > LIST_MS || now < last.at) {
      const answer = ask(signal);
      last = { at: now, answer };
      answer.catch(() => {
        last = undefined;
      });
    }
    return last.answer;
  };
}
