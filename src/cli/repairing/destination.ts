// Where requests go, said before anything is spent.
import type { Destination } from '../../ports.ts';
import type { Output } from '../output/output.ts';

export function sayDestination(output: Output, { words, isUnmeant, hint }: Destination): void {
  const { say } = output;
  if (isUnmeant) output.warn(say('{one}; {other}', { one: say.told(words), other: say.told(hint) }));
  else output.note(say.told(words));
}
