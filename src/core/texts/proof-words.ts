// What of a proof stands in every text: its level, and whether the error of the log was reproduced.
import type { Proof } from '../model.ts';
import type { Phrase } from './phrases.ts';

type Say = (phrase: Phrase, values?: Readonly<Record<string, string | number>>) => string;
type Shown = Pick<Proof, 'level' | 'reproduced'>;

/** @example levelWords({ level: 'L4', reproduced: 'yes' }, say) // 'L4, reproduced' */
export function levelWords({ level, reproduced }: Shown, say: Say): string {
  const shown = reproduced === 'yes' ? say('reproduced') : reproduced === 'no' ? say('notReproduced') : undefined;
  return [level ?? say('noProof'), shown].filter(Boolean).join(', ');
}

const SENTENCES = { yes: 'reproducedYes', no: 'reproducedNo', unknown: 'reproducedUnknown' } as const;

/** The same as a sentence; none for a proof of an older version, which did not ask. */
export function reproducedWords({ reproduced }: Shown, say: Say): readonly string[] {
  return reproduced === undefined ? [] : [say(SENTENCES[reproduced])];
}
