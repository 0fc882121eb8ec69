// SIGHUP and `watch`: the configuration is read again, and what follows the logs begins anew with it. A mistake in it changes
// nothing, and a repair that runs is not cut off.
import { asAiOpsError } from '../../errors.ts';
import type { CommandContext } from '../command-line/context.ts';
import type { Vitals } from './vitals.ts';

export interface Rounds {
  /** @returns what ends this round: the end of the program, or a new configuration */
  begin(): AbortSignal;
  /** Whether the last round ended for a new configuration. */
  goesOn(): boolean;
}

export function createRounds(vitals: Vitals, { signal, onReload, reloadedConfig, output }: CommandContext, isOnce: boolean): Rounds {
  let round = new AbortController();
  let isAsked = false;
  const reload = async (): Promise<void> => {
    if (isAsked || signal.aborted) return;
    isAsked = true;
    try {
      await reloadedConfig();
      if (vitals.isRepairing) output.note(output.say('a new configuration: it holds when the repair that runs has ended'));
      await vitals.idle();
      round.abort();
    } catch (thrown) {
      isAsked = false;
      const { message, hint } = asAiOpsError(thrown);
      output.warn(output.say('the configuration was not read again: {message}; {hint}', { message, hint }));
    }
  };
  if (!isOnce) onReload?.(() => void reload());
  return {
    begin: () => {
      isAsked = false;
      round = new AbortController();
      return AbortSignal.any([signal, round.signal]);
    },
    goesOn: () => round.signal.aborted && !signal.aborted,
  };
}
