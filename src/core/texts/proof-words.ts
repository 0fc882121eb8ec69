// What of a proof stands in every text: its level, whether the error of the log was reproduced, and what it ran in.
import type { Proof } from '../model.ts';
import type { Phrase } from './phrases.ts';

type Say = (phrase: Phrase, values?: Readonly<Record<string, string | number>>) => string;
type Shown = Pick<Proof, 'level' | 'reproduced' | 'isolation'>;

/** @example levelWords({ level: 'L4', reproduced: 'yes' }, say) // 'L4, reproduced' */
export function levelWords({ level, reproduced }: Shown, say: Say): string {
  const shown = reproduced === 'yes' ? say('reproduced') : reproduced === 'no' ? say('notReproduced') : undefined;
  return [level ?? say('noProof'), shown].filter(Boolean).join(say('comma'));
}

const SENTENCES = { yes: 'reproducedYes', no: 'reproducedNo', unknown: 'reproducedUnknown' } as const;

/** The same as sentences; none of a proof of an older version, which did not ask, and none of what was not run. */
export function shownWords({ reproduced, isolation }: Shown, say: Say): readonly string[] {
  return [...(reproduced === undefined ? [] : [say(SENTENCES[reproduced])]), ...isolationWords({ isolation }, say)];
}

/** What commands ran in; nothing where nothing was run. */
export function isolationWords({ isolation }: { readonly isolation?: Shown['isolation'] | undefined }, say: Say): readonly string[] {
  if (isolation === undefined) return [];
  const { sandbox, network } = isolation;
  return [sandbox === 'none' ? say('notShut') : say(network ? 'shutWithNetwork' : 'shutWithoutNetwork', { sandbox })];
}
