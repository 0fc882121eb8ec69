// In which language people are told things.
import type { TextLanguage } from '../core/texts/phrases.ts';

/** `auto` goes by the variables of the locale, in the order of POSIX (Base Definitions, 8.2); what is unknown is English. */
export function spokenIn(language: string | undefined, env: Readonly<Record<string, string | undefined>>): TextLanguage {
  if (language === 'zh') return 'zh';
  if (language !== 'auto') return 'en';
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^zh(?![a-z])/i.test(locale) ? 'zh' : 'en';
}
