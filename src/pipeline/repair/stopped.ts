// What Claude tried and could not do, made fit for a trace and a request: without secrets and hidden characters.

import type { StoppedTry } from '../../core/model.ts';
import { visible } from '../../core/redact/fence.ts';
import type { Redact, Spent } from '../../ports.ts';

/** @param from an answer, or the cause of an error of `Fixer.fix` */
export function stoppedIn(from: unknown, redact: Redact): readonly StoppedTry[] {
  const { stopped } = (typeof from === 'object' && from !== null ? from : {}) as Partial<Spent>;
  const tame = (text: string): string => redact(visible(text));
  return (stopped ?? []).map(({ tool, input, times }) => ({ tool: tame(tool), input: tame(input), times }));
}
