// Signals beside the change itself: a log event that looks written for a model, and what Claude tried and could not do.
// Neither is a wall. Each raises the bar that a change has to pass.

import type { StoppedTry, Verdict } from '../model.ts';
import { injectionScore, SUSPICIOUS } from './injection.ts';
import { draft, patchOnly } from './policy.ts';

/** Tries that the one line of a step tells of; the guard has one finding for each. */
const TOLD = 3;

/** @param text the event as it stands in the log */
export function suspicion(text: string): readonly Verdict[] {
  const { score, signals } = injectionScore(text);
  if (score < SUSPICIOUS) return [];
  return [patchOnly('suspicious-log', `the log event looks written for a model (${signals.map(({ name }) => name).join(', ')})`)];
}

/** A repair needs nothing outside, so whoever reached for it was perhaps told to: a person looks before anything is merged. */
export function tries(stopped: readonly StoppedTry[] = []): readonly Verdict[] {
  return stopped.map((one) => draft('tried-outside', `Claude tried and was stopped: ${words(one)}`));
}

/** @example triedWords([{ tool: 'Bash', input: 'env', times: 2 }]) // 'tried and stopped: Bash "env" (2 times)' */
export function triedWords(stopped: readonly StoppedTry[] = []): string {
  if (stopped.length === 0) return '';
  const left = stopped.slice(TOLD).reduce((sum, { times }) => sum + times, 0);
  return `tried and stopped: ${[...stopped.slice(0, TOLD).map(words), ...(left === 0 ? [] : [`${left} more`])].join(', ')}`;
}

function words({ tool, input, times }: StoppedTry): string {
  const asked = input === '' ? tool : `${tool} ${JSON.stringify(input)}`;
  return times === 1 ? asked : `${asked} (${times} times)`;
}
