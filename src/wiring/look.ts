// How long somebody who only looks waits for an answer. Whoever is asked has to have answered by then; nothing is repeated.
import { type AiOpsError, asAiOpsError, EXIT } from '../errors.ts';
import { LOOK_MS } from '../platform/http/look-ms.ts';
import type { Check } from '../ports.ts';

/** Of programs, which start slowly on a busy machine, ms: nobody but the user names them, and nobody else can make them slow. */
export const PROGRAM_LOOK_MS = 15_000;
/** Of a repository that is being fetched, as long as it comes, ms: after the limit of silence, so that a mute server is named as one. */
export const FETCH_LOOK_MS = LOOK_MS + 1000;

/**
 * @param name of what is asked, where it does not answer
 * @param act ends by its signal; where it does not, nobody waits for it either
 * @param say what is told of what has not come in time
 * @throws what `act` throws, `interrupted` where the user has ended it
 */
export async function looked(
  name: string,
  signal: AbortSignal,
  act: (signal: AbortSignal) => Promise<readonly Check[]>,
  ms = LOOK_MS,
  say: (name: string, ms: number) => Check = noAnswer,
): Promise<readonly Check[]> {
  const late = AbortSignal.timeout(ms);
  const missed = new Promise<readonly Check[]>((resolve) => late.addEventListener('abort', () => resolve([say(name, ms)])));
  const found = act(AbortSignal.any([signal, late])).catch((thrown: unknown) => {
    const error = asAiOpsError(thrown);
    if (isMissed(error, signal)) return [say(name, ms)];
    throw error;
  });
  return Promise.race([found, missed]);
}

/** Nobody has interrupted anything: it was waited for, and has not come. */
export function noAnswer(name: string, ms: number): Check {
  const hint = 'check the address, the network and how busy this machine is';
  return { name, status: 'failed', detail: `no answer within ${ms / 1000} s`, hint, exitCode: EXIT.unreachable };
}

/** It answers and has not come whole: nobody waits for a large repository, or for a server that goes on sending. A repair does. */
export function stillComing(name: string, ms: number): Check {
  const hint = 'nothing is wrong where it is large: the first repair waits for all of it, and then this is quick';
  return { name, status: 'warning', detail: `has not come whole within ${ms / 1000} s`, hint };
}

/** Ended by the limit, and by nobody else. */
export const isMissed = ({ code }: AiOpsError, signal: AbortSignal): boolean => code === 'interrupted' && !signal.aborted;
