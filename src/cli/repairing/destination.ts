// Where requests go, said before anything is spent.
import type { Destination } from '../../ports.ts';
import type { Output } from '../output/output.ts';

export function sayDestination(output: Output, { words, isUnmeant, hint }: Destination): void {
  if (isUnmeant) output.warn(`${words}; ${hint}`);
  else output.note(words);
}
