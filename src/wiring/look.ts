// How long somebody who only looks waits for an answer. Whoever is asked has to have answered by then; nothing is repeated.
import { type AiOpsError, asAiOpsError, EXIT } from '../errors.ts';
import { LOOK_MS } from '../platform/http/look-ms.ts';
import type { Check } from '../ports.ts';

/** Of programs, which start slowly on a busy machine, ms. */
export const PROGRAM_LOOK_MS = 15_000;
/** Of a repository that is being fetched, as long as it comes, ms. */
export const FETCH_LOOK_MS = 60_000;

/**
 * @param name of what is asked, where it does not answer
 * @param act ends by its signal; where it does not, nobody waits for it either
 * @throws what `act` throws, `interrupted` where the user has ended it
 */
export async function looked(
  name: string,
  signal: AbortSignal,
  act: (signal: AbortSignal) => Promise<readonly Check[]>,
  ms = LOOK_MS,
): Promise<readonly Check[]> {
  const late = AbortSignal.timeout(ms);
  const missed = new Promise<readonly Check[]>((resolve) => late.addEventListener('abort', () => resolve([noAnswer(name, ms)])));
  const found = act(AbortSignal.any([signal, late])).catch((thrown: unknown) => {
    const error = asAiOpsError(thrown);
    if (isMissed(error, signal)) return [noAnswer(name, ms)];
    throw error;
  });
  return Promise.race([found, missed]);
}

/** Nobody has interrupted anything: it was waited for, and has not come. */
export function noAnswer(name: string, ms: number): Check {
  const hint = 'check the address, the network and how busy this machine is';
  return { name, status: 'failed', detail: `no answer within ${ms / 1000} s`, hint, exitCode: EXIT.unreachable };
}

/** Ended by the limit, and by nobody else. */
export const isMissed = ({ code }: AiOpsError, signal: AbortSignal): boolean => code === 'interrupted' && !signal.aborted;
