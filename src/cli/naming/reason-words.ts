// Why an incident is in its state, as lists and pages tell it.
import type { Incident, IncidentState, Trace } from '../../core/model.ts';
import { REASONS } from '../../core/policy/decide.ts';
import { errorIn } from '../../core/texts/chinese/errors.ts';
import { sayIn } from '../../core/texts/chinese/say.ts';
import type { TextLanguage } from '../../core/texts/phrases.ts';
import { rowOf } from '../../errors.ts';

const IN_VAIN: ReadonlySet<IncidentState> = new Set(['failed', 'refused', 'declined']);

/**
 * Why it was or was not repaired, in words. After a repair the reason is the code of the error that ended it: the words
 * of that error stand in the latest trace.
 */
export function reasonWords(
  { reason, ignored, state }: Pick<Incident, 'reason' | 'ignored' | 'state'>,
  latest: Trace | undefined,
  language: TextLanguage = 'en',
): string {
  const say = sayIn(language);
  // What was tried in vain stays its state; that it is never tried again is why.
  if (ignored && IN_VAIN.has(state)) return say(REASONS.ignored);
  if (reason === null) return '';
  if (reason === 'interrupted') return say('its repair was interrupted; the next one goes on from there');
  if (Object.hasOwn(REASONS, reason)) return say(REASONS[reason as keyof typeof REASONS]);
  if (latest?.code !== reason) return reason;
  return errorIn(language, reason, rowOf(reason), { message: latest.reason, hint: latest.hint ?? '' }).message;
}
