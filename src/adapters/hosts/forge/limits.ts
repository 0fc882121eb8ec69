// Short limits are waited out. A host that refuses a call for a limit has done nothing: the same call may be sent again,
// be it a read or a write. Long ones are for the caller, who learns until when.
import { type Pause, rest } from '../../../platform/http/client.ts';

const LONGEST_MS = 120_000;
const WAITS = 2;

const LATEST_MS = 10 * 366 * 24 * 3600 * 1000;

/** The moment a limit ends, ISO 8601 UTC; a host's number may be anything. */
export function endOf(now: Date, ms: number): string {
  return new Date(now.getTime() + Math.min(Math.max(ms, 0), LATEST_MS)).toISOString();
}

/** @param limitMs how long the limit of an answer lasts; `null` where there is none */
export async function waitingOut<A>(
  send: () => Promise<A>,
  limitMs: (answer: A) => number | null,
  pause: Pause,
  signal: AbortSignal,
): Promise<A> {
  for (let waits = 0; ; waits += 1) {
    const answer = await send();
    const told = limitMs(answer);
    // Who is refused again waits longer than the host says.
    const wait = Math.max(told ?? 0, 0) * 2 ** waits;
    if (told === null || waits >= WAITS || wait > LONGEST_MS) return answer;
    await rest(pause, wait, signal);
  }
}
