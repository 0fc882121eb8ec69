// How long somebody who only looks waits for an answer. Whoever is asked has to have answered by then; nothing is repeated.
import { type AiOpsError, asAiOpsError, EXIT } from '../errors.ts';
import { LOOK_MS } from '../platform/http/look-ms.ts';
import type { Check } from '../ports.ts';

/**
 * Of programs, which start slowly on a busy machine, ms: nobody but the user names them, and nobody else can make them slow. The
 * Claude CLI, 245 MB, read from the disk for the first time, took 0.6 to 3.2 s for one answer and 2.6 to 5 s for three at once on
 * two cores at a load of 10: a third of this.
 */
export const PROGRAM_LOOK_MS = 15_000;

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
  const late = afterWaiting(ms);
  const missed = new Promise<readonly Check[]>((resolve) => late.addEventListener('abort', () => resolve([say(name, ms)])));
  const found = act(AbortSignal.any([signal, late])).catch((thrown: unknown) => {
    const error = asAiOpsError(thrown);
    if (isMissed(error, signal)) return [say(name, ms)];
    throw error;
  });
  return Promise.race([found, missed]);
}

/** Of what is asked for, so much more at most where the machine is busy. */
const MOST_TIMES = 3;

/** After so much time of waiting and of our own work. What a busy machine keeps from us is nobody's silence, and does not count. */
export function afterWaiting(ms: number): AbortSignal {
  const late = new AbortController();
  const [began, loop, processor] = [performance.now(), performance.eventLoopUtilization(), process.cpuUsage()];
  const look = (): void => {
    const { user, system } = process.cpuUsage(processor);
    const heldUpMs = performance.eventLoopUtilization(loop).active - (user + system) / 1000;
    const leftMs = Math.min(ms + Math.max(0, heldUpMs), MOST_TIMES * ms) - (performance.now() - began);
    if (leftMs > 0) setTimeout(look, leftMs).unref();
    else late.abort();
  };
  setTimeout(look, ms).unref();
  return late.signal;
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
