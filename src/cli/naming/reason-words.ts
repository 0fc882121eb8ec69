// Why an incident is in its state, as lists and pages tell it.
import type { Incident, Trace } from '../../core/model.ts';
import { REASONS } from '../../core/policy/decide.ts';
import { errorIn } from '../../core/texts/chinese/errors.ts';
import { sayIn } from '../../core/texts/chinese/say.ts';
import type { TextLanguage } from '../../core/texts/phrases.ts';
import { rowOf } from '../../errors.ts';

/**
 * Why it was or was not repaired, in words. After a repair the reason is the code of the error that ended it: the words
 * of that error stand in the latest trace.
 */
export function reasonWords({ reason }: Pick<Incident, 'reason'>, latest: Trace | undefined, language: TextLanguage = 'en'): string {
  const say = sayIn(language);
  if (reason === null) return '';
  if (reason === 'interrupted') return say('its repair was interrupted; the next one goes on from there');
  if (Object.hasOwn(REASONS, reason)) return say(REASONS[reason as keyof typeof REASONS]);
  if (latest?.code !== reason) return reason;
  return errorIn(language, reason, rowOf(reason), { message: latest.reason, hint: latest.hint ?? '' }).message;
}
